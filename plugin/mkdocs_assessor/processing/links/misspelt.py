"""Find links whose address is nearly one of ours, and would lead nowhere silently."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from assessor.findings.edit import Replacement
from assessor.language.layout import quoted
from assessor.model.conditions import Criterion, walk
from assessor.model.questions.choices import question_of
from mkdocs_assessor.page.misspellings import KINDS, misspelt_target, unlinked_kind
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import QUOTES, SCHEMES, Target, read_target
from mkdocs_assessor.processing.links.link import PartLink, text_of
from mkdocs_assessor.processing.links.references import PARTS
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import PageGuides


def check_address(guides: PageGuides, element: Element, address: str, page: Page) -> None:
    """Report a link or an image whose address is nearly one of ours, and would lead nowhere silently."""
    target = misspelt_target(address) or read_target(address) or unlinked_kind(address)
    guide = guides.find(target.ruleset) if target else None
    if target is None or guide is None:
        return
    if target.scheme in KINDS:
        _refuse_kind(guide, element, target, page)
        return
    parts = guide.ruleset.facts_by_id if target.scheme == "fact" else PARTS[target.scheme](guide.ruleset, guide.words)
    if ":" not in address and target.id not in parts:
        return
    text = text_of(element) or element.get("alt", "")
    what = "a link" if element.tag == "a" else "an image"
    bare = address.strip(QUOTES)
    marks = "" if bare == address else " in quotation marks"
    link = PartLink(element, target, text, page, page.places.link(bare, text, is_image=element.tag == "img"))
    # Only the sign before the brackets makes an image, and with quotation marks a title may be meant.
    fix = Replacement(f"]({bare})", f"]({target.text})") if element.tag == "a" and not marks else None
    link.refuse("misspelt-link", f"{what} to {quoted(bare)}{marks} does nothing: write [{text}]({target.text})", fix)


def refuse_swapped(element: Element, page: Page) -> None:
    """Report `[fact:id]()`."""
    text = text_of(element)
    target = read_target(text)
    assert target is not None
    link = PartLink(element, target, text, page, page.places.written(f"[{text}]()"))
    fix = Replacement(f"[{text}]()", f"[]({text})")
    link.refuse("misspelt-link", f"{quoted(fix.old)} has its address in the wrong brackets: write {fix.new}", fix)


def _refuse_kind(guide: Guide, element: Element, target: Target, page: Page) -> None:
    """Report a link to a part of a rule set that no page shows."""
    parts = {each.id: each for each in getattr(guide.ruleset, KINDS[target.scheme])}
    # Another program may have a scheme of that name.
    if target.id not in parts and KINDS[target.scheme] != "criteria":
        return
    part = parts.get(target.id)
    asked = None
    if isinstance(part, Criterion):
        questions = map(question_of, walk(part))
        asked = next((question for question in questions if question is not None), None)
    example = f", such as [](question:{asked.id}), which it asks" if asked is not None else ""
    text = text_of(element)
    link = PartLink(element, target, text, page, page.places.link(target.text, text, is_image=element.tag == "img"))
    link.refuse(
        "misspelt-link",
        f"a link to {quoted(target.text)} does nothing: links lead to {'s, '.join(SCHEMES[:-1])}s and {SCHEMES[-1]}s"
        f"{example}",
    )

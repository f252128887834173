"""Complete our links: fill in or check their texts, and point them to the parts that they name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from assessor.errors import did_you_mean
from assessor.findings.edit import Replacement
from assessor.language.layout import quoted
from assessor.prose.drift import corrected, drift
from assessor.prose.measures import Units
from assessor.prose.mentions import find_quantities
from mkdocs_assessor.page.misspellings import renamed
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import LIVE, NEARLY_TARGET, Target, read_target
from mkdocs_assessor.processing.links.link import PartLink, text_of
from mkdocs_assessor.processing.links.misspelt import check_address, refuse_swapped
from mkdocs_assessor.processing.links.references import PARTS, other_part, url_of
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import PageGuides
from mkdocs_assessor.render.live import LiveLink, live_answer, live_case, live_estimate

_BRACKET = re.compile(r"[][]")
_NAME = re.compile(r"h[1-6]|label|summary")


def resolve_links(guides: PageGuides, root: Element, page: Page, *, has_references: bool) -> None:
    """Complete our links on a page.

    Args:
        guides: Where to look up the targets.
        root: The parsed page; this changes its `a` elements in place.
        page: Records the links and reports errors.
        has_references: Whether to add a reference after each link to a fact.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    for image in list(root.iter("img")):
        address = _address(image)
        if NEARLY_TARGET.fullmatch(address):
            check_address(guides, image, address, page)
    for element in list(root.iter("a")):
        address = _address(element)
        target = read_target(address)
        if target is None and not element.get("href") and read_target(text_of(element)):
            refuse_swapped(element, page)
            continue
        if target is None:
            if NEARLY_TARGET.fullmatch(address):
                check_address(guides, element, address, page)
            continue
        text = text_of(element)
        link = PartLink(element, target, text, page, page.places.link(target.text, text))
        guide = guides.find(target.ruleset)
        if guide is None:
            fix = renamed(f"]({target.scheme}:{target.ruleset}", target.ruleset, guides.names)
            link.refuse("unknown-ruleset", guides.unknown(target.ruleset), fix)
        elif target.scheme == "fact":
            _resolve_fact(guide, link, guides.vocabulary)
            if has_references and not _names_a_part(element, parents):
                _add_reference(guide, link, parents[element])
        else:
            _resolve_part(guide, link, parents)


def _address(element: Element) -> str:
    """Return the address of a link or image. Markdown reads an address in quotation marks as a title."""
    return element.get("href") or element.get("src") or f'"{element.get("title", "")}"'


def _resolve_fact(guide: Guide, link: PartLink, vocabulary: Units) -> None:
    """Point a link to a fact at the fact's source, and check its text against the fact."""
    target, page = link.target, link.page
    fact = guide.ruleset.facts_by_id.get(target.id)
    if fact is None:
        known = guide.ruleset.facts_by_id
        message = f"there is no fact {target.id!r}.{did_you_mean(target.id, known)}"
        link.refuse("unknown-fact", message, link.renamed(known))
        return
    page.quoted.add((guide.ruleset.id, fact.id))
    words = guide.words
    value = fact.value_text(words)
    link.insert(value)
    problem = drift(fact, link.text, vocabulary, words) if link.text else ""
    if problem:
        right = corrected(fact, link.text, vocabulary, words)
        # The author's own wording fits the sentence, as the value with its whole unit may not.
        offered = f"[{right}]({target.text}), or " if right and right != value and not _BRACKET.search(right) else ""
        message = f"{problem}; write {offered}[]({target.text}) to insert {quoted(value)}"
        link.diagnose("drifted-fact", message, _with_value(link, right, vocabulary))
    link.lead(fact.source)
    link.element.set("title", words.fill("source_of", source=fact.source, checked=fact.checked_text(words)))


def _with_value(link: PartLink, right: str, vocabulary: Units) -> Replacement | None:
    """Return the correction of a text that disagrees with its fact.

    Args:
        link: The link.
        right: Its text with the fact's value in place of its only number; empty if that is no way to correct it.
        vocabulary: The units to recognise.
    """
    written = f"[{link.text}]({link.target.text}"
    if right and not _BRACKET.search(right):
        return Replacement(written, f"[{right}]({link.target.text}")
    quantities = find_quantities(link.text, vocabulary)
    # Other words around the number belong to the sentence, and the value alone may not fit it.
    is_value_alone = [(each.start, each.end) for each in quantities] == [(0, len(link.text))]
    return Replacement(written, f"[]({link.target.text}") if is_value_alone else None


def _names_a_part(element: Element, parents: Mapping[Element, Element]) -> bool:
    """Return whether a link is in a heading or label whose text is also used elsewhere, as in a table of contents."""
    while element in parents:
        element = parents[element]
        if _NAME.fullmatch(element.tag):
            return True
    return False


def _add_reference(guide: Guide, link: PartLink, parent: Element) -> None:
    """Add a reference after a link to a fact, leading to where the site shows the fact."""
    fact = guide.ruleset.facts_by_id.get(link.target.id)
    url = None if fact is None else url_of(guide, "fact", fact.id, link.page)
    if fact is None or url is None:
        return
    mark = Element("sup", {"class": "assessor-reference", "data-search-exclude": ""})
    said = guide.words.fill("source_of", source=fact.source, checked=fact.checked_text(guide.words))
    anchor = SubElement(mark, "a", {"href": url, "aria-label": said, "title": said})
    anchor.text = "*"
    mark.tail, link.element.tail = link.element.tail, None
    parent.insert(list(parent).index(link.element) + 1, mark)


def _resolve_part(guide: Guide, link: PartLink, parents: dict[Element, Element]) -> None:
    """Point a link to a part other than a fact at its place on the site, and fill in its text if there is none."""
    target = link.target
    parts = PARTS[target.scheme](guide.ruleset, guide.words)
    kind = _kind(target)
    if target.id not in parts:
        message = f"there is no {kind} {target.id!r}.{did_you_mean(target.id, parts)}"
        link.refuse(f"unknown-{kind}", message, link.renamed(parts))
        return
    live = _live(guide, link)
    if live and live.text:
        link.insert(live.text)
    else:
        link.insert_label(parts[target.id])
    other = other_part(parts, target.id, link.text)
    if other is not None:
        link.diagnose(
            "drifted-link",
            f"the text {quoted(link.text)} names the {kind} {other!r}, but the link leads to {target.id!r}; "
            f"write []({target.text}) to insert {quoted(parts[target.id])}",
        )
    url = url_of(guide, target.scheme, target.id, link.page)
    if url is not None:
        link.lead(url)
    elif live and target.scheme == "estimate":
        # The value is worth reading even where no page has more on it.
        link.element.tag = "span"
        link.element.attrib.clear()
    else:
        slots = {"question": [f"question {target.id}"], "outcome": ["outcomes"], "rule": ["rules"]}.get(kind, [])
        slots = ["cases"] if kind == "case" else [*slots, "checklist"]
        named = f"{target.ruleset}/" if target.ruleset else ""
        link.diagnose(
            "unshown-target",
            f"no page shows the {kind} {target.id!r}, so this link leads nowhere: "
            f"put {' or '.join(f'<!-- assessor/{named}{slot} -->' for slot in slots)} on one",
        )
        link.element.tag = "span"
        link.element.attrib.clear()
        return
    if live:
        _enliven(guide, link, live, parents)


def _kind(target: Target) -> str:
    """Return the kind of part that a link names."""
    return "question" if target.scheme == "answer" else target.scheme


def _live(guide: Guide, link: PartLink) -> LiveLink | None:
    """Return what the script changes of a link, or `None`."""
    target = link.target
    if target.scheme == "case":
        return live_case(guide, target.id, link.page)
    if link.text or target.scheme not in ("estimate", "answer"):
        return None
    link.page.live.add(guide.ruleset.id)
    return (live_estimate if target.scheme == "estimate" else live_answer)(guide, target.id)


def _enliven(guide: Guide, link: PartLink, live: LiveLink, parents: dict[Element, Element]) -> None:
    """Put the element of the script around a link."""
    page, element, parent = link.page, link.element, parents[link.element]
    for name, value in live.attributes.items():
        element.set(name, value)
    around = Element(LIVE, {"data-ruleset": guide.ruleset.id})
    if live.phrases and guide.ruleset.id not in page.checklists:
        around.set("data-phrases", json.dumps(live.phrases, separators=(",", ":")))
    around.tail, element.tail = element.tail, None
    parent[list(parent).index(element)] = around
    around.append(element)
    parents[element], parents[around] = around, parent
    if live.page:
        # Generators turn the address of a page into its URL here, and nowhere else.
        SubElement(around, "a", {"href": live.page, "hidden": ""})
    page.has_live = True

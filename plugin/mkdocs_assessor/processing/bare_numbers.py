"""Report numbers in a guide's sentences that equal a fact but don't link to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from assessor.language.layout import quoted
from assessor.model.facts import Fact
from assessor.prose.unlinked import Unlinked, unlinked
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.sentences import sentences
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import PageGuides


def check_prose(guides: PageGuides, root: Element, raw: Sequence[object], html: Mapping[int, str], page: Page) -> None:
    """Report the numbers of a guide page that equal a fact but don't link to it.

    A page belongs to the guide if it has a slot or quotes a fact.

    Args:
        guides: The rule sets.
        root: The parsed page.
        raw: The HTML that Python-Markdown has stashed.
        html: The part of it that the author wrote, by its number.
        page: The page.
    """
    own = page.uses
    said = list(sentences(root, raw, html)) if own else []
    # Rule sets may share a fact; the page's own rule set takes precedence.
    found: dict[tuple[int, int], tuple[Guide, Unlinked[Fact]]] = {}
    for guide in guides if own else ():
        if guide.ruleset.id in own:
            for each in unlinked(said, guide.ruleset.facts, guides.vocabulary):
                place = each.sentence, each.start
                if place not in found or (found[place][1].kind == "other" and each.kind != "other"):
                    found[place] = guide, each
    for (sentence, start), (guide, each) in sorted(found.items(), key=lambda item: item[0]):
        name = "" if guide is guides.default else f"{guide.name}/"
        where = page.places.quantity(each.text, said[sentence], start)
        code = "doubtful-number" if each.kind == "other" else "unlinked-fact"
        page.diagnose(code, _message(each, f"fact:{name}{each.fact.id}", guide), where)


def _message(found: Unlinked[Fact], target: str, guide: Guide) -> str:
    text, fact = quoted(found.text), f"fact '{found.fact.id}'"
    value, span = found.fact.value_text(guide.words), found.fact.range_text(guide.words)
    link = f"[{text[1:-1]}]({target})"
    if found.kind in ("low", "high"):
        return f"{text} is the {found.kind} end of {fact}, and would not change with it: write [{span}]({target})"
    if found.kind == "range":
        return f"{text} is the range of {fact}, and would not change with it: write {link}"
    if found.kind == "other":
        return f"{text} is next to the words of {fact}, which is {value}: if you mean that, write []({target})"
    return f"{text} is what {fact} says, and would not change with it: write {link}"

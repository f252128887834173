"""Find, check and render the passages of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from assessor.findings.edit import Replacement
from assessor.logic.named import UnknownNameError, read_names
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.misspellings import renamed
from mkdocs_assessor.page.page import Page, Shown
from mkdocs_assessor.page.syntax import PASSAGE_ATTRIBUTE, WRITTEN_ATTRIBUTE, Slot
from mkdocs_assessor.passages.conditions import Passage, check_constant, check_gaps
from mkdocs_assessor.passages.tree import Problem, Wrapped, Wrapper
from mkdocs_assessor.render.guides import PageGuides
from mkdocs_assessor.render.slots import refuse, render_passage_label, render_passages

# The code of each problem, and what to say of the comment or the attribute.
_PROBLEMS: Mapping[Problem, tuple[str, str]] = {
    "heading": ("misplaced-slot", "is in a heading: put it around the section"),
    "link": ("misplaced-slot", "is in a link: put it around the link"),
    "title": ("misplaced-slot", "is in a title that opens a block or a tab: put it around the block, or into it"),
    "unpaired": (
        "unpaired-passage",
        "has no <!-- {missing} it in the same block: in lists, indent both by four spaces, with blank lines around",
    ),
    "cell": ("unpaired-passage", "has no <!-- {missing} it in the same cell of the table: put both around its words"),
    "rows": (
        "misplaced-slot",
        "is between the rows of a table and ends it: put it around the whole table, or around the words of each cell",
    ),
    "row": ("misplaced-slot", "is on a part of a table that cannot be a passage: put it on the table, or on each cell"),
}
_CODE = frozenset(("code", "pre", "script", "style"))


class PassageProcessor:
    """Turns the passages of one page into HTML."""

    def __init__(self, md: Markdown, guides: PageGuides, page: Page) -> None:
        """Take the parser, the rule sets and the page."""
        self._md = md
        self._guides = guides
        self._page = page

    def run(self, root: Element, slots: Mapping[int, Slot], places: Mapping[int, PlaceGetter]) -> None:
        """Change the parsed page in place.

        Args:
            root: The parsed page.
            slots: The comments that begin and end passages, by their number in the stash of raw HTML.
            places: The place of each.
        """
        self._check_unread(root)
        kinds = {position: "when" if slot.name == "when" else "end" for position, slot in slots.items()}
        wrapper = Wrapper(kinds, self._md.is_block_level)  # type: ignore[arg-type]  # mypy widens the values
        wrapper.wrap(root)
        for source, problem in wrapper.refused:
            self._refuse(source, problem, slots, places)
        for position, slot in slots.items():
            if slot.name == "end" and slot.argument:
                message = f"the slot {slot.label!r} takes no option, but has {slot.argument!r}"
                self._page.diagnose("unexpected-option", message, places[position])
        found = {each.element: each for each in wrapper.wrapped}
        passages: dict[Element, Passage] = {}
        for element, outer in _with_outer(root, found):
            passage = self._read(found[element], slots, places, passages.get(outer) if outer is not None else None)
            if passage is None:
                continue
            passages[element] = passage
            self._page.shown.append(Shown(passage.guide.ruleset.id, "when", passage.text, ""))
            check_constant(passage, self._page)
            self._check_checklist(passage, element)
        check_gaps(list(_runs(root, passages)), self._page)
        # First, because the first part of a page brings the style sheet.
        self._add_bars(root, passages)
        for element, passage in passages.items():
            self._render(found[element], passage)

    def _refuse(
        self, source: int | str, problem: Problem, slots: Mapping[int, Slot], places: Mapping[int, PlaceGetter]
    ) -> None:
        code, fix = _PROBLEMS[problem]
        if isinstance(source, int):
            slot, where = slots[source], places[source]
            missing = "assessor/when NAME --> before" if slot.name == "end" else "assessor/end --> after"
            message = f"the slot {slot.label!r} {fix.format(missing=missing)}"
        else:
            written = f'{PASSAGE_ATTRIBUTE}="{source}"'
            where, message = self._page.places.written(written), f"the attribute {written!r} {fix}"
        self._page.diagnose(code, message, where)

    def _read(
        self, wrapped: Wrapped, slots: Mapping[int, Slot], places: Mapping[int, PlaceGetter], outer: Passage | None
    ) -> Passage | None:
        """Return a passage, or `None` after reporting and showing that its condition is invalid."""
        if isinstance(wrapped.source, int):
            slot = slots[wrapped.source]
            guide, text, where = self._guides.find(slot.ruleset), slot.argument, places[wrapped.source]
        else:
            # Python-Markdown has put aside what looks like HTML.
            text = HTML_PLACEHOLDER_RE.sub(lambda match: self._html(int(match[1])), wrapped.source)
            guide, where = self._guides.default, self._page.places.written(f'{PASSAGE_ATTRIBUTE}="{text}"')
        wrapped.element.attrib.pop("class")
        # A rule set that does not exist was reported with the other slots.
        if guide is None:
            return None
        text = " ".join(text.split())
        self._page.passages.append((guide.ruleset.id, text, where))
        try:
            names = read_names(guide.ruleset, text)
        except UnknownNameError as error:
            html = refuse("unknown-name", str(error), self._page, where, is_apart=wrapped.is_block, fix=_fix(error))
            self._put(wrapped, html)
            return None
        if outer is not None and outer.guide is not guide:
            outer = None
        return Passage(guide, names, text, where, outer)

    def _render(self, wrapped: Wrapped, passage: Passage) -> None:
        kind = "" if wrapped.is_block else " assessor-when-inline"
        wrapped.element.set("class", f"assessor-when{kind}")
        wrapped.element.set("data-ruleset", passage.guide.ruleset.id)
        nodes = passage.conditions.nodes(passage.function)
        if nodes:
            wrapped.element.set("data-when", str(nodes).replace(" ", ""))
        label = render_passage_label(
            passage.guide, self._page, passage.statement, passage.questions, is_block=wrapped.is_block
        )
        self._put(wrapped, label)

    def _put(self, wrapped: Wrapped, html: str) -> None:
        """Put HTML before the text of a passage."""
        placeholder = self._md.htmlStash.store(html)
        if wrapped.is_block:
            label = Element("p")
            label.text = placeholder
            wrapped.element.insert(0, label)
        else:
            wrapped.element.text = f"{placeholder} "

    def _add_bars(self, root: Element, passages: Mapping[Element, Passage]) -> None:
        """Put the switch for each rule set before the part of the page with the first passage about it."""
        done: set[str] = set()
        for block in list(root):
            for element in block.iter():
                passage = passages.get(element)
                if passage is not None and passage.guide.ruleset.id not in done:
                    done.add(passage.guide.ruleset.id)
                    bar = Element("p")
                    bar.text = self._md.htmlStash.store(render_passages(passage.guide, self._page))
                    root.insert(list(root).index(block), bar)

    def _check_checklist(self, passage: Passage, element: Element) -> None:
        """Report a checklist that is in a passage about its own answers."""
        for text in element.itertext():
            for match in HTML_PLACEHOLDER_RE.finditer(text):
                if f'<assessor-checklist data-ruleset="{passage.guide.ruleset.id}"' in self._html(int(match[1])):
                    message = (
                        f"the passage {passage.text!r} has the checklist that it follows, and would fold the "
                        "questions: put the checklist outside"
                    )
                    self._page.diagnose("misplaced-slot", message, passage.where)

    def _is_condition(self, text: str) -> bool:
        """Return whether a text names parts of the page's rule set."""
        try:
            return bool(read_names(self._guides.default.ruleset, text))
        except UnknownNameError:
            return False

    def _html(self, position: int) -> str:
        """Return raw HTML from Python-Markdown's stash."""
        blocks = self._md.htmlStash.rawHtmlBlocks
        return str(blocks[position]) if position < len(blocks) else ""

    def _check_unread(self, root: Element) -> None:
        """Report attributes that Markdown shows as text, or ignores."""
        for info, where in self._page.places.fences():
            match = WRITTEN_ATTRIBUTE.search(info)
            # Other tools have options of that name.
            if match and self._is_condition(match["names"]):
                message = (
                    f"the attribute {match[0]!r} is on a block of code, which cannot have it: put "
                    "<!-- assessor/when NAME --> before the block, and <!-- assessor/end --> after it"
                )
                self._page.diagnose("misplaced-slot", message, where)
        if not self._page.has_any([f"{PASSAGE_ATTRIBUTE}="]):
            return
        for text in _texts(root):
            for match in WRITTEN_ATTRIBUTE.finditer(text):
                fix = "list attr_list under markdown_extensions"
                if "attr_list" in self._md.treeprocessors:
                    fix = "put it at the end of the block, or on a separate line below it"
                message = f"the attribute {match[0]!r} appears as text: {fix}"
                self._page.diagnose("misplaced-slot", message, self._page.places.written(match[0]))


def _fix(error: UnknownNameError) -> Replacement | None:
    """Return the correction of a name that stands for nothing, if one is certain."""
    return renamed(f" {error.name}", error.name, error.known) or renamed(f'"{error.name}', error.name, error.known)


def _with_outer(
    element: Element, found: Mapping[Element, Wrapped], outer: Element | None = None
) -> Iterator[tuple[Element, Element | None]]:
    """Yield each passage of a page in order, with the passage around it."""
    for child in element:
        if child in found:
            yield child, outer
        yield from _with_outer(child, found, child if child in found else outer)


def _runs(root: Element, passages: Mapping[Element, Passage]) -> Iterator[Sequence[Passage]]:
    """Yield passages that follow each other in the same element, with nothing between them."""
    for parent in root.iter():
        run: list[Passage] = []
        for child in parent:
            if child in passages:
                run.append(passages[child])
            if run and (child not in passages or (child.tail or "").strip()):
                yield run
                run = []
        yield run


def _texts(element: Element) -> Iterator[str]:
    """Yield every text of a page outside code."""
    if element.tag not in _CODE:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
    yield element.tail or ""

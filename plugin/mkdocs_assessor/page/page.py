"""Represent a page: what its generator knows about it, and what we find on it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from assessor.findings.edit import Replacement
from assessor.findings.finding import Finding
from assessor.findings.place import Place
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.assets import Asset
from mkdocs_assessor.page.source import OriginalText, SourceMap, shown_name

if TYPE_CHECKING:
    from assessor.model.answers import Answer
    from mkdocs_assessor.page.positions import Positions

_ID = re.compile(r"""\bid=["']?([^"'\s>]+)""")


def anchors_in(html: str) -> set[str]:
    """Return the anchors in HTML."""
    return set(_ID.findall(html))


def _anchor_only(link: str) -> str:
    """Resolve a link within the docs as far as possible without knowing the addresses of pages."""
    _, hash_sign, anchor = link.partition("#")
    return f"#{anchor}" if hash_sign else link


def is_within_docs(link: str) -> bool:
    """Return whether a link leads to a file of the docs."""
    path = link.partition("#")[0]
    return bool(path) and "//" not in path and not path.startswith("mailto:")


@dataclass(frozen=True)
class Shown:
    """A slot on a page.

    Attributes:
        ruleset: The id of the rule set.
        slot: The name, such as `checklist`.
        argument: The text after the name.
        prefix: The prefix of its HTML ids.
    """

    ruleset: str
    slot: str
    argument: str
    prefix: str


@dataclass(frozen=True)
class PageInput:
    """What a generator knows about a page before rendering it.

    Attributes:
        path: The Markdown file, relative to the docs folder; empty if not known.
        file: The name of the file in messages; by default the path.
        title: The title in the front matter.
        ruleset: The name of the rule set that the page chooses; empty for the default of the site.
        language: The language of the page, if it differs from the site's.
        report: Receives each error.
        resolve_link: Turns a link within the docs (`guide.md#staffing`) into a URL relative to this page.
        asset_url: Adds an asset to the site and returns its URL relative to this page; `None` to inline assets.
        root_url: The URL of the site relative to this page, if assets are inline; empty if not known.
        elsewhere: Returns the slots of the other pages, by path.
        siblings: Returns the paths of all pages, if nothing checks the whole site later.
        written: Returns the text of the file, if the parser gets only a part of it or a changed text.
        name_of: Returns the name of an included file in messages.
    """

    path: str = ""
    file: str = ""
    title: str = ""
    ruleset: str = ""
    language: str = ""
    report: Callable[[Finding], None] = lambda finding: None
    resolve_link: Callable[[str], str] = _anchor_only
    asset_url: Callable[[Asset], str] | None = None
    root_url: str = ""
    elsewhere: Callable[[], Mapping[str, Sequence[Shown]]] = dict
    siblings: Callable[[], Collection[str]] | None = None
    written: Callable[[], OriginalText] | None = None
    name_of: Callable[[Path], str] = shown_name

    @property
    def name(self) -> str:
        """The name of the page in messages."""
        return self.file or self.path

    def choice(self) -> Place:
        """Return where the front matter chooses a rule set."""
        return self._in_head(re.compile(r"^assessor\s*:\s*(?P<meant>.*\S)"))

    def in_title(self, text: str) -> Place:
        """Return where a text is in the title of the front matter."""
        return self._in_head(re.compile(rf"^title\s*:.*?(?P<meant>{re.escape(text)})"))

    def _in_head(self, pattern: re.Pattern[str]) -> Place:
        for number, line in enumerate(self.written().head if self.written else (), start=1):
            match = pattern.search(line)
            if match:
                start, end = match.span("meant")
                return Place(self.name, number, start + 1, line, end - start)
        return Place(self.name)


@dataclass
class Page:
    """A page during rendering, with what we find on it.

    Attributes:
        given: What its generator knows about it.
        shown: The slots rendered so far.
        quoted: The facts that links quote, as ids of rule set and fact.
        passages: The id of the rule set, the condition and the place of each passage, until the end of the page.
        ignored: The codes of diagnostics that the page ignores.
        checklists: The prefix of the first checklist for each rule set, so that single questions can link to its
            result.
        used: The ids of the rule sets whose bundle is on the page.
        live: The ids of the rule sets whose estimates or answers its links show.
        has_live: Whether the script changes any of its links.
        has_script: Whether the page has the script.
        has_styles: Whether a slot has added the style sheet.
        anchors: The HTML ids on the rendered page; `None` if unknown.
    """

    given: PageInput = field(default_factory=PageInput)
    shown: list[Shown] = field(default_factory=list)
    quoted: set[tuple[str, str]] = field(default_factory=set)
    passages: list[tuple[str, str, PlaceGetter]] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    checklists: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)
    has_live: bool = False
    has_script: bool = False
    has_styles: bool = False
    anchors: Set[str] | None = None
    _prefixes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _source: SourceMap | None = None
    _positions: Positions | None = None

    @property
    def uses(self) -> set[str]:
        """The ids of the rule sets that the page shows or quotes."""
        return {each.ruleset for each in self.shown} | {ruleset for ruleset, _ in self.quoted}

    def start(self, lines: Sequence[str]) -> None:
        """Take the Markdown that the generator passes to the parser."""
        self._source = SourceMap(self.given.name, lines, self.given.written, self.given.name_of)
        self._positions = None

    def include(self, lines: Sequence[str], file_of: Callable[[str], str | None], appended: Sequence[str] = ()) -> None:
        """Take the Markdown with the included files: see `SourceMap.include`."""
        if self._source is not None:
            self._source.include(lines, file_of, appended)

    def path_to(self, path: str) -> str:
        """Return the path of another page of the docs relative to this one, as links within the docs write it."""
        return quote(posixpath.relpath(path, posixpath.dirname(self.given.path) or "."))

    def finish(self) -> None:
        """Release the Markdown, to save memory on sites with many pages."""
        self._source = self._positions = None
        self.passages.clear()

    @property
    def places(self) -> Positions:
        """The places of the page's slots and links."""
        if self._positions is None:
            from mkdocs_assessor.page.positions import Positions  # noqa: PLC0415 - pages without any need no places

            if self._source is None:
                self.start(())
            assert self._source is not None
            self._positions = Positions(self._source)
        return self._positions

    def has_any(self, texts: Sequence[str]) -> bool:
        """Return whether any of some texts is in the page's Markdown, in code or not."""
        markdown = "\n".join(self._source.parsed if self._source else ())
        return any(text in markdown for text in texts)

    def unused_prefix(self, prefix: str, slot: str = "") -> str:
        """Return a prefix for HTML ids that no slot of that name on the page uses; the first one gets it unchanged."""
        self._prefixes[prefix, slot] += 1
        count = self._prefixes[prefix, slot]
        return prefix if count == 1 else f"{prefix}-{count}"

    def diagnose(
        self,
        code: str,
        message: str,
        where: PlaceGetter,
        witness: Mapping[str, Answer] | None = None,
        shows: str = "",
        *,
        fix: Replacement | None = None,
    ) -> None:
        """Report an error, unless the page ignores its code.

        Args:
            code: The code.
            message: What is wrong and what to do.
            where: The place.
            witness: Answers that show it: see `Finding`.
            shows: What these answers show.
            fix: The one sure correction of what the place marks, if there is one.
        """
        if code not in self.ignored:
            place = where()
            edit = fix.within(place) if fix else None
            self.given.report(Finding(code, place, message, witness=witness, shows=shows, fix=edit))

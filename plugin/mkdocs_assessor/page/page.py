"""The page that is being rendered, as far as its generator tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field

from assessor.findings.finding import Finding
from assessor.findings.place import Place
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.assets import Asset
from mkdocs_assessor.page.positions import Positions
from mkdocs_assessor.page.source import OriginalText, SourceMap

_ID = re.compile(r"""\bid=["']?([^"'\s>]+)""")


def anchors_in(html: str) -> set[str]:
    """Return what links can lead to in HTML."""
    return set(_ID.findall(html))


def _anchor_only(link: str) -> str:
    """Follow a link within the docs as far as that can be done without knowing where pages are published."""
    _, hash_sign, anchor = link.partition("#")
    return f"#{anchor}" if hash_sign else link


def is_within_docs(link: str) -> bool:
    """Say whether a link leads to a file of the docs."""
    path = link.partition("#")[0]
    return bool(path) and "//" not in path and not path.startswith("mailto:")


@dataclass(frozen=True)
class Shown:
    """A slot that is on a page.

    Attributes:
        ruleset: The id of the rule set that it shows.
        slot: Its name, such as `checklist`.
        argument: What follows the name.
        prefix: What its HTML ids start with.
    """

    ruleset: str
    slot: str
    argument: str
    prefix: str


@dataclass
class Page:
    """One page while it is rendered, and what it was found to hold.

    Attributes:
        path: The Markdown file, relative to the docs folder; empty where it is not known.
        file: The file as messages name it; by default the path.
        report: What is told of each mistake.
        resolve_link: Turns a link within the docs (`guide.md#staffing`) into a URL relative to this page.
        asset_url: Puts an asset on the site and returns its URL relative to this page; `None` to put assets inline.
        root_url: The URL of the site relative to this page, where assets are inline; empty where it is not known.
        elsewhere: Returns the slots of the other pages, by path.
        siblings: Returns the paths of all pages, where nobody looks at the whole site later.
        title: What its front matter calls it.
        ruleset: The name of the rule set that the page chooses; empty for the site's choice.
        language: The language of the page, where it is not the site's.
        written: Returns what the file says, where that is more than the parser gets, or another thing.
        has_references: Whether a reference follows each link to a fact.
        used: The ids of the rule sets that readers can answer on the page.
        has_styles: Whether a slot has brought the style sheet.
        checklists: The prefix of the first checklist of each rule set, so that single questions can link to its result.
        shown: The slots that were rendered.
        quoted: The facts that links quote, as ids of rule set and fact.
        ignored: The codes of the diagnostics that the page does without.
        anchors: What links can lead to on the page, once it is rendered, as HTML ids; `None` where that is not known.
    """

    path: str = ""
    file: str = ""
    report: Callable[[Finding], None] = field(default=lambda finding: None)
    resolve_link: Callable[[str], str] = _anchor_only
    asset_url: Callable[[Asset], str] | None = None
    root_url: str = ""
    elsewhere: Callable[[], Mapping[str, Sequence[Shown]]] = field(default=dict)
    siblings: Callable[[], Collection[str]] | None = None
    title: str = ""
    ruleset: str = ""
    language: str = ""
    written: Callable[[], OriginalText] | None = None
    has_references: bool = False
    used: set[str] = field(default_factory=set)
    has_styles: bool = False
    checklists: dict[str, str] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    quoted: set[tuple[str, str]] = field(default_factory=set)
    ignored: set[str] = field(default_factory=set)
    anchors: Set[str] | None = None
    _prefixes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _source: SourceMap | None = None
    _occurrences: Positions | None = None

    @property
    def uses(self) -> set[str]:
        """The ids of the rule sets that it shows something of, or quotes."""
        return {each.ruleset for each in self.shown} | {ruleset for ruleset, _ in self.quoted}

    def start(self, lines: Sequence[str]) -> None:
        """Take the Markdown as the generator gives it to the parser."""
        self._source = SourceMap(self.file or self.path, lines, self.written)
        self._occurrences = Positions(self._source)

    def include(self, lines: Sequence[str], file_of: Callable[[str], str | None], appended: Sequence[str] = ()) -> None:
        """Take the Markdown once other files are included in it: see `Source.include`."""
        if self._source is not None:
            self._source.include(lines, file_of, appended)

    def finish(self) -> None:
        """Let go of the Markdown: a site may have many pages."""
        self._source = self._occurrences = None

    @property
    def places(self) -> Positions:
        """Where the slots and links of the page stand."""
        if self._occurrences is None:
            self.start(())
        assert self._occurrences is not None
        return self._occurrences

    def unused_prefix(self, prefix: str, slot: str = "") -> str:
        """Return a prefix for HTML ids that no slot of that name has on the page; the first time, as it was given."""
        self._prefixes[prefix, slot] += 1
        count = self._prefixes[prefix, slot]
        return prefix if count == 1 else f"{prefix}-{count}"

    def choice(self) -> Place:
        """Return where its front matter chooses a rule set."""
        return self._in_head(re.compile(r"^assessor\s*:\s*(?P<meant>.*\S)"))

    def in_title(self, text: str) -> Place:
        """Return where a text stands in the title that its front matter has."""
        return self._in_head(re.compile(rf"^title\s*:.*?(?P<meant>{re.escape(text)})"))

    def _in_head(self, pattern: re.Pattern[str]) -> Place:
        for number, line in enumerate(self.written().head if self.written else (), start=1):
            match = pattern.search(line)
            if match:
                start, end = match.span("meant")
                return Place(self.file or self.path, number, start + 1, line, end - start)
        return Place(self.file or self.path)

    def diagnose(self, code: str, message: str, where: PlaceGetter) -> None:
        """Report a mistake, unless the page does without reports of its kind."""
        if code not in self.ignored:
            self.report(Finding(code, where(), message))

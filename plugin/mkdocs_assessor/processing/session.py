"""Hold the state of rendering one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import Slot

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet
    from mkdocs_assessor.render.guides import Guides, PageGuides


@dataclass(frozen=True)
class Host:
    """What the extension provides to render pages.

    Attributes:
        load_guides: Returns the rule sets of the site.
        next_page: Returns the page that starts, given the lines that the parser gets.
        has_references: Whether to add a reference after each link to a fact.
        report_unsound: Reports what is wrong with a rule set that a page uses.
    """

    load_guides: Callable[[], Guides]
    next_page: Callable[[list[str]], Page]
    has_references: bool
    report_unsound: Callable[[RuleSet], None]


class PageSession:
    """The state that processors of one Markdown instance share: the guides, and the current page."""

    page: Page
    markers: Mapping[int, Slot]
    places: dict[int, PlaceGetter]
    html: Mapping[int, str]

    def __init__(self, host: Host) -> None:
        """Take what the extension provides."""
        self._host = host
        self._guides: PageGuides | None = None

    @property
    def guides(self) -> PageGuides:
        """The guides, loaded for the first page with a slot or link of ours: many sites have few, and some none."""
        if self._guides is None:
            self._guides = self._host.load_guides().for_page(self.page.given)
        return self._guides

    @property
    def has_references(self) -> bool:
        """Whether to add a reference after each link to a fact."""
        return self._host.has_references

    def report_unsound(self) -> None:
        """Report what is wrong with the rule sets that the page uses."""
        for guide in self.guides:
            if guide.ruleset.id in self.page.uses:
                self._host.report_unsound(guide.ruleset.original)

    def start(self, lines: list[str]) -> None:
        """Start the next page."""
        self._guides = None
        self.page = self._host.next_page(lines)
        self.markers, self.places, self.html = {}, {}, {}
        self.page.start(lines)
        given = self.page.given
        if given.ruleset and self.guides.find(given.ruleset) is None:
            self.page.diagnose("unknown-ruleset", self.guides.unknown(given.ruleset), given.choice)

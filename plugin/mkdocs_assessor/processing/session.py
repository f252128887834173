"""The rendering of one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assessor.model.ruleset import RuleSet
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import Slot
from mkdocs_assessor.render.guides import Guides


@dataclass(frozen=True)
class Host:
    """What the extension provides for the pages that it renders.

    Attributes:
        load_guides: Returns the rule sets of the site.
        next_page: Returns the page that begins, given the lines that the parser gets.
        has_references: Whether a reference follows each link to a fact.
        report_unsound: Reports what is wrong with a rule set that a page uses.
    """

    load_guides: Callable[[], Guides]
    next_page: Callable[[Guides, list[str]], Page]
    has_references: bool
    report_unsound: Callable[[RuleSet], None]


class PageSession:
    """What the processors of one Markdown instance share: the guides, and the page that is rendered now."""

    guides: Guides
    page: Page
    markers: Mapping[int, Slot]
    html: Mapping[int, str]

    def __init__(self, host: Host) -> None:
        self._host = host

    def report_unsound(self) -> None:
        """Report what is wrong with the rule sets that the page uses."""
        for guide in self.guides:
            if guide.ruleset.id in self.page.uses:
                self._host.report_unsound(guide.ruleset)

    def start(self, lines: list[str]) -> None:
        """Begin with the next page."""
        self.guides = self._host.load_guides()
        self.page = self._host.next_page(self.guides, lines)
        self.page.has_references = self._host.has_references
        self.markers, self.html = {}, {}
        self.page.start(lines)
        if self.page.ruleset and self.guides.find(self.page, self.page.ruleset) is None:
            self.page.diagnose("unknown-ruleset", self.guides.unknown(self.page.ruleset), self.page.choice)

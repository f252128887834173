"""Report the findings of `assessor check` in a build."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assessor.findings.finding import Finding
from mkdocs_assessor.page.page import Page

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet
    from mkdocs_assessor.render.guides import Guides


def findings_of_used(guides: Guides, pages: Iterable[Page]) -> Iterator[Finding]:
    """Yield what is wrong with the rule sets that pages use. This skips the others, because proofs take long.

    Raises:
        RuleSetError: If one is too large to compile.
    """
    used = {ruleset for page in pages for ruleset in page.uses}
    for guide in guides:
        if guide.ruleset.id in used:
            yield from ruleset_findings(guide.ruleset.original)


@functools.lru_cache(maxsize=8)
def ruleset_findings(ruleset: RuleSet) -> tuple[Finding, ...]:
    """Return the errors and warnings about a rule set. Notes appear in `assessor check` only.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    # Import late: sites that use no rule set don't need the proofs.
    from assessor.check import check_ruleset  # noqa: PLC0415

    # The date of a reproducible build may be before the sources were read.
    ignored = "future-fact" if _epoch().isdecimal() else ""
    return tuple(
        finding
        for finding in check_ruleset(ruleset, today=_today())
        if finding.severity != "note" and finding.code != ignored
    )


def _epoch() -> str:
    """Return the time set for a reproducible build (reproducible-builds.org), in seconds, or an empty string."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")


def _today() -> datetime.date:
    """Return the date of the build."""
    epoch = _epoch()
    if epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date()
    return datetime.datetime.now().date()

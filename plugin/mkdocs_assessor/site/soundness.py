"""What `assessor check` finds, told by a build."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assessor.model.ruleset import RuleSet
from mkdocs_assessor.diagnostics import Diagnostic, Place, Severity
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guides import Guides

if TYPE_CHECKING:
    from assessor.check import Finding


def diagnostics_of_used(guides: Guides, pages: Iterable[Page]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the rule sets that pages show or quote: proving one takes longer than loading it.

    Raises:
        RuleSetError: If one is too large to check.
    """
    used = {ruleset for page in pages for ruleset in page.uses}
    for guide in guides:
        if guide.ruleset.id in used:
            yield from ruleset_diagnostics(guide.ruleset)


@functools.lru_cache(maxsize=8)
def ruleset_diagnostics(ruleset: RuleSet) -> tuple[Diagnostic, ...]:
    """Return the errors and warnings about a rule set, as diagnostics in the author's Python source.

    Raises:
        RuleSetError: If the rule set is too large to compile, or to check.
    """
    # Sites that use no rule set need not load the proofs.
    from assessor.check import check_ruleset  # noqa: PLC0415

    findings = check_ruleset(ruleset, today=_today())
    # A day that is set may lie before anything was read.
    unsaid = "future-fact" if _epoch().isdecimal() else ""
    return tuple(_diagnostic(each) for each in findings if each.severity != "note" and each.code != unsaid)


def _epoch() -> str:
    """Return the time that a reproducible build sets (reproducible-builds.org), in seconds, or nothing."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")


def _today() -> datetime.date:
    """Return the day of the build."""
    epoch = _epoch()
    if epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date()
    return datetime.datetime.now().date()


def _diagnostic(finding: Finding) -> Diagnostic:
    from assessor.check.report import finding_paragraph  # noqa: PLC0415 - as above

    path, _, _ = str(finding.location).rpartition(":")
    severity: Severity = "error" if finding.severity == "error" else "warning"
    return Diagnostic(Place(path, finding.location.line), finding.code, finding_paragraph(finding), severity)

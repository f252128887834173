"""What `assessor check` finds, told by a build."""

from __future__ import annotations

import datetime
import functools
import os

from assessor.checking import Finding, check_ruleset
from assessor.checking.report import finding_paragraph
from assessor.ruleset import RuleSet
from mkdocs_assessor.diagnostics import Diagnostic


@functools.lru_cache(maxsize=8)
def unsound(ruleset: RuleSet) -> tuple[Diagnostic, ...]:
    """Return the errors and warnings about a rule set, as diagnostics in the author's Python source.

    Raises:
        RuleSetError: If the rule set is too large to compile, or to check.
    """
    findings = check_ruleset(ruleset, today=_today())
    return tuple(_diagnostic(finding) for finding in findings if finding.severity != "note")


def _today() -> datetime.date:
    """Return the day of the build, which a reproducible build sets (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date()
    return datetime.datetime.now().date()


def _diagnostic(finding: Finding) -> Diagnostic:
    path, _, _ = str(finding.location).rpartition(":")
    return Diagnostic(path, finding.location.line, finding.code, finding_paragraph(finding))

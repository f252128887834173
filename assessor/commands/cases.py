"""`assessor cases`: run the worked cases as tests, and list what they leave untested."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from assessor.assessment.cases import case_problems
from assessor.check.owners import quoted
from assessor.commands.options import Command, fail, format_option, rules_option
from assessor.errors import AssessorError
from assessor.loading.load import load_ruleset
from assessor.logic.coverage import Coverage, ProposedCase, coverage_of
from assessor.model.answers import answers_text
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words, statement


@click.command(
    cls=Command,
    section="Check it",
    example="assessor cases --rules rules.py --cover",
)
@rules_option
@format_option("text", "json")
@click.option("--cover", is_flag=True, help="Show what no case tests, and propose cases.")
def command(reference: str, output: str, cover: bool) -> None:
    """Run the worked cases of a rule set as tests.

    The command exits with 1 if a case gets another outcome than it claims; with --cover, also if no case reaches some
    rule.
    """
    try:
        ruleset = load_ruleset(reference, check_cases=False)
        problems = {case.id: list(case_problems(ruleset, case)) for case in ruleset.cases}
        coverage = coverage_of(ruleset) if cover else None
    except AssessorError as error:
        fail(error)
    if output == "json":
        click.echo(json.dumps(_report(ruleset, problems, coverage), indent=2, ensure_ascii=False))
    else:
        for line in _lines(ruleset, problems, coverage):
            click.echo(line)
    if any(problems.values()) or (coverage is not None and coverage.unreached):
        sys.exit(1)


def _lines(ruleset: RuleSet, problems: dict[str, list[str]], coverage: Coverage | None) -> Iterator[str]:
    failed = 0
    for case in ruleset.cases:
        failed += bool(problems[case.id])
        for problem in problems[case.id]:
            yield f"{case.location}: error: {problem}"
        if problems[case.id]:
            yield "  Its answers:"
            yield from (f"    {line}" for line in answers_text(case.answers).splitlines())
    yield _summary(ruleset, failed)
    if coverage is not None:
        yield from _coverage_lines(ruleset, coverage)


def _summary(ruleset: RuleSet, failed: int) -> str:
    """Return how many cases pass, with the id of the rule set, which may not be the intended one."""
    count = len(ruleset.cases)
    if not count:
        return f"{ruleset.id}: there are no worked cases."
    right = f"{failed} of them not as it should be" if failed else "right" if count == 1 else "all right"
    return f"{ruleset.id}: {count} case{'' if count == 1 else 's'}, {right}."


def _coverage_lines(ruleset: RuleSet, coverage: Coverage) -> Iterator[str]:
    rules = [goal for goal in coverage.goals if goal.condition is None]
    conditions = [goal for goal in coverage.goals if goal.condition is not None]
    yield f"The cases reach {len(coverage.shown.intersection(rules))} of the {len(rules)} rules that can decide."
    for rule in coverage.unreached:
        yield f"  No case reaches rule {rule!r}."
    if conditions:
        shown = len(coverage.shown.intersection(conditions))
        yield "Each condition of a rule needs two cases: one that the rule decides because of it, and one that the rule"
        yield f"would decide if not for it alone. {shown} of these {len(conditions)} are there."
    if coverage.proposed:
        yield "Cases that would show the rest:"
    for case in coverage.proposed:
        yield ""
        yield from _proposal(ruleset, case)


def _proposal(ruleset: RuleSet, case: ProposedCase) -> Iterator[str]:
    yield f"  # {case.outcome or 'no advice'}{f', by rule {case.rule!r}' if case.rule else ': no rule decides'}"
    for goal in case.shows:
        if goal.condition is not None:
            how = "decides because" if goal.side == "with" else "would decide if not"
            yield f"  # rule {goal.rule!r} {how} {quoted(ruleset, goal.condition)}"
    yield from (f"  {line}" for line in answers_text(case.answers).splitlines())


def _report(ruleset: RuleSet, problems: dict[str, list[str]], coverage: Coverage | None) -> dict[str, Any]:
    report: dict[str, Any] = {
        "ruleset": ruleset.id,
        "cases": [{"id": case.id, "problems": problems[case.id]} for case in ruleset.cases],
    }
    if coverage is not None:
        words = ruleset_words(ruleset)
        report["unreached"] = coverage.unreached
        report["goals"] = len(coverage.goals)
        report["shown"] = len(coverage.shown)
        report["proposed"] = [
            {
                "answers": dict(case.answers),
                "rule": case.rule or None,
                "outcome": case.outcome or None,
                "shows": [
                    {
                        "rule": goal.rule,
                        "condition": statement(goal.condition, words) if goal.condition is not None else None,
                        "side": goal.side,
                    }
                    for goal in case.shows
                ],
            }
            for case in coverage.proposed
        ]
    return report

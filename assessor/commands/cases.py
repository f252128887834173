"""`assessor cases`: the worked cases as tests, and what they leave untested."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from assessor.answers import answers_text
from assessor.case_checks import case_problems
from assessor.commands.common import fail, format_option, rules_option
from assessor.coverage import Coverage, ProposedCase, coverage_of
from assessor.errors import AssessorError
from assessor.loading import load_ruleset
from assessor.ruleset import RuleSet


@click.command()
@rules_option
@format_option("text", "json")
@click.option("--cover", is_flag=True, help="Say which rules no case reaches, and propose cases.")
def command(reference: str, output: str, cover: bool) -> None:
    """Run the worked cases of a rule set as tests.

    Exits with 1 if one of them gets something else than it says or, with --cover, if a rule is reached by none.
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
    count = len(ruleset.cases)
    yield f"{count} case{'' if count == 1 else 's'}, {f'{failed} not' if failed else 'all'} as they should be."
    if coverage is not None:
        yield from _coverage_lines(coverage)


def _coverage_lines(coverage: Coverage) -> Iterator[str]:
    rules = [goal for goal in coverage.goals if not goal.question]
    conditions = [goal for goal in coverage.goals if goal.question]
    yield f"They reach {len(coverage.shown.intersection(rules))} of {len(rules)} rules that can decide."
    for rule in coverage.unreached:
        yield f"  No case reaches rule {rule!r}."
    shown = len(coverage.shown.intersection(conditions))
    yield (
        f"They show {shown} of {len(conditions)} ways in which one answer decides whether a rule does: "
        "for each question of a rule, a case with the rule and one without."
    )
    if coverage.proposed:
        yield "Cases that would show the rest:"
    for case in coverage.proposed:
        yield ""
        yield from _proposal(case)


def _proposal(case: ProposedCase) -> Iterator[str]:
    yield f"  # {case.outcome or 'no advice'}{f', by rule {case.rule}' if case.rule else ': no rule decides'}"
    for goal in case.shows:
        if goal.question:
            yield f"  # shows that {goal.question} decides whether rule {goal.rule} does"
    yield from (f"  {line}" for line in answers_text(case.answers).splitlines())


def _report(ruleset: RuleSet, problems: dict[str, list[str]], coverage: Coverage | None) -> dict[str, Any]:
    report: dict[str, Any] = {
        "ruleset": ruleset.id,
        "cases": [{"id": case.id, "problems": problems[case.id]} for case in ruleset.cases],
    }
    if coverage is not None:
        report["unreached"] = coverage.unreached
        report["goals"] = len(coverage.goals)
        report["shown"] = len(coverage.shown)
        report["proposed"] = [
            {"answers": dict(case.answers), "rule": case.rule or None, "outcome": case.outcome or None}
            for case in coverage.proposed
        ]
    return report

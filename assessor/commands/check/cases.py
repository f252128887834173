"""`assessor cases`: run the worked cases as tests, and list what they leave untested."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from assessor.assessment.assess import assess
from assessor.assessment.cases import case_problems
from assessor.assessment.results import each_decision
from assessor.check.owners import quoted
from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import format_option, language_option, rules_option, spoken
from assessor.errors import AssessorError
from assessor.findings.formats import counted
from assessor.language.words import Words
from assessor.loading.load import load_ruleset
from assessor.logic.coverage import Coverage, ProposedCase, coverage_of
from assessor.model.answers import answers_text
from assessor.model.cases import Case
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import statement

MOST_RULES = 4
"""How many rules with an untested part to name, except with --all."""


@click.command(
    cls=Command,
    section="Check it",
    example="assessor cases --rules rules.py --cover",
)
@rules_option
@format_option("text", "json")
@language_option
@click.option("--cover", is_flag=True, help="Show what no case tests, and propose the next case.")
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help="With --cover: every effect that no case shows, and a case for each. JSON always has them.",
)
def command(*, reference: str, output: str, cover: bool, is_all: bool, words: Words | None) -> None:
    """Run the worked cases of a rule set as tests.

    The command exits with 1 if a case gets another outcome than it claims; with --cover, also if no case reaches some
    rule.
    """
    try:
        ruleset, language = spoken(load_ruleset(reference, check_cases=False), words)
        problems = {case.id: list(case_problems(ruleset, case)) for case in ruleset.cases}
        coverage = coverage_of(ruleset) if cover else None
    except AssessorError as error:
        fail(error)
    if output == "json":
        click.echo(json.dumps(_report(ruleset, problems, coverage, language), indent=2, ensure_ascii=False))
    else:
        for line in _lines(ruleset, problems):
            click.echo(line)
        if coverage is not None:
            for line in (_coverage_lines if is_all else _brief_lines)(ruleset, coverage):
                click.echo(line)
    if any(problems.values()) or (coverage is not None and coverage.unreached):
        sys.exit(1)


def _lines(ruleset: RuleSet, problems: dict[str, list[str]]) -> Iterator[str]:
    failed = 0
    for case in ruleset.cases:
        failed += bool(problems[case.id])
        for problem in problems[case.id]:
            yield f"{case.location}: error: {problem}"
        if problems[case.id]:
            yield "  Its answers:"
            yield from (f"    {line}" for line in answers_text(case.answers).splitlines())
    yield _summary(ruleset, failed)


def _summary(ruleset: RuleSet, failed: int) -> str:
    """Return how many cases pass, with the id of the rule set, which may not be the intended one."""
    count = len(ruleset.cases)
    if not count:
        return f"{ruleset.id}: there are no worked cases."
    if failed:
        return f"{ruleset.id}: {failed} of {counted(count, 'case')} fail{'s' if failed == 1 else ''}."
    return f"{ruleset.id}: {'1 case passes' if count == 1 else f'all {count} cases pass'}."


def _brief_lines(ruleset: RuleSet, coverage: Coverage) -> Iterator[str]:
    """Yield about ten lines: what is not covered, the most important first, and the case that covers most of it."""
    rules = [goal for goal in coverage.goals if goal.condition is None]
    shown = len(coverage.shown.intersection(rules))
    conditions, there = len(coverage.goals) - len(rules), len(coverage.shown) - shown
    yield (
        f"The cases reach {shown} of the {len(rules)} rules that can decide"
        f"{f', and show {there} of the {conditions} effects of conditions' if conditions else ''}."
    )
    untested = list(_untested(ruleset, coverage))
    yield from (f"  {line}" for line in untested[:MOST_RULES])
    if len(untested) > MOST_RULES:
        yield f"  And {counted(len(untested) - MOST_RULES, 'more rule')}."
    if not coverage.proposed:
        return
    best = max(coverage.proposed, key=lambda case: (case.rule in coverage.unreached, len(case.shows)))
    missing = len(coverage.goals) - len(coverage.shown)
    yield f"A case that shows {len(best.shows)} of the {missing} that are missing:"
    yield from _proposal(ruleset, dataclasses.replace(best, shows=()))
    rest = len(coverage.proposed) - 1
    more = f", and proposes {counted(rest, 'more case')}" if rest else ""
    yield f"--all says what it shows{more}."


def _untested(ruleset: RuleSet, coverage: Coverage) -> Iterator[str]:
    """Yield a line for each rule with something untested: those that no case reaches first, then those with most."""
    possible = [
        (case.id, each["rules"]) for case in ruleset.cases for each in each_decision(assess(ruleset, case.answers))
    ]
    for rule in coverage.unreached:
        others = [(name, rules) for name, rules in possible if rule in rules and len(rules) > 1]
        # A case that answers too little was probably written for this rule.
        meant = [each for each in others if _case(ruleset, each[0]).rule == rule] or others
        if meant:
            name, rules = min(meant, key=lambda each: len(each[1]))
            yield f"Case {name!r} leaves open whether rule {rule!r} decides: {len(rules)} rules still can."
        else:
            yield f"No case reaches rule {rule!r}."
    goals = Counter(goal.rule for goal in coverage.goals if goal.condition is not None)
    missing = Counter(goal.rule for goal in coverage.goals if goal.condition is not None and goal not in coverage.shown)
    for rule, count in missing.most_common():
        if rule not in coverage.unreached:
            yield f"Rule {rule!r}: {count} of the {goals[rule]} effects of its conditions are not shown."


def _case(ruleset: RuleSet, case_id: str) -> Case:
    return next(case for case in ruleset.cases if case.id == case_id)


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
    undecided = f"no rule of decision {case.decision!r} decides" if case.decision else "no rule decides"
    yield f"  # {case.outcome}, by rule {case.rule!r}" if case.rule else f"  # no advice: {undecided}"
    for goal in case.shows:
        if goal.condition is not None:
            how = "decides because" if goal.side == "with" else "would decide if not"
            yield f"  # rule {goal.rule!r} {how} {quoted(ruleset, goal.condition)}"
    yield from (f"  {line}" for line in answers_text(case.answers).splitlines())


def _report(
    ruleset: RuleSet, problems: dict[str, list[str]], coverage: Coverage | None, words: Words
) -> dict[str, Any]:
    report: dict[str, Any] = {
        "ruleset": ruleset.id,
        "cases": [{"id": case.id, "problems": problems[case.id]} for case in ruleset.cases],
    }
    if coverage is not None:
        report["unreached"] = coverage.unreached
        report["goals"] = len(coverage.goals)
        report["shown"] = len(coverage.shown)
        report["proposed"] = [
            {
                "answers": dict(case.answers),
                **({"decision": case.decision} if case.decision else {}),
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

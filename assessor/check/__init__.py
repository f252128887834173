"""Prove properties of a rule set: findings, usually with an example, exact over the cells of its questions."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessor.assessment.cases import case_problems
from assessor.check.acceptance import accept
from assessor.check.conditions import constant_conditions, redundant_parts
from assessor.check.estimates import idle_cases
from assessor.check.owners import PART_LIMIT, joined, owners
from assessor.check.parts import (
    actions_that_never_apply,
    facts_of_tomorrow,
    long_sections,
    outdated_facts,
    unused_criteria,
    unused_facts,
)
from assessor.check.questions import alike_options, asked_wrongly, cancelled_terms, unused_questions
from assessor.check.rules import (
    gap,
    overlaps,
    points_in_reach,
    points_that_never_decide,
    rules_that_change_nothing,
    rules_that_never_fire,
    unreachable_outcomes,
)
from assessor.check.steps import thresholds_between_steps
from assessor.check.texts.numbers import unquoted_numbers
from assessor.check.texts.wording import double_negatives, missing_f_prefixes
from assessor.errors import Location
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.layout import capitalized
from assessor.logic.compiling.compile import WORK_LIMIT
from assessor.logic.diagram import DiagramTooLargeError
from assessor.logic.proofs import Proofs
from assessor.model.ruleset import RuleSet
from assessor.translations.findings import translation_findings

__all__ = ["check_ruleset"]


@dataclass(frozen=True)
class _Search:
    """A search for findings that can take too long.

    Attributes:
        sought: The subject of the search.
        codes: The codes of its findings.
        find: Yields them.
        location: The part of the rule set that it is about.
    """

    sought: str
    codes: tuple[str, ...]
    find: Callable[[Proofs], Iterable[Finding]]
    location: Location


_SEARCHES: Sequence[tuple[Callable[[Proofs], Iterable[Finding]], str, tuple[str, ...]]] = (
    (gap, "answers that no rule decides", ("gap",)),
    (rules_that_never_fire, "rules that never decide", ("rule-never-fires",)),
    (rules_that_change_nothing, "rules that change nothing", ("rule-changes-nothing",)),
    (unreachable_outcomes, "outcomes that no answers lead to", ("unreachable-outcome",)),
    (actions_that_never_apply, "actions that never apply", ("action-never-applies",)),
    (unused_questions, "questions that nothing depends on", ("unused-question",)),
    (cancelled_terms, "inputs that formulas cancel out", ("cancelled-term",)),
    (idle_cases, "cases that decide nothing", ("idle-case",)),
    (alike_options, "options that decide the same", ("alike-options",)),
    (asked_wrongly, "questions asked at the wrong time", ("matters-unasked", "asked-in-vain")),
    (points_that_never_decide, "points that never decide", ("points-never-decide",)),
    (points_in_reach, "points in reach", ("points-in-reach",)),
    (overlaps, "rules that hold together", ("overlap",)),
)
_TRIAL = 100_000
"""The steps that each search may take before one takes more: an entangled one shouldn't use up what others need."""

_MOST_STEPS = 4 * WORK_LIMIT
"""The most steps of all searches together: two minutes."""


def check_ruleset(ruleset: RuleSet, *, today: datetime.date | None = None) -> list[Finding]:
    """Return everything that is wrong with a rule set, and notes on what is easily overlooked.

    A search that takes too long stops, and a finding names it.

    Args:
        ruleset: The rule set; for a translation, the check takes its original.
        today: The day to compare review dates with; without it, dates are not checked.

    Returns:
        The findings, sorted by file and line, without those that a comment in the author's source accepts.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    ruleset = ruleset.original
    findings = [*_proven(ruleset), *_bloated(ruleset)]
    for case in ruleset.cases:
        findings += [
            Finding(
                "wrong-case",
                place_of(case.location),
                f"{capitalized(problem)}.",
                "Fix the rules, or the case.",
                case.answers,
                "the outcome is another one",
            )
            for problem in case_problems(ruleset, case)
        ]
    findings += [*unused_criteria(ruleset), *unused_facts(ruleset), *long_sections(ruleset)]
    findings += [*thresholds_between_steps(ruleset), *double_negatives(ruleset), *missing_f_prefixes(ruleset)]
    findings += [*unquoted_numbers(ruleset), *translation_findings(ruleset)]
    if today is not None:
        findings += [*outdated_facts(ruleset, today), *facts_of_tomorrow(ruleset, today)]
    return sorted(accept(ruleset, findings), key=lambda finding: finding.order)


def _proven(ruleset: RuleSet) -> Iterator[Finding]:
    """Yield what the searches find, and a finding for each that stopped early."""
    waiting = list(_searches(ruleset))
    found: dict[_Search, list[Finding]] = {search: [] for search in waiting}
    left = _MOST_STEPS
    try:
        proofs = Proofs(ruleset)
        for most in (_TRIAL, WORK_LIMIT):
            stopped = []
            for search in waiting:
                # What one search has thrown away must not keep another one from being made.
                if proofs.is_half_used:
                    proofs = Proofs(ruleset)
                before = proofs.steps
                proofs.allow(min(most, left))
                findings: list[Finding] = []
                try:
                    # One by one, to keep those from before it is stopped.
                    for finding in search.find(proofs):
                        findings.append(finding)
                except DiagramTooLargeError:
                    stopped.append(search)
                found[search] = max(found[search], findings, key=len)
                left -= proofs.steps - before
            waiting = stopped
    except DiagramTooLargeError:
        # Not even what all searches need could be made.
        pass
    for search in waiting:
        yield Finding(
            "not-proven",
            place_of(search.location),
            f"The search for {search.sought} stopped, because the rules are too entangled; more findings "
            f"{joined(map(repr, search.codes), 'or')} may be missing.",
            "Split the condition, or the decision; or accept this finding in a comment.",
        )
    for each in found.values():
        yield from each


def _searches(ruleset: RuleSet) -> Iterator[_Search]:
    for find, sought, codes in _SEARCHES:
        yield _Search(sought, codes, find, ruleset.location)
    for owner in owners(ruleset):
        yield _Search(
            f"parts of {owner.name_in_sentence} that always or never hold",
            ("always-true", "never-true"),
            functools.partial(constant_conditions, owner=owner),
            owner.location,
        )
        yield _Search(
            f"parts that {owner.name_in_sentence} does not need",
            ("redundant-condition", "implied-by-order"),
            functools.partial(redundant_parts, owner=owner),
            owner.location,
        )


def _bloated(ruleset: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each condition with too many parts to try each."""
    for owner in owners(ruleset):
        if owner.is_bloated:
            yield Finding(
                "not-proven",
                place_of(owner.location),
                f"The condition of {owner.name_in_sentence} has more than {PART_LIMIT:,} parts, so they are not tried "
                "one by one; findings 'always-true', 'never-true', 'redundant-condition' or 'implied-by-order' may be "
                "missing.",
                "Name the parts that occur twice as criteria.",
            )

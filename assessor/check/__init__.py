"""Prove properties of a rule set: findings, usually with an example, exact over the cells of its questions."""

from __future__ import annotations

import datetime

from assessor.assessment.cases import case_problems
from assessor.check.acceptance import accept
from assessor.check.conditions import constant_conditions, redundant_parts
from assessor.check.numbers import unquoted_numbers
from assessor.check.owners import refuse_bloated
from assessor.check.parts import (
    actions_that_never_apply,
    facts_of_tomorrow,
    long_sections,
    outdated_facts,
    unused_criteria,
    unused_facts,
)
from assessor.check.questions import alike_options, asked_wrongly, cancelled_terms, unused_questions
from assessor.check.rules import gap, overlaps, rules_that_change_nothing, rules_that_never_fire, unreachable_outcomes
from assessor.check.steps import thresholds_between_steps
from assessor.check.wording import double_negatives, missing_f_prefixes
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.layout import capitalized
from assessor.logic.diagram import DiagramTooLargeError
from assessor.logic.proofs import proofs_of, too_large
from assessor.model.ruleset import RuleSet

__all__ = ["check_ruleset"]

_PROOFS = (
    gap,
    rules_that_never_fire,
    rules_that_change_nothing,
    constant_conditions,
    redundant_parts,
    unreachable_outcomes,
    actions_that_never_apply,
    unused_questions,
    cancelled_terms,
    alike_options,
    asked_wrongly,
    overlaps,
)


def check_ruleset(ruleset: RuleSet, *, today: datetime.date | None = None) -> list[Finding]:
    """Return everything that is wrong with a rule set, and notes on what is easily overlooked.

    Args:
        ruleset: The rule set.
        today: The day to compare review dates with; without it, dates are not checked.

    Returns:
        The findings, sorted by file and line, without those that a comment in the author's source accepts.

    Raises:
        RuleSetError: If the rule set is too large to compile or to check.
    """
    proofs = proofs_of(ruleset)
    refuse_bloated(ruleset)
    findings: list[Finding] = []
    try:
        for prove in _PROOFS:
            # What one proof has thrown away must not keep another one from being made.
            if proofs.is_half_used:
                proofs = proofs_of(ruleset)
            findings += prove(proofs)
    except DiagramTooLargeError:
        raise too_large(ruleset, prove.__name__.replace("_", " ")) from None
    for case in ruleset.cases:
        findings += [
            Finding(
                "wrong-case",
                place_of(case.location),
                f"{capitalized(problem)}.",
                "Fix the rules, or the case.",
                case.answers,
                "the report says what they get",
            )
            for problem in case_problems(ruleset, case)
        ]
    findings += [*unused_criteria(ruleset), *unused_facts(ruleset), *long_sections(ruleset)]
    findings += [*thresholds_between_steps(ruleset), *double_negatives(ruleset), *missing_f_prefixes(ruleset)]
    findings += unquoted_numbers(ruleset)
    if today is not None:
        findings += [*outdated_facts(ruleset, today), *facts_of_tomorrow(ruleset, today)]
    return sorted(accept(ruleset, findings), key=lambda finding: finding.order)

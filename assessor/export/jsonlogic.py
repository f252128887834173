"""Export a rule set as JsonLogic: it decides complete answers only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessor.language.decimals import plain_number
from assessor.model.conditions import AllOf, AtLeast, Comparison, Condition, Criterion, Not
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Is
from assessor.model.questions.question import YesNo
from assessor.model.rules.decisions import OutcomeIs
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet


def to_jsonlogic(ruleset: RuleSet) -> dict[str, Any]:
    """Return the rules as JsonLogic (jsonlogic.com): an `if` that returns the id of the rule that fires, or null.

    If the rule set has several decisions, return one for each, by the id of the decision.

    Args:
        ruleset: The rule set.
    """
    if len(ruleset.decisions) > 1:
        return {decision.id: _decided(decision.rules) for decision in ruleset.decisions}
    return _decided(ruleset.rules)


def _decided(rules: Sequence[Rule]) -> dict[str, Any]:
    branches = [part for rule in rules for part in (_logic(rule.when), rule.id)]
    return {"if": [*branches, None]}


def _logic(condition: Condition) -> Any:
    if isinstance(condition, YesNo):
        return {"var": condition.id}
    if isinstance(condition, Is) and condition.of_any_answer is not condition:
        return _logic(condition.of_any_answer)
    if isinstance(condition, Is):
        tests = [{"===": [{"var": condition.question.id}, option]} for option in condition.options]
        return tests[0] if len(tests) == 1 else {"or": tests}
    if isinstance(condition, Comparison):
        threshold = condition.threshold
        # The order of ISO texts is that of the days, also for JsonLogic.
        bound = threshold if isinstance(threshold, str) else plain_number(threshold)
        return {condition.operator: [{"var": condition.question.id}, bound]}
    if isinstance(condition, PointsComparison):
        points = [{"if": [_logic(part), weight, 0]} for part, weight in condition.weights]
        return {condition.operator: [{"+": [0, *points]}, condition.whole_threshold]}
    if isinstance(condition, OutcomeIs):
        rules = condition.decision.rules
        return {
            "if": [*(part for rule in rules for part in (_logic(rule.when), rule.then.id in condition.outcomes)), False]
        }
    parts = [_logic(part) for part in condition.parts]
    if isinstance(condition, Criterion):
        return parts[0]
    if isinstance(condition, Not):
        return {"!": parts}
    if isinstance(condition, AtLeast):
        return {">=": [{"+": [{"if": [part, 1, 0]} for part in parts]}, condition.count]}
    if not parts:
        return isinstance(condition, AllOf)
    return {"and" if isinstance(condition, AllOf) else "or": parts}

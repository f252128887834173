"""What a rule set says of answers, found by trying every way of answering what is open. No diagram, no cleverness."""

from __future__ import annotations

import datetime
import itertools
import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypedDict, get_type_hints

from assessor import Choice, Condition, Criterion, Date, Fact, Number, Question, Rule, RuleSet, Score, YesNo
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Not
from assessor.model.estimates.conditional import Conditional
from assessor.model.formulas.arithmetic import Formula, Operation, Quantity, inputs
from assessor.model.formulas.ranges import Range
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import ChoiceQuestion, Is
from assessor.model.questions.dates import DateComparison
from assessor.model.questions.numbers import NumberComparison
from assessor.model.rules.decisions import OutcomeIs
from tests.support.rulesets import thresholds

Complete = Mapping[str, object]

_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
COMPARE = {">=": operator.ge, ">": operator.gt, "<": operator.lt, "<=": operator.le}


class Decided(TypedDict):
    """What an assessment says of one decision."""

    outcome: str | None
    settled: bool
    possible: list[str]
    gap: bool
    rule: str | None
    rules: list[str]


class Verdict(Decided):
    """The part of an assessment that follows from the rules. `decisions` has those after the first."""

    decisions: dict[str, Decided]
    actions: dict[str, list[str]]
    criteria: dict[str, bool | None]
    scores: dict[str, object]
    open: list[str]
    unasked: list[str]
    unoffered: dict[str, list[str]]


def judge(ruleset: RuleSet, answers: Mapping[str, object]) -> Verdict:
    """Return what a rule set says of answers, complete or not."""
    ways = list(valid_completions(ruleset, answers))
    first, *later = ruleset.rules_by_decision
    actions = {}
    for action in ruleset.actions:
        under = {outcome.id for outcome in action.under}
        comes_to = [any(outcome_of(rules, way) in under for rules in ruleset.rules_by_decision) for way in ways]
        actions[action.id] = _always(
            [reached and holds(action.when, way) for reached, way in zip(comes_to, ways, strict=True)]
        )
    return {
        **decided(first, ways),
        "actions": {
            "apply": [name for name, truth in actions.items() if truth is True],
            "open": [name for name, truth in actions.items() if truth is None],
        },
        "decisions": {
            decision.id: decided(rules, ways) for decision, rules in zip(ruleset.decisions[1:], later, strict=False)
        },
        "criteria": {each.id: _always([holds(each, way) for way in ways]) for each in ruleset.criteria},
        "scores": points_of(ruleset, ways),
        "open": [question.id for question in ruleset.questions if question.id not in known(ruleset, answers)],
        "unasked": [
            question.id
            for section in ruleset.sections
            for question in section.questions
            if not all(
                holds(each, way)
                for each in (section.asked_when, question.asked_when)
                if each is not None
                for way in ways
            )
        ],
        "unoffered": {
            question.id: options
            for question in ruleset.questions
            if isinstance(question, Choice)
            and (
                options := [
                    option
                    for option, asked_when in question.restricted.items()
                    if not all(holds(asked_when, way) for way in ways)
                ]
            )
        },
    }


def judged(assessment: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of an assessment that `judge` returns."""
    decisions = {
        name: {key: each[key] for key in Decided.__annotations__}
        for name, each in assessment.get("decisions", {}).items()
    }
    return {**{key: assessment[key] for key in get_type_hints(Verdict) if key != "decisions"}, "decisions": decisions}


def decided(rules: Sequence[Rule], ways: Sequence[Complete]) -> Decided:
    """Return what some rules, of which the first that holds decides, say of some complete answers."""
    fired = [decide(rules, way) for way in ways]
    outcomes = {None if position is None else rules[position].then.id for position in fired}
    possible = list(dict.fromkeys(rule.then.id for rule in rules if rule.then.id in outcomes))
    settled = len(outcomes) == 1 and None not in outcomes
    only = fired[0] if len(set(fired)) == 1 else None
    return {
        "outcome": possible[0] if settled else None,
        "settled": settled,
        "possible": possible,
        "gap": None in outcomes,
        "rule": None if only is None else rules[only].id,
        "rules": [rule.id for position, rule in enumerate(rules) if position in fired],
    }


def outcome_of(rules: Sequence[Rule], way: Complete) -> str | None:
    """Return the outcome that some rules give complete answers."""
    position = decide(rules, way)
    return None if position is None else rules[position].then.id


def completions(ruleset: RuleSet, answers: Mapping[str, object]) -> Iterator[Complete]:
    """Yield complete answers: one for each way of answering what is open that conditions can tell apart."""
    given = known(ruleset, answers)
    still_open = [question for question in ruleset.questions if question.id not in given]
    for values in itertools.product(*(_every_answer(ruleset, question) for question in still_open)):
        yield {**given, **{question.id: value for question, value in zip(still_open, values, strict=True)}}


def valid_completions(ruleset: RuleSet, answers: Mapping[str, object]) -> Iterator[Complete]:
    """Yield the complete answers whose options are all offered."""
    return (way for way in completions(ruleset, answers) if is_valid(ruleset, way))


def is_valid(ruleset: RuleSet, way: Complete) -> bool:
    """Say whether complete answers offer each option that is among them."""
    return all(_is_offered(question, way) for question in ruleset.questions if isinstance(question, Choice))


def _is_offered(question: ChoiceQuestion, way: Complete) -> bool:
    asked_when = question.restricted.get(str(way[question.id]))
    return asked_when is None or holds(asked_when, way)


def known(ruleset: RuleSet, answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers that count: without those whose option is not offered, whatever else is answered."""
    found: dict[str, object] = {}
    for place, question in enumerate(ruleset.questions):
        answer = answers.get(question.id)
        restricted = question.restricted if isinstance(question, Choice) else {}
        if answer in restricted:
            before = ruleset.questions[:place]
            open_before = [each for each in before if each.id not in found]
            ways = itertools.product(*(_every_answer(ruleset, each) for each in open_before))
            named = (
                {**found, **{each.id: value for each, value in zip(open_before, way, strict=True)}} for way in ways
            )
            if not all(holds(restricted[str(answer)], way) for way in named):
                continue
        if answer is not None:
            found[question.id] = answer
    return found


def _every_answer(ruleset: RuleSet, question: Question) -> list[object]:
    if isinstance(question, Choice):
        return list(question.option_ids)
    if isinstance(question, (Number, Date)):
        return [question.minimum, *thresholds(ruleset, question)]
    return [False, True]


def decide(rules: Sequence[Rule], answers: Complete) -> int | None:
    """Return the position of the first rule that holds."""
    return next((position for position, rule in enumerate(rules) if holds(rule.when, answers)), None)


def fired(ruleset: RuleSet, answers: Complete) -> str | dict[str, str | None] | None:
    """Return the rule that decides, as exported rules do: of several decisions, by the id of each."""
    found = []
    for rules in ruleset.rules_by_decision:
        position = decide(rules, answers)
        found.append(None if position is None else rules[position].id)
    if len(ruleset.decisions) <= 1:
        return found[0]
    return dict(zip((decision.id for decision in ruleset.decisions), found, strict=True))


def holds(condition: Condition, answers: Complete) -> bool:
    """Say whether a condition holds for complete answers."""
    if isinstance(condition, YesNo):
        return answers[condition.id] is True
    if isinstance(condition, Is):
        chosen = str(answers[condition.question.id])
        if not _is_offered(condition.question, answers):
            chosen = next(each for each in condition.question.option_ids if each not in condition.question.restricted)
        return chosen in condition.options
    if isinstance(condition, DateComparison):
        # As days, and not as texts.
        days = [
            datetime.date.fromisoformat(str(each)) for each in (answers[condition.question.id], condition.threshold)
        ]
        return bool(COMPARE[condition.operator](*days))
    if isinstance(condition, NumberComparison):
        value = answers[condition.question.id]
        assert isinstance(value, (int, float))
        # In doubles: they are what an answer is.
        return bool(COMPARE[condition.operator](float(value), condition.threshold))
    if isinstance(condition, Not):
        return not holds(condition.condition, answers)
    if isinstance(condition, Criterion):
        return holds(condition.condition, answers)
    if isinstance(condition, AllOf):
        return all(holds(part, answers) for part in condition.conditions)
    if isinstance(condition, AnyOf):
        return any(holds(part, answers) for part in condition.conditions)
    if isinstance(condition, OutcomeIs):
        fired = next((rule for rule in condition.decision.rules if holds(rule.when, answers)), None)
        return fired is not None and fired.then.id in condition.outcomes
    if isinstance(condition, PointsComparison):
        mine, other = (0 if score is None else points(score, answers) for score in (condition.score, condition.other))
        return bool(COMPARE[condition.operator](mine - other, condition.threshold))
    assert isinstance(condition, AtLeast)
    return sum(holds(part, answers) for part in condition.conditions) >= condition.count


def points(score: Score, answers: Complete) -> Fraction:
    """Return how many points a score has for complete answers."""
    return sum((term_points(part, given, answers) for part, given in score.points.items()), Fraction(0))


def term_points(part: Condition | Choice, given: object, answers: Complete) -> Fraction:
    """Return the points for one thing."""
    if isinstance(part, Choice):
        assert isinstance(given, Mapping)
        option = str(answers[part.id])
        if not _is_offered(part, answers):
            option = next(each for each in part.option_ids if each not in part.restricted)
        return number_of_points(given.get(option, 0))
    return number_of_points(given) if holds(part, answers) else Fraction(0)


def number_of_points(given: object) -> Fraction:
    """Return a number of points, which may be a fact."""
    return Fraction(repr(given.value if isinstance(given, Fact) else given))


def points_of(ruleset: RuleSet, ways: Sequence[Complete]) -> dict[str, object]:
    """Return the range of the points of each score, and of each thing that gives some."""
    found: dict[str, object] = {}
    for score in ruleset.scores:
        terms = [_range(term_points(*term, way) for way in ways) for term in score.points.items()]
        found[score.id] = {**_range(points(score, way) for way in ways), "terms": terms}
    return found


def _range(values: Iterable[Fraction]) -> dict[str, float]:
    every = list(values)
    return {"low": float(min(every)), "high": float(max(every))}


def _always(truths: list[bool]) -> bool | None:
    """Return the one truth that all ways share, or None if they differ."""
    return truths[0] if len(set(truths)) == 1 else None


def estimated(ruleset: RuleSet, formula: Formula, answers: Mapping[str, object]) -> tuple[float, float] | None:
    """Return the least and the greatest value of a formula that trying finds; `None` if a number is open in it.

    An open number with a default has the values at both ends of its range, and on both sides of each threshold in it.
    """
    found: list[float] = []
    known = {name: value for name, value in answers.items() if value is not None}
    asked = [question for question in ruleset.questions if question.id not in known]
    facts = [part for part in inputs(formula) if isinstance(part, Fact)]
    for values in itertools.product(*(_tried(ruleset, question) for question in asked)):
        way = {**known, **{question.id: value for question, value in zip(asked, values, strict=True)}}
        for ends in itertools.product(*({each.range.low, each.range.likely, each.range.high} for each in facts)):
            value = _value(formula, way, dict(zip((fact.id for fact in facts), ends, strict=True)), known)
            if value is None:
                return None
            found.append(value)
    return min(found), max(found)


def chosen(formula: Formula, answers: Complete) -> tuple[list[bool], list[Formula]]:
    """Return which conditions of the cases on the way hold for complete answers, and the inputs that they lead to."""
    if isinstance(formula, Conditional):
        truth = holds(formula.condition, answers)
        truths, parts = chosen(formula.then if truth else formula.otherwise, answers)
        return [truth, *truths], parts
    found = [chosen(each, answers) for each in formula.operands]
    parts = [part for _, each in found for part in each]
    return [truth for truths, _ in found for truth in truths], parts if found else [formula]


def _tried(ruleset: RuleSet, question: Question) -> list[object]:
    if not isinstance(question, Number) or question.default is None:
        return _every_answer(ruleset, question)
    low, likely, high = question.default.range
    cuts = [cut for cut in thresholds(ruleset, question) if low < cut <= high]
    whole = question.is_whole and Range(low, likely, high) == tuple(map(round, question.default.range))
    below = [cut - 1 if whole else math.nextafter(cut, -math.inf) for cut in cuts]
    return list(dict.fromkeys([low, likely, high, *cuts, *below]))


def _value(formula: Formula, way: Complete, facts: Mapping[str, float], known: Mapping[str, object]) -> float | None:
    if isinstance(formula, Conditional):
        return _value(formula.then if holds(formula.condition, way) else formula.otherwise, way, facts, known)
    if isinstance(formula, Operation):
        left, right = (_value(each, way, facts, known) for each in (formula.left, formula.right))
        if left is None or right is None:
            return None
        return float(_OPERATIONS[formula.operator](left, right))
    if isinstance(formula, Number):
        if formula.id not in known and formula.default is None:
            return None
        return float(str(way[formula.id]))
    if isinstance(formula, Fact):
        return facts[formula.id]
    assert isinstance(formula, Quantity)
    return float(formula.value)

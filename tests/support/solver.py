"""A rule set as formulas for z3, which knows nothing of cells and diagrams."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import z3

from assessor import Answer, Choice, Condition, Criterion, Date, Number, Rule, RuleSet, YesNo
from assessor.model.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Comparison, Not
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Is
from assessor.model.rules.decisions import OutcomeIs
from tests.support.oracle import number_of_points


class Solver:
    """A rule set as a formula over one variable a question; the same formula twice, to ask for two ways at once."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._ruleset = ruleset
        self.outcomes = [outcome.id for outcome in ruleset.outcomes]
        self.one = {question.id: self._variable(question, "one") for question in ruleset.questions}
        self.two = {question.id: self._variable(question, "two") for question in ruleset.questions}
        self._solver = z3.Solver()
        for variables in (self.one, self.two):
            for question in ruleset.questions:
                variable = variables[question.id]
                if isinstance(question, Choice):
                    self._solver.add(variable >= 0, variable < len(question.options))
                elif isinstance(question, Date):
                    self._solver.add(variable >= _day(question.minimum), variable <= _day(question.maximum))
                elif isinstance(question, Number):
                    # In doubles: they are what an answer is.
                    self._solver.add(variable >= float(question.minimum), variable <= float(question.maximum))
                    if question.step == 1:
                        self._solver.add(z3.IsInt(variable))
                        # From here to its double, doubles are even.
                        self._solver.add(z3.Or(variable <= 2**53, z3.IsInt(variable / 2)))

    def _variable(self, question: object, copy: str) -> Any:
        if isinstance(question, YesNo):
            return z3.Bool(f"{question.id} {copy}")
        if isinstance(question, (Choice, Date)):
            return z3.Int(f"{question.id} {copy}")
        assert isinstance(question, Number)
        return z3.Real(f"{question.id} {copy}")

    def is_satisfiable(self, *claims: Any) -> bool:
        """Say whether some answers fulfil every claim."""
        return bool(self._solver.check(*claims) == z3.sat)

    def no(self, claim: Any) -> Any:
        """Return the opposite of a claim."""
        return z3.Not(claim)

    def compare(self, answer: Any, sign: str, bound: float | str) -> Any:
        """Return the claim that an answer compares so with a threshold."""
        threshold: Any = _day(bound) if isinstance(bound, str) else bound
        return {
            ">=": answer >= threshold,
            ">": answer > threshold,
            "<": answer < threshold,
            "<=": answer <= threshold,
        }[sign]

    def equals(self, variables: Mapping[str, Any], name: str, answer: Answer) -> Any:
        """Return the claim that a question is answered so."""
        question = self._ruleset.questions_by_id[name]
        value = question.option_ids.index(str(answer)) if isinstance(question, Choice) else answer
        return variables[name] == (_day(answer) if isinstance(question, Date) else value)

    def outcome(self, rules: Sequence[Rule], variables: Mapping[str, Any]) -> Any:
        """Return the position of the outcome that the rules of a decision give, or -1 where none decides."""
        decided: Any = z3.IntVal(-1)
        for rule in reversed(rules):
            decided = z3.If(self.holds(rule.when, variables), self.outcomes.index(rule.then.id), decided)
        return decided

    def holds(self, condition: Condition, variables: Mapping[str, Any]) -> Any:
        """Return the claim that a condition holds."""
        if isinstance(condition, YesNo):
            return variables[condition.id]
        if isinstance(condition, Is):
            question = condition.question
            chosen, options, restricted = variables[question.id], question.option_ids, question.restricted
            claims = [
                z3.And(chosen == options.index(option), self.holds(restricted.get(option, ALWAYS), variables))
                for option in condition.options
            ]
            # What is not offered counts as the first option that always is.
            if next(option for option in options if option not in restricted) in condition.options:
                claims += [
                    z3.And(chosen == options.index(option), z3.Not(self.holds(each, variables)))
                    for option, each in restricted.items()
                ]
            return z3.Or(claims)
        if isinstance(condition, Comparison):
            return self.compare(variables[condition.question.id], condition.operator, condition.threshold)
        if isinstance(condition, PointsComparison):
            return self._points(condition, variables)
        if isinstance(condition, OutcomeIs):
            found: Any = z3.BoolVal(False)
            for rule in reversed(condition.decision.rules):
                found = z3.If(self.holds(rule.when, variables), rule.then.id in condition.outcomes, found)
            return found
        parts = [self.holds(part, variables) for part in condition.parts]
        if isinstance(condition, AllOf):
            return z3.And(parts)
        if isinstance(condition, AnyOf):
            return z3.Or(parts)
        if isinstance(condition, AtLeast):
            return z3.AtLeast(*parts, condition.count)
        if isinstance(condition, Not):
            return z3.Not(parts[0])
        assert isinstance(condition, Criterion)
        return parts[0]

    def valid(self, variables: Mapping[str, Any], names: Iterable[str] | None = None) -> Any:
        """Return the claim that the answers to some questions, or to all, are options that are offered."""
        claims = []
        for name in self._ruleset.questions_by_id if names is None else names:
            question = self._ruleset.questions_by_id[name]
            if isinstance(question, Choice):
                for option, asked_when in question.restricted.items():
                    chosen = variables[name] == question.option_ids.index(option)
                    claims.append(z3.Implies(chosen, self.holds(asked_when, variables)))
        return z3.And(claims)

    def _points(self, comparison: PointsComparison, variables: Mapping[str, Any]) -> Any:
        """Return the claim that a score compares so with a number of points, or with another score."""
        total: Any = z3.RealVal(0)
        for score, sign in ((comparison.score, 1), (comparison.other, -1)):
            for part, given in () if score is None else score.points.items():
                options = given.items() if isinstance(given, Mapping) else [("", given)]
                for option, points in options:
                    condition = part.is_(option) if isinstance(part, Choice) else part
                    added = z3.RealVal(str(sign * number_of_points(points)))
                    total += z3.If(self.holds(condition, variables), added, z3.RealVal(0))
        return self.compare(total, comparison.operator, z3.RealVal(str(comparison.threshold)))


def _day(date: object) -> int:
    """Return a date as a number of days."""
    return datetime.date.fromisoformat(str(date)).toordinal()

"""z3 confirms the exact queries on rule sets too large to enumerate, the bundled one among them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from typing import Any

import pytest
import z3

from assessor import Answer, Choice, Condition, Criterion, Number, RuleSet, YesNo, assess, load_ruleset
from assessor.conditions import AllOf, AnyOf, AtLeast, Comparison, Is, Not
from assessor.loading import BUNDLED
from tests.rulesets import random_answers, random_ruleset


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
                elif isinstance(question, Number):
                    self._solver.add(variable >= question.minimum, variable <= question.maximum)

    def _variable(self, question: object, copy: str) -> Any:
        if isinstance(question, YesNo):
            return z3.Bool(f"{question.id} {copy}")
        if isinstance(question, Choice):
            return z3.Int(f"{question.id} {copy}")
        assert isinstance(question, Number)
        return z3.Real(f"{question.id} {copy}")

    def is_satisfiable(self, *claims: Any) -> bool:
        """Say whether some answers fulfil every claim."""
        return bool(self._solver.check(*claims) == z3.sat)

    def equals(self, variables: Mapping[str, Any], name: str, answer: Answer) -> Any:
        """Return the claim that a question is answered so."""
        question = self._ruleset.questions_by_id[name]
        return variables[name] == (question.option_ids.index(str(answer)) if isinstance(question, Choice) else answer)

    def outcome(self, variables: Mapping[str, Any]) -> Any:
        """Return the position of the outcome, or -1 where no rule decides."""
        decided: Any = z3.IntVal(-1)
        for rule in reversed(self._ruleset.rules):
            decided = z3.If(self.holds(rule.when, variables), self.outcomes.index(rule.then.id), decided)
        return decided

    def holds(self, condition: Condition, variables: Mapping[str, Any]) -> Any:
        """Return the claim that a condition holds."""
        if isinstance(condition, YesNo):
            return variables[condition.id]
        if isinstance(condition, Is):
            options = condition.question.option_ids
            return z3.Or([variables[condition.question.id] == options.index(option) for option in condition.options])
        if isinstance(condition, Comparison):
            at_least = variables[condition.question.id] >= condition.threshold
            return at_least if condition.operator == ">=" else z3.Not(at_least)
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


def confirm(ruleset: RuleSet, answers: Mapping[str, Any]) -> None:
    """Let z3 confirm what an assessment claims."""
    found = assess(ruleset, answers)
    solver = Solver(ruleset)
    known = {name: value for name, value in answers.items() if value is not None}
    given = {name: solver.equals(solver.one, name, value) for name, value in known.items()}
    outcome, other = solver.outcome(solver.one), solver.outcome(solver.two)
    everything = list(given.values())
    for position, name in enumerate(solver.outcomes):
        assert solver.is_satisfiable(*everything, outcome == position) == (name in found["possible"]), name
    assert solver.is_satisfiable(*everything, outcome == -1) == found["gap"]
    for name in found["open"]:
        same = [solver.one[each] == solver.two[each] for each in solver.one if each != name]
        assert solver.is_satisfiable(*everything, *same, outcome != other) == (name in found["matters"]), name
    if found["settled"]:
        wanted = solver.outcomes.index(str(found["outcome"]))
        assert not solver.is_satisfiable(*(given[name] for name in found["reasons"]), outcome != wanted)
        for dropped in found["reasons"]:
            fewer = [given[name] for name in found["reasons"] if name != dropped]
            assert solver.is_satisfiable(*fewer, outcome != wanted), dropped
    for rule in ruleset.rules:
        holds = solver.holds(rule.when, solver.one)
        assert solver.is_satisfiable(*everything, holds) == (rule.id not in found["ruled_out"]), rule.id
        if rule.id in found["ruled_out"]:
            assert not solver.is_satisfiable(*(given[name] for name in found["ruled_out"][rule.id]), holds)
    changed = z3.Sum([z3.If(claim, 0, 1) for claim in given.values()])
    for name, changes in found["changes"].items():
        reached = outcome == solver.outcomes.index(name)
        assert solver.is_satisfiable(reached) == (changes is not None), name
        if changes is None:
            continue
        assert not solver.is_satisfiable(reached, changed < changes["fewest"]), name
        for changed_set in changes["sets"]:
            questions = [change["question"] for change in changed_set]
            assert len(questions) == changes["fewest"]
            kept = [claim for each, claim in given.items() if each not in questions]
            for combination in itertools.product(*(claims(solver, change) for change in changed_set)):
                assert solver.is_satisfiable(*kept, *combination, reached), (name, changed_set)


def claims(solver: Solver, change: Any) -> list[Any]:
    """Return each answer that a change allows, as a claim; of a stretch of numbers both ends."""
    to, name = change["to"], change["question"]
    if "options" in to:
        return [solver.equals(solver.one, name, option) for option in to["options"]]
    ends = []
    if to["at_least"] is not None:
        ends.append(solver.one[name] == to["at_least"])
    if to["below"] is not None:
        ends.append(
            z3.And(
                solver.one[name] < to["below"],
                *([solver.one[name] >= to["at_least"]] if to["at_least"] is not None else []),
            )
        )
    return ends


@pytest.mark.parametrize("seed", range(8))
def test_z3_confirms_what_is_said_of_the_bundled_rule_set(seed: int) -> None:
    ruleset = load_ruleset(BUNDLED)
    confirm(ruleset, random_answers(random.Random(seed), ruleset))


@pytest.mark.parametrize("seed", range(20))
def test_z3_confirms_what_is_said_of_larger_random_rule_sets(seed: int) -> None:
    rng = random.Random(seed)
    ruleset = random_ruleset(rng, most_questions=16, most_rules=14, most_estimates=0)
    confirm(ruleset, random_answers(rng, ruleset))

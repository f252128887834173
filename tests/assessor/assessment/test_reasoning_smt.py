"""z3 confirms the exact queries on rule sets too large to enumerate, the bundled one among them.

`counts`, `next` and `remaining` are not asked of it: it finds one way of answering or none, and the first two need all
of them counted, the last some answers with which all others lead to one outcome.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import z3

from assessor import Rule, RuleSet, assess, load_ruleset
from assessor.assessment.results import DecisionAssessment, each_decision
from assessor.loading.reference import BUNDLED
from tests.support.rulesets import random_answers, random_ruleset
from tests.support.solver import Solver


def confirm(ruleset: RuleSet, answers: Mapping[str, Any]) -> None:
    """Let z3 confirm what an assessment claims."""
    found = assess(ruleset, answers)
    solver = Solver(ruleset)
    given: dict[str, Any] = {}
    for name in (each.id for each in ruleset.questions if answers.get(each.id) is not None):
        claim = solver.equals(solver.one, name, answers[name])
        # It counts if the answers before it offer its option.
        if not solver.is_satisfiable(*given.values(), claim, z3.Not(solver.valid(solver.one, [name]))):
            given[name] = claim
    assert sorted(found["open"]) == sorted(solver.one.keys() - given.keys())
    changes = []
    for rules, decided in zip(ruleset.rules_by_decision, each_decision(found), strict=True):
        confirm_decision(solver, given, rules, decided)
        changes.append(solver.outcome(rules, solver.one) != solver.outcome(rules, solver.two))
    for name in found["open"]:
        same = [solver.one[each] == solver.two[each] for each in solver.one if each != name]
        assert solver.is_satisfiable(*given.values(), *same, z3.Or(changes)) == (name in found["matters"]), name


def confirm_decision(
    solver: Solver, given: Mapping[str, Any], rules: Sequence[Rule], found: DecisionAssessment
) -> None:
    """Let z3 confirm what an assessment claims of a decision."""
    outcome = solver.outcome(rules, solver.one)
    everything = list(given.values())
    for position, name in enumerate(solver.outcomes):
        claims_of_it = [*everything, outcome == position, solver.valid(solver.one)]
        assert solver.is_satisfiable(*claims_of_it) == (name in found["possible"]), name
    assert solver.is_satisfiable(*everything, outcome == -1) == found["gap"]
    if found["settled"]:
        wanted = solver.outcomes.index(str(found["outcome"]))
        assert not solver.is_satisfiable(*(given[name] for name in found["reasons"]), outcome != wanted)
        for dropped in found["reasons"]:
            fewer = {name: given[name] for name in found["reasons"] if name != dropped}
            withdrawn = z3.Not(solver.valid(solver.one, fewer))
            assert solver.is_satisfiable(*fewer.values(), z3.Or(outcome != wanted, withdrawn)), dropped
    for rule in rules:
        holds = solver.holds(rule.when, solver.one)
        assert solver.is_satisfiable(*everything, holds) == (rule.id not in found["ruled_out"]), rule.id
        if rule.id in found["ruled_out"]:
            assert not solver.is_satisfiable(*(given[name] for name in found["ruled_out"][rule.id]), holds)
    changed = z3.Sum([z3.If(claim, 0, 1) for claim in given.values()])
    for name, changes in found["changes"].items():
        reached = z3.And(outcome == solver.outcomes.index(name), solver.valid(solver.one))
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


_LOWER, _UPPER = (("at_least", ">="), ("above", ">")), (("below", "<"), ("at_most", "<="))


def claims(solver: Solver, change: Any) -> list[Any]:
    """Return each answer that a change allows, as a claim; of a stretch of numbers some number and its ends."""
    to, name = change["to"], change["question"]
    if "options" in to:
        return [solver.equals(solver.one, name, option) for option in to["options"]]
    answer = solver.one[name]
    lower = [solver.compare(answer, sign, to[key]) for key, sign in _LOWER if to.get(key) is not None]
    upper = [solver.compare(answer, sign, to[key]) for key, sign in _UPPER if to.get(key) is not None]
    least = [solver.equals(solver.one, name, to["at_least"])] if to.get("at_least") is not None else []
    greatest = [solver.equals(solver.one, name, to["at_most"])] if "at_most" in to else []
    return [z3.And(lower + upper), *least, *greatest]


@pytest.mark.parametrize("seed", range(8))
def test_z3_confirms_what_is_said_of_the_bundled_rule_set(seed: int) -> None:
    ruleset = load_ruleset(BUNDLED)
    confirm(ruleset, random_answers(random.Random(seed), ruleset))


@pytest.mark.parametrize("seed", range(20))
def test_z3_confirms_what_is_said_of_larger_random_rule_sets(seed: int) -> None:
    rng = random.Random(seed)
    ruleset = random_ruleset(rng, most_questions=16, most_rules=14, most_estimates=0, most_decisions=1 + seed % 3)
    confirm(ruleset, random_answers(rng, ruleset))

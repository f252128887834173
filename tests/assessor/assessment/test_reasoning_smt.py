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

from assessor import Assessment, Rule, RuleSet, assess, load_ruleset
from assessor.assessment.assess import DecisionAssessment, each_decision
from assessor.loading.load import BUNDLED
from tests.support.rulesets import random_answers, random_ruleset
from tests.support.solver import Solver


def confirm(ruleset: RuleSet, answers: Mapping[str, Any]) -> None:
    """Let z3 confirm what an assessment claims."""
    found = assess(ruleset, answers)
    solver = Solver(ruleset)
    known = {name: value for name, value in answers.items() if value is not None}
    given = {name: solver.equals(solver.one, name, value) for name, value in known.items()}
    changes = []
    for rules, decided in zip(ruleset.rules_by_decision, each_decision(found), strict=True):
        confirm_decision(solver, given, rules, decided)
        changes.append(solver.outcome(rules, solver.one) != solver.outcome(rules, solver.two))
    for name in found["open"]:
        same = [solver.one[each] == solver.two[each] for each in solver.one if each != name]
        assert solver.is_satisfiable(*given.values(), *same, z3.Or(changes)) == (name in found["matters"]), name


def confirm_decision(
    solver: Solver, given: Mapping[str, Any], rules: Sequence[Rule], found: Assessment | DecisionAssessment
) -> None:
    """Let z3 confirm what an assessment claims of a decision."""
    outcome = solver.outcome(rules, solver.one)
    everything = list(given.values())
    for position, name in enumerate(solver.outcomes):
        assert solver.is_satisfiable(*everything, outcome == position) == (name in found["possible"]), name
    assert solver.is_satisfiable(*everything, outcome == -1) == found["gap"]
    if found["settled"]:
        wanted = solver.outcomes.index(str(found["outcome"]))
        assert not solver.is_satisfiable(*(given[name] for name in found["reasons"]), outcome != wanted)
        for dropped in found["reasons"]:
            fewer = [given[name] for name in found["reasons"] if name != dropped]
            assert solver.is_satisfiable(*fewer, outcome != wanted), dropped
    for rule in rules:
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

"""Write estimates as SQL: the low, likely and high of each."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp

from assessor.export.sql_masks import Masks
from assessor.export.sql_parts import (
    OWN,
    Expression,
    case,
    column,
    comparable,
    computed,
    condition_of,
    double,
    every,
    is_null,
)
from assessor.logic.bundle import BundleEstimate
from assessor.logic.compiling.compile import compile_ruleset
from assessor.logic.compiling.verdict import VerdictFunctions
from assessor.model.estimates.estimates import Estimate
from assessor.model.formulas.arithmetic import inputs
from assessor.model.formulas.ranges import postfix_of
from assessor.model.ruleset import RuleSet

_Levels = list[list[tuple[str, Expression]]]
_Ends = Sequence[Expression]
"""The likely value of an input, and the ends of its range, or that value again."""


class SqlEstimates:
    """The estimates of a rule set for any answers.

    Attributes:
        levels: The columns that they need: lists of groups, of which each uses those before it in its list only.
    """

    def __init__(self, functions: VerdictFunctions) -> None:
        self._ruleset = functions.ruleset
        self._functions = functions
        self._masks: dict[str, tuple[Masks, Masks]] = {}
        self.levels: list[_Levels] = []
        for place, estimate in enumerate(functions.bundle["estimates"]):
            if "root" in estimate:
                pair = (self._reaching(estimate, f"e{place}_", 0, 2), self._reaching(estimate, f"l{place}_", 1, 1))
                self._masks[estimate["id"]] = pair
                self.levels += [each.levels() for each in pair]

    def _reaching(self, estimate: BundleEstimate, name: str, first: int, last: int) -> Masks:
        """Return the branches to reach while open numbers are between two values of their defaults."""
        spans: dict[int, tuple[int, int]] = {}
        for position, question in enumerate(self._functions.bundle["questions"]):
            if "default" in question:
                ends = (bisect_right(question["cuts"], question["default"][end]) for end in (first, last))
                low, high = ends
                spans[position] = low, high
        root = self._functions.estimates[estimate["id"]]
        return Masks(self._functions, wide=[root], leaves=len(estimate["branches"]), prefix=name, spans=spans)

    def likely(self, fits: Expression) -> list[tuple[str, Expression]]:
        """Return a column for the likely value of each estimate that depends on answers; null while it is open."""
        found = []
        for estimate in self._functions.bundle["estimates"]:
            if estimate["id"] in self._masks:
                possible, expected = self._masks[estimate["id"]]
                root = self._functions.estimates[estimate["id"]]
                branches = list(enumerate(self._branches(estimate)))
                lacking = [
                    exp.and_(possible.reaches(root, [leaf]), exp.or_(*(is_null(each) for each in bare)))
                    for leaf, (_, bare) in branches
                    if bare
                ]
                values = [
                    (
                        expected.reaches(root, [leaf]),
                        computed(estimate["branches"][leaf]["steps"], [e[0] for e in ends]),
                    )
                    for leaf, (ends, _) in reversed(branches)
                ]
                known = [fits, *(exp.not_(exp.paren(each)) for each in lacking)]
                found.append((_likely_name(estimate["id"]), case([(every(known), case(values))])))
        return found

    def columns(self, fits: Expression) -> dict[str, Expression]:
        """Return each estimate by its low, likely and high."""
        found: dict[str, Expression] = {}
        for estimate in self._functions.bundle["estimates"]:
            if estimate["id"] not in self._masks:
                own = _ranges(self._ruleset, estimate)
                found |= _named(estimate["id"], [(fits, _extremes(estimate["steps"], own))])
                continue
            possible, _ = self._masks[estimate["id"]]
            root = self._functions.estimates[estimate["id"]]
            likely = column(f"{OWN}{_likely_name(estimate['id'])}")
            lows, highs = [], []
            for leaf, (ends, _) in enumerate(self._branches(estimate)):
                low, _, high = _extremes(estimate["branches"][leaf]["steps"], ends)
                lows.append(case([(possible.reaches(root, [leaf]), low)], likely))
                highs.append(case([(possible.reaches(root, [leaf]), high)], likely))
            united = exp.Least(this=likely, expressions=lows), likely, exp.Greatest(this=likely, expressions=highs)
            found |= _named(estimate["id"], [(exp.not_(is_null(likely)), united)])
        return found

    def _branches(self, estimate: BundleEstimate) -> Iterator[tuple[Sequence[_Ends], Sequence[Expression]]]:
        """Yield, for each branch, the range of each input and the answers without a default that it needs."""
        ranges = _ranges(self._ruleset, estimate)
        questions = self._functions.bundle["questions"]
        for branch in estimate["branches"]:
            ends: list[_Ends] = [
                each if place in branch["steps"] else [double(0.0), double(0.0)] for place, each in enumerate(ranges)
            ]
            for place, least, greatest in branch.get("within", ()):
                low, high = double(least), double(greatest)
                ends[int(place)] = [
                    exp.Least(this=exp.Greatest(this=each, expressions=[low]), expressions=[high])
                    for each in ends[int(place)]
                ]
            bare = [
                ends[place][0]
                for place, each in enumerate(estimate["inputs"])
                if place in branch["steps"] and isinstance(each, dict) and "default" not in questions[each["question"]]
            ]
            yield ends, bare


def complete_estimates(ruleset: RuleSet, fits: Expression) -> dict[str, Expression]:
    """Return each estimate by its low, likely and high, where the conditions of its cases are answered."""
    bundle = compile_ruleset(ruleset)
    found: dict[str, Expression] = {}
    for estimate, compiled in zip(ruleset.estimates, bundle["estimates"], strict=True):
        found |= _named(estimate.id, _by_condition(estimate, _ranges(ruleset, compiled), fits))
    return found


def _by_condition(
    estimate: Estimate, ranges: Sequence[_Ends], fits: Expression
) -> list[tuple[Expression, tuple[Expression, Expression, Expression]]]:
    order = inputs(estimate.formula)
    found = []
    for branch in estimate.branches:
        own = [ranges[order.index(part)] for part in inputs(branch.formula)]
        here = every([fits, condition_of(branch.when)]) if branch.decided else fits
        found.append((here, _extremes(postfix_of(branch.formula), own)))
    return found


def _ranges(ruleset: RuleSet, estimate: BundleEstimate) -> list[_Ends]:
    questions = compile_ruleset(ruleset)["questions"]
    ranges: list[_Ends] = []
    for each in estimate["inputs"]:
        if not isinstance(each, dict):
            low, likely, high = each
            ends = [likely, low] if low == high else [likely, low, high]
            ranges.append([double(value) for value in ends])
            continue
        question = questions[each["question"]]
        answer = comparable(ruleset.questions[each["question"]])
        if "default" not in question:
            ranges.append([answer, answer])
            continue
        low, likely, high = question["default"]
        ends = [likely, low] if low == high else [likely, low, high]
        ranges.append([exp.Coalesce(this=answer, expressions=[double(value)]) for value in ends])
    return ranges


def _extremes(steps: Sequence[int | str], ranges: Sequence[_Ends]) -> tuple[Expression, Expression, Expression]:
    """Return the low, the likely and the high value of a formula."""
    likely = computed(steps, [each[0] for each in ranges])
    corners = [computed(steps, each) for each in itertools.product(*(ends[1:] for ends in ranges))]
    return exp.Least(this=likely, expressions=corners), likely, exp.Greatest(this=likely, expressions=corners)


def _named(
    name: str, ways: Sequence[tuple[Expression, tuple[Expression, Expression, Expression]]]
) -> Mapping[str, Expression]:
    return {
        f"{name}_{kind}": case([(condition, values[place]) for condition, values in ways])
        for place, kind in enumerate(("low", "likely", "high"))
    }


def _likely_name(estimate: str) -> str:
    return f"likely_{estimate}"

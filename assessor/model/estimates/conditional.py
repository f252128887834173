"""Formulas that depend on answers: `case(condition, then, otherwise=other)`, and the branches that they have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assessor.errors import Location, RuleSetError, definition_site
from assessor.language.units import Unit
from assessor.model.conditions import ALWAYS, AllOf, AnyOf, Condition, Criterion, Not, check_condition
from assessor.model.formulas.arithmetic import Formula, NotComparable, Operation, operand, steps, unit_text
from assessor.model.formulas.ranges import Range
from assessor.model.questions.numbers import Number, NumberComparison

MOST_BRANCHES = 64
"""The most branches of an estimate: pages work out each of them after every tick."""


@dataclass(frozen=True)
class Conditional(NotComparable, Formula):
    """One of two formulas: `then` where a condition holds, `otherwise` where it does not. `case` makes it.

    Attributes:
        condition: The condition.
        then: The formula where it holds.
        otherwise: The formula where it does not hold.
    """

    condition: Condition
    then: Formula
    otherwise: Formula
    unit: str = field(init=False)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the condition, and refuse two different units."""
        object.__setattr__(self, "location", definition_site())
        check_condition("case(…)", self.condition)
        if self.then.is_date or self.otherwise.is_date:
            raise RuleSetError("case(…) chooses between two numbers, not between dates")
        units = [Unit.parse(each.unit) for each in self.operands]
        if units[0] != units[1]:
            raise RuleSetError(
                f"broken unit arithmetic: case(…) gives {unit_text(units[0])}, and otherwise {unit_text(units[1])}; "
                "give a plain number its unit with Quantity(4, 'quarter')"
            )
        object.__setattr__(self, "unit", self.then.unit)

    @property
    def operands(self) -> tuple[Formula, ...]:
        """The two formulas."""
        return (self.then, self.otherwise)


def case(condition: Condition, then: Formula | float, *, otherwise: Formula | float) -> Conditional:
    """Return a formula that depends on answers, such as `case(platform.is_("aws"), 300, otherwise=250)`.

    It may stand wherever a fact may stand in the formula of an `Estimate`. For more than two ways, put another `case`
    at `otherwise`.

    Args:
        condition: The condition.
        then: The formula where the condition holds: a fact, a number question, a number, or arithmetic over these.
        otherwise: The formula where it does not hold, in the same unit. While both are possible, the likely value of
            the estimate is that of this formula.

    Raises:
        RuleSetError: If the condition is none, or the units differ.
    """
    check_condition("case(…)", condition)
    return Conditional(condition, operand(then), operand(otherwise))


@dataclass(frozen=True)
class Branch:
    """A formula without cases, and where it applies.

    Attributes:
        decided: The conditions of the cases on the way to it, and whether each holds.
        formula: The formula.
    """

    decided: tuple[tuple[Condition, bool], ...]
    formula: Formula

    @property
    def when(self) -> Condition:
        """The condition under which it applies."""
        return AllOf(tuple(condition if holds else Not(condition) for condition, holds in self.decided))

    def within(self, ranges: Mapping[Formula, Range]) -> Mapping[Formula, Range] | None:
        """Return ranges of inputs, cut by the comparisons that must hold here; `None` if they exclude each other.

        An alternative such as `a | b` cuts nothing, so the ranges may be too wide, and never too narrow.
        """
        found = dict(ranges)
        for comparison, holds in self._comparisons():
            number = comparison.question
            if number in found:
                low, likely, high = found[number]
                below, above = ends_at(number, comparison.cut, comparison.greatest_below)
                if comparison.holds_above == holds:
                    low = max(low, above)
                else:
                    high = min(high, below)
                if low > high:
                    return None
                found[number] = Range(low, min(max(likely, low), high), high)
        return found

    def _comparisons(self) -> Iterator[tuple[NumberComparison, bool]]:
        """Yield the comparisons that are true or false wherever the branch applies."""
        stack = list(reversed(self.decided))
        while stack:
            condition, holds = stack.pop()
            if isinstance(condition, NumberComparison):
                yield condition, holds
            elif isinstance(condition, Not):
                stack.append((condition.condition, not holds))
            elif isinstance(condition, (Criterion, AllOf if holds else AnyOf)):
                stack += [(part, holds) for part in reversed(condition.parts)]


def ends_at(number: Number, cut: float, greatest_below: float | None) -> tuple[float, float]:
    """Return the answers on both sides of a cut as ends of ranges: the greatest below, the least above.

    If every number is an answer, both are the threshold as the author wrote it: a formula comes as close to its value
    there as you like. The same goes for a default that is no whole number.
    """
    defaults = () if number.default is None else number.default.range
    if number.is_whole and all(each.is_integer() for each in map(float, defaults)):
        return float(math.floor(math.nextafter(cut, -math.inf))), cut
    end = cut if greatest_below is None else greatest_below
    return end, end


def cases_in(formula: Formula) -> list[Conditional]:
    """Return the cases of a formula, the outer ones first, in the order of the text."""
    found: list[Conditional] = []
    stack = [formula]
    while stack:
        part = stack.pop()
        if isinstance(part, Conditional):
            found.append(part)
        stack += reversed(part.operands)
    return found


def counts_when(formulas: Iterable[Formula], part: Formula) -> Condition:
    """Return when some formulas use a part, by the conditions of the cases around it; `ALWAYS` if one always does."""
    ways: list[tuple[Condition, ...]] = []
    stack: list[tuple[Formula, tuple[Condition, ...]]] = [(formula, ()) for formula in formulas]
    while stack:
        formula, around = stack.pop()
        if formula == part and around not in ways:
            ways.append(around)
        if isinstance(formula, Conditional):
            stack.append((formula.otherwise, (*around, ~formula.condition)))
            stack.append((formula.then, (*around, formula.condition)))
        else:
            stack += [(each, around) for each in reversed(formula.operands)]
    ways = _joined(ways)
    if () in ways:
        return ALWAYS
    return AnyOf(tuple(AllOf(way) for way in ways)) if len(ways) > 1 else AllOf(ways[0])


def _joined(ways: list[tuple[Condition, ...]]) -> list[tuple[Condition, ...]]:
    """Return ways without conditions on which nothing depends: what both formulas of a case have always counts."""
    for place, way in enumerate(ways):
        twin = (*way[:-1], ~way[-1]) if way else None
        if twin in ways:
            left_out = (twin, way[:-1])
            before = [each for each in ways[:place] if each not in left_out]
            after = [each for each in ways[place + 1 :] if each not in left_out]
            return _joined([*before, way[:-1], *after])
    return ways


def depends_on_answers(formula: Formula) -> bool:
    """Return whether a formula has a case."""
    return any(isinstance(part, Conditional) for part in steps(formula))


def branches_of(owner: str, formula: Formula, location: Location) -> list[Branch]:
    """Return the branches of a formula: together they cover all answers, and no two apply to the same answers.

    Cases with the same condition are decided together. Where a condition holds comes before where it does not.

    Args:
        owner: The owner of the formula, for the message.
        formula: The formula.
        location: Where the owner was created.

    Raises:
        RuleSetError: If there are too many.
    """
    found: list[Branch] = []
    stack: list[tuple[tuple[Condition, bool], ...]] = [()]
    while stack:
        decided = stack.pop()
        open_case = _first_open(formula, decided)
        if open_case is not None:
            stack += [(*decided, (open_case.condition, holds)) for holds in (False, True)]
        elif len(found) == MOST_BRANCHES:
            raise too_many_branches(owner, location)
        else:
            found.append(Branch(decided, _resolved(formula, decided)))
    return found


def too_many_branches(owner: str, location: Location) -> RuleSetError:
    """Return an error for an estimate with more than `MOST_BRANCHES` branches."""
    return RuleSetError(
        f"{owner} has more than {MOST_BRANCHES} branches: split it into several estimates; if cases stand beside each "
        "other, each combines with each, so put those that exclude each other inside one another",
        location,
    )


def _holds(condition: Condition, decided: tuple[tuple[Condition, bool], ...]) -> bool | None:
    """Return whether a condition holds; `None` if that is not decided."""
    return next((holds for known, holds in decided if known is condition or known == condition), None)


def _first_open(formula: Formula, decided: tuple[tuple[Condition, bool], ...]) -> Conditional | None:
    """Return the first case that is not decided, of those that the decided ones leave."""
    stack = [formula]
    while stack:
        part = stack.pop()
        if isinstance(part, Conditional):
            holds = _holds(part.condition, decided)
            if holds is None:
                return part
            stack.append(part.then if holds else part.otherwise)
        else:
            stack += reversed(part.operands)
    return None


def _resolved(formula: Formula, decided: tuple[tuple[Condition, bool], ...]) -> Formula:
    """Return a formula with each case replaced by what applies."""
    if isinstance(formula, Conditional):
        return _resolved(formula.then if _holds(formula.condition, decided) else formula.otherwise, decided)
    if not isinstance(formula, Operation):
        return formula
    left, right = (_resolved(each, decided) for each in (formula.left, formula.right))
    if left is formula.left and right is formula.right:
        return formula
    resolved = Operation(formula.operator, left, right)
    object.__setattr__(resolved, "location", formula.location)
    return resolved

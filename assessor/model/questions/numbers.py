"""Number questions: numeric answers, and comparing them with thresholds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from assessor.errors import RuleSetError
from assessor.language.decimals import DecimalFloat, as_written, plain_number
from assessor.language.quantities import format_quantity
from assessor.language.units import Unit, check_unit, conversion
from assessor.model.conditions import Comparison, Condition, NoCondition, walk
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Operation, Quantity, inputs, is_number, steps
from assessor.model.formulas.ranges import postfix_of, step_values
from assessor.model.questions.question import Question
from assessor.validation import named_value, unquoted

LARGEST_ANSWER = 999_999_999_999_999
"""The maximum of a number question without one: among these, floats tell whole numbers and eighths apart."""


@dataclass(frozen=True)
class NumberComparison(Comparison):
    """The condition that a number is at least, above, below or at most a threshold.

    Attributes:
        question: The question.
        operator: `>=`, `>`, `<` or `<=`.
        threshold: The threshold, in the question's unit.
        facts: The facts that the threshold comes from, if any.
    """

    question: Number
    threshold: float

    @property
    def cut(self) -> float:
        """The least answer above the cut: comparisons with the same cut divide the answers alike.

        For `>` and `<=`, it is the next number that an answer can be, since answers are floats or whole numbers.
        """
        if not self.is_below_cut:
            return float(math.ceil(self.threshold)) if self.question.is_whole else self.threshold
        following = math.nextafter(self.threshold, math.inf)
        # Large floats are further apart than whole numbers are.
        return max(math.floor(self.threshold) + 1.0, following) if self.question.is_whole else following

    @property
    def greatest_below(self) -> float | None:
        """The greatest answer below the cut, if the condition names it, as `>` and `<=` do."""
        if not self.is_below_cut:
            return None
        return float(math.floor(self.threshold)) if self.question.is_whole else self.threshold


@dataclass(frozen=True, eq=False)
class Number(Question, NoCondition, Formula):
    """A question with a number from `minimum` to `maximum`, both inclusive, as its answer.

    Without a maximum, every number of at most 15 digits from the minimum up is an answer.

    Attributes:
        unit: The unit.
        minimum: The smallest valid answer.
        maximum: The largest valid answer. Leave it out if there is none.
        step: The step of the arrow keys on the page, by default 1. If it is given as 1, only whole numbers are valid;
            answers between other steps are valid.
        default: The fact that estimates use while the question is open. Rules never use it.
    """

    unit: str = field(default="", kw_only=True)
    minimum: float = field(kw_only=True)
    maximum: float = field(default=LARGEST_ANSWER, kw_only=True)
    step: float | None = field(default=None, kw_only=True)
    default: Fact | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the bounds and the default."""
        super().__post_init__()
        owner = self.owner_name
        check_unit(owner, self.unit)
        for value in (self.minimum, self.maximum, self.arrow_step):
            given: object = value
            if not is_number(given):
                raise RuleSetError(
                    f"{owner}: minimum, maximum and step must be finite numbers{unquoted(value, 'number')}"
                    f"{'; leave maximum out if there is none' if given is None else ''}"
                )
        for name in ("minimum", "maximum", "step"):
            value = getattr(self, name)
            if isinstance(value, DecimalFloat):
                object.__setattr__(self, name, plain_number(value))
        if not float(self.minimum) < float(self.maximum):
            raise RuleSetError(f"{owner}: its minimum {self.minimum} is not below its maximum {self.maximum}")
        if self.arrow_step <= 0:
            raise RuleSetError(f"{owner}: its step {self.step} is not above 0")
        for name in ("minimum", "maximum"):
            if self.is_whole and not float(getattr(self, name)).is_integer():
                raise RuleSetError(
                    f"{owner}: step=1 accepts whole numbers only, but its {name} is {getattr(self, name)}; "
                    f"give it a whole {name}, or leave step out"
                )
        if self.default is not None:
            if not isinstance(self.default, Fact):
                raise RuleSetError(
                    f"{owner}: its default is a fact with its source, not {named_value(self.default)}"
                    f"{unquoted(self.default, 'fact')}"
                )
            if Unit.parse(self.default.unit) != Unit.parse(self.unit):
                what = f"its default, fact {self.default.id!r}"
                raise RuleSetError(_other_unit(owner, self.unit, what, self.default.unit))
            span = self.default.range
            if not (self.minimum <= span.low and span.high <= self.maximum):
                raise RuleSetError(
                    f"{owner}: its default {self.default.id!r} goes from {span.low} to {span.high}, "
                    f"outside {self.minimum} to {self.maximum}"
                )

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers are accepted."""
        return self.step == 1

    @property
    def has_maximum(self) -> bool:
        """Whether the author gave a maximum."""
        return float(self.maximum) != LARGEST_ANSWER

    @property
    def arrow_step(self) -> float:
        """The step of the arrow keys on the page."""
        return 1 if self.step is None else self.step

    def condition_hint(self, owner: str) -> str:
        """Return how to compare a number; `a < b & c` needs brackets."""
        brackets = f", in brackets beside {owner}: (number < 3) {owner} …" if owner in ("&", "|") else ""
        return f"a number is asked with number >= 3 or number < 3{brackets}"

    def _asked(self, operator: str, answer: object) -> str:
        return "a number is asked with number >= 3 or number < 3"

    def __ge__(self, threshold: Formula | float) -> NumberComparison:
        """Return the condition that the answer is at least the threshold."""
        return self._compare(">=", threshold)

    def __lt__(self, threshold: Formula | float) -> NumberComparison:
        """Return the condition that the answer is below the threshold."""
        return self._compare("<", threshold)

    def __gt__(self, threshold: Formula | float) -> NumberComparison:
        """Return the condition that the answer is above the threshold."""
        return self._compare(">", threshold)

    def __le__(self, threshold: Formula | float) -> NumberComparison:
        """Return the condition that the answer is at most the threshold."""
        return self._compare("<=", threshold)

    def _compare(self, operator: str, threshold: Formula | float) -> NumberComparison:
        facts: tuple[Fact, ...] = ()
        value: object = threshold
        if isinstance(threshold, Formula) and threshold.is_date:
            raise RuleSetError(f"question {self.id!r} asks for a number, and is compared with a date, {threshold}")
        if isinstance(threshold, (Fact, Quantity)) or (isinstance(threshold, Formula) and threshold.operands):
            facts = facts_in(threshold)
            value = DecimalFloat(worked_out(threshold, self.unit, self.owner_name, "threshold"))
        if not is_number(value):
            raise RuleSetError(
                f"question {self.id!r} is compared with {named_value(value)}: a number or a fact is needed"
                f"{unquoted(value, 'fact')}"
            )
        assert isinstance(value, (int, float))
        # Compare floats, as the page does: two different integers can be the same float.
        comparison = NumberComparison(self, operator, float(value), facts)
        if not float(self.minimum) < comparison.cut <= float(self.maximum):
            said = f"{self.id} {operator} {format_quantity(float(value))}"
            greatest = "maximum" if self.has_maximum else "greatest answer"
            ends = (
                f"the minimum is {format_quantity(self.minimum)}",
                f"the {greatest} is {format_quantity(self.maximum)}",
            )
            raise RuleSetError(f"question {self.id!r}: `{said}` {comparison.constant_because(*ends)}")
        return comparison


def worked_out(given: Formula, unit: str, owner: str, what: str) -> Fraction:
    """Return the value of a fact, or of a formula of facts, in a unit, with the decimals that the author wrote.

    Args:
        given: The fact or formula.
        unit: The unit.
        owner: The part that uses it, for errors.
        what: What the part uses it as, such as "threshold".

    Raises:
        RuleSetError: If it is in a unit of another kind, depends on an answer, is no number, or divides by zero.
    """
    factor = conversion(given.unit, unit)
    if factor is None:
        name = f"fact {given.id!r}" if isinstance(given, Fact) else "a formula"
        raise RuleSetError(_other_unit(owner, unit, f"the {what}, {name}", given.unit))
    if any(part.operands and not isinstance(part, Operation) for part in steps(given)):
        raise RuleSetError(
            f"{owner}: the {what} is a formula that has a case(…); work it out from facts and plain numbers alone"
        )
    values: list[Fraction] = []
    for part in inputs(given):
        if not isinstance(part, (Fact, Quantity)):
            asked = getattr(part, "id", "")
            raise RuleSetError(
                f"{owner}: the {what} is a formula that depends on the answer to {asked!r}; work it out from facts and "
                "plain numbers alone"
            )
        values.append(as_written(part.number if isinstance(part, Fact) else part.value))
    try:
        *_, exact = step_values(postfix_of(given), values)
    except ZeroDivisionError:
        raise RuleSetError(f"{owner}: the {what} is divided by zero") from None
    return exact * factor


def facts_in(formula: Formula) -> tuple[Fact, ...]:
    """Return the facts in a formula, in the order of mention."""
    return tuple(part for part in inputs(formula) if isinstance(part, Fact))


def _other_unit(owner: str, unit: str, what: str, other: str) -> str:
    mine, theirs = (each or "plain numbers" for each in (unit, other))
    return f"{owner} is in {mine}, but {what}, is in {theirs}"


def comparisons_in(condition: Condition) -> Iterator[NumberComparison]:
    """Yield every comparison of a number that a condition is made of."""
    return (part for part in walk(condition) if isinstance(part, NumberComparison))

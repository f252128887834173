"""Number questions: numeric answers, and comparing them with thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from assessor.errors import RuleSetError
from assessor.language.decimals import DecimalFloat, plain_number
from assessor.language.quantities import format_quantity
from assessor.language.units import Unit, check_unit
from assessor.model.conditions import Condition, walk
from assessor.model.facts import Fact
from assessor.model.formulas import Formula, is_number
from assessor.model.questions import Question
from assessor.validation import named_value, unquoted


@dataclass(frozen=True)
class NumberComparison(Condition):
    """The condition that a number is at least a threshold, or below it.

    Attributes:
        question: The question.
        operator: `>=` or `<`.
        threshold: The threshold, in the question's unit.
        fact: The fact that the threshold comes from, if any.
    """

    question: Number
    operator: str
    threshold: float
    fact: Fact | None = None

    def __invert__(self) -> Condition:
        """Return the comparison with the opposite operator."""
        return NumberComparison(self.question, "<" if self.operator == ">=" else ">=", self.threshold, self.fact)


@dataclass(frozen=True, eq=False)
class Number(Question, Formula):
    """A question with a number from `minimum` to `maximum`, both inclusive, as its answer.

    Attributes:
        unit: The unit.
        minimum: The smallest valid answer.
        maximum: The largest valid answer.
        step: The step of the arrow keys on the page; answers between steps are valid.
        default: The fact that estimates use while the question is open. Rules never use it.
    """

    unit: str = field(default="", kw_only=True)
    minimum: float = field(kw_only=True)
    maximum: float = field(kw_only=True)
    step: float = field(default=1, kw_only=True)
    default: Fact | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the bounds and the default."""
        super().__post_init__()
        owner = self.owner_name
        check_unit(owner, self.unit)
        if not all(is_number(value) for value in (self.minimum, self.maximum, self.step)):
            wrong = next(each for each in (self.minimum, self.maximum, self.step) if not is_number(each))
            raise RuleSetError(f"{owner}: minimum, maximum and step must be finite numbers{unquoted(wrong, 'number')}")
        for name in ("minimum", "maximum", "step"):
            value = getattr(self, name)
            if isinstance(value, DecimalFloat):
                object.__setattr__(self, name, plain_number(value))
        if not float(self.minimum) < float(self.maximum):
            raise RuleSetError(f"{owner}: its minimum {self.minimum} is not below its maximum {self.maximum}")
        if self.step <= 0:
            raise RuleSetError(f"{owner}: its step {self.step} is not above 0")
        if self.default is not None:
            if not isinstance(self.default, Fact):
                raise RuleSetError(
                    f"{owner}: its default is a fact with its source, not {named_value(self.default)}"
                    f"{unquoted(self.default, 'fact')}"
                )
            self._check_same_unit("its default", self.default)
            span = self.default.range
            if not (self.minimum <= span.low and span.high <= self.maximum):
                raise RuleSetError(
                    f"{owner}: its default {self.default.id!r} goes from {span.low} to {span.high}, "
                    f"outside {self.minimum} to {self.maximum}"
                )

    def condition_hint(self, owner: str) -> str:
        """Return how to compare a number; `a < b & c` needs brackets."""
        brackets = f", in brackets beside {owner}: (number < 3) {owner} …" if owner in ("&", "|") else ""
        return f"a number is asked with number >= 3 or number < 3{brackets}"

    def _asked(self, operator: str, answer: object) -> str:
        return "a number is asked with number >= 3 or number < 3"

    def _check_same_unit(self, what: str, fact: Fact) -> None:
        if Unit.parse(fact.unit) != Unit.parse(self.unit):
            raise RuleSetError(
                f"question {self.id!r} is in {self.unit or 'plain numbers'}, "
                f"but {what}, fact {fact.id!r}, is in {fact.unit or 'plain numbers'}"
            )

    def __ge__(self, threshold: Fact | float) -> NumberComparison:
        """Return the condition that the answer is at least the threshold."""
        return self._compare(">=", threshold)

    def __lt__(self, threshold: Fact | float) -> NumberComparison:
        """Return the condition that the answer is below the threshold."""
        return self._compare("<", threshold)

    def __gt__(self, threshold: object) -> NoReturn:
        """Refuse. With only `>=` and `<`, every number is on one side of each threshold."""
        raise self._unsupported(">")

    def __le__(self, threshold: object) -> NoReturn:
        """Refuse. With only `>=` and `<`, every number is on one side of each threshold."""
        raise self._unsupported("<=")

    def _unsupported(self, operator: str) -> RuleSetError:
        return RuleSetError(
            f"question {self.id!r}: a number is compared with >= or <, and not with {operator}, so that each number "
            f"falls on one side of the threshold: write number {'>=' if operator == '>' else '<'} the next value"
        )

    def _compare(self, operator: str, threshold: Fact | float) -> NumberComparison:
        fact = threshold if isinstance(threshold, Fact) else None
        if fact is not None:
            self._check_same_unit("the threshold", fact)
        value = fact.number if fact is not None else threshold
        if not is_number(value):
            raise RuleSetError(
                f"question {self.id!r} is compared with {named_value(value)}: a number or a fact is needed"
                f"{unquoted(value, 'fact')}"
            )
        assert isinstance(value, (int, float))
        # Compare floats, as the page does: two different integers can be the same float.
        value = float(value)
        if not float(self.minimum) < value <= float(self.maximum):
            raise RuleSetError(
                f"question {self.id!r}: the threshold {format_quantity(value)} cuts outside its range, "
                f"above {format_quantity(self.minimum)} and up to {format_quantity(self.maximum)}, "
                f"so the comparison never changes"
            )
        return NumberComparison(self, operator, value, fact)


def comparisons_in(condition: Condition) -> Iterator[NumberComparison]:
    """Yield every comparison of a number that a condition is made of."""
    return (part for part in walk(condition) if isinstance(part, NumberComparison))

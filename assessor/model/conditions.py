"""Conditions: what rules may require of the answers.

Conditions are built from questions (`choice.is_("a")`, `number >= 3`, or just a yes/no question) and combined with `&`,
`|`, `~`, `all_of`, `any_of` and `at_least`. A `Criterion` is a condition with a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from assessor.errors import AmbiguousConditionError, Location, RuleSetError
from assessor.language.decimals import whole_number
from assessor.links import check_links
from assessor.validation import (
    REQUIRED_TEXT,
    TEXT,
    Definition,
    NotQuotable,
    NoTruthValue,
    check_distinct,
    is_id,
    named_value,
    unquoted,
)

if TYPE_CHECKING:
    from assessor.model.facts import Fact

OPPOSITES = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}
"""The operator of the opposite of each comparison."""


class Condition(NotQuotable):
    """The base class of all conditions."""

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that this one is made of."""
        return ()

    def condition_hint(self, owner: str) -> str:
        """Say that nothing has to be asked of it."""
        return "it is a condition by itself; ~ before it makes the opposite"

    def __and__(self, other: Condition) -> AllOf:
        """Return the condition that both hold."""
        check_condition("&", other)
        return AllOf(_flat(AllOf, self) + _flat(AllOf, other))

    def __or__(self, other: Condition) -> AnyOf:
        """Return the condition that at least one holds."""
        check_condition("|", other)
        return AnyOf(_flat(AnyOf, self) + _flat(AnyOf, other))

    def __rand__(self, other: object) -> NoReturn:
        """Refuse an operand that is not a condition: Python reads `a < b & c` as `a < (b & c)` and calls this."""
        raise _not_a_condition("&", other)

    def __ror__(self, other: object) -> NoReturn:
        """Refuse an operand that is not a condition: Python reads `a < b | c` as `a < (b | c)` and calls this."""
        raise _not_a_condition("|", other)

    def __invert__(self) -> Condition:
        """Return the negation."""
        return Not(self)

    def __bool__(self) -> NoReturn:
        """Refuse to be used as a truth value, as in `and`, `or`, `not` and chained comparisons.

        Raises:
            AmbiguousConditionError: Always.
        """
        raise AmbiguousConditionError(
            "a condition has no truth value until it is assessed: write & for 'and', | for 'or', ~ for 'not' "
            "(with brackets around each side), and two comparisons for a < b < c"
        )


class NoCondition(NotQuotable):
    """The base of what is easily taken for a condition, such as a choice or an outcome."""

    def __and__(self, other: object) -> NoReturn:
        """Refuse to be joined."""
        raise _not_a_condition("&", self)

    def __or__(self, other: object) -> NoReturn:
        """Refuse to be joined."""
        raise _not_a_condition("|", self)

    def __invert__(self) -> NoReturn:
        """Refuse to be negated."""
        raise _not_a_condition("~", self)


@dataclass(frozen=True)
class AllOf(Condition):
    """All of the conditions hold. Without conditions, it always holds."""

    conditions: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that must all hold."""
        return self.conditions


@dataclass(frozen=True)
class AnyOf(Condition):
    """At least one of the conditions holds. Without conditions, it never holds."""

    conditions: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions of which one must hold."""
        return self.conditions


@dataclass(frozen=True)
class AtLeast(Condition):
    """At least `count` of the conditions hold."""

    count: int
    conditions: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that are counted."""
        return self.conditions


@dataclass(frozen=True)
class Not(Condition):
    """The negation of a condition."""

    condition: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The negated condition."""
        return (self.condition,)

    def __invert__(self) -> Condition:
        """Return the condition without the negation."""
        return self.condition


@dataclass(frozen=True)
class Comparison(Condition):
    """The condition that an answer is at least, above, below or at most a threshold. The base of those of each kind.

    Attributes:
        question: The question.
        operator: `>=`, `>`, `<` or `<=`.
        threshold: The threshold, as an answer to the question.
        facts: The facts that the threshold comes from, if any.
    """

    question: Any
    operator: str
    threshold: Any
    facts: tuple[Fact, ...] = ()

    def __invert__(self) -> Condition:
        """Return the comparison with the opposite operator."""
        return replace(self, operator=OPPOSITES[self.operator])

    @property
    def holds_above(self) -> bool:
        """Whether it holds for the answers above its cut, and not for those below."""
        return self.operator in (">=", ">")

    @property
    def is_below_cut(self) -> bool:
        """Whether an answer that equals the threshold is below the cut, as for `>` and `<=`."""
        return self.operator in (">", "<=")

    @property
    def cut(self) -> Any:
        """The least answer above the cut: comparisons with the same cut divide the answers alike."""
        raise NotImplementedError

    def constant_because(self, least: str, greatest: str) -> str:
        """Return that every answer is on one side of the threshold, why, and what to do, for an error.

        Args:
            least: The least answer in words: "the minimum is 0".
            greatest: The greatest answer in words.
        """
        # Not by the cut: there is no day after the last one.
        is_above = self.threshold <= self.question.minimum
        always = "always" if self.holds_above == is_above else "never"
        return f"is {always} true, because {least if is_above else greatest}; correct it or leave it out"

    @property
    def greatest_below(self) -> Any:
        """The greatest answer below the cut, if the condition names it, as `>` and `<=` do; otherwise `None`."""
        raise NotImplementedError


@dataclass(frozen=True)
class Criterion(Definition, Condition):
    """A condition with a name, so that explanations use the reader's words.

    Attributes:
        id: The id.
        title: The condition as a clause that can follow "if": "your team is ready to operate it".
        condition: The condition that it names.
        negation: The opposite as a clause: "your team is not ready to operate it". By default "not: …".
        location: Where the criterion was created.
    """

    kind: ClassVar[str] = "criterion"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    condition: Condition
    negation: str = field(default="", metadata=TEXT, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        check_distinct(owner, "text", (self.title, self.negation))
        check_condition(owner, self.condition)
        check_links(owner, f"{self.title} {self.negation}")

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The condition that it names."""
        return (self.condition,)


ALWAYS = AllOf(())


def all_of(*conditions: Condition) -> AllOf:
    """Return the condition that all of the conditions hold."""
    return AllOf(_checked("all_of", conditions))


def any_of(*conditions: Condition) -> AnyOf:
    """Return the condition that at least one of the conditions holds."""
    return AnyOf(_checked("any_of", conditions))


def at_least(count: int, *conditions: Condition) -> AtLeast:
    """Return the condition that at least `count` of the conditions hold.

    Raises:
        RuleSetError: If the count could never fail or never be reached.
    """
    checked = _checked("at_least", conditions)
    count = whole_number(count)
    if type(count) is not int or not 1 <= count <= len(checked):
        raise RuleSetError(
            f"at_least({count!r}, …) over {len(checked)} conditions: the count must be from 1 to {len(checked)}"
        )
    return AtLeast(count, checked)


def walk(condition: Condition, is_whole: Callable[[Condition], bool] = lambda _: False) -> Iterator[Condition]:
    """Yield a condition and everything that it is made of, each part once, before the parts it is made of.

    Args:
        condition: The condition.
        is_whole: Returns whether to leave out the parts of a condition.
    """
    stack = [condition]
    # Ids stay unique here, because the condition keeps its parts alive.
    seen: set[int] = set()
    while stack:
        part = stack.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            if not is_whole(part):
                stack += reversed(part.parts)


def check_condition(owner: str, value: object, location: Location | None = None) -> None:
    """Refuse a value that is not a condition, with a hint at what was probably meant.

    Raises:
        RuleSetError: With the name of the owner.
    """
    if not isinstance(value, Condition):
        raise _not_a_condition(owner, value, location)


def _not_a_condition(owner: str, value: object, location: Location | None = None) -> RuleSetError:
    hint = ""
    texts = [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else []
    if isinstance(value, bool):
        hint = (
            "; == and 'is' compare Python objects: write question.is_('option'), decision.is_('outcome'), number >= 3, "
            "or the yes/no question itself"
        )
    elif owner in ("&", "|") and texts and all(isinstance(each, str) for each in texts):
        # `question == "option" & other`: & takes the text before == gets it.
        hint = f"; a choice is asked with question.is_({', '.join(map(repr, texts))}), in place of == and 'in'"
    elif isinstance(value, str):
        hint = unquoted(value, "question or criterion")
        if not is_id(value):
            # `place.hint` is a text, whatever the options of the choice are.
            hint += "; if an option is called as an attribute of its question, write question.is_('hint')"
    elif isinstance(value, (list, tuple)):
        is_joining = owner in ("all_of", "any_of", "at_least")
        hint = "; write a * before it" if is_joining else "; join the conditions with all_of(…) or any_of(…)"
    elif isinstance(value, NoTruthValue) and value.condition_hint(owner):
        hint = f"; {value.condition_hint(owner)}"
    elif owner in ("&", "|"):
        hint = f"; put brackets around each comparison: (number < 3) {owner} …"
    return RuleSetError(f"{owner} needs a condition, not {named_value(value)}{hint}", location)


def _checked(owner: str, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    for condition in conditions:
        check_condition(owner, condition)
    if not conditions:
        raise RuleSetError(f"{owner} needs at least one condition")
    return conditions


def _flat(kind: type[AllOf] | type[AnyOf], condition: Condition) -> tuple[Condition, ...]:
    """Return the parts of a condition of this kind, so that `a & b & c` stays flat, or else just the condition."""
    return condition.conditions if isinstance(condition, kind) else (condition,)

"""Outcomes and rules: what a rule set decides, the rules that lead there, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.language.units import Unit, check_unit
from assessor.model.conditions import ALWAYS, Condition, check_condition
from assessor.model.estimates.conditional import Branch, branches_of
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, NotComparable, inputs
from assessor.validation import (
    MARKDOWN,
    REQUIRED_MARKDOWN,
    REQUIRED_TEXT,
    TEXT,
    Definition,
    NotQuotable,
    as_tuple,
    check_flag,
    check_links,
    check_one_of,
    check_text,
    named_value,
    unquoted,
)

# The colours of outcomes, in the order in which outcomes without one take them. The page defines a shade of each that
# has enough contrast on light and dark ground.
TONES = ("amber", "green", "indigo", "violet", "red", "teal", "blue")
# The icons that the page draws.
ICONS = ("box", "chat", "check", "cloud", "clock", "people", "plug", "server", "shield", "tools")


@dataclass(frozen=True)
class Outcome(Definition, NotQuotable):
    """A possible result: the advice that a reader gets.

    Attributes:
        id: The id.
        title: The advice in a few words ("Self-host").
        summary: The advice in a sentence or two; inline Markdown.
        next_steps: What to do first, one step per item; inline Markdown.
        icon: The icon that pages show beside the title, one of `ICONS`; by default none.
        tone: The colour that pages give it, one of `TONES`; by default the next one in their order. Colour never
            carries meaning by itself.
        location: The line that creates the outcome.
    """

    kind: ClassVar[str] = "outcome"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    summary: str = field(default="", metadata=MARKDOWN)
    next_steps: Sequence[str] = field(default=(), metadata=MARKDOWN)
    icon: str = field(default="", kw_only=True)
    tone: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        check_one_of(owner, "icon", self.icon, ICONS)
        check_one_of(owner, "tone", self.tone, TONES)
        if isinstance(self.next_steps, str):
            raise RuleSetError(f"{owner}: next_steps is one text: write a list, next_steps=[…]")
        object.__setattr__(self, "next_steps", as_tuple(owner, "next_steps", self.next_steps))
        for step in self.next_steps:
            check_text(owner, "next step", step, required=True)
            check_links(owner, step)


@dataclass(frozen=True)
class Rule(Definition, NotQuotable):
    """A condition, the outcome if it holds, and the reason.

    Attributes:
        when: The condition.
        then: The outcome.
        because: The reason, addressed to the reader who gets the outcome; inline Markdown.
        id: The id; by default its position in the rule set: `rule-1`, `rule-2` and so on.
        location: The line that creates the rule.
    """

    kind: ClassVar[str] = "rule"

    when: Condition
    then: Outcome
    because: str = field(metadata=MARKDOWN)
    id: str = ""

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        check_condition(owner, self.when)
        if not isinstance(self.then, Outcome):
            raise RuleSetError(
                f"{owner} leads to {named_value(self.then)}, which is not an Outcome{unquoted(self.then, 'outcome')}"
            )
        if not self.because.strip():
            raise RuleSetError(f"{owner} gives no reason: say in because='…' why it leads to {self.then.title!r}")

    def _check_id(self) -> None:
        if self.id:
            super()._check_id()

    @property
    def owner_name(self) -> str:
        """The name in messages, even before the rule set has given the rule an id."""
        return super().owner_name if self.id else "a rule"


def otherwise(then: Outcome, because: str, id: str = "otherwise") -> Rule:
    """Return the rule that decides when no earlier rule does. It must be the last."""
    return Rule(ALWAYS, then, because, id)


@dataclass(frozen=True)
class Action(Definition, NotQuotable):
    """A task for the reader under some outcomes, when a condition holds.

    Attributes:
        id: The id.
        title: What to do; inline Markdown.
        under: The outcomes under which it applies.
        when: The condition; by default it always applies under those outcomes.
        because: The reason; inline Markdown.
        gap: Whether it closes a gap that blocks the outcome. Gaps come first.
        who: Who does it, as a noun phrase; plans show it.
        location: The line that creates the action.
    """

    kind: ClassVar[str] = "action"

    id: str
    title: str = field(metadata=REQUIRED_MARKDOWN)
    under: Sequence[Outcome]
    when: Condition = ALWAYS
    because: str = field(default="", metadata=MARKDOWN)
    gap: bool = field(default=False, kw_only=True)
    who: str = field(default="", metadata=TEXT, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        given: object = self.under
        if isinstance(given, str) or not isinstance(given, Iterable):
            hint = unquoted(given, "outcome")
            raise RuleSetError(f"{owner} needs a list of the outcomes under which it applies: under=[…]{hint}")
        object.__setattr__(self, "under", tuple(self.under))
        check_flag(owner, "gap", self.gap)
        if not self.under or not all(isinstance(outcome, Outcome) for outcome in self.under):
            hint = _unquoted(self.under, Outcome)
            raise RuleSetError(f"{owner} needs the outcomes under which it applies: under=[…]{hint}")
        check_condition(owner, self.when)


@dataclass(frozen=True)
class Estimate(Definition, NotComparable):
    """A quantity computed from facts and answers. It informs and never decides.

    Attributes:
        id: The id.
        title: The subject of the estimate, as a noun phrase.
        formula: Arithmetic over facts and number questions.
        unit: The unit to show, which must equal the formula's unit; by default that unit.
        note: Additional information for readers; inline Markdown.
        outcome: The outcome that it is an estimate of. Charts draw it in the colour of that outcome.
        location: The line that creates the estimate.
    """

    kind: ClassVar[str] = "estimate"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    formula: Formula
    unit: str = ""
    note: str = field(default="", metadata=MARKDOWN)
    outcome: Outcome | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        check_unit(owner, self.unit)
        if not isinstance(self.outcome, (Outcome, type(None))):
            raise RuleSetError(
                f"{owner} is of {named_value(self.outcome)}, which is not an Outcome{unquoted(self.outcome, 'outcome')}"
            )
        if not isinstance(self.formula, Formula):
            raise RuleSetError(
                f"{owner} needs a formula over facts and number questions, not {named_value(self.formula)}"
                f"{unquoted(self.formula, 'fact or question')}"
            )
        for part in inputs(self.formula):
            if part.is_date and not isinstance(part, Fact):
                raise RuleSetError(f"{owner} gives a date: an estimate is a number")
            if isinstance(part, Fact):
                part.number  # noqa: B018 - raises for a statement
        if not self.unit:
            object.__setattr__(self, "unit", self.formula.unit)
        elif Unit.parse(self.unit) != Unit.parse(self.formula.unit):
            raise RuleSetError(
                f"broken unit arithmetic: {owner} is to be in {self.unit!r}, "
                f"but its formula gives {self.formula.unit or 'a plain number'!r}"
            )

    @cached_property
    def branches(self) -> Sequence[Branch]:
        """The formulas without cases of which the answers choose one; without a case, the formula alone.

        Raises:
            RuleSetError: If there are too many.
        """
        return branches_of(self.owner_name, self.formula, self.location)


@dataclass(frozen=True)
class Chart(Definition, NotQuotable):
    """Estimates with the same unit for readers to compare, drawn as bars with ranges on one scale.

    Attributes:
        id: The id.
        title: The subject of the comparison, as a noun phrase.
        bars: The estimates, in the order of their bars.
        line: An estimate in the form of a line across the bars, such as a limit or a break-even point.
        compare: Two of the bars. A sentence says by how much the first is likely more or less than the second, and a
            list shows which inputs move this difference most.
        break_even: The amount of something, in any unit, at which both are the same: with a smaller amount, the first
            is less. Words replace values below zero.
        location: The line that creates the chart.
    """

    kind: ClassVar[str] = "chart"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    bars: Sequence[Estimate]
    line: Estimate | None = field(default=None, kw_only=True)
    compare: Sequence[Estimate] = field(default=(), kw_only=True)
    break_even: Estimate | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        object.__setattr__(self, "bars", as_tuple(owner, "bars", self.bars))
        if not self.bars or not all(isinstance(each, Estimate) for each in self.estimates):
            hint = _unquoted(self.estimates, Estimate)
            raise RuleSetError(f"{owner} needs the estimates that it compares: bars=[…], and line=… for a line{hint}")
        first = self.bars[0]
        for each in self.estimates:
            if Unit.parse(each.unit) != Unit.parse(first.unit):
                raise RuleSetError(
                    f"{owner} compares estimate {first.id!r}, in {first.unit or 'plain numbers'!r}, with {each.id!r}, "
                    f"in {each.unit or 'plain numbers'!r}: only equal units fit on one scale"
                )
        self._check_comparison(owner)

    def _check_comparison(self, owner: str) -> None:
        object.__setattr__(self, "compare", as_tuple(owner, "compare", self.compare))
        pair = {each.id for each in self.compare if each in self.bars}
        if self.compare and not len(self.compare) == len(pair) == 2:
            hint = _unquoted(self.compare, Estimate)
            raise RuleSetError(f"{owner} compares two of its bars: compare=(first, second){hint}")
        given: object = self.break_even
        if not isinstance(given, (Estimate, type(None))):
            hint = unquoted(given, Estimate.kind)
            raise RuleSetError(f"{owner}: break_even is {named_value(given)}, which is not an Estimate{hint}")
        if given is not None and not self.compare:
            raise RuleSetError(
                f"{owner} has a break-even, but does not say of what: name the two bars, compare=(first, second)"
            )

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """All estimates in the chart, the line last."""
        return (*self.bars, *([] if self.line is None else [self.line]))


def _unquoted(parts: Sequence[object], kind: type[Definition]) -> str:
    """Return what to write for the first that is no such part, if it is a text."""
    wrong = next((each for each in parts if not isinstance(each, kind)), None)
    return unquoted(wrong, kind.kind)

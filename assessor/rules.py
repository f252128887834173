"""What a rule set decides: outcomes, the rules that lead to them, and what comes with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.conditions import ALWAYS, Condition, check_condition
from assessor.errors import Location, RuleSetError, definition_site
from assessor.facts import Fact
from assessor.formulas import Formula, Informing, inputs
from assessor.naming import check_id
from assessor.texts import Unquoted, check_flag, check_text, check_texts, named_value
from assessor.units import Unit, check_unit
from assessor.urls import check_links


@dataclass(frozen=True)
class Outcome(Unquoted):
    """What a reader may be advised.

    Attributes:
        id: Names it.
        title: The advice in a few words ("Self-host").
        summary: The advice in a sentence or two; inline Markdown.
        next_steps: What to do first; inline Markdown, one step each.
        location: Where it was made.
    """

    id: str
    title: str
    summary: str = ""
    next_steps: Sequence[str] = ()
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the parts."""
        object.__setattr__(self, "location", definition_site())
        check_id("outcome", self.id)
        owner = f"outcome {self.id!r}"
        check_text(owner, "title", self.title, required=True)
        check_texts(owner, self, "summary")
        if isinstance(self.next_steps, str):
            raise RuleSetError(f"{owner}: next_steps is one text: write a list, next_steps=[…]")
        object.__setattr__(self, "next_steps", tuple(self.next_steps))
        for step in self.next_steps:
            check_text(owner, "next step", step, required=True)
        check_links(owner, " ".join((self.summary, *self.next_steps)))


@dataclass(frozen=True)
class Rule(Unquoted):
    """When a condition holds, then an outcome, because of a reason.

    Attributes:
        when: The condition.
        then: The outcome.
        because: The reason, as the reader of the outcome is told it; inline Markdown.
        id: Names it; by default its place in the rule set, `rule-1`, `rule-2` and so on.
        location: Where it was made.
    """

    when: Condition
    then: Outcome
    because: str
    id: str = ""
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the parts."""
        object.__setattr__(self, "location", definition_site())
        owner = f"rule {self.id!r}" if self.id else "a rule"
        if self.id:
            check_id("rule", self.id)
        check_condition(owner, self.when)
        if not isinstance(self.then, Outcome):
            raise RuleSetError(f"{owner} leads to {named_value(self.then)}, which is not an Outcome")
        check_texts(owner, self, "because")
        if not self.because.strip():
            raise RuleSetError(f"{owner} gives no reason: say in because='…' why it leads to {self.then.title!r}")
        check_links(owner, self.because)


def otherwise(then: Outcome, because: str, id: str = "otherwise") -> Rule:
    """Return the rule that decides when no rule before it does; it can only be the last."""
    return Rule(ALWAYS, then, because, id)


@dataclass(frozen=True)
class Action(Unquoted):
    """A thing to do under some outcomes when a condition holds.

    Attributes:
        id: Names it.
        title: What to do; inline Markdown.
        under: The outcomes under which it applies.
        when: The condition; by default it always applies under those outcomes.
        because: Why; inline Markdown.
        gap: Whether it closes a gap that stands in the way of the outcome; gaps are listed first.
        location: Where it was made.
    """

    id: str
    title: str
    under: Sequence[Outcome]
    when: Condition = ALWAYS
    because: str = ""
    gap: bool = field(default=False, kw_only=True)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the parts."""
        object.__setattr__(self, "location", definition_site())
        check_id("action", self.id)
        owner = f"action {self.id!r}"
        if isinstance(self.under, (str, Outcome)):
            raise RuleSetError(f"{owner} needs a list of the outcomes under which it applies: under=[…]")
        object.__setattr__(self, "under", tuple(self.under))
        check_text(owner, "title", self.title, required=True)
        check_texts(owner, self, "because")
        check_flag(owner, "gap", self.gap)
        if not self.under or not all(isinstance(outcome, Outcome) for outcome in self.under):
            raise RuleSetError(f"{owner} needs the outcomes under which it applies: under=[…]")
        check_condition(owner, self.when)
        check_links(owner, f"{self.title} {self.because}")


@dataclass(frozen=True)
class Estimate(Informing):
    """A quantity that follows from facts and answers; it informs, and never decides.

    Attributes:
        id: Names it.
        title: What is estimated, as a noun phrase.
        formula: Arithmetic over facts and number questions.
        unit: The unit to show, equal to what the formula works out; by default just that.
        note: What a reader should know beside it; inline Markdown.
        location: Where it was made.
    """

    id: str
    title: str
    formula: Formula
    unit: str = ""
    note: str = ""
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the parts."""
        object.__setattr__(self, "location", definition_site())
        check_id("estimate", self.id)
        owner = f"estimate {self.id!r}"
        check_text(owner, "title", self.title, required=True)
        check_texts(owner, self, "unit", "note")
        check_unit(owner, self.unit)
        if not isinstance(self.formula, Formula):
            raise RuleSetError(
                f"{owner} needs a formula over facts and number questions, not {named_value(self.formula)}"
            )
        for part in inputs(self.formula):
            if isinstance(part, Fact):
                part.number  # noqa: B018 - raises for a statement
        if not self.unit:
            object.__setattr__(self, "unit", self.formula.unit)
        elif Unit.parse(self.unit) != Unit.parse(self.formula.unit):
            raise RuleSetError(
                f"broken unit arithmetic: {owner} is to be in {self.unit!r}, "
                f"but its formula gives {self.formula.unit or 'a plain number'!r}"
            )
        check_links(owner, self.note)

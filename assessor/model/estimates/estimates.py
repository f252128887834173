"""Estimates: quantities computed from facts and answers, which inform and never decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.language.units import Unit, check_unit
from assessor.model.estimates.conditional import Branch, branches_of
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, NotComparable, inputs
from assessor.model.rules.outcomes import Outcome
from assessor.validation import MARKDOWN, REQUIRED_TEXT, Definition, named_value, unquoted


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

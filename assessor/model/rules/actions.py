"""Actions: what readers have to do under some outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.model.conditions import ALWAYS, Condition, check_condition
from assessor.model.rules.outcomes import Outcome
from assessor.validation import (
    MARKDOWN,
    REQUIRED_MARKDOWN,
    TEXT,
    Definition,
    NotQuotable,
    check_flag,
    unquoted,
    unquoted_part,
)


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
            hint = unquoted_part(self.under, Outcome)
            raise RuleSetError(f"{owner} needs the outcomes under which it applies: under=[…]{hint}")
        check_condition(owner, self.when)

"""Rules: conditions, the outcomes if they hold, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.model.conditions import ALWAYS, Condition, check_condition
from assessor.model.rules.outcomes import Outcome
from assessor.validation import MARKDOWN, Definition, NotQuotable, named_value, unquoted


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

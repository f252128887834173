"""Cases: worked examples of a rule set, which are answers with a name and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar

from assessor.errors import RuleSetError
from assessor.model.answers import Answer
from assessor.model.rules.outcomes import Outcome
from assessor.validation import (
    MARKDOWN,
    REQUIRED_TEXT,
    Definition,
    NotQuotable,
    as_tuple,
    check_flag,
    named_value,
    unquoted,
)


@dataclass(frozen=True)
class Case(Definition, NotQuotable):
    """A worked example of a rule set, shown to readers and run as a test.

    Attributes:
        id: The id.
        title: Who the case is about, in a few words.
        story: Their situation; inline Markdown.
        answers: Their answers. Questions without one stay open.
        outcome: The expected outcome.
        also: The expected outcomes of other decisions, if the rule set has several.
        settled: Whether the answers must settle the outcome; otherwise it only has to be one of several still possible.
        rule: The id of the rule that must decide; by default any.
        actions: The ids of exactly those actions that must apply; by default any.
        location: Where the case was created.
    """

    kind: ClassVar[str] = "case"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    story: str = field(metadata=MARKDOWN)
    answers: Mapping[str, Answer] = field(hash=False)
    outcome: Outcome
    also: Sequence[Outcome] = field(default=(), kw_only=True)
    settled: bool = field(default=True, kw_only=True)
    rule: str = field(default="", kw_only=True)
    actions: Sequence[str] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts that can be checked without the rule set."""
        super().__post_init__()
        owner = self.owner_name
        given: object = self.answers
        if not isinstance(given, Mapping):
            raise RuleSetError(
                f"{owner}: its answers are a mapping, {{'question': answer, …}}, not {named_value(given)}"
            )
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        check_flag(owner, "settled", self.settled)
        object.__setattr__(self, "also", as_tuple(owner, "also", self.also))
        for outcome in (self.outcome, *self.also):
            if not isinstance(outcome, Outcome):
                raise RuleSetError(
                    f"{owner} expects {named_value(outcome)}, which is not an Outcome{unquoted(outcome, 'outcome')}"
                )
        if self.actions is not None:
            if isinstance(self.actions, str):
                raise RuleSetError(f"{owner}: actions is one text: write a list, actions=[…]")
            object.__setattr__(self, "actions", as_tuple(owner, "actions", self.actions))

    def __getstate__(self) -> dict[str, Any]:
        """Return the attributes to pickle or copy: a read-only mapping can be neither."""
        return {**vars(self), "answers": dict(self.answers)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore the attributes, with the answers read-only again."""
        vars(self).update(state, answers=MappingProxyType(state["answers"]))

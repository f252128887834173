"""Worked examples: named answers with the outcome that they must get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assessor.errors import Location, RuleSetError, definition_site
from assessor.model.answers import Answer
from assessor.model.rules import Outcome
from assessor.validation import NotQuotable, check_flag, check_id, check_links, check_text, check_texts, named_value


@dataclass(frozen=True)
class Case(NotQuotable):
    """A worked example of a rule set, shown to readers and run as a test.

    Attributes:
        id: Names it.
        title: Who it is about, in a few words.
        story: Their situation; inline Markdown.
        answers: What they answer; what is not answered stays open.
        outcome: What they must be advised.
        settled: Whether their answers settle it; otherwise the outcome must be one of several still possible.
        rule: The id of the rule that must decide; any, by default.
        actions: The ids of the actions that must apply, no more and no fewer; any, by default.
        location: Where it was made.
    """

    id: str
    title: str
    story: str
    answers: Mapping[str, Answer] = field(hash=False)
    outcome: Outcome
    settled: bool = field(default=True, kw_only=True)
    rule: str = field(default="", kw_only=True)
    actions: Sequence[str] | None = field(default=None, kw_only=True)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the parts that need no rule set."""
        object.__setattr__(self, "location", definition_site())
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        check_id("case", self.id)
        owner = f"case {self.id!r}"
        check_text(owner, "title", self.title, required=True)
        check_texts(owner, self, "story", "rule")
        check_flag(owner, "settled", self.settled)
        check_links(owner, self.story)
        if not isinstance(self.outcome, Outcome):
            raise RuleSetError(f"{owner} expects {named_value(self.outcome)}, which is not an Outcome")
        if self.actions is not None:
            if isinstance(self.actions, str):
                raise RuleSetError(f"{owner}: actions is one text: write a list, actions=[…]")
            object.__setattr__(self, "actions", tuple(self.actions))

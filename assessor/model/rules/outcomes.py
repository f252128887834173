"""Outcomes: what a decision can come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.links import check_links
from assessor.model.conditions import NoCondition
from assessor.validation import MARKDOWN, REQUIRED_TEXT, Definition, as_tuple, check_one_of, check_text

# The colours of outcomes, in the order in which outcomes without one take them. The page defines a shade of each that
# has enough contrast on light and dark ground.
TONES = ("amber", "green", "indigo", "violet", "red", "teal", "blue")

# The icons that the page draws.
ICONS = ("box", "chat", "check", "cloud", "clock", "people", "plug", "server", "shield", "tools")


@dataclass(frozen=True)
class Outcome(Definition, NoCondition):
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

    def condition_hint(self, owner: str) -> str:
        """Say how it is asked whether a decision comes to it."""
        return f"what an earlier decision comes to is asked with decision.is_({self.id!r})"

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

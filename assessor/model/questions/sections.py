"""Sections: questions under one heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.model.conditions import Condition, check_condition
from assessor.model.questions.question import Question, YesNo
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
class Section(Definition, NotQuotable):
    """Questions under one heading.

    Attributes:
        id: The id.
        title: The heading.
        questions: The questions, in the order in which they are asked.
        intro: A sentence below the heading; inline Markdown.
        asked_when: The condition under which its questions are asked; by default always. If a question has a condition,
            too, both must hold.
        ticks: Whether the questions, which must be yes/no questions, are shown as "tick all that you have". An unticked
            box means no only after the reader confirms that this is all, or that none applies.
        location: Where the section was created.
    """

    kind: ClassVar[str] = "section"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    questions: Sequence[Question]
    intro: str = field(default="", metadata=MARKDOWN, kw_only=True)
    ticks: bool = field(default=False, kw_only=True)
    asked_when: Condition | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the questions."""
        super().__post_init__()
        owner = self.owner_name
        object.__setattr__(self, "questions", as_tuple(owner, "questions", self.questions))
        check_flag(owner, "ticks", self.ticks)
        if self.asked_when is not None:
            check_condition(f"asked_when of {owner}", self.asked_when)
        if not self.questions:
            raise RuleSetError(f"{owner} has no questions")
        for question in self.questions:
            if not isinstance(question, Question):
                raise RuleSetError(
                    f"{owner} lists {named_value(question)}, which is not a question{unquoted(question, 'question')}"
                )
            if self.ticks and not isinstance(question, YesNo):
                raise RuleSetError(
                    f"{owner} asks with ticks, but question {question.id!r} is not answered with yes or no"
                )

"""Questions: what all kinds have in common, and those with yes or no as their answer."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.links import check_url
from assessor.model.conditions import Condition, check_condition
from assessor.validation import MARKDOWN, TEXT, Definition, NotQuotable, as_tuple, check_distinct, check_id, named_value


@dataclass(frozen=True)
class Question(Definition, NotQuotable):
    """The base class of all questions.

    Attributes:
        id: The id. Share links and stored answers use it; if it must change, list the old one under `formerly`.
        wording: The question, as shown to readers.
        name: What it asks for as a short noun phrase ("data location"). It begins the line of its answer, and is in
            sentences about a number ("the quarterly staffing is at least 3 FTE"). By default, both use the wording.
        hint: Help with the answer; inline Markdown.
        why: Why the question is asked; inline Markdown.
        about: The section of the guide that discusses it, as a link within the docs (`index.md#staffing`).
        asked_of: Who can answer it ("your security officer").
        asked_when: The condition under which it is asked; by default always.
        formerly: The ids that it had before, the oldest first. Answers to these are taken as answers to this question.
        location: The line that creates it.
    """

    kind: ClassVar[str] = "question"

    id: str
    wording: str = field(metadata=TEXT)
    name: str = field(default="", metadata=TEXT, kw_only=True)
    hint: str = field(default="", metadata=MARKDOWN, kw_only=True)
    why: str = field(default="", metadata=MARKDOWN, kw_only=True)
    about: str = field(default="", kw_only=True)
    asked_of: str = field(default="", metadata=TEXT, kw_only=True)
    asked_when: Condition | None = field(default=None, kw_only=True)
    formerly: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        """Check what all questions have in common."""
        super().__post_init__()
        owner = self.owner_name
        object.__setattr__(self, "formerly", former_ids(owner, f"question {self.id!r}", self.id, self.formerly))
        if not self.wording.strip():
            raise RuleSetError(f"{owner} asks nothing: its wording is empty")
        check_url(owner, self.about)
        if self.asked_when is not None:
            check_condition(f"asked_when of {owner}", self.asked_when)

    @property
    def first_id(self) -> str:
        """The id that it had at first."""
        return self.formerly[0] if self.formerly else self.id

    def __eq__(self, other: object) -> bool:
        """Compare with a question; refuse an answer, which `question == "option"` would silently find to differ."""
        self._refuse_answer("==", other)
        if other.__class__ is not self.__class__:
            return NotImplemented
        names = [each.name for each in fields(self) if each.compare]
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __ne__(self, other: object) -> bool:
        """Likewise."""
        self._refuse_answer("!=", other)
        return not self == other

    def __hash__(self) -> int:
        """Equal questions have one id."""
        return hash((self.__class__, self.id))

    def _refuse_answer(self, operator: str, other: object) -> None:
        if isinstance(other, (str, bool, int, float, datetime.date)):
            raise RuleSetError(
                f"question {self.id!r} {operator} {named_value(other)} compares Python objects, and not answers: "
                f"{self._asked(operator, other)}"
            )

    def _asked(self, operator: str, answer: object) -> str:
        """Return how it is asked whether the answer is that one."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class YesNo(Question, Condition):
    """A question with yes (`True`) or no (`False`) as its answer. Used as a condition, it holds on yes.

    Attributes:
        yes: The answer yes as a clause that can follow "if": "a contract names on-premises hosting".
        no: The same for the answer no. By default, both quote the wording.
    """

    yes: str = field(default="", metadata=TEXT, kw_only=True)
    no: str = field(default="", metadata=TEXT, kw_only=True)

    def __post_init__(self) -> None:
        """Check the clauses."""
        super().__post_init__()
        check_distinct(self.owner_name, "statement", (self.yes, self.no))

    def _asked(self, operator: str, answer: object) -> str:
        return "write the question itself for yes, and ~question for no"


def former_ids(owner: str, what: str, id: str, values: object) -> tuple[str, ...]:
    """Return the ids that a question or an option had before."""
    ids = as_tuple(owner, "former ids", values)
    for each in ids:
        check_id(what.partition(" ")[0], each)
        if each == id or ids.count(each) > 1:
            raise RuleSetError(f"{owner}: formerly lists {each!r}, which is its id or is listed twice")
    return ids

"""Questions, and the sections that they are asked in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessor.errors import Location, RuleSetError, definition_site, did_you_mean
from assessor.model.conditions import Condition, check_condition
from assessor.validation import (
    NotQuotable,
    check_distinct,
    check_flag,
    check_id,
    check_links,
    check_text,
    check_texts,
    check_url,
    listed,
    named_value,
)


@dataclass(frozen=True)
class Question(NotQuotable):
    """What every question has.

    Attributes:
        id: Names it in share links and stored answers, so it stays for ever.
        wording: The question, as asked.
        hint: What helps to answer it; inline Markdown.
        why: Why it is asked; inline Markdown.
        about: The section of the guide that discusses it, as a link within the docs (`index.md#staffing`).
        asked_of: Who can answer it ("your security officer").
        asked_when: The condition under which it is asked; always, by default.
        location: Where it was made.
    """

    id: str
    wording: str
    hint: str = field(default="", kw_only=True)
    why: str = field(default="", kw_only=True)
    about: str = field(default="", kw_only=True)
    asked_of: str = field(default="", kw_only=True)
    asked_when: Condition | None = field(default=None, kw_only=True)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check what every question has."""
        object.__setattr__(self, "location", definition_site())
        check_id("question", self.id)
        owner = f"question {self.id!r}"
        check_texts(owner, self, "wording", "hint", "why", "about", "asked_of")
        if not self.wording.strip():
            raise RuleSetError(f"{owner} asks nothing: its wording is empty")
        check_links(owner, f"{self.hint} {self.why}")
        check_url(owner, self.about)
        if self.asked_when is not None:
            check_condition(f"asked_when of {owner}", self.asked_when)


@dataclass(frozen=True)
class YesNo(Question, Condition):
    """A question that is answered with yes (`True`) or no (`False`); as a condition it holds on yes.

    Attributes:
        yes: The answer yes as a statement that can follow "if": "a contract names on-premises hosting".
        no: The answer no, likewise. By default both quote the wording.
    """

    yes: str = field(default="", kw_only=True)
    no: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        """Check the words."""
        super().__post_init__()
        owner = f"question {self.id!r}"
        check_texts(owner, self, "yes", "no")
        check_distinct(owner, "statement", (self.yes, self.no))


@dataclass(frozen=True)
class Option(NotQuotable):
    """One answer to a choice question.

    Attributes:
        id: Names it in share links and stored answers.
        label: What the reader picks.
        statement: The answer as a statement that can follow "if": "you only want to learn".
    """

    id: str
    label: str
    statement: str = ""

    def __post_init__(self) -> None:
        """Check the words."""
        owner = f"option {self.id!r}"
        check_text(owner, "label", self.label, required=True)
        check_texts(owner, self, "statement")


@dataclass(frozen=True)
class Choice(Question):
    """A question that is answered with the id of one of its options.

    Attributes:
        options: The options; also given as a mapping of id to label.
    """

    options: tuple[Option, ...] = ()

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            wording: str,
            options: Mapping[str, str] | Sequence[Option],
            *,
            hint: str = "",
            why: str = "",
            about: str = "",
            asked_of: str = "",
            asked_when: Condition | None = None,
        ) -> None:
            """Tell type checkers that a mapping will do, too."""

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        given: object = self.options
        if isinstance(given, Mapping):
            given = [Option(name, label) for name, label in given.items()]
        owner = f"question {self.id!r}"
        if not isinstance(given, Sequence) or len(given) < 2 or not all(isinstance(option, Option) for option in given):
            raise RuleSetError(f"{owner} needs at least two options: a mapping of id to label, or Option values")
        listed = tuple(given)
        object.__setattr__(self, "options", listed)
        seen: set[str] = set()
        for option in listed:
            check_id(f"option of {owner}", option.id)
            if option.id in seen:
                raise RuleSetError(f"{owner} has two options with the id {option.id!r}")
            seen.add(option.id)
        check_distinct(owner, "label", (option.label for option in listed))
        check_distinct(owner, "statement", (option.statement for option in listed))

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in order."""
        return tuple(option.id for option in self.options)

    def is_(self, *options: str) -> Is:
        """Return the condition that the answer is one of the options.

        Args:
            *options: Ids of options.

        Raises:
            RuleSetError: If there is no such option, or none is given.
        """
        if not options:
            raise RuleSetError(f"question {self.id!r}: is_() needs the id of an option")
        for option in options:
            if option not in self.option_ids:
                raise RuleSetError(f"question {self.id!r} {self._lacks(option)}")
        return Is(self, tuple(option for option in self.option_ids if option in options))

    def condition_hint(self, owner: str) -> str:
        """Say how a choice is asked."""
        return "a choice is asked with question.is_('option')"

    def _lacks(self, option: object) -> str:
        if isinstance(option, (list, tuple)):
            return f"takes ids one by one: write is_({', '.join(repr(each) for each in option)})"
        return f"has no option {option!r}.{did_you_mean(str(option), self.option_ids)}"


@dataclass(frozen=True)
class Section(NotQuotable):
    """Questions under one heading.

    Attributes:
        id: Names it.
        title: Its heading.
        questions: The questions, in the order in which they are asked.
        intro: A sentence under the heading; inline Markdown.
        ticks: Whether the questions, all yes/no, are asked as "tick all that you have"; unticked means no
            only once the reader says that this is all.
        location: Where it was made.
    """

    id: str
    title: str
    questions: Sequence[Question]
    intro: str = field(default="", kw_only=True)
    ticks: bool = field(default=False, kw_only=True)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the questions."""
        object.__setattr__(self, "location", definition_site())
        check_id("section", self.id)
        owner = f"section {self.id!r}"
        object.__setattr__(self, "questions", listed(owner, "questions", self.questions))
        check_text(owner, "title", self.title, required=True)
        check_texts(owner, self, "intro")
        check_flag(owner, "ticks", self.ticks)
        check_links(owner, self.intro)
        if not self.questions:
            raise RuleSetError(f"{owner} has no questions")
        for question in self.questions:
            if not isinstance(question, Question):
                raise RuleSetError(f"{owner} lists {named_value(question)}, which is not a question")
            if self.ticks and not isinstance(question, YesNo):
                raise RuleSetError(
                    f"{owner} asks with ticks, but question {question.id!r} is not answered with yes or no"
                )


@dataclass(frozen=True)
class Is(Condition):
    """A choice question is answered with one of the options.

    Attributes:
        question: The question.
        options: Ids of options, in the question's order.
    """

    question: Choice
    options: tuple[str, ...]

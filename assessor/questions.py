"""Questions, and the sections that they are asked in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from assessor.conditions import Comparison, Condition, Is, check_condition
from assessor.errors import Location, RuleSetError, definition_site
from assessor.facts import Fact
from assessor.formulas import Formula, is_number
from assessor.naming import check_id, did_you_mean
from assessor.texts import Unquoted, check_distinct, check_flag, check_text, check_texts, listed, named_value
from assessor.units import Unit, check_unit, format_quantity
from assessor.urls import check_links, check_url

__all__ = ["Choice", "Number", "Option", "Question", "Section", "YesNo"]


@dataclass(frozen=True)
class Question(Unquoted):
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
class Option(Unquoted):
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

    def _lacks(self, option: object) -> str:
        if isinstance(option, (list, tuple)):
            return f"takes ids one by one: write is_({', '.join(repr(each) for each in option)})"
        return f"has no option {option!r}.{did_you_mean(str(option), self.option_ids)}"


@dataclass(frozen=True)
class Number(Question, Formula):
    """A question that is answered with a number from `minimum` to `maximum`, both included.

    Attributes:
        name: The number as a noun phrase, for sentences such as "the quarterly staffing is at least 3 FTE".
        unit: Its unit.
        minimum: The least answer.
        maximum: The greatest answer.
        step: How far the arrow keys move it on the page; answers between the steps are accepted.
        default: The fact that estimates use while the question is open; rules never do.
    """

    unit: str = field(default="", kw_only=True)
    name: str = field(default="", kw_only=True)
    minimum: float = field(kw_only=True)
    maximum: float = field(kw_only=True)
    step: float = field(default=1, kw_only=True)
    default: Fact | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the bounds and the default."""
        super().__post_init__()
        owner = f"question {self.id!r}"
        check_texts(owner, self, "unit", "name")
        check_unit(owner, self.unit)
        if not all(is_number(value) for value in (self.minimum, self.maximum, self.step)):
            raise RuleSetError(f"{owner}: minimum, maximum and step must be finite numbers")
        if not float(self.minimum) < float(self.maximum):
            raise RuleSetError(f"{owner}: its minimum {self.minimum} is not below its maximum {self.maximum}")
        if self.step <= 0:
            raise RuleSetError(f"{owner}: its step {self.step} is not above 0")
        if self.default is not None:
            if not isinstance(self.default, Fact):
                raise RuleSetError(f"{owner}: its default is a fact with its source, not {named_value(self.default)}")
            self._check_same_unit("its default", self.default)
            span = self.default.range
            if not (self.minimum <= span.low and span.high <= self.maximum):
                raise RuleSetError(
                    f"{owner}: its default {self.default.id!r} goes from {span.low} to {span.high}, "
                    f"outside {self.minimum} to {self.maximum}"
                )

    def _check_same_unit(self, what: str, fact: Fact) -> None:
        if Unit.parse(fact.unit) != Unit.parse(self.unit):
            raise RuleSetError(
                f"question {self.id!r} is in {self.unit or 'plain numbers'}, "
                f"but {what}, fact {fact.id!r}, is in {fact.unit or 'plain numbers'}"
            )

    def __ge__(self, threshold: Fact | float) -> Comparison:
        """Return the condition that the answer is at least the threshold."""
        return self._compare(">=", threshold)

    def __lt__(self, threshold: Fact | float) -> Comparison:
        """Return the condition that the answer is below the threshold."""
        return self._compare("<", threshold)

    def __gt__(self, threshold: object) -> NoReturn:
        """Refuse: with `>=` and `<` alone, every number falls on one side of each threshold."""
        raise self._unsupported(">")

    def __le__(self, threshold: object) -> NoReturn:
        """Refuse: with `>=` and `<` alone, every number falls on one side of each threshold."""
        raise self._unsupported("<=")

    def _unsupported(self, operator: str) -> RuleSetError:
        return RuleSetError(
            f"question {self.id!r}: a number is compared with >= or <, and not with {operator}, so that each number "
            f"falls on one side of the threshold: write number {'>=' if operator == '>' else '<'} the next value"
        )

    def _compare(self, operator: str, threshold: Fact | float) -> Comparison:
        fact = threshold if isinstance(threshold, Fact) else None
        if fact is not None:
            self._check_same_unit("the threshold", fact)
        value = fact.number if fact is not None else threshold
        if not is_number(value):
            raise RuleSetError(
                f"question {self.id!r} is compared with {named_value(value)}: a number or a fact is needed"
            )
        assert isinstance(value, (int, float))
        # In doubles, as the page compares: two integers can be one double.
        value = float(value)
        if not float(self.minimum) < value <= float(self.maximum):
            raise RuleSetError(
                f"question {self.id!r}: the threshold {format_quantity(value)} cuts outside its range, "
                f"above {format_quantity(self.minimum)} and up to {format_quantity(self.maximum)}, "
                f"so the comparison never changes"
            )
        return Comparison(self, operator, value, fact)


@dataclass(frozen=True)
class Section(Unquoted):
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

"""Questions, and the sections that contain them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, overload

from assessor.errors import RuleSetError, UnknownOptionError, did_you_mean
from assessor.model.conditions import AnyOf, Condition, check_condition
from assessor.validation import (
    MARKDOWN,
    REQUIRED_TEXT,
    TEXT,
    Definition,
    NotQuotable,
    as_tuple,
    check_distinct,
    check_flag,
    check_id,
    check_texts,
    check_url,
    named_value,
    unquoted,
)


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
        object.__setattr__(self, "formerly", _former_ids(owner, f"question {self.id!r}", self.id, self.formerly))
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


@dataclass(frozen=True)
class Option(NotQuotable):
    """An answer to a choice question.

    Attributes:
        id: The id, used in share links and stored answers.
        label: The text that the reader picks.
        statement: The answer as a clause that can follow "if": "you only want to learn".
        asked_when: The condition under which it is offered; by default always. An answer with an option that is not
            offered is no answer.
        formerly: The ids that it had before, the oldest first. Answers with these are taken as this option.
    """

    id: str
    label: str = field(metadata=REQUIRED_TEXT)
    statement: str = field(default="", metadata=TEXT)
    asked_when: Condition | None = field(default=None, kw_only=True)
    formerly: Sequence[str] = field(default=(), kw_only=True)

    if TYPE_CHECKING:
        # In a class of options, type checkers see the condition that `Choice.__getattr__` returns.
        @overload
        def __get__(self, instance: None, owner: type) -> Option: ...
        @overload
        def __get__(self, instance: ChoiceQuestion, owner: type) -> Is: ...
        def __get__(self, instance: object, owner: type) -> Option | Is: ...

    def __post_init__(self) -> None:
        """Check the texts. The choice checks the id, because it can name itself in the message."""
        owner = f"option {self.id!r}"
        check_texts(owner, self)
        if self.asked_when is not None:
            check_condition(f"asked_when of {owner}", self.asked_when)
        object.__setattr__(self, "formerly", _former_ids(owner, owner, self.id, self.formerly))

    @property
    def first_id(self) -> str:
        """The id that it had at first."""
        return self.formerly[0] if self.formerly else self.id


@dataclass(frozen=True, eq=False)
class ChoiceQuestion(Question):
    """The base of `Choice` and `Options`: what type checkers know of every choice, whatever its options are."""

    options: tuple[Option, ...] = ()
    retired: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        """Check the options."""
        former: object = self.formerly
        if isinstance(former, Mapping):
            object.__setattr__(self, "formerly", ())
        super().__post_init__()
        given: object = self.options
        if isinstance(given, Mapping):
            given = [Option(name, label) for name, label in given.items()]
        owner = self.owner_name
        if not isinstance(given, Sequence) or len(given) < 2 or not all(isinstance(option, Option) for option in given):
            own = given.__name__ if isinstance(given, type) and issubclass(given, Options) else ""
            hint = f"; make it with the class itself: {own}({self.id!r}, …)" if own else ""
            raise RuleSetError(f"{owner} needs at least two options: a mapping of id to label, or Option values{hint}")
        options = tuple(given)
        if isinstance(former, Mapping):
            options = _with_former_ids(owner, options, former)
        object.__setattr__(self, "options", options)
        seen: set[str] = set()
        for option in options:
            check_id(f"option of {owner}", option.id)
            if option.id in seen:
                raise RuleSetError(f"{owner} has two options with the id {option.id!r}")
            seen.add(option.id)
        object.__setattr__(self, "retired", as_tuple(owner, "retired options", self.retired))
        for old in [*self.retired, *(name for option in options for name in option.formerly)]:
            check_id(f"option of {owner}", old)
            if old in seen:
                raise RuleSetError(f"{owner}: {old!r} is an old id of an option, but another option has or had it, too")
            seen.add(old)
        if all(option.asked_when is not None for option in options):
            raise RuleSetError(
                f"{owner} offers each of its options under a condition only: offer at least one always, or readers "
                "whom none fits cannot answer"
            )
        check_distinct(owner, "label", (option.label for option in options))
        check_distinct(owner, "statement", (option.statement for option in options))

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in order."""
        return tuple(option.id for option in self.options)

    @property
    def restricted(self) -> dict[str, Condition]:
        """When each option is offered that is not always, by id."""
        return {option.id: option.asked_when for option in self.options if option.asked_when is not None}

    @property
    def renamed(self) -> dict[str, str]:
        """The id of each option with another id, by each id that it had."""
        return {old: option.id for option in self.options for old in option.formerly}

    def is_(self, *options: str) -> Is:
        """Return the condition that the answer is one of some options.

        Args:
            *options: The ids of the options.

        Raises:
            RuleSetError: If an option does not exist, or none is given.
        """
        if not options:
            raise RuleSetError(f"question {self.id!r}: is_() needs the id of an option")
        for option in options:
            if option not in self.option_ids:
                raise RuleSetError(f"question {self.id!r} {self._lacks(option)}")
        return Is(self, tuple(option for option in self.option_ids if option in options))

    def condition_hint(self, owner: str) -> str:
        """Say how a choice is asked."""
        return f"a choice is asked with question.is_({self.option_ids[0]!r})"

    def __contains__(self, option: object) -> NoReturn:
        """Refuse `"option" in question`."""
        raise RuleSetError(f"question {self.id!r} holds no answer yet: {self._asked('==', option)}")

    def _asked(self, operator: str, answer: object) -> str:
        by_label = {option.label.lower(): option.id for option in self.options}
        option = by_label.get(str(answer).lower(), answer)
        if option not in self.option_ids:
            return f"a choice is asked with question.is_({self.option_ids[0]!r}). It {self._lacks(option)}"
        sign = "~" if operator == "!=" else ""
        return f"write {sign}question.is_({option!r}), and {sign}question.is_({option!r}, …) for several"

    def _lacks(self, option: object) -> str:
        if isinstance(option, (list, tuple)):
            return f"takes ids one by one: write is_({', '.join(repr(each) for each in option)})"
        return f"has no option {option!r}.{did_you_mean(str(option), self.option_ids)}"


@dataclass(frozen=True, eq=False)
class Choice(ChoiceQuestion):
    """A question with the id of one of its options as its answer.

    Each option is an attribute, too: `residency.not_sure` is `residency.is_("not-sure")`.

    Attributes:
        options: The options, as a sequence or as a mapping of id to label.
        formerly: As for every question, or a mapping of the ids of options to the ids that they had before:
            `formerly={"own": "self"}`. To give both, write the options as `Option("own", …, formerly=["self"])`.
        retired: The ids of options that are no longer there. An old answer with one of them counts as no answer.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            wording: str,
            options: Mapping[str, str] | Sequence[Option],
            *,
            name: str = "",
            hint: str = "",
            why: str = "",
            about: str = "",
            asked_of: str = "",
            asked_when: Condition | None = None,
            formerly: Sequence[str] | Mapping[str, str | Sequence[str]] = (),
            retired: Sequence[str] = (),
        ) -> None:
            """Accept a mapping; this signature is for type checkers only."""

    def __getattr__(self, name: str) -> Is:
        """Return the condition that the answer is the option of that name, with `_` for `-`.

        Raises:
            UnknownOptionError: If there is no such option.
        """
        # Python asks for what it begins with `_` itself, as when it copies a question whose options are not there yet.
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        option = name.replace("_", "-")
        if option not in self.option_ids:
            raise UnknownOptionError(
                f"question {self.id!r} has no option and no attribute {name!r}."
                f"{did_you_mean(name, [each.replace('-', '_') for each in self.option_ids])}"
            )
        return self.is_(option)


class Options(ChoiceQuestion):
    """A class of options, from which a choice is made; type checkers know each as an attribute of the choice.

    ```py
    class Residency(Options):
        home = Option("home", "In our country")
        not_sure = Option("not-sure", "We are not sure")


    residency = Residency("residency", "Where must the data stay?")
    Rule(residency.home, …)
    ```

    The choice is the same as `Choice(…, [Option("home", …), …])`. The name of each
    attribute is the id of the option, with `_` for `-`.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            wording: str,
            *,
            name: str = "",
            hint: str = "",
            why: str = "",
            about: str = "",
            asked_of: str = "",
            asked_when: Condition | None = None,
            formerly: Sequence[str] | Mapping[str, str | Sequence[str]] = (),
            retired: Sequence[str] = (),
        ) -> None:
            """Take what a choice does, but for its options."""

    if not TYPE_CHECKING:

        def __new__(cls, id, wording, **attributes):
            """Return the choice: not one of this class, which a rule set that is loaded again would make anew."""
            found = {name: each for base in reversed(cls.__mro__) for name, each in vars(base).items()}
            return Choice(id, wording, [each for each in found.values() if isinstance(each, Option)], **attributes)

    def __init_subclass__(cls) -> None:
        """Check the names of the options."""
        for name, option in vars(cls).items():
            if isinstance(option, Option):
                if name in _RESERVED:
                    raise RuleSetError(
                        f"class {cls.__name__}: every choice has an attribute {name!r}, so no option of a class is "
                        f"called so; write Choice(…, {{{option.id!r}: …}}), and question.is_({option.id!r})"
                    )
                if option.id.replace("-", "_") != name:
                    raise RuleSetError(
                        f"class {cls.__name__}: option {option.id!r} is called {name!r}; name it as its id, "
                        f"with _ for -: {str(option.id).replace('-', '_')}"
                    )


# What an option is never an attribute for: the attributes that every choice has.
_RESERVED = frozenset([*dir(Choice), *(each.name for each in fields(Choice))])


def _former_ids(owner: str, what: str, id: str, values: object) -> tuple[str, ...]:
    """Return the ids that a question or an option had before."""
    ids = as_tuple(owner, "former ids", values)
    for each in ids:
        check_id(what.partition(" ")[0], each)
        if each == id or ids.count(each) > 1:
            raise RuleSetError(f"{owner}: formerly lists {each!r}, which is its id or is listed twice")
    return ids


def _with_former_ids(owner: str, options: tuple[Option, ...], former: Mapping[Any, Any]) -> tuple[Option, ...]:
    """Return options with the ids that they had before."""
    known = [option.id for option in options]
    for name in former:
        if name not in known:
            raise RuleSetError(
                f"{owner}: formerly names option {name!r}, which does not exist.{did_you_mean(str(name), known)} "
                "Write the new id first, then the old one"
            )
    found = {name: (old,) if isinstance(old, str) else old for name, old in former.items()}
    return tuple(replace(each, formerly=found[each.id]) if each.id in found else each for each in options)


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


@dataclass(frozen=True)
class Is(Condition):
    """The condition that the answer to a choice is one of some options.

    Attributes:
        question: The question.
        options: The ids of the options, in the question's order.
    """

    question: ChoiceQuestion
    options: tuple[str, ...]

    @cached_property
    def of_any_answer(self) -> Condition:
        """The same condition for every answer, or itself if each option is always offered.

        An option that is not offered counts as the first that always is, so that conditions have one truth for all
        answers together. For open questions, that adds no result: the first option could be the answer as well.
        """
        restricted = self.question.restricted
        if not restricted:
            return self
        plain = replace(self.question, options=tuple(replace(each, asked_when=None) for each in self.question.options))
        instead = next(each for each in self.question.option_ids if each not in restricted) in self.options
        # Those for which it does not matter whether they are offered hold by themselves.
        kept = [each for each in self.options if instead or each not in restricted]
        parts: list[Condition] = [Is(plain, tuple(kept))] if kept else []
        for option, asked_when in restricted.items():
            if (option in self.options) != instead:
                parts.append(Is(plain, (option,)) & (~asked_when if instead else asked_when))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

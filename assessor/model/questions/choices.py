"""Choices: questions with one of several options as their answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, overload

from assessor.errors import RuleSetError, UnknownOptionError, did_you_mean
from assessor.model.conditions import AnyOf, Comparison, Condition, NoCondition, check_condition
from assessor.model.questions.question import Question, YesNo, former_ids
from assessor.validation import REQUIRED_TEXT, TEXT, NotQuotable, as_tuple, check_distinct, check_id, check_texts


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
        object.__setattr__(self, "formerly", former_ids(owner, owner, self.id, self.formerly))

    @property
    def first_id(self) -> str:
        """The id that it had at first."""
        return self.formerly[0] if self.formerly else self.id


@dataclass(frozen=True, eq=False)
class ChoiceQuestion(Question, NoCondition):
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
            from assessor.model.questions.options import Options  # noqa: PLC0415 - it imports this module

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


def question_of(condition: Condition) -> Question | None:
    """Return the question that a condition asks by itself, if it asks one."""
    if isinstance(condition, YesNo):
        return condition
    return condition.question if isinstance(condition, (Is, Comparison)) else None

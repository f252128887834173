"""Read conditions that name parts of a rule set, as pages write them: "self-host or get-ready", "not residency=us".

Pages contain no logic. They name outcomes, criteria, questions, actions and rules, of which one must hold.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assessor.errors import AssessorError, did_you_mean
from assessor.logic.diagram import FALSE
from assessor.logic.proofs import Proofs, proofs_of
from assessor.model.conditions import Condition, Criterion, Not
from assessor.model.questions.choices import Choice, Is
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import YesNo
from assessor.model.rules.actions import Action
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet

Part = Outcome | Criterion | YesNo | Is | Not | Action | Rule
"""What a name may stand for; `Not` is a yes/no question that is answered with no."""

_OR, _NOT = "or", "not"
# Where several parts have one id, the first kind counts. The others are named as in `rule:light`.
_KINDS = ("outcome", "criterion", "question", "action", "rule")


class UnknownNameError(AssessorError):
    """A name that stands for nothing in the rule set, or a condition that is not made of names.

    Attributes:
        name: The name; empty if no other name may be meant.
        known: The names that it may be.
    """

    def __init__(self, message: str, name: str = "", known: Sequence[str] = ()) -> None:
        """Store the message, the name, and the names that it may be."""
        self.name = name
        self.known = known
        super().__init__(message)


@dataclass(frozen=True)
class Named:
    """A part of a rule set that a condition names.

    Attributes:
        part: The part. An outcome holds where the rules give it, a rule where it decides, and an action where it
            applies.
        is_negated: Whether "not" stands before the name.
    """

    part: Part
    is_negated: bool = False


def read_names(ruleset: RuleSet, text: str) -> tuple[Named, ...]:
    """Return the parts that a condition names. The condition holds where at least one of them does.

    Args:
        ruleset: The rule set.
        text: The names, with "or" or only a blank between them, and "not" before those that must not hold.

    Raises:
        UnknownNameError: If a name stands for nothing, or the text has no name.
    """
    found: list[Named] = []
    is_negated, expects_name = False, True
    for word in text.split():
        if word == _OR and not expects_name:
            expects_name = True
        elif word == _NOT and not is_negated:
            is_negated = expects_name = True
        else:
            found.append(Named(_part(ruleset, word), is_negated))
            is_negated = expects_name = False
    if expects_name:
        where = f" after {text.rsplit(maxsplit=1)[-1]!r}" if text.split() else ""
        raise UnknownNameError(f"a name is missing{where}: write an outcome, a criterion or QUESTION=OPTION")
    return tuple(found)


def _part(ruleset: RuleSet, word: str) -> Part:
    named = every_name(ruleset)
    if word in named:
        return named[word]
    question = ruleset.questions_by_id.get(word.removeprefix("question:"))
    if isinstance(question, Choice):
        options = ", ".join(repr(f"{question.id}={option}") for option in question.option_ids)
        raise UnknownNameError(f"question {question.id!r} has several answers: write one of {options}")
    if isinstance(question, Number):
        raise UnknownNameError(
            f"question {question.id!r} asks for a number: write a criterion that compares it, and name that"
        )
    if isinstance(question, Date):
        raise UnknownNameError(
            f"question {question.id!r} asks for a date: write a criterion that compares it, and name that"
        )
    if word == "and":
        raise UnknownNameError("'and' cannot join names: write a criterion that requires both, and name that")
    known = [name for name in named if ":" not in name] if ":" not in word else list(named)
    message = f"the rule set {ruleset.id!r} has nothing named {word!r}.{did_you_mean(word, known)}"
    raise UnknownNameError(message, word, known)


@functools.lru_cache(maxsize=32)
def every_name(ruleset: RuleSet) -> Mapping[str, Part]:
    """Return every name with what it stands for: first the short ones, then those with their kind."""
    every = [(kind, name, part) for kind in _KINDS for name, part in _names(ruleset, kind)]
    short: dict[str, Part] = {}
    for _, name, part in every:
        short.setdefault(name, part)
    return short | {f"{kind}:{name}": part for kind, name, part in every}


def _names(ruleset: RuleSet, kind: str) -> Iterator[tuple[str, Part]]:
    if kind == "question":
        for question in ruleset.questions:
            if isinstance(question, YesNo):
                yield question.id, question
                yield f"{question.id}=yes", question
                yield f"{question.id}=no", Not(question)
            elif isinstance(question, Choice):
                for option in question.option_ids:
                    yield f"{question.id}={option}", Is(question, (option,))
        return
    parts: Mapping[str, Sequence[Outcome | Criterion | Action | Rule]] = {
        "outcome": ruleset.outcomes,
        "criterion": ruleset.criteria,
        "action": ruleset.actions,
        "rule": ruleset.rules,
    }
    for part in parts[kind]:
        yield part.id, part


class RuleFunctions(Protocol):
    """Where the parts of a rule set hold, as functions in one diagram."""

    @property
    def ruleset(self) -> RuleSet:
        """The rule set."""

    @property
    def fires(self) -> Sequence[int]:
        """For each rule, where it is the first that holds."""

    @property
    def applies(self) -> Mapping[str, int]:
        """For each action, where it applies."""

    def decided(self, outcome_ids: Sequence[str]) -> int:
        """Return where the rules give one of some outcomes."""

    def compile(self, condition: Condition) -> int:
        """Return where a condition holds."""

    def either(self, one: int, other: int) -> int:
        """Return where at least one of two conditions holds."""

    def no(self, condition: int) -> int:
        """Return where a condition does not hold."""


def compile_names(functions: RuleFunctions, names: Iterable[Named]) -> int:
    """Return where at least one of some parts holds."""
    return functools.reduce(functions.either, (_holds(functions, each) for each in names), FALSE)


def _holds(functions: RuleFunctions, named: Named) -> int:
    part = named.part
    if isinstance(part, Outcome):
        function = functions.decided([part.id])
    elif isinstance(part, Rule):
        function = functions.fires[[rule.id for rule in functions.ruleset.rules].index(part.id)]
    elif isinstance(part, Action):
        function = functions.applies[part.id]
    else:
        function = functions.compile(part)
    return functions.no(function) if named.is_negated else function


class NamedConditions:
    """Compiles conditions of names, and answers questions about them exactly.

    Attributes:
        proofs: The functions of the rule set; those of conditions are in the same diagram.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        """Compile the rules.

        Raises:
            RuleSetError: If the rule set is too large to compile or to check.
        """
        self.proofs: Proofs = proofs_of(ruleset, has_every_question=True)
        self._ruleset = ruleset

    def compile(self, names: Sequence[Named]) -> int:
        """Return where at least one of some parts holds."""
        return compile_names(self.proofs, names)

    def nodes(self, function: int) -> list[list[int]]:
        """Return a function in the form of a bundle's nodes, the last of which is its root; a constant has none."""
        return self.proofs.exported(function, {each.id: place for place, each in enumerate(self._ruleset.questions)})

    def deciding(self, function: int) -> list[str]:
        """Return the questions that a function depends on, in the order of the page."""
        support = self.proofs.support(function)
        return [question.id for question in self._ruleset.questions if question.id in support]


@functools.lru_cache(maxsize=8)
def named_conditions(ruleset: RuleSet) -> NamedConditions:
    """Return what compiles the conditions of a rule set's names. It is cached, since many pages use it.

    Raises:
        RuleSetError: If the rule set is too large to compile or to check.
    """
    return NamedConditions(ruleset)

"""Read the conditions of passages, which the docs side finds in pages, for the old and for the new rule set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.compare.renames import Renames
from assessor.logic.named import Named, Part, UnknownNameError, every_name, read_names
from assessor.model.conditions import Criterion, Not
from assessor.model.questions.choices import Is
from assessor.model.questions.question import YesNo
from assessor.model.rules.actions import Action
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet

_KINDS: Mapping[type, str] = {Outcome: "outcome", Criterion: "criterion", Action: "action", Rule: "rule"}


@dataclass(frozen=True)
class NamedInBoth:
    """The condition of a passage.

    Attributes:
        text: The condition as the page has it.
        old: The parts of the old rule set that it names, without those that exist only now.
        new: The parts of the new rule set that it names.
    """

    text: str
    old: Sequence[Named]
    new: Sequence[Named]


def read_passages(
    old: RuleSet, new: RuleSet, renames: Renames, conditions: Iterable[str]
) -> tuple[list[NamedInBoth], dict[str, str]]:
    """Return the conditions that the new rule set can read, and for each other condition what is wrong with it.

    Args:
        old: The rule set before.
        new: The rule set now.
        renames: The questions and options with another id.
        conditions: The conditions, with the names of the new rule set.
    """
    undo, known = renames.undone(), every_name(old)
    readable: list[NamedInBoth] = []
    invalid: dict[str, str] = {}
    for text in conditions:
        try:
            names = read_names(new, text)
        except UnknownNameError as error:
            invalid[text] = str(error)
            continue
        before = ((known.get(_old_name(each.part, undo)), each.is_negated) for each in names)
        readable.append(
            NamedInBoth(text, [Named(part, negated) for part, negated in before if part is not None], names)
        )
    return readable, invalid


def questions_of(names: Iterable[Named]) -> Iterator[str]:
    """Yield the ids of the questions that conditions name."""
    for part in (each.part for each in names):
        if isinstance(part, Is):
            yield part.question.id
        elif isinstance(part, (YesNo, Not)):
            yield _yes_no(part).id


def _old_name(part: Part, undo: Renames) -> str:
    """Return the name that a part of the new rule set had in the old one."""
    if isinstance(part, Is):
        id = part.question.id
        return f"question:{undo.question(id)}={undo.answer(id, part.options[0])}"
    if isinstance(part, (YesNo, Not)):
        return f"question:{undo.question(_yes_no(part).id)}={'yes' if isinstance(part, YesNo) else 'no'}"
    return f"{_KINDS[type(part)]}:{part.id}"


def _yes_no(part: YesNo | Not) -> YesNo:
    question = part.condition if isinstance(part, Not) else part
    assert isinstance(question, YesNo)
    return question

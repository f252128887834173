"""How findings name the parts of a rule set, and say answers as a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessor.answers import Answer
from assessor.conditions import Condition
from assessor.questions import Choice, Number, Question, YesNo
from assessor.rules import Rule
from assessor.ruleset import RuleSet
from assessor.units import format_quantity
from assessor.wording import statement


def listed(items: Iterable[str], joint: str = "and") -> str:
    """Return names as a list in a sentence: "a, b and c"."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def rule_name(rule: Rule) -> str:
    """Return how a finding names a rule."""
    return f"rule {rule.id!r}"


def clause(ruleset: RuleSet, answers: Mapping[str, Answer]) -> str:
    """Return answers as a clause that can follow "when", in the words of the rule set."""
    if not answers:
        return "nothing is answered"
    return ", and ".join(_answer(ruleset.questions_by_id[name], answer) for name, answer in answers.items())


def _answer(question: Question, answer: Answer) -> str:
    if isinstance(question, Number):
        what = question.name or f"the answer to “{question.wording}”"
        assert isinstance(answer, (int, float))
        return f"{what} is {format_quantity(answer, question.unit)}"
    condition: Condition
    if isinstance(question, Choice):
        condition = question.is_(str(answer))
    else:
        assert isinstance(question, YesNo)
        condition = question if answer else ~question
    return statement(condition)

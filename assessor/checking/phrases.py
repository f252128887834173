"""How findings name the parts of a rule set, and say answers as a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assessor.answers import Answer
from assessor.conditions import Condition
from assessor.questions import Choice, Number, Question, YesNo
from assessor.rules import Rule
from assessor.ruleset import RuleSet
from assessor.units import format_quantity
from assessor.wording import statement

_MOST_WRITTEN_OUT = 1e15
"""From which number on it is written with an exponent."""

_MOST_SAID = 4
"""How many answers a reader takes in on the way to the point."""


def listed(items: Iterable[str], joint: str = "and") -> str:
    """Return names as a list in a sentence: "a, b and c"."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def quoted(condition: Condition) -> str:
    """Return a condition as a finding quotes it; quotations within it are in single marks."""
    said = statement(condition).replace("“", "‘").replace("”", "’")
    return f"“{said}”"


def rule_name(rule: Rule) -> str:
    """Return how a finding names a rule."""
    return f"rule {rule.id!r}"


def rule_names(rules: Sequence[Rule]) -> str:
    """Return how a finding names some rules: "the rules 'a' and 'b'"."""
    return rule_name(rules[0]) if len(rules) == 1 else f"the rules {listed(repr(rule.id) for rule in rules)}"


def clause(ruleset: RuleSet, answers: Mapping[str, Answer]) -> str:
    """Return answers as a clause that can follow "when", in the words of the rule set; of many, the first."""
    if not answers:
        return "nothing is answered"
    said = [_answer(ruleset.questions_by_id[name], answer) for name, answer in answers.items()]
    if len(said) > _MOST_SAID:
        said = [*said[: _MOST_SAID - 1], f"so on, as in the example of {len(said)} answers"]
    return ", and ".join(said)


def _answer(question: Question, answer: Answer) -> str:
    if isinstance(question, Number):
        what = question.name or f"the answer to “{question.wording}”"
        assert isinstance(answer, (int, float))
        # Hundreds of digits tell nothing.
        bound = f"{answer:g} {question.unit}".rstrip() if abs(answer) >= _MOST_WRITTEN_OUT else ""
        return f"{what} is {bound or format_quantity(answer, question.unit)}"
    condition: Condition
    if isinstance(question, Choice):
        condition = question.is_(str(answer))
    else:
        assert isinstance(question, YesNo)
        condition = question if answer else ~question
    return statement(condition)

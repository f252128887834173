"""Conditions and rules as plain sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessor.answers import Answer
from assessor.conditions import AllOf, AnyOf, AtLeast, Comparison, Condition, Criterion, Is, Not
from assessor.questions import Choice, Number, Question, YesNo
from assessor.reasons import Change
from assessor.rules import Rule
from assessor.units import format_quantity

_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)>\s]*)>?[^)]*\)")
_EMPHASIS = re.compile(r"(\*\*|\*)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_HELD = re.compile(r"\0[0-9]+\0")


def sentence(rule: Rule) -> str:
    """Return a rule as a sentence: "If a contract names on-premises hosting, then: Self-host."."""
    if rule.when == AllOf(()):
        return f"Otherwise: {rule.then.title}."
    return f"If {statement(rule.when)}, then: {rule.then.title}."


def statement(condition: Condition) -> str:
    """Return a condition as a statement that can follow "if", in the words of its questions and criteria."""
    return _statement(condition, is_part=False)


def _statement(condition: Condition, *, is_part: bool) -> str:
    if isinstance(condition, Criterion):
        first, second = condition.title[:1], condition.title[1:2]
        # "PHI leaves…" starts with a name, and not with a word.
        return (first if second.isupper() else first.lower()) + condition.title[1:]
    if isinstance(condition, YesNo):
        return condition.yes or f"the answer to “{condition.wording}” is yes"
    if isinstance(condition, Is):
        return _alternatives([_option(condition.question, option) for option in condition.options])
    if isinstance(condition, Comparison):
        what = condition.question.name or f"the answer to “{condition.question.wording}”"
        bound = "at least" if condition.operator == ">=" else "less than"
        return f"{what} is {bound} {format_quantity(condition.threshold, condition.question.unit)}"
    if isinstance(condition, AtLeast):
        parts = "; ".join(_statement(part, is_part=True) for part in condition.conditions)
        return f"at least {condition.count} of these {len(condition.conditions)} hold: {parts}"
    if isinstance(condition, Not):
        return _opposite(condition.condition, is_part=is_part)
    if not condition.parts:
        return "nothing else is asked"
    parts_said = [_statement(part, is_part=True) for part in condition.parts]
    if len(parts_said) == 1:
        return parts_said[0]
    if isinstance(condition, AnyOf):
        return _alternatives(parts_said)
    joined = ", and ".join(parts_said)
    return f"(all together: {joined})" if is_part else joined


def _opposite(condition: Condition, *, is_part: bool) -> str:
    """Return the statement that a condition does not hold."""
    if isinstance(condition, Criterion):
        return condition.negation or f"it is not so that {_statement(condition, is_part=True)}"
    if isinstance(condition, YesNo):
        return condition.no or f"the answer to “{condition.wording}” is no"
    if isinstance(condition, Is):
        others = tuple(option for option in condition.question.option_ids if option not in condition.options)
        if not others:
            return f"the answer to “{condition.question.wording}” is none of its options"
        return _statement(Is(condition.question, others), is_part=is_part)
    if isinstance(condition, AtLeast):
        parts = "; ".join(_statement(part, is_part=True) for part in condition.conditions)
        return f"fewer than {condition.count} of these {len(condition.conditions)} hold: {parts}"
    opposites = tuple(~part for part in condition.parts)
    return _statement(AnyOf(opposites) if isinstance(condition, AllOf) else AllOf(opposites), is_part=is_part)


def _option(question: Choice, option_id: str) -> str:
    option = next(option for option in question.options if option.id == option_id)
    return option.statement or f"the answer to “{question.wording}” is “{option.label}”"


def _alternatives(statements: Sequence[str]) -> str:
    if len(statements) == 1:
        return statements[0]
    return f"either {', '.join(statements[:-1])} or {statements[-1]}"


def answer_label(
    question: Question, answer: Answer, yes: str = "yes", no: str = "no", unknown: str = "not known"
) -> str:
    """Return an answer as readers see it.

    Args:
        question: The question.
        answer: An answer that it accepts.
        yes: The word for yes.
        no: The word for no.
        unknown: The words for "I don't know".
    """
    if answer is None:
        return unknown
    if isinstance(question, Choice):
        return next(option.label for option in question.options if option.id == answer)
    if isinstance(question, Number):
        return format_quantity(float(answer), question.unit)
    return yes if answer else no


def change_label(question: Question, change: Change) -> str:
    """Return what an answer must change to, as readers see it: yes, at least 2 GB, “A” or “B”."""
    to = change["to"]
    if "options" in to:
        labels = [answer_label(question, option) for option in to["options"]]
        return " or ".join(f"“{label}”" if isinstance(question, Choice) else label for label in labels)
    assert isinstance(question, Number)
    bounds = []
    if to["at_least"] is not None:
        bounds.append(f"at least {format_quantity(to['at_least'], question.unit)}")
    if to["below"] is not None:
        bounds.append(f"less than {format_quantity(to['below'], question.unit)}")
    return " and ".join(bounds)


def plain_text(text: str) -> str:
    """Return inline Markdown as it reads where nothing can be styled: `[text](url)` becomes `text (url)`."""
    code: dict[str, str] = {}

    def hold(span: re.Match[str]) -> str:
        """Keep what is code as it is."""
        code[held := f"\0{len(code)}\0"] = span[2]
        return held

    text = _CODE.sub(hold, text)
    text = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", text)
    previous = ""
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    return _HELD.sub(lambda held: code.get(held[0], held[0]), text)

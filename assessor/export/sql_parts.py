"""Write values, conditions and formulas as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlglot import exp

from assessor.language.decimals import plain_number
from assessor.model.answers import Bound
from assessor.model.conditions import AllOf, AtLeast, Comparison, Condition, Criterion, Not
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, Is
from assessor.model.questions.dates import Date
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import OutcomeIs

# The base of what sqlglot builds is named in other ways from release to release.
Expression: TypeAlias = Any

OWN = "assessor_"
"""What the names of columns begin with that a query makes for itself."""


def text(value: str) -> Expression:
    """Return a text."""
    return exp.Literal.string(value)


def integer(value: int) -> Expression:
    """Return a whole number."""
    return exp.Literal.number(value)


def _signed(value: int) -> Expression:
    return exp.Neg(this=integer(-value)) if value < 0 else integer(value)


def double(value: float) -> Expression:
    """Return a number with an exponent: without one, many dialects would compute in decimals."""
    written = repr(float(value))
    literal = exp.Literal.number((written if "e" in written else f"{written}e0").lstrip("-"))
    number: Expression = exp.cast(literal, "double")
    return exp.Neg(this=number) if written.startswith("-") else number


def column(name: str) -> Expression:
    """Return a column."""
    return exp.column(exp.to_identifier(name, quoted=True))


def answer_to(question: Question) -> Expression:
    """Return the answer to a question: the column of its id, or that of `present_answers`."""
    return column(f"{OWN}answer_{question.id}" if _has_former_options(question) else question.id)


def present_answers(questions: Iterable[Question]) -> list[tuple[str, Expression]]:
    """Return columns with present ids of options for former ones, and null for retired ones."""
    found = []
    for question in questions:
        if isinstance(question, Choice) and _has_former_options(question):
            present = {**question.renamed, **dict.fromkeys(question.retired)}
            given = column(question.id)
            branches = [
                (exp.EQ(this=given, expression=text(old)), text(new) if new else exp.Null())
                for old, new in present.items()
            ]
            found.append((f"answer_{question.id}", case(branches, given)))
    return found


def _has_former_options(question: Question) -> bool:
    return isinstance(question, Choice) and bool(question.renamed or question.retired)


def named(value: Expression, name: str) -> Expression:
    """Return a value with the name of its column."""
    return exp.alias_(value, name, quoted=True)


def case(branches: Iterable[tuple[Expression, Expression]], default: Expression | None = None) -> Expression:
    """Return the value of the first condition that holds, or else the default, or else null."""
    case = exp.Case()
    for condition, value in branches:
        case = case.when(condition, value)
    return case.else_(default) if default is not None else case


def is_null(value: Expression) -> Expression:
    """Return the condition that a value is null."""
    return exp.Is(this=value, expression=exp.Null())


def every(parts: Sequence[Expression]) -> Expression:
    """Return the condition that all parts hold."""
    return exp.and_(*parts) if parts else exp.true()


def comparable(question: Question) -> Expression:
    """Return the answer to a question as what the rules compare: a double, or a date."""
    if isinstance(question, Date):
        # A text that is no date becomes null, where the engine can do that, and so is an error of its row.
        return exp.TryCast(this=answer_to(question), to=exp.DataType.build("date"))
    return exp.cast(answer_to(question), "double")


def bound(value: Bound) -> Expression:
    """Return what the rules compare answers with: a number, or a date."""
    return exp.cast(text(value), "date") if isinstance(value, str) else double(plain_number(value))


_COMPARISONS: dict[str, type[exp.Binary]] = {">=": exp.GTE, ">": exp.GT, "<": exp.LT, "<=": exp.LTE}
_OPERATIONS: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div}


def computed(steps: Sequence[int | str], inputs: Sequence[Expression]) -> Expression:
    """Return the value of a formula in postfix form."""
    stack: list[Expression] = []
    for step in steps:
        if isinstance(step, int):
            stack.append(inputs[step].copy())
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(exp.paren(_OPERATIONS[step](this=left, expression=right)))
    return stack.pop()


def condition_of(condition: Condition) -> Expression:
    """Return a condition of the rules, for complete answers."""
    if isinstance(condition, YesNo):
        return answer_to(condition)
    if isinstance(condition, Is) and condition.of_any_answer is not condition:
        return exp.paren(condition_of(condition.of_any_answer))
    if isinstance(condition, Is):
        return exp.In(this=answer_to(condition.question), expressions=[text(each) for each in condition.options])
    if isinstance(condition, Comparison):
        answer = comparable(condition.question)
        return _COMPARISONS[condition.operator](this=answer, expression=bound(condition.threshold))
    if isinstance(condition, PointsComparison):
        points = integer(0)
        for part, weight in condition.weights:
            points = exp.Add(this=points, expression=case([(condition_of(part), _signed(weight))], integer(0)))
        return _COMPARISONS[condition.operator](this=points, expression=_signed(condition.whole_threshold))
    if isinstance(condition, OutcomeIs):
        read = [(condition_of(rule.when), rule.then.id in condition.outcomes) for rule in condition.decision.rules]
        return case([(holds, exp.true() if is_one else exp.false()) for holds, is_one in read], exp.false())
    parts = [condition_of(part) for part in condition.parts]
    if isinstance(condition, Criterion):
        return parts[0]
    if isinstance(condition, Not):
        return exp.not_(parts[0])
    if isinstance(condition, AtLeast):
        count = integer(0)
        for part in parts:
            count = exp.Add(this=count, expression=case([(part, integer(1))], integer(0)))
        return exp.GTE(this=count, expression=integer(condition.count))
    if not parts:
        return exp.true() if isinstance(condition, AllOf) else exp.false()
    return exp.and_(*parts) if isinstance(condition, AllOf) else exp.or_(*parts)

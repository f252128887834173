"""Write a rule set as a DMN 1.3 file with one decision table, for engines and editors of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from assessor.errors import DecisionTableError
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.outcomes import Outcome
from assessor.model.ruleset import RuleSet
from assessor.tables.decision_table import VALUES
from assessor.tables.formats.dmn import DECISION_ROW, ID_ROW, NAMESPACE
from assessor.tables.unary_tests import Interval, Literal, UnaryTests, feel_bound, string_text
from assessor.tables.writing.parts import (
    Content,
    WrittenRow,
    question_rows,
    read_decisions,
    table_rows,
    valid_span,
)

_DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
# XML 1.0 has no way to write these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Words that mean something to FEEL, also as a part of a name.
_RESERVED = frozenset(
    [
        "and",
        "between",
        "contains",
        "context",
        "date",
        "day",
        "days",
        "description",
        "duration",
        "else",
        "every",
        "external",
        "false",
        "for",
        "function",
        "if",
        "in",
        "instance",
        "item",
        "list",
        "months",
        "not",
        "null",
        "number",
        "of",
        "or",
        "range",
        "return",
        "satisfies",
        "some",
        "string",
        "then",
        "time",
        "true",
        "years",
    ]
)


def to_dmn(ruleset: RuleSet, contents: Sequence[Content], rows: Sequence[Sequence[WrittenRow]]) -> str:
    """Return a DMN file with a decision for each table, whose outputs are the outcome and the rule that decides.

    A table with rows that test what an earlier decision comes to requires that, and has an input for its outcome.

    Args:
        ruleset: The rule set.
        contents: What each table is to carry.
        rows: The rows of each.

    Raises:
        DecisionTableError: If a text has characters that no XML file can have.
    """
    text = "\n".join(_document(ruleset, contents, rows)) + "\n"
    if found := _UNWRITABLE.search(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()
        message = f"no XML file can have the character {found[0]!a}, which is in the rule set, behind {line!r}"
        raise DecisionTableError([(ruleset.location, message)])
    return text


def feel_name(id: str) -> str:
    """Return an id as a name in FEEL: with low lines, since a hyphen is a minus; no two ids give the same."""
    name = id.replace("-", "_")
    if name[0].isdigit():
        name = f"_{name}"
    return f"{name}_" if name in _RESERVED else name


def variable_name(decision: str, ruleset: RuleSet) -> str:
    """Return the name of the variable with the result of a decision, which no question has as its name."""
    name = feel_name(decision)
    taken = {feel_name(question.id) for question in ruleset.questions}
    return f"{name}__" if name in taken else name


def _document(ruleset: RuleSet, contents: Sequence[Content], rows: Sequence[Sequence[WrittenRow]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<definitions xmlns="{_DMN}" xmlns:assessor="{NAMESPACE}" id="definitions" name={_attribute(ruleset.title)} '
        f'namespace="{NAMESPACE}:{ruleset.id}">'
    )
    for question in ruleset.questions:
        name = feel_name(question.id)
        yield f'  <inputData id="data.{name}" name="{name}">'
        yield f'    <variable name="{name}" typeRef="{_type(question)}"/>'
        yield "  </inputData>"
    for content, written in zip(contents, rows, strict=True):
        yield from _decision(content, written, f"{feel_name(content.id)}." if len(contents) > 1 else "")
    yield "</definitions>"


def _decision(content: Content, rows: Sequence[WrittenRow], own: str) -> Iterator[str]:
    """Write a decision. What the ids within it begin with keeps those of several apart."""
    said = table_rows(content)
    questions = content.ruleset.questions
    places = read_decisions(rows)
    read = [(each := rows[0].read[place][0], variable_name(each.id, content.ruleset)) for place in places]
    yield f'  <decision id="decision.{content.id}" name={_attribute(content.title)}>'
    yield f'    <variable name="{variable_name(content.id, content.ruleset)}"/>'
    for question in questions:
        name = feel_name(question.id)
        yield f'    <informationRequirement id="{own}needs.{name}">'
        yield f'      <requiredInput href="#data.{name}"/>'
        yield "    </informationRequirement>"
    for decision, name in read:
        yield f'    <informationRequirement id="{own}needs.{name}">'
        yield f'      <requiredDecision href="#decision.{decision.id}"/>'
        yield "    </informationRequirement>"
    yield f'    <decisionTable id="table.{content.id}" hitPolicy="FIRST">'
    yield from _extension({name: text for name, text in said.items() if name != VALUES}, 6)
    described = question_rows(content.ruleset)
    for question in questions:
        yield from _input(
            own, question, {row: texts[question.id] for row, texts in described.items() if question.id in texts}
        )
    for decision, name in read:
        yield f'      <input id="{own}input.{name}" label={_attribute(decision.title)}>'
        yield from _extension({DECISION_ROW: decision.id}, 8)
        yield f'        <inputExpression id="{own}expression.{name}" typeRef="string">'
        yield f"          <text>{name}.outcome</text>"
        yield "        </inputExpression>"
        yield from _outcome_values("inputValues", decision.outcomes)
        yield "      </input>"
    yield f'      <output id="{own}output.outcome" label="Outcome" name="outcome" typeRef="string">'
    yield from _extension({VALUES: said[VALUES]}, 8)
    yield from _outcome_values("outputValues", content.outcomes)
    yield "      </output>"
    yield f'      <output id="{own}output.rule" label="Rule" name="rule" typeRef="string"/>'
    yield '      <annotation name="because"/>'
    for number, row in enumerate(rows, start=1):
        yield f'      <rule id="{own}row.{number}">'
        cells = zip((feel_name(question.id) for question in questions), row.tests, strict=True)
        outcomes = ((name, row.read[place][1]) for place, (_, name) in zip(places, read, strict=True))
        for name, tests in (*cells, *outcomes):
            yield f'        <inputEntry id="{own}row.{number}.{name}">'
            yield f"          <text>{_text(tests_text(tests))}</text>"
            yield "        </inputEntry>"
        for name, value in (("outcome", row.rule.then.id), ("rule", row.rule.id)):
            yield f'        <outputEntry id="{own}result.{number}.{name}">'
            yield f"          <text>{_text(string_text(value))}</text>"
            yield "        </outputEntry>"
        yield "        <annotationEntry>"
        yield f"          <text>{_text(row.rule.because)}</text>"
        yield "        </annotationEntry>"
        yield "      </rule>"
    yield "    </decisionTable>"
    yield "  </decision>"


def tests_text(tests: UnaryTests) -> str:
    """Return a cell in FEEL."""
    if tests.is_any:
        return "-"
    return ", ".join(map(_value_text, tests.tests))


def _value_text(value: Literal | Interval) -> str:
    if isinstance(value, Interval):
        return value.written(feel_bound)
    return str(value).lower() if isinstance(value, bool) else string_text(str(value))


def _input(own: str, question: Question, texts: dict[str, str]) -> Iterator[str]:
    name = feel_name(question.id)
    yield f'      <input id="{own}input.{name}" label={_attribute(question.wording)}>'
    yield from _extension({ID_ROW: question.id, **texts}, 8)
    yield f'        <inputExpression id="{own}expression.{name}" typeRef="{_type(question)}">'
    yield f"          <text>{name}</text>"
    yield "        </inputExpression>"
    if isinstance(question, Choice):
        yield from _values("inputValues", ", ".join(map(string_text, question.option_ids)), 8)
    elif (span := valid_span(question)) is not None:
        yield from _values("inputValues", span.written(feel_bound), 8)
    yield "      </input>"


def _outcome_values(name: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    return _values(name, ", ".join(string_text(outcome.id) for outcome in outcomes), 8)


def _values(name: str, text: str, indent: int) -> Iterator[str]:
    space = " " * indent
    yield f"{space}<{name}>"
    yield f"{space}  <text>{_text(text)}</text>"
    yield f"{space}</{name}>"


def _extension(rows: dict[str, str], indent: int) -> Iterator[str]:
    space = " " * indent
    yield f"{space}<extensionElements>"
    for name, text in rows.items():
        yield f'{space}  <assessor:row name="{name}">{_text(text)}</assessor:row>'
    yield f"{space}</extensionElements>"


def _type(question: Question) -> str:
    kinds = ((YesNo, "boolean"), (Number, "number"), (Date, "date"))
    return next((name for kind, name in kinds if isinstance(question, kind)), "string")


def _text(text: str) -> str:
    # A parser reads a carriage return as a line feed.
    return escape(text, {"\r": "&#13;"})


def _attribute(text: str) -> str:
    # quoteattr keeps line breaks and tabs as references; without them, a parser reads spaces.
    return quoteattr(text)

"""Write a rule set as a decision table: what each format has in common, and what no table can carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from assessor.errors import DecisionTableError, RuleSetError, did_you_mean
from assessor.model.conditions import ALWAYS, walk
from assessor.model.parts import KINDS
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, Option
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.questions.sections import Section
from assessor.model.rules.decisions import Decision
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.tables.decision_table import LANGUAGE, QUESTION_TEXTS, RULE_SET, SECTION, STEP, VALUES
from assessor.tables.names import named_line
from assessor.tables.unary_tests import Day, Interval, UnaryTests, number_text
from assessor.tables.writing.terms import ROW_LIMIT, Terms, TooManyRowsError

_QUESTION = frozenset({"id", "wording", "name", "hint", "why", "about", "asked_of"})
_CARRIED: Mapping[type, frozenset[str]] = {
    RuleSet: frozenset({"id", "title", "language", "sections", "outcomes", "rules"}),
    Section: frozenset({"id", "title", "questions"}),
    YesNo: _QUESTION | {"yes", "no"},
    Choice: _QUESTION | {"options"},
    Option: frozenset({"id", "label"}),
    Number: _QUESTION | {"unit", "minimum", "maximum", "step"},
    Date: _QUESTION | {"earliest", "latest", "statement"},
    Outcome: frozenset({"id", "title"}),
    Rule: frozenset({"id", "when", "then", "because"}),
}
"""The attributes of each part that a table carries. Exporting loses those of other parts, and all others."""


@dataclass(frozen=True)
class Content:
    """What a table is to carry: a rule set, or one of its decisions.

    Attributes:
        ruleset: The rule set.
        id: Its id, or that of the decision.
        title: Its title, or that of the decision.
        outcomes: The outcomes.
        rules: The rules.
        decision: The decision, if the rule set has several.
    """

    ruleset: RuleSet
    id: str
    title: str
    outcomes: Sequence[Outcome]
    rules: Sequence[Rule]
    decision: Decision | None = None


def contents_of(ruleset: RuleSet, decision: str) -> list[Content]:
    """Return what tables are to carry: each decision, or the one that is named.

    Raises:
        DecisionTableError: If there is no such decision.
    """
    known = [each.id for each in ruleset.decisions]
    if decision and decision not in known:
        hint = did_you_mean(decision, known) if known else " It has no decisions=[…]."
        message = f"rule set {ruleset.id!r} has no decision {decision!r}.{hint}"
        raise DecisionTableError([(ruleset.location, message)])
    if len(known) <= 1:
        return [Content(ruleset, ruleset.id, ruleset.title, ruleset.outcomes, ruleset.rules)]
    return [
        Content(ruleset, each.id, each.title, each.outcomes, each.rules, each)
        for each in ruleset.decisions
        if decision in ("", each.id)
    ]


@dataclass(frozen=True)
class WrittenRow:
    """A row of a rule.

    Attributes:
        rule: The rule, which may need several rows.
        tests: A cell for each question.
        read: A cell for the outcome of each earlier decision that it may test.
    """

    rule: Rule
    tests: tuple[UnaryTests, ...]
    read: tuple[tuple[Decision, UnaryTests], ...]


def written_rows(contents: Sequence[Content]) -> list[list[WrittenRow]]:
    """Return the rows of each table of a file, rule by rule. They may test what an earlier one decides.

    Raises:
        DecisionTableError: If a rule needs too many rows.
    """
    before: list[Decision] = []
    found = []
    for content in contents:
        rows = _rows_of(content, before)
        found.append(rows)
        decision = content.decision
        # Without an outcome, a decision is null in FEEL, which no cell of ours can name. And a cell names only an
        # outcome that the rows of the earlier table lead to.
        if decision is not None and decision.rules[-1].when == ALWAYS:
            led_to = {row.rule.then.id for row in rows}
            before += [decision] if len(led_to) == len(decision.outcomes) else []
    return found


def _rows_of(content: Content, before: Sequence[Decision]) -> list[WrittenRow]:
    ruleset = content.ruleset
    for question in ruleset.questions:
        if type(question) not in _CARRIED:
            message = f"question {question.id!r} is a {type(question).__name__}, which no table can carry"
            raise DecisionTableError([(question.location, message)])
    terms = Terms(ruleset, before)
    rows = []
    for rule in content.rules:
        try:
            found = terms.rows(rule.when)
        except TooManyRowsError:
            message = (
                f"rule {rule.id!r} needs more than {ROW_LIMIT:,} rows, because {_reason(rule)}; split the rule, or "
                "choose another format"
            )
            raise DecisionTableError([(rule.location, message)]) from None
        except RuleSetError as error:
            raise DecisionTableError([(rule.location, f"rule {rule.id!r}: {error.message}")]) from None
        if found == [{}] and rule is not content.rules[-1]:
            # A table that lets everything pass before its last row is refused, as it looks like a mistake.
            found = terms.halves() or found
        for term in found:
            tests = tuple(terms.tests(question, term) for question in ruleset.questions)
            read = tuple((each, terms.outcome_tests(each, term)) for each in before)
            rows.append(WrittenRow(rule, tests, read))
    if not rows:
        raise DecisionTableError([(ruleset.location, f"no rule of {content.id!r} holds for any answers")])
    return rows


def read_decisions(rows: Sequence[WrittenRow]) -> list[int]:
    """Return the positions, in `read`, of the decisions whose outcomes some row tests."""
    return sorted({place for row in rows for place, (_, tests) in enumerate(row.read) if not tests.is_any})


def _reason(rule: Rule) -> str:
    scores = [score.id for part in walk(rule.when) if isinstance(part, PointsComparison) for score in part.scores]
    names = " and ".join(repr(name) for name in dict.fromkeys(scores))
    return f"a table cannot add up the points of {names}" if names else "a row can only list answers"


def question_rows(ruleset: RuleSet) -> dict[str, dict[str, str]]:
    """Return what a table says of each question, by the name of the row and the id of the question."""
    found: dict[str, dict[str, str]] = {SECTION: {}}
    for section in ruleset.sections:
        for question in section.questions:
            found[SECTION][question.id] = named_line(section.id, section.title)
    for row, attribute in QUESTION_TEXTS.items():
        # Not `getattr` with a default: the options of a choice are attributes, too.
        having = [each for each in ruleset.questions if any(field.name == attribute for field in fields(each))]
        texts = {question.id: getattr(question, attribute) for question in having}
        found[row] = {name: text for name, text in texts.items() if text}
    found[VALUES] = {question.id: _values(question) for question in ruleset.questions}
    found[STEP] = {
        question.id: number_text(question.step)
        for question in ruleset.questions
        if isinstance(question, Number) and question.step is not None
    }
    return {row: texts for row, texts in found.items() if texts}


def _values(question: Question) -> str:
    if isinstance(question, Choice):
        return "\n".join(named_line(option.id, option.label) for option in question.options)
    span = valid_span(question)
    return "yes, no" if span is None else str(span)


def valid_span(question: Question) -> Interval | None:
    """Return which numbers or dates are valid answers; nothing for another question."""
    if isinstance(question, Date):
        return Interval(Day(question.minimum), True, Day(question.maximum), True)
    if isinstance(question, Number):
        low, high = float(question.minimum), float(question.maximum)
        return Interval(low, True, high, True) if question.has_maximum else Interval(low, True)
    return None


def table_rows(content: Content) -> dict[str, str]:
    """Return what a table says of itself, by the name of the row, and as `values` of its outcomes."""
    rows = {
        RULE_SET: named_line(content.id, content.title),
        LANGUAGE: content.ruleset.language,
        VALUES: "\n".join(named_line(outcome.id, outcome.title) for outcome in content.outcomes),
    }
    return {name: text for name, text in rows.items() if text}


def losses(contents: Sequence[Content], rows: Sequence[Sequence[WrittenRow]]) -> list[str]:
    """Return what of a rule set its tables do not carry: a line for each kind, with the names of all."""
    ruleset = contents[0].ruleset
    found: dict[str, list[str]] = {}
    held = {row.rule.id for written in rows for row in written}
    for content in contents:
        for rule in content.rules:
            if rule.id not in held:
                found.setdefault("rules that hold for no answers", []).append(repr(rule.id))
    for part in ruleset.parts():
        if isinstance(part.value, Decision):
            if len(ruleset.decisions) > 1 and part.value.id not in [content.id for content in contents]:
                found.setdefault(_PLURALS[part.kind], []).append(repr(part.value.id))
            continue
        carried = _CARRIED.get(type(part.value))
        if carried is None:
            found.setdefault(_PLURALS[part.kind], []).append(repr(part.value.id))
            continue
        for name in _given(part.value):
            if name not in carried and name not in KINDS:
                what = f"{name} of {_PLURALS.get(part.kind, part.kind)}"
                found.setdefault(what, []).append(part.name.removeprefix(f"{part.kind} "))
    return [f"{what} {', '.join(names)}" for what, names in found.items()]


_PLURALS: Mapping[str, str] = {kind: plural for plural, kind in KINDS.items()} | {"option": "options"}


def _given(part: Any) -> Iterator[str]:
    """Yield the names of the attributes that have another value than their default."""
    for each in fields(part):
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        value = getattr(part, each.name)
        if each.init and value is not None and value != default:
            yield each.name

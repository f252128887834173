"""The rules that the rows of a decision table are: conditions, outcomes and reasons, with the cells they come from."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assessor.errors import Location, RuleSetError, did_you_mean
from assessor.logic.compiling.functions import cell_values, cuts_of
from assessor.model.answers import Answer, answers_text
from assessor.model.conditions import ALWAYS, AllOf, Comparison, Condition, Not
from assessor.model.questions.choices import Is
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import Decision
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.tables.decision_table import RULE_SET, VALUES, DecisionTable, Row
from assessor.tables.names import distinct_ids, id_of, named_lines, plain_text, words_of_id
from assessor.tables.reading.columns import AskedColumn
from assessor.tables.reading.conditions import condition_of, outcome_condition
from assessor.tables.reading.questions import known_columns
from assessor.tables.sheet import Problems
from assessor.tables.unary_tests import TestError, UnaryTests

# Each row is compared with each other one.
_MOST_COMPARED = 2_000
_SUPPORTED = ("FIRST", "UNIQUE", "ANY")


def outcomes_of(table: DecisionTable) -> dict[str, Outcome]:
    """Return the outcomes of a table, by what its cells call them, in the order of the table."""
    found: dict[str, Outcome] = {}
    declared = table.texts.get(VALUES)
    for name, title in named_lines(declared.text) if declared else ():
        found[name] = Outcome(name, title or words_of_id(name))
    texts = [text for row in _all_rows(table) if (text := plain_text(row.outcome.text)) not in found]
    for text, id in distinct_ids([*found, *texts], "outcome").items():
        found.setdefault(text, Outcome(id, words_of_id(text)))
    return found


def _all_rows(table: DecisionTable) -> Sequence[Row]:
    return [*table.rows, *([] if table.default is None else [table.default])]


def known_outcomes(table: DecisionTable, outcomes: Sequence[Outcome], problems: Problems) -> dict[str, Outcome]:
    """Return the author's outcomes by what the cells of a table call them: their ids, or their titles."""
    by_name = {each.title.casefold(): each for each in outcomes} | {each.id: each for each in outcomes}
    found: dict[str, Outcome] = {}
    for row in _all_rows(table):
        text = plain_text(row.outcome.text)
        outcome = by_name.get(text) or by_name.get(text.casefold())
        if outcome is None:
            known = [each.id for each in outcomes]
            problems.add(row.outcome.location, f"there is no outcome {text!r}.{did_you_mean(text, known)}")
        else:
            found[text] = outcome
    return found


def rules_of(
    table: DecisionTable,
    columns: Sequence[AskedColumn],
    outcomes: Mapping[str, Outcome],
    problems: Problems,
    decisions: Mapping[int, Decision] | None = None,
) -> list[Rule]:
    """Return the rules of a table, with their cells as locations. Neighbouring rows with one id are one rule.

    Args:
        table: The table.
        columns: Its columns, as far as they ask something.
        outcomes: The outcomes by what the cells call them.
        problems: Takes the mistakes, and rows that the hit policy does not allow.
        decisions: The earlier decisions of the rule set, by the identity of their tables. Without them, a column that
            reads one becomes a condition about the questions: when that comes to the outcomes.
    """
    decide = _reader_of_decisions(table, [each.question for each in columns], problems, decisions)
    read = [
        _ReadRow(row, conditions, outcomes[plain_text(row.outcome.text)])
        for row in table.rows
        if (conditions := _conditions(table, row, columns, decide, problems)) is not None
        and plain_text(row.outcome.text) in outcomes
    ]
    problems.refuse()
    _check_hit_policy(table, columns, read, problems)
    problems.refuse()
    if table.default is not None:
        # Where a row lets everything pass, nothing is left for it.
        is_needed = all(row.condition != ALWAYS for row in read)
        default = _ReadRow(table.default, (), outcomes[plain_text(table.default.outcome.text)])
        read += [default] if is_needed else []
    rules: list[Rule] = []
    firsts: dict[str, _ReadRow] = {}
    for rows in _rules(read, problems):
        first = rows[0]
        id = first.id
        if id and id in firsts:
            problems.add(
                first.row.id.location,
                f"rule {id!r} stands in {firsts[id].row.id.location.cell}, too; put the rows of one rule together",
            )
        firsts.setdefault(id, first)
        for other in rows[1:]:
            if other.outcome is not first.outcome or other.row.because.strip() not in ("", first.row.because.strip()):
                problems.add(
                    other.row.outcome.location,
                    f"rule {id!r} has another outcome or reason in {first.row.outcome.location.cell}; give the row "
                    "another id",
                )
        problems.refuse()
        because = first.row.because if first.row.because.strip() else _reason(table, first.row)
        try:
            rule = Rule(_joined(rows), first.outcome, because, id)
        except RuleSetError as error:
            problems.add(first.row.outcome.location, error.message)
            continue
        object.__setattr__(rule, "location", first.location(len(rows)))
        rules.append(rule)
    _check_last(rules, problems)
    problems.refuse()
    return rules


@dataclass(frozen=True)
class _ReadRow:
    """A row whose cells are conditions: each with its question and its cell. It has none where all pass.

    A cell about an earlier decision has no question.
    """

    row: Row
    conditions: Sequence[tuple[Question | None, Condition | None, Location]]
    outcome: Outcome

    @property
    def id(self) -> str:
        return id_of(plain_text(self.row.id.text))

    @property
    def condition(self) -> Condition:
        parts = [condition for _, condition, _ in self.conditions if condition is not None]
        return functools.reduce(operator.and_, parts) if parts else ALWAYS

    def location(self, rows: int) -> Location:
        """Return the place of the rule, with its cells unless it has several rows, whose cells ask the same."""
        cells = {
            question.id: place
            for question, condition, place in self.conditions
            if question is not None and condition is not None
        }
        return replace(self.row.location, cells=cells if rows == 1 else {})


def _reason(table: DecisionTable, row: Row) -> str:
    place = row.location.cell
    return f"{place[:1].upper()}{place[1:]} of {table.path.replace(chr(92), '/').rpartition('/')[2]} says so."


def decision_of(
    table: DecisionTable,
    questions: Sequence[Question],
    problems: Problems,
    decisions: Mapping[int, Decision] | None = None,
) -> Decision:
    """Return the decision that a table of several is.

    Args:
        table: The table.
        questions: The questions that its columns ask.
        problems: Takes the mistakes.
        decisions: The earlier decisions, as in `rules_of`.
    """
    columns = known_columns(table, questions, problems)
    problems.refuse()
    ((id, title),) = named_lines(table.texts[RULE_SET].text)[:1] if RULE_SET in table.texts else [("", "")]
    title = title or table.name
    rules = rules_of(table, columns, outcomes_of(table), problems, decisions)
    return Decision(id or id_of(title) or "earlier", title or words_of_id(id), rules)


def _reader_of_decisions(
    table: DecisionTable,
    questions: Sequence[Question],
    problems: Problems,
    decisions: Mapping[int, Decision] | None,
) -> Callable[[DecisionTable, UnaryTests], Condition | None]:
    """Return what reads a cell about an earlier decision."""
    tables = [column.decision for column in table.columns if column.decision is not None]
    if decisions is not None:
        return lambda earlier, tests: outcome_condition(decisions[id(earlier)], tests)
    read = {id(earlier): decision_of(earlier, questions, problems) for earlier in tables}

    def written_out(earlier: DecisionTable, tests: UnaryTests) -> Condition | None:
        condition = outcome_condition(read[id(earlier)], tests)
        return None if condition is None else condition.written_out

    return written_out


def _conditions(
    table: DecisionTable,
    row: Row,
    columns: Sequence[AskedColumn],
    decide: Callable[[DecisionTable, UnaryTests], Condition | None],
    problems: Problems,
) -> list[tuple[Question | None, Condition | None, Location]] | None:
    asked = {id(each.column): each for each in columns}
    found: list[tuple[Question | None, Condition | None, Location]] = []
    is_readable = True
    for column, tests, place in zip(table.columns, row.tests, row.places, strict=True):
        if id(column) not in asked and column.decision is None:
            continue
        try:
            if column.decision is not None:
                found.append((None, decide(column.decision, tests), place))
            else:
                found.append((asked[id(column)].question, condition_of(asked[id(column)], tests), place))
        except TestError as error:
            problems.add(place, str(error))
            is_readable = False
        except RuleSetError as error:
            problems.add(place, error.message)
            is_readable = False
    return found if is_readable else None


def _rules(rows: Sequence[_ReadRow], problems: Problems) -> Iterator[list[_ReadRow]]:
    """Yield the rows of each rule."""
    group: list[_ReadRow] = []
    for row in rows:
        text = plain_text(row.row.id.text)
        if text and not row.id:
            problems.add(row.row.id.location, f"{text!r} cannot be an id; write letters and digits joined by hyphens")
        if group and not (row.id and row.id == group[0].id):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _joined(rows: Sequence[_ReadRow]) -> Condition:
    conditions = [row.condition for row in rows]
    if ALWAYS in conditions:
        return ALWAYS
    return functools.reduce(operator.or_, conditions)


def _check_last(rules: Sequence[Rule], problems: Problems) -> None:
    """Refuse rows below one that lets everything pass, before the rule set does, which knows no cells."""
    for place, rule in enumerate(rules[:-1]):
        if rule.when == ALWAYS:
            after = rules[place + 1].location
            problems.add(
                after, f"this row can never decide: all answers pass in {rule.location.cell}; move that to the end"
            )


def _check_hit_policy(
    table: DecisionTable, columns: Sequence[AskedColumn], rows: Sequence[_ReadRow], problems: Problems
) -> None:
    """Refuse a hit policy that decides otherwise than the first row that holds.

    Each row is a box: a set of answers for each question. Two boxes share answers if their sets do for every question.
    """
    policy = table.hit_policy.text
    if policy not in _SUPPORTED:
        problems.add(
            table.hit_policy.location,
            f"the hit policy {policy!r} is not supported: here, the first row that holds decides; use FIRST, UNIQUE or "
            "ANY",
        )
    if policy not in ("UNIQUE", "ANY"):
        return
    if len(rows) > _MOST_COMPARED:
        problems.add(
            table.hit_policy.location,
            f"{len(rows):,} rows are too many to prove the hit policy {policy}; use FIRST, where the upper row "
            "goes first",
        )
        return
    cuts = cuts_of(row.condition for row in rows)
    values = {each.question.id: cell_values(each.question, cuts.get(each.question.id, ())) for each in columns}
    boxes = [
        {
            question.id: frozenset(at for at, value in enumerate(values[question.id]) if _passes(condition, value))
            for question, condition, _ in row.conditions
            if question is not None and condition is not None
        }
        for row in rows
    ]
    for (one, first), (other, second) in combinations(zip(rows, boxes, strict=True), 2):
        if policy == "ANY" and one.outcome is other.outcome:
            continue
        both = {**first, **second, **{name: first[name] & second[name] for name in first.keys() & second.keys()}}
        if all(both.values()):
            example = {name: values[name][min(cells)] for name, cells in both.items()}
            how = "both hold" if policy == "UNIQUE" else "hold with another outcome each"
            problems.add(
                other.row.location,
                f"the hit policy is {policy}, but this row and {one.row.location.cell} {how} for "
                f"{_in_line(example)}; correct one, or set the hit policy FIRST if the upper row goes first",
            )


def _in_line(answers: Mapping[str, Answer]) -> str:
    return ", ".join(answers_text(answers).splitlines()) or "all answers"


def _passes(condition: Condition, answer: Answer) -> bool:
    """Return whether an answer meets a condition about its question alone."""
    if isinstance(condition, YesNo):
        return answer is True
    if isinstance(condition, Comparison):
        assert isinstance(answer, (float, str))
        return bool(answer >= condition.cut) == condition.holds_above
    if isinstance(condition, Is):
        return answer in condition.options
    held = [_passes(part, answer) for part in condition.parts]
    if isinstance(condition, Not):
        return not held[0]
    return all(held) if isinstance(condition, AllOf) else any(held)

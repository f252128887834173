"""The rules that the rows of a decision table are: conditions, outcomes and reasons, with the cells they come from."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence

from assessor.errors import Location, RuleSetError, did_you_mean
from assessor.model.conditions import ALWAYS, Condition
from assessor.model.questions.question import Question
from assessor.model.rules.decisions import Decision
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.tables.decision_table import RULE_SET, VALUES, DecisionTable, Row
from assessor.tables.names import distinct_ids, id_of, named_lines, plain_text, words_of_id
from assessor.tables.reading.columns import AskedColumn
from assessor.tables.reading.conditions import condition_of, outcome_condition
from assessor.tables.reading.questions import known_columns
from assessor.tables.reading.rows import ReadRow, check_hit_policy
from assessor.tables.sheet import Problems
from assessor.tables.unary_tests import TestError, UnaryTests


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
        outcome = by_name.get(text, by_name.get(text.casefold()))
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
        ReadRow(row, conditions, outcomes[plain_text(row.outcome.text)])
        for row in table.rows
        if (conditions := _conditions(table, row, columns, decide, problems)) is not None
        and plain_text(row.outcome.text) in outcomes
    ]
    problems.refuse()
    check_hit_policy(table, columns, read, problems)
    problems.refuse()
    if table.default is not None:
        # Where a row lets everything pass, nothing is left for it.
        is_needed = all(row.condition != ALWAYS for row in read)
        default = ReadRow(table.default, (), outcomes[plain_text(table.default.outcome.text)])
        read += [default] if is_needed else []
    rules: list[Rule] = []
    firsts: dict[str, ReadRow] = {}
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
    if decisions is not None:
        return lambda earlier, tests: outcome_condition(decisions[id(earlier)], tests)
    tables = (column.decision for column in table.columns if column.decision is not None)
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


def _rules(rows: Sequence[ReadRow], problems: Problems) -> Iterator[list[ReadRow]]:
    """Yield the rows of each rule."""
    group: list[ReadRow] = []
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


def _joined(rows: Sequence[ReadRow]) -> Condition:
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

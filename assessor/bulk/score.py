"""Score a file of answers: its rows in, and what the rules say of each out, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow

from assessor.bulk.evaluation import Evaluator
from assessor.bulk.files import Source, errors_of, format_of, open_table, write_table
from assessor.bulk.many import KINDS, PER_DECISION, ManyAssessments, ManyVerdicts, assess_columns
from assessor.errors import TableError, did_you_mean, nearest
from assessor.logic.compiling.compile import compile_ruleset
from assessor.model.ruleset import RuleSet

_TEXT = pyarrow.string()
_TEXTS = pyarrow.list_(_TEXT)
_RESULTS: Mapping[str, pyarrow.DataType] = {
    "outcome": _TEXT,
    "settled": pyarrow.bool_(),
    "possible": _TEXTS,
    "rule": _TEXT,
    "next": _TEXT,
    "actions": _TEXTS,
    "error": _TEXT,
}


@dataclass
class Score:
    """The result of scoring a file.

    Attributes:
        rows: The number of rows.
        settled: How many of them have a settled outcome, in every decision.
        errors: How many of them have a value that does not fit.
        first_error: The first of these: its row, counted from 1, and what is wrong.
        open: The questions without a column: open in each row.
        keys: The columns that are not questions, which the output keeps.
        warning: What the reader should know of the file.
    """

    rows: int = 0
    settled: int = 0
    errors: int = 0
    first_error: tuple[int, str] | None = None
    open: Sequence[str] = ()
    keys: Sequence[str] = ()
    warning: str = ""


def result_columns(ruleset: RuleSet) -> dict[str, pyarrow.DataType]:
    """Return the columns that scoring gives, with their types."""
    decisions = {f"{each.id}_{key}": _RESULTS[key] for each in ruleset.decisions[1:] for key in PER_DECISION}
    estimates = {f"{each.id}_{kind}": pyarrow.float64() for each in ruleset.estimates for kind in KINDS}
    return {**_RESULTS, **decisions, **estimates}


def score_file(
    ruleset: RuleSet,
    source: Path,
    target: Path,
    *,
    kind: str | None = None,
    columns: Sequence[str] = (),
    progress: Callable[[int, int | None], None] = lambda done, of: None,
) -> Score:
    """Score a file of answers.

    Args:
        ruleset: The rule set.
        source: The file: a column for each answered question, and others, which the output keeps.
        target: The file to write, whole or not at all.
        kind: The format to write; by default as the name of the target ends.
        columns: The columns to write; by default all that are no question, and all results.
        progress: Receives the number of finished rows, and of all rows, if known.

    Raises:
        TableError: If reading or writing a file fails, or if its columns don't fit.
        RuleSetError: If the rule set is too large to compile.
    """
    kind = kind or format_of(target)
    table = open_table(source, ruleset.questions)
    chosen = _chosen(ruleset, source, table, columns)
    known = {question.id for question in ruleset.questions}
    score = Score(
        open=[question.id for question in ruleset.questions if question.id not in table.names],
        keys=[name for name in table.names if name not in known],
        warning=table.warning,
    )
    schema = pyarrow.schema([(name, _written(type_, kind)) for name, type_ in chosen.items()])
    scored = _scored(ruleset, source, table, schema, score, progress=progress)
    write_table(target, kind, schema, scored)
    return score


def _written(type_: pyarrow.DataType, kind: str) -> pyarrow.DataType:
    """Return the type for writing a column: CSV has no lists."""
    return _TEXT if type_ == _TEXTS and kind == "csv" else type_


def _chosen(ruleset: RuleSet, path: Path, table: Source, columns: Sequence[str]) -> dict[str, pyarrow.DataType]:
    """Return the columns to write, with their types."""
    questions = [question.id for question in ruleset.questions]
    twice = sorted({name for name in table.names if list(table.names).count(name) > 1})
    if twice:
        raise TableError(f"{path}: two columns have the name {twice[0]!r}; rename one")
    if not set(questions).intersection(table.names):
        hint = next((f" Did you mean {meant!r}?" for name in table.names if (meant := nearest(name, questions))), "")
        raise TableError(
            f"{path}: no column is a question of {ruleset.id!r}.{hint} The columns are {_listed(table.names)}; "
            f"the questions are {_listed(questions)}"
        )
    results = result_columns(ruleset)
    keys = {field.name: field.type for field in table.schema if field.name not in questions}
    known = {**keys, **results}
    for name in columns:
        if name in questions:
            raise TableError(f"--columns: {name!r} is a question; the output does not repeat answers")
        if name not in known:
            raise TableError(f"--columns: there is no column {name!r}.{did_you_mean(name, known)}")
    chosen = list(dict.fromkeys(columns)) or [*keys, *results]
    if "" in chosen:
        number = table.names.index("") + 1
        raise TableError(f"{path}: column {number} has no name; name it in the file, or choose others with --columns")
    folded: dict[str, str] = {}
    for name in [*(key for key in keys if key in chosen), *(each for each in results if each in chosen)]:
        other = folded.setdefault(name.lower(), name)
        is_key_again = name in keys and name in results
        if other != name or is_key_again:
            what = "is also the name of a result" if name in results else f"differs from {other!r} in case only"
            raise TableError(f"{path}: column {other if name in results else name!r} {what}; rename it in the file")
    return {name: known[name] for name in chosen}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names[:6])) + (", …" if len(names) > 6 else "")


def _scored(
    ruleset: RuleSet,
    path: Path,
    table: Source,
    schema: pyarrow.Schema,
    score: Score,
    *,
    progress: Callable[[int, int | None], None],
) -> Iterator[pyarrow.RecordBatch]:
    """Yield the output, and count."""
    evaluator = Evaluator(ruleset)
    known = {question.id for question in ruleset.questions}
    batches = iter(table.batches)
    while True:
        with errors_of(path):
            batch = next(batches, None)
        if batch is None:
            return
        given = dict(zip(table.names, batch.columns, strict=True))
        answered = {name: column for name, column in given.items() if name in known}
        many = assess_columns(evaluator, answered, batch.num_rows, table.parse)
        results = _Results(ruleset, many)
        yield pyarrow.record_batch(
            [results.column(f.name, f.type) if f.name not in given else given[f.name] for f in schema], schema=schema
        )
        if many.errors and score.first_error is None:
            row, problem = next(iter(many.errors.items()))
            score.first_error = (score.rows + row + 1, problem)
        score.rows += batch.num_rows
        score.errors += len(many.errors)
        are_settled = np.ones(batch.num_rows, np.bool_)
        decisions: list[ManyAssessments | ManyVerdicts] = [many, *many.decisions.values()]
        for each in decisions:
            # A row with an error has the last one.
            settled = np.asarray([*(verdict.settled for verdict in each.verdicts), False], np.bool_)
            are_settled &= settled[each.verdict_of]
        score.settled += int(np.count_nonzero(are_settled))
        progress(score.rows, table.rows)
        if evaluator.is_full:
            evaluator = Evaluator(ruleset)


class _Results:
    """The results of a batch, as Arrow columns."""

    def __init__(self, ruleset: RuleSet, many: ManyAssessments) -> None:
        self._questions = [question["id"] for question in compile_ruleset(ruleset)["questions"]]
        self._many = many

    def column(self, name: str, type_: pyarrow.DataType) -> pyarrow.Array:
        """Return a column."""
        many = self._many
        if name == "error":
            problems = np.full(len(many), None, object)
            for row, problem in many.errors.items():
                problems[row] = problem
            return pyarrow.array(problems, type_)
        if name == "next":
            return _taken(self._questions, many.next_of, type_)
        if name == "actions":
            used, places = np.unique(many.actions_of, return_inverse=True)
            lists = [list(many.actions[each]) if each >= 0 else None for each in used.tolist()]
            return _taken(lists, places, type_)
        if name in _RESULTS:
            return _decided(many, name, type_)
        id, _, kind = name.rpartition("_")
        if kind in PER_DECISION:
            return _decided(many.decisions[id], kind, type_)
        values = many.estimates[id][KINDS.index(kind)]
        return pyarrow.array(values, type_, mask=np.isnan(values))


def _decided(many: ManyAssessments | ManyVerdicts, key: str, type_: pyarrow.DataType) -> pyarrow.Array:
    """Return a column of a decision."""
    found = [getattr(each, key) for each in many.verdicts]
    return _taken([list(each) if isinstance(each, tuple) else each for each in found], many.verdict_of, type_)


def _taken(values: Sequence[Any], places: Any, type_: pyarrow.DataType) -> pyarrow.Array:
    """Return a column of values by their positions; null where a position is negative."""
    if type_ == _TEXT:
        # Ids have no spaces.
        values = [" ".join(each) if isinstance(each, list) else each for each in values]
    return pyarrow.array(values, type_).take(pyarrow.array(places, mask=places < 0))

"""Measure how many rows a second are assessed in bulk: the peers' decision, on complete answers and with 30% open.

The engines take turns, so that other load on the machine affects all of them. Beside each median stand the quartiles of
the rounds; how many times as fast ours is comes from pairs of the same round.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow

from assessor import Choice, Question, RuleSet, YesNo, assess, assess_many
from assessor.bulk.columns import read_column
from assessor.bulk.evaluation import Evaluator
from assessor.bulk.many import assess_columns
from assessor.export.sql import to_sql
from assessor.logic.compiling.compile import compile_ruleset
from benchmarks.assessing.answers import complete_answers
from benchmarks.peers.decision import peers_ruleset
from benchmarks.peers.evaluations import ENGINES, version_of, with_version
from benchmarks.table import Part, Row, short

ROWS = 500_000
"""The rows that ours are measured with: `DISTINCT` ones, over and over."""
DISTINCT = 100_000
QUERIED = 50_000
"""The rows that DuckDB is measured with."""
FEW = 2_000
"""The rows that engines for one row are measured with, in several passes."""
COMPARED = 300
"""The rows whose rule is compared with what `assess` says, before anything is timed."""
ROUNDS = 9
OPEN = 0.3

Rules = Sequence[str | None]
"""The id of the rule that fires for each row; None if more than one may."""


@dataclass(frozen=True)
class _Engine:
    """Something that assesses rows.

    Attributes:
        name: What it is.
        rows: How many rows a run assesses.
        run: Assesses them, and returns what it found, in whatever form is quickest.
        rules: Makes the rules of it.
    """

    name: str
    rows: int
    run: Callable[[], Any]
    rules: Callable[[Any], Rules]


def parts() -> list[Part]:
    """Measure, and return the figures on complete answers and on open ones."""
    ruleset = peers_ruleset()
    answers = complete_answers(ruleset, DISTINCT, seed=1)
    rng = random.Random(2)
    with_open = [{name: each for name, each in given.items() if rng.random() >= OPEN} for given in answers]
    complete = [
        *_ours(ruleset, answers),
        _duckdb(ruleset, answers, complete=False),
        _duckdb(ruleset, answers, complete=True),
    ]
    missing = []
    for name, passes in _PEERS.items():
        try:
            complete.append(_peer(name, answers[:FEW], passes))
        except ImportError as error:  # a peer that is missing is one row of the table
            missing.append(Row(name, None, str(error)))
    on_complete = _part("bulk, complete answers", complete, ruleset, answers)
    on_open = [*_ours(ruleset, with_open), _duckdb(ruleset, with_open, complete=False)]
    return [
        replace(on_complete, rows=[*on_complete.rows, *missing]),
        _part("bulk, 30% open", on_open, ruleset, with_open),
    ]


def _part(title: str, engines: Sequence[_Engine], ruleset: RuleSet, answers: Sequence[dict[str, Any]]) -> Part:
    expected = [assess(ruleset, each)["rule"] for each in answers[:COMPARED]]
    for engine in engines:
        # This also warms it up.
        found = engine.rules(engine.run())[:COMPARED]
        assert list(found) == expected, f"{engine.name} decides differently"
    rates: list[list[float]] = [[] for _ in engines]
    for _ in range(ROUNDS):
        for engine, own in zip(engines, rates, strict=True):
            start = time.process_time()
            engine.run()
            own.append(engine.rows / (time.process_time() - start))
    rows = []
    for engine, own in zip(engines, rates, strict=True):
        is_ours = engine.name.startswith("ours")
        note = _quartiles(own)
        if not is_ours:
            pairs = [ours / theirs for ours, theirs in zip(rates[0], own, strict=True)]
            low, median, high = statistics.quantiles(pairs)
            note += f"; from raw columns {short(median)} ×, {short(low)} to {short(high)}"
        rows.append(Row(engine.name, statistics.median(own), note, is_ours=is_ours))
    return Part(title, "/s", rows, is_more_better=True)


def _quartiles(rates: Sequence[float]) -> str:
    low, _, high = statistics.quantiles(rates)
    scale, prefix = (1e6, "M") if high >= 1e6 else (1e3, "k")
    return f"{short(low / scale)} to {short(high / scale)} {prefix}/s"


def _ours(ruleset: RuleSet, answers: Sequence[dict[str, Any]]) -> list[_Engine]:
    columns = _columns(ruleset, answers, ROWS)
    evaluator = Evaluator(ruleset)
    questions = compile_ruleset(ruleset)["questions"]
    cells = [
        read_column(question, entry, columns[question.id], None).cells
        for question, entry in zip(ruleset.questions, questions, strict=True)
    ]

    def by_cells(verdicts: Any) -> Rules:
        return [evaluator.verdicts[each].rule for each in verdicts[:COMPARED]]

    def by_table(many: Any) -> Rules:
        return [many.verdicts[each].rule for each in many.verdict_of[:COMPARED]]

    def first_table() -> Any:
        return assess_columns(Evaluator(ruleset), columns, ROWS)

    return [
        _Engine("ours: assess_many, raw columns", ROWS, lambda: assess_many(ruleset, columns), by_table),
        _Engine("ours: the same, the first table", ROWS, first_table, by_table),
        _Engine("ours: the same, cells", ROWS, lambda: evaluator.verdicts_of(cells, ROWS), by_cells),
    ]


def _duckdb(ruleset: RuleSet, answers: Sequence[dict[str, Any]], complete: bool) -> _Engine:
    connection = duckdb.connect(config={"threads": 1})
    connection.register("given", pyarrow.table(_columns(ruleset, answers, QUERIED)))
    connection.execute("CREATE TABLE answers AS SELECT * FROM given")
    query = f"SELECT rule FROM ({to_sql(ruleset, 'duckdb', complete=complete).rstrip()})"
    name = f"DuckDB {duckdb.__version__}, {'CASE of the rules' if complete else 'exact SQL'}, one thread"
    return _Engine(
        name,
        QUERIED,
        lambda: connection.sql(query).to_arrow_table(),
        lambda table: table["rule"][:COMPARED].to_pylist(),
    )


_PEERS = {"datalogic-py, parsed beforehand, in one batch": 100, "zen-engine, all its threads counted": 1}
"""The peers with how many passes over the few rows make a run."""


def _peer(name: str, answers: Sequence[dict[str, Any]], passes: int) -> _Engine:
    decide, given = ENGINES[name](answers)

    def run() -> Sequence[Any]:
        for _ in range(passes - 1):
            decide(given)
        return decide(given)

    # A batch returns JSON, with quotation marks around each id.
    versioned = with_version(name, version_of(name))
    return _Engine(versioned, passes * FEW, run, lambda found: [str(each).strip('"') for each in found])


def _columns(ruleset: RuleSet, answers: Sequence[dict[str, Any]], rows: int) -> dict[str, pyarrow.Array]:
    """Return the answers over and over, as columns of so many rows; choices are encoded as categories."""
    columns = {}
    for question in ruleset.questions:
        values = pyarrow.array([each.get(question.id) for each in answers], _type(question))
        column = pyarrow.concat_arrays([values] * -(-rows // len(answers))).slice(0, rows)
        columns[question.id] = column.dictionary_encode() if isinstance(question, Choice) else column
    return columns


def _type(question: Question) -> pyarrow.DataType:
    if isinstance(question, Choice):
        return pyarrow.string()
    return pyarrow.bool_() if isinstance(question, YesNo) else pyarrow.float64()

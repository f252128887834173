import math
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest

from assessor import (
    Action,
    Choice,
    Number,
    Outcome,
    Rule,
    RuleSet,
    Section,
    TableError,
    YesNo,
    all_of,
    assess_many,
    load_ruleset,
    otherwise,
)
from assessor.loading.reference import BUNDLED
from tests.support.engines import differences
from tests.support.tables import expected, random_rows, table_of

GO, STAY = Outcome("go", "Go"), Outcome("stay", "Stay")
READY = YesNo("ready", "Is it ready?")
PLACE = Choice("place", "Where?", {"here": "Here", "there": "There", "no": "Nowhere"})
SHARE = Number("share", "How much?", minimum=0, maximum=10)
RULES = RuleSet(
    "r",
    title="R",
    sections=[Section("s", "S", [READY, PLACE, SHARE])],
    outcomes=[GO, STAY],
    rules=[Rule(all_of(READY, PLACE.is_("here"), SHARE >= 0.3), GO, "so"), otherwise(STAY, "else")],
    actions=[Action("pack", "Pack", [GO])],
)


def test_more_rules_than_a_word_has_bits() -> None:
    questions = [YesNo(f"q-{number}", f"Is it {number}?") for number in range(40)]
    rules = [Rule(question, GO if number % 2 else STAY, "so") for number, question in enumerate(questions)]
    ruleset = RuleSet("many", title="Many", sections=[Section("s", "S", questions)], outcomes=[GO, STAY], rules=rules)
    assert not differences(ruleset, random_rows(random.Random(4), ruleset, 100, 0.8))


@pytest.mark.parametrize(
    "table",
    [
        {"ready": [True, None], "place": ["here", "there"], "share": [0.3, None]},
        {"ready": np.array([True, False]), "place": np.array(["here", "there"]), "share": np.array([0.3, 2])},
        {"ready": np.ma.array([True, True], mask=[False, True]), "share": np.array([1, 2], np.int8)},
        pandas.DataFrame({"ready": [True, False], "place": ["here", None], "share": [0.3, None]}),
        polars.DataFrame({"ready": [True, None], "place": ["here", "there"], "share": [0.3, None]}),
        polars.DataFrame({"place": polars.Series(["here", None], dtype=polars.Categorical)}),
        {"place": pandas.Series(["here", None], dtype="category"), "share": polars.Series([1.5, None])},
        pyarrow.table({"share": pyarrow.array(["0.3", None]).cast(pyarrow.decimal128(5, 2)), "ready": [None, None]}),
        pyarrow.table({"ready": pyarrow.chunked_array([[True], [None]])}),
    ],
)
def test_tables_of_every_kind_are_read(table: Any) -> None:
    columns = table if isinstance(table, dict) else pyarrow.table(table).to_pydict()
    plain = {
        name: column.filled(None).tolist() if hasattr(column, "filled") and column.dtype == object else list(column)
        for name, column in columns.items()
    }
    for row, told in enumerate(assess_many(RULES, table).rows()):
        answers = {name: _python(values[row]) for name, values in plain.items()}
        assert told == expected(RULES, {name: value for name, value in answers.items() if value is not None})


def _python(value: Any) -> Any:
    if value is np.ma.masked or value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    value = value.item() if isinstance(value, np.generic) else value
    return float(value) if not isinstance(value, (bool, str)) else value


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("ready", [1, True], "is answered with true, false or null (don't know), not 1"),
        ("ready", np.array([1, 0]), "is answered with true, false or null (don't know), not 1"),
        ("place", ["hree", None], "has no option 'hree'. Did you mean 'here'?"),
        ("place", pyarrow.array(["hree", None]), "has no option 'hree'"),
        ("place", np.array([1.5, 2]), "is answered with one of here, there, no"),
        ("share", [10.1, 2], "takes a number from 0 to 10, not 10.1"),
        ("share", np.array([np.nan, 2]), "is answered with a number or null (don't know), not nan"),
        ("share", pyarrow.array([float("inf"), None]), "is answered with a number or null (don't know), not inf"),
        ("share", ["1", 2], "is answered with a number or null (don't know), not '1'"),
        ("share", np.array([True, False]), "is answered with a number or null (don't know), not True"),
    ],
)
def test_a_row_that_does_not_fit_is_told_and_has_no_verdict(column: str, values: Any, message: str) -> None:
    many = assess_many(RULES, {column: values})
    first = next(iter(many.rows()))
    assert message in first.pop("error")
    assert set(first.values()) == {None}
    assert many.verdict_of[0] == -1
    assert 0 in many.errors


def test_a_row_with_two_mistakes_tells_both() -> None:
    (told,) = assess_many(RULES, {"place": ["x"], "share": [11]}).rows()
    assert "question 'place' has no option" in told["error"]
    assert "question 'share' takes a number" in told["error"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"raedy": [True]}, "column 'raedy' is not a question of 'r'. Did you mean 'ready'?"),
        ({"ready": [True], "share": [1, 2]}, "the columns differ in length: ready has 1, share has 2"),
        ([True], "a table is a mapping of question ids to columns, or a data frame, not list"),
        ({"ready": np.array([[True]])}, "a column has one dimension, not 2"),
    ],
)
def test_a_table_that_is_none_is_refused(table: Any, message: str) -> None:
    with pytest.raises(TableError, match=message.replace("(", r"\(").replace("?", r"\?")):
        assess_many(RULES, table)


MOVED = Choice("place", "Where?", {"here": "H", "there": "T"}, formerly={"here": "no"}, retired=["moon"])
NEW_QUESTIONS = [
    YesNo("ready", "Is it ready?", formerly=["done"]),
    MOVED,
    Number("count", "How many?", minimum=0, maximum=2**54, step=1),
]
RENAMED = RuleSet(
    "r",
    title="R",
    sections=[Section("s", "S", NEW_QUESTIONS)],
    outcomes=[GO, STAY],
    rules=[Rule(MOVED.is_("here"), GO, "so"), otherwise(STAY, "else")],
)


def test_former_ids_count_as_the_present_ones() -> None:
    rows: list[dict[str, Any]] = [{"done": True, "place": "no"}, {"done": False, "place": "moon"}, {"place": "there"}]
    columns = {name: [row.get(name) for row in rows] for name in ("done", "place")}
    for table in (columns, pyarrow.table(columns)):
        found = list(assess_many(RENAMED, table).rows())
        assert found == [expected(RENAMED, row) for row in rows]
        assert [row["outcome"] for row in found] == ["go", None, "stay"]


def test_two_columns_of_one_question_are_refused() -> None:
    with pytest.raises(TableError, match="column 'done' answers question 'ready', and so does another"):
        assess_many(RENAMED, {"ready": [True], "done": [True]})


@pytest.mark.parametrize("values", [[1.5, 2, None], np.array([1.5, 2, 3]), pyarrow.array([1.5, 2, None])])
def test_a_question_for_whole_numbers_takes_no_fraction(values: Any) -> None:
    many = assess_many(RENAMED, {"count": values})
    assert list(many.errors) == [0]
    assert "takes a whole number from 0 to" in many.errors[0]


def test_a_table_without_rows_has_no_assessments() -> None:
    assert list(assess_many(RULES, {"ready": []}).rows()) == []
    assert list(assess_many(RULES, {}).rows()) == []


def test_what_is_forgotten_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    guide = load_ruleset(BUNDLED)
    answers = {each.id: [None, False, True] for each in guide.questions if isinstance(each, YesNo)}
    table = {name: pyarrow.array(rng.choice(np.array(values), 40_000)) for name, values in answers.items()}
    remembered = assess_many(guide, table)
    expected_next, expected_actions = remembered.next_of, [remembered.actions[each] for each in remembered.actions_of]
    monkeypatch.setattr("assessor.bulk.evaluation._MOST_KEYS", 10)
    _forget_what_was_learnt()
    forgetful = assess_many(guide, table)
    assert np.array_equal(forgetful.next_of, expected_next)
    assert [forgetful.actions[each] for each in forgetful.actions_of] == expected_actions


@pytest.mark.parametrize("openness", [0.3, 0.9])
def test_rows_beyond_the_table_of_states_get_what_the_others_get(
    monkeypatch: pytest.MonkeyPatch, openness: float
) -> None:
    guide = load_ruleset(BUNDLED)
    table = table_of(guide, random_rows(random.Random(6), guide, 3_000, openness)).drop(["row_id"])
    by_states = list(assess_many(guide, table).rows())
    monkeypatch.setattr("assessor.bulk.evaluation._MOST_ENTRIES", 10)
    monkeypatch.setattr("assessor.bulk.evaluation._BLOCK", 100)
    _forget_what_was_learnt()
    assert list(assess_many(guide, table).rows()) == by_states


def _forget_what_was_learnt() -> None:
    # Only what the last rule set needed is kept.
    assess_many(RULES, {})


def test_tables_of_one_rule_set_give_the_same_together_as_alone() -> None:
    guide = load_ruleset(BUNDLED)
    tables = [
        table_of(guide, random_rows(random.Random(seed), guide, 400, seed / 10)).drop(["row_id"]) for seed in range(8)
    ]
    alone = []
    for table in tables:
        _forget_what_was_learnt()
        alone.append(list(assess_many(guide, table).rows()))
    _forget_what_was_learnt()
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda table: list(assess_many(guide, table).rows()), tables)) == alone


@pytest.mark.parametrize("start", [1, 7, 8, 13])
def test_a_slice_of_arrow_columns_is_read_where_it_begins(start: int) -> None:
    rows = random_rows(random.Random(7), RULES, 60, 0.4)
    table = table_of(RULES, rows).drop(["row_id"])
    encoded = table.set_column(1, "place", table["place"].combine_chunks().dictionary_encode())
    for each in (table, encoded):
        assert list(assess_many(RULES, each[start:]).rows()) == [expected(RULES, answers) for answers in rows[start:]]


def test_what_stands_in_place_of_nulls_means_nothing() -> None:
    valid = pyarrow.py_buffer(b"\x02")
    place = pyarrow.DictionaryArray.from_arrays(
        pyarrow.Array.from_buffers(pyarrow.int8(), 2, [valid, pyarrow.py_buffer(b"\x63\x00")]), ["here"]
    )
    share = pyarrow.Array.from_buffers(pyarrow.float64(), 2, [valid, pyarrow.py_buffer(np.array([99.0, 1.0]))])
    ready = pyarrow.Array.from_buffers(pyarrow.bool_(), 2, [valid, pyarrow.py_buffer(b"\x03")])
    found = list(assess_many(RULES, {"place": place, "share": share, "ready": ready}).rows())
    assert found == [expected(RULES, {}), expected(RULES, {"place": "here", "share": 1.0, "ready": True})]


def test_hundreds_of_distinct_values_are_told_apart() -> None:
    values = [f"x-{number}" for number in range(400)] + ["here", None, "there"]
    for column in (values, pyarrow.array(values), np.array(values, object)):
        many = assess_many(RULES, {"place": column})
        assert list(many.errors) == list(range(400))
        assert "has no option 'x-399'" in many.errors[399]
        assert [row["outcome"] for row in list(many.rows())[400:]] == [None, None, "stay"]
    numbers = [value / 100 for value in range(1_000)]
    assert [row["outcome"] for row in assess_many(RULES, {"share": numbers}).rows()] == ["stay"] * 30 + [None] * 970


def test_arrays_that_change_later_change_nothing() -> None:
    ready, share = np.array([True]), np.array([1.0])
    many = assess_many(RULES, {"ready": ready, "place": ["here"], "share": share})
    ready[0], share[0] = False, 0
    assert next(many.rows()) == expected(RULES, {"ready": True, "place": "here", "share": 1.0})

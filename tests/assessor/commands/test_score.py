import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import ipc, parquet

from tests.support.scoring import CSV, RULES, run, score_command, write_large


def rows_of(name: str) -> list[dict[str, Any]]:
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in Path(name).read_text().splitlines()]
    if name.endswith(".arrow"):
        return ipc.open_file(name).read_all().to_pylist()  # type: ignore[no-any-return]
    return parquet.read_table(name).to_pylist()  # type: ignore[no-any-return]


def test_csv_is_scored_to_csv_on_standard_output(folder: Path) -> None:
    result = run("in.csv")
    assert result.exit_code == 0
    assert result.stdout == (
        "id,note,outcome,settled,possible,rule,next,actions,error,cost_low,cost_likely,cost_high\n"
        '1,"a, b",go,true,go,rule-1,,pack call,,0.6,0.6,0.6\n'
        "2,,stay,true,stay,otherwise,,call,,,,\n"
        '3,,stay,true,stay,otherwise,,"",,0.58,0.58,0.58\n'
        "4,x,,,,,,,\"question 'place' has no option 'hree'. Did you mean 'here'?; "
        "question 'share' takes a number from 0 to 10, not 11\",,,\n"
    )
    assert "4 rows: 3 settled, 1 with an error; the first is row 4: question 'place'" in result.stderr


@pytest.mark.parametrize("name", ["out.parquet", "out.jsonl", "out.arrow"])
def test_every_format_is_written(folder: Path, name: str) -> None:
    assert run("in.csv", "--to", name).exit_code == 0
    first, *_, last = rows_of(name)
    assert (first["id"], first["outcome"], first["possible"], first["actions"]) == ("1", "go", ["go"], ["pack", "call"])
    assert (first["settled"], first["cost_likely"]) == (True, 0.6)
    assert last["possible"] is None
    assert "no option 'hree'" in last["error"]
    assert not list(folder.glob(".*.tmp"))


def test_every_format_is_read(folder: Path) -> None:
    table = pyarrow.table(
        {"id": [7, 8, 9], "ready": [True, None, False], "place": ["here", "here", None], "share": [0.3, 1.0, None]}
    )
    parquet.write_table(table, "in.parquet")
    with ipc.new_file("in.arrow", table.schema) as writer:
        writer.write_table(table)
    Path("in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table.to_pylist()))
    found = []
    for name in ("in.parquet", "in.arrow", "in.jsonl"):
        assert run(name, "--to", "out.parquet").exit_code == 0
        found.append(rows_of("out.parquet"))
    assert found[0] == found[1] == found[2]
    assert [(row["id"], row["outcome"], row["next"]) for row in found[0]] == [
        (7, "go", None),
        (8, None, "ready"),
        (9, "stay", None),
    ]


def test_json_tells_texts_from_booleans_and_numbers(folder: Path) -> None:
    Path("in.jsonl").write_text('{"ready": "true"}\n{"share": "1"}\n{"place": false, "late": 1}\n{"ready": null}\n')
    assert run("in.jsonl", "--to", "out.jsonl").exit_code == 0
    rows = rows_of("out.jsonl")
    assert ["not 'true'" in str(rows[0]["error"]), "not '1'" in str(rows[1]["error"])] == [True, True]
    assert "not False" in rows[2]["error"]
    assert (rows[2]["late"], rows[3].get("error")) == (1, None)


def test_strict_exits_with_1_where_a_row_has_an_error(folder: Path) -> None:
    assert run("in.csv", "--strict").exit_code == 1
    Path("good.csv").write_text("ready\ntrue\n")
    assert run("good.csv", "--strict").exit_code == 0


def test_columns_are_chosen(folder: Path) -> None:
    assert run("in.csv", "--columns", "outcome,id").stdout.splitlines()[:2] == ["outcome,id", "go,1"]


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (CSV, ["--columns", "outcom"], "there is no column 'outcom'. Did you mean 'outcome'?"),
        (CSV, ["--columns", "ready"], "'ready' is a question"),
        ("Outcome,ready\n1,true\n", [], "column 'Outcome' is also the name of a result; rename it in the file"),
        ("a,b\n1,2\n", [], "no column is a question of 'r'"),
        ("ready,ready\ntrue,true\n", [], "two columns have the name 'ready'"),
        ("ready,place\ntrue,here\ntrue\n", [], "in.csv: line 3: Expected Number of Columns: 2 Found: 1\n"),
        ("ready,place\ntrue,here,1\n", [], "in.csv: line 2: Expected Number of Columns: 2 Found: 3\n"),
        ('ready,place\ntrue,"here\nfalse,no\n', [], "in.csv: line 2: Value with unterminated quote found."),
        ("ready,id\ntrue,1\r\nfalse,2\n", [], "it may mix line endings"),
        ("\nready\ntrue\n", [], "the first line has to name the columns"),
        (",ready\n1,true\n", [], "column 1 has no name; name it in the file, or choose others with --columns"),
        ("id, ready\n1,true\n", [], "The columns are 'id', ' ready'; the questions are 'ready', 'place', 'share'"),
        ("", [], "the first line has to name the columns"),
        (CSV, ["--to", "out.xlsx"], "the end of its name is not that of a known format"),
        (CSV, ["--to", "nowhere/out.csv"], "No such file or directory"),
    ],
)
def test_bad_usage_and_input_exit_with_2(folder: Path, text: str, arguments: list[str], message: str) -> None:
    Path("in.csv").write_text(text)
    result = run("in.csv", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("rows", [0, 20_000])
def test_a_csv_that_is_not_utf_8_is_refused(folder: Path, rows: int) -> None:
    Path("in.csv").write_bytes(b"ready,note\n" + b"true,x\n" * rows + b"true,caf\xe9\n")
    result = run("in.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: in.csv: the text is not UTF-8; save the file as UTF-8\n"


def test_columns_without_a_name_can_be_left_out(folder: Path) -> None:
    Path("in.csv").write_text(",ready\n1,false\n")
    assert run("in.csv", "--columns", "outcome").stdout == "outcome\nstay\n"


def test_a_misspelt_question_is_told(folder: Path) -> None:
    Path("in.csv").write_text("raedy,place\ntrue,here\n")
    assert "column 'raedy' is not a question of 'r'. Did you mean 'ready'?" in run("in.csv").stderr


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_blank_lines_of_a_single_column_are_rows(folder: Path, newline: str) -> None:
    Path("in.csv").write_bytes(newline.join(["ready", "true", "", "", "false", "", ""]).encode())
    assert run("in.csv", "--to", "out.parquet").exit_code == 0
    assert [row["outcome"] for row in rows_of("out.parquet")] == [None, None, None, "stay", None]


@pytest.mark.slow
def test_no_blank_line_of_a_large_file_is_lost(folder: Path) -> None:
    # DuckDB reads files in parts of tens of megabytes.
    Path("in.csv").write_text("ready\n" + "\ntrue\n\n\nfalse\n" * 4_000_000)
    assert "20,000,000 rows: 4,000,000 settled" in run("in.csv", "--columns", "outcome", "--to", "out.parquet").stderr


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('note,ready\n"a\nb",true\n"c\r\nd",true\n', [{"note": "a\nb"}, {"note": "c\r\nd"}]),
        ('"a\n""b""",ready\n1,true\n', [{'a\n"b"': "1"}]),
        ("\ufeffid,ready\n1,true\n", [{"id": "1"}]),
        ("\ufeffready\ntrue\n", [{}]),
        ("id,ready\r\n1,true\r\n2,true\r\n", [{"id": "1"}, {"id": "2"}]),
        ("id;ready\n1,5;true\n", [{"id": "1,5"}]),
        ("id,ready\n1,true", [{"id": "1"}]),
        ("id,ready\n", []),
        ("id,ready", []),
    ],
)
def test_every_kind_of_csv_keeps_its_keys_and_rows(folder: Path, text: str, keys: list[dict[str, str]]) -> None:
    Path("in.csv").write_bytes(text.encode())
    assert run("in.csv", "--to", "out.parquet").exit_code == 0
    results = {"outcome", "settled", "possible", "rule", "next", "actions", "error"}
    results |= {"cost_low", "cost_likely", "cost_high"}
    rows = rows_of("out.parquet")
    assert [{name: value for name, value in row.items() if name not in results} for row in rows] == keys
    assert [row["actions"] for row in rows] == [["call"]] * len(keys)


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal of POSIX")
def test_a_terminal_shows_a_bar_and_then_a_clean_line(folder: Path) -> None:
    write_large(200_000)
    ours, theirs = os.openpty()
    process = subprocess.Popen(score_command("out.csv"), stderr=theirs)
    os.close(theirs)
    shown = b""
    # On Linux, reading fails once the other end is closed.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 1 << 16):
            shown += part
    os.close(ours)
    assert process.wait(60) == 0
    clear = "\r\x1b[K"
    assert f"{clear}65,536 rows [#########---------------------] 33%{clear}" in shown.decode()
    *_, last = shown.decode().split(clear)
    assert last.splitlines()[0].startswith("without a column")
    assert last.splitlines()[1].startswith("200,000 rows: ")


def test_without_a_terminal_no_progress_is_shown(folder: Path) -> None:
    assert run("in.csv", "--to", "out.csv").stderr == (
        "4 rows: 3 settled, 1 with an error; the first is row 4: question 'place' has no option 'hree'. "
        "Did you mean 'here'?; question 'share' takes a number from 0 to 10, not 11\n"
    )


def test_the_mistakes_of_a_row_are_joined(folder: Path) -> None:
    Path("in.csv").write_text("place,share\nmoon,11\n")
    assert "has no option 'moon'. Known: 'here', 'there', 'no'; question 'share' takes" in run("in.csv").stdout


def test_former_ids_count_in_files(folder: Path) -> None:
    rules = RULES.replace('YesNo("ready", "Is it ready?"', 'YesNo("ready", "Is it ready?", formerly=["no-wait"]')
    rules = rules.replace('"Nowhere"}', '"Nowhere"}, formerly={"here": "yes"}, retired=["off"]')
    Path("rules.py").write_text(rules)
    Path("in.csv").write_text("no-wait,place,share\ntrue,yes,1\ntrue,off,1\n")
    result = run("in.csv", "--columns", "outcome,next,error")
    assert result.stdout == "outcome,next,error\ngo,,\n,place,\n"
    Path("in.jsonl").write_text('{"no-wait": true, "place": "yes", "share": 1}\n')
    assert run("in.jsonl", "--columns", "outcome").stdout == "outcome\ngo\n"
    Path("in.csv").write_text("no-wait,ready\ntrue,true\n")
    assert "in.csv: column 'no-wait' answers question 'ready', and so does another" in run("in.csv").stderr

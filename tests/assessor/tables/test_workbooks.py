"""Workbooks: typed cells, and what is refused with its cell."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessor import DecisionTableError, decider
from assessor.tables.table import read_table
from tests.support.decision_tables import imported, refusals

ROWS: list[list[Any]] = [
    ["id", "seats", "trial", "outcome", "because"],
    ["small", "< 5", True, "free", "Few people"],
    ["five", 5, None, "team", "Just five"],
    ["rest", None, None, "paid", "All others"],
]


def workbook(folder: Path, rows: list[list[Any]], title: str = "Plans") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    file = folder / "plans.xlsx"
    book.save(file)
    return file


def test_numbers_and_booleans_are_read_as_what_they_are(tmp_path: Path) -> None:
    ruleset, _ = imported(workbook(tmp_path, ROWS))
    decide = decider(ruleset)
    assert decide({"seats": 4, "trial": True}) == "small"
    assert decide({"seats": 4, "trial": False}) == "rest"
    assert decide({"seats": 5, "trial": False}) == "five"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("=2+3", "Plans!B3: this is the formula '=2+3'; paste its value instead"),
        (
            datetime.datetime(2026, 1, 5, 9, 30),
            "Plans!B3: this is the time 2026-01-05 09:30:00; format the cell as text",
        ),
        (
            datetime.date(2026, 1, 5),
            "Plans!B3: '2026-01-05' is a date, but other cells of the column are numbers; write",
        ),
        ("#N/A", "Plans!B3: this is the error #N/A"),
        (">= x", "Plans!B3: '>= x': a number is expected behind '>=', not 'x'"),
    ],
)
def test_what_a_cell_cannot_be_is_told_with_its_name(value: object, message: str, tmp_path: Path) -> None:
    rows = [*ROWS[:2], ["five", value, None, "team", "Just five"], ROWS[3]]
    assert [each[: len(message)] for each in refusals(workbook(tmp_path, rows))] == [message]


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    file = workbook(tmp_path, ROWS)
    book = openpyxl.load_workbook(file)
    book.active.merge_cells("B2:B3")
    book.save(file)
    assert refusals(file) == ["Plans!B2:B3: merged cells are not supported; split them, and write the text in each"]


def test_one_sheet_of_several_is_named(tmp_path: Path) -> None:
    file = workbook(tmp_path, ROWS)
    book = openpyxl.load_workbook(file)
    book.create_sheet("Notes").append(["a", "b"])
    book.save(file)
    [found] = refusals(file)
    assert "several sheets have cells; name one with --sheet" in found
    assert imported(file, sheet="Plans")[0].rules
    with pytest.raises(DecisionTableError, match=r"there is no sheet 'Plan'\. Did you mean 'Plans'"):
        read_table(file, [], sheet="Plan")


def with_part(file: Path, name: str, part: bytes) -> Path:
    """Return a workbook with another part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    changed = file.with_name("changed.xlsx")
    changed.write_bytes(stream.getvalue())
    return changed


LAUGHS = '<?xml version="1.0"{}?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    "part", [LAUGHS.format("").encode(), LAUGHS.format(' encoding="UTF-16"').encode("utf-16")], ids=["UTF-8", "UTF-16"]
)
def test_entities_are_refused_before_anything_is_parsed(part: bytes, tmp_path: Path) -> None:
    file = with_part(workbook(tmp_path, ROWS), "xl/worksheets/sheet1.xml", part)
    [found] = refusals(file)
    assert "its part 'xl/worksheets/sheet1.xml' has a document type, which no workbook needs" in found


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = with_part(workbook(tmp_path, ROWS), "xl/worksheets/sheet1.xml", b" " * (80 * 1024 * 1024))
    assert file.stat().st_size < 1024 * 1024
    [found] = refusals(file)
    assert "the workbook unpacks to more than 64 MiB" in found


@pytest.mark.parametrize(
    "data", [b"", b"id,outcome\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "plans.xlsx"
    file.write_bytes(data)
    [found] = refusals(file)
    assert "this is not an Excel workbook" in found


def test_a_missing_openpyxl_is_told_with_what_to_install(tmp_path: Path) -> None:
    file = workbook(tmp_path, ROWS)
    program = (
        "import sys; sys.modules['openpyxl'] = None\n"
        "from assessor.__main__ import main; main(['import', sys.argv[1]], prog_name='assessor')"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        "error: openpyxl is missing, and workbooks need it: pip install 'mkdocs-assessor[xlsx]'"
    ]


def test_a_cell_with_a_date_is_one(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["rule", "start", "outcome", "because"],
        ["one", datetime.date(2026, 5, 1), "team", "That day"],
        ["rest", None, "all", "Any other"],
    ]
    ruleset, _ = imported(workbook(tmp_path, rows))
    decide = decider(ruleset)
    assert (decide({"start": "2026-05-01"}), decide({"start": "2026-05-02"})) == ("one", "rest")

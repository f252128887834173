"""A full disk, a signal or a file that was cut off: no half file gets the final name, and no row is lost silently."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow
import pytest
from pyarrow import csv, ipc, parquet

from tests.support.scoring import run, score_command, write_large

FORMATS = ("csv", "parquet", "jsonl", "arrow")


def files_of(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"in.csv", "in.parquet", "rules.py"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_full_disk_leaves_no_file(folder: Path, kind: str) -> None:
    write_large(400_000)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    target = f"out.{kind}"
    result = subprocess.run(score_command(target), preexec_fn=limit, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (2, f"error: {target}: File too large\n")
    assert not files_of(folder)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("signal_number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_a_signal_leaves_no_half_file(folder: Path, kind: str, signal_number: int, code: int) -> None:
    write_large(4_000_000)
    process = subprocess.Popen(score_command(f"out.{kind}"), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not any(each.stat().st_size for each in folder.glob(".*.tmp")) and time.monotonic() < deadline:
        assert process.poll() is None
        os.sched_yield()
    process.send_signal(signal_number)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told.strip()) == (code, "")
    # Nothing can clean up after SIGKILL; what it leaves has a name of its own.
    assert signal_number == signal.SIGKILL or not files_of(folder)
    assert all(name.startswith(".") for name in files_of(folder))


@pytest.mark.parametrize("source", ["in.csv", "in.parquet", "in.jsonl", "file.arrow", "stream.arrow"])
def test_a_file_that_was_cut_off_leaves_the_target_as_it_was(folder: Path, source: str) -> None:
    table = pyarrow.table({"id": list(range(4_000)), "ready": [True] * 4_000, "share": [0.25] * 4_000})
    csv.write_csv(table, "in.csv")
    parquet.write_table(table, "in.parquet")
    Path("in.jsonl").write_text('{"id": 1, "ready": true}\n' * 4_000)
    with ipc.new_file("file.arrow", table.schema) as file, ipc.new_stream("stream.arrow", table.schema) as stream:
        for writer in (file, stream):
            writer.write_table(table, max_chunksize=1_000)
    Path("out.csv").write_text("before")
    whole = Path(source).read_bytes()
    # A stream is also cut between two of its batches, where what is left looks like a whole one.
    between = whole.rfind(b"\xff\xff\xff\xff", 0, -8)
    for length in (len(whole) // 2 + 1, between if source == "stream.arrow" else len(whole) - 9):
        Path(source).write_bytes(whole[:length])
        result = run(source, "--to", "out.csv")
        assert result.exit_code == 2
        assert result.stderr.startswith(f"error: {source}: ")
        assert Path("out.csv").read_text() == "before"
    assert not list(folder.glob(".*.tmp"))


def test_a_csv_that_ends_within_a_line_gets_a_warning(folder: Path) -> None:
    Path("in.csv").write_text("ready,share\ntrue,12.5\n"[:-2])
    warning = (
        "in.csv: the last line has no line break at its end; if the file is incomplete, the last value may be wrong\n"
    )
    assert warning in run("in.csv").stderr
    Path("in.csv").write_text("ready,share\ntrue,1\n")
    assert warning not in run("in.csv").stderr


def test_a_late_row_that_is_too_short_leaves_no_file(folder: Path) -> None:
    Path("in.csv").write_text("ready,note\n" + "true,x\n" * 100_000 + "true\n")
    result = run("in.csv", "--to", "out.csv")
    assert result.exit_code == 2
    assert result.stderr == "error: in.csv: line 100002: Expected Number of Columns: 2 Found: 1\n"
    assert not files_of(folder)

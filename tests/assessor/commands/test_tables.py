"""`assessor import`, and `assessor export` to tables."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.commands import run_command
from tests.support.paths import ROOT

PLANS = "seats,region,outcome,because\n< 5,,free,Few people\n,eu,team,In the EU\n,,paid,All others\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans.csv").write_text(PLANS)
    return tmp_path


def test_a_table_becomes_a_rule_set_that_checks(folder: Path) -> None:
    run = run_command("import", "plans.csv")
    assert run.exit_code == 0
    assert run.stderr.splitlines()[0].startswith("note: plans.csv: row 1, column A (seats): nothing says which numbers")
    (folder / "rules.py").write_text(run.stdout)
    assert run_command("check", "--rules", "rules.py").exit_code == 0
    (folder / "answers.yml").write_text("seats: 3\n")
    assert "Free" in run_command("assess", "answers.yml", "--rules", "rules.py").stdout


def test_a_kept_table_is_read_each_time(folder: Path) -> None:
    (folder / "rules.py").write_text(run_command("import", "plans.csv", "--keep-table").stdout)
    (folder / "answers.yml").write_text("seats: 3\n")
    assert "Free" in run_command("assess", "answers.yml", "--rules", "rules.py").stdout
    (folder / "plans.csv").write_text(PLANS.replace("< 5", "< 2"))
    assert "Free" not in run_command("assess", "answers.yml", "--rules", "rules.py").stdout.splitlines()[0]


@pytest.mark.parametrize(("target", "file"), [("csv", "back.csv"), ("dmn", "back.dmn"), ("markdown", "back.md")])
def test_a_table_comes_back(target: str, file: str, folder: Path) -> None:
    (folder / "rules.py").write_text(run_command("import", "plans.csv").stdout)
    exported = run_command("export", "--to", target, "--rules", "rules.py")
    assert (exported.exit_code, exported.stderr) == (0, "")
    (folder / file).write_text(exported.stdout)
    (folder / "again.py").write_text(run_command("import", file).stdout)
    assert run_command("compare", "rules.py", "again.py", "--fail-on-change").exit_code == 0


def test_a_workbook_is_written_once_and_never_over_another(folder: Path) -> None:
    (folder / "rules.py").write_text(run_command("import", "plans.csv").stdout)
    export = ("export", "--to", "xlsx", "--rules", "rules.py", "--out", "plans.xlsx")
    assert run_command(*export).stdout == "plans.xlsx\n"
    before = (folder / "plans.xlsx").read_bytes()
    again = run_command(*export)
    assert (again.exit_code, again.stderr) == (
        2,
        "error: plans.xlsx: this file is there already; move it away, or name another one\n",
    )
    assert (folder / "plans.xlsx").read_bytes() == before
    (folder / "again.py").write_text(run_command("import", "plans.xlsx").stdout)
    assert run_command("compare", "rules.py", "again.py", "--fail-on-change").exit_code == 0


def test_what_the_table_does_not_carry_is_told_on_standard_error(folder: Path) -> None:
    run = run_command("export", "--to", "csv", "--decision", "hosting", "--rules", "assessor.rulesets.self_hosting")
    assert run.exit_code == 0
    assert "note: not in the table: criteria 'struggling', 'only-learning'" in run.stderr
    assert "note" not in run.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["import"], "Missing argument 'TABLE'"),
        (
            ["import", "plan.csv"],
            "plan.csv: cannot read the table: No such file or directory. Did you mean 'plans.csv'?",
        ),
        (["import", "."], "a table is a file with one of the endings .csv, .tsv, .xlsx, .dmn, .md"),
        (["import", "plans.csv", "--sheet", "x"], "only .xlsx files have a sheet; leave it out"),
        (
            ["import", "plans.csv", "--outcome", "outcom"],
            "there is no column 'outcom' for the outcome. Did you mean 'outcome'?",
        ),
        (["export", "--to", "xlsx"], "--to xlsx needs --out FILE"),
        (["export", "--to", "xlsx", "--out", "rules.py"], "the name of a workbook ends with .xlsx"),
        (
            ["export", "--to", "xlsx", "--decision", "plan", "--out", "no/such/folder.xlsx"],
            "cannot write the workbook: No such file",
        ),
        (["export", "--to", "csv", "--out", "x.csv"], "--out is for --to web-component and --to xlsx only"),
    ],
)
def test_bad_usage_is_told(arguments: list[str], message: str, folder: Path) -> None:
    rules = [] if arguments[0] == "import" else ["--rules", "assessor.rulesets.self_hosting"]
    run = run_command(*arguments, *rules)
    assert run.exit_code == 2
    assert message in " ".join(run.stderr.split())
    assert run.stdout == ""


def test_mistakes_are_told_with_their_cells(folder: Path) -> None:
    (folder / "plans.csv").write_text(PLANS.replace("< 5", "< five").replace("team", ""))
    run = run_command("import", "plans.csv")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-2:] == [
        "plans.csv: row 2, column A (seats): error: '< five': a number is expected behind '<', not 'five'",
        "plans.csv: row 3, column C (outcome): error: the row has no outcome; write one, or remove the row",
    ]


def test_a_table_beside_the_rules_is_that_of_the_revision(folder: Path) -> None:
    import subprocess  # noqa: PLC0415 - only here

    (folder / "rules.py").write_text(run_command("import", "plans.csv", "--keep-table").stdout)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], check=True)
    (folder / "plans.csv").write_text(PLANS.replace("< 5", "< 10"))
    run = run_command("compare", "git:HEAD:rules.py", "rules.py", "--fail-on-change")
    assert run.exit_code == 1
    assert str(ROOT) not in run.stdout


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs pipes with a path")
def test_a_table_of_other_origin_is_read_once(folder: Path) -> None:
    """A pipe has its bytes for the first reader only."""
    (folder / "rules.py").write_text(run_command("import", "plans.csv").stdout)
    text = run_command("export", "--to", "dmn", "--rules", "rules.py").stdout
    foreign = text.replace("urn:mkdocs-assessor:table", "urn:other")
    assert foreign != text
    reading, writing = os.pipe()
    os.write(writing, foreign.encode())
    os.close(writing)
    (folder / "pipe.dmn").symlink_to(f"/proc/self/fd/{reading}")
    run = run_command("import", "pipe.dmn")
    os.close(reading)
    assert run.exit_code == 0
    assert "Rule(" in run.stdout

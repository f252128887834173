"""The composite action and the pre-commit hooks, as far as they run without their services."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.assessor.compare.test_command import COMMON, RULES, git
from tests.support.paths import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
EXPRESSION = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


def test_the_workflow_of_a_starter_runs_the_commands_of_the_page() -> None:
    starter = ROOT / "plugin" / "mkdocs_assessor" / "starter" / "github" / "workflows" / "guide.yml"
    steps = yaml.safe_load(starter.read_text("utf-8"))["jobs"]["check"]["steps"]
    run = [step["run"].replace("--expect paid", "--expect self-host") for step in steps if "run" in step]
    (listed,) = re.findall(r"^```sh\n(.*?)^```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.M | re.S)
    # A strict build by MkDocs finds what `lint` does.
    commands = [each for each in listed.splitlines() if each != "assessor lint docs"]
    assert run[1:-1] == commands
    assert (run[0], run[-1].split()[:2]) == ("pip install -r requirements.txt", ["assessor", "compare"])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a rule set, and a change of it that is not committed."""
    (tmp_path / "rules.py").write_text(RULES.format(package="", when="pager"))
    (tmp_path / "common.py").write_text(COMMON)
    (tmp_path / "answers.yml").write_text("pager: true\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "rules")
    (tmp_path / "rules.py").write_text(RULES.format(package="", when="~pager"))
    return tmp_path


def run_action(folder: Path, **inputs: str) -> tuple[list[tuple[str, int, str]], str]:
    """Run the steps that are scripts, in order, until one fails.

    Returns:
        Each step's name, exit code and output; and what was added to the summary of the run.
    """
    given = {name: each.get("default", "") for name, each in ACTION["inputs"].items()} | {"base": ""} | inputs
    summary = folder / ".git" / "summary"
    ran = []
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or step["name"] == "Install":
            continue
        condition = re.fullmatch(r"inputs\.([a-z]+) != ''", step.get("if", ""))
        if condition and not given[condition[1]]:
            continue
        own = {name: EXPRESSION.sub(lambda use: given[use[1]], value) for name, value in step["env"].items()}
        environment = {**os.environ, **own, "GITHUB_STEP_SUMMARY": str(summary)}
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        # As the service runs a step with "shell: bash".
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        ran.append((step["name"], done.returncode, done.stdout + done.stderr))
        if done.returncode:
            break
    return ran, summary.read_text() if summary.exists() else ""


def test_a_pull_request_is_checked_assessed_and_compared(repository: Path) -> None:
    steps, summary = run_action(repository, rules="rules.py", answers="answers.yml", expect="stay", base="HEAD")
    assert [(name, code) for name, code, _ in steps] == [
        ("Check the rules", 0),
        ("Check the pages", 0),
        ("Run the worked cases", 0),
        ("Assess the answers", 0),
        ("Compare with the base", 0),
    ]
    assert "**2 of 2 combinations of answers (100%) get another outcome.**" in summary


def test_a_defect_annotates_its_line_and_fails(repository: Path) -> None:
    (repository / "rules.py").write_text(RULES.format(package="", when="pager & ~pager"))
    ((name, code, output), *rest), _ = run_action(repository, rules="rules.py")
    assert (name, code, rest) == ("Check the rules", 1, [])
    assert (
        "::error file=rules.py,line=10,col=5,endColumn=84,title=never-true::Rule 'pager' holds for no answers;"
        in output
    )


@pytest.mark.parametrize(("strict", "code"), [("true", 1), ("false", 0)])
def test_pages_are_checked_where_they_are_named(repository: Path, strict: str, code: int) -> None:
    (repository / "rules.py").write_text(RULES.format(package="", when="pager"))
    (repository / "mkdocs.yml").write_text("site_name: A test\nplugins: [assessor: {rules: rules.py}]\n")
    (repository / "docs").mkdir()
    (repository / "docs" / "index.md").write_text("# Pager\n\n<!-- assessor/cheklist -->\n")
    steps, _ = run_action(repository, rules="rules.py", docs="docs", strict=strict)
    ((pages_code, output),) = [(each, said) for name, each, said in steps if name == "Check the pages"]
    assert pages_code == code
    assert "::warning file=docs/index.md,line=3,col=1,endColumn=27,title=unknown-slot::" in output


def test_pages_are_found_by_their_configuration(repository: Path) -> None:
    (repository / "rules.py").write_text(RULES.format(package="", when="pager"))
    (repository / "mkdocs.yml").write_text(
        "site_name: A test\ndocs_dir: pages\nplugins: [assessor: {rules: rules.py}]\n"
    )
    (repository / "pages").mkdir()
    (repository / "pages" / "index.md").write_text("# Pager\n\n<!-- assessor/checklist -->\n")
    steps, _ = run_action(repository, rules="rules.py")
    assert ("Check the pages", 0) in [each[:2] for each in steps]
    (repository / "pages" / "index.md").write_text("# Pager\n\n<!-- assessor/cheklist -->\n")
    steps, _ = run_action(repository, rules="rules.py")
    assert steps[-1][:2] == ("Check the pages", 1)
    hook = next(each for each in HOOKS if each["id"] == "assessor-lint")
    command = [sys.executable, "-m", *shlex.split(hook["entry"])]
    ran = subprocess.run(command, cwd=repository, check=False, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "pages/index.md:3:1: warning: there is no slot 'assessor/cheklist'" in ran.stdout
    assert "markdown" in hook["types_or"]


@pytest.mark.parametrize("strict", ["true", "false"])
def test_a_folder_of_pages_that_is_not_there_fails(repository: Path, strict: str) -> None:
    steps, _ = run_action(repository, rules="rules.py", docs="dosc", strict=strict)
    name, code, output = steps[-1]
    assert (name, code) == ("Check the pages", 2)
    assert "there is no folder 'dosc'" in output


def test_another_outcome_than_expected_fails(repository: Path) -> None:
    steps, _ = run_action(repository, rules="rules.py", answers="answers.yml", expect="go")
    assert (steps[-1][:2], len(steps)) == (("Assess the answers", 1), 4)


def test_a_new_rule_set_has_nothing_to_be_compared_with(repository: Path) -> None:
    (repository / "new.py").write_text((repository / "rules.py").read_text())
    steps, summary = run_action(repository, rules="new.py", base="HEAD")
    assert steps[-1][:2] == ("Compare with the base", 0)
    assert "::notice::new.py is not at HEAD" in steps[-1][2]
    assert not summary


@pytest.mark.parametrize("rules", ["rules.py:ruleset", "./rules.py", "guide.rules", "guide.rules:ruleset"])
def test_every_way_to_name_a_rule_set_is_compared(
    rules: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "guide").mkdir()
    for when in ("pager", "~pager"):
        (repository / "guide" / "rules.py").write_text(RULES.format(package="", when=when))
        if when == "pager":
            git(repository, "add", "guide")
            git(repository, "commit", "--quiet", "-m", "a package")
    monkeypatch.setenv("PYTHONPATH", str(repository), prepend=os.pathsep)
    steps, summary = run_action(repository, rules=rules, base="HEAD")
    assert steps[-1][:2] == ("Compare with the base", 0), steps
    assert "**2 of 2 combinations of answers (100%) get another outcome.**" in summary


def test_a_base_that_was_not_fetched_is_told(repository: Path, tmp_path: Path) -> None:
    git(repository, "commit", "--quiet", "--all", "-m", "changed")
    base = git(repository, "rev-parse", "HEAD~1").strip()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "shallow")
    steps, summary = run_action(tmp_path / "shallow", rules="rules.py", base=base)
    assert steps[-1][:2] == ("Compare with the base", 2)
    assert "This clone is shallow: fetch its history first" in steps[-1][2]
    assert not summary


def test_every_input_is_used_and_passed_by_the_environment() -> None:
    steps = ACTION["runs"]["steps"]
    assert not any("${{" in step.get("run", "") for step in steps), "an expression in a script is run as code"
    used = {name for step in steps for name in re.findall(r"inputs\.([a-z-]+)", str(step))}
    assert used == set(ACTION["inputs"])


@pytest.mark.parametrize("hook", HOOKS[:2], ids=lambda hook: str(hook["id"]))
def test_a_hook_passes_what_is_sound_and_fails_what_is_not(hook: dict[str, Any], repository: Path) -> None:
    command = [sys.executable, "-m", *shlex.split(hook["entry"]), "--rules", "rules.py"]
    assert subprocess.run(command, cwd=repository, check=False, capture_output=True).returncode == 0
    case = 'cases=[Case("c", "C", "", {"pager": True}, go)], rules='
    rules = (
        RULES.format(package="", when="~pager")
        .replace("rules=", case)
        .replace("import Outcome", "import Case, Outcome")
    )
    (repository / "rules.py").write_text(rules)
    failed = subprocess.run(command, cwd=repository, check=False, capture_output=True, text=True)
    assert failed.returncode == 1
    assert "ase 'c' should get 'go', but the rules give 'stay'" in failed.stdout

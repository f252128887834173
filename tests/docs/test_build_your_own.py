"""The tutorial "Write a rule set" does what it says: its files are written, and its commands run, in order."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.support.doc_pages import FENCE, NOT_RUN, follow, run, sessions, source

pytestmark = pytest.mark.slow

PAGE = source("build-your-own.md")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a reader has followed the page, up to the build."""
    folder = tmp_path_factory.mktemp("products") / "lantern"
    folder.mkdir()
    followed, _ = follow("build-your-own.md", folder)
    return followed


def test_the_page_leads_to_a_working_checklist(product: Path) -> None:
    html = (product / "site" / "index.html").read_text(encoding="utf-8")
    assert "<assessor-checklist" in html
    assert "How much do you want to keep?" in html


def said(title: str) -> str:
    """Return what the page shows under a title."""
    (body,) = [block["body"].strip() for block in FENCE.finditer(PAGE) if block["title"] == title]
    return body


@pytest.fixture
def rules(product: Path) -> Iterator[Path]:
    """The rules, which may be changed."""
    file = product / "rules.py"
    text = file.read_text(encoding="utf-8")
    yield file
    file.write_text(text, encoding="utf-8")


def test_the_page_shows_the_drift_that_it_speaks_of(product: Path, rules: Path) -> None:
    rules.write_text(rules.read_text(encoding="utf-8").replace("    20,\n", "    25,\n"), encoding="utf-8")
    result = run("mkdocs build --strict", product)
    assert result.returncode == 1
    assert said("what the build says of the prose") in result.stdout


def test_the_page_shows_what_a_case_catches(product: Path, rules: Path) -> None:
    text = rules.read_text(encoding="utf-8")
    (second,) = re.findall(r"^ +Rule\(\n +has_postgres,(?:\n .*)*?\n        \),\n", text, re.MULTILINE)
    swapped = text.replace(second, "").replace("    rules=[\n", f"    rules=[\n{second}")
    rules.write_text(swapped, encoding="utf-8")
    told = said("what the build says of the cases")
    built = run("mkdocs build --strict", product)
    assert built.returncode == 1
    assert told in built.stdout
    assessed = run("assessor assess answers.yml --rules rules.py", product)
    assert assessed.returncode == 2
    assert told.removeprefix("C").removesuffix(".") in assessed.stdout


def test_the_schema_accepts_the_answers_of_the_page(product: Path) -> None:
    schema = json.loads((product / "answers.schema.json").read_text(encoding="utf-8"))
    answers = yaml.safe_load((product / "answers.yml").read_text(encoding="utf-8"))
    jsonschema.validate(answers, schema)
    assert not jsonschema.Draft202012Validator(schema).is_valid({**answers, "writer": "one"})


def test_the_workflow_passes_with_what_the_page_makes(product: Path) -> None:
    workflow = yaml.safe_load((product / ".github" / "workflows" / "guide.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert "assessor assess answers.yml --rules rules.py --expect sqlite" in steps
    # Here, other generators are installed as well; and the last step compares with the base of a pull request.
    assert steps[:2] == ["pip install -r requirements.txt", "assessor doctor"]
    for step in ["assessor doctor --generator mkdocs", *steps[2:-1]]:
        ran = run(step, product)
        assert ran.returncode == 0, ran.stdout


def test_every_command_of_the_page_is_run_or_sets_up_the_machine() -> None:
    commands = [
        c for block in FENCE.finditer(PAGE) if block["language"] == "console" for c, _ in sessions(block["body"])
    ]
    assert [command.split()[0] for command in commands if not command.startswith(NOT_RUN)] == [
        "assessor",
        "echo",
        "echo",
        "mkdocs",
        "assessor",
        "assessor",
        "assessor",
        "assessor",
        "assessor",
        "mkdir",
        "cp",
        "cp",
    ]


@pytest.mark.parametrize("page", ["rule-sets.md", "questions.md", "estimates.md"])
def test_every_complete_example_of_the_rule_language_runs(page: str, tmp_path: Path) -> None:
    blocks = [each for each in FENCE.finditer(source(page)) if (each["title"] or "").endswith(".py")]
    assert blocks
    for block in blocks:
        file = tmp_path / block["title"]
        file.write_text(block["body"], encoding="utf-8")
        assert (ran := run(f"python {file}", tmp_path)).returncode == 0, ran.stdout


def test_the_example_of_the_rule_language_is_a_rule_set(tmp_path: Path) -> None:
    block = next(FENCE.finditer(source("rule-sets.md")))
    file = tmp_path / block["title"]
    file.write_text(block["body"], encoding="utf-8")
    assert (sound := run(f"assessor check --strict --rules {file}", tmp_path)).returncode == 0, sound.stdout
    result = run(f"echo 'place: city' | assessor assess --rules {file}", tmp_path)
    assert result.returncode == 0, result.stdout
    assert "Still possible:" in result.stdout

"""`assessor new`: the starter works as it is, and replaces nothing."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from assessor import load_ruleset
from assessor.__main__ import main
from mkdocs_assessor.commands.new import starter_files
from tests.support.commands import run_command
from tests.support.plugin.html_pages import broken_urls, read, text_of
from tests.support.sites import Built, build, build_apart

_TITLES = {
    "plain": "Where should Lantern keep its logs?",
    "hostile": "Which \"Kestrel\" 'plan' is *yours* < 3 & [mine](x): #1 @TODAY@ \\n {{ x }}?",
    "not Latin": "どのプラン?",
    "digits": "2026",
    "YAML": "yes: no",
}


def _run(*arguments: str) -> Result:
    return run_command(*arguments)


def _start(folder: Path, title: str = _TITLES["plain"]) -> Path:
    run = _run("new", str(folder), "--title", title)
    assert run.exit_code == 0, run.output
    return folder


@pytest.mark.parametrize("title", _TITLES.values(), ids=_TITLES)
def test_it_builds_strictly_and_bears_its_title(tmp_path: Path, title: str) -> None:
    folder = _start(tmp_path / "a guide", title)
    built = build(folder, "--strict")
    assert built.exit_code == 0, built.log
    assert built.warnings == []
    page = read(built.page())
    assert title in text_of(page)
    assert len(list(page.iter("assessor-checklist"))) == 1
    assert load_ruleset("rules.py", folder).title == title
    assert yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))["site_name"] == title


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    config = _start(tmp_path) / "mkdocs.yml"
    config.write_text(f"site_url: https://example.org/docs/\n{config.read_text('utf-8')}", "utf-8")
    built = build(tmp_path, "--strict")
    assert broken_urls(built) == []


def test_the_other_generators_build_it_as_it_is(tmp_path: Path) -> None:
    folder = _start(tmp_path / "a")
    assert build_apart(folder, "--strict", name="properdocs").exit_code == 0
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert Built(0, "", folder / "site").page().count("<assessor-checklist data-") == 1


def test_the_doctor_finds_nothing(tmp_path: Path) -> None:
    run = _run("doctor", str(_start(tmp_path)))
    assert run.exit_code == 0, run.output


def test_its_rules_are_sound(tmp_path: Path) -> None:
    run = _run("check", "--rules", str(_start(tmp_path) / "rules.py"), "--strict")
    assert run.exit_code == 0, run.output


def test_its_answers_are_assessed(tmp_path: Path) -> None:
    folder = _start(tmp_path)
    answers, rules = str(folder / "answers.yml"), str(folder / "rules.py")
    assert _run("assess", answers, "--rules", rules, "--expect", "paid").exit_code == 0
    assert _run("assess", answers, "--rules", rules, "--expect", "free").exit_code == 1


@pytest.mark.parametrize("title", _TITLES.values(), ids=_TITLES)
def test_its_schema_is_the_one_of_its_questions(tmp_path: Path, title: str) -> None:
    """Byte for byte what the command in its README writes, and named where editors look for it."""
    folder = _start(tmp_path, title)
    schema = (folder / "answers.schema.json").read_text("utf-8")
    assert schema == _run("schema", "--rules", str(folder / "rules.py")).stdout
    answers = (folder / "answers.yml").read_text("utf-8")
    assert answers.startswith("# yaml-language-server: $schema=answers.schema.json\n")
    jsonschema.validate(yaml.safe_load(answers), json.loads(schema))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"seats": "twelve"}, json.loads(schema))
    assert "assessor schema --rules rules.py > answers.schema.json" in (folder / "README.md").read_text("utf-8")


def test_accents_are_left_out_of_its_id(tmp_path: Path) -> None:
    folder = _start(tmp_path, "Où héberger Été & Öl?")
    assert '"ou-heberger-ete-ol"' in (folder / "rules.py").read_text("utf-8")


def test_its_record_has_no_colon_behind_a_question(tmp_path: Path) -> None:
    folder = _start(tmp_path)
    record = _run("record", str(folder / "answers.yml"), "--rules", str(folder / "rules.py")).stdout
    assert record.startswith("# Where should Lantern keep its logs? ")
    open_record = CliRunner().invoke(main, ["record", "-", "--rules", str(folder / "rules.py")], input="").stdout
    assert open_record.startswith("# Where should Lantern keep its logs? not decided yet")


def test_its_workflow_runs_what_the_tests_here_run(tmp_path: Path) -> None:
    workflow = yaml.safe_load((_start(tmp_path) / ".github" / "workflows" / "guide.yml").read_text("utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert commands == [
        "pip install -r requirements.txt",
        "assessor doctor",
        "assessor check --rules rules.py --strict",
        "assessor schema --rules rules.py --check answers.schema.json",
        "assessor assess answers.yml --rules rules.py --expect paid",
        "mkdocs build --strict",
        'assessor compare "git:$BASE:rules.py" rules.py --docs docs --format markdown >> "$GITHUB_STEP_SUMMARY"',
    ]


def test_its_workflow_publishes_the_main_branch_alone(tmp_path: Path) -> None:
    workflow = yaml.safe_load((_start(tmp_path) / ".github" / "workflows" / "guide.yml").read_text("utf-8"))
    check, publish = workflow["jobs"]["check"], workflow["jobs"]["publish"]
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in check
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert publish["needs"] == "check"
    assert publish["if"] == check["steps"][-1]["if"] == "github.ref == 'refs/heads/main'"
    assert check["steps"][-1]["with"] == {"path": "site"}
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}")
    assert all(pinned.fullmatch(step["uses"]) for job in (check, publish) for step in job["steps"] if "uses" in step)


def test_drift_in_it_is_caught(tmp_path: Path) -> None:
    page = _start(tmp_path) / "docs" / "index.md"
    page.write_text(page.read_text("utf-8").replace("[Up to 5 seats]", "[Up to 7 seats]"), "utf-8")
    assert build(tmp_path, "--strict").exit_code == 1


class TestNothingIsReplaced:
    @pytest.mark.parametrize("existing", ["rules.py", "docs/index.md", ".github/workflows/guide.yml"])
    def test_a_file(self, tmp_path: Path, existing: str) -> None:
        (tmp_path / existing).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / existing).write_text("mine\n", "utf-8")
        run = _run("new", str(tmp_path))
        assert run.exit_code == 2
        assert f"{tmp_path} already has {existing}, and this command replaces nothing" in run.stderr
        assert [each for each in tmp_path.rglob("*") if each.is_file()] == [tmp_path / existing]
        assert (tmp_path / existing).read_text("utf-8") == "mine\n"

    def test_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "rules.py").symlink_to("nowhere.py")
        assert _run("new", str(tmp_path)).exit_code == 2
        assert list(tmp_path.iterdir()) == [tmp_path / "rules.py"]

    def test_a_file_for_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("mine\n", "utf-8")
        run = _run("new", str(tmp_path / "a"))
        assert run.exit_code == 2
        assert run.stderr.startswith("error: ")
        assert (tmp_path / "a").read_text("utf-8") == "mine\n"

    def test_other_files_stay(self, tmp_path: Path) -> None:
        (tmp_path / "LICENSE").write_text("mine\n", "utf-8")
        _start(tmp_path)
        assert (tmp_path / "LICENSE").read_text("utf-8") == "mine\n"


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "x" * 101, "\x1b[31m"])
def test_a_title_that_is_none(tmp_path: Path, title: str) -> None:
    run = _run("new", str(tmp_path / "a"), "--title", title)
    assert run.exit_code == 2
    assert "--title: write one line of 1 to 100 characters" in run.stderr
    assert not (tmp_path / "a").exists()


_CONFIGURATIONS = {
    "mkdocs": ("mkdocs.yml", "site_name: Docs\ntheme: mkdocs\n"),
    "mkdocs with plugins": ("mkdocs.yml", "site_name: Docs\ntheme: mkdocs\nplugins:\n  - search\n"),
    "properdocs": ("properdocs.yml", "site_name: Docs\ntheme: mkdocs\n"),
    "zensical": ("zensical.toml", '[project]\nsite_name = "Docs"\n'),
}


def _site(folder: Path, monkeypatch: pytest.MonkeyPatch, file: str, configuration: str) -> Path:
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Home\n", "utf-8")
    (folder / file).write_text(configuration, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("name", _CONFIGURATIONS)
def test_a_guide_joins_a_site_by_what_the_command_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file, configuration = _CONFIGURATIONS[name]
    folder = _site(tmp_path, monkeypatch, file, configuration)
    run = _run("new", "--page", "guides/choosing.md")
    assert run.exit_code == 0, run.output
    written, *steps = run.stdout.split("\n\n", 2)
    assert written.split("\n") == ["rules.py", str(Path("docs/guides/choosing.md"))]
    assert steps[0].startswith(f"Add to {file}")
    shown = steps[1].split("\n\nIf Zensical")[0]
    # A mapping has each key once: what is listed already gets one more.
    if "plugins" in configuration:
        assert "  - search" not in shown
        shown = shown.replace("plugins:\n", "")
    (folder / file).write_text(f"{configuration}{shown}\n", "utf-8")
    generator = name.split(maxsplit=1)[0]
    command = [sys.executable, "-m", generator, "build", "--strict"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "[unknown-" not in ran.stderr
    assert "<assessor-checklist data-" in (folder / "site/guides/choosing/index.html").read_text("utf-8")
    if generator != "zensical":
        assert (folder / "site/search/search_index.json").exists()


@pytest.mark.parametrize(
    ("configuration", "language"),
    [
        ("theme: {name: material, language: de}", "de"),
        ("theme: {name: mkdocs, locale: pt_BR}", "pt-BR"),
        ("plugins: [{assessor: {language: fr}}]", "fr"),
        ("plugins: [{i18n: {languages: [{locale: ja, default: true}, {locale: de}]}}]", "ja"),
        ("theme: {name: material, language: custom_!}", ""),
        ("theme: material", ""),
    ],
)
def test_rules_declare_the_language_of_the_site(
    configuration: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _site(tmp_path, monkeypatch, "mkdocs.yml", f"site_name: Docs\n{configuration}\n")
    run = _run("new", "--page", "choosing.md")
    assert run.exit_code == 0, run.output
    assert load_ruleset("rules.py", folder).language == language


def test_a_new_guide_is_in_english_and_names_its_rules(tmp_path: Path) -> None:
    ruleset = load_ruleset("rules.py", _start(tmp_path))
    assert ruleset.language == "en"
    assert [rule.id for rule in ruleset.rules] == ["own-machines", "few-people", "otherwise"]


def test_a_page_for_rules_that_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _site(tmp_path, monkeypatch, "mkdocs.yml", "site_name: Docs\nnav: [index.md]\n")
    (folder / "own.py").write_text(starter_files("Which *plan*?", datetime.date(2026, 11, 30))["rules.py"], "utf-8")
    run = _run("new", "--page", "choosing.md", "--rules", "own.py")
    assert run.exit_code == 0, run.output
    assert "rules: own.py" in run.stdout
    assert "List the page below nav in mkdocs.yml:\n\nchoosing.md" in run.stdout
    assert not (folder / "rules.py").exists()
    assert (
        (folder / "docs/choosing.md")
        .read_text("utf-8")
        .startswith("# Which \\*plan\\*?\n\n<!-- assessor/checklist -->")
    )


def test_the_folder_of_a_site_gets_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _site(tmp_path, monkeypatch, "mkdocs.yml", "site_name: Docs\n")
    run = _run("new", ".")
    assert run.exit_code == 0, run.output
    assert (folder / "docs/which-plan-is-yours.md").exists()
    assert not (folder / ".github").exists()
    # Then the site has rules, and another page shows them.
    (folder / "mkdocs.yml").write_text("site_name: Docs\nplugins: [{assessor: {rules: rules.py}}]\n", "utf-8")
    run = _run("new", "--page", "again.md")
    assert (run.exit_code, run.stdout) == (0, f"{Path('docs/again.md')}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["docs/guides"], "write 'assessor new --page guides/which-plan-is-yours.md' beside that file"),
        (["--page", "../x.md"], "--page: write the path of a page in the docs folder"),
        (["--page", "x.txt"], "--page: write the path of a page in the docs folder"),
        (["--page", "index.md"], "already has docs/index.md"),
        (["--page", "x.md", "--rules", "none.py"], "none.py"),
        (["elsewhere", "--page", "x.md"], "no site in 'elsewhere'"),
        (["elsewhere", "--rules", "x.py"], "--rules: name the page that shows them"),
    ],
)
def test_what_cannot_join_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    folder = _site(tmp_path, monkeypatch, "mkdocs.yml", "site_name: Docs\n")
    run = _run("new", *arguments)
    assert run.exit_code == 2
    assert message in run.stderr
    assert sorted(path.name for path in folder.rglob("*")) == ["docs", "index.md", "mkdocs.yml"]

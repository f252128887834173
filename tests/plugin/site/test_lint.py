"""`assessor lint`: what a build would say, for any generator."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result

from assessor.findings.codes import DOCS
from tests.assessor.check.sarif import SARIF
from tests.support.commands import run_command
from tests.support.paths import ROOT
from tests.support.sites import CONFIG, RULES, write_site

_WRONG = "# Title\n\nIt is [9 km](fact:cycled) long.\n"
_SAID = "the text '9 km' says 9, but fact 'cycled' is '5 km'; write [](fact:cycled) to insert '5 km'"


def _lint(*arguments: str | Path) -> Result:
    return run_command("lint", *arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one mistake, where the command is run."""
    monkeypatch.chdir(write_site(tmp_path, {"sub/index.md": _WRONG}))
    return tmp_path


def test_html_for_markdown_without_its_extension(tmp_path: Path) -> None:
    write_site(tmp_path, {"index.md": "# T\n\n<div markdown>\n<!-- assessor/facts -->\n</div>\n"})
    config = "site_name: A\nplugins:\n  - assessor: {rules: rules.py}\n"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    said = "the slot 'assessor/facts' is within HTML: list md_in_html under markdown_extensions [misplaced-slot]"
    assert said in _lint(tmp_path / "docs").stdout


def test_a_file_for_the_folder(folder: Path) -> None:
    assert "index.md' is a file: name the folder of the docs" in _lint(Path("docs", "sub", "index.md")).stderr


def test_a_configuration_of_another_name(folder: Path) -> None:
    assert "Did you mean 'mkdocs.yml'?" in _lint("docs", "--config", "mkdocs.yaml").stderr


@pytest.mark.parametrize("link", ["[](fact:law)", "[it](<fact:law>)", "[it]\n\n[it]: fact:law", "[it]( fact:law 'x')"])
def test_a_fact_that_no_page_quotes(folder: Path, link: str) -> None:
    (folder / "docs" / "page.md").mkdir()
    page = folder / "docs" / "sub" / "index.md"
    page.write_text("# Title\n\n## Weather\n\n<!-- assessor/checklist -->\n\n[](fact:lawn)\n", "utf-8")
    assert ": note: no page quotes fact 'law', and nothing in the rule set uses it" in _lint("docs").stdout
    page.write_text(f"{page.read_text('utf-8').replace('[](fact:lawn)', link)}", "utf-8")
    assert "[unquoted-fact]" not in _lint("docs").stdout


def test_notebooks_that_are_published(folder: Path) -> None:
    """Where nothing reads them, as a build says; copies that Jupyter keeps and excluded ones are left out."""
    notebook = json.dumps({"cells": [{"cell_type": "markdown", "source": ["[far](fact:cycled)"]}]})
    for name in ("notes.ipynb", "old.ipynb", ".ipynb_checkpoints/notes.ipynb"):
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        (folder / "docs" / name).write_text(notebook, "utf-8")
    (folder / "mkdocs.yml").write_text(f"exclude_docs: old.ipynb\n{CONFIG}", "utf-8")
    (folder / "docs" / "sub" / "index.md").write_text("# Title\n", "utf-8")
    run = _lint("docs")
    said = "[far](fact:cycled) stays unchanged: no Markdown extension reads a notebook"
    assert run.exit_code == 1
    assert run.stdout.startswith(f"{Path('docs', 'notes.ipynb')}:1:{notebook.index('[far]') + 1}: warning: {said}")
    assert run.stdout.count("[unread-notebook]") == 1


class TestOutput:
    def test_text(self, folder: Path) -> None:
        run = _lint("docs")
        assert run.exit_code == 1
        path = Path("docs", "sub", "index.md")
        excerpt = "  3 | It is [9 km](fact:cycled) long.\n    |       ^~~~~~~~~~~~~~~~~~~\n"
        assert run.stdout == f"{path}:3:7: warning: {_SAID} [drifted-fact]\n{excerpt}\n"
        assert run.stderr.endswith("1 warning in 1 page.\n")

    def test_github(self, folder: Path) -> None:
        (folder / "docs" / "sub" / "index.md").write_text("# Title\n\n[100% 9,\nof](fact:cycled)\n", "utf-8")
        run = _lint("docs", "--format", "github")
        assert run.exit_code == 1
        place = f"file={Path('docs', 'sub', 'index.md')},line=3,col=1,endColumn=9,title=drifted-fact"
        assert run.stdout.startswith(f"::warning {place}::the text '100%25 9, of' says 100, but")
        assert run.stdout.count("\n") == 1

    def test_json(self, folder: Path) -> None:
        run = _lint("docs", "--format", "json")
        assert run.exit_code == 1
        assert json.loads(run.stdout) == {
            "counts": {"error": 0, "warning": 1, "note": 0},
            "findings": [
                {
                    "code": "drifted-fact",
                    "severity": "warning",
                    "path": "docs/sub/index.md",
                    "line": 3,
                    "column": 7,
                    "range": {"start": {"line": 3, "column": 7}, "end": {"line": 3, "column": 26}},
                    "source": "It is [9 km](fact:cycled) long.",
                    "message": _SAID,
                    "advice": "",
                    "witness": None,
                    "shows": "",
                    "url": f"{DOCS}diagnostics.html#drifted-fact",
                    "fix": {
                        "path": "docs/sub/index.md",
                        "range": {"start": {"line": 3, "column": 7}, "end": {"line": 3, "column": 25}},
                        "text": "[5 km](fact:cycled",
                    },
                }
            ],
            "failed": [],
        }

    def test_sarif(self, folder: Path) -> None:
        run = _lint("docs", "--format", "sarif")
        assert run.exit_code == 1
        report = json.loads(run.stdout)
        jsonschema.validate(report, SARIF)
        (found,) = report["runs"][0]["results"]
        assert (found["ruleId"], found["level"], found["message"]["text"]) == ("drifted-fact", "warning", _SAID)
        assert found["locations"][0]["physicalLocation"] == {
            "artifactLocation": {"uri": "docs/sub/index.md"},
            "region": {"startLine": 3, "startColumn": 7, "endColumn": 26},
        }

    @pytest.mark.parametrize(("output", "said"), [("text", ""), ("github", "")])
    def test_nothing_wrong(self, folder: Path, output: str, said: str) -> None:
        (folder / "docs" / "sub" / "index.md").write_text("# Title\n\n[5 km](fact:cycled)\n", "utf-8")
        run = _lint("docs", "--format", output)
        assert (run.exit_code, run.stdout) == (0, said)
        assert run.stderr.endswith("No findings in 1 page.\n") == (output == "text")

    def test_nothing_wrong_for_tools(self, folder: Path) -> None:
        (folder / "docs" / "sub" / "index.md").write_text("# Title\n\n[5 km](fact:cycled)\n", "utf-8")
        run = _lint("docs", "--format", "json")
        assert (run.exit_code, json.loads(run.stdout)["findings"]) == (0, [])
        run = _lint("docs", "--format", "sarif")
        assert (run.exit_code, json.loads(run.stdout)["runs"][0]["results"]) == (0, [])

    def test_hints_do_not_count(self, folder: Path) -> None:
        page = "# Title\n\n## Weather\n\n<!-- assessor/checklist -->\n"
        (folder / "docs" / "sub" / "index.md").unlink()
        (folder / "docs" / "index.md").write_text(page, "utf-8")
        run = _lint("docs")
        assert run.exit_code == 0
        assert run.stdout.startswith("rules.py:")
        assert ": note: " in run.stdout
        assert "[unquoted-fact]" in run.stdout
        assert _lint("docs", "--format", "github").stdout.startswith("::notice file=rules.py,")

    def test_this_repository_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        run = _lint("docs")
        assert (run.exit_code, run.stdout) == (0, "")


class TestWhatIsRead:
    def test_rules_that_are_given(self, folder: Path) -> None:
        (folder / "nine.py").write_text(
            RULES.replace('"cycled", 5', '"cycled", 9').replace("high=8", "high=9"), "utf-8"
        )
        assert _lint("docs").exit_code == 1
        assert _lint("docs", "--rules", "nine.py").exit_code == 0

    def test_several_rule_sets(self, folder: Path) -> None:
        (folder / "other.py").write_text(RULES.replace('"commute"', '"other"'), "utf-8")
        (folder / "docs" / "sub" / "index.md").write_text("[5 km](fact:two/cycled) [](fact:three/cycled)\n", "utf-8")
        run = _lint("docs", "--rules", "one=rules.py", "--rules", "two=other.py")
        assert run.exit_code == 1
        assert "there is no rule set named 'three'. Known: 'one', 'two'." in run.stdout
        assert run.stdout.count("warning:") == 1

    def test_rules_of_the_configuration(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Relative to it, wherever the command is run."""
        monkeypatch.chdir(folder.parent)
        assert "drifted-fact" in _lint(folder / "docs").stdout

    def test_severities_of_the_configuration(self, folder: Path) -> None:
        config = CONFIG.replace("rules: rules.py", "rules: rules.py\n      diagnostics: {drifted-fact: off}")
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        assert _lint("docs").exit_code == 0

    def test_extensions_of_the_configuration(self, folder: Path) -> None:
        """Without `pymdownx.tabbed` what is in a tab is code, and that is what is said of it."""
        (folder / "docs" / "sub" / "index.md").write_text('=== "One"\n\n    [9 km](fact:cycled)\n', "utf-8")
        assert _lint("docs").exit_code == 1
        config = CONFIG.replace(", {pymdownx.tabbed: {}}", "")
        assert config != CONFIG
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        told = _lint("docs").stdout
        assert "list pymdownx.tabbed under markdown_extensions [misplaced-slot]" in told
        assert told.count("warning:") == 1

    def test_without_a_configuration(self, folder: Path) -> None:
        (folder / "mkdocs.yml").unlink()
        page = '!!! note\n\n    === "One"\n\n        [9 km](fact:cycled)\n\n```\n[9 km](fact:cycled)\n```\n'
        (folder / "docs" / "sub" / "index.md").write_text(page, "utf-8")
        run = _lint("docs", "--rules", "rules.py")
        assert run.exit_code == 1
        assert "index.md:5:9: " in run.stdout
        assert run.stdout.count("warning:") == 1

    def test_tags_of_the_configuration(self, folder: Path) -> None:
        more = "hooks: !unknown [x]\nextra: !ENV [NO_SUCH, 1]\nslug: !!python/name:os.path.join\nbase: !relative docs\n"
        (folder / "mkdocs.yml").write_text(CONFIG + more, "utf-8")
        assert _lint("docs").exit_code == 1

    def test_front_matter_and_hidden_files(self, folder: Path) -> None:
        (folder / "docs" / "sub" / "index.md").write_text(f"---\ntitle: T\n---\n{_WRONG}", "utf-8")
        (folder / "docs" / ".hidden").mkdir()
        (folder / "docs" / ".hidden" / "page.md").write_text(_WRONG, "utf-8")
        run = _lint("docs")
        assert "index.md:6:7: " in run.stdout
        assert run.stdout.count("warning:") == 1


class TestBadUsage:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["dosc"], "error: there is no folder 'dosc'. Did you mean 'docs'?"),
            (["docs", "--rules", "ruls.py"], "Did you mean 'rules.py'?"),
            (["docs", "--rules", "a=rules.py", "--rules", "rules.py"], "each needs a name: --rules NAME=REF"),
            (["docs", "--rules", "checklist=rules.py"], "'checklist' cannot name a rule set"),
            (["docs", "--rules", "a=rules.py", "--rules", "b=rules.py"], "are both the rule set 'commute'"),
            (["docs", "--config", "no.yml"], "error: no.yml: cannot read the file: No such file or directory"),
        ],
    )
    def test_message(self, folder: Path, arguments: list[str], message: str) -> None:
        run = _lint(*arguments)
        assert run.exit_code == 2
        assert message in run.stderr
        assert run.stdout == ""

    @pytest.mark.parametrize(
        ("config", "message"),
        [
            ("a: [\n", "mkdocs.yml:2: error: not valid YAML"),
            ("- a\n", "mkdocs.yml: a configuration is a mapping"),
            ("plugins: [{assessor: {rules: 3}}]\n", "rules: write a reference, or a mapping of names to references"),
            ("plugins: [{assessor: {rules: {Two: a.py}}}]\n", "rules: 'Two' cannot name a rule set"),
            ("plugins: [{assessor: {rules: {two: 2}}}]\n", "rules: two: write a reference, such as 'rules/two.py'"),
            ("plugins: [{assessor: {diagnostics: {nothing: off}}}]\n", "diagnostics: there is no code 'nothing'"),
            ("x: !!python/name:no.such\n", "mkdocs.yml:1: error: not valid YAML: there is no 'no.such' to import"),
        ],
    )
    def test_configuration(self, folder: Path, config: str, message: str) -> None:
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        run = _lint("docs")
        assert run.exit_code == 2
        assert message in run.stderr

    def test_a_folder_without_pages(self, folder: Path) -> None:
        (folder / "empty").mkdir()
        run = _lint("empty")
        assert (run.exit_code, run.stdout) == (2, "")
        assert run.stderr == "error: there are no pages in 'empty': it has no Markdown files\n"

    def test_a_page_that_an_extension_fails_on(self, folder: Path) -> None:
        config = CONFIG.replace("[admonition,", "[{pymdownx.snippets: {check_paths: true}}, admonition,")
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        (folder / "docs" / "sub" / "index.md").write_text('--8<-- "no.md"\n', "utf-8")
        (folder / "docs" / "other.md").write_text("[](fact:fair)\n", "utf-8")
        run = _lint("docs")
        assert run.exit_code == 2
        assert f"error: {Path('docs', 'sub', 'index.md')}: SnippetMissingError" in run.stderr
        assert "other.md:1" in run.stdout
        assert "[unknown-fact]" in run.stdout
        tools = {output: _lint("docs", "--format", output).stdout for output in ("json", "github", "sarif")}
        (failed,) = json.loads(tools["json"])["failed"]
        assert failed["path"] == "docs/sub/index.md"
        assert failed["message"].startswith("SnippetMissingError")
        assert "::error file=docs/sub/index.md::SnippetMissingError" in tools["github"]
        report = json.loads(tools["sarif"])
        jsonschema.validate(report, SARIF)
        (invocation,) = report["runs"][0]["invocations"]
        assert not invocation["executionSuccessful"]

    @pytest.mark.parametrize(
        ("extension", "why"),
        [
            # Releases of Zensical differ in what they say.
            ("zensical.extensions.preview", "(TypeError|ValueError): .+"),
            ("no.such", "ModuleNotFoundError: No module named 'no'"),
        ],
    )
    def test_an_extension_that_does_not_run_here_is_left_out(self, folder: Path, extension: str, why: str) -> None:
        (folder / "mkdocs.yml").write_text(CONFIG.replace("[admonition,", f"[{extension}, admonition,"), "utf-8")
        (folder / "docs" / "sub" / "index.md").write_text("# Nothing\n", "utf-8")
        left_out = f"left out: the Markdown extension {re.escape(extension)}, which doesn't run here: {why}\n"
        run = _lint("docs")
        assert re.search(left_out, run.stderr), run.stderr
        assert run.exit_code == 0, run.stdout
        (folder / "docs" / "other.md").write_text("!!! note\n\n    [](fact:fair)\n", "utf-8")
        run = _lint("docs")
        assert re.search(left_out, run.stderr), run.stderr
        assert run.exit_code == 1
        assert "other.md:3" in run.stdout

    def test_a_page_that_is_no_text(self, folder: Path) -> None:
        (folder / "docs" / "sub" / "index.md").write_bytes(b"\xff\xfe\x00")
        run = _lint("docs")
        assert run.exit_code == 2
        assert "cannot read" in run.stderr

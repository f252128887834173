"""`assessor doctor`: what generators would pass over in silence is said aloud."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main
from mkdocs_assessor.config.site import read_site
from mkdocs_assessor.site.doctor import GENERATORS, likely_generators
from tests.assessor.check.sarif import SARIF
from tests.support.commands import run_command
from tests.support.paths import ROOT
from tests.support.sites import RULES, build, write_site

_PAGE = {"index.md": "# Home\n\n<!-- assessor/checklist -->\n"}
_PLUGIN = "plugins:\n  - search\n  - assessor:\n      rules: rules.py\n"
_EXTENSION = "markdown_extensions:\n  - mkdocs_assessor:\n      rules: rules.py\n      strict: true\n"
_WATCH = "watch: [rules.py]\n"


def _doctor(*arguments: str) -> Result:
    return run_command("doctor", *arguments)


def _problems(folder: Path, generator: str, config: str, name: str = "mkdocs.yml", **files: str) -> list[str]:
    """The codes of what is found wrong."""
    write_site(folder, {**_PAGE, **files, name: f"site_name: A test\n{config}"})
    run = _doctor(str(folder / name), "--generator", generator)
    codes = re.findall(r"^(?:\S+: )?(?:error|warning): .* \[([a-z-]+)\]$", run.stdout, re.MULTILINE)
    assert run.exit_code == bool(codes)
    assert run.stderr == (f"{len(codes)} problem{'s' if len(codes) > 1 else ''}\n" if codes else "")
    return codes


@pytest.mark.parametrize("generator", ["mkdocs", "properdocs"])
@pytest.mark.parametrize("config", [_PLUGIN, _PLUGIN + _EXTENSION])
def test_a_sound_set_up(tmp_path: Path, generator: str, config: str) -> None:
    assert _problems(tmp_path, generator, config) == []


@pytest.mark.parametrize("config", [_EXTENSION + _WATCH, _PLUGIN + _EXTENSION + _WATCH])
def test_a_sound_set_up_of_zensical(tmp_path: Path, config: str) -> None:
    assert _problems(tmp_path, "zensical", config) == []


@pytest.mark.parametrize("written", ["<!-- assessor/checklist -->", "[far](fact:cycled)"])
def test_a_notebook_with_a_slot_or_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    cells = [{"cell_type": "code", "source": "1"}, {"cell_type": "markdown", "source": ["# Notes\n", written]}]
    notebook = json.dumps({"cells": cells}, indent=1)
    monkeypatch.chdir(
        write_site(tmp_path, {**_PAGE, "docs/notes.ipynb": notebook, "mkdocs.yml": f"site_name: A\n{_PLUGIN}"})
    )
    said = f"{written} stays unchanged: no Markdown extension reads a notebook; write it on a page in Markdown"
    place = f"docs/notes.ipynb:{notebook[: notebook.index(written)].count(chr(10)) + 1}:6: "
    run = _doctor("--generator", "mkdocs")
    assert (run.exit_code, f"{place}warning: {said}" in run.stdout) == (1, True)
    (warned,) = (each for each in build(tmp_path).warnings if each.path.endswith(".ipynb"))
    assert (warned.code, warned.text.startswith(said)) == ("unread-notebook", True)
    assert warned.path == "docs/notes.ipynb"


_MISTAKES = {
    "nothing": ("mkdocs", "plugins: [search]\n", ["not-configured"]),
    "an ignored plugin": ("zensical", _PLUGIN, ["ignored-plugin"]),
    "the extension alone": ("mkdocs", _EXTENSION, ["bare-extension"]),
    "the extension alone in ProperDocs": ("properdocs", _EXTENSION, ["bare-extension"]),
    "two rule sets": ("mkdocs", _PLUGIN + _EXTENSION.replace("rules.py", "other.py"), ["two-rules"]),
    "no strict mode": ("zensical", _EXTENSION.replace("      strict: true\n", "") + _WATCH, ["not-strict"]),
    "a false strict mode": ("zensical", _EXTENSION.replace("true", "false") + _WATCH, ["not-strict"]),
    "nothing watched": ("zensical", _EXTENSION, ["not-watched"]),
    "something else watched": ("zensical", _EXTENSION + "watch: [docs]\n", ["not-watched"]),
    "no rules": ("mkdocs", "plugins: [assessor]\n", ["no-rules"]),
    "empty rules": ("mkdocs", "plugins:\n  - assessor:\n      rules:\n", ["no-rules"]),
    "two rule sets by other names": (
        "mkdocs",
        _PLUGIN + _EXTENSION.replace("rules.py", "{a: rules.py}"),
        ["two-rules"],
    ),
    "rules that are none": ("mkdocs", "plugins:\n  - assessor:\n      rules: {}\n", ["broken-options"]),
    "the plugin twice": ("mkdocs", f"{_PLUGIN}  - assessor:\n      rules: rules.py\n", ["listed-twice"]),
    "a plugin that is switched off": ("mkdocs", f"{_PLUGIN}      enabled: false\n", ["switched-off"]),
    "a plugin that a variable switches off": (
        "properdocs",
        f"{_PLUGIN}      enabled: !ENV [NO_SUCH_VARIABLE, false]\n",
        ["switched-off"],
    ),
    "a plugin that is switched off beside the extension": (
        "mkdocs",
        f"{_PLUGIN}      enabled: false\n{_EXTENSION}",
        ["bare-extension"],
    ),
    "no such rules": ("mkdocs", _PLUGIN.replace("rules.py", "ruls.py"), ["broken-rules"]),
    "no docs": ("mkdocs", f"{_PLUGIN}docs_dir: texts\n", ["no-docs"]),
    "all at once": ("zensical", "markdown_extensions: [mkdocs_assessor]\n", ["not-strict", "no-rules"]),
}


@pytest.mark.parametrize(("generator", "config", "expected"), _MISTAKES.values(), ids=_MISTAKES)
def test_a_mistake(tmp_path: Path, generator: str, config: str, expected: list[str]) -> None:
    assert _problems(tmp_path, generator, config, **{"other.py": RULES}) == expected


def test_no_page_with_a_slot(tmp_path: Path) -> None:
    assert _problems(tmp_path, "mkdocs", _PLUGIN, **{"index.md": "# Home\n"}) == ["no-slots"]


_PASSAGES = (
    '# Home\n\n<!-- assessor/when cycle -->\nOil.\n<!-- assessor/end -->\n\nGo.\n{ when="bus" }\n\n`{ when=x }`\n'
)
_LISTED = "markdown_extensions: [attr_list]\n"


def test_passages_are_counted(tmp_path: Path) -> None:
    write_site(tmp_path, {**_PAGE, "other.md": _PASSAGES, "mkdocs.yml": f"site_name: A\n{_PLUGIN}{_LISTED}"})
    run = _doctor(str(tmp_path / "mkdocs.yml"), "--generator", "mkdocs")
    assert "ok       passages: 2, on 1 of 2 pages\n" in run.stdout
    assert run.exit_code == 0
    (tmp_path / "docs/other.md").unlink()
    assert "passages: " not in _doctor(str(tmp_path / "mkdocs.yml"), "--generator", "mkdocs").stdout


def test_passages_whose_questions_no_page_asks(tmp_path: Path) -> None:
    assert _problems(tmp_path, "mkdocs", _PLUGIN + _LISTED, **{"index.md": _PASSAGES}) == ["unasked-passages"]


def test_a_passage_as_an_attribute_that_nothing_reads(tmp_path: Path) -> None:
    page = f"{_PAGE['index.md']}\n{_PASSAGES}"
    assert _problems(tmp_path, "mkdocs", _PLUGIN, **{"index.md": page}) == ["unread-attribute"]
    run = _doctor(str(tmp_path / "mkdocs.yml"), "--generator", "mkdocs")
    line = page.splitlines().index('{ when="bus" }') + 1
    assert f"docs/index.md:{line}:1: error: Markdown shows '{{ when=\"bus\" }}' as text: add attr_list" in run.stdout
    assert _problems(tmp_path, "mkdocs", f"{_PLUGIN}markdown_extensions: [extra]\n", **{"index.md": page}) == []


def test_what_to_do_is_said(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": f"site_name: A test\n{_PLUGIN}"})
    run = _doctor(str(folder), "--generator", "zensical")
    assert "Zensical ignores the plugin without a warning" in run.stdout
    assert "add 'mkdocs_assessor: {rules: …, strict: true}' to markdown_extensions" in run.stdout


def test_a_door_that_is_listed_twice_is_shown_with_both_lines(tmp_path: Path) -> None:
    twice = f"{_PLUGIN}  - assessor\n  - assessor:\n      rules: rules.py\n"
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": f"site_name: A test\n{twice}"})
    assert build(folder, "--strict").exit_code == 1
    run = _doctor(str(folder / "mkdocs.yml"), "--generator", "mkdocs")
    for line in (6, 7):
        assert re.search(rf"mkdocs\.yml:{line}:\d+: warning: .*mkdocs\.yml:4 lists assessor, too: keep one", run.stdout)


def test_a_broken_rule_set_is_shown_with_its_line(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": _PLUGIN, "rules.py": "x = (\n"})
    run = _doctor(str(folder), "--generator", "mkdocs")
    assert "rules.py:1:1: error: not valid Python" in run.stdout


def test_versions_and_what_was_found(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": _PLUGIN})
    run = _doctor(str(folder), "--generator", "mkdocs")
    assert re.search(r"^ok +mkdocs-assessor \d+\.\d+.*, mkdocs 1\.\d+.*, Python 3\.\d+", run.stdout, re.MULTILINE)
    assert "rules.py: 'To work' has 5 questions, 3 rules and 2 outcomes" in run.stdout
    assert "slots are on 1 of 1 pages" in run.stdout
    assert re.search(r"assessor\.\w+\.js \([\d,]+ bytes\), assessor\.\w+\.css", run.stdout)


def test_what_a_configuration_inherits_counts(tmp_path: Path) -> None:
    child = f"INHERIT: mkdocs.yml\n{_EXTENSION}{_WATCH}"
    files = {"mkdocs.yml": f"site_name: A test\n{_PLUGIN}markdown_extensions: [admonition]\n"}
    assert _problems(tmp_path, "zensical", child, "zensical.yml", **files) == []


def test_a_list_replaces_the_one_that_mkdocs_inherits(tmp_path: Path) -> None:
    base = {"base.yml": f"site_name: A test\n{_PLUGIN}"}
    assert _problems(tmp_path, "mkdocs", "INHERIT: base.yml\n", **base) == []
    assert _problems(tmp_path, "mkdocs", f"INHERIT: base.yml\n{_PLUGIN}", **base) == []
    assert _problems(tmp_path, "mkdocs", "INHERIT: base.yml\nplugins: [search]\n", **base) == ["not-configured"]
    assert "<!-- assessor/checklist -->" in build(tmp_path).page()


def test_tags_of_generators_are_read_over(tmp_path: Path) -> None:
    tagged = "site_url: !ENV [SITE_URL, x]\nhook: !relative $config_dir\nfence: !!python/name:pymdownx.x.y\n"
    assert _problems(tmp_path, "mkdocs", tagged + _PLUGIN) == []


def test_a_variable_of_the_environment_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = "      language: !ENV A_LANGUAGE\n      references: !ENV [THE_REFERENCES, false]\n"
    config = f"{_PLUGIN}{options}      enabled: !ENV [THE_GUIDE, true]\n"
    assert _problems(tmp_path, "mkdocs", config) == []
    monkeypatch.setenv("A_LANGUAGE", "german")
    assert _problems(tmp_path, "mkdocs", config) == ["broken-options"]


def test_toml(tmp_path: Path) -> None:
    config = '[project]\nsite_name = "A"\nwatch = ["rules.py"]\n[project.markdown_extensions.mkdocs_assessor]\n'
    folder = write_site(tmp_path, {**_PAGE, "zensical.toml": f'{config}rules = "rules.py"\nstrict = true\n'})
    (folder / "mkdocs.yml").unlink()
    run = _doctor(str(folder))
    assert run.exit_code == 0, run.output
    assert run.stdout.startswith(f"{folder / 'zensical.toml'}, for Zensical\n")


def test_tables_and_translations_have_to_be_watched_as_well(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "photos", tmp_path / "photos")
    shutil.copytree(ROOT / "examples" / "backup-plan", tmp_path / "plan")
    for config, others in (("photos/zensical.toml", ', "rules.de.yml"'), ("plan/mkdocs.yml", "  - plans.csv\n")):
        file = tmp_path / config
        assert "[not-watched]" not in _doctor(str(file), "--generator", "zensical").stdout
        text = file.read_text("utf-8")
        assert others in text
        file.write_text(text.replace(others, ""), "utf-8")
        unlisted = others.strip(' ,"-\n')
        assert f"add {unlisted} to watch [not-watched]" in _doctor(str(file), "--generator", "zensical").stdout


@pytest.mark.parametrize("name", ["zensical.toml", "zensical.yml"])
def test_zensical_reads_no_other_file_beside_its_own(name: str, tmp_path: Path) -> None:
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": f"site_name: A test\n{_PLUGIN}"})
    assert likely_generators(read_site(folder / "mkdocs.yml")) == list(GENERATORS)
    (folder / name).touch()
    assert likely_generators(read_site(folder / "mkdocs.yml")) == ["mkdocs", "properdocs"]
    run = _doctor(str(folder))
    assert "[ignored-plugin]" not in run.stdout
    assert f"ok       Zensical's file is {name}: check it with 'assessor doctor {folder / name}'" in run.stdout
    # Who names Zensical wants to know what it makes of this file.
    assert "[ignored-plugin]" in _doctor(str(folder), "--generator", "zensical").stdout


def test_the_generators_are_those_that_are_installed(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {"mkdocs.yml": _PLUGIN, "zensical.yml": _EXTENSION})
    assert likely_generators(read_site(folder / "mkdocs.yml")) == ["mkdocs", "properdocs"]
    assert likely_generators(read_site(folder / "zensical.yml")) == ["zensical"]


_UNREADABLE = {
    "no file": ("nix.yml", None, "nix.yml: cannot read the file: No such file or directory"),
    "no YAML": ("mkdocs.yml", "a: [\n", "mkdocs.yml:2: error: not valid YAML"),
    "a list": ("mkdocs.yml", "- a\n", "a configuration is a mapping"),
    "no end": ("mkdocs.yml", "INHERIT: mkdocs.yml\n", "files inherit from each other without end"),
    "bytes": ("mkdocs.yml", "a: \x00\n", "mkdocs.yml: cannot read the file"),
    "a parent that is not there": ("mkdocs.yml", "INHERIT: base.yml\n", "base.yml: cannot read the file"),
}


@pytest.mark.parametrize(("name", "text", "message"), _UNREADABLE.values(), ids=_UNREADABLE)
def test_a_configuration_that_cannot_be_read(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    run = _doctor(str(tmp_path / name))
    assert run.exit_code == 2
    assert run.stdout == ""
    assert "error: " in run.stderr
    assert message in run.stderr


_BESIDE = {
    "the plugin's": (
        "plugins:\n  - search\n  - assessor:\n    rules: rules.py\n",
        "mkdocs.yml:3: error: indent 'rules' below 'assessor:'",
    ),
    "the extension's": (
        "markdown_extensions:\n  - mkdocs_assessor:\n    ruels: rules.py\n    strict: true\n",
        "mkdocs.yml:2: error: indent 'ruels' and 'strict' below 'mkdocs_assessor:'",
    ),
    "some": (
        "plugins:\n  - assessor:\n      rules: rules.py\n    words: {undo: Back}\n",
        "mkdocs.yml:2: error: indent 'words' below 'assessor:'",
    ),
    "another plugin": (
        "plugins:\n  - search:\n    assessor:\n      rules: rules.py\n",
        "mkdocs.yml:3: error: begin 'search' and 'assessor' with '- ' each",
    ),
    "no mapping": (
        "plugins:\n  - assessor: rules.py\n",
        "mkdocs.yml:2: error: assessor: write a mapping, such as 'assessor: {rules: rules.py}', not 'rules.py'",
    ),
    "inherited": ("INHERIT: base.yml\n", "base.yml:2: error: indent 'rules' below 'assessor:'"),
}


@pytest.mark.parametrize(("config", "message"), _BESIDE.values(), ids=_BESIDE)
def test_options_that_stand_beside_the_name(tmp_path: Path, config: str, message: str) -> None:
    base = "plugins:\n  - assessor:\n    rules: rules.py\n"
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": config, "base.yml": base})
    assert build(folder).exit_code == 1
    for command in ("doctor", "publish"):
        run = CliRunner().invoke(main, [command, str(folder / "mkdocs.yml")])
        assert (run.exit_code, run.stdout) == (2, "")
        assert message in run.stderr


@pytest.mark.parametrize("plugins", ["plugins: {search: {}, assessor: {rules: rules.py}}\n", "plugins: {assessor: }\n"])
def test_a_mapping_of_plugins_is_right(tmp_path: Path, plugins: str) -> None:
    assert set(_problems(tmp_path, "mkdocs", plugins)) <= {"no-rules"}


def test_a_folder_without_a_configuration(tmp_path: Path) -> None:
    run = _doctor(str(tmp_path))
    assert run.exit_code == 2
    assert "there is no properdocs.yml, mkdocs.yml, mkdocs.yaml, zensical.toml or zensical.yml here" in run.stderr


def test_tools_get_a_document_of_what_is_wrong(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": "site_name: A test\nplugins:\n  - assessor: {ruls: x}\n"})
    found = [("broken-options", "error", 3), ("no-rules", "warning", 3)]
    runs = {
        output: _doctor(str(folder), "--generator", "mkdocs", "--format", output)
        for output in ("json", "github", "sarif")
    }
    assert [run.exit_code for run in runs.values()] == [1, 1, 1]
    findings = json.loads(runs["json"].stdout)["findings"]
    assert [(each["code"], each["severity"], each["line"]) for each in findings] == found
    lines = runs["github"].stdout.splitlines()
    assert len(lines) == len(found)
    for line, (code, severity, number) in zip(lines, found, strict=True):
        assert re.match(rf"::{severity} file=[^,]*mkdocs\.yml,line={number},col=3,endColumn=24,title={code}::", line)
    report = json.loads(runs["sarif"].stdout)
    jsonschema.validate(report, SARIF)
    assert [(each["ruleId"], each["level"]) for each in report["runs"][0]["results"]] == [each[:2] for each in found]


def test_tools_get_a_document_where_nothing_is_wrong(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {**_PAGE, "mkdocs.yml": _PLUGIN, "rules.py": RULES})
    run = _doctor(str(folder), "--generator", "mkdocs", "--format", "json")
    assert (run.exit_code, json.loads(run.stdout)["findings"]) == (0, [])


def test_a_site_that_lists_only_the_strict_extension_is_zensicals(tmp_path: Path) -> None:
    listed = "markdown_extensions:\n  - mkdocs_assessor: {rules: rules.py, strict: true}\n"
    config = f"site_name: Site\n{listed}watch: [rules.py]\n"
    folder = write_site(tmp_path, {"mkdocs.yml": config, "index.md": "# Home\n\n<!-- assessor/checklist -->\n"})
    run = CliRunner().invoke(main, ["doctor", str(folder)])
    assert run.stdout.startswith(f"{folder / 'mkdocs.yml'}, for Zensical\n")

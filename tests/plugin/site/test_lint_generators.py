"""`assessor lint` says what a build says, whichever generator the site is for and whichever language it is in."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.commands import run_command
from tests.support.sites import CONFIG, GENERATORS, RULES, build, build_with, write_site

pytestmark = pytest.mark.slow

_DRIFTED = "# Home\n\n## Weather\n\n[9 km](fact:cycled) <!-- assessor/question rain -->\n"
_INCLUDING = '# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n\n--8<-- "part.txt"\n'
_PART = {"parts/part.txt": "It is\n[9 km](fact:cycled) long.\n"}
_MATERIAL = CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false, language: de}")

# The same site for each generator, with a snippet that only its configuration leads to.
_OPTIONS = "markdown_extensions:\n  - pymdownx.snippets: {base_path: [parts]}\n"
_EXTENSION = f"site_name: A test\n{_OPTIONS}  - mkdocs_assessor: {{rules: rules.py}}\n"
_PLUGIN = f"site_name: A test\n{_OPTIONS}plugins:\n  - assessor: {{rules: rules.py}}\n"
_TOML = """\
[project]
site_name = "A test"
[project.markdown_extensions.mkdocs_assessor]
rules = "rules.py"
[project.markdown_extensions.pymdownx.snippets]
base_path = ["parts"]
[project.markdown_extensions.pymdownx.blocks.admonition]
[project.markdown_extensions.pymdownx.tabbed]
slugify = { object = "pymdownx.slugs.slugify", kwds = { case = "lower" } }
[project.markdown_extensions.pymdownx.superfences]
custom_fences = [{ name = "x", class = "x", format = "pymdownx.superfences.fence_div_format" }]
"""
_INHERITED = {"base.yml": _PLUGIN, "mkdocs.yml": "INHERIT: base.yml\nsite_name: Another\n"}
_CONFIGURATIONS: Mapping[str, Mapping[str, str]] = {
    "mkdocs.yml": {"mkdocs.yml": _PLUGIN},
    "properdocs.yml": {"properdocs.yml": _PLUGIN},
    "zensical.yml": {"zensical.yml": _EXTENSION},
    "INHERIT": _INHERITED,
    "lists are added up for Zensical": {
        "base.yml": _OPTIONS,
        "zensical.yml": "INHERIT: base.yml\nmarkdown_extensions:\n  - mkdocs_assessor: {rules: rules.py}\n",
    },
    "a mkdocs.yml without us": {"mkdocs.yml": "site_name: Old\n", "zensical.yml": _EXTENSION},
    "zensical.toml": {"zensical.toml": _TOML},
}
_NEEDS_TOML = pytest.mark.skipif(sys.version_info < (3, 11), reason="Python reads TOML from 3.11 on")


def _lint(*arguments: str | Path) -> Result:
    return run_command("lint", *arguments)


def _found(docs: Path, *arguments: str) -> set[tuple[str, int, int, str, str]]:
    """What is said of the pages, as builds name them."""
    run = _lint(docs, *arguments, "--format", "json")
    said = json.loads(run.stdout)
    return {
        (Path(each["path"]).name, each["line"], each["column"], each["code"], each["message"])
        for each in said["findings"]
        if each["severity"] == "warning"
    }


def _without_default_config(folder: Path, files: Mapping[str, str]) -> Path:
    write_site(folder, files)
    if "mkdocs.yml" not in files:
        (folder / "mkdocs.yml").unlink()
    return folder


class TestConfigurations:
    @pytest.mark.parametrize(
        "files",
        [
            pytest.param(files, id=name, marks=[_NEEDS_TOML] if name == "zensical.toml" else [])
            for name, files in _CONFIGURATIONS.items()
        ],
    )
    @pytest.mark.parametrize("is_apart", [False, True], ids=["there", "elsewhere"])
    def test_each_is_found_and_followed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str], is_apart: bool
    ) -> None:
        folder = _without_default_config(tmp_path / "site-source", {"index.md": _INCLUDING, **_PART, **files})
        monkeypatch.chdir(tmp_path if is_apart else folder)
        run = _lint(folder / "docs" if is_apart else "docs")
        assert run.exit_code == 1, run.output
        part = Path("site-source", "parts", "part.txt") if is_apart else Path("parts", "part.txt")
        assert run.stdout.startswith(f"{part}:2:1: warning: the text '9 km' says 9")
        assert run.stdout.count("warning:") == 1
        chosen = [name for name in files if name != "base.yml" and "Old" not in files[name]]
        config = Path("site-source", *chosen) if is_apart else chosen[0]
        assert run.stderr.splitlines()[0] == f"rules: rules.py, as {config} says"

    def test_one_that_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(
            write_site(tmp_path, {"index.md": _DRIFTED, "sub/zensical.yml": _EXTENSION, "sub/rules.py": RULES})
        )
        run = _lint("docs", "--config", "sub/zensical.yml")
        assert run.exit_code == 1
        assert run.stderr.splitlines()[0] == f"rules: rules.py, as {Path('sub', 'zensical.yml')} says"

    def test_lists_of_mkdocs_replace_those_that_they_inherit(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As MkDocs does: a build of this site does not know snippets, and shows the line as it is."""
        files = {**_INHERITED, "mkdocs.yml": "INHERIT: base.yml\nmarkdown_extensions: []\n"}
        monkeypatch.chdir(write_site(tmp_path, {"index.md": _INCLUDING, **_PART, **files}))
        assert _lint("docs").exit_code == 0

    def test_docs_that_do_not_lie_beside_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = {"content/pages/index.md": _DRIFTED, "mkdocs.yml": f"docs_dir: content/pages\n{CONFIG}"}
        folder = write_site(tmp_path, {})
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        monkeypatch.chdir(folder)
        run = _lint(Path("content", "pages"))
        assert run.exit_code == 1
        assert run.stderr.splitlines()[0] == "rules: rules.py, as mkdocs.yml says"

    @pytest.mark.parametrize("config", ["site_name: A test\nplugins: [assessor]\n", "site_name: A test\n", None])
    def test_the_bundled_rules_are_not_taken_silently(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str | None
    ) -> None:
        files = {"index.md": _DRIFTED} | ({"mkdocs.yml": config} if config else {})
        monkeypatch.chdir(_without_default_config(tmp_path, files))
        run = _lint("docs")
        cause = "mkdocs.yml names none" if config else "there is no configuration here"
        said = f"rules: the bundled guide for Medplum, since {cause}; name yours with --rules"
        assert (run.exit_code, run.stderr.splitlines()[0]) == (1, said)
        assert "rules:" not in _lint("docs", "--rules", "rules.py").stderr

    def test_objects_of_python(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made = "slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
        config = CONFIG.replace("{pymdownx.tabbed: {}}", f"pymdownx.tabbed: {{{made}}}, toc: {{{made}}}")
        assert config != CONFIG
        monkeypatch.chdir(write_site(tmp_path, {"index.md": _DRIFTED, "mkdocs.yml": config}))
        assert _lint("docs").exit_code == 1

    @_NEEDS_TOML
    def test_an_object_that_is_not_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        toml = _TOML.replace("pymdownx.slugs.slugify", "pymdownx.slug.slugify")
        monkeypatch.chdir(_without_default_config(tmp_path, {"index.md": _DRIFTED, "zensical.toml": toml}))
        run = _lint("docs")
        assert run.exit_code == 2
        assert "zensical.toml: markdown_extensions: there is no 'pymdownx.slug.slugify' to import" in run.stderr

    @pytest.mark.parametrize("option", ["words", "diagnostics"])
    def test_an_option_that_is_no_mapping(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
        config = CONFIG.replace("rules: rules.py", f"rules: rules.py\n      {option}: [a]")
        monkeypatch.chdir(write_site(tmp_path, {"index.md": _DRIFTED, "mkdocs.yml": config}))
        run = _lint("docs")
        assert run.exit_code == 2
        assert f"mkdocs.yml:7: error: {option}: write a mapping, not ['a']" in run.stderr


_NUMBERS = "[1.200 EUR](fact:fare) [1,200 EUR](fact:fare) Most people cycle 5,0 km."
_IN_LANGUAGES = {
    "index.md": f"# Zu Hause\n\n## Weather\n\n<!-- assessor/checklist -->\n\n{_NUMBERS}\n",
    "english.md": f"---\nlanguage: en\n---\n# Home\n\n{_NUMBERS}\n",
    "french.md": "---\nlanguage: fr\n---\n# Chez soi\n\n[1 200 EUR](fact:fare) [1,200 EUR](fact:fare)\n",
    "unknown.md": "---\ntitle: A\nlanguage: german\n---\n# A\n",
}


class TestLanguages:
    @pytest.mark.parametrize("generator", GENERATORS)
    def test_the_same_as_a_build(self, generator: str, tmp_path: Path) -> None:
        folder = write_site(tmp_path, {**_IN_LANGUAGES, "mkdocs.yml": _MATERIAL})
        built = build_with(generator, folder)
        config = folder / ("zensical.yml" if generator == "zensical" else "mkdocs.yml")
        found = _found(folder / "docs", "--config", str(config))
        assert found == {
            (Path(each.path).name, each.line, each.column, each.code, each.text) for each in built.warnings
        }
        assert {(path, line, code) for path, line, _, code, _ in found} == {
            ("index.md", 7, "drifted-fact"),
            ("index.md", 7, "unlinked-fact"),
            ("english.md", 6, "drifted-fact"),
            ("french.md", 6, "drifted-fact"),
            ("unknown.md", 3, "unknown-language"),
        }

    @pytest.mark.parametrize("structure", ["suffix", "folder"])
    def test_of_the_i18n_plugin(self, structure: str, tmp_path: Path) -> None:
        config = CONFIG.replace(
            "plugins:\n",
            "plugins:\n  - i18n:\n      docs_structure: "
            + structure
            + """
      languages:
        - {locale: de, name: Deutsch}
        - {locale: en, name: English, default: true}
""",
        )
        text = f"# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n\n{_NUMBERS}\n"
        names = ("index.md", "index.de.md") if structure == "suffix" else ("docs/en/index.md", "docs/de/index.md")
        folder = write_site(tmp_path, {"mkdocs.yml": config})
        for name in names:
            (folder / "docs" / name.removeprefix("docs/")).parent.mkdir(parents=True, exist_ok=True)
            (folder / "docs" / name.removeprefix("docs/")).write_text(text, "utf-8")
        found = _found(folder / "docs")
        said = {(each.line, each.column, each.code, each.text) for each in build(folder).warnings}
        assert {each[1:] for each in found if "assessor" not in each[4]} == said
        assert {(column, code) for _, _, column, code, _ in found} == {
            (1, "drifted-fact"),
            (24, "drifted-fact"),
            (65, "unlinked-fact"),
        }

    def test_words_and_templates_of_the_site(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        config = CONFIG.replace("theme: mkdocs", "theme: {name: mkdocs, custom_dir: own}")
        config = config.replace(
            "rules: rules.py", "rules: rules.py\n      language: de\n      words: {unknown: Wer weiß}"
        )
        files = {"index.md": _IN_LANGUAGES["index.md"], "own/assessor/cheklist.html.jinja": "", "mkdocs.yml": config}
        folder = write_site(tmp_path, files)
        monkeypatch.chdir(folder)
        said = {each.code for each in build(folder).warnings}
        assert (
            {code for *_, code, _ in _found(Path("docs"))}
            == said
            == {"unknown-template", "drifted-fact", "unlinked-fact"}
        )
        (folder / "mkdocs.yml").write_text(config.replace("words: {unknown:", "words: {unknow:"), "utf-8")
        run = _lint("docs")
        assert run.exit_code == 2
        assert "mkdocs.yml:8: " in run.stderr

"""A configuration is read as its generator reads it, and reading it runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result
from mkdocs.config import load_config

from mkdocs_assessor.config.files import read_configuration
from mkdocs_assessor.config.site import find_site, read_site
from tests.support.commands import run_command
from tests.support.sites import CONFIG, RULES, write_site

_DRIFTED = "[9 km](fact:cycled)\n"


def _run(*arguments: str | Path) -> Result:
    return run_command(*arguments)


class TestVariables:
    @pytest.mark.parametrize(
        "text",
        [
            "!ENV A_TEXT",
            "!ENV UNSET",
            "!ENV A_NUMBER",
            "!ENV A_TRUTH",
            "!ENV A_LIST",
            "!ENV EMPTY",
            "!ENV [A_TEXT]",
            "!ENV [UNSET]",
            "!ENV [UNSET, 3]",
            "!ENV [UNSET, [a, b]]",
            "!ENV [UNSET, {a: b}]",
            # The last one is a default, even where a variable has that name.
            "!ENV [UNSET, A_TEXT]",
            "!ENV [UNSET, A_NUMBER, A_TEXT]",
        ],
    )
    def test_as_in_mkdocs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        variables = {"A_TEXT": "a b", "A_NUMBER": "3", "A_TRUTH": "yes", "A_LIST": "[a, {b: c}]", "EMPTY": ""}
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        (tmp_path / "docs").mkdir()
        file = tmp_path / "mkdocs.yml"
        file.write_text(f"site_name: A\nextra: {{it: {text}}}\n", "utf-8")
        expected = load_config(str(file)).extra
        assert read_configuration(file).data["extra"] == expected

    @pytest.mark.parametrize("text", ["!ENV {a: b}", "!ENV [[a], b]"])
    def test_that_name_nothing_are_refused(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "mkdocs.yml"
        file.write_text(f"site_name: {text}\n", "utf-8")
        run = _run("doctor", file)
        assert (run.exit_code, run.stdout) == (2, "")
        assert f"{file}:1: error: not valid YAML" in run.stderr


class TestInheritance:
    def test_as_in_mkdocs(self, tmp_path: Path) -> None:
        """Mappings are merged, lists replaced, and paths start from the file that is built."""
        files = {
            "mkdocs.yml": "INHERIT: base/one.yml\nextra: {a: {b: 1}, list: [1]}\n",
            "base/one.yml": "INHERIT: two.yml\nsite_name: A\ndocs_dir: pages\nextra: {a: {c: 2}, list: [2, 3]}\n",
            "base/two.yml": "extra: {a: {c: 3, d: 4}, list: [4], text: x}\nexclude_docs: gone.md\n",
            "pages/index.md": "# A\n",
            "pages/gone.md": "# B\n",
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        config = load_config(str(tmp_path / "mkdocs.yml"))
        site = read_site(tmp_path / "mkdocs.yml")
        assert read_configuration(tmp_path / "mkdocs.yml").data["extra"] == config.extra
        assert str(site.docs.path) == config.docs_dir
        assert str(site.output) == config.site_dir
        assert site.docs.pages() == ["index.md"]

    def test_of_many_files(self, tmp_path: Path) -> None:
        (tmp_path / "docs").mkdir()
        for number in range(30):
            parent = f"INHERIT: {number + 1}.yml\n" if number < 29 else "site_name: A\n"
            (tmp_path / f"{number}.yml").write_text(parent, "utf-8")
        assert load_config(str(tmp_path / "0.yml")).site_name == "A"
        assert read_configuration(tmp_path / "0.yml").data["site_name"] == "A"


_MADE = "x: !!python/object/apply:os.mkdir [made]\n"


class TestObjectsOfPython:
    @pytest.mark.parametrize("command", [("doctor",), ("publish",), ("check",), ("cases",)])
    def test_reading_runs_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
    ) -> None:
        monkeypatch.chdir(write_site(tmp_path, {"index.md": "<!-- assessor/checklist -->\n"}))
        Path("mkdocs.yml").write_text(CONFIG + _MADE, "utf-8")
        Path("site").mkdir()
        assert _run(*command).exit_code in (0, 1)
        assert not Path("made").exists()

    def test_lint_runs_what_a_build_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(write_site(tmp_path, {"index.md": _DRIFTED, "mkdocs.yml": CONFIG + _MADE}))
        load_config("mkdocs.yml")
        assert Path("made").exists()
        Path("made").rmdir()
        assert _run("lint", "docs").exit_code == 1
        assert Path("made").exists()

    @pytest.mark.parametrize("options", ["[int, [x]]", "{args: [3]}", "{kwds: {case: lower}}", "[]"])
    def test_arguments_in_a_list_or_a_mapping(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: str
    ) -> None:
        monkeypatch.chdir(write_site(tmp_path, {"index.md": "# A\n"}))
        Path("mkdocs.yml").write_text(f"{CONFIG}x: !!python/object/apply:builtins.dict {options}\n", "utf-8")
        run = _run("lint", "docs")
        if run.exit_code:
            assert run.exit_code == 2
            assert "mkdocs.yml:8: error: !!python/object/apply:builtins.dict: TypeError" in run.stderr

    def test_that_fails_is_told_with_its_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(write_site(tmp_path, {"index.md": "# A\n"}))
        Path("mkdocs.yml").write_text(f"{CONFIG}x: !!python/object/apply:math.sqrt [-1]\n", "utf-8")
        run = _run("lint", "docs")
        assert (run.exit_code, run.stdout) == (2, "")
        assert "mkdocs.yml:8: error: !!python/object/apply:math.sqrt: ValueError: math domain error" in run.stderr


class TestRelative:
    @pytest.mark.parametrize(
        ("tag", "page", "part"),
        [
            ("!relative ''", "sub/index.md", "docs/sub/part.txt"),
            ("!relative $docs_dir", "sub/index.md", "docs/part.txt"),
            ("!relative $docs_dir/parts", "sub/index.md", "docs/parts/part.txt"),
            ("!relative $config_dir/parts", "sub/index.md", "parts/part.txt"),
        ],
    )
    def test_as_in_a_build(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str, page: str, part: str
    ) -> None:
        config = CONFIG.replace("[admonition,", f"[{{pymdownx.snippets: {{base_path: [{tag}], check_paths: true}}}},")
        assert config != CONFIG
        write_site(tmp_path, {"index.md": "# A\n", page: '--8<-- "part.txt"\n', "mkdocs.yml": config, part: _DRIFTED})
        monkeypatch.chdir(tmp_path.parent)
        run = _run("lint", tmp_path / "docs")
        assert (run.exit_code, run.stdout.count("warning:")) == (1, 1), run.output
        assert "says 9, but fact 'cycled'" in run.stdout

    def test_that_means_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        config = CONFIG.replace("[admonition,", "[{pymdownx.snippets: {base_path: !relative docs}},")
        monkeypatch.chdir(write_site(tmp_path, {"index.md": "# A\n", "mkdocs.yml": config}))
        run = _run("lint", "docs")
        assert run.exit_code == 2
        assert "mkdocs.yml:7: error: write '!relative $config_dir/…'" in run.stderr


_DEEP = 5000
_TOO_DEEP: Mapping[str, tuple[str, str]] = {
    "a list of YAML": ("mkdocs.yml", f"extra: {'[' * _DEEP}{']' * _DEEP}\n"),
    "a mapping of YAML": ("mkdocs.yml", f"extra: {'{a: ' * _DEEP}1{'}' * _DEEP}\n"),
    "the rules": ("mkdocs.yml", f"plugins:\n  - assessor:\n      rules: {'[' * _DEEP}{']' * _DEEP}\n"),
    "a few hundred": ("mkdocs.yml", f"markdown_extensions: [toc: {{a: {'[' * 150}{']' * 150}}}]\n"),
    "itself": ("mkdocs.yml", "extra: &a [*a]\n"),
    "the arguments of a tag": ("mkdocs.yml", f"extra: !!python/object/apply:f {'[' * _DEEP}{']' * _DEEP}\n"),
    "a list of TOML": ("zensical.toml", f"[project]\na = {'[' * _DEEP}{']' * _DEEP}\n"),
    "a few hundred of TOML": ("zensical.toml", f"[project]\na = {'[' * 300}{']' * 300}\n"),
    "keys of TOML": ("zensical.toml", f"[project]\n{'.'.join(['a'] * _DEEP)} = 1\n"),
    "a table of TOML": ("zensical.toml", f"[project.markdown_extensions.{'.'.join(['a'] * _DEEP)}]\n"),
}


@pytest.mark.slow
class TestNesting:
    @pytest.mark.parametrize(("name", "text"), _TOO_DEEP.values(), ids=_TOO_DEEP)
    def test_without_end_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
    ) -> None:
        monkeypatch.chdir(write_site(tmp_path, {"index.md": "# A\n"}))
        Path("mkdocs.yml").unlink()
        Path(name).write_text(text, "utf-8")
        Path("answers.yml").write_text("rain: daily\n", "utf-8")
        commands = (("lint", "docs"), ("doctor",), ("publish",), ("assess", "answers.yml"), ("check",))
        for command in commands:
            run = _run(*command)
            assert (run.exit_code, run.stdout) == (2, ""), command
            assert f"{name}: cannot read the file: it has more than 100 nested levels" in run.stderr

    @pytest.mark.parametrize("value", [f"{'[' * _DEEP}{']' * _DEEP}", "2026-02-30", "!!int x", "!!timestamp x"])
    def test_of_front_matter(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        """A build takes such front matter for Markdown, and so does the command."""
        page = f"---\nlanguage: de\ndate: {value}\n---\n\n{_DRIFTED}"
        monkeypatch.chdir(write_site(tmp_path, {"index.md": page}))
        run = _run("lint", "docs")
        assert run.exit_code == 1
        assert "[unread-front-matter]" in run.stdout
        assert "[drifted-fact]" in run.stdout


class TestLinkedDocs:
    @pytest.mark.parametrize("has_config_there", [False, True])
    def test_belong_to_the_configuration_beside_the_link(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_config_there: bool
    ) -> None:
        project, there = tmp_path / "project", tmp_path / "there"
        write_site(project, {})
        (there / "docs").mkdir(parents=True)
        (there / "docs" / "index.md").write_text(_DRIFTED, "utf-8")
        if has_config_there:
            (there / "mkdocs.yml").write_text("plugins: [assessor]\n", "utf-8")
        (project / "docs").symlink_to("../there/docs")
        monkeypatch.chdir(project)
        run = _run("lint", "docs")
        assert run.stderr.splitlines()[0] == "rules: rules.py, as mkdocs.yml says"
        assert run.exit_code == 1
        assert f"{Path('docs', 'index.md')}:1:1: " in run.stdout

    def test_belong_to_the_one_beside_the_folder_otherwise(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project = write_site(tmp_path / "project", {"index.md": _DRIFTED})
        (tmp_path / "link").symlink_to("project/docs")
        monkeypatch.chdir(tmp_path)
        site = find_site(Path("link"))
        assert site is not None
        assert site.file == project / "mkdocs.yml"
        assert _run("lint", "link").exit_code == 1
        assert RULES in (project / "rules.py").read_text("utf-8")

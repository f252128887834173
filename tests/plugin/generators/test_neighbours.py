"""Beside the plugins that its users have, with MkDocs and with ProperDocs: nothing of theirs or of ours breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.language.words import load_words
from mkdocs_assessor.page.assets import script, style_sheet
from tests.support.plugin.html_pages import broken_urls, by_class, dangling_references, ids, read, repeated, text_of
from tests.support.sites import CONFIG, Built, build_apart, write_site

_EXTENSIONS = CONFIG[CONFIG.index("markdown_extensions:") :]
_MATERIAL = "site_name: A test\nsite_url: https://example.org/docs/\ntheme: {name: material, font: false}\n"

# Privacy would fetch what the theme's offline search loads, from a host that tests must not ask.
_MANY = f"""\
{_MATERIAL}
plugins:
  - search
  - macros
  - awesome-nav
  - redirects: {{redirect_maps: {{old.md: index.md}}}}
  - privacy: {{assets_exclude: ["unpkg.com/*"]}}
  - offline
  - assessor: {{rules: rules.py}}
  - minify: {{minify_html: true, minify_css: true, minify_js: true}}
  - print-site
hooks: [hook.py]
extra: {{slot: checklist}}
validation: {{anchors: warn, links: {{absolute_links: warn, unrecognized_links: warn}}, nav: {{omitted_files: warn}}}}
{_EXTENSIONS}"""

_PAGES = {
    "index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n\n[](fact:cycled), [deep](deep/leaf.md)\n",
    "deep/leaf.md": "# Leaf\n\n<!-- assessor/checklist -->\n\n<!-- assessor/question rain -->\n",
    "macro.md": "# Macro\n\n<!-- assessor/{{ slot }} -->\n\n## Up to [](fact:{{ 'cycled' }})\n",
    "hook.md": "# Hook\n\nX\n\n<!-- assessor/diagram -->\n",
    "docs/.nav.yml": "nav:\n  - index.md\n  - Macros: macro.md\n  - hook.md\n  - deep/leaf.md\n",
    "hook.py": "def on_page_markdown(markdown, **_):\n    return markdown.replace('X', '<!-- assessor/facts -->')\n",
}


_HOSTS = ("mkdocs", "properdocs")


@pytest.fixture(scope="module", params=_HOSTS)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with all that can be had at once."""
    folder = write_site(tmp_path_factory.mktemp("many"), {**_PAGES, "mkdocs.yml": _MANY})
    return build_apart(folder, "--strict", name=request.param)


def _assets(built: Built) -> list[str]:
    return sorted(Path(name).suffix for name in built.files() if "assets/assessor." in name)


class TestMany:
    def test_builds_strictly(self, many: Built) -> None:
        assert many.exit_code == 0, many.log
        assert _assets(many) == [".css", ".js"]

    def test_every_link_leads_somewhere(self, many: Built) -> None:
        """Redirects, minified pages and the joined one among them."""
        assert broken_urls(many) == []

    def test_macros_and_hooks_write_slots(self, many: Built) -> None:
        macro, hook = read(many.page("macro.html")), read(many.page("hook.html"))
        assert len(list(macro.iter("assessor-checklist"))) == 1
        assert "Up to 5 km" in text_of(macro)
        assert "A year on the bus" in text_of(hook)

    def test_search_finds_questions_and_no_controls(self, many: Built) -> None:
        index = json.loads(many.page("search/search_index.json"))["docs"]
        texts = {entry["location"]: entry["text"] for entry in index if entry["location"].startswith("deep/")}
        found = [location for location, text in texts.items() if "How often does it rain?" in text]
        assert found == ["deep/leaf.html", "deep/leaf.html#assessor-section-way"]
        said = " ".join(texts.values())
        for control in (
            "I don’t know yet",
            "Not answered",
            "Start again",
            "Clear",
            "Why we ask",
            "Settled",
            "Done: count",
        ):
            assert control not in said

    def test_the_joined_page_has_each_id_once(self, many: Built) -> None:
        page = read(many.page("print_page.html"))
        assert len(list(page.iter("assessor-checklist"))) == 2
        assert [each for each in repeated(ids(page)) if "assessor" in each] == []
        assert [each for each in dangling_references(page) if "assessor" in each] == []

    def test_the_joined_page_finds_the_assets(self, many: Built) -> None:
        sources = {script.get("src", "") for script in read(many.page("print_page.html")).iter("script")}
        assert [src for src in sources if "assessor" in src] == [
            name for name in many.files() if name.endswith(".js") and "assets/assessor." in name
        ]

    def test_our_script_is_not_rewritten(self, many: Built) -> None:
        """Privacy looks for addresses in scripts, and minify rewrites those that it is given."""
        for asset in (script(), style_sheet()):
            assert many.files()[f"assets/{asset.name}"].decode() == asset.content


class TestLanguages:
    _I18N = f"""\
{_MATERIAL}
plugins:
  - assessor: {{rules: rules.py}}
  - i18n:
      docs_structure: suffix
      languages:
        - {{locale: en, default: true, name: English, build: true}}
        - {{locale: de, name: Deutsch, build: true}}
{_EXTENSIONS}"""

    @pytest.mark.parametrize("host", _HOSTS)
    @pytest.mark.parametrize("is_first", [True, False], ids=["before", "after"])
    def test_two_builds_in_one_process(self, tmp_path: Path, is_first: bool, host: str) -> None:
        config = self._I18N
        if not is_first:
            ours = "  - assessor: {rules: rules.py}\n"
            config = config.replace(ours, "").replace("markdown_extensions", f"{ours}markdown_extensions", 1)
        pages = {
            "index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n",
            "index.de.md": "# Zu Hause\n\n## Weather\n\n<!-- assessor/checklist -->\n",
        }
        built = build_apart(write_site(tmp_path, {**pages, "mkdocs.yml": config}), "--strict", name=host)
        assert built.exit_code == 0, built.log
        assert _assets(built) == [".css", ".js"]
        assert broken_urls(built) == []
        for path, heading, language in (("index.html", "Home", "en"), ("de/index.html", "Zu Hause", "de")):
            page = read(built.page(path))
            assert heading in text_of(page)
            assert load_words(language)["unknown"] in text_of(page)
            assert [part.get("lang") for part in by_class(page, "assessor")] == [language]
            assert len(list(page.iter("assessor-checklist"))) == 1
            assert sum("assessor" in script.get("src", "") for script in page.iter("script")) == 1
            assert repeated(ids(page)) == []


class TestVersions:
    def test_each_version_has_its_own_assets(self, tmp_path: Path) -> None:
        """As mike deploys them: each below its own path of one branch."""
        config = f"{_MATERIAL}plugins:\n  - mike\n  - assessor: {{rules: rules.py}}\n{_EXTENSIONS}"
        folder = write_site(tmp_path, {"index.md": _PAGES["deep/leaf.md"] + "\n## Weather\n", "mkdocs.yml": config})
        mike = [sys.executable, "-c", "from mike.driver import main; main()", "deploy"]
        _run(folder, "git", "init", "-q", "-b", "main")
        _run(folder, "git", "config", "user.name", "A test")
        _run(folder, "git", "config", "user.email", "test@example.org")
        _run(folder, "git", "commit", "-q", "--allow-empty", "-m", "Start")
        _run(folder, *mike, "1.0")
        _run(folder, *mike, "2.0", "latest")
        files = _run(folder, "git", "ls-tree", "-r", "--name-only", "gh-pages").split()
        for version in ("1.0", "2.0"):
            page = read(_run(folder, "git", "show", f"gh-pages:{version}/index.html"))
            (source,) = (script.get("src") for script in page.iter("script") if "assessor" in script.get("src", ""))
            assert f"{version}/{source}" in files


def _run(folder: Path, *command: str) -> str:
    # Mike looks for the command mkdocs.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path}
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


class TestSocialCards:
    """The plugin of Material that draws them needs libraries that many machines lack."""

    @pytest.mark.parametrize("host", _HOSTS)
    @pytest.mark.parametrize("social", ["", "  - social: {enabled: false}\n"], ids=["absent", "turned off"])
    def test_nothing_of_ours_asks_for_them(self, tmp_path: Path, host: str, social: str) -> None:
        config = f"{_MATERIAL}plugins:\n  - search\n{social}  - assessor: {{rules: rules.py}}\n{_EXTENSIONS}"
        page = "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n"
        built = build_apart(write_site(tmp_path, {"index.md": page, "mkdocs.yml": config}), "--strict", name=host)
        assert built.exit_code == 0, built.log
        assert broken_urls(built) == []
        assert "og:image" not in built.page()


class TestDirtyBuilds:
    @pytest.mark.parametrize("host", _HOSTS)
    def test_assets_stay_where_only_another_page_is_rendered(self, tmp_path: Path, host: str) -> None:
        pages = {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/checklist -->\n", "plain.md": "# Plain\n"}
        config = CONFIG.replace("theme: mkdocs", "theme: {name: material, font: false}")
        folder = write_site(tmp_path, {**pages, "mkdocs.yml": config})
        assert build_apart(folder, "--strict", name=host).exit_code == 0
        (folder / "docs" / "plain.md").write_text("# Changed\n", "utf-8")
        built = build_apart(folder, "--dirty", name=host)
        assert built.exit_code == 0, built.log
        assert built.warnings == []
        assert "Changed" in built.page("plain/index.html")
        assert _assets(built) == [".css", ".js"]
        assert broken_urls(built) == []

"""`mkdocs serve`, and those of the others: what is edited is seen, and a mistake does not end the session."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import assessor
import mkdocs_assessor
from tests.support.paths import ROOT
from tests.support.plugin.servers import Server, serving
from tests.support.sites import CONFIG, RULES, SITE_URL, write_site

_PAGES = {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n"}


@pytest.fixture
def rules_folder() -> str:
    """Where in the site the rule set lies."""
    return "rules"


@pytest.fixture
def generator() -> str:
    """Which generator serves."""
    return "mkdocs"


@pytest.fixture
def folder(tmp_path: Path, rules_folder: str, generator: str) -> Path:
    """A site, beside a copy of our packages for its server to run."""
    for package in (assessor, mkdocs_assessor):
        shutil.copytree(Path(str(package.__file__)).parent, tmp_path / "copied" / package.__name__)
    config = CONFIG.replace(SITE_URL, "http://127.0.0.1/").replace("rules.py", f"{rules_folder}/commute.py")
    if generator == "properdocs":
        # It does not bring MkDocs's own theme.
        config = config.replace("theme: mkdocs", "theme: {name: material, font: false}")
    rules = RULES.replace('"How often does it rain?"', "WORDING").replace(
        "import *", "import *\nfrom words import WORDING"
    )
    config = config.replace("theme: mkdocs", "theme: {name: mkdocs, custom_dir: overrides}")
    words = 'WORDING = "How often does it rain?"\n'
    files = {
        "overrides/main.html": "{% extends 'base.html' %}\n",
        "mkdocs.yml": config,
        f"{rules_folder}/commute.py": rules,
        f"{rules_folder}/words.py": words,
    }
    return write_site(tmp_path / "site", {**_PAGES, **files})


@pytest.fixture
def server(folder: Path, generator: str) -> Iterator[Server]:
    """The site's server, once its first page is there."""
    paths = os.pathsep.join([str(folder.parent / "copied"), *filter(None, [os.environ.get("PYTHONPATH")])])
    with serving(folder, generator, PYTHONPATH=paths) as server:
        server.wait_for_page(lambda page: "How often does it rain?" in page)
        yield server


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(("generator", "rules_folder"), [("mkdocs", "rules"), ("mkdocs", "."), ("properdocs", "rules")])
def test_rule_set_and_its_neighbour(folder: Path, rules_folder: str, server: Server) -> None:
    _edit(folder / rules_folder / "commute.py", "Wet clothes spoil a day.", "Dry clothes make a day.")
    server.wait_for_page(lambda page: "Dry clothes make a day." in page)
    _edit(folder / rules_folder / "words.py", "rain?", "pour?")
    server.wait_for_page(lambda page: "How often does it pour?" in page)


def test_template_words_and_assets(folder: Path, server: Server) -> None:
    package = folder.parent / "copied" / "mkdocs_assessor"
    _edit(package / "templates" / "question.html.jinja", "<assessor-question ", '<assessor-question data-edited="yes" ')
    server.wait_for_page(lambda page: 'data-edited="yes"' in page)
    _edit(package.parent / "assessor" / "language" / "words" / "en.yml", "Why we ask", "Wherefore we ask")
    server.wait_for_page(lambda page: "Wherefore we ask" in page)
    styles = package / "assets" / "shipped" / "assessor.css"
    _edit(styles, styles.read_text("utf-8"), ".assessor { color: red; }\n")
    name = hashlib.sha256(b".assessor { color: red; }\n").hexdigest()[:12]
    server.wait_for_page(lambda page: name in page)


def test_templates_of_the_author(folder: Path, server: Server) -> None:
    own = folder / "overrides" / "question.html.jinja"
    own.write_text('<p>By the author</p>{% include "shipped/question.html.jinja" %}', "utf-8")
    server.wait_for_page(lambda page: "<p>By the author</p>" in page)
    own.write_text("{{ nothing }}", "utf-8")
    server.wait_for_log("question.html.jinja:1: 'nothing' is undefined")
    own.write_text("<p>Mended</p>", "utf-8")
    server.wait_for_page(lambda page: "<p>Mended</p>" in page)
    assert "Traceback" not in server.log


def test_mistake_and_its_mending(folder: Path, server: Server) -> None:
    """MkDocs answers no request while a build has failed, so the log tells of it."""
    rules = folder / "rules" / "commute.py"
    right = rules.read_text("utf-8")
    _edit(rules, '"rain", WORDING', '"Rain!", WORDING')
    server.wait_for_log("'Rain!' cannot be the id of a question")
    server.wait_for_log("An error happened during the rebuild")
    rules.write_text("rules = (\n", "utf-8")
    server.wait_for_log("not valid Python")
    server.wait_for_log("An error happened during the rebuild", 2)
    rules.write_text(right.replace("Wet clothes", "Soaked clothes"), "utf-8")
    server.wait_for_page(lambda page: "Soaked clothes" in page)
    assert server.process.poll() is None
    assert "Traceback" not in server.log


class TestZensical:
    _CONFIG = """\
site_name: A test
markdown_extensions:
  - mkdocs_assessor:
      rules: rules.py
      strict: true
watch: [rules.py]
"""

    def test_mistakes_and_their_mending(self, tmp_path: Path) -> None:
        """An error would end its session, so even with `strict` there is none."""
        folder = write_site(tmp_path, {**_PAGES, "mkdocs.yml": self._CONFIG})
        edits = iter(range(2, 100, 2))

        def write(path: str, text: str) -> None:
            (folder / path).write_text(text, "utf-8")
            # It sees whole seconds.
            then = folder.stat().st_mtime + next(edits)
            os.utime(folder / path, (then, then))

        with serving(folder, "zensical") as server:
            server.wait_for_written(lambda page: "How often does it rain?" in page)
            write("rules.py", RULES.replace("How often does it rain?", "Does it rain?"))
            server.wait_for_written(lambda page: "Does it rain?" in page)
            write("rules.py", "rules = (\n")
            server.wait_for_log("rules.py:1: not valid Python")
            server.wait_for_written(lambda page: "Does it rain?" in page)
            write("rules.py", RULES.replace("How often does it rain?", "Is it wet?"))
            server.wait_for_written(lambda page: "Is it wet?" in page)
            write("docs/index.md", "# Home\n\n<!-- assessor/rule -->\n")
            server.wait_for_log("index.md:3:1: there is no slot 'assessor/rule'")
            server.wait_for_written(lambda page: "assessor-mistake" in page)
            assert server.process.poll() is None
            assert "Traceback" not in server.log

    def test_a_mistake_that_comes_back_in_a_snippet(self, tmp_path: Path) -> None:
        """It is reported for one page of several, and again once the snippet has changed."""
        config = self._CONFIG.replace("[rules.py]", "[rules.py, part.txt]")
        config = config.replace("markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.snippets: {}\n")
        including = '# Home\n\n--8<-- "part.txt"\n'
        files = {"index.md": including, "a.md": including, "part.txt": "[](fact:cicled)\n", "mkdocs.yml": config}
        folder = write_site(tmp_path, files)
        edits = iter(range(2, 100, 2))

        def write(part: str, more: str) -> None:
            for path, text in (("part.txt", part), ("docs/index.md", including + more), ("docs/a.md", including)):
                (folder / path).write_text(text, "utf-8")
                # It sees whole seconds.
                then = folder.stat().st_mtime + next(edits)
                os.utime(folder / path, (then, then))

        with serving(folder, "zensical") as server:
            server.wait_for_log("part.txt:1:1: there is no fact 'cicled'")
            write("[](fact:cycled)\n", "\nMended.\n")
            server.wait_for_written(lambda page: "5 km" in page and "Mended." in page)
            assert server.log.count("there is no fact 'cicled'") == 1
            write("[](fact:cicled)\n", "\nBroken.\n")
            server.wait_for_log("part.txt:1:1: there is no fact 'cicled'", 2)
            server.wait_for_written(lambda page: "Broken." in page)
            assert server.log.count("there is no fact 'cicled'") == 2


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_a_changed_row_of_a_table_shows(generator: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "examples" / "backup-plan", tmp_path / "backup-plan"))
    plans = folder / "plans.csv"
    with serving(folder, generator) as server:
        seen = server.wait_for_written if generator == "zensical" else server.wait_for_page
        seen(lambda page: "Nobody has restored a backup yet, so" in page)
        plans.write_text(plans.read_text("utf-8").replace("Nobody has restored a backup yet, so", "No restore, so"))
        # Zensical sees whole seconds.
        os.utime(plans, (folder.stat().st_mtime + 2,) * 2)
        seen(lambda page: "No restore, so" in page)
        assert "Traceback" not in server.log

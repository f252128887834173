"""`mkdocs serve`: what is edited is seen, and a mistake does not end the session."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import assessor
import mkdocs_assessor
from tests.sites import CONFIG, RULES, SITE_URL, free_port, mkdocs, write_site

_DEADLINE_SECONDS = 60

_PAGES = {"index.md": "# Home\n\n## Weather\n\n<!-- assessor/question rain -->\n"}


@dataclass
class _Server:
    """A running `mkdocs serve`."""

    process: subprocess.Popen[str]
    url: str
    log: str = ""
    _news: threading.Condition = field(default_factory=threading.Condition)

    def read_log(self) -> None:
        """Collect the log until the server ends."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._news:
                self.log += line
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def wait_for_log(self, text: str, count: int = 1) -> None:
        """Wait until the log says something for the given time."""

        def is_said() -> bool:
            return self.log.count(text) >= count or self.process.poll() is not None

        with self._news:
            self._news.wait_for(is_said, _DEADLINE_SECONDS)
            assert self.log.count(text) >= count, f"{text!r} is not in the log:\n{self.log}"

    def wait_for_page(self, is_right: Callable[[str], bool]) -> None:
        """Wait until the page is right; the server itself says when it has built anew."""
        end = time.monotonic() + _DEADLINE_SECONDS
        epoch = "0"
        while not is_right(page := self._get("")):
            left = end - time.monotonic()
            assert left > 0, f"the page is still wrong:\n{page}\n{self.log}"
            try:
                epoch = self._get(f"livereload/{epoch}/1", left)
            except TimeoutError:
                pytest.fail(f"nothing was built anew:\n{self.log}")

    def _get(self, path: str, timeout: float = _DEADLINE_SECONDS) -> str:
        with urllib.request.urlopen(self.url + path, timeout=timeout) as response:
            text: str = response.read().decode("utf-8")
            return text


@pytest.fixture
def rules_folder() -> str:
    """Where in the site the rule set lies."""
    return "rules"


@pytest.fixture
def folder(tmp_path: Path, rules_folder: str) -> Path:
    """A site, beside a copy of our packages for its server to run."""
    for package in (assessor, mkdocs_assessor):
        shutil.copytree(Path(str(package.__file__)).parent, tmp_path / "copied" / package.__name__)
    config = CONFIG.replace(SITE_URL, "http://127.0.0.1/").replace("rules.py", f"{rules_folder}/commute.py")
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
def server(folder: Path) -> Iterator[_Server]:
    """The site's server, once its first page is there."""
    port = free_port()
    paths = [str(folder.parent / "copied"), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(
        mkdocs("serve", "-a", f"127.0.0.1:{port}"),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    server = _Server(process, f"http://127.0.0.1:{port}/")
    reader = threading.Thread(target=server.read_log)
    reader.start()
    try:
        server.wait_for_log("Serving on")
        server.wait_for_page(lambda page: "How often does it rain?" in page)
        yield server
    finally:
        process.terminate()
        process.wait(_DEADLINE_SECONDS)
        reader.join(_DEADLINE_SECONDS)


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("rules_folder", ["rules", "."])
def test_rule_set_and_its_neighbour(folder: Path, rules_folder: str, server: _Server) -> None:
    _edit(folder / rules_folder / "commute.py", "Wet clothes spoil a day.", "Dry clothes make a day.")
    server.wait_for_page(lambda page: "Dry clothes make a day." in page)
    _edit(folder / rules_folder / "words.py", "rain?", "pour?")
    server.wait_for_page(lambda page: "How often does it pour?" in page)


def test_template_words_and_assets(folder: Path, server: _Server) -> None:
    package = folder.parent / "copied" / "mkdocs_assessor"
    _edit(package / "templates" / "question.html.jinja", "<assessor-question ", '<assessor-question data-edited="yes" ')
    server.wait_for_page(lambda page: 'data-edited="yes"' in page)
    _edit(package.parent / "assessor" / "words" / "en.yml", "Why we ask", "Wherefore we ask")
    server.wait_for_page(lambda page: "Wherefore we ask" in page)
    styles = package / "assets" / "checklist.css"
    _edit(styles, styles.read_text("utf-8"), ".assessor { color: red; }\n")
    name = hashlib.sha256(b".assessor { color: red; }\n").hexdigest()[:12]
    server.wait_for_page(lambda page: name in page)


def test_templates_of_the_author(folder: Path, server: _Server) -> None:
    own = folder / "overrides" / "question.html.jinja"
    own.write_text('<p>By the author</p>{% include "shipped/question.html.jinja" %}', "utf-8")
    server.wait_for_page(lambda page: "<p>By the author</p>" in page)
    own.write_text("{{ nothing }}", "utf-8")
    server.wait_for_log("question.html.jinja:1: 'nothing' is undefined")
    own.write_text("<p>Mended</p>", "utf-8")
    server.wait_for_page(lambda page: "<p>Mended</p>" in page)
    assert "Traceback" not in server.log


def test_mistake_and_its_mending(folder: Path, server: _Server) -> None:
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

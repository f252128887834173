"""Build the sites that the browser tests visit, and serve them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.paths import ROOT
from tests.support.shared_builds import build_once

# The URL for which a site is built that several workers serve, each at its own port.
_ANYWHERE = "http://anywhere.invalid/"

PLAIN = """
site_name: Plain
use_directory_urls: false
theme:
  name: mkdocs
  highlightjs: false
plugins:
  - search
  - assessor:
      # The rules are the guide's, whose sections and language this site does without.
      diagnostics: {unknown-anchor: off, other-language: off}
nav:
  - Guide: index.md
  - Elsewhere: elsewhere.md
"""
PLAIN_GUIDE = """# A guide

<!-- assessor/question onprem-mandate -->

## Your checklist

<!-- assessor/checklist -->
"""


@dataclass(frozen=True)
class Site:
    """A built site.

    Attributes:
        folder: Where it was built.
        url: Where it is served; it ends with a slash.
    """

    folder: Path
    url: str

    def address(self, door: str, page: str = "index.html") -> str:
        """The URL of a page, on http or on file."""
        return f"{self.url}{page}" if door == "http" else (self.folder / page).as_uri()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Keep the output of the tests clean."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # With the default of five, a busy machine refuses some of the requests that one page sends at once.
    request_queue_size = 128

    def handle_error(self, *arguments: object) -> None:
        """Ignore it: a browser that closes drops its connections."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port."""
    with _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def build(config: Path, folder: Path, url: str, generator: str = "mkdocs") -> Site:
    """Build a site, as `make site` does, for the address that it will be served from."""
    _run([generator, "build", "--strict", "-f", str(config), "-d", str(folder)], ROOT, url)
    return Site(folder, url)


def build_with_zensical(folder: Path, url: str) -> Site:
    """Build the site of this repository from a copy: Zensical publishes only within the project that it builds."""
    with TemporaryDirectory() as copy:
        project = Path(copy)
        for part in ("docs", "assessor/rulesets", "assessor/schemas", "assessor/language/words"):
            shutil.copytree(ROOT / part, project / part)
        for file in ("mkdocs.yml", "zensical.yml"):
            shutil.copy(ROOT / file, project)
        _run(["zensical", "build", "--strict", "-f", "zensical.yml"], project, url)
        shutil.copytree(project / "site-zensical", folder, dirs_exist_ok=True)
    return Site(folder, url)


def build_in_place(project: Path, url: str) -> Site:
    """Build a small site by Zensical."""
    _run(["zensical", "build", "--strict"], project, url)
    return Site(project / "site", url)


def _run(command: list[str], project: Path, url: str) -> None:
    environment = {**os.environ, "SITE_URL": url, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *command]
    built = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert built.returncode == 0, built.stderr


@contextmanager
def guide(factory: pytest.TempPathFactory, prefix: str = "", generator: str = "mkdocs") -> Iterator[Site]:
    """Serve the site of this repository, perhaps below a path; all workers share one build."""

    def publish(folder: Path) -> None:
        if generator == "zensical":
            build_with_zensical(folder / prefix, f"{_ANYWHERE}{prefix}")
        else:
            build(ROOT / "mkdocs.yml", folder / prefix, f"{_ANYWHERE}{prefix}", generator)

    shared = build_once(factory, f"{generator}-{prefix.replace('/', '-')}", publish)
    folder = factory.mktemp(generator)
    with served(folder) as url:
        _move(shared, folder, url)
        yield Site(folder / prefix, f"{url}{prefix}")


def _move(shared: Path, folder: Path, url: str) -> None:
    """Copy a site that was built for `_ANYWHERE`, and let its pages name the URL that they are served from.

    Material turns instant navigation off where `site_url` is another host.
    """
    shutil.copytree(shared, folder, dirs_exist_ok=True)
    for file in folder.rglob("*"):
        if file.is_file() and _ANYWHERE.encode() in (content := file.read_bytes()):
            file.write_bytes(content.replace(_ANYWHERE.encode(), url.encode()))


@contextmanager
def plain(folder: Path) -> Iterator[Site]:
    """Build and serve a small site in MkDocs's own theme, with the same checklist."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text(PLAIN_GUIDE, encoding="utf-8")
    (docs / "elsewhere.md").write_text("# Elsewhere\n\nNothing to answer here.\n", encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(PLAIN, encoding="utf-8")
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build(config, folder / "site", url)


@contextmanager
def plain_zensical(folder: Path) -> Iterator[Site]:
    """Build and serve a small site by Zensical, with pages in folders: one has the checklist, the other a question."""
    pages = {"index.md": "# A question\n\n<!-- assessor/question phi -->\n", "deep/guide.md": PLAIN_GUIDE}
    for path, text in pages.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    config = """
site_name: Plain
theme: {font: false}
markdown_extensions:
  # The rules are the guide's, whose sections this site does without.
  - mkdocs_assessor: {strict: true, diagnostics: {unknown-anchor: off}}
"""
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        yield build_in_place(folder, url)

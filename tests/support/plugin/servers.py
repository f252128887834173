"""Runs what serves a site while its author writes it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.sites import free_port

_DEADLINE_SECONDS = 60


@dataclass
class Server:
    """A generator that serves a site; both of its outputs are its log."""

    process: subprocess.Popen[str]
    url: str
    log: str = ""
    _news: threading.Condition = field(default_factory=threading.Condition)

    def read_log(self) -> None:
        """Collect the log until the server ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
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
        """Wait until the page is right; MkDocs itself answers when it has built anew."""
        end = time.monotonic() + _DEADLINE_SECONDS
        epoch = "0"
        while not is_right(page := self._get("")):
            left = end - time.monotonic()
            assert left > 0, f"the page is still wrong:\n{page}\n{self.log}"
            try:
                epoch = self._get(f"livereload/{epoch}/1", left)
            except TimeoutError:
                pytest.fail(f"nothing was built anew:\n{self.log}")

    def wait_for_written(self, is_right: Callable[[str], bool]) -> None:
        """Wait until the page is right, looking every now and then: nothing tells when Zensical has written it."""
        end = time.monotonic() + _DEADLINE_SECONDS
        while not is_right(page := self._get_if_there()):
            assert time.monotonic() < end, f"the page is still wrong:\n{page}\n{self.log}"
            with self._news:
                self._news.wait(0.1)

    def _get_if_there(self) -> str:
        try:
            return self._get("")
        except OSError:
            # Zensical says that it serves before it listens, and sometimes drops a connection.
            return ""

    def _get(self, path: str, timeout: float = _DEADLINE_SECONDS) -> str:
        with urllib.request.urlopen(self.url + path, timeout=timeout) as response:
            text: str = response.read().decode("utf-8")
            return text


@contextmanager
def serving(folder: Path, name: str, *options: str, **variables: str) -> Iterator[Server]:
    """Serve a site until the block ends.

    Args:
        folder: The site.
        name: The generator.
        *options: Its options.
        **variables: What its environment has besides.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", name, "serve", "-a", f"127.0.0.1:{port}", *options],
        cwd=folder,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    server = Server(process, f"http://127.0.0.1:{port}/")
    reader = threading.Thread(target=server.read_log)
    reader.start()
    try:
        server.wait_for_log("Serving")
        yield server
    finally:
        process.terminate()
        process.wait(_DEADLINE_SECONDS)
        reader.join(_DEADLINE_SECONDS)

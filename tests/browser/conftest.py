"""A real browser, and the sites that it visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.reader import Reader, visiting
from tests.browser.sites import Site, guide, plain
from tools.browser import launch_browser

Visit = Callable[..., Reader]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=5_000)
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this repository, at the root of its server."""
    with guide(tmp_path_factory) as site:
        yield site


@pytest.fixture(scope="session")
def nested_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same site below a path, as project pages and versioned docs are published."""
    with guide(tmp_path_factory, "docs/latest/") as site:
        yield site


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small site in MkDocs's own theme."""
    with plain(tmp_path_factory.mktemp("plain")) as site:
        yield site


@pytest.fixture(params=["http", "file"])
def door(request: pytest.FixtureRequest) -> str:
    """How the page is opened: from a server, or from disk."""
    return str(request.param)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a page for a new reader, who knows nothing of others; at the end, nothing may have gone wrong."""
    with ExitStack() as stack:
        yield lambda *arguments, **options: stack.enter_context(visiting(browser, *arguments, **options))

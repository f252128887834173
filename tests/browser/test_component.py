"""The web component where the page "Without a generator" says: in React, VitePress, Docusaurus and on a plain page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.reader import Reader
from tests.browser.sites import served
from tests.support.doc_pages import follow
from tests.support.paths import ROOT
from tests.support.shared_builds import build_once
from tools.node import find_node

Visit = Callable[..., Reader]

_FRAMEWORKS = ROOT / "tests/frameworks"
_INSTALLED = _FRAMEWORKS / "node_modules"
_TAG = "assessor-guide-plans"
_OWN = "Only on our own machines"
_SETTLED = "Settled: Your own server"
_ICON = '<link rel="icon" href="data:,">'


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a reader has followed the page."""

    def write(folder: Path) -> None:
        follow("without-a-generator.md", folder)

    return build_once(tmp_path_factory, "without", write) / "plans"


def _build(kind: str, folder: Path, package: Path) -> None:
    assert (_INSTALLED / "vitepress").is_dir(), "the frameworks are missing: run 'make frameworks'"
    for name in ("@docusaurus", "@mdx-js", "react", "react-dom", "vite", "vitepress", "vue"):
        (folder / "node_modules").mkdir(exist_ok=True)
        (folder / "node_modules" / name).symlink_to(_INSTALLED / name)
    shutil.copytree(package, folder / "node_modules" / _TAG)
    node = find_node()
    assert node
    command = [node, str(_FRAMEWORKS / "build.js"), kind, str(folder)]
    built = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="module")
def react(tmp_path_factory: pytest.TempPathFactory, followed: Path) -> Iterator[str]:
    """The address of a React page, rendered by a server, that shows the MDX of Docusaurus."""

    def publish(folder: Path) -> None:
        shutil.copy(followed / "docs/choosing.mdx", folder)
        _build("react", folder, followed / "guide")

    with served(build_once(tmp_path_factory, "react", publish) / "site") as url:
        yield url


@pytest.fixture(scope="module")
def vitepress(tmp_path_factory: pytest.TempPathFactory, followed: Path) -> Iterator[str]:
    """The address of a site by VitePress."""

    def publish(folder: Path) -> None:
        (folder / "docs").mkdir()
        for name in ("choosing.md", "also.md"):
            shutil.copy(followed / "choosing.md", folder / "docs" / name)
        with (folder / "docs/choosing.md").open("a", encoding="utf-8") as page:
            page.write("\n[Elsewhere](./index.md)\n")
        (folder / "docs/index.md").write_text("# Elsewhere\n\n[The guide](./choosing.md)\n", encoding="utf-8")
        _build("vitepress", folder, followed / "guide")

    with served(build_once(tmp_path_factory, "vitepress", publish) / "site") as url:
        yield url


@pytest.fixture(scope="module")
def docusaurus(tmp_path_factory: pytest.TempPathFactory, followed: Path) -> Iterator[str]:
    """The address of a site by Docusaurus."""

    def publish(folder: Path) -> None:
        (folder / "docs").mkdir()
        page = (followed / "docs/choosing.mdx").read_text("utf-8")
        (folder / "docs/choosing.mdx").write_text(f"{page}\n[Elsewhere](./index.md)\n", encoding="utf-8")
        (folder / "docs/index.md").write_text("# Elsewhere\n\n[The guide](./choosing.mdx)\n", encoding="utf-8")
        _build("docusaurus", folder, followed / "guide")

    with served(build_once(tmp_path_factory, "docusaurus", publish) / "site") as url:
        yield url


def _settle(reader: Reader) -> None:
    reader.page.get_by_label(_OWN).check()
    expect(reader.verdict).to_have_text(_SETTLED)


def _check_without_script(browser: Browser, url: str) -> None:
    """Check that the server has rendered the text."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    guide: Locator = page.locator(_TAG)
    expect(guide.get_by_text("Can someone on your team run a server?").first).to_be_visible()
    expect(guide.locator(".assessor-no-script")).to_be_visible()
    expect(guide.get_by_role("heading", name="How this is decided")).to_be_visible()
    context.close()


def test_react_renders_it_on_the_server(browser: Browser, react: str) -> None:
    _check_without_script(browser, react)


def test_in_react_it_outlives_renders_and_visits(react: str, visit: Visit) -> None:
    """React says on the console what does not fit, and `visit` fails for it."""
    reader = visit(react)
    _settle(reader)
    reader.page.get_by_role("button", name="Count 0").click()
    expect(reader.page.get_by_role("button", name="Count 1")).to_be_visible()
    expect(reader.verdict).to_have_text(_SETTLED)
    reader.page.get_by_role("button", name="Go").click()
    expect(reader.page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    expect(reader.checklist).to_have_count(0)
    reader.page.get_by_role("button", name="Go").click()
    expect(reader.verdict).to_have_text(_SETTLED)
    reader.reload()
    expect(reader.verdict).to_have_text(_SETTLED)


def test_vitepress_renders_it_on_the_server(browser: Browser, vitepress: str) -> None:
    _check_without_script(browser, f"{vitepress}choosing.html")


def test_in_vitepress_it_outlives_visits_from_page_to_page(vitepress: str, visit: Visit) -> None:
    reader = visit(f"{vitepress}choosing.html")
    _settle(reader)
    with reader.watch.navigating():
        reader.page.get_by_role("link", name="Elsewhere").click()
        expect(reader.page.get_by_role("heading", name="Elsewhere")).to_be_visible()
        reader.page.get_by_role("link", name="The guide").click()
        expect(reader.verdict).to_have_text(_SETTLED)
    reader.reload()
    expect(reader.verdict).to_have_text(_SETTLED)


def test_docusaurus_renders_it_on_the_server(browser: Browser, docusaurus: str) -> None:
    _check_without_script(browser, f"{docusaurus}choosing/")


def test_in_docusaurus_it_outlives_visits_from_page_to_page(docusaurus: str, visit: Visit) -> None:
    # Docusaurus fetches the pages of the links in sight, unless the reader saves data.
    saving = 'Object.defineProperty(navigator, "connection", { value: { effectiveType: "4g", saveData: true } });'
    reader = visit(f"{docusaurus}choosing/", saving)
    _settle(reader)
    main = reader.page.locator("article")
    with reader.watch.navigating():
        main.get_by_role("link", name="Elsewhere").click()
        expect(reader.page.get_by_role("heading", name="Elsewhere")).to_be_visible()
        main.get_by_role("link", name="The guide").click()
        expect(reader.verdict).to_have_text(_SETTLED)
    reader.reload()
    expect(reader.verdict).to_have_text(_SETTLED)


def test_in_vitepress_the_answers_are_the_same_on_all_pages(vitepress: str, visit: Visit) -> None:
    """Its script has no address that stays the same."""
    reader = visit(f"{vitepress}choosing.html")
    _settle(reader)
    reader.page.goto(f"{vitepress}also.html")
    expect(reader.verdict).to_have_text(_SETTLED)


@pytest.mark.parametrize("policy", ["", "require-trusted-types-for 'script'; script-src 'self'"])
def test_on_a_plain_page_it_brings_its_text_itself(policy: str, followed: Path, tmp_path: Path, visit: Visit) -> None:
    shutil.copytree(followed / "guide", tmp_path / "guide")
    html = (followed / "module.html").read_text("utf-8")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    (tmp_path / "index.html").write_text(html.replace("<title>", f"{_ICON}{meta}<title>"), encoding="utf-8")
    with served(tmp_path) as url:
        reader = visit(f"{url}index.html")
        _settle(reader)
        expect(reader.page.get_by_role("heading", name="Facts and sources")).to_be_visible()
        reader.page.locator(_TAG).evaluate("each => { each.remove(); document.body.append(each); }")
        expect(reader.verdict).to_have_text(_SETTLED)
        reader.page.evaluate(
            "() => { document.addEventListener('assessor:change', ({ detail }) => (window.told = detail.outcome)); }"
        )
        reader.page.get_by_label("Wherever the service is").check()
        reader.type_in(reader.question("seats"), "3")
        reader.rest()
        assert reader.page.evaluate("window.told") == "free"

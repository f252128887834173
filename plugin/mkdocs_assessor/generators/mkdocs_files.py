"""Files of MkDocs: find pages, link to them, and read them as their authors wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import meta

from mkdocs_assessor.generators.notebooks import SUFFIX as NOTEBOOK
from mkdocs_assessor.page.frontmatter import chosen_ruleset
from mkdocs_assessor.page.page import is_within_docs
from mkdocs_assessor.page.source import OriginalText, shown_name


def is_notebook(file: File) -> bool:
    """Return whether a file is a notebook that a plugin may show as a page."""
    return file.src_uri.endswith(NOTEBOOK) and file.abs_src_path is not None and file.inclusion.is_included()


def find_page(files: Files, path: str) -> str | None:
    """Return the path of a file as MkDocs knows it, or `None`."""
    file = files.get_file_from_path(path)
    return file.src_uri if file else None


def name_of(files: Files, path: Path) -> str:
    """Return the name of an included file: that of a page as we report its own errors, so that each appears once."""
    file = path.resolve()
    for page in files.documentation_pages():
        if page.abs_src_path and Path(page.abs_src_path).resolve() == file:
            return page.src_uri
    return shown_name(path)


def lines_of(file: File) -> list[str]:
    """Return the lines of a page, its front matter included."""
    return file.content_string.splitlines()


def written_in(file: File) -> OriginalText:
    """Return a page as its author wrote it, its front matter apart."""
    content = file.content_string
    body, _ = meta.get_data(content)
    return OriginalText(content.split("\n")[: content.count("\n") - body.count("\n")], body.split("\n"))


def markdown_by_page(files: Files) -> dict[str, tuple[str, str]]:
    """Return, for each page by path, its Markdown and the name of the rule set that it chooses."""
    found = {}
    for file in files.documentation_pages():
        body, data = meta.get_data(file.content_string)
        found[file.src_uri] = body, chosen_ruleset(data)
    return found


class PageLinks:
    """Turns the links of a slot into URLs relative to the slot's page."""

    def __init__(self, page: Page, files: Files, siblings: Callable[[str, str], Iterable[str]]) -> None:
        """Take the page, all files, and what returns the paths under which a page may be that a rule set names."""
        self._page = page
        self._files = files
        self._siblings = siblings

    def resolve(self, link: str) -> str:
        """Return the URL of a link within the docs; just its anchor if it leads nowhere."""
        if not is_within_docs(link):
            return link
        path, hash_sign, anchor = link.partition("#")
        found = map(self._files.get_file_from_path, self._siblings(path, self._page.file.src_uri))
        target = next(filter(None, found), None)
        if target is None:
            # `check_targets` reports this once, where the question is defined.
            return f"{hash_sign}{anchor}"
        if target == self._page.file and anchor:
            # Avoid the page's own URL: readers may have opened it under another one, such as a folder for its
            # index.html.
            return f"#{anchor}"
        return f"{target.url_relative_to(self._page.file)}{hash_sign}{anchor}"

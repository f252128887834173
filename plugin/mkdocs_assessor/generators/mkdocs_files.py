"""Files of MkDocs: find pages, and read them as their authors wrote them."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.utils import meta

from mkdocs_assessor.generators.notebooks import SUFFIX as NOTEBOOK
from mkdocs_assessor.page.frontmatter import chosen_ruleset
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

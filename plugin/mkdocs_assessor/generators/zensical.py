"""Find out what Zensical knows about the page that it renders.

Zensical's own extensions find this on a preprocessor of each Markdown instance. As this is not documented, all of it is
optional: without it, pages have no path, as with the extension alone.
"""

from __future__ import annotations

import functools
import os
import posixpath
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown

from assessor.findings.finding import Finding
from mkdocs_assessor.config.docs_folder import DocsFolder, docs_folder
from mkdocs_assessor.page.frontmatter import chosen_ruleset, page_language
from mkdocs_assessor.page.page import PageInput, Shown, is_within_docs
from mkdocs_assessor.page.source import OriginalText

_PREPROCESSOR = "rendering_context"


@dataclass(frozen=True)
class Context:
    """A page and its project.

    Attributes:
        path: The Markdown file, relative to the docs folder.
        url: Its URL, relative to the site.
        root: The folder of the project, which contains its configuration.
        docs: The docs folder, without the files that Zensical ignores.
        is_strict: Whether the configuration asks for a strict build.
        is_served: Whether a server shows the page to its author, whose session an error would end.
        language: The language of the theme.
        theme: The folder of the author's own templates, if there is one.
        front_matter: The page's front matter.
    """

    path: str
    url: str
    root: Path
    docs: DocsFolder
    is_strict: bool
    is_served: bool
    language: str
    theme: Path | None
    front_matter: Mapping[str, object]


def context_of(md: Markdown) -> Context | None:
    """Return the context of the page of a Markdown instance, or `None` without Zensical."""
    if _PREPROCESSOR not in md.preprocessors:
        return None
    processor: Any = md.preprocessors[_PREPROCESSOR]
    page, config = getattr(processor, "page", None), getattr(processor, "config", None)
    path, url = getattr(page, "path", None), getattr(page, "url", None)
    if not (isinstance(path, str) and isinstance(url, str) and isinstance(config, Mapping)):
        return None
    root = Path(str(config.get("root_dir") or os.curdir))
    docs = docs_folder(root, config, is_for_zensical=True)
    # There is no better way to tell: Zensical renders in a thread without the command's context.
    is_served = sys.argv[1:2] == ["serve"]
    theme, meta = config.get("theme"), getattr(page, "meta", None)
    theme = theme if isinstance(theme, Mapping) else {}
    own = theme.get("custom_dir")
    return Context(
        Path(path).as_posix(),
        url,
        root,
        docs,
        is_strict=bool(config.get("strict")),
        is_served=is_served,
        language=str(theme.get("language") or ""),
        theme=root / str(own) if own else None,
        front_matter=meta if isinstance(meta, Mapping) else {},
    )


def page_of(
    context: Context,
    lines: list[str],
    report: Callable[[Finding], None],
    elsewhere: Callable[[], Mapping[str, Sequence[Shown]]],
    siblings: Callable[[str, str], Iterable[str]],
) -> PageInput:
    """Return the page of a context.

    Args:
        context: The context.
        lines: The Markdown, without front matter.
        report: Receives each error.
        elsewhere: Returns the slots of the other pages, by path.
        siblings: Returns the paths under which a page may be that a rule set names: see `Guides.siblings`.
    """
    file = _lines(context.docs.path / context.path)
    skipped = _first_line("\n".join(file), lines)
    return PageInput(
        path=context.path,
        report=report,
        resolve_link=functools.partial(_resolve, context, siblings),
        root_url=_up(context.url),
        elsewhere=elsewhere,
        siblings=context.docs.pages,
        title=str(context.front_matter.get("title", "")),
        ruleset=chosen_ruleset(context.front_matter),
        language=page_language(context.front_matter, context.path, lambda: file, report),
        written=lambda: OriginalText(file[:skipped], file[skipped:]),
    )


def _resolve(context: Context, siblings: Callable[[str, str], Iterable[str]], link: str) -> str:
    """Return a link as written on the page: Zensical itself turns links to files into URLs."""
    if not is_within_docs(link):
        return link
    written, hash_sign, anchor = link.partition("#")
    found = (each for each in siblings(written, context.path) if (context.docs.path / each).is_file())
    path = next(found, written)
    if (path == context.path and anchor) or not (context.docs.path / path).is_file():
        return f"{hash_sign}{anchor}"
    return posixpath.relpath(path, posixpath.dirname(context.path) or ".") + hash_sign + anchor


def _up(url: str) -> str:
    """Return the URL of the site relative to one of its pages."""
    return "../" * url.count("/") or "./"


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return []


def _first_line(text: str, lines: list[str]) -> int:
    """Return the number of lines before the Markdown in a file."""
    markdown = "\n".join(lines)
    start = text.find(markdown.strip())
    if start < 0:
        return 0
    return text.count("\n", 0, start) - (len(markdown) - len(markdown.lstrip("\n")))

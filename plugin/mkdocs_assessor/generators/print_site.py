"""Repair our ids and assets on the page into which the print-site plugin joins all others.

That plugin prefixes the ids of headings, list items and inputs, and every link to an anchor, with the name of the page.
Our other ids, and the attributes that refer to them, need the same prefix. Otherwise there would be duplicate ids and
broken references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from mkdocs_assessor.writing import write_files

PRINT_SITE = "print-site"

_PAGE = re.compile(r'(?=<section class="print-page" id="([^"]*)")')
_REFERENCE = re.compile(r'(\s(?:id|aria-labelledby|aria-describedby|aria-controls)=)"([^"]*)"')
_ASSET = re.compile(r'(\s(?:src|href)=)"(?:\.\.?/)*(assets/assessor\.[0-9a-f]+\.(?:js|css))"')


def repair_print_page(config: MkDocsConfig) -> None:
    """Rewrite the joined page, if the site has one and it already exists."""
    page: Any = getattr(config.plugins.get(PRINT_SITE), "print_page", None)
    if page is None:
        return
    file = Path(page.file.abs_dest_path)
    if file.is_file():
        html = repaired(file.read_text(encoding="utf-8"), page.file.url)
        write_files(file.parent, {file.name: html}, replace=True)


def repaired(html: str, url: str) -> str:
    """Return the joined page with unique ids and correct asset URLs.

    Args:
        html: The page, as written by the plugin.
        url: Its URL, relative to the site.
    """
    html = _ASSET.sub(lambda link: f'{link[1]}"{get_relative_url(link[2], url)}"', html)
    return "".join(_parts(html))


def _parts(html: str) -> Iterator[str]:
    before, *pages = _PAGE.split(html)
    yield before
    for key, page in zip(pages[::2], pages[1::2], strict=True):
        yield _REFERENCE.sub(lambda found, key=key: f'{found[1]}"{_prefixed(found[2], key)}"', page)


def _prefixed(ids: str, key: str) -> str:
    return " ".join(f"{key}-{each}" if each.startswith("assessor") else each for each in ids.split())

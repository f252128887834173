"""Render the texts of a rule set as HTML. Their only markup is code, links and emphasis."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable
from typing import TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import Registry
from markupsafe import Markup

from assessor.links import is_allowed_url

_T = TypeVar("_T")

# Authors cannot write this scheme, because `is_allowed_url` refuses it.
_PAGE_SCHEME = "assessor-page:"
_PAGE = re.compile(r"[^:?#]+\.md(?:#|$)")
_LINK_TO_PAGE = re.compile(rf'<a href="{_PAGE_SCHEME}([^"]*)"([^>]*)>(.*?)</a>')

# Most labels have none, and Python-Markdown is slow.
_MARKUP = re.compile(r"[\\`*\[&\x02\x03]")
_KEPT_PATTERNS = ("backtick", "escape", "link", "not_strong", "em_strong")


def is_page(target: str) -> bool:
    """Return whether a link in a text leads to a page of the docs, named by its file."""
    return _PAGE.match(target) is not None


class _AllowedLinks(Treeprocessor):
    """Removes links that the rule set's own check would not allow, and marks links to pages of the docs."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if not is_allowed_url(target):
                link.attrib.pop("href", None)
            elif is_page(target):
                link.set("href", f"{_PAGE_SCHEME}{target}")


class _NoLinks(Treeprocessor):
    """Reduces links to their texts."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            link.tag = "span"
            link.attrib.clear()


@functools.cache
def _inline_markdown(*, has_links: bool) -> Markdown:
    markdown = Markdown(output_format="html")
    markdown.preprocessors = _only(markdown.preprocessors, "normalize_whitespace")
    markdown.parser.blockprocessors = _only(markdown.parser.blockprocessors, "paragraph")
    markdown.inlinePatterns = _only(markdown.inlinePatterns, *_KEPT_PATTERNS)
    # Some versions read `_` as emphasis, too. In texts for developers, it is part of names such as `__init__`.
    if delimiters := getattr(markdown, "delimiters", None):
        delimiters.remove("_")
    # Replace the existing processor: it keeps the patterns that it was created with, including raw HTML.
    markdown.treeprocessors.register(InlineProcessor(markdown), "inline", 20)
    links = _AllowedLinks(markdown) if has_links else _NoLinks(markdown)
    markdown.treeprocessors.register(links, "links", 15)
    return markdown


def _only(registry: Registry[_T], *names: str) -> Registry[_T]:
    """Return a registry with only the named items, in that order. Not every version of Python-Markdown has them all."""
    kept: Registry[_T] = Registry()
    for position, name in enumerate(each for each in names if each in registry):
        kept.register(registry[name], name, len(names) - position)
    return kept


@functools.cache
def inline_html(text: str, *, has_links: bool = True) -> Markup:
    """Render a text of a rule set. This escapes raw HTML. Links to pages stay incomplete until `lead_to_pages`.

    Args:
        text: Inline Markdown; line breaks count as spaces.
        has_links: Whether links stay. In a label, a title or another link, they don't.
    """
    text = " ".join(text.split())
    if not _MARKUP.search(text):
        return Markup(html.escape(text, quote=False))
    rendered = _inline_markdown(has_links=has_links).reset().convert(text)
    return Markup(rendered.removeprefix("<p>").removesuffix("</p>"))


def lead_to_pages(rendered: str, resolve: Callable[[str], str]) -> str:
    """Complete the links to pages in HTML that contains texts of a rule set.

    Args:
        rendered: The HTML.
        resolve: Turns a page of the docs (`guide.md#staffing`) into a URL relative to the page that the HTML is for. If
            it returns nothing, the link becomes its text.
    """

    def completed(link: re.Match[str]) -> str:
        url = resolve(html.unescape(link[1]))
        return f'<a href="{html.escape(url)}"{link[2]}>{link[3]}</a>' if url else link[3]

    return _LINK_TO_PAGE.sub(completed, rendered)

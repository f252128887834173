"""The words of a rule set as HTML: emphasis, code and links; anything else is text."""

from __future__ import annotations

import functools
from typing import TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import Registry
from markupsafe import Markup

from assessor.urls import is_allowed_url

_T = TypeVar("_T")

_KEPT_PATTERNS = ("backtick", "escape", "link", "em_strong")


class _AllowedLinks(Treeprocessor):
    """Drops the target of a link that the rule set's own check did not foresee."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if not is_allowed_url(link.get("href", "")):
                link.attrib.pop("href", None)


@functools.cache
def _inline_markdown() -> Markdown:
    markdown = Markdown(output_format="html")
    markdown.preprocessors = _only(markdown.preprocessors, "normalize_whitespace")
    markdown.parser.blockprocessors = _only(markdown.parser.blockprocessors, "paragraph")
    markdown.inlinePatterns = _only(markdown.inlinePatterns, *_KEPT_PATTERNS)
    # The processor that is there holds on to the patterns that it was made with, raw HTML among them.
    markdown.treeprocessors.register(InlineProcessor(markdown), "inline", 20)
    markdown.treeprocessors.register(_AllowedLinks(markdown), "allowed-links", 15)
    return markdown


def _only(registry: Registry[_T], *names: str) -> Registry[_T]:
    """Return a registry with the named items alone, in that order."""
    kept: Registry[_T] = Registry()
    for position, name in enumerate(names):
        kept.register(registry[name], name, len(names) - position)
    return kept


@functools.cache
def inline_html(text: str) -> Markup:
    """Render the words of a rule set; raw HTML in them is shown as text.

    Args:
        text: Inline Markdown; line breaks are spaces.
    """
    html = _inline_markdown().reset().convert(" ".join(text.split()))
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))

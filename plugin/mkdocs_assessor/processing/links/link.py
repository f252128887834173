"""A link to a part of a rule set, on the parsed page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring

from markdown.util import ETX, STX

from assessor.findings.edit import Replacement
from assessor.language.inline import plain_text
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.misspellings import renamed
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.page.syntax import MISTAKE, Target
from mkdocs_assessor.render.inline import inline_html

# How Python-Markdown has stashed text by then: an escaped character by its code, anything else by name.
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_SET_ASIDE = re.compile(f"{STX}[^{ETX}]*{ETX}")


@dataclass(frozen=True)
class PartLink:
    """A link to a part of a rule set.

    Attributes:
        element: Its element on the parsed page.
        target: What its address names.
        text: Its text as readers see it.
        page: The page.
        where: Its place on the page.
    """

    element: Element
    target: Target
    text: str
    page: Page
    where: PlaceGetter

    def diagnose(self, code: str, message: str, fix: Replacement | None = None) -> None:
        """Report a finding about it."""
        self.page.diagnose(code, message, self.where, fix=fix)

    def renamed(self, known: Iterable[str]) -> Replacement | None:
        """Return the correction of the id in the address, if one is certain."""
        return renamed(f"]({self.target.text}", self.target.id, known)

    def insert(self, text: str) -> None:
        """Set the text if there is none."""
        if not self.text:
            self.element.text = text

    def insert_label(self, markdown: str) -> None:
        """Set a label of the rule set, with its code and emphasis, if there is no text."""
        try:
            label = fromstring(f"<a>{inline_html(markdown, has_links=False)}</a>")
        except ParseError:  # It names a character, such as `&nbsp;`, which only HTML knows.
            self.insert(plain_text(markdown))
            return
        self.insert(label.text or "")
        if not self.text:
            self.element.extend(label)

    def lead(self, url: str) -> None:
        """Set its address, and the class that styles take."""
        self.element.set("href", url)
        scheme = self.target.scheme
        self.element.set("class", "assessor-fact" if scheme == "fact" else f"assessor-{scheme}-link")

    def refuse(self, code: str, message: str, fix: Replacement | None = None) -> None:
        """Report an error, and show it if the link has no text."""
        self.diagnose(code, message, fix)
        self.element.tag = "strong"
        self.element.attrib.clear()
        self.element.set("class", MISTAKE)
        self.insert(message)


def text_of(link: Element) -> str:
    """Return the text of a link as readers see it, with entities and the like as spaces."""
    text = _ESCAPED.sub(lambda code: chr(int(code[1])), "".join(link.itertext()))
    return _SET_ASIDE.sub(" ", text).strip()

"""Reads a built page as a tree, refusing what a browser would silently rearrange."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

from tests.support.sites import SITE_URL, Built

_VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr"))
_ENDS_PARAGRAPH = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote details div dl fieldset footer form h1 h2 h3 h4 h5 h6 header hr main "
        "menu nav ol p pre section table ul",
    )
)
_APART = _ENDS_PARAGRAPH | {"br", "dd", "dt", "li", "td", "th"}
# Their text is not for readers.
_NOT_READ = frozenset(("script", "style", "template", "title"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.open: list[str] = []
        self.tree.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice, line {self.getpos()[0]}: {names}"
        assert not (tag in _ENDS_PARAGRAPH and "p" in self.open), f"<{tag}> within <p>, line {self.getpos()[0]}"
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing, line {self.getpos()[0]}"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>, line {self.getpos()[0]}"
        self.tree.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def read(html: str) -> Element:
    """Return a page as a tree; a wrongly nested one fails."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"not closed: {reader.open}"
    reader.tree.end("page")
    return reader.tree.close()


def by_class(root: Element, name: str) -> list[Element]:
    """Return the elements of a class, in order."""
    return [element for element in root.iter() if name in element.get("class", "").split()]


def by_id(root: Element, name: str) -> Element:
    """Return the element with an id."""
    (found,) = [element for element in root.iter() if element.get("id") == name]
    return found


def text_of(root: Element, without: str = "") -> str:
    """Return the text of an element, white space folded, hidden parts included.

    Args:
        root: The element.
        without: A class whose elements are left out.
    """
    return " ".join("".join(_texts(root, without)).split())


def _texts(root: Element, without: str) -> Iterator[str]:
    if root.tag in _NOT_READ or (without and without in root.get("class", "").split()):
        return
    yield root.text or ""
    for child in root:
        yield from _texts(child, without)
        # Blocks are apart even where no white space is between them.
        yield " " if child.tag in _APART else ""
        yield child.tail or ""


def ids(root: Element) -> list[str]:
    """Return every id of a page, in order."""
    return [element.get("id", "") for element in root.iter() if "id" in element.attrib]


def repeated(values: list[str]) -> list[str]:
    """Return the values that are there more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def dangling_references(root: Element) -> list[str]:
    """Return the ids that labels and descriptions refer to, and that the page lacks."""
    known = set(ids(root))
    names = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
    wanted = [each for element in root.iter() for name in names for each in element.get(name, "").split()]
    return [each for each in wanted if each not in known]


def broken_urls(built: Built, site_url: str = SITE_URL) -> list[str]:
    """Return each link and asset within a site that leads to no file or no anchor, with the page that it is on."""
    trees = {path: read(built.page(path)) for path in built.files() if path.endswith(".html") and path != "404.html"}
    anchors = {path: set(ids(tree)) for path, tree in trees.items()}
    broken = []
    for page, tree in trees.items():
        for element in tree.iter():
            for name in ("href", "src"):
                url = element.get(name)
                if url is not None and not _leads_somewhere(urljoin(site_url + page, url), site_url, built, anchors):
                    broken.append(f"{page}: {url}")
    return broken


def _leads_somewhere(url: str, site_url: str, built: Built, anchors: dict[str, set[str]]) -> bool:
    if not url.startswith(site_url):
        return urlsplit(url).scheme in ("https", "http", "mailto")
    parts = urlsplit(url)
    path = unquote(parts.path).removeprefix(urlsplit(site_url).path)
    path = f"{path}index.html" if path.endswith("/") or not path else path
    if not (built.folder / path).is_file():
        return False
    anchor = unquote(parts.fragment)
    # The page's script takes answers from such a link.
    return not anchor or anchor.startswith("assessor=") or path not in anchors or anchor in anchors[path]

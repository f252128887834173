"""Parse what authors write: slots in comments, links with our schemes, and the code, in which neither counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# The schemes of our links.
SCHEMES = ("fact", "question", "outcome", "rule", "estimate", "answer", "case")

# Those after the plan show nothing. The extension handles them itself.
SLOT_NAMES = (
    "checklist",
    "question",
    "rules",
    "outcomes",
    "facts",
    "cases",
    "diagram",
    "plan",
    "criterion",
    "ignore",
    "when",
    "end",
)

# What begins and ends a passage, and the attribute that makes one of an element.
PASSAGE_SLOTS = ("when", "end")
PASSAGE_ATTRIBUTE = "when"

# The attribute as attr_list reads it.
WRITTEN_ATTRIBUTE = re.compile(
    rf"\{{:?[^{{}}\n]*\b{PASSAGE_ATTRIBUTE}\s*=\s*[\"']?(?P<names>[^{{}}\n\"']*)[^{{}}\n]*\}}"
)

_OURS = rf"(?:{'|'.join(SCHEMES)}):"

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_SLOT = re.compile(r"<!--\s*assessor/(?P<path>[^\s>]*)\s*(?P<argument>(?:(?!-->).)*?)\s*-->", re.DOTALL)

# In HTML that Markdown does not process: an address, or an autolink, which the parser reads as a tag.
_IN_HTML = re.compile(
    rf"""<(?P<auto>{_OURS}[^\s<>]*)>"""
    rf"""|<[a-zA-Z][^<>]*?\s(?P<written>href\s*=\s*["']?(?P<href>{_OURS}[^\s"'>]*)["']?)"""
)

# Our links as source. One that is still in Markdown's output was not recognised.
WRITTEN_LINK = re.compile(rf"\[(?P<label>[^\[\]]*)\](?P<gap>\s?)\((?P<address>{_OURS}[^\s()]*)\)")

_NO_PROSE = re.compile(r"<!--.*?-->|<(code|pre|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

# A link with wrong brackets, or without the last one. Its text is not found if it contains other Markdown.
BROKEN_LINK = re.compile(
    rf"(?:[(\[](?P<label>[^()\[\]]*))?"
    rf"(?:[)\]]\s?[\[{{](?P<boxed>{_OURS}[\w/-]+)[\]}}]|\]\((?P<open>{_OURS}[\w/-]+)(?![\w/)-]))"
)

# The address of a link alone, in the brackets of other languages.
BARE_LINK = re.compile(rf"(?:\[\[|\{{\{{|\[|\{{)\s*(?P<address>{_OURS}[\w/-]+)\s*(?:\]\]|\}}\}}|\]|\}})(?:\[\])?")

QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"

# A quick test for addresses that are ours or nearly ours; most others fail it.
NEARLY_TARGET = re.compile(
    rf"[./#{QUOTES}]*(?P<scheme>[A-Za-z]{{3,9}})(?P<between>\s*[:;=\uff1a]\s*|/)(?P<path>[\w-]+(?:/[\w-]+)?)[{QUOTES}]*"
)

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
# The lines below these may be indented without being code.
_CONTAINER = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|///|\[\^[^\]]+\]:)(?:\s|$)|.*<[a-z][^>]*\bmarkdown\b")
_INDENT = 4

# The class of messages shown in the place of an error.
MISTAKE = "assessor-mistake"

# The element around a link whose text or address the script changes.
LIVE = "assessor-live"


@dataclass(frozen=True)
class Slot:
    """A slot in the source.

    Attributes:
        ruleset: The name of the rule set in it, or an empty string.
        name: The name, such as `checklist`.
        argument: The text after the name.
        text: The whole comment.
    """

    ruleset: str
    name: str
    argument: str
    text: str

    @property
    def label(self) -> str:
        """The name in messages."""
        return f"assessor/{self.ruleset}/{self.name}" if self.ruleset else f"assessor/{self.name}"


@dataclass(frozen=True)
class Target:
    """The target of one of our links.

    Attributes:
        scheme: One of `SCHEMES`.
        ruleset: The name of the rule set in it, or an empty string.
        id: The id of the part.
        text: The whole address.
    """

    scheme: str
    ruleset: str
    id: str
    text: str


def may_be_ours(html: str) -> bool:
    """Return whether HTML may contain a valid or invalid slot or link of ours; most has none."""
    return "<!--" in html or any(f"{scheme}:" in html for scheme in SCHEMES)


def read_slot(comment: str) -> Slot | None:
    """Return the slot, if a piece of HTML is nothing but a slot, or `None`."""
    match = _SLOT.fullmatch(comment.strip())
    return _slot(match) if match else None


def slots_in(text: str) -> Iterator[Slot]:
    """Yield every slot in a text."""
    return map(_slot, _SLOT.finditer(text))


def comments_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each comment with its start and the comment that contains it; in HTML both end where the inner one ends."""
    for match in COMMENT.finditer(text):
        yield match.start(), match[0], ""
        inner = match[0].rfind("<!--")
        if inner:
            yield match.start() + inner, match[0][inner:], match[0]


def read_target(address: str) -> Target | None:
    """Return the target that an address means, or `None` if its scheme is not ours."""
    scheme, colon, path = address.partition(":")
    if scheme not in SCHEMES or not colon or re.search(r"\s", path):
        return None
    ruleset, slash, id = path.rpartition("/")
    return Target(scheme, ruleset if slash else "", id, address)


def targets_in_html(html: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each of our links in raw HTML, outside comments, and its source."""
    for match in _IN_HTML.finditer(COMMENT.sub("", html)):
        yield match["auto"] or match["href"], match["written"] or match[0]


def links_in_html(html: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each of our Markdown links inside HTML, outside comments and code, and its source."""
    for match in WRITTEN_LINK.finditer(_NO_PROSE.sub("", html)) if "](" in html else ():
        yield match["address"], match[0]


def without_links(text: str, gap: str | Callable[[re.Match[str]], str]) -> str:
    """Return a text in which a gap replaces each of our links that is still source."""
    return BROKEN_LINK.sub(gap, WRITTEN_LINK.sub(gap, text))


def fence_infos(lines: Sequence[str]) -> Iterator[str]:
    """Yield for each line what stands after the marker that begins fenced code; an empty text for other lines."""
    fence = ""
    for line in lines:
        marker = _FENCE.match(line)
        info = line[marker.end() :].strip() if marker else ""
        is_end = marker is not None and fence != "" and marker[1].startswith(fence) and not info
        yield "" if fence else info
        fence = "" if is_end else fence or (marker[1] if marker else "")


def without_code(lines: Sequence[str]) -> str:
    """Return a text with the same lines, with spaces for fenced, indented and inline code."""
    kept: list[str] = []
    # How far the enclosing block allows a line to be indented without being code.
    room = 0
    fence, after_blank, is_code = "", True, False
    for line in lines:
        marker = _FENCE.match(line)
        if fence or marker:
            if marker and not fence:
                fence = marker[1]
            elif marker and marker[1].startswith(fence) and not line[marker.end() :].strip():
                fence = ""
            kept.append(" " * len(line))
            after_blank = is_code = False
            continue
        if line.strip():
            wide = line.expandtabs(_INDENT)
            indent = (len(wide) - len(wide.lstrip())) // _INDENT * _INDENT
            is_code = indent > room and (after_blank or is_code)
            if not is_code and _CONTAINER.match(line):
                room = indent + _INDENT
            elif not is_code and after_blank:
                room = min(room, indent)
        after_blank = not line.strip()
        kept.append(" " * len(line) if is_code else line)
    return _INLINE_CODE.sub(lambda code: blank(code[0]), "\n".join(kept))


def blank(text: str) -> str:
    """Return a text with all characters except line breaks replaced by spaces."""
    return re.sub(r"[^\n]", " ", text)


def _slot(match: re.Match[str]) -> Slot:
    ruleset, slash, name = match["path"].partition("/")
    if not slash:
        ruleset, name = "", match["path"]
    return Slot(ruleset, name, match["argument"], match[0])

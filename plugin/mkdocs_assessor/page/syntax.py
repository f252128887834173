"""What authors write: slots as comments, and links with a scheme of ours; and where that is code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# The schemes of our links.
SCHEMES = ("fact", "question", "outcome", "rule")

# The last two show nothing; the extension handles them itself.
SLOT_NAMES = ("checklist", "question", "rules", "outcomes", "facts", "cases", "diagram", "criterion", "ignore")

_OURS = rf"(?:{'|'.join(SCHEMES)}):"

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_SLOT = re.compile(r"<!--\s*assessor/(?P<path>[^\s>]*)\s*(?P<argument>.*?)\s*-->", re.DOTALL)

# In HTML that Markdown does not look into: an address, or an autolink, which is a tag to the parser.
_IN_HTML = re.compile(
    rf"""<(?P<auto>{_OURS}[^\s<>]*)>"""
    rf"""|<[a-zA-Z][^<>]*?\s(?P<written>href\s*=\s*["']?(?P<href>{_OURS}[^\s"'>]*)["']?)"""
)

# Links of ours as they are written; Markdown did not recognise one that is still there in its output.
WRITTEN_LINK = re.compile(rf"\[(?P<label>[^\[\]]*)\](?P<gap>\s?)\((?P<address>{_OURS}[^\s()]*)\)")

_NO_PROSE = re.compile(r"<!--.*?-->|<(code|pre|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

# A link with the wrong brackets, or without the last. Its text is not found if it has other Markdown in it.
BROKEN_LINK = re.compile(
    rf"(?:[(\[](?P<label>[^()\[\]]*))?"
    rf"(?:[)\]]\s?[\[{{](?P<boxed>{_OURS}[\w/-]+)[\]}}]|\]\((?P<open>{_OURS}[\w/-]+)(?![\w/)-]))"
)

# The address of a link alone, in the brackets of other languages.
BARE_LINK = re.compile(rf"(?:\[\[|\{{\{{|\[|\{{)\s*(?P<address>{_OURS}[\w/-]+)\s*(?:\]\]|\}}\}}|\]|\}})(?:\[\])?")

QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"

# What may be an address of ours, or nearly one; a quick test that most others fail.
NEARLY_TARGET = re.compile(
    rf"[./#{QUOTES}]*(?P<scheme>[A-Za-z]{{3,9}})(?P<between>\s*[:;=\uff1a]\s*|/)(?P<path>[\w-]+(?:/[\w-]+)?)[{QUOTES}]*"
)

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
# What the lines below may be indented under, without being code.
_CONTAINER = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|///|\[\^[^\]]+\]:)(?:\s|$)|.*<[a-z][^>]*\bmarkdown\b")
_INDENT = 4

# The class of the message that stands in the place of a mistake.
MISTAKE = "assessor-mistake"


@dataclass(frozen=True)
class Slot:
    """A slot as it is written.

    Attributes:
        ruleset: The name of the rule set that it names, or nothing.
        name: Its name, such as `checklist`.
        argument: What follows the name.
        text: The whole comment.
    """

    ruleset: str
    name: str
    argument: str
    text: str

    @property
    def label(self) -> str:
        """How messages name it."""
        return f"assessor/{self.ruleset}/{self.name}" if self.ruleset else f"assessor/{self.name}"


@dataclass(frozen=True)
class Target:
    """What a link of ours leads to.

    Attributes:
        scheme: One of `SCHEMES`.
        ruleset: The name of the rule set that it names, or nothing.
        id: The id of the fact, question, outcome or rule.
        text: The whole address.
    """

    scheme: str
    ruleset: str
    id: str
    text: str


def may_be_ours(html: str) -> bool:
    """Return whether HTML may have a slot or a link of ours in it, right or wrong; most has none."""
    return "<!--" in html or any(f"{scheme}:" in html for scheme in SCHEMES)


def read_slot(comment: str) -> Slot | None:
    """Return the slot that a piece of HTML consists of, or nothing if it is anything else."""
    match = _SLOT.fullmatch(comment.strip())
    return _slot(match) if match else None


def slots_in(text: str) -> Iterator[Slot]:
    """Yield every slot in a text."""
    return map(_slot, _SLOT.finditer(text))


def comments_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each comment, where it starts, and the one that it stands within: in HTML both end where the inner does."""
    for match in COMMENT.finditer(text):
        yield match.start(), match[0], ""
        inner = match[0].rfind("<!--")
        if inner:
            yield match.start() + inner, match[0][inner:], match[0]


def read_target(address: str) -> Target | None:
    """Return what an address means, if its scheme is one of ours."""
    scheme, colon, path = address.partition(":")
    if scheme not in SCHEMES or not colon or re.search(r"\s", path):
        return None
    ruleset, slash, id = path.rpartition("/")
    return Target(scheme, ruleset if slash else "", id, address)


def targets_in_html(html: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each link of ours in raw HTML, comments aside, and how it is written there."""
    for match in _IN_HTML.finditer(COMMENT.sub("", html)):
        yield match["auto"] or match["href"], match["written"] or match[0]


def links_in_html(html: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each link of ours in Markdown that stands in HTML, comments and code aside, and the link."""
    for match in WRITTEN_LINK.finditer(_NO_PROSE.sub("", html)) if "](" in html else ():
        yield match["address"], match[0]


def without_links(text: str, gap: str | Callable[[re.Match[str]], str]) -> str:
    """Return a text with a gap for each link of ours that stayed as it was written."""
    return BROKEN_LINK.sub(gap, WRITTEN_LINK.sub(gap, text))


def without_code(lines: Sequence[str]) -> str:
    """Return a text of as many lines, with spaces for fenced, indented and inline code."""
    kept: list[str] = []
    # How far a line may be indented by what it stands in, without being code.
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
    """Return as many spaces, on as many lines."""
    return re.sub(r"[^\n]", " ", text)


def _slot(match: re.Match[str]) -> Slot:
    ruleset, slash, name = match["path"].partition("/")
    if not slash:
        ruleset, name = "", match["path"]
    return Slot(ruleset, name, match["argument"], match[0])

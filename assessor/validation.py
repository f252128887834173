"""What every part of a rule set has: an id, a place, texts and flags that are checked; and how messages name values."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn

from assessor.errors import Location, RuleSetError, definition_site

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

_LONGEST = 60
"""How much of a value a message shows."""


class NotQuotable:
    """A part of a rule set that has no value to quote: in a text it would show its code to readers."""

    def __format__(self, spec: str) -> NoReturn:
        """Refuse; `!r` shows it all the same."""
        raise RuleSetError(
            f"{named_value(self)} cannot stand in a text: only facts and quantities have a value to quote; write its "
            "name or its wording"
        )

    def condition_hint(self, owner: str) -> str:
        """Return what to write where this was given for a condition, or nothing.

        Args:
            owner: What takes the condition: an operator, a function, or a part of a rule set.
        """
        return ""


def named_value(value: object) -> str:
    """Return how a message names a value that stands where it cannot: a part by its class and id, not by all it has."""
    name = getattr(value, "id", None)
    if isinstance(name, str):
        return f"the {type(value).__name__} {name!r}"
    if isinstance(value, NotQuotable):
        kind = type(value).__name__
        return f"{'an' if kind[0] in 'AEIO' else 'a'} {kind}"
    if isinstance(value, tuple) and len(value) == 1:
        return f"a list of one (is there a comma behind {named_value(value[0])}?)"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    shown = repr(value)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def unquoted(value: object, kind: str) -> str:
    """Return what to write where a text stands in the place of a part, or nothing.

    Args:
        value: What stands there.
        kind: What should: "outcome".
    """
    if not isinstance(value, str):
        return ""
    if _NUMBER.fullmatch(value):
        return f"; write {value}, without quotation marks"
    # Ids have hyphens where names in Python have low lines.
    name = value.replace("-", "_")
    shown = f"{name}, " if name.isidentifier() else ""
    return f"; write {shown}the {kind} itself, without quotation marks"


def as_tuple(owner: str, name: str, values: object) -> tuple[Any, ...]:
    """Return a list of parts as a tuple.

    Raises:
        RuleSetError: If it is one part, or anything else that is no list, naming the owner.
    """
    if not isinstance(values, Iterable) or isinstance(values, str):
        raise RuleSetError(f"{owner}: its {name} are a list, {name}=[…], not {named_value(values)}")
    return tuple(values)


def check_text(owner: str, name: str, value: object, *, required: bool = False) -> None:
    """Refuse what is not text, and an empty text where readers need one.

    Args:
        owner: Whose text it is, for the message.
        name: What the text is to it ("title").
        value: The text.
        required: Whether it must say something.

    Raises:
        RuleSetError: Naming the owner.
    """
    if not isinstance(value, str):
        raise RuleSetError(f"{owner}: {name} must be text, not {named_value(value)}")
    if required and not value.strip():
        raise RuleSetError(f"{owner}: its {name} is empty")


def check_flag(owner: str, name: str, value: object) -> None:
    """Refuse what is neither True nor False.

    Raises:
        RuleSetError: Naming the owner.
    """
    if not isinstance(value, bool):
        raise RuleSetError(f"{owner}: {name} must be True or False, not {named_value(value)}")


def check_distinct(owner: str, what: str, texts: Iterable[str]) -> None:
    """Refuse texts of which readers could not tell one from another.

    Args:
        owner: Whose texts they are, for the message.
        what: What they are, in the singular.
        texts: The texts; empty ones do not count.

    Raises:
        RuleSetError: If two are the same.
    """
    seen = set()
    for text in filter(None, texts):
        if text in seen:
            raise RuleSetError(f"{owner} has twice the {what} {text!r}: word them apart")
        seen.add(text)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_id(kind: str, value: object, location: Location | None = None) -> None:
    """Refuse an id that could not stand in a link, a file of answers and an HTML id alike.

    Args:
        kind: What the id names, for the message ("question", "fact").
        value: The id.
        location: Where it was given; by default the construction that is under way.

    Raises:
        RuleSetError: If it is anything but lower-case words and digits joined by hyphens.
    """
    if not isinstance(value, str) or not _ID.fullmatch(value):
        article = "an" if kind[0] in "aeiou" else "a"
        raise RuleSetError(
            f"{value!r} cannot be the id of {article} {kind}: write lower-case letters and digits "
            f"joined by hyphens, such as 'restore-tested'",
            location,
        )


ALLOWED_SCHEMES = ("https", "http", "mailto")

# The end of an inline Markdown link, `](target "title")` or `](<target>)`; reference links cannot stand in a rule
# set's words. White space may stand in a target, for browsers drop it.
_LINK_TARGET = re.compile(r"""\]\(\s*(?:<([^>]*)|([^)]*?)(?:\)|\s["']|$))""")

_BEFORE_PATH = re.compile(r"[^/?#]*")


def is_allowed_url(url: str) -> bool:
    """Return whether a browser that follows the URL stays within `https`, `http`, `mailto` and relative paths.

    Browsers drop white space and control characters, and decode character references, before they look for a
    scheme (WHATWG URL, "basic URL parser"); so does this.
    """
    previous, plain = "", url
    while previous != plain:
        previous, plain = plain, html.unescape(plain)
    plain = "".join(character for character in plain if character > " " and character != "\x7f")
    if plain.replace("\\", "/").startswith("//"):
        return False
    plain = plain.replace("\\", "")
    before_path = _BEFORE_PATH.match(plain)
    head = before_path.group() if before_path else ""
    scheme, colon, _ = head.partition(":")
    return not colon or scheme.lower() in ALLOWED_SCHEMES


def link_targets(text: str) -> Iterator[str]:
    """Yield the target of each inline Markdown link in a text."""
    for match in _LINK_TARGET.finditer(text):
        yield match.group(1) or match.group(2) or ""


def check_url(owner: str, url: str, location: Location | None = None) -> None:
    """Refuse a URL outside the allow-list.

    Raises:
        RuleSetError: Naming the owner and the URL.
    """
    if not is_allowed_url(url):
        raise RuleSetError(
            f"{owner} links to {url!r}: only {', '.join(f'{scheme}:' for scheme in ALLOWED_SCHEMES)} "
            f"and relative links may stand on a reader's page",
            location,
        )


def check_links(owner: str, text: str, location: Location | None = None) -> None:
    """Refuse a text whose inline Markdown links to a URL outside the allow-list.

    Raises:
        RuleSetError: Naming the owner and the URL.
    """
    for target in link_targets(text):
        check_url(owner, target, location)


_FORMAT, _REQUIRED = "format", "required"

TEXT: Mapping[str, Any] = MappingProxyType({_FORMAT: "plain"})
"""Marks an attribute as a text that readers see as it is written: `title: str = field(metadata=TEXT)`."""
MARKDOWN: Mapping[str, Any] = MappingProxyType({_FORMAT: "markdown"})
"""Marks a text, or a list of texts, in inline Markdown."""
REQUIRED_TEXT: Mapping[str, Any] = MappingProxyType({**TEXT, _REQUIRED: True})
"""Marks a plain text that cannot be empty."""
REQUIRED_MARKDOWN: Mapping[str, Any] = MappingProxyType({**MARKDOWN, _REQUIRED: True})
"""Marks a text in inline Markdown that cannot be empty."""


def marked_texts(part: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each attribute that is marked as a text; empty texts are left out."""
    for each in fields(part):
        if _FORMAT in each.metadata:
            value = getattr(part, each.name)
            yield from ((each.name, text) for text in ([value] if isinstance(value, str) else value) if text)


def check_texts(owner: str, part: Any) -> None:
    """Refuse a part with an attribute that should be text and is not, is empty, or has a link that is not allowed.

    Args:
        owner: What messages call the part.
        part: The part, a dataclass; what it declares as `str` must be text.

    Raises:
        RuleSetError: Naming the owner and the attribute.
    """
    for each in fields(part):
        if each.type in ("str", str):
            value = getattr(part, each.name)
            check_text(owner, each.name, value, required=each.metadata.get(_REQUIRED, False))
            if each.metadata.get(_FORMAT) == "markdown":
                check_links(owner, value)


class _HasId:
    """Declares the id, which each class places among its own attributes: a rule takes it last."""

    id: str


@dataclass(frozen=True, eq=False)
class Definition(_HasId):
    """The base of what an author defines: it has an id, and the line where it was made.

    Attributes:
        kind: What messages call it.
        location: Where it was made.
    """

    kind: ClassVar[str]
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Record where it is made, and check its id and its texts."""
        object.__setattr__(self, "location", definition_site())
        self._check_id()
        check_texts(self.owner_name, self)

    def _check_id(self) -> None:
        check_id(self.kind, self.id)

    @property
    def owner_name(self) -> str:
        """How messages name it as the owner of what they are about: "question 'purpose'"."""
        return f"{self.kind} {self.id!r}"

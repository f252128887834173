"""Provide what all parts of a rule set share: ids, locations, checked texts and flags, and value names in messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn

from assessor.errors import AmbiguousConditionError, Location, RuleSetError, definition_site, nearest
from assessor.links import check_links

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

_LONGEST = 60
"""The most characters of a value that a message shows."""


class NoTruthValue:
    """A part of a rule set: Python would take it for true, whatever readers answer."""

    def __bool__(self) -> NoReturn:
        """Refuse to be used as a truth value: `choice and yes_no` would be the second alone.

        Raises:
            AmbiguousConditionError: Always.
        """
        hint = self.condition_hint("")
        raise AmbiguousConditionError(
            f"{named_value(self)} has no truth value for 'and', 'or', 'not' or 'if'{hint and f'; {hint}'}"
        )

    def condition_hint(self, owner: str) -> str:
        """Return what to write instead of this as a condition, or an empty string.

        Args:
            owner: What expects the condition: an operator, a function, or a part of a rule set.
        """
        return ""


class NotQuotable(NoTruthValue):
    """A part of a rule set without a value to quote: in a text, it would show its code to readers."""

    def __format__(self, spec: str) -> NoReturn:
        """Refuse. `!r` still works."""
        raise RuleSetError(
            f"{named_value(self)} cannot be part of a text: only facts and quantities have a value to quote; write its "
            "name or its wording"
        )


def named_value(value: object) -> str:
    """Return the name of a misplaced value in messages. For a part it is the class and id, not the whole content."""
    name = getattr(value, "id", None)
    # A rule without an id gets one in its rule set.
    if isinstance(name, str) and name:
        return f"the {type(value).__name__} {name!r}"
    if isinstance(value, NoTruthValue):
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


def unquoted_part(parts: Sequence[object], kind: type[Definition]) -> str:
    """Return what to write for the first that is no such part, if it is a text."""
    wrong = next((each for each in parts if not isinstance(each, kind)), None)
    return unquoted(wrong, kind.kind)


def as_tuple(owner: str, name: str, values: object) -> tuple[Any, ...]:
    """Return a list of parts as a tuple.

    Raises:
        RuleSetError: If it is a single part, or anything else that is not a list; names the owner.
    """
    if not isinstance(values, Iterable) or isinstance(values, str):
        raise RuleSetError(f"{owner}: its {name} are a list, {name}=[…], not {named_value(values)}")
    return tuple(values)


def check_text(owner: str, name: str, value: object, *, required: bool = False) -> None:
    """Refuse a value that is not text, a required text that is empty, and a text that no page can have.

    Args:
        owner: The owner of the text, for the message.
        name: The name of the text in the owner ("title").
        value: The text.
        required: Whether the text must not be empty.

    Raises:
        RuleSetError: With the name of the owner.
    """
    if not isinstance(value, str):
        raise RuleSetError(f"{owner}: {name} must be text, not {named_value(value)}")
    if required and not value.strip():
        raise RuleSetError(f"{owner}: its {name} is empty")
    if character := unwritable(value):
        raise RuleSetError(f"{owner}: its {name} has the character {character}, which no page can have; leave it out")


def unwritable(text: str) -> str:
    """Return the first character of a text that no page can have, as Python writes it; empty if there is none.

    These are halves of surrogate pairs, which UTF-8 cannot encode, and the null character, which HTML cannot either.
    """
    found = next((each for each in text if each == "\0" or "\ud800" <= each <= "\udfff"), "")
    return ascii(found) if found else ""


def check_flag(owner: str, name: str, value: object) -> None:
    """Refuse a value that is neither True nor False.

    Raises:
        RuleSetError: With the name of the owner.
    """
    if not isinstance(value, bool):
        raise RuleSetError(f"{owner}: {name} must be True or False, not {named_value(value)}")


def check_one_of(owner: str, name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a text that is neither empty nor one of those allowed.

    Raises:
        RuleSetError: With the name of the owner, and the allowed texts.
    """
    if value and value not in allowed:
        # Colours have short names: "magenta" is half of "green", and not a misspelt one.
        meant = nearest(value, allowed, cutoff=0.75)
        hint = f" Did you mean {meant!r}?" if meant else ""
        raise RuleSetError(f"{owner}: there is no {name} {value!r}.{hint} Take one of: {', '.join(allowed)}")


def check_distinct(owner: str, what: str, texts: Iterable[str]) -> None:
    """Refuse equal texts, which readers could not tell apart.

    Args:
        owner: The owner of the texts, for the message.
        what: What the texts are, in the singular.
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


def is_id(text: str) -> bool:
    """Return whether a text can be an id: lower-case words and digits joined by hyphens."""
    return bool(_ID.fullmatch(text))


def check_id(kind: str, value: object, location: Location | None = None) -> None:
    """Refuse an id that is not valid in links, answers files and HTML ids alike.

    Args:
        kind: The kind of part that has the id, for the message ("question", "fact").
        value: The id.
        location: The line that gives it; by default, the construction in progress.

    Raises:
        RuleSetError: If it is anything but lower-case words and digits joined by hyphens.
    """
    if not isinstance(value, str) or not is_id(value):
        article = "an" if kind[0] in "aeiou" else "a"
        raise RuleSetError(
            f"{value!r} cannot be the id of {article} {kind}: write lower-case letters and digits "
            f"joined by hyphens, such as 'restore-tested'",
            location,
        )


_FORMAT, _REQUIRED = "format", "required"

TEXT: Mapping[str, Any] = MappingProxyType({_FORMAT: "plain"})
"""Marks an attribute as plain text for readers: `title: str = field(metadata=TEXT)`."""
MARKDOWN: Mapping[str, Any] = MappingProxyType({_FORMAT: "markdown"})
"""Marks an attribute as a text, or a list of texts, in inline Markdown."""
REQUIRED_TEXT: Mapping[str, Any] = MappingProxyType({**TEXT, _REQUIRED: True})
"""Marks an attribute as plain text that must not be empty."""
REQUIRED_MARKDOWN: Mapping[str, Any] = MappingProxyType({**MARKDOWN, _REQUIRED: True})
"""Marks an attribute as inline Markdown that must not be empty."""


def marked_texts(part: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each attribute with a text marker, without empty ones."""
    for each in fields(part):
        if _FORMAT in each.metadata:
            value = getattr(part, each.name)
            yield from ((each.name, text) for text in ([value] if isinstance(value, str) else value) if text)


def check_texts(owner: str, part: Any) -> None:
    """Refuse a part with a text attribute that is not text, lacks a required text, or has an invalid link.

    Args:
        owner: The name of the part in messages.
        part: The part, a dataclass. Attributes declared as `str` must be text.

    Raises:
        RuleSetError: With the owner and the attribute.
    """
    for each in fields(part):
        if each.type in ("str", str):
            value = getattr(part, each.name)
            check_text(owner, each.name, value, required=each.metadata.get(_REQUIRED, False))
            if each.metadata.get(_FORMAT) == "markdown":
                check_links(owner, value)


class _HasId:
    """Declares the id. Each class decides its position among the attributes: a rule takes it last."""

    id: str


@dataclass(frozen=True, eq=False)
class Definition(_HasId):
    """The base of what authors define: it has an id, and remembers the line that creates it.

    Attributes:
        kind: Its name in messages, such as "question".
        location: The line that creates it.
    """

    kind: ClassVar[str]
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Record the location, and check the id and the texts."""
        object.__setattr__(self, "location", definition_site())
        self._check_id()
        check_texts(self.owner_name, self)

    def _check_id(self) -> None:
        check_id(self.kind, self.id)

    @property
    def owner_name(self) -> str:
        """The name in messages about what belongs to it: "question 'purpose'"."""
        return f"{self.kind} {self.id!r}"

"""Checks of the plain parts of a rule set, its words and its yes and no, and how messages name what is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from assessor.errors import RuleSetError

_LONGEST = 60
"""How much of a value a message shows."""


class Unquoted:
    """A part of a rule set that has no value to quote: in a text it would show its code to readers."""

    def __format__(self, spec: str) -> NoReturn:
        """Refuse; `!r` shows it all the same."""
        raise RuleSetError(
            f"{named_value(self)} cannot stand in a text: only facts and quantities have a value to quote; write its "
            "name or its wording"
        )


def named_value(value: object) -> str:
    """Return how a message names a value that stands where it cannot: a part by its class and id, not by all it has."""
    name = getattr(value, "id", None)
    if isinstance(name, str):
        return f"the {type(value).__name__} {name!r}"
    if isinstance(value, Unquoted):
        kind = type(value).__name__
        return f"{'an' if kind[0] in 'AEIO' else 'a'} {kind}"
    if isinstance(value, tuple) and len(value) == 1:
        return f"a list of one (is there a comma behind {named_value(value[0])}?)"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    shown = repr(value)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def listed(owner: str, name: str, values: object) -> tuple[Any, ...]:
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


def check_texts(owner: str, part: object, *names: str) -> None:
    """Refuse a part in which one of the attributes is not text.

    Raises:
        RuleSetError: Naming the owner and the attribute.
    """
    for name in names:
        check_text(owner, name, getattr(part, name))


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

"""Checks of the plain parts of a rule set: its words, and its yes and no."""

from __future__ import annotations

from assessor.errors import RuleSetError


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
        raise RuleSetError(f"{owner}: {name} must be text, not {value!r}")
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
        raise RuleSetError(f"{owner}: {name} must be True or False, not {value!r}")

"""Copy a rule set with other texts. Both share what does not change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

Change = Callable[[Any], Mapping[str, Any]]


def rebuilt(root: Any, change: Change, failing: Callable[[Any, Callable[[], Any]], Any]) -> Any:
    """Return a copy of a part and of its own parts.

    Args:
        root: The part.
        change: Returns the attributes of a part that change, by name.
        failing: Makes the copy of a part, and says where its text is wrong if that fails.
    """
    done: dict[int, Any] = {}
    stack = [root]
    # Conditions may be nested more deeply than functions can call each other.
    while stack:
        value = stack[-1]
        waiting = [] if id(value) in done else [each for each in _within(value) if id(each) not in done]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        if id(value) not in done:
            done[id(value)] = _copied(value, done, change, failing)
    return done[id(root)]


def _within(value: Any) -> Iterator[Any]:
    """Yield the values of one that can have parts in them."""
    if _is_part(value):
        values = [getattr(value, each.name) for each in fields(value) if each.init]
    elif isinstance(value, tuple):
        values = list(value)
    elif isinstance(value, Mapping):
        values = [*value, *value.values()]
    else:
        values = []
    return (each for each in values if _is_part(each) or isinstance(each, (tuple, Mapping)))


def _is_part(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)


def _copied(
    value: Any, done: Mapping[int, Any], change: Change, failing: Callable[[Any, Callable[[], Any]], Any]
) -> Any:
    def new(each: Any) -> Any:
        return done.get(id(each), each)

    if isinstance(value, tuple):
        items = tuple(map(new, value))
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, Mapping):
        pairs = [(new(key), new(each)) for key, each in value.items()]
        is_same = all(a is c and b is d for (a, b), (c, d) in zip(pairs, value.items(), strict=True))
        return value if is_same else dict(pairs)
    given = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
    changed = {name: new(each) for name, each in given.items() if new(each) is not each}
    changed.update(change(value))
    if not changed:
        return value
    copy = failing(value, lambda: replace(value, **changed))
    if "location" in vars(value):
        object.__setattr__(copy, "location", value.location)
    return copy

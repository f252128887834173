"""Keep the comments of a catalogue in its next version, each at its entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor.translations.catalogue import not_valid_yaml

# A node of PyYAML, which is imported only to read a catalogue.
Node = Any

Anchor = tuple[str, ...]
"""The keys that lead to a line of a catalogue."""


@dataclass
class Comments:
    """The comments of a catalogue.

    Attributes:
        text: The text of the file; empty for a new one.
    """

    text: str = ""
    _above: dict[Anchor, list[str]] = field(default_factory=lambda: defaultdict(list))
    _behind: dict[Anchor, list[str]] = field(default_factory=lambda: defaultdict(list))
    _tail: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, text: str, file: Path) -> Comments:
        """Read the comments of a valid catalogue.

        Raises:
            RuleSetError: If only the faster reader can read it, which allows a little more than YAML does.
        """
        import yaml  # noqa: PLC0415 - slow to import

        comments = cls(text)
        try:
            document = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            raise not_valid_yaml(file, error) from None
        anchors = sorted(_anchors(document)) if isinstance(document, yaml.MappingNode) else []
        for line, comment, is_alone in _found(text):
            if is_alone:
                anchor = next((each for at, each in anchors if at > line), None)
                (comments._tail if anchor is None else comments._above[anchor]).append(comment)
            else:
                comments._behind[max(each for each in anchors if each[0] <= line)[1]].append(comment)
        return comments

    def take(self, *anchors: Anchor) -> tuple[Sequence[str], str]:
        """Return the comments above a line and behind it, which are then taken.

        Args:
            *anchors: The name of the line, and its possible earlier names.
        """
        above = [each for anchor in anchors for each in self._above.pop(anchor, [])]
        return above, "  ".join(each for anchor in anchors for each in self._behind.pop(anchor, []))

    def left(self) -> Sequence[str]:
        """Return the comments of entries that no longer exist, and those at the end."""
        gone = [each for kept in (self._above, self._behind) for comments in kept.values() for each in comments]
        return ["", *gone, *self._tail] if gone or self._tail else []


def _anchors(document: Node) -> Iterator[tuple[int, Anchor]]:
    """Yield the line of each key, counted from 0, with the keys that lead to it."""
    for key, value in document.value:
        name = str(key.value)
        yield key.start_mark.line, (name,)
        if name == "unused" and value.id == "mapping":
            yield from ((line, (name, *rest)) for line, rest in _anchors(value))
        elif value.id == "mapping":
            for attribute, texts in value.value:
                anchor = (name, str(attribute.value))
                yield attribute.start_mark.line, anchor
                is_listed = texts.id == "sequence"
                for each in texts.value if is_listed else [texts]:
                    yield from _of_texts(each, anchor, is_listed=is_listed)


def _of_texts(node: Node, anchor: Anchor, *, is_listed: bool) -> Iterator[tuple[int, Anchor]]:
    if node.id == "mapping" and node.value:
        first = str(node.value[0][1].value)
        for key, _ in node.value:
            yield key.start_mark.line, (*anchor, str(key.value), *([first] if is_listed else []))


def _found(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the line of each comment, counted from 0, the comment, and whether it is alone on its line."""
    import yaml  # noqa: PLC0415 - slow to import

    end = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start = token.start_mark.index
        yield from _in_gap(text, end, start)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            head = text[start : text.find("\n", start) % (len(text) + 1)]
            if " #" in head:
                yield text.count("\n", 0, start), head[head.index(" #") + 1 :].strip(), False
        end = max(end, token.end_mark.index)
    yield from _in_gap(text, end, len(text))


def _in_gap(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the comments between two tokens."""
    place = start
    for line in text[start:end].split("\n"):
        if line.lstrip().startswith("#"):
            before = text[text.rfind("\n", 0, place) + 1 : place]
            yield text.count("\n", 0, place), line.strip(), not before.strip()
        place += len(line) + 1

"""Define the shapes in a picture of a diagram, in pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Lines of text, left-aligned or centred at `x`, with the base line of the first at `y`."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A question: its band across the picture, its wording, and the meaning of the letters in its boxes."""

    y: float
    height: float
    wording: Text
    key: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Answer:
    """A compartment of a box that starts at `x`, with centred text."""

    x: float
    width: float
    text: Text


@dataclass(frozen=True)
class Box:
    """A test: its number above, its answers below `middle`."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    number: Text
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class OutcomeBox:
    """An outcome; `outcome` is its position, or the number of outcomes if no rule decides."""

    outcome: int
    x: float
    y: float
    width: float
    height: float
    text: Text
    is_reached: bool


@dataclass(frozen=True)
class Line:
    """The line of one branch as SVG path data, up to where it merges with others."""

    source: int
    path: str


@dataclass(frozen=True)
class Lines:
    """All lines to one target: the separate parts, the shared part, and the arrow head."""

    target: int
    branches: tuple[Line, ...]
    shared: str
    head: str


@dataclass(frozen=True)
class Picture:
    """The complete layout, in pixels."""

    width: float
    height: float
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    outcomes: tuple[OutcomeBox, ...]
    lines: tuple[Lines, ...]

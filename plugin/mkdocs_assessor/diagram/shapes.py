"""What a picture of a diagram consists of, in pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Lines of text, left-aligned or centred at `x`, the first with its base line at `y`."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A question: its band over the whole width, its wording, and what the letters in its boxes stand for."""

    y: float
    height: float
    wording: Text
    key: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Answer:
    """A compartment of a box, from `x` on, with its text at the centre."""

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
    """An outcome; `outcome` is its position, or the number of outcomes where no rule decides."""

    outcome: int
    x: float
    y: float
    width: float
    height: float
    text: Text
    is_reached: bool


@dataclass(frozen=True)
class Line:
    """The line of one branch as the data of an SVG path, as far as it runs alone."""

    source: int
    path: str


@dataclass(frozen=True)
class Lines:
    """All lines to one target: each as far as it runs alone, the part that they share, and the arrow's head."""

    target: int
    branches: tuple[Line, ...]
    shared: str
    head: str


@dataclass(frozen=True)
class Picture:
    """Where everything stands, in pixels."""

    width: float
    height: float
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    outcomes: tuple[OutcomeBox, ...]
    lines: tuple[Lines, ...]

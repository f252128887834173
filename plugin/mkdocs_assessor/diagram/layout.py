"""Lay out the picture of the diagram: its boxes, lines and texts.

Questions are in rows, in the order of the diagram. A box is a test, with a compartment for each group of answers that
leads to the same target. From there, a line goes to the column of its target and down that column. Lines to one target
merge. A column is free again below its target, and a line that finds no free column adds one. Answers are inside boxes
and lines run between boxes, so that no line crosses a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs_assessor.diagram.columns import arrange
from mkdocs_assessor.diagram.lettering import FONT_SIZE, LINE_HEIGHT, letter, text_width, wrap
from mkdocs_assessor.diagram.outline import Node, runs
from mkdocs_assessor.diagram.shapes import Answer, Box, Line, Lines, OutcomeBox, Picture, Row, Text

_MARGIN = 6
_QUESTION_WIDTH = 222
_GUTTER = 18
_BOX_HEIGHT = 2 * 17
_ANSWER_PADDING = 6
_LONGEST_ANSWER = 88
_ROW_PADDING = 6
_LEAST_FALL = 18
_MOST_FALL = 48
_FAN = 56
# The width that themes leave beside their sidebars. A wider picture is scrolled, not shrunk.
_WIDTH = 680
_OUTCOME_WIDTH = 132
_OUTCOME_PADDING = 7
# The minimum gap between boxes, between lines, and between a box and a line; and the maximum between two columns.
_BOX_GAP = 12
_LINE_GAP = 13
_WIDEST_GAP = 64


@dataclass(frozen=True)
class QuestionText:
    """The texts of a question.

    Attributes:
        wording: The question.
        cells: The answer for each cell.
        branches: The answers in short, for each set of cells that leads from a test of the question to one target.
    """

    wording: str
    cells: Sequence[str]
    branches: dict[tuple[int, ...], str]


def draw(tests: Sequence[Node], texts: Mapping[int, QuestionText], outcomes: Sequence[str]) -> Picture:
    """Lay out a diagram. The result is deterministic.

    Args:
        tests: The tests, at least one, with those of a question next to each other.
        texts: The texts of each question in the diagram.
        outcomes: The title of each outcome of the bundle, and the text for no rule deciding.
    """
    return _Layout(tests, texts, outcomes).picture()


class _Layout:
    def __init__(self, tests: Sequence[Node], texts: Mapping[int, QuestionText], outcomes: Sequence[str]) -> None:
        self._tests = tests
        self._texts = texts
        self._titles = outcomes
        self._questions = list(dict.fromkeys(test.question for test in tests))
        self._rows = [self._questions.index(test.question) for test in tests]
        self._columns = arrange(tests, self._rows)
        self._keyed = {question for question in self._questions if self._needs_key(question)}
        # Order answers by the columns of their targets, so that lines from one box don't cross.
        self._branches = [sorted(test.branches, key=lambda branch: self._columns[branch.target]) for test in tests]
        self._answer_widths = [
            [text_width(self._answer(test.question, branch.cells)) + 2 * _ANSWER_PADDING for branch in branches]
            for test, branches in zip(tests, self._branches, strict=True)
        ]
        self._box_widths = [max(sum(widths), 28.0) for widths in self._answer_widths]
        self._column_x = self._place_columns()
        self._outcome_x, self._outcome_widths, self._width = self._place_outcomes()
        self._row_y, self._fan_y = self._place_rows()

    def _needs_key(self, question: int) -> bool:
        used = {branch.cells for test in self._tests if test.question == question for branch in test.branches}
        return any(text_width(self._texts[question].branches[cells]) > _LONGEST_ANSWER for cells in used)

    def _answer(self, question: int, cells: tuple[int, ...]) -> str:
        if question not in self._keyed:
            return self._texts[question].branches[cells]
        parts = []
        for first, last in runs(cells):
            separator = "–" if last > first + 1 else ", "
            parts.append(letter(first) + (separator + letter(last) if last > first else ""))
        return ", ".join(parts)

    def _place_columns(self) -> list[float]:
        """Return the position of each column, as near to the previous one as its content allows."""
        count = max(self._columns.values()) + 1
        extents: dict[int, dict[int, float]] = {row: {} for row in range(len(self._questions))}
        for test, row in enumerate(self._rows):
            extents[row][self._columns[test]] = self._box_widths[test] / 2
        for target, (first, last) in self._spans().items():
            for row in range(first + 1, last):
                extents[row][self._columns[target]] = 0.0
        places = [0.0] * count
        for column in range(1, count):
            places[column] = places[column - 1] + _LINE_GAP
            for taken in extents.values():
                before = [other for other in taken if other < column]
                if column in taken and before:
                    nearest = max(before)
                    gap = _BOX_GAP if taken[nearest] or taken[column] else _LINE_GAP
                    places[column] = max(places[column], places[nearest] + taken[nearest] + taken[column] + gap)
        half = [max((taken.get(column, 0.0) for taken in extents.values()), default=0.0) for column in range(count)]
        left = max(width - place for width, place in zip(half, places, strict=True))
        right = max(width + place for width, place in zip(half, places, strict=True)) - places[-1]
        start = _MARGIN + _QUESTION_WIDTH + _GUTTER + left
        stretch = 1.0
        if places[-1]:
            stretch = max(1.0, min(_WIDTH - start - right - _MARGIN, _WIDEST_GAP * (count - 1)) / places[-1])
        self._right = start + places[-1] * stretch + right + _MARGIN
        return [start + place * stretch for place in places]

    def _spans(self) -> dict[int, tuple[int, int]]:
        """Return, for each target, the first row that leads to it and its own row. Outcomes are below all rows."""
        spans: dict[int, tuple[int, int]] = {}
        for test, row in zip(self._tests, self._rows, strict=True):
            for branch in test.branches:
                last = self._rows[branch.target] if branch.target >= 0 else len(self._questions)
                spans.setdefault(branch.target, (row, last))
        return spans

    def _place_outcomes(self) -> tuple[dict[int, float], dict[int, float], float]:
        """Return the centre and width of each outcome's box, below its column if possible, and the total width."""
        reached = sorted((target for target in self._columns if target < 0), key=self._columns.__getitem__)
        shown = [*reached, *(~each for each in range(len(self._titles) - 1) if ~each not in self._columns)]
        gaps = 2 * _MARGIN + _BOX_GAP * (len(shown) - 1)
        share = min(_OUTCOME_WIDTH, (max(self._right, _WIDTH) - gaps) / len(shown))
        widths = {}
        for target in shown:
            title = self._titles[~target]
            longest = max((text_width(word, is_bold=True) for word in title.split()), default=0.0)
            lines = wrap(title, max(longest, share - 2 * _OUTCOME_PADDING), is_bold=True)
            widths[target] = max(text_width(line, is_bold=True) for line in lines) + 2 * _OUTCOME_PADDING + 0.1
        width = max(self._right, gaps + sum(widths.values()))
        return self._spread(shown, widths, width), widths, width

    def _spread(self, shown: Sequence[int], widths: Mapping[int, float], width: float) -> dict[int, float]:
        """Return the positions of boxes that must not overlap, each as near to its column as possible."""
        centres: dict[int, float] = {}
        edge = float(_MARGIN)
        for target in shown:
            wanted = self._column_x[self._columns[target]] if target in self._columns else edge
            centres[target] = max(wanted, edge + widths[target] / 2)
            edge = centres[target] + widths[target] / 2 + _BOX_GAP
        edge = width - _MARGIN
        for target in reversed(shown):
            centres[target] = min(centres[target], edge - widths[target] / 2)
            edge = centres[target] - widths[target] / 2 - _BOX_GAP
        return centres

    def _place_rows(self) -> tuple[list[float], float]:
        """Return the start of each row, and the end of the last one."""
        y, places = float(_MARGIN), []
        for row in range(len(self._questions)):
            places.append(y)
            # Lines that move further sideways need more vertical room. Lines to outcomes have it below the last row.
            aside = max(
                abs(self._columns_x(branch.target) - self._columns_x(test))
                for test, each in enumerate(self._rows)
                if each == row
                for branch in self._tests[test].branches
            )
            fall = min(_LEAST_FALL + aside * 0.07, _MOST_FALL)
            y += 2 * _ROW_PADDING + max(_BOX_HEIGHT + fall, len(self._lines(row)) * LINE_HEIGHT)
        return places, round(y, 1)

    def _columns_x(self, target: int) -> float:
        return self._column_x[self._columns[target]]

    def _lines(self, row: int) -> list[str]:
        question = self._questions[row]
        text = self._texts[question]
        lines = wrap(text.wording, _QUESTION_WIDTH)
        for each in text.cells if question in self._keyed else ():
            lines += wrap(each, _QUESTION_WIDTH - 18)
        return lines

    def picture(self) -> Picture:
        boxes = tuple(self._box(test) for test in range(len(self._tests)))
        outcomes = tuple(self._outcome_box(target) for target in self._outcome_x)
        return Picture(
            round(self._width, 1),
            round(max(box.y + box.height for box in outcomes) + _MARGIN, 1),
            tuple(self._row(row) for row in range(len(self._questions))),
            boxes,
            outcomes,
            tuple(self._lines_to(target, boxes) for target in self._spans()),
        )

    def _row(self, row: int) -> Row:
        question = self._questions[row]
        top = self._row_y[row]
        y = top + _ROW_PADDING + FONT_SIZE
        wording = Text(_MARGIN, round(y, 1), tuple(wrap(self._texts[question].wording, _QUESTION_WIDTH)))
        y += len(wording.lines) * LINE_HEIGHT
        key = []
        for cell, label in enumerate(self._texts[question].cells if question in self._keyed else ()):
            text = Text(_MARGIN + 18, round(y, 1), tuple(wrap(label, _QUESTION_WIDTH - 18)))
            key.append((letter(cell), text))
            y += len(text.lines) * LINE_HEIGHT
        below = self._row_y[row + 1] if row + 1 < len(self._row_y) else self._fan_y
        return Row(round(top, 1), round(below - top, 1), wording, tuple(key))

    def _box(self, test: int) -> Box:
        width = self._box_widths[test]
        left = self._column_x[self._columns[test]] - width / 2
        y = self._row_y[self._rows[test]] + _ROW_PADDING
        middle = y + _BOX_HEIGHT / 2
        answers, x = [], left
        spare = (width - sum(self._answer_widths[test])) / len(self._answer_widths[test])
        for branch, answer_width in zip(self._branches[test], self._answer_widths[test], strict=True):
            share = answer_width + spare
            said = self._answer(self._tests[test].question, branch.cells)
            text = Text(round(x + share / 2, 1), round(middle + 13, 1), (said,))
            answers.append(Answer(round(x, 1), round(share, 1), text))
            x += share
        number = Text(round(left + width / 2, 1), round(y + 13, 1), (str(test + 1),))
        return Box(round(left, 1), round(y, 1), round(width, 1), _BOX_HEIGHT, round(middle, 1), number, tuple(answers))

    def _outcome_box(self, target: int) -> OutcomeBox:
        width = self._outcome_widths[target]
        lines = {
            each: wrap(self._titles[~each], self._outcome_widths[each] - 2 * _OUTCOME_PADDING, is_bold=True)
            for each in self._outcome_x
        }
        height = max(map(len, lines.values())) * LINE_HEIGHT + 2 * _OUTCOME_PADDING
        y = self._fan_y + _FAN
        first = y + (height - len(lines[target]) * LINE_HEIGHT) / 2 + FONT_SIZE - 1
        return OutcomeBox(
            ~target,
            round(self._outcome_x[target] - width / 2, 1),
            round(y, 1),
            round(width, 1),
            round(height, 1),
            Text(round(self._outcome_x[target], 1), round(first, 1), tuple(lines[target])),
            target in self._columns,
        )

    def _lines_to(self, target: int, boxes: Sequence[Box]) -> Lines:
        first, last = self._spans()[target]
        column, end = round(self._columns_x(target), 1), self._top(last)
        branches = []
        for test, row in enumerate(self._rows):
            for place, branch in enumerate(self._branches[test]):
                if branch.target == target:
                    x, y = boxes[test].answers[place].text.x, boxes[test].y + _BOX_HEIGHT
                    way = (
                        self._fan(x, target)
                        if row + 1 == len(self._row_y)
                        else _curve(x, y, column, self._top(row + 1))
                    )
                    branches.append(Line(test, f"M{x:g} {y:g}{way}"))
        shared = ""
        if first + 1 < last:
            way = self._fan(column, target) if target < 0 else f"V{end:g}"
            shared = f"M{column:g} {self._top(first + 1):g}{way}"
        tip = f"{round(self._outcome_x.get(target, column), 1):g} {end:g}"
        return Lines(target, tuple(branches), shared, f"M{tip}l-4 -6M{tip}l4 -6")

    def _fan(self, x: float, target: int) -> str:
        """Return the path to an outcome: straight down to the end of the rows, and then sideways."""
        return f"V{self._fan_y:g}" + _curve(x, self._fan_y, self._outcome_x[target], self._top(len(self._row_y)))

    def _top(self, row: int) -> float:
        """Return where the lines into a row end: at the top of its boxes."""
        return round(self._row_y[row] + _ROW_PADDING if row < len(self._row_y) else self._fan_y + _FAN, 1)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """Return a curve between two points that is vertical at both ends."""
    middle = round((y + to_y) / 2, 1)
    return f"C{x:g} {middle:g} {round(to_x, 1):g} {middle:g} {round(to_x, 1):g} {to_y:g}"

"""Find the texts of a rule set in its source: which parts are literal, and which are values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from assessor.errors import Location
from assessor.validation import Definition


@dataclass(frozen=True)
class WrittenText:
    """A string of a source: plain, formatted, or the sum of such strings.

    Attributes:
        pieces: What it consists of; `None` for a value that Python puts in.
        first: The line where it begins.
        last: The line where it ends.
    """

    pieces: Sequence[str | None]
    first: int
    last: int

    @property
    def letters(self) -> int:
        """How many characters stand in the source."""
        return sum(len(piece) for piece in self.pieces if piece)

    def makes(self, text: str) -> bool:
        """Say whether this string can have become a text."""
        stands = [piece for piece in self.pieces if piece]
        return all(piece in text for piece in stands) and self._pattern.fullmatch(text) is not None

    def with_gaps(self, gap: str) -> str:
        """Return it with a sign in place of each value."""
        return "".join(gap if piece is None else piece for piece in self.pieces)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("".join(".*?" if piece is None else re.escape(piece) for piece in self.pieces), re.DOTALL)


class Source:
    """A file of Python: its strings, and the names that it gives to values."""

    def __init__(self, tree: ast.Module, lines: Sequence[str]) -> None:
        """Take the parsed file, and its lines."""
        self.lines = lines
        self._tree = tree
        self._strings = [*_strings(tree)]
        self._plain: dict[str, list[WrittenText]] = {}
        for each in self._strings:
            if None not in each.pieces:
                self._plain.setdefault(each.with_gaps(""), []).append(each)
        self._formatted = [each for each in self._strings if None in each.pieces and each.letters]

    def written(self, text: str, line: int) -> WrittenText | None:
        """Return the string of a text of a part, or nothing if the text has another origin.

        Args:
            text: The text.
            line: The line that creates the part. A string behind it in the same statement goes before all others.
        """
        found = [*self._plain.get(text, ()), *(each for each in self._formatted if each.makes(text))]
        _, end = self._statement(line)

        def rank(each: WrittenText) -> tuple[bool, bool, int, int]:
            return not line <= each.first <= end, None in each.pieces, -each.letters, abs(each.first - line)

        return min(found, key=rank, default=None)

    def _statement(self, line: int) -> tuple[int, int]:
        """Return where the innermost statement around a line begins and ends."""
        around = [each for each in self._spans if each[0] <= line <= each[1]]
        return min(around, key=lambda each: each[1] - each[0], default=(line, line))

    @cached_property
    def _spans(self) -> Sequence[tuple[int, int]]:
        every = (each for each in ast.walk(self._tree) if isinstance(each, ast.stmt))
        return [(each.lineno, each.end_lineno or each.lineno) for each in every]

    def name_of(self, part: Definition) -> str:
        """Return the name of a part that this creates, or nothing if it has none."""
        return next((name for name, value in self._assigned if _makes(value, part.id)), "")

    def called(self, name: str) -> str:
        """Return how this file calls what another one gives a name: `facts.limit` where it imports the module."""
        nodes = [*ast.walk(self._tree)]
        if any(isinstance(each, ast.Name) and each.id == name for each in nodes):
            return name
        found = (each for each in nodes if isinstance(each, ast.Attribute) and each.attr == name)
        return next((ast.unparse(each) for each in found), name)

    def name_of_threshold(self, value: float) -> str:
        """Return the name of a plain number in a comparison, or nothing."""
        compared = {
            side.id
            for each in ast.walk(self._tree)
            if isinstance(each, ast.Compare)
            for side in each.comparators
            if isinstance(side, ast.Name)
        }
        return next((name for name, given in self._assigned if name in compared and _is_number(given, value)), "")

    @cached_property
    def _assigned(self) -> Sequence[tuple[str, ast.expr]]:
        """Every name with its value, those of `a, b = …` one by one."""
        found: list[tuple[str, ast.expr]] = []
        for each in ast.walk(self._tree):
            if isinstance(each, ast.Assign):
                pairs = [pair for target in each.targets for pair in _pairs(target, each.value)]
                found += [(target.id, value) for target, value in pairs if isinstance(target, ast.Name)]
            elif isinstance(each, ast.AnnAssign) and each.value and isinstance(each.target, ast.Name):
                found.append((each.target.id, each.value))
        return found


def source_of(location: Location) -> Source | None:
    """Return the source of a part, or nothing if it is not a Python file."""
    try:
        return _read(location.path, Path(location.path).stat().st_mtime)
    except (OSError, ValueError, SyntaxError, RecursionError):
        return None  # a rule set can be made in a shell, too


@lru_cache(maxsize=64)
def _read(path: str, changed: float) -> Source:
    text = Path(path).read_text(encoding="utf-8")
    return Source(ast.parse(text), text.splitlines())


def _strings(node: ast.AST) -> Iterator[WrittenText]:
    pieces = _pieces(node) if isinstance(node, ast.expr) else None
    if pieces is not None and isinstance(node, ast.expr):
        yield WrittenText(pieces, node.lineno, node.end_lineno or node.lineno)
        return
    for child in ast.iter_child_nodes(node):
        yield from _strings(child)


def _pieces(node: ast.expr) -> Sequence[str | None] | None:
    """Return what a string consists of, or nothing for what is not surely one."""
    match node:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.JoinedStr(values=values):
            return [piece for each in values for piece in (_pieces(each) or (None,))]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            sides = _pieces(left), _pieces(right)
            return None if sides == (None, None) else [piece for side in sides for piece in (side or (None,))]
    return None


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _makes(value: ast.expr, id: str) -> bool:
    if not isinstance(value, ast.Call):
        return False
    given = [*value.args[:1], *(each.value for each in value.keywords if each.arg == "id")]
    return any(isinstance(each, ast.Constant) and each.value == id for each in given)


def _is_number(given: ast.expr, value: float) -> bool:
    return isinstance(given, ast.Constant) and isinstance(given.value, (int, float)) and given.value == value

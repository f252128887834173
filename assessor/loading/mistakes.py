"""Find mistakes in an author's code that Python lets pass, such as a comma too many."""

from __future__ import annotations

import ast
import io
import itertools
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.loading.failures import part_names


def find_mistakes(tree: ast.AST, source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and description of each mistake that Python lets pass.

    Args:
        tree: The parsed file.
        source: Its text.
    """
    lines = source.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from _repeated_keys(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Tuple):
            yield from _stray_comma(node, node.value)
        elif isinstance(node, (ast.List, ast.Tuple)):
            yield from _missing_commas(node, lines)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "is_":
            yield from _joined_ids(node)


def _repeated_keys(mapping: ast.Dict) -> Iterator[tuple[int, str]]:
    seen = set()
    for key in mapping.keys:
        # Calls are not compared: they may return something else each time.
        if isinstance(key, (ast.Constant, ast.Name, ast.Attribute)):
            if (text := ast.unparse(key)) in seen:
                yield key.lineno, f"the key {text} is in this mapping twice, and only the last counts: take one out"
            seen.add(text)


def _joined_ids(call: ast.Call) -> Iterator[tuple[int, str]]:
    """Report `is_("a" or "b")`, which Python reads as `is_("a")`."""
    for each in call.args:
        if isinstance(each, ast.BoolOp) and any(isinstance(part, ast.Constant) for part in each.values):
            ids = ", ".join(map(ast.unparse, each.values))
            yield each.lineno, f"{ast.unparse(each)} is only one of them in Python: write is_({ids})"


def _stray_comma(assignment: ast.Assign | ast.AnnAssign, parts: ast.Tuple) -> Iterator[tuple[int, str]]:
    """Report a comma after a part of a rule set or a list that turns it into a tuple without brackets."""
    target = assignment.target if isinstance(assignment, ast.AnnAssign) else assignment.targets[-1]
    if len(parts.elts) != 1 or not isinstance(target, ast.Name):
        return
    part = parts.elts[0]
    name = ast.unparse(part.func) if isinstance(part, ast.Call) else ""
    is_ours = isinstance(part, ast.List) or name.rpartition(".")[2] in part_names()
    # With brackets, the tuple would start before its first part.
    if is_ours and (part.lineno, part.col_offset) == (parts.lineno, parts.col_offset):
        what = f"{name}(…)" if name else "[…]"
        fix = f"remove it, or write ({what},) if you mean that"
        yield part.end_lineno or part.lineno, f"the comma behind {what} makes {target.id!r} a list of one: {fix}"


def _missing_commas(parts: ast.List | ast.Tuple, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Report two texts of a list that Python joins: in one line, or at the end of a sentence."""
    for part in parts.elts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            for left, right in itertools.pairwise(_strings(part, lines)):
                is_end = re.search(r"[.!?]$", left.text) and right.text[:1].isupper()
                if left.line == right.line or is_end:
                    yield left.line, f"two texts without a comma are one: put a comma before {right.written}"


@dataclass(frozen=True)
class _String:
    """A string of a source: its value, its spelling, and its line."""

    text: str
    written: str
    line: int


def _strings(part: ast.Constant, lines: Sequence[str]) -> list[_String]:
    """Return the strings of a text, if they are several without brackets around them."""
    first, last = part.lineno - 1, (part.end_lineno or part.lineno) - 1
    # Python counts bytes.
    before = lines[first].encode()[: part.col_offset].decode()
    ending = lines[last].encode()
    after = ending[part.end_col_offset :].decode()
    if before.rstrip().endswith("(") and after.lstrip().startswith(")"):
        return []
    written = "\n".join([*lines[first:last], ending[: part.end_col_offset].decode()])[len(before) :]
    if written.count(written[0]) == 2 and written[0] == written[-1]:
        return []
    # In brackets, strings can go on in the next line.
    tokens = tokenize.generate_tokens(io.StringIO(f"({written})").readline)
    return [
        _String(ast.literal_eval(token.string), token.string, first + token.start[0])
        for token in tokens
        if token.type == tokenize.STRING
    ]

"""Find mistakes in an author's code that Python lets pass, such as a comma too many."""

from __future__ import annotations

import ast
import io
import itertools
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.loading.failures import part_names

_CONDITION = "Condition"
_TOGETHER = "for two conditions that hold together or not at all, write (a & b) | (~a & ~b)"
# What to write where parts are compared as Python objects, by the kind of one of them; the first that fits.
_INSTEAD: Mapping[str, str] = {
    "Decision": "a decision is asked with decision.is_('outcome')",
    "Score": "the points of a score are compared as in (score >= 8)",
    "Choice": "a choice is asked with question.is_('option')",
    "Number": "a number is asked with number >= 3 or number < 3",
    "Date": "a date is asked with date >= fact or date < fact",
    "Fact": "the value of a fact is fact.value",
    "Quantity": "its value is quantity.value",
    "YesNo": _TOGETHER,
    "Criterion": _TOGETHER,
    _CONDITION: _TOGETHER,
    "Outcome": "what an earlier decision comes to is asked with decision.is_('outcome')",
}
# A question says more when it is compared with an answer.
_QUESTIONS = ("YesNo", "Choice", "Number", "Date")


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
    yield from _constant_comparisons(tree)


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


def _constant_comparisons(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Report `==`, `in` and `is` between parts of a rule set, which are the same for all answers.

    As `Rule(first == second, …)` they would be refused, but `(first == second) or third` is `third` alone.
    """
    parts = _named_parts(tree)
    # An assertion may well be about the parts themselves.
    waiting: list[ast.AST] = [tree]
    for node in waiting:
        waiting += [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.Assert)]
        if not isinstance(node, ast.Compare):
            continue
        for left, sign, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            if isinstance(sign, (ast.In, ast.NotIn)):
                others = right.elts if isinstance(right, (ast.List, ast.Tuple, ast.Set)) else []
            else:
                others = [right] if isinstance(sign, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)) else []
            kinds = {_kind_of(each, parts) for each in (left, *others)} if others else set()
            found = next((kind for kind in _INSTEAD if kind in kinds), "")
            is_answer = kinds == {found, ""} and found in _QUESTIONS
            if found and not is_answer and all(_is_known(each, parts) for each in (left, *others)):
                text = ast.unparse(node)
                yield node.lineno, f"`{text}` compares Python objects, and not answers; {_INSTEAD[found]}"
                break


def _named_parts(tree: ast.AST) -> Mapping[str, str]:
    """Return the kind of each part that a name stands for throughout the file, by the name."""
    bound: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound[node.id] += 1
        elif isinstance(node, (ast.arg, ast.alias)):
            bound[node.arg if isinstance(node, ast.arg) else node.asname or node.name] += 1
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Call):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[-1]
            kind = ast.unparse(node.value.func).removeprefix("assessor.")
            if isinstance(target, ast.Name) and kind in _INSTEAD:
                kinds[target.id] = kind
    return {name: kind for name, kind in kinds.items() if bound[name] == 1}


def _kind_of(expression: ast.expr, parts: Mapping[str, str]) -> str:
    """Return what kind of part an expression is, or an empty string."""
    if isinstance(expression, ast.Name):
        return parts.get(expression.id, "")
    operands: Sequence[ast.expr] = ()
    if (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr == "is_"
    ):
        operands = [expression.func.value]
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, (ast.BitAnd, ast.BitOr)):
        operands = [expression.left, expression.right]
    elif isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.Invert):
        operands = [expression.operand]
    elif isinstance(expression, ast.Compare) and isinstance(expression.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE)):
        operands = [expression.left, *expression.comparators]
    return _CONDITION if any(_kind_of(each, parts) for each in operands) else ""


def _is_known(expression: ast.expr, parts: Mapping[str, str]) -> bool:
    """Return whether an expression is a part, or a literal beside `None`, which says whether there is a part."""
    is_literal = isinstance(expression, ast.Constant) and expression.value is not None
    return is_literal or bool(_kind_of(expression, parts))


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

"""Find the answers that force a result."""

from __future__ import annotations

from assessor.assessment.queries.interpreter import Cells, Interpreter


def sufficient_reason(interpreter: Interpreter, root: int, leaf: int, cells: Cells) -> list[int]:
    """Return a minimal set of answered questions that determines the value of a function.

    This drops the last questions first, so the set favours the earlier ones.

    Args:
        interpreter: The interpreter of the bundle.
        root: A function that the answers force to one value.
        leaf: That value.
        cells: The cell of each answered question.
    """
    kept = list(cells)
    offered = dict(interpreter.offered)
    forced = [(root, leaf)]
    for question in reversed(range(len(kept))):
        cell, kept[question] = kept[question], None
        if cell is not None and any(_depends(interpreter, *each, question, kept) for each in forced):
            kept[question] = cell
            if cell in (roots := offered.get(question, {})):
                # The answer is one only as long as those before it offer its option.
                forced.append((roots[cell], 1))
    return [question for question, cell in enumerate(kept) if cell is not None]


def _depends(interpreter: Interpreter, root: int, leaf: int, question: int, cells: Cells) -> bool:
    """Return whether a function may have another value than a leaf once a question is open."""
    support = 0 if root < 0 else interpreter.supports[root]
    return bool(support >> question & 1) and interpreter.reachable(root, cells) != {leaf}

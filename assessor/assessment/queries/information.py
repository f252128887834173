"""Choose the question to ask next: the one expected to tell most about the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessor.assessment.queries.interpreter import Interpreter
from assessor.assessment.queries.restriction import Restriction

# Differences below this count as ties; the question that comes first wins.
INFORMATION_TOLERANCE = 1e-9

# Enough terms to be exact in double precision for shares between 0.75 and 1.5.
_LOGARITHM_TERMS = 9


def next_question(
    interpreter: Interpreter, restriction: Restriction, function: int, candidates: Sequence[int]
) -> int | None:
    """Return the question to ask now: the one expected to tell most, in the first section that has a candidate.

    Args:
        interpreter: The interpreter of the bundle.
        restriction: The diagram restricted to the answers.
        function: The outcome as a restricted function.
        candidates: The questions that may be asked, in order.
    """
    if not candidates:
        return None
    sections = interpreter.sections
    information = expected_information(restriction, function, len(interpreter.bundle["outcomes"]) + 1)
    first = [question for question in candidates if sections[question] == sections[candidates[0]]]
    most = max(information[question] for question in first)
    return next(question for question in first if information[question] >= most - INFORMATION_TOLERANCE)


def expected_information(restriction: Restriction, function: int, leaf_count: int) -> dict[int, float]:
    """Return how much each question is expected to tell about the value of a restricted function.

    This is Shannon's mutual information in nats: the entropy of the value now, minus its expected entropy once the
    question is answered. All cells of an open question count as equally likely.

    Args:
        restriction: The diagram restricted to the answers.
        function: A restricted function.
        leaf_count: The number of possible values, numbered from 0.
    """
    # Use numerical order, as `core.js` does: the last bit of a sum of floats depends on the order.
    order = sorted(restriction.below(function))
    likely = {~leaf: [1.0 if each == leaf else 0.0 for each in range(leaf_count)] for leaf in range(leaf_count)}
    for node in order:
        children = restriction.children[node]
        share = 1 / len(children)
        likely[node] = [_add_up(share * likely[child][leaf] for child in children) for leaf in range(leaf_count)]
    # The probability of passing each node, from which follows how much each cell of its question adds to each value.
    weight = dict.fromkeys(order, 0.0)
    weight[function] = 1.0
    joint: dict[int, list[list[float]]] = {}
    for node in reversed(order):
        variable, children = restriction.variables[node], restriction.children[node]
        by_cell = joint.setdefault(variable, [[0.0] * leaf_count for _ in children])
        for cell, child in enumerate(children):
            if child >= 0:
                weight[child] += weight[node] / len(children)
            for leaf in range(leaf_count):
                by_cell[cell][leaf] += weight[node] * likely[child][leaf]
    now = likely[function]
    entropy = _entropy(now)
    expected = {}
    for variable, by_cell in joint.items():
        untested = [now[leaf] - _mean([cell[leaf] for cell in by_cell]) for leaf in range(leaf_count)]
        left = [_entropy([cell[leaf] + untested[leaf] for leaf in range(leaf_count)]) for cell in by_cell]
        expected[variable] = entropy - _mean(left)
    return expected


def _mean(values: Sequence[float]) -> float:
    return _add_up(values) / len(values)


def _entropy(likely: list[float]) -> float:
    return -_add_up(share * _logarithm(share) for share in likely if share > 0)


def _add_up(values: Iterable[float]) -> float:
    """Add in order, as a browser does. `sum` compensates for rounding since Python 3.12, so its result can differ."""
    total = 0.0
    for value in values:
        total += value
    return total


def _logarithm(share: float) -> float:
    """Return the natural logarithm of a fraction, using only the four basic operations.

    IEEE 754 rounds these the same everywhere. `log` may differ in its last bit between Python and a browser, and then
    the two could ask different questions next.
    """
    halvings = 0
    while share < 0.75:
        share *= 2
        halvings += 1
    ratio = (share - 1) / (share + 1)
    square, power, total = ratio * ratio, ratio, 0.0
    for term in range(_LOGARITHM_TERMS):
        total += power / (2 * term + 1)
        power *= square
    return 2 * total - halvings * 0.6931471805599453

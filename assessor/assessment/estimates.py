"""Work out estimates from the answers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from assessor.assessment.queries.restriction import Restriction
from assessor.logic.bundle import BundleBranch, BundleEstimate, BundleInput, BundleQuestion
from assessor.logic.diagram import leaf
from assessor.model.answers import Answer
from assessor.model.formulas.ranges import Range, evaluate_steps


class AssessedEstimate(TypedDict):
    """An estimate, and the open questions for which it uses the default."""

    low: float
    likely: float
    high: float
    unit: str
    assumed: list[str]


GUESSED = 0.2
"""How far an input without a range is moved, as a share of its value."""

_UNUSED = Range.exactly(0.0)


def assess_estimate(
    estimate: BundleEstimate, restriction: Restriction, answers: Mapping[str, Answer]
) -> AssessedEstimate | None:
    """Return an estimate for some answers, or `None` while a number without a default is open that it needs.

    Its range is that of all branches which the open questions leave, if each open number with a default is in the
    range of that. Its likely value is that of the last of them if each has the likely value of its default.

    Args:
        estimate: The estimate.
        restriction: The diagram, restricted to the answers.
        answers: The answers.
    """
    questions = restriction.interpreter.bundle["questions"]
    function, branches = _function(estimate, restriction), _branches(estimate)
    ranges = [_range(each, questions, answers) for each in estimate["inputs"]]
    defaults = {
        position: Range(*question["default"])
        for position, question in enumerate(questions)
        if "default" in question and answers.get(question["id"]) is None
    }
    possible = _reached(restriction, function, defaults)
    used = {step for branch in possible for step in branches[branch]["steps"] if isinstance(step, int)}
    if any(ranges[position] is None for position in used):
        return None
    found = [_evaluated(branches[branch], ranges) for branch in possible]
    expected = {position: Range.exactly(each.likely) for position, each in defaults.items()}
    likely = _evaluated(branches[_reached(restriction, function, expected)[-1]], ranges).likely
    inputs = [each for position, each in enumerate(estimate["inputs"]) if position in used]
    asked = [each["question"] for each in inputs if isinstance(each, dict)]
    assumed = [*asked, *(each for each in _tested(restriction, function) if each not in asked)]
    return {
        "low": min(each.low for each in found),
        "likely": likely,
        "high": max(each.high for each in found),
        "unit": estimate["unit"],
        "assumed": [questions[position]["id"] for position in assumed if position in defaults],
    }


def needed_for(estimate: BundleEstimate, restriction: Restriction, answers: Mapping[str, Answer]) -> list[int]:
    """Return the open questions that an estimate still depends on.

    Args:
        estimate: The estimate.
        restriction: The diagram, restricted to the answers.
        answers: The answers.
    """
    function, branches = _function(estimate, restriction), _branches(estimate)
    questions = restriction.interpreter.bundle["questions"]
    steps = [step for branch in restriction.leaves(function) for step in branches[branch]["steps"]]
    inputs = [estimate["inputs"][step] for step in steps if isinstance(step, int)]
    asked = [each["question"] for each in inputs if isinstance(each, dict)]
    still_open = [each for each in asked if answers.get(questions[each]["id"]) is None]
    return sorted({*still_open, *_tested(restriction, function)})


def sensitivity(
    estimates: Sequence[BundleEstimate],
    inputs: Sequence[Sequence[int]],
    restriction: Restriction,
    answers: Mapping[str, Answer],
) -> list[tuple[float, float]]:
    """Return what each input does to the difference of two estimates while the others have their likely values.

    It is the difference at the low and at the high end of the input's range. The list is empty while a number that the
    estimates need is open. An answer that is moved by a guess leaves an estimate in the branch that it leads to.

    Args:
        estimates: The two estimates; the second is subtracted from the first.
        inputs: The inputs to move, each as its positions in the `inputs` of both estimates; -1 if one does not use it.
        restriction: The diagram, restricted to the answers.
        answers: The answers.
    """
    if any(assess_estimate(each, restriction, answers) is None for each in estimates):
        return []
    questions = restriction.interpreter.bundle["questions"]
    both = [[_range(each, questions, answers) for each in estimate["inputs"]] for estimate in estimates]

    def difference(positions: Sequence[int], end: int) -> float:
        values: list[float] = []
        for estimate, ranges, position in zip(estimates, both, positions, strict=True):
            at = [None if each is None else Range.exactly(each.likely) for each in ranges]
            moved = ranges[position] if position >= 0 else None
            if moved is not None:
                at[position] = Range.exactly(_moved(estimate["inputs"][position], moved, end, questions))
            values.append(_value(estimate, restriction, answers, at))
        return values[0] - values[1]

    return [(difference(positions, 0), difference(positions, 2)) for positions in inputs]


def _value(
    estimate: BundleEstimate, restriction: Restriction, answers: Mapping[str, Answer], values: Sequence[Range | None]
) -> float:
    """Return the likely value of an estimate where its inputs have some values."""
    questions = restriction.interpreter.bundle["questions"]
    expected = {
        position: Range.exactly(question["default"][1])
        for position, question in enumerate(questions)
        if "default" in question and answers.get(question["id"]) is None
    }
    for each, value in zip(estimate["inputs"], values, strict=True):
        if isinstance(each, dict) and each["question"] in expected and value is not None:
            expected[each["question"]] = value
    branch = _reached(restriction, _function(estimate, restriction), expected)[-1]
    return _evaluated({"steps": _branches(estimate)[branch]["steps"]}, values).likely


def _moved(given: BundleInput | list[float], span: Range, end: int, questions: Sequence[BundleQuestion]) -> float:
    """Return the value of an input at an end of its range, 0 or 2.

    What has no range is moved by a guess: a fact, and the answer to a number question, within what can be answered.
    """
    if not span.is_exact:
        return span[end]
    guessed = span.likely * (1 + GUESSED * (end - 1))
    if not isinstance(given, dict):
        return guessed
    question = questions[given["question"]]
    return min(max(guessed, float(question["minimum"])), float(question["maximum"]))


def _range(
    given: BundleInput | list[float], questions: Sequence[BundleQuestion], answers: Mapping[str, Answer]
) -> Range | None:
    """Return the range of an input; `None` while it is open and has no default."""
    if not isinstance(given, dict):
        return Range(*given)
    question = questions[given["question"]]
    answer = answers.get(question["id"])
    if answer is not None:
        return Range.exactly(float(answer))
    return Range(*question["default"]) if "default" in question else None


def _branches(estimate: BundleEstimate) -> Sequence[BundleBranch]:
    return estimate["branches"] if "branches" in estimate else [{"steps": estimate["steps"]}]


def _function(estimate: BundleEstimate, restriction: Restriction) -> int:
    """Return the function whose value is the branch that applies."""
    return restriction.function(estimate.get("root", leaf(0)))


def _tested(restriction: Restriction, function: int) -> list[int]:
    """Return the questions that decide which branch applies."""
    return sorted({restriction.variables[node] for node in restriction.below(function)})


def _reached(restriction: Restriction, function: int, ranges: Mapping[int, Range]) -> list[int]:
    """Return the branches that apply where some open numbers are within ranges, in order."""
    questions = restriction.interpreter.bundle["questions"]
    leaves: set[int] = set()
    seen: set[int] = set()
    stack = [function]
    while stack:
        reference = stack.pop()
        if reference < 0:
            leaves.add(~reference)
        elif reference not in seen:
            seen.add(reference)
            question = restriction.variables[reference]
            children: Iterable[int] = restriction.children[reference]
            if question in ranges:
                cuts, (low, _, high) = questions[question]["cuts"], ranges[question]
                children = restriction.children[reference][bisect_right(cuts, low) : bisect_right(cuts, high) + 1]
            stack += children
    return sorted(leaves)


def _evaluated(branch: BundleBranch, ranges: Sequence[Range | None]) -> Range:
    """Return the range of a branch, for the ranges of all inputs of its estimate."""
    own = {step: each for step in branch["steps"] if isinstance(step, int) and (each := ranges[step]) is not None}
    for position, least, greatest in branch.get("within", ()):
        low, likely, high = own[int(position)]
        low, high = max(low, least), min(high, greatest)
        own[int(position)] = Range(low, min(max(likely, low), high), high)
    return evaluate_steps(branch["steps"], [own.get(position, _UNUSED) for position in range(len(ranges))])

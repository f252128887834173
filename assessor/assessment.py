"""What a rule set says of answers, complete or not. `core.js` reads the same bundle in the same way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from assessor.answers import Answer
from assessor.bundle import Bundle, BundleEstimate, BundleQuestion
from assessor.compiling import compile_ruleset
from assessor.formulas import Range, evaluate_steps
from assessor.ruleset import RuleSet


class AssessedActions(TypedDict):
    """The actions that apply whatever is answered next, and those that still may."""

    apply: list[str]
    open: list[str]


class AssessedEstimate(TypedDict):
    """An estimate, and the open questions for which it assumes their default."""

    low: float
    likely: float
    high: float
    unit: str
    assumed: list[str]


class Assessment(TypedDict):
    """What `assess` returns; its JSON is the same from Python and from `core.js`.

    Keys:
        ruleset: The id of the rule set.
        hash: The content hash of its bundle.
        outcome: The outcome, if it is settled.
        settled: Whether every way of answering the open questions gives the same outcome.
        possible: The outcomes that some way of answering them gives, in the order of the rules.
        gap: Whether some way of answering them is decided by no rule; then nothing is settled.
        rule: The rule that fires, if every way of answering them fires the same one.
        rules: The rules that some way of answering them fires, in order.
        actions: The actions that apply, and those that still may.
        criteria: Whether each criterion holds; `None` while that is open.
        estimates: Each estimate, or `None` while a number without a default is open.
        open: The questions that are not answered or not known, in order.
        unasked: The questions whose `asked_when` does not hold yet.
    """

    ruleset: str
    hash: str
    outcome: str | None
    settled: bool
    possible: list[str]
    gap: bool
    rule: str | None
    rules: list[str]
    actions: AssessedActions
    criteria: dict[str, bool | None]
    estimates: dict[str, AssessedEstimate | None]
    open: list[str]
    unasked: list[str]


Cells = Sequence[int | None]
"""For each question of a bundle, the cell that its answer falls in; `None` while it is open."""


def assess(ruleset: RuleSet, answers: Mapping[str, object]) -> Assessment:
    """Assess answers.

    Args:
        ruleset: The rule set.
        answers: Question ids and answers: a boolean, the id of an option, a number, or None for "I don't know".
            A question that is missing is as open as one that is not known.

    Raises:
        AnswersError: With every answer that the rule set cannot accept.
        RuleSetError: If the rule set is too large to compile.
    """
    return assess_bundle(compile_ruleset(ruleset), ruleset.check_answers(answers))


def assess_bundle(bundle: Bundle, answers: Mapping[str, Answer]) -> Assessment:
    """Assess answers that are known to be acceptable."""
    cells = [_cell(question, answers.get(question["id"])) for question in bundle["questions"]]
    outcomes = reachable(bundle, bundle["roots"]["outcome"], cells)
    rules = reachable(bundle, bundle["roots"]["rule"], cells)
    settled = len(outcomes) == 1 and outcomes[0] < len(bundle["outcomes"])
    firing = [bundle["rules"][rule]["id"] for rule in rules if rule < len(bundle["rules"])]
    actions = {action["id"]: _truth(bundle, action["root"], cells) for action in bundle["actions"]}
    return {
        "ruleset": bundle["ruleset"],
        "hash": bundle["hash"],
        "outcome": bundle["outcomes"][outcomes[0]] if settled else None,
        "settled": settled,
        "possible": [bundle["outcomes"][outcome] for outcome in outcomes if outcome < len(bundle["outcomes"])],
        "gap": outcomes[-1] == len(bundle["outcomes"]),
        "rule": firing[0] if len(firing) == len(rules) == 1 else None,
        "rules": firing,
        "actions": {
            "apply": [name for name, truth in actions.items() if truth],
            "open": [name for name, truth in actions.items() if truth is None],
        },
        "criteria": {each["id"]: _truth(bundle, each["root"], cells) for each in bundle["criteria"]},
        "estimates": {each["id"]: _estimate(bundle, each, answers) for each in bundle["estimates"]},
        "open": [question["id"] for question, cell in zip(bundle["questions"], cells, strict=True) if cell is None],
        "unasked": [
            question["id"]
            for question in bundle["questions"]
            if "asked" in question and not _truth(bundle, question["asked"], cells)
        ],
    }


def reachable(bundle: Bundle, root: int, cells: Cells) -> list[int]:
    """Return the values of the leaves that some way of answering the open questions leads to, rising."""
    nodes = bundle["nodes"]
    leaves: set[int] = set()
    seen: set[int] = set()
    stack = [root]
    while stack:
        function = stack.pop()
        if function < 0:
            leaves.add(-1 - function)
        elif function not in seen:
            seen.add(function)
            node = nodes[function]
            cell = cells[node[0]]
            if cell is None:
                stack += node[1:]
            else:
                stack.append(node[1 + cell])
    return sorted(leaves)


def _truth(bundle: Bundle, root: int, cells: Cells) -> bool | None:
    leaves = reachable(bundle, root, cells)
    return bool(leaves[0]) if len(leaves) == 1 else None


def _cell(question: BundleQuestion, answer: Answer) -> int | None:
    if answer is None:
        return None
    if question["kind"] == "choice":
        return question["options"].index(cast(str, answer))
    if question["kind"] == "number":
        return bisect_right(question["cuts"], float(answer))
    return int(answer)


def _estimate(bundle: Bundle, estimate: BundleEstimate, answers: Mapping[str, Answer]) -> AssessedEstimate | None:
    ranges: list[Range] = []
    assumed: list[str] = []
    for each in estimate["inputs"]:
        if not isinstance(each, dict):
            ranges.append(Range(*each))
            continue
        question = bundle["questions"][each["question"]]
        answer = answers.get(question["id"])
        if answer is not None:
            ranges.append(Range.exactly(float(answer)))
        elif "default" in question:
            ranges.append(Range(*question["default"]))
            assumed.append(question["id"])
        else:
            return None
    low, likely, high = evaluate_steps(estimate["steps"], ranges)
    return {"low": low, "likely": likely, "high": high, "unit": estimate["unit"], "assumed": assumed}

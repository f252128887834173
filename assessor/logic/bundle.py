"""The bundle: a compiled rule set as JSON.

A bundle has ids, cells, nodes and formulas, and a digest in place of the texts. It is all that the two interpreters,
`assessor.assessment.assess` and the page's `core.js`, read. The JSON Schema beside this file describes it. Increase
`BUNDLE_VERSION` whenever an older interpreter could misread a bundle.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from assessor.logic.diagram import Diagram
from assessor.model.answers import Bound

BUNDLE_VERSION = 2


class _BundleEveryQuestion(TypedDict):
    id: str
    kind: Literal["yes-no", "choice", "number", "date"]
    meaning: str


class BundleQuestion(_BundleEveryQuestion, total=False):
    """A question, a digest of its meaning, and its cells.

    A yes/no question has the cells no and yes, a choice has one per option, and a number one per interval between
    `cuts`, each of which is the least answer of the cell above it. So has a date, whose bounds and cuts are ISO texts.
    `at_most` has, for each cut, the greatest answer
    below it, if the rules name that instead: "at most 5", "more than 5". `step` is there only if other answers than
    whole numbers are refused. `scale` is there only if the author gave no maximum: a round number that usual answers
    don't exceed.

    `formerly` has the ids that the question had before, `renamed` the present id of an option by each one that it had,
    and `retired` the ids of options that are no longer there. `offered` has the node that decides whether an option is
    offered, by its id, for options that are not always offered.
    """

    options: list[str]
    minimum: Bound
    maximum: Bound
    cuts: Sequence[Bound]
    at_most: Sequence[Bound | None]
    scale: float
    step: Literal[1]
    default: list[float]
    asked: int
    formerly: list[str]
    renamed: dict[str, str]
    retired: list[str]
    offered: dict[str, int]


class BundleRule(TypedDict):
    """A rule, its outcome as a position in `outcomes`, and the node that tests its condition."""

    id: str
    outcome: int
    root: int


class BundleCondition(TypedDict):
    """A criterion or an action, and the node that tests its condition."""

    id: str
    root: int


class BundleInput(TypedDict):
    """An answer that an estimate uses, as a position in `questions`."""

    question: int


class _BundleEveryBranch(TypedDict):
    steps: list[int | str]


class BundleBranch(_BundleEveryBranch, total=False):
    """A formula of an estimate in postfix form, like its `steps`, for the answers that lead to it.

    `within` has a position in `inputs` and the least and the greatest value that this input can have here, for each
    number whose answer is one of those that lead here.
    """

    within: list[list[float]]


class _BundleEveryEstimate(TypedDict):
    id: str
    unit: str
    inputs: list[BundleInput | list[float]]


class BundleEstimate(_BundleEveryEstimate, total=False):
    """A formula in postfix form: positions in `inputs`, and operators.

    If it depends on answers, it has no `steps`, so that no interpreter can overlook this. Instead, the value of the
    function at `root` is a position in `branches`.
    """

    steps: list[int | str]
    root: int
    branches: list[BundleBranch]


class BundlePoints(TypedDict):
    """Points by the values of a function: for a leaf, the points are at the position of its value."""

    root: int
    points: list[int]


class _BundleEveryScore(TypedDict):
    id: str
    scale: int
    terms: list[BundlePoints]


class BundleScore(_BundleEveryScore, total=False):
    """The points of a score, times `scale`, which makes them whole.

    `terms` are what gives points. Terms that depend on one question cannot all have their most points, so `sums` has
    the sum of each group of such terms. Without it, no terms share a question.
    """

    sums: list[BundlePoints]


class _BundleEveryRoot(TypedDict):
    rule: int
    outcome: int


class BundleRoots(_BundleEveryRoot, total=False):
    """The roots of the rules' diagram: one with rules as leaves, one with outcomes as leaves.

    `offered` is there only if some option is not always offered. It is the outcome, with a further leaf for answers
    with an option that they do not offer. In the other functions, such an answer counts as the first option that is
    always offered.
    """

    offered: int


class BundleDecision(TypedDict):
    """A decision after the first: its id, and what the bundle has of the first one."""

    id: str
    outcomes: list[str]
    rules: list[BundleRule]
    roots: BundleRoots


class _BundleAlways(TypedDict):
    version: int
    ruleset: str
    hash: str
    questions: list[BundleQuestion]
    sections: list[int]
    order: list[int]
    outcomes: list[str]
    rules: list[BundleRule]
    criteria: list[BundleCondition]
    actions: list[BundleCondition]
    estimates: list[BundleEstimate]
    roots: BundleRoots
    nodes: list[list[int]]


class Bundle(_BundleAlways, total=False):
    """A compiled rule set.

    A reference into the diagram is a position in `nodes` or, if negative, a leaf: `-1 - value`. Below `roots`, a leaf's
    value is a position in `rules` or `outcomes`, or the length of that list where no rule decides, and one more below
    `offered` where an option is not. Below a root of a score, it is a position in the `points` beside it, below one of
    an estimate in its `branches`, and below every other root 0 for false and 1 for true. A node is
    `[position in questions, child of each cell, …]`; children come before their parents. A child that is a node is
    written as its distance, how many places it comes before its parent: nodes alike in different places are then alike
    in writing, too, which halves the compressed size. `children_of` returns references. Every path tests questions in
    the order given by `order`, which lists the questions that the diagram tests. `sections` has the number of
    questions in each section. `scores` is there only if there are any.

    If there are several decisions, `outcomes`, `rules` and `roots` are those of the first, and `decisions` has the
    others in order; the positions in each are those in its own lists.
    """

    scores: list[BundleScore]
    decisions: list[BundleDecision]


def bundle_of_each(bundle: Bundle) -> dict[str, Bundle]:
    """Return, for each decision after the first, by its id, the bundle as if that were the only decision."""
    return {
        each["id"]: {**bundle, "outcomes": each["outcomes"], "rules": each["rules"], "roots": each["roots"]}
        for each in bundle.get("decisions", ())
    }


def nodes_as_written(diagram: Diagram, kept: Sequence[int], positions: Sequence[int]) -> list[list[int]]:
    """Return nodes of a diagram in the form of a bundle.

    Args:
        diagram: The diagram.
        kept: The nodes, each after its children.
        positions: For each variable, the position of its question in the bundle.
    """
    place_of = {node: place for place, node in enumerate(kept)}
    return [
        [
            positions[diagram.variables[node]],
            *(child if child < 0 else place - place_of[child] for child in diagram.children[node]),
        ]
        for place, node in enumerate(kept)
    ]


def children_of(bundle: Bundle) -> list[tuple[int, ...]]:
    """Return, for each node of a bundle, the reference for each cell."""
    return [
        tuple([child if child < 0 else place - child for child in node[1:]])
        for place, node in enumerate(bundle["nodes"])
    ]


def bundle_json(bundle: Bundle) -> str:
    """Return a bundle as canonical JSON, without white space: equal bundles give equal text."""
    return json.dumps(bundle, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def content_hash(bundle: Bundle) -> str:
    """Return the SHA-256 of a bundle, without its own hash, in hexadecimal."""
    content = {key: value for key, value in bundle.items() if key != "hash"}
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=True, allow_nan=False, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def bundle_schema() -> dict[str, Any]:
    """Return the JSON Schema for bundles of the current version."""
    from importlib import resources  # noqa: PLC0415 - slow to import

    file = resources.files("assessor") / "schemas" / f"bundle-{BUNDLE_VERSION}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema

"""The bundle: a compiled rule set as JSON, with ids, cells, nodes and formulas, and no words but a digest of them.

Both interpreters, `assessor.assessment.assess` and the page's `core.js`, read nothing else. Its form is described by a
JSON Schema that ships beside this file; `BUNDLE_VERSION` rises when an older interpreter could misread it.
"""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import Any, Literal, TypedDict

BUNDLE_VERSION = 1


class _BundleEveryQuestion(TypedDict):
    id: str
    kind: Literal["yes-no", "choice", "number"]
    meaning: str


class BundleQuestion(_BundleEveryQuestion, total=False):
    """A question, what it means as a digest, and its cells: no and yes; one an option; or the parts between `cuts`."""

    options: list[str]
    minimum: float
    maximum: float
    cuts: list[float]
    default: list[float]
    asked: int


class BundleRule(TypedDict):
    """A rule, its outcome as a position in `outcomes`, and the node that decides whether its condition holds."""

    id: str
    outcome: int
    root: int


class BundleCondition(TypedDict):
    """A criterion or an action, and the node that decides whether it holds."""

    id: str
    root: int


class BundleInput(TypedDict):
    """An answer that an estimate uses, as a position in `questions`."""

    question: int


class BundleEstimate(TypedDict):
    """A formula in postfix steps: positions in `inputs`, and operators."""

    id: str
    unit: str
    inputs: list[BundleInput | list[float]]
    steps: list[int | str]


class BundleRoots(TypedDict):
    """Where the diagram of the rules starts: by the rule that fires, and by its outcome."""

    rule: int
    outcome: int


class Bundle(TypedDict):
    """A compiled rule set.

    A reference to the diagram is a position in `nodes`, or, below zero, `-1 - value` for a leaf. A leaf's value is
    a position in `rules` or `outcomes` below `roots` (the length of the list where no rule decides), and 0 or 1
    for false and true below every other root. A node is `[position in questions, child of each cell, …]`; children
    stand before their parents. On every path questions are tested in `order`, which has each question that the
    diagram tests. `sections` says how many questions each section has.
    """

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


def bundle_json(bundle: Bundle) -> str:
    """Write a bundle as JSON: one text for one bundle, without white space."""
    return json.dumps(bundle, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def content_hash(bundle: Bundle) -> str:
    """Return the SHA-256 of a bundle without its hash, in hexadecimal."""
    content = {key: value for key, value in bundle.items() if key != "hash"}
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=True, allow_nan=False, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def bundle_schema() -> dict[str, Any]:
    """Return the JSON Schema of bundles of this version."""
    file = resources.files("assessor") / "schemas" / f"bundle-{BUNDLE_VERSION}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema

"""Measure an assessment of the bundled guide: all queries of `assess`, and those that a page makes after each tick.

The answers are those of the worked cases: none, the first half, and all of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from assessor import assess, compile_ruleset, load_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks import node
from benchmarks.table import Part, Row

ROUNDS = 9
REPEATS = 40
STAGES = ("no answer", "half of the answers", "all answers")


def parts() -> list[Part]:
    """Measure, and return the figures in Node.js and in Python."""
    ruleset = load_ruleset(BUNDLED)
    stages = [[dict(case.answers) for case in ruleset.cases] for _ in STAGES]
    for none, half in zip(*stages[:2], strict=True):
        asked = [question.id for question in ruleset.questions if question.id in half]
        none.clear()
        for late in asked[len(asked) // 2 :]:
            del half[late]
    answers = [each for stage in stages for each in stage]
    work = {"bundle": compile_ruleset(ruleset), "answers": answers, "rounds": ROUNDS, "repeats": REPEATS}
    return [
        _part(
            "whole reading",
            "Node",
            "µs",
            node.run("assessing/reading.js", {**work, "script": "core.js"}),
            "aim: less than 100 µs",
        ),
        _part(
            "what a page reads", "Node", "µs", node.run("assessing/reading.js", {**work, "script": "assessor.js"}), ""
        ),
        _part("whole reading", "Python", "ms", _in_python(answers), "aim: less than 3 ms"),
    ]


def _in_python(answers: Sequence[Mapping[str, Any]]) -> list[float]:
    ruleset = load_ruleset(BUNDLED)
    measured: list[list[float]] = [[] for _ in answers]
    for _ in range(ROUNDS):
        for each, times in zip(answers, measured, strict=True):
            start = time.process_time()
            for _ in range(3):
                assess(ruleset, each)
            times.append((time.process_time() - start) * 1000 / 3)
    return list(map(statistics.median, measured))


def _part(what: str, where: str, unit: str, medians: Sequence[float], aim: str) -> Part:
    size = len(medians) // len(STAGES)
    rows = [
        Row(
            f"ours: {stage}",
            statistics.median(medians[position * size : (position + 1) * size]),
            "; ".join(
                filter(None, (f"slowest case {max(medians[position * size : (position + 1) * size]):.3g} {unit}", aim))
            ),
            is_ours=True,
        )
        for position, stage in enumerate(STAGES)
    ]
    return Part(f"{what} of the bundled guide, {where}", unit, rows)

"""Runs exported rules: in the JsonLogic engines of others, and our own emitted functions."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import datalogic_py

from assessor import RuleSet, decider, to_javascript, to_jsonlogic
from tests.support.rulesets import random_answer
from tools.node import find_node

Batch = tuple[RuleSet, Sequence[Mapping[str, object]]]
Engine = Callable[[Sequence[Batch]], list[Any]]
"""Gives the id of the rule that fires for each of the answers, or None; each engine is started once."""

_PROGRAM = Path(__file__).parent / "run_engine.js"


def complete_answers(rng: random.Random, ruleset: RuleSet) -> dict[str, object]:
    """Return answers to all questions; numbers as the doubles that they are in JSON."""
    answers = {question.id: random_answer(rng, ruleset, question) for question in ruleset.questions}
    for name, answer in answers.items():
        if isinstance(answer, int) and abs(answer) > 2**53:
            answers[name] = float(answer)
    return answers


def _in_node(engine: str, export: Callable[[RuleSet], object]) -> Engine:
    def decide(batches: Sequence[Batch]) -> list[Any]:
        node = find_node()
        assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
        lines = (
            line
            for ruleset, sets in batches
            for line in (json.dumps(["rules", export(ruleset)]), *(json.dumps(["answers", each]) for each in sets))
        )
        run = subprocess.run(
            [node, str(_PROGRAM), engine],
            input="\n".join(lines),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        assert run.returncode == 0, run.stderr
        return [json.loads(line) for line in run.stdout.splitlines()]

    return decide


def _in_datalogic(batches: Sequence[Batch]) -> list[Any]:
    rules = [(datalogic_py.Engine().compile(to_jsonlogic(ruleset)), sets) for ruleset, sets in batches]
    return [rule.evaluate(dict(answers)) for rule, sets in rules for answers in sets]


def _in_python(batches: Sequence[Batch]) -> list[Any]:
    return [decider(ruleset)(answers) for ruleset, sets in batches for answers in sets]


ENGINES: dict[str, Engine] = {
    "json-logic-js": _in_node("json-logic-js", to_jsonlogic),
    "json-logic-engine": _in_node("json-logic-engine", to_jsonlogic),
    "datalogic-py": _in_datalogic,
    "our JavaScript": _in_node("javascript", to_javascript),
    "our Python": _in_python,
}

"""Runs exported rules: in the JsonLogic engines of others, and our own emitted functions."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import datalogic_py

from assessor import RuleSet, decider, to_javascript, to_jsonlogic, to_python
from tests.support.rulesets import random_answer
from tools.node import find_node

Batch = tuple[RuleSet, Sequence[Mapping[str, object]]]
Engine = Callable[[Sequence[Batch]], list[Any]]
"""Gives the id of the rule that fires for each of the answers, or None; each engine is started once.

Of several decisions, it gives this for each, by the id of the decision.
"""

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
    engine = datalogic_py.Engine()
    found: list[Any] = []
    for ruleset, sets in batches:
        logic = to_jsonlogic(ruleset)
        if len(ruleset.decisions) > 1:
            rules = {name: engine.compile(each) for name, each in logic.items()}
            found += [{name: each.evaluate(dict(answers)) for name, each in rules.items()} for answers in sets]
        else:
            rule = engine.compile(logic)
            found += [rule.evaluate(dict(answers)) for answers in sets]
    return found


def _in_python(batches: Sequence[Batch]) -> list[Any]:
    found: list[Any] = []
    for ruleset, sets in batches:
        if len(ruleset.decisions) > 1:
            each = {decision.id: decider(ruleset, decision.id) for decision in ruleset.decisions}
            namespace: dict[str, Any] = {}
            exec(to_python(ruleset), namespace)
            decided = [{name: decide(answers) for name, decide in each.items()} for answers in sets]
            assert decided == [namespace["decide"](answers) for answers in sets]
            found += decided
        else:
            found += [decider(ruleset)(answers) for answers in sets]
    return found


ENGINES: dict[str, Engine] = {
    "json-logic-js": _in_node("json-logic-js", to_jsonlogic),
    "json-logic-engine": _in_node("json-logic-engine", to_jsonlogic),
    "datalogic-py": _in_datalogic,
    "our JavaScript": _in_node("javascript", to_javascript),
    "our Python": _in_python,
}

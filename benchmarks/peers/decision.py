"""Define the decision that every peer is measured on: 15 questions and 20 rules, of which the first that holds decides.

All engines start from `decision.json`. This module turns it into a rule set, with hyphens for the underscores in
ids, and rule ids in lower case.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from assessor import Choice, Condition, Number, Outcome, Question, Rule, RuleSet, Section, YesNo, all_of, otherwise

_FILE = Path(__file__).parent / "decision.json"


@functools.lru_cache(maxsize=1)
def decision() -> dict[str, Any]:
    """Return the decision as it is in its file."""
    loaded: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return loaded


@functools.lru_cache(maxsize=1)
def peers_ruleset() -> RuleSet:
    """Return the decision as a rule set."""
    questions = {name: _question(name, entry) for name, entry in decision()["questions"].items()}
    names = dict.fromkeys([*(rule["then"] for rule in decision()["rules"]), decision()["default"]])
    outcomes = {name: Outcome(our_id(name), name.replace("_", " ").capitalize()) for name in names}
    rules = [
        Rule(
            all_of(*(_condition(questions[name], test) for name, test in rule["when"].items())),
            outcomes[rule["then"]],
            f"{rule['id']} holds",
            id=our_id(rule["id"]),
        )
        for rule in decision()["rules"]
    ]
    return RuleSet(
        "peers",
        title="The decision that every peer is measured on",
        sections=[Section("all", "All questions", list(questions.values()))],
        outcomes=list(outcomes.values()),
        rules=[*rules, otherwise(outcomes[decision()["default"]], "No other rule holds")],
    )


def our_id(name: str) -> str:
    """Return the id in our rule set for a name in the file."""
    return name.replace("_", "-").lower()


def _question(name: str, entry: dict[str, Any]) -> Question:
    if entry["kind"] == "choice":
        return Choice(our_id(name), f"Which {name}?", {option: option for option in entry["options"]})
    if entry["kind"] == "number":
        return Number(our_id(name), f"How many {name}?", minimum=entry["minimum"], maximum=entry["maximum"])
    return YesNo(our_id(name), f"Is it {name}?")


def _condition(question: Question, test: dict[str, Any]) -> Condition:
    [(operator, value)] = test.items()
    if isinstance(question, Choice):
        return question.is_(*([value] if operator == "is" else value))
    if isinstance(question, Number):
        threshold = float(value)
        return question >= threshold if operator == "at_least" else question < threshold
    assert isinstance(question, YesNo)
    return question if value else ~question

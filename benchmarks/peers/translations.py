"""Translate the peers' decision into the language of each peer, as one would write it there by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from assessor import Condition, RuleSet
from assessor.model.conditions import AllOf, AtLeast, Criterion, Not
from assessor.model.questions.choices import Is
from assessor.model.questions.numbers import NumberComparison
from assessor.model.questions.question import YesNo
from benchmarks.peers.decision import decision, our_id

OTHERWISE = "otherwise"

Test = tuple[str, str, Any]
"""A question, one of `is`, `in`, `at_least` and `below`, and a value."""


def tests() -> list[tuple[str, list[Test]]]:
    """Return the id of each rule, with the tests that must all pass."""
    return [
        (our_id(rule["id"]), [(name, *test) for name, tested in rule["when"].items() for test in tested.items()])
        for rule in decision()["rules"]
    ]


def cel(number: Callable[[float], str]) -> str:
    """Return the decision in the Common Expression Language.

    Args:
        number: Writes a number; some engines cannot compare `1` with `1.0`.
    """

    def written(test: Test) -> str:
        name, operator, value = test
        if isinstance(value, bool):
            return name if value else f"!{name}"
        if operator == "in":
            return f"{name} in {json.dumps(value)}"
        if operator == "is":
            return f"{name} == {json.dumps(value)}"
        return f"{name} {'>=' if operator == 'at_least' else '<'} {number(value)}"

    chain = "".join(f"{' && '.join(map(written, rule))} ? '{rule_id}' : " for rule_id, rule in tests())
    return f"{chain}'{OTHERWISE}'"


def rule_engine() -> list[tuple[str, str]]:
    """Return the id of each rule, and its condition in the language of `rule-engine`."""

    def written(test: Test) -> str:
        name, operator, value = test
        if isinstance(value, bool):
            return name if value else f"not {name}"
        sign = {"is": "==", "in": "in", "at_least": ">=", "below": "<"}[operator]
        return f"{name} {sign} {json.dumps(value)}"

    return [(rule_id, " and ".join(map(written, rule))) for rule_id, rule in tests()]


def zen() -> str:
    """Return the decision as a decision table of the ZEN engine, in which the first matching row decides."""

    def written(operator: str, value: Any) -> str:
        if operator == "in":
            return ", ".join(map(json.dumps, value))
        return {"is": "", "at_least": ">= ", "below": "< "}[operator] + json.dumps(value)

    names = list(decision()["questions"])
    rows = [
        {"_id": rule_id, **{name: written(*test) for name, *test in rule}, "rule": json.dumps(rule_id)}
        for rule_id, rule in [*tests(), (OTHERWISE, [])]
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in names],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [dict.fromkeys(names, "") | row for row in rows],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def survey() -> dict[str, Any]:
    """Return the decision as a survey of SurveyJS, with a calculated value."""

    def written(test: Test) -> str:
        name, operator, value = test
        if operator == "in":
            return f"{{{name}}} anyof {json.dumps(value)}".replace('"', "'")
        sign = {"is": "=", "at_least": ">=", "below": "<"}[operator]
        return f"{{{name}}} {sign} {json.dumps(value)}".replace('"', "'")

    kinds = {"yes-no": "boolean", "choice": "radiogroup", "number": "text"}
    elements = [
        {"name": name, "type": kinds[entry["kind"]]}
        | ({"choices": entry["options"]} if entry["kind"] == "choice" else {})
        | ({"inputType": "number"} if entry["kind"] == "number" else {})
        for name, entry in decision()["questions"].items()
    ]
    chain = f"'{OTHERWISE}'"
    for rule_id, rule in reversed(tests()):
        chain = f"iif({' and '.join(map(written, rule))}, '{rule_id}', {chain})"
    return {"elements": elements, "calculatedValues": [{"name": "rule", "expression": chain}]}


def publicodes(ruleset: RuleSet, decided: Mapping[str, str]) -> dict[str, Any]:
    """Return any rule set in publicodes; its rule `decided` returns the decision.

    Args:
        ruleset: The rule set.
        decided: The decision of each rule, by the rule's id.
    """
    rules: dict[str, Any] = {}
    for question in ruleset.questions:
        rules[publicodes_name(question.id)] = {"question": question.id}
    for criterion in ruleset.criteria:
        rules[f"criterion {publicodes_name(criterion.id)}"] = _publicodes(criterion.parts[0])
    variations = [{"si": _publicodes(rule.when), "alors": f"'{decided[rule.id]}'"} for rule in ruleset.rules]
    if ruleset.rules[-1].when == AllOf(()):
        variations[-1] = {"sinon": variations[-1]["alors"]}
    return rules | {"decided": {"variations": variations}}


def situation(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers in the form that publicodes reads."""

    def written(answer: Any) -> Any:
        if isinstance(answer, bool):
            return "oui" if answer else "non"
        return f"'{answer}'" if isinstance(answer, str) else answer

    return {publicodes_name(name): written(answer) for name, answer in answers.items()}


def publicodes_name(question_id: str) -> str:
    """Return the name of a question in publicodes, which could read a hyphen as a minus."""
    return question_id.replace("-", " ")


def _publicodes(condition: Condition) -> Any:
    if isinstance(condition, YesNo):
        return publicodes_name(condition.id)
    if isinstance(condition, Is):
        name = publicodes_name(condition.question.id)
        return {"une de ces conditions": [f"{name} = '{option}'" for option in condition.options]}
    if isinstance(condition, NumberComparison):
        return f"{publicodes_name(condition.question.id)} {condition.operator} {condition.threshold}"
    if isinstance(condition, Criterion):
        return f"criterion {publicodes_name(condition.id)}"
    parts = [_publicodes(part) for part in condition.parts]
    if isinstance(condition, Not):
        return {"=": [parts[0], "non"]}
    if isinstance(condition, AtLeast):
        counted = [{"variations": [{"si": part, "alors": 1}, {"sinon": 0}]} for part in parts]
        return {">=": [{"somme": counted}, condition.count]}
    return {"toutes ces conditions" if isinstance(condition, AllOf) else "une de ces conditions": parts}

"""Measure full evaluations per second of the peers' decision: from complete answers to the id of the rule that fires.

Each engine first decides all answers. One whose rules differ from ours is reported and not timed. The others take
turns, so that other load on the machine affects all of them.
"""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from assessor import assess, decider, to_javascript, to_jsonlogic
from benchmarks import node
from benchmarks.assessing.answers import complete_answers, with_underscores
from benchmarks.peers import translations
from benchmarks.peers.decision import decision, peers_ruleset
from benchmarks.table import Part, Row

ANSWERS = 2_000
ROUNDS = 9
SECONDS = 0.2
"""The CPU seconds that an engine runs in each round; CPU time, because the machine may be shared."""
WARM_UP = 3
"""The seconds that Node.js runs each engine before it measures."""

Decide = Callable[[Sequence[Any]], Sequence[Any]]
"""Returns the decision for each of the answers."""


def parts() -> list[Part]:
    """Measure, and return the figures in Node.js and in Python."""
    ruleset = peers_ruleset()
    answers = complete_answers(ruleset, ANSWERS, seed=1)
    decide = decider(ruleset)
    expected = [str(decide(each)) for each in answers]
    assert expected[:50] == [assess(ruleset, each)["rule"] for each in answers[:50]]
    return [_in_node(answers, expected), _in_python(answers, expected)]


def _in_node(answers: Sequence[dict[str, Any]], expected: Sequence[str]) -> Part:
    ruleset = peers_ruleset()
    types = {"yes-no": "bool", "choice": "string", "number": "double"}
    measured = node.run(
        "peers/evaluations.js",
        {
            "seconds": SECONDS,
            "rounds": ROUNDS,
            "warmUp": WARM_UP,
            "answers": answers,
            "raw": list(map(with_underscores, answers)),
            "situations": list(map(translations.situation, answers)),
            "expected": expected,
            "otherwise": translations.OTHERWISE,
            "javascript": to_javascript(ruleset),
            "jsonlogic": to_jsonlogic(ruleset),
            "tests": translations.tests(),
            "types": {name: types[entry["kind"]] for name, entry in decision()["questions"].items()},
            "cel": translations.cel(lambda threshold: str(float(threshold))),
            "publicodes": translations.publicodes(ruleset, {rule.id: rule.id for rule in ruleset.rules}),
            "survey": translations.survey(),
        },
    )
    rows = [_row(with_version(row["name"], row["version"]), row["rates"], row["error"]) for row in measured["rows"]]
    return Part(f"full evaluations, Node {measured['node']}", "/s", rows, is_more_better=True)


def _in_python(answers: Sequence[dict[str, Any]], expected: Sequence[str]) -> Part:
    errors: dict[str, str] = {}
    ready: dict[str, tuple[Decide, Sequence[Any], int]] = {}
    for name, prepare in ENGINES.items():
        try:
            decide, given = prepare(answers)
            # A batch returns JSON, with quotation marks around each id.
            if [str(decided).strip('"') for decided in decide(given)] != expected:
                errors[name] = "decides differently"
                continue
            ready[name] = decide, given, max(1, round(SECONDS / _seconds(decide, given, 1)))
        except Exception as error:  # a peer that fails must not stop the others
            errors[name] = f"{type(error).__name__}: {error}"
    rates: dict[str, list[float]] = {name: [] for name in ready}
    for _ in range(ROUNDS):
        for name, (decide, given, passes) in ready.items():
            rates[name].append(passes * len(given) / _seconds(decide, given, passes))
    rows = [_row(with_version(name, version_of(name)), rates.get(name, []), errors.get(name)) for name in ENGINES]
    return Part(f"full evaluations, Python {platform.python_version()}", "/s", rows, is_more_better=True)


def _seconds(decide: Decide, given: Sequence[Any], passes: int) -> float:
    start = time.process_time()
    for _ in range(passes):
        decide(given)
    return time.process_time() - start


def _row(name: str, rates: Sequence[float], error: str | None) -> Row:
    return Row(name, statistics.median(rates) if rates else None, error or "", is_ours=name.startswith("ours"))


def with_version(name: str, used: str | None) -> str:
    """Return the name of an engine with a version after that of its package."""
    package, comma, how = name.partition(",")
    return f"{package} {used}{comma}{how}" if used else name


def version_of(name: str) -> str | None:
    """Return the version of an engine's package, if it is installed."""
    try:
        return version(name.partition(",")[0])
    except PackageNotFoundError:
        return None


def _ours(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    decide = decider(peers_ruleset())
    return lambda given: [decide(each) for each in given], answers


def _three_valued_table(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    """Prepare the simplest hand-written version: rules in order, each true, false or unknown."""
    passes: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
        "is": lambda value: lambda answer: bool(answer == value),
        "in": lambda value: lambda answer: answer in value,
        "at_least": lambda value: lambda answer: bool(answer >= value),
        "below": lambda value: lambda answer: bool(answer < value),
    }
    rows = [
        (rule_id, [(name, passes[operator](value)) for name, operator, value in tests])
        for rule_id, tests in translations.tests()
    ]

    def decide(answers: dict[str, Any]) -> str | None:
        is_open = False
        for rule_id, tests in rows:
            holds: bool | None = True
            for name, test in tests:
                answer = answers.get(name)
                if answer is None:
                    holds = None
                elif not test(answer):
                    holds = False
                    break
            if holds:
                return None if is_open else rule_id
            is_open = is_open or holds is None
        return None if is_open else translations.OTHERWISE

    return lambda given: [decide(each) for each in given], list(map(with_underscores, answers))


def _datalogic(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    import datalogic_py  # noqa: PLC0415 - a peer that is missing is one row of the table

    rule = datalogic_py.Engine().compile(to_jsonlogic(peers_ruleset()))
    return lambda given: [rule.evaluate(each) for each in given], answers


def _datalogic_text(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    decide, _ = _datalogic(answers)
    return decide, list(map(json.dumps, answers))


def _datalogic_parsed(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    import datalogic_py  # noqa: PLC0415 - as above

    engine = datalogic_py.Engine()
    rule = engine.compile(to_jsonlogic(peers_ruleset()))
    session = engine.session()
    handles = [datalogic_py.DataHandle(each) for each in answers]
    return lambda given: [session.evaluate_data(rule, each) for each in given], handles


def _datalogic_batch(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    import datalogic_py  # noqa: PLC0415

    engine = datalogic_py.Engine()
    rule = engine.compile(to_jsonlogic(peers_ruleset()))
    session = engine.session()
    handles = [datalogic_py.DataHandle(each) for each in answers]
    return lambda given: session.evaluate_batch(rule, given), handles


def _cel(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    from cel_expr_python import cel  # noqa: PLC0415

    types = {"yes-no": cel.Type.BOOL, "choice": cel.Type.STRING, "number": cel.Type.INT}
    variables = {name: types[entry["kind"]] for name, entry in decision()["questions"].items()}
    expression = cel.NewEnv(variables=variables).compile(translations.cel(str))
    return lambda given: [expression.eval(data=each).value() for each in given], list(map(with_underscores, answers))


def _qubit(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    import json_logic  # noqa: PLC0415

    logic = to_jsonlogic(peers_ruleset())
    return lambda given: [json_logic.jsonLogic(logic, each) for each in given], answers


def _rule_engine(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    import rule_engine  # noqa: PLC0415

    rules = [(rule_id, rule_engine.Rule(condition)) for rule_id, condition in translations.rule_engine()]

    def decide(answers: dict[str, Any]) -> str:
        return next((rule_id for rule_id, rule in rules if rule.matches(answers)), translations.OTHERWISE)

    return lambda given: [decide(each) for each in given], list(map(with_underscores, answers))


def _zen(answers: Sequence[dict[str, Any]]) -> tuple[Decide, Sequence[Any]]:
    import zen  # noqa: PLC0415

    table = zen.ZenEngine().create_decision(translations.zen())
    return lambda given: [table.evaluate(each)["result"]["rule"] for each in given], list(
        map(with_underscores, answers)
    )


ENGINES: dict[str, Callable[[Sequence[dict[str, Any]]], tuple[Decide, Sequence[Any]]]] = {
    "ours: decider()": _ours,
    "hand-written three-valued table": _three_valued_table,
    "datalogic-py, dictionaries in": _datalogic,
    "datalogic-py, JSON text in": _datalogic_text,
    "datalogic-py, parsed beforehand": _datalogic_parsed,
    "datalogic-py, parsed beforehand, in one batch": _datalogic_batch,
    "cel-expr-python": _cel,
    "json-logic-qubit": _qubit,
    "rule-engine": _rule_engine,
    "zen-engine, all its threads counted": _zen,
}

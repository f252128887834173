"""Python and `core.js` say the same of the same answers, and refuse the same answers."""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
import operator
import random
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from assessor import (
    AnswersError,
    Assessment,
    Choice,
    Date,
    Estimate,
    Number,
    Question,
    Rule,
    all_of,
    any_of,
    assess,
    compile_ruleset,
    otherwise,
)
from assessor.logic.bundle import BUNDLE_VERSION
from assessor.reports.json_text import assessment_json
from tests.conformance.core_js import json_in_node, run_core
from tests.conformance.differential import Difference, Pair, bundled_pairs, canonical, differences, random_pairs
from tests.support.assessor.samples import GO, STAY, fact, ruleset_of, yes_no
from tests.support.paths import ROOT
from tools.node import find_node


def compare(pairs: Any, number: int) -> Counter[str]:
    """Compare so many pairs, and count what they were about."""
    seen: Counter[str] = Counter()

    def count(assessment: Assessment) -> None:
        seen["all"] += 1
        seen["settled"] += assessment["settled"]
        seen["still open"] += len(assessment["possible"]) > 1
        seen["gap"] += assessment["gap"]
        seen["unasked"] += bool(assessment["unasked"])
        seen["estimate"] += any(assessment["estimates"].values())
        seen["no estimate"] += None in assessment["estimates"].values()
        seen["assumed"] += any(each["assumed"] for each in assessment["estimates"].values() if each)

    found = next(differences(itertools.islice(pairs, number), count), None)
    assert found is None, f"\n{found}"
    assert seen["all"] == number
    return seen


# In parts, which workers can share.
@pytest.mark.parametrize("start", range(0, 20_000, 2_500))
def test_20_000_answers_to_the_bundled_rule_set(start: int) -> None:
    seen = compare(itertools.islice(bundled_pairs(seed=1), start, None), 2_500)
    assert min(seen["settled"], seen["still open"], seen["unasked"], seen["estimate"], seen["assumed"]) > 125


def test_200_random_rule_sets_with_50_answers_each() -> None:
    seen = compare(random_pairs(seed=1), 200 * 50)
    assert min(seen.values()) > 200
    assert len(seen) == 8


def test_a_difference_is_found_and_can_be_reproduced() -> None:
    pair = next(bundled_pairs(seed=1))
    python = assess(pair.ruleset, pair.answers)
    core_js = {**python, "settled": int(python["settled"])}
    assert canonical(python) != canonical(core_js)
    said = str(Difference(pair, python, core_js))
    assert json.dumps(pair.answers) in said
    assert "load_ruleset('assessor.rulesets.self_hosting:ruleset')" in said
    assert f'python:   {{"settled": {json.dumps(python["settled"])}}}' in said


@pytest.mark.parametrize(
    ("first", "second"),
    [(1, True), (0, False), (0, None), ("1", 1), ([], {}), ([1, 2], [2, 1]), (0.1, 0.1 + 1e-17 + 1e-16)],
)
def test_different_json_is_different(first: object, second: object) -> None:
    assert canonical({"x": first}) != canonical({"x": second})


def test_equal_json_is_equal() -> None:
    assert canonical({"x": 3, "y": -0.0}) == canonical({"y": 0, "x": 3.0})


def test_the_command_prints_its_counts() -> None:
    command = [sys.executable, "-m", "tests.conformance.differential", "--pairs", "300", "--seed", "5"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("seed 5: no difference in 300 assessments, ")


# Awkward ids

AWKWARD = ("constructor", "valueof", "hasownproperty", "then", "length", "0", "10", "2", "null", "undefined")


def test_ids_that_mean_something_to_javascript_mean_nothing() -> None:
    questions: list[Question] = [yes_no(id) for id in AWKWARD]
    choice = Choice("choice", "Which?", {id: id for id in AWKWARD})
    rules = [Rule(choice.is_("constructor"), GO, "x", id="constructor"), otherwise(STAY, "y")]
    ruleset = ruleset_of([*questions, choice], rules, id="constructor")
    pairs = [Pair(ruleset, {"choice": id, id: True}, "ruleset") for id in AWKWARD]
    assert list(differences([*pairs, Pair(ruleset, {}, "ruleset")])) == []


def test_the_fewest_questions_are_not_told_where_they_take_too_long_to_find() -> None:
    """A function without any order in it: each way of answering ten questions leads to one outcome or the other."""
    rng = random.Random(10)
    questions = [yes_no(f"q{number}") for number in range(10)]
    ways = [ways for ways in itertools.product((False, True), repeat=10) if rng.random() < 0.5]
    told = [all_of(*(each if yes else ~each for each, yes in zip(questions, way, strict=True))) for way in ways]
    ruleset = ruleset_of(questions, [Rule(any_of(*told), GO, "x"), otherwise(STAY, "y")])
    assert assess(ruleset, {})["remaining"] == {"fewest": None, "most": 10}
    assert assess(ruleset, {"q0": True, "q1": True})["remaining"] == {"fewest": 5, "most": 8}
    pairs = [Pair(ruleset, answers, "ruleset") for answers in ({}, {"q0": True}, {"q0": True, "q1": True})]
    assert list(differences(pairs)) == []


# The same text


def compact(text: str) -> str:
    """Return indented JSON as JSON.stringify writes it, without white space."""
    return "".join(line.strip().replace('": ', '":', 1) for line in text.split("\n"))


def assert_same_text(pairs: Iterable[Pair]) -> None:
    listed = list(pairs)
    texts = json_in_node((compile_ruleset(pair.ruleset), [pair.answers]) for pair in listed)
    for pair, text in zip(listed, texts, strict=True):
        assert compact(assessment_json(assess(pair.ruleset, pair.answers))) == text, pair.made_by


def test_the_json_of_random_assessments_is_the_same_text() -> None:
    assert_same_text(itertools.islice(random_pairs(seed=3), 0, 100 * 50, 5))
    assert_same_text(itertools.islice(bundled_pairs(seed=3), 100))


def test_numbers_and_awkward_keys_are_the_same_text() -> None:
    rng = random.Random(4)
    values = [
        -0.0,
        0.1 + 0.2,
        1e-6,
        1.5e-7,
        2.5e-10,
        1e20,
        1.2345678901234567e20,
        1e21,
        1e22,
        1.5e300,
        5e-324,
        2**53 + 2,
    ]
    values += [struct.unpack("d", rng.randbytes(8))[0] for _ in range(500)]
    values = [value for value in values if math.isfinite(value) and abs(value) < 1e300]
    number = Number("n", "How many?", minimum=-1e300, maximum=1e300)
    estimates = [Estimate(id, id, number) for id in ("b", "10", "2", "a", "4294967295", "4294967294", "0-1")]
    ruleset = ruleset_of([number, *(yes_no(id) for id in AWKWARD)], estimates=estimates)
    assert_same_text(Pair(ruleset, {"n": value}, repr(value)) for value in values)


# Thresholds that are worked out from facts


def test_thresholds_worked_out_from_facts_are_decimals_to_both() -> None:
    rng = random.Random(6)
    pairs: list[Pair] = []
    for _ in range(150):
        value, factor = (Decimal(rng.randrange(1, 10**5)).scaleb(-rng.randrange(5)) for _ in range(2))
        operate, change = rng.choice([(operator.mul, factor), (operator.add, factor), (operator.sub, value + factor)])
        source = fact("f", float(value))
        threshold = operate(source.number, float(change))
        number = Number("n", "How many?", minimum=-1e12, maximum=threshold + 1, step=source.number)
        rule = Rule(number >= threshold, GO, "x")
        ruleset = ruleset_of([number], [rule, otherwise(STAY, "y")], facts=[source])
        exact = float(operate(value, change))
        for answer, outcome in ((exact, "go"), (math.nextafter(exact, -math.inf), "stay")):
            assert assess(ruleset, {"n": answer})["outcome"] == outcome, (value, operate, change)
            pairs.append(Pair(ruleset, {"n": answer}, f"{value} {operate.__name__} {change}"))
    assert list(differences(pairs)) == []


def test_a_threshold_is_on_the_side_that_the_rules_name() -> None:
    half = Number("half", "How much?", minimum=0, maximum=9)
    whole = Number("whole", "How many?", minimum=0, maximum=9, step=1)
    pairs = []
    for number, following in ((half, math.nextafter(5, 9)), (whole, 6)):
        for condition, outcomes in ((number <= 5, ("go", "stay")), (number > 5, ("stay", "go"))):
            ruleset = ruleset_of([number], [Rule(condition, GO, "x"), otherwise(STAY, "y")])
            for answer, outcome in zip((5, following), outcomes, strict=True):
                assert assess(ruleset, {number.id: answer})["outcome"] == outcome
                pairs.append(Pair(ruleset, {number.id: answer}, str(condition)))
    assert list(differences(pairs)) == []


def test_a_change_names_the_threshold_that_the_rules_name() -> None:
    seats = Number("seats", "How many?", minimum=1, maximum=9, step=1)
    ruleset = ruleset_of([seats], [Rule(seats <= 5, GO, "x"), otherwise(STAY, "y")])
    changes = assess(ruleset, {"seats": 7})["changes"]["go"]
    assert changes is not None
    assert changes["sets"] == [[{"question": "seats", "to": {"at_least": None, "at_most": 5}}]]
    changes = assess(ruleset, {"seats": 2})["changes"]["stay"]
    assert changes is not None
    assert changes["sets"] == [[{"question": "seats", "to": {"above": 5, "below": None}}]]


def test_a_change_names_the_date_that_the_rules_name() -> None:
    day = Date("day", "Which day?", earliest="2026-01-01", latest="2030-12-31")
    for condition, answer, bounds in (
        (day <= "2028-02-28", "2028-02-29", {"at_least": None, "at_most": "2028-02-28"}),
        (day > "2028-02-28", "2028-02-28", {"above": "2028-02-28", "below": None}),
        (day < "2028-02-29", "2028-02-29", {"at_least": None, "below": "2028-02-29"}),
        (day >= "2028-02-29", "2028-02-28", {"at_least": "2028-02-29", "below": None}),
    ):
        ruleset = ruleset_of([day], [Rule(condition, GO, "x"), otherwise(STAY, "y")])
        changes = assess(ruleset, {"day": answer})["changes"]["go"]
        assert changes is not None
        assert changes["sets"] == [[{"question": "day", "to": bounds}]]
        assert list(differences([Pair(ruleset, {"day": answer}, str(condition))])) == []


def test_old_ids_are_taken_over_by_both() -> None:
    choice = Choice("size", "Which?", {"then": "T", "constructor": "C"}, formerly={"then": "value-of"}, retired=["nan"])
    was = dataclasses.replace(yes_no("a"), formerly=["was", "length"])
    ruleset = ruleset_of([was, choice], [Rule(was & choice.is_("then"), GO, "x"), otherwise(STAY, "y")])
    given: list[dict[str, object]] = [
        {"was": True},
        {"length": None},
        {"length": True, "size": "value-of"},
        {"size": "nan"},
        {"size": "constructor"},
        {"was": False, "size": "nan"},
    ]
    assert list(differences(Pair(ruleset, answers, str(answers)) for answers in given)) == []
    bundle = json.dumps(["bundle", compile_ruleset(ruleset)])
    refused = ('{"was": true, "a": true}', '{"size": "valueOf"}', '{"size": {"toString": null}}', '{"length": "was"}')
    said = run_core([bundle, *(f'["answers", {answers}]' for answers in refused)])
    assert said == [{"error": "RangeError"}] * len(refused)


def test_a_bundle_of_another_version_is_refused_with_what_to_do() -> None:
    bundle = compile_ruleset(ruleset_of([yes_no("a")]))
    program = "const { assess } = require(process.argv[1]); assess(JSON.parse(process.argv[2]), {})"
    core, node = ROOT / "plugin/mkdocs_assessor/assets/shipped/core.js", find_node()
    assert node

    def said(version: int) -> str:
        command = [node, "--eval", program, str(core), json.dumps({**bundle, "version": version})]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stderr

    assert said(BUNDLE_VERSION) == ""
    for version in (BUNDLE_VERSION - 1, BUNDLE_VERSION + 1):
        assert f"RangeError: the bundle has version {version}, and this core.js reads version {BUNDLE_VERSION}" in said(
            version
        )
        assert 'run "assessor bundle", and copy its core.js' in said(version)


# Answers that are refused

RULESET = ruleset_of(
    [
        yes_no("a"),
        Choice("size", "Which?", {"small": "Small", "large": "Large"}),
        Number("n", "How many?", minimum=-1, maximum=9),
        Number("whole", "How many whole ones?", minimum=-9, maximum=2**60, step=1),
        Date("day", "Which day?", earliest="0001-01-01", latest="2199-12-31"),
    ]
)

REFUSED = (
    '{"day": ""}',
    '{"day": "2027-02-29"}',
    '{"day": "1900-02-29"}',
    '{"day": "2027-04-31"}',
    '{"day": "2027-13-01"}',
    '{"day": "2027-00-01"}',
    '{"day": "2027-01-00"}',
    '{"day": "0000-01-01"}',
    '{"day": "2200-01-01"}',
    '{"day": "2027-1-1"}',
    '{"day": "20270101"}',
    '{"day": "2027-01"}',
    '{"day": "2027"}',
    '{"day": "2027-W01-1"}',
    '{"day": "2027-001"}',
    '{"day": "2027-01-01 "}',
    '{"day": "2027-01-01T00:00"}',
    '{"day": "2027-01-01T00:00:00Z"}',
    '{"day": "+002027-01-01"}',
    '{"day": "-2027-01-01"}',
    '{"day": "1 March 2027"}',
    '{"day": "\u0662\u0660\u0662\u0667-\u0660\u0661-\u0660\u0661"}',
    '{"day": 2027}',
    '{"day": 20270101}',
    '{"day": true}',
    '{"day": ["2027-01-01"]}',
    '{"day": {"toJSON": null}}',
    '{"lost": true}',
    '{"lost": null}',
    '{"__proto__": null}',
    '{"__proto__": true}',
    '{"__proto__": {"a": true}}',
    '{"constructor": true}',
    '{"toString": null}',
    '{"hasOwnProperty": true}',
    '{"length": 0}',
    '{"0": true}',
    '{"": true}',
    '{"A": true}',
    '{"a ": true}',
    '{"a": 1}',
    '{"a": 0}',
    '{"a": ""}',
    '{"a": "true"}',
    '{"a": []}',
    '{"a": {}}',
    '{"a": {"toString": null}}',
    '{"size": "smal"}',
    '{"size": "Small"}',
    '{"size": ""}',
    '{"size": "constructor"}',
    '{"size": "__proto__"}',
    '{"size": 0}',
    '{"size": true}',
    '{"size": ["small"]}',
    '{"size": {"small": true}}',
    '{"n": "3"}',
    '{"n": ""}',
    '{"n": true}',
    '{"n": false}',
    '{"n": [3]}',
    '{"n": {"valueOf": 3}}',
    '{"n": 9.000000000000002}',
    '{"n": -1.0000000000000002}',
    '{"n": 1e400}',
    '{"n": -1e400}',
    '{"n": 123456789012345678901234567890}',
    '{"whole": 5.5}',
    '{"whole": -0.5}',
    '{"whole": 4.999999999999999}',
    '{"whole": 5e-324}',
    '{"a": true, "size": "small", "n": 3, "lost": null}',
    '{"a": true, "size": "small", "n": "x"}',
)

ACCEPTED = (
    "{}",
    '{"a": null, "size": null, "n": null}',
    '{"a": false, "size": "large", "n": 9}',
    '{"n": -1}',
    '{"n": -0.0}',
    '{"n": 9.0000000000000001}',
    '{"n": 5e-324}',
    '{"n": 5.5}',
    '{"whole": 5}',
    '{"whole": 5.0}',
    '{"whole": -9}',
    '{"whole": -0.0}',
    '{"whole": 9007199254740994}',
    '{"day": null}',
    '{"day": "0001-01-01"}',
    '{"day": "2000-02-29"}',
    '{"day": "2199-12-31"}',
    '{"a": true, "a": false}',
)


@pytest.mark.parametrize("answers", REFUSED)
def test_python_refuses(answers: str) -> None:
    with pytest.raises(AnswersError):
        assess(RULESET, json.loads(answers))


def test_core_js_refuses_the_same() -> None:
    bundle = json.dumps(["bundle", compile_ruleset(RULESET)])
    said = run_core([bundle, *(f'["answers", {answers}]' for answers in REFUSED)])
    accepted = [answers for answers, each in zip(REFUSED, said, strict=True) if each != {"error": "RangeError"}]
    assert accepted == []


def test_both_accept_the_same() -> None:
    bundle = json.dumps(["bundle", compile_ruleset(RULESET)])
    said = run_core([bundle, *(f'["answers", {answers}]' for answers in ACCEPTED)])
    for answers, core_js in zip(ACCEPTED, said, strict=True):
        assert canonical(core_js) == canonical(assess(RULESET, json.loads(answers))), answers


def test_answers_that_are_no_mapping_are_refused_by_core_js() -> None:
    bundle = json.dumps(["bundle", compile_ruleset(RULESET)])
    said = run_core([bundle, *(f'["answers", {answers}]' for answers in ("null", '"a"', "[true]", '["a", true]'))])
    assert all("error" in each for each in said)

import dataclasses
import graphlib
import random
import re
import statistics
from typing import Any

import pytest
from hypothesis import given, settings

from assessor import (
    Action,
    Bundle,
    Choice,
    Criterion,
    Estimate,
    Number,
    Outcome,
    Rule,
    RuleSet,
    RuleSetError,
    Section,
    all_of,
    any_of,
    assess,
    at_least,
    bundle_json,
    compile_ruleset,
    otherwise,
)
from assessor.logic.bundle import children_of, content_hash
from assessor.logic.compiling.compile import NODE_LIMIT, QUESTION_LIMIT, WORK_LIMIT
from assessor.logic.compiling.meaning import meaning_of
from benchmarks.rule_sets.compiling import realistic_ruleset
from tests.conformance.engines import complete_answers
from tests.support.assessor.samples import GO, STAY, fact, ruleset_of, yes_no
from tests.support.oracle import decide
from tests.support.rulesets import rulesets

ELSE = otherwise(STAY, "nothing else fits")


# The bundle


def test_the_bundle_of_a_small_rule_set() -> None:
    people = Number("people", "How many?", unit="FTE", minimum=0, maximum=9.5, default=fact("usual", 3, "FTE"))
    size = Choice("size", "Which?", {"small": "Small", "large": "Large"})
    late = yes_no("late", asked_when=size.is_("large"))
    ready = Criterion("ready", "you are ready", people >= 2.5)
    bundle = compile_ruleset(
        ruleset_of(
            [people, size, late],
            [Rule(ready & size.is_("large"), GO, "x"), ELSE],
            facts=[fact("usual", 3, "FTE")],
            criteria=[ready],
            actions=[Action("pack", "Pack", [GO], people < 5)],
            estimates=[Estimate("cost", "Cost", 2 * people + people)],
        )
    )
    cells: list[dict[str, Any]] = [
        {"id": "people", "kind": "number", "minimum": 0, "maximum": 9.5, "cuts": [2.5, 5], "default": [3, 3, 3]},
        {"id": "size", "kind": "choice", "options": ["small", "large"]},
        {"id": "late", "kind": "yes-no", "asked": 2},
    ]
    assert bundle == {
        "version": 2,
        "ruleset": "sample",
        "hash": content_hash(bundle),
        "questions": [
            {**each, "meaning": meaning_of(question)}
            for each, question in zip(cells, [people, size, late], strict=True)
        ],
        "sections": [3],
        "order": [0, 1],
        "outcomes": ["go", "stay"],
        "rules": [{"id": "rule-1", "outcome": 0, "root": 3}, {"id": "otherwise", "outcome": 1, "root": -2}],
        "criteria": [{"id": "ready", "root": 4}],
        "actions": [{"id": "pack", "root": 5}],
        "estimates": [
            {"id": "cost", "unit": "FTE", "inputs": [[2, 2, 2], {"question": 0}], "steps": [0, 1, "*", 1, "+"]}
        ],
        "roots": {"rule": 1, "outcome": 1},
        "nodes": [[1, -2, -1], [0, -2, 1, 1], [1, -1, -2], [0, -1, 1, 1], [0, -1, -2, -2], [0, -1, 3, -1]],
    }


def test_rules_with_one_outcome_share_a_leaf_only_where_outcomes_are_asked_for() -> None:
    a, b = yes_no("a"), yes_no("b")
    bundle = compile_ruleset(ruleset_of([a, b], [Rule(a, GO, "x"), Rule(b, GO, "y"), ELSE]))
    assert bundle["roots"]["rule"] != bundle["roots"]["outcome"]
    one_outcome = compile_ruleset(ruleset_of([a, b], [Rule(a, GO, "x"), otherwise(GO, "y")]))
    assert one_outcome["roots"]["outcome"] == -1
    assert one_outcome["roots"]["rule"] >= 0


def test_outcomes_stand_in_the_order_of_the_rules_then_those_that_no_rule_leads_to() -> None:
    first, second, third = (Outcome(each, each) for each in ("first", "second", "third"))
    a = yes_no("a")
    rules = [Rule(a, third, "x"), Rule(~a, first, "y")]
    bundle = compile_ruleset(ruleset_of([a], rules, outcomes=[first, second, third]))
    assert bundle["outcomes"] == ["third", "first", "second"]


def test_two_thresholds_that_are_one_double_are_one_cut() -> None:
    n = Number("n", "N?", minimum=0, maximum=2**60)
    bundle = compile_ruleset(ruleset_of([n], [Rule(n >= 2**53, GO, "x"), Rule(n >= 2**53 + 1, STAY, "y"), ELSE]))
    assert bundle["questions"][0]["cuts"] == [2**53]


def test_a_rule_set_is_compiled_once() -> None:
    ruleset = ruleset_of()
    assert compile_ruleset(ruleset) is compile_ruleset(ruleset)


def test_a_rewritten_rule_that_decides_alike_has_the_same_diagram() -> None:
    a, b, c = (yes_no(id) for id in "abc")

    def bundle_of(condition: Any) -> str:
        return bundle_json(compile_ruleset(ruleset_of([a, b, c], [Rule(condition, GO, "x"), ELSE])))

    assert bundle_of(~(a & b) | c) == bundle_of(any_of(~a, ~b, c))
    assert bundle_of(at_least(2, a, b, c)) == bundle_of((a & b) | (a & c) | (b & c))


# Any rule set


@given(rulesets)
@settings(max_examples=50, deadline=None)
def test_random_diagrams_are_reduced_and_ordered(ruleset: RuleSet) -> None:
    bundle = compile_ruleset(ruleset)
    check_diagram(bundle)
    for question in bundle["questions"]:
        if question["kind"] == "number":
            cuts = question["cuts"]
            assert cuts == sorted(set(cuts))
            assert all(question["minimum"] < cut <= question["maximum"] for cut in cuts)


def check_diagram(bundle: Bundle) -> None:
    """Check what the schema says of the diagram and cannot enforce."""
    variables = [node[0] for node in bundle["nodes"]]
    nodes = list(zip(variables, children_of(bundle), strict=True))
    before: dict[int, set[int]] = {}
    for number, (question, children) in enumerate(nodes):
        entry = bundle["questions"][question]
        cells = len(entry.get("options", ())) or len(entry.get("cuts", (0,))) + 1
        assert len(children) == cells
        assert len(set(children)) > 1
        assert all(child < number for child in children)
        before.setdefault(question, set()).update(variables[child] for child in children if child >= 0)
    assert len(set(nodes)) == len(nodes)
    # On every path the questions stand in one order: "stands before" has no cycle.
    graphlib.TopologicalSorter(before).prepare()
    conditions = [*bundle["rules"], *bundle["criteria"], *bundle["actions"]]
    asked = [question["asked"] for question in bundle["questions"] if "asked" in question]
    asked += [root for question in bundle["questions"] for root in question.get("offered", {}).values()]
    asked += [estimate["root"] for estimate in bundle["estimates"] if "root" in estimate]
    for root in [*bundle["roots"].values(), *(each["root"] for each in conditions), *asked]:
        assert isinstance(root, int)
        assert root < len(nodes)
    points = [each["root"] for score in bundle.get("scores", ()) for each in (*score["terms"], *score.get("sums", ()))]
    used = {child for _, children in nodes for child in children} | {each["root"] for each in conditions}
    used |= {*asked, *points}
    assert set(range(len(nodes))) <= {*used, *bundle["roots"].values()}


# Limits


def paired(pairs: int) -> RuleSet:
    """Return a rule set that compares each first answer with a second, which mentions all the first ones before."""
    first = [yes_no(f"first-{n}") for n in range(pairs)]
    second = [yes_no(f"second-{n}") for n in range(pairs)]
    easy = [yes_no(f"easy-{n}") for n in range(20)]
    same = [(a & b) | (~a & ~b) for a, b in zip(first, second, strict=True)]
    rules = [Rule(all_of(*easy), GO, "x"), Rule(all_of(*first), STAY, "y"), Rule(all_of(*same), GO, "z"), ELSE]
    return ruleset_of([*easy, *first, *second], rules)


def entangled(count: int) -> RuleSet:
    """Return a rule set that asks for the thing whose number is how many things there are: large in any order.

    This is the hidden weighted bit of Bryant, "On the complexity of VLSI implementations and graph representations of
    boolean functions with application to integer multiplication", 1991.
    """
    easy = [yes_no(f"easy-{n}") for n in range(20)]
    things = [yes_no(f"thing-{n}") for n in range(count)]
    counted = [at_least(n, *things) & ~at_least(n + 1, *things) & things[n] for n in range(1, count - 1)]
    return ruleset_of([*easy, *things], [Rule(all_of(*easy), GO, "x"), Rule(any_of(*counted), GO, "y"), ELSE])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (32, rf"their decision diagram has 1\d\d,\d{{3}} nodes, and at most {NODE_LIMIT:,} can be read quickly"),
        (45, f"compiling them was stopped after {WORK_LIMIT:,} steps"),
    ],
)
def test_an_entangled_rule_set_is_refused_with_the_questions_to_look_at(count: int, reason: str) -> None:
    ruleset = entangled(count)
    with pytest.raises(RuleSetError) as raised:
        compile_ruleset(ruleset)
    assert raised.value.location == ruleset.location
    message = raised.value.message
    assert re.search(reason, message)
    named = re.findall(r"([a-z]+)-\d+ \([\d,]+ nodes\)", message)
    assert named
    assert set(named) == {"thing"}


def test_what_compiling_throws_away_does_not_count_as_nodes() -> None:
    # In the order in which the rules mention them, and on the page, the pairs stand apart.
    assert len(compile_ruleset(paired(40))["nodes"]) < 5_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_questions_of_one_decision_are_found_on_a_page_without_order(seed: int) -> None:
    ruleset = realistic_ruleset(random.Random(seed), questions=100, rules=100)
    asked = list(ruleset.questions)
    random.Random(seed).shuffle(asked)
    mixed = dataclasses.replace(ruleset, sections=[Section("all", "All", asked)])
    assert len(compile_ruleset(mixed)["nodes"]) < NODE_LIMIT / 4


def order_of(ruleset: RuleSet) -> list[str]:
    bundle = compile_ruleset(ruleset)
    return [bundle["questions"][position]["id"] for position in bundle["order"]]


def test_questions_are_tested_in_the_order_in_which_the_rules_mention_them() -> None:
    a, b, c, unused = (yes_no(each) for each in ("a", "b", "c", "unused"))
    ruleset = ruleset_of([a, b, unused, c], [Rule(c & a, GO, "x"), Rule(b, STAY, "y")])
    assert order_of(ruleset) == ["c", "a", "b"]


@pytest.mark.slow
def test_rules_that_go_back_and_forth_are_compiled_in_an_order_that_suits_them() -> None:
    # In the order in which its rules mention them, this one would pass the limit.
    ruleset = realistic_ruleset(random.Random(0), questions=60, rules=40)
    assert len(compile_ruleset(ruleset)["nodes"]) < NODE_LIMIT / 40
    near = {question.id: number for number, section in enumerate(ruleset.sections) for question in section.questions}
    order = [near[each] for each in order_of(ruleset)]
    # Rules are about one section or two adjacent ones, so that a section's questions stand close together.
    assert statistics.correlation(order, range(len(order))) ** 2 > 0.9
    rng = random.Random(1)
    for _ in range(300):
        answers = complete_answers(rng, ruleset)
        fired = decide(ruleset.rules, answers)
        assert fired is not None
        assert assess(ruleset, answers)["rule"] == ruleset.rules[fired].id


@pytest.mark.parametrize("is_shuffled", [False, True])
def test_of_two_large_diagrams_the_smaller_is_taken(is_shuffled: bool) -> None:
    ruleset = realistic_ruleset(random.Random(7), questions=30, rules=20)
    page = list(ruleset.questions)
    if is_shuffled:
        random.Random(1).shuffle(page)
    bundle = compile_ruleset(ruleset_of(page, ruleset.rules, outcomes=ruleset.outcomes))
    # On a page whose questions stand anywhere, even rules that go back and forth give a better order.
    assert (bundle["order"] == sorted(bundle["order"])) != is_shuffled
    assert len(bundle["nodes"]) < 2_600


def test_as_many_questions_as_allowed_can_be_compiled() -> None:
    questions = [yes_no(f"q-{n}") for n in range(QUESTION_LIMIT)]
    ruleset = ruleset_of(questions, [Rule(all_of(*questions), GO, "x"), Rule(at_least(3, *questions), STAY, "y"), ELSE])
    assert assess(ruleset, {})["possible"] == ["go", "stay"]
    assert assess(ruleset, {"q-399": False})["possible"] == ["stay"]


def test_one_question_more_is_refused() -> None:
    questions = [yes_no(f"q-{n}") for n in range(QUESTION_LIMIT + 1)]
    ruleset = ruleset_of(questions)
    with pytest.raises(RuleSetError, match=f"has {QUESTION_LIMIT + 1} questions: at most {QUESTION_LIMIT}"):
        compile_ruleset(ruleset)


def test_conditions_that_are_nested_too_deeply_are_refused() -> None:
    a, b = yes_no("a"), yes_no("b")
    condition: Any = a
    for _ in range(2_000):
        condition = any_of(all_of(condition, b), a)
    ruleset = ruleset_of([a, b], [Rule(condition, GO, "x"), ELSE])
    with pytest.raises(
        RuleSetError, match="a condition of rule set 'sample' is nested too deeply: join its parts"
    ) as raised:
        compile_ruleset(ruleset)
    assert raised.value.location == ruleset.location


def test_a_random_large_rule_set_compiles() -> None:
    rng = random.Random(3)
    questions = [yes_no(f"q-{n}") for n in range(40)]
    rules = [
        Rule(all_of(*(q if rng.random() < 0.5 else ~q for q in rng.sample(questions, 3))), rng.choice((GO, STAY)), "x")
        for _ in range(30)
    ]
    check_diagram(compile_ruleset(ruleset_of(questions, [*rules, ELSE])))

"""Options with `asked_when`: they are offered only once it holds, and an answer with one that is not is no answer."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assessor import (
    Case,
    Choice,
    Option,
    Options,
    Outcome,
    Rule,
    RuleSet,
    Section,
    answers_schema,
    assess,
    compile_ruleset,
    decider,
    to_jsonlogic,
)
from assessor.__main__ import main
from assessor.bulk.many import assess_table
from assessor.check import check_ruleset
from assessor.compare import compare_rulesets
from assessor.logic.coverage import coverage_of
from assessor.reports.record.markdown import decision_record
from tests.support.assessor.mistakes import error_of
from tests.support.assessor.samples import GO, STAY, rules_of, yes_no
from tests.support.engines import by_duckdb
from tests.support.oracle import is_valid, valid_completions
from tests.support.rulesets import random_answers, random_ruleset

usa = yes_no("usa", yes="the data stays in the USA", no="it stays in Europe")
AUDIT = Outcome("audit", "Order an audit")


def region_of(asked_when: Any = usa) -> Choice:
    """Return a choice whose first option is offered on a condition."""
    gov = Option("gov", "A government region", "you take a government region", asked_when=asked_when)
    return Choice("region", "Which region?", [gov, Option("public", "Public"), Option("own", "Our own")])


def plans(asked_when: Any = usa, **more: Any) -> RuleSet:
    """Return a rule set in which each option leads to another outcome."""
    region = region_of(asked_when)
    rules = [Rule(region.gov, AUDIT, "so"), Rule(region.own, GO, "so")]
    return rules_of(*rules, questions=[usa, region], outcomes=[AUDIT, GO, STAY], **more)


ruleset = plans()


@pytest.mark.parametrize(
    ("answers", "possible", "still_open"),
    [
        ({}, ["audit", "go", "stay"], ["usa", "region"]),
        ({"usa": True, "region": "gov"}, ["audit"], []),
        ({"usa": False, "region": "gov"}, ["go", "stay"], ["region"]),
        ({"usa": None, "region": "gov"}, ["audit", "go", "stay"], ["usa", "region"]),
        ({"region": "gov"}, ["audit", "go", "stay"], ["usa", "region"]),
        ({"region": "own"}, ["go"], ["usa"]),
        ({"usa": False}, ["go", "stay"], ["region"]),
    ],
)
def test_an_answer_counts_once_its_option_is_offered(
    answers: dict[str, object], possible: list[str], still_open: list[str]
) -> None:
    found = assess(ruleset, answers)
    assert (found["possible"], found["open"]) == (possible, still_open)
    assert found["unknown"] == [name for name in ("usa",) if name in answers and answers[name] is None]
    assert found["unoffered"] == ({} if answers.get("usa") else {"region": ["gov"]})
    (row,) = by_duckdb(ruleset, [answers])
    assert (row["possible"], row["outcome"]) == (possible, found["outcome"])
    (bulk,) = assess_table(ruleset, {name: [answers.get(name)] for name in ("usa", "region")}).rows()
    assert bulk["possible"] == possible
    # In bulk, "I don't know" is as open as no answer.
    if None not in answers.values():
        assert bulk["next"] == found["next"]


def test_what_decides_the_offer_is_asked_first() -> None:
    assert assess(ruleset, {})["next"] == "usa"
    assert assess(ruleset, {"usa": None})["next"] == "region"


def test_what_settles_stays_settled_with_every_further_answer() -> None:
    rng = random.Random(5)
    seen = 0
    while seen < 150:
        made = random_ruleset(rng, most_questions=5, most_estimates=0)
        answers = random_answers(rng, made)
        found = assess(made, answers)
        if not found["settled"] or not any(isinstance(each, Choice) and each.restricted for each in made.questions):
            continue
        seen += 1
        more = {
            **random_answers(rng, made),
            **{name: each for name, each in answers.items() if name not in found["open"]},
        }
        assert assess(made, more)["outcome"] == found["outcome"]
        # The reasons alone are enough, and so offer their options.
        alone = assess(made, {name: answers[name] for name in found["reasons"]})
        assert alone["outcome"] == found["outcome"]
        assert set(found["reasons"]) == set(alone["reasons"])


def test_changes_lead_to_options_that_are_offered() -> None:
    (reached,) = (assess(ruleset, {"usa": False, "region": "public"})["changes"]["audit"],)
    assert reached == {
        "fewest": 2,
        "sets": [
            [
                {"question": "usa", "to": {"options": [True]}},
                {"question": "region", "to": {"options": ["gov"]}},
            ]
        ],
        "more": False,
    }
    # Withdrawing the option means to answer again.
    assert assess(ruleset, {"usa": True, "region": "gov"})["changes"]["stay"] == {
        "fewest": 1,
        "sets": [[{"question": "region", "to": {"options": ["public"]}}]],
        "more": False,
    }


def test_only_combinations_that_are_offered_count() -> None:
    assert assess(ruleset, {})["counts"] == {"audit": "1", "go": "2", "stay": "2"}


def test_points_go_by_what_is_offered() -> None:
    rng = random.Random(8)
    for _ in range(100):
        made = random_ruleset(rng, most_questions=4, most_estimates=0)
        for way in itertools.islice(valid_completions(made, {}), 20):
            assert assess(made, way)["open"] == []
            assert is_valid(made, way)


def test_options_depend_on_options_that_are_offered_themselves() -> None:
    first, second = region_of(), yes_no("second")
    size = Choice("size", "Which size?", [Option("s", "Small"), Option("l", "Large", asked_when=first.gov)])
    made = rules_of(Rule(size.l, GO, "so"), questions=[usa, first, size, second])
    assert assess(made, {"usa": True, "region": "gov", "size": "l"})["outcome"] == "go"
    withdrawn = assess(made, {"usa": False, "region": "gov", "size": "l"})
    assert (withdrawn["open"], withdrawn["outcome"]) == (["region", "size", "second"], "stay")


def test_other_engines_take_the_first_option_that_is_always_offered() -> None:
    assert decider(ruleset)({"usa": True, "region": "gov"}) == "rule-1"
    assert decider(ruleset)({"usa": False, "region": "gov"}) == "otherwise"
    assert {"===": [{"var": "region"}, "gov"]} in to_jsonlogic(ruleset)["if"][0]["and"]


def test_stored_answers_are_confirmed_again_when_the_offer_changes() -> None:
    digests = {compile_ruleset(plans(each))["questions"][1]["meaning"] for each in (None, usa, ~usa)}
    assert len(digests) == 3


def test_files_of_answers_may_have_it() -> None:
    assert {"const": "gov", "title": "A government region"} in answers_schema(ruleset)["properties"]["region"]["oneOf"]


def test_a_record_leaves_out_what_is_no_answer() -> None:
    record = decision_record(ruleset, {"usa": False, "region": "gov"}, datetime.date(2026, 11, 30))
    assert "→ A government region" not in record
    assert "Which region?" in record.partition("## Open questions")[2]


def test_proposed_cases_answer_with_what_is_offered() -> None:
    proposed = coverage_of(ruleset).proposed
    assert any(case.answers.get("region") == "gov" for case in proposed)
    for case in proposed:
        assert not set(assess(ruleset, case.answers)["open"]) & set(case.answers)


def test_a_case_with_an_option_that_is_not_offered_is_found() -> None:
    case = Case("odd", "Odd", "So it is.", {"usa": False, "region": "gov"}, STAY)
    (finding,) = [each for each in check_ruleset(plans(cases=[case])) if each.code == "wrong-case"]
    assert finding.message == "Case 'odd' answers 'region' with 'gov', which its other answers do not offer."


def test_a_comparison_says_for_whom_it_is_offered() -> None:
    comparison = compare_rulesets(plans(None), ruleset)
    assert [(each.id, each.field, each.old, each.new) for each in comparison.fields] == [
        ("region.gov", "asked_when", "", "the data stays in the USA")
    ]
    (change,) = comparison.condition_changes
    assert (change.kind, change.id, change.holds, change.count) == ("option", "region.gov", False, 2)
    assert change.example == {"usa": False}
    # No answers that both offer get another outcome.
    assert (comparison.total, comparison.changed) == (5, 0)


def test_the_command_says_why_an_answer_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(
        "from assessor import *\n"
        "usa = YesNo('usa', 'Is it?', yes='it is in the USA')\n"
        "region = Choice('region', 'Which?', [Option('gov', 'G', asked_when=usa), Option('public', 'P')])\n"
        "go = Outcome('go', 'Go')\n"
        "ruleset = RuleSet('r', title='R', sections=[Section('s', 'S', [usa, region])],\n"
        "    rules=[Rule(region.gov, go, 'so'), otherwise(Outcome('stay', 'Stay'), 'so')])\n",
        encoding="utf-8",
    )
    told = CliRunner().invoke(main, ["assess", "--rules", f"{tmp_path}/rules.py"], input="usa: false\nregion: gov\n")
    assert told.exit_code == 0
    note = "question 'region' offers 'gov' only if it is in the USA; without that, this is no answer"
    assert told.stderr == f"<stdin>: note: {note}\n"
    assert "(stay)" in told.output or "[stay]" in told.output


def test_a_class_of_options_may_have_one() -> None:
    class Region(Options):
        gov = Option("gov", "A government region", "you take a government region", asked_when=usa)
        public = Option("public", "Public")
        own = Option("own", "Our own")

    assert Region("region", "Which region?") == region_of()


def never_without_a_condition() -> object:
    return Choice("region", "Which?", [Option("a", "A", asked_when=usa), Option("b", "B", asked_when=~usa)])  # mistake


def on_its_own_question() -> object:
    first = Choice("region", "Which?", {"gov": "G", "public": "P"})
    own = Choice("region", "Which?", [Option("gov", "G", asked_when=first.public), Option("public", "P")])  # mistake
    return rules_of(questions=[own])


def on_a_later_question() -> object:
    region = Choice("region", "Which?", [Option("gov", "G", asked_when=usa), Option("public", "P")])  # mistake
    return rules_of(questions=[], sections=[Section("s", "S", [region, usa])])


def without_a_condition() -> object:
    return Option("gov", "G", asked_when="usa")  # type: ignore[arg-type]  # mistake


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            never_without_a_condition,
            "question 'region' offers each of its options under a condition only: offer at least",
        ),
        (on_its_own_question, "asked_when of option 'gov' of question 'region' "),
        (
            on_a_later_question,
            "asked_when of option 'gov' of question 'region' depends on 'usa', which is asked later: put",
        ),
        (
            without_a_condition,
            "asked_when of option 'gov' needs a condition, not 'usa'; write usa, the question or criterion",
        ),
    ],
)
def test_a_mistake_names_the_option_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message

from pathlib import Path

import pytest

from assessor import Case, Outcome, Rule, RuleSet, RuleSetError, load_ruleset
from assessor.assessment.cases import check_cases
from tests.support.assessor.samples import GO, STAY, ruleset_of, yes_no

A = yes_no("a")
RULES = [Rule(A, GO, "x"), Rule(~A, STAY, "y")]


def of(answers: dict[str, bool], outcome: Outcome) -> RuleSet:
    good = Case("good", "Good", "", {"a": True}, GO)
    return ruleset_of([A], RULES, cases=[good, Case("x", "X", "", answers, outcome)])


def test_cases_that_get_what_they_say_are_fine() -> None:
    check_cases(of({"a": False}, STAY))


@pytest.mark.parametrize(
    ("ruleset", "message"),
    [
        (of({"a": True}, STAY), "case 'x' should get 'stay', but the rules give 'go'"),
        (of({}, STAY), "case 'x' should get 'stay', but its answers leave open: 'go', 'stay'"),
        (
            ruleset_of([A], RULES[:1], cases=[Case("x", "X", "", {}, GO)]),
            "case 'x' should get 'go', but its answers leave open: 'go', no rule that decides",
        ),
    ],
)
def test_the_first_wrong_case_is_named_where_it_was_made(ruleset: RuleSet, message: str) -> None:
    with pytest.raises(RuleSetError) as raised:
        check_cases(ruleset)
    assert raised.value.message == message
    assert raised.value.location == ruleset.cases[-1].location


def test_a_rule_set_with_a_wrong_case_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(
        "from assessor import Case, Outcome, RuleSet, Section, YesNo, otherwise\n"
        'stay, go = Outcome("stay", "Stay"), Outcome("go", "Go")\n'
        'case = Case("x", "X", "", {}, go)\n'
        'sections = [Section("all", "All", [YesNo("a", "A?")])]\n'
        'rules = [otherwise(stay, "x")]\n'
        'ruleset = RuleSet("r", title="R", sections=sections, outcomes=[stay, go], rules=rules, cases=[case])\n'
    )
    with pytest.raises(RuleSetError, match=r"rules\.py:3: case 'x' should get 'go', but the rules give 'stay'"):
        load_ruleset("rules.py", tmp_path)

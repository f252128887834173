"""Large rule sets: what is found is the same, and in time."""

import pytest

from assessor import Number, Rule, RuleSet, any_of, at_least, otherwise
from assessor.check import check_ruleset
from tests.support.assessor.samples import GO, STAY, ruleset_of, yes_no


def codes(ruleset: RuleSet, severity: str = "warning") -> list[str]:
    return [each.code for each in check_ruleset(ruleset) if each.severity == severity and each.code != "long-section"]


def test_each_of_two_hundred_parts_is_needed() -> None:
    things = [yes_no(f"thing-{n}") for n in range(200)]
    assert codes(ruleset_of(things, [Rule(at_least(100, *things), GO, "x"), otherwise(STAY, "y")])) == []


def test_a_part_that_is_not_needed_is_found_in_a_large_condition() -> None:
    things, more = [yes_no(f"thing-{n}") for n in range(60)], yes_no("more")
    condition = at_least(30, *things) & any_of(more, at_least(20, *things))
    found = check_ruleset(ruleset_of([*things, more], [Rule(condition, GO, "x"), otherwise(STAY, "y")]))
    assert [each.code for each in found if each.severity == "warning"].count("redundant-condition") == 1
    assert any("at least 20 of these" in each.message for each in found)


@pytest.mark.slow
def test_a_search_that_takes_too_long_is_named_and_the_others_are_complete() -> None:
    things = [yes_no(f"thing-{n}") for n in range(24)]
    # The thing whose number is how many of them there are: to leave out each part of this takes too long.
    counted = [at_least(n, *things) & ~at_least(n + 1, *things) & things[n] for n in range(1, 23)]
    rules = [Rule(any_of(*counted), GO, "x", id="counted"), Rule(counted[5], STAY, "y", id="covered")]
    found = check_ruleset(ruleset_of(things, rules))
    assert [each.message for each in found if each.code == "not-proven"] == [
        "The search for parts that rule 'counted' does not need stopped, because the rules are too entangled; more "
        "findings 'redundant-condition' or 'implied-by-order' may be missing."
    ]
    errors = {each.code for each in found if each.severity == "error"}
    assert errors == {"gap", "rule-never-fires", "unreachable-outcome"}


@pytest.mark.slow
def test_a_thousand_rules_about_one_number_are_checked() -> None:
    count = 1_000
    number = Number("number", "How many?", minimum=0, maximum=10 * count)
    outcomes = (GO, STAY)
    rules = [Rule((number >= 10 * n + 1) & (number < 10 * n + 11), outcomes[n % 2], "x") for n in range(count - 1)]
    found = codes(ruleset_of([number], [*rules, otherwise(STAY, "y")]))
    # Every second one gives what the last rule gives.
    assert set(found) == {"rule-changes-nothing"}
    assert len(found) == (count - 1) // 2

"""`assessor cases` and what it proposes; the worked cases among an author's own tests."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import random
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor import Case, Condition, Outcome, Rule, RuleSet, Section, YesNo, all_of, any_of, assess, otherwise
from assessor.__main__ import main
from assessor.assessment.results import each_decision
from assessor.loading.reference import BUNDLED
from assessor.logic.coverage import Goal, coverage_of
from assessor.model.conditions import ALWAYS, AnyOf, AtLeast, Not, walk
from assessor.model.points import PointsComparison
from tests.assessor.check.enumeration import Enumeration
from tests.support.oracle import holds, known
from tests.support.rulesets import random_answers, random_ruleset

COUNT = 120
MOST_WAYS = 300

RULES = """\
from assessor import *

dry = YesNo("dry", "Is it dry?")
wind = Number("wind", "How windy?", minimum=0, maximum=40)
fly, stay = Outcome("fly", "Fly"), Outcome("stay", "Stay")
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, wind])], outcomes=[fly, stay],
    rules=[Rule(dry & (wind >= 8), fly, "so", "fair"), otherwise(stay, "so")],
    cases=[
        Case("noon", "Noon", "Sun.", {"dry": True, "wind": 10}, fly),
        Case("rain", "Rain", "Wet.", {"dry": False, "wind": 10}, stay),
    ])
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cases(source: str, *arguments: str) -> Result:
    Path("rules.py").write_text(source, "utf-8")
    result = CliRunner().invoke(main, ["cases", "--rules", "rules.py", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_cases_that_hold() -> None:
    result = cases(RULES)
    assert (result.exit_code, result.stdout) == (0, "kite: all 2 cases pass.\n")


def test_a_case_that_does_not_hold_is_told_with_its_answers() -> None:
    result = cases(RULES.replace('"wind": 10}, fly)', '"wind": 7.5}, fly)'))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "rules.py:9: error: case 'noon' should get 'fly', but the rules give 'stay'",
        "  Its answers:",
        "    dry: true",
        "    wind: 7.5",
        "kite: 1 of 2 cases fails.",
    ]


def test_json_tells_the_same() -> None:
    result = cases(RULES.replace('"wind": 10}, fly)', '"wind": 7.5}, fly)'), "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "ruleset": "kite",
        "cases": [
            {"id": "noon", "problems": ["case 'noon' should get 'fly', but the rules give 'stay'"]},
            {"id": "rain", "problems": []},
        ],
    }


def test_what_cases_leave_untested_is_told_and_proposed() -> None:
    result = cases(RULES, "--cover", "--all")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "kite: all 2 cases pass.",
        "The cases reach 2 of the 2 rules that can decide.",
        "Each condition of a rule needs two cases: one that the rule decides because of it, and one that the rule",
        "would decide if not for it alone. 3 of these 4 are there.",
        "Cases that would show the rest:",
        "",
        "  # stay, by rule 'otherwise'",
        "  # rule 'fair' would decide if not “the answer to ‘How windy?’ is less than 8”",
        "  dry: true",
        "  wind: 0",
    ]


def test_what_is_missing_is_told_in_brief_with_the_case_to_add() -> None:
    assert cases(RULES, "--cover").stdout.splitlines() == [
        "kite: all 2 cases pass.",
        "The cases reach 2 of the 2 rules that can decide, and show 3 of the 4 effects of conditions.",
        "  Rule 'fair': 1 of the 4 effects of its conditions are not shown.",
        "A case that shows 1 of the 1 that are missing:",
        "  # stay, by rule 'otherwise'",
        "  dry: true",
        "  wind: 0",
        "--all says what it shows.",
    ]


def test_the_bundled_rule_set_takes_few_lines() -> None:
    """Its rules used to take hundreds."""
    for arguments, most in ((["cases", "--cover"], 20), (["check", "--notes"], 14)):
        ran = CliRunner().invoke(main, [*arguments, "--rules", BUNDLED])
        assert len(ran.stdout.splitlines()) <= most
        whole = CliRunner().invoke(main, [*arguments, "--rules", BUNDLED, "--all"])
        assert len(whole.stdout.splitlines()) > 100
    assert "26 more notes; --all adds the source line and the answers of each." in ran.stdout


def test_a_case_that_leaves_rules_open_is_named_as_such() -> None:
    source = RULES.replace('{"dry": True, "wind": 10}, fly', '{"dry": True}, fly, settled=False')
    lines = cases(source, "--cover").stdout.splitlines()
    assert "  Case 'noon' leaves open whether rule 'fair' decides: 2 rules still can." in lines
    assert not any("No case reaches" in line for line in lines)


def test_a_rule_that_no_case_reaches_fails() -> None:
    source = RULES[: RULES.index('        Case("noon"')] + RULES[RULES.index('        Case("rain"') :]
    result = cases(source, "--cover", "--all")
    assert result.exit_code == 1
    assert "The cases reach 1 of the 2 rules that can decide.\n  No case reaches rule 'fair'.\n" in result.stdout
    assert cases(source).exit_code == 0
    report = json.loads(cases(source, "--cover", "--format", "json").stdout)
    assert (report["unreached"], report["goals"], report["shown"]) == (["fair"], 6, 2)
    (fair,) = [each for each in report["proposed"] if each["rule"] == "fair"]
    assert (fair["answers"], fair["outcome"]) == ({"dry": True, "wind": 8.0}, "fly")
    assert {"rule": "fair", "condition": "the answer to “Is it dry?” is yes", "side": "with"} in fair["shows"]


def test_each_threshold_of_a_number_needs_its_cases() -> None:
    source = RULES.replace("dry & (wind >= 8)", "(wind >= 5) & (wind < 10)").replace('"wind": 10', '"wind": 7', 1)
    source = source.replace('"dry": False, "wind": 10', '"wind": 12')
    lines = cases(source, "--cover", "--all").stdout.splitlines()
    assert lines[3] == "would decide if not for it alone. 3 of these 4 are there."
    assert lines[-2:] == [
        "  # rule 'fair' would decide if not “the answer to ‘How windy?’ is less than 5”",
        "  wind: 0",
    ]


def test_what_only_questions_that_are_not_asked_would_show_is_not_wanted() -> None:
    source = RULES.replace("minimum=0", "asked_when=dry, minimum=0").replace(
        '{"dry": False, "wind": 10}', '{"dry": False}'
    )
    report = json.loads(cases(source, "--cover", "--format", "json").stdout)
    # That it is dry cannot alone keep the kite down: without that, nobody is asked for the wind.
    assert (report["goals"], report["shown"]) == (5, 4)
    assert [each["answers"] for each in report["proposed"]] == [{"dry": True, "wind": 0.0}]


def test_a_rule_set_without_cases() -> None:
    source = RULES[: RULES.index("    cases=[")] + ")"
    assert cases(source).stdout == "kite: there are no worked cases.\n"
    assert cases(source, "--cover").exit_code == 1


@pytest.mark.parametrize(
    "source", ["", "def :", "1 / 0", "YesNo('a')", RULES.replace('{"dry": False', '{"dri": False')]
)
def test_bad_input_is_told(source: str) -> None:
    result = cases(source)
    assert result.exit_code == 2
    assert re.match(r"rules\.py(:\d+)?: error: ", result.stderr)
    assert result.stdout == ""


Shows = dict[Goal, tuple[bool, ...]]
"""Each thing that a case can show, with whether each way of answering shows it."""


def goals_of(tried: Enumeration) -> Shows:
    """Return what cases can show, by trying every answer, and turning the truth of each condition round."""
    goals: Shows = {}
    for place, rule in enumerate(tried.ruleset.rules):
        of_decision = tried.fired[tried.decision_of(place)]
        if place not in of_decision:
            continue
        fires = tuple(each == place for each in of_decision)
        goals[Goal(rule.id)] = fires
        for atom, truth in atoms_of(tried, rule.when):
            same = same_or_opposite(tried, rule.when, truth)
            for side in ("with", "without"):
                for condition, such in ((atom, True), (~atom, False)):
                    shows = tuple(
                        truth[n] == such
                        and (fires[n] if side == "with" else fired is None or fired > place)
                        and holds_turned(rule.when, way, same) == (side == "without")
                        for n, (way, fired) in enumerate(zip(tried.ways, of_decision, strict=True))
                    )
                    if any(forces(tried, each, shows) for each in readers_answers(tried)):
                        goals[Goal(rule.id, condition, side)] = shows
    return goals


def atoms_of(tried: Enumeration, condition: Condition) -> Iterator[tuple[Condition, tuple[bool, ...]]]:
    """Yield the conditions that a condition is made of, one of those that are the same or the opposite."""
    seen: set[tuple[bool, ...]] = set()
    for part in walk(condition, is_whole=is_atom):
        truth = tried.truth(part)
        if is_atom(part) and len(set(truth)) == 2 and truth not in seen:
            seen |= {truth, tuple(not each for each in truth)}
            yield part, truth


def is_atom(condition: Condition) -> bool:
    """Say whether a condition is turned round as a whole: that of points is, whatever gives them."""
    return isinstance(condition, PointsComparison) or not condition.parts


def same_or_opposite(tried: Enumeration, condition: Condition, truth: tuple[bool, ...]) -> list[Condition]:
    """Return the conditions that are turned round together, since they are one."""
    either = (truth, tuple(not each for each in truth))
    return [part for part in walk(condition, is_whole=is_atom) if is_atom(part) and tried.truth(part) in either]


def holds_turned(condition: Condition, way: Mapping[str, object], turned: Collection[Condition]) -> bool:
    """Say whether a condition holds once some of those that it is made of are turned round."""
    if is_atom(condition) and condition != ALWAYS:
        return holds(condition, way) != (condition in turned)
    parts = [holds_turned(part, way, turned) for part in condition.parts]
    if isinstance(condition, AtLeast):
        return sum(parts) >= condition.count
    if isinstance(condition, Not):
        return not parts[0]
    return any(parts) if isinstance(condition, AnyOf) else all(parts)


@functools.cache
def readers_answers(tried: Enumeration) -> list[dict[str, object]]:
    """Return every set of answers, complete or not, to questions that those very answers have asked."""
    cells = {
        question.id: [None, *dict.fromkeys(way[question.id] for way in tried.ways)]
        for question in tried.ruleset.questions
    }
    found = []
    for values in itertools.product(*cells.values()):
        answers = {name: value for name, value in zip(cells, values, strict=True) if value is not None}
        if all(is_asked(tried, name, answers) for name in answers):
            found.append(answers)
    return found


def is_asked(tried: Enumeration, question: str, answers: Mapping[str, object]) -> bool:
    return question not in tried.asked or forces(tried, answers, tried.asked[question])


def forces(tried: Enumeration, answers: Mapping[str, object], column: Sequence[bool]) -> bool:
    """Say whether something is so however answers are completed."""
    return all(
        column[n] for n, way in enumerate(tried.ways) if all(way[name] == value for name, value in answers.items())
    )


def shown_by(tried: Enumeration, goals: Shows, answers: Mapping[str, object]) -> set[Goal]:
    """Return what answers show however they are completed."""
    return {goal for goal, shows in goals.items() if forces(tried, answers, shows)}


def small_rulesets() -> list[RuleSet]:
    found: list[RuleSet] = []
    rng = random.Random(7)
    while len(found) < COUNT:
        ruleset = random_ruleset(
            rng, most_questions=4, most_rules=4, most_estimates=0, most_decisions=1 + len(found) % 2
        )
        if len(Enumeration(ruleset).ways) <= MOST_WAYS:
            found.append(ruleset)
    return found


def chained_rulesets() -> Iterator[RuleSet]:
    """Yield rule sets in which whether a question is asked depends on one that need not be asked itself."""
    rng = random.Random(9)
    a = YesNo("a", "Is it a?")
    b = YesNo("b", "Is it b?", asked_when=a)
    c = YesNo("c", "Is it c?", asked_when=~b)
    d = YesNo("d", "Is it d?", asked_when=b | c)
    fly, stay = Outcome("fly", "Fly"), Outcome("stay", "Stay")
    atoms: list[Condition] = [a, b, c, d, ~a, ~b, ~c, ~d]
    for _ in range(COUNT // 2):
        when = [rng.choice((all_of, any_of))(*rng.sample(atoms, rng.randint(2, 3))) for _ in range(4)]
        rules = [Rule(when[0] & when[1], fly, "so"), Rule(when[2] | when[3], stay, "so"), otherwise(fly, "so")]
        sections = [Section("all", "All", [a, b, c, d])]
        yield RuleSet("chain", title="Chain", sections=sections, outcomes=[fly, stay], rules=rules)


def test_goals_and_proposals_are_what_trying_all_answers_finds() -> None:
    rng = random.Random(8)
    proposed = shown = asked = 0
    for ruleset in (*small_rulesets(), *chained_rulesets()):
        tried = Enumeration(ruleset)
        shows = goals_of(tried)
        goals = set(shows)
        # Answers as the enumeration has them, so that they can be looked up.
        given = [
            known(
                ruleset, {name: way[name] for name, value in random_answers(rng, ruleset).items() if value is not None}
            )
            for way in rng.sample(tried.ways, min(3, len(tried.ways)))
        ]
        outcome = ruleset.outcomes[0]
        told = [Case(f"case-{n}", "A case", "", answers, outcome) for n, answers in enumerate(given)]  # type: ignore[arg-type]
        coverage = coverage_of(dataclasses.replace(ruleset, cases=told))
        assert set(coverage.goals) == goals
        assert coverage.shown == set().union(*(shown_by(tried, shows, each) for each in given))
        for each in coverage.proposed:
            found = assess(ruleset, each.answers)
            ids = [rule.id for rule in ruleset.rules]
            number = tried.decision_of(ids.index(each.shows[0].rule))
            decided = each_decision(found)[number]
            assert each.decision == (ruleset.decisions[number].id if len(ruleset.decisions) > 1 else "")
            assert (decided["rule"] or "", decided["outcome"] or "") == (each.rule, each.outcome)
            assert set(each.shows) <= shown_by(tried, shows, each.answers)
            first = shows[each.shows[0]]
            by_rule = [
                tuple(a and fired == rule for a, fired in zip(first, tried.fired[number], strict=True))
                for rule in (*tried.decisions[number], None)
            ]
            if any(forces(tried, answers, such) for answers in readers_answers(tried) for such in by_rule):
                assert all(is_asked(tried, name, each.answers) for name in each.answers)
                asked += any(name in tried.asked for name in each.answers)
        more = [Case(f"more-{n}", "A case", "", each.answers, outcome) for n, each in enumerate(coverage.proposed)]
        covered = coverage_of(dataclasses.replace(ruleset, cases=[*told, *more]))
        assert covered.shown == goals
        assert covered.proposed == ()
        proposed += len(more)
        shown += len(coverage.shown)
    assert min(proposed, shown, asked) > 50


def test_an_authors_tests_run_each_case(folder: Path) -> None:
    (folder / "rules.py").write_text(RULES.replace('"wind": 10}, stay)', '"wind": 10}, fly)'), "utf-8")
    (folder / "test_cases.py").write_text(
        "from assessor.testing import case_test\n\ntest_case = case_test('rules.py')\n", "utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--tb=short", "test_cases.py"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 1
    assert "PASSED test_cases.py::test_case[noon]" in ran.stdout
    assert "FAILED test_cases.py::test_case[rain]" in ran.stdout
    assert "rules.py:10: error: case 'rain' should get 'fly', but the rules give 'stay'" in ran.stdout
    assert "1 failed, 1 passed" in ran.stdout


def test_an_authors_tests_find_the_rules_beside_them_and_fail_without_cases(folder: Path) -> None:
    below = folder / "below"
    below.mkdir()
    (below / "rules.py").write_text(RULES[: RULES.index("    cases=[")] + ")", "utf-8")
    (below / "test_cases.py").write_text(
        "from assessor.testing import case_test\n\ntest_case = case_test('rules.py')\n", "utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--tb=short", "below/test_cases.py"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 1
    assert "rule set 'kite' has no worked cases: add them as cases=[Case(…)]" in ran.stdout
    assert "1 failed" in ran.stdout

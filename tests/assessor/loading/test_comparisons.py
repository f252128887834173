"""Comparisons of parts as Python objects, which are the same for all answers."""

from pathlib import Path

import pytest

from assessor import AssessorError, LoadingError, load_ruleset

PARTS = """\
from assessor import *

cited = {"source": "https://kestrel.example/pricing", "checked": "2026-11-22"}
limit, most = Fact("limit", 5, title="Limit", **cited), 3
free = Fact("free", 5, title="Free", **cited)
law, team = YesNo("law", "Is there a law?"), YesNo("team", "Is there a team?")
bound = YesNo("bound", "Are you bound?")
able = YesNo("able", "Are you able?")
place = Choice("place", "Where?", {"eu": "In the EU", "any": "Anywhere"})
people = Number("people", "How many?", minimum=0, maximum=9)
fit = Score("fit", "Fit", {able: 8, bound: 1})
cloud = Outcome("cloud", "Cloud")
own = Outcome("own", "Own")
hosting = Decision("hosting", "Hosting", [otherwise(cloud, "x")])
"""
RULE_SET = """
rules = [Rule(able | bound, cloud, "x"), otherwise(own, "x")]
ruleset = RuleSet("small", title="Small", sections=[Section("all", "All", [able, bound])], rules=rules)
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x = (able == bound) or able", "`able == bound` compares Python objects, and not answers; for two conditions"),
        ("x = not able != bound", "`able != bound` compares Python objects, and not answers; for two conditions that"),
        ("x = not (fit == 8)", "`fit == 8` compares Python objects, and not answers; the points of a score are"),
        ("x = hosting == own or able", "and not answers; a decision is asked with decision.is_('outcome')"),
        ("x = hosting in [own, 'cloud'] or able", "`hosting in [own, 'cloud']` compares Python objects, and not"),
        ("x = place == cloud or able", "`place == cloud` compares Python objects, and not answers; a choice is"),
        ("x = able or (people >= 3) is True", "`(people >= 3) is True` compares Python objects, and not answers"),
        ("x = place.is_('eu') == able or bound", "`place.is_('eu') == able` compares Python objects, and not answers"),
        ("x = ~able == bound or bound", "`~able == bound` compares Python objects, and not answers"),
        ("x = free == 5 and able", "`free == 5` compares Python objects, and not answers; the value of a fact is"),
        ("def f():\n    return cloud == own or able", "`cloud == own` compares Python objects, and not answers"),
        ("x = people == 3 or able", "question 'people' == 3 compares Python objects, and not answers: a number is"),
    ],
)
def test_a_comparison_of_parts_is_an_error(line: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.py"
    file.write_text(f"{PARTS}{line}\n{RULE_SET}")
    with pytest.raises(AssessorError) as raised:
        load_ruleset(str(file))
    found = raised.value
    assert message in str(found)
    assert f"rules.py:{PARTS.count(chr(10)) + 1 + line.count(chr(10))}: " in str(found)


@pytest.mark.parametrize(
    "line",
    [
        "x = [each for each in (able, bound) if each != able]",
        "x = able is not None and most == 3",
        "x = free.value == 5 or place.hint == ''",
        "def f(able, bound):\n    return able == bound",
        "able_now = able\nx = able_now == able",
        "assert able != bound",
        "x = sorted([own, cloud], key=lambda own: own == 1)",
        "x = cloud.id in ['own', 'cloud'] or {cloud: 1}.get(own) is None",
    ],
)
def test_a_comparison_that_means_what_it_says_is_none(line: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.py"
    file.write_text(f"{PARTS}{line}\n{RULE_SET}")
    try:
        assert load_ruleset(str(file)).id == "small"
    except LoadingError as error:
        pytest.fail(str(error))

"""Each defect of the gallery is found on its line, and its example shows it; nothing is found in what is sound."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from assessor import assess, load_ruleset
from assessor.check import check_ruleset
from assessor.findings.codes import RULE_SET_CODES
from assessor.model.answers import answers_text
from tests.assessor.check.gallery import (  # noqa: F401 - they fill the gallery
    defects_constants,
    defects_dates,
    defects_decisions,
    defects_outcomes,
    defects_parts,
    defects_points,
    defects_questions,
    defects_redundancy,
    defects_rules,
    sound,
)
from tests.assessor.check.gallery.gallery import DEFECTS, SOUND, Defect, Maker
from tests.assessor.check.gallery.showing import assert_shown
from tests.support.assessor.mistakes import marked_line

LATER = datetime.date(2026, 6, 30)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.make.__name__)
def test_the_defect_is_found_on_its_line_with_an_example_that_shows_it(defect: Defect) -> None:
    ruleset, findings = defect.findings()
    marked = str(marked_line(defect.make))
    here = [each for each in findings if each.code == defect.code and str(each.place).startswith(f"{marked}:")]
    found = here[0]
    assert found.message == defect.says
    assert (None if found.witness is None else dict(found.witness)) == defect.witness
    others = [each.code for each in findings if each is not found and each.severity != "note"]
    assert sorted(others) == sorted(defect.also)
    for each in findings:
        assert_shown(ruleset, each)


@pytest.mark.parametrize("make", SOUND, ids=lambda each: each.__name__)
def test_nothing_is_found_in_what_is_sound(make: Maker) -> None:
    findings = check_ruleset(make(), today=LATER)
    assert [each for each in findings if each.severity != "note" or each.code == "fact-for-pages"] == []
    for each in findings:
        assert_shown(make(), each)


def test_the_gallery_is_as_large_as_it_says() -> None:
    elsewhere = {"invalid-rule-set", "not-proven", "unused-acceptance"}
    # These are about files beside the rule set: tests/plugin/site/test_translations.py shows each.
    elsewhere |= {code for code in RULE_SET_CODES if code.endswith("-translation")}
    assert len(DEFECTS) >= 80
    assert len(SOUND) >= 25
    assert {each.code for each in DEFECTS} == set(RULE_SET_CODES) - elsewhere


RULES = """
from assessor import *
dry = YesNo("dry", "Is it dry?")
place = Choice("place", "Where?", {"on": "On the field", "null": "Nowhere", "b-c": "Between"})
wind = Number("wind", "How windy?", minimum=-5, maximum=40)
fly, stay, ask = Outcome("fly", "Fly"), Outcome("stay", "Stay"), Outcome("ask", "Ask")
ruleset = RuleSet("odd", title="Odd", sections=[Section("all", "All", [dry, place, wind])],
    outcomes=[fly, stay, ask], rules=[
        Rule(place.is_("on", "b-c"), fly, "so", "place"),
        Rule(place.is_("on") & (wind < -2.5), stay, "so", "cold"),
        Rule(dry & (wind >= 17.25), ask, "so", "gale"),
        Rule(dry & (wind >= 8), stay, "so", "wind"),
    ])
"""


def test_examples_go_through_the_commands_and_show_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text(RULES, "utf-8")
    report = json.loads(assessor("check", "--rules", str(path), "--format", "json", returns=1))
    findings = {(each.code, each.message): each for each in check_ruleset(load_ruleset(str(path)))}
    seen = set()
    for entry in report["findings"]:
        if entry["witness"] is None:
            continue
        answers = tmp_path / "answers.yml"
        answers.write_text(answers_text(entry["witness"]), "utf-8")
        found = json.loads(assessor("assess", str(answers), "--rules", str(path), "--format", "json"))
        finding = findings[entry["code"], entry["message"]]
        assert finding.witness == entry["witness"]
        assert found == assess(load_ruleset(str(path)), entry["witness"])
        assert_shown(load_ruleset(str(path)), finding, found)
        seen.add(entry["code"])
    assert seen >= {"gap", "rule-never-fires", "alike-options", "overlap"}, seen


def assessor(*arguments: str, returns: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from assessor.__main__ import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == returns, done.stderr
    return done.stdout

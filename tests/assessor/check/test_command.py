"""`assessor check` as text, JSON, GitHub's annotations and SARIF; its options, its exit codes, and odd input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from assessor.__main__ import main
from assessor.findings.codes import CODES
from tests.assessor.check.sarif import SARIF

HEAD = """\
from assessor import *

dry = YesNo("dry", "Is it dry?", yes="it is dry", no="it rains")
light = YesNo("light", "Is it light, 100% light?", yes="it is light", no="it is dark")
fly, stay = Outcome("fly", "Fly"), Outcome("stay", "Stay")
"""
SOUND = """
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, light])], outcomes=[fly, stay],
    rules=[Rule(dry & light, fly, "so"), otherwise(stay, "so")])
"""
GAP = """
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry])], outcomes=[fly],
    rules=[
        Rule(dry, fly, "so"),
    ])
"""
WARNING = """
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, light])], outcomes=[fly, stay],
    rules=[Rule(dry, fly, "so"), otherwise(stay, "so")])
"""
NOTE = """
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, light])], outcomes=[fly, stay],
    rules=[Rule(dry, fly, "so", "dry"),
           Rule(light, stay, "so", "light"), otherwise(fly, "so")])
"""
FACT = """
speed = Fact("speed", 90, "km/h", source="https://example.org/", checked="2026-01-01", review_after="2026-06-30")
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry])], outcomes=[fly, stay], facts=[speed],
    rules=[Rule(dry, fly, "so"), otherwise(stay, "so")])
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(source: str, *arguments: str, name: str = "rules.py") -> Result:
    """Check a rule set; whatever it is, the command must not raise."""
    Path(name).write_text(HEAD + source, "utf-8")
    return run("--rules", name, *arguments)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


# Text


def test_nothing_is_found() -> None:
    result = check(SOUND)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No findings in kite.\n", "")


def test_an_error_with_its_line_its_example_and_what_to_do() -> None:
    result = check(GAP)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "rules.py:9:9: error: There is no otherwise, and no rule decides when it rains. [gap]",
        '  9 |         Rule(dry, fly, "so"),',
        "    |         ^~~~~~~~~~~~~~~~~~~~~",
        "  With these answers, no rule decides:",
        "    dry: false",
        "  To do: Add a rule for these answers, or end the rules with otherwise(…).",
        "",
        "1 error in kite.",
    ]


def test_a_warning_fails_only_when_strict() -> None:
    result = check(WARNING)
    assert result.exit_code == 0
    assert "rules.py:4:1: warning: Nothing depends on the question" in result.stdout
    assert "  Whatever the answers, 'light' cannot change the outcome.\n" in result.stdout
    assert result.stdout.endswith("\n1 warning in kite.\n")
    assert check(WARNING, "--strict").exit_code == 1


def test_notes_are_counted_and_shown_when_asked_for() -> None:
    result = check(NOTE)
    assert (result.exit_code, result.stdout) == (0, "No findings in kite. 1 note: see --notes.\n")
    result = check(NOTE, "--notes", "--strict")
    assert result.exit_code == 0
    assert "rules.py:9:12: note: When it is dry, and it is light, both rule 'dry' ('Fly')" in result.stdout
    assert result.stdout.endswith("\nNo findings in kite. 1 note.\n")


def test_the_same_rule_set_gives_the_same_bytes() -> None:
    for output in ("text", "json", "github", "sarif"):
        assert check(GAP + WARNING, "--format", output).stdout == check(GAP + WARNING, "--format", output).stdout


# Dates, and what needs pages


def test_a_fact_is_outdated_by_the_day() -> None:
    found = "was due for review after 2026-06-30; its source was last read on 2026-01-01. [outdated-fact]"
    assert found not in check(FACT, "--today", "2026-06-30").stdout
    assert found in check(FACT, "--today", "2026-07-01").stdout
    assert check(FACT, "--today", "2026-07-01", "--strict").exit_code == 1


def test_a_day_that_is_none_is_refused() -> None:
    result = check(FACT, "--today", "30 June")
    assert result.exit_code == 2
    assert "Invalid value for '--today'" in result.stderr


def test_pages_are_for_the_linter() -> None:
    assert "Run 'assessor lint' on the folder of the pages" in check(FACT, "--today", "2026-01-01", "--notes").stdout
    assert check(FACT, "--docs", ".").exit_code == 2


# JSON


def test_json_holds_everything() -> None:
    report = json.loads(check(NOTE, "--format", "json").stdout)
    assert report["ruleset"] == "kite"
    assert report["counts"] == {"error": 0, "warning": 0, "note": 1}
    (finding,) = report["findings"]
    assert finding["witness"] == {"dry": True, "light": True}
    assert {key: finding[key] for key in ("code", "severity", "path", "line", "shows")} == {
        "code": "overlap",
        "severity": "note",
        "path": "rules.py",
        "line": 9,
        "shows": "rule 'dry' decides",
    }
    assert finding["advice"].startswith("Nothing, if you mean that")
    assert finding["message"].startswith("When it is dry")
    assert json.loads(check(SOUND, "--format", "json").stdout)["findings"] == []


# GitHub


def test_github_gets_a_line_a_finding_with_its_place() -> None:
    lines = check(GAP, "--format", "github").stdout.splitlines()
    assert lines == [
        "::error file=rules.py,line=9,col=9,endColumn=30,title=gap::There is no otherwise, and no rule decides when it "
        "rains.%0AWith these answers, no rule decides:%0Adry: false%0A"
        "To do: Add a rule for these answers, or end the rules with otherwise(…)."
    ]


def test_what_github_would_read_as_its_own_is_escaped(folder: Path) -> None:
    (folder / "a,b:c%").mkdir()
    lines = check(WARNING, "--format", "github", name="a,b:c%/rules.py").stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::warning file=a%2Cb%3Ac%25/rules.py,line=4,col=1,endColumn=87,title=unused-question::")
    assert "100%25 light" in lines[0]


def test_github_gets_notes_when_asked_for() -> None:
    assert check(NOTE, "--format", "github").stdout == ""
    assert check(NOTE, "--format", "github", "--notes").stdout.startswith(
        "::notice file=rules.py,line=9,col=12,endColumn=68,title=overlap::"
    )


# SARIF


def test_sarif_is_as_its_specification_says() -> None:
    for source in (SOUND, GAP, WARNING, NOTE, "Fact('speed', 3)\n"):
        report = json.loads(check(source, "--format", "sarif", "--notes").stdout)
        jsonschema.validate(report, SARIF)
        (run_,) = report["runs"]
        rules = run_["tool"]["driver"]["rules"]
        assert [(each["id"], each["defaultConfiguration"]["level"]) for each in rules] == [
            (name, code.severity) for name, code in CODES.items()
        ]
        assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run_["results"])


def test_sarif_has_the_finding_with_its_line() -> None:
    (run_,) = json.loads(check(GAP, "--format", "sarif").stdout)["runs"]
    (result,) = run_["results"]
    assert (result["ruleId"], result["level"]) == ("gap", "error")
    assert "dry: false" in result["message"]["text"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "rules.py"},
        "region": {"startLine": 9, "startColumn": 9, "endColumn": 30},
    }


def test_sarif_names_a_file_by_a_uri(folder: Path) -> None:
    (folder / "my rules%").mkdir()
    (run_,) = json.loads(check(GAP, "--format", "sarif", name="my rules%/größe.py").stdout)["runs"]
    place = run_["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20rules%25/gr%C3%B6%C3%9Fe.py"


# Rule sets that cannot be constructed


@pytest.mark.parametrize("output", ["text", "json", "github", "sarif"])
def test_a_rule_set_that_cannot_be_constructed_is_a_finding(output: str) -> None:
    result = check('wind = Number("wind", "Wind?", minimum=0, maximum=9)\nfar = wind >= 12\n', "--format", output)
    assert result.exit_code == 1
    assert "invalid-rule-set" in result.stdout
    assert "`wind >= 12` is never true, because the maximum is 9" in result.stdout
    assert re.search(r"rules\.py:7:1: error: |\"line\": 7,|line=7|\"startLine\": 7", result.stdout)


def test_a_message_that_starts_with_a_name_in_code_keeps_it() -> None:
    assert "error: any_of needs a condition, not " in check("any_of(3)\n").stdout
    assert "error: outcomes=[…] of rule set " in check(SOUND.replace("[fly, stay]", "[dry]")).stdout
    assert "error: Question 'kite' asks nothing" in check("YesNo('kite', '')\n").stdout


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("def :", "not valid Python"),
        ("ruleset = 3", "there is no rule set here"),
        ("raise SystemExit(3)", "SystemExit"),
        ("a = RuleSet; b = c", "name 'c' is not defined"),
    ],
)
def test_a_file_that_is_no_rule_set_is_bad_input(source: str, told: str) -> None:
    result = check(source)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("output", ["json", "github", "sarif"])
@pytest.mark.parametrize(("source", "line"), [("1 / 0", 6), ("def :", 6), ("ruleset = 3", 0)])
def test_tools_get_a_document_for_a_file_that_is_no_rule_set(output: str, source: str, line: int) -> None:
    result = check(source, "--format", output)
    assert (result.exit_code, result.stderr.partition(" ")[0]) == (2, f"rules.py:{line}:" if line else "rules.py:")
    if output == "json":
        (finding,) = json.loads(result.stdout)["findings"]
        assert (finding["code"], finding["path"], finding["line"]) == ("invalid-rule-set", "rules.py", line)
    elif output == "github":
        columns = f"col=1,endColumn={1 + len(source)}"
        place = f"file=rules.py,line={line},{columns}," if line else "file=rules.py,"
        assert result.stdout.startswith(f"::error {place}title=invalid-rule-set::")
    else:
        report = json.loads(result.stdout)
        jsonschema.validate(report, SARIF)
        (found,) = report["runs"][0]["results"]
        assert (found["ruleId"], found["level"]) == ("invalid-rule-set", "error")


def test_tools_get_a_document_for_a_reference_to_nothing() -> None:
    for reference in ("nowhere.py", "nowhere", "rules.py:other", "", "\0"):
        for output in ("json", "sarif"):
            result = run("--rules", reference, "--format", output)
            assert (result.exit_code, bool(json.loads(result.stdout))) == (2, True)


def test_a_wording_of_several_lines_is_told_on_one() -> None:
    result = check(WARNING.replace("ruleset = ", "light = YesNo('light', 'Is it\\n  light?')\nruleset = "))
    assert "rules.py:7:1: warning: Nothing depends on the question “Is it light?”: no outcome" in result.stdout


def test_a_number_of_hundreds_of_digits_is_not_written_out() -> None:
    wind = 'wind = Number("wind", "How windy?", minimum=-1e300, maximum=9, unit="kn", name="the wind")\n'
    result = check(wind + GAP.replace("[dry]", "[wind]").replace("Rule(dry", "Rule(wind >= 3"))
    assert "no rule decides when the wind is -1e+300 kn. [gap]" in result.stdout


def test_a_reference_to_nothing_is_bad_input() -> None:
    for reference in ("nowhere.py", "nowhere", "rules.py:other", "", "\0"):
        assert run("--rules", reference).exit_code == 2, reference


@pytest.mark.parametrize("depth", [50, 200, 400, 900, 5000])
def test_conditions_that_are_nested_deeply_are_checked_or_refused(depth: int) -> None:
    source = f"""
condition = dry
for _ in range({depth}):
    condition = ~(condition & light)
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, light])], outcomes=[fly, stay],
    rules=[Rule(condition, fly, "so"), otherwise(stay, "so")])
"""
    result = check(source)
    assert result.exit_code in (0, 1)
    assert result.stdout


def test_a_condition_that_doubles_at_each_level_is_proven_as_a_whole() -> None:
    source = """
condition = dry
for _ in range(40):
    condition = (condition & light) | ~condition
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, light])], outcomes=[fly, stay],
    rules=[Rule(condition, fly, "so"), otherwise(stay, "so")])
"""
    result = check(source)
    assert "The condition of rule 'rule-1' has more than 5,000 parts" in result.stdout
    assert "[not-proven]" in result.stdout
    assert "1 warning in kite." in result.stdout
    assert result.exit_code == 0
    assert check(source, "--strict").exit_code == 1


def test_what_does_not_need_the_parts_is_found_in_a_condition_that_doubles() -> None:
    source = """
odd = dry
for thing in (things := [YesNo(f"thing-{n}", f"Thing {n}?") for n in range(40)]):
    odd = (odd & ~thing) | (~odd & thing)
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", [dry, *things])], outcomes=[fly, stay],
    rules=[Rule(odd & ~odd, fly, "so", id="never"), Rule(odd, fly, "so", id="odd"), Rule(odd, stay, "so", id="again")])
"""
    result = check(source, "--format", "json")
    found = json.loads(result.stdout)["findings"]
    said = {each["code"]: each["message"] for each in found if each["severity"] == "error"}
    assert said == {
        "gap": said["gap"],
        "never-true": "Rule 'never' holds for no answers.",
        "rule-never-fires": "Rule 'again' never decides: wherever it holds, rule 'odd' before it holds, too.",
        "unreachable-outcome": "No answers lead to the outcome 'Stay': rule 'again' never decides.",
    }
    unproven = [each["message"].partition(" has more")[0] for each in found if each["code"] == "not-proven"]
    assert unproven == [f"The condition of rule '{name}'" for name in ("never", "odd", "again")]
    assert result.exit_code == 1


@pytest.mark.slow
def test_a_rule_set_that_is_too_large_is_told_so() -> None:
    source = """
from assessor import at_least
things = [YesNo(f"t{n}", f"Thing {n}?") for n in range(32)]
# The thing whose number is how many of them there are: in no order is this small.
counted = [at_least(n, *things) & ~at_least(n + 1, *things) & things[n] for n in range(1, 31)]
ruleset = RuleSet("kite", title="Kite", sections=[Section("all", "All", things)], outcomes=[fly, stay],
    rules=[Rule(any_of(*counted), fly, "so"), otherwise(stay, "so")])
"""
    result = check(source)
    assert result.exit_code == 1
    assert "too entangled" in result.stdout


# Acceptance


def test_a_comment_accepts_a_finding_on_its_line_or_the_line_above() -> None:
    above = WARNING.replace("\nruleset", "\nlamp = YesNo('lamp', 'Lamp?')\nruleset").replace("light]", "light, lamp]")
    for source in (
        HEAD.replace('no="it is dark")', 'no="it is dark")  # accept: unused-question') + WARNING,
        HEAD.replace("light = ", "# accept: unused-question (readers expect it)\nlight = ") + WARNING,
        HEAD.replace("light = ", "#accept:overlap,unused-question\nlight = ") + WARNING,
    ):
        Path("rules.py").write_text(source, "utf-8")
        result = run("--rules", "rules.py", "--strict")
        assert ("unused-acceptance" in result.stdout) == ("overlap" in source)
        assert "[unused-question]" not in result.stdout
    assert check(above, "--strict").exit_code == 1


def test_a_comment_that_accepts_nothing_is_found() -> None:
    Path("rules.py").write_text(HEAD.replace("light = ", "# accept: gap, gapp\nlight = ") + SOUND, "utf-8")
    result = run("--rules", "rules.py")
    told = "warning: The comment accepts "
    assert f"rules.py:4:11: {told}'gap', which is not found here. [unused-acceptance]" in result.stdout
    assert (
        f"rules.py:4:16: {told}'gapp', which is not found here. There is no such code. Did you mean 'gap'?"
        in result.stdout
    )
    assert result.stdout.endswith("2 warnings in kite.\n")


def test_a_comment_in_the_wrong_place_is_found() -> None:
    Path("rules.py").write_text(HEAD + "# accept: unused-question\n\n\n" + WARNING, "utf-8")
    result = run("--rules", "rules.py")
    assert "[unused-question]" in result.stdout
    assert "[unused-acceptance]" in result.stdout


def test_a_comment_for_another_rule_set_of_the_file_is_not_told() -> None:
    two = WARNING.replace("\nruleset", "\none").replace("[dry, light]", "[dry, lamp]") + SOUND.replace("ruleset", "two")
    lamp = "lamp = YesNo('lamp', 'Is there a lamp?')  # accept: unused-question\n"
    for name in ("one", "two"):
        Path("rules.py").write_text(HEAD + lamp + two, "utf-8")
        assert run("--rules", f"rules.py:{name}", "--strict").stdout == "No findings in kite.\n"


def test_what_passes_with_the_day_may_rest() -> None:
    accepted = FACT.replace("\nspeed", "\n# accept: outdated-fact, fact-for-pages\nspeed")
    for day in ("2026-01-01", "2026-12-31"):
        assert check(accepted, "--today", day, "--notes", "--strict").stdout == "No findings in kite.\n"

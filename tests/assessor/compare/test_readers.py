"""Whatever readers read is compared: each part of a rule set is changed once, and `--fail-on-change` says which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.__main__ import main

RULES = """\
from assessor import *

price = Fact("price", 12, "USD/month", "Price", source="https://example.org/price", checked="2026-01-31", note="List.")
dry = YesNo("dry", "Is it dry?", hint="Look up.", why="Wet kites fall.", yes="it is dry", no="it rains")
wind = Number("wind", "How windy?", minimum=0, maximum=40, unit="kn", name="the wind")
late = YesNo("late", "Is it late?", asked_when=dry, about="index.md#late", asked_of="your pilot")
place = Choice("place", "Where?", [Option("field", "On a field", "you are on a field"), Option("hall", "In a hall")])
fly = Outcome("fly", "Fly", "Go and fly.", ["Take the kite.", "Run."])
stay = Outcome("stay", "Stay")
ready = Criterion("ready", "you are ready", dry & (wind >= 8), negation="you are not ready")
fee = Estimate("fee", "The fee", price * wind, note="Roughly.")
ruleset = RuleSet(
    "kite",
    title="Kite",
    summary="Whether to fly.",
    facts=[price],
    sections=[Section("one", "The weather", [dry, wind], intro="Look out."), Section("two", "The rest", [late, place])],
    outcomes=[fly, stay],
    criteria=[ready],
    rules=[
        Rule(ready & ~late & place.is_("field"), fly, "It rises.", "fair"),
        Rule(wind >= 30, stay, "It tears.", "storm"),
        otherwise(stay, "It falls."),
    ],
    actions=[Action("lash", "Lash it", [fly], wind >= 20, "It pulls."), Action("wait", "Wait", [stay])],
    estimates=[fee],
    charts=[Chart("fees", "Fees", [fee])],
    cases=[Case("noon", "Noon", "Sun.", {"dry": True, "wind": 10, "late": False, "place": "field"}, fly)],
)
"""

EDITS = {
    "rule set id": ('"kite"', '"kites"', "id: “kite”, now “kites”"),
    "title": ('title="Kite"', 'title="Dragon"', "title: “Kite”, now “Dragon”"),
    "summary": ('"Whether to fly."', '"When to fly."', "summary: “Whether to fly.”, now “When to fly.”"),
    "language": ('title="Kite"', 'title="Kite", language="en"', "language: none, now “en”"),
    "fact value": ('"price", 12', '"price", 13', "price, value: “12 USD per month”, now “13 USD per month”"),
    "fact range": ('"Price", source', '"Price", low=9, source', "price, value: “"),
    "fact title": ('"Price", source', '"Cost", source', "price, title: “Price”, now “Cost”"),
    "fact source": ("org/price", "org/list", "price, source: “https://example.org/price”, now"),
    "fact date": ("2026-01-31", "2026-02-28", "price, checked: “2026-01-31”, now “2026-02-28”"),
    "fact review": (
        'checked="2',
        'review_after="2026-12-31", checked="2',
        "price, review after: none, now “2026-12-31”",
    ),
    "fact note": ('note="List."', 'note="Net."', "price, note: “List.”, now “Net.”"),
    "question wording": ("Is it dry?", "Is it dry outside?", "dry, wording: “Is it dry?”, now “Is it dry outside?”"),
    "question hint": ('hint="Look up.", ', "", "dry, hint: “Look up.”, now none"),
    "question why": ("Wet kites fall.", "Wet kites drop.", "dry, why: “Wet kites fall.”, now “Wet kites drop.”"),
    "question yes": ('yes="it is dry"', 'yes="there is no rain"', "dry, yes: “"),
    "question no": ('no="it rains"', 'no="there is rain"', "dry, no: “"),
    "question about": ("#late", "#hour", "late, about: “index.md#late”, now “index.md#hour”"),
    "question asked of": ("your pilot", "your team", "late, asked of: “your pilot”, now “your team”"),
    "question asked when": ("asked_when=dry", "asked_when=~dry", "late, asked when: “it is dry”, now “it rains”"),
    "number minimum": ("minimum=0", "minimum=1", "wind, minimum: “0”, now “1”"),
    "number maximum": ("maximum=40", "maximum=50", "wind, maximum: “40”, now “50”"),
    "number step": ("maximum=40", "maximum=40, step=0.5", "wind, step: none, now “0.5”"),
    "number name": ('"the wind"', '"its speed"', "wind, name: “the wind”, now “its speed”"),
    "number unit": ('unit="kn"', 'unit="km/h"', "wind, unit: “kn”, now “km/h”"),
    "option label": ("In a hall", "Indoors", "place.hall, label: “In a hall”, now “Indoors”"),
    "option statement": ("you are on a field", "a field is there", "place.field, statement: “"),
    "option added": ('"In a hall")', '"In a hall"), Option("city", "In a city")', "place: city is new"),
    "option order": (
        '[Option("field", "On a field", "you are on a field"), Option("hall", "In a hall")]',
        '[Option("hall", "In a hall"), Option("field", "On a field", "you are on a field")]',
        "place, order of options: “field, hall”, now “hall, field”",
    ),
    "section title": ("The weather", "Weather", "one, title: “The weather”, now “Weather”"),
    "section intro": ("Look out.", "Go out.", "one, intro: “Look out.”, now “Go out.”"),
    "section of a question": (
        '[dry, wind], intro="Look out."), Section("two", "The rest", [late',
        '[dry], intro="Look out."), Section("two", "The rest", [wind, late',
        "wind, section: “one”, now “two”",
    ),
    "question order": ("[late, place]", "[place, late]", "order of questions: “dry, wind, late, place”, now"),
    "outcome title": ('"Fly", "Go', '"Do fly", "Go', "fly, title: “Fly”, now “Do fly”"),
    "outcome summary": ("Go and fly.", "Go, and fly.", "fly, summary: “Go and fly.”, now “Go, and fly.”"),
    "outcome next steps": (', "Run."', "", "fly, next steps: “Take the kite.; Run.”, now “Take the kite.”"),
    "outcome order": ("[fly, stay]", "[stay, fly]", "order of outcomes: “fly, stay”, now “stay, fly”"),
    "outcome added": ("outcomes=[", 'outcomes=[Outcome("ask", "Ask"), ', "ask is new"),
    "criterion title": ("you are ready", "all is set", "ready, title: “you are ready”, now “all is set”"),
    "criterion negation": ("you are not ready", "not all is set", "ready, negation: “"),
    "criterion condition": ("(wind >= 8)", "(wind >= 9)", "ready, condition: “"),
    "rule because": ("It rises.", "It will rise.", "fair, because: “It rises.”, now “It will rise.”"),
    "rule when": (
        "Rule(wind >= 30, stay",
        "Rule((wind >= 30) | (wind < 8), stay",
        "storm, when: “the wind is at least 30 kn”, now “either the wind is at least 30 kn or the",
    ),
    "rule gone": ('Rule(wind >= 30, stay, "It tears.", "storm"),', "", "storm is gone"),
    "rule id": ('"storm"', '"gale"', "storm has a new id, gale"),
    "action title": ("Lash it", "Lash it down", "lash, title: “Lash it”, now “Lash it down”"),
    "action because": ("It pulls.", "It pulls!", "lash, because: “It pulls.”, now “It pulls!”"),
    "action when": ("wind >= 20", "wind >= 10", "Action 'lash' applies to 1 combination"),
    "action under": ('"Lash it", [fly]', '"Lash it", [fly, stay]', "lash, under: “fly”, now “fly; stay”"),
    "action gap": ('"It pulls."', '"It pulls.", gap=True', "lash, gap: “no”, now “yes”"),
    "action gone": (', Action("wait", "Wait", [stay])', "", "wait is gone"),
    "estimate title": ("The fee", "What it costs", "fee, title: “The fee”, now “What it costs”"),
    "estimate formula": (
        "price * wind,",
        "price * wind * 2,",
        "fee, formula: “price * wind”, now “(price * wind) * 2”",
    ),
    "estimate note": ("Roughly.", "About.", "fee, note: “Roughly.”, now “About.”"),
    "estimate gone": ('    estimates=[fee],\n    charts=[Chart("fees", "Fees", [fee])],\n', "", "fee is gone"),
    "chart title": ('"Fees", [', '"All fees", [', "fees, title: “Fees”, now “All fees”"),
    "case title": ('"Noon", ', '"At noon", ', "noon, title: “Noon”, now “At noon”"),
    "case story": ('"Sun."', '"Sun, and wind."', "noon, story: “Sun.”, now “Sun, and wind.”"),
    "case answers": (
        '"wind": 10',
        '"wind": 11',
        "noon, answers: “dry: true; wind: 10; late: false; place: field”, now",
    ),
    "case gone": ('    cases=[Case("noon"', '    cases=[] and [Case("noon"', "noon is gone"),
}


def compare(folder: Path, old: str, new: str, *options: str) -> tuple[int, str]:
    for name, source in (("old.py", old), ("new.py", new)):
        (folder / name).write_text(source, "utf-8")
    ran = CliRunner().invoke(main, ["compare", str(folder / "old.py"), str(folder / "new.py"), *options])
    assert ran.exit_code in (0, 1), ran.output
    return ran.exit_code, ran.output


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_of_one_thing_is_told_and_fails(edit: str, tmp_path: Path) -> None:
    before, after, line = EDITS[edit]
    assert RULES.count(before) == 1 or edit == "question yes", RULES.count(before)
    code, report = compare(tmp_path, RULES, RULES.replace(before, after, 1), "--fail-on-change")
    assert code == 1
    assert line in " ".join(report.split()), report
    code, markdown = compare(tmp_path, RULES, RULES.replace(before, after, 1), "--fail-on-change", "--format=markdown")
    assert code == 1
    assert line in markdown.replace("\\", "")
    code, report = compare(tmp_path, RULES, RULES.replace(before, after, 1), "--fail-on-change", "--format", "json")
    assert (code, json.loads(report)["same"]) == (1, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from assessor import *", "# The same, with a comment.\nfrom assessor import *"),
        ("ready & ~late & place", "ready & (~late & place"),
        ('{"dry": True, "wind": 10', '{"wind": 10.0, "dry": True'),
        ("minimum=0", "minimum=0.0"),
    ],
)
def test_a_mere_tidying_up_passes(before: str, after: str, tmp_path: Path) -> None:
    edited = RULES.replace(before, after, 1)
    if "(~late" in after:
        edited = edited.replace('is_("field"), fly', 'is_("field")), fly')
    code, report = compare(tmp_path, RULES, edited, "--fail-on-change")
    assert code == 0, report
    assert report.endswith("combinations of answers get the same outcome.\n")


def test_json_has_every_change_by_its_field(tmp_path: Path) -> None:
    edited = (
        RULES.replace("Go and fly.", "Fly.").replace('"In a hall"', '"Indoors"').replace("wind >= 20", "wind >= 10")
    )
    _, report = compare(tmp_path, RULES, edited, "--format", "json")
    found = json.loads(report)
    assert {(each["kind"], each["id"], each["field"], each["old"], each["new"]) for each in found["fields"]} == {
        ("outcome", "fly", "summary", "Go and fly.", "Fly."),
        ("option", "place.hall", "label", "In a hall", "Indoors"),
        ("action", "lash", "when", "the wind is at least 20 kn", "the wind is at least 10 kn"),
    }
    (change,) = found["condition_changes"]
    assert (change["kind"], change["id"], change["holds"], change["count"]) == ("action", "lash", True, "1")
    assert change["example"] == {"dry": True, "wind": 10.0, "late": False, "place": "field"}


def test_a_long_text_is_shown_where_it_differs(tmp_path: Path) -> None:
    long = "Before you do anything else, think about what it would mean for everybody who stands in the field. "
    old, new = (RULES.replace("Go and fly.", f"{long}Then {word} it. {long}") for word in ("fly", "leave"))
    _, report = compare(tmp_path, old, new)
    assert "fly, summary: “… stands in the field. Then fly it. Before you do anything …”, now" in " ".join(
        report.split()
    )


def test_a_quotation_is_shown_from_its_first_word_to_its_last(tmp_path: Path) -> None:
    said = "If the answer to “Which of these many places is it that you mean for today?” is yes, then {word} it."
    old, new = (RULES.replace("Go and fly.", f"{said} {said}".format(word=word)) for word in ("fly", "leave"))
    _, report = compare(tmp_path, old, new)
    shown = " ".join(report.split())
    assert "summary: “… “Which of these many places" in shown
    assert shown.count("“") == shown.count("”")

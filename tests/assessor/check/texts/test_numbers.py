"""Numbers that a text of a rule set has as they stand, and that are a fact's or a threshold's."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessor import load_ruleset
from assessor.check import check_ruleset
from assessor.findings.finding import Finding

ENGLISH = """\
from assessor import *

at = {"source": "https://web.example/prices", "checked": "2026-11-22"}
free_hits = Fact("free-hits", 100_000, "hits/day", <title>, **at)
price = Fact("price", 1_250, "USD/month", "Price of the paid plan", note=<note>, **at)
restore = Fact("restore", 4, "h", "Time to restore a backup", low=2, high=8, **at)
people = Fact("people", 0.5, "FTE", "People needed", **at)
<before>
most = {"minimum": 0, "maximum": 10**7}
hits = Number("hits", "How many hits?", hint=<hint>, why=<why>, unit="hits/day", name="the hits", **most)
team = Number("team", "How many engineers?", hint=<team>, unit="engineer|engineers", name="the team", **most)
free, paid = Outcome("free", "Free", "Pay nothing.", [<step>]), Outcome("paid", "Paid", "Pay each month.")
ruleset = RuleSet(
    "web",
    title="Free or paid",
    summary=<summary>,
    facts=[free_hits, price, restore, people, *<facts>],
    sections=[Section("all", "Your site", [hits, team, *<questions>])],
    outcomes=[free, paid],
    rules=[
        *<rules>,
        Rule(team >= <threshold>, then=paid, because=<grown>),
        Rule(
            hits < free_hits,
            then=free,
            because=<because>,
        ),
        otherwise(then=paid, because="There is no other way."),
    ],
    actions=[Action("pay", <action>, [paid])],
    cases=[Case("shop", "A shop", <case>, {"hits": 10, "team": 1}, free)],
)
"""
GERMAN = """\
from assessor import *

at = {"source": "https://web.example/preise", "checked": "2026-11-22"}
aufrufe = Fact("aufrufe", 100_000, "Aufrufe/Tag", "Aufrufe, die nichts kosten", **at)
zahl = Number("zahl", "Wie oft wird sie aufgerufen?", unit="Aufrufe/Tag", minimum=0, maximum=10**7, name="die Zahl")
platz = Number("platz", "Wie viel Platz ist da?", hint=<hint>, unit="GB", minimum=0, maximum=9, step=0.5, name="Platz")
frei, voll = Outcome("frei", "Ohne Kosten"), Outcome("voll", "Mit Kosten")
ruleset = RuleSet(
    "seite",
    title="Was es kostet",
    summary="Eine Seite für alle, die nicht wissen, ob sie zahlen werden.",
    facts=[aufrufe],
    sections=[Section("alles", "Die Seite", [zahl, platz])],
    outcomes=[frei, voll],
    rules=[
        Rule(platz < 2.5, then=voll, because="Das ist zu wenig für die Seite."),
        Rule(zahl < aufrufe, then=frei, because=<because>),
        otherwise(then=voll, because="Es gibt keine andere Möglichkeit."),
    ],
)
"""
USUAL = {
    "title": '"Hits a day in the free plan"',
    "threshold": "3",
    "facts": "[]",
    "questions": "[]",
    "rules": "[]",
    "before": "",
}
ENTRIES = yaml.safe_load((Path(__file__).parent / "numbers.yml").read_text("utf-8"))
CODES = ("unquoted-number", "doubtful-number-in-rules")

by_name = functools.partial(pytest.mark.parametrize, "entry", ids=lambda each: each["name"])


def written(entry: dict[str, Any], folder: Path) -> Path:
    source = GERMAN if entry.get("language") == "de" else ENGLISH
    text = re.sub(r"<(\w+)>", lambda name: entry.get(name[1], USUAL.get(name[1], '"So it is."')), source)
    path = folder / "web.py"
    path.write_text(text, "utf-8")
    return path


def found(path: Path) -> list[Finding]:
    findings = check_ruleset(load_ruleset(str(path), check_cases=False))
    return [each for each in findings if each.code in CODES or each.code == "unused-acceptance"]


@by_name(argvalues=ENTRIES["slips"])
def test_a_slip_is_found_where_it_stands_with_what_to_write(entry: dict[str, Any], tmp_path: Path) -> None:
    path = written(entry, tmp_path)
    (finding,) = found(path)
    line = path.read_text("utf-8").splitlines()[finding.place.line - 1]
    start = finding.place.column - 1
    assert line[start : start + finding.place.width] == entry["found"]
    assert finding.code == entry.get("code", "unquoted-number")
    assert f"'{entry['found']}'" in finding.message
    assert entry.get("of", "fact '") in finding.message
    assert entry["write"] in finding.advice


def test_a_fact_of_another_file_is_called_as_this_one_calls_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head, tail = written(ENTRIES["slips"][0], tmp_path).read_text("utf-8").split("\n\nmost = ")
    (tmp_path / "webfacts.py").write_text(head, "utf-8")
    path = tmp_path / "webrules.py"
    used = re.sub(r"\b(free_hits|price|restore|people)\b", r"webfacts.\1", tail)
    path.write_text(f"from assessor import *\n\nimport webfacts\n\nmost = {used}", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    (finding,) = found(path)
    assert 'f"… {webfacts.free_hits} …"' in finding.advice


def test_a_comment_beside_a_text_that_accepts_nothing_is_told(tmp_path: Path) -> None:
    entry = {"because": 'f"Below {free_hits} it holds."  # accept: unquoted-number\n'}
    (finding,) = found(written(entry, tmp_path))
    assert finding.code == "unused-acceptance"


@by_name(argvalues=ENTRIES["right"])
def test_nothing_is_said_of_what_is_right(entry: dict[str, Any], tmp_path: Path) -> None:
    assert found(written(entry, tmp_path)) == []

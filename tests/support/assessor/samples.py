"""Small rule sets, in which only what a test is about has to be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessor import (
    Action,
    Choice,
    Criterion,
    Estimate,
    Fact,
    Number,
    Option,
    Outcome,
    Question,
    Rule,
    RuleSet,
    Section,
    YesNo,
    otherwise,
)

URL = "https://example.org/staffing"
DAY = "2026-01-31"

STAY = Outcome("stay", "Stay", "Stay where you are.")
GO = Outcome("go", "Go", "Go elsewhere.", ["Pack."])


def fact(id: str, value: float, unit: str = "", *, low: float | None = None, high: float | None = None) -> Fact:
    """Return a fact with a source and a date."""
    return Fact(id, value, unit, source=URL, checked=DAY, low=low, high=high)


def yes_no(id: str, **more: Any) -> YesNo:
    """Return a yes/no question."""
    return YesNo(id, f"Is it {id}?", **more)


def ruleset_of(
    questions: Sequence[Question] = (), rules: Sequence[Rule] = (), *, id: str = "sample", **more: Any
) -> RuleSet:
    """Return a rule set with outcomes `stay` and `go`; without rules, it is always `stay`."""
    parts: dict[str, Any] = {
        "title": "A sample",
        "sections": [Section("all", "All questions", list(questions) or [yes_no("unused")])],
        "outcomes": [STAY, GO],
        "rules": list(rules) or [otherwise(STAY, "there is nothing else")],
    }
    return RuleSet(id, **{**parts, **more})


def rules_of(*rules: Rule, questions: Sequence[Question], **more: Any) -> RuleSet:
    """Return a rule set whose last rule is `otherwise(STAY)`."""
    return ruleset_of(questions, [*rules, otherwise(STAY, "nothing else")], **more)


def everything(w: str = "") -> RuleSet:
    """Return a rule set with one of each part, in which `w` stands in every text."""
    usual = Fact("usual", 3, "FTE", f"Übliche{w}", source=URL + w, checked=DAY, low=1, high=5, note=f"Notiz{w}")
    a = YesNo(
        "a",
        f"Zuerst{w}",
        hint=f"Hinweis{w}",
        why=f"Warum{w}",
        about=f"index.md#{w}",
        asked_of=f"Fachleute{w}",
        yes=f"bejaht{w}",
        no=f"verneint{w}",
    )
    options = [Option("small", f"Klein{w}", f"winzig{w}"), Option("large", f"Gross{w}")]
    size = Choice("size", f"Welche{w}", options)
    people = Number(
        "people",
        f"Wieviele{w}",
        minimum=0,
        maximum=9,
        unit="FTE",
        name=f"Anzahl{w}",
        default=usual,
        step=1 if w else 0.5,
    )
    late = YesNo("late", f"Danach{w}", asked_when=a & size.is_("large"))
    ready = Criterion("ready", f"bereit{w}", a | (people >= usual), negation=f"unbereit{w}")
    stay = Outcome("stay", f"Bleiben{w}", f"Hierbleiben{w}", [f"Warten{w}"])
    go = Outcome("go", f"Gehen{w}", f"Fortgehen{w}")
    return RuleSet(
        "everything",
        title=f"Entscheidung{w}",
        summary=f"Kurzfassung{w}",
        facts=[usual],
        sections=[
            Section("one", f"Abschnitt{w}", [a, size], intro=f"Einleitung{w}"),
            Section("two", f"Teil{w}", [people, late]),
        ],
        outcomes=[stay, go],
        criteria=[ready],
        rules=[Rule(ready & ~late, go, f"Begründung{w}"), otherwise(stay, f"Sonst{w}")],
        actions=[Action("pack", f"Packen{w}", [go], people < 7, f"Deshalb{w}", gap=bool(w))],
        estimates=[Estimate("cost", f"Kosten{w}", people * 2, note=f"Anmerkung{w}")],
    )

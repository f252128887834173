"""A rule set whose every text has code and emphasis, with HTML in the code."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from assessor import (
    Action,
    Case,
    Chart,
    Choice,
    Criterion,
    Date,
    Estimate,
    Fact,
    Number,
    Option,
    Outcome,
    Rule,
    RuleSet,
    Score,
    Section,
    YesNo,
    otherwise,
)

MARKED = "`<b>` and *well*"
"""What each text has: code that would be HTML, and emphasis."""


def _texts() -> Iterator[str]:
    for count in itertools.count():
        yield f"Text {count} has {MARKED}"


def marked_ruleset() -> RuleSet:
    """Return the rule set."""
    text = _texts()
    locked = YesNo(
        "locked", next(text), name=next(text), hint=next(text), why=next(text), asked_of=next(text), about="index.md"
    )
    ticked = YesNo("ticked", next(text))
    tool = Choice(
        "tool", next(text), [Option("pip", next(text)), Option("uv", next(text), next(text))], name=next(text)
    )
    cost = Fact(
        "cost", 5, unit="USD/FTE", title=next(text), note=next(text), source="https://example.org", checked="2026-01-01"
    )
    wanted = Fact(
        "wanted", 2, low=1, high=3, unit="FTE", title=next(text), source="https://example.org", checked="2026-01-01"
    )
    people = Number("people", next(text), name=next(text), unit="FTE", minimum=0, maximum=9, default=wanted)
    both = Criterion("both", next(text), locked & tool.is_("uv"))
    started = Date("started", next(text), name=next(text), statement=f"{next(text)} {{when}}", asked_when=locked)
    score = Score("score", next(text), {ticked: 2, tool: {"uv": 1}, locked & (started >= "2027-01-01"): 1})
    first, second = (Outcome(id, next(text), next(text), [next(text)]) for id in ("first", "second"))
    estimates = [
        Estimate(id, next(text), cost * people * factor, unit="USD", note=next(text))
        for id, factor in (("one", 1), ("two", 2))
    ]
    return RuleSet(
        "marked",
        title=next(text),
        summary=next(text),
        facts=[cost, wanted],
        criteria=[both],
        sections=[
            Section("main", next(text), [locked, tool, people, started], intro=next(text)),
            Section("ticks", next(text), [ticked], intro=next(text), ticks=True, asked_when=people >= 1),
        ],
        outcomes=[first, second],
        rules=[
            Rule(both, first, next(text), "when-both"),
            Rule(ticked & (people >= 3), first, next(text), "when-ticked"),
            Rule(score >= 3, first, next(text), "when-points"),
            otherwise(second, next(text)),
        ],
        actions=[
            Action("gap", next(text), [first], because=next(text), when=~ticked, gap=True, who=next(text)),
            Action("do", next(text), [first, second], because=next(text)),
        ],
        estimates=estimates,
        charts=[Chart("costs", next(text), estimates, compare=estimates)],
        cases=[
            Case("story", next(text), next(text), {"locked": True, "tool": "uv"}, first),
        ],
    )

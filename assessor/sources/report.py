"""Write the report of `assessor facts`, as text and as JSON."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence

from assessor.errors import Location
from assessor.model.facts import Fact
from assessor.model.ruleset import RuleSet
from assessor.sources.watch import Status, Watched, age_of, is_due

_HEADINGS: Mapping[Status, str] = {
    "gone": "Gone",
    "changed": "Changed: the page does not support the fact any more",
    "failed": "Not read: try again later",
    "unclear": "To review: this command cannot tell",
    "refused": "To review: the site refuses programs",
    "unreadable": "To review: no readable text",
    "local": "Not on the web",
    "holds": "Still supported",
}


def ages_text(facts: Sequence[Fact], today: datetime.date) -> Iterator[str]:
    """Yield a line for each fact, with the days since somebody read its source."""
    days = [f"{age_of(fact, today)} d" for fact in facts]
    width = max(map(len, days), default=0)
    names = max((len(fact.id) for fact in facts), default=0)
    for fact, age in zip(facts, days, strict=True):
        due = f"  review was due on {fact.review_after}" if is_due(fact, today) else ""
        yield f"{age:>{width}}  {fact.checked}  {fact.id:<{names}}  {fact.value_text()}  {fact.source}{due}"


def watched_text(watched: Sequence[Watched], today: datetime.date) -> Iterator[str]:
    """Yield what became of the sources: first what somebody has to look at."""
    for status, heading in _HEADINGS.items():
        found = [each for each in watched if each.status == status]
        if not found:
            continue
        yield f"{heading} ({len(found)})"
        for each in found:
            yield from _lines(each, today)
        yield ""
    findings = sum(each.is_finding for each in watched)
    due = sum(is_due(each.fact, today) for each in watched)
    holds = sum(each.status == "holds" for each in watched)
    said = f"{holds} of {len(watched)} facts still have their source; {findings} to correct"
    yield f"{said}; {due} past their review date." if due else f"{said}."


def _lines(each: Watched, today: datetime.date) -> Iterator[str]:
    fact = each.fact
    due = f", review was due on {fact.review_after}" if is_due(fact, today) else ""
    yield f"  {Location(fact.location.path, fact.location.line)}: fact {fact.id!r}, {fact.value_text()}{due}"
    yield f"    {fact.source} {each.message}"
    if each.moved_to:
        yield f"    has moved to {each.moved_to}"


def facts_json(ruleset: RuleSet, facts: Sequence[Fact], watched: Sequence[Watched] | None, today: datetime.date) -> str:
    """Return the facts as JSON, with the state of their sources after a check."""
    checks = {each.fact.id: each for each in watched or ()}
    report = {
        "ruleset": ruleset.id,
        "today": today.isoformat(),
        "facts": [
            {
                "id": fact.id,
                "value": str(fact.value) if fact.is_date else fact.value,
                "unit": fact.unit,
                "text": fact.value_text(),
                "quote": fact.quote or None,
                "source": fact.source,
                "path": str(Location(fact.location.path)),
                "line": fact.location.line,
                "checked": fact.checked,
                "age": age_of(fact, today),
                "review_after": fact.review_after or None,
                "is_due": is_due(fact, today),
                **({} if watched is None else {"check": _check(checks[fact.id])}),
            }
            for fact in facts
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _check(each: Watched) -> dict[str, object]:
    return {
        "status": each.status,
        "message": each.message,
        "moved_to": each.moved_to or None,
        "read": each.read or None,
        "is_finding": each.is_finding,
    }

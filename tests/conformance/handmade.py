"""Rule sets made by hand, for what random ones do not come to: limits, large counts, many questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessor import (
    Choice,
    Condition,
    Date,
    Number,
    Outcome,
    Question,
    Rule,
    RuleSet,
    Section,
    YesNo,
    all_of,
    any_of,
    otherwise,
)

_LETTERS = "abcde"


def rulesets() -> Iterator[tuple[RuleSet, list[dict[str, object]]]]:
    """Yield each of them, with answers that show what it is for."""
    sets, combinations, counts, stretches = _many_sets(), _many_combinations(), _large_counts(), _two_stretches()
    yield sets, [dict.fromkeys(sets.questions_by_id, True), dict.fromkeys(list(sets.questions_by_id)[1:], True)]
    yield combinations, [dict.fromkeys(combinations.questions_by_id, "a")]
    yield counts, [{}, {"choice-3": "b"}, dict.fromkeys(list(counts.questions_by_id)[:20], "a")]
    yield stretches, [{"load": 3, "ready": True}, {"load": 3}]
    days = ("0001-01-01", "1900-02-28", "1900-03-01", "2000-02-29", "2000-03-01", "9999-12-31")
    yield _leap_days(), [{"day": day} for day in days]


def _many_sets() -> RuleSet:
    """Eight questions of which each alone changes the outcome, where five sets of changes are listed."""
    ticks = [YesNo(f"tick-{number}", f"Tick {number}?") for number in range(8)]
    return _ruleset("many-sets", ticks, [all_of(*ticks)])


def _many_combinations() -> RuleSet:
    """Four choices that all have to change, to more combinations than the 64 that are looked into."""
    sizes = (5, 4, 5, 4)
    choices = [_choice(f"choice-{number}", size) for number, size in enumerate(sizes)]
    return _ruleset("many-combinations", choices, [all_of(*(each.is_(*each.option_ids[1:]) for each in choices))])


def _large_counts() -> RuleSet:
    """More questions than a word has bits, and more combinations than a double can tell apart."""
    choices = [_choice(f"choice-{number}", 3) for number in range(40)]
    return _ruleset(
        "large-counts",
        choices,
        [all_of(*(each.is_("a") for each in choices[:20])), any_of(*(each.is_("b") for each in choices[20:]))],
    )


def _two_stretches() -> RuleSet:
    """A number of which two stretches, apart from each other, lead to the same outcome."""
    load = Number("load", "How much?", minimum=0, maximum=10)
    ready = YesNo("ready", "Ready?")
    return _ruleset("two-stretches", [load, ready], [any_of(load < 2, load >= 6) & ready, load >= 4])


def _leap_days() -> RuleSet:
    """Dates around the leap days of centuries, between the ends of the calendar, with each kind of comparison."""
    day = Date("day", "Which day?", earliest="0001-01-01", latest="9999-12-31")
    ready = YesNo("ready", "Ready?")
    conditions = [day <= "0001-01-01", day > "9999-12-30", (day > "2000-02-29") & ready, day < "1900-03-01"]
    return _ruleset("leap-days", [day, ready], [*conditions, day >= "2000-02-29"])


def _choice(id: str, size: int) -> Choice:
    return Choice(id, f"Which {id}?", {letter: letter.upper() for letter in _LETTERS[:size]})


def _ruleset(id: str, questions: Sequence[Question], conditions: Sequence[Condition]) -> RuleSet:
    """Return a rule set with an outcome for each condition, and one for all else."""
    outcomes = [Outcome(f"outcome-{number}", f"Outcome {number}") for number in range(len(conditions) + 1)]
    rules = [Rule(condition, outcome, "so it is") for condition, outcome in zip(conditions, outcomes, strict=False)]
    return RuleSet(
        id,
        title=id,
        sections=[Section("all", "All", questions)],
        outcomes=outcomes,
        rules=[*rules, otherwise(outcomes[-1], "nothing else fits")],
    )

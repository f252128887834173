"""A comparison as text, as JSON and as Markdown for a pull request."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from assessor.answers import answers_text
from assessor.comparing.changes import Comparison, OutcomeChange, PartChanges, RuleChange
from assessor.layout import indented, item, section
from assessor.ruleset import RuleSet

MOST_BY_RULE = 3
_NONE = "no advice"


def comparison_text(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as lines of text."""
    return "\n".join(_text_lines(old, new, comparison)) + "\n"


def _text_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    yield f"{new.title} ({new.id})"
    yield from section(_headline(comparison))
    for change in comparison.outcome_changes:
        yield from section(f"{_transition(old, new, change)}: {_amount(comparison, change.count)}")
        for by_rule in change.by_rule[:MOST_BY_RULE]:
            yield from item(_by_rule(comparison, by_rule, change))
            yield from (f"      {line}" for line in _example_lines(by_rule))
        yield from _rest_lines(change)
    for heading, lines in _parts(comparison):
        yield from section(f"{heading}:")
        for line in lines:
            yield from item(line)


def _rest_lines(change: OutcomeChange) -> Iterator[str]:
    rest = change.by_rule[MOST_BY_RULE:]
    if rest:
        yield from indented(f"And {sum(each.count for each in rest):,} in {len(rest)} more pairs of rules.")


def comparison_markdown(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as Markdown, fit for a comment on a pull request."""
    return "\n".join(_markdown_lines(old, new, comparison)) + "\n"


def _markdown_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    yield f"### What this change of rules does: {_escaped(new.title)}"
    yield ""
    yield f"**{_headline(comparison)}**"
    if comparison.outcome_changes:
        yield ""
        yield "| Before | Now | Answers | Share |"
        yield "| --- | --- | ---: | ---: |"
    for change in comparison.outcome_changes:
        before, after = _escaped(_title(old, change.old)), _escaped(_title(new, change.new))
        yield f"| {before} | {after} | {change.count:,} | {_percent(comparison.share(change.count))} |"
    for change in comparison.outcome_changes:
        yield ""
        yield f"<details><summary>{html.escape(_transition(old, new, change))}</summary>"
        yield ""
        for by_rule in change.by_rule[:MOST_BY_RULE]:
            yield f"- {_escaped(_by_rule(comparison, by_rule, change))}"
            yield ""
            yield "  ```yaml"
            yield from (f"  {line}" for line in _example_lines(by_rule))
            yield "  ```"
            yield ""
        yield from (line.strip() for line in _rest_lines(change))
        yield "</details>"
    for heading, lines in _parts(comparison):
        yield ""
        yield f"**{heading}**"
        yield ""
        yield from (f"- {_escaped(line)}" for line in lines)


def comparison_json(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as JSON; counts are decimal strings, since they may pass 2**53."""
    report: dict[str, Any] = {
        "old": old.id,
        "new": new.id,
        "same": comparison.is_same,
        "total": str(comparison.total),
        "changed": str(comparison.changed),
        "share": float(comparison.share(comparison.changed)),
        "outcome_changes": [
            {
                "old": change.old or None,
                "new": change.new or None,
                "count": str(change.count),
                "share": float(comparison.share(change.count)),
                "by_rule": [
                    {
                        "old": each.old or None,
                        "new": each.new or None,
                        "count": str(each.count),
                        "cause": each.cause,
                        "example": dict(each.example),
                        "old_example": dict(each.old_example),
                    }
                    for each in change.by_rule
                ],
            }
            for change in comparison.outcome_changes
        ],
        "questions": dataclasses.asdict(comparison.questions),
        "options": {name: dataclasses.asdict(change) for name, change in comparison.options.items()},
        "bounds": {name: list(change) for name, change in comparison.bounds.items()},
        "outcomes": dataclasses.asdict(comparison.outcomes),
        "rules": dataclasses.asdict(comparison.rules),
        "facts": [dataclasses.asdict(change) for change in comparison.facts],
        "cases": [
            {"id": change.id, "old": change.old or None, "new": change.new or None} for change in comparison.cases
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _headline(comparison: Comparison) -> str:
    if comparison.outcome_changes:
        return (
            f"{comparison.changed:,} of {comparison.total:,} combinations of answers "
            f"({_percent(comparison.share(comparison.changed))}) get another outcome."
        )
    same = f"All {comparison.total:,} combinations of answers get the same outcome."
    return same if comparison.is_same else f"{same} Something else changed:"


def _transition(old: RuleSet, new: RuleSet, change: OutcomeChange) -> str:
    return f"{_title(old, change.old)} → {_title(new, change.new)}"


def _title(ruleset: RuleSet, outcome_id: str) -> str:
    titles = {outcome.id: f"{outcome.title} [{outcome.id}]" for outcome in ruleset.outcomes}
    return titles.get(outcome_id, _NONE)


def _by_rule(comparison: Comparison, change: RuleChange, within: OutcomeChange) -> str:
    amount = f"{change.count:,} of these: " if len(within.by_rule) > 1 else ""
    before = f"rule {change.old}" if change.old else "no rule"
    after = f"rule {change.new}" if change.new else "no rule"
    return f"{amount}{before} decided, {after} does now, since {change.cause}. For example:"


def _example_lines(change: RuleChange) -> Iterator[str]:
    if change.example or not change.old_example:
        yield from answers_text(change.example).splitlines() or ["# any answers"]
    gone = {name: answer for name, answer in change.old_example.items() if change.example.get(name) != answer}
    if gone and gone != change.example:
        yield "# by the old rules also, or instead:"
        yield from (f"# {line}" for line in answers_text(gone).splitlines())


def _amount(comparison: Comparison, count: int) -> str:
    return f"{count:,} ({_percent(comparison.share(count))})"


def _percent(share: Fraction) -> str:
    """Return a share in percent, never rounded to nothing or to all."""
    if share in (0, 1):
        return f"{int(share):.0%}"
    if share < Fraction(1, 10_000):
        return "less than 0.01%"
    if share > Fraction(9_999, 10_000):
        return "more than 99.99%"
    return f"{float(share):.2%}"


def _parts(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and lines for each kind of part that changed."""
    for heading, change in (
        ("Questions", comparison.questions),
        ("Outcomes", comparison.outcomes),
        ("Rules", comparison.rules),
    ):
        if change:
            yield heading, list(_part_lines(change))
    options = [f"{name}: {line}" for name, change in comparison.options.items() for line in _part_lines(change)]
    options += [f"{name}: from {before}, now {after}" for name, (before, after) in comparison.bounds.items()]
    if options:
        yield "Answers that questions take", options
    if comparison.facts:
        yield (
            "Facts",
            [f"{fact.id}: {fact.old or 'new'} → {fact.new or 'gone'}" for fact in comparison.facts],
        )
    if comparison.cases:
        yield (
            "Worked cases with another outcome",
            [f"{case.id}: {case.old or 'open'} → {case.new or 'open'}" for case in comparison.cases],
        )


def _part_lines(change: PartChanges) -> Iterator[str]:
    yield from (f"{name} is new" for name in change.added)
    yield from (f"{name} is gone" for name in change.removed)
    yield from (f"{before} is {after} now" for before, after in change.renamed.items())


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is, in a table, too."""
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return text

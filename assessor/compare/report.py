"""Write a comparison as text, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assessor.compare.changes import CaseChange, Comparison, ConditionChange, OutcomeChange
from assessor.compare.phrases import (
    COUNTED,
    by_rule_line,
    case_lines,
    condition_line,
    counted,
    decision_title,
    example_lines,
    has_counts,
    headline,
    invalid_passage_lines,
    joined,
    part_lines,
    passage_summary,
    percent,
    title_of,
    transition,
    translation_lines,
)
from assessor.compare.renames import same_decisions
from assessor.language.layout import indented, item, section
from assessor.model.ruleset import RuleSet

MOST_BY_RULE = 3


def comparison_text(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as lines of text."""
    return "\n".join(_text_lines(old, new, comparison)) + "\n"


def _text_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    yield f"{new.title} ({new.id})"
    yield from section(headline(old, new, comparison))
    for line in _decision_lines(old, new, comparison):
        yield from section(line)
    for change in comparison.outcome_changes:
        yield from section(f"{transition(old, new, change)}: {counted(comparison, change.count)}")
        for by_rule in change.by_rule[:MOST_BY_RULE]:
            yield from item(by_rule_line(by_rule, change))
            yield from (f"      {line}" for line in example_lines(by_rule))
        yield from _rest_lines(change)
    if comparison.condition_changes:
        yield from section("Actions, criteria and questions:")
    yield from _condition_lines(comparison, comparison.condition_changes)
    if summary := passage_summary(comparison):
        yield from section(summary)
    yield from _condition_lines(comparison, comparison.passage_changes)
    for line in invalid_passage_lines(comparison):
        yield from item(line)
    for heading, lines in _parts(old, new, comparison):
        yield from section(f"{heading}:")
        for line in lines:
            yield from item(line)
    if has_counts(comparison):
        yield from section(COUNTED)


def _condition_lines(comparison: Comparison, changes: Iterable[ConditionChange]) -> Iterator[str]:
    for change in changes:
        yield from item(condition_line(comparison, change))
        yield from (f"      {line}" for line in example_lines(change))


def _rest_lines(change: OutcomeChange) -> Iterator[str]:
    rest = change.by_rule[MOST_BY_RULE:]
    if rest:
        yield from indented(f"And {sum(each.count for each in rest):,} in {len(rest)} more pairs of rules.")


def comparison_markdown(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as Markdown, for a comment on a pull request."""
    return "\n".join(_markdown_lines(old, new, comparison)) + "\n"


def _markdown_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    yield f"### What this change of rules does: {_escaped(new.title)}"
    yield ""
    yield f"**{headline(old, new, comparison)}**"
    for line in _decision_lines(old, new, comparison):
        yield ""
        yield f"**{_escaped(line)}**"
    if comparison.outcome_changes:
        yield ""
        has_decisions = any(change.decision for change in comparison.outcome_changes)
        yield f"|{' Decision |' * has_decisions} Before | Now | Answers | Share |"
        yield f"|{' --- |' * has_decisions} --- | --- | ---: | ---: |"
    for change in comparison.outcome_changes:
        decision = f" {_escaped(decision_title(new, change.decision))} |" if change.decision else ""
        before, after = _escaped(title_of(old, change.old)), _escaped(title_of(new, change.new))
        yield f"|{decision} {before} | {after} | {change.count:,} | {percent(comparison.share(change.count))} |"
    for change in comparison.outcome_changes:
        yield ""
        yield f"<details><summary>{html.escape(transition(old, new, change))}</summary>"
        yield ""
        for by_rule in change.by_rule[:MOST_BY_RULE]:
            yield from _markdown_example(by_rule_line(by_rule, change), list(example_lines(by_rule)))
        yield from (line.strip() for line in _rest_lines(change))
        yield "</details>"
    if comparison.condition_changes:
        yield ""
        yield "**Actions, criteria and questions**"
        yield ""
    for condition in comparison.condition_changes:
        yield from _markdown_example(condition_line(comparison, condition), list(example_lines(condition)))
    if summary := passage_summary(comparison):
        yield ""
        yield f"**{summary}**"
        yield ""
    for passage in comparison.passage_changes:
        yield from _markdown_example(condition_line(comparison, passage), list(example_lines(passage)))
    yield from (f"- {_escaped(line)}" for line in invalid_passage_lines(comparison))
    for heading, lines in _parts(old, new, comparison):
        yield ""
        yield f"**{heading}**"
        yield ""
        yield from (f"- {_escaped(line)}" for line in lines)
    if has_counts(comparison):
        yield ""
        yield COUNTED


def _markdown_example(line: str, example: list[str]) -> Iterator[str]:
    yield f"- {_escaped(line)}"
    yield ""
    yield "  ```yaml"
    yield from (f"  {each}" for each in example)
    yield "  ```"
    yield ""


def _parts(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and lines for each kind of part that changed."""
    yield from part_lines(new, comparison, _only_decision(old, new))
    yield from translation_lines(comparison)
    if comparison.unconfirmed:
        yield "Stored answers that readers have to confirm", list(comparison.unconfirmed)
    if comparison.lines_to_write:
        yield "To keep links and stored answers, write", list(comparison.lines_to_write)
    if comparison.cases:
        yield "Worked cases with another outcome", list(case_lines(old, new, comparison))


def _decision_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    """Yield a line for each decision that only one rule set has, and for each other outcome that no answers lead to."""
    shared = same_decisions(old, new)
    elsewhere = set()
    for ruleset, kept, now in ((old, [one for one, _ in shared], "gone"), (new, [two for _, two in shared], "new")):
        for place, decision in enumerate(ruleset.decisions):
            if place not in kept:
                titles = [f"“{title_of(ruleset, outcome.id)}”" for outcome in decision.outcomes]
                yield f"Decision “{decision.title}” is {now}, with {joined(titles)}."
                elsewhere |= {outcome.id for outcome in decision.outcomes} if ruleset is old else set()
    for outcome in comparison.lost_outcomes:
        if outcome not in elsewhere:
            yield f"No answers lead to “{title_of(old, outcome)}” any more."


def _only_decision(old: RuleSet, new: RuleSet) -> Mapping[str, Sequence[str]]:
    """Return a line for each decision beside a rule set that decides one thing only, whose rules have no name."""
    if bool(old.decisions) == bool(new.decisions):
        return {}
    lines: list[str] = []
    shared = same_decisions(old, new)
    for ruleset, kept, same, other in (
        (new, [two for _, two in shared], "has the rules of the old rule set", "is new"),
        (old, [one for one, _ in shared], "is all that the new rule set decides, in its rules", "is gone"),
    ):
        lines += (f"{each.id} {same if n in kept else other}" for n, each in enumerate(ruleset.decisions))
    return {"decision": lines}


def _escaped(text: str) -> str:
    """Return text escaped for Markdown, including tables."""
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return text


def comparison_json(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as JSON. Counts are decimal strings, because they may exceed 2**53."""
    report: dict[str, Any] = {
        "old": old.id,
        "new": new.id,
        "same": comparison.is_same,
        "total": str(comparison.total),
        "changed": str(comparison.changed),
        "share": float(comparison.share(comparison.changed)),
        "outcome_changes": [_outcome(comparison, change) for change in comparison.outcome_changes],
        "lost_outcomes": list(comparison.lost_outcomes),
        "condition_changes": [_condition(comparison, change) for change in comparison.condition_changes],
        **{plural: dataclasses.asdict(change) for plural, change in comparison.parts.items()},
        "options": {name: dataclasses.asdict(change) for name, change in comparison.options.items()},
        "fields": [dataclasses.asdict(change) for change in comparison.fields],
        "languages": dataclasses.asdict(comparison.languages),
        "translations": [dataclasses.asdict(change) for change in comparison.translations],
        "unread_translations": comparison.unread_translations or None,
        "new_options": [
            {"question": name, "option": option, "possible": list(outcomes)}
            for (name, option), outcomes in comparison.new_options.items()
        ],
        "unconfirmed": list(comparison.unconfirmed),
        "lines_to_write": list(comparison.lines_to_write),
        "case_outcomes": [_case(change) for change in comparison.cases],
        "passages": [
            {"condition": text, "places": list(places), "invalid": comparison.invalid_passages.get(text)}
            for text, places in comparison.passages.items()
        ],
        "passage_changes": [_condition(comparison, change) for change in comparison.passage_changes],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _outcome(comparison: Comparison, change: OutcomeChange) -> dict[str, Any]:
    return {
        **({"decision": change.decision} if change.decision else {}),
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


def _condition(comparison: Comparison, change: ConditionChange) -> dict[str, Any]:
    return {
        **dataclasses.asdict(change),
        "count": str(change.count),
        "share": float(comparison.share(change.count)),
    }


def _case(change: CaseChange) -> dict[str, Any]:
    return {
        "id": change.id,
        **({"decision": change.decision} if change.decision else {}),
        "old": {"settled": change.old is not None, "outcome": change.old or None},
        "new": {"settled": change.new is not None, "outcome": change.new or None},
        "answers_changed": change.answers_changed,
    }

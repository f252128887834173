"""A comparison as text, and as Markdown for a pull request."""

from __future__ import annotations

import html
from collections.abc import Iterator

from assessor.comparing.changes import Comparison, OutcomeChange
from assessor.comparing.phrases import (
    by_rule_line,
    case_lines,
    condition_line,
    counted,
    example_lines,
    headline,
    part_lines,
    percent,
    title_of,
    transition,
)
from assessor.layout import indented, item, section
from assessor.ruleset import RuleSet

MOST_BY_RULE = 3


def comparison_text(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a comparison as lines of text."""
    return "\n".join(_text_lines(old, new, comparison)) + "\n"


def _text_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    yield f"{new.title} ({new.id})"
    yield from section(headline(comparison))
    for change in comparison.outcome_changes:
        yield from section(f"{transition(old, new, change)}: {counted(comparison, change.count)}")
        for by_rule in change.by_rule[:MOST_BY_RULE]:
            yield from item(by_rule_line(by_rule, change))
            yield from (f"      {line}" for line in example_lines(by_rule))
        yield from _rest_lines(change)
    if comparison.condition_changes:
        yield from section("What applies, holds and is asked:")
    for condition in comparison.condition_changes:
        yield from item(condition_line(comparison, condition))
        yield from (f"      {line}" for line in example_lines(condition))
    for heading, lines in _parts(old, new, comparison):
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
    yield f"**{headline(comparison)}**"
    if comparison.outcome_changes:
        yield ""
        yield "| Before | Now | Answers | Share |"
        yield "| --- | --- | ---: | ---: |"
    for change in comparison.outcome_changes:
        before, after = _escaped(title_of(old, change.old)), _escaped(title_of(new, change.new))
        yield f"| {before} | {after} | {change.count:,} | {percent(comparison.share(change.count))} |"
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
        yield "**What applies, holds and is asked**"
        yield ""
    for condition in comparison.condition_changes:
        yield from _markdown_example(condition_line(comparison, condition), list(example_lines(condition)))
    for heading, lines in _parts(old, new, comparison):
        yield ""
        yield f"**{heading}**"
        yield ""
        yield from (f"- {_escaped(line)}" for line in lines)


def _markdown_example(line: str, example: list[str]) -> Iterator[str]:
    yield f"- {_escaped(line)}"
    yield ""
    yield "  ```yaml"
    yield from (f"  {each}" for each in example)
    yield "  ```"
    yield ""


def _parts(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and lines for each kind of part that changed."""
    yield from part_lines(comparison)
    if comparison.cases:
        yield "Worked cases with another outcome", list(case_lines(old, new, comparison))


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is, in a table, too."""
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return text

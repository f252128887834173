"""Describe changes for reports, one line each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from assessor.compare.changes import (
    CaseChange,
    Comparison,
    ConditionChange,
    FieldChange,
    OutcomeChange,
    PartChanges,
    RuleChange,
    TranslationChange,
)
from assessor.compare.renames import same_decisions
from assessor.language.words import english
from assessor.model.answers import answers_text
from assessor.model.parts import KINDS
from assessor.model.ruleset import RuleSet

_WHOLE = 100
"""The most characters of a text that is still shown in full."""

_CONTEXT = 5
"""How many words to show on either side of the difference between two long texts."""

COUNTED = (
    "These are combinations of answers, not readers. For a number, all values between two thresholds count as one "
    "answer."
)
"""What to know about the counts of combinations."""

_NO_WORDINGS: Mapping[str, str] = {}
_NO_LINES: Mapping[str, Sequence[str]] = {}

_VERBS = {
    ("action", True): "applies to {} more",
    ("action", False): "no longer applies to {}",
    ("criterion", True): "holds for {} more",
    ("criterion", False): "no longer holds for {}",
    ("question", True): "is asked for {} more",
    ("question", False): "is no longer asked for {}",
    ("option", True): "is offered for {} more",
    ("option", False): "is no longer offered for {}",
    ("passage", True): "applies to {} more",
    ("passage", False): "no longer applies to {}",
}

_MOST_PLACES = 3


def headline(old: RuleSet, new: RuleSet, comparison: Comparison) -> str:
    """Return a one-sentence summary of the comparison."""
    shared = same_decisions(old, new)
    if not shared:
        return "The two rule sets have no decision in common, so no outcomes are compared."
    within = ""
    if len(shared) < max(len(ruleset.rules_by_decision) for ruleset in (old, new)):
        both = [new.decisions[after] if new.decisions else old.decisions[before] for before, after in shared]
        within = f" in what both rule sets decide: {joined([f'“{each.title}”' for each in both])}"
    if comparison.outcome_changes:
        return (
            f"{comparison.changed:,} of {comparison.total:,} combinations of answers "
            f"({percent(comparison.share(comparison.changed))}) get another outcome{within}."
        )
    same = f"All {comparison.total:,} combinations of answers get the same outcome{within}."
    return same if comparison.is_same else f"{same} Other changes:"


def joined(items: Sequence[str]) -> str:
    """Return a list in words: `a, b and c`."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else items[0]


def has_counts(comparison: Comparison) -> bool:
    """Return whether a report of the comparison counts combinations of answers that change."""
    return bool(comparison.outcome_changes or comparison.condition_changes or comparison.passage_changes)


def title_of(ruleset: RuleSet, outcome_id: str) -> str:
    """Return the title of an outcome, with its id if another outcome has the same title."""
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    if outcome_id not in titles:
        return "no advice"
    title = titles[outcome_id]
    return title if list(titles.values()).count(title) == 1 else f"{title} [{outcome_id}]"


def transition(old: RuleSet, new: RuleSet, change: OutcomeChange) -> str:
    """Return the old and the new outcome."""
    before, after = title_of(old, change.old), title_of(new, change.new)
    if before == after:
        before, after = f"{before} [{change.old}]", f"{after} [{change.new}]"
    change_said = f"rom “{before}” to “{after}”"
    return f"{decision_title(new, change.decision)}: f{change_said}" if change.decision else f"F{change_said}"


def decision_title(ruleset: RuleSet, decision_id: str) -> str:
    """Return the title of a decision."""
    return next(each.title for each in ruleset.decisions if each.id == decision_id)


def by_rule_line(change: RuleChange, within: OutcomeChange) -> str:
    """Return the rules that cause the change, and why; examples follow."""
    amount = f"{change.count:,} of these: " if len(within.by_rule) > 1 else ""
    before = f"rule {change.old!r}" if change.old else "no rule"
    after = f"rule {change.new!r}" if change.new else "no rule"
    if change.old and change.old == change.new:
        return f"{amount}{after} still decides, but has another outcome now. For example:"
    return f"{amount}{before} decided, {after} does now, since {change.cause}. For example:"


def condition_line(comparison: Comparison, change: ConditionChange) -> str:
    """Return the condition that holds for different answers than before; an example follows."""
    verb = _VERBS[change.kind, change.holds].format(counted(comparison, change.count))
    part = passage_named(comparison, change.id) if change.kind == "passage" else f"{change.kind} {change.id!r}"
    since = f", since {change.cause}" if change.cause else ""
    return f"{part[0].upper()}{part[1:]} {verb}{since}. For example:"


def passage_named(comparison: Comparison, condition: str) -> str:
    """Return the name of a passage: its condition, and where it stands."""
    places = comparison.passages[condition]
    rest = len(places) - _MOST_PLACES
    return f"passage {condition!r} ({', '.join(places[:_MOST_PLACES])}{f' and {rest} more' if rest > 0 else ''})"


def passage_summary(comparison: Comparison) -> str:
    """Return how many passages of the docs change; empty if there are none."""
    if not comparison.passages:
        return ""
    changed = {change.id for change in comparison.passage_changes} | set(comparison.invalid_passages)
    total = len(comparison.passages)
    return f"Passages of the docs: {len(changed)} of {total} condition{'' if total == 1 else 's'} changed"


def invalid_passage_lines(comparison: Comparison) -> Iterator[str]:
    """Yield a line for each passage that the new rules leave without a condition."""
    for condition, problem in comparison.invalid_passages.items():
        part = passage_named(comparison, condition)
        yield f"{part[0].upper()}{part[1:]} is invalid by the new rules: {problem}"


def example_lines(change: RuleChange | ConditionChange) -> Iterator[str]:
    """Yield answers that show a change, as YAML."""
    if change.example or not change.old_example:
        yield from answers_text(change.example).splitlines() or ["# any answers"]
    gone = {name: answer for name, answer in change.old_example.items() if change.example.get(name) != answer}
    if gone and gone != change.example:
        yield "# for the old rules, write instead:"
        yield from (f"# {line}" for line in answers_text(gone).splitlines())


def counted(comparison: Comparison, count: int) -> str:
    """Return a number of combinations, and their share of the total."""
    return f"{count:,} combination{'' if count == 1 else 's'} ({percent(comparison.share(count))})"


def percent(share: Fraction) -> str:
    """Return a fraction in percent, never rounded to 0% or 100%."""
    if share in (0, 1):
        return f"{int(share):.0%}"
    if share < Fraction(1, 10_000):
        return "less than 0.01%"
    if share > Fraction(9_999, 10_000):
        return "more than 99.99%"
    # Halves round away from zero, as everywhere else.
    hundredths = math.floor(share * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def part_lines(
    new: RuleSet, comparison: Comparison, unnamed: Mapping[str, Sequence[str]] = _NO_LINES
) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and lines for each kind of part that changed. A new question has its wording.

    Args:
        new: The rule set now.
        comparison: The comparison.
        unnamed: What to say in place of the new, gone and renamed parts of a kind, by the kind.
    """
    wordings = {question.id: question.wording for question in new.questions}
    whole = [_field_line(change) for change in comparison.fields if change.kind == "rule set"]
    if whole:
        yield "The rule set", whole
    for plural, kind in KINDS.items():
        changes = unnamed.get(kind, _changes(comparison.parts[plural], wordings if kind == "question" else {}))
        lines = list(changes)
        lines += [f"{change.id}, {_field_line(change)}" for change in comparison.fields if change.kind == kind]
        if lines:
            yield plural.capitalize(), lines
    options = [f"{name}: {line}" for name, change in comparison.options.items() for line in _changes(change)]
    for (name, option), outcomes in comparison.new_options.items():
        titles = english().either([f"“{title_of(new, outcome)}”" for outcome in outcomes]) or "no advice"
        options.append(f"{name}: {option} leads to {titles}; the combinations above leave it out")
    options += [f"{change.id}, {_field_line(change)}" for change in comparison.fields if change.kind == "option"]
    if options:
        yield "Options", options


def translation_lines(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and lines for each language whose translations changed."""
    if comparison.unread_translations:
        yield "Translations", [f"not compared: {comparison.unread_translations}"]
    for language in comparison.languages.added:
        yield _translations_in(language), ["the language is new"]
    for language in comparison.languages.removed:
        yield _translations_in(language), ["the language is gone"]
    for language in dict.fromkeys(change.language for change in comparison.translations):
        lines = [
            f"{change.part}, {_field_line(change)}" for change in comparison.translations if change.language == language
        ]
        yield _translations_in(language), lines


def _translations_in(language: str) -> str:
    return f"Translations, {language} (the answers keep their meaning)"


def _changes(change: PartChanges, wordings: Mapping[str, str] = _NO_WORDINGS) -> Iterator[str]:
    yield from (f"{name} is new{f': “{wordings[name]}”' if name in wordings else ''}" for name in change.added)
    yield from (f"{name} is gone" for name in change.removed)
    yield from (f"{before} has a new id, {after}" for before, after in change.renamed.items())


def _field_line(change: FieldChange | TranslationChange) -> str:
    said = [f"“{text}”" if text else "none" for text in _differing(_flat(change.old), _flat(change.new))]
    return f"{change.field.replace('_', ' ')}: {said[0]}, now {said[1]}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _differing(old: str, new: str) -> tuple[str, str]:
    """Return two texts, shortened to the words around their differences if they are long."""
    if max(len(old), len(new)) <= _WHOLE:
        return old, new
    before, after = old.split(), new.split()
    shortest = min(len(before), len(after))
    start = next((place for place in range(shortest) if before[place] != after[place]), shortest)
    most = shortest - start
    end = next((place for place in range(most) if before[-1 - place] != after[-1 - place]), most)
    cut, kept = max(0, start - _CONTEXT), max(0, end - _CONTEXT)
    # A quotation is shown from its first word to its last.
    while cut and any(_is_quoting(words[:cut]) for words in (before, after)):
        cut -= 1
    while kept and any(_is_quoting(words[: len(words) - kept]) for words in (before, after)):
        kept -= 1
    shown = (" ".join(words[cut : len(words) - kept]) for words in (before, after))
    first, second = (f"{'… ' * (cut > 0)}{text}{' …' * (kept > 0)}" for text in shown)
    return first, second


def _is_quoting(words: Sequence[str]) -> bool:
    """Return whether a quotation goes on after some words."""
    text = " ".join(words)
    return text.count("“") > text.count("”")


def case_lines(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[str]:
    """Yield a line for each case with a different outcome, and say which ones the rule set does not expect."""
    for case in comparison.cases:
        others = "; its answers changed, too" if case.answers_changed else ""
        name = f"{case.id}, {decision_title(new, case.decision)}" if case.decision else case.id
        line = f"{name}: was {_result(old, case, case.old)}, is {_result(new, case, case.new)}{others}"
        wanted = _expected(new, case)
        broken = (
            f"; but it still expects “{title_of(new, wanted)}”, so `assessor check` fails"
            if wanted and wanted != case.new
            else ""
        )
        yield f"{line}{broken}"


def _expected(ruleset: RuleSet, change: CaseChange) -> str:
    """Return the outcome that a rule set expects of a case in the decision that changed; empty if it expects none."""
    places = [n for n, each in enumerate(ruleset.decisions) if each.id == change.decision] or [0]
    leading = {rule.then.id for rule in ruleset.rules_by_decision[places[0]]}
    case = next((case for case in ruleset.cases if case.id == change.id), None)
    expected = [] if case is None else [each.id for each in (case.outcome, *case.also)]
    if len(ruleset.rules_by_decision) == 1:
        return next(iter(expected), "")
    return next((each for each in expected if each in leading), "")


def _result(ruleset: RuleSet, case: CaseChange, outcome: str | None) -> str:
    if outcome is None:
        return "open"
    return f"“{title_of(ruleset, outcome)}”" if outcome else "without advice"

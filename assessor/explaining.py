"""Why an assessment says what it says: the answers that decided, the rules that did not, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessor.answers import Answer
from assessor.assessment import Assessment
from assessor.conditions import Criterion, walk
from assessor.layout import indented, item, section
from assessor.reasons import Changes
from assessor.rules import Rule
from assessor.ruleset import RuleSet
from assessor.wording import answer_label, change_label, sentence, statement


def explanation(ruleset: RuleSet, answers: Mapping[str, Answer], assessment: Assessment) -> Iterator[str]:
    """Yield an explanation, in the words of the rule set, as lines of text.

    Args:
        ruleset: The rule set that was asked.
        answers: The answers that it was given.
        assessment: What it said.
    """
    if assessment["settled"]:
        yield from section("These answers settle it, and none of them could be left out:")
        for name in assessment["reasons"] or ():
            yield from item(_answer(ruleset, answers, name))
        if not assessment["reasons"]:
            yield from indented("None: every way of answering leads here.")
    firing = [rule for rule in ruleset.rules if rule.id in assessment["rules"]]
    yield from _criteria(ruleset, assessment, firing)
    ruled_out = [rule for rule in ruleset.rules if rule.id in assessment["ruled_out"]]
    if ruled_out:
        yield from section("Rules that cannot decide any more:")
    for rule in ruled_out:
        yield from item(f"{rule.id}: {sentence(rule)} Ruled out by:")
        for name in assessment["ruled_out"][rule.id]:
            yield from item(_answer(ruleset, answers, name), depth=2)
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    if assessment["changes"]:
        yield from section("What would make another outcome possible:")
    for name, changes in assessment["changes"].items():
        yield from _changes(ruleset, f"{titles[name]} [{name}]", changes)


def _criteria(ruleset: RuleSet, assessment: Assessment, rules: list[Rule]) -> Iterator[str]:
    """Spell out the criteria that the rules which may fire speak of."""
    spoken = {part.id: part for rule in rules for part in walk(rule.when) if isinstance(part, Criterion)}
    if spoken:
        yield from section("What its words mean:")
    for criterion in (each for each in ruleset.criteria if each.id in spoken):
        holds = {True: "holds", False: "does not hold", None: "is open"}[assessment["criteria"][criterion.id]]
        yield from item(f"{criterion.title}: {statement(criterion.condition)}. This {holds}.")


def _changes(ruleset: RuleSet, outcome: str, changes: Changes | None) -> Iterator[str]:
    if changes is None:
        yield from item(f"{outcome}: no answers lead there.")
        return
    count = changes["fewest"]
    yield from item(f"{outcome}: {count} answer{'' if count == 1 else 's'} would have to change:")
    for changed in changes["sets"]:
        said = ", and ".join(
            f"{change['question']} to {change_label(ruleset.questions_by_id[change['question']], change)}"
            for change in changed
        )
        yield from item(said, depth=2)


def _answer(ruleset: RuleSet, answers: Mapping[str, Answer], name: str) -> str:
    question = ruleset.questions_by_id[name]
    return f"{name}: {question.wording} {answer_label(question, answers[name])}"

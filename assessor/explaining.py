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
from assessor.words import Words


def explanation(ruleset: RuleSet, answers: Mapping[str, Answer], assessment: Assessment, words: Words) -> Iterator[str]:
    """Yield an explanation, in the words of the rule set, as lines of text.

    Args:
        ruleset: The rule set that was asked.
        answers: The answers that it was given.
        assessment: What it said.
        words: The words of the interface.
    """
    if assessment["settled"]:
        yield from section(words["explain_reasons"])
        for name in assessment["reasons"] or ():
            yield from item(_answer(ruleset, answers, name, words))
        if not assessment["reasons"]:
            yield from indented(words["explain_no_reasons"])
    firing = [rule for rule in ruleset.rules if rule.id in assessment["rules"]]
    yield from _criteria(ruleset, assessment, firing, words)
    ruled_out = [rule for rule in ruleset.rules if rule.id in assessment["ruled_out"]]
    if ruled_out:
        yield from section(words["explain_ruled_out"])
    for rule in ruled_out:
        yield from item(words.fill("explain_rule", id=rule.id, rule=sentence(rule, words)))
        for name in assessment["ruled_out"][rule.id]:
            yield from item(_answer(ruleset, answers, name, words), depth=2)
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    if assessment["changes"]:
        yield from section(words["explain_changes"])
    for name, changes in assessment["changes"].items():
        yield from _changes(ruleset, words.fill("report_outcome", outcome=titles[name], id=name), changes, words)


def _criteria(ruleset: RuleSet, assessment: Assessment, rules: list[Rule], words: Words) -> Iterator[str]:
    """Spell out the criteria that the rules which may fire speak of."""
    spoken = {part.id: part for rule in rules for part in walk(rule.when) if isinstance(part, Criterion)}
    if spoken:
        yield from section(words["explain_criteria"])
    for criterion in (each for each in ruleset.criteria if each.id in spoken):
        holds = {True: "true", False: "false", None: "open"}[assessment["criteria"][criterion.id]]
        said = statement(criterion.condition, words)
        yield from item(words.fill(f"explain_criterion_{holds}", title=criterion.title, condition=said))


def _changes(ruleset: RuleSet, outcome: str, changes: Changes | None, words: Words) -> Iterator[str]:
    if changes is None:
        yield from item(words.fill("explain_no_changes", outcome=outcome))
        return
    yield from item(words.count("explain_changes", changes["fewest"], outcome=outcome))
    for changed in changes["sets"]:
        said = []
        for change in changed:
            question = ruleset.questions_by_id[change["question"]]
            label = change_label(question, change, words)
            said.append(words.fill("explain_change", question=question.id, answer=label))
        yield from item(words.both(said), depth=2)


def _answer(ruleset: RuleSet, answers: Mapping[str, Answer], name: str, words: Words) -> str:
    question = ruleset.questions_by_id[name]
    label = answer_label(question, answers[name], words)
    return words.fill("explain_answer", id=name, question=question.wording, answer=label)

"""Explain an assessment: the answers that decided, the rules that they exclude, and what would change the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessor.assessment.assess import interpreter_of
from assessor.assessment.queries.changes import Changes
from assessor.assessment.results import Assessment, DecisionAssessment, each_decision
from assessor.language.inline import plain_text
from assessor.language.layout import indented, item, section
from assessor.language.words import Words
from assessor.model.answers import Answer
from assessor.model.conditions import Criterion, walk
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import answer_label, change_label, sentence, statement


def explanation(ruleset: RuleSet, answers: Mapping[str, Answer], assessment: Assessment, words: Words) -> Iterator[str]:
    """Yield an explanation, in the words of the rule set, as lines of text.

    Args:
        ruleset: The rule set.
        answers: The answers.
        assessment: Their assessment.
        words: The words of the interface.
    """
    for place, decided in enumerate(each_decision(assessment)):
        rules = ruleset.rules_by_decision[place]
        explained = list(_decision(ruleset, rules, answers, assessment, decided=decided, words=words))
        if explained and len(ruleset.decisions) > 1:
            yield from section(plain_text(ruleset.decisions[place].title))
        yield from explained


def _decision(
    ruleset: RuleSet,
    rules: Sequence[Rule],
    answers: Mapping[str, Answer],
    assessment: Assessment,
    *,
    decided: DecisionAssessment,
    words: Words,
) -> Iterator[str]:
    """Explain one decision.

    Args:
        ruleset: The rule set.
        rules: The rules of the decision.
        answers: The answers.
        assessment: Their assessment.
        decided: What that says of the decision.
        words: The words of the interface.
    """
    ruled_out = [rule for rule in rules if rule.id in decided["ruled_out"]]
    firing = [rule for rule in rules if rule.id in decided["rules"]]
    covered = [rule for rule in rules if rule not in firing and rule not in ruled_out]
    if decided["settled"]:
        yield from _reasons(ruleset, answers, decided, words)
    yield from _criteria(ruleset, assessment, [*firing, *ruled_out], words)
    yield from _ruled_out(ruleset, answers, decided, ruled_out, words)
    if covered:
        yield from section(words["explain_covered"])
    for rule in covered:
        yield from item(words.fill("report_rule", id=rule.id, rule=sentence(rule, words)))
    yield from _all_changes(ruleset, decided, words)


def _reasons(
    ruleset: RuleSet, answers: Mapping[str, Answer], decided: DecisionAssessment, words: Words
) -> Iterator[str]:
    """List the answers that force the outcome."""
    yield from section(words["explain_reasons"])
    for name in decided["reasons"]:
        yield from item(_answer(ruleset, answers, name, words))
    if not decided["reasons"]:
        yield from indented(words["explain_no_reasons"])


def _ruled_out(
    ruleset: RuleSet, answers: Mapping[str, Answer], decided: DecisionAssessment, rules: Sequence[Rule], words: Words
) -> Iterator[str]:
    """List the answers that rule out each rule."""
    if rules:
        yield from section(words["explain_ruled_out"])
    for rule in rules:
        yield from item(words.fill("explain_rule", id=rule.id, rule=sentence(rule, words)))
        reasons = decided["ruled_out"][rule.id]
        for said in [_answer(ruleset, answers, name, words) for name in reasons] or [words["explain_never"]]:
            yield from item(said, depth=2)


def _all_changes(ruleset: RuleSet, decided: DecisionAssessment, words: Words) -> Iterator[str]:
    """Describe what would make each other outcome possible."""
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    if decided["changes"]:
        yield from section(words["explain_changes"])
    for name, changes in decided["changes"].items():
        yield from _changes(ruleset, words.fill("report_outcome", outcome=titles[name], id=name), changes, words)
    listed = [changed for changes in decided["changes"].values() if changes for changed in changes["sets"]]
    bundle = interpreter_of(ruleset).bundle
    divided = {question["id"] for question in bundle["questions"] if len(question.get("cuts", ())) > 1}
    if any(change["question"] in divided for changed in listed for change in changed):
        yield from indented(words["explain_one_range"])


def _criteria(ruleset: RuleSet, assessment: Assessment, rules: list[Rule], words: Words) -> Iterator[str]:
    """Explain the criteria that some rules use."""
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
    key = "explain_changes" if len(changes["sets"]) == 1 else "explain_changes_any"
    yield from item(words.count(key, changes["fewest"], outcome=outcome))
    for changed in changes["sets"]:
        said = []
        for change in changed:
            question = ruleset.questions_by_id[change["question"]]
            label = change_label(question, change, words)
            said.append(words.fill("explain_change", id=question.id, question=question.wording, answer=label))
        yield from item(words.both(said), depth=2)
    if changes["more"]:
        yield from item(words["explain_more_changes"], depth=2)


def _answer(ruleset: RuleSet, answers: Mapping[str, Answer], name: str, words: Words) -> str:
    question = ruleset.questions_by_id[name]
    label = answer_label(question, answers[name], words)
    return words.fill("explain_answer", id=name, question=question.wording, answer=label)

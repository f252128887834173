"""Write an assessment as text for a terminal or a build log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.assessment.estimates import AssessedEstimate
from assessor.assessment.results import Assessment, DecisionAssessment, each_decision
from assessor.language.inline import plain_text
from assessor.language.layout import indented, item, section
from assessor.language.quantities import format_likely, format_span, is_range
from assessor.language.words import Words, english
from assessor.model.answers import Answer
from assessor.model.estimates.estimates import Estimate
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.reports.points import points_range, shown_scores
from assessor.reports.wording import sentence

_STOPS = (".", "!", "?", "…", ":", "。", "！", "？", "：")


def assessment_text(
    ruleset: RuleSet,
    answers: Mapping[str, Answer],
    assessment: Assessment,
    *,
    explain: bool,
    words: Words | None = None,
) -> str:
    """Return an assessment in the words of its rule set, as lines of at most 96 characters.

    Args:
        ruleset: The rule set.
        answers: The answers.
        assessment: Their assessment.
        explain: Whether to explain which answers decided, what ruled out each other rule, and what would change the
            outcome.
        words: The words of the interface; English by default.
    """
    words = words or english()
    lines = [*_Report(ruleset, assessment, words, is_brief=explain).lines()]
    if explain:
        from assessor.reports.explanation import explanation  # noqa: PLC0415 - most runs explain nothing

        lines += explanation(ruleset, answers, assessment, words)
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class _Report:
    """Writes an assessment. In brief form, what no longer matters is only named."""

    ruleset: RuleSet
    assessment: Assessment
    words: Words
    is_brief: bool

    def lines(self) -> Iterator[str]:
        ruleset, assessment, words = self.ruleset, self.assessment, self.words
        version = assessment["hash"][:8]
        yield words.fill("report_title", title=ruleset.title, ruleset=assessment["ruleset"], hash=version)
        yield ""
        for place, decided in enumerate(each_decision(assessment)):
            if place:
                yield ""
            if len(ruleset.decisions) > 1:
                yield plain_text(ruleset.decisions[place].title)
            yield from self._decision(ruleset.rules_by_decision[place], decided)
        yield from self._actions("report_actions", assessment["actions"]["apply"])
        yield from self._actions("report_actions_open", assessment["actions"]["open"])
        yield from self._points()
        yield from self._estimates()
        yield from self._open_questions()

    def _decision(self, rules: Sequence[Rule], decided: DecisionAssessment) -> Iterator[str]:
        """Return the outcome of a decision, or those that are possible."""
        words = self.words
        outcomes = {outcome.id: outcome for outcome in self.ruleset.outcomes}
        named = {id: words.fill("report_outcome", outcome=each.title, id=id) for id, each in outcomes.items()}
        open_count = len(self.assessment["open"])
        if decided["outcome"] is not None:
            yield words.fill("report_settled", outcome=named[decided["outcome"]])
            yield from indented(plain_text(outcomes[decided["outcome"]].summary))
            if open_count:
                yield from indented(words.count("report_stays", open_count))
        else:
            yield words["report_possible"]
            for outcome_id in decided["possible"]:
                yield from item(named[outcome_id])
            if decided["gap"]:
                yield from item(words["report_no_advice"])
        if decided["settled"]:
            yield from self._reasons([rule for rule in rules if rule.id in decided["rules"]])

    def _reasons(self, rules: Sequence[Rule]) -> Iterator[str]:
        """Return the reason of the rule that fires, or of each that may fire."""
        yield from section(self.words["report_because" if len(rules) == 1 else "report_because_one_of"])
        for rule in rules:
            yield from indented(plain_text(rule.because))
            yield from indented(self.words.fill("report_rule", id=rule.id, rule=sentence(rule, self.words)))

    def _actions(self, heading: str, names: Sequence[str]) -> Iterator[str]:
        if names:
            yield from section(self.words[heading])
        actions = [action for action in self.ruleset.actions if action.id in names]
        for action in sorted(actions, key=lambda action: not action.gap):
            title = plain_text(action.title)
            said = title if title.endswith(_STOPS) else f"{title}."
            if action.because:
                said = self.words.fill("report_action", title=said, because=plain_text(action.because))
            yield from item(self.words.fill("report_gap", action=said) if action.gap else said)

    def _points(self) -> Iterator[str]:
        """List the scores and, in a report that explains, what gave the points."""
        words = self.words
        if self.ruleset.scores:
            yield from section(words.fill("report_points"))
        for each in shown_scores(self.ruleset, words):
            assessed = self.assessment["scores"][each.score.id]
            line = each.line(points_range(assessed, words), words)
            yield from item(words.fill("points_line", title=each.score.title, points=line))
            for term, given in zip(each.terms, assessed["terms"], strict=True) if self.is_brief else ():
                yield from item(words.fill("points_line", title=points_range(given, words), points=term), depth=2)

    def _estimates(self) -> Iterator[str]:
        if self.ruleset.estimates:
            yield from section(self.words["report_estimates"])
        for estimate in self.ruleset.estimates:
            assessed = self.assessment["estimates"][estimate.id]
            quantity = self._quantity(assessed, estimate) if assessed else self.words["report_estimate_open"]
            yield from item(self.words.fill("report_estimate", title=estimate.title, quantity=quantity))

    def _quantity(self, assessed: AssessedEstimate, estimate: Estimate) -> str:
        low, likely, high, unit = assessed["low"], assessed["likely"], assessed["high"], assessed["unit"]
        is_amount = estimate.id in self.ruleset.break_evens
        shown = format_likely(low, likely, high, unit, self.words, is_amount=is_amount)
        if is_range(low, high):
            span = format_span(low, high, self.words, is_amount=is_amount)
            shown = self.words.fill("report_estimate_range", likely=shown, range=span)
        if not assessed["assumed"]:
            return shown
        return self.words.fill("report_estimate_assuming", quantity=shown, questions=", ".join(assessed["assumed"]))

    def _open_questions(self) -> Iterator[str]:
        """List the open questions: the one to ask now, those that can change the outcome, and those that cannot."""
        following = self.assessment["next"]
        if following is not None:
            remaining = self.assessment["remaining"]
            is_several = remaining["fewest"] not in (None, remaining["most"])
            yield from section(self.words.fill("report_next_of" if is_several else "report_next", **remaining))
            yield from item(self._question(following))
        others = [name for name in self.assessment["matters"] if name != following]
        if others:
            yield from section(self.words["report_matters"])
        for name in others:
            yield from item(self._question(name))
        irrelevant = self.assessment["irrelevant"]
        if irrelevant:
            yield from section(self.words["report_irrelevant"])
        if self.is_brief:
            yield from indented(", ".join(self._marked(name, name) for name in irrelevant))
            return
        for name in irrelevant:
            yield from item(self._question(name))

    def _question(self, id: str) -> str:
        question = self.ruleset.questions_by_id[id]
        key = "report_question_of" if question.asked_of else "report_question"
        return self._marked(id, self.words.fill(key, id=id, question=question.wording, who=question.asked_of))

    def _marked(self, id: str, said: str) -> str:
        """Mark a question with the answer "I don't know"."""
        is_unknown = id in self.assessment["unknown"]
        return self.words.fill("report_question_unknown", question=said) if is_unknown else said

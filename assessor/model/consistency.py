"""Check that the parts of a rule set fit together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, Any

from assessor.errors import AnswerProblem, AnswersError, Location, RuleSetError, did_you_mean
from assessor.model.answers import check_answers
from assessor.model.cases import Case
from assessor.model.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Condition,
    Criterion,
    Not,
    check_condition,
    walk,
)
from assessor.model.estimates.charts import Chart
from assessor.model.estimates.conditional import cases_in
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Quantity, inputs
from assessor.model.formulas.ranges import Range, check_formula
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, Is, Option, question_of
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.questions.sections import Section
from assessor.model.rules.decisions import Decision, OutcomeIs, check_last, with_earlier

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet

_CONDITIONS = (YesNo, Is, Comparison, AllOf, AnyOf, AtLeast, Not, Criterion, PointsComparison, OutcomeIs)


def check_consistency(ruleset: RuleSet) -> None:
    """Check that parts use only parts that the rule set lists, and that each can play its role.

    Raises:
        RuleSetError: With the first part that cannot.
    """
    _check_former_ids(ruleset)
    _check_asked_when(ruleset)
    _check_rules(ruleset)
    _check_decisions(ruleset)
    _check_conditions(ruleset)
    _check_estimates(ruleset)
    _check_charts(ruleset)
    _check_cases(ruleset)


def _check_former_ids(ruleset: RuleSet) -> None:
    known = {question.id: question for question in ruleset.questions}
    for question in ruleset.questions:
        for old in question.formerly:
            if old in known:
                raise RuleSetError(
                    f"{question.owner_name} was formerly {old!r}, but so is or was {known[old].owner_name} "
                    f"(made at {known[old].location}): an old answer could be for either",
                    question.location,
                )
            known[old] = question


def _check_decisions(ruleset: RuleSet) -> None:
    owners: dict[str, Decision] = {}
    read: list[Decision] = []
    for decision in ruleset.decisions:
        for outcome in decision.outcomes:
            other = owners.setdefault(outcome.id, decision)
            if other is not decision:
                raise RuleSetError(
                    f"{decision.owner_name} comes to outcome {outcome.id!r}, and so does {other.owner_name}: an "
                    "outcome belongs to one decision, so make two",
                    decision.location,
                )
        for rule in decision.rules:
            _check_reads(ruleset, rule.owner_name, rule.when, read, rule.location)
        read.append(decision)


def _check_reads(
    ruleset: RuleSet, owner: str, condition: Condition, known: Sequence[Decision], location: Location
) -> None:
    """Check that a condition reads only some decisions."""
    for part in walk(condition):
        if isinstance(part, OutcomeIs):
            _check_listed(owner, "decisions", part.decision, ruleset.decisions, location)
            if not any(part.decision is each for each in known) and part.decision not in known:
                raise RuleSetError(
                    f"{owner} reads {part.decision.owner_name}, which comes later or is its own: a decision can "
                    "read earlier ones only, so put that first in decisions=[…]",
                    location,
                )


def _check_asked_when(ruleset: RuleSet) -> None:
    asked: set[str] = set()
    for section in ruleset.sections:
        _check_asked_after(ruleset, section.owner_name, section, section.location, asked, own=section.questions)
        for question in section.questions:
            name = question.owner_name
            _check_asked_after(ruleset, name, question, question.location, asked, own=[question])
            for option in question.options if isinstance(question, Choice) else ():
                of = f"option {option.id!r} of {name}"
                _check_asked_after(ruleset, of, option, question.location, asked, own=[question])
            asked.add(question.id)


def _check_asked_after(
    ruleset: RuleSet,
    name: str,
    part: Section | Question | Option,
    location: Location,
    asked: Set[str],
    *,
    own: Sequence[Question],
) -> None:
    """Check that when a section, a question or an option is asked depends only on questions before it."""
    if part.asked_when is None:
        return
    owner = f"asked_when of {name}"
    _check_condition(ruleset, owner, part.asked_when, location)
    for each in with_earlier(part.asked_when):
        needed = question_of(each)
        if needed is not None and needed.id not in asked:
            is_own = needed.id in [question.id for question in own]
            raise RuleSetError(
                f"{owner} depends on the answer to {needed.id!r} itself: let it depend on earlier questions"
                if is_own
                else f"{owner} depends on {needed.id!r}, which is asked later: put {needed.id!r} first",
                location,
            )


def _check_rules(ruleset: RuleSet) -> None:
    for rule in ruleset.rules:
        owner = rule.owner_name
        _check_listed(owner, "outcomes", rule.then, ruleset.outcomes, rule.location)
        _check_condition(ruleset, owner, rule.when, rule.location)
    if not ruleset.decisions:
        check_last(ruleset.rules)


def _check_conditions(ruleset: RuleSet) -> None:
    for criterion in ruleset.criteria:
        _check_condition(ruleset, criterion.owner_name, criterion.condition, criterion.location)
    for score in ruleset.scores:
        for fact in score.facts:
            _check_listed(score.owner_name, "facts", fact, ruleset.facts, score.location)
        for condition in score.conditions():
            _check_condition(ruleset, score.owner_name, condition, score.location)
    for action in ruleset.actions:
        owner = action.owner_name
        _check_condition(ruleset, owner, action.when, action.location)
        for outcome in action.under:
            _check_listed(owner, "outcomes", outcome, ruleset.outcomes, action.location)


def _check_condition(ruleset: RuleSet, owner: str, condition: Condition, location: Location) -> None:
    for part in walk(condition):
        check_condition(owner, part, location)
        if not isinstance(part, _CONDITIONS):
            raise RuleSetError(
                f"{owner} has a condition of the class {type(part).__name__!r}, which says nothing to the rules: "
                "build it from questions with &, | and ~, and name it with a Criterion",
                location,
            )
        question = question_of(part)
        if question is not None:
            _check_question(ruleset, owner, question, location)
        if isinstance(part, (Comparison, PointsComparison)):
            for fact in part.facts:
                _check_listed(owner, "facts", fact, ruleset.facts, location)
        if isinstance(part, Criterion):
            _check_listed(owner, "criteria", part, ruleset.criteria, location)
        for score in part.scores if isinstance(part, PointsComparison) else ():
            _check_listed(owner, "scores", score, ruleset.scores, location)
    _check_reads(ruleset, owner, condition, ruleset.decisions, location)


def _check_question(ruleset: RuleSet, owner: str, question: Question, location: Location) -> None:
    known = ruleset.questions_by_id.get(question.id)
    if known is None:
        raise RuleSetError(
            f"{owner} asks question {question.id!r}, which is in no section: add it to the questions of one",
            location,
        )
    if known is not question and known != question:
        raise RuleSetError(
            f"{owner} asks a question {question.id!r} (made at {question.location}) that is not the one in the "
            f"sections (made at {known.location}): make it once and use it twice",
            location,
        )


def _check_listed(owner: str, name: str, part: Any, parts: Sequence[Any], location: Location) -> None:
    # Comparing conditions is slow, and the part is nearly always the same object.
    if not any(part is known for known in parts) and part not in parts:
        # A part is meant, and not a name: one with a similar name is no help.
        what = part.owner_name
        same = next((known for known in parts if known.id == part.id), None)
        raise RuleSetError(
            f"{owner} uses {what}, which {name}=[…] of the rule set does not list: add it there"
            if same is None
            else f"{owner} uses {what} (made at {part.location}), which is not the one that {name}=[…] of the rule "
            f"set lists (made at {same.location}): make it once and use it twice",
            location,
        )


def _check_estimates(ruleset: RuleSet) -> None:
    for question in ruleset.questions:
        if isinstance(question, Number) and question.default is not None:
            owner = question.owner_name
            _check_listed(owner, "facts", question.default, ruleset.facts, question.location)
    for estimate in ruleset.estimates:
        owner = estimate.owner_name
        ranges: dict[Formula, Range] = {}
        for part in inputs(estimate.formula):
            if isinstance(part, Number):
                _check_question(ruleset, owner, part, estimate.location)
                ranges[part] = Range(part.minimum, part.minimum, part.maximum)
            elif isinstance(part, Fact):
                _check_listed(owner, "facts", part, ruleset.facts, estimate.location)
                ranges[part] = part.range
            elif isinstance(part, Quantity):
                ranges[part] = Range.exactly(part.value)
        for case in cases_in(estimate.formula):
            _check_condition(ruleset, owner, case.condition, case.location)
        for branch in estimate.branches:
            within = branch.within(ranges)
            if within is not None:
                check_formula(owner, branch.formula, within, estimate.location)
        if estimate.outcome is not None:
            _check_listed(owner, "outcomes", estimate.outcome, ruleset.outcomes, estimate.location)


def _check_charts(ruleset: RuleSet) -> None:
    drawn: dict[str, Chart] = {}
    for chart in ruleset.charts:
        for estimate in chart.estimates:
            _check_listed(chart.owner_name, "estimates", estimate, ruleset.estimates, chart.location)
            if estimate.id in drawn:
                raise RuleSetError(
                    f"chart {chart.id!r} has estimate {estimate.id!r}, which chart {drawn[estimate.id].id!r} has "
                    f"already: a chart draws each once",
                    chart.location,
                )
            drawn[estimate.id] = chart
        if chart.break_even is not None:
            _check_listed(chart.owner_name, "estimates", chart.break_even, ruleset.estimates, chart.location)


def _check_cases(ruleset: RuleSet) -> None:
    for case in ruleset.cases:
        owner = case.owner_name
        for outcome in (case.outcome, *case.also):
            _check_listed(owner, "outcomes", outcome, ruleset.outcomes, case.location)
        _check_expected(ruleset, case)
        _check_known(owner, "rule", [case.rule] if case.rule else [], ruleset.rules, case.location)
        _check_known(owner, "action", case.actions or (), ruleset.actions, case.location)
        old: list[AnswerProblem] = []
        try:
            check_answers(ruleset.questions, case.answers, old.append)
        except AnswersError as error:
            raise RuleSetError(f"{owner}: {error}", case.location) from None
        if old:
            raise RuleSetError(f"{owner}: {old[0].message}", case.location)


def _check_expected(ruleset: RuleSet, case: Case) -> None:
    """Check that a case expects at most one outcome of each decision."""
    for decision in ruleset.decisions or (None,):
        known = ruleset.outcomes if decision is None else decision.outcomes
        expected = [each.id for each in (case.outcome, *case.also) if each in known]
        if len(expected) > 1:
            of = "the rule set has one decision" if decision is None else f"both belong to {decision.owner_name}"
            raise RuleSetError(
                f"{case.owner_name} expects {expected[0]!r} and {expected[1]!r}, but {of}: leave out one", case.location
            )


def _check_known(owner: str, kind: str, ids: Iterable[str], parts: Sequence[Any], location: Location) -> None:
    known = [part.id for part in parts]
    for each in ids:
        if each not in known:
            raise RuleSetError(
                f"{owner} expects the {kind} {each!r}, but there is none.{did_you_mean(str(each), known)}", location
            )

"""Results: what an assessment consists of."""

from __future__ import annotations

from typing import TypedDict

from assessor.assessment.estimates import AssessedEstimate
from assessor.assessment.points import AssessedScore
from assessor.assessment.queries.changes import Changes


class AssessedActions(TypedDict):
    """The actions that apply whatever else is answered, and those that may still apply."""

    apply: list[str]
    open: list[str]


class StillMatters(TypedDict):
    """For each undecided action and criterion, and each estimate, the open questions that can still change it."""

    actions: dict[str, list[str]]
    criteria: dict[str, list[str]]
    estimates: dict[str, list[str]]


class Remaining(TypedDict):
    """How many questions remain until no open question matters: either the outcome is settled or no rule decides.

    Keys:
        fewest: The smallest number of open questions for which some answers are enough, whatever the other answers are;
            `None` if this takes too long to compute.
        most: The largest number of questions asked, in any order, if only questions that still matter are asked.
    """

    fewest: int | None
    most: int


class Result(TypedDict):
    """What outcomes answers lead to: see `Assessment`."""

    outcome: str | None
    settled: bool
    possible: list[str]
    gap: bool


class Firing(TypedDict):
    """The rules that fire: see `Assessment`."""

    rule: str | None
    rules: list[str]


class Verdict(Result, Firing):
    """What the rules say of answers, without the reasons and the outlook: see `Assessment`."""

    actions: AssessedActions


class DecisionAssessment(Result, Firing):
    """What an assessment says of one decision: see `Assessment`."""

    matters: list[str]
    reasons: list[str]
    ruled_out: dict[str, list[str]]
    changes: dict[str, Changes | None]
    next: str | None
    remaining: Remaining
    counts: dict[str, str]


class AssessmentAlways(DecisionAssessment):
    """What every assessment has: see `Assessment`."""

    ruleset: str
    hash: str
    actions: AssessedActions
    criteria: dict[str, bool | None]
    estimates: dict[str, AssessedEstimate | None]
    scores: dict[str, AssessedScore]
    open: list[str]
    unknown: list[str]
    unasked: list[str]
    unoffered: dict[str, list[str]]
    irrelevant: list[str]
    matters_to: StillMatters


class Assessment(AssessmentAlways, total=False):
    """The result of `assess`. Its JSON is the same from Python and from `core.js`.

    If a rule set has several decisions, the outcome, its rules, reasons, changes and counts are those of the first, and
    `decisions` has the others. A question matters if it matters to any of them.

    Keys:
        ruleset: The id of the rule set.
        hash: The content hash of its bundle.
        outcome: The outcome, if it is settled.
        settled: Whether every way of answering the open questions gives the same outcome.
        possible: The outcomes that some way of answering them gives, in the order of the rules.
        gap: Whether no rule decides for some way of answering them; if so, nothing is settled.
        rule: The rule that fires, if every way of answering them fires the same one.
        rules: The rules that some way of answering them fires, in order.
        actions: The actions that apply, and those that still may.
        criteria: Whether each criterion holds; `None` while undecided.
        estimates: Each estimate, or `None` while a number without a default is open that it may need.
        scores: The points of each score, as the fewest and the most that some way of answering them gives, and the same
            for each of its terms.
        open: The questions without an answer or answered with "I don't know", in order.
        unknown: The open questions that were answered with "I don't know".
        unasked: The questions whose `asked_when` does not hold yet.
        unoffered: For each choice, the options that are not offered, or not yet. Its question is open while its answer
            is one of them.
        matters: The open questions that can still change the outcome, or that of another decision.
        irrelevant: The open questions that cannot.
        matters_to: For each undecided action and criterion, and each estimate that is not certain, the open questions
            that can still change it.
        reasons: A minimal set of answered questions that forces the settled outcome.
        ruled_out: For each rule whose condition can no longer hold, a minimal set of answered questions that rules it
            out.
        changes: For each outcome that is not possible, the fewest answers to change to make it possible; `None` if no
            answers lead to it. At most five sets with this many changes are listed; `more` is true if there are more.
        next: The question to ask now. Among the questions that matter in the first section that has any, it is the one
            expected to tell most about the outcome. Questions answered with "I don't know" come after all others that
            are asked, and questions not asked yet come last. A choice comes after the questions that decide whether its
            options are offered. Of several decisions, the first that is open counts; one that waits only for answers "I
            don't know" comes after the others.
        remaining: The fewest and the most questions that remain, for the same decision.
        counts: How many combinations of cells of the open questions lead to each outcome, as decimal digits, because
            JSON parsers may round numbers beyond 2**53. Combinations with an option that is not offered don't count.
        decisions: What the assessment says of each decision after the first, by its id; only if there are several.
    """

    decisions: dict[str, DecisionAssessment]


def each_decision(assessment: Assessment) -> list[DecisionAssessment]:
    """Return what an assessment says of each decision, in order; the first is beside the others."""
    return [assessment, *assessment.get("decisions", {}).values()]

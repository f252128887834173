"""Check actions, criteria, facts and sections."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from assessor.check.owners import joined
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.layout import quoted
from assessor.logic.diagram import FALSE
from assessor.logic.proofs import Proofs
from assessor.model.conditions import Criterion, walk
from assessor.model.facts import Fact
from assessor.model.questions.choices import Choice
from assessor.model.questions.sections import Section
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words

SCREEN_ROWS = 40
"""The rows of text and controls that fit on a laptop's screen: 1,000 CSS pixels, at 25 per row."""


def actions_that_never_apply(proofs: Proofs) -> Iterator[Finding]:
    """Find actions whose condition never holds together with their outcomes."""
    for action in proofs.ruleset.actions:
        reached = [outcome for outcome in action.under if proofs.decided([outcome.id]) != FALSE]
        if proofs.applies[action.id] != FALSE or proofs.compile(action.when) == FALSE or not reached:
            continue
        titles = joined([repr(outcome.title) for outcome in action.under], "or")
        yield Finding(
            "action-never-applies",
            place_of(action.location),
            f"Action {action.id!r} never applies: its condition holds for no answers that lead to {titles}.",
            "Fix its condition, or its list of outcomes.",
            proofs.witness(proofs.decided([reached[0].id])),
            f"the outcome is {reached[0].id!r}, and the action is not among what to do",
        )


def unused_criteria(ruleset: RuleSet) -> Iterator[Finding]:
    """Find criteria that no rule, action or `asked_when` uses."""
    conditions = [each.condition for each in ruleset.conditions() if each.owner.kind != "criterion"]
    used = {part.id for condition in conditions for part in walk(condition) if isinstance(part, Criterion)}
    for criterion in ruleset.criteria:
        if criterion.id not in used:
            yield Finding(
                "unused-criterion",
                place_of(criterion.location),
                f"Criterion {criterion.id!r}, “{criterion.title}”, is in no rule and no action.",
                "Use it, or remove it.",
            )


def unused_facts(ruleset: RuleSet) -> Iterator[Finding]:
    """Find facts that nothing in the rule set uses or quotes. `assessor lint` checks whether pages quote them."""
    for fact in ruleset.facts:
        if fact.id not in ruleset.used_facts:
            yield Finding(
                "fact-for-pages",
                place_of(fact.location),
                f"Fact {_quoted(ruleset, fact)} is in no condition, no formula and no words of the rule set; "
                "whether pages quote it is not known.",
                "Run 'assessor lint' on the folder of the pages: it finds facts that no page quotes.",
            )


def outdated_facts(ruleset: RuleSet, today: datetime.date) -> Iterator[Finding]:
    """Find facts whose review date has passed."""
    for fact in ruleset.facts:
        if fact.review_after and datetime.date.fromisoformat(fact.review_after) < today:
            yield Finding(
                "outdated-fact",
                place_of(fact.location),
                f"Fact {_quoted(ruleset, fact)} was due for review after {fact.review_after}; its source was last "
                f"read on {fact.checked}.",
                f"Read {fact.source} again, then set its value, checked= and review_after=.",
            )


def facts_of_tomorrow(ruleset: RuleSet, today: datetime.date) -> Iterator[Finding]:
    """Find facts whose reading date is still in the future in every time zone."""
    tomorrow = today + datetime.timedelta(days=1)
    for fact in ruleset.facts:
        if datetime.date.fromisoformat(fact.checked) > tomorrow:
            yield Finding(
                "future-fact",
                place_of(fact.location),
                f"The source of fact {_quoted(ruleset, fact)} has the reading date {fact.checked}, which is "
                "in the future.",
                "Set checked= to the day on which you read it.",
            )


def _quoted(ruleset: RuleSet, fact: Fact) -> str:
    """Return the id and the value of a fact, as readers of the rule set see it."""
    return f"{fact.id!r}, {quoted(fact.value_text(ruleset_words(ruleset)))},"


def long_sections(ruleset: RuleSet) -> Iterator[Finding]:
    """Find sections that are longer than a screen."""
    for section in ruleset.sections:
        rows = section_rows(section)
        if rows > SCREEN_ROWS:
            yield Finding(
                "long-section",
                place_of(section.location),
                f"Section “{section.title}” takes at least {rows} rows, not counting hints, and a screen shows "
                f"{SCREEN_ROWS}: readers lose sight of its heading.",
                "Split it into two sections.",
            )


def section_rows(section: Section) -> int:
    """Return the fewest rows that a section takes: its heading, and for each question its wording and answers."""
    if section.ticks:
        return 1 + len(section.questions)
    return 1 + sum(1 + (len(question.options) if isinstance(question, Choice) else 1) for question in section.questions)

"""Export the texts of a rule set as JSON, for other pages and tools."""

from __future__ import annotations

from typing import Any

from assessor.language.decimals import plain_number
from assessor.language.words import Words
from assessor.model.conditions import Condition
from assessor.model.facts import Fact
from assessor.model.questions.choices import Choice
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.model.rules.decisions import Decision
from assessor.model.ruleset import RuleSet
from assessor.reports.points import given_points
from assessor.reports.wording import sentence, statement


def words(ruleset: RuleSet, language: Words) -> dict[str, Any]:
    """Return what a bundle leaves out: the original texts of a rule set by id, and its facts."""
    return {
        "title": ruleset.title,
        "summary": ruleset.summary,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "intro": section.intro,
                "ticks": section.ticks,
                "questions": [question.id for question in section.questions],
            }
            for section in ruleset.sections
        ],
        "questions": {
            question.id: _question(question, ruleset.asked_when.get(question.id), language)
            for question in ruleset.questions
        },
        "outcomes": {
            outcome.id: {
                "title": outcome.title,
                "summary": outcome.summary,
                "next_steps": list(outcome.next_steps),
                "icon": outcome.icon,
                "tone": outcome.tone,
            }
            for outcome in ruleset.outcomes
        },
        **({"decisions": {each.id: _decision(each) for each in ruleset.decisions}} if ruleset.decisions else {}),
        "rules": {rule.id: {"sentence": sentence(rule, language), "because": rule.because} for rule in ruleset.rules},
        "criteria": {
            each.id: {"title": each.title, "means": statement(each.condition, language)} for each in ruleset.criteria
        },
        "scores": {
            each.id: {"title": each.title, "points": [list(given) for given in given_points(each, language)]}
            for each in ruleset.scores
        },
        "actions": {
            action.id: {
                "title": action.title,
                "because": action.because,
                "under": [outcome.id for outcome in action.under],
                "gap": action.gap,
            }
            for action in ruleset.actions
        },
        "estimates": {
            each.id: {"title": each.title, "unit": each.unit, "note": each.note} for each in ruleset.estimates
        },
        "facts": {fact.id: _fact(fact) for fact in ruleset.facts},
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "title": decision.title,
        "outcomes": [outcome.id for outcome in decision.outcomes],
        "rules": [rule.id for rule in decision.rules],
    }


def _question(question: Question, asked_when: Condition | None, language: Words) -> dict[str, Any]:
    found: dict[str, Any] = {
        "wording": question.wording,
        "hint": question.hint,
        "why": question.why,
        "about": question.about,
        "asked_of": question.asked_of,
        "asked_when": "" if asked_when is None else statement(asked_when, language),
    }
    if isinstance(question, Choice):
        found["options"] = {option.id: option.label for option in question.options}
        if question.restricted:
            found["offered_when"] = {name: statement(each, language) for name, each in question.restricted.items()}
    if isinstance(question, Number):
        found["unit"] = question.unit
    return found


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "value": plain_number(fact.value) if isinstance(fact.value, float) else str(fact.value),
        "unit": fact.unit,
        "low": None if fact.low is None else plain_number(fact.low),
        "high": None if fact.high is None else plain_number(fact.high),
        "title": fact.title,
        "note": fact.note,
        "source": fact.source,
        "checked": fact.checked,
    }

"""The words of a rule set, and what stands in them that was not meant to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessor.checking.findings import Finding
from assessor.checking.phrases import rule_name
from assessor.errors import Location
from assessor.questions import Choice
from assessor.ruleset import RuleSet

_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
# What an f-string fills: a name or what is read off it, perhaps with a conversion and a format.
_HOLE = re.compile(r"\{[^\W\d][\w.]*(?:\[[^][{}]*\])?(?:![rsa])?(?::[^{}]*)?\}")


@dataclass(frozen=True)
class Words:
    """A text of a part of a rule set.

    Attributes:
        owner: How a finding names the part, at the start of a sentence.
        location: Where it was made.
        text: What it says.
    """

    owner: str
    location: Location
    text: str


def words_of(ruleset: RuleSet) -> Iterator[Words]:
    """Yield every text that readers see."""
    for owner, location, texts in _texts_by_part(ruleset):
        for text in texts:
            yield Words(owner, location, text)


def _texts_by_part(ruleset: RuleSet) -> Iterator[tuple[str, Location, tuple[str, ...]]]:
    yield f"Rule set {ruleset.id!r}", ruleset.location, (ruleset.title, ruleset.summary)
    for section in ruleset.sections:
        yield f"Section {section.id!r}", section.location, (section.title, section.intro)
    for question in ruleset.questions:
        options = question.options if isinstance(question, Choice) else ()
        said = tuple(text for option in options for text in (option.label, option.statement))
        owner = f"Question {question.id!r}"
        yield owner, question.location, (question.wording, question.hint, question.why, *said)
    for outcome in ruleset.outcomes:
        texts = (outcome.title, outcome.summary, *outcome.next_steps)
        yield f"Outcome {outcome.id!r}", outcome.location, texts
    for rule in ruleset.rules:
        yield rule_name(rule).capitalize(), rule.location, (rule.because,)
    for action in ruleset.actions:
        yield f"Action {action.id!r}", action.location, (action.title, action.because)
    for criterion in ruleset.criteria:
        yield f"Criterion {criterion.id!r}", criterion.location, (criterion.title, criterion.negation)
    for estimate in ruleset.estimates:
        yield f"Estimate {estimate.id!r}", estimate.location, (estimate.title, estimate.note)
    for chart in ruleset.charts:
        yield f"Chart {chart.id!r}", chart.location, (chart.title,)
    for fact in ruleset.facts:
        yield f"Fact {fact.id!r}", fact.location, (fact.note,)
    for case in ruleset.cases:
        yield f"Case {case.id!r}", case.location, (case.title, case.story)


def missing_f_prefixes(ruleset: RuleSet) -> Iterator[Finding]:
    """Find texts with braces that an f before the quotation mark would have filled; braces in code are meant."""
    for words in words_of(ruleset):
        for hole in dict.fromkeys(_HOLE.findall(_CODE.sub("", words.text))):
            yield Finding(
                "missing-f-prefix",
                words.location,
                f"{words.owner} says “{hole}” as it stands, in place of a value.",
                'Write f before the quotation mark, f"…"; braces that are meant stand in `code`.',
            )

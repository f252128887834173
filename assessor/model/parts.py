"""Enumerate what a rule set consists of: its parts, their conditions and texts, and the facts that they use.

Every command that walks a rule set uses these functions, through `RuleSet`. So a new kind of part or text reaches all
of them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessor.errors import Location
from assessor.language.words import languages, words_of
from assessor.model.conditions import Comparison, Condition, Criterion, walk
from assessor.model.estimates.conditional import cases_in
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import inputs
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, Option
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.model.questions.sections import Section
from assessor.model.rules.outcomes import Outcome
from assessor.validation import Definition, marked_texts

if TYPE_CHECKING:
    from assessor.model.ruleset import RuleSet

KINDS: Mapping[str, str] = {
    "sections": "section",
    "questions": "question",
    "outcomes": "outcome",
    "criteria": "criterion",
    "scores": "score",
    "decisions": "decision",
    "rules": "rule",
    "actions": "action",
    "estimates": "estimate",
    "charts": "chart",
    "facts": "fact",
    "cases": "case",
}
"""The attributes of a rule set that list parts, and the name of a part in each."""

# Short words and bare numbers appear in many texts without quoting a fact.
_SHORT = 6


@dataclass(frozen=True)
class Part:
    """A part of a rule set.

    Attributes:
        kind: The kind of part, such as `question`.
        name: Its name in messages, within a sentence: `question 'pager'`.
        value: The part itself.
        location: The line that creates it; for an option, that of its question.
    """

    kind: str
    name: str
    value: Any
    location: Location

    @classmethod
    def of(cls, value: Definition) -> Part:
        """Return the part for a definition, with its own location."""
        return cls(value.kind, value.owner_name, value, value.location)


@dataclass(frozen=True)
class OwnedCondition:
    """A condition, with the part that contains it.

    Attributes:
        owner: The part.
        condition: The condition; for a criterion, the condition that it names.
    """

    owner: Part
    condition: Condition


@dataclass(frozen=True)
class OwnedText:
    """A text that readers see, with the part that contains it.

    Attributes:
        owner: The part.
        attribute: The attribute of the part, such as `because`.
        text: The text; never empty.
    """

    owner: Part
    attribute: str
    text: str


def parts_of(ruleset: RuleSet) -> Iterator[Part]:
    """Yield the rule set itself and every part of it, options included."""
    yield Part.of(ruleset)
    for plural in KINDS:
        for value in getattr(ruleset, plural):
            yield Part.of(value)
            for option in value.options if isinstance(value, Choice) else ():
                yield _option_part(value, option)


def _option_part(question: Choice, option: Option) -> Part:
    return Part("option", f"option {option.id!r} of {question.owner_name}", option, question.location)


def conditions_of(ruleset: RuleSet) -> Iterator[OwnedCondition]:
    """Yield every condition with its owner: of rules first, then criteria, scores, actions, parts asked, estimates.

    Those of options come last.

    The condition of an `otherwise`, and of an action without `when`, is `ALWAYS`.
    """
    for rule in ruleset.rules:
        yield OwnedCondition(Part.of(rule), rule.when)
    for criterion in ruleset.criteria:
        yield OwnedCondition(Part.of(criterion), criterion.condition)
    for score in ruleset.scores:
        for condition in score.conditions():
            yield OwnedCondition(Part.of(score), condition)
    for action in ruleset.actions:
        yield OwnedCondition(Part.of(action), action.when)
    parts: tuple[Section | Question, ...] = (*ruleset.sections, *ruleset.questions)
    for asked in parts:
        if asked.asked_when is not None:
            yield OwnedCondition(Part.of(asked), asked.asked_when)
    for estimate in ruleset.estimates:
        for each in cases_in(estimate.formula):
            owner = Part(estimate.kind, estimate.owner_name, estimate, each.location)
            yield OwnedCondition(owner, each.condition)
    for choice in (each for each in ruleset.questions if isinstance(each, Choice)):
        for option in choice.options:
            if option.asked_when is not None:
                yield OwnedCondition(_option_part(choice, option), option.asked_when)


def used_parts_of(ruleset: RuleSet) -> Mapping[str, Iterator[Definition]]:
    """Return the parts that a rule set uses and need not list, in the order of use, by the attribute for them."""
    conditions = [part for owned in conditions_of(ruleset) for part in walk(owned.condition)]
    scores = [score for part in conditions if isinstance(part, PointsComparison) for score in part.scores]
    formulas = [part for estimate in ruleset.estimates for part in inputs(estimate.formula)]
    # A wrong type gets its own message later.
    outcomes: list[Any] = [rule.then for rule in ruleset.rules]
    outcomes += [outcome for action in ruleset.actions for outcome in action.under]
    outcomes += [estimate.outcome for estimate in ruleset.estimates if estimate.outcome is not None]
    compared = [part for part in conditions if isinstance(part, (Comparison, PointsComparison))]
    facts = [fact for part in (*compared, *scores, *ruleset.scores) for fact in part.facts]
    numbers = (question for question in ruleset.questions if isinstance(question, Number))
    facts += [number.default for number in numbers if number.default is not None]
    return {
        "outcomes": (part for part in outcomes if isinstance(part, Outcome)),
        "criteria": (part for part in conditions if isinstance(part, Criterion)),
        "scores": iter(scores),
        "facts": (part for part in [*facts, *formulas] if isinstance(part, Fact)),
    }


def texts_of(ruleset: RuleSet) -> Iterator[OwnedText]:
    """Yield every text that readers see."""
    for part in parts_of(ruleset):
        for attribute, text in marked_texts(part.value):
            yield OwnedText(part, attribute, text)


def used_facts_of(ruleset: RuleSet) -> frozenset[str]:
    """Return the ids of the facts that conditions, formulas, defaults or the texts of other parts use."""
    used = {fact.id for fact in used_parts_of(ruleset)["facts"]}
    texts = [*ruleset.texts()]
    for fact in ruleset.facts:
        if fact.id not in used and any(each.owner.value is not fact and _quotes(each.text, fact) for each in texts):
            used.add(fact.id)
    return frozenset(used)


def _quotes(text: str, fact: Fact) -> bool:
    """Return whether a text quotes a fact, in any language that an f-string can select."""
    return any(quotation in text and _whole(quotation).search(text) for quotation in _quotations(fact))


@functools.lru_cache(maxsize=1024)
def _quotations(fact: Fact) -> tuple[str, ...]:
    quotations = {fact.value_text(words_of(language)) for language in languages()}
    return tuple(sorted(each for each in quotations if not _is_bare(fact, each)))


def _is_bare(fact: Fact, quotation: str) -> bool:
    return (
        len(quotation) < _SHORT and " " not in quotation
        if isinstance(fact.value, str)
        else fact.is_numeric and not fact.unit
    )


@functools.lru_cache(maxsize=4096)
def _whole(quotation: str) -> re.Pattern[str]:
    """Return a pattern that matches a quotation only as a whole: "13 GB" does not quote the fact 3 GB."""
    return re.compile(rf"(?<![\w.,]){re.escape(quotation)}(?!\w|[.,]\d)")

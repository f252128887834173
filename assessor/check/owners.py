"""Find the parts of a rule set that have a condition, and name them in findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.errors import Location
from assessor.language.quantities import format_quantity, format_range
from assessor.language.words import Words, base_language
from assessor.model.answers import Answer
from assessor.model.conditions import ALWAYS, Condition, Criterion
from assessor.model.estimates.conditional import cases_in
from assessor.model.estimates.estimates import Estimate
from assessor.model.parts import Part
from assessor.model.points import PointsComparison, Score
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import answer_name, date_label, date_statement, ruleset_words, statement

# Phrases for "the condition holds", in the order in which a page shows the parts.
_HOLDS = {
    "section": "is asked",
    "question": "is asked",
    "option": "is offered",
    "criterion": "holds",
    "score": "gives points",
    "rule": "holds",
    "action": "applies",
    "estimate": "applies",
}
_ORDER = tuple(_HOLDS)

PART_LIMIT = 5_000
"""The most parts that a condition may have, a criterion counting as one. The checks try to leave out each part."""


@dataclass(frozen=True)
class Owner:
    """A part of a rule set that has a condition.

    Attributes:
        name: The name of the part in findings, as the start of a sentence.
        location: The line that creates it.
        condition: Its condition; for a criterion, the condition that it names.
        holds: The phrase for its condition being true, such as "applies".
        rule: Its position among the rules, if it is a rule.
        action: Its id, if it is an action.
    """

    name: str
    location: Location
    condition: Condition
    holds: str
    rule: int | None = None
    action: str = ""

    @property
    def name_in_sentence(self) -> str:
        """The name, in the middle of a sentence."""
        return f"{self.name[:1].lower()}{self.name[1:]}"

    @property
    def is_bloated(self) -> bool:
        """Whether the condition has too many parts to try or to write out each of them."""
        return is_bloated(self.condition)


def is_bloated(condition: Condition) -> bool:
    """Return whether a condition has too many parts. Sharing them, as in `b = a & a; c = b & b`, makes many quickly."""
    return _count(condition, {}) > PART_LIMIT


def _count(condition: Condition, counts: dict[int, int]) -> int:
    known = counts.get(id(condition))
    if known is None:
        parts = () if isinstance(condition, (Criterion, PointsComparison)) else condition.parts
        known = counts[id(condition)] = 1 + sum(_count(part, counts) for part in parts)
    return known


def owners(ruleset: RuleSet) -> Iterator[Owner]:
    """Yield every part that has a condition, in the order of the page."""
    places = {rule.id: place for place, rule in enumerate(ruleset.rules)}
    for part, condition in sorted(_conditional(ruleset), key=lambda each: _ORDER.index(each[0].kind)):
        kind, name = part.kind, part.name
        owner = f"{name[:1].upper()}{name[1:]}"
        if kind in ("section", "question", "option"):
            owner = f"The asked_when of {name}"
        elif isinstance(part.value, Score):
            place = next(n for n, term in enumerate(part.value.terms, start=1) if condition in term.conditions)
            owner = f"Condition {place} of {name}"
        elif isinstance(part.value, Estimate):
            cases = [each.condition for each in cases_in(part.value.formula)]
            owner = f"Case {1 + next(n for n, each in enumerate(cases) if each is condition)} of {name}"
        rule = places[part.value.id] if kind == "rule" else None
        action = part.value.id if kind == "action" else ""
        # A question is asked only if the condition of its section holds, too.
        is_half = kind == "section" or (kind == "question" and ruleset.asked_when[part.value.id] != condition)
        holds = f"the asked_when of {name} holds" if is_half else f"{name} {_HOLDS[kind]}"
        if kind == "estimate":
            holds = f"{owner[:1].lower()}{owner[1:]} {_HOLDS[kind]}"
        yield Owner(owner, part.location, condition, holds, rule, action)


def _conditional(ruleset: RuleSet) -> Iterator[tuple[Part, Condition]]:
    return ((each.owner, each.condition) for each in ruleset.conditions() if each.condition != ALWAYS)


_MOST_WRITTEN_OUT = 1e15
"""Python writes numbers from here on with an exponent."""

_MOST_ANSWERS = 4
"""The most answers that a finding lists, so that readers still get to the point."""


def joined(items: Iterable[str], joint: str = "and") -> str:
    """Join names to a list in a sentence: "a, b and c"."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


# German closes a quotation with the mark that opens one in English.
_INNER_QUOTES = str.maketrans("„“”", "‚‘’")


def quoted(ruleset: RuleSet, condition: Condition) -> str:
    """Return a condition of a rule set as quoted in a finding, in the language of the rule set."""
    return in_quotes(statement(condition, ruleset_words(ruleset)))


def in_sentence(ruleset: RuleSet, said: str) -> str:
    """Return a clause in the language of a rule set as part of an English sentence: quoted, unless it is English."""
    return said if base_language(ruleset.language) in ("", "en") else in_quotes(said)


def in_quotes(said: str) -> str:
    """Return a text in quotation marks, with other marks for those within."""
    return f"“{said.translate(_INNER_QUOTES)}”"


def rule_name(rule: Rule) -> str:
    """Return the name of a rule in findings."""
    return f"rule {rule.id!r}"


def rule_names(rules: Sequence[Rule]) -> str:
    """Return the names of some rules in findings: "the rules 'a' and 'b'"."""
    return rule_name(rules[0]) if len(rules) == 1 else f"the rules {joined(repr(rule.id) for rule in rules)}"


def clause(ruleset: RuleSet, answers: Mapping[str, Answer]) -> str:
    """Return answers as a clause that can follow "when", in the words of the rule set; of many, only the first."""
    if not answers:
        return "nothing is answered"
    words = ruleset_words(ruleset)
    said = [_answer(ruleset.questions_by_id[name], answer, words) for name, answer in answers.items()]
    shown = said if len(said) <= _MOST_ANSWERS else said[: _MOST_ANSWERS - 1]
    rest = f", and so on, as in the example of {len(said)} answers" if len(shown) < len(said) else ""
    return f"{in_sentence(ruleset, words.both(shown))}{rest}"


def _answer(question: Question, answer: Answer, words: Words) -> str:
    if isinstance(question, Date):
        return date_statement(question, date_label("date_on", str(answer), words), words)
    if isinstance(question, Number):
        what = answer_name(question, words)
        assert isinstance(answer, (int, float))
        # Nobody can read hundreds of digits.
        bound = f"{answer:g} {question.unit}".rstrip() if abs(answer) >= _MOST_WRITTEN_OUT else ""
        return words.fill("said_exactly", what=what, bound=bound or format_quantity(answer, question.unit, words))
    condition: Condition
    if isinstance(question, Choice):
        condition = question.is_(str(answer))
    else:
        assert isinstance(question, YesNo)
        condition = question if answer else ~question
    return statement(condition, words)


def points_between(low: float, high: float) -> str:
    """Return the points that are possible, as a range or as the only number."""
    return format_range(low, high) if low < high else format_quantity(low)

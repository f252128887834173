"""Put conditions and rules into plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from assessor.assessment.queries.changes import Change
from assessor.language.dates import format_date
from assessor.language.numerals import numerals
from assessor.language.quantities import format_quantity
from assessor.language.words import Words, english, supported_language, words_of
from assessor.model.answers import Answer, Bound
from assessor.model.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Condition, Criterion, Not
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Choice, ChoiceQuestion, Is
from assessor.model.questions.dates import WHEN, Date, DateComparison
from assessor.model.questions.numbers import Number, NumberComparison
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import OutcomeIs
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet

_KINDS = {">=": "at_least", ">": "above", "<": "below", "<=": "at_most"}


def points_text(points: float, words: Words) -> str:
    """Return a number of points with the word: "8 points"."""
    key = "points_one" if numerals(words.language).is_one(abs(points)) else "points_other"
    return words.fill(key, points=format_quantity(points, "", words))


def ruleset_words(ruleset: RuleSet) -> Words:
    """Return the words of a rule set's language; English if it declares none, or one without a catalogue."""
    return words_of(supported_language(ruleset.language))


def answer_name(question: Number | Date, words: Words) -> str:
    """Return what a sentence calls a number or a date that answers a question: its name, or else by its wording."""
    return question.name or words.fill("said_answer", question=question.wording)


def date_label(key: str, date: str, words: Words) -> str:
    """Return when something is, relative to a date as an ISO text: "before 1 March 2027"."""
    return words.fill(key, date=format_date(date, words))


def date_statement(question: Date, when: str, words: Words) -> str:
    """Return that the answer to a date question is at some time, as a clause that can follow "if"."""
    if question.statement:
        return question.statement.replace(WHEN, when)
    return words.fill("said_date", what=answer_name(question, words), when=when)


def sentence(rule: Rule, words: Words | None = None) -> str:
    """Return a rule as a sentence: "If a contract names on-premises hosting, then: Self-host.".

    Args:
        rule: The rule.
        words: The words of the interface; English by default.
    """
    words = words or english()
    if rule.when == ALWAYS:
        return words.fill("rule_otherwise", outcome=rule.then.title)
    return words.fill("rule_said", condition=statement(rule.when, words), outcome=rule.then.title)


def statement(condition: Condition, words: Words | None = None) -> str:
    """Return a condition as a clause that can follow "if", in the words of its questions and criteria.

    Args:
        condition: The condition.
        words: The words of the interface; English by default.
    """
    return _Speaker(words or english()).say(condition)


@dataclass(frozen=True)
class _Speaker:
    """Puts conditions into words in one language."""

    words: Words

    def say(self, condition: Condition, *, is_part: bool = False) -> str:
        fill = self.words.fill
        if isinstance(condition, Criterion):
            return self._criterion(condition)
        if isinstance(condition, YesNo):
            return condition.yes or fill("said_yes", question=condition.wording)
        if isinstance(condition, Is):
            options = [self._option(condition.question, option) for option in condition.options]
            return self._either(options, is_part=is_part)
        if isinstance(condition, DateComparison):
            when = date_label(f"date_{_KINDS[condition.operator]}", condition.threshold, self.words)
            return date_statement(condition.question, when, self.words)
        if isinstance(condition, NumberComparison):
            return self._comparison(condition)
        if isinstance(condition, PointsComparison):
            return self._points(condition)
        if isinstance(condition, OutcomeIs):
            return self._either(self._results("said_outcome", condition), is_part=is_part)
        if isinstance(condition, AtLeast):
            return self._count("said_count_at_least", condition)
        if isinstance(condition, Not):
            return self._opposite(condition.condition, is_part=is_part)
        if not condition.parts:
            return fill("said_always")
        assert isinstance(condition, (AllOf, AnyOf))
        flat = [*_flattened(condition)]
        if len(flat) == 1:
            return self.say(flat[0], is_part=is_part)
        if isinstance(condition, AnyOf):
            return self._either([self._alternative(part) for part in flat], is_part=is_part)
        return self._together([self.say(part, is_part=True) for part in flat], is_part=is_part)

    def _opposite(self, condition: Condition, *, is_part: bool) -> str:
        """Return the clause for the negation of a condition."""
        fill = self.words.fill
        if isinstance(condition, Criterion):
            return condition.negation or fill("said_not", condition=self.say(condition, is_part=True))
        if isinstance(condition, YesNo):
            return condition.no or fill("said_no", question=condition.wording)
        if isinstance(condition, Is):
            others = tuple(option for option in condition.question.option_ids if option not in condition.options)
            if not others:
                return fill("said_no_option", question=condition.question.wording)
            return self.say(Is(condition.question, others), is_part=is_part)
        if isinstance(condition, AtLeast):
            return self._count("said_count_below", condition)
        if isinstance(condition, OutcomeIs):
            return self._together(self._results("said_other_outcome", condition), is_part=is_part)
        assert isinstance(condition, (AllOf, AnyOf))
        return self.say(_turned_round(condition), is_part=is_part)

    def _alternative(self, condition: Condition) -> str:
        """Return one of several alternatives, in brackets if an "and" or "or" in its text could be misread as ours."""
        said = self.say(condition, is_part=True)
        is_joined = isinstance(condition, Criterion) and any(f" {each} " in said for each in self.words.conjunctions)
        return self.words.fill("said_criterion_within", condition=said) if is_joined else said

    def _criterion(self, criterion: Criterion) -> str:
        first, second = criterion.title[:1], criterion.title[1:2]
        # "PHI leaves…" starts with a name, so it keeps its capital. In German, any first word may be a noun.
        is_kept = second.isupper() or self.words.language == "de"
        return (first if is_kept else first.lower()) + criterion.title[1:]

    def _option(self, question: ChoiceQuestion, option_id: str) -> str:
        option = next(option for option in question.options if option.id == option_id)
        filled = self.words.fill("said_option", question=question.wording, option=option.label)
        return option.statement or filled

    def _comparison(self, comparison: NumberComparison) -> str:
        question = comparison.question
        key = f"said_{_KINDS[comparison.operator]}"
        what = answer_name(question, self.words)
        return self.words.fill(key, what=what, bound=format_quantity(comparison.threshold, question.unit, self.words))

    def _points(self, comparison: PointsComparison) -> str:
        title, key = comparison.score.title, f"said_points_{_KINDS[comparison.operator]}"
        if comparison.other is not None:
            return self.words.fill(f"{key}_of_two", title=title, other=comparison.other.title)
        return self.words.fill(key, title=title, points=points_text(comparison.bound, self.words))

    def _results(self, key: str, condition: OutcomeIs) -> list[str]:
        titles = [each.title for each in condition.decision.outcomes if each.id in condition.outcomes]
        return [self.words.fill(key, decision=condition.decision.title, outcome=title) for title in titles]

    def _count(self, key: str, condition: AtLeast) -> str:
        said = self.words.each([self.say(part, is_part=True) for part in condition.conditions])
        return self.words.fill(key, count=condition.count, total=len(condition.conditions), conditions=said)

    def _together(self, statements: Sequence[str], *, is_part: bool) -> str:
        if len(statements) == 1:
            return statements[0]
        key = "said_together_within" if is_part else "said_together"
        return self.words.fill(key, conditions=self.words.both(statements))

    def _either(self, statements: Sequence[str], *, is_part: bool) -> str:
        if len(statements) == 1:
            return statements[0]
        key = "said_either_within" if is_part else "said_either"
        return self.words.fill(key, conditions=self.words.either(statements))


def _flattened(condition: AllOf | AnyOf) -> Iterator[Condition]:
    """Yield the parts of a condition, with nested conditions of the same kind flattened."""
    for each in condition.parts:
        part = each
        if isinstance(each, Not) and isinstance(each.condition, (AllOf, AnyOf)):
            part = _turned_round(each.condition)
        is_alike = isinstance(part, type(condition)) or len(part.parts) == 1
        if isinstance(condition, AnyOf) and isinstance(part, Is):
            yield from (Is(part.question, (option,)) for option in part.options)
        elif isinstance(part, (AllOf, AnyOf)) and part.parts and is_alike:
            yield from _flattened(type(condition)(part.parts))
        else:
            yield part


def _turned_round(condition: AllOf | AnyOf) -> AllOf | AnyOf:
    """Return the negation of a condition, with its parts negated."""
    opposites = tuple(~part for part in condition.parts)
    return AnyOf(opposites) if isinstance(condition, AllOf) else AllOf(opposites)


def answer_label(question: Question, answer: Answer, words: Words | None = None, *, is_apart: bool = False) -> str:
    """Return an answer as readers see it.

    Args:
        question: The question.
        answer: A valid answer to it.
        words: The words of the interface; English by default.
        is_apart: Whether it is outside a sentence, so that it starts with a capital: "Yes", not "yes".
    """
    words = words or english()
    if answer is None:
        return words["unknown" if is_apart else "said_answer_unknown"]
    if isinstance(question, Choice):
        return next(option.label for option in question.options if option.id == answer)
    if isinstance(question, Date):
        return format_date(str(answer), words)
    if isinstance(question, Number):
        return format_quantity(float(answer), question.unit, words)
    return words[("answer_" if is_apart else "said_answer_") + ("yes" if answer else "no")]


def change_label(
    question: Question, change: Change, words: Words | None = None, *, write: Callable[[str], str] = str
) -> str:
    """Return what an answer must change to, as readers see it: yes, at least 2 GB, “A” or “B”.

    Args:
        question: The question.
        change: The change.
        words: The words of the interface; English by default.
        write: Converts the label of an option, a number with its unit, or a date.
    """
    words = words or english()
    to = change["to"]
    if "options" in to:
        labels = [write(answer_label(question, option, words)) for option in to["options"]]
        if isinstance(question, Choice):
            labels = [words.fill("said_answer_option", option=label) for label in labels]
        return words.either(labels)
    assert isinstance(question, (Number, Date))
    bounds = ((name, cast("Bound | None", end)) for name, end in to.items())
    ends = {name: write(answer_label(question, end, words)) for name, end in bounds if end is not None}
    return stretch_label(ends, words, is_date=isinstance(question, Date))


def stretch_label(ends: Mapping[str, str], words: Words, *, is_date: bool = False) -> str:
    """Return a stretch of numbers or dates as readers see it: at least 2 GB and at most 5 GB.

    Args:
        ends: The text of the lower bound, if any, under `at_least` or `above`, and of the upper one under `below` or
            `at_most`.
        words: The words of the interface.
        is_date: Whether the bounds are dates.
    """
    low, *high = [end_label(name, end, words, is_date=is_date) for name, end in ends.items()]
    return words.fill("range_said", low=low, high=high[0]) if high else low


def end_label(kind: str, end: str, words: Words, *, is_date: bool = False) -> str:
    """Return one end of a stretch as readers see it: at least 2 GB, before 1 March 2027.

    Args:
        kind: Which end it is: `at_least`, `above`, `below` or `at_most`.
        end: The text of the bound.
        words: The words of the interface.
        is_date: Whether the bound is a date.
    """
    return words.fill(f"date_{kind}", date=end) if is_date else words.fill(f"{kind}_said", low=end, high=end)

"""Random rule sets and answers: everything that a rule set can hold, in small."""

from __future__ import annotations

import datetime
import functools
import math
import operator
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies

from assessor import (
    Action,
    Choice,
    Condition,
    Criterion,
    Date,
    Decision,
    Estimate,
    Fact,
    Formula,
    Number,
    Option,
    Outcome,
    Quantity,
    Question,
    Rule,
    RuleSet,
    RuleSetError,
    Score,
    Section,
    YesNo,
    all_of,
    any_of,
    at_least,
    case,
    otherwise,
)
from assessor.model.conditions import Comparison, walk
from assessor.model.estimates.conditional import cases_in
from assessor.model.points import Points
from assessor.model.questions.choices import question_of
from assessor.model.questions.dates import DateComparison
from assessor.model.questions.numbers import LARGEST_ANSWER, NumberComparison
from assessor.model.rules.decisions import with_earlier

# Ids that mean something to JavaScript's objects, or that they sort as numbers.
_AWKWARD_IDS = ("constructor", "valueof", "then", "length", "0", "10", "2", "null", "true", "nan")
_MOST_SCORES = 2
_SHARE_OF_CASES = 0.3
_POINTS = (1, 2, 3, 5, -1, -4, 0.5, 2.5, 0.1, 0.2, 0.000001, 1_000_000)
_BOUNDS = (
    (0.0, 10.0),
    (-5.0, 5.0),
    (0.1, 0.9),
    (1.0, 1e6),
    (-2.5, 1e-3),
    (1e15, 1e17),
    (0, 3),
    (0, LARGEST_ANSWER),
    (2**53 - 2, 2**53 + 7),
)
# Leap years, centuries, and the ends of the calendar.
_SPANS = (
    ("2026-01-01", "2030-12-31"),
    ("2027-12-31", "2028-03-01"),
    ("1900-01-01", "2199-12-31"),
    ("0001-01-01", "9999-12-31"),
    ("2026-05-01", "2026-05-02"),
)


def random_ruleset(
    rng: random.Random,
    *,
    most_questions: int = 6,
    most_rules: int = 6,
    most_estimates: int = 2,
    most_decisions: int = 1,
) -> RuleSet:
    """Return a rule set that is right, and otherwise as odd as can be.

    Args:
        rng: Where the chance comes from; the same state gives the same rule set.
        most_questions: At most so many questions.
        most_rules: At most so many rules.
        most_estimates: At most so many estimates.
        most_decisions: At most so many decisions.
    """
    return _Maker(rng).ruleset(most_questions, most_rules, most_estimates, most_decisions)


def random_answers(rng: random.Random, ruleset: RuleSet) -> dict[str, object]:
    """Return answers to some of the questions, in any order; None for some."""
    questions = list(ruleset.questions)
    rng.shuffle(questions)
    openness = rng.choice((0.0, 0.2, 0.5, 0.8))
    answers: dict[str, object] = {}
    for question in questions:
        if rng.random() >= openness:
            answers[question.id] = random_answer(rng, ruleset, question)
        elif rng.random() < 0.3:
            answers[question.id] = None
    return answers


def random_answer(rng: random.Random, ruleset: RuleSet, question: Question) -> object:
    """Return an answer to a question; to a number, often one at the edge of a cell."""
    if isinstance(question, Choice):
        return rng.choice(question.option_ids)
    if isinstance(question, Number):
        edges = [question.minimum, question.maximum, *thresholds(ruleset, question)]
        edge = rng.choice(edges)
        near = (edge, math.nextafter(edge, -math.inf), math.nextafter(edge, math.inf))
        value = rng.choice((*near, rng.uniform(question.minimum, question.maximum), float(round(edge))))
        value = min(max(value, question.minimum), question.maximum)
        value = float(round(value)) if question.step == 1 else value
        return int(value) if value == int(value) and rng.random() < 0.5 else value
    if isinstance(question, Date):
        edges = [question.minimum, question.maximum, *thresholds(ruleset, question)]
        edge = datetime.date.fromisoformat(rng.choice(edges)).toordinal()
        low, high = (datetime.date.fromisoformat(end).toordinal() for end in (question.minimum, question.maximum))
        value = rng.choice((edge - 1, edge, edge + 1, rng.randint(low, high)))
        return datetime.date.fromordinal(min(max(value, low), high)).isoformat()
    return rng.random() < 0.5


def thresholds(ruleset: RuleSet, question: Question) -> list[Any]:
    """Return the least answer on the upper side of everything that a question is compared with in a rule set, rising.

    Of a number, they are numbers; of a date, ISO texts.
    """
    return sorted(_thresholds(ruleset).get(question.id, ()))


@functools.lru_cache(maxsize=4)
def _thresholds(ruleset: RuleSet) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {}
    for condition in conditions(ruleset):
        for part in walk(condition):
            if isinstance(part, Comparison):
                found.setdefault(part.question.id, set()).add(upper_side(part))
    return found


def upper_side(comparison: Comparison) -> Any:
    """Return the least answer on the upper side of a threshold."""
    if isinstance(comparison, DateComparison):
        day = datetime.date.fromisoformat(comparison.threshold).toordinal() + (comparison.operator in (">", "<="))
        return datetime.date.fromordinal(day).isoformat()
    assert isinstance(comparison, NumberComparison)
    least = comparison.threshold
    if comparison.operator in (">", "<="):
        least = math.nextafter(least, math.inf)
    return float(math.ceil(least)) if comparison.question.step == 1 else least


def conditions(ruleset: RuleSet) -> Iterator[Condition]:
    """Yield every condition of a rule set."""
    yield from (rule.when for rule in ruleset.rules)
    yield from ruleset.criteria
    for score in ruleset.scores:
        for term in score.terms:
            yield from term.conditions
    yield from (action.when for action in ruleset.actions)
    parts: tuple[Section | Question, ...] = (*ruleset.sections, *ruleset.questions)
    yield from (each.asked_when for each in parts if each.asked_when is not None)
    yield from (each.condition for estimate in ruleset.estimates for each in cases_in(estimate.formula))
    for question in ruleset.questions:
        yield from question.restricted.values() if isinstance(question, Choice) else ()


seeds = strategies.integers(min_value=0, max_value=2**32)
rulesets = seeds.map(lambda seed: random_ruleset(random.Random(seed)))


def _is_of(score: Score, questions: Sequence[Question]) -> bool:
    """Return whether the points of a score are for the answers to some questions."""
    parts = [part for condition in score.conditions() for part in with_earlier(condition)]
    asked = [each for part in parts if (each := question_of(part)) is not None]
    return all(any(each is known for known in questions) for each in asked)


@dataclass
class _Maker:
    rng: random.Random
    questions: list[Question] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def ruleset(self, most_questions: int, most_rules: int, most_estimates: int, most_decisions: int) -> RuleSet:
        rng = self.rng
        ids = self.ids("q", rng.randint(1, most_questions))
        later: list[str] = []
        if most_decisions > 1 and len(ids) > 1 and rng.random() < 0.4:
            place = rng.randint(1, len(ids) - 1)
            ids, later = ids[:place], ids[place:]
        for question_id in ids:
            self.questions.append(self.question(question_id))
        for criterion_id in self.ids("criterion", rng.randint(0, 3)):
            # A criterion may compare points, and points may be for a criterion.
            if len(self.scores) < _MOST_SCORES and rng.random() < 0.25:
                self.score(f"score-{len(self.scores)}")
            self.criteria.append(Criterion(criterion_id, f"{criterion_id} holds", self.condition(rng.randint(0, 3))))
        if len(self.scores) < _MOST_SCORES and rng.random() < 0.25:
            self.score(f"score-{len(self.scores)}")
        outcomes = [Outcome(each, f"Do {each}") for each in self.ids("outcome", rng.randint(1, 4))]
        rules = self.rules(outcomes, most_rules)
        if most_decisions > 1:
            self.decisions.append(Decision("first", "The first", rules))
            # When they are asked, and when their options are offered, may depend on the first decision.
            for question_id in later:
                self.questions.append(self.question(question_id))
            for name in ("second", "third")[: rng.randint(0, most_decisions - 1)]:
                own = [Outcome(f"{name}-{place}", f"Do {name} {place}") for place in range(rng.randint(1, 3))]
                self.decisions.append(Decision(name, f"The {name}", self.rules(own, most_rules)))
                outcomes += own
        actions = [self.action(each, outcomes) for each in self.ids("action", rng.randint(0, 3))]
        estimates = list(self.estimates(rng.randint(0, most_estimates)))
        return RuleSet(
            "random",
            title="A random decision",
            sections=list(self.sections()),
            outcomes=outcomes,
            rules=() if self.decisions else rules,
            decisions=self.decisions,
            facts=self.facts,
            criteria=self.criteria,
            scores=self.scores,
            actions=actions,
            estimates=estimates,
        )

    def rules(self, outcomes: Sequence[Outcome], most: int) -> list[Rule]:
        rng = self.rng
        rules = [
            Rule(self.condition(rng.randint(0, 3)), rng.choice(outcomes), "so it is")
            for _ in range(rng.randint(1, most))
        ]
        if rng.random() < 0.6:
            rules.append(otherwise(rng.choice(outcomes), "nothing else fits"))
        return rules

    def ids(self, kind: str, count: int) -> list[str]:
        awkward = self.rng.sample(_AWKWARD_IDS, min(count, 2)) if self.rng.random() < 0.3 else []
        return [*awkward, *(f"{kind}-{n}" for n in range(count - len(awkward)))]

    def question(self, question_id: str) -> Question:
        rng = self.rng
        asked_when = self.asked_when() if self.questions and rng.random() < 0.2 else None
        kind = rng.random()
        if kind < 0.4:
            return YesNo(question_id, f"Is it {question_id}?", asked_when=asked_when)
        if kind < 0.65:
            options = [Option(each, each.title()) for each in self.ids("option", rng.randint(2, 4))]
            if self.questions and rng.random() < 0.4:
                for place in rng.sample(range(len(options)), rng.randint(1, len(options) - 1)):
                    options[place] = replace(options[place], asked_when=self.condition(rng.randint(0, 2)))
            return Choice(question_id, f"Which {question_id}?", options, asked_when=asked_when)
        if kind < 0.75:
            earliest, latest = rng.choice(_SPANS)
            return Date(question_id, f"When is {question_id}?", earliest=earliest, latest=latest, asked_when=asked_when)
        minimum, maximum = rng.choice(_BOUNDS)
        default = None
        if rng.random() < 0.5:
            default = self.fact(*sorted(rng.uniform(minimum, maximum) for _ in range(3)))
        return Number(
            question_id,
            f"How many {question_id}?",
            minimum=minimum,
            maximum=maximum,
            default=default,
            asked_when=asked_when,
            step=1 if float(minimum).is_integer() and float(maximum).is_integer() and rng.random() < 0.5 else None,
        )

    def fact(self, low: float, value: float, high: float) -> Fact:
        exact = self.rng.random() < 0.4
        fact = Fact(
            f"fact-{len(self.facts)}",
            value,
            source="https://example.org/",
            checked="2026-01-31",
            low=None if exact else low,
            high=None if exact else high,
        )
        self.facts.append(fact)
        return fact

    def sections(self) -> Iterator[Section]:
        rest = self.questions
        position = 0
        while rest:
            size = self.rng.randint(1, len(rest))
            asked, rest = rest[:size], rest[size:]
            ticks = all(isinstance(question, YesNo) for question in asked) and self.rng.random() < 0.5
            earlier = self.questions[: len(self.questions) - len(rest) - size]
            # Its condition is over the questions before it, and so over no criterion.
            maker = _Maker(
                self.rng, earlier, self.facts, scores=[each for each in self.scores if _is_of(each, earlier)]
            )
            asked_when = maker.asked_when() if earlier and self.rng.random() < 0.2 else None
            self.scores += [each for each in maker.scores if each not in self.scores]
            yield Section(f"section-{position}", "A section", asked, ticks=ticks, asked_when=asked_when)
            position += 1

    def asked_when(self) -> Condition:
        """Return a condition for a later question, which may compare points for the earlier ones."""
        if not self.scores and self.rng.random() < 0.4:
            self.score(f"score-of-{self.questions[-1].id}")
        return self.condition(self.rng.randint(0, 2))

    def condition(self, depth: int) -> Condition:
        """Return a condition over the questions and criteria that there are so far."""
        rng = self.rng
        if depth == 0:
            if self.criteria and rng.random() < 0.2:
                return rng.choice(self.criteria)
            if self.scores and rng.random() < 0.25:
                return self.points()
            if self.decisions and rng.random() < 0.25:
                read = rng.choice(self.decisions)
                known = [outcome.id for outcome in read.outcomes]
                return read.is_(*rng.sample(known, rng.randint(1, len(known))))
            return self.test(rng.choice(self.questions))
        parts = [self.condition(rng.randint(0, depth - 1)) for _ in range(rng.randint(1, 4))]
        kind = rng.randrange(6)
        if kind == 0:
            return ~parts[0]
        if kind == 1:
            return parts[0] & parts[-1]
        if kind == 2:
            return parts[0] | parts[-1]
        if kind == 3:
            return all_of(*parts)
        if kind == 4:
            return any_of(*parts)
        return at_least(rng.randint(1, len(parts)), *parts)

    def test(self, question: Question) -> Condition:
        rng = self.rng
        if isinstance(question, Choice):
            return question.is_(*rng.sample(question.option_ids, rng.randint(1, len(question.option_ids))))
        if isinstance(question, Number):
            # Few different thresholds, or there would be too many cells to enumerate.
            span = question.maximum - question.minimum
            is_inclusive = rng.random() < 0.6
            outer = question.maximum if is_inclusive else question.minimum
            threshold = rng.choice((question.minimum + span / 4, question.minimum + span / 2, outer))
            against = self.fact(threshold, threshold, threshold) if rng.random() < 0.2 else threshold
            if is_inclusive:
                return question >= against if rng.random() < 0.5 else question < against
            return question > against if rng.random() < 0.5 else question <= against
        if isinstance(question, Date):
            return self.date_test(question)
        assert isinstance(question, YesNo)
        return question if rng.random() < 0.6 else ~question

    def date_test(self, question: Date) -> Condition:
        rng = self.rng
        low, high = (datetime.date.fromisoformat(end) for end in (question.minimum, question.maximum))
        is_inclusive = rng.random() < 0.6
        # The first and the last day are thresholds from one side only.
        middle = low + (high - low) / 2
        day = rng.choice((middle if low < middle else high, high)) if is_inclusive else rng.choice((low, middle))
        against: datetime.date | str | Fact = rng.choice((day, day.isoformat()))
        if rng.random() < 0.3:
            against = Fact(f"fact-{len(self.facts)}", day, source="https://example.org/", checked="2026-01-31")
            self.facts.append(against)
        is_first = rng.random() < 0.5
        if is_inclusive:
            return (question >= against) if is_first else (question < against)
        return (question > against) if is_first else (question <= against)

    def score(self, score_id: str) -> None:
        """Add a score: for conditions, which may share questions, and for the answers to choices."""
        rng = self.rng
        points: dict[Condition | Choice, Points | dict[str, Points]] = {}
        for _ in range(rng.randint(1, 4)):
            question = rng.choice(self.questions)
            if isinstance(question, Choice) and rng.random() < 0.6:
                scale = {each: rng.choice((0, *_POINTS)) for each in question.option_ids[rng.randint(0, 1) :]}
                if len({scale.get(each, 0) for each in question.option_ids}) > 1:
                    points[question] = {option: self.plain_or_fact(each) for option, each in scale.items()}
                    continue
            points[self.condition(rng.randint(0, 1))] = self.plain_or_fact(rng.choice(_POINTS))
        self.scores.append(Score(score_id, f"Points for {score_id}", points))

    def plain_or_fact(self, points: float) -> Points:
        """Return some points, or a fact that has them."""
        return points if self.rng.random() < 0.8 else self.fact(points, points, points)

    def points(self) -> Condition:
        """Return a comparison of a score with what some of its points add up to, or nearly, or with another score."""
        rng = self.rng
        score = rng.choice(self.scores)
        compare: Callable[[Any, Any], Condition] = rng.choice((operator.ge, operator.gt, operator.lt, operator.le))
        other = rng.choice(self.scores)
        if other is not score and rng.random() < 0.6:
            return compare(score, other)
        given = [each for term in score.terms for each in term.points]
        total = sum(rng.sample(given, rng.randint(1, len(given))))
        total += Fraction(rng.choice(("0", "0", "0", "0", "0.25", "-1", "1e-9")))
        return compare(score, self.plain_or_fact(float(total)))

    def action(self, action_id: str, outcomes: Sequence[Outcome]) -> Action:
        under = self.rng.sample(outcomes, self.rng.randint(1, len(outcomes)))
        if self.rng.random() < 0.3:
            return Action(action_id, "Do it", under)
        return Action(action_id, "Do it", under, self.condition(self.rng.randint(0, 2)))

    def estimates(self, count: int) -> Iterator[Estimate]:
        """Yield estimates; formulas are made at random until one has a range that can be worked out."""
        inputs: list[Formula] = [question for question in self.questions if isinstance(question, Number)]
        inputs += [fact for fact in self.facts if fact.is_numeric]
        inputs += [Quantity(12), Quantity(0.1), Quantity(9007199254740993)]
        for estimate_id in self.ids("estimate", count):
            estimate = None
            while estimate is None:
                estimate = self.estimate(
                    Estimate(estimate_id, "How much", self.formula(inputs, self.rng.randint(0, 3)))
                )
            yield estimate

    def estimate(self, estimate: Estimate) -> Estimate | None:
        """Return the estimate, or None if a rule set refuses its formula."""
        outcome = Outcome("any", "Any")
        try:
            RuleSet(
                "trial",
                title="A trial",
                sections=list(self.sections()),
                outcomes=[outcome],
                rules=() if self.decisions else [otherwise(outcome, "always")],
                decisions=self.decisions,
                facts=self.facts,
                criteria=self.criteria,
                scores=self.scores,
                estimates=[estimate],
            )
        except RuleSetError:
            return None
        return estimate

    def formula(self, inputs: Sequence[Formula], depth: int) -> Formula:
        if depth == 0:
            return self.rng.choice(inputs)
        left, right = self.formula(inputs, depth - 1), self.formula(inputs, self.rng.randrange(depth))
        if self.rng.random() < _SHARE_OF_CASES:
            return case(self.condition(self.rng.randint(0, 1)), left, otherwise=right)
        operator = self.rng.choice("+-*/")
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        return left * right if operator == "*" else left / right

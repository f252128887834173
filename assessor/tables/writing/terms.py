"""Write a condition as rows of a table: alternatives that each state the answers of some questions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from assessor.logic.compiling.functions import cell_of, cell_values, cuts_of
from assessor.model.answers import Answer
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Condition, Criterion, Not
from assessor.model.points import PointsComparison
from assessor.model.points import Term as ScoreTerm
from assessor.model.questions.choices import ChoiceQuestion, Is
from assessor.model.questions.dates import DateComparison
from assessor.model.questions.numbers import NumberComparison
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import Decision, OutcomeIs
from assessor.model.ruleset import RuleSet
from assessor.tables.unary_tests import ANY, Bound, Day, Interval, Literal, UnaryTests, Word

ROW_LIMIT = 1_000
"""The most rows of one rule: nobody reads more, and some conditions need millions."""

_MOST_OPEN = 4 * ROW_LIMIT
"""The most alternatives of points that do not decide yet."""

_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<": operator.lt,
    "<=": operator.le,
}

_Term = Mapping[str, frozenset[int]]
"""The cells of each question that a row tests, and the outcomes of each decision."""


class TooManyRowsError(Exception):
    """A condition needs more than `ROW_LIMIT` rows."""


class Terms:
    """Writes the conditions of the rules of a rule set as rows."""

    def __init__(self, ruleset: RuleSet, decisions: Sequence[Decision] = ()) -> None:
        """Divide the answers of each question as the rules do, and what offers the options that they test.

        Args:
            ruleset: The rule set.
            decisions: The decisions whose outcomes rows may test. One of their rules holds for all answers.
        """
        self._cuts = cuts_of(each.condition for each in ruleset.conditions() if each.owner.kind in ("rule", "option"))
        self._values: dict[str, Sequence[Answer]] = {
            question.id: cell_values(question, self._cuts.get(question.id, ())) for question in ruleset.questions
        }
        self._values |= {_key(each): [outcome.id for outcome in each.outcomes] for each in decisions}

    def rows(self, condition: Condition) -> list[_Term]:
        """Return the rows of a condition: it holds where one of them does.

        Raises:
            TooManyRowsError: If there are too many.
        """
        return sorted(
            self._merged(self._alternatives(condition, is_negated=False)),
            key=lambda term: [(name in term, sorted(term.get(name, ()))) for name in self._values],
            reverse=True,
        )

    def halves(self) -> list[_Term]:
        """Return two rows that hold for all answers together; none if no question has two cells."""
        for name, values in self._values.items():
            if len(values) > 1:
                return [{name: frozenset(range(1, len(values)))}, {name: frozenset({0})}]
        return []

    def tests(self, question: Question, term: _Term) -> UnaryTests:
        """Return the cell of a question in a row."""
        cells = term.get(question.id)
        if cells is None:
            return ANY
        if isinstance(question, YesNo):
            return UnaryTests(tuple(bool(cell) for cell in sorted(cells)))
        if isinstance(question, ChoiceQuestion):
            return UnaryTests(tuple(Word(question.option_ids[cell]) for cell in sorted(cells)))
        return UnaryTests(self._intervals(question.id, sorted(cells)))

    def outcome_tests(self, decision: Decision, term: _Term) -> UnaryTests:
        """Return the cell of the outcome of a decision in a row."""
        cells = term.get(_key(decision))
        outcomes = self._values[_key(decision)]
        return ANY if cells is None else UnaryTests(tuple(Word(str(outcomes[cell])) for cell in sorted(cells)))

    def _intervals(self, name: str, cells: Sequence[int]) -> tuple[Literal | Interval, ...]:
        cuts = list(self._cuts[name].items())
        found: list[Interval] = []
        first = cells[0]
        for cell, after in zip(cells, [*cells[1:], -1], strict=True):
            if after == cell + 1:
                continue
            low = cuts[first - 1] if first else None
            high = cuts[cell] if cell < len(cuts) else None
            found.append(
                Interval(
                    low=None if low is None else _bound(low[0] if low[1] is None else low[1]),
                    has_low=low is not None and low[1] is None,
                    high=None if high is None else _bound(high[0] if high[1] is None else high[1]),
                    has_high=high is not None and high[1] is not None,
                )
            )
            first = after
        return tuple(found)

    def _alternatives(self, condition: Condition, *, is_negated: bool) -> list[_Term]:
        if isinstance(condition, YesNo):
            return [{condition.id: frozenset({int(not is_negated)})}]
        if isinstance(condition, Is) and condition.of_any_answer is not condition:
            return self._alternatives(condition.of_any_answer, is_negated=is_negated)
        if isinstance(condition, Is):
            holding = {condition.question.option_ids.index(option) for option in condition.options}
            return self._test(condition.question.id, holding, is_negated=is_negated)
        if isinstance(condition, (NumberComparison, DateComparison)):
            values = self._values[condition.question.id]
            above = set(range(cell_of(values, condition.cut), len(values)))
            return self._test(condition.question.id, above, is_negated=is_negated == condition.holds_above)
        if isinstance(condition, Criterion):
            return self._alternatives(condition.condition, is_negated=is_negated)
        if isinstance(condition, Not):
            return self._alternatives(condition.condition, is_negated=not is_negated)
        if isinstance(condition, PointsComparison):
            return self._merged(self._with_points(~condition if is_negated else condition))
        if isinstance(condition, OutcomeIs):
            return self._reading(condition, is_negated=is_negated)
        parts = condition.parts
        if isinstance(condition, AllOf):
            count = 1 if is_negated else len(parts)
        elif isinstance(condition, AnyOf):
            count = len(parts) if is_negated else 1
        else:
            assert isinstance(condition, AtLeast)
            count = len(parts) - condition.count + 1 if is_negated else condition.count
        return self._at_least(count, [self._alternatives(part, is_negated=is_negated) for part in parts])

    def _reading(self, condition: OutcomeIs, *, is_negated: bool) -> list[_Term]:
        key = _key(condition.decision)
        if key not in self._values:
            return self._alternatives(condition.written_out, is_negated=is_negated)
        outcomes = self._values[key]
        return self._test(key, {outcomes.index(each) for each in condition.outcomes}, is_negated=is_negated)

    def _test(self, name: str, cells: set[int], *, is_negated: bool) -> list[_Term]:
        every = set(range(len(self._values[name])))
        chosen = every - cells if is_negated else cells
        return [] if not chosen else [{}] if chosen == every else [{name: frozenset(chosen)}]

    def _at_least(self, count: int, parts: Sequence[list[_Term]]) -> list[_Term]:
        """Return where at least so many parts hold; for none of none, everywhere."""
        # reached[n]: where at least n of the parts so far hold.
        reached: list[list[_Term]] = [[{}], *([] for _ in range(count))]
        for part in parts:
            for more in reversed(range(1, count + 1)):
                reached[more] = self._merged([*reached[more], *self._both(reached[more - 1], part)])
        return reached[count]

    def _with_points(self, condition: Condition) -> list[_Term]:
        """Return where a comparison of points holds: the alternatives of each sum that decides it."""
        assert isinstance(condition, PointsComparison)
        scored = [(term, sign) for score, sign in zip(condition.scores, (1, -1), strict=False) for term in score.terms]
        holds = _COMPARE[condition.operator]
        found: list[_Term] = []
        # Where the terms so far add up to each sum, as long as those that follow can still decide.
        sums: dict[Fraction, list[_Term]] = {Fraction(0): [{}]}
        for place in range(len(scored) + 1):
            ends = [_possible(*each) for each in scored[place:]]
            low, high = sum(map(min, ends), Fraction(0)), sum(map(max, ends), Fraction(0))
            open_sums: dict[Fraction, list[_Term]] = {}
            for total, where in sums.items():
                decided = {holds(total + low, condition.threshold), holds(total + high, condition.threshold)}
                if decided == {True}:
                    found = self._merged([*found, *where])
                elif len(decided) == 2:
                    open_sums[total] = where
            reached: dict[Fraction, list[_Term]] = {}
            for total, where in open_sums.items():
                for given, points in self._given(*scored[place]):
                    reached.setdefault(total + points, []).extend(self._both(where, given))
            # Most of these would end in rows of their own.
            if sum(map(len, reached.values())) > _MOST_OPEN:
                raise TooManyRowsError
            sums = {total: self._merged(where) for total, where in reached.items()}
        return found

    def _given(self, term: ScoreTerm, sign: int) -> Iterator[tuple[list[_Term], Fraction]]:
        """Yield where a term gives which points."""
        for condition, points in zip(term.conditions, term.points, strict=True):
            yield self._alternatives(condition, is_negated=False), sign * points
        if term.question is None:
            yield self._alternatives(term.conditions[0], is_negated=True), Fraction(0)

    def _both(self, one: list[_Term], other: list[_Term]) -> list[_Term]:
        found: list[_Term] = []
        for first in one:
            for second in other:
                both = dict(first)
                for name, cells in second.items():
                    both[name] = both[name] & cells if name in both else cells
                if all(both.values()):
                    found.append(both)
            if len(found) > 20 * ROW_LIMIT:
                raise TooManyRowsError
        return found

    def _merged(self, terms: list[_Term]) -> list[_Term]:
        """Return fewer terms that hold for the same answers."""
        kept: dict[tuple[tuple[str, frozenset[int]], ...], _Term] = {}
        for term in terms:
            kept.setdefault(tuple(sorted(term.items(), key=lambda each: each[0])), term)
        found = list(kept.values())
        is_changed = True
        while is_changed:
            found, is_changed = self._joined(found)
        found = [
            term
            for place, term in enumerate(found)
            if not any(_covers(other, term) for at, other in enumerate(found) if at != place)
        ]
        if len(found) > ROW_LIMIT:
            raise TooManyRowsError
        return found

    def _joined(self, terms: list[_Term]) -> tuple[list[_Term], bool]:
        """Join terms that differ in the answers of one question."""
        is_changed = False
        for name, values in self._values.items():
            groups: dict[tuple[tuple[str, frozenset[int]], ...], set[int]] = {}
            for term in terms:
                rest = tuple(sorted((item for item in term.items() if item[0] != name), key=lambda each: each[0]))
                cells = term.get(name, frozenset(range(len(values))))
                groups.setdefault(rest, set()).update(cells)
            if len(groups) < len(terms):
                is_changed = True
                terms = [
                    {**dict(rest), **({} if len(cells) == len(values) else {name: frozenset(cells)})}
                    for rest, cells in groups.items()
                ]
        return terms, is_changed


def _key(decision: Decision) -> str:
    """Return the key of a decision in a row, which no question has as its id."""
    return f"decision:{decision.id}"


def _possible(term: ScoreTerm, sign: int) -> list[Fraction]:
    """Return which points a term can give. One option of a choice always holds."""
    points = [sign * each for each in term.points]
    return points if term.question is not None else [*points, Fraction(0)]


def _bound(value: Answer) -> Bound:
    return Day(value) if isinstance(value, str) else float(value or 0)


def _covers(wide: _Term, narrow: _Term) -> bool:
    """Return whether one term holds wherever another one does; of two equal ones, neither counts as wider."""
    return wide != narrow and all(name in narrow and narrow[name] <= cells for name, cells in wide.items())

"""What is to be found in a small rule set, by trying all answers; no diagram, and nothing of `assessor.check`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessor import Choice, Condition, Criterion, Estimate, Outcome, RuleSet, Score
from assessor.model.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Not, walk
from assessor.model.estimates.conditional import Conditional, cases_in
from assessor.model.formulas.arithmetic import Formula, Operation, Quantity, inputs
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Is
from assessor.model.rules.decisions import OutcomeIs
from assessor.reports.wording import statement
from tests.support.oracle import COMPARE, completions, holds

Column = tuple[Any, ...]
"""What something is for each way of answering."""


class Enumeration:
    """A rule set with every way of answering its questions."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.ways = list(completions(ruleset, {}))
        self.decisions = ruleset.rule_places
        self.when = [self.truth(rule.when) for rule in ruleset.rules]
        self.fired: list[Column] = [self.first(places, self.when) for places in self.decisions]
        self.outcome = [self.outcomes_of(fired) for fired in self.fired]
        self.applies = {
            action.id: self.applying(action.under, self.truth(action.when), self.outcome) for action in ruleset.actions
        }
        # For each estimate, the formula that is left once its cases are decided.
        self.estimated: dict[str, Column] = {
            estimate.id: tuple(repr(resolved(estimate.formula, way)) for way in self.ways)
            for estimate in ruleset.estimates
        }
        self.conditions_to_ask = {
            question.id: conditions
            for section in ruleset.sections
            for question in section.questions
            if (conditions := [each.asked_when for each in (section, question) if each.asked_when is not None])
        }
        self.asked = {
            name: tuple(all(each) for each in zip(*map(self.truth, conditions), strict=True))
            for name, conditions in self.conditions_to_ask.items()
        }

    def truth(self, condition: Condition) -> tuple[bool, ...]:
        """Return where a condition holds."""
        return tuple(holds(condition, way) for way in self.ways)

    def decision_of(self, place: int) -> int:
        """Return the number of the decision that a rule belongs to."""
        return next(number for number, places in enumerate(self.decisions) if place in places)

    def first(self, places: Iterable[int], when: Sequence[Column]) -> Column:
        """Return which rule of some places is the first that holds."""
        return tuple(next((n for n in places if when[n][way]), None) for way in range(len(self.ways)))

    def outcomes_of(self, fired: Column) -> Column:
        """Return the outcomes that rules give."""
        return tuple(None if each is None else self.ruleset.rules[each].then.id for each in fired)

    def outcome_without(self, place: int) -> Column:
        """Return the outcome of a rule's decision without it."""
        others = [n for n in self.decisions[self.decision_of(place)] if n != place]
        return self.outcomes_of(self.first(others, self.when))

    def outcome_if(self, place: int, when: Column) -> Column:
        """Return the outcome that the decision of a rule would have with another condition of the rule."""
        columns = [*self.when[:place], when, *self.when[place + 1 :]]
        return self.outcomes_of(self.first(self.decisions[self.decision_of(place)], columns))

    @staticmethod
    def applying(under: Sequence[Outcome], when: Column, outcomes: Sequence[Column]) -> Column:
        """Return where an action applies."""
        ids = [each.id for each in under]
        return tuple(
            holding and any(each in ids for each in decided) for holding, *decided in zip(when, *outcomes, strict=True)
        )

    def found(self) -> set[tuple[str, str]]:
        """Return each finding about rules, outcomes, actions, questions and options: its code, and what it is about."""
        return {
            (code, subject)
            for code, find in (
                ("gap", self._gap),
                ("rule-never-fires", self._never_fires),
                ("rule-changes-nothing", self._changes_nothing),
                ("unreachable-outcome", self._unreachable),
                ("action-never-applies", self._never_applies),
                ("unused-question", self._unused),
                ("cancelled-term", self._cancelled),
                ("idle-case", self._idle),
                ("alike-options", self._alike),
                ("matters-unasked", self._matters_unasked),
                ("asked-in-vain", self._in_vain),
                ("points-never-decide", self._points),
                ("points-in-reach", self._reach),
                ("overlap", self._overlaps),
            )
            for subject in find()
        }

    def _gap(self) -> Iterator[str]:
        for number, fired in enumerate(self.fired):
            if None in fired:
                yield self.ruleset.decisions[number].id if len(self.decisions) > 1 else ""

    def _never_fires(self) -> Iterator[str]:
        for place, rule in enumerate(self.ruleset.rules):
            if any(self.when[place]) and place not in self.fired[self.decision_of(place)]:
                yield rule.id

    def _changes_nothing(self) -> Iterator[str]:
        for place, rule in enumerate(self.ruleset.rules):
            number = self.decision_of(place)
            fired, others = self.fired[number], [n for n in self.decisions[number] if n != place]
            instead = {
                next((n for n in others if self.when[n][way]), None) for way, each in enumerate(fired) if each == place
            }
            is_same = self.outcome_without(place) == self.outcome[number]
            if instead and is_same and all(n in fired for n in instead):
                yield rule.id

    def _unreachable(self) -> Iterator[str]:
        reached = self.reached()
        yield from (each.id for each in self.ruleset.outcomes if each.id not in reached)

    def reached(self) -> set[str | None]:
        """Return the outcomes that some answers lead to, in any decision."""
        return {outcome for column in self.outcome for outcome in column}

    def _never_applies(self) -> Iterator[str]:
        for action in self.ruleset.actions:
            is_reached = any(each.id in self.reached() for each in action.under)
            if is_reached and any(self.truth(action.when)) and not any(self.applies[action.id]):
                yield action.id

    def _used(self) -> list[str]:
        used: list[str] = []
        estimated = self._estimated()
        for question in reversed(self.ruleset.questions):
            columns = [*self._shown(), *(self.asked[each] for each in used if each in self.asked)]
            if question.id in estimated or self.decides(question.id, columns):
                used.append(question.id)
        return used

    def _shown(self) -> list[Column]:
        return [*self.fired, *self.applies.values(), *self.estimated.values()]

    def _estimated(self) -> set[str]:
        parts = [
            part
            for estimate in self.ruleset.estimates
            for formula in self._formulas(estimate)
            for part in inputs(formula)
            if changes(formula, part)
        ]
        return {str(getattr(part, "id", "")) for part in parts} & set(self.ruleset.questions_by_id)

    def _unused(self) -> Iterator[str]:
        used = self._used()
        yield from (each.id for each in self.ruleset.questions if each.id not in used)

    def _cancelled(self) -> Iterator[str]:
        used, facts = self._used(), [fact.id for fact in self.ruleset.facts]
        for estimate in self.ruleset.estimates:
            for formula in self._formulas(estimate):
                for names in cancelled(formula):
                    yield from (each for each in names if each in used or each in facts)

    def _formulas(self, estimate: Estimate) -> list[Formula]:
        """Return the formulas without cases, also those that no answers lead to."""
        return ways_through(estimate.formula)

    def _idle(self) -> Iterator[str]:
        for estimate in self.ruleset.estimates:
            for number, case in enumerate(cases_in(estimate.formula), start=1):
                truths = self.truth(case.condition)
                led = [each for each, way in zip(truths, self.ways, strict=True) if is_led(estimate.formula, case, way)]
                is_same = case.then == case.otherwise
                if len(set(truths)) == 2 and led and (is_same or len(set(led)) == 1):
                    yield f"{number} {estimate.id}"

    def groups(self, question_id: str) -> list[list[int]]:
        """Return the ways, by what is answered to the other questions."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for number, way in enumerate(self.ways):
            groups.setdefault(tuple(v for k, v in way.items() if k != question_id), []).append(number)
        return list(groups.values())

    def decides(self, question_id: str, columns: Sequence[Column], among: Column | None = None) -> bool:
        """Say whether the answer to a question makes a difference to a column, where another one is true."""
        for group in self.groups(question_id):
            is_among = among is None or all(among[number] for number in group)
            if is_among and any(len({column[number] for number in group}) > 1 for column in columns):
                return True
        return False

    def _alike(self) -> Iterator[str]:
        columns = [*self._shown(), *self.asked.values()]
        choices = [each for each in self.ruleset.questions if isinstance(each, Choice)]
        columns += [self.truth(each) for choice in choices for each in choice.restricted.values()]
        for question in self.ruleset.questions:
            if isinstance(question, Choice) and self.decides(question.id, columns):
                kinds: dict[tuple[object, ...], list[str]] = {}
                for option in question.option_ids:
                    these = [n for n, way in enumerate(self.ways) if way[question.id] == option]
                    offered = self.truth(question.restricted.get(option, ALWAYS))
                    effect = tuple(column[n] for n in these for column in columns)
                    kinds.setdefault((offered, effect), []).append(option)
                yield from (f"{question.id}: {', '.join(kind)}" for kind in kinds.values() if len(kind) > 1)

    def _matters_unasked(self) -> Iterator[str]:
        for question_id, asked in self.asked.items():
            columns = [*self.outcome, *self.applies.values(), *self.estimated.values()]
            if self.decides(question_id, columns, tuple(not each for each in asked)):
                yield question_id

    def _in_vain(self) -> Iterator[str]:
        used = self._used()
        columns = [*self._shown(), *(self.asked[each] for each in used if each in self.asked)]
        for question_id, asked in self.asked.items():
            is_decided = question_id in used and question_id not in self._estimated()
            if any(asked) and is_decided and not self.decides(question_id, columns, asked):
                yield question_id

    def _points(self) -> Iterator[str]:
        compared = [part for owned in self.ruleset.conditions() for part in walk(owned.condition)]
        for score in self.ruleset.scores:
            if not any(isinstance(part, PointsComparison) and score in part.scores for part in compared):
                yield score.id
                continue
            for place, part in enumerate(score.points):
                said = part.wording if isinstance(part, Choice) else statement(part)
                if self.decided(Without(score, place)) == self.decided(None):
                    yield f"{score.id} {said.translate(_INNER)}"
                elif isinstance(part, Choice):
                    for option in part.option_ids:
                        points = score.terms[place].points[part.option_ids.index(option)]
                        if points and self.decided(Without(score, place, option)) == self.decided(None):
                            yield f"{score.id} {option} {said.translate(_INNER)}"

    def _reach(self) -> Iterator[str]:
        """Yield the id of each score and of those that conditions compare it with, with the ends of their points."""
        compared = [part for owned in self.ruleset.conditions() for part in walk(owned.condition)]
        others = {(each.score, each.other): each for each in compared if isinstance(each, PointsComparison)}
        for score in self.ruleset.scores:
            mine = [points_of(score, way) for way in self.ways]
            ends = [(score.id, min(mine), max(mine))]
            for first, other in others:
                if first is score and other is not None:
                    differences = [a - points_of(other, way) for a, way in zip(mine, self.ways, strict=True)]
                    ends.append((other.id, min(differences), max(differences)))
            yield " ".join(sorted(f"{name} {float(low):g} {float(high):g}" for name, low, high in ends))

    def decided(self, without: Without | None) -> list[Column]:
        """Return everything that is decided, if some points are not given."""
        ruleset = self.ruleset

        def truth(condition: Condition) -> Column:
            return tuple(holds_without(condition, way, without) for way in self.ways)

        when = [truth(rule.when) for rule in ruleset.rules]
        outcomes = [self.outcomes_of(self.first(places, when)) for places in self.decisions]
        applies = [self.applying(action.under, truth(action.when), outcomes) for action in ruleset.actions]
        asked = [
            tuple(all(each) for each in zip(*map(truth, conditions), strict=True))
            for conditions in self.conditions_to_ask.values()
        ]
        choices = [each for each in ruleset.questions if isinstance(each, Choice)]
        asked += [truth(each) for choice in choices for each in choice.restricted.values()]
        cases = [truth(each.condition) for estimate in ruleset.estimates for each in cases_in(estimate.formula)]
        return [*outcomes, *applies, *asked, *(truth(each) for each in ruleset.criteria), *cases]

    def _overlaps(self) -> Iterator[str]:
        rules = self.ruleset.rules
        for place, rule in enumerate(rules):
            number = self.decision_of(place)
            for other in range(place + 1, self.decisions[number].stop):
                both = any(
                    each == place and also for each, also in zip(self.fired[number], self.when[other], strict=True)
                )
                if both and rules[other].when != ALWAYS and rules[other].then != rule.then:
                    yield f"{rule.id} {rules[other].id}"


_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Without:
    """Points that are not given: of a score, for the thing at a place, or for one of its options."""

    score: Score
    place: int
    option: str = ""

    def leaves_out(self, part: Condition) -> bool:
        """Say whether points of that thing are those for a condition."""
        return not self.option or (isinstance(part, Is) and part.options == (self.option,))


def points_of(score: Score, way: Mapping[str, object]) -> Fraction:
    """Return the points of a score."""
    given = ((part, points) for term in score.terms for part, points in zip(term.conditions, term.points, strict=True))
    return sum((points for part, points in given if holds(part, way)), Fraction(0))


def holds_without(condition: Condition, way: Mapping[str, object], without: Without | None) -> bool:
    """Say whether a condition holds if some points are not given."""
    if isinstance(condition, PointsComparison):
        difference = Fraction(0)
        for score, sign in ((condition.score, 1), (condition.other, -1)):
            for place, term in enumerate(() if score is None else score.terms):
                for part, points in zip(term.conditions, term.points, strict=True):
                    is_there = without is None or (score, place) != (without.score, without.place)
                    if is_there or (without is not None and not without.leaves_out(part)):
                        difference += sign * points * holds_without(part, way, without)
        return bool(COMPARE[condition.operator](difference, condition.threshold))
    if isinstance(condition, OutcomeIs):
        first = next((each for each in condition.decision.rules if holds_without(each.when, way, without)), None)
        return first is not None and first.then.id in condition.outcomes
    parts = [holds_without(part, way, without) for part in condition.parts]
    if not parts and condition != ALWAYS:
        return holds(condition, way)
    if isinstance(condition, AtLeast):
        return sum(parts) >= condition.count
    if isinstance(condition, Not):
        return not parts[0]
    return any(parts) if isinstance(condition, AnyOf) else all(parts)


def parts_within(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and its parts, criteria as wholes."""
    yield condition
    if not isinstance(condition, (Criterion, PointsComparison)):
        for part in condition.parts:
            yield from parts_within(part)


def without_one_part(
    condition: Condition, is_constant: Callable[[Condition], bool]
) -> Iterator[tuple[Condition, Condition]]:
    """Yield each part that can be left out, and what is left, so that something is; none of a part that is constant."""
    if is_constant(condition):
        return
    rebuild: Callable[[tuple[Condition, ...]], Condition]
    if isinstance(condition, AllOf):
        rebuild, least = AllOf, 1
    elif isinstance(condition, AnyOf):
        rebuild, least = AnyOf, 1
    elif isinstance(condition, AtLeast):
        count = condition.count
        rebuild, least = (lambda parts: AtLeast(count, parts)), count
    elif isinstance(condition, Not):
        rebuild, least = (lambda parts: Not(parts[0])), 2
    else:
        return
    for place, part in enumerate(condition.parts):
        before, after = condition.parts[:place], condition.parts[place + 1 :]
        if len(before + after) >= least:
            yield part, rebuild(before + after)
        for dropped, rest in without_one_part(part, is_constant):
            yield dropped, rebuild((*before, rest, *after))


def is_led(formula: Formula, case: Conditional, way: Mapping[str, object]) -> bool:
    """Say whether answers lead to a case within a formula."""
    if formula is case:
        return True
    if isinstance(formula, Conditional):
        return is_led(formula.then if holds(formula.condition, way) else formula.otherwise, case, way)
    return any(is_led(each, case, way) for each in formula.operands)


def resolved(formula: Formula, way: Mapping[str, object]) -> Formula:
    """Return a formula without its cases, for complete answers."""
    if isinstance(formula, Conditional):
        return resolved(formula.then if holds(formula.condition, way) else formula.otherwise, way)
    if isinstance(formula, Operation):
        return Operation(formula.operator, resolved(formula.left, way), resolved(formula.right, way))
    return formula


def ways_through(formula: Formula) -> list[Formula]:
    """Return a formula without its cases, for each way to decide them; the same condition has one truth."""
    conditions = [each.condition for each in cases_in(formula)]
    if not conditions:
        return [formula]
    return [each for truth in (True, False) for each in ways_through(_decided(formula, conditions[0], truth))]


def _decided(formula: Formula, condition: Condition, truth: bool) -> Formula:
    if isinstance(formula, Conditional) and formula.condition == condition:
        return _decided(formula.then if truth else formula.otherwise, condition, truth)
    if isinstance(formula, Conditional):
        return Conditional(formula.condition, *(_decided(each, condition, truth) for each in formula.operands))
    if isinstance(formula, Operation):
        return Operation(formula.operator, *(_decided(each, condition, truth) for each in formula.operands))
    return formula


def cancelled(formula: Formula) -> list[set[str]]:
    """Return, for each of the smallest terms that do not change with some of their inputs, the ids of these."""
    if not isinstance(formula, Operation):
        return []
    within = cancelled(formula.left) + cancelled(formula.right)
    names = {
        str(getattr(each, "id", ""))
        for each in inputs(formula)
        if not isinstance(each, Quantity) and not changes(formula, each)
    }
    return within or ([names] if names else [])


def changes(formula: Formula, part: Formula) -> bool:
    """Try whether a part makes a difference to what is worked out, at values drawn by lot, those of facts included."""
    lots = random.Random(7)

    def drawn() -> Fraction:
        return Fraction(lots.randint(1, 10**6), 997)

    def at(values: Mapping[Formula, Fraction], each: Formula) -> Fraction:
        if isinstance(each, Operation):
            left, right = at(values, each.left), at(values, each.right)
            if each.operator == "/":
                return left / right
            return {"+": left + right, "-": left - right, "*": left * right}[each.operator]
        return values[each]

    for _ in range(5):
        values = {
            each: Fraction(repr(float(each.value))) if isinstance(each, Quantity) else drawn()
            for each in inputs(formula)
        }
        if at(values, formula) != at({**values, part: drawn()}, formula):
            return True
    return False

"""Represent a rule set as functions, and answer questions about it exactly, over the cells of its questions."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from functools import cached_property

from assessor.errors import RuleSetError
from assessor.logic.compiling.compile import WORK_LIMIT, compile_ruleset
from assessor.logic.compiling.functions import ConditionCompiler, cell_values, cuts_of
from assessor.logic.compiling.points import reach
from assessor.logic.diagram import FALSE, DiagramTooLargeError, leaf
from assessor.logic.space import AnswerSpace
from assessor.model.answers import Answer
from assessor.model.estimates.conditional import cases_in
from assessor.model.points import PointsComparison, Score
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.ruleset import RuleSet


class Proofs(AnswerSpace):
    """The possible answers to a rule set's questions, and where its rules lead.

    Attributes:
        ruleset: The rule set.
        decisions: For each decision, the positions of its rules.
        when: For each rule, where it holds.
        fires: For each rule, where it is the first of its decision that holds.
        before: For each rule, where an earlier rule of its decision holds.
        rest: For each rule, the outcome if only the later rules of its decision existed. Leaves are positions of
            outcomes, or the number of outcomes for a gap.
        outcomes: For each decision, its outcome, with the same leaves.
        fired: For each decision, the position among its rules of the one that fires, or their number if none does.
    """

    def __init__(self, ruleset: RuleSet, *, has_every_question: bool = False) -> None:
        """Compile the rules.

        Args:
            ruleset: The rule set.
            has_every_question: Whether conditions may use questions that the rule set's own conditions do not use.

        Raises:
            RuleSetError: If the rule set is too large to compile.
            DiagramTooLargeError: If its functions take too many steps.
        """
        self.ruleset = ruleset
        # Reuse the order for which compiling found a small diagram.
        order = [ruleset.questions[position].id for position in compile_ruleset(ruleset)["order"]]
        if has_every_question:
            order = list(dict.fromkeys([*order, *ruleset.questions_by_id]))
        cuts = cuts_of(each.condition for each in ruleset.conditions())
        asked = [ruleset.questions_by_id[name] for name in order]
        values = {question.id: cell_values(question, cuts.get(question.id, ())) for question in asked}
        maxima = {question.id: question.maximum for question in asked if isinstance(question, (Number, Date))}
        super().__init__(values, maxima, WORK_LIMIT)
        for question in ruleset.questions:
            for option, asked_when in question.restricted.items() if isinstance(question, Choice) else ():
                self.restrict(question.id, option, self.compile(asked_when))
        self._positions = {outcome.id: position for position, outcome in enumerate(ruleset.outcomes)}
        rules = ruleset.rules
        self.decisions = ruleset.rule_places
        self.when = [self.compile(rule.when) for rule in rules]
        self.before: list[int] = []
        for places in self.decisions:
            self.before.append(FALSE)
            for when in self.when[places.start : places.stop - 1]:
                self.before.append(self.either(self.before[-1], when))
        self.fires = [self.difference(when, before) for before, when in zip(self.before, self.when, strict=True)]
        self.rest = [FALSE] * len(rules)
        self.outcomes = []
        for places in self.decisions:
            outcome = leaf(len(self._positions))
            for place in reversed(places):
                self.rest[place] = outcome
                outcome = self._diagram.choose(self.when[place], self._then(place), outcome)
            self.outcomes.append(outcome)
        self.fired = [self._fired(places, self.conditions) for places in self.decisions]

    def is_replaced(self, rule: int, where: int) -> bool:
        """Return whether the rules after one, in its decision, give its outcome wherever a condition holds."""
        then = self._then(rule)
        return self._diagram.choose(where, self.rest[rule], then) == then

    def changes_nothing(self, rule: int) -> bool:
        """Return whether all answers get the same outcome without a rule."""
        return self.is_replaced(rule, self.fires[rule])

    def is_decided_by(self, rule: int, cells: Sequence[int]) -> bool:
        """Return whether no rule before one holds for answers, and those after it give another outcome.

        Rules of other decisions do not count.
        """
        then = self.ruleset.rules[rule].then
        after = self.value(self.rest[rule], cells)
        is_same = after < len(self.ruleset.outcomes) and self.ruleset.outcomes[after].id == then.id
        return not is_same and not self.value(self.before[rule], cells)

    @cached_property
    def gaps(self) -> Sequence[int]:
        """For each decision, where none of its rules decides."""
        return [
            self.is_value(fired, [len(places)], len(places) + 1)
            for fired, places in zip(self.fired, self.decisions, strict=True)
        ]

    def decision_at(self, rule: int) -> range:
        """Return the positions of the rules of the decision that a rule belongs to."""
        return next(places for places in self.decisions if rule in places)

    @cached_property
    def applies(self) -> Mapping[str, int]:
        """For each action, where it applies."""
        return {
            action.id: self.both(self.decided([o.id for o in action.under]), self.compile(action.when))
            for action in self.ruleset.actions
        }

    @cached_property
    def estimated(self) -> Mapping[str, int]:
        """For each estimate, which of its different formulas applies."""
        found = {}
        for estimate in self.ruleset.estimates:
            chosen = self.conditions.first_that_holds([branch.when for branch in estimate.branches])
            formulas = [branch.formula for branch in estimate.branches]
            leaves = [leaf(formulas.index(formula)) for formula in formulas]
            found[estimate.id] = self._diagram.relabelled(chosen, [*leaves, leaf(len(leaves))])
        return found

    def decided(self, outcome_ids: Sequence[str]) -> int:
        """Return where the rules give one of some outcomes."""
        wanted = [self._positions[each] for each in outcome_ids]
        each_decided = (self.is_value(outcome, wanted, len(self._positions) + 1) for outcome in self.outcomes)
        return functools.reduce(self.either, each_decided)

    def reach(self, score: Score) -> tuple[float, float]:
        """Return the fewest and the most points that any answers give."""
        low, high = reach(self._diagram, self.conditions.addends(score, score.scale))
        return low / score.scale, high / score.scale

    def compared_reach(self, comparison: PointsComparison) -> tuple[float, float]:
        """Return the fewest and the most points that a comparison is about: of a score, or by which two differ."""
        low, high = reach(self._diagram, self.conditions.difference(comparison))
        return low / comparison.scale, high / comparison.scale

    def is_same_without(self, score: Score, term: int, option: int | None = None) -> bool:
        """Return whether everything is decided the same if a term of a score, or an option in it, gives no points."""
        others = self.conditions.without(score, term, option)
        ruleset = self.ruleset
        for places, outcome in zip(self.decisions, self.outcomes, strict=True):
            leaves = [*map(self._then, places), leaf(len(self._positions))]
            if self._diagram.relabelled(self._fired(places, others), leaves) != outcome:
                return False
        for action in ruleset.actions:
            under = self.decided([outcome.id for outcome in action.under])
            if self.both(under, others.compile(action.when)) != self.applies[action.id]:
                return False
        named = [each.condition for each in ruleset.criteria]
        named += [each.condition for estimate in ruleset.estimates for each in cases_in(estimate.formula)]
        offers = [each.condition for each in ruleset.conditions() if each.owner.kind == "option"]
        decided = (*named, *ruleset.asked_when.values(), *offers)
        return all(others.compile(each) == self.compile(each) for each in decided)

    def _then(self, rule: int) -> int:
        return leaf(self._positions[self.ruleset.rules[rule].then.id])

    def _fired(self, places: range, conditions: ConditionCompiler) -> int:
        return conditions.first_that_holds([rule.when for rule in self.ruleset.rules[places.start : places.stop]])

    def witness(self, function: int, without: str = "") -> dict[str, Answer] | None:
        """Return answers, in the order of the questions, that make a condition hold whatever the other answers are."""
        found = super().witness(function, without)
        if found is None:
            return None
        return {question.id: found[question.id] for question in self.ruleset.questions if question.id in found}


def proofs_of(ruleset: RuleSet, *, has_every_question: bool = False) -> Proofs:
    """Return the functions of a rule set.

    Args:
        ruleset: The rule set.
        has_every_question: Whether conditions may use questions that the rule set's own conditions do not use.

    Raises:
        RuleSetError: If it is too large to compile or to check.
    """
    try:
        return Proofs(ruleset, has_every_question=has_every_question)
    except DiagramTooLargeError:
        raise RuleSetError(
            f"the rules of {ruleset.id!r} are too entangled to be proven: split the decision", ruleset.location
        ) from None

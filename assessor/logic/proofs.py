"""Represent a rule set as functions, and answer questions about it exactly, over the cells of its questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from assessor.errors import RuleSetError
from assessor.logic.compiling import WORK_LIMIT, compile_ruleset
from assessor.logic.diagram import FALSE, DiagramTooLargeError, leaf
from assessor.logic.functions import cell_values, cuts_of
from assessor.logic.points import score_functions
from assessor.logic.space import AnswerSpace
from assessor.model.answers import Answer
from assessor.model.dates.questions import Date
from assessor.model.numbers import Number
from assessor.model.points import Score
from assessor.model.ruleset import RuleSet


class Proofs(AnswerSpace):
    """The possible answers to a rule set's questions, and where its rules lead.

    Attributes:
        ruleset: The rule set.
        when: For each rule, where it holds.
        fires: For each rule, where it is the first that holds.
        before: For each rule, where an earlier rule holds.
        after: For each rule, the outcome if only this rule and later ones existed. Leaves are positions of outcomes, or
            the number of outcomes for a gap. One extra entry at the end is for no rules at all.
        fired: The position of the rule that fires, or the number of rules if none does.
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
        self._positions = {outcome.id: position for position, outcome in enumerate(ruleset.outcomes)}
        rules = ruleset.rules
        self.when = [self.compile(rule.when) for rule in rules]
        self.before = [FALSE]
        for when in self.when[:-1]:
            self.before.append(self.either(self.before[-1], when))
        self.fires = [self.difference(when, before) for before, when in zip(self.before, self.when, strict=True)]
        after = [leaf(len(self._positions))]
        for rule, when in zip(reversed(rules), reversed(self.when), strict=True):
            after.append(self._diagram.choose(when, leaf(self._positions[rule.then.id]), after[-1]))
        self.after = after[::-1]
        self.fired = self.conditions.first_that_holds([rule.when for rule in rules])

    def is_replaced(self, rule: int, where: int) -> bool:
        """Return whether the rules after one give its outcome wherever a condition holds."""
        then = leaf(self._positions[self.ruleset.rules[rule].then.id])
        return self._diagram.choose(where, self.after[rule + 1], then) == then

    def changes_nothing(self, rule: int) -> bool:
        """Return whether all answers get the same outcome without a rule."""
        return self.is_replaced(rule, self.fires[rule])

    def is_decided_by(self, rule: int, cells: Sequence[int]) -> bool:
        """Return whether no rule before one holds for answers, and those after it give another outcome."""
        then = self.ruleset.rules[rule].then
        after = self.value(self.after[rule + 1], cells)
        is_same = after < len(self.ruleset.outcomes) and self.ruleset.outcomes[after].id == then.id
        return not is_same and not self.value(self.before[rule], cells)

    @cached_property
    def gap(self) -> int:
        """Where no rule decides."""
        count = len(self.ruleset.rules)
        return self.is_value(self.fired, [count], count + 1)

    @cached_property
    def applies(self) -> Mapping[str, int]:
        """For each action, where it applies."""
        return {
            action.id: self.both(self.decided([o.id for o in action.under]), self.compile(action.when))
            for action in self.ruleset.actions
        }

    def decided(self, outcome_ids: Sequence[str]) -> int:
        """Return where the rules give one of some outcomes."""
        ids = [outcome.id for outcome in self.ruleset.outcomes]
        return self.is_value(self.after[0], [ids.index(each) for each in outcome_ids], len(ids) + 1)

    def reach(self, score: Score) -> tuple[float, float]:
        """Return the fewest and the most points that any answers give."""
        functions = score_functions(self.conditions, score)
        points = [each for _, each in functions.sums or functions.terms]
        return sum(map(min, points)) / score.scale, sum(map(max, points)) / score.scale

    def is_same_without(self, score: Score, term: int) -> bool:
        """Return whether everything is decided the same if one term of a score gives no points."""
        others = self.conditions.without(score, term)
        ruleset = self.ruleset
        leaves = [leaf(self._positions[rule.then.id]) for rule in ruleset.rules]
        fired = others.first_that_holds([rule.when for rule in ruleset.rules])
        if self._diagram.relabelled(fired, [*leaves, leaf(len(self._positions))]) != self.after[0]:
            return False
        for action in ruleset.actions:
            under = self.decided([outcome.id for outcome in action.under])
            if self.both(under, others.compile(action.when)) != self.applies[action.id]:
                return False
        named = [each.condition for each in ruleset.criteria]
        asked = [each.asked_when for each in ruleset.questions if each.asked_when is not None]
        return all(others.compile(each) == self.compile(each) for each in (*named, *asked))

    def witness(self, function: int) -> dict[str, Answer] | None:
        """Return answers, in the order of the questions, that make a condition hold whatever the other answers are."""
        found = super().witness(function)
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

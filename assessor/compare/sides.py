"""Put the parts of one of two rule sets into the space of answers that both accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.functions import ConditionCompiler
from assessor.logic.space import AnswerSpace
from assessor.model.conditions import Condition
from assessor.model.questions import Question
from assessor.model.ruleset import RuleSet


class Side:
    """The old or the new rule set, with functions over the answers that both accept.

    Attributes:
        ruleset: The rule set.
        conditions: Compiles its conditions.
        fires: Where each rule is the first that holds, and as the last item where none holds.
    """

    def __init__(self, ruleset: RuleSet, space: AnswerSpace, conditions: ConditionCompiler) -> None:
        """Compile the rules.

        Args:
            ruleset: The rule set.
            space: The answers that both rule sets accept.
            conditions: Compiles conditions with the ids of this rule set into the space.
        """
        self.ruleset = ruleset
        self.conditions = conditions
        self._space = space
        count = len(ruleset.rules)
        fired = conditions.first_that_holds([rule.when for rule in ruleset.rules])
        self.fires: Sequence[int] = [space.is_value(fired, [place], count + 1) for place in range(count + 1)]

    @cached_property
    def applies(self) -> Mapping[str, int]:
        """For each action, where it applies as in `assess`: with its outcome, and if its condition holds."""
        both = self._space.both
        return {
            action.id: both(self.decided([each.id for each in action.under]), self.compile(action.when))
            for action in self.ruleset.actions
        }

    def decided(self, outcome_ids: Sequence[str]) -> int:
        """Return where the rules give one of some outcomes."""
        decided = FALSE
        for rule, where in zip(self.ruleset.rules, self.fires, strict=False):
            if rule.then.id in outcome_ids:
                decided = self.either(decided, where)
        return decided

    def compile(self, condition: Condition) -> int:
        """Return where a condition holds."""
        return self.conditions.compile(condition)

    def asked(self, question: Question) -> int:
        """Return where readers get a question."""
        asked_when = self.ruleset.asked_when.get(question.id)
        return TRUE if asked_when is None else self.compile(asked_when)

    def either(self, one: int, other: int) -> int:
        """Return where at least one of two conditions holds."""
        return self._space.either(one, other)

    def no(self, condition: int) -> int:
        """Return where a condition does not hold."""
        return self._space.no(condition)

    def rule_at(self, place: int) -> str:
        """Return the id of the rule at a position of `fires`; empty where no rule decides."""
        rules = self.ruleset.rules
        return rules[place].id if place < len(rules) else ""

    def outcome_at(self, place: int) -> str:
        """Return the id of the outcome at a position of `fires`; empty where no rule decides."""
        rules = self.ruleset.rules
        return rules[place].then.id if place < len(rules) else ""

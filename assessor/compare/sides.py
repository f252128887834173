"""Put the parts of one of two rule sets into the space of answers that both accept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assessor.logic.compiling.functions import ConditionCompiler
from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.space import AnswerSpace
from assessor.model.conditions import Condition
from assessor.model.questions.choices import Choice
from assessor.model.questions.question import Question
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet


class Side:
    """The old or the new rule set, with functions over the answers that both accept.

    Attributes:
        ruleset: The rule set.
        conditions: Compiles its conditions.
        decisions: For each decision, the positions of its rules.
        fires: For each rule, where it is the first of its decision that holds.
        gaps: For each decision, where none of its rules holds.
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
        self.decisions: Sequence[range] = ruleset.rule_places
        self.fires: list[int] = []
        self.gaps: list[int] = []
        for rules in ruleset.rules_by_decision:
            fired = conditions.first_that_holds([rule.when for rule in rules])
            *fires, gap = (space.is_value(fired, [place], len(rules) + 1) for place in range(len(rules) + 1))
            self.fires += fires
            self.gaps.append(gap)

    def ways(self, decision: int) -> Iterator[tuple[Rule | None, int]]:
        """Yield each rule of a decision with where it decides, and then `None` with where none does."""
        for place in self.decisions[decision]:
            yield self.ruleset.rules[place], self.fires[place]
        yield None, self.gaps[decision]

    @cached_property
    def applies(self) -> Mapping[str, int]:
        """For each action, where it applies as in `assess`: with its outcome, and if its condition holds."""
        both = self._space.both
        return {
            action.id: both(self.decided([each.id for each in action.under]), self.compile(action.when))
            for action in self.ruleset.actions
        }

    def decided(self, outcome_ids: Sequence[str], decision: int | None = None) -> int:
        """Return where the rules, or those of one decision, give one of some outcomes."""
        decided = FALSE
        for place in range(len(self.fires)) if decision is None else self.decisions[decision]:
            if self.ruleset.rules[place].then.id in outcome_ids:
                decided = self.either(decided, self.fires[place])
        return decided

    def compile(self, condition: Condition) -> int:
        """Return where a condition holds."""
        return self.conditions.compile(condition)

    def asked(self, question: Question) -> int:
        """Return where readers get a question."""
        asked_when = self.ruleset.asked_when.get(question.id)
        return TRUE if asked_when is None else self.compile(asked_when)

    def offered(self, question: Choice, option: str) -> int:
        """Return where an option of a question is offered."""
        asked_when = question.restricted.get(option)
        return TRUE if asked_when is None else self.compile(asked_when)

    def offers(self) -> Iterator[tuple[str, str, int]]:
        """Yield each option that is not always offered, with the id of its question before it, and where it is."""
        for question in self.ruleset.questions:
            if isinstance(question, Choice):
                for option in question.restricted:
                    yield question.id, option, self.offered(question, option)

    def either(self, one: int, other: int) -> int:
        """Return where at least one of two conditions holds."""
        return self._space.either(one, other)

    def no(self, condition: int) -> int:
        """Return where a condition does not hold."""
        return self._space.no(condition)

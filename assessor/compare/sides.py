"""Put the parts of two rule sets into the space of answers that both accept, and find what makes them differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from assessor.compare.parts import renamed_rules
from assessor.compare.renames import Renames
from assessor.compare.values import facts_in, key_of, shape_of
from assessor.logic.compiling.functions import ConditionCompiler
from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.space import AnswerSpace
from assessor.model.conditions import Condition, walk
from assessor.model.questions.choices import Choice
from assessor.model.questions.question import Question
from assessor.model.rules.actions import Action
from assessor.model.rules.decisions import OutcomeIs
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words


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


def outcome_of(rule: Rule | None) -> str:
    """Return the outcome of a rule; empty if none decides."""
    return "" if rule is None else rule.then.id


class Causes:
    """Finds what change of the rules gives some answers another result.

    Attributes:
        differing: For each decision of the new rule set that the old one has, where its outcome changes.
    """

    def __init__(
        self,
        before: Side,
        after: Side,
        space: AnswerSpace,
        renames: Renames,
        decisions: Sequence[tuple[int, int]],
    ) -> None:
        """Take both sides.

        Args:
            before: The rule set before.
            after: The rule set now.
            space: The answers that both accept.
            renames: The questions and options with another id.
            decisions: The old and the new position of each decision that both have.
        """
        self._before = before
        self._after = after
        self._space = space
        self._renames = renames
        self._old_decisions = {new: old for old, new in decisions}

    @cached_property
    def differing(self) -> Mapping[int, int]:
        """For each decision of the new rule set that the old one has, where its outcome changes."""
        differing = {}
        for new_decision, old_decision in self._old_decisions.items():
            same = FALSE
            for outcome in (*self._after.ruleset.outcomes, None):
                where = (
                    side.gaps[number] if outcome is None else side.decided([outcome.id], number)
                    for side, number in ((self._before, old_decision), (self._after, new_decision))
                )
                same = self._space.either(same, self._space.both(*where))
            differing[new_decision] = self._space.no(same)
        return differing

    @cached_property
    def _rule_ids(self) -> Mapping[str, str]:
        return renamed_rules(self._before.ruleset, self._after.ruleset, self._renames)

    def of_rules(self, where: int, old_rule: Rule | None, new_rule: Rule | None, decision: int) -> str:
        """Return what change of the rules changed the outcome of some answers.

        Args:
            where: These answers.
            old_rule: The rule that decided before.
            new_rule: The rule that decides now.
            decision: The position of the decision in the new rule set.
        """
        before = self._old_decisions[decision]
        ids = self._rule_ids
        old_rules = {ids.get(rule.id, rule.id): rule for rule in self._before.ruleset.rules_by_decision[before]}
        new_rules = {rule.id: rule for rule in self._after.ruleset.rules_by_decision[decision]}
        old_id = "" if old_rule is None else ids.get(old_rule.id, old_rule.id)
        elsewhere = {rule.id for rule in self._after.ruleset.rules}
        if old_rule is not None and new_rule is not None and old_id == new_rule.id:
            return f"rule {old_id!r} leads elsewhere now"
        if old_rule is not None and old_id not in new_rules:
            where_now = "belongs to another decision now" if old_id in elsewhere else "is gone"
            return f"rule {old_rule.id!r} {where_now}"
        if old_rule is not None and not self._space.implies(where, self._after.compile(new_rules[old_id].when)):
            return self._of_condition_of_rule(where, old_rule, new_rules[old_id])
        if new_rule is None:
            return "a rule for these answers is gone"
        if new_rule.id not in old_rules:
            return f"rule {new_rule.id!r} is new"
        if not self._space.implies(where, self._before.compile(old_rules[new_rule.id].when)):
            return self._of_condition_of_rule(where, old_rules[new_rule.id], new_rule)
        return f"rule {new_rule.id!r} now comes before rule {old_id!r}"

    def _of_condition_of_rule(self, where: int, old: Rule, new: Rule) -> str:
        changed = f"the condition of rule {new.id!r} changed"
        return self._of_condition(where, old.when, new.when, changed) or changed

    def of_action(self, where: int, old: Action, new: Action) -> str:
        """Return what made an action apply to some answers, or no longer: its condition, its outcomes or the rules."""
        held, holds = self._before.compile(old.when), self._after.compile(new.when)
        differs = self._space.either(self._space.difference(held, holds), self._space.difference(holds, held))
        if self._space.both(where, differs) != FALSE:
            return self.between(old.when, new.when)(where)
        under = {each.id for each in new.under}
        if under != {each.id for each in old.under}:
            return "it is under other outcomes now"
        for decision in self.differing:
            own = {rule.then.id for rule in self._after.ruleset.rules_by_decision[decision]}
            if under & own and (cause := self._of_decision(where, decision)):
                return cause
        return ""

    def between(self, old: Condition | None, new: Condition | None) -> Callable[[int], str]:
        """Return a function that says what changed a condition of a part for some answers."""
        if old is None or new is None:
            return lambda _: ""
        return partial(self._of_condition, old=old, new=new, changed="its condition changed")

    def _of_condition(self, where: int, old: Condition, new: Condition, changed: str) -> str:
        """Return why a condition holds for other answers: because of facts, or of a decision that it reads.

        If nothing but the value of facts changed in the condition, they are named.

        Returns:
            The cause; empty if the condition itself changed.
        """
        if key_of(old, self._renames) == key_of(new):
            for part in walk(new):
                if isinstance(part, OutcomeIs):
                    decision = self._after.ruleset.decisions.index(part.decision)
                    if cause := self._of_decision(where, decision):
                        return f"{part.decision.owner_name} comes to another outcome ({cause})"
        facts = facts_in(new)
        values = [
            (before, facts[name])
            for name, before in facts_in(old).items()
            if name in facts and facts[name].value != before.value
        ]
        if not values or shape_of(old, self._renames) != shape_of(new):
            return ""
        words = ruleset_words(self._before.ruleset), ruleset_words(self._after.ruleset)
        said = [
            f"fact {now.id!r}, “{before.value_text(words[0])}”, now “{now.value_text(words[1])}”"
            for before, now in values
        ]
        return f"{changed} with {' and '.join(said)}"

    def _of_decision(self, where: int, decision: int) -> str:
        """Return what gave most of some answers another outcome of a decision; empty if it has the same for all."""
        within = self._space.both(where, self.differing.get(decision, FALSE))
        if within == FALSE:
            return ""
        before = self._old_decisions[decision]
        counted = [
            (self._space.count(both), both, old_rule, new_rule)
            for old_rule, old_fires in self._before.ways(before)
            for new_rule, new_fires in self._after.ways(decision)
            if (both := self._space.both(within, self._space.both(old_fires, new_fires))) != FALSE
        ]
        _, most, old_rule, new_rule = max(counted, key=lambda each: each[0])
        return self.of_rules(most, old_rule, new_rule, decision)

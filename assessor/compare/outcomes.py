"""Find answers that get a different outcome, and count them, among the answers that both rule sets accept."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from assessor.compare.changes import ConditionChange, OutcomeChange, RuleChange
from assessor.compare.renames import Renames
from assessor.language.units import Unit
from assessor.logic.compiling import compile_ruleset
from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.functions import ConditionCompiler, cell_of, cell_values, cuts_of
from assessor.logic.space import AnswerSpace
from assessor.model.answers import Answer
from assessor.model.conditions import Criterion
from assessor.model.numbers import Number
from assessor.model.questions import Choice, Question
from assessor.model.rules import Action
from assessor.model.ruleset import RuleSet

NODE_LIMIT = 2_000_000
_OLD = "old:"


class AnswersOfBoth:
    """The answers that both rule sets accept, and the results in each.

    Attributes:
        total: The number of combinations of answers.
    """

    def __init__(self, old: RuleSet, new: RuleSet, renames: Renames) -> None:
        """Find the answers that both rule sets accept.

        Args:
            old: The rule set before.
            new: The rule set now.
            renames: The questions and options with another id.

        Raises:
            RuleSetError: If one of them is too large to compile.
        """
        self._old = old
        self._new = new
        self._renames = renames
        old_ids = {renames.question(question.id): question.id for question in old.questions}
        old_cuts, new_cuts = (cuts_of(each.condition for each in ruleset.conditions()) for ruleset in (old, new))
        values: dict[str, Sequence[Answer]] = {}
        old_values: dict[str, Sequence[Answer]] = {}
        known_as: dict[str, str] = {}
        maxima: dict[str, float] = {}
        for name in _merged_order(_order(new), [renames.question(each) for each in _order(old)]):
            before = old.questions_by_id.get(old_ids.get(name, ""))
            after = new.questions_by_id.get(name)
            if before is not None and after is not None:
                cuts = sorted({*old_cuts.get(before.id, ()), *new_cuts.get(after.id, ())})
                shared = _shared_values(before, after, cuts, renames)
                if shared:
                    old_values[before.id], values[name] = zip(*shared, strict=True)
                    known_as[before.id] = name
                    if isinstance(before, Number) and isinstance(after, Number):
                        maxima[name] = min(before.maximum, after.maximum)
                    continue
            if after is not None:
                values[name] = cell_values(after, new_cuts.get(after.id, ()))
                maxima |= _maximum(name, after)
            if before is not None:
                # This question was removed, or its id now means another question, so the old rules get a separate
                # variable for it.
                known_as[before.id] = f"{_OLD}{before.id}"
                values[known_as[before.id]] = old_values[before.id] = cell_values(before, old_cuts.get(before.id, ()))
                maxima |= _maximum(known_as[before.id], before)
        self._space = AnswerSpace(values, maxima, NODE_LIMIT)
        self._known_as = known_as
        self._before = self._space.conditions.under(old_values, known_as)
        self._old_fires = _fired(self._space, self._before, old)
        self._new_fires = _fired(self._space, self._space.conditions, new)
        self.total = self._space.count(TRUE)

    def outcome_changes(self) -> Iterator[OutcomeChange]:
        """Yield the combinations of answers whose outcome changes, the largest group first."""
        space = self._space
        found: dict[tuple[str, str], list[RuleChange]] = {}
        for old_place, old_fires in enumerate(self._old_fires):
            for new_place, new_fires in enumerate(self._new_fires):
                outcomes = _outcome_at(self._old, old_place), _outcome_at(self._new, new_place)
                if outcomes[0] == outcomes[1]:
                    continue
                where = space.both(old_fires, new_fires)
                if where != FALSE:
                    found.setdefault(outcomes, []).append(self._rule_change(where, old_place, new_place))
        changes = []
        for (old_outcome, new_outcome), by_rule in found.items():
            ordered = sorted(by_rule, key=lambda change: -change.count)
            changes.append(
                OutcomeChange(old_outcome, new_outcome, sum(change.count for change in ordered), tuple(ordered))
            )
        yield from sorted(changes, key=lambda change: -change.count)

    def condition_changes(self) -> Iterator[ConditionChange]:
        """Yield the conditions that hold for different answers than before."""
        space, before = self._space, self._before
        for old_action, action in _pairs(self._old.actions, self._new.actions):
            applied = self._applies(before, self._old, self._old_fires, old_action)
            applies = self._applies(space.conditions, self._new, self._new_fires, action)
            yield from self._condition_change("action", action.id, applied, applies)
        for old_criterion, criterion in _pairs(self._old.criteria, self._new.criteria):
            held, holds = before.compile(old_criterion.condition), space.compile(criterion.condition)
            yield from self._condition_change("criterion", criterion.id, held, holds)
        for old_question in self._old.questions:
            question = self._new.questions_by_id.get(self._renames.question(old_question.id))
            if question is not None:
                was_asked = _asked(before, old_question)
                yield from self._condition_change(
                    "question", question.id, was_asked, _asked(space.conditions, question)
                )

    def _applies(self, conditions: ConditionCompiler, ruleset: RuleSet, fires: Sequence[int], action: Action) -> int:
        """Return where an action applies, as in `assess`: one of its outcomes is decided, and its condition holds."""
        under = {outcome.id for outcome in action.under}
        decided = FALSE
        for rule, where in zip(ruleset.rules, fires, strict=False):
            if rule.then.id in under:
                decided = self._space.either(decided, where)
        return self._space.both(decided, conditions.compile(action.when))

    def _condition_change(self, kind: str, name: str, old: int, new: int) -> Iterator[ConditionChange]:
        """Yield where a condition holds but did not before, and the other way round."""
        for holds, changed in ((True, self._without(new, old)), (False, self._without(old, new))):
            if changed != FALSE:
                yield ConditionChange(kind, name, holds, self._space.count(changed), *self._examples(changed))

    def _without(self, one: int, other: int) -> int:
        return self._space.difference(one, other)

    def _examples(self, where: int) -> tuple[dict[str, Answer], dict[str, Answer]]:
        """Return as few answers as possible that lie in a set, for the new and for the old rule set."""
        found = self._space.witness(where) or {}
        before = {}
        for name, known in self._known_as.items():
            if known in found:
                answer = found[known]
                cell = cell_of(self._space.conditions.values[known], answer)
                # A number has the same answers in both.
                before[name] = answer if isinstance(answer, float) else self._before.values[name][cell]
        return _in_order(self._new, found), _in_order(self._old, before)

    def _rule_change(self, where: int, old_place: int, new_place: int) -> RuleChange:
        return RuleChange(
            _rule_at(self._old, old_place),
            _rule_at(self._new, new_place),
            self._space.count(where),
            *self._examples(where),
            self._cause(where, old_place, new_place),
        )

    def _cause(self, where: int, old_place: int, new_place: int) -> str:
        """Return what change of the rules changed the outcome of some answers."""
        old_id, new_id = _rule_at(self._old, old_place), _rule_at(self._new, new_place)
        old_rules = {rule.id: rule for rule in self._old.rules}
        new_rules = {rule.id: rule for rule in self._new.rules}
        if old_id and old_id == new_id:
            return f"rule {old_id!r} leads elsewhere now"
        if old_id and old_id not in new_rules:
            return f"rule {old_id!r} is gone"
        if old_id and not self._space.implies(where, self._space.compile(new_rules[old_id].when)):
            return f"the condition of rule {old_id!r} changed"
        if new_id not in old_rules:
            return f"rule {new_id!r} is new" if new_id else "a rule for these answers is gone"
        if not self._space.implies(where, self._before.compile(old_rules[new_id].when)):
            return f"the condition of rule {new_id!r} changed"
        return f"rule {new_id!r} now comes before rule {old_id!r}"


def _order(ruleset: RuleSet) -> list[str]:
    return [ruleset.questions[position].id for position in compile_ruleset(ruleset)["order"]]


def _merged_order(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return all names of both lists. Names only in the second follow their predecessors there."""
    merged = list(first)
    before = -1
    for name in second:
        if name in merged:
            before = merged.index(name)
        else:
            before += 1
            merged.insert(before, name)
    return merged


def _maximum(name: str, question: Question) -> dict[str, float]:
    """Return the greatest answer by name if the question asks for a number."""
    return {name: question.maximum} if isinstance(question, Number) else {}


def _shared_values(
    old: Question, new: Question, cuts: Sequence[float], renames: Renames
) -> Sequence[tuple[Answer, Answer]]:
    """Return an old and a new answer for each cell that both questions share; empty if there is none."""
    if isinstance(old, Choice) and isinstance(new, Choice):
        old_options = {renames.answer(old.id, option): option for option in old.option_ids}
        return [(old_options[option], option) for option in new.option_ids if option in old_options]
    if isinstance(old, Number) and isinstance(new, Number):
        # Compare floats, as for answers: an integer can be more precise than they are.
        low, high = float(max(old.minimum, new.minimum)), float(min(old.maximum, new.maximum))
        if Unit.parse(old.unit) != Unit.parse(new.unit):
            return []
        if old.is_whole or new.is_whole:
            # Only whole numbers are answers to both: a cut at 5.5 is one at 6.
            low, high, cuts = math.ceil(low), math.floor(high), sorted({float(math.ceil(cut)) for cut in cuts})
        within = cuts[bisect.bisect_right(cuts, low) : bisect.bisect_right(cuts, high)]
        return [(value, value) for value in (float(low), *within)] if low <= high else []
    return [(False, False), (True, True)] if type(old) is type(new) else []


_Part = TypeVar("_Part", Action, Criterion)


def _pairs(old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[tuple[_Part, _Part]]:
    """Yield each part that both rule sets have, in its old and new form."""
    before = {part.id: part for part in old}
    yield from ((before[part.id], part) for part in new if part.id in before)


def _asked(conditions: ConditionCompiler, question: Question) -> int:
    """Return where a question is asked."""
    return TRUE if question.asked_when is None else conditions.compile(question.asked_when)


def _in_order(ruleset: RuleSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to the questions of a rule set, in its order."""
    return {question.id: answers[question.id] for question in ruleset.questions if question.id in answers}


def _fired(space: AnswerSpace, conditions: ConditionCompiler, ruleset: RuleSet) -> list[int]:
    """Return where each rule is the first that holds, and as the last item where none holds."""
    count = len(ruleset.rules)
    fired = conditions.first_that_holds([rule.when for rule in ruleset.rules])
    return [space.is_value(fired, [place], count + 1) for place in range(count + 1)]


def _outcome_at(ruleset: RuleSet, place: int) -> str:
    return ruleset.rules[place].then.id if place < len(ruleset.rules) else ""


def _rule_at(ruleset: RuleSet, place: int) -> str:
    return ruleset.rules[place].id if place < len(ruleset.rules) else ""

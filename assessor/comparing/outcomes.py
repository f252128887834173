"""Which answers get another outcome, counted over the answers that both rule sets accept."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence

from assessor.answers import Answer
from assessor.comparing.changes import OutcomeChange, RuleChange
from assessor.compiling import all_conditions, compile_ruleset
from assessor.diagram import FALSE, TRUE
from assessor.functions import ConditionCompiler, cell_values, thresholds
from assessor.questions import Choice, Number, Question
from assessor.ruleset import RuleSet
from assessor.space import AnswerSpace

NODE_LIMIT = 2_000_000
_OLD = "old:"


class AnswersOfBoth:
    """The answers that both rule sets accept, and where each leads them.

    Attributes:
        total: How many combinations of answers there are.
    """

    def __init__(self, old: RuleSet, new: RuleSet, names: Mapping[str, str]) -> None:
        """Find the answers that both accept.

        Args:
            old: The rule set before.
            new: The rule set now.
            names: The new id of each question that has another one.

        Raises:
            RuleSetError: If one of them is too large to compile.
        """
        self._old = old
        self._new = new
        old_ids = {names.get(question.id, question.id): question.id for question in old.questions}
        old_cuts, new_cuts = (thresholds(all_conditions(ruleset)) for ruleset in (old, new))
        values: dict[str, Sequence[Answer]] = {}
        old_values: dict[str, Sequence[Answer]] = {}
        known_as: dict[str, str] = {}
        for name in _merged_order(_order(new), [names.get(each, each) for each in _order(old)]):
            before = old.questions_by_id.get(old_ids.get(name, ""))
            after = new.questions_by_id.get(name)
            if before is not None and after is not None:
                cuts = sorted({*old_cuts.get(before.id, ()), *new_cuts.get(after.id, ())})
                shared = _shared_values(before, after, cuts)
                if shared:
                    values[name] = old_values[before.id] = shared
                    known_as[before.id] = name
                    continue
            if after is not None:
                values[name] = cell_values(after, new_cuts.get(after.id, ()))
            if before is not None:
                # It is gone, or is another question now: the old rules ask it on their own.
                known_as[before.id] = f"{_OLD}{before.id}"
                values[known_as[before.id]] = old_values[before.id] = cell_values(before, old_cuts.get(before.id, ()))
        self._space = AnswerSpace(values, NODE_LIMIT)
        self._known_as = known_as
        self._before = self._space.conditions.under(old_values, known_as)
        self.total = self._space.count(TRUE)

    def outcome_changes(self) -> Iterator[OutcomeChange]:
        """Yield the combinations of answers whose outcome changes, the most first."""
        space = self._space
        before = _fired(space, self._before, self._old)
        after = _fired(space, space.conditions, self._new)
        found: dict[tuple[str, str], list[RuleChange]] = {}
        for old_place, old_fires in enumerate(before):
            for new_place, new_fires in enumerate(after):
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

    def _rule_change(self, where: int, old_place: int, new_place: int) -> RuleChange:
        found = self._space.witness(where) or {}
        old_answers = {name: found[known] for name, known in self._known_as.items() if known in found}
        return RuleChange(
            _rule_at(self._old, old_place),
            _rule_at(self._new, new_place),
            self._space.count(where),
            _in_order(self._new, found),
            _in_order(self._old, old_answers),
            self._cause(where, old_place, new_place),
        )

    def _cause(self, where: int, old_place: int, new_place: int) -> str:
        """Return what about the rules changed the outcome of some answers."""
        old_id, new_id = _rule_at(self._old, old_place), _rule_at(self._new, new_place)
        old_rules = {rule.id: rule for rule in self._old.rules}
        new_rules = {rule.id: rule for rule in self._new.rules}
        if old_id and old_id == new_id:
            return f"rule {old_id!r} leads elsewhere now"
        if old_id and old_id not in new_rules:
            return f"rule {old_id!r} is gone"
        if old_id and not self._space.implies(where, self._space.compile(new_rules[old_id].when)):
            return f"rule {old_id!r} asks for something else now"
        if new_id not in old_rules:
            return f"rule {new_id!r} is new" if new_id else "a rule for these answers is gone"
        if not self._space.implies(where, self._before.compile(old_rules[new_id].when)):
            return f"rule {new_id!r} asks for something else now"
        return f"rule {new_id!r} stands before rule {old_id!r} now"


def _order(ruleset: RuleSet) -> list[str]:
    return [ruleset.questions[position].id for position in compile_ruleset(ruleset)["order"]]


def _merged_order(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return all names of both, those of the second alone after what stands before them there."""
    merged = list(first)
    before = -1
    for name in second:
        if name in merged:
            before = merged.index(name)
        else:
            before += 1
            merged.insert(before, name)
    return merged


def _shared_values(old: Question, new: Question, cuts: Sequence[float]) -> list[Answer]:
    """Return an answer of each cell that both questions have; none if they have nothing in common."""
    if isinstance(old, Choice) and isinstance(new, Choice):
        return [option for option in new.option_ids if option in old.option_ids]
    if isinstance(old, Number) and isinstance(new, Number):
        low, high = max(old.minimum, new.minimum), min(old.maximum, new.maximum)
        if low > high or old.unit != new.unit:
            return []
        return [float(low), *cuts[bisect.bisect_right(cuts, low) : bisect.bisect_right(cuts, high)]]
    return [False, True] if type(old) is type(new) else []


def _in_order(ruleset: RuleSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to the questions of a rule set, in their order."""
    return {question.id: answers[question.id] for question in ruleset.questions if question.id in answers}


def _fired(space: AnswerSpace, conditions: ConditionCompiler, ruleset: RuleSet) -> list[int]:
    """Return where each rule is the first to hold, and at last where none holds."""
    count = len(ruleset.rules)
    fired = conditions.first_that_holds([rule.when for rule in ruleset.rules])
    return [space.is_value(fired, [place], count + 1) for place in range(count + 1)]


def _outcome_at(ruleset: RuleSet, place: int) -> str:
    return ruleset.rules[place].then.id if place < len(ruleset.rules) else ""


def _rule_at(ruleset: RuleSet, place: int) -> str:
    return ruleset.rules[place].id if place < len(ruleset.rules) else ""

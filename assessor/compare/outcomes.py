"""Find answers and worked cases that get a different outcome, and count the answers that both rule sets accept."""

from __future__ import annotations

import bisect
import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from assessor.assessment.assess import assess
from assessor.assessment.results import each_decision
from assessor.compare.changes import CaseChange, ConditionChange, OutcomeChange, RuleChange
from assessor.compare.passages import NamedInBoth, questions_of
from assessor.compare.renames import Renames, same_decisions
from assessor.compare.sides import Causes, Side, outcome_of
from assessor.errors import AnswersError
from assessor.language.units import Unit
from assessor.logic.compiling.compile import compile_ruleset
from assessor.logic.compiling.functions import cell_of, cell_values, cuts_of
from assessor.logic.diagram import FALSE
from assessor.logic.named import compile_names
from assessor.logic.space import AnswerSpace
from assessor.model.answers import Answer, Bound
from assessor.model.conditions import Criterion
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.model.rules.actions import Action
from assessor.model.ruleset import RuleSet

NODE_LIMIT = 2_000_000
_OLD = "old:"


class AnswersOfBoth:
    """The answers that both rule sets accept, and the results in each.

    Attributes:
        total: The number of combinations of answers.
    """

    def __init__(self, old: RuleSet, new: RuleSet, renames: Renames, passages: Sequence[NamedInBoth] = ()) -> None:
        """Find the answers that both rule sets accept.

        Args:
            old: The rule set before.
            new: The rule set now.
            renames: The questions and options with another id.
            passages: The conditions of passages. Their questions count even if no rule uses them.

        Raises:
            RuleSetError: If one of them is too large to compile.
        """
        self._old = old
        self._new = new
        self._renames = renames
        self._passages = passages
        old_ids = {renames.question(question.id): question.id for question in old.questions}
        old_cuts, new_cuts = (cuts_of(each.condition for each in ruleset.conditions()) for ruleset in (old, new))
        values: dict[str, Sequence[Answer]] = {}
        old_values: dict[str, Sequence[Answer]] = {}
        known_as: dict[str, str] = {}
        maxima: dict[str, Bound] = {}
        old_order = _order(old, questions_of(named for each in passages for named in each.old))
        new_order = _order(new, questions_of(named for each in passages for named in each.new))
        for name in _merged_order(new_order, [renames.question(each) for each in old_order]):
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
                    if isinstance(before, Date) and isinstance(after, Date):
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
        self._before = Side(old, self._space, self._space.conditions.under(old_values, known_as))
        self._after = Side(new, self._space, self._space.conditions)
        # An answer that one of them does not offer has no verdict there.
        for side, names in ((self._before, known_as), (self._after, {name: name for name in values})):
            for question_id, option, where in side.offers():
                if option in (own := side.conditions.values.get(question_id, ())):
                    name = names[question_id]
                    self._space.restrict(name, values[name][own.index(option)], where)
        self.total = self._space.count(self._space.offered)
        self._decisions = same_decisions(old, new)
        self._causes = Causes(self._before, self._after, self._space, renames, self._decisions)

    @cached_property
    def changed(self) -> int:
        """The number of combinations that get another outcome in any decision that both rule sets have."""
        return self._space.count(
            self._space.both(
                functools.reduce(self._space.either, self._causes.differing.values(), FALSE), self._space.offered
            )
        )

    def outcome_changes(self) -> Iterator[OutcomeChange]:
        """Yield the combinations of answers whose outcome changes, by decision, the largest group first."""
        for old_decision, new_decision in self._decisions:
            changes = [
                OutcomeChange(
                    *outcomes, sum(change.count for change in by_rule), tuple(by_rule), self._named(new_decision)
                )
                for outcomes, by_rule in self._changes_of(old_decision, new_decision).items()
            ]
            yield from sorted(changes, key=lambda change: -change.count)

    def _named(self, decision: int) -> str:
        return decision_name(self._old, self._new, decision)

    def _changes_of(self, old_decision: int, new_decision: int) -> Mapping[tuple[str, str], list[RuleChange]]:
        """Return the changes of a decision by the old and the new outcome, those of most answers first."""
        found: dict[tuple[str, str], list[RuleChange]] = {}
        for old_rule, old_fires in self._before.ways(old_decision):
            for new_rule, new_fires in self._after.ways(new_decision):
                outcomes = outcome_of(old_rule), outcome_of(new_rule)
                if outcomes[0] == outcomes[1]:
                    continue
                where = self._space.both(old_fires, new_fires)
                if self._space.both(where, self._space.offered) != FALSE:
                    change = RuleChange(
                        "" if old_rule is None else old_rule.id,
                        "" if new_rule is None else new_rule.id,
                        self._space.count(self._space.both(where, self._space.offered)),
                        *self._examples(where),
                        self._causes.of_rules(where, old_rule, new_rule, new_decision),
                    )
                    found.setdefault(outcomes, []).append(change)
        return {outcomes: sorted(changes, key=lambda each: -each.count) for outcomes, changes in found.items()}

    def lost_outcomes(self) -> Iterator[str]:
        """Yield the outcomes that some answers led to, and none do now."""
        for outcome in self._old.outcomes:
            if self._before.decided([outcome.id]) != FALSE and self._after.decided([outcome.id]) == FALSE:
                yield outcome.id

    def condition_changes(self) -> Iterator[ConditionChange]:
        """Yield the conditions that hold for different answers than before."""
        before, after, causes = self._before, self._after, self._causes
        for old_action, action in _pairs(self._old.actions, self._new.actions):
            both = before.applies[action.id], after.applies[action.id]
            of_action = functools.partial(causes.of_action, old=old_action, new=action)
            yield from self._condition_change("action", action.id, *both, of_action)
        for old_criterion, criterion in _pairs(self._old.criteria, self._new.criteria):
            both = before.compile(old_criterion.condition), after.compile(criterion.condition)
            conditions = old_criterion.condition, criterion.condition
            yield from self._condition_change("criterion", criterion.id, *both, causes.between(*conditions))
        for old_question in self._old.questions:
            question = self._new.questions_by_id.get(self._renames.question(old_question.id))
            if question is not None:
                was_asked, is_asked = before.asked(old_question), after.asked(question)
                asked_when = self._old.asked_when.get(old_question.id), self._new.asked_when.get(question.id)
                cause = self._causes.between(*asked_when)
                yield from self._condition_change("question", question.id, was_asked, is_asked, cause)
                yield from self._option_changes(old_question, question)

    def _option_changes(self, old: Question, new: Question) -> Iterator[ConditionChange]:
        """Yield the options of a question that are offered for different answers than before."""
        if not isinstance(old, Choice) or not isinstance(new, Choice):
            return
        for option in old.option_ids:
            now = str(self._renames.answer(old.id, option))
            if now in new.option_ids:
                was, is_ = self._before.offered(old, option), self._after.offered(new, now)
                cause = self._causes.between(old.restricted.get(option), new.restricted.get(now))
                yield from self._condition_change("option", f"{new.id}.{now}", was, is_, cause)

    def passage_changes(self) -> Iterator[ConditionChange]:
        """Yield the passages that apply for different answers than before."""
        for each in self._passages:
            held, holds = compile_names(self._before, each.old), compile_names(self._after, each.new)
            yield from self._condition_change("passage", each.text, held, holds)

    def _condition_change(
        self, kind: str, name: str, old: int, new: int, cause: Callable[[int], str] = lambda _: ""
    ) -> Iterator[ConditionChange]:
        """Yield where a condition holds but did not before, and the other way round.

        Args:
            kind: The kind of part.
            name: Its id.
            old: Where it held.
            new: Where it holds.
            cause: Returns what changed this for some answers.
        """
        for holds, differs in ((True, self._without(new, old)), (False, self._without(old, new))):
            changed = self._space.both(differs, self._space.offered)
            if changed != FALSE:
                count = self._space.count(changed)
                yield ConditionChange(kind, name, holds, count, *self._examples(differs), cause(differs))

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
                # Numbers and dates have the same answers in both.
                is_same = isinstance(answer, float) or isinstance(self._old.questions_by_id[name], Date)
                before[name] = answer if is_same else self._before.conditions.values[name][cell]
        return _in_order(self._new, found), _in_order(self._old, before)


def case_changes(old: RuleSet, new: RuleSet, renames: Renames) -> Iterator[CaseChange]:
    """Yield the cases with a different outcome. Each rule set uses its own answers for a case.

    If only one rule set has the case, both use its answers. A case can get another outcome in several decisions.
    """
    before, after = ({case.id: case.answers for case in ruleset.cases} for ruleset in (old, new))
    undo = renames.undone()
    decisions = same_decisions(old, new)
    for case_id in dict.fromkeys([*before, *after]):
        old_answers = before[case_id] if case_id in before else undo.answers(after[case_id])
        as_now = renames.answers(old_answers)
        new_answers = after.get(case_id, as_now)
        found = _outcomes_of(old, old_answers), _outcomes_of(new, new_answers)
        for old_decision, new_decision in decisions:
            outcomes = found[0][old_decision], found[1][new_decision]
            if outcomes[0] != outcomes[1]:
                yield CaseChange(
                    case_id,
                    *outcomes,
                    answers_changed=dict(new_answers) != as_now,
                    decision=decision_name(old, new, new_decision),
                )


def decision_name(old: RuleSet, new: RuleSet, decision: int) -> str:
    """Return the id of a decision of the new rule set; empty if neither has several."""
    several = any(len(ruleset.rules_by_decision) > 1 for ruleset in (old, new))
    return new.decisions[decision].id if several and new.decisions else ""


def _outcomes_of(ruleset: RuleSet, answers: Mapping[str, Answer]) -> list[str | None]:
    """Return the settled outcome of each decision, ignoring answers that a rule set does not accept."""
    accepted: dict[str, Answer] = {}
    for name, answer in answers.items():
        try:
            accepted |= ruleset.check_answers({name: answer})
        except AnswersError:
            continue
    decisions = each_decision(assess(ruleset, accepted))
    return ["" if each["gap"] and not each["possible"] else each["outcome"] for each in decisions]


def _order(ruleset: RuleSet, named: Iterable[str]) -> list[str]:
    """Return the questions that the rule set's conditions use, and after them those that passages name."""
    used = [ruleset.questions[position].id for position in compile_ruleset(ruleset)["order"]]
    return list(dict.fromkeys([*used, *named]))


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


def _maximum(name: str, question: Question) -> dict[str, Bound]:
    """Return the greatest answer by name if the question asks for a number or a date."""
    return {name: question.maximum} if isinstance(question, (Number, Date)) else {}


def _shared_values(
    old: Question, new: Question, cuts: Sequence[Any], renames: Renames
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
    if isinstance(old, Date) and isinstance(new, Date):
        earliest, latest = max(old.minimum, new.minimum), min(old.maximum, new.maximum)
        starts = [earliest, *(cut for cut in cuts if earliest < cut <= latest)]
        return [(value, value) for value in starts] if earliest <= latest else []
    return [(False, False), (True, True)] if type(old) is type(new) else []


_Part = TypeVar("_Part", Action, Criterion)


def _pairs(old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[tuple[_Part, _Part]]:
    """Yield each part that both rule sets have, in its old and new form."""
    before = {part.id: part for part in old}
    yield from ((before[part.id], part) for part in new if part.id in before)


def _in_order(ruleset: RuleSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to the questions of a rule set, in its order."""
    return {question.id: answers[question.id] for question in ruleset.questions if question.id in answers}

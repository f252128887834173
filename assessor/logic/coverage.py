"""Measure how well the worked cases cover the rules, and propose cases for the rest.

The criterion is modified condition/decision coverage (Chilenski and Miller, "Applicability of modified
condition/decision coverage to software testing", 1994). This is its masking form (Chilenski, "An investigation of three
forms of the modified condition decision coverage criterion", 2001). It applies to tables in which the first rule that
holds decides. For each atomic condition of a rule, one case must show that the condition makes the rule decide, and one
that it alone keeps the rule from deciding. In both, flipping this condition and no other changes whether the rule
decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.proofs import Proofs, proofs_of
from assessor.model.answers import Answer
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Condition, Criterion, Not, walk
from assessor.model.points import PointsComparison
from assessor.model.ruleset import RuleSet

Side = Literal["with", "without"]


@dataclass(frozen=True)
class Goal:
    """Something for a case to show.

    Attributes:
        rule: The id of the rule.
        condition: The atomic condition to cover, or its negation, whichever holds in the case; `None` if the case only
            has to reach the rule.
        side: `with` if the rule decides in the case, `without` if only the condition keeps it from deciding.
    """

    rule: str
    condition: Condition | None = None
    side: Side = "with"


@dataclass(frozen=True)
class ProposedCase:
    """Answers that would show something that no existing case shows.

    Attributes:
        answers: The answers, as few as possible, and if possible only to questions that are asked.
        decision: The decision that the goals are about, or an empty string if the rule set has only one.
        rule: Its rule that decides, or an empty string if none does.
        outcome: The resulting outcome, or an empty string.
        shows: The goals that this case covers and neither a case nor an earlier proposal does.
    """

    answers: Mapping[str, Answer]
    decision: str
    rule: str
    outcome: str
    shows: tuple[Goal, ...]


@dataclass(frozen=True)
class Coverage:
    """The coverage of a rule set by its cases.

    Attributes:
        goals: Everything for cases to show, by rule.
        shown: The goals that the cases cover.
        proposed: Cases that would cover the rest.
    """

    goals: tuple[Goal, ...]
    shown: frozenset[Goal]
    proposed: tuple[ProposedCase, ...]

    @property
    def unreached(self) -> list[str]:
        """The rules that no case reaches."""
        return [goal.rule for goal in self.goals if goal.condition is None and goal not in self.shown]


def coverage_of(ruleset: RuleSet) -> Coverage:
    """Return the coverage of a rule set by its cases, with proposed cases for the rest.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    proofs = proofs_of(ruleset)
    asking = _Asking(proofs)
    # Leave out goals that need answers to questions that are not asked: no real reader could reach them.
    goals = {
        goal: where
        for goal, where in _goals(proofs)
        if goal.condition is None or asking.of_what_is_asked(where) != FALSE
    }
    shown = {goal for case in ruleset.cases for goal in _shown(proofs, goals, proofs.counted(case.answers))}
    missing = [goal for goal in goals if goal not in shown]
    proposed: list[ProposedCase] = []
    while missing:
        case = _propose(proofs, asking, goals, missing)
        proposed.append(case)
        missing = [goal for goal in missing if goal not in case.shows]
    return Coverage(tuple(goals), frozenset(shown), tuple(proposed))


def _goals(proofs: Proofs) -> Iterator[tuple[Goal, int]]:
    """Yield each goal with the set of answers that covers it."""
    for rule, when, fires, before in zip(proofs.ruleset.rules, proofs.when, proofs.fires, proofs.before, strict=True):
        if fires == FALSE:
            continue
        yield Goal(rule.id), fires
        kept = proofs.no(proofs.either(before, when))
        for atom in _atoms(proofs, rule.when):
            holds = proofs.compile(atom)
            one, other = (proofs.compile(_with(proofs, rule.when, holds, constant)) for constant in (TRUE, FALSE))
            decides = proofs.differ(one, other)
            sides: tuple[tuple[Side, int], ...] = (("with", fires), ("without", kept))
            for side, where in sides:
                for condition, such in ((atom, holds), (~atom, proofs.no(holds))):
                    shows = proofs.both(proofs.both(where, decides), such)
                    if shows != FALSE:
                        yield Goal(rule.id, condition, side), shows


def _atoms(proofs: Proofs, condition: Condition) -> Iterator[Condition]:
    """Yield the atomic conditions within a condition; a condition and its negation count as one."""
    seen = {TRUE, FALSE}
    for part in walk(condition, is_whole=_is_atomic):
        if _is_atomic(part) and (function := proofs.compile(part)) not in seen:
            seen |= {function, proofs.no(function)}
            yield part


def _is_atomic(condition: Condition) -> bool:
    """Return whether a condition is flipped as a whole: a case shows on which side of a threshold the points are."""
    return isinstance(condition, PointsComparison) or not condition.parts


def _with(proofs: Proofs, condition: Condition, atom: int, constant: int) -> Condition:
    """Return a condition with one of its atomic conditions replaced by a constant."""
    if _is_atomic(condition):
        function = proofs.compile(condition)
        if function not in (atom, proofs.no(atom)) or function in (TRUE, FALSE):
            return condition
        return AllOf(()) if (function == atom) == (constant == TRUE) else AnyOf(())
    parts = tuple(_with(proofs, part, atom, constant) for part in condition.parts)
    if all(part is known for part, known in zip(parts, condition.parts, strict=True)):
        return condition
    if isinstance(condition, Criterion):
        return parts[0]
    if isinstance(condition, Not):
        return Not(parts[0])
    return AtLeast(condition.count, parts) if isinstance(condition, AtLeast) else _joined(condition, parts)


def _joined(condition: Condition, parts: tuple[Condition, ...]) -> Condition:
    return AllOf(parts) if isinstance(condition, AllOf) else AnyOf(parts)


class _Asking:
    """For each question, when it is asked, as a function of the answers to earlier questions."""

    def __init__(self, proofs: Proofs) -> None:
        self._proofs = proofs
        self._asked: list[tuple[str, int]] = []
        for name, asked_when in proofs.ruleset.asked_when.items():
            if name in proofs.conditions.values:
                self._asked.append((name, self.of_what_is_asked(proofs.compile(asked_when))))

    def of_what_is_asked(self, function: int) -> int:
        """Return where a function is true however the questions that are not asked would be answered."""
        proofs = self._proofs
        for question, asked in reversed(self._asked):
            if question in proofs.support(function):
                always = TRUE
                for value in proofs.conditions.values[question]:
                    always = proofs.both(always, proofs.given(function, question, value))
                function = proofs.either(proofs.both(asked, function), proofs.both(proofs.no(asked), always))
        return function

    def witness(self, function: int) -> dict[str, Answer] | None:
        """Return as few answers as possible, only to questions that are asked, that make a condition hold."""
        proofs = self._proofs
        function = self.of_what_is_asked(function)
        found = proofs.witness(function)
        while found is not None:
            vain = [asked for name, asked in self._asked if name in found and not proofs.holds(asked, found)]
            if not vain:
                break
            # It is open whether this question is asked. Try both: answers that cause it to be asked, and answers that
            # don't.
            ways = [proofs.both(function, each) for each in (vain[0], proofs.no(vain[0]))]
            function = min((way for way in ways if way != FALSE), key=lambda way: len(proofs.witness(way) or ()))
            found = proofs.witness(function)
        return found


def _shown(proofs: Proofs, goals: Mapping[Goal, int], answers: Mapping[str, Answer]) -> Iterator[Goal]:
    for goal, where in goals.items():
        if proofs.holds(where, answers):
            yield goal


def _propose(proofs: Proofs, asking: _Asking, goals: Mapping[Goal, int], missing: list[Goal]) -> ProposedCase:
    """Return the smallest case that covers the first missing goal and leads to a single rule of that decision."""
    ruleset = proofs.ruleset
    number = next(n for n, places in enumerate(proofs.decisions) if missing[0].rule in _ids(ruleset, places))
    rules = [ruleset.rules[place] for place in proofs.decisions[number]]
    decided = [*(proofs.fires[place] for place in proofs.decisions[number]), proofs.gaps[number]]
    places = [proofs.both(goals[missing[0]], each) for each in decided]
    for witness in (asking.witness, proofs.witness):
        found = [(len(answers), place, answers) for place, each in enumerate(places) if (answers := witness(each))]
        found += [(0, place, {}) for place, each in enumerate(places) if each == TRUE]
        if found:
            break
    _, place, answers = min(found, key=lambda each: each[:2])
    rule = rules[place] if place < len(rules) else None
    return ProposedCase(
        answers,
        ruleset.decisions[number].id if len(ruleset.decisions) > 1 else "",
        "" if rule is None else rule.id,
        "" if rule is None else rule.then.id,
        tuple(goal for goal in _shown(proofs, goals, answers) if goal in missing),
    )


def _ids(ruleset: RuleSet, places: range) -> list[str]:
    return [ruleset.rules[place].id for place in places]

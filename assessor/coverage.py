"""Which rules the worked cases reach, which conditions they show to decide, and cases that would show the rest.

After modified condition/decision coverage (Chilenski and Miller, "Applicability of modified condition/decision coverage
to software testing", 1994), for tables in which the first rule that holds decides: a question of a rule is shown to
decide by a case that gets the rule and would not with another answer to that question alone, and by a case that does
not get it and would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.answers import Answer
from assessor.checking.proofs import Proofs, proofs_of
from assessor.diagram import FALSE
from assessor.ruleset import RuleSet

Side = Literal["with", "without"]


@dataclass(frozen=True)
class Goal:
    """Something that a case can show.

    Attributes:
        rule: The id of the rule.
        question: The question that is to decide; empty for just getting the rule.
        side: Whether a case with the rule, or one without it, is to show that.
    """

    rule: str
    question: str = ""
    side: Side = "with"


@dataclass(frozen=True)
class ProposedCase:
    """Answers that would show what no case shows.

    Attributes:
        answers: The answers, as few as suffice.
        rule: The rule that they get, or an empty string where none decides.
        outcome: The outcome that they get, or an empty string.
        shows: What they show that neither a case nor an earlier proposal does.
    """

    answers: Mapping[str, Answer]
    rule: str
    outcome: str
    shows: tuple[Goal, ...]


@dataclass(frozen=True)
class Coverage:
    """What the cases of a rule set show.

    Attributes:
        goals: Everything that cases can show, by rule.
        shown: What they do show.
        proposed: Cases that show the rest.
    """

    goals: tuple[Goal, ...]
    shown: frozenset[Goal]
    proposed: tuple[ProposedCase, ...]

    @property
    def unreached(self) -> list[str]:
        """The rules that no case reaches."""
        return [goal.rule for goal in self.goals if not goal.question and goal not in self.shown]


def coverage_of(ruleset: RuleSet) -> Coverage:
    """Return what the cases of a rule set show, and propose cases for the rest.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    proofs = proofs_of(ruleset)
    goals = dict(_goals(proofs))
    shown = {goal for case in ruleset.cases for goal in _shown(proofs, goals, case.answers)}
    missing = [goal for goal in goals if goal not in shown]
    proposed: list[ProposedCase] = []
    while missing:
        case = _propose(proofs, goals, missing)
        proposed.append(case)
        missing = [goal for goal in missing if goal not in case.shows]
    return Coverage(tuple(goals), frozenset(shown), tuple(proposed))


def _goals(proofs: Proofs) -> Iterator[tuple[Goal, int]]:
    """Yield what cases can show, each with where it is shown."""
    for place, rule in enumerate(proofs.ruleset.rules):
        fires = proofs.fires[place]
        if fires == FALSE:
            continue
        yield Goal(rule.id), fires
        for question in proofs.ruleset.questions:
            if question.id not in proofs.support(proofs.when[place]):
                continue
            changed = [proofs.given(fires, question.id, value) for value in proofs.conditions.values[question.id]]
            loses, gains = FALSE, FALSE
            for function in changed:
                loses = proofs.either(loses, proofs.both(fires, proofs.no(function)))
                gains = proofs.either(gains, proofs.both(function, proofs.no(fires)))
            if loses != FALSE:
                yield Goal(rule.id, question.id, "with"), loses
            if gains != FALSE:
                yield Goal(rule.id, question.id, "without"), gains


def _shown(proofs: Proofs, goals: Mapping[Goal, int], answers: Mapping[str, Answer]) -> Iterator[Goal]:
    for goal, where in goals.items():
        if proofs.holds(where, answers):
            yield goal


def _propose(proofs: Proofs, goals: Mapping[Goal, int], missing: list[Goal]) -> ProposedCase:
    """Return the case of the fewest answers that shows the first thing missing and gets one rule."""
    places = [proofs.both(goals[missing[0]], fires) for fires in [*proofs.fires, proofs.gap]]
    found = [
        (len(witness), place, witness)
        for place, each in enumerate(places)
        if (witness := proofs.witness(each)) is not None
    ]
    _, place, answers = min(found, key=lambda each: each[:2])
    rules = proofs.ruleset.rules
    rule = rules[place] if place < len(rules) else None
    return ProposedCase(
        answers,
        rule.id if rule else "",
        rule.then.id if rule else "",
        tuple(goal for goal in _shown(proofs, goals, answers) if goal in missing),
    )

"""Check the rules: find gaps, useless rules and points, and outcomes that nothing leads to."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from assessor.check.owners import (
    clause,
    in_quotes,
    in_sentence,
    is_bloated,
    points_between,
    quoted,
    rule_name,
    rule_names,
)
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.layout import capitalized
from assessor.logic.diagram import FALSE
from assessor.logic.proofs import Proofs
from assessor.model.conditions import ALWAYS, walk
from assessor.model.points import PointsComparison, Score
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words, statement

_READABLE = 160
"""The most characters of a condition that a finding quotes, so that readers still get to the point."""


def gap(proofs: Proofs) -> Iterator[Finding]:
    """Find answers that no rule of a decision decides."""
    ruleset = proofs.ruleset
    for where, places in zip(proofs.gaps, proofs.decisions, strict=True):
        witness = proofs.witness(where)
        if witness is None:
            continue
        lacks, no_rule = "There is no otherwise, and no rule", "no rule"
        if len(ruleset.decisions) > 1:
            name = ruleset.decisions[proofs.decisions.index(places)].owner_name
            lacks, no_rule = f"{capitalized(name)} has no otherwise, and none of its rules", f"no rule of {name}"
        yield Finding(
            "gap",
            place_of(ruleset.rules[places.stop - 1].location),
            f"{lacks} decides when {clause(ruleset, witness)}.",
            "Add a rule for these answers, or end the rules with otherwise(…).",
            witness,
            f"{no_rule} decides",
        )


def rules_that_never_fire(proofs: Proofs) -> Iterator[Finding]:
    """Find rules that hold for some answers, but only where earlier rules have already decided."""
    rules = proofs.ruleset.rules
    for place, rule in enumerate(rules):
        if proofs.fires[place] != FALSE or proofs.when[place] == FALSE:
            continue
        cover = [rules[each] for each in covering_rules(proofs, place)]
        holds = rule_names(cover) if len(cover) == 1 else f"one of {rule_names(cover)}"
        narrow = "narrow that one" if len(cover) == 1 else "narrow those"
        when = _whenever(proofs.ruleset, rule)
        advice = f"Remove it, or {narrow}." if rule.when == ALWAYS else f"Remove it, move it up, or {narrow}."
        yield Finding(
            "rule-never-fires",
            place_of(rule.location),
            f"{rule_name(rule).capitalize()} never decides: {when}, {holds} before it holds, too.",
            advice,
            proofs.witness(proofs.when[place]),
            f"{rule_name(rule)} holds, but an earlier rule decides",
        )


def _whenever(ruleset: RuleSet, rule: Rule) -> str:
    """Return when a rule holds, as the start of a clause; without the condition if that is too long."""
    if rule.when == ALWAYS:
        return "whatever the answers"
    said = "" if is_bloated(rule.when) else statement(rule.when, ruleset_words(ruleset))
    return f"whenever {in_sentence(ruleset, said)}" if 0 < len(said) <= _READABLE else "wherever it holds"


def covering_rules(proofs: Proofs, place: int) -> list[int]:
    """Return a minimal set of earlier rules of its decision that together hold wherever the rule at a position does.

    If single rules suffice, return the first of them. Otherwise drop rules from the last on.
    """
    when = proofs.when[place]
    earlier = range(proofs.decision_at(place).start, place)
    for each in earlier:
        if proofs.implies(when, proofs.when[each]):
            return [each]
    kept = [each for each in earlier if proofs.both(when, proofs.when[each]) != FALSE]
    # Where none of the first rules holds, for each number of them.
    rests = [when]
    for each in kept:
        rests.append(proofs.difference(rests[-1], proofs.when[each]))
    needed: list[int] = []
    held = FALSE
    for each, rest in zip(reversed(kept), reversed(rests[:-1]), strict=True):
        if not proofs.implies(rest, held):
            needed.insert(0, each)
            held = proofs.either(held, proofs.when[each])
    return needed


def rules_that_change_nothing(proofs: Proofs) -> Iterator[Finding]:
    """Find rules whose removal changes the outcome of no answers.

    If a rule that takes over from them never fires, only that rule gets a finding: without it, they may be necessary.
    """
    rules = proofs.ruleset.rules
    groups = {places: _Groups(proofs, places) for places in proofs.decisions}
    for place, rule in enumerate(rules):
        fires = proofs.fires[place]
        if fires == FALSE or not proofs.changes_nothing(place):
            continue
        followers = _followers(proofs, groups[proofs.decision_at(place)], place)
        if any(proofs.fires[other] == FALSE for other in followers):
            continue
        names = rule_names([rules[other] for other in followers])
        holds = names if len(followers) == 1 else f"one of {names}"
        yield Finding(
            "rule-changes-nothing",
            place_of(rule.location),
            f"{rule_name(rule).capitalize()} changes nothing: wherever it decides, {holds} after it "
            f"would give {rule.then.title!r}, too.",
            "Remove it; or, if its reason is worth telling, accept this finding in a comment.",
            proofs.witness(fires),
            f"{rule_name(rule)} decides, and the outcome would be the same without it",
        )


def _followers(proofs: Proofs, groups: _Groups, place: int) -> list[int]:
    """Return the rules that would decide where the rule at a position does, if it did not exist."""
    followers = []
    rest, start = proofs.fires[place], place + 1
    while (other := groups.first_meeting(rest, start)) is not None:
        followers.append(other)
        rest, start = proofs.difference(rest, proofs.when[other]), other + 1
    return followers


def unreachable_outcomes(proofs: Proofs) -> Iterator[Finding]:
    """Find outcomes that no answers lead to."""
    ruleset = proofs.ruleset
    for outcome in ruleset.outcomes:
        if proofs.decided([outcome.id]) != FALSE:
            continue
        leading = [rule for rule in ruleset.rules if rule.then == outcome]
        why = f"{rule_names(leading)} never decide{'s' * (len(leading) == 1)}" if leading else "no rule leads there"
        yield Finding(
            "unreachable-outcome",
            place_of(outcome.location),
            f"No answers lead to the outcome {outcome.title!r}: {why}.",
            "Fix the rules that lead there." if leading else "Add a rule that leads there, or remove the outcome.",
            {},
            f"{outcome.id!r} is not among what is still possible",
        )


def overlaps(proofs: Proofs) -> Iterator[Finding]:
    """Note pairs of rules that can hold together and have different outcomes, so that their order decides.

    Rules of different decisions do not compete.
    """
    rules = proofs.ruleset.rules
    others = {
        rules[first].then.id: _Groups(
            proofs, [n for n in places if rules[n].then.id != rules[first].then.id and rules[n].when != ALWAYS]
        )
        for places in proofs.decisions
        for first in places
    }
    for place, rule in enumerate(rules):
        fires, start = proofs.fires[place], place + 1
        while (other := others[rule.then.id].first_meeting(fires, start)) is not None:
            start = other + 1
            both = proofs.both(fires, proofs.when[other])
            witness = proofs.witness(both) or {}
            yield Finding(
                "overlap",
                place_of(rules[other].location),
                f"When {clause(proofs.ruleset, witness)}, both {rule_name(rule)} ({rule.then.title!r}) and "
                f"{rule_name(rules[other])} ({rules[other].then.title!r}) hold; {rule_name(rule)} comes first, "
                "and decides.",
                "Nothing, if you mean that; else change their order or narrow one.",
                witness,
                f"{rule_name(rule)} decides",
            )


def points_that_never_decide(proofs: Proofs) -> Iterator[Finding]:
    """Find scores that no condition compares, and points that change no decision."""
    ruleset = proofs.ruleset
    parts = [part for owned in ruleset.conditions() for part in walk(owned.condition)]
    compared = {score for part in parts if isinstance(part, PointsComparison) for score in part.scores}
    for score in ruleset.scores:
        if score not in compared:
            yield Finding(
                "points-never-decide",
                place_of(score.location),
                f"{capitalized(score.owner_name)} decides nothing: no condition compares its points.",
                "Compare it in a rule, such as score >= 8; or accept this finding in a comment.",
            )
            continue
        for said in _idle_points(proofs, score):
            yield Finding(
                "points-never-decide",
                place_of(score.location),
                f"The points of {score.owner_name} for {said} never decide: without them, everything is the same.",
                "Leave them out, or change the points or the threshold.",
            )


def _idle_points(proofs: Proofs, score: Score) -> Iterator[str]:
    """Yield, in words, what a score gives points for that change no decision: a term, or an option in it."""
    for place, term in enumerate(score.terms):
        question = term.question
        asked = "" if question is None else f"question {in_quotes(question.wording)}"
        if proofs.is_same_without(score, place):
            yield asked or quoted(proofs.ruleset, term.conditions[0])
        elif question is not None:
            for cell, points in enumerate(term.points):
                if points and proofs.is_same_without(score, place, cell):
                    yield f"option {question.option_ids[cell]!r} of {asked}"


def points_in_reach(proofs: Proofs) -> Iterator[Finding]:
    """Note which points each score can have, alone and compared with each other score."""
    parts = [part for owned in proofs.ruleset.conditions() for part in walk(owned.condition)]
    compared = [part for part in parts if isinstance(part, PointsComparison)]
    for score in proofs.ruleset.scores:
        pairs = {each.other: each for each in compared if each.score is score and each.other is not None}
        said = [f"{capitalized(score.owner_name)} has {points_between(*proofs.reach(score))} points"]
        for other, comparison in pairs.items():
            said.append(f"minus {other.owner_name}, {points_between(*proofs.compared_reach(comparison))}")
        yield Finding(
            "points-in-reach",
            place_of(score.location),
            f"{'; '.join(said)}.",
            "Nothing, if you mean that; else change the points.",
        )


class _Groups:
    """Rules in nested groups of two, four and so on, to find those that hold somewhere without trying each.

    Of a thousand rules that exclude each other, a search tries twenty groups.
    """

    def __init__(self, proofs: Proofs, places: Sequence[int]) -> None:
        """Take the positions of the rules, in ascending order."""
        self._proofs = proofs
        self._places = places
        self._unions: dict[tuple[int, int], int] = {}

    def first_meeting(self, function: int, place: int) -> int | None:
        """Return the first rule, from a position on, that holds somewhere where a function is true."""
        start = bisect.bisect_left(self._places, place)
        found = self._find(function, start, 0, len(self._places))
        return None if found is None else self._places[found]

    def _find(self, function: int, start: int, low: int, high: int) -> int | None:
        if high <= start or low == high or self._proofs.both(function, self._union(low, high)) == FALSE:
            return None
        if high - low == 1:
            return low
        middle = (low + high) // 2
        found = self._find(function, start, low, middle)
        return self._find(function, start, middle, high) if found is None else found

    def _union(self, low: int, high: int) -> int:
        """Return where any rule of a group holds."""
        if high - low == 1:
            return self._proofs.when[self._places[low]]
        known = self._unions.get((low, high))
        if known is None:
            middle = (low + high) // 2
            known = self._proofs.either(self._union(low, middle), self._union(middle, high))
            self._unions[low, high] = known
        return known

"""What the exact queries must say, found by trying everything. No diagram, no cleverness.

Each decision is asked by itself, and all of them together: a question matters as long as it matters to one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessor import Action, Number, RuleSet
from tests.support.changes_oracle import ChangesOracle
from tests.support.oracle import Complete, chosen, holds, outcome_of
from tests.support.ways import Value, Ways


class Oracle:
    """Everything that can be asked about one set of answers to a small rule set."""

    def __init__(self, ruleset: RuleSet, answers: Mapping[str, object]) -> None:
        self._ruleset = ruleset
        self._ways = Ways(ruleset, answers)
        self._decisions = [_DecisionOracle(self._ways, place) for place in range(len(ruleset.rules_by_decision))]

    def reading(self) -> dict[str, Any]:
        """Return the keys of an assessment that the exact queries fill."""
        return self._with_later([{**each.of_open(), **each.of_given()} for each in self._decisions])

    def reading_of_open(self) -> dict[str, Any]:
        """Return those that speak of the open questions alone: no other answers than those given need be tried."""
        return self._with_later([each.of_open() for each in self._decisions])

    def _with_later(self, decisions: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Return what an assessment says: of the first decision, of all together, and of each that is later."""
        ways = self._ways
        found = {name for each in decisions for name in each["matters"]}
        matters = [name for name in ways.open if name in found]
        undecided = [each for each in decisions if each["matters"]] or decisions[:1]
        # What the reader does not know does not hold up the other decisions.
        following = next((each for each in undecided if each["next"] not in (None, *ways.unknown)), undecided[0])
        actions = {action.id: self._applies(action) for action in self._ruleset.actions}
        criteria: dict[str, Value] = {
            each.id: lambda way, each=each: holds(each, way)  # type: ignore[misc]
            for each in self._ruleset.criteria
        }
        first = {
            **decisions[0],
            "matters": matters,
            "irrelevant": [name for name in ways.open if name not in matters],
            "matters_to": {
                "actions": self._deciding(actions),
                "criteria": self._deciding(criteria),
                "estimates": self._estimating(),
            },
            "next": following["next"],
            "remaining": following["remaining"],
        }
        later = dict(zip((each.id for each in self._ruleset.decisions[1:]), decisions[1:], strict=True))
        return {**first, "decisions": later} if later else first

    def _applies(self, action: Action) -> Value:
        under = {outcome.id for outcome in action.under}
        return lambda way: any(each.outcome(way) in under for each in self._decisions) and holds(action.when, way)

    def _deciding(self, values: Mapping[str, Value]) -> dict[str, list[str]]:
        found = {name: self._ways.deciding(value) for name, value in values.items()}
        return {name: questions for name, questions in found.items() if questions}

    def _estimating(self) -> dict[str, list[str]]:
        """Return, for each estimate, the open questions that choose its formula, and the numbers in what they leave."""
        found = {}
        for estimate in self._ruleset.estimates:
            ways = [chosen(estimate.formula, way) for way in self._ways.all]
            numbers = {part.id for _, parts in ways for part in parts if isinstance(part, Number)}
            deciding = self._ways.deciding(lambda way, each=estimate: tuple(chosen(each.formula, way)[0]))  # type: ignore[misc]
            names = [name for name in self._ways.open if name in numbers or name in deciding]
            if names:
                found[estimate.id] = names
        return found


class _DecisionOracle:
    """What can be asked about one decision."""

    def __init__(self, ways: Ways, place: int) -> None:
        ruleset = ways.ruleset
        self._ways = ways
        self._rules = ruleset.rules_by_decision[place]
        self._outcomes = list(dict.fromkeys(rule.then.id for rule in self._rules))
        if place == 0:
            # An outcome that no rule leads to stands with those of the first decision.
            used = {rule.then.id for rule in ruleset.rules}
            self._outcomes += [each.id for each in ruleset.outcomes if each.id not in used]

    def outcome(self, way: Complete) -> str | None:
        """Return what the decision comes to for complete answers."""
        return outcome_of(self._rules, way)

    def of_given(self) -> dict[str, Any]:
        """Return the keys that speak of the given answers, too."""
        ways = self._ways
        outcomes = {self.outcome(way) for way in ways.all}
        settled = len(outcomes) == 1 and None not in outcomes
        rules: dict[str, Value] = {
            rule.id: lambda way, rule=rule: holds(rule.when, way)  # type: ignore[misc]
            for rule in self._rules
        }
        changes = ChangesOracle(ways, self.outcome)
        return {
            "reasons": ways.reason(self.outcome) if settled else [],
            "ruled_out": {
                name: ways.reason(value) for name, value in rules.items() if not any(value(way) for way in ways.all)
            },
            "changes": {name: changes.to(name) for name in self._outcomes if name not in outcomes},
        }

    def of_open(self) -> dict[str, Any]:
        """Return the keys that speak of the open questions alone."""
        matters = self._ways.deciding(self.outcome)
        return {
            "matters": matters,
            "next": self._next(matters),
            "remaining": self._remaining(matters),
            "counts": {
                name: str(sum(self.outcome(way) == name for way in self._ways.valid)) for name in self._outcomes
            },
        }

    def _remaining(self, matters: Sequence[str]) -> dict[str, int]:
        """Find the smallest questions that can do, and ask in any order, with any answers, what still matters."""
        table = {tuple(way[name] for name in matters): self.outcome(way) for way in self._ways.all}
        positions = range(len(matters))
        fewest = next(
            count
            for count in range(len(matters) + 1)
            if any(
                len({table[answers] for answers in group}) == 1
                for chosen in itertools.combinations(positions, count)
                for group in _grouped(table, chosen)
            )
        )
        return {"fewest": fewest, "most": _longest(table)}

    def _next(self, matters: Sequence[str]) -> str | None:
        ways = self._ways
        asked = [name for name in matters if ways.is_asked(name)] or list(matters)
        candidates = [name for name in asked if name not in ways.unknown] or asked
        candidates = [name for name in candidates if not ways.waits(name, candidates)]
        for section in ways.ruleset.sections:
            names = [question.id for question in section.questions if question.id in candidates]
            if names:
                information = [self._information(name) for name in names]
                return next(
                    name for name, told in zip(names, information, strict=True) if told >= max(information) - 1e-9
                )
        return None

    def _information(self, name: str) -> float:
        ways = self._ways.all
        answers = dict.fromkeys(way[name] for way in ways)
        left = [_entropy([self.outcome(way) for way in ways if way[name] == answer]) for answer in answers]
        return _entropy([self.outcome(way) for way in ways]) - sum(left) / len(left)


def _entropy(values: Iterable[object]) -> float:
    listed = list(values)
    shares = [listed.count(value) / len(listed) for value in set(listed)]
    return -sum(share * math.log(share) for share in shares)


_Table = Mapping[tuple[object, ...], object]


def _grouped(table: _Table, positions: Sequence[int]) -> list[list[tuple[object, ...]]]:
    """Return what has the same answers at some positions together."""
    groups: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    for answers in table:
        groups.setdefault(tuple(answers[position] for position in positions), []).append(answers)
    return list(groups.values())


def _longest(table: _Table) -> int:
    """Return how many questions are asked at the most, if each matters when it is asked."""
    length = len(next(iter(table)))
    others = {position: [each for each in range(length) if each != position] for position in range(length)}
    matter = [
        position
        for position in range(length)
        if any(len({table[answers] for answers in group}) > 1 for group in _grouped(table, others[position]))
    ]
    longest = 0
    for position in matter:
        for group in _grouped(table, [position]):
            longest = max(longest, 1 + _longest({answers: table[answers] for answers in group}))
            if longest == len(matter):
                return longest
    return longest

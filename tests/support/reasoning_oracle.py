"""What the exact queries must say, found by trying everything. No diagram, no cleverness.

Only the order in which the diagram tests questions is taken from the bundle: which five of more sets of changes are
listed is defined by it. Numbers such as that five are written out here, so that they cannot change by themselves.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from assessor import Choice, Condition, Date, Number, Question, RuleSet, YesNo, compile_ruleset
from assessor.model.conditions import Comparison, walk
from tests.support.oracle import Complete, chosen, completions, decide, holds, is_valid, known
from tests.support.rulesets import conditions, thresholds, upper_side

Value = Callable[[Complete], object]
"""What is asked of complete answers: the outcome, or whether a condition holds."""


class Oracle:
    """Everything that can be asked about one set of answers to a small rule set."""

    def __init__(self, ruleset: RuleSet, answers: Mapping[str, object]) -> None:
        self._ruleset = ruleset
        self._known = known(ruleset, answers)
        self._ids = [question.id for question in ruleset.questions]
        self._open = [name for name in self._ids if name not in self._known]
        self._unknown = [name for name in self._open if name in answers and answers[name] is None]
        self._order = [self._ids[position] for position in compile_ruleset(ruleset)["order"]]
        # With an option that is not offered, an answer still is one way to answer, and counts as another option.
        self._ways = list(completions(ruleset, answers))
        self._valid = [way for way in self._ways if is_valid(ruleset, way)]

    def reading(self) -> dict[str, Any]:
        """Return the keys of an assessment that the exact queries fill."""
        outcomes = {self._outcome(way) for way in self._ways}
        settled = len(outcomes) == 1 and None not in outcomes
        rules: dict[str, Value] = {
            rule.id: lambda way, rule=rule: holds(rule.when, way)  # type: ignore[misc]
            for rule in self._ruleset.rules
        }
        return {
            **self.reading_of_open(),
            "reasons": self._reason(self._outcome) if settled else [],
            "ruled_out": {
                name: self._reason(value) for name, value in rules.items() if not any(value(way) for way in self._ways)
            },
            "changes": {name: self._changes(name) for name in self._outcomes() if name not in outcomes},
        }

    def reading_of_open(self) -> dict[str, Any]:
        """Return those that speak of the open questions alone: no other answers than those given need be tried."""
        matters = self._matters(self._outcome, self._ways)
        actions = {action.id: self._applies(action) for action in self._ruleset.actions}
        criteria: dict[str, Value] = {
            each.id: lambda way, each=each: holds(each, way)  # type: ignore[misc]
            for each in self._ruleset.criteria
        }
        return {
            "matters": matters,
            "irrelevant": [name for name in self._open if name not in matters],
            "matters_to": {
                "actions": self._deciding(actions),
                "criteria": self._deciding(criteria),
                "estimates": self._estimating(),
            },
            "next": self._next(matters),
            "remaining": self._remaining(matters),
            "counts": {name: str(sum(self._outcome(way) == name for way in self._valid)) for name in self._outcomes()},
        }

    def _outcomes(self) -> list[str]:
        ruleset = self._ruleset
        return list(dict.fromkeys([*(rule.then.id for rule in ruleset.rules), *(each.id for each in ruleset.outcomes)]))

    def _outcome(self, way: Complete) -> str | None:
        position = decide(self._ruleset.rules, way)
        return None if position is None else self._ruleset.rules[position].then.id

    def _applies(self, action: Any) -> Value:
        under = {outcome.id for outcome in action.under}
        return lambda way: self._outcome(way) in under and holds(action.when, way)

    def _matters(self, value: Value, ways: Sequence[Complete]) -> list[str]:
        """Return the open questions of which one answer instead of another makes a difference somewhere."""
        found = []
        for name in self._open:
            groups: dict[tuple[object, ...], set[object]] = {}
            for way in ways:
                others = tuple(way[each] for each in self._open if each != name)
                groups.setdefault(others, set()).add(value(way))
            if any(len(values) > 1 for values in groups.values()):
                found.append(name)
        return found

    def _deciding(self, values: Mapping[str, Value]) -> dict[str, list[str]]:
        found = {name: self._matters(value, self._ways) for name, value in values.items()}
        return {name: questions for name, questions in found.items() if questions}

    def _estimating(self) -> dict[str, list[str]]:
        """Return, for each estimate, the open questions that choose its formula, and the numbers in what they leave."""
        found = {}
        for estimate in self._ruleset.estimates:
            ways = [chosen(estimate.formula, way) for way in self._ways]
            numbers = {part.id for _, parts in ways for part in parts if isinstance(part, Number)}
            deciding = self._matters(lambda way, each=estimate: tuple(chosen(each.formula, way)[0]), self._ways)  # type: ignore[misc]
            names = [name for name in self._open if name in numbers or name in deciding]
            if names:
                found[estimate.id] = names
        return found

    def _reason(self, value: Value) -> list[str]:
        """Drop answers from the last question to the first, as long as the value stays forced."""
        forced = value(self._ways[0])
        kept = dict(self._known)
        for name in reversed(self._ids):
            if name in kept:
                fewer = {each: answer for each, answer in kept.items() if each != name}
                if all(value(way) == forced for way in completions(self._ruleset, fewer)):
                    kept = fewer
        return [name for name in self._ids if name in kept]

    def _remaining(self, matters: Sequence[str]) -> dict[str, int]:
        """Find the smallest questions that can do, and ask in any order, with any answers, what still matters."""
        table = {tuple(way[name] for name in matters): self._outcome(way) for way in self._ways}
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
        is_asked = {
            question.id: all(
                holds(each, way)
                for each in (section.asked_when, question.asked_when)
                if each is not None
                for way in self._ways
            )
            for section in self._ruleset.sections
            for question in section.questions
        }
        asked = [name for name in matters if is_asked[name]] or list(matters)
        candidates = [name for name in asked if name not in self._unknown] or asked
        candidates = [name for name in candidates if not self._waits(name, candidates)]
        for section in self._ruleset.sections:
            names = [question.id for question in section.questions if question.id in candidates]
            if names:
                information = [self._information(name) for name in names]
                return next(
                    name for name, told in zip(names, information, strict=True) if told >= max(information) - 1e-9
                )
        return None

    def _waits(self, name: str, candidates: Sequence[str]) -> bool:
        """Say whether one of some questions may decide whether an option of a choice is offered."""
        question = self._question(name)
        for asked_when in question.restricted.values() if isinstance(question, Choice) else ():
            truths = {holds(asked_when, way) for way in self._ways}
            if len(truths) > 1 and self._decided_by(asked_when) & set(candidates):
                return True
        return False

    def _decided_by(self, condition: Condition) -> set[str]:
        """Return the questions of which one answer instead of another makes a difference to a condition."""
        ways = list(completions(self._ruleset, {}))
        return {
            name
            for name in self._ids
            if any(len({holds(condition, {**way, name: cell}) for cell in self._cells(name)}) > 1 for way in ways)
        }

    def _information(self, name: str) -> float:
        answers = dict.fromkeys(way[name] for way in self._ways)
        left = [_entropy([self._outcome(way) for way in self._ways if way[name] == answer]) for answer in answers]
        return _entropy([self._outcome(way) for way in self._ways]) - sum(left) / len(left)

    def _changes(self, outcome: str) -> dict[str, Any] | None:
        for count in range(1, len(self._known) + 1):
            sets = [
                questions
                for questions in itertools.combinations([name for name in self._ids if name in self._known], count)
                if self._first_success(outcome, questions)
            ]
            if sets:
                # The diagram is searched in its order, changing a question before keeping it.
                sets.sort(key=lambda questions: [name not in questions for name in self._order])
                chosen = sorted(sets[:5], key=lambda questions: [self._ids.index(name) for name in questions])
                listed = [self._change_set(outcome, questions) for questions in chosen]
                return {"fewest": count, "sets": listed, "more": len(sets) > 5}
        return None

    def _first_success(self, outcome: str, questions: Sequence[str]) -> tuple[int, ...] | None:
        choices = [self._other_cells(name) for name in questions]
        return next((cells for cells in itertools.product(*choices) if self._leads(outcome, questions, cells)), None)

    def _leads(self, outcome: str, questions: Sequence[str], cells: Sequence[int]) -> bool:
        changed = dict(self._known)
        for name, cell in zip(questions, cells, strict=True):
            changed[name] = self._cells(name)[cell]
        still_open = {name: cells for name in self._open if (cells := self._cells(name))}
        ways = (
            {**changed, **dict(zip(still_open, way, strict=True))} for way in itertools.product(*still_open.values())
        )
        return any(self._outcome(way) == outcome for way in ways if is_valid(self._ruleset, way))

    def _change_set(self, outcome: str, questions: Sequence[str]) -> list[dict[str, Any]]:
        first = self._first_success(outcome, questions)
        assert first is not None
        allowed = [[cell] for cell in first]
        for position, name in enumerate(questions):
            for cell in self._other_cells(name):
                wider = [*allowed[:position], [cell], *allowed[position + 1 :]]
                size = math.prod(map(len, wider)) * (len(allowed[position]) + 1)
                is_next = not isinstance(self._question(name), (Number, Date)) or cell == allowed[position][-1] + 1
                is_wanted = cell > first[position] and size <= 64 and is_next
                if is_wanted and all(self._leads(outcome, questions, cells) for cells in itertools.product(*wider)):
                    allowed[position].append(cell)
        return [self._change(name, cells) for name, cells in zip(questions, allowed, strict=True)]

    def _change(self, name: str, cells: Sequence[int]) -> dict[str, Any]:
        if isinstance(self._question(name), (Number, Date)):
            bounds = [None, *self._cells(name)[1:], None]
            (low, above), (high, at_most) = (self._named(name, bounds[cell]) for cell in (cells[0], cells[-1] + 1))
            to = {"above": above} if above is not None else {"at_least": low}
            to |= {"at_most": at_most} if at_most is not None else {"below": high}
            return {"question": name, "to": to}
        return {"question": name, "to": {"options": [self._cells(name)[cell] for cell in cells]}}

    def _named(self, name: str, bound: Any) -> tuple[Any, Any]:
        """Return a bound, and the answer before it if the first condition with this bound names that one."""
        question = self._question(name)
        for condition in conditions(self._ruleset):
            for part in walk(condition):
                if isinstance(part, Comparison) and part.question == question and upper_side(part) == bound:
                    if part.operator in (">=", "<"):
                        return bound, None
                    is_whole = isinstance(part.question, Number) and part.question.step == 1
                    return bound, float(math.floor(part.threshold)) if is_whole else part.threshold
        return bound, None

    def _question(self, name: str) -> Question:
        return self._ruleset.questions_by_id[name]

    def _cells(self, name: str) -> list[Any]:
        """Return an answer out of each cell of a question."""
        question = self._question(name)
        if isinstance(question, Choice):
            return list(question.option_ids)
        if isinstance(question, (Number, Date)):
            return [question.minimum, *thresholds(self._ruleset, question)]
        assert isinstance(question, YesNo)
        return [False, True]

    def _other_cells(self, name: str) -> list[int]:
        cells, answer = self._cells(name), self._known[name]
        if isinstance(answer, (int, float)) and isinstance(self._question(name), Number):
            own = sum(float(cut) <= float(answer) for cut in cells[1:])
        elif isinstance(self._question(name), Date):
            own = sum(cut <= answer for cut in cells[1:])
        else:
            own = cells.index(answer)
        return [cell for cell in range(len(cells)) if cell != own]


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

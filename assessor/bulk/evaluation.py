"""Evaluate rows of cells: the verdict of each, the actions that certainly apply, and the question to ask next."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assessor.assessment.assess import interpreter_of
from assessor.assessment.queries.interpreter import Interpreter, bits
from assessor.bulk.following import Following, Numbers, Undecided
from assessor.bulk.memo import WORD, Integers, WordsMemo
from assessor.bulk.possible import Cells, Conditions, Selections, Walk, Words, possible_leaves
from assessor.logic.compiling.verdict import VerdictFunctions
from assessor.logic.diagram import TRUE
from assessor.model.ruleset import RuleSet

# So many rows stay in the processor's cache while the diagram is followed.
_BLOCK = 16_384
# How many keys are remembered before the memory is emptied: about 200 bytes each.
_MOST_KEYS = 1_000_000
_MOST_NODES = 1_000_000
# The entries of the walk's table: with what they stand for, about 100 bytes each.
_MOST_ENTRIES = 1_000_000
# An evaluator knows every list of actions that it has met.
_MOST_ACTIONS = 200_000
_UNKNOWN = -2


@dataclass(frozen=True)
class Verdict:
    """The verdict on some rows, without the question to ask next.

    Attributes:
        outcome: The outcome, if it is settled.
        settled: Whether every way of answering the open questions gives the same outcome.
        possible: The outcomes that some way of answering them gives, in the order of the rules.
        rule: The rule that fires, if every way of answering them fires the same one.
        allowed: The actions that apply under each of these outcomes, as a bit mask.
    """

    outcome: str | None
    settled: bool
    possible: tuple[str, ...]
    rule: str | None
    allowed: int


class Evaluator:
    """Evaluates rows by one decision of a rule set, and remembers what it has worked out for the next rows.

    Threads can share one: they take turns.

    Attributes:
        ruleset: The rule set.
        later: For the first decision, the evaluators of the others, by their ids.
        sizes: The number of cells of each question.
        verdicts: The distinct verdicts so far.
        actions: The distinct lists of actions that apply so far.
    """

    def __init__(self, ruleset: RuleSet, decision: int = 0) -> None:
        """Prepare the diagram.

        Args:
            ruleset: The rule set.
            decision: The position of the decision.

        Raises:
            RuleSetError: If the rule set is too large to compile.
        """
        interpreter = interpreter_of(ruleset)
        self._turn = threading.Lock()
        self.ruleset = ruleset
        self.sizes = interpreter.sizes
        self.verdicts: list[Verdict] = []
        self.actions: list[tuple[str, ...]] = []
        self.later: Mapping[str, Evaluator] = (
            {}
            if decision
            else {each.id: Evaluator(ruleset, place) for place, each in enumerate(ruleset.decisions[1:], start=1)}
        )
        self._functions = functions = VerdictFunctions(ruleset, _MOST_NODES, decision)
        self._asked = Conditions(functions.diagram, [root for _, root in functions.asked])
        # Where each option is offered that is not always, and where it is not.
        roots = [root for _, _, root in functions.offered]
        self._offered = Conditions(functions.diagram, [*roots, *map(functions.diagram.negation, roots)])
        self._deciding = [bits(interpreter.supports[root] if root >= 0 else 0) for root in _offered_roots(interpreter)]
        self._whens = Conditions(functions.diagram, functions.whens)
        self._following = Following(functions, interpreter.sections)
        self._leaves = len(functions.rules) + 1
        self._width = -(-self._leaves // WORD)
        self._verdict_numbers: dict[Verdict, int] = {}
        self._actions_numbers: dict[tuple[str, ...], int] = {}
        # The distinct sets of actions that are allowed and have no condition.
        self._always: list[int] = []
        self._always_numbers: dict[int, int] = {}
        self._walk = Walk(functions.diagram, functions.rule, self._alike(), _MOST_ENTRIES)
        self._verdict_memo = WordsMemo(self._verdict_of_words, self._width)
        # The verdict of each state at the end of the walk.
        self._verdict_of_state: NDArray[np.int32] = np.zeros(1, np.int32)
        self._actions_memo = self._empty_actions_memo()
        self._next_memo: dict[int, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether it remembers so much that a new one should take its place."""
        return len(self.actions) > _MOST_ACTIONS or any(each.is_full for each in self.later.values())

    def _empty_actions_memo(self) -> WordsMemo:
        return WordsMemo(self._applying, self._whens.width + 1)

    def counted(self, cells: Sequence[Integers], count: int) -> Sequence[Integers]:
        """Return cells, open where the other answers of a row do not offer the option, or not yet.

        Args:
            cells: For each question, the cell of each row; the number of cells stands for an open question.
            count: The number of rows.
        """
        found = list(cells)
        functions = self._functions
        # Whether an option is offered depends on questions before it, whose cells are final by then.
        for position, cell, root in functions.offered:
            rows = np.flatnonzero(found[position] == cell)
            answers = {variable: found[place][rows] for variable, place in enumerate(functions.order)}
            selections = Selections(functions.diagram, answers, len(rows))
            (mask,) = possible_leaves(functions.diagram, root, 2, selections)
            found[position] = found[position].copy()
            found[position][rows[mask != 1 << ~TRUE]] = self.sizes[position]
        return found

    def verdicts_of(self, cells: Sequence[Integers], count: int) -> NDArray[np.int32]:
        """Return the position in `verdicts` of each row's verdict.

        Args:
            cells: For each question, the cell of each row; the number of cells stands for an open question.
            count: The number of rows.
        """
        with self._turn:
            found = np.empty(count, np.int32)
            for start, size, selections in self._blocks(cells, count):
                walked = self._walk(selections.cells, size)
                new = self._walk.leaves(len(self._verdict_of_state))
                if new:
                    self._verdict_of_state = np.append(self._verdict_of_state, [self._verdict(each) for each in new])
                found[start : start + size] = self._verdict_of_state.take(walked)
                rows = np.flatnonzero(walked == 0)
                if rows.size:
                    found[start + rows] = self._verdicts_by_masks(selections.rows(rows))
            return found

    def _verdicts_by_masks(self, selections: Selections) -> NDArray[np.int32]:
        if len(self._verdict_memo) > _MOST_KEYS:
            self._verdict_memo = WordsMemo(self._verdict_of_words, self._width)
        functions = self._functions
        return self._verdict_memo(possible_leaves(functions.diagram, functions.rule, self._leaves, selections))

    def _alike(self) -> list[int]:
        """Return, for each rule and for none, the rules with the same outcome, as a bit mask."""
        outcomes = [*(rule.then.id for rule in self._functions.rules), None]
        return [sum(1 << leaf for leaf, each in enumerate(outcomes) if each == outcome) for outcome in outcomes]

    def _blocks(self, cells: Sequence[Integers], count: int) -> Iterator[tuple[int, int, Selections]]:
        for start in range(0, count, _BLOCK):
            size = min(_BLOCK, count - start)
            block = {
                variable: cells[position][start : start + size]
                for variable, position in enumerate(self._functions.order)
            }
            yield start, size, Selections(self._functions.diagram, block, size)

    def _verdict_of_words(self, words: tuple[int, ...]) -> int:
        return self._verdict(sum(word << (WORD * number) for number, word in enumerate(words)))

    def _verdict(self, leaves: int) -> int:
        """Return the number of the verdict of rows for which some rules may fire, given as a bit mask."""
        rules = self._functions.rules
        firing = bits(leaves)
        is_gap = firing[-1] == len(rules)
        outcomes = {rules[rule].then.id for rule in firing if rule < len(rules)}
        is_settled = len(outcomes) == 1 and not is_gap
        verdict = Verdict(
            next(iter(outcomes)) if is_settled else None,
            is_settled,
            tuple(name for name in self._functions.bundle["outcomes"] if name in outcomes),
            rules[firing[0]].id if len(firing) == 1 and not is_gap else None,
            sum(
                1 << position
                for position, under in enumerate(self._functions.under)
                if under is None or (not is_gap and outcomes <= under)
            ),
        )
        return _number(verdict, self.verdicts, self._verdict_numbers)

    def actions_of(self, cells: Sequence[Integers], verdicts: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the position in `actions` of each row's actions.

        Args:
            cells: For each question, the cell of each row.
            verdicts: The position of each row's verdict; where it is negative, the actions mean nothing.
        """
        with self._turn:
            found = np.empty(len(verdicts), np.int32)
            # Take what a verdict does not allow out of the words: then far fewer of them differ.
            always = [
                _number(each.allowed & self._whens.always, self._always, self._always_numbers) for each in self.verdicts
            ]
            allowed = [self._whens.words_of(each.allowed) for each in self.verdicts]
            firsts = np.asarray([*always, 0], np.int32)
            masks = np.asarray([*allowed, [0] * self._whens.width], np.uint16)
            for start, size, selections in self._blocks(cells, len(verdicts)):
                if len(self._actions_memo) > _MOST_KEYS:
                    self._actions_memo = self._empty_actions_memo()
                numbers = verdicts[start : start + size]
                words = [word & masks[numbers, place] for place, word in enumerate(self._whens.words(selections))]
                found[start : start + size] = self._actions_memo([firsts[numbers], *words])
            return found

    def _applying(self, words: tuple[int, ...]) -> int:
        """Return the number of the actions that apply where some conditions hold, of those that a verdict allows."""
        first, *holding = words
        applying = self._always[first] | self._whens.holding(holding)
        actions = tuple(self.ruleset.actions[each].id for each in bits(applying))
        return _number(actions, self.actions, self._actions_numbers)

    def branches_of(
        self, estimate: str, cells: Sequence[Integers], count: int, spans: Mapping[int, tuple[int, int]]
    ) -> list[NDArray[np.bool_]]:
        """Return, for each branch of an estimate that depends on answers, the rows that may lead to it.

        Args:
            estimate: The id of the estimate.
            cells: For each question, the cell of each row.
            count: The number of rows.
            spans: For some questions, the cells between which open answers lie, both included.
        """
        functions = self._functions
        levels = {position: variable for variable, position in enumerate(functions.order)}
        selections = Selections(
            functions.diagram,
            {variable: cells[position] for position, variable in levels.items()},
            count,
            {levels[position]: span for position, span in spans.items() if position in levels},
        )
        (found,) = (each for each in functions.bundle["estimates"] if each["id"] == estimate)
        leaves = len(found["branches"])
        words = possible_leaves(functions.diagram, functions.estimates[estimate], leaves, selections)
        return [
            (words[leaf // WORD] >> np.uint16(leaf % WORD) & np.uint16(1)).astype(np.bool_) for leaf in range(leaves)
        ]

    def next_of(self, cells: Sequence[Integers], verdicts: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the position of the question to ask next for each row; -1 for none.

        Args:
            cells: For each question, the cell of each row.
            verdicts: The position of each row's verdict.
        """
        with self._turn:
            found = np.full(len(verdicts), -1, np.int32)
            is_settled = np.asarray([each.settled for each in self.verdicts], np.bool_)
            rows = np.flatnonzero(~is_settled.take(verdicts))
            unsettled = [each[rows] for each in cells]
            for start, size, selections in self._blocks(unsettled, len(rows)):
                words = [*self._asked.words(selections), *self._offered.words(selections)]
                if len(self._following) > _MOST_KEYS:
                    self._following.forget()
                    self._next_memo = {}
                numbers = self._following.numbers(selections.cells, size)
                keys = self._following.identities(numbers, words, size)
                unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
                known = np.asarray([self._next_memo.get(key, _UNKNOWN) for key in unique.tolist()], np.int32)
                missing = np.flatnonzero(known == _UNKNOWN)
                for part in np.array_split(missing, -(-len(missing) // self._following.most_rows) or 1):
                    known[part] = self._next(selections.cells, numbers, words, first[part])
                self._next_memo.update(zip(unique[missing].tolist(), known[missing].tolist(), strict=True))
                found[rows[start : start + size]] = known[inverse]
            return found

    def _next(self, cells: Cells, numbers: Numbers, words: Words, rows: NDArray[np.intp]) -> Integers:
        """Return the question to ask next for some rows of a block."""
        unasked = np.zeros((len(self.sizes), len(rows)), np.bool_)
        for number, (position, _) in enumerate(self._functions.asked):
            unasked[position] = ~self._asked.holds(number, [word[rows] for word in words], len(rows))
        own_cells = {variable: each[rows] for variable, each in cells.items()}
        own_numbers = {node: each[rows] for node, each in numbers.items()}
        offered = [word[rows] for word in words[self._asked.width :]]
        count = len(self._functions.offered)
        undecided = [
            Undecided(
                position,
                deciding,
                ~self._offered.holds(number, offered, len(rows))
                & ~self._offered.holds(count + number, offered, len(rows)),
            )
            for number, ((position, _, _), deciding) in enumerate(
                zip(self._functions.offered, self._deciding, strict=True)
            )
        ]
        return self._following.next(own_cells, own_numbers, unasked, undecided, len(rows))


@functools.lru_cache(maxsize=1)
def _last_evaluator(ruleset: RuleSet) -> Evaluator:
    return Evaluator(ruleset)


def evaluator_of(ruleset: RuleSet) -> Evaluator:
    """Return the evaluator of a rule set. Keep that of the last one, with what it has learnt."""
    if _last_evaluator(ruleset).is_full:
        _last_evaluator.cache_clear()
    return _last_evaluator(ruleset)


_T = TypeVar("_T")


def _offered_roots(interpreter: Interpreter) -> Iterator[int]:
    return (root for _, roots in interpreter.offered for root in roots.values())


def _number(value: _T, values: list[_T], numbers: dict[_T, int]) -> int:
    """Return the position of a value in a list, and add a new one."""
    number = numbers.setdefault(value, len(values))
    if number == len(values):
        values.append(value)
    return number

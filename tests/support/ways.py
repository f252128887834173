"""All complete answers that some answers leave, and what depends on them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from assessor import Choice, Condition, Date, Number, Question, RuleSet, YesNo
from tests.support.oracle import Complete, completions, holds, is_valid, known
from tests.support.rulesets import thresholds

Value = Callable[[Complete], object]
"""What is asked of complete answers: an outcome, or whether a condition holds."""


class Ways:
    """All ways of answering the open questions.

    Attributes:
        ruleset: The rule set.
        ids: The ids of its questions.
        known: The answers that count.
        open: The questions without one.
        unknown: Those of them that were answered with "I don't know".
        all: The complete answers. One with an option that is not offered counts as another option.
        valid: Those whose options are all offered.
    """

    def __init__(self, ruleset: RuleSet, answers: Mapping[str, object]) -> None:
        """Find them."""
        self.ruleset = ruleset
        self.ids = [question.id for question in ruleset.questions]
        self.known = known(ruleset, answers)
        self.open = [name for name in self.ids if name not in self.known]
        self.unknown = [name for name in self.open if name in answers and answers[name] is None]
        self.all = list(completions(ruleset, answers))
        self.valid = [way for way in self.all if is_valid(ruleset, way)]

    def deciding(self, value: Value) -> list[str]:
        """Return the open questions of which one answer instead of another makes a difference somewhere."""
        values = [value(way) for way in self.all]
        found = []
        for name in self.open:
            groups: dict[tuple[object, ...], set[object]] = {}
            for way, each in zip(self.all, values, strict=True):
                others = tuple(way[other] for other in self.open if other != name)
                groups.setdefault(others, set()).add(each)
            if any(len(different) > 1 for different in groups.values()):
                found.append(name)
        return found

    def reason(self, value: Value) -> list[str]:
        """Drop answers from the last question to the first, as long as the value stays forced."""
        forced = value(self.all[0])
        kept = dict(self.known)
        for name in reversed(self.ids):
            if name in kept:
                fewer = {each: answer for each, answer in kept.items() if each != name}
                if all(value(way) == forced for way in completions(self.ruleset, fewer)):
                    kept = fewer
        return [name for name in self.ids if name in kept]

    def is_asked(self, name: str) -> bool:
        """Return whether a question is asked, whatever else is answered."""
        asked_when = self.ruleset.asked_when.get(name)
        return asked_when is None or all(holds(asked_when, way) for way in self.all)

    def waits(self, name: str, candidates: list[str]) -> bool:
        """Return whether one of some questions may decide whether an option of a choice is offered."""
        question = self.question(name)
        for asked_when in question.restricted.values() if isinstance(question, Choice) else ():
            truths = {holds(asked_when, way) for way in self.all}
            if len(truths) > 1 and self._decided_by(asked_when) & set(candidates):
                return True
        return False

    def question(self, name: str) -> Question:
        """Return a question by its id."""
        return self.ruleset.questions_by_id[name]

    def cells(self, name: str) -> list[Any]:
        """Return an answer out of each cell of a question."""
        question = self.question(name)
        if isinstance(question, Choice):
            return list(question.option_ids)
        if isinstance(question, (Number, Date)):
            return [question.minimum, *thresholds(self.ruleset, question)]
        assert isinstance(question, YesNo)
        return [False, True]

    @cached_property
    def _complete(self) -> list[Complete]:
        return [
            dict(zip(self.ids, way, strict=True)) for way in itertools.product(*(self.cells(name) for name in self.ids))
        ]

    def _decided_by(self, condition: Condition) -> set[str]:
        """Return the questions of which one answer instead of another makes a difference to a condition."""
        return {
            name
            for name in self.ids
            if any(
                len({holds(condition, {**way, name: cell}) for cell in self.cells(name)}) > 1 for way in self._complete
            )
        }

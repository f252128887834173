"""What a comparison of two rule sets says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assessor.answers import Answer
from assessor.errors import AssessorError


class ComparisonError(AssessorError):
    """Two rule sets that cannot be compared as asked."""


@dataclass(frozen=True)
class RuleChange:
    """Answers that one rule decided and another one decides now.

    Attributes:
        old: The rule that decided, or an empty string where none did.
        new: The rule that decides now, likewise.
        count: How many combinations of answers these are.
        example: Answers that show it, as few as suffice, for the new rule set.
        old_example: The same answers for the old one.
        cause: What about the rules does it, for the example.
    """

    old: str
    new: str
    count: int
    example: Mapping[str, Answer]
    old_example: Mapping[str, Answer]
    cause: str


@dataclass(frozen=True)
class OutcomeChange:
    """Answers that get another outcome than before.

    Attributes:
        old: The outcome before, or an empty string where no rule decided.
        new: The outcome now, likewise.
        count: How many combinations of answers these are.
        by_rule: The same, by the rules that decided and decide, the most combinations first.
    """

    old: str
    new: str
    count: int
    by_rule: tuple[RuleChange, ...]


@dataclass(frozen=True)
class PartChanges:
    """Ids that were added, removed or renamed.

    Attributes:
        added: Ids that are new.
        removed: Ids that are gone.
        renamed: Old ids with their new ones.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed)


@dataclass(frozen=True)
class FactChange:
    """A fact that says something else.

    Attributes:
        id: The fact.
        old: What it said, with its range, or an empty string for a new fact.
        new: What it says now, likewise for one that is gone.
    """

    id: str
    old: str
    new: str


@dataclass(frozen=True)
class CaseChange:
    """A worked case that gets another outcome.

    Attributes:
        id: The case.
        old: The outcome before, or an empty string where it was open.
        new: The outcome now, likewise.
    """

    id: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """What a change of rules does to readers.

    Attributes:
        total: How many combinations of answers there are to all questions that either rule set's conditions ask. A
            number's answers count by the stretches that the thresholds of both cut; answers that only one of the
            two accepts do not count.
        outcome_changes: The combinations whose outcome changes, the most first.
        questions: The questions that come, go or are renamed.
        options: The options that do, by the new id of their question.
        bounds: Numbers whose range changed: their id with the old and the new range, in words.
        outcomes: The outcomes that come or go.
        rules: The rules that come or go.
        facts: The facts that say something else.
        cases: The cases of both that get another outcome.
    """

    total: int
    outcome_changes: tuple[OutcomeChange, ...]
    questions: PartChanges
    options: Mapping[str, PartChanges]
    bounds: Mapping[str, tuple[str, str]]
    outcomes: PartChanges
    rules: PartChanges
    facts: tuple[FactChange, ...]
    cases: tuple[CaseChange, ...]

    @property
    def changed(self) -> int:
        """How many combinations of answers get another outcome."""
        return sum(change.count for change in self.outcome_changes)

    def share(self, count: int) -> Fraction:
        """Return a number of combinations as a share of all."""
        return Fraction(count, self.total)

    @property
    def is_same(self) -> bool:
        """Whether readers notice nothing: no outcome, question, option, range, fact or case changed."""
        noticed = (
            self.outcome_changes,
            self.questions,
            self.options,
            self.bounds,
            self.outcomes,
            self.facts,
            self.cases,
        )
        return not any(map(bool, noticed))

"""What a comparison of two rule sets says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assessor.errors import AssessorError
from assessor.model.answers import Answer


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
class ConditionChange:
    """Answers for which something applies, holds or is asked that did not before, or the other way round.

    Attributes:
        kind: What it is: an `action`, which applies where one of its outcomes is decided and its condition holds, a
            `criterion`, or a `question`, by its `asked_when`.
        id: Its id, the new one of a question.
        holds: Whether it holds now and did not before.
        count: How many combinations of answers these are.
        example: Answers that show it, as few as suffice, for the new rule set.
        old_example: The same answers for the old one.
    """

    kind: str
    id: str
    holds: bool
    count: int
    example: Mapping[str, Answer]
    old_example: Mapping[str, Answer]


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
class FieldChange:
    """One thing that a part says of itself, and says otherwise now.

    Attributes:
        kind: The kind of part: `question`, `option`, `outcome`, `rule` and so on, or `rule set`.
        id: The part, by its new id; an option as `question.option`.
        field: What about it: `wording`, `because`, `when` and so on.
        old: What it was, in words; empty where it was nothing.
        new: What it is now, likewise.
    """

    kind: str
    id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class CaseChange:
    """A worked case that gets another outcome, its old answers by the old rules and its new ones by the new.

    Attributes:
        id: The case.
        old: The outcome before, an empty string where no rule decided, and `None` where it was open.
        new: The outcome now, likewise.
        answers_changed: Whether its answers are others now.
    """

    id: str
    old: str | None
    new: str | None
    answers_changed: bool = False


@dataclass(frozen=True)
class Comparison:
    """What a change of rules does to readers.

    Attributes:
        total: How many combinations of answers there are to all questions that either rule set's conditions ask. A
            number's answers count by the stretches that the thresholds of both cut; answers that only one of the
            two accepts do not count.
        outcome_changes: The combinations whose outcome changes, the most first.
        condition_changes: Those for which something applies, holds or is asked that did not, or no longer.
        parts: For each kind of part, in the plural, those that come, go or are renamed.
        options: The options that do, by the new id of their question.
        fields: What parts of both say otherwise now.
        cases: The cases that get another outcome.
    """

    total: int
    outcome_changes: tuple[OutcomeChange, ...]
    condition_changes: tuple[ConditionChange, ...]
    parts: Mapping[str, PartChanges]
    options: Mapping[str, PartChanges]
    fields: tuple[FieldChange, ...]
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
        """Whether readers notice nothing: the same advice for all answers, in the same words."""
        noticed = (self.outcome_changes, self.condition_changes, self.options, self.fields, self.cases)
        return not any(map(bool, (*noticed, *self.parts.values())))

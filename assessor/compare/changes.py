"""Define the result of a comparison of two rule sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assessor.errors import AssessorError
from assessor.model.answers import Answer


class ComparisonError(AssessorError):
    """Comparing two rule sets as requested is impossible."""


@dataclass(frozen=True)
class RuleChange:
    """Answers that another rule decides than before.

    Attributes:
        old: The rule that decided before, or an empty string if none did.
        new: The rule that decides now, or an empty string if none does.
        count: The number of combinations of answers.
        example: As few answers as possible that show it, for the new rule set.
        old_example: The same answers for the old rule set.
        cause: What changed in the rules to cause this, for the example.
    """

    old: str
    new: str
    count: int
    example: Mapping[str, Answer]
    old_example: Mapping[str, Answer]
    cause: str


@dataclass(frozen=True)
class OutcomeChange:
    """Answers that get a different outcome.

    Attributes:
        old: The outcome before, or an empty string if no rule decided.
        new: The outcome now, or an empty string if no rule decides.
        count: The number of combinations of answers.
        by_rule: The same by old and new rule, with the most combinations first.
        decision: The new id of the decision; empty if neither rule set has several.
    """

    old: str
    new: str
    count: int
    by_rule: tuple[RuleChange, ...]
    decision: str = ""


@dataclass(frozen=True)
class ConditionChange:
    """Answers for which a condition holds now but did not before, or the other way round.

    Attributes:
        kind: An `action` (the rules decide for one of its outcomes, and its condition holds), a `criterion`, a
            `question` or an `option` (its `asked_when` holds), or a `passage` of the docs.
        id: The id; for a question, the new one; for an option, `question.option`; for a passage, its condition.
        holds: True if it holds now and did not before.
        count: The number of combinations of answers.
        example: As few answers as possible that show it, for the new rule set.
        old_example: The same answers for the old rule set.
        cause: What else changed to cause this: the value of a fact, the rules, or a decision that it reads. Empty if
            the condition itself changed.
    """

    kind: str
    id: str
    holds: bool
    count: int
    example: Mapping[str, Answer]
    old_example: Mapping[str, Answer]
    cause: str = ""


@dataclass(frozen=True)
class PartChanges:
    """Added, removed and renamed ids.

    Attributes:
        added: The new ids.
        removed: The removed ids.
        renamed: New ids by old ids.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed)


@dataclass(frozen=True)
class FieldChange:
    """A change of one attribute of a part.

    Attributes:
        kind: The kind of part: `question`, `option`, `outcome`, `rule` and so on, or `rule set`.
        id: The new id of the part; for an option, `question.option`.
        field: The attribute: `wording`, `because`, `when` and so on.
        old: The old value in words; empty if it had none.
        new: The new value in words; empty if it has none.
    """

    kind: str
    id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class TranslationChange:
    """A change of a translated text. It changes words only: every language has the rules and answers of the original.

    Attributes:
        language: The language.
        part: The part as in a catalogue, with its new id: `question pager`.
        field: The attribute: `wording`, `because` and so on.
        old: The translation before; empty if readers got the rule set's own language.
        new: The translation now; empty if readers get the rule set's own language.
    """

    language: str
    part: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class CaseChange:
    """A worked case whose outcome changed. The old rules use its old answers, the new rules its new answers.

    Attributes:
        id: The id of the case.
        old: The outcome before; an empty string if no rule decided, `None` if it was open.
        new: The outcome now, in the same form.
        answers_changed: Whether its answers have changed.
        decision: The new id of the decision; empty if neither rule set has several.
    """

    id: str
    old: str | None
    new: str | None
    answers_changed: bool = False
    decision: str = ""


@dataclass(frozen=True)
class Comparison:
    """What a change of rules means for readers.

    Attributes:
        total: The number of combinations of answers to all questions used in conditions of either rule set. Each
            interval between the thresholds of both counts as one answer to a number. Answers that only one of the two
            accepts don't count.
        changed: The number of combinations that get a different outcome, in any decision that both rule sets have.
        outcome_changes: The combinations whose outcome changes, by decision, and then the largest group first.
        condition_changes: The combinations for which a part starts or stops to apply.
        parts: For each kind of part, in the plural, the added, removed and renamed parts.
        options: The same for options, by the new id of their question.
        fields: The changed attributes of parts in both rule sets.
        cases: The cases that get a different outcome.
        languages: The added and removed languages of translations.
        translations: The changed translations of parts in both rule sets, in languages of both.
        unread_translations: What is wrong with a file of translations, so that none are compared; else empty.
        lost_outcomes: The outcomes of the old rule set that some answers led to, and none do now, by their old ids.
        new_options: The outcomes that each new option can lead to, by the ids of question and option. No combination of
            old answers has these, so the counts leave them out.
        unconfirmed: The questions, by their new ids, whose stored answers wait until the reader confirms them.
        lines_to_write: What to write in the new rule set, so that links and stored answers with old ids stay valid.
        passages: The places of each passage of the docs, by its condition.
        passage_changes: The combinations for which a passage starts or stops to apply.
        invalid_passages: What is wrong with the conditions that the new rule set cannot read.
    """

    total: int
    changed: int
    outcome_changes: tuple[OutcomeChange, ...]
    condition_changes: tuple[ConditionChange, ...]
    parts: Mapping[str, PartChanges]
    options: Mapping[str, PartChanges]
    fields: tuple[FieldChange, ...]
    cases: tuple[CaseChange, ...]
    languages: PartChanges = field(default_factory=PartChanges)
    translations: tuple[TranslationChange, ...] = ()
    unread_translations: str = ""
    lost_outcomes: tuple[str, ...] = ()
    new_options: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    unconfirmed: tuple[str, ...] = ()
    lines_to_write: tuple[str, ...] = ()
    passages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    passage_changes: tuple[ConditionChange, ...] = ()
    invalid_passages: Mapping[str, str] = field(default_factory=dict)

    def share(self, count: int) -> Fraction:
        """Return a number of combinations as a fraction of the total."""
        return Fraction(count, self.total)

    @property
    def is_same(self) -> bool:
        """Whether readers notice nothing: all answers get the same advice, in the same words."""
        noticed = (self.outcome_changes, self.condition_changes, self.options, self.fields, self.cases)
        in_docs = (self.passage_changes, self.invalid_passages)
        translated = (self.languages, self.translations, self.unread_translations)
        return not any(map(bool, (*noticed, *in_docs, *translated, *self.parts.values())))

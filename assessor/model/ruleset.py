"""Rule sets: complete decisions, which their constructor checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from assessor.errors import RuleSetError
from assessor.language.words import LANGUAGE_CODE
from assessor.model.answers import Answer, check_answers
from assessor.model.cases import Case
from assessor.model.conditions import Condition, Criterion
from assessor.model.consistency import check_consistency
from assessor.model.estimates.charts import Chart
from assessor.model.estimates.estimates import Estimate
from assessor.model.facts import Fact
from assessor.model.parts import (
    OwnedCondition,
    OwnedText,
    Part,
    conditions_of,
    parts_of,
    texts_of,
    used_facts_of,
    used_parts_of,
)
from assessor.model.points import Score
from assessor.model.questions.question import Question
from assessor.model.questions.sections import Section
from assessor.model.rules.actions import Action
from assessor.model.rules.decisions import RULE_PREFIX, Decision, numbered
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.validation import MARKDOWN, REQUIRED_TEXT, Definition, as_tuple, check_distinct, named_value, unquoted


@dataclass(frozen=True, eq=False)
class RuleSet(Definition):
    """Everything about one decision. A rule set is immutable and equal only to itself.

    Attributes:
        id: The id, used in pages, share links and stored answers.
        title: The subject of the decision, in a few words.
        sections: The questions, in the order of the page.
        outcomes: The possible results, in the order of the page. What rules, actions and estimates use and
            this does not list follows in the order of use; so do facts, criteria and scores.
        rules: The rules, in order. The first that holds decides.
        decisions: The decisions, if there are several: each has rules of its own, which `rules` then lists one after
            the other. A later decision may read what an earlier one comes to. An outcome belongs to one decision.
        summary: The subject of the decision, in a sentence or two; inline Markdown.
        facts: The facts that conditions, formulas, defaults and prose may use.
        criteria: The named conditions, in the order of the page.
        scores: The sums of points, in the order of the page.
        actions: The actions, including gaps, in the order of the page.
        estimates: The quantities to estimate.
        charts: The charts that compare estimates.
        cases: Worked examples.
        language: The language of its words, such as `de`: a page in another one that shows it is a finding. Empty if
            unknown.
        translations: The files with its words in other languages, which `assessor translate` writes: paths from the
            folder of the file that makes the rule set, such as `rules.de.yml`, or `rules.*.yml` for all languages.
        location: The line that creates it.

    Raises:
        RuleSetError: If a part is invalid, or the parts do not fit together.
    """

    kind: ClassVar[str] = "rule set"

    id: str
    title: str = field(metadata=REQUIRED_TEXT, kw_only=True)
    sections: Sequence[Section] = field(kw_only=True)
    outcomes: Sequence[Outcome] = field(default=(), kw_only=True)
    rules: Sequence[Rule] = field(default=(), kw_only=True)
    decisions: Sequence[Decision] = field(default=(), kw_only=True)
    summary: str = field(default="", metadata=MARKDOWN, kw_only=True)
    facts: Sequence[Fact] = field(default=(), kw_only=True)
    criteria: Sequence[Criterion] = field(default=(), kw_only=True)
    scores: Sequence[Score] = field(default=(), kw_only=True)
    actions: Sequence[Action] = field(default=(), kw_only=True)
    estimates: Sequence[Estimate] = field(default=(), kw_only=True)
    charts: Sequence[Chart] = field(default=(), kw_only=True)
    cases: Sequence[Case] = field(default=(), kw_only=True)
    language: str = field(default="", kw_only=True)
    translations: str | Sequence[str] = field(default=(), kw_only=True, compare=False)

    def __post_init__(self) -> None:
        """Check that the parts fit together."""
        super().__post_init__()
        owner = self.owner_name
        if self.language and not LANGUAGE_CODE.fullmatch(self.language):
            raise RuleSetError(
                f"{owner}: {self.language!r} is no code of a language: write language='en', 'de' or the like"
            )
        self._check_translations()
        for name, kind in _PARTS.items():
            parts = as_tuple(owner, name, getattr(self, name))
            if name == "rules":
                parts = self._rules_in_order(parts)
            object.__setattr__(self, name, parts)
            self._check_parts(name, kind, parts)
        self._list_what_is_used()
        check_distinct(owner, "outcome", (outcome.title for outcome in self.outcomes))
        self._check_unique("questions", self.questions)
        check_consistency(self)

    @property
    def original(self) -> RuleSet:
        """The rule set that this one is a translation of, or else itself. Both have the same ids, rules and hash."""
        original: RuleSet = self.__dict__.get("_original", self)
        return original

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order of the sections."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def questions_by_id(self) -> Mapping[str, Question]:
        """All questions by id."""
        return {question.id: question for question in self.questions}

    @property
    def rules_by_decision(self) -> tuple[Sequence[Rule], ...]:
        """The rules of each decision; of a rule set without `decisions`, the rules of its only one."""
        return tuple(decision.rules for decision in self.decisions) or (self.rules,)

    @property
    def rule_places(self) -> tuple[range, ...]:
        """For each decision, the positions of its rules in `rules`."""
        ends = itertools.accumulate((len(rules) for rules in self.rules_by_decision), initial=0)
        return tuple(range(*both) for both in itertools.pairwise(ends))

    @cached_property
    def asked_when(self) -> Mapping[str, Condition]:
        """When each question is asked, by id, where its section or the question itself has a condition."""
        found: dict[str, Condition] = {}
        for section in self.sections:
            for question in section.questions:
                both = [each for each in (section.asked_when, question.asked_when) if each is not None]
                if both:
                    found[question.id] = both[0] & both[1] if len(both) == 2 else both[0]
        return found

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        """All facts by id."""
        return {fact.id: fact for fact in self.facts}

    def parts(self) -> tuple[Part, ...]:
        """Return the rule set itself and every part of it, options included."""
        return tuple(parts_of(self))

    def conditions(self) -> tuple[OwnedCondition, ...]:
        """Return every condition with its owner: of rules, criteria, scores, actions, what is asked, and estimates."""
        return tuple(conditions_of(self))

    def texts(self) -> tuple[OwnedText, ...]:
        """Return every text that readers see, with its owner."""
        return tuple(texts_of(self))

    @cached_property
    def used_facts(self) -> frozenset[str]:
        """The ids of the facts that conditions, formulas, defaults or the texts of other parts use."""
        return used_facts_of(self)

    @cached_property
    def break_evens(self) -> frozenset[str]:
        """The ids of the estimates that are the break-even of a chart."""
        return frozenset(chart.break_even.id for chart in self.charts if chart.break_even is not None)

    def check_answers(self, answers: Mapping[str, object]) -> dict[str, Answer]:
        """Return answers in the order of the questions, after checking all of them.

        Raises:
            AnswersError: With every error.
        """
        return check_answers(self.questions, answers)

    def _check_translations(self) -> None:
        given = (self.translations,) if isinstance(self.translations, str) else self.translations
        files = tuple(str(each) for each in as_tuple(self.owner_name, "translations", given))
        if files and not self.language:
            raise RuleSetError(
                f"{self.owner_name} has translations, but does not say from which language: write language='en'"
            )
        object.__setattr__(self, "translations", files)

    def _check_parts(self, name: str, kind: type[Definition], parts: tuple[Any, ...]) -> None:
        for part in parts:
            if not isinstance(part, kind):
                # As what `ranking` or `table` returns.
                is_list = isinstance(part, Iterable) and not isinstance(part, str)
                hint = "; put its parts into the list by a * before it" if is_list else unquoted(part, kind.kind)
                raise RuleSetError(
                    f"{name}=[…] of rule set {self.id!r} lists {named_value(part)}, which is no {kind.__name__}{hint}"
                )
        if not parts and name in ("sections", "rules"):
            raise RuleSetError(f"rule set {self.id!r} has no {name}")
        self._check_unique(name, parts)

    def _list_what_is_used(self) -> None:
        for name, used in used_parts_of(self).items():
            parts = {part.id: part for part in getattr(self, name)}
            for part in used:
                parts.setdefault(part.id, part)
            object.__setattr__(self, name, tuple(parts.values()))

    def _check_unique(self, name: str, parts: Iterable[Any]) -> None:
        seen: dict[str, Any] = {}
        for part in parts:
            if part.id in seen:
                raise RuleSetError(
                    f"two {name} have the id {part.id!r}; the first is at {seen[part.id].location}", part.location
                )
            seen[part.id] = part

    def _rules_in_order(self, rules: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the rules of all decisions, or those that are given, each with an id."""
        if not self.decisions:
            return tuple(numbered(rules, RULE_PREFIX)) if all(isinstance(each, Rule) for each in rules) else rules
        listed = tuple(rule for decision in self.decisions for rule in decision.rules)
        if rules and rules != listed:
            raise RuleSetError(
                f"{self.owner_name} has both rules and decisions: put the rules into a Decision, and list that in "
                "decisions=[…]"
            )
        return listed


_PARTS: Mapping[str, type[Definition]] = {
    "facts": Fact,
    "sections": Section,
    "outcomes": Outcome,
    "criteria": Criterion,
    "scores": Score,
    "decisions": Decision,
    "rules": Rule,
    "actions": Action,
    "estimates": Estimate,
    "charts": Chart,
    "cases": Case,
}

"""Rule sets: complete decisions, which their constructor checks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from assessor.errors import AnswerProblem, AnswersError, Location, RuleSetError, did_you_mean
from assessor.language.words import LANGUAGE_CODE
from assessor.model.answers import Answer, Case, check_answers
from assessor.model.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Condition,
    Criterion,
    Not,
    check_condition,
    walk,
)
from assessor.model.estimates.conditional import cases_in
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Quantity, Range, check_formula, inputs
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
from assessor.model.points import PointsComparison, Score
from assessor.model.questions.choices import Choice, Is, Option, Question, Section, YesNo
from assessor.model.questions.numbers import Number
from assessor.model.rules.decisions import RULE_PREFIX, Decision, OutcomeIs, check_last, numbered, with_earlier
from assessor.model.rules.rules import Action, Chart, Estimate, Outcome, Rule
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
        self._check_former_ids()
        self._check_asked_when()
        self._check_rules()
        self._check_decisions()
        self._check_conditions()
        self._check_estimates()
        self._check_charts()
        self._check_cases()

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

    def _check_former_ids(self) -> None:
        known = {question.id: question for question in self.questions}
        for question in self.questions:
            for old in question.formerly:
                if old in known:
                    raise RuleSetError(
                        f"{question.owner_name} was formerly {old!r}, but so is or was {known[old].owner_name} "
                        f"(made at {known[old].location}): an old answer could be for either",
                        question.location,
                    )
                known[old] = question

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

    def _check_decisions(self) -> None:
        owners: dict[str, Decision] = {}
        read: list[Decision] = []
        for decision in self.decisions:
            for outcome in decision.outcomes:
                other = owners.setdefault(outcome.id, decision)
                if other is not decision:
                    raise RuleSetError(
                        f"{decision.owner_name} comes to outcome {outcome.id!r}, and so does {other.owner_name}: an "
                        "outcome belongs to one decision, so make two",
                        decision.location,
                    )
            for rule in decision.rules:
                self._check_reads(rule.owner_name, rule.when, read, rule.location)
            read.append(decision)

    def _check_reads(self, owner: str, condition: Condition, known: Sequence[Decision], location: Location) -> None:
        """Check that a condition reads only some decisions."""
        for part in walk(condition):
            if isinstance(part, OutcomeIs):
                self._check_listed(owner, "decisions", part.decision, self.decisions, location)
                if not any(part.decision is each for each in known) and part.decision not in known:
                    raise RuleSetError(
                        f"{owner} reads {part.decision.owner_name}, which comes later or is its own: a decision can "
                        "read earlier ones only, so put that first in decisions=[…]",
                        location,
                    )

    def _check_asked_when(self) -> None:
        asked: set[str] = set()
        for section in self.sections:
            self._check_asked_after(section.owner_name, section, section.location, asked, section.questions)
            for question in section.questions:
                name = question.owner_name
                self._check_asked_after(name, question, question.location, asked, [question])
                for option in question.options if isinstance(question, Choice) else ():
                    of = f"option {option.id!r} of {name}"
                    self._check_asked_after(of, option, question.location, asked, [question])
                asked.add(question.id)

    def _check_asked_after(
        self, name: str, part: Section | Question | Option, location: Location, asked: Set[str], own: Sequence[Question]
    ) -> None:
        """Check that when a section, a question or an option is asked depends only on questions before it."""
        if part.asked_when is None:
            return
        owner = f"asked_when of {name}"
        self._check_condition(owner, part.asked_when, location)
        for each in with_earlier(part.asked_when):
            needed = question_of(each)
            if needed is not None and needed.id not in asked:
                is_own = needed.id in [question.id for question in own]
                raise RuleSetError(
                    f"{owner} depends on the answer to {needed.id!r} itself: let it depend on earlier questions"
                    if is_own
                    else f"{owner} depends on {needed.id!r}, which is asked later: put {needed.id!r} first",
                    location,
                )

    def _check_rules(self) -> None:
        for rule in self.rules:
            owner = rule.owner_name
            self._check_listed(owner, "outcomes", rule.then, self.outcomes, rule.location)
            self._check_condition(owner, rule.when, rule.location)
        if not self.decisions:
            check_last(self.rules)

    def _check_conditions(self) -> None:
        for criterion in self.criteria:
            self._check_condition(criterion.owner_name, criterion.condition, criterion.location)
        for score in self.scores:
            for fact in score.facts:
                self._check_listed(score.owner_name, "facts", fact, self.facts, score.location)
            for condition in score.conditions():
                self._check_condition(score.owner_name, condition, score.location)
        for action in self.actions:
            owner = action.owner_name
            self._check_condition(owner, action.when, action.location)
            for outcome in action.under:
                self._check_listed(owner, "outcomes", outcome, self.outcomes, action.location)

    def _check_condition(self, owner: str, condition: Condition, location: Location) -> None:
        for part in walk(condition):
            check_condition(owner, part, location)
            if not isinstance(part, _CONDITIONS):
                raise RuleSetError(
                    f"{owner} has a condition of the class {type(part).__name__!r}, which says nothing to the rules: "
                    "build it from questions with &, | and ~, and name it with a Criterion",
                    location,
                )
            question = question_of(part)
            if question is not None:
                self._check_question(owner, question, location)
            if isinstance(part, (Comparison, PointsComparison)):
                for fact in part.facts:
                    self._check_listed(owner, "facts", fact, self.facts, location)
            if isinstance(part, Criterion):
                self._check_listed(owner, "criteria", part, self.criteria, location)
            for score in part.scores if isinstance(part, PointsComparison) else ():
                self._check_listed(owner, "scores", score, self.scores, location)
        self._check_reads(owner, condition, self.decisions, location)

    def _check_question(self, owner: str, question: Question, location: Location) -> None:
        known = self.questions_by_id.get(question.id)
        if known is None:
            raise RuleSetError(
                f"{owner} asks question {question.id!r}, which is in no section: add it to the questions of one",
                location,
            )
        if known is not question and known != question:
            raise RuleSetError(
                f"{owner} asks a question {question.id!r} (made at {question.location}) that is not the one in the "
                f"sections (made at {known.location}): make it once and use it twice",
                location,
            )

    def _check_listed(self, owner: str, name: str, part: Any, parts: Sequence[Any], location: Location) -> None:
        # Comparing conditions is slow, and the part is nearly always the same object.
        if not any(part is known for known in parts) and part not in parts:
            # A part is meant, and not a name: one with a similar name is no help.
            what = part.owner_name
            same = next((known for known in parts if known.id == part.id), None)
            raise RuleSetError(
                f"{owner} uses {what}, which {name}=[…] of the rule set does not list: add it there"
                if same is None
                else f"{owner} uses {what} (made at {part.location}), which is not the one that {name}=[…] of the rule "
                f"set lists (made at {same.location}): make it once and use it twice",
                location,
            )

    def _check_estimates(self) -> None:
        for question in self.questions:
            if isinstance(question, Number) and question.default is not None:
                owner = question.owner_name
                self._check_listed(owner, "facts", question.default, self.facts, question.location)
        for estimate in self.estimates:
            owner = estimate.owner_name
            ranges: dict[Formula, Range] = {}
            for part in inputs(estimate.formula):
                if isinstance(part, Number):
                    self._check_question(owner, part, estimate.location)
                    ranges[part] = Range(part.minimum, part.minimum, part.maximum)
                elif isinstance(part, Fact):
                    self._check_listed(owner, "facts", part, self.facts, estimate.location)
                    ranges[part] = part.range
                elif isinstance(part, Quantity):
                    ranges[part] = Range.exactly(part.value)
            for case in cases_in(estimate.formula):
                self._check_condition(owner, case.condition, case.location)
            for branch in estimate.branches:
                within = branch.within(ranges)
                if within is not None:
                    check_formula(owner, branch.formula, within, estimate.location)
            if estimate.outcome is not None:
                self._check_listed(owner, "outcomes", estimate.outcome, self.outcomes, estimate.location)

    def _check_charts(self) -> None:
        drawn: dict[str, Chart] = {}
        for chart in self.charts:
            for estimate in chart.estimates:
                self._check_listed(chart.owner_name, "estimates", estimate, self.estimates, chart.location)
                if estimate.id in drawn:
                    raise RuleSetError(
                        f"chart {chart.id!r} has estimate {estimate.id!r}, which chart {drawn[estimate.id].id!r} has "
                        f"already: a chart draws each once",
                        chart.location,
                    )
                drawn[estimate.id] = chart
            if chart.break_even is not None:
                self._check_listed(chart.owner_name, "estimates", chart.break_even, self.estimates, chart.location)

    def _check_cases(self) -> None:
        for case in self.cases:
            owner = case.owner_name
            for outcome in (case.outcome, *case.also):
                self._check_listed(owner, "outcomes", outcome, self.outcomes, case.location)
            self._check_expected(case)
            self._check_known(owner, "rule", [case.rule] if case.rule else [], self.rules, case.location)
            self._check_known(owner, "action", case.actions or (), self.actions, case.location)
            old: list[AnswerProblem] = []
            try:
                check_answers(self.questions, case.answers, old.append)
            except AnswersError as error:
                raise RuleSetError(f"{owner}: {error}", case.location) from None
            if old:
                raise RuleSetError(f"{owner}: {old[0].message}", case.location)

    def _check_expected(self, case: Case) -> None:
        """Check that a case expects at most one outcome of each decision."""
        for decision in self.decisions or (None,):
            known = self.outcomes if decision is None else decision.outcomes
            expected = [each.id for each in (case.outcome, *case.also) if each in known]
            if len(expected) > 1:
                of = "the rule set has one decision" if decision is None else f"both belong to {decision.owner_name}"
                raise RuleSetError(
                    f"{case.owner_name} expects {expected[0]!r} and {expected[1]!r}, but {of}", case.location
                )

    def _check_known(self, owner: str, kind: str, ids: Iterable[str], parts: Sequence[Any], location: Location) -> None:
        known = [part.id for part in parts]
        for each in ids:
            if each not in known:
                raise RuleSetError(
                    f"{owner} expects the {kind} {each!r}, but there is none.{did_you_mean(str(each), known)}", location
                )


_CONDITIONS = (YesNo, Is, Comparison, AllOf, AnyOf, AtLeast, Not, Criterion, PointsComparison, OutcomeIs)

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


def question_of(condition: Condition) -> Question | None:
    """Return the question that a condition asks by itself, if it asks one."""
    if isinstance(condition, YesNo):
        return condition
    return condition.question if isinstance(condition, (Is, Comparison)) else None

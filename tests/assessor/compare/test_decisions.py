"""What a comparison says of several decisions, against enumeration on random pairs, and in words."""

from __future__ import annotations

import dataclasses
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from assessor import (
    Case,
    Choice,
    Condition,
    Criterion,
    Decision,
    Option,
    Outcome,
    Question,
    Rule,
    RuleSet,
    Score,
    Section,
    YesNo,
    assess,
    otherwise,
)
from assessor.assessment.results import each_decision
from assessor.compare import Comparison, compare_rulesets
from assessor.compare.report import comparison_json, comparison_markdown, comparison_text
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Not
from assessor.model.conditions import Comparison as ComparisonWithBound
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Is
from assessor.model.rules.decisions import OutcomeIs
from tests.assessor.compare.test_outcomes import every_combination
from tests.support import oracle
from tests.support.assessor.samples import yes_no
from tests.support.rulesets import random_ruleset

Key = tuple[str, str, str, str, str]


class Changed:
    """A rule set in which the rules of one decision are others, and all that reads it reads it so."""

    def __init__(self, rng: random.Random, old: RuleSet) -> None:
        self._rng = rng
        self._conditions: dict[int, Condition] = {}
        self._scores: dict[str, Score] = {}
        self._decisions: dict[str, Decision] = {}
        self._questions: dict[str, Any] = {}
        self._changed = rng.choice(old.decisions).id
        self.ruleset = dataclasses.replace(
            old,
            sections=[
                dataclasses.replace(
                    each, questions=list(map(self.question, each.questions)), asked_when=self.asked_when(each)
                )
                for each in old.sections
            ],
            criteria=[self.condition(each) for each in old.criteria],
            scores=[self.score(each) for each in old.scores],
            decisions=[self.decision(each) for each in old.decisions],
            rules=(),
            actions=[dataclasses.replace(each, when=self.condition(each.when)) for each in old.actions],
        )

    def question(self, question: Question) -> Any:
        """Return a question; when it is asked, and when its options are offered, may depend on the decision."""
        if question.id not in self._questions:
            changed: dict[str, Any] = {"asked_when": self.asked_when(question)}
            if isinstance(question, Choice):
                changed["options"] = [
                    dataclasses.replace(each, asked_when=self.asked_when(each)) for each in question.options
                ]
            self._questions[question.id] = dataclasses.replace(question, **changed)
        return self._questions[question.id]

    def asked_when(self, part: Section | Question | Option) -> Condition | None:
        return None if part.asked_when is None else self.condition(part.asked_when)

    def decision(self, decision: Decision) -> Decision:
        if decision.id not in self._decisions:
            rules = [dataclasses.replace(rule, when=self.condition(rule.when)) for rule in decision.rules]
            if decision.id == self._changed:
                rules = self.rules(decision, rules)
            self._decisions[decision.id] = dataclasses.replace(decision, rules=rules)
        return self._decisions[decision.id]

    def rules(self, decision: Decision, rules: list[Rule]) -> list[Rule]:
        rng = self._rng
        last = [rules.pop()] if rules[-1].id.endswith("otherwise") else []
        kind = rng.randrange(4)
        if kind == 0:
            rng.shuffle(rules)
        elif kind == 1 and len(rules) > 1:
            rules.pop(rng.randrange(len(rules)))
        elif rules:
            place = rng.randrange(len(rules))
            changed = {"when": ~rules[place].when} if kind == 2 else {"then": rng.choice(decision.outcomes)}
            rules[place] = dataclasses.replace(rules[place], **changed)
        return [*rules, *last]

    def score(self, score: Score) -> Score:
        if score.id not in self._scores:
            points = {
                self.question(part) if isinstance(part, Choice) else self.condition(part): given
                for part, given in score.points.items()
            }
            self._scores[score.id] = dataclasses.replace(score, points=points)
        return self._scores[score.id]

    def condition(self, condition: Condition) -> Any:
        if id(condition) not in self._conditions:
            self._conditions[id(condition)] = self._condition(condition)
        return self._conditions[id(condition)]

    def _condition(self, condition: Condition) -> Any:
        if isinstance(condition, (Not, Criterion)):
            return dataclasses.replace(condition, condition=self.condition(condition.condition))
        if isinstance(condition, (AllOf, AnyOf, AtLeast)):
            return dataclasses.replace(condition, conditions=tuple(map(self.condition, condition.conditions)))
        if isinstance(condition, PointsComparison):
            other = None if condition.other is None else self.score(condition.other)
            return dataclasses.replace(condition, score=self.score(condition.score), other=other)
        if isinstance(condition, OutcomeIs):
            return dataclasses.replace(condition, decision=self.decision(condition.decision))
        if isinstance(condition, (Is, ComparisonWithBound)):
            return dataclasses.replace(condition, question=self.question(condition.question))
        if isinstance(condition, YesNo):
            return self.question(condition)
        return condition


def random_pair(seed: int) -> tuple[RuleSet, RuleSet]:
    rng = random.Random(seed)
    old = random_ruleset(rng, most_questions=5, most_rules=4, most_estimates=0, most_decisions=3)
    new = old
    for _ in range(rng.randint(1, 2)):
        new = Changed(rng, new).ruleset
    return old, new


@pytest.mark.parametrize("seed", range(120))
def test_it_agrees_with_enumeration(seed: int) -> None:
    old, new = random_pair(seed)
    comparison = compare_rulesets(old, new)
    found, changed = enumerated(old, new)
    assert shares(comparison) == found
    assert comparison.share(comparison.changed) == changed
    for change in comparison.outcome_changes:
        place = [each.id for each in new.decisions].index(change.decision) if change.decision else 0
        for by_rule in change.by_rule:
            for ruleset, answers, outcome, rule in (
                (old, by_rule.old_example, change.old, by_rule.old),
                (new, by_rule.example, change.new, by_rule.new),
            ):
                decided = each_decision(assess(ruleset, answers))[place]
                assert (decided["outcome"] or "", decided["rule"] or "") == (outcome, rule)
    for text in (comparison_text, comparison_markdown, comparison_json):
        assert text(old, new, comparison)


def test_the_pairs_differ() -> None:
    changes = [change for seed in range(40) for change in compare_rulesets(*random_pair(seed)).outcome_changes]
    causes = " ".join(by_rule.cause for change in changes for by_rule in change.by_rule)
    assert len({change.decision for change in changes}) == 4
    for cause in ("comes to another outcome", "changed", "leads elsewhere", "now comes before"):
        assert cause in causes


def shares(comparison: Comparison) -> dict[Key, Fraction]:
    return {
        (change.decision, change.old, change.new, by_rule.old, by_rule.new): comparison.share(by_rule.count)
        for change in comparison.outcome_changes
        for by_rule in change.by_rule
    }


def enumerated(old: RuleSet, new: RuleSet) -> tuple[dict[Key, Fraction], Fraction]:
    """Return what `shares` returns, and the share of answers with any other outcome, by trying every combination."""
    found: Counter[Key] = Counter()
    total = changed = 0
    names = [each.id for each in new.decisions] if len(new.decisions) > 1 else [""]
    for answers in every_combination(old, new):
        total += 1
        both = [(decided(old, n, answers), decided(new, n, answers)) for n in range(len(names))]
        changed += any(before[0] != after[0] for before, after in both)
        for name, (before, after) in zip(names, both, strict=True):
            if before[0] != after[0]:
                found[name, before[0], after[0], before[1], after[1]] += 1
    return {key: Fraction(count, total) for key, count in found.items()}, Fraction(changed, total)


def decided(ruleset: RuleSet, decision: int, answers: dict[str, Any]) -> tuple[str, str]:
    rules = ruleset.rules_by_decision[decision]
    place = oracle.decide(rules, answers)
    return ("", "") if place is None else (rules[place].then.id, rules[place].id)


# In words

A, B, C = yes_no("a"), yes_no("b"), yes_no("c")
CLOUD, SERVER = Outcome("cloud", "In the cloud"), Outcome("server", "On your server")
SMALL, LARGE = Outcome("small", "The small plan"), Outcome("large", "The large plan")


def hosting(when: Condition = A, **more: Any) -> Decision:
    rules = [Rule(when, SERVER, "a", "own"), otherwise(CLOUD, "else")]
    return Decision(**{"id": "hosting", "title": "Where it runs", "rules": rules, **more})


def plan(first: Decision, when: Condition = B) -> Decision:
    return Decision(
        "plan", "Your plan", [Rule(first.is_("cloud") & when, SMALL, "few", "few"), otherwise(LARGE, "else")]
    )


def ruleset(*decisions: Decision, rules: Sequence[Rule] = (), answers: Mapping[str, Any] | None = None) -> RuleSet:
    cases = [] if answers is None else [Case("one", "One", "", answers, CLOUD, also=[SMALL])]
    sections = [Section("all", "All", [A, B, C])]
    return RuleSet("r", title="R", sections=sections, decisions=decisions, rules=rules, cases=cases)


def both(first: Decision) -> list[Decision]:
    return [first, plan(first)]


def test_a_later_decision_changes_with_an_earlier_one() -> None:
    answers = {"a": False, "b": True, "c": True}
    old, new = ruleset(*both(hosting()), answers=answers), ruleset(*both(hosting(A | C)), answers=answers)
    comparison = compare_rulesets(old, new)
    # Two of eight answers change the first decision, and one of these the second: two in all, not three.
    assert (comparison.changed, comparison.total) == (2, 8)
    text = " ".join(comparison_text(old, new, comparison).split())
    assert "2 of 8 combinations of answers (25.00%) get another outcome." in text
    assert "Where it runs: from “In the cloud” to “On your server”: 2 combinations (25.00%)" in text
    assert "Your plan: from “The small plan” to “The large plan”: 1 combination (12.50%)" in text
    assert "rule 'plan-otherwise' does now, since decision 'hosting' comes to another outcome" in text
    assert "one, Where it runs: was “In the cloud”, is “On your server”; but it still expects “In the cloud”" in text
    assert "one, Your plan: was “The small plan”, is “The large plan”; but it still expects “The small plan”" in text
    markdown = comparison_markdown(old, new, comparison)
    assert "| Decision | Before | Now | Answers | Share |\n| --- | --- | --- | ---: | ---: |\n" in markdown
    assert "| Your plan | The small plan | The large plan | 1 | 12.50% |" in markdown
    report = json.loads(comparison_json(old, new, comparison))
    assert [each["decision"] for each in report["outcome_changes"]] == ["hosting", "plan"]
    assert [each["decision"] for each in report["case_outcomes"]] == ["hosting", "plan"]
    assert report["changed"] == "2"


def test_a_rule_set_is_the_same_as_itself() -> None:
    assert compare_rulesets(ruleset(*both(hosting())), ruleset(*both(hosting()))).is_same


def test_a_condition_names_another_outcome() -> None:
    first = hosting()
    other = Decision("plan", "Your plan", [Rule(first.is_(SERVER) & B, SMALL, "few", "few"), otherwise(LARGE, "else")])
    comparison = compare_rulesets(ruleset(first, plan(first)), ruleset(first, other))
    [change] = comparison.fields
    assert (change.id, change.field) == ("few", "when")
    assert "the result of “Where it runs” is “On your server”" in change.new
    assert {by_rule.cause for each in comparison.outcome_changes for by_rule in each.by_rule} == {
        "the condition of rule 'few' changed"
    }


def test_a_new_decision_changes_no_outcome() -> None:
    old, new = ruleset(rules=hosting().rules), ruleset(*both(hosting()))
    for before, after, kind in ((old, new, "added"), (new, old, "removed")):
        comparison = compare_rulesets(before, after)
        assert (comparison.changed, comparison.outcome_changes) == (0, ())
        assert getattr(comparison.parts["decisions"], kind) == ("hosting", "plan")
        assert getattr(comparison.parts["rules"], kind) == ("few", "plan-otherwise")
        assert not [each for each in comparison.fields if each.field == "decision"]
        assert not comparison.is_same
    assert compare_rulesets(old, new).lost_outcomes == ()
    assert set(compare_rulesets(new, old).lost_outcomes) == {"small", "large"}


def test_a_decision_with_a_new_id_is_the_same_one() -> None:
    renamed = hosting(id="place", rules=[Rule(A, SERVER, "a", "own"), otherwise(CLOUD, "else")])
    comparison = compare_rulesets(ruleset(*both(hosting())), ruleset(*both(renamed)))
    assert comparison.parts["decisions"].renamed == {"hosting": "place"}
    assert comparison.parts["rules"].renamed == {"hosting-otherwise": "place-otherwise"}
    assert (comparison.outcome_changes, comparison.fields) == ((), ())
    text = comparison_text(ruleset(*both(hosting())), ruleset(*both(renamed)), comparison)
    assert "hosting has a new id, place" in text


def test_a_rule_moves_to_another_decision() -> None:
    ask = Outcome("ask", "Ask us")
    rule = Rule(C, ask, "c", "call")
    other = [Rule(B, SMALL, "few", "few"), otherwise(LARGE, "else")]
    old = ruleset(hosting(rules=[rule, *hosting().rules]), Decision("plan", "Your plan", other))
    new = ruleset(hosting(), Decision("plan", "Your plan", [rule, *other]))
    comparison = compare_rulesets(old, new)
    *orders, change = comparison.fields
    assert [each.field for each in orders] == ["order of outcomes", "order of rules"]
    assert (change.kind, change.id, change.field, change.old, change.new) == (
        *("rule", "call", "decision", "hosting", "plan"),
    )
    causes = {(each.decision, by_rule.cause) for each in comparison.outcome_changes for by_rule in each.by_rule}
    assert causes == {("hosting", "rule 'call' belongs to another decision now"), ("plan", "rule 'call' is new")}
    assert comparison.lost_outcomes == ()


def test_titles_and_the_order_of_decisions_are_compared() -> None:
    first, second = hosting(), Decision("plan", "Your plan", [Rule(B, SMALL, "few", "few"), otherwise(LARGE, "else")])
    comparison = compare_rulesets(ruleset(first, second), ruleset(second, hosting(title="The place")))
    said = {(each.id, each.field): (each.old, each.new) for each in comparison.fields}
    assert said["hosting", "title"] == ("Where it runs", "The place")
    assert said["r", "order of decisions"] == ("hosting, plan", "plan, hosting")
    assert comparison.outcome_changes == ()


def test_a_new_option_says_what_it_leads_to_in_each_decision() -> None:
    place = Choice("place", "Where?", {"us": "US", "eu": "Europe"})
    more = Choice("place", "Where?", {"us": "US", "eu": "Europe", "asia": "Asia"})

    def asked(question: Choice) -> RuleSet:
        first = Decision("hosting", "Where it runs", [Rule(question.is_("us"), SERVER, "x"), otherwise(CLOUD, "x")])
        sections = [Section("all", "All", [question, B])]
        return RuleSet("r", title="R", sections=sections, decisions=[first, plan(first)])

    [(option, outcomes)] = compare_rulesets(asked(place), asked(more)).new_options.items()
    assert (option, list(outcomes)) == (("place", "asia"), ["cloud", "small", "large"])


def test_decisions_that_share_no_outcome_are_different_ones() -> None:
    others = [Outcome(name, name.title()) for name in ("one", "two")]
    third = Decision("third", "Third", [Rule(C, others[0], "x"), otherwise(others[1], "x")])
    comparison = compare_rulesets(ruleset(*both(hosting())), ruleset(hosting(), third))
    assert comparison.parts["decisions"].added == ("third",)
    assert comparison.parts["decisions"].removed == ("plan",)
    assert comparison.outcome_changes == ()


_LAW, _LARGE = yes_no("law"), yes_no("large")
_CLOUD, _OWN, _FREE, _PAID = (Outcome(id, id.title()) for id in ("cloud", "own", "free", "paid"))
_HOSTING = Decision("hosting", "Where it runs", [Rule(_LAW, _OWN, "x"), otherwise(_CLOUD, "y")])
_PLAN = Decision("plan", "Your plan", [Rule(_LARGE, _PAID, "x"), otherwise(_FREE, "y")])


def _deciding(*decisions: Decision, rules: Sequence[Rule] = ()) -> RuleSet:
    sections = [Section("all", "All", [_LAW, _LARGE])]
    return RuleSet("wiki", title="Wiki", sections=sections, decisions=decisions, rules=rules)


@pytest.mark.parametrize("write", [comparison_text, comparison_markdown])
@pytest.mark.parametrize(
    ("old", "new", "said", "unsaid"),
    [
        (
            _deciding(_HOSTING, _PLAN),
            _deciding(_HOSTING),
            [
                "All 4 combinations of answers get the same outcome in what both rule sets decide: “Where it runs”.",
                "Decision “Your plan” is gone, with “Paid” and “Free”.",
                "- plan is gone",
            ],
            ["any more", "hosting"],
        ),
        (
            _deciding(_HOSTING),
            _deciding(_HOSTING, _PLAN),
            ["in what both rule sets decide: “Where it runs”.", "Decision “Your plan” is new, with “Paid” and “Free”."],
            ["any more", "hosting"],
        ),
        (
            _deciding(_HOSTING, _PLAN),
            _deciding(rules=_HOSTING.rules),
            [
                "in what both rule sets decide: “Where it runs”.",
                "- hosting is all that the new rule set decides, in its rules",
                "Decision “Your plan” is gone, with “Paid” and “Free”.",
            ],
            ["any more", "hosting is gone"],
        ),
        (
            _deciding(rules=_HOSTING.rules),
            _deciding(_HOSTING, _PLAN),
            ["- hosting has the rules of the old rule set", "- plan is new"],
            ["hosting is new"],
        ),
        (
            _deciding(_HOSTING, _PLAN),
            _deciding(_HOSTING, dataclasses.replace(_PLAN, id="tariff")),
            ["All 4 combinations of answers get the same outcome. Other", "- plan has a new id, tariff"],
            ["is gone", "is new", "any more", "what both rule sets decide"],
        ),
    ],
)
def test_a_decision_of_one_side_is_no_loss_of_outcomes(
    old: RuleSet, new: RuleSet, said: list[str], unsaid: list[str], write: Any
) -> None:
    report = write(old, new, compare_rulesets(old, new))
    assert [each for each in said if each not in report] == []
    assert [each for each in unsaid if each in report] == []

"""What a comparison counts, against enumeration on random pairs of rule sets."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from assessor import (
    Case,
    Choice,
    Condition,
    Criterion,
    Date,
    Number,
    Question,
    Rule,
    RuleSet,
    Score,
    YesNo,
    assess,
    otherwise,
)
from assessor.compare import CaseChange, Comparison, ConditionChange, compare_rulesets
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Not, walk
from assessor.model.points import PointsComparison
from tests.support import oracle
from tests.support.assessor.samples import GO, STAY, ruleset_of
from tests.support.rulesets import random_answers, random_ruleset, thresholds

PAIRS = 200


@pytest.mark.parametrize("seed", range(PAIRS))
def test_it_agrees_with_enumeration(seed: int) -> None:
    old, new = random_pair(seed)
    comparison = compare_rulesets(old, new)
    assert shares(comparison) == enumerated(old, new)
    assert condition_shares(comparison) == enumerated_conditions(old, new)
    assert comparison.cases == tuple(judged_cases(old, new))


@pytest.mark.parametrize("seed", range(PAIRS))
def test_each_example_shows_its_change(seed: int) -> None:
    old, new = random_pair(seed)
    comparison = compare_rulesets(old, new)
    for change in comparison.outcome_changes:
        for by_rule in change.by_rule:
            before, after = assess(old, by_rule.old_example), assess(new, by_rule.example)
            assert before["outcome"] == (change.old or None)
            assert before["rule"] == (by_rule.old or None)
            assert after["outcome"] == (change.new or None)
            assert after["rule"] == (by_rule.new or None)
            assert by_rule.cause
    for each in comparison.condition_changes:
        assert shown_by(old, each, each.old_example) is (not each.holds)
        assert shown_by(new, each, each.example) is each.holds


def shown_by(ruleset: RuleSet, change: ConditionChange, answers: Any) -> bool | None:
    """Return whether answers make an action apply, a criterion hold or a question be asked; None while that is open."""
    assessment = assess(ruleset, answers)
    if change.kind == "criterion":
        return assessment["criteria"][change.id]
    if change.kind == "question":
        condition = ruleset.asked_when.get(change.id)
        truths = {condition is None or oracle.holds(condition, way) for way in oracle.completions(ruleset, answers)}
        return truths.pop() if len(truths) == 1 else None
    return None if change.id in assessment["actions"]["open"] else change.id in assessment["actions"]["apply"]


def test_a_rule_set_is_the_same_as_itself() -> None:
    for seed in range(40):
        ruleset = random_ruleset(random.Random(seed), most_estimates=0)
        comparison = compare_rulesets(ruleset, random_ruleset(random.Random(seed), most_estimates=0))
        assert comparison.is_same
        assert comparison.changed == 0
        assert comparison == compare_rulesets(ruleset, ruleset)


def random_pair(seed: int) -> tuple[RuleSet, RuleSet]:
    """Return a rule set with some cases, and the same with up to three changes."""
    rng = random.Random(seed)
    old = with_cases(rng, random_ruleset(rng, most_questions=5, most_rules=5, most_estimates=0))
    new = old
    for _ in range(rng.randint(1, 3)):
        new = rng.choice((changed_rules, changed_rules, changed_action, changed_criterion, changed_cases))(rng, new)
    return old, new


def with_cases(rng: random.Random, ruleset: RuleSet) -> RuleSet:
    """Return the rule set with other cases."""
    cases = [
        Case(f"case-{n}", "Someone", "", random_answers(rng, ruleset), rng.choice(ruleset.outcomes))  # type: ignore[arg-type]
        for n in range(rng.randint(0, 3))
    ]
    return dataclasses.replace(ruleset, cases=cases)


def changed_cases(rng: random.Random, old: RuleSet) -> RuleSet:
    """Return the rule set with one case fewer, or with other ones."""
    if old.cases and rng.random() < 0.5:
        return dataclasses.replace(old, cases=old.cases[1:])
    return with_cases(rng, old)


def changed_action(rng: random.Random, old: RuleSet) -> RuleSet:
    """Return the rule set with an action that applies elsewhere."""
    actions = list(old.actions)
    if not actions:
        return old
    place = rng.randrange(len(actions))
    if rng.random() < 0.5:
        under = rng.sample(old.outcomes, rng.randint(1, len(old.outcomes)))
        actions[place] = dataclasses.replace(actions[place], under=under)
    else:
        actions[place] = dataclasses.replace(actions[place], when=~actions[place].when)
    return dataclasses.replace(old, actions=actions)


def changed_criterion(rng: random.Random, old: RuleSet) -> RuleSet:
    """Return the rule set with a criterion that holds elsewhere, wherever it is used."""
    if not old.criteria:
        return old
    before = rng.choice(old.criteria)
    scores: dict[Score, Score] = {}
    # No criterion is within itself, so these scores are the ones that they become everywhere.
    after = dataclasses.replace(before, condition=~replaced(before.condition, before, before, scores))

    def put(condition: Any) -> Any:
        return replaced(condition, before, after, scores)

    return dataclasses.replace(
        old,
        criteria=[put(each) for each in old.criteria],
        scores=[replaced_in(each, before, after, scores) for each in old.scores],
        rules=[dataclasses.replace(rule, when=put(rule.when)) for rule in old.rules],
        actions=[dataclasses.replace(action, when=put(action.when)) for action in old.actions],
    )


def replaced_in(score: Score, before: Criterion, after: Criterion, scores: dict[Score, Score]) -> Score:
    """Return a score in which one criterion stands for another, the same each time."""
    if not any(before in walk(condition) for condition in score.conditions()):
        return score
    if score not in scores:
        points = {
            part if isinstance(part, Choice) else replaced(part, before, after, scores): given
            for part, given in score.points.items()
        }
        scores[score] = dataclasses.replace(score, points=points)
    return scores[score]


def replaced(condition: Condition, before: Criterion, after: Criterion, scores: dict[Score, Score]) -> Condition:
    """Return a condition in which one criterion stands for another."""
    if condition == before:
        return after
    if isinstance(condition, (Not, Criterion)):
        return dataclasses.replace(condition, condition=replaced(condition.condition, before, after, scores))
    if isinstance(condition, PointsComparison):
        score, *others = (replaced_in(each, before, after, scores) for each in condition.scores)
        return dataclasses.replace(condition, score=score, other=others[0] if others else None)
    if isinstance(condition, (AllOf, AnyOf, AtLeast)):
        parts = tuple(replaced(each, before, after, scores) for each in condition.conditions)
        return dataclasses.replace(condition, conditions=parts)
    return condition


def changed_rules(rng: random.Random, old: RuleSet) -> RuleSet:
    """Return a rule set with other rules."""
    rules = list(old.rules)
    last = [rules.pop()] if rules[-1].id == "otherwise" else []
    kind = rng.randrange(5)
    if kind == 0 and len(rules) > 1:
        rng.shuffle(rules)
    elif kind == 1 and len(rules) > 1:
        rules.pop(rng.randrange(len(rules)))
    elif kind == 2:
        place = rng.randrange(len(rules)) if rules else 0
        extra = rng.choice(rules) if rules else last[0]
        rules.insert(place, Rule(extra.when, rng.choice(old.outcomes), "another way", id=f"extra-{len(rules)}"))
    elif kind == 3 and rules:
        place = rng.randrange(len(rules))
        rules[place] = dataclasses.replace(rules[place], when=~rules[place].when)
    elif rules:
        place = rng.randrange(len(rules))
        rules[place] = dataclasses.replace(rules[place], then=rng.choice(old.outcomes))
    return dataclasses.replace(old, rules=[*rules, *last] or old.rules)


def shares(comparison: Comparison) -> dict[tuple[str, str, str, str], Fraction]:
    """Return the share of each change of outcome, by the rules that decided and decide."""
    return {
        (change.old, change.new, by_rule.old, by_rule.new): comparison.share(by_rule.count)
        for change in comparison.outcome_changes
        for by_rule in change.by_rule
    }


def enumerated(old: RuleSet, new: RuleSet) -> dict[tuple[str, str, str, str], Fraction]:
    """Return the same, by trying every combination of answers."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    total = 0
    for answers in every_combination(old, new):
        total += 1
        before, after = decided(old, answers), decided(new, answers)
        if before[0] != after[0]:
            found[before[0], after[0], before[1], after[1]] += 1
    return {key: Fraction(count, total) for key, count in found.items()}


def decided(ruleset: RuleSet, answers: dict[str, Any]) -> tuple[str, str]:
    """Return the outcome and the rule."""
    place = oracle.decide(ruleset.rules, answers)
    return ("", "") if place is None else (ruleset.rules[place].then.id, ruleset.rules[place].id)


def condition_shares(comparison: Comparison) -> dict[tuple[str, str, bool], Fraction]:
    """Return the share of each change of what applies, holds or is asked."""
    return {(each.kind, each.id, each.holds): comparison.share(each.count) for each in comparison.condition_changes}


def enumerated_conditions(old: RuleSet, new: RuleSet) -> dict[tuple[str, str, bool], Fraction]:
    """Return the same, by trying every combination of answers."""
    found: Counter[tuple[str, str, bool]] = Counter()
    total = 0
    for answers in every_combination(old, new):
        total += 1
        before, after = truths(old, answers), truths(new, answers)
        for key in before.keys() & after.keys():
            if before[key] != after[key]:
                found[key[0], key[1], after[key]] += 1
    return {key: Fraction(count, total) for key, count in found.items()}


def truths(ruleset: RuleSet, answers: dict[str, Any]) -> dict[tuple[str, str], bool]:
    """Return which actions apply, criteria hold and questions are asked."""
    verdict = oracle.judge(ruleset, answers)
    return {
        **{("action", each.id): each.id in verdict["actions"]["apply"] for each in ruleset.actions},
        **{("criterion", name): truth is True for name, truth in verdict["criteria"].items()},
        **{("question", each.id): each.id not in verdict["unasked"] for each in ruleset.questions},
    }


def judged_cases(old: RuleSet, new: RuleSet) -> Iterator[CaseChange]:
    """Yield the cases of either that get another outcome, a case of one alone by its answers."""
    before, after = ({case.id: dict(case.answers) for case in ruleset.cases} for ruleset in (old, new))
    for name in dict.fromkeys([*before, *after]):
        given = before.get(name, after.get(name, {})), after.get(name, before.get(name, {}))
        outcomes = [advice(ruleset, answers) for ruleset, answers in zip((old, new), given, strict=True)]
        if outcomes[0] != outcomes[1]:
            yield CaseChange(name, outcomes[0], outcomes[1], answers_changed=given[0] != given[1])


def advice(ruleset: RuleSet, answers: dict[str, Any]) -> str | None:
    """Return the outcome, an empty string where no rule decides, None while it is open."""
    verdict = oracle.judge(ruleset, answers)
    return "" if verdict["gap"] and not verdict["possible"] else verdict["outcome"]


def every_combination(old: RuleSet, new: RuleSet) -> Iterator[dict[str, Any]]:
    """Yield an answer to every question, for each combination of cells of both rule sets that both offer."""
    values = [answers(old, new, question) for question in old.questions]
    for each in itertools.product(*values):
        way = dict(zip((question.id for question in old.questions), each, strict=True))
        if oracle.is_valid(old, way) and oracle.is_valid(new, way):
            yield way


def answers(old: RuleSet, new: RuleSet, question: Question) -> list[Any]:
    """Return one answer of each cell."""
    if isinstance(question, Choice):
        return list(question.option_ids)
    if isinstance(question, (Number, Date)):
        return [question.minimum, *sorted({*thresholds(old, question), *thresholds(new, question)})]
    return [False, True]


def up_to_five(operator: str, threshold: float, **more: Any) -> RuleSet:
    """Return a rule set that decides by the number of users."""
    users = Number("users", "How many users?", minimum=0, maximum=9, **more)
    condition = getattr(users, f"__{operator}__")(threshold)
    return ruleset_of([users], [Rule(condition, GO, "few"), otherwise(STAY, "many")])


def test_at_most_five_whole_users_are_fewer_than_six() -> None:
    for old, new in itertools.permutations(
        [up_to_five("le", 5, step=1), up_to_five("lt", 6, step=1), up_to_five("le", 5.5, step=1)], 2
    ):
        assert list(compare_rulesets(old, new).outcome_changes) == []
    # Where 5.5 is an answer to one of them only, it is none to compare.
    for old, new in itertools.permutations([up_to_five("le", 5, step=1), up_to_five("lt", 5.5)], 2):
        comparison = compare_rulesets(old, new)
        assert (list(comparison.outcome_changes), comparison.total) == ([], 2)


def test_the_answer_at_a_threshold_is_the_example_of_its_side() -> None:
    for more, example in (({}, 5), ({"step": 1}, 5)):
        [change] = compare_rulesets(up_to_five("lt", 5, **more), up_to_five("le", 5, **more)).outcome_changes
        assert [(each.old_example, each.example) for each in change.by_rule] == [({"users": example},) * 2]
    [change] = compare_rulesets(up_to_five("le", 5), up_to_five("le", 7)).outcome_changes
    assert [each.example for each in change.by_rule] == [{"users": 6}]


def places(**options: Any) -> RuleSet:
    """Return a rule set with a question and an option that may have other ids."""
    asked = YesNo(options.get("asked", "pager"), "Is there a pager?", formerly=options.get("formerly", ()))
    own = options.get("own", "self")
    place = Choice(
        "place", "Where?", {own: "Our own machines", "any": "Anywhere"}, formerly=options.get("former_options", ())
    )
    return ruleset_of([asked, place], [Rule(asked & place.is_(own), GO, "x"), otherwise(STAY, "y")])


def test_what_to_write_for_a_new_id_is_proposed() -> None:
    comparison = compare_rulesets(places(), places(asked="phone", own="own"))
    assert comparison.lines_to_write == (
        'YesNo("phone", …, formerly=["pager"])',
        'Choice("place", …, formerly={"own": "self"})',
    )
    written = places(asked="phone", own="own", formerly=["pager"], former_options={"own": "self"})
    comparison = compare_rulesets(places(), written)
    assert comparison.lines_to_write == ()
    assert comparison.parts["questions"].renamed == {"pager": "phone"}
    assert comparison.options["place"].renamed == {"self": "own"}
    assert compare_rulesets(places(asked="phone", own="own"), written).is_same


def test_an_id_that_it_had_counts_also_where_the_wording_changed() -> None:
    new = dataclasses.replace
    old = places()
    question = new(old.questions[0], id="phone", wording="Is there a phone?", formerly=("pager",))
    place = old.questions[1]
    assert isinstance(question, YesNo)
    assert isinstance(place, Choice)
    changed = ruleset_of([question, place], [Rule(question & place.is_("self"), GO, "x"), otherwise(STAY, "y")])
    assert compare_rulesets(old, changed).parts["questions"].renamed == {"pager": "phone"}

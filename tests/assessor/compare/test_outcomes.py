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

from assessor import Choice, Number, Question, Rule, RuleSet, assess
from assessor.compare import Comparison, compare_rulesets
from tests.support import oracle
from tests.support.rulesets import random_ruleset, thresholds

PAIRS = 100


@pytest.mark.parametrize("seed", range(PAIRS))
def test_counts_agree_with_enumeration(seed: int) -> None:
    rng = random.Random(seed)
    old = random_ruleset(rng, most_questions=5, most_rules=5, most_estimates=0)
    new = changed(rng, old)
    comparison = compare_rulesets(old, new)
    assert shares(comparison) == enumerated(old, new)


@pytest.mark.parametrize("seed", range(PAIRS))
def test_each_example_shows_its_change(seed: int) -> None:
    rng = random.Random(seed)
    old = random_ruleset(rng, most_questions=5, most_rules=5, most_estimates=0)
    new = changed(rng, old)
    for change in compare_rulesets(old, new).outcome_changes:
        for by_rule in change.by_rule:
            before, after = assess(old, by_rule.old_example), assess(new, by_rule.example)
            assert before["outcome"] == (change.old or None)
            assert before["rule"] == (by_rule.old or None)
            assert after["outcome"] == (change.new or None)
            assert after["rule"] == (by_rule.new or None)
            assert by_rule.cause


def test_a_rule_set_is_the_same_as_itself() -> None:
    for seed in range(40):
        ruleset = random_ruleset(random.Random(seed), most_estimates=0)
        comparison = compare_rulesets(ruleset, random_ruleset(random.Random(seed), most_estimates=0))
        assert comparison.is_same
        assert comparison.changed == 0
        assert comparison == compare_rulesets(ruleset, ruleset)


def changed(rng: random.Random, old: RuleSet) -> RuleSet:
    """Return a rule set in which something about the rules, or a question, is another way."""
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
        rules.insert(place, Rule(extra.when, rng.choice(old.outcomes), "another way", id="extra"))
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
    place = oracle.decide(ruleset, answers)
    return ("", "") if place is None else (ruleset.rules[place].then.id, ruleset.rules[place].id)


def every_combination(old: RuleSet, new: RuleSet) -> Iterator[dict[str, Any]]:
    """Yield an answer to every question, for each combination of cells of both rule sets."""
    values = [answers(old, new, question) for question in old.questions]
    for each in itertools.product(*values):
        yield dict(zip((question.id for question in old.questions), each, strict=True))


def answers(old: RuleSet, new: RuleSet, question: Question) -> list[Any]:
    """Return one answer of each cell."""
    if isinstance(question, Choice):
        return list(question.option_ids)
    if isinstance(question, Number):
        return [question.minimum, *sorted({*thresholds(old, question), *thresholds(new, question)})]
    return [False, True]

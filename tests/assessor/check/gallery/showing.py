"""Whether a finding's example shows what the finding says it does, as `assess` tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assessor import Assessment, Rule, RuleSet, assess
from assessor.assessment.results import DecisionAssessment, each_decision
from assessor.findings.finding import Finding
from assessor.model.estimates.conditional import Conditional, cases_in
from tests.support.oracle import completions, decided, holds

WITHOUT_EXAMPLE = (
    "always-true",
    "never-true",
    "cancelled-term",
    "double-negative",
    "doubtful-number-in-rules",
    "fact-between-steps",
    "fact-for-pages",
    "future-fact",
    "invalid-rule-set",
    "long-section",
    "missing-f-prefix",
    "outdated-fact",
    "points-in-reach",
    "points-never-decide",
    "threshold-between-steps",
    "unused-acceptance",
    "unquoted-number",
    "unused-criterion",
)
"""The codes whose findings no answers can show."""


def assert_shown(ruleset: RuleSet, finding: Finding, found: Assessment | None = None) -> None:
    """Assert that an example shows what it is to show.

    Args:
        ruleset: The rule set.
        finding: The finding.
        found: The assessment of the example; worked out by default.
    """
    assert (finding.witness is None) == (finding.code in WITHOUT_EXAMPLE), finding
    assert (finding.witness is None) == (not finding.shows), finding
    if finding.witness is not None:
        _SHOWN[finding.code](ruleset, finding, found or assess(ruleset, finding.witness))


def named(text: str) -> list[str]:
    """Return the ids that a text names."""
    return re.findall(r"'([a-z0-9-]+)'", text)


def case_of(ruleset: RuleSet, finding: Finding) -> Conditional:
    """Return the case of an estimate that a finding shows: "case 2 of estimate 'cost' …"."""
    name = named(finding.shows)[0]
    (estimate,) = (each for each in ruleset.estimates if each.id == name)
    return cases_in(estimate.formula)[int(finding.shows.split()[1]) - 1]


def _idle(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    case = case_of(ruleset, finding)
    if finding.shows.endswith("gives the same"):
        assert case.then == case.otherwise
        return
    truths = {holds(case.condition, way) for way in completions(ruleset, finding.witness or {})}
    assert truths == {finding.shows.endswith("its condition holds")}


def _gap(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    decisions = [each.id for each in ruleset.decisions]
    lacking = each_decision(found)[decisions.index(named(finding.shows)[0]) if len(decisions) > 1 else 0]
    assert lacking["gap"]
    assert not lacking["possible"]


def _never_fires(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (rule,) = named(finding.shows)
    assert finding.message.startswith(f"Rule {rule!r} never decides")
    assert _holds(ruleset, rule, finding)
    _assert_earlier_rule_decides(ruleset, rule, found)


def _assert_earlier_rule_decides(ruleset: RuleSet, rule: str, found: Assessment) -> None:
    rules = _decision(ruleset, rule, found)["rules"]
    assert rules
    assert all(_place(ruleset, each) < _place(ruleset, rule) for each in rules)


def _changes_nothing(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (rule,) = named(finding.shows)
    without = [each for each in _rules_with(ruleset, rule) if each.id != rule]
    here = _decision(ruleset, rule, found)
    assert here["rule"] == rule
    ways = list(completions(ruleset, finding.witness or {}))
    assert decided(without, ways)["outcome"] == here["outcome"] is not None


def _redundant(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    first, *more = named(finding.shows)
    if finding.shows.startswith("an earlier rule decides"):
        _assert_earlier_rule_decides(ruleset, first, found)
    elif finding.shows.startswith("the outcome is"):
        assert first in [each["outcome"] for each in each_decision(found)]
        assert len(more) == 1
    elif finding.shows.startswith("criterion"):
        assert found["criteria"][first] is True
    elif finding.shows.startswith("action"):
        assert first in found["actions"]["apply"]
    elif finding.shows.startswith("question"):
        assert first not in found["unasked"]
    elif finding.shows.startswith("option"):
        assert first not in found["unoffered"].get(more[0], ())
    elif finding.shows.startswith("the asked_when of"):
        parts = ruleset.sections if " section " in finding.shows else ruleset.questions
        (condition,) = (each.asked_when for each in parts if each.id == first)
        assert condition is not None
        assert all(holds(condition, way) for way in completions(ruleset, finding.witness or {}))
    elif finding.shows.startswith("case"):
        condition = case_of(ruleset, finding).condition
        assert all(holds(condition, way) for way in completions(ruleset, finding.witness or {}))
    elif finding.shows.startswith("score"):
        assert any(each["high"] or each["low"] for each in found["scores"][first]["terms"])
    else:
        assert finding.shows.startswith("rule")
        assert _holds(ruleset, first, finding)


def _unreachable(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (outcome,) = named(finding.shows)
    assert not any(outcome in each["possible"] for each in each_decision(found))


def _never_applies(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (outcome,) = named(finding.shows)
    action = named(finding.message)[0]
    assert outcome in [each["outcome"] for each in each_decision(found)]
    assert outcome in [each.id for action_ in ruleset.actions if action_.id == action for each in action_.under]
    assert action not in [*found["actions"]["apply"], *found["actions"]["open"]]


def _unused(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (question,) = named(finding.shows)
    assert question in found["irrelevant"]
    assert not _matters(question, found)


def _alike(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    assert finding.witness
    # What offers the options comes before.
    *offering, (question, option) = finding.witness.items()
    others = named(finding.shows)
    assert others
    assert option not in others
    for other in others:
        also = assess(ruleset, {**dict(offering), question: other})
        for key in ("actions", "unasked"):
            assert also[key] == found[key], (other, key)
        assert _effects(also) == _effects(found), other


def _effects(found: Assessment) -> list[list[object]]:
    return [
        [each["possible"], each["gap"], each["rules"], each["matters"], each["counts"]] for each in each_decision(found)
    ]


def _matters_unasked(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (question,) = named(finding.shows)
    assert question in found["unasked"]
    assert _matters(question, found) or any(question in each for each in found["matters_to"]["estimates"].values())


def _in_vain(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (question,) = named(finding.shows)
    assert question not in found["unasked"]
    assert question in found["open"]
    assert not _matters(question, found)


def _wrong_case(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    case = next(case for case in ruleset.cases if case.id == named(finding.message)[0])
    decisions = [each.id for each in ruleset.decisions]
    told = [each for each in named(finding.message)[1:] if each not in decisions]
    wanted = [each.id for each in (case.outcome, *case.also) if each.id in told]
    here = next((each for each in each_decision(found) if set(wanted) & set(each["counts"])), found)
    if "open: " in finding.message and "leave it" not in finding.message:
        assert not here["settled"]
        assert told == [*wanted, *here["possible"]]
    elif " give " in finding.message:
        assert told == [*wanted, here["outcome"]]
        assert here["outcome"] not in wanted
    elif "to stay open" in finding.message:
        assert told == [here["outcome"]]
    elif "be decided by" in finding.message:
        assert told == [case.rule, *found["rules"]]
        assert found["rule"] != case.rule
    elif "does not apply" in finding.message:
        assert not set(told) & set(found["actions"]["apply"])
    else:
        assert set(told) <= set(found["actions"]["apply"])
        assert not set(told) & set(case.actions or ())


def _overlap(ruleset: RuleSet, finding: Finding, found: Assessment) -> None:
    (first,) = named(finding.shows)
    second = next(each for each in named(finding.message) if each != first and _is_rule(ruleset, each))
    assert _decision(ruleset, first, found)["rule"] == first
    assert second in [each.id for each in _rules_with(ruleset, first)]
    assert _holds(ruleset, second, finding)


_SHOWN: Mapping[str, Callable[[RuleSet, Finding, Assessment], None]] = {
    "gap": _gap,
    "rule-never-fires": _never_fires,
    "rule-changes-nothing": _changes_nothing,
    "implied-by-order": _redundant,
    "redundant-condition": _redundant,
    "unreachable-outcome": _unreachable,
    "action-never-applies": _never_applies,
    "unused-question": _unused,
    "alike-options": _alike,
    "matters-unasked": _matters_unasked,
    "asked-in-vain": _in_vain,
    "wrong-case": _wrong_case,
    "overlap": _overlap,
    "idle-case": _idle,
}


def _matters(question: str, found: Assessment) -> bool:
    return question in found["matters"] or any(question in each for each in found["matters_to"]["actions"].values())


def _place(ruleset: RuleSet, rule: str) -> int:
    return [each.id for each in ruleset.rules].index(rule)


def _rules_with(ruleset: RuleSet, rule: str) -> Sequence[Rule]:
    """Return the rules of the decision that has a rule."""
    return next(rules for rules in ruleset.rules_by_decision if rule in [each.id for each in rules])


def _decision(ruleset: RuleSet, rule: str, found: Assessment) -> DecisionAssessment:
    """Return what an assessment says of the decision that has a rule."""
    return each_decision(found)[ruleset.rules_by_decision.index(_rules_with(ruleset, rule))]


def _is_rule(ruleset: RuleSet, name: str) -> bool:
    return any(rule.id == name for rule in ruleset.rules)


def _holds(ruleset: RuleSet, rule: str, finding: Finding) -> bool:
    """Say whether a rule holds with the example, however the rest is answered."""
    when = ruleset.rules[_place(ruleset, rule)].when
    return all(holds(when, way) for way in completions(ruleset, finding.witness or {}))

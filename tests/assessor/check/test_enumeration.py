"""What is found is what trying all answers finds, in the gallery and in random rule sets: no more, and no less."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from assessor import RuleSet
from assessor.check import check_ruleset
from assessor.check.conditions import redundant_parts
from assessor.check.owners import owners, quoted
from assessor.findings.finding import Finding
from assessor.logic.proofs import proofs_of
from assessor.model.conditions import Condition, Criterion
from assessor.model.questions.choices import Is
from tests.assessor.check.enumeration import Enumeration, parts_within, without_one_part
from tests.assessor.check.gallery import (  # noqa: F401 - they fill the gallery
    defects_constants,
    defects_dates,
    defects_decisions,
    defects_outcomes,
    defects_parts,
    defects_points,
    defects_questions,
    defects_redundancy,
    defects_rules,
    sound,
)
from tests.assessor.check.gallery.gallery import DEFECTS, SOUND, Maker
from tests.assessor.check.gallery.showing import assert_shown, named
from tests.support.oracle import known
from tests.support.rulesets import random_ruleset
from tests.support.solver import Solver

pytestmark = pytest.mark.slow

CHUNK = 250
MOST_WAYS = 300


def rulesets(start: int, most_decisions: int) -> Iterator[RuleSet]:
    """Yield random rule sets that are small enough."""
    for number in range(start, start + CHUNK):
        rng = random.Random(number)
        while True:
            ruleset = random_ruleset(
                rng, most_questions=5, most_rules=5, most_estimates=1, most_decisions=most_decisions
            )
            if len(Enumeration(ruleset).ways) <= MOST_WAYS:
                yield ruleset
                break


@pytest.mark.parametrize(("start", "most_decisions"), [(0, 1), (CHUNK, 1), (0, 3)])
def test_random_rule_sets(start: int, most_decisions: int) -> None:
    seen: Counter[str] = Counter()
    for ruleset in rulesets(start, most_decisions):
        findings = compare(ruleset)
        seen.update(each.code for each in findings)
    assert min(seen[code] for code in (*EXACT, *PARTS)) > 0, seen


LARGE = ("a_section_of_forty_ticks", "a_section_of_twenty_questions", "a_section_that_fills_a_screen")
GALLERY = [each for each in (*(each.make for each in DEFECTS), *SOUND) if each.__name__ not in LARGE]


@pytest.mark.parametrize("make", GALLERY, ids=lambda each: each.__name__)
def test_the_gallery(make: Maker) -> None:
    compare(make())


EXACT = (
    "gap",
    "rule-never-fires",
    "rule-changes-nothing",
    "unreachable-outcome",
    "action-never-applies",
    "unused-question",
    "cancelled-term",
    "idle-case",
    "alike-options",
    "matters-unasked",
    "asked-in-vain",
    "points-never-decide",
    "points-in-reach",
    "overlap",
)
PARTS = ("redundant-condition", "implied-by-order", "always-true", "never-true")


def compare(ruleset: RuleSet) -> list[Finding]:
    """Assert that what is found is what trying all answers finds, and that each example shows it."""
    findings = check_ruleset(ruleset)
    tried = Enumeration(ruleset)
    found = [(each.code, subject(ruleset, each)) for each in findings if each.code in EXACT]
    # Several terms may cancel out one question, and points may be given twice for one thing.
    once = [each for each in found if each[0] not in ("cancelled-term", "points-never-decide")]
    assert len(set(once)) == len(once)
    assert set(found) == tried.found()
    for each in findings:
        assert_shown(ruleset, each)
        if each.code == "rule-never-fires":
            assert_covered(tried, each)
        if each.code == "gap":
            assert_needed(tried, each, subject(ruleset, each))
    assert_constants(tried, findings)
    assert_redundancy(tried)
    return findings


def assert_needed(tried: Enumeration, gap: Finding, decision: str) -> None:
    """Assert that none of the answers that no rule decides can be left out."""
    witness = dict(gap.witness or {})
    fired_by = (
        tried.fired[[each.id for each in tried.ruleset.decisions].index(decision)] if decision else tried.fired[0]
    )
    for left_out in witness:
        # An answer may be needed so that an option of another question is offered.
        kept = known(tried.ruleset, {name: value for name, value in witness.items() if name != left_out})
        ways = zip(tried.ways, fired_by, strict=True)
        fired = [rule for way, rule in ways if all(way[name] == value for name, value in kept.items())]
        assert set(fired) != {None}, left_out


def subject(ruleset: RuleSet, finding: Finding) -> str:
    """Return what a finding is about, as the enumeration names it."""
    asked = next((each.id for each in ruleset.questions if f"question “{each.wording}”" in finding.message), "")
    if finding.code == "gap":
        return "".join(re.findall(r"^Decision '([^']+)' has no otherwise", finding.message))
    if finding.code in ("unused-question", "matters-unasked", "asked-in-vain"):
        return asked
    if finding.code == "cancelled-term":
        return asked or named(finding.message)[0]
    if finding.code == "idle-case":
        return f"{finding.message.split()[1]} {named(finding.message)[0]}"
    if finding.code == "alike-options":
        options, _, _ = finding.message.partition(" of the question ")
        return f"{asked}: {', '.join(named(options))}"
    if finding.code == "unreachable-outcome":
        return named(finding.shows)[0]
    if finding.code == "points-never-decide":
        score = named(finding.message)[0]
        what = finding.message
        said = [
            each
            for found in re.findall(r"for (?:option '(.*)' of )?(?:question )?“(.*)” never decide: ", what)
            for each in found
            if each
        ]
        return " ".join([score, *said])
    if finding.code == "points-in-reach":
        number = r"(-?\d[\d,]*(?:\.\d+)?)"
        ranges = re.findall(rf"'([a-z0-9-]+)'(?: has|,) {number}(?:(?:–| to ){number})?", finding.message)
        ends = [(name, *(float(end.replace(",", "")) for end in (low, high or low))) for name, low, high in ranges]
        return " ".join(sorted(f"{name} {low:g} {high:g}" for name, low, high in ends))
    if finding.code == "overlap":
        return " ".join(re.findall(r"rule '([^']+)' \(", finding.message))
    return named(finding.message)[0]


def assert_covered(tried: Enumeration, finding: Finding) -> None:
    """Assert that the rules named cover, that none of them can be left out, and that one is named where one will do."""
    ids = [rule.id for rule in tried.ruleset.rules]
    (tail,) = re.findall(r"(?:, one of the rules|, rule) ('.*) before it holds, too\.$", finding.message)
    cover = [ids.index(each) for each in named(tail)]
    place = ids.index(named(finding.shows)[0])
    earlier = range(tried.decisions[tried.decision_of(place)].start, place)
    holding = [number for number, holds in enumerate(tried.when[place]) if holds]

    def covers(places: list[int]) -> bool:
        return all(any(tried.when[each][number] for each in places) for number in holding)

    assert all(each in earlier for each in cover)
    assert covers(cover)
    assert not any(covers([each for each in cover if each != left_out]) for left_out in cover)
    if any(covers([each]) for each in earlier):
        assert len(cover) == 1


_OWNER = (
    r"(?:option '[^']+' of question|rule|criterion|action|section|question|condition \d+ of score|"
    r"case \d+ of estimate) '[^']+'"
)


def assert_constants(tried: Enumeration, findings: list[Finding]) -> None:
    """Assert that conditions that are constant, or have such a part, are found, and no others."""
    found: dict[str, set[str]] = {}
    for each in findings:
        if each.code in ("always-true", "never-true"):
            name = re.findall(_OWNER, each.message, re.IGNORECASE)[0].lower()
            found.setdefault(name, set()).add(each.code)
    for owner in owners(tried.ruleset):
        name = owner.name.lower().removeprefix("the asked_when of ")
        codes = {constant(tried, owner.condition)} - {""}
        parts = list(parts_within(owner.condition))
        codes = codes or {constant(tried, part) for part in parts if not isinstance(part, Criterion)} - {""}
        if any(constant(tried, part) for part in parts if isinstance(part, Criterion) or is_partial(part)):
            # What is so because of a criterion, or of an option that is never offered, is found there.
            assert found.get(name, set()) <= codes
        else:
            assert bool(found.get(name)) == bool(codes), name
            assert found.get(name, set()) <= codes


def is_partial(condition: Condition) -> bool:
    """Say whether a condition is about some options of a choice, and not about all."""
    return isinstance(condition, Is) and len(condition.options) < len(condition.question.options)


def constant(tried: Enumeration, condition: Condition) -> str:
    """Return the code of a condition that is constant, or nothing."""
    truth = set(tried.truth(condition))
    return "" if len(truth) > 1 else "always-true" if True in truth else "never-true"


def assert_redundancy(tried: Enumeration) -> None:
    """Assert that each part found can go, after those found before, and that no other part can go then."""
    proofs = proofs_of(tried.ruleset)
    findings = [each for owner in owners(tried.ruleset) for each in redundant_parts(proofs, owner)]

    def is_constant(condition: Condition) -> bool:
        return bool(constant(tried, condition))

    for owner in owners(tried.ruleset):
        mine = [each for each in findings if each.message.startswith(f"{owner.name} needs no ")]
        condition = owner.condition
        for finding in mine:
            dropped = [
                rest
                for part, rest in without_one_part(condition, is_constant)
                if finding.message.startswith(f"{owner.name} needs no {quoted(tried.ruleset, part)}:")
                and not constant(tried, part)
                and same_effect(tried, owner.rule, condition, rest, finding)
            ]
            assert dropped, finding
            condition = dropped[0]
        if owner.rule is not None:
            is_in_vain = can_go(tried, owner.rule)
        else:
            is_in_vain = bool(owner.action) and not any(tried.applies[owner.action])
        if constant(tried, owner.condition) or is_in_vain:
            assert not mine
            continue
        for part, rest in without_one_part(condition, is_constant):
            if not constant(tried, part):
                assert not same_effect(tried, owner.rule, condition, rest), (owner.name, quoted(tried.ruleset, part))


def same_effect(
    tried: Enumeration, rule: int | None, condition: Condition, other: Condition, finding: Finding | None = None
) -> bool:
    """Say whether another condition in the place of one has the same effect, for the reason that a finding gives."""
    before, after = tried.truth(condition), tried.truth(other)
    if rule is None:
        return before == after
    if finding is not None and "the rest of its condition" in finding.message:
        return before == after
    if finding is not None and finding.code == "implied-by-order":
        earlier = tried.when[tried.decisions[tried.decision_of(rule)].start : rule]
        reached = [not any(when[way] for when in earlier) for way in range(len(tried.ways))]
        return all(not here or one == two for here, one, two in zip(reached, before, after, strict=True))
    return tried.outcome_if(rule, before) == tried.outcome_if(rule, after)


def can_go(tried: Enumeration, rule: int) -> bool:
    """Say whether every outcome would be the same without a rule."""
    return tried.outcome_without(rule) == tried.outcome[tried.decision_of(rule)]


def confirm(ruleset: RuleSet, seen: Counter[str]) -> None:
    """Let z3 confirm which rules never decide, and whether there is a gap."""
    findings = check_ruleset(ruleset)
    solver = Solver(ruleset)
    never = {named(each.message)[0] for each in findings if each.code == "rule-never-fires"}
    gaps = {subject(ruleset, each): each for each in findings if each.code == "gap"}
    decisions = [each.id for each in ruleset.decisions] if len(ruleset.decisions) > 1 else [""]
    for decision, rules in zip(decisions, ruleset.rules_by_decision, strict=True):
        conditions = [solver.holds(rule.when, solver.one) for rule in rules]
        for place, rule in enumerate(rules):
            holds, earlier = conditions[place], [solver.no(each) for each in conditions[:place]]
            is_covered = solver.is_satisfiable(holds) and not solver.is_satisfiable(*earlier, holds)
            assert is_covered == (rule.id in never), rule.id
            seen["rule-never-fires"] += is_covered
        has_gap = solver.is_satisfiable(*map(solver.no, conditions))
        assert has_gap == (decision in gaps)
        seen["gap"] += has_gap
        if has_gap:
            witness = gaps[decision].witness or {}
            given = [solver.equals(solver.one, name, value) for name, value in witness.items()]
            assert not any(solver.is_satisfiable(*given, condition) for condition in conditions)


def test_z3_confirms_gaps_and_rules_that_never_decide() -> None:
    seen: Counter[str] = Counter()
    for make in (*(each.make for each in DEFECTS), *SOUND):
        confirm(make(), seen)
    for seed in range(40):
        ruleset = random_ruleset(
            random.Random(seed), most_questions=14, most_rules=12, most_estimates=0, most_decisions=1 + seed % 3
        )
        confirm(ruleset, seen)
    assert min(seen["gap"], seen["rule-never-fires"]) > 8, seen

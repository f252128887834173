"""Parts of conditions that can be left out, and nothing is decided otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assessor.checking.findings import Finding
from assessor.checking.owners import Owner, owners
from assessor.checking.phrases import quoted
from assessor.checking.proofs import Proofs
from assessor.conditions import AllOf, AnyOf, AtLeast, Condition, Criterion, Not
from assessor.diagram import FALSE, TRUE


def redundant_parts(proofs: Proofs) -> Iterator[Finding]:
    """Find parts of conditions that can be left out: of a rule, without changing any outcome."""
    for owner in owners(proofs.ruleset):
        if proofs.compile(owner.condition) in (TRUE, FALSE) or _is_in_vain(proofs, owner):
            continue
        condition = owner.condition
        for makes_no_difference, finding in (
            (_never, _repeated),
            (_after_earlier_rules, _implied),
            (_to_the_outcome, _made_good),
        ):
            while (found := _first_redundant(proofs, owner, condition, makes_no_difference)) is not None:
                part, without = found
                changed = proofs.differ(proofs.compile(condition), proofs.compile(without))
                yield finding(proofs, owner, part, changed)
                condition = without


def _is_in_vain(proofs: Proofs, owner: Owner) -> bool:
    """Say whether a rule or an action as a whole can be left out, which is found as such."""
    if owner.action:
        return proofs.applies[owner.action] == FALSE
    return owner.rule is not None and proofs.changes_nothing(owner.rule)


def _never(proofs: Proofs, owner: Owner, changed: int) -> bool:
    return changed == FALSE


def _after_earlier_rules(proofs: Proofs, owner: Owner, changed: int) -> bool:
    return owner.rule is not None and proofs.implies(changed, proofs.before[owner.rule])


def _to_the_outcome(proofs: Proofs, owner: Owner, changed: int) -> bool:
    if owner.rule is None:
        return False
    reached = proofs.both(changed, proofs.no(proofs.before[owner.rule]))
    return proofs.implies(reached, proofs.gives(owner.rule + 1, proofs.ruleset.rules[owner.rule].then.id))


def _repeated(proofs: Proofs, owner: Owner, part: Condition, changed: int) -> Finding:
    holds = proofs.applies[owner.action] if owner.action else proofs.compile(owner.condition)
    return Finding(
        "redundant-condition",
        owner.location,
        f"{owner.name} needs no {quoted(part)}: the rest of its condition says the same for all answers.",
        "Leave it out, or ask what was meant.",
        proofs.witness(proofs.both(holds, proofs.compile(part))) or proofs.witness(holds),
        f"{owner.holds}, with that part or without it",
    )


def _implied(proofs: Proofs, owner: Owner, part: Condition, changed: int) -> Finding:
    return Finding(
        "implied-by-order",
        owner.location,
        f"{owner.name} needs no {quoted(part)}: wherever that makes a difference, an earlier rule has decided.",
        "Nothing, if the rule is to be read by itself; else leave it out.",
        proofs.witness(changed),
        f"an earlier rule decides, whether {owner.holds} or not",
    )


def _made_good(proofs: Proofs, owner: Owner, part: Condition, changed: int) -> Finding:
    assert owner.rule is not None
    outcome = proofs.ruleset.rules[owner.rule].then
    return Finding(
        "redundant-condition",
        owner.location,
        f"{owner.name} needs no {quoted(part)}: wherever that makes a difference, the outcome is {outcome.title!r} "
        "all the same.",
        "Leave it out; or, if the rule is to be read by itself, accept this finding in a comment.",
        proofs.witness(proofs.both(changed, proofs.no(proofs.before[owner.rule]))),
        f"the outcome is {outcome.id!r}, whether {owner.holds} or not",
    )


def _first_redundant(
    proofs: Proofs, owner: Owner, condition: Condition, makes_no_difference: Callable[[Proofs, Owner, int], bool]
) -> tuple[Condition, Condition] | None:
    """Return the first part that can be left out, and the condition without it."""
    when = proofs.compile(condition)
    for part, without in _without_a_part(proofs, condition):
        if proofs.compile(part) not in (TRUE, FALSE):
            changed = proofs.differ(when, proofs.compile(without))
            if makes_no_difference(proofs, owner, changed):
                return part, without
    return None


def _without_a_part(proofs: Proofs, condition: Condition) -> Iterator[tuple[Condition, Condition]]:
    """Yield each part that can be left out of a condition, and the condition without it.

    What holds always or never is found as that: nothing within it makes a difference.
    """
    if isinstance(condition, Criterion) or proofs.compile(condition) in (TRUE, FALSE):
        return
    if isinstance(condition, Not):
        for part, without in _without_a_part(proofs, condition.condition):
            yield part, Not(without)
        return
    if not isinstance(condition, (AllOf, AnyOf, AtLeast)):
        return
    parts = condition.conditions
    for position, part in enumerate(parts):
        rest = parts[:position] + parts[position + 1 :]
        if isinstance(condition, AtLeast):
            if condition.count <= len(rest):
                yield part, AtLeast(condition.count, rest)
        elif rest:
            yield part, type(condition)(rest)
        for deeper, without in _without_a_part(proofs, part):
            replaced = (*parts[:position], without, *parts[position + 1 :])
            yield (
                deeper,
                AtLeast(condition.count, replaced) if isinstance(condition, AtLeast) else type(condition)(replaced),
            )

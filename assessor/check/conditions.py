"""Find conditions that always or never hold, and the parts that cause this."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence

from assessor.check.owners import Owner, joined, points_between, quoted
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.logic.compiling.functions import questions_of
from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.proofs import Proofs
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Condition, Criterion, Not
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Is
from assessor.model.rules.decisions import OutcomeIs


def constant_conditions(proofs: Proofs, owner: Owner) -> Iterator[Finding]:
    """Find out whether a condition, or a part of it, always or never holds; of one with too many parts, only the whole.

    If a criterion is the cause, or an option that is never offered, only this gets a finding.
    """
    if not owner.is_bloated:
        for part in _causes(proofs, owner.condition):
            yield _finding(proofs, owner, part)
    elif _is_constant(proofs, owner.condition):
        yield _constant(owner, owner.condition, proofs.compile(owner.condition), f"{owner.name} holds")


def _finding(proofs: Proofs, owner: Owner, part: Condition) -> Finding:
    whole = proofs.compile(owner.condition)
    function = proofs.compile(part)
    if part is owner.condition:
        return _constant(owner, part, whole, f"{owner.name} holds", _reason(proofs, part, is_whole=True))
    rest = f": {quoted(proofs.ruleset, part)}{_reason(proofs, part, is_whole=False)}"
    if whole in (TRUE, FALSE):
        because = f", because a part of it holds {_when(function)}{rest}"
        return _constant(owner, part, whole, f"{owner.name} holds", because)
    return _constant(owner, part, function, f"A part of {owner.name_in_sentence} holds", rest)


def _constant(owner: Owner, part: Condition, function: int, what: str, rest: str = "") -> Finding:
    always = function == TRUE
    return Finding(
        "always-true" if always else "never-true",
        place_of(owner.location.about(questions_of(part))),
        f"{what} {_when(function)}{rest}.",
        "Fix it, or remove it."
        if always
        else "Check its parts: a bound may be the wrong way round, or you meant “or”.",
    )


def _when(function: int) -> str:
    return "whatever the answers" if function == TRUE else "for no answers"


def _reason(proofs: Proofs, part: Condition, *, is_whole: bool) -> str:
    """Return why a part is constant, if a few words can say it."""
    if isinstance(part, Is):
        return "; these are all the options"
    if isinstance(part, PointsComparison):
        return _reach(proofs, part)
    if isinstance(part, OutcomeIs):
        is_each = len(part.outcomes) == len(part.decision.outcomes)
        return f"; these are all the outcomes of {part.decision.owner_name}" if is_each else ""
    culprits = _culprits(proofs, part)
    if len(culprits) < 2 or (not is_whole and len(culprits) == len(part.parts)):
        return ""  # the finding quotes the part, which is explanation enough
    together = [quoted(proofs.ruleset, each) for each in culprits]
    if proofs.compile(part) == TRUE:
        return f"; one of {joined(together)} always does"
    return f"; {joined(together)} {'exclude each other' if len(together) == 2 else 'never hold all together'}"


def _reach(proofs: Proofs, comparison: PointsComparison) -> str:
    """Return between which points a comparison is."""
    names = " minus ".join(score.owner_name for score in comparison.scores)
    return f"; {names} has {points_between(*proofs.compared_reach(comparison))} points"


def _causes(proofs: Proofs, condition: Condition) -> Iterator[Condition]:
    """Yield the smallest parts that are constant, but not because parts of theirs are constant."""
    if isinstance(condition, Criterion):
        return
    if isinstance(condition, PointsComparison):
        # What gives its points is checked with the score.
        if _is_constant(proofs, condition):
            yield condition
        return
    if not _is_constant(proofs, condition):
        for part in condition.parts:
            yield from _causes(proofs, part)
        return
    culprits = _culprits(proofs, condition)
    if isinstance(condition, Is) and len(condition.options) < len(condition.question.options):
        return  # an option is never offered, which is found there
    if not culprits or not _is_constant(proofs, culprits[0]):
        yield condition
        return
    for part in culprits:
        yield from _causes(proofs, part)


def _is_constant(proofs: Proofs, condition: Condition) -> bool:
    return proofs.compile(condition) in (TRUE, FALSE)


def _culprits(proofs: Proofs, condition: Condition) -> Sequence[Condition]:
    """Return the parts that make a condition constant: those constant themselves, or a minimal set."""
    function = proofs.compile(condition)
    if isinstance(condition, AtLeast):
        return ()
    if not isinstance(condition, AllOf if function == FALSE else AnyOf):
        return condition.parts
    kept = list(condition.parts)
    for place in reversed(range(len(kept))):
        fewer = kept[:place] + kept[place + 1 :]
        if fewer and proofs.compile(type(condition)(tuple(fewer))) == function:
            kept = fewer
    return kept


def redundant_parts(proofs: Proofs, owner: Owner) -> Iterator[Finding]:
    """Find unnecessary parts of a condition; for a rule, those that change no outcome."""
    if owner.is_bloated or proofs.compile(owner.condition) in (TRUE, FALSE) or _is_in_vain(proofs, owner):
        return
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
    """Return whether a whole rule or action is unnecessary, which another check reports."""
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
    return proofs.is_replaced(owner.rule, proofs.difference(changed, proofs.before[owner.rule]))


def _repeated(proofs: Proofs, owner: Owner, part: Condition, changed: int) -> Finding:
    holds = proofs.applies[owner.action] if owner.action else proofs.compile(owner.condition)
    return Finding(
        "redundant-condition",
        place_of(owner.location.about(questions_of(part))),
        f"{_needs_no(proofs, owner, part)}: the rest of its condition says the same for all answers.",
        "Remove it, or ask for what you meant.",
        proofs.witness(proofs.both(holds, proofs.compile(part))) or proofs.witness(holds),
        f"{owner.holds}, with that part or without it",
    )


def _needs_no(proofs: Proofs, owner: Owner, part: Condition) -> str:
    return f"{owner.name} needs no {quoted(proofs.ruleset, part)}"


def _implied(proofs: Proofs, owner: Owner, part: Condition, changed: int) -> Finding:
    return Finding(
        "implied-by-order",
        place_of(owner.location.about(questions_of(part))),
        f"{_needs_no(proofs, owner, part)}: wherever that makes a difference, an earlier rule has decided.",
        "Nothing, if the rule should make sense by itself; else remove it.",
        proofs.witness(changed),
        f"an earlier rule decides, whether {owner.holds} or not",
    )


def _made_good(proofs: Proofs, owner: Owner, part: Condition, changed: int) -> Finding:
    assert owner.rule is not None
    outcome = proofs.ruleset.rules[owner.rule].then
    return Finding(
        "redundant-condition",
        place_of(owner.location.about(questions_of(part))),
        f"{_needs_no(proofs, owner, part)}: wherever that makes a difference, the outcome is {outcome.title!r} "
        "all the same.",
        "Remove it; or, if the rule should make sense by itself, accept this finding in a comment.",
        proofs.witness(proofs.difference(changed, proofs.before[owner.rule])),
        f"the outcome is {outcome.id!r}, whether {owner.holds} or not",
    )


def _first_redundant(
    proofs: Proofs, owner: Owner, condition: Condition, makes_no_difference: Callable[[Proofs, Owner, int], bool]
) -> tuple[Condition, Condition] | None:
    """Return the first unnecessary part, and the condition without it, or `None`."""
    when = proofs.compile(condition)
    examples = _Examples(proofs, owner, when)
    for part, without in _without_a_part(proofs, condition):
        if proofs.compile(part) not in (TRUE, FALSE) and not examples.show(without):
            changed = proofs.differ(when, proofs.compile(without))
            if makes_no_difference(proofs, owner, changed):
                return part, without
    return None


class _Examples:
    """Answer sets that show that most parts of a large condition are necessary.

    To compile a large condition without each of its parts takes longer than all else, and mostly only shows this. What
    holds for which answer set is a bit of a number.
    """

    def __init__(self, proofs: Proofs, owner: Owner, when: int) -> None:
        """Take the answer sets for which one other answer decides whether a condition holds, if it is large."""
        self._proofs = proofs
        self._cells = list(proofs.borderline(when)) if proofs.is_large(when) else []
        self._every = (1 << len(self._cells)) - 1
        self._known: dict[int, tuple[Condition, int]] = {}
        self._when = self._bits(lambda cells: bool(proofs.value(when, cells)))
        self._deciding = self._every
        if owner.rule is not None:
            place = owner.rule
            self._deciding = self._bits(lambda cells: proofs.is_decided_by(place, cells))

    def show(self, without: Condition) -> bool:
        """Return whether the condition without a part decides otherwise for an answer set."""
        return bool((self._when ^ self._held(without)) & self._deciding)

    def _bits(self, holds: Callable[[Sequence[int]], bool]) -> int:
        return sum(holds(cells) << place for place, cells in enumerate(self._cells))

    def _held(self, condition: Condition) -> int:
        # A condition without a part shares the others, so most are known. Keep each, or its id could be another's.
        known = self._known.get(id(condition))
        if known is None:
            known = self._known[id(condition)] = (condition, self._combined(condition))
        return known[1]

    def _combined(self, condition: Condition) -> int:
        if isinstance(condition, Not):
            return self._every ^ self._held(condition.condition)
        if not isinstance(condition, (AllOf, AnyOf, AtLeast)):
            function = self._proofs.compile(condition)
            return self._bits(lambda cells: bool(self._proofs.value(function, cells)))
        held = map(self._held, condition.conditions)
        if isinstance(condition, AtLeast):
            return self._counted(condition.count, held)
        if isinstance(condition, AllOf):
            return functools.reduce(operator.and_, held, self._every)
        return functools.reduce(operator.or_, held, 0)

    def _counted(self, count: int, held: Iterable[int]) -> int:
        """Return for which answer sets at least a number of conditions hold."""
        # The digits of the counts in base two, the lowest first, each with a bit for each answer set.
        digits = [0] * count.bit_length()
        for each in held:
            carry, place = each, 0
            while carry:
                if place == len(digits):
                    digits.append(0)
                digits[place], carry, place = digits[place] ^ carry, digits[place] & carry, place + 1
        more, same = 0, self._every
        for place, digit in reversed(list(enumerate(digits))):
            if count >> place & 1:
                same &= digit
            else:
                more, same = more | (same & digit), same & ~digit
        return more | same


def _without_a_part(proofs: Proofs, condition: Condition) -> Iterator[tuple[Condition, Condition]]:
    """Yield each removable part of a condition, and the condition without it.

    This skips parts that always or never hold, with all they contain: another check reports them.
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

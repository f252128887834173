"""Conditions that hold always or never, and the parts that make them so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessor.checking.findings import Finding
from assessor.checking.owners import Owner, owners
from assessor.checking.phrases import listed, quoted
from assessor.checking.proofs import Proofs
from assessor.conditions import AllOf, AnyOf, AtLeast, Condition, Criterion, Is
from assessor.diagram import FALSE, TRUE


def constant_conditions(proofs: Proofs) -> Iterator[Finding]:
    """Find conditions, and parts of them, that hold always or never.

    What is so because of a criterion is found at the criterion alone.
    """
    for owner in owners(proofs.ruleset):
        for part in _causes(proofs, owner.condition):
            yield _finding(proofs, owner, part)


def _finding(proofs: Proofs, owner: Owner, part: Condition) -> Finding:
    whole = proofs.compile(owner.condition)
    function = proofs.compile(part)
    always = (whole if whole in (TRUE, FALSE) else function) == TRUE
    if part is owner.condition:
        message = f"{owner.name} holds {_when(whole)}"
    elif whole in (TRUE, FALSE):
        message = f"{owner.name} holds {_when(whole)}, because a part of it holds {_when(function)}: {quoted(part)}"
    else:
        message = f"A part of {owner.name[:1].lower()}{owner.name[1:]} holds {_when(function)}: {quoted(part)}"
    return Finding(
        "always-true" if always else "never-true",
        owner.location,
        f"{message}{_reason(proofs, part, is_whole=part is owner.condition)}.",
        "Ask what was meant, or leave it out." if always else "Ask what was meant: perhaps “or” for “and”.",
    )


def _when(function: int) -> str:
    return "whatever the answers" if function == TRUE else "for no answers"


def _reason(proofs: Proofs, part: Condition, *, is_whole: bool) -> str:
    """Return why a part is constant, as far as that can be told in a few words."""
    if isinstance(part, Is):
        return "; these are all the options"
    culprits = _culprits(proofs, part)
    if len(culprits) < 2 or (not is_whole and len(culprits) == len(part.parts)):
        return ""  # the part was quoted, and says it all
    together = [quoted(each) for each in culprits]
    if proofs.compile(part) == TRUE:
        return f"; one of {listed(together)} always does"
    return f"; {listed(together)} {'exclude each other' if len(together) == 2 else 'never hold all together'}"


def _causes(proofs: Proofs, condition: Condition) -> Iterator[Condition]:
    """Yield the smallest parts that are constant, and not because of constant parts of their own."""
    if isinstance(condition, Criterion):
        return
    if not _is_constant(proofs, condition):
        for part in condition.parts:
            yield from _causes(proofs, part)
        return
    culprits = _culprits(proofs, condition)
    if not culprits or not _is_constant(proofs, culprits[0]):
        yield condition
        return
    for part in culprits:
        yield from _causes(proofs, part)


def _is_constant(proofs: Proofs, condition: Condition) -> bool:
    return proofs.compile(condition) in (TRUE, FALSE)


def _culprits(proofs: Proofs, condition: Condition) -> Sequence[Condition]:
    """Return the parts that make a condition constant: all of them constant, or none that can be left out."""
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

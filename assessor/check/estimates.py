"""Check estimates: find cases that decide nothing at their place."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.proofs import Proofs
from assessor.model.estimates.conditional import Conditional, cases_in
from assessor.model.estimates.estimates import Estimate


def idle_cases(proofs: Proofs) -> Iterator[Finding]:
    """Find cases of two equal formulas, and cases within others whose conditions leave them no choice.

    If the condition never or always holds by itself, `constant_conditions` reports it.
    """
    for estimate in proofs.ruleset.estimates:
        for number, each in enumerate(cases_in(estimate.formula), start=1):
            condition = proofs.compile(each.condition)
            reached = _reached(proofs, estimate, each)
            holding = proofs.both(reached, condition)
            name = f"ase {number} of {estimate.owner_name}"
            if condition in (TRUE, FALSE) or reached == FALSE:
                continue
            if each.then == each.otherwise:
                yield Finding(
                    "idle-case",
                    place_of(each.location),
                    f"C{name} decides nothing: its two formulas are the same.",
                    "Write the formula in its place, or correct one of them.",
                    proofs.witness(reached),
                    f"c{name} counts, and either formula gives the same",
                )
                continue
            if holding not in (FALSE, reached):
                continue
            holds, kept = ("does not hold", "second") if holding == FALSE else ("holds", "first")
            yield Finding(
                "idle-case",
                place_of(each.location),
                f"C{name} decides nothing: wherever the cases around it lead to it, its condition {holds}.",
                f"Write its {kept} formula in its place, or check the conditions.",
                proofs.witness(reached),
                f"c{name} counts, and its condition {holds}",
            )


def _reached(proofs: Proofs, estimate: Estimate, case: Conditional) -> int:
    """Return where the cases around one lead to it."""
    reached = FALSE
    stack = [(estimate.formula, TRUE)]
    while stack:
        formula, here = stack.pop()
        if formula is case:
            reached = proofs.either(reached, here)
        if isinstance(formula, Conditional):
            condition = proofs.compile(formula.condition)
            stack.append((formula.then, proofs.both(here, condition)))
            stack.append((formula.otherwise, proofs.difference(here, condition)))
        else:
            stack += [(part, here) for part in formula.operands]
    return reached

"""Check thresholds: find those that no step of the page's number field meets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from assessor.check.owners import owners
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.decimals import as_written, plain_number
from assessor.model.conditions import Condition
from assessor.model.questions.numbers import Number, NumberComparison, comparisons_in
from assessor.model.ruleset import RuleSet


def thresholds_between_steps(ruleset: RuleSet) -> Iterator[Finding]:
    """Find thresholds, written as numbers or taken from facts, that no step of the page's number field meets."""
    found: set[Condition] = set()
    for owner in owners(ruleset):
        for part in comparisons_in(owner.condition):
            if _is_met(part.question, part.threshold):
                continue
            question = part.question
            # A comparison and its opposite count once.
            each = part if part.holds_above else ~part
            if each in found:
                continue
            found.add(each)
            threshold, step = _written(part.threshold, question.unit), _written(question.arrow_step, question.unit)
            which = f", fact {', '.join(repr(fact.id) for fact in part.facts)}" if part.facts else ""
            yield Finding(
                "fact-between-steps" if part.facts else "threshold-between-steps",
                place_of(owner.location.about([question.id])),
                f"{owner.name} compares the answer to “{question.wording}” with "
                f"{threshold}{which}, which no step meets: the step is {step}.",
                _mend(part),
            )


def _mend(comparison: NumberComparison) -> str:
    question, threshold = comparison.question, comparison.threshold
    if comparison.facts:
        if question.is_whole:
            return "Only whole numbers are answers; compare with a whole number, or leave step out."
        return "Give the question a step that meets it, if readers should; other answers are valid, too."
    at_step, is_meant = _step_for(comparison)
    if is_meant:
        return f"Write {at_step}: arithmetic with plain numbers is a little off, and with a fact's value it is not."
    same = f"Write {at_step}, which is the same for every answer at a step"
    return f"{same}; or give the question a step that meets {_written(threshold)}."


def _starts(question: Number) -> tuple[Fraction, Fraction]:
    """Return where steps can start: at the minimum, where the arrow keys stop, and at 0, as in an empty field."""
    return as_written(question.minimum), Fraction(0)


def _is_met(question: Number, threshold: float) -> bool:
    exact, step = as_written(threshold), as_written(question.arrow_step)
    # The arrow keys also stop at the maximum.
    return exact == as_written(question.maximum) or any((exact - start) % step == 0 for start in _starts(question))


def _step_for(comparison: NumberComparison) -> tuple[str, bool]:
    """Return the probable step for a threshold, or else the next one on its side; and whether it is probable."""
    question, threshold = comparison.question, comparison.threshold
    exact, step, most = (as_written(each) for each in (threshold, question.arrow_step, question.maximum))
    places = [(start, (exact - start) / step) for start in _starts(question)]
    for near in (most, *(start + round(place) * step for start, place in places)):
        is_close = math.isclose(near, exact, rel_tol=1e-12, abs_tol=float(step) * 1e-9)
        least = as_written(question.minimum)
        if is_close and (least <= near < most if comparison.is_below_cut else least < near <= most):
            return _written(float(near)), True
    if comparison.is_below_cut:
        return _written(float(max(start + math.floor(place) * step for start, place in places))), False
    return _written(float(min(most, *(start + math.ceil(place) * step for start, place in places)))), False


def _written(value: float, unit: str = "") -> str:
    """Return a number with all its digits, as in the source."""
    return f"{plain_number(value)} {unit}".rstrip()

"""What moves the difference of two estimates: each input by itself, from one end of its range to the other."""

from __future__ import annotations

import pytest

from assessor import Answer, Estimate, Fact, Number, Quantity, RuleSet, Section, otherwise
from assessor.assessment.assess import Reading, interpreter_of
from tests.support.assessor.samples import GO

RATE = Fact("rate", 3, "EUR/trip", source="https://example.org/rate", checked="2026-03-01", low=2, high=5)
USUAL = Fact("usual", 10, "trip", source="https://example.org/usual", checked="2026-03-01", low=8, high=20)
TRIPS = Number("trips", "How many trips?", unit="trip", minimum=0, maximum=22, default=USUAL)
PRICE = Number("price", "What does the pass cost?", unit="EUR", minimum=-50, maximum=100)
SINGLE = Estimate("single", "Tickets", RATE * TRIPS)
CARD = Estimate("card", "The pass", PRICE + TRIPS * Quantity(1, "EUR/trip"))
RULES = RuleSet(
    "fares",
    title="Fares",
    facts=[RATE, USUAL],
    sections=[Section("all", "All", [TRIPS, PRICE])],
    outcomes=[GO],
    rules=[otherwise(GO, "x")],
    estimates=[SINGLE, CARD],
)
# The inputs of the first are the rate and the trips; those of the second the price, the trips and one euro a trip.
INPUTS = {"rate": (0, -1), "trips": (1, 1), "price": (-1, 0)}


def _effects(answers: dict[str, Answer]) -> dict[str, tuple[float, float]]:
    effects = Reading(interpreter_of(RULES), answers).sensitivity(["single", "card"], [*INPUTS.values()])
    return dict(zip(INPUTS, effects, strict=False))


def test_each_input_moves_alone_and_the_others_stay_likely() -> None:
    # Likely: 3 * 10 - (20 + 10) = 0.
    assert _effects({"price": 20}) == {
        "rate": (2 * 10 - 30, 5 * 10 - 30),
        "trips": (3 * 8 - 28, 3 * 20 - 40),
        # An answer has no range, so that it is moved by a fifth.
        "price": (30 - (16 + 10), 30 - (24 + 10)),
    }


@pytest.mark.parametrize(
    ("answers", "name", "effect"),
    [
        # 24 trips are more than can be answered.
        ({"price": 20, "trips": 20}, "trips", (48 - 36, 66 - 42)),
        ({"price": -50}, "price", (30 - (-40 + 10), 30 - (-50 + 10))),
        ({"price": 0}, "price", (20, 20)),
    ],
)
def test_an_answer_is_moved_within_what_can_be_answered(
    answers: dict[str, Answer], name: str, effect: tuple[float, float]
) -> None:
    assert _effects(answers)[name] == pytest.approx(effect)


def test_nothing_is_said_while_a_number_is_open() -> None:
    assert _effects({}) == {}

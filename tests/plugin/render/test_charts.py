"""Charts as the build draws them: bars on a scale with round numbers, and what is said of two of them."""

from __future__ import annotations

import pytest

from assessor import Answer, Chart, Estimate, Fact, Number, Outcome, RuleSet, Section, otherwise
from mkdocs_assessor.render.charts import DrawnChart, draw_chart, tones_of

BUY, RENT = Outcome("buy", "Buy"), Outcome("rent", "Rent")
USUAL = Fact("usual", 4, "day", source="https://example.org/usual", checked="2026-03-01", low=0, high=10)
FEE = Fact("fee", 30, "EUR/day", source="https://example.org/fee", checked="2026-03-01")
DAYS = Number("days", "How many days?", unit="day", minimum=0, maximum=365, default=USUAL)
PRICE = Number("price", "What does it cost?", unit="EUR", minimum=0, maximum=100_000)
UPKEEP = Number("upkeep", "What does the upkeep of it cost?", unit="EUR", minimum=-1_000, maximum=10_000)
RENTING = Estimate("renting", "Renting", FEE * DAYS, outcome=RENT)
BUYING = Estimate("buying", "Buying", PRICE + UPKEEP)
EVEN = Estimate("even", "Days at which both cost the same", (PRICE + UPKEEP) / FEE, outcome=BUY)
CHART = Chart("cost", "What it costs", [RENTING, BUYING], compare=[RENTING, BUYING], break_even=EVEN)
DAILY = Chart("daily", "Days", [EVEN])
RULES = RuleSet(
    "saw",
    title="A saw",
    facts=[USUAL, FEE],
    sections=[Section("all", "All", [DAYS, PRICE, UPKEEP])],
    outcomes=[BUY, RENT],
    rules=[otherwise(RENT, "x")],
    estimates=[RENTING, BUYING, EVEN],
    charts=[CHART, DAILY],
)


def _drawn(answers: dict[str, Answer], chart: Chart = CHART) -> DrawnChart:
    return draw_chart(chart, RULES, answers)


@pytest.mark.parametrize(
    ("answers", "cases", "difference", "even"),
    [
        ({"price": 300, "upkeep": 0}, ["less", "below"], 180, 10),
        ({"price": 30, "upkeep": 0}, ["more", "below"], 90, 1),
        ({"price": 120, "upkeep": 0}, ["same", "below"], 0, 4),
        # It costs less than nothing to own it.
        ({"price": 300, "upkeep": -400}, ["more", "never"], 220, -100 / 30),
        ({"price": 400, "upkeep": -400}, ["more", "never"], 120, 0),
        # 0.1 + 0.2 is a little more than 0.3 in floats, and the same to readers.
        ({"days": 0.01, "price": 0.1, "upkeep": 0.2}, ["same", "below"], 0, 0.01),
    ],
)
def test_the_sentence_says_which_is_more(
    answers: dict[str, Answer], cases: list[str], difference: float, even: float
) -> None:
    said = _drawn(answers).comparison
    assert said is not None
    assert said.cases == cases
    assert said.difference["likely"] == pytest.approx(difference)
    assert said.even is not None
    assert said.even["likely"] == pytest.approx(even)


def test_nothing_is_said_while_a_number_is_open() -> None:
    said = _drawn({"price": 300}).comparison
    assert said is not None
    assert said.cases == []
    assert [move.effect for move in said.moves] == [None] * 4


def test_what_moves_most_comes_first() -> None:
    said = _drawn({"price": 300, "upkeep": 10}).comparison
    assert said is not None
    assert [(move.part.id, move.effect) for move in said.moves] == [
        ("days", (-310, -10)),
        ("price", (-250, -130)),
        # A fact without a range moves by a fifth, as an answer does.
        ("fee", (-214, -166)),
        ("upkeep", (-192, -188)),
    ]
    assert said.questions == [DAYS, PRICE, UPKEEP]


@pytest.mark.parametrize(
    ("answers", "ticks"),
    [
        ({}, [0, 100, 200, 300]),
        ({"price": 500, "upkeep": 0}, [0, 200, 400, 600]),
        ({"price": 1234, "upkeep": 0}, [0, 500, 1000, 1500]),
        ({"price": 0, "upkeep": -700}, [-1000, -500, 0, 500]),
        ({"days": 0, "price": 0, "upkeep": 0}, [0, 0.5, 1]),
        ({"days": 0, "price": 0.3, "upkeep": 0}, [0, 0.1, 0.2, 0.3]),
    ],
)
def test_an_axis_has_a_few_round_numbers(answers: dict[str, Answer], ticks: list[float]) -> None:
    drawn = _drawn(answers).ticks
    assert len(drawn) == 4
    assert [tick.value for tick in drawn if tick.value is not None] == pytest.approx(ticks)
    assert (drawn[0].at.x, drawn[-1].at.x) == ("0.00%", "100.00%")


def test_an_axis_without_bars_has_no_numbers() -> None:
    drawn = _drawn({}, DAILY)
    assert [tick.value for tick in drawn.ticks] == [None] * 4
    assert [bar.range for bar in drawn.bars] == [None]


@pytest.mark.parametrize(("upkeep", "is_drawn"), [(0, True), (-400, False)])
def test_a_break_even_below_zero_is_not_drawn(upkeep: float, is_drawn: bool) -> None:
    (bar,) = _drawn({"price": 300, "upkeep": upkeep}, DAILY).bars
    assert bar.is_amount
    assert (bar.range is not None, bar.likely is not None) == (is_drawn, is_drawn)


def test_a_bar_has_the_colour_of_its_outcome() -> None:
    tones = tones_of(RULES)
    assert tones["buy"] != tones["rent"]
    assert [bar.tone for bar in _drawn({}).bars] == [tones["rent"], ""]
    assert [bar.tone for bar in _drawn({}, DAILY).bars] == [tones["buy"]]

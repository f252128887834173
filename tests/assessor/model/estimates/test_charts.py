"""Charts: estimates of one unit, each drawn once."""

from dataclasses import replace

import pytest

from assessor import Chart, Estimate, Fact, Outcome, Quantity, RuleSet, RuleSetError, Section, otherwise
from tests.assessor.reports.test_wording import PAGER
from tests.support.assessor.samples import GO, STAY

FARE = Fact("fare", 12, "EUR", source="https://example.org/fare", checked="2026-03-01", low=10, high=20)
BUS = Estimate("bus", "The bus", FARE * Quantity(2))
TRAM = Estimate("tram", "The tram", FARE * Quantity(3))
WALK = Estimate("walk", "On foot", Quantity(40, "minute"))


def _ruleset(*charts: Chart) -> RuleSet:
    return RuleSet(
        "ways",
        title="Ways",
        sections=[Section("all", "All", [PAGER])],
        outcomes=[GO, STAY],
        rules=[otherwise(GO, "x")],
        facts=[FARE],
        estimates=[BUS, TRAM],
        charts=charts,
    )


def test_a_chart_knows_its_estimates() -> None:
    chart = Chart("cost", "What it costs", [BUS], line=TRAM)
    assert chart.estimates == (BUS, TRAM)
    assert _ruleset(chart).charts == (chart,)


def test_only_equal_units_are_compared() -> None:
    for bars, line in (([BUS, WALK], None), ([BUS], WALK)):
        with pytest.raises(RuleSetError, match=r"'bus', in 'EUR', with 'walk', in 'minute': only equal units"):
            Chart("cost", "What it costs", bars, line=line)


@pytest.mark.parametrize("bars", [[], [FARE]])
def test_a_chart_needs_estimates(bars: list[Estimate]) -> None:
    with pytest.raises(RuleSetError, match="needs the estimates that it compares"):
        Chart("cost", "What it costs", bars)


def test_its_estimates_are_listed() -> None:
    other = Estimate("other", "Another", FARE)
    chart = Chart("cost", "x", [other])
    with pytest.raises(RuleSetError, match=r"chart 'cost'.*'other'.*estimates"):
        _ruleset(chart)


def test_its_estimates_are_drawn_once() -> None:
    once, twice = Chart("cost", "x", [BUS, TRAM]), Chart("again", "y", [TRAM])
    with pytest.raises(RuleSetError, match="chart 'again' has estimate 'tram', which chart 'cost' has already"):
        _ruleset(once, twice)


def test_two_of_the_bars_are_compared() -> None:
    chart = Chart("cost", "What it costs", [BUS, TRAM], compare=[TRAM, BUS], break_even=WALK)
    assert chart.compare == (TRAM, BUS)
    for compare in ([BUS], [BUS, BUS], [BUS, WALK], [BUS, TRAM, BUS]):
        with pytest.raises(RuleSetError, match=r"chart 'cost' compares two of its bars: compare=\(first, second\)"):
            Chart("cost", "What it costs", [BUS, TRAM], compare=compare)


def test_a_break_even_is_an_estimate_of_two_compared_bars() -> None:
    with pytest.raises(RuleSetError, match=r"has a break-even, but does not say of what: name the two bars, compare="):
        Chart("cost", "What it costs", [BUS, TRAM], break_even=WALK)
    with pytest.raises(RuleSetError, match="break_even is 'walk', which is not an Estimate; write walk, the estimate"):
        Chart("cost", "x", [BUS, TRAM], compare=[BUS, TRAM], break_even="walk")  # type: ignore[arg-type]  # mistake
    with pytest.raises(RuleSetError, match=r"chart 'cost' uses estimate 'walk', which estimates=\[…\] of the rule set"):
        _ruleset(Chart("cost", "x", [BUS, TRAM], compare=[BUS, TRAM], break_even=WALK))


def test_an_estimate_is_of_an_outcome_of_the_rule_set() -> None:
    with pytest.raises(RuleSetError, match="estimate 'cost' is of 'stay', which is not an Outcome; write stay, the"):
        Estimate("cost", "The cost", FARE, outcome="stay")  # type: ignore[arg-type]  # mistake
    away = Outcome("away", "Away")
    assert away in replace(_ruleset(), estimates=[Estimate("cost", "The cost", FARE, outcome=away)]).outcomes

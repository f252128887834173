"""Dates that conditions compare in vain."""

from __future__ import annotations

import datetime

from assessor import Date, Fact, Rule, RuleSet, months, otherwise
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small, sound
from tests.assessor.check.gallery.words import DAY, SOURCE, dry

RIGHT = "so it is"

flight = Date("flight", "When do you fly?", earliest="2026-01-01", latest="2030-12-31", statement="you fly {when}")
season = Fact("season", datetime.date(2027, 1, 31), source=SOURCE, checked=DAY)


@defect(
    "never-true",
    "Rule 'both' holds for no answers; “you fly on or after 1 June 2027” and “you fly before 1 May 2027” "
    "exclude each other.",
)
def dates_that_exclude_each_other() -> RuleSet:
    return small(
        [flight],
        [
            Rule((flight >= "2027-06-01") & (flight < "2027-05-01"), STAY, RIGHT, "both"),  # mistake
            Rule(flight < "2027-05-01", FLY, RIGHT),
            Rule(flight < "2027-06-01", ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "Rule 'gone' holds for no answers; “you fly after 28 February 2027” and “you fly before 1 March 2027” "
    "exclude each other.",
)
def a_day_that_the_month_does_not_have() -> RuleSet:
    """A month after 31 January is 28 February, and no day is between that and 1 March."""
    return small(
        [flight],
        [
            Rule((flight > season + months(1)) & (flight < "2027-03-01"), STAY, RIGHT, "gone"),  # mistake
            Rule(flight < "2027-03-01", FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
        facts=[season],
    )


@defect(
    "always-true",
    "Rule 'any' holds whatever the answers; one of “you fly on or before 31 January 2027” and “you fly after "
    "30 January 2027” always does.",
)
def dates_of_which_one_always_holds() -> RuleSet:
    return small(
        [flight, dry],
        [
            Rule(dry & (flight < "2026-06-01"), STAY, RIGHT),
            Rule((flight <= season) | (flight > "2027-01-30"), FLY, RIGHT, "any"),  # mistake
        ],
        facts=[season],
    )


@sound
def dates_side_by_side() -> RuleSet:
    """The day after one comparison is the first of the next."""
    return small(
        [flight],
        [Rule(flight <= "2027-02-28", FLY, RIGHT), Rule(flight < "2027-04-01", ASK, RIGHT), otherwise(STAY, RIGHT)],
    )

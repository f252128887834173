"""Gaps, and rules that never decide."""

from __future__ import annotations

from assessor import Criterion, Rule, RuleSet, all_of, any_of, at_least, otherwise
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small
from tests.assessor.check.gallery.words import breeze, calm, dry, gale, light, mass, permit, pilot, place, wind

RIGHT = "so it is"


@defect(
    "gap",
    "There is no otherwise, and no rule decides when it rains.",
    {"dry": False},
)
def gap_of_one_answer() -> RuleSet:
    return small([dry], [Rule(dry, FLY, RIGHT)])  # mistake


@defect(
    "gap",
    "There is no otherwise, and no rule decides when you fly in a hall.",
    {"place": "hall"},
)
def gap_of_an_option() -> RuleSet:
    return small(
        [place],
        [
            Rule(place.is_("field"), FLY, RIGHT),
            Rule(place.is_("city"), STAY, RIGHT),  # mistake
        ],
    )


@defect(
    "gap",
    "There is no otherwise, and no rule decides when the wind is 8 kn.",
    {"wind": 8.0},
)
def gap_between_numbers() -> RuleSet:
    return small(
        [wind],
        [
            Rule(wind < breeze, FLY, RIGHT),
            Rule(wind >= gale, STAY, RIGHT),  # mistake
        ],
        facts=[breeze, gale],
    )


@defect(
    "gap",
    "There is no otherwise, and no rule decides when it is dry, and it is light, and the wind is 8 kn.",
    {"dry": True, "light": True, "wind": 8.0},
)
def gap_behind_a_criterion() -> RuleSet:
    fine = Criterion("fine", "the weather is fine", all_of(dry, light, wind < 8))
    return small(
        [dry, light, wind],
        [
            Rule(fine, FLY, RIGHT),
            Rule(~dry | ~light, STAY, RIGHT),  # mistake
        ],
        criteria=[fine],
    )


@defect(
    "gap",
    "There is no otherwise, and no rule decides when it rains, and it is dark, and the air is calm.",
    {"dry": False, "light": False, "calm": True},
)
def gap_of_a_count() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(at_least(2, dry, light, calm), FLY, RIGHT),
            Rule(all_of(~dry, ~light, ~calm), STAY, RIGHT),  # mistake
        ],
    )


@defect(
    "gap",
    "There is no otherwise, and no rule decides when you fly in a city, and it is dry, and the drone's mass is 2 kg.",
    {"place": "city", "dry": True, "mass": 2.0},
)
def gap_of_one_combination() -> RuleSet:
    return small(
        [place, dry, mass],
        [
            Rule(place.is_("field"), FLY, RIGHT),
            Rule(dry & (mass < 2), FLY, RIGHT),
            Rule(~dry | (mass >= 4), STAY, RIGHT),
            Rule(place.is_("hall"), FLY, RIGHT),  # mistake
        ],
    )


@defect(
    "gap",
    "There is no otherwise, and no rule decides when it is light.",
    {"light": True},
)
def gap_that_one_answer_shows() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(dry & ~light, FLY, RIGHT),
            Rule(all_of(~dry, ~light, ~calm), STAY, RIGHT),  # mistake
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'calm' never decides: whenever the air is calm, one of the rules 'dry' and 'wet' before it holds, too.",
    {"calm": True},
)
def a_rule_that_some_of_many_cover() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(calm & light, ASK, RIGHT, "bright"),
            Rule(dry, FLY, RIGHT, "dry"),
            Rule(~dry, STAY, RIGHT, "wet"),
            Rule(calm, ASK, RIGHT, "calm"),  # mistake
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'again' never decides: whenever it is light, and it is dry, rule 'clear' before it holds, too.",
    {"dry": True, "light": True},
)
def the_same_rule_twice_in_other_words() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(dry & light, FLY, RIGHT, "clear"),
            Rule(~(~light | ~dry), STAY, RIGHT, "again"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'dry-and-light' never decides: whenever it is dry, and it is light, rule 'dry' before it holds, too.",
    {"dry": True, "light": True},
    also=["unused-question"],
)
def covered_by_a_wider_rule() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(dry, FLY, RIGHT, "dry"),
            Rule(dry & light, STAY, RIGHT, "dry-and-light"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'breeze' never decides: whenever the wind is less than 8 kn, rule 'below-a-gale' before it holds, too.",
    {"wind": 0.0},
)
def covered_by_a_wider_range() -> RuleSet:
    return small(
        [wind],
        [
            Rule(wind < 17, FLY, RIGHT, "below-a-gale"),
            Rule(wind < 8, STAY, RIGHT, "breeze"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'calm' never decides: whenever it is dry, and the air is calm, one of the rules 'by-day' "
    "and 'by-night' before it holds, too.",
    {"dry": True, "calm": True},
)
def covered_by_two_rules() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(dry & light, FLY, RIGHT, "by-day"),
            Rule(~light & calm, STAY, RIGHT, "by-night"),
            Rule(dry & calm, ASK, RIGHT, "calm"),  # mistake
            otherwise(ASK, RIGHT),
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'dry' never decides: whenever it is dry, one of the rules 'field', 'city' and 'hall' before it holds, too.",
    {"dry": True},
    also=["unused-question"],
)
def covered_by_three_rules() -> RuleSet:
    return small(
        [place, dry],
        [
            Rule(place.is_("field"), FLY, RIGHT, "field"),
            Rule(place.is_("city"), STAY, RIGHT, "city"),
            Rule(place.is_("hall"), ASK, RIGHT, "hall"),
            Rule(dry, FLY, RIGHT, "dry"),  # mistake
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'small' never decides: whenever the drone's mass is less than 2 kg, one of the rules 'weak'"
    " and 'strong' before it holds, too.",
    {"mass": 0.0},
    also=["unreachable-outcome", "unused-question"],
)
def covered_by_two_ranges() -> RuleSet:
    return small(
        [wind, mass],
        [
            Rule(wind < 10, FLY, RIGHT, "weak"),
            Rule(wind >= 8, STAY, RIGHT, "strong"),
            Rule(mass < 2, ASK, RIGHT, "small"),  # mistake
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'otherwise' never decides: whatever the answers, one of the rules 'rule-1' and 'rule-2' "
    "before it holds, too.",
    {},
)
def an_otherwise_after_everything() -> RuleSet:
    return small(
        [dry],
        [
            Rule(dry, FLY, RIGHT),
            Rule(~dry, STAY, RIGHT),
            otherwise(STAY, RIGHT),  # mistake
        ],
    )


@defect(
    "rule-never-fires",
    "Rule 'pilot' never decides: whenever there is a pilot, and it is dry, rule 'ready' before it holds, too.",
    {"pilot": True, "dry": True},
    also=["unused-question"],
)
def covered_through_a_criterion() -> RuleSet:
    ready = Criterion("ready", "the team is ready", any_of(pilot, permit))
    return small(
        [pilot, permit, dry],
        [
            Rule(ready, FLY, RIGHT, "ready"),
            Rule(all_of(pilot, dry), STAY, RIGHT, "pilot"),  # mistake
            otherwise(STAY, RIGHT),
        ],
        criteria=[ready],
    )

"""Conditions with parts that can go."""

from __future__ import annotations

from assessor import Action, Criterion, Rule, RuleSet, YesNo, all_of, any_of, at_least, otherwise
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small
from tests.assessor.check.gallery.words import breeze, calm, dry, gale, light, permit, pilot, wind

RIGHT = "so it is"


@defect(
    "redundant-condition",
    "Rule 'breeze' needs no “the wind is less than 17 kn”: the rest of its condition says the same for all answers.",
    {"wind": 0.0},
)
def a_range_within_a_range() -> RuleSet:
    return small(
        [wind],
        [
            Rule((wind < gale) & (wind < breeze), FLY, RIGHT, "breeze"),  # mistake
            otherwise(STAY, RIGHT),
        ],
        facts=[breeze, gale],
    )


@defect(
    "implied-by-order",
    "Rule 'fair' needs no “it is dry”: wherever that makes a difference, an earlier rule has decided.",
    {"dry": False, "light": True},
)
def a_part_that_an_earlier_rule_decides() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(~dry, STAY, RIGHT, "rain"),
            Rule(dry & light, FLY, RIGHT, "fair"),  # mistake
            otherwise(ASK, RIGHT),
        ],
    )


@defect(
    "redundant-condition",
    "Rule 'fair' needs no “it is light”: wherever that makes a difference, the outcome is 'Fly' all the same.",
    {"dry": True, "light": False},
)
def a_part_that_a_later_rule_makes_good() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(dry & light, FLY, RIGHT, "fair"),  # mistake
            Rule(light, STAY, RIGHT, "light"),
            Rule(dry, FLY, RIGHT, "dry"),
            otherwise(ASK, RIGHT),
        ],
    )


@defect(
    "redundant-condition",
    "Rule 'dry' needs no “it is dry, and it is light”: the rest of its condition says the same for all answers.",
    {"dry": True, "light": True},
    also=["unused-question"],
)
def an_alternative_within_another() -> RuleSet:
    return small([dry, light], [Rule(any_of(dry, dry & light), FLY, RIGHT, "dry"), otherwise(STAY, RIGHT)])  # mistake


@defect(
    "redundant-condition",
    "Rule 'any' needs no “it rains”: the rest of its condition says the same for all answers.",
    {"dry": False, "light": True},
)
def an_opposite_asked_again() -> RuleSet:
    return small([dry, light], [Rule(dry | (~dry & light), FLY, RIGHT, "any"), otherwise(STAY, RIGHT)])  # mistake


@defect(
    "redundant-condition",
    "Rule 'two' needs no “it is dry, and it is light, and the air is calm”: the rest of its condition"
    " says the same for all answers.",
    {"dry": True, "light": True, "calm": True},
    also=["unused-question"],
)
def a_part_that_a_count_needs_not() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(at_least(2, dry, light, dry & light & calm), FLY, RIGHT, "two"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "redundant-condition",
    "Rule 'rain' needs no “either it is dry or it is light”: the rest of its condition says the same for all answers.",
    {"dry": False, "light": True},
    also=["unused-question"],
)
def a_part_within_a_negation() -> RuleSet:
    return small([dry, light], [Rule(~all_of(dry, dry | light), STAY, RIGHT, "rain"), otherwise(FLY, RIGHT)])  # mistake


@defect(
    "redundant-condition",
    "Criterion 'ready' needs no “either there is a pilot or it is dry”: the rest of its condition "
    "says the same for all answers.",
    {"pilot": True, "permit": True},
    also=["unused-question"],
)
def a_part_of_a_criterion() -> RuleSet:
    ready = Criterion("ready", "the team is ready", all_of(pilot, permit, pilot | dry))  # mistake
    return small([pilot, permit, dry], [Rule(ready, FLY, RIGHT), otherwise(STAY, RIGHT)], criteria=[ready])


@defect(
    "redundant-condition",
    "Rule 'go' needs no “there is a pilot”: the rest of its condition says the same for all answers.",
    {"pilot": True, "permit": True},
)
def a_part_that_a_criterion_holds() -> RuleSet:
    ready = Criterion("ready", "the team is ready", all_of(pilot, permit))
    return small(
        [pilot, permit],
        [
            Rule(ready & pilot, FLY, RIGHT, "go"),  # mistake
            otherwise(STAY, RIGHT),
        ],
        criteria=[ready],
    )


@defect(
    "redundant-condition",
    "Action 'anchor' needs no “the wind is at least 17 kn”: the rest of its condition says the same for all answers.",
    {"dry": False, "wind": 17.0},
)
def a_part_of_an_action() -> RuleSet:
    return small(
        [dry, wind],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        actions=[
            Action("anchor", "Anchor the tent", [STAY], (wind >= 8) | (wind >= 17)),  # mistake
        ],
    )


@defect(
    "redundant-condition",
    "The asked_when of question 'calm' needs no “either it is dry or it is light”: the rest of its "
    "condition says the same for all answers.",
    {"dry": True},
)
def a_part_of_asked_when() -> RuleSet:
    calm = YesNo("calm", "Is the air calm?", asked_when=dry & (dry | light), yes="it is calm")  # mistake
    return small([dry, light, calm], [Rule(dry & calm, FLY, RIGHT), Rule(light, ASK, RIGHT), otherwise(STAY, RIGHT)])

"""Rules that change nothing, outcomes out of reach, and rules that overlap."""

from __future__ import annotations

from assessor import Outcome, Rule, RuleSet, otherwise
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small
from tests.assessor.check.gallery.words import calm, dry, light, mass, wind

RIGHT = "so it is"


@defect(
    "rule-changes-nothing",
    "Rule 'light' changes nothing: wherever it decides, rule 'otherwise' after it would give 'Stay', too.",
    {"dry": False, "light": True},
)
def a_rule_before_an_otherwise_to_the_same() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(dry, FLY, RIGHT, "dry"),
            Rule(light, STAY, RIGHT, "light"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "rule-changes-nothing",
    "Rule 'gale' changes nothing: wherever it decides, rule 'breeze' after it would give 'Stay', too.",
    {"wind": 17.0},
)
def a_rule_before_a_wider_one_to_the_same() -> RuleSet:
    return small(
        [wind],
        [
            Rule(wind >= 17, STAY, RIGHT, "gale"),  # mistake
            Rule(wind >= 8, STAY, RIGHT, "breeze"),
            otherwise(FLY, RIGHT),
        ],
    )


@defect(
    "rule-changes-nothing",
    "Rule 'fair' changes nothing: wherever it decides, one of the rules 'calm-day' and 'windy' after "
    "it would give 'Fly', too.",
    {"dry": True, "light": True},
)
def a_rule_before_two_that_share_its_answers() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(dry & light, FLY, RIGHT, "fair"),  # mistake
            Rule(light & calm, FLY, RIGHT, "calm-day"),
            Rule(dry & ~calm, FLY, RIGHT, "windy"),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "unreachable-outcome",
    "No answers lead to the outcome 'Take a nap': no rule leads there.",
    {},
)
def an_outcome_without_rules() -> RuleSet:
    nap = Outcome("nap", "Take a nap")  # mistake
    return small([dry], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)], outcomes=[FLY, STAY, nap])


@defect(
    "unreachable-outcome",
    "No answers lead to the outcome 'Take a nap': rule 'gale' never decides.",
    {},
    also=["rule-never-fires"],
)
def an_outcome_of_a_rule_that_never_decides() -> RuleSet:
    nap = Outcome("nap", "Take a nap")  # mistake
    return small(
        [wind],
        [
            Rule(wind >= 8, STAY, RIGHT, "breeze"),
            Rule(wind >= 17, nap, RIGHT, "gale"),
            otherwise(FLY, RIGHT),
        ],
    )


@defect(
    "unreachable-outcome",
    "No answers lead to the outcome 'Take a nap': the rules 'both' and 'light' never decide.",
    {},
    also=["rule-never-fires", "rule-never-fires"],
)
def an_outcome_of_two_rules_that_never_decide() -> RuleSet:
    nap = Outcome("nap", "Take a nap")  # mistake
    return small(
        [dry, light],
        [
            Rule(dry | light, FLY, RIGHT, "either"),
            Rule(dry & light, nap, RIGHT, "both"),
            Rule(light, nap, RIGHT, "light"),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "overlap",
    "When it is dry, and it is light, both rule 'dry' ('Fly') and rule 'light' ('Stay') hold; rule "
    "'dry' comes first, and decides.",
    {"dry": True, "light": True},
)
def rules_that_overlap_in_part() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(dry, FLY, RIGHT, "dry"),
            Rule(light, STAY, RIGHT, "light"),  # mistake
            otherwise(ASK, RIGHT),
        ],
    )


@defect(
    "overlap",
    "When the wind is 8 kn, and the drone's mass is 2 kg, both rule 'breeze' ('Ask the tower') and "
    "rule 'heavy' ('Stay') hold; rule 'breeze' comes first, and decides.",
    {"wind": 8.0, "mass": 2.0},
)
def ranges_that_overlap() -> RuleSet:
    return small(
        [wind, mass],
        [
            Rule((wind >= 8) & (wind < 17), ASK, RIGHT, "breeze"),
            Rule(mass >= 2, STAY, RIGHT, "heavy"),  # mistake
            otherwise(FLY, RIGHT),
        ],
    )

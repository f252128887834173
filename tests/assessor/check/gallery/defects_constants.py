"""Conditions that hold always or never."""

from __future__ import annotations

from assessor import (
    Action,
    Choice,
    Criterion,
    Estimate,
    Fact,
    Option,
    Rule,
    RuleSet,
    Section,
    YesNo,
    all_of,
    any_of,
    case,
    otherwise,
)
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small
from tests.assessor.check.gallery.words import DAY, SOURCE, breeze, calm, dry, gale, light, permit, place, wind

RIGHT = "so it is"


@defect(
    "never-true",
    "Rule 'both-places' holds for no answers; “you fly in the field” and “you fly in a city” exclude each other.",
)
def options_that_exclude_each_other() -> RuleSet:
    return small(
        [place, dry],
        [
            Rule(all_of(place.is_("field"), dry, place.is_("city")), STAY, RIGHT, "both-places"),  # mistake
            Rule(place.is_("field") & dry, FLY, RIGHT),
            Rule(place.is_("city"), ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "Rule 'wind' holds for no answers; “the wind is at least 17 kn” and “the wind is less than 8 kn” "
    "exclude each other.",
)
def ranges_that_exclude_each_other() -> RuleSet:
    return small(
        [wind],
        [
            Rule((wind >= 17) & (wind < 8), STAY, RIGHT, "wind"),  # mistake
            Rule(wind < 8, FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "Rule 'never' holds for no answers; “either it is dry or it is light”, “either it rains or it is "
    "light” and “it is dark” never hold all together.",
)
def three_parts_that_exclude_each_other() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(all_of(dry | light, ~dry | light, calm, ~light), STAY, RIGHT, "never"),  # mistake
            Rule(dry & light & calm, FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "A part of rule 'fair' holds for no answers: “it is dry, and it rains”.",
)
def a_part_that_is_never_true() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(any_of(dry & light, dry & ~dry), FLY, RIGHT, "fair"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "Criterion 'calm-gale' holds for no answers; “the wind is at least 17 kn” and “the wind is less "
    "than 8 kn” exclude each other.",
)
def a_criterion_that_is_never_true() -> RuleSet:
    calm_gale = Criterion("calm-gale", "a gale is calm", (wind >= gale) & (wind < breeze))  # mistake
    return small(
        [wind, dry],
        [
            Rule(calm_gale & dry, STAY, RIGHT, "gale"),
            Rule(wind < breeze, FLY, RIGHT),
            Rule(dry, ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
        facts=[gale, breeze],
        criteria=[calm_gale],
    )


@defect(
    "never-true",
    "Rule 'both' holds for no answers; “the weather is fine” and “the weather is foul” exclude each other.",
)
def a_rule_that_its_criteria_exclude() -> RuleSet:
    fine = Criterion("fine", "the weather is fine", dry & light)
    foul = Criterion("foul", "the weather is foul", ~dry)
    return small(
        [dry, light],
        [
            Rule(fine & foul, ASK, RIGHT, "both"),  # mistake
            Rule(fine, FLY, RIGHT),
            Rule(foul, STAY, RIGHT),
            otherwise(ASK, RIGHT),
        ],
        criteria=[fine, foul],
    )


@defect(
    "never-true",
    "A part of rule 'dry' holds for no answers: “the wind is at least 17 kn, and the wind is less than 8 kn, and "
    "you have the permit”; “the wind is at least 17 kn” and “the wind is less than 8 kn” exclude each other.",
    also=["unused-question", "unused-question"],
)
def a_part_that_is_never_true_is_told_as_that_alone() -> RuleSet:
    return small(
        [wind, dry, permit],
        [
            Rule(dry | ((wind >= 17) & (wind < 8) & permit), FLY, RIGHT, "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "Action 'tie' holds for no answers, because a part of it holds whatever the answers: “either you "
    "fly in the field, you fly in a city or you fly in a hall”; these are all the options.",
)
def an_action_that_is_never_true() -> RuleSet:
    return small(
        [place],
        [Rule(place.is_("field"), FLY, RIGHT), Rule(place.is_("city"), ASK, RIGHT), otherwise(STAY, RIGHT)],
        actions=[Action("tie", "Tie it down", [FLY], ~place.is_("field", "city", "hall"))],  # mistake
    )


@defect(
    "always-true",
    "Rule 'any' holds whatever the answers; one of “it is dry” and “it rains” always does.",
    also=["rule-never-fires"],
)
def a_rule_that_is_always_true() -> RuleSet:
    return small(
        [dry, light],
        [
            Rule(dry & light, FLY, RIGHT),
            Rule(any_of(dry, light, ~dry), STAY, RIGHT, "any"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "always-true",
    "A part of rule 'dry' holds whatever the answers: “either the wind is less than 17 kn or the wind"
    " is at least 8 kn”.",
    also=["unused-question"],
)
def a_part_that_is_always_true() -> RuleSet:
    return small(
        [wind, dry],
        [
            Rule(dry & ((wind < 17) | (wind >= 8)), FLY, RIGHT, "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "always-true",
    "A part of rule 'dry' holds whatever the answers: “either you fly in the field, you fly in a city"
    " or you fly in a hall”; these are all the options.",
    also=["unused-question"],
)
def every_option() -> RuleSet:
    return small(
        [place, dry],
        [
            Rule(dry & place.is_("field", "city", "hall"), FLY, RIGHT, "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "always-true",
    "Criterion 'known' holds whatever the answers; one of “either you fly in the field or you fly in "
    "a city” and “you fly in a hall” always does.",
    also=["unused-question"],
)
def a_criterion_that_is_always_true() -> RuleSet:
    known = Criterion("known", "the place is known", place.is_("field", "city") | place.is_("hall"))  # mistake
    return small(
        [place, dry],
        [Rule(known & dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        criteria=[known],
    )


@defect(
    "never-true",
    "The asked_when of section 'late' holds for no answers; “it is dry” and “it rains” exclude each other.",
    also=["matters-unasked"],
)
def a_section_that_is_never_asked() -> RuleSet:
    sections = [Section("early", "Early", [dry]), Section("late", "Late", [light], asked_when=dry & ~dry)]  # mistake
    return RuleSet("small", title="T", sections=sections, rules=[Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "always-true",
    "The asked_when of question 'light' holds whatever the answers; one of “it is dry” and “it rains” always does.",
)
def an_asked_when_that_is_always_true() -> RuleSet:
    light = YesNo("light", "Is it light?", asked_when=dry | ~dry)  # mistake
    return small([dry, light], [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)])


FEE = Fact("fee", 30, "EUR", source=SOURCE, checked=DAY)
WINDY = (Rule(wind < 8, FLY, RIGHT), otherwise(STAY, RIGHT))
LOW_FEE = Fact("low-fee", 10, "EUR", source=SOURCE, checked=DAY)


@defect(
    "never-true",
    "Case 1 of estimate 'cost' holds for no answers; “the wind is at least 17 kn” and “the wind is less than 8 kn” "
    "exclude each other.",
)
def a_case_that_never_holds() -> RuleSet:
    cost = case((wind >= 17) & (wind < 8), FEE, otherwise=LOW_FEE)  # mistake
    return small([wind], WINDY, estimates=[Estimate("cost", "The fee", cost)])


@defect(
    "always-true",
    "Case 1 of estimate 'cost' holds whatever the answers; one of “the wind is at least 8 kn” and “the wind is less "
    "than 8 kn” always does.",
)
def a_case_that_always_holds() -> RuleSet:
    cost = case((wind >= 8) | (wind < 8), FEE, otherwise=LOW_FEE)  # mistake
    return small([wind], WINDY, estimates=[Estimate("cost", "The fee", cost)])


@defect(
    "idle-case",
    "Case 2 of estimate 'cost' decides nothing: wherever the cases around it lead to it, its condition does not hold.",
    {"place": "field"},
)
def a_case_within_one_that_excludes_it() -> RuleSet:
    inner = case(place.is_("city"), FEE, otherwise=LOW_FEE)  # mistake
    cost = case(place.is_("field"), inner, otherwise=3 * LOW_FEE)
    rules = [Rule(place.is_("city"), ASK, RIGHT), Rule(place.is_("field"), FLY, RIGHT), otherwise(STAY, RIGHT)]
    return small([place], rules, estimates=[Estimate("cost", "Fee", cost)])


@defect(
    "idle-case",
    "Case 2 of estimate 'cost' decides nothing: wherever the cases around it lead to it, its condition holds.",
    {"dry": True, "light": True},
)
def a_case_that_the_one_around_it_implies() -> RuleSet:
    inner = case(dry, FEE, otherwise=LOW_FEE)  # mistake
    cost = case(dry & light, inner, otherwise=3 * LOW_FEE)
    return small(
        [dry, light], [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)], estimates=[Estimate("cost", "Fee", cost)]
    )


@defect("idle-case", "Case 1 of estimate 'cost' decides nothing: its two formulas are the same.", {})
def a_case_of_one_formula() -> RuleSet:
    cost = case(dry & light, 2 * FEE, otherwise=2 * FEE)  # mistake
    return small(
        [dry, light], [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)], estimates=[Estimate("cost", "Fee", cost)]
    )


@defect(
    "redundant-condition",
    "Case 1 of estimate 'cost' needs no “the wind is at least 8 kn”: the rest of its condition says the same for all "
    "answers.",
    {"wind": 17.0},
)
def a_case_with_a_part_too_many() -> RuleSet:
    cost = case((wind >= 8) & (wind >= 17), FEE, otherwise=LOW_FEE)  # mistake
    return small([wind], WINDY, estimates=[Estimate("cost", "The fee", cost)])


OPEN = [Option("field", "In a field", "it is in a field"), Option("city", "In a city", "it is in a city")]


@defect(
    "never-true",
    "The asked_when of option 'hall' of question 'where' holds for no answers; “it is dry” and “it rains” exclude each "
    "other.",
)
def an_option_that_is_never_offered() -> RuleSet:
    hall = Option("hall", "In a hall", "it is in a hall", asked_when=dry & ~dry)
    where = Choice("where", "Where is it?", [*OPEN, hall])  # mistake
    return small(
        [dry, where], [Rule(where.hall, STAY, RIGHT), Rule(where.field & dry, FLY, RIGHT), otherwise(STAY, RIGHT)]
    )


@defect(
    "always-true",
    "The asked_when of option 'hall' of question 'where' holds whatever the answers; one of “it is dry” and “it rains” "
    "always does.",
)
def an_option_that_is_always_offered() -> RuleSet:
    hall = Option("hall", "In a hall", "it is in a hall", asked_when=dry | ~dry)
    where = Choice("where", "Where is it?", [*OPEN, hall])  # mistake
    return small(
        [dry, where], [Rule(where.hall, ASK, RIGHT), Rule(where.field & dry, FLY, RIGHT), otherwise(STAY, RIGHT)]
    )


@defect(
    "redundant-condition",
    "The asked_when of option 'hall' of question 'where' needs no “either it is dry or it is light”: the rest of its "
    "condition says the same for all answers.",
    {"dry": True},
)
def a_needless_part_of_an_offer() -> RuleSet:
    hall = Option("hall", "In a hall", "it is in a hall", asked_when=dry & (dry | light))
    where = Choice("where", "Where is it?", [*OPEN, hall])  # mistake
    rules = [Rule(where.hall, ASK, RIGHT), Rule(where.field & light, FLY, RIGHT), otherwise(STAY, RIGHT)]
    return small([dry, light, where], rules)

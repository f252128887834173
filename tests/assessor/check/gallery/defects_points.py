"""Points that never decide, and thresholds that are always or never met."""

from __future__ import annotations

from assessor import Criterion, Rule, RuleSet, Score, Section, otherwise, ranking
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small, sound
from tests.assessor.check.gallery.words import calm, dry, light, permit, place, wind

RIGHT = "so it is"


@defect("never-true", "Rule 'great' holds for no answers; score 'fit' has 0–6 points.")
def a_threshold_out_of_reach() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 3, light: 2, calm: 1})
    return small(
        [dry, light, calm],
        [
            Rule(fit >= 7, ASK, RIGHT, "great"),  # mistake
            Rule(fit >= 4, FLY, RIGHT),
            Rule(fit >= 3, ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "never-true",
    "A part of rule 'fair' holds for no answers: “‘Fitness’ has more than 3 points”; score 'fit' has 0–3 points.",
)
def a_threshold_that_only_points_for_the_same_question_would_reach() -> RuleSet:
    # Each of them is reached, but never both.
    fit = Score("fit", "Fitness", {dry: 3, ~dry: 2, light & dry: -3})
    return small(
        [dry, light],
        [
            Rule((fit > 3) | (fit >= 3), FLY, RIGHT, "fair"),  # mistake
            Rule(fit >= 2, ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "always-true",
    "Rule 'poor' holds whatever the answers; score 'fit' has -2 to 4 points.",
    also=["rule-never-fires", "unreachable-outcome", "points-never-decide", "points-never-decide"],
)
def a_threshold_that_is_always_met() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 4, light: -2})
    return small(
        [dry, light],
        [
            Rule(dry & light, FLY, RIGHT),
            Rule(fit >= -2, ASK, RIGHT, "poor"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "always-true",
    "A part of rule 'light' holds whatever the answers: “‘Fitness’ has fewer than 5 points”; "
    "score 'fit' has 0–4 points.",
    also=["points-never-decide", "points-never-decide"],
)
def a_part_that_is_always_met() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 1.5, place: {"field": 2.5, "hall": 2}})
    return small(
        [dry, light, place],
        [
            Rule((fit < 5) & light & dry, FLY, RIGHT, "light"),  # mistake
            Rule(light & place.is_("field"), ASK, RIGHT),
            Rule(light & place.is_("hall"), FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "points-never-decide",
    "The points of score 'fit' for “the air is calm” never decide: without them, everything is the same.",
    also=["unused-question"],
)
def points_that_are_too_few_to_decide() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 4, light: 4, calm: 1})  # mistake
    return small([dry, light, calm], [Rule(fit >= 8, FLY, RIGHT), Rule(fit >= 4, ASK, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "points-never-decide",
    "The points of score 'fit' for question “Where do you fly?” never decide: without them, everything is the same.",
)
def points_for_a_choice_that_never_decide() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 4, light: 4, place: {"field": 0.5, "hall": 0.25}})  # mistake
    return small(
        [dry, light, place],
        [
            Rule((fit >= 8) & ~place.is_("city"), FLY, RIGHT),
            Rule((fit >= 4) & place.is_("field"), ASK, RIGHT),
            Rule((fit >= 4) & place.is_("hall"), FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "points-never-decide",
    "The points of score 'fit' for option 'hall' of question “Where do you fly?” never decide: without them, "
    "everything is the same.",
)
def points_for_an_option_that_never_decide() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 4, place: {"field": 4, "hall": 1}})  # mistake
    return small(
        [dry, place],
        [
            Rule(fit >= 8, FLY, RIGHT),
            Rule((fit >= 4) & place.is_("hall"), ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@defect("points-never-decide", "Score 'fit' decides nothing: no condition compares its points.")
def a_score_that_nothing_compares() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 4, light: 2})  # mistake
    return small([dry, light], [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)], scores=[fit])


@defect(
    "never-true",
    "Condition 2 of score 'fit' holds for no answers; “the wind is at least 17 kn” and “the wind is less than 8 kn” "
    "exclude each other.",
    also=["points-never-decide"],
)
def points_for_what_never_holds() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 4, (wind >= 17) & (wind < 8): 2, wind < 8: 1})  # mistake
    return small([dry, wind], [Rule(fit >= 5, FLY, RIGHT), Rule(fit >= 4, ASK, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "points-in-reach",
    "Score 'outside' has 0–4 points; minus score 'inside', -3 to 2; minus score 'asked', -3 to 4.",
    also=["never-true"],
)
def the_points_of_a_ranking() -> RuleSet:
    outside = Score("outside", "Flying", {dry: 2, light: 2})  # mistake
    inside = Score("inside", "Staying", {dry: 3, permit: 2})
    asked = Score("asked", "Asking", {calm: 2, permit: 1})
    return small(
        [dry, light, calm, permit],
        [Rule((inside >= 3) & (inside < 3), ASK, RIGHT), *ranking({FLY: outside, STAY: inside, ASK: asked}, RIGHT)],
    )


@defect(
    "always-true",
    "A part of rule 'most-outside' holds whatever the answers: “‘Flying’ has at least as many points as ‘Staying’”; "
    "score 'outside' minus score 'inside' has 0–3 points.",
    also=["points-never-decide", "points-never-decide", "rule-never-fires", "unreachable-outcome"],
)
def a_score_that_always_has_more_points_than_another() -> RuleSet:
    # Each of the two has points that the other could beat, but they depend on the same answers.
    outside = Score("outside", "Flying", {dry: 3, place: {"field": 4, "hall": 2}})
    inside = Score("inside", "Staying", {dry: 2, place: {"field": 2, "hall": 2}})
    asked = Score("asked", "Asking", {permit: 4, calm: 2})
    return small(
        [dry, place, permit, calm],
        [*ranking({FLY: outside, STAY: inside, ASK: asked}, RIGHT)],  # mistake
    )


@sound
def points_that_only_decide_when_a_section_is_asked() -> RuleSet:
    fit = Score("fit", "Fitness", {dry: 1, light: 1})
    sections = [
        Section("first", "First", [dry, light]),
        Section("second", "Second", [calm], asked_when=fit >= 1),
    ]
    return small([], [Rule((dry | light) & calm, FLY, RIGHT), otherwise(STAY, RIGHT)], sections=sections)


@sound
def points_of_every_kind() -> RuleSet:
    fair = Criterion("fair", "the weather is fair", dry & calm)
    fit = Score("fit", "Fitness", {fair: 3, place: {"field": 2, "hall": 1}, wind < 8: 0.5, permit: -1})
    return small(
        [dry, calm, place, wind, permit],
        [Rule(fit >= 4.5, FLY, RIGHT), Rule(fit > 2, ASK, RIGHT), otherwise(STAY, RIGHT)],
        criteria=[fair],
    )


@sound
def a_ranking_of_three() -> RuleSet:
    outside = Score("outside", "Flying", {dry: 2, light: 2})
    inside = Score("inside", "Staying", {~dry: 2, calm: 1})
    asked = Score("asked", "Asking", {permit: 2, ~light: 1})
    return small([dry, light, calm, permit], [*ranking({FLY: outside, STAY: inside, ASK: asked}, RIGHT)])

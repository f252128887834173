"""Defects of questions and options: what is asked in vain, too early or twice over."""

from __future__ import annotations

from assessor import Action, Choice, Criterion, Estimate, Fact, Number, Rule, RuleSet, YesNo, all_of, any_of, otherwise
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small
from tests.assessor.check.gallery.words import DAY, SOURCE, dry, light, permit, pilot, place, wind

RIGHT = "so it is"


@defect(
    "alike-options",
    "No rule, action, estimate or asked_when distinguishes the options "
    "'field' and 'city' of the question “Where is it?”.",
    {"where": "field"},
)
def options_that_no_rule_tells_apart() -> RuleSet:
    where = Choice("where", "Where is it?", {"field": "Field", "city": "City", "hall": "Hall"})  # mistake
    return small([where, dry], [Rule(where.is_("hall") & dry, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "alike-options",
    "No rule, action, estimate or asked_when distinguishes the options "
    "'a', 'b' and 'c' of the question “Where is it?”.",
    {"where": "a"},
)
def three_options_that_are_named_together() -> RuleSet:
    where = Choice("where", "Where is it?", {"a": "A", "b": "B", "c": "C", "d": "D"})  # mistake
    return small([where], [Rule(where.is_("a", "b", "c"), FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "alike-options",
    "No rule, action, estimate or asked_when distinguishes the options 'b' and 'c' of the question “Where is it?”.",
    {"where": "b"},
)
def options_of_which_a_criterion_names_another() -> RuleSet:
    where = Choice("where", "Where is it?", {"a": "A", "b": "B", "c": "C"})  # mistake
    named = Criterion("named", "the place is named", where.is_("a"))
    return small(
        [where, dry, light],
        [
            Rule(named & dry, FLY, RIGHT),
            Rule(any_of(where.is_("b"), where.is_("c")) & light, ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
        criteria=[named],
    )


@defect(
    "unused-question",
    "Nothing depends on the question “Is it red?”: no outcome, no action and no estimate.",
    {},
)
def a_question_that_nothing_asks() -> RuleSet:
    colour = YesNo("colour", "Is it red?")  # mistake
    return small([dry, colour], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "unused-question",
    "Nothing depends on the question “Is it red?”: no outcome, no action and no estimate; it is "
    "of no use in rule 'dry'.",
    {},
    also=["redundant-condition"],
)
def a_question_that_makes_no_difference() -> RuleSet:
    colour = YesNo("colour", "Is it red?")  # mistake
    return small([dry, colour], [Rule(dry | (dry & colour), FLY, RIGHT, "dry"), otherwise(STAY, RIGHT)])


@defect(
    "unused-question",
    "Nothing depends on the question “Is it red?”: no outcome, no action and no estimate; it is "
    "of no use in the asked_when of question 'shade'.",
    {},
    also=["unused-question"],
)
def a_question_that_only_leads_to_an_unused_one() -> RuleSet:
    colour = YesNo("colour", "Is it red?")  # mistake
    shade = YesNo("shade", "Is it a dark red?", asked_when=colour)
    return small([dry, colour, shade], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "unused-question",
    "Nothing depends on the question “Is it red?”: no outcome, no action and no estimate; it is "
    "of no use in action 'paint'.",
    {},
    also=["action-never-applies"],
)
def a_question_of_an_action_that_never_applies() -> RuleSet:
    colour = YesNo("colour", "Is it red?")  # mistake
    return small(
        [dry, colour],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        actions=[Action("paint", "Paint it", [FLY], all_of(~dry, colour))],
    )


@defect(
    "matters-unasked",
    "The question “Is there a permit?” matters when you fly in the field; but then it is not asked.",
    {"place": "field"},
)
def a_question_that_matters_before_it_is_asked() -> RuleSet:
    permit = YesNo("permit", "Is there a permit?", asked_when=place.is_("city"))  # mistake
    return small(
        [place, permit],
        [Rule(place.is_("hall"), ASK, RIGHT), Rule(permit, FLY, RIGHT), otherwise(STAY, RIGHT)],
    )


@defect(
    "matters-unasked",
    "The question “How high?” matters when there is a pilot; but then it is not asked.",
    {"pilot": True},
)
def a_number_that_matters_before_it_is_asked() -> RuleSet:
    height = Number("height", "How high?", minimum=0, maximum=300, asked_when=~pilot)  # mistake
    return small([pilot, height], [Rule(height < 120, FLY, RIGHT), Rule(pilot, ASK, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "matters-unasked",
    "The question “Is there a rope?” matters when the wind is 8 kn; but then it is not asked.",
    {"wind": 8.0},
)
def a_question_that_matters_to_an_action_before_it_is_asked() -> RuleSet:
    rope = YesNo("rope", "Is there a rope?", asked_when=wind >= 17)  # mistake
    return small(
        [wind, rope],
        [Rule(wind < 8, FLY, RIGHT), otherwise(STAY, RIGHT)],
        actions=[Action("buy", "Buy a rope", [STAY], ~rope)],
    )


@defect(
    "asked-in-vain",
    "The question “Is there a permit?” decides nothing at its place.",
    {"place": "field"},
    also=["matters-unasked"],
)
def a_question_that_is_asked_the_wrong_way_round() -> RuleSet:
    permit = YesNo("permit", "Is there a permit?", asked_when=place.is_("field", "hall"))  # mistake
    return small(
        [place, permit],
        [Rule(place.is_("city") & ~permit, STAY, RIGHT), Rule(place.is_("field"), FLY, RIGHT), otherwise(ASK, RIGHT)],
    )


@defect(
    "asked-in-vain",
    "The question “Is there a rope?” decides nothing at its place.",
    {"wind": 17.0},
    also=["matters-unasked"],
)
def a_question_whose_rule_is_settled_where_it_is_asked() -> RuleSet:
    rope = YesNo("rope", "Is there a rope?", asked_when=wind >= 17)  # mistake
    return small([wind, rope], [Rule(wind >= 17, STAY, RIGHT), Rule(rope, FLY, RIGHT), otherwise(ASK, RIGHT)])


@defect(
    "asked-in-vain",
    "The question “Is there a rope?” decides nothing at its place.",
    {"light": True},
    also=["matters-unasked", "unused-question"],
)
def a_question_that_only_an_unused_one_waits_for() -> RuleSet:
    rope = YesNo("rope", "Is there a rope?", asked_when=light)  # mistake
    thick = YesNo("thick", "Is it thick?", asked_when=rope)
    return small(
        [light, rope, thick],
        [Rule(~light & rope, FLY, RIGHT), otherwise(STAY, RIGHT)],
    )


@defect(
    "double-negative",
    "The wording “Is there no lamp that is not broken?” negates twice: readers cannot tell what a yes means.",
)
def a_wording_that_negates_twice() -> RuleSet:
    unlit = YesNo("unlit", "Is there no lamp that is not broken?")  # mistake
    return small([unlit], [Rule(unlit, STAY, RIGHT), otherwise(FLY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Don't you lack a pilot?” negates twice: readers cannot tell what a yes means.",
)
def a_contraction_and_a_lack() -> RuleSet:
    short = YesNo("short", "Don't you lack a pilot?")  # mistake
    return small([short], [Rule(short, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "double-negative",
    "The wording “You never fly without a permit” negates twice: readers cannot tell what a yes means.",
)
def without_and_never() -> RuleSet:
    always = YesNo("always", "You never fly without a permit")  # mistake
    return small([always], [Rule(always, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Is it impossible to not use the cloud?” negates twice: readers cannot tell what a yes means.",
)
def impossible_and_not() -> RuleSet:
    twice = YesNo("twice", "Is it impossible to not use the cloud?")  # mistake
    return small([twice], [Rule(twice, STAY, RIGHT), otherwise(FLY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Are you unable to avoid a fork?” negates twice: readers cannot tell what a yes means.",
)
def unable_and_avoid() -> RuleSet:
    twice = YesNo("twice", "Are you unable to avoid a fork?")  # mistake
    return small([twice], [Rule(twice, STAY, RIGHT), otherwise(FLY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Have you refused to do without SSO?” negates twice: readers cannot tell what a yes means.",
)
def refused_and_without() -> RuleSet:
    twice = YesNo("twice", "Have you refused to do without SSO?")  # mistake
    return small([twice], [Rule(twice, STAY, RIGHT), otherwise(FLY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Is it not true that you cannot leave?” negates twice: readers cannot tell what a yes means.",
)
def not_and_a_clause_that_says_not() -> RuleSet:
    twice = YesNo("twice", "Is it not true that you cannot leave?")  # mistake
    return small([twice], [Rule(twice, STAY, RIGHT), otherwise(FLY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Is there a pilot who never flies without you?” negates twice: readers cannot tell what a yes means.",
)
def without_in_a_clause() -> RuleSet:
    twice = YesNo("twice", "Is there a pilot who never flies without you?")  # mistake
    return small([twice], [Rule(twice, STAY, RIGHT), otherwise(FLY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Is there no pilot?” is negative, and the conditions ask for its no alone: a double negative.",
)
def a_negative_wording_that_is_always_negated() -> RuleSet:
    unmanned = YesNo("unmanned", "Is there no pilot?")  # mistake
    return small([unmanned, dry], [Rule(~unmanned & dry, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "double-negative",
    "The wording “Is nobody trained?” is negative, and the conditions ask for its no alone: a double negative.",
)
def a_negative_wording_within_a_negation() -> RuleSet:
    unmanned = YesNo("unmanned", "Is nobody trained?")  # mistake
    return small([unmanned, dry], [Rule(~(unmanned | dry), FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "unused-question",
    "Nothing depends on the question “How large is it?”: no outcome, no action and no estimate.",
    {},
)
def a_number_beside_an_estimate() -> RuleSet:
    price = Number("price", "What does it cost?", minimum=0, maximum=9)
    size = Number("size", "How large is it?", minimum=0, maximum=9)  # mistake
    return small(
        [pilot, permit, price, size],
        [Rule(pilot & permit, FLY, RIGHT), otherwise(STAY, RIGHT)],
        estimates=[Estimate("cost", "What it costs", price * 2)],
    )


@defect(
    "threshold-between-steps",
    "Rule 'breeze' compares the answer to “How strong is the wind?” with 2.5 kn, which no step meets: "
    "the step is 1 kn.",
)
def a_threshold_between_two_steps() -> RuleSet:
    return small([wind], [Rule(wind < 2.5, FLY, RIGHT, "breeze"), otherwise(STAY, RIGHT)])  # mistake


@defect(
    "threshold-between-steps",
    "Criterion 'light' compares the answer to “How heavy is it?” with 0.30000000000000004 kg, which no step "
    "meets: the step is 0.1 kg.",
)
def a_threshold_that_python_worked_out_in_floats() -> RuleSet:
    weight = Number("weight", "How heavy is it?", minimum=0, maximum=25, unit="kg", step=0.1)
    small_one = Criterion("light", "it is light", weight < 0.1 * 3)  # mistake
    return small([weight], [Rule(small_one, FLY, RIGHT), otherwise(STAY, RIGHT)], criteria=[small_one])


@defect(
    "threshold-between-steps",
    "Action 'tie' compares the answer to “How heavy is it?” with 0.95, which no step meets: the step is 0.3.",
)
def a_threshold_behind_the_last_step() -> RuleSet:
    weight = Number("weight", "How heavy is it?", minimum=0, maximum=1, step=0.3)
    tie = Action("tie", "Tie it down", [FLY], weight < 0.95)  # mistake
    return small([weight, dry], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)], actions=[tie])


@defect(
    "threshold-between-steps",
    "Rule 'breeze' compares the answer to “How strong is the wind?” with 2.5 kn, which no step meets: "
    "the step is 1 kn.",
)
def a_threshold_that_no_whole_number_meets() -> RuleSet:
    gust = Number("wind", "How strong is the wind?", minimum=0, maximum=40, unit="kn", step=1)
    return small([gust], [Rule(gust <= 2.5, FLY, RIGHT, "breeze"), otherwise(STAY, RIGHT)])  # mistake


@defect(
    "fact-between-steps",
    "Rule 'calm' compares the answer to “How strong is the wind?” with 2.5 kn, fact 'limit', which no step meets: "
    "the step is 1 kn.",
)
def a_fact_between_two_steps() -> RuleSet:
    limit = Fact("limit", 2.5, "kn", source=SOURCE, checked=DAY)
    calm = Rule(wind < limit, FLY, RIGHT, "calm")  # mistake
    return small([wind], [calm, otherwise(STAY, RIGHT)], facts=[limit])


@defect(
    "unused-question",
    "Nothing depends on the question “How large is it?”: no outcome, no action and no estimate; it is of no use in "
    "estimate 'cost'.",
    {},
)
def a_number_that_an_estimate_takes_away_again() -> RuleSet:
    size = Number("size", "How large is it?", minimum=0, maximum=9)  # mistake
    return small(
        [pilot, permit, size],
        [Rule(pilot & permit, FLY, RIGHT), otherwise(STAY, RIGHT)],
        estimates=[Estimate("cost", "What it costs", (size - size) * 2 + 5)],
    )


@defect(
    "cancelled-term",
    "The question “How large is it?” makes no difference to estimate 'cost': the formula cancels it out.",
)
def a_number_that_an_estimate_cancels_and_that_decides() -> RuleSet:
    size = Number("size", "How large is it?", minimum=0, maximum=9)
    cost = (size - size) * 2 + 5  # mistake
    return small(
        [size],
        [Rule(size < 3, FLY, RIGHT), otherwise(STAY, RIGHT)],
        estimates=[Estimate("cost", "What it costs", cost), Estimate("double", "Twice that", cost * 2)],
    )


@defect(
    "cancelled-term",
    "The question “How large is it?” makes no difference to a part of estimate 'cost': the formula cancels it out.",
)
def a_number_that_a_part_of_an_estimate_cancels() -> RuleSet:
    size = Number("size", "How large is it?", minimum=0, maximum=9)
    spare = 2 * size - size - size  # mistake
    return small(
        [dry, size],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        estimates=[Estimate("cost", "What it costs", size + spare * 3)],
    )


@defect(
    "cancelled-term",
    "Fact 'limit' makes no difference to estimate 'cost': the formula cancels it out.",
)
def a_fact_that_an_estimate_cancels() -> RuleSet:
    limit = Fact("limit", 2.5, source=SOURCE, checked=DAY)
    size = Number("size", "How large is it?", minimum=0, maximum=9)
    cost = size + limit - limit  # mistake
    return small(
        [dry, size],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        facts=[limit],
        estimates=[Estimate("cost", "What it costs", cost)],
    )

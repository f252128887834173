"""Rule sets without a defect, of all shapes that people write."""

from __future__ import annotations

from assessor import (
    Action,
    Case,
    Choice,
    Criterion,
    Estimate,
    Fact,
    Number,
    Option,
    Outcome,
    Quantity,
    Rule,
    RuleSet,
    Section,
    YesNo,
    all_of,
    any_of,
    at_least,
    case,
    otherwise,
)
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, small, sound
from tests.assessor.check.gallery.words import (
    DAY,
    SOURCE,
    breeze,
    calm,
    dry,
    gale,
    light,
    mass,
    permit,
    pilot,
    place,
    wind,
)

RIGHT = "so it is"


@sound
def one_question() -> RuleSet:
    return small([dry], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)])


@sound
def complete_without_an_otherwise() -> RuleSet:
    return small([dry], [Rule(dry, FLY, RIGHT), Rule(~dry, STAY, RIGHT)])


@sound
def every_option_has_its_rule() -> RuleSet:
    return small(
        [place],
        [
            Rule(place.is_("field"), FLY, RIGHT),
            Rule(place.is_("city"), ASK, RIGHT),
            Rule(place.is_("hall"), STAY, RIGHT),
        ],
    )


@sound
def ranges_that_meet() -> RuleSet:
    return small(
        [wind],
        [
            Rule(wind < breeze, FLY, RIGHT),
            Rule((wind >= breeze) & (wind < gale), ASK, RIGHT),
            Rule(wind >= gale, STAY, RIGHT),
        ],
        facts=[breeze, gale],
    )


@sound
def ranges_in_order() -> RuleSet:
    return small([wind], [Rule(wind < 8, FLY, RIGHT), Rule(wind < 17, ASK, RIGHT), otherwise(STAY, RIGHT)])


@sound
def ranges_that_share_an_outcome() -> RuleSet:
    return small([wind], [Rule(wind < 2, STAY, RIGHT), Rule(wind < 17, FLY, RIGHT), otherwise(STAY, RIGHT)])


@sound
def exceptions_before_a_wide_rule() -> RuleSet:
    return small(
        [dry, light, calm],
        [Rule(all_of(dry, ~light, calm), ASK, RIGHT), Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
    )


@sound
def a_count() -> RuleSet:
    return small([dry, light, calm], [Rule(at_least(2, dry, light, calm), FLY, RIGHT), otherwise(STAY, RIGHT)])


@sound
def counts_in_order() -> RuleSet:
    return small(
        [dry, light, calm],
        [
            Rule(at_least(3, dry, light, calm), FLY, RIGHT),
            Rule(at_least(2, dry, light, calm), ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@sound
def a_count_over_conditions() -> RuleSet:
    return small(
        [dry, wind, place],
        [
            Rule(at_least(2, dry, wind < 8, place.is_("hall")), FLY, RIGHT),
            Rule(place.is_("city"), ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@sound
def a_question_asked_only_in_the_city() -> RuleSet:
    paper = YesNo("paper", "Do you have the city's permit?", asked_when=place.is_("city"), no="the city forbids it")
    return small(
        [place, paper],
        [Rule(place.is_("city") & ~paper, STAY, RIGHT), Rule(place.is_("hall"), ASK, RIGHT), otherwise(FLY, RIGHT)],
    )


@sound
def an_option_offered_only_where_it_is_dry() -> RuleSet:
    hall = Option("hall", "In a hall", "it is in a hall", asked_when=dry)
    where = Choice("where", "Where is it?", [hall, Option("field", "In a field"), Option("city", "In a city")])
    rules = [Rule(where.hall, ASK, RIGHT), Rule(where.field, FLY, RIGHT), otherwise(STAY, RIGHT)]
    return small([dry, where], rules)


@sound
def questions_that_lead_to_one_another() -> RuleSet:
    paper = YesNo("paper", "Do you have a permit?", asked_when=place.is_("city"))
    height = Number("height", "How high does it allow?", minimum=0, maximum=300, asked_when=place.is_("city") & paper)
    return small(
        [place, paper, height],
        [
            Rule(place.is_("hall"), ASK, RIGHT),
            Rule(place.is_("field"), FLY, RIGHT),
            Rule(paper & (height >= 50), FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@sound
def a_question_for_an_estimate_alone() -> RuleSet:
    known = YesNo("known", "Do you know your costs?", asked_when=dry)
    cost = Number("cost", "What does an hour cost?", minimum=0, maximum=900, unit="USD/h", asked_when=dry & known)
    return small(
        [dry, known, cost],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        estimates=[Estimate("bill", "What it costs", cost * 2)],
    )


@sound
def a_criterion_in_two_rules() -> RuleSet:
    ready = Criterion("ready", "the team is ready", all_of(pilot, permit), negation="the team is not ready")
    return small(
        [pilot, permit, dry, light],
        [Rule(ready & dry, FLY, RIGHT), Rule(ready & light, ASK, RIGHT), otherwise(STAY, RIGHT)],
        criteria=[ready],
    )


@sound
def a_criterion_and_its_opposite() -> RuleSet:
    ready = Criterion("ready", "the team is ready", any_of(pilot, permit & light))
    return small(
        [pilot, permit, light, dry],
        [Rule(~ready, STAY, RIGHT), Rule(dry, FLY, RIGHT), otherwise(ASK, RIGHT)],
        criteria=[ready],
    )


@sound
def a_criterion_of_criteria() -> RuleSet:
    fine = Criterion("fine", "the weather is fine", dry & (wind < breeze))
    ready = Criterion("ready", "all is ready", fine & pilot)
    return small(
        [dry, wind, pilot],
        [Rule(ready, FLY, RIGHT), Rule(fine, ASK, RIGHT), otherwise(STAY, RIGHT)],
        facts=[breeze],
        criteria=[fine, ready],
    )


@sound
def a_criterion_of_an_action_alone() -> RuleSet:
    unlit = Criterion("unlit", "nothing is lit", ~light & ~place.is_("hall"))
    return small(
        [dry, light, place],
        [Rule(dry | place.is_("city"), FLY, RIGHT), otherwise(STAY, RIGHT)],
        criteria=[unlit],
        actions=[Action("lamp", "Take a lamp", [FLY], unlit)],
    )


@sound
def a_question_of_an_action_alone() -> RuleSet:
    return small(
        [dry, light],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        actions=[Action("lamp", "Take a lamp", [FLY, STAY], ~light, gap=True), Action("tea", "Make tea", [STAY])],
    )


@sound
def a_fact_in_a_condition_and_in_words() -> RuleSet:
    speed = Fact("speed", 90, "km/h", source=SOURCE, checked=DAY, review_after="2026-12-31")
    return small(
        [wind],
        [Rule(wind < breeze, FLY, f"It flies at {speed}."), otherwise(STAY, RIGHT)],
        facts=[breeze, speed],
    )


@sound
def facts_in_estimates_and_defaults() -> RuleSet:
    price = Fact("price", 3, "USD/h", source=SOURCE, checked=DAY, low=2, high=4)
    usual = Fact("usual", 5, "h", source=SOURCE, checked=DAY)
    hours = Number("hours", "How long?", minimum=0, maximum=24, unit="h", default=usual)
    return small(
        [dry, hours],
        [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)],
        facts=[price, usual],
        estimates=[Estimate("bill", "What it costs", price * hours)],
    )


@sound
def ticks_of_which_all_count() -> RuleSet:
    things = [YesNo(thing, f"There is a {thing}", yes=f"there is a {thing}") for thing in ("rope", "lamp", "map")]
    return small(
        [],
        [Rule(all_of(*things), FLY, RIGHT), Rule(at_least(2, *things), ASK, RIGHT), otherwise(STAY, RIGHT)],
        sections=[Section("kit", "Your kit", things, ticks=True)],
        actions=[Action(f"get-{thing.id}", f"Get a {thing.id}", [ASK, STAY], ~thing, gap=True) for thing in things],
    )


@sound
def a_section_that_fills_a_screen() -> RuleSet:
    things = [YesNo(f"thing-{number}", f"There is thing {number}") for number in range(39)]
    return small(
        [],
        [Rule(all_of(*things), FLY, RIGHT), otherwise(STAY, RIGHT)],
        sections=[Section("things", "What there is", things, ticks=True)],
    )


@sound
def negative_wordings_that_are_clear() -> RuleSet:
    offline = YesNo("offline", "Is there no connection, or one that is not reliable?")
    policy = YesNo("policy", "Do you have a no-fly policy?")
    whether = YesNo("whether", "Is it registered or not?")
    only = YesNo("only", "Is it not only for children?")
    return small(
        [offline, policy, whether, only],
        [Rule(offline, STAY, RIGHT), Rule(all_of(~policy, ~whether, ~only), FLY, RIGHT), otherwise(ASK, RIGHT)],
    )


@sound
def negations_in_clauses_of_their_own() -> RuleSet:
    wordings = [
        "Is it fine if staff cannot log in when there is no internet?",
        "Do you know what to do when a backup does not restore because there is no space left?",
        "Must users who are not employees have no access?",
        "Is there a not-for-profit licence with no fee?",
        "Can you restore records without losing those that were not yet copied?",
        "Do you refuse access to staff without a badge?",
    ]
    asked = [YesNo(f"q{number}", wording) for number, wording in enumerate(wordings)]
    return small(asked, [Rule(all_of(*asked), FLY, RIGHT), otherwise(STAY, RIGHT)])


@sound
def wordings_in_other_languages() -> RuleSet:
    wordings = [
        "Os dados ficam no servidor no Brasil?",
        "¿Los datos no salen del país y no se copian?",
        "¿No guardan datos que no sean suyos?",
        "I dati non sono in un paese no UE, no?",
    ]
    asked = [YesNo(f"q{number}", wording) for number, wording in enumerate(wordings)]
    return small(asked, [Rule(all_of(*asked), FLY, RIGHT), otherwise(STAY, RIGHT)])


@sound
def a_negative_wording_that_is_asked_both_ways() -> RuleSet:
    alone = YesNo("alone", "Is nobody else there?")
    return small([alone, dry], [Rule(~alone & dry, FLY, RIGHT), Rule(alone, ASK, RIGHT), otherwise(STAY, RIGHT)])


@sound
def cases_that_hold() -> RuleSet:
    return small(
        [dry, light],
        [Rule(dry & light, FLY, RIGHT, "fair"), otherwise(STAY, RIGHT)],
        actions=[Action("lamp", "Take a lamp", [STAY], ~light)],
        cases=[
            Case("noon", "Noon", "Sun.", {"dry": True, "light": True}, FLY, rule="fair", actions=[]),
            Case("night", "Night", "Moon.", {"light": False}, STAY, actions=["lamp"]),
            Case("dawn", "Dawn", "Dew.", {"dry": True}, STAY, settled=False),
        ],
    )


@sound
def an_outcome_of_three_rules() -> RuleSet:
    return small(
        [dry, light, place, wind],
        [
            Rule(wind >= 17, STAY, RIGHT),
            Rule(place.is_("hall"), FLY, RIGHT),
            Rule(~dry, STAY, RIGHT),
            Rule(place.is_("city") & ~light, STAY, RIGHT),
            otherwise(FLY, RIGHT),
        ],
    )


@sound
def three_numbers() -> RuleSet:
    age = Number("age", "How old is it?", minimum=0, maximum=30)
    return small(
        [wind, mass, age],
        [
            Rule(any_of(wind >= 17, (wind >= 8) & (mass < 2)), STAY, RIGHT),
            Rule(all_of(age >= 5, mass >= 10), ASK, RIGHT),
            Rule(age >= 20, ASK, RIGHT),
            otherwise(FLY, RIGHT),
        ],
    )


@sound
def a_choice_among_many() -> RuleSet:
    kind = Choice("kind", "Which kind?", {"a": "A", "b": "B", "c": "C", "d": "D"})
    return small(
        [kind, dry],
        [
            Rule(kind.is_("a", "b") & dry, FLY, RIGHT),
            Rule(kind.is_("b", "c"), ASK, RIGHT),
            Rule(kind.is_("d") & ~dry, ASK, RIGHT),
            otherwise(STAY, RIGHT),
        ],
    )


@sound
def a_single_outcome_with_actions() -> RuleSet:
    only = Outcome("only", "Do it")
    return small(
        [dry, light],
        [otherwise(only, RIGHT)],
        actions=[Action("hat", "Take a hat", [only], dry), Action("lamp", "Take a lamp", [only], ~dry & ~light)],
    )


@sound
def braces_that_are_meant() -> RuleSet:
    return small([dry], [Rule(dry, FLY, "Set `{mode}` to {1, 2} or ``{a `b`}``, not to {}."), otherwise(STAY, RIGHT)])


@sound
def thresholds_at_steps() -> RuleSet:
    """From the minimum, from 0, where an empty field starts, and at the maximum; as decimals and not as floats."""
    tenth = Fact("tenth", 0.1, "kg", source=SOURCE, checked=DAY)
    weight = Number("weight", "How heavy is it?", minimum=0.05, maximum=0.93, unit="kg", step=0.1)
    return small(
        [weight],
        [
            Rule(weight < 0.15, FLY, f"not much more than {tenth}"),
            Rule(weight < tenth.number * 3, ASK, RIGHT),
            Rule(weight < 0.7, STAY, RIGHT),
            Rule(weight < 0.93, FLY, RIGHT),
            otherwise(STAY, RIGHT),
        ],
        facts=[tenth],
    )


@sound
def an_estimate_that_depends_on_a_number_but_for_a_price_of_today() -> RuleSet:
    """At a price of 0, no answer changes what it costs; the price may change."""
    price = Fact("price", 0, "EUR/kg", source=SOURCE, checked=DAY)
    cost = Estimate("cost", "What it costs", mass * price)
    return small([dry, mass], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)], facts=[price], estimates=[cost])


@sound
def a_text_in_braces_that_is_no_name() -> RuleSet:
    return small([dry], [Rule(dry, FLY, "Take one of {a, b}, { 1 } or {two words}."), otherwise(STAY, RIGHT)])


@sound
def a_number_that_stands_twice_in_an_estimate() -> RuleSet:
    share = Estimate("share", "Its share", mass / (mass + Quantity(1, "kg")))
    rest = Estimate("rest", "What is left of it", mass * 3 - mass)
    return small([dry, mass], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)], estimates=[share, rest])


@sound
def a_choice_for_the_case_of_an_estimate_alone() -> RuleSet:
    fee, low_fee = (Fact(name, value, "EUR", source=SOURCE, checked=DAY) for name, value in (("fee", 30), ("low", 10)))
    cost = case(place.is_("city"), fee, otherwise=case(place.is_("field"), low_fee, otherwise=2 * low_fee))
    return small(
        [dry, place], [Rule(dry, FLY, RIGHT), otherwise(STAY, RIGHT)], estimates=[Estimate("cost", "The fee", cost)]
    )

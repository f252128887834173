"""Defects of criteria, facts, actions, sections and cases."""

from __future__ import annotations

from assessor import Action, Case, Choice, Criterion, Fact, Number, Rule, RuleSet, Section, YesNo, all_of, otherwise
from tests.assessor.check.gallery.gallery import ASK, FLY, STAY, defect, small
from tests.assessor.check.gallery.words import DAY, SOURCE, calm, dry, gale, light, pilot, wind

RIGHT = "so it is"
RULES = (Rule(dry, FLY, RIGHT, "dry"), otherwise(STAY, RIGHT))


@defect(
    "unused-criterion",
    "Criterion 'fine', “the weather is fine”, is in no rule and no action.",
)
def a_criterion_that_nothing_uses() -> RuleSet:
    fine = Criterion("fine", "the weather is fine", dry & light)  # mistake
    return small([dry, light], [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)], criteria=[fine])


@defect(
    "unused-criterion",
    "Criterion 'best', “all is at its best”, is in no rule and no action.",
)
def a_criterion_that_only_an_unused_one_uses() -> RuleSet:
    fine = Criterion("fine", "the weather is fine", dry & light)
    best = Criterion("best", "all is at its best", fine & calm)  # mistake
    return small([dry, light, calm], [Rule(fine & calm, FLY, RIGHT), otherwise(STAY, RIGHT)], criteria=[fine, best])


@defect(
    "fact-for-pages",
    "Fact 'speed', '90 kn', is in no condition, no formula and no words of the rule set; "
    "whether pages quote it is not known.",
)
def a_fact_that_no_page_quotes() -> RuleSet:
    speed = Fact("speed", 90, "kn", source=SOURCE, checked=DAY)  # mistake
    return small([dry], RULES, facts=[speed])


@defect(
    "fact-for-pages",
    "Fact 'days', '3', is in no condition, no formula and no words of the rule set; "
    "whether pages quote it is not known.",
)
def a_fact_whose_value_stands_in_another_number() -> RuleSet:
    days = Fact("days", 3, source=SOURCE, checked=DAY)  # mistake
    height = Fact("height", 120, "m", source=SOURCE, checked=DAY)
    return small([dry], [Rule(dry, FLY, "for 30 days, or 0.3 of a year"), otherwise(STAY, RIGHT)], facts=[days, height])


@defect(
    "fact-for-pages",
    "Fact 'days', '3', is in no condition, no formula and no words of the rule set; "
    "whether pages quote it is not known.",
)
def a_bare_number_that_words_have_for_another_reason() -> RuleSet:
    days = Fact("days", 3, source=SOURCE, checked=DAY)  # mistake
    return small([dry], [Rule(dry, FLY, "Within 3 days."), otherwise(STAY, RIGHT)], facts=[days])


@defect(
    "fact-for-pages",
    "Fact 'allowed', 'no', is in no condition, no formula and no words of the rule set; "
    "whether pages quote it is not known.",
)
def a_word_that_words_have_for_another_reason() -> RuleSet:
    allowed = Fact("allowed", "no", source=SOURCE, checked=DAY)  # mistake
    return small([dry], [Rule(dry, FLY, "There is no wind."), otherwise(STAY, RIGHT)], facts=[allowed])


@defect(
    "fact-for-pages",
    "Fact 'speed', 'as fast as a train', is in no condition, no formula and no words of the rule set;"
    " whether pages quote it is not known.",
)
def a_fact_that_pages_may_quote() -> RuleSet:
    speed = Fact("speed", "as fast as a train", source=SOURCE, checked=DAY)  # mistake
    return small([dry], RULES, facts=[speed])


@defect(
    "outdated-fact",
    "Fact 'speed', '90 kn', was due for review after 2026-06-30; its source was last read on 2026-01-31.",
    today="2026-07-01",
)
def a_fact_past_its_review() -> RuleSet:
    speed = Fact("speed", 90, "kn", source=SOURCE, checked=DAY, review_after="2026-06-30")  # mistake
    return small([wind], [Rule(wind < 17, FLY, f"below {speed}"), otherwise(STAY, RIGHT)], facts=[speed])


@defect(
    "future-fact",
    "The source of fact 'speed', '90 kn', has the reading date 2026-01-31, which is in the future.",
    today="2026-01-29",
)
def a_fact_read_in_the_future() -> RuleSet:
    speed = Fact("speed", 90, "kn", source=SOURCE, checked=DAY)  # mistake
    return small([wind], [Rule(wind < 17, FLY, f"below {speed}"), otherwise(STAY, RIGHT)], facts=[speed])


@defect(
    "action-never-applies",
    "Action 'lamp' never applies: its condition holds for no answers that lead to 'Fly'.",
    {"dry": True, "light": True},
)
def an_action_that_its_outcome_excludes() -> RuleSet:
    return small(
        [dry, light],
        [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)],
        actions=[Action("lamp", "Take a lamp", [FLY], ~light)],  # mistake
    )


@defect(
    "action-never-applies",
    "Action 'rope' never applies: its condition holds for no answers that lead to 'Fly' or 'Ask the tower'.",
    {"wind": 0.0, "dry": True},
)
def an_action_that_both_its_outcomes_exclude() -> RuleSet:
    return small(
        [wind, dry],
        [Rule(wind >= 17, STAY, RIGHT), Rule(dry, FLY, RIGHT), otherwise(ASK, RIGHT)],
        actions=[Action("rope", "Tie it down", [FLY, ASK], wind >= 17)],  # mistake
    )


@defect(
    "long-section",
    "Section “What there is” takes at least 41 rows, not counting hints, and a screen shows 40: "
    "readers lose sight of its heading.",
)
def a_section_of_forty_ticks() -> RuleSet:
    things = [YesNo(f"thing-{number}", f"There is thing {number}") for number in range(40)]
    section = Section("things", "What there is", things, ticks=True)  # mistake
    return small([], [Rule(all_of(*things), FLY, RIGHT), otherwise(STAY, RIGHT)], sections=[section])


@defect(
    "long-section",
    "Section “What there is” takes at least 41 rows, not counting hints, and a screen shows 40: "
    "readers lose sight of its heading.",
)
def a_section_of_twenty_questions() -> RuleSet:
    things = [YesNo(f"thing-{number}", f"Is there thing {number}?") for number in range(20)]
    section = Section("things", "What there is", things)  # mistake
    return small([], [Rule(all_of(*things), FLY, RIGHT), otherwise(STAY, RIGHT)], sections=[section])


@defect(
    "wrong-case",
    "Case 'walk' should get 'stay', but the rules give 'fly'.",
    {"dry": True},
)
def a_case_with_another_outcome() -> RuleSet:
    walk = Case("walk", "A walk", "On a Sunday.", {"dry": True}, STAY)  # mistake
    return small([dry], RULES, cases=[walk])


@defect(
    "wrong-case",
    "Case 'walk' should get 'stay', but its answers leave open: 'fly', 'stay'.",
    {"light": True},
)
def a_case_that_is_not_settled() -> RuleSet:
    walk = Case("walk", "A walk", "On a Sunday.", {"light": True}, STAY)  # mistake
    return small([dry, light], [Rule(dry & light, FLY, RIGHT), otherwise(STAY, RIGHT)], cases=[walk])


@defect(
    "wrong-case",
    "Case 'walk' is to stay open, but its answers settle 'stay'.",
    {"dry": False},
)
def a_case_that_is_settled() -> RuleSet:
    walk = Case("walk", "A walk", "On a Sunday.", {"dry": False}, STAY, settled=False)  # mistake
    return small([dry], RULES, cases=[walk])


@defect(
    "wrong-case",
    "Case 'walk' should be decided by rule 'pilot', but its answers leave it open: 'dry' or 'pilot' may.",
    {"dry": True, "pilot": True},
)
def a_case_by_another_rule() -> RuleSet:
    walk = Case("walk", "A walk", "On a Sunday.", {"dry": True, "pilot": True}, FLY, rule="pilot")  # mistake
    return small(
        [dry, pilot, light],
        [Rule(dry & light, FLY, RIGHT, "dry"), Rule(pilot, FLY, RIGHT, "pilot"), otherwise(STAY, RIGHT)],
        cases=[walk],
    )


@defect(
    "wrong-case",
    "Case 'walk' should get 'hat' to do, which does not apply.",
    {"dry": True, "light": False},
    also=["wrong-case"],
)
def a_case_with_other_actions() -> RuleSet:
    walk = Case("walk", "A walk", "On a Sunday.", {"dry": True, "light": False}, FLY, actions=["hat"])  # mistake
    return small(
        [dry, light],
        RULES,
        actions=[Action("lamp", "Take a lamp", [FLY], ~light), Action("hat", "Take a hat", [FLY], light)],
        cases=[walk],
    )


@defect(
    "wrong-case",
    "Case 'walk' should leave 'fly' possible, but its answers leave open: 'stay', 'ask'.",
    {"dry": False},
)
def a_case_without_what_it_leaves_possible() -> RuleSet:
    walk = Case("walk", "A walk", "On a Sunday.", {"dry": False}, FLY, settled=False)  # mistake
    return small(
        [dry, light],
        [Rule(dry, FLY, RIGHT), Rule(light, STAY, RIGHT), otherwise(ASK, RIGHT)],
        cases=[walk],
    )


@defect(
    "missing-f-prefix",
    "Rule 'dry' says “{gale}” itself, and not a value.",
)
def a_reason_that_was_to_be_filled() -> RuleSet:
    return small(
        [dry],
        [
            Rule(dry, FLY, "Below {gale}, and that only.", "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "missing-f-prefix",
    "Option 'light' of question 'kind' says “{breeze.value:.1f}” itself, and not a value.",
)
def an_option_that_was_to_be_filled() -> RuleSet:
    kind = Choice("kind", "Which kite?", {"light": "Up to {breeze.value:.1f} kn", "heavy": "Heavier"})  # mistake
    return small([kind], [Rule(kind.is_("light"), FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "missing-f-prefix",
    "Action 'tell' says “{wind[0]!r}” itself, and not a value.",
)
def one_of_two_that_was_to_be_filled() -> RuleSet:
    tell = Action("tell", "Write `{wind}`, and then {wind[0]!r}", [FLY])  # mistake
    return small([dry], RULES, actions=[tell])


@defect(
    "unquoted-number",
    "Rule 'calm' says '17 kn' as plain text, which is fact 'gale', and would not change with it.",
)
def a_reason_that_has_the_number_of_its_fact() -> RuleSet:
    return small(
        [wind],
        [
            Rule(wind < gale, FLY, "It holds below 17 kn.", "calm"),  # mistake
            otherwise(STAY, RIGHT),
        ],
        facts=[gale],
    )


@defect(
    "unquoted-number",
    "Question 'wind' says '12 kn' as plain text, which is the threshold of question 'wind', and would not change "
    "with it.",
)
def a_hint_that_has_the_threshold() -> RuleSet:
    wind = Number("wind", "How windy?", hint="12 kn is a lot", unit="kn", minimum=0, maximum=40)  # mistake
    return small([wind], [Rule(wind < 12, FLY, RIGHT), otherwise(STAY, RIGHT)])


@defect(
    "doubtful-number-in-rules",
    "Rule 'calm' says '15 kn', but fact 'tears', the threshold here, is '17 kn'.",
)
def a_reason_with_a_number_that_was_the_fact() -> RuleSet:
    tears = Fact("tears", 17, "kn", "Wind that tears the sail", source=SOURCE, checked=DAY)
    return small(
        [wind],
        [
            Rule(wind < tears, FLY, "A wind of 15 kn tears the sail.", "calm"),  # mistake
            otherwise(STAY, RIGHT),
        ],
        facts=[tears],
    )


@defect(
    "missing-f-prefix",
    "Rule 'dry' says “{gale.value_text()}” itself, and not a value.",
)
def a_call_that_was_to_be_filled() -> RuleSet:
    return small(
        [dry],
        [
            Rule(dry, FLY, "Below {gale.value_text()} it holds.", "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "missing-f-prefix",
    "Rule 'dry' says “{gale=}” itself, and not a value.",
)
def a_name_with_its_value_that_was_to_be_filled() -> RuleSet:
    return small(
        [dry],
        [
            Rule(dry, FLY, "It holds below {gale=}.", "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )


@defect(
    "missing-f-prefix",
    "Rule 'dry' says “{ gale }” itself, and not a value.",
)
def a_name_between_spaces_that_was_to_be_filled() -> RuleSet:
    return small(
        [dry],
        [
            Rule(dry, FLY, "It holds below { gale }.", "dry"),  # mistake
            otherwise(STAY, RIGHT),
        ],
    )

"""Defects of rule sets with several decisions: what one decision comes to makes rules of another useless."""

from __future__ import annotations

from typing import Any

from assessor import Action, Case, Decision, Outcome, Question, Rule, RuleSet, Section, otherwise
from tests.assessor.check.gallery.gallery import FLY, STAY, defect, sound
from tests.assessor.check.gallery.words import calm, dry, light, pilot

RIGHT = "so it is"

LOW, HIGH = Outcome("low", "Fly low"), Outcome("high", "Fly high")
NAP, UP = Outcome("nap", "Take a nap"), Outcome("up", "Stay up")

GO = Decision("go", "Whether to fly", [Rule(dry & light, FLY, RIGHT, "fair"), otherwise(STAY, RIGHT)])


def both(questions: list[Question], first: Decision, *later: Decision, **more: Any) -> RuleSet:
    """Return a rule set with several decisions."""
    sections = [Section("all", "All questions", questions)]
    return RuleSet("drones", title="Fly or stay", sections=sections, decisions=[first, *later], **more)


@defect(
    "gap",
    "Decision 'height' has no otherwise, and none of its rules decides when it is dry, and it is light, and the air "
    "is not calm.",
    {"dry": True, "light": True, "calm": False},
)
def a_gap_in_the_second_decision_only() -> RuleSet:
    height = Decision(
        "height",
        "How high",
        [
            Rule(GO.is_(STAY), NAP, RIGHT),
            Rule(calm, HIGH, RIGHT),  # mistake
        ],
    )
    return both([dry, light, calm], GO, height)


@defect(
    "rule-never-fires",
    "Rule 'wet' never decides: whenever it rains, rule 'grounded' before it holds, too.",
    {"dry": False},
)
def a_rule_that_an_earlier_decision_rules_out() -> RuleSet:
    height = Decision(
        "height",
        "How high",
        [
            Rule(GO.is_(STAY), NAP, RIGHT, "grounded"),
            Rule(~dry, LOW, RIGHT, "wet"),  # mistake
            Rule(calm, LOW, RIGHT, "calm"),
            otherwise(HIGH, RIGHT),
        ],
    )
    return both([dry, light, calm], GO, height)


@defect(
    "never-true",
    "Rule 'odd' holds for no answers; “the result of ‘Whether to fly’ is ‘Fly’” and “it rains” exclude each other.",
)
def a_condition_that_an_earlier_decision_excludes() -> RuleSet:
    height = Decision(
        "height",
        "How high",
        [
            Rule(GO.is_(FLY) & ~dry, HIGH, RIGHT, "odd"),  # mistake
            Rule(calm, HIGH, RIGHT, "calm"),
            otherwise(LOW, RIGHT),
        ],
    )
    return both([dry, light, calm], GO, height)


@defect(
    "always-true",
    "Rule 'any' holds whatever the answers; these are all the outcomes of decision 'go'.",
    also=["rule-never-fires", "unreachable-outcome"],
)
def every_outcome_of_an_earlier_decision() -> RuleSet:
    height = Decision(
        "height",
        "How high",
        [
            Rule(GO.is_(FLY, STAY), LOW, RIGHT, "any"),  # mistake
            otherwise(HIGH, RIGHT),
        ],
    )
    return both([dry, light], GO, height)


@defect(
    "redundant-condition",
    "Rule 'calm' needs no “it is dry”: the rest of its condition says the same for all answers.",
    {"dry": True, "light": True, "calm": True},
)
def a_part_that_an_earlier_decision_implies() -> RuleSet:
    height = Decision(
        "height",
        "How high",
        [
            Rule(GO.is_(FLY) & dry & calm, HIGH, RIGHT, "calm"),  # mistake
            otherwise(LOW, RIGHT),
        ],
    )
    return both([dry, light, calm], GO, height)


@defect(
    "action-never-applies",
    "Action 'rest' never applies: its condition holds for no answers that lead to 'Fly high'.",
    {"dry": True, "light": True, "calm": True},
)
def an_action_under_a_later_decision_that_an_earlier_one_excludes() -> RuleSet:
    height = Decision("height", "How high", [Rule(GO.is_(FLY) & calm, HIGH, RIGHT), otherwise(LOW, RIGHT)])
    rest = Action("rest", "Rest", [HIGH], ~dry)  # mistake
    return both([dry, light, calm], GO, height, actions=[rest])


@defect(
    "wrong-case",
    "Case 'noon' should get 'low', but the rules of decision 'height' give 'high'.",
    {"dry": True, "light": True, "calm": True},
)
def a_case_that_is_wrong_about_the_second_decision() -> RuleSet:
    height = Decision("height", "How high", [Rule(GO.is_(FLY) & calm, HIGH, RIGHT), otherwise(LOW, RIGHT)])
    noon = Case("noon", "Noon", "", {"dry": True, "light": True, "calm": True}, FLY, also=[LOW])  # mistake
    return both([dry, light, calm], GO, height, cases=[noon])


@sound
def rules_of_two_decisions_that_hold_together() -> RuleSet:
    """Neither covers the other, and the pilot matters to the second alone."""
    height = Decision("height", "How high", [Rule(dry & light, LOW, RIGHT), otherwise(HIGH, RIGHT)])
    rest = Decision("rest", "Whether to rest", [Rule(pilot & height.is_(LOW), NAP, RIGHT), otherwise(UP, RIGHT)])
    return both([dry, light, pilot], GO, height, rest)


@sound
def an_answer_that_matters_to_the_second_decision_by_the_first() -> RuleSet:
    height = Decision("height", "How high", [Rule(GO.is_(FLY) & calm, HIGH, RIGHT), otherwise(LOW, RIGHT)])
    hat = Action("hat", "Take a hat", [FLY, LOW], light)
    noon = Case("noon", "Noon", "", {"dry": True, "light": True, "calm": True}, FLY, also=[HIGH], actions=["hat"])
    return both([dry, light, calm], GO, height, actions=[hat], cases=[noon])

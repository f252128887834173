"""Parts of a rule set in Python's `and`, `or`, `not` and `if`, which would take each of them for true."""

import datetime
from collections.abc import Callable

import pytest

from assessor import (
    Action,
    Case,
    Chart,
    Choice,
    Criterion,
    Date,
    Decision,
    Estimate,
    Fact,
    Number,
    Option,
    Outcome,
    Quantity,
    Rule,
    Score,
    Section,
    case,
    months,
    otherwise,
)
from assessor.errors import AmbiguousConditionError
from tests.support.assessor.samples import DAY as DAY_READ
from tests.support.assessor.samples import URL, fact, yes_no

YES = yes_no("yes")
NUMBER = Number("number", "How many?", unit="seat", minimum=0, maximum=9)
STAY = Outcome("stay", "Stay")
LIMIT = fact("limit", 5, "seat")
DAY = Fact("day", datetime.date(2026, 8, 31), source=URL, checked=DAY_READ)
COST = Estimate("cost", "Cost", NUMBER * 2)

PARTS: dict[str, tuple[object, str]] = {
    "fact": (LIMIT, "the Fact 'limit' has no truth value for 'and', 'or', 'not' or 'if'; it is a value: compare"),
    "dated": (DAY, "the Fact 'day' has no truth value"),
    "quantity": (Quantity(2, "seat"), "a Quantity has no truth value for 'and', 'or', 'not' or 'if'; it is a value"),
    "date": (DAY + months(12), "a DateSum has no truth value"),
    "formula": (LIMIT * 2, "an Operation has no truth value for 'and', 'or', 'not' or 'if'; it informs and never"),
    "case": (case(YES, 1, otherwise=2), "a Conditional has no truth value for 'and', 'or', 'not' or 'if'; it informs"),
    "estimate": (COST, "the Estimate 'cost' has no truth value for 'and', 'or', 'not' or 'if'; it informs and never"),
    "outcome": (STAY, "the Outcome 'stay' has no truth value for 'and', 'or', 'not' or 'if'; what an earlier decision"),
    "option": (Option("eu", "In the EU"), "the Option 'eu' has no truth value"),
    "choice": (Choice("place", "Where?", {"a": "A", "b": "B"}), "question.is_('a')"),
    "number": (NUMBER, "number >= 3"),
    "date question": (Date("go", "When?"), "a date is asked with date >="),
    "score": (Score("fit", "Fit", {YES: 1}), "(score >= 8)"),
    "decision": (Decision("plan", "Plan", [otherwise(STAY, "x")]), "decision.is_('stay')"),
    "rule": (Rule(YES, STAY, "x"), "a Rule has no truth value for 'and', 'or', 'not' or 'if'"),
    "section": (Section("all", "All", [YES]), "the Section 'all' has no truth value"),
    "action": (Action("act", "Act", [STAY]), "the Action 'act' has no truth value"),
    "chart": (Chart("chart", "Chart", [COST]), "the Chart 'chart' has no truth value"),
    "worked case": (Case("farm", "A farm", "x", {}, STAY), "the Case 'farm' has no truth value"),
    "criterion": (Criterion("ready", "you are ready", YES), "a condition has no truth value until it is assessed"),
    "condition": (NUMBER >= 3, "a condition has no truth value until it is assessed"),
}

WAYS: dict[str, Callable[[object], object]] = {
    "and": lambda part: part and YES,
    "or": lambda part: part or YES,
    "not": lambda part: not part,
    "if": lambda part: 1 if part else 2,
    "any": lambda part: any([part]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PARTS)
def test_no_part_is_true_by_itself(name: str, way: str) -> None:
    part, message = PARTS[name]
    with pytest.raises(AmbiguousConditionError) as raised:
        WAYS[way](part)
    assert message in raised.value.message
    assert raised.value.location.path == __file__

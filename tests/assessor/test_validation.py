import re
from collections.abc import Callable
from typing import Any

import pytest

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
    RuleSetError,
    Section,
    YesNo,
)
from tests.support.assessor.samples import DAY, GO, STAY, URL, ruleset_of, yes_no

A = yes_no("a")
NOT_TEXT: Any = 3

MISTAKES: list[tuple[Callable[[], object], str]] = [
    (lambda: Fact("f", 1, title=NOT_TEXT, source=URL, checked=DAY), "fact 'f': title must be text, not 3"),
    (lambda: Fact("f", 1, source=NOT_TEXT, checked=DAY), "fact 'f': source must be text, not 3"),
    (lambda: YesNo("q", NOT_TEXT), "question 'q': wording must be text, not 3"),
    (lambda: YesNo("q", "Q?", about=NOT_TEXT), "question 'q': about must be text, not 3"),
    (lambda: YesNo("q", "Q?", yes=NOT_TEXT), "question 'q': yes must be text, not 3"),
    (lambda: Number("n", "N?", minimum=0, maximum=1, unit=NOT_TEXT), "question 'n': unit must be text, not 3"),
    (lambda: Option("o", " "), "option 'o': its label is empty"),
    (lambda: YesNo("q", "Q\ud800?"), r"question 'q': its wording has the character '\ud800', which no page can have"),
    (lambda: Outcome("o", "O", "", ["a\0b"]), r"outcome 'o': its next step has the character '\x00', which no page"),
    (lambda: Choice("c", "C?", {"x": NOT_TEXT, "y": "Y"}), "option 'x': label must be text, not 3"),
    (lambda: Section("s", "", [A]), "section 's': its title is empty"),
    (lambda: Section("s", "S", [A], ticks=NOT_TEXT), "section 's': ticks must be True or False, not 3"),
    (lambda: Criterion("c", "\n", A), "criterion 'c': its title is empty"),
    (lambda: Criterion("c", "C", A, negation=NOT_TEXT), "criterion 'c': negation must be text, not 3"),
    (lambda: Outcome("o", ""), "outcome 'o': its title is empty"),
    (lambda: Outcome("o", "O", "", "Pack."), "outcome 'o': next_steps is one text: write a list, next_steps=[…]"),
    (lambda: Outcome("o", "O", "", [NOT_TEXT]), "outcome 'o': next step must be text, not 3"),
    (lambda: Outcome("o", "O", icon=NOT_TEXT), "outcome 'o': icon must be text, not 3"),
    (
        lambda: Outcome("o", "O", icon="clod"),
        "outcome 'o': there is no icon 'clod'. Did you mean 'cloud'? Take one of: box,",
    ),
    (lambda: Outcome("o", "O", tone="magenta"), "outcome 'o': there is no tone 'magenta'. Take one of: amber, green,"),
    (lambda: Rule(A, GO, NOT_TEXT), "a rule: because must be text, not 3"),
    (lambda: Action("a", "", [GO]), "action 'a': its title is empty"),
    (lambda: Action("a", "A", [GO], gap=NOT_TEXT), "action 'a': gap must be True or False, not 3"),
    (lambda: Estimate("e", "", Quantity(1)), "estimate 'e': its title is empty"),
    (lambda: Estimate("e", "E", Quantity(1), NOT_TEXT), "estimate 'e': unit must be text, not 3"),
    (lambda: Case("c", "", "", {}, STAY), "case 'c': its title is empty"),
    (lambda: Case("c", "C", NOT_TEXT, {}, STAY), "case 'c': story must be text, not 3"),
    (
        lambda: Rule(A, GO, f"So {A}"),
        "the YesNo 'a' cannot be part of a text: only facts and quantities have a value to",
    ),
    (lambda: Rule(A, GO, f"So {~A}"), "a Not cannot be part of a text"),
    (lambda: Rule(A, GO, f"So {GO:>9}"), "the Outcome 'go' cannot be part of a text"),
    (lambda: Rule(A, GO, f"So {Quantity(1) * 2}"), "an Operation cannot be part of a text"),
    (lambda: Rule(A, GO, f"So {Estimate('e', 'E', Quantity(1))}"), "the Estimate 'e' cannot be part of a text"),
    (lambda: Rule(A, GO, "So {}".format(Choice("c", "C?", {"x": "X", "y": "Y"}))), "the Choice 'c' cannot be part of"),
    (lambda: ruleset_of(title=""), "rule set 'sample': its title is empty"),
    (lambda: ruleset_of(summary=NOT_TEXT), "rule set 'sample': summary must be text, not 3"),
]


@pytest.mark.parametrize(("make", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_what_is_no_text_or_says_nothing_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(RuleSetError, match=re.escape(message)) as raised:
        make()
    assert raised.value.location.path in (__file__, ruleset_of.__code__.co_filename)

"""What `assess --explain` says after the report, word for word."""

from __future__ import annotations

from collections.abc import Mapping

from assessor import (
    Choice,
    Criterion,
    Number,
    Outcome,
    Question,
    Rule,
    RuleSet,
    Section,
    YesNo,
    all_of,
    assess,
    otherwise,
)
from assessor.model.answers import Answer
from assessor.reports.text import assessment_text

PAGER = YesNo("pager", "Does someone carry a pager?", yes="someone carries a pager", no="nobody carries a pager")
STAGING = YesNo("staging", "Is there a staging environment?", yes="staging is there", asked_of="your platform team")
MANDATE = YesNo("mandate", "Does a contract demand it?", yes="a contract demands it")
SIZE = Choice("size", "How large is it?", {"small": "Small", "large": "Large"})
LOAD = Number("load", "How much must it carry?", unit="GB", minimum=0, maximum=100)
READY = Criterion("ready", "Your team is ready", PAGER & STAGING)
COMPELLED = Criterion("compelled", "You are compelled", MANDATE)
SMALL = Criterion("small", "It is small", SIZE.is_("small"))
HOST, WAIT = (
    Outcome("host", "Self-host"),
    Outcome("wait", "Wait"),
)
LIGHT, CLOUD, NEVER = (
    Outcome("light", "A small machine"),
    Outcome("cloud", "Use the cloud"),
    Outcome("never", "Give up"),
)


def ruleset(*rules: Rule, questions: tuple[Question, ...] = (PAGER, STAGING, MANDATE, SIZE)) -> RuleSet:
    return RuleSet(
        "hosting",
        title="Where should it run?",
        sections=[Section("all", "All", questions)],
        outcomes=[HOST, WAIT, LIGHT, CLOUD, NEVER],
        criteria=[READY, COMPELLED, SMALL] if SIZE in questions else [],
        rules=rules,
    )


RULES = ruleset(
    Rule(SMALL, LIGHT, "it fits", id="small"),
    Rule(COMPELLED & READY, HOST, "you must, and can", id="host"),
    Rule(COMPELLED, WAIT, "you must, and cannot yet", id="wait"),
    otherwise(CLOUD, "nothing speaks against it"),
)


def report(rules: RuleSet, answers: Mapping[str, Answer], first: str) -> str:
    """Return the explained report of answers, from a line on."""
    text = assessment_text(rules, answers, assess(rules, answers), explain=True)
    assert f"\n{first}\n" in text
    return text[text.index(f"\n{first}\n") + 1 :]


def test_a_settled_outcome() -> None:
    answers: dict[str, Answer] = {"pager": True, "staging": True, "mandate": True, "size": "large"}
    assert (
        report(RULES, answers, "These answers settle it, and none of them could be left out:")
        == """\
These answers settle it, and none of them could be left out:
  - pager: Does someone carry a pager? → yes
  - staging: Is there a staging environment? → yes
  - mandate: Does a contract demand it? → yes
  - size: How large is it? → Large

What its words mean:
  - Your team is ready: someone carries a pager, and staging is there. This holds.
  - You are compelled: a contract demands it. This holds.
  - It is small: the answer to “How large is it?” is “Small”. This does not hold.

Rules that cannot decide any more:
  - small: If it is small, then: A small machine. Ruled out by:
    - size: How large is it? → Large

Rules that come too late, since an earlier one decides:
  - If you are compelled, then: Wait. [rule wait]
  - Otherwise: Use the cloud. [rule otherwise]

What would make another outcome possible:
  - A small machine [light]: 1 answer would have to change:
    - size: How large is it? → “Small”
  - Wait [wait]: 1 answer would have to change, one of these:
    - pager: Does someone carry a pager? → no
    - staging: Is there a staging environment? → no
  - Use the cloud [cloud]: 1 answer would have to change:
    - mandate: Does a contract demand it? → no
  - Give up [never]: no answers lead there.
"""
    )


def test_what_is_open_and_what_is_not_known() -> None:
    answers: dict[str, Answer] = {"staging": None, "mandate": True, "size": "large"}
    assert (
        report(RULES, answers, "Ask next (1 to 2 more answers, asking only what still matters):")
        == """\
Ask next (1 to 2 more answers, asking only what still matters):
  - pager: Does someone carry a pager?

Also open, and able to change the outcome:
  - staging: Is there a staging environment? (ask your platform team) – not known yet

What its words mean:
  - Your team is ready: someone carries a pager, and staging is there. This is open.
  - You are compelled: a contract demands it. This holds.
  - It is small: the answer to “How large is it?” is “Small”. This does not hold.

Rules that cannot decide any more:
  - small: If it is small, then: A small machine. Ruled out by:
    - size: How large is it? → Large

Rules that come too late, since an earlier one decides:
  - Otherwise: Use the cloud. [rule otherwise]

What would make another outcome possible:
  - A small machine [light]: 1 answer would have to change:
    - size: How large is it? → “Small”
  - Use the cloud [cloud]: 1 answer would have to change:
    - mandate: Does a contract demand it? → no
  - Give up [never]: no answers lead there.
"""
    )


def test_what_no_longer_matters_is_named_in_a_line_and_marked() -> None:
    answers = {"pager": None, "size": "small"}
    shown = report(RULES, answers, "Open, and unable to change the outcome:")
    assert shown.startswith(
        "Open, and unable to change the outcome:\n  pager – not known yet, staging, mandate\n\nThese answers settle it"
    )
    plain = assessment_text(RULES, answers, assess(RULES, answers), explain=False)
    assert "  - pager: Does someone carry a pager? – not known yet\n  - staging: Is there a staging env" in plain


def test_every_answer_that_rules_a_rule_out_and_changes_that_only_work_together() -> None:
    rules = ruleset(
        Rule(PAGER | STAGING, WAIT, "x", id="first"),
        Rule(PAGER & MANDATE, HOST, "y", id="second"),
        otherwise(CLOUD, "z"),
        questions=(PAGER, STAGING, MANDATE),
    )
    answers = {"pager": False, "staging": False, "mandate": False}
    assert (
        report(rules, answers, "Rules that cannot decide any more:")
        == """\
Rules that cannot decide any more:
  - first: If either someone carries a pager or staging is there, then: Wait. Ruled out by:
    - pager: Does someone carry a pager? → no
    - staging: Is there a staging environment? → no
  - second: If someone carries a pager, and a contract demands it, then: Self-host. Ruled out
    by:
    - pager: Does someone carry a pager? → no

What would make another outcome possible:
  - Wait [wait]: 1 answer would have to change, one of these:
    - pager: Does someone carry a pager? → yes
    - staging: Is there a staging environment? → yes
  - Self-host [host]: no answers lead there.
  - A small machine [light]: no answers lead there.
  - Give up [never]: no answers lead there.
"""
    )
    both = ruleset(Rule(PAGER & STAGING, HOST, "x"), otherwise(CLOUD, "z"), questions=(PAGER, STAGING))
    assert (
        "  - Self-host [host]: 2 answers would have to change:\n"
        "    - pager: Does someone carry a pager? → yes, and staging: Is there a staging environment? →\n      yes\n"
    ) in report(both, {"pager": False, "staging": False}, "What would make another outcome possible:")


def test_changes_beyond_those_that_are_listed_are_told() -> None:
    ticks = tuple(YesNo(f"tick-{number}", f"Tick {number}?") for number in range(6))
    rules = ruleset(Rule(all_of(*ticks), HOST, "x"), otherwise(CLOUD, "y"), questions=ticks)
    more = "    - tick-4: Tick 4? → no\n    - There are more ways.\n"
    first = "What would make another outcome possible:"
    assert more in report(rules, {tick.id: True for tick in ticks}, first)
    five = ruleset(Rule(all_of(*ticks[:5]), HOST, "x"), otherwise(CLOUD, "y"), questions=ticks[:5])
    assert "There are more" not in report(five, {tick.id: True for tick in ticks[:5]}, first)


def test_of_a_number_one_range_is_named_and_that_is_said() -> None:
    rules = ruleset(Rule((LOAD < 2) | (LOAD >= 6), HOST, "x"), otherwise(CLOUD, "y"), questions=(LOAD,))
    first = "What would make another outcome possible:"
    assert "    - load: How much must it carry? → less than 2 GB\n" in (shown := report(rules, {"load": 3}, first))
    assert shown.endswith("\n  Of a number, one range that does it is named; another may do it, too.\n")
    simple = ruleset(Rule(LOAD < 2, HOST, "x"), otherwise(CLOUD, "y"), questions=(LOAD,))
    assert "Of a number" not in report(simple, {"load": 3}, first)


def test_a_rule_that_no_answers_fulfil() -> None:
    rules = ruleset(Rule(PAGER & ~PAGER, HOST, "x", id="odd"), otherwise(CLOUD, "y"), questions=(PAGER,))
    assert (
        "  - odd: If someone carries a pager, and nobody carries a pager, then: Self-host. Ruled out by:\n"
        "    - No answers fulfil its condition.\n"
    ) in report(rules, {}, "Rules that cannot decide any more:")

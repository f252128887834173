import pytest
from hypothesis import given, settings

from assessor import (
    Choice,
    Condition,
    Criterion,
    Number,
    Option,
    Rule,
    RuleSet,
    YesNo,
    all_of,
    any_of,
    at_least,
    load_ruleset,
    otherwise,
)
from assessor.wording import plain_text, sentence, statement
from tests.assessor.samples import GO, STAY
from tests.rulesets import conditions, rulesets

PAGER = YesNo("pager", "Is there a pager?", yes="someone carries a pager", no="nobody carries a pager")
DRILL = YesNo("drill", "Was there a drill?")
SIZE = Choice(
    "size",
    "How large?",
    [Option("small", "Small", "it is small"), Option("large", "Large", "it is large"), Option("huge", "Huge")],
)
PEOPLE = Number("people", "How many people?", unit="FTE", name="the staffing", minimum=0, maximum=50)
PLAIN = Number("plain", "How many?", minimum=0, maximum=5000)
READY = Criterion("ready", "Your team is ready", PAGER & DRILL, negation="your team is not ready")
KNOWN = Criterion("known", "It is known", PAGER)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (PAGER, "someone carries a pager"),
        (~PAGER, "nobody carries a pager"),
        (DRILL, "the answer to “Was there a drill?” is yes"),
        (~DRILL, "the answer to “Was there a drill?” is no"),
        (SIZE.is_("small"), "it is small"),
        (SIZE.is_("small", "large"), "either it is small or it is large"),
        (SIZE.is_("huge"), "the answer to “How large?” is “Huge”"),
        (~SIZE.is_("huge"), "either it is small or it is large"),
        (~SIZE.is_("small", "huge"), "it is large"),
        (PEOPLE >= 3, "the staffing is at least 3 FTE"),
        (PEOPLE < 0.5, "the staffing is less than 0.5 FTE"),
        (~(PEOPLE < 0.5), "the staffing is at least 0.5 FTE"),
        (PLAIN >= 1200, "the answer to “How many?” is at least 1,200"),
        (READY, "your team is ready"),
        (~READY, "your team is not ready"),
        (~KNOWN, "it is not so that it is known"),
        (PAGER & READY, "someone carries a pager, and your team is ready"),
        (
            PAGER & READY & (PEOPLE >= 3),
            "someone carries a pager, and your team is ready, and the staffing is at least 3 FTE",
        ),
        (PAGER | READY, "either someone carries a pager or your team is ready"),
        (any_of(PAGER, READY, KNOWN), "either someone carries a pager, your team is ready or it is known"),
        (any_of(PAGER), "someone carries a pager"),
        (
            PAGER | (READY & KNOWN),
            "either someone carries a pager or (all together: your team is ready, and it is known)",
        ),
        (~(PAGER & READY), "either nobody carries a pager or your team is not ready"),
        (~(PAGER | READY), "nobody carries a pager, and your team is not ready"),
        (
            at_least(2, PAGER, READY, KNOWN),
            "at least 2 of these 3 hold: someone carries a pager; your team is ready; it is known",
        ),
        (
            ~at_least(2, PAGER, READY, KNOWN),
            "fewer than 2 of these 3 hold: someone carries a pager; your team is ready; it is known",
        ),
        (
            all_of(PAGER, all_of(READY, KNOWN)),
            "someone carries a pager, and (all together: your team is ready, and it is known)",
        ),
    ],
)
def test_a_condition_reads_as_a_statement(condition: Condition, words: str) -> None:
    assert statement(condition) == words


def test_a_rule_reads_as_a_sentence() -> None:
    assert sentence(Rule(PAGER & READY, GO, "x")) == "If someone carries a pager, and your team is ready, then: Go."
    assert sentence(otherwise(STAY, "x")) == "Otherwise: Stay."


def test_the_opposite_of_every_option_reads_as_never() -> None:
    assert statement(~SIZE.is_("small", "large", "huge")) == "the answer to “How large?” is none of its options"


@given(rulesets)
@settings(max_examples=100, deadline=None)
def test_every_condition_has_words(ruleset: RuleSet) -> None:
    for condition in conditions(ruleset):
        for said in (statement(condition), statement(~condition)):
            assert said.strip() == said != ""
    for rule in ruleset.rules:
        assert sentence(rule).endswith(f"{rule.then.title}.")


def test_the_bundled_rules_read_as_sentences_without_ids() -> None:
    for rule in load_ruleset("assessor.rulesets.self_hosting").rules:
        said = sentence(rule)
        assert said.startswith(("If ", "Otherwise: "))
        assert "  " not in said


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("No marks.", "No marks."),
        ("[the guide](https://example.org/a)", "the guide (https://example.org/a)"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("[a](<https://example.org/a>)", "a (https://example.org/a)"),
        ('[a](https://example.org "Title")', "a (https://example.org)"),
        ("**bold** and *italic* and `code`", "bold and italic and code"),
        ("**[bold](x.md)**", "bold (x.md)"),
        ("***both***", "both"),
        ("`a * b * c` and `**kwargs**` and *this*", "a * b * c and **kwargs** and this"),
        ("**set `[a](b)` now**", "set [a](b) now"),
        ("``a`b``", "a`b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_inline_markdown_reads_plainly(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_a_criterion_that_starts_with_an_acronym_keeps_it() -> None:
    assert statement(Criterion("phi", "PHI leaves your network", PAGER)) == "PHI leaves your network"

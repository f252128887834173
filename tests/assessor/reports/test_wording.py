import pytest
from hypothesis import given, settings

from assessor import (
    Choice,
    Condition,
    Criterion,
    Number,
    Option,
    Outcome,
    Rule,
    RuleSet,
    YesNo,
    all_of,
    any_of,
    at_least,
    load_ruleset,
    otherwise,
)
from assessor.assessment.queries.changes import Change
from assessor.language.inline import plain_text
from assessor.language.words import languages, load_words
from assessor.reports.wording import change_label, sentence, statement
from tests.support.assessor.samples import GO, STAY
from tests.support.rulesets import conditions, rulesets

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
        (PEOPLE > 0.5, "the staffing is more than 0.5 FTE"),
        (PEOPLE <= 3, "the staffing is at most 3 FTE"),
        (~(PEOPLE > 3), "the staffing is at most 3 FTE"),
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
            "someone carries a pager, and your team is ready, and it is known",
        ),
        (PAGER | (READY | KNOWN), "either someone carries a pager, your team is ready or it is known"),
        (
            PAGER | ~(READY & KNOWN),
            "either someone carries a pager, your team is not ready or it is not so that it is known",
        ),
        (PAGER | all_of(READY | KNOWN), "either someone carries a pager, your team is ready or it is known"),
        (
            Criterion("both", "It is known and agreed", PAGER) | READY,
            "either (it is known and agreed) or your team is ready",
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


# As an author of each language would word it: a main clause in German, the plain form in Japanese.
_LANGUAGES = {
    "de": (
        ("Ihr Team ist bereit", "jemand hat Bereitschaft", "der Personalstand", "Selbst betreiben"),
        "Wenn gilt: jemand hat Bereitschaft, und (Ihr Team ist bereit oder der Personalstand liegt "
        "unter 1.200,5\u00a0FTE), dann: Selbst betreiben.",
    ),
    "fr": (
        ("Votre équipe est prête", "il y a une astreinte", "l’effectif", "Héberger soi-même"),
        "S’il y a une astreinte, et (votre équipe est prête ou l’effectif vaut moins de 1\u202f200,5\u00a0FTE), "
        "alors\u00a0: Héberger soi-même.",
    ),
    "es": (
        ("Su equipo está listo", "hay una guardia", "la plantilla", "Alojar por cuenta propia"),
        "Si hay una guardia, y (su equipo está listo o bien la plantilla es menos de 1200,5\u00a0FTE), "
        "entonces: Alojar por cuenta propia.",
    ),
    "ja": (
        ("チームの準備が整っている", "当番がいる", "人員", "自社運用"),
        "当番がいる、かつ（チームの準備が整っている、または人員が1,200.5 FTE未満である）場合：自社運用。",
    ),
}


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_a_rule_reads_in_every_language(language: str) -> None:
    (ready, pager, staffing, outcome), said = _LANGUAGES[language]
    people = Number("people", "?", unit="FTE", name=staffing, minimum=0, maximum=5000)
    condition = YesNo("pager", "?", yes=pager) & (Criterion("ready", ready, PAGER) | (people < 1200.5))
    assert sentence(Rule(condition, Outcome("x", outcome), "x"), load_words(language)) == said


_SIDES = {
    "en": ("the staffing is more than 3 FTE", "the staffing is at most 3 FTE", "more than 3 FTE and at most 5 FTE"),
    "de": (
        "der Personalstand liegt über 3 FTE",
        "der Personalstand beträgt höchstens 3 FTE",
        "mehr als 3 FTE und höchstens 5 FTE",
    ),
    "fr": ("l’effectif vaut plus de 3 FTE", "l’effectif vaut au plus 3 FTE", "plus de 3 FTE et au plus 5 FTE"),
    "es": ("la plantilla es más de 3 FTE", "la plantilla es como máximo 3 FTE", "más de 3 FTE y como máximo 5 FTE"),
    "ja": ("人員が3 FTEを超える", "人員が3 FTE以下である", "3 FTE超5 FTE以下"),
}


@pytest.mark.parametrize("language", languages())
def test_more_than_and_at_most_read_in_every_language(language: str) -> None:
    name = "the staffing" if language == "en" else _LANGUAGES[language][0][2]
    people = Number("people", "?", unit="FTE", name=name, minimum=0, maximum=50)
    words = load_words(language)
    change: Change = {"question": "people", "to": {"above": 3, "at_most": 5}}
    said = (statement(people > 3, words), statement(people <= 3, words), change_label(people, change, words))
    assert tuple(each.replace("\u00a0", " ") for each in said) == _SIDES[language]


@pytest.mark.parametrize("language", languages())
@given(ruleset=rulesets)
@settings(max_examples=5, deadline=None)
def test_every_condition_has_words_in_every_language(language: str, ruleset: RuleSet) -> None:
    words = load_words(language)
    for condition in conditions(ruleset):
        for said in (statement(condition, words), statement(~condition, words)):
            assert said.strip() == said != ""
            assert not set(said) & set("{}")

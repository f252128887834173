"""The catalogue of the interface's words, and what may replace them."""

import datetime
import re

import pytest
import yaml

from assessor.language.words import (
    Words,
    WordsError,
    base_language,
    catalogue_folder,
    english,
    forms,
    languages,
    load_words,
    placeholders,
)


def _keys(language: str) -> list[str]:
    """Return the keys as they stand in the file, where YAML would keep the last of two alike."""
    document = yaml.compose((catalogue_folder() / f"{language}.yml").read_text("utf-8"))
    assert isinstance(document, yaml.MappingNode)
    return [key.value for key, _ in document.value]


@pytest.mark.parametrize("language", languages())
def test_every_catalogue_says_the_same_things(language: str) -> None:
    words = load_words(language)
    assert _keys(language) == _keys("en")
    for key, text in words.items():
        assert isinstance(text, str), key
        # Japanese has no plurals.
        assert text or (language, key) in {("ja", "units"), ("en", "units_of_english")}
        assert placeholders(text) == placeholders(english()[key]), key


@pytest.mark.parametrize("form", forms())
def test_a_form_of_a_language_changes_some_of_its_words(form: str) -> None:
    plain, words = load_words(base_language(form)), load_words(form)
    assert (words.form, words.language) == (form, plain.language)
    changed = [key for key in plain if words[key] != plain[key]]
    assert list(words) == list(plain)
    for key in changed:
        assert placeholders(words[key]) == placeholders(plain[key]), key
    # Only what changes is there, in the order of the language.
    assert _keys(form) == changed


def test_informal_german_says_du_wherever_german_says_sie() -> None:
    formal = re.compile(r"\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
    # "Sie gehen verloren" is said of answers, and "Sie" begins a sentence about them.
    others = {"storage_off"}
    said = load_words("de-x-informal")
    assert [key for key, text in said.items() if formal.search(text) and key not in others] == []
    informal = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?)\b", re.IGNORECASE)
    assert [key for key, text in load_words("de").items() if informal.search(text)] == []


def test_words_of_an_author_stay_in_another_form() -> None:
    words = load_words("de", {"result": "Das Ergebnis"}).beside("de-x-informal")
    assert (words["result"], words["plan"], words.form) == ("Das Ergebnis", "Dein Plan", "de-x-informal")
    english = load_words("en")
    assert english.beside("de-x-informal") is english
    assert load_words("de-x-informal").beside("de").form == "de-x-informal"


def test_a_text_can_be_replaced() -> None:
    words = load_words("en", {"rule_said": "{outcome} – provided that {condition}."})
    assert words.fill("rule_said", condition="it rains", outcome="Stay") == "Stay – provided that it rains."
    assert words["undo"] == english()["undo"]


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("rule_sad", "x", "there is no word 'rule_sad'. Did you mean 'rule_said'?"),
        ("undo", 7, "the word 'undo' is a text in quotation marks, not 7"),
        ("undo", "Undo {it}", "the word 'undo' has {it}, but it may have no placeholder"),
        ("asked_of", "Ask {whom}", "the word 'asked_of' has {whom}, but it may have only {who}"),
        ("asked_of", "Ask {}", "the word 'asked_of' has {}, but it may have only {who}"),
        ("out_of_range", "From {minimum}.", "the word 'out_of_range' lacks {maximum}: 'From {minimum}.'"),
        ("asked_of", "Ask {who!r}", "the word 'asked_of' has {who!r}, but it may have only {who}"),
        (
            "undo",
            "Undo {",
            "the word 'undo' has braces that fill nothing in, 'Undo {' (Single '{' encountered in format string); "
            "write a plain brace twice",
        ),
    ],
)
def test_a_wrong_replacement_is_named(key: str, text: object, problem: str) -> None:
    with pytest.raises(WordsError) as raised:
        load_words("en", {key: text})
    assert raised.value.problems == {key: problem}


def test_all_wrong_replacements_are_named_at_once() -> None:
    with pytest.raises(WordsError) as raised:
        load_words("en", {"undo": 1, "rest": "x"})
    assert list(raised.value.problems) == ["undo", "rest"]


@pytest.mark.parametrize("language", ["en", "en-GB", "en_US", "EN"])
def test_a_region_has_the_words_of_its_language(language: str) -> None:
    assert load_words(language) == english()


@pytest.mark.parametrize("language", ["xx", "", "../en", "e"])
def test_an_unknown_language_is_named(language: str) -> None:
    with pytest.raises(WordsError, match="there are no words in the language") as raised:
        load_words(language)
    assert list(raised.value.problems) == [language]


def test_no_word_hides_behind_what_the_catalogue_itself_offers() -> None:
    """In a template, `words.get` would be the method."""
    assert [key for key in english() if hasattr(Words, key) or key in ("language", "texts")] == []


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "1 March 2026", "22 November 2026"),
        ("de", "1. März 2026", "22. November 2026"),
        ("fr", "1er mars 2026", "22 novembre 2026"),
        ("es", "1 de marzo de 2026", "22 de noviembre de 2026"),
        ("ja", "2026年3月1日", "2026年11月22日"),
    ],
)
def test_dates_are_written_out(language: str, first: str, other: str) -> None:
    words = load_words(language)
    assert [words.date(datetime.date(2026, 3, 1)), words.date(datetime.date(2026, 11, 22))] == [first, other]


@pytest.mark.parametrize(("language", "zero"), [("en", "other"), ("fr", "one")])
def test_none_of_something_is_one_of_it_in_french(language: str, zero: str) -> None:
    words = load_words(language)
    for count, form in ((0, zero), (1, "one"), (2, "other")):
        assert words.count("report_stays", count) == words.fill(f"report_stays_{form}", count=count)


def test_french_elides_what_follows_if() -> None:
    words = load_words("fr")
    assert words.fill("rule_said", condition="il pleut", outcome="Restez") == "S’il pleut, alors\u00a0: Restez."
    assert words.fill("asked_when", condition="ils partent") == "Posée seulement s’ils partent."
    assert words.fill("rule_said", condition="illico", outcome="X").startswith("Si illico")

"""The catalogue of the interface's words, and what may replace them."""

import pytest
import yaml

from assessor.words import WordsError, catalogue_folder, english, languages, load_words, placeholders


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
        assert text, key
        assert placeholders(text) == placeholders(english()[key]), key


def test_a_text_can_be_replaced() -> None:
    words = load_words("en", {"rule_said": "{outcome} – provided that {condition}."})
    assert words.fill("rule_said", condition="it rains", outcome="Stay") == "Stay – provided that it rains."
    assert words["undo"] == english()["undo"]


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("rule_sad", "x", "there is no word 'rule_sad'. Did you mean 'rule_said'?"),
        ("undo", 7, "the word 'undo' is a text in quotation marks, not 7"),
        ("undo", "Undo {it}", "the word 'undo' has {it}, but what is filled in there is nothing"),
        ("asked_of", "Ask {whom}", "the word 'asked_of' has {whom}, but what is filled in there is {who}"),
        ("asked_of", "Ask {}", "the word 'asked_of' has {}, but what is filled in there is {who}"),
        ("out_of_range", "From {minimum}.", "the word 'out_of_range' lacks {maximum}: 'From {minimum}.'"),
        ("asked_of", "Ask {who!r}", "the word 'asked_of' has {who!r}, but what is filled in there is {who}"),
        (
            "undo",
            "Undo {",
            "the word 'undo' has braces that fill nothing in, 'Undo {' (Single '{' encountered in format string); "
            "a plain brace is written twice",
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

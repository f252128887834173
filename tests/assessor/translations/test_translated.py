"""A rule set in another language has all its texts in it, and the same bundle, whatever the texts are."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor import RuleSet, RuleSetError, assess, compile_ruleset
from assessor.__main__ import main
from assessor.export.words import words as exported
from assessor.language.words import words_of
from assessor.loading.load import load_ruleset
from assessor.logic.bundle import bundle_json
from assessor.model.answers import Answer
from assessor.reports.text import assessment_text
from assessor.rulesets.self_hosting.ruleset import ruleset as guide
from assessor.translations.catalogue import Catalogue, read_catalogue
from assessor.translations.comments import Comments
from assessor.translations.findings import translation_findings
from assessor.translations.texts import source_texts
from assessor.translations.translated import in_language, languages_of, unit_spellings
from assessor.translations.updating import new_catalogue, updated, written
from tests.assessor.translations.project import GERMAN, RULES, entries, german, project
from tests.support.assessor.decisions import wiki
from tests.support.assessor.marked import marked_ruleset
from tests.support.rulesets import random_answers, random_ruleset
from tests.support.sites import RULES as EVERY_PART


def _marked(text: str) -> str:
    """Return a text as a translation of itself: every word of it has a sign in front."""
    return f"§{text}" if "|" not in text else "|".join(f"§{each}" for each in text.split("|"))


def _in_signs(ruleset: RuleSet, folder: Path, language: str = "de") -> RuleSet:
    """Return a rule set in a language whose words are those of its own with a sign in front."""
    given = dataclasses.replace(ruleset, language="en", translations=str(folder / "signs.de.yml"))
    file = folder / "signs.de.yml"
    catalogue = updated(new_catalogue(file, language), given).catalogue
    filled = dataclasses.replace(
        catalogue, entries=tuple(dataclasses.replace(each, text=_marked(each.source)) for each in catalogue.entries)
    )
    file.write_text(written(filled, "en", "", Comments()), encoding="utf-8")
    return in_language(given, language)


def _spaced(text: str) -> str:
    """Return a text with plain spaces in place of those that keep a number and its unit together."""
    return text.replace("\u00a0", " ")


def _every_part(folder: Path) -> RuleSet:
    (folder / "every.py").write_text(EVERY_PART, encoding="utf-8")
    return load_ruleset("every.py", folder)


@pytest.mark.parametrize("name", ["guide", "marked", "every part"])
def test_every_text_is_translated_and_the_bundle_is_the_same(name: str, tmp_path: Path) -> None:
    ruleset = guide if name == "guide" else marked_ruleset() if name == "marked" else _every_part(tmp_path)
    translated = _in_signs(ruleset, tmp_path)
    assert [each.text for each in translated.texts() if not each.text.startswith("§")] == []
    assert len(translated.texts()) == len(ruleset.texts())
    statements = [fact.value for fact in translated.facts if isinstance(fact.value, str)]
    assert all(each.startswith("§") for each in statements)
    bundle = compile_ruleset(translated)
    assert bundle == compile_ruleset(translated.original) == compile_ruleset(ruleset)
    # Also where it is compiled by itself: meanings come from the original's words.
    assert bundle_json(compile_ruleset(dataclasses.replace(translated))) != bundle_json(bundle)


def test_the_original_stays_as_it_is(tmp_path: Path) -> None:
    before = [(each.attribute, each.text) for each in guide.texts()]
    _in_signs(guide, tmp_path)
    assert [(each.attribute, each.text) for each in guide.texts()] == before


def test_random_rule_sets_decide_the_same_in_each_language(tmp_path: Path) -> None:
    rng = random.Random(1)
    for _ in range(25):
        ruleset = random_ruleset(rng, most_decisions=3)
        translated = _in_signs(ruleset, tmp_path)
        for _ in range(10):
            answers = random_answers(rng, ruleset)
            assert assess(translated, answers) == assess(ruleset, answers)
        assert [part.name for part in translated.parts()] == [part.name for part in ruleset.parts()]


def test_decisions_have_their_titles_in_the_language_and_are_read_as_before(tmp_path: Path) -> None:
    ruleset = wiki(tmp_path)
    translated = _in_signs(ruleset, tmp_path)
    assert [each.title for each in translated.decisions] == ["§Where it runs", "§Your plan"]
    hosting, plan = translated.decisions
    assert plan.rules[0].when == hosting.is_("server")
    assert translated.rules == (*hosting.rules, *plan.rules)
    assert [rule.id for rule in translated.rules] == [rule.id for rule in ruleset.rules]
    assert assess(translated, {"law": True}) == assess(ruleset, {"law": True})
    assert "§Your plan\nSettled: §All of it [large]" in assessment_text(
        translated, {"law": True}, assess(ruleset, {"law": True}), explain=False
    )
    catalogue = (tmp_path / "signs.de.yml").read_text(encoding="utf-8")
    assert 'decision plan:\n  title:\n    en: "Your plan"\n' in catalogue


def _german(folder: Path, changes: Mapping[str, Mapping[str, str]] | None = None, rules: str = RULES) -> RuleSet:
    (folder / "rules.de.yml").write_text(entries({**german(), **(changes or {})}), encoding="utf-8")
    return project(folder, rules=rules)


def test_a_fact_is_written_as_the_language_writes_it(tmp_path: Path) -> None:
    rules = RULES.replace(
        '"limit", 20, "GB", "The limit"', '"limit", 1500.5, "GB", "The limit", low=1000, high=2000'
    ).replace("maximum=1000", "maximum=9000")
    ruleset = _german(tmp_path, rules=rules)
    assert _spaced(ruleset.rules[0].because) == "Keep it below 1,500.5 GB."
    assert _spaced(in_language(ruleset, "de").rules[0].because) == "Bleib unter 1.500,5 GB."
    # No translation is stale because the value changed.
    again = _german(tmp_path, rules=RULES.replace('"limit", 20', '"limit", 30'))
    assert _spaced(in_language(again, "de").rules[0].because) == "Bleib unter 30 GB."


def test_the_range_of_a_fact_is_a_placeholder_too(tmp_path: Path) -> None:
    rules = RULES.replace('"limit", 20, "GB", "The limit"', '"limit", 20, "GB", "The limit", low=10.5, high=30')
    text = "Keep {limit.range_text()}."
    ruleset = project(tmp_path, text, rules)
    (found,) = (each.text for each in source_texts(ruleset, "de") if each.part == "rule small")
    assert found == "Keep {limit:range}."
    catalogue = {**german(), "rule small, because": {"en": found, "de": "Behalte {limit:range}."}}
    (tmp_path / "rules.de.yml").write_text(entries(catalogue), encoding="utf-8")
    assert _spaced(in_language(ruleset, "de").rules[0].because) == "Behalte 10,5–30 GB."


DATED = """\
import datetime
from assessor import *

# A fact may have the name that a statement has for the reader's own date.
when = Fact("when", datetime.date(2026, 8, 31), title="T", source="https://x.example/", checked="2026-11-30")
start = Date("start", "When do you start?", name="the start", statement="you start {when}")
go, stay = Outcome("go", "Go"), Outcome("stay", "Stay")
ruleset = RuleSet(
    "dated",
    title="Dated",
    language="en",
    translations="dated.*.yml",
    sections=[Section("s", "S", [start])],
    rules=[Rule(start < when, go, f"It came on {when}."), otherwise(stay, f"A month later is {when + months(1)}.")],
)
"""
DATED_WORDS = """\
language: de
question start:
  name: {en: the start, de: der Beginn}
  statement:
    en: you start {when}
    de: Sie beginnen {when}
rule rule-1:
  because:
    en: It came on {when}.
    de: Es kam am {when}.
"""


def _dated(folder: Path, words: str = DATED_WORDS) -> RuleSet:
    (folder / "dated.py").write_text(DATED, encoding="utf-8")
    (folder / "dated.de.yml").write_text(words, encoding="utf-8")
    return load_ruleset("dated.py", folder)


def test_a_date_is_written_as_the_language_writes_it(tmp_path: Path) -> None:
    ruleset = _dated(tmp_path)
    sources = {each.name: each.text for each in source_texts(ruleset, "de")}
    assert sources["rule rule-1, because"] == "It came on {when}."
    # No fact has this date, so it is a text like any other.
    assert sources["rule otherwise, because"] == "A month later is 30 September 2026."
    german_one = in_language(ruleset, "de")
    assert german_one.rules[0].because == "Es kam am 31. August 2026."
    answers: dict[str, Answer] = {"start": "2026-10-01"}
    report = assessment_text(german_one, answers, assess(german_one, answers), explain=True, words=words_of("de"))
    assert "Sie beginnen vor dem 31. August 2026" in report


def test_a_statement_without_its_date_is_refused_on_its_line(tmp_path: Path) -> None:
    ruleset = _dated(tmp_path, DATED_WORDS.replace("beginnen {when}", "beginnen"))
    assert [each.message for each in translation_findings(ruleset) if each.code == "broken-translation"] == [
        "The 'de' text of question start, statement lacks {when}, which stands for the date."
    ]
    with pytest.raises(RuleSetError, match=r"needs \{when\} once") as raised:
        in_language(ruleset, "de")
    line = (tmp_path / "dated.de.yml").read_text("utf-8").splitlines()[raised.value.location.line - 1]
    assert "Sie beginnen" in line


@pytest.mark.parametrize(
    "entry",
    [
        {"en": "Keep it below {limit}.", "de": ""},
        {"en": "Something else.", "de": "Etwas anderes."},
        {"en": "Keep it below {limit}.", "was": "Something else.", "de": "Etwas anderes."},
    ],
    ids=["missing", "stale", "marked"],
)
def test_what_is_not_translated_is_in_the_language_of_the_rules(entry: Mapping[str, str], tmp_path: Path) -> None:
    translated = in_language(_german(tmp_path, {"rule small, because": entry}), "de")
    assert _spaced(translated.rules[0].because) == "Keep it below 20 GB."
    assert translated.title == "Wohin damit?"


def test_units_are_words_of_the_language(tmp_path: Path) -> None:
    rules = (
        RULES.replace("GB", "image|images")
        .replace(
            "ruleset = RuleSet",
            'price = Fact("price", 2, "USD/image/month", source="https://x.example", checked="2026-11-30")\n'
            "ruleset = RuleSet",
        )
        .replace("facts=[limit]", "facts=[limit, price]")
    )
    unit = {"unit image, name": {"en": "image|images", "de": "Bild|Bilder"}}
    ruleset = _german(tmp_path, unit, rules)
    translated = in_language(ruleset, "de")
    words = words_of("de")
    limit, price = translated.facts
    assert (_spaced(limit.value_text(words)), _spaced(price.value_text(words))) == (
        "20 Bilder",
        "2 USD pro Bild pro Monat",
    )
    assert _spaced(translated.rules[0].because) == "Bleib unter 20 Bilder."
    report = assessment_text(translated, {"volume": 30}, assess(translated, {"volume": 30}), explain=True, words=words)
    assert "weniger als 20 Bilder" in _spaced(report)
    assert dict(unit_spellings(translated)) == {"Bild": "image", "Bilder": "image"}
    assert compile_ruleset(translated)["questions"] == compile_ruleset(ruleset)["questions"]


def test_a_unit_in_words_is_translated_as_a_whole(tmp_path: Path) -> None:
    rules = RULES.replace('"GB"', '"GB/user = GB for each user"')
    ruleset = _german(tmp_path, {"unit GB/user, words": {"en": "GB for each user", "de": "GB je Nutzer"}}, rules)
    assert _spaced(in_language(ruleset, "de").facts[0].value_text(words_of("de"))) == "20 GB je Nutzer"


@pytest.mark.parametrize(
    ("catalogues", "asked", "found"),
    [
        (["de"], "de", "de"),
        (["de"], "de-AT", "de"),
        (["de"], "DE", "de"),
        (["de"], "de-x-informal", "de"),
        (["de-x-informal"], "de", "de-x-informal"),
        (["de", "de-x-informal"], "de", "de"),
        (["de", "de-x-informal"], "de-x-informal", "de-x-informal"),
        (["de-AT", "de"], "de-AT", "de-AT"),
        (["de"], "fr", "en"),
        (["de"], "en-GB", "en"),
        (["it"], "it", "it"),
    ],
)
def test_the_nearest_language_is_taken(catalogues: list[str], asked: str, found: str, tmp_path: Path) -> None:
    for language in catalogues:
        key = "de" if language.startswith("de-x") else language
        texts = {"rule set, title": {"en": "Where to keep it?", key: f"in {language}"}}
        (tmp_path / f"rules.{language}.yml").write_text(entries(texts, language), encoding="utf-8")
    ruleset = project(tmp_path)
    translated = in_language(ruleset, asked)
    assert translated.language == found
    assert translated.title == ("Where to keep it?" if found == "en" else f"in {found}")
    assert set(languages_of(ruleset)) == {"en", *catalogues}
    # From any language to any other.
    assert in_language(translated, "en") is ruleset
    assert in_language(translated, asked) is translated


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("outcome move, title", "Behalten", "has twice the outcome 'Behalten': word them apart"),
        ("rule small, because", "[x](javascript:alert(1))", "links to 'javascript:alert(1'"),
        ("rule small, because", "a\0b", "has the character '\\x00'"),
    ],
)
def test_a_text_that_no_page_can_have_is_refused_on_its_line(name: str, text: str, says: str, tmp_path: Path) -> None:
    source = GERMAN[name][0]
    ruleset = _german(tmp_path, {name: {"en": source, "de": text}})
    with pytest.raises(RuleSetError, match=re.escape(says)) as raised:
        in_language(ruleset, "de")
    assert raised.value.location.path.endswith("rules.de.yml")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    ruleset = _german(tmp_path)
    assert in_language(ruleset, "de").title == "Wohin damit?"
    file = tmp_path / "rules.de.yml"
    file.write_text(file.read_text("utf-8").replace("Wohin damit?", "Wo soll es hin?"), encoding="utf-8")
    assert in_language(ruleset, "de").title == "Wo soll es hin?"


def test_commands_speak_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _german(tmp_path)
    (tmp_path / "answers.yml").write_text("volume: 5\n", encoding="utf-8")

    def said(*arguments: str) -> str:
        run = CliRunner().invoke(main, [*arguments, "--rules", "rules.py"])
        assert run.exit_code in {0, 1}, run.output
        return run.stdout

    report = said("assess", "answers.yml", "--language", "de")
    assert "Entschieden: Behalten [keep]" in report
    assert "Bleib unter 20 GB." in _spaced(report)
    record = said("record", "answers.yml", "--language", "de", "--date", "2026-11-30")
    assert record.startswith("# Wohin damit? Behalten\n")
    # Both have the hash of the same rules.
    english = said("record", "answers.yml", "--date", "2026-11-30")
    (hash_,) = re.findall(r"Version ([0-9a-f]{8})", record)
    assert hash_ in english
    assert "‚Wie viel ist es?‘" in said("cases", "--cover", "--all", "--language", "de")


def test_exported_words_are_those_of_the_language(tmp_path: Path) -> None:
    translated = in_language(_german(tmp_path), "de")
    assert exported(translated, words_of("de"))["outcomes"]["keep"]["title"] == "Behalten"


def test_a_catalogue_can_be_read_without_its_rule_set(tmp_path: Path) -> None:
    _german(tmp_path)
    catalogue = read_catalogue(tmp_path / "rules.de.yml", "en")
    assert isinstance(catalogue, Catalogue)
    assert [each.text for each in catalogue.entries] == [text for _, text in GERMAN.values()]

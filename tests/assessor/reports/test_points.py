"""How points read: in sentences, in reports and in records, in every language."""

from __future__ import annotations

import datetime

import pytest

from assessor import Choice, Number, Outcome, Rule, RuleSet, Score, Section, YesNo, assess, otherwise, ranking
from assessor.language.words import languages, words_of
from assessor.reports.record.markdown import decision_record
from assessor.reports.text import assessment_text
from assessor.reports.wording import statement

pager = YesNo("pager", "Is there a pager?", yes="there is a pager", no="there is no pager")
size = Choice("size", "How large is the team?", {"small": "Small", "large": "Large"}, name="size of the team")
users = Number("users", "How many users?", name="the number of users", minimum=0, maximum=100)
fit = Score("fit", "Fit", {pager: 3, size: {"large": 5}, users >= 10: -0.5})
other = Score("other", "Ease", {~pager: 1})
own, cloud = Outcome("own", "Self-host"), Outcome("cloud", "Cloud")
ruleset = RuleSet(
    "hosting",
    title="Where?",
    sections=[Section("all", "All", [pager, size, users])],
    rules=[
        Rule(fit > 7.5, own, "Much fits."),
        Rule(fit < 0, cloud, "Little."),
        *ranking({cloud: other, own: fit}, "So."),
    ],
)
SAID = {
    "en": ("“Fit” has at least 1 point", "“Fit” has more than 7.5 points", "“Fit” has fewer points than “Ease”"),
    "de": ("„Fit“ hat mindestens 1 Punkt", "„Fit“ hat mehr als 7,5 Punkte", "„Fit“ hat weniger Punkte als „Ease“"),
    "fr": (
        "«\u00a0Fit\u00a0» a au moins 1 point",
        "«\u00a0Fit\u00a0» a plus de 7,5 points",
        "«\u00a0Fit\u00a0» a moins de points que «\u00a0Ease\u00a0»",
    ),
    "es": ("«Fit» tiene al menos 1 punto", "«Fit» tiene más de 7,5 puntos", "«Fit» tiene menos puntos que «Ease»"),
    "ja": ("「Fit」が1点以上である", "「Fit」が7.5点を超える", "「Fit」の点数が「Ease」の点数を下回る"),
}
LINES = {
    "en": "Fit: 2.5–8 of 8; 0, more than 7.5 decide; the most points decide",
    "de": "Fit: 2,5–8 von 8; 0, mehr als 7,5 entscheiden; die meisten Punkte entscheiden",
    "fr": "Fit\u00a0: 2,5–8 sur 8\u202f; les seuils sont 0, plus de 7,5\u202f; le plus grand nombre de points décide",
    "es": "Fit: 2,5–8 de 8; los umbrales son 0, más de 7,5; decide el mayor número de puntos",
    "ja": "Fit：8点中2.5～8点（基準は0、または7.5超）（点数が最も多いものに決まる）",
}


@pytest.mark.parametrize("language", languages())
def test_a_comparison_is_a_clause_in_each_language(language: str) -> None:
    said = tuple(statement(each, words_of(language)) for each in (fit >= 1, fit > 7.5, ~(fit >= other)))
    assert said == SAID[language]


@pytest.mark.parametrize("language", languages())
def test_a_report_says_what_decides_in_each_language(language: str) -> None:
    answers = {"pager": True}
    text = assessment_text(ruleset, answers, assess(ruleset, answers), explain=False, words=words_of(language))
    assert LINES[language] in text.replace("\n    ", " ")


def test_an_explanation_says_what_gave_the_points() -> None:
    answers = {"pager": True}
    text = assessment_text(ruleset, answers, assess(ruleset, answers), explain=True)
    assert "\n    - 3: there is a pager\n    - 0–5: size of the team\n    - -0.5 to 0: the number of users is" in text


def test_a_record_has_the_points() -> None:
    record = decision_record(ruleset, {"pager": True, "size": "large"}, datetime.date(2026, 11, 30))
    assert (
        "## Points\n\n- Fit: 7.5–8 of 8; 0, more than 7.5 decide; the most points decide\n    - 3: there is" in record
    )


def test_reasons_and_changes_go_through_points() -> None:
    assessment = assess(ruleset, {"pager": True, "size": "large"})
    assert (assessment["outcome"], assessment["reasons"]) == ("own", ["pager"])
    changes = assessment["changes"]["cloud"]
    assert changes is not None
    assert [[each["question"] for each in changed] for changed in changes["sets"]] == [["pager", "size"]]


def test_a_single_threshold_is_named_alone() -> None:
    rules = RuleSet(
        "one",
        title="Where?",
        sections=[Section("all", "All", [pager, size, users])],
        rules=[Rule(fit >= 8, own, "Much fits."), otherwise(cloud, "Little fits.")],
    )
    text = assessment_text(rules, {}, assess(rules, {}), explain=False)
    assert "Fit: -0.5 to 8 of 8; 8 decides\n" in text

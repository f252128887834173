"""Date questions, facts that are dates, arithmetic with dates, and answers that are dates."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest

from assessor import (
    Answer,
    AnswersError,
    Date,
    Estimate,
    Fact,
    Number,
    Quantity,
    Rule,
    RuleSet,
    RuleSetError,
    answers_schema,
    assess,
    days,
    months,
    otherwise,
    read_answers,
    to_jsonlogic,
    weeks,
    years,
)
from assessor.language.words import languages, load_words
from assessor.reports.wording import statement
from tests.support.assessor.samples import GO, STAY, URL, ruleset_of

day = Date("day", "Which day?", earliest="2026-01-01", latest="2030-12-31")


def dated(date: datetime.date, id: str = "release") -> Fact:
    return Fact(id, date, source=URL, checked="2026-01-31")


RELEASE = dated(datetime.date(2027, 1, 31))


def decided(condition: Any) -> RuleSet:
    return ruleset_of([day], [Rule(condition, GO, "x"), otherwise(STAY, "y")])


@pytest.mark.parametrize(
    ("condition", "at", "before", "after"),
    [
        (day >= "2028-02-29", "go", "stay", "go"),
        (day > "2028-02-29", "stay", "stay", "go"),
        (day < "2028-02-29", "stay", "go", "stay"),
        (day <= datetime.date(2028, 2, 29), "go", "go", "stay"),
        (~(day <= "2028-02-29"), "stay", "stay", "go"),
        (day >= dated(datetime.date(2028, 2, 29)), "go", "stay", "go"),
        (datetime.date(2028, 2, 29) > day, "stay", "go", "stay"),
    ],
)
def test_a_date_is_compared_by_days(condition: Any, at: str, before: str, after: str) -> None:
    ruleset = decided(condition)
    answers = ("2028-02-29", "2028-02-28", "2028-03-01")
    assert [assess(ruleset, {"day": each})["outcome"] for each in answers] == [at, before, after]
    assert assess(ruleset, {})["outcome"] is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: RELEASE + months(1), "28 February 2027"),
        (lambda: RELEASE + months(13), "29 February 2028"),
        (lambda: RELEASE + months(1) + months(1), "31 March 2027"),
        (lambda: RELEASE + months(1) + days(1), "1 March 2027"),
        (lambda: RELEASE + days(1) + months(1), "1 March 2027"),
        (lambda: RELEASE - months(2), "30 November 2026"),
        (lambda: RELEASE + years(1) - days(31), "31 December 2027"),
        (lambda: RELEASE + weeks(2), "14 February 2027"),
        (lambda: RELEASE + Quantity(1, "quarter"), "30 April 2027"),
        (lambda: RELEASE + Quantity(0.5, "year"), "31 July 2027"),
        (lambda: months(1) + RELEASE, "28 February 2027"),
        (lambda: datetime.date(2028, 2, 29) + years(1), "28 February 2029"),
        (lambda: RELEASE + Fact("notice", 3, "month|months", source=URL, checked="2026-01-31"), "30 April 2027"),
        (lambda: dated(datetime.date(9999, 1, 31)) + months(11), "31 December 9999"),
    ],
)
def test_durations_are_added_by_the_calendar(found: Callable[[], object], expected: str) -> None:
    assert str(found()) == expected


def test_a_threshold_that_is_worked_out_names_its_facts() -> None:
    notice = Fact("notice", 3, "month", source=URL, checked="2026-01-31")
    ruleset = decided(day >= RELEASE + notice)
    assert [fact.id for fact in ruleset.facts] == ["release", "notice"]
    assert assess(ruleset, {"day": "2027-04-30"})["outcome"] == "go"
    assert assess(ruleset, {"day": "2027-04-29"})["outcome"] == "stay"


def test_durations_convert_for_numbers_too() -> None:
    age = Number("age", "How old?", unit="month", minimum=0, maximum=100)
    assert (age >= years(2)).threshold == 24
    with pytest.raises(RuleSetError, match="is in month, but the threshold, a formula, is in day"):
        age >= days(30)  # noqa: B015 - it raises


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: day >= "2027-2-1", "'2027-2-1', which is no date; write a datetime.date, or an ISO text"),
        (lambda: day >= "2027-02-29", "'2027-02-29', which is no date"),
        (lambda: day >= datetime.datetime(2027, 2, 1, 9), r"has no time of day: write datetime.date\(2027, 2, 1\)"),
        (lambda: day >= 2027, "is compared with 2027, which is no date"),
        (lambda: day >= months(3), r"add a duration to a date, as in fact \+ months\(12\)"),
        (lambda: day >= Date("other", "When?"), "compared with question 'other', whose answer can be any date"),
        (lambda: day >= Fact("f", "2027-02-01", source=URL, checked="2026-01-31"), r"be datetime.date\(2027, 2, 1\)"),
        (lambda: day >= "2026-01-01", "`day >= 2026-01-01` is always true, because the earliest date is 2026-01-01"),
        (lambda: day > "2030-12-31", "`day > 2030-12-31` is never true, because the latest date is 2030-12-31"),
        (lambda: day < "1999-01-01", "`day < 1999-01-01` is never true, because the earliest date is 2026"),
        (lambda: Date("d", "When?", latest="9999-12-31") > "9999-12-31", "is never true, because the latest date is 9"),
        (lambda: day + months(1), "asks for a date, which is part of no arithmetic"),
        (lambda: Estimate("e", "E", RELEASE), "fact 'release' is a date, '2027-01-31': a number is needed here"),
        (lambda: Estimate("e", "E", RELEASE + months(1)), "estimate 'e' gives a date: an estimate is a number"),
        (lambda: RELEASE - RELEASE, "fact 'release' - fact 'release' is no date"),
        (lambda: RELEASE * 2, r"fact 'release' \* 2 is no date"),
        (lambda: RELEASE + 3, r"3 is no duration: write days\(…\)"),
        (lambda: RELEASE + Quantity(1, "USD"), "1 USD is no duration"),
        (lambda: RELEASE + Quantity(1.5, "month"), "1.5 months is not a whole number of months"),
        (lambda: RELEASE + years(9000), "dates go from the year 1 to 9999"),
        (lambda: Number("n", "N?", minimum=0, maximum=9) >= RELEASE, "asks for a number, and is compared with a date"),
        (lambda: day == "2027-01-01", "compares Python objects"),
        (lambda: datetime.date(2027, 1, 1) == day, "compares Python objects"),
        (lambda: Date("d", "When?", earliest="2027-02-30"), "earliest is '2027-02-30'; write a datetime.date"),
        (lambda: Date("d", "When?", earliest="2027-02-01", latest="2027-02-01"), "is not before its latest"),
        (lambda: Date("d", "When?", statement="you go"), "needs {when} once, as in 'you go live {when}'"),
        (lambda: dated(datetime.datetime(2027, 2, 1)), r"has a time of day: write datetime.date\(2027, 2, 1\)"),
        (
            lambda: Fact("f", datetime.date(2027, 2, 1), "day", source=URL, checked="2026-01-31"),
            "is a date: only",
        ),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(RuleSetError, match=message):
        wrong()


# Answers


def read(text: str) -> dict[str, Answer]:
    return read_answers([day], io.BytesIO(text.encode()), "a.yml")


@pytest.mark.parametrize("text", ["day: 2027-03-01", 'day: "2027-03-01"', '{"day": "2027-03-01"}'])
def test_files_of_answers_have_dates_with_and_without_quotes(text: str) -> None:
    assert read(text) == {"day": "2027-03-01"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day: 2027-02-30", r"a.yml:1: question 'day' is answered with a date \(2027-03-01\) or null"),
        ("day: 20270301", "is answered with a date"),
        ("day: 2027-03-01T00:00:00Z", "is answered with a date"),
        ("day: yes", "is answered with a date"),
        ("day: 2025-12-31", "takes a date from 2026-01-01 to 2030-12-31, not 2025-12-31"),
    ],
)
def test_a_file_with_another_answer_is_refused(text: str, message: str) -> None:
    with pytest.raises(AnswersError, match=message):
        read(text)


def test_python_gives_dates_as_dates() -> None:
    ruleset = decided(day >= "2027-03-01")
    midnight, noon = datetime.datetime(2027, 3, 1), datetime.datetime(2027, 3, 1, 12)
    for answer in (datetime.date(2027, 3, 1), midnight, "2027-03-01"):
        assert ruleset.check_answers({"day": answer}) == {"day": "2027-03-01"}
    for wrong in (noon, midnight.replace(tzinfo=datetime.timezone.utc)):
        with pytest.raises(AnswersError, match="is answered with a date"):
            ruleset.check_answers({"day": wrong})


def test_other_tools_get_iso_texts() -> None:
    ruleset = decided(day <= "2027-03-01")
    assert to_jsonlogic(ruleset)["if"][0] == {"<=": [{"var": "day"}, "2027-03-01"]}
    assert answers_schema(ruleset)["properties"]["day"]["format"] == "date"


# Words

SAID = {
    "de": "die Antwort auf „Which day?“ liegt vor dem 1. März 2027",
    "en": "the answer to “Which day?” is before 1 March 2027",
    "es": "la respuesta a «Which day?» cae antes del 1 de marzo de 2027",
    "fr": "la réponse à « Which day? » tombe avant le 1er mars 2027",
    "ja": "「Which day?」の回答が2027年3月1日より前である",
}


@pytest.mark.parametrize("language", languages())
def test_each_language_says_it_in_its_way(language: str) -> None:
    said = statement(day < "2027-03-01", load_words(language)).replace("\u202f", " ").replace("\u00a0", " ")
    assert said == SAID[language]


def test_a_statement_has_the_date_in_its_place() -> None:
    live = Date("live", "When?", statement="Sie gehen {when} live")
    german = load_words("de")
    assert statement(live < "2027-03-01", german) == "Sie gehen vor dem 1. März 2027 live"
    assert statement(~(live < "2027-03-01"), german) == "Sie gehen am 1. März 2027 oder später live"

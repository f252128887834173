import re
from collections.abc import Callable

import pytest

from assessor import Fact, Quantity, Range, RuleSetError, YesNo
from tests.support.assessor.mistakes import error_of

URL = "https://example.org/staffing"
DAY = "2026-01-31"


def test_a_fact_reads_as_its_value_and_unit() -> None:
    assert str(Fact("people", 0.5, "FTE", source=URL, checked=DAY)) == "0.5 FTE"
    assert str(Fact("price", 27084, "USD/year", source=URL, checked=DAY)) == "27,084 USD per year"
    assert str(Fact("uptime", 99.99, "%", source=URL, checked=DAY)) == "99.99%"
    assert str(Fact("licence", "Apache 2.0", source=URL, checked=DAY)) == "Apache 2.0"


def test_a_fact_without_a_range_is_exact() -> None:
    fact = Fact("people", 0.5, "FTE", source=URL, checked=DAY)
    assert fact.range == Range(0.5, 0.5, 0.5)
    assert fact.range.is_exact
    assert fact.range_text() == ""


def test_a_range_reads_with_its_unit_once() -> None:
    fact = Fact("people", 0.5, "FTE", source=URL, checked=DAY, low=0.1, high=1)
    assert fact.range == Range(0.1, 0.5, 1)
    assert fact.range_text() == "0.1–1 FTE"


def test_one_end_of_a_range_may_be_the_value() -> None:
    assert Fact("people", 0.5, source=URL, checked=DAY, high=1).range == Range(0.5, 0.5, 1)


def test_a_statement_is_no_number() -> None:
    fact = Fact("licence", "Apache 2.0", source=URL, checked=DAY)
    with pytest.raises(RuleSetError, match=r"'licence' is a statement, 'Apache 2\.0': a number is needed here"):
        fact.range  # noqa: B018
    assert fact.range_text() == ""


def test_equal_facts_are_equal_wherever_they_were_made() -> None:
    first = Fact("people", 0.5, source=URL, checked=DAY)
    second = Fact("people", 0.5, source=URL, checked=DAY)
    assert first == second
    assert hash(first) == hash(second)
    assert first.location != second.location


def without_source() -> None:
    Fact("people", 0.5, checked=DAY)  # mistake


def without_date() -> None:
    Fact("people", 0.5, source=URL)  # mistake


def with_no_date() -> None:
    Fact("people", 0.5, source=URL, checked="last week")  # mistake


def with_a_date_without_hyphens() -> None:
    Fact("people", 3, source=URL, checked="20260101")  # mistake


def with_an_impossible_date() -> None:
    Fact("people", 0.5, source=URL, checked="2026-02-30")  # mistake


def with_a_script_as_source() -> None:
    Fact("people", 0.5, source="javascript:alert(1)", checked=DAY)  # mistake


def with_a_script_in_its_note() -> None:
    Fact("people", 0.5, source=URL, checked=DAY, note="See [this](data:text/html,x).")  # mistake


def with_a_bad_id() -> None:
    Fact("People Needed", 0.5, source=URL, checked=DAY)  # mistake


def with_an_id_that_is_no_text() -> None:
    Fact(7, 0.5, source=URL, checked=DAY)  # type: ignore[arg-type]  # mistake


def that_is_not_a_number() -> None:
    Fact("people", float("nan"), source=URL, checked=DAY)  # mistake


def that_is_infinite() -> None:
    Fact("people", float("inf"), source=URL, checked=DAY)  # mistake


def that_is_a_boolean() -> None:
    Fact("people", True, source=URL, checked=DAY)  # mistake


def that_is_too_large() -> None:
    Fact("people", 10**400, source=URL, checked=DAY)  # mistake


def that_says_nothing() -> None:
    Fact("licence", "  ", source=URL, checked=DAY)  # mistake


def with_a_unit_for_a_statement() -> None:
    Fact("licence", "Apache 2.0", "FTE", source=URL, checked=DAY)  # mistake


def with_a_range_for_a_statement() -> None:
    Fact("licence", "Apache 2.0", source=URL, checked=DAY, low=1)  # mistake


def outside_its_range() -> None:
    Fact("people", 0.5, source=URL, checked=DAY, low=0.6, high=1)  # mistake


def with_a_range_that_is_no_number() -> None:
    Fact("people", 0.5, source=URL, checked=DAY, high=float("inf"))  # mistake


def with_a_note_as_source() -> None:
    Fact("people", 0.5, source="TODO", checked=DAY)  # mistake


def with_a_title_as_source() -> None:
    Fact("people", 0.5, source="The price list.", checked=DAY)  # mistake


def with_a_host_as_source() -> None:
    Fact("people", 0.5, source="ci.example/free", checked=DAY)  # mistake


def with_a_number_in_quotes() -> None:
    Fact("minutes", "2000", "minutes", source=URL, checked=DAY)  # mistake


def over_several_lines() -> None:
    Fact(  # mistake
        "people",
        0.5,
        checked=DAY,
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (without_source, "fact 'people' has no source: give source='https://…'"),
        (without_date, "fact 'people' has no date: give checked='YYYY-MM-DD'"),
        (with_no_date, "fact 'people': 'last week' is not a date: write YYYY-MM-DD"),
        (with_a_date_without_hyphens, "fact 'people': '20260101' is not a date: write YYYY-MM-DD"),
        (with_an_impossible_date, "fact 'people': '2026-02-30' is not a date"),
        (with_a_script_as_source, "fact 'people' links to 'javascript:alert(1)': only https:, http:, mailto:"),
        (with_a_note_as_source, "fact 'people': 'TODO' is not an address: give source= the URL of the page or file"),
        (with_a_title_as_source, "fact 'people': 'The price list.' is not an address"),
        (with_a_host_as_source, "fact 'people': 'ci.example/free' has no scheme: write 'https://ci.example/free'"),
        (with_a_number_in_quotes, "only a number has a unit and a range; write 2000, without quotation marks"),
        (with_a_script_in_its_note, "fact 'people' links to 'data:text/html,x'"),
        (with_a_bad_id, "'People Needed' cannot be the id of a fact"),
        (with_an_id_that_is_no_text, "7 cannot be the id of a fact"),
        (that_is_not_a_number, "fact 'people': nan is neither a finite number, nor a date, nor a statement"),
        (that_is_infinite, "fact 'people': inf is neither"),
        (that_is_a_boolean, "fact 'people': True is neither"),
        (that_is_too_large, "is neither a finite number, nor a date, nor a statement"),
        (that_says_nothing, "fact 'licence' says nothing: its value is empty"),
        (with_a_unit_for_a_statement, "fact 'licence' is a statement: only a number has a unit and a range"),
        (with_a_range_for_a_statement, "fact 'licence' is a statement: only a number has a unit and a range"),
        (outside_its_range, "fact 'people': its value 0.5 is not within its range 0.6 to 1"),
        (with_a_range_that_is_no_number, "fact 'people': inf is not a finite number"),
        (over_several_lines, "fact 'people' has no source"),
    ],
)
def test_a_mistake_names_the_fact_and_its_line(make: Callable[[], object], message: str) -> None:
    assert message in error_of(make).message


@pytest.mark.parametrize(
    "url",
    [
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "javascript&amp;colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "//example.org/x",
        "\\\\example.org\\x",
        "x:y",
    ],
)
def test_only_allowed_schemes_are_linked_to(url: str) -> None:
    with pytest.raises(RuleSetError, match="fact 'people' links to"):
        Fact("people", 1, source=url, checked=DAY)
    with pytest.raises(RuleSetError, match="fact 'people' links to"):
        Fact("people", 1, source=URL, checked=DAY, note=f"[here](<{url}>)" if " " in url else f"[here]({url})")


@pytest.mark.parametrize(
    ("url", "lack"),
    [
        *(
            (url, "no host: write the whole address, such as https://example.org/page")
            for url in (
                "https://",
                "HTTPS://",
                "http:///x",
                "https:///",
                "https://?",
                "https://#staffing",
                "https:",
                "https:a.example",
                "https:/a.example",
                "https:\\\\a.example",
                "https://:80/x",
                "https://@/x",
                "https://reader@",
                "https://.",
                "https://…/x",
                "https://%20/x",
                "https://&#47;x",
                "http://[]/x",
            )
        ),
        ("https:// a.example", "a space in its host: take it out"),
        ("https://a b.example/x", "a space in its host: take it out"),
        ("mailto:", "no recipient: write mailto:name@example.org"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(url: str, lack: str) -> None:
    said = re.escape(f"links to {url!r}, which has {lack}")
    with pytest.raises(RuleSetError, match=f"fact 'people' {said}"):
        Fact("people", 1, source=url, checked=DAY)
    with pytest.raises(RuleSetError, match=f"fact 'people' {said}"):
        Fact("people", 1, source=URL, checked=DAY, note=f"[here](<{url}>)")
    with pytest.raises(RuleSetError, match=f"question 'rain' {said}"):
        YesNo("rain", "Does it rain?", about=url)


def test_a_space_in_an_address_is_named() -> None:
    for url in (" https://a.example", "https://a.example/x y", "https://a.example/x "):
        with pytest.raises(RuleSetError, match=re.escape(f"{url!r} has a space: take it out, or write %20 for it")):
            Fact("people", 1, source=url, checked=DAY)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x:y",
        "https://a.example",
        "https://reader:secret@a.example:8080",
        "https://a.example?b=https://",
        "https://münchen.example/",
        "https://例え.example",
        "https://localhost:8000/",
        "http://[::1]/x",
        "mailto:?subject=x",
        "HTTP://a.example",
        "mailto:a@b.example",
        "index.md#staffing",
        "../a:b/c",
        "?a=b:c",
        "#a:b",
    ],
)
def test_other_links_are_fine(url: str) -> None:
    assert Fact("people", 1, source=url, checked=DAY, note=f"[here]({url})").source == url


def test_a_fact_and_a_quantity_are_quoted_in_any_language() -> None:
    assert f"{Quantity(1200, 'image/month'):de}, {Quantity(2)}" == "1.200\u00a0image pro Monat, 2"
    fact = Fact("limit", 2500.5, unit="Bild|Bilder", source="https://example.org", checked="2026-11-22")
    assert f"{fact}" == "2,500.5 Bilder"
    assert f"{fact:de}" == "2.500,5\u00a0Bilder"
    with pytest.raises(RuleSetError, match="the Fact 'limit' in a text: there are no words in the language 'xx'"):
        f"{fact:xx}"

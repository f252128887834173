"""Tables as people write them: what is understood, what is assumed, and what is refused with its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor import Choice, Number, YesNo, decider
from tests.support.decision_tables import from_csv, imported, refused_csv

PLANS = """Region,Number of seats,Personal data,outcome,because
eu,>= 100,yes,Enterprise plan,It is big
"eu, us",-,no,cloud,It is harmless
uk,,,cloud,It is elsewhere
,[5..10),,self-host,It is small
,,,cloud,Nothing else fits
"""


def decided(folder: Path, text: str, **answers: object) -> str | None:
    ruleset, _ = from_csv(folder, text)
    return decider(ruleset)(answers)


def test_columns_become_questions_of_the_kind_of_their_cells(tmp_path: Path) -> None:
    ruleset, _ = from_csv(tmp_path, PLANS)
    region, seats, personal = ruleset.questions
    assert isinstance(region, Choice)
    assert region.option_ids == ("eu", "us", "uk")
    assert isinstance(seats, Number)
    assert (seats.id, seats.wording, seats.minimum, seats.has_maximum) == (
        "number-of-seats",
        "Number of seats",
        0,
        False,
    )
    assert isinstance(personal, YesNo)
    assert [(outcome.id, outcome.title) for outcome in ruleset.outcomes] == [
        ("enterprise-plan", "Enterprise plan"),
        ("cloud", "Cloud"),
        ("self-host", "Self host"),
    ]
    assert [rule.because for rule in ruleset.rules][:2] == ["It is big", "It is harmless"]


def test_what_is_assumed_is_told_with_its_cell(tmp_path: Path) -> None:
    _, notes = from_csv(tmp_path, PLANS)
    assert [note.partition(": ")[2] for note in notes] == [
        "row 1, column A (Region): the options are those in the cells: 'eu', 'us', 'uk'; add any that are missing",
        "row 1, column B (Number of seats): nothing says which numbers are valid, so all from 0 are; give the "
        "greatest one, if there is one",
    ]


@pytest.mark.parametrize(
    ("cell", "passing", "failing"),
    [
        ("5", [5], [4.9, 5.1]),
        ('"1, 5"', [1, 5], [2]),
        ("< 5", [0, 4.9], [5]),
        ("<=5", [5], [5.1]),
        ("\u2264 5", [5], [5.1]),
        ("> 5", [5.1], [5]),
        ("\u2265 5", [5], [4.9]),
        ("[2..5]", [2, 5], [1.9, 5.1]),
        ("(2..5)", [2.1, 4.9], [2, 5]),
        ("]2..5[", [2.1, 4.9], [2, 5]),
        ("[2..5)", [2], [5]),
        ("not(5)", [4], [5]),
        ('"not(< 2, [4..5])"', [2, 3, 6], [1, 4, 5]),
        ('"< 2, > 4"', [1, 5], [2, 4]),
        (".5", [0.5], [5]),
    ],
)
def test_a_cell_of_numbers_lets_through(cell: str, passing: list[float], failing: list[float], tmp_path: Path) -> None:
    text = f"n,outcome,because\n{cell},go,it holds\n>= 0,stay,else\n"
    for number in passing:
        assert decided(tmp_path, text, n=number) == "rule-1", number
    for number in failing:
        assert decided(tmp_path, text, n=number) == "rule-2", number


@pytest.mark.parametrize(
    ("cell", "passing"),
    [
        ("eu", {"eu"}),
        ('"""eu"""', {"eu"}),
        ("EU", {"eu"}),
        ("In the EU", {"eu"}),
        ('"eu, us"', {"eu", "us"}),
        ("not(eu)", {"us", "other"}),
        ("-", {"eu", "us", "other"}),
        ("", {"eu", "us", "other"}),
    ],
)
def test_a_cell_of_options_lets_through(cell: str, passing: set[str], tmp_path: Path) -> None:
    text = (
        'rule:,place,outcome,because\nvalues:,"eu = In the EU\nus = In the US\nother = Elsewhere",,\n'
        f"a,{cell},go,it holds\n"
    )
    assert {each for each in ("eu", "us", "other") if decided(tmp_path, text, place=each) == "a"} == passing


@pytest.mark.parametrize(
    "words", [("yes", "no"), ("TRUE", "FALSE"), ("WAHR", "FALSCH"), ("ja", "nein"), ("vrai", "faux")]
)
def test_a_cell_of_yes_and_no_is_in_the_language_of_the_spreadsheet(words: tuple[str, str], tmp_path: Path) -> None:
    text = f"q,outcome,because\n{words[0]},go,so\n{words[1]},stay,else\n"
    assert decided(tmp_path, text, q=True) == "rule-1"
    assert decided(tmp_path, text, q=False) == "rule-2"


@pytest.mark.parametrize(
    "data",
    [
        PLANS.encode("utf-8-sig"),
        PLANS.encode("utf-16"),
        PLANS.replace("\n", "\r\n").encode(),
        PLANS.replace("\n", "\r").encode(),
        b"sep=,\r\n" + PLANS.replace("\n", "\r\n").encode(),
        PLANS.replace('"eu, us"', "eu\x00 us").replace(",", ";").replace("\x00", ",").encode(),
        PLANS.replace('"eu, us"', "eu\x00 us").replace(",", "\t").replace("\x00", ",").encode(),
        PLANS.rstrip("\n").encode(),
        (PLANS + ",,,,\n,,,,\n").encode(),
    ],
    ids=["BOM", "UTF-16", "CRLF", "CR", "sep=", "semicolons", "tabs", "no end", "empty rows"],
)
def test_csv_of_any_program_is_read(data: bytes, tmp_path: Path) -> None:
    ruleset, _ = from_csv(tmp_path, data)
    assert [rule.then.id for rule in ruleset.rules] == ["enterprise-plan", "cloud", "cloud", "self-host", "cloud"]


def test_a_cell_that_names_every_option_means_that_there_is_another_one(tmp_path: Path) -> None:
    ruleset, notes = from_csv(tmp_path, 'support,outcome,because\n"phone, on site",paid,so\n,free,else\n')
    [support] = ruleset.questions
    assert isinstance(support, Choice)
    assert support.option_ids == ("phone", "on-site", "other")
    assert "the options are those in the cells: 'phone', 'on site', 'Something else'" in notes[0]
    assert decider(ruleset)({"support": "other"}) == "rule-2"


def test_a_quoted_cell_may_have_line_breaks_and_quotation_marks(tmp_path: Path) -> None:
    ruleset, _ = from_csv(tmp_path, 'q,outcome,because\nyes,go,"two\n""lines"""\nno,stay,else\n')
    assert ruleset.rules[0].because == 'two\n"lines"'
    assert ruleset.rules[1].location.line == 4


def test_rows_with_one_id_are_one_rule(tmp_path: Path) -> None:
    ruleset, _ = from_csv(tmp_path, "id,n,q,outcome,because\na,< 5,yes,go,so\na,>= 50,,go,so\nb,,,stay,else\n")
    assert [rule.id for rule in ruleset.rules] == ["a", "b"]
    assert {n: decider(ruleset)({"n": n, "q": True}) for n in (1, 7, 60)} == {1: "a", 7: "b", 60: "a"}


REFUSED = [
    ("n,outcome\n>= abc,go\n", "row 2, column A (n): '>= abc': a number is expected behind '>=', not 'abc'"),
    (
        "n,outcome\n[1..5,go\n>3,go\n",
        "row 2, column A (n): '[1..5': a range ends with ] or ), and is written like [1..5) or",
    ),
    ("n,outcome\n[5..1],go\n", "row 2, column A (n): '[5..1]': the range from 5 to 1 has no numbers"),
    ("n,outcome\ndate(2024),go\n", "row 2, column A (n): 'date(2024)': a date is written date("),
    ("n,outcome\nnull,go\n", "row 2, column A (n): 'null': null is not supported"),
    ("n,outcome\n=B1*2,go\n", "row 2, column A (n): '=B1*2' is a formula; paste its value instead"),
    ('n,outcome\n"0,5",go\n', "row 2, column A (n): '0,5' can be two numbers or one with a decimal comma"),
    ("n;outcome\n> 1.000;go\n", "row 2, column A (n): '1.000' can have a point for thousands or for decimals"),
    ("n;outcome\n> 0,5;go\n", "row 2, column A (n): '0,5' can be two numbers or one with a decimal comma"),
    ("n,outcome\n5,go\nabc,go\n", "row 3, column A (n): 'abc' is a text, but other cells of the column are numbers"),
    ("n,outcome\neu,go\nEU,stay\n", "row 3, column A (n): 'EU' is written 'eu' in row 2, column A (n)"),
    ("n,outcome\n5,\n", "row 2, column B (outcome): the row has no outcome"),
    ("n,x,outcome\n5,,go,too much\n", "row 2, column D: 'too much' stands in no column of the header"),
    ("n,,outcome\n5,,go\n", "row 1, column B: this column has no header"),
    ("n,n,outcome\n5,5,go\n", "row 1, column B: two columns have the header 'n'"),
    ("n,m\n5,go\n", "row 1, column B: no column has the name 'outcome'; name the one that decides with --outcome"),
    ("id,n,outcome\na,5,go\nb,6,go\na,7,go\n", "row 4, column A (id): rule 'a' stands in row 2, column A (id), too"),
    ("id,n,outcome\na,5,go\na,6,stay\n", "row 3, column C (outcome): rule 'a' has another outcome or reason in row 2"),
    ("n,outcome\n-,go\n5,stay\n", "row 3: this row can never decide: all answers pass in row 2"),
    (
        "rule:,n,outcome\nvalues:,[0..9],\na,> 9,go\n",
        "row 3, column B (n): no answer passes: 'n' takes a number from 0 to 9",
    ),
    ('rule:,n,outcome\nvalues:,"eu, us",\na,uk,go\n', "row 3, column B (n): question 'n' has no option 'uk'"),
    (
        "rule:,n,outcome\nwordign:,N?,\na,yes,go\n",
        "row 2, column A: there is no row 'wordign:' in a table. Did you mean 'wording:'?",
    ),
    ("rule:,n,outcome\nunit:,EUR,\na,yes,go\n", "row 2, column B (n): the row 'unit:' is not for a yes-no question"),
    ("C,n,outcome\n1,5,go\n", "row 1, column A: the hit policy 'COLLECT' is not supported"),
    ('n,outcome\n"5,go\n', "line 2: the quotation mark of a cell that begins here is not closed"),
    ('n,outcome\n"5"x,go\n', "line 2: 'x' stands behind the closing quotation mark of a cell"),
    ("n,outcome\n", "plans.csv"),
    ("", "plans.csv"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[message[:50] for _, message in REFUSED])
def test_what_cannot_be_read_is_named_with_its_cell(text: str, message: str, tmp_path: Path) -> None:
    found = refused_csv(tmp_path, text)
    assert found
    if message != "plans.csv":
        assert found[0].startswith(message)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    found = refused_csv(tmp_path, "n,m,outcome\n>= x,f(),go\n[1..,5,go\n")
    assert [each.partition(":")[0] for each in found] == [
        "row 2, column A (n)",
        "row 2, column B (m)",
        "row 3, column A (n)",
    ]


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refused_csv(tmp_path, "n,outcome\n5,für\n".encode("latin-1")) == [
        "line 2: the file is not UTF-8 text; save it as 'CSV UTF-8'"
    ]


def test_separators_that_could_be_either_are_told(tmp_path: Path) -> None:
    [found] = refused_csv(tmp_path, "a,b;c,outcome\n1,2;3,4\n")
    assert "commas or semicolons may separate the cells; write 'sep=,' on a line before the others" in found


UNIQUE = "U,n,outcome,because\n1,< 5,go,low\n2,{},stay,high\n"


@pytest.mark.parametrize("policy", ["U", "UNIQUE:", "A"])
def test_rows_that_exclude_each_other_may_have_the_policy_unique(policy: str, tmp_path: Path) -> None:
    text = (
        UNIQUE.format(">= 5").replace("U,", f"{policy},", 1)
        if policy != "UNIQUE:"
        else ("rule:,n,outcome,because\nhit policy:,UNIQUE,,\n1,< 5,go,low\n2,>= 5,stay,high\n")
    )
    ruleset, _ = from_csv(tmp_path, text)
    assert [rule.id for rule in ruleset.rules] == ["1", "2"]


def test_rows_that_overlap_are_refused_under_unique_with_both_cells_and_answers(tmp_path: Path) -> None:
    assert refused_csv(tmp_path, UNIQUE.format(">= 4")) == [
        "row 3: the hit policy is UNIQUE, but this row and row 2 both hold for n: 4; correct one, or set the hit "
        "policy FIRST if the upper row goes first"
    ]


def test_any_allows_rows_that_overlap_only_with_one_outcome(tmp_path: Path) -> None:
    same = "A,n,outcome,because\n1,< 5,go,low\n2,< 3,go,lower\n"
    ruleset, _ = from_csv(tmp_path, same)
    assert len(ruleset.rules) == 2
    [found] = refused_csv(tmp_path, same.replace("3,go", "3,stay"))
    assert "the hit policy is ANY, but this row and row 2 hold with another outcome each for n: 0" in found


def test_a_column_for_the_outcome_can_be_named(tmp_path: Path) -> None:
    ruleset, _ = from_csv(tmp_path, "seats,plan\n< 5,free\n>= 5,paid\n", outcome="plan")
    assert [outcome.id for outcome in ruleset.outcomes] == ["free", "paid"]


def test_a_table_in_markdown_is_read(tmp_path: Path) -> None:
    file = tmp_path / "plans.md"
    file.write_text("# Plans\n\n| seats | outcome |\n|---|:-:|\n| < 5 | free \\| cheap |\n| >= 5 | paid |\n\nEnd.\n")
    ruleset, _ = imported(file)
    assert [outcome.title for outcome in ruleset.outcomes] == ["free | cheap", "Paid"]


def test_a_hit_policy_that_takes_too_long_to_prove_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"{number},[{number}..{number + 1}),go\n" for number in range(2_001))
    assert refused_csv(tmp_path, f"U,n,outcome\n{rows}") == [
        "row 1, column A: 2,001 rows are too many to prove the hit policy UNIQUE; use FIRST, where the upper row goes "
        "first"
    ]

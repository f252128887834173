"""A rule set written as a table, and read again, decides the same and has the same ids and texts."""

from __future__ import annotations

import csv
import itertools
import random
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest

from assessor import (
    Choice,
    Date,
    DecisionTableError,
    Number,
    Option,
    Outcome,
    Rule,
    RuleSet,
    Score,
    Section,
    YesNo,
    assess,
    at_least,
    load_ruleset,
    otherwise,
    ranking,
)
from assessor.compare import compare_rulesets
from assessor.loading.reference import BUNDLED
from assessor.tables.source import to_source
from assessor.tables.writing.export import FORMATS, to_table
from benchmarks.peers.decision import peers_ruleset
from tests.support.decision_tables import exported, imported, random_table_ruleset
from tests.support.oracle import decide
from tests.support.rulesets import random_answer

GO, STAY = Outcome("go", "Go"), Outcome("stay", "Stay")


def assert_comes_back(ruleset: RuleSet, target: str, folder: Path) -> RuleSet:
    back, notes = imported(exported(ruleset, target, folder))
    assert notes == []
    comparison = compare_rulesets(ruleset, back)
    assert comparison.outcome_changes == ()
    assert (back.id, back.title, back.language) == (ruleset.id, ruleset.title, ruleset.language)
    assert [section.id for section in back.sections] == [section.id for section in ruleset.sections]
    assert [outcome.id for outcome in back.outcomes] == [outcome.id for outcome in ruleset.outcomes]
    for old, new in zip(ruleset.questions, back.questions, strict=True):
        assert (type(new), new.id, new.wording, new.hint, new.why, new.asked_of) == (
            (type(old), old.id, old.wording, old.hint, old.why, old.asked_of)
        )
        if isinstance(old, Choice) and isinstance(new, Choice):
            assert [(each.id, each.label) for each in new.options] == [(each.id, each.label) for each in old.options]
        if isinstance(old, Number) and isinstance(new, Number):
            # Answers are floats, so these are, too.
            bounds = float(old.minimum), float(old.maximum)
            assert (new.unit, new.minimum, new.maximum, new.step) == (old.unit, *bounds, old.step)
    never = " ".join(each for each in to_table(ruleset, target).losses if each.startswith("rules that hold for no"))
    kept = [rule for rule in ruleset.rules if repr(rule.id) not in never]
    assert [(rule.id, rule.then.id, rule.because) for rule in back.rules] == [
        (rule.id, rule.then.id, rule.because) for rule in kept
    ]
    return back


@pytest.mark.parametrize("target", FORMATS)
def test_the_decision_of_the_peers_comes_back(target: str, tmp_path: Path) -> None:
    assert_comes_back(peers_ruleset(), target, tmp_path)


def random_complete(rng: random.Random, ruleset: RuleSet) -> dict[str, object]:
    return {question.id: random_answer(rng, ruleset, question) for question in ruleset.questions}


@pytest.mark.parametrize("target", FORMATS)
def test_random_rule_sets_come_back(target: str, tmp_path: Path) -> None:
    rng = random.Random(11)
    tried = 0
    for _ in range(60):
        ruleset = random_table_ruleset(rng)
        # Without a row, there is no table.
        if any(decide(ruleset.rules, random_complete(rng, ruleset)) is not None for _ in range(20)):
            assert_comes_back(ruleset, target, tmp_path)
            tried += 1
    assert tried > 50


@pytest.mark.parametrize("target", FORMATS)
def test_the_same_rule_set_gives_the_same_bytes(target: str) -> None:
    one, other = (to_table(load_ruleset(BUNDLED), target, "hosting") for _ in range(2))
    assert one.data == other.data


TEXTS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "'quoted'",
    "\t=cmd|' /C calc'!A0",
    "  =1",
    "\uff1d1",
    'a "quoted" word, a comma; a semicolon | a pipe',
    "two\nlines",
    "<br> &amp; <b>bold</b>",
    "back\\slash\\n",
    "تجربة עברית 日本語",
    " outer spaces ",
    "yes",
    "-",
    "eu = In the EU",
)


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_comes_back(target: str, text: str, tmp_path: Path) -> None:
    choice = Choice("place", text, {"eu": text, "us": "Elsewhere"}, hint=text)
    tick = YesNo("tick", "Sure?", why=text)
    outcome = Outcome("go", text)
    ruleset = RuleSet(
        "texts",
        title=text,
        sections=[Section("all", text, [choice, tick])],
        outcomes=[outcome, STAY],
        rules=[Rule(choice.is_("eu") & tick, outcome, text), otherwise(STAY, text)],
    )
    back = assert_comes_back(ruleset, target, tmp_path)
    assert back.outcomes[0].title == text
    assert back.sections[0].title == text


@pytest.mark.parametrize("text", TEXTS[:9])
def test_no_cell_of_csv_is_a_formula(text: str, tmp_path: Path) -> None:
    tick = YesNo("tick", text)
    ruleset = RuleSet(
        "r", title=text, sections=[Section("all", text, [tick])], rules=[Rule(tick, GO, text), otherwise(STAY, text)]
    )
    data = exported(ruleset, "csv", tmp_path).read_text(encoding="utf-8")
    cells = [cell.strip('"') for line in data.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    tick = YesNo("tick", "=1+1")
    ruleset = RuleSet("r", title="=2", sections=[Section("all", "@x", [tick])], rules=[Rule(tick, GO, "=cmd()")])
    sheet = openpyxl.load_workbook(exported(ruleset, "xlsx", tmp_path)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=cmd()" in [cell.value for cell in cells]
    assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize(
    "names", [("true", "false"), ("yes", "no"), ("null", "not"), ("10", "2"), ("jan-1", "1e5"), ("and", "a-b")]
)
def test_awkward_ids_come_back(target: str, names: tuple[str, str], tmp_path: Path) -> None:
    one, other = names
    choice = Choice(one, "Which?", [Option(one, "One"), Option(other, "Other")])
    outcomes = [Outcome(one, "First"), Outcome(other, "Second")]
    rules = [Rule(choice.is_(one), outcomes[0], "so", id=one), Rule(choice.is_(other), outcomes[1], "so", id=other)]
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [choice])], outcomes=outcomes, rules=rules)
    assert_comes_back(ruleset, target, tmp_path)


@pytest.mark.parametrize("target", FORMATS)
def test_columns_may_have_the_names_of_our_own_columns(target: str, tmp_path: Path) -> None:
    questions = [YesNo(name, "Sure?") for name in ("outcome", "because", "rule", "then")]
    ruleset = RuleSet(
        "r",
        title="R",
        sections=[Section("s", "S", questions)],
        rules=[Rule(at_least(2, *questions), GO, "so"), otherwise(STAY, "else")],
    )
    assert_comes_back(ruleset, target, tmp_path)


def test_what_a_table_does_not_carry_is_told_with_its_name() -> None:
    told = "\n".join(to_table(load_ruleset(BUNDLED), "csv", "hosting").losses)
    ruleset = load_ruleset(BUNDLED)
    for part in (*ruleset.facts, *ruleset.criteria, *ruleset.actions, *ruleset.estimates, *ruleset.charts):
        assert repr(part.id) in told
    assert "asked_when of questions 'mandate-cited', 'region-confirmed'" in told
    assert "ticks of sections 'readiness'" in told
    assert "next_steps of outcomes 'cloud'" in told


def test_a_rule_that_never_holds_is_told() -> None:
    tick = YesNo("tick", "Sure?")
    never = Rule(tick & ~tick, GO, "never", id="never")
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [tick])], rules=[never, otherwise(STAY, "else")])
    assert list(to_table(ruleset, "csv").losses) == ["rules that hold for no answers 'never'"]


def test_a_rule_that_needs_too_many_rows_is_refused_with_its_name() -> None:
    ticks = [YesNo(f"tick-{number}", "Sure?") for number in range(24)]
    rule = Rule(at_least(12, *ticks), GO, "half of them", id="half")
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", ticks)], rules=[rule, otherwise(STAY, "else")])
    with pytest.raises(DecisionTableError, match=r"rule 'half' needs more than 1,000 rows"):
        to_table(ruleset, "csv")


@pytest.mark.parametrize("target", ["xlsx", "dmn"])
def test_a_character_that_the_format_cannot_have_is_refused(target: str) -> None:
    tick = YesNo("tick", "Sure?")
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [tick])], rules=[Rule(tick, GO, "bell \a rings")])
    with pytest.raises(DecisionTableError, match=r"can have the character '\\x07'"):
        to_table(ruleset, target)


@pytest.mark.parametrize("keeps_table", [False, True])
def test_the_python_file_makes_the_same_rule_set(keeps_table: bool, tmp_path: Path) -> None:
    rng = random.Random(5)
    for ruleset in [peers_ruleset(), *(random_table_ruleset(rng) for _ in range(40))]:
        # Without a row, there is no table.
        if all(decide(ruleset.rules, random_complete(rng, ruleset)) is None for _ in range(20)):
            continue
        back, _ = imported(exported(ruleset, "csv", tmp_path))
        file = tmp_path / "rules.py"
        file.write_text(to_source(back, "rules.csv", keeps_table=keeps_table), encoding="utf-8")
        again = load_ruleset(str(file))
        for each in fields(back):
            if each.compare:
                assert getattr(again, each.name) == getattr(back, each.name), each.name


@pytest.mark.parametrize(
    "text", ['"""\nraise SystemExit("run")\n"""', "\\", "{0}", "\u2028x", "x\\N{DASH}", "#\nimport os"]
)
def test_no_text_of_a_table_becomes_code(text: str, tmp_path: Path) -> None:
    tick = YesNo("tick", text)
    ruleset = RuleSet(
        "r", title=text, sections=[Section("s", text, [tick])], rules=[Rule(tick, Outcome("go", text), text)]
    )
    back, _ = imported(exported(ruleset, "csv", tmp_path))
    file = tmp_path / "rules.py"
    file.write_text(to_source(back, f"{text}.csv"), encoding="utf-8")
    again = load_ruleset(str(file))
    assert (again.title, again.rules[0].because, again.questions[0].wording) == (text, text, text)


def test_a_text_that_a_workbook_would_cut_off_is_refused() -> None:
    tick = YesNo("tick", "Sure?")
    rule = Rule(tick, GO, "x" * 32_768)
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [tick])], rules=[rule])
    with pytest.raises(DecisionTableError, match=r"no workbook can have a text of 32,768 characters"):
        to_table(ruleset, "xlsx")


def test_a_table_comes_back_through_other_programs(tmp_path: Path) -> None:
    ruleset = peers_ruleset()
    with exported(ruleset, "csv", tmp_path).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with (tmp_path / "saved.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    openpyxl.load_workbook(exported(ruleset, "xlsx", tmp_path)).save(tmp_path / "saved.xlsx")
    for name in ("saved.csv", "saved.xlsx"):
        back, notes = imported(tmp_path / name)
        assert notes == []
        assert compare_rulesets(ruleset, back).outcome_changes == ()
        assert [rule.id for rule in back.rules] == [rule.id for rule in ruleset.rules]


@pytest.mark.parametrize("target", FORMATS)
def test_dates_come_back(target: str, tmp_path: Path) -> None:
    day = Date("go-live", "When?", statement="you go live {when}", earliest="2026-01-01", latest="2027-12-31")
    free = Date("free", "When are you free?")
    rules = [
        Rule((day >= "2026-06-01") & (day <= "2026-09-30") & (free > "2199-12-30"), GO, "summer", "summer"),
        Rule((day > "2027-01-01") & ~(free < "1900-01-02"), STAY, "late", "late"),
        otherwise(GO, "early"),
    ]
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [day, free])], rules=rules)
    back = assert_comes_back(ruleset, target, tmp_path)
    assert back.questions == ruleset.questions
    source = tmp_path / "source.py"
    source.write_text(to_source(back, "plans.csv"), "utf-8")
    assert load_ruleset(str(source)).questions == ruleset.questions
    assert compare_rulesets(ruleset, load_ruleset(str(source))).outcome_changes == ()


@pytest.mark.parametrize("target", FORMATS)
def test_a_number_without_a_maximum_comes_back(target: str, tmp_path: Path) -> None:
    seats = Number("seats", "Seats?", minimum=1, step=1)
    rules = [Rule(seats > 5, GO, "many", "many"), otherwise(STAY, "few")]
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [seats])], rules=rules)
    (back,) = assert_comes_back(ruleset, target, tmp_path).questions
    assert isinstance(back, Number)
    assert not back.has_maximum
    source = to_source(imported(exported(ruleset, target, tmp_path))[0], "plans.csv")
    assert 'seats = Number("seats", "Seats?", minimum=1, step=1)' in source


@pytest.mark.parametrize("target", FORMATS)
def test_a_rule_that_depends_on_points_is_multiplied_out(target: str, tmp_path: Path) -> None:
    yes, size = YesNo("yes", "Yes?"), Choice("size", "Size?", {"s": "S", "m": "M", "l": "L"})
    seats = Number("seats", "Seats?", minimum=0, maximum=100)
    fit = Score("fit", "Fit", {yes: 0.1, size: {"m": 0.2, "l": -1}, seats >= 10: 0.3})
    other = Score("other", "Other", {~yes: 0.2, seats < 50: 0.1})
    rules = [
        Rule((fit > 0.3) & ~(other > fit), GO, "it fits", "fits"),
        *ranking({STAY: other, Outcome("ask", "Ask"): fit}, "most"),
    ]
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", [yes, size, seats])], rules=rules)
    back = assert_comes_back(ruleset, target, tmp_path)
    for a, b, c in itertools.product((True, False), ("s", "m", "l"), (9, 10, 49, 50)):
        answers = {"yes": a, "size": b, "seats": c}
        assert assess(back, answers)["outcome"] == assess(ruleset, answers)["outcome"]


@pytest.mark.parametrize(
    "points", [[1.0] * 40, [round(1 + 0.317 * n * n % 1, 6) for n in range(1, 30)]], ids=["alike", "unrelated"]
)
def test_points_that_need_too_many_rows_are_refused_with_their_name(points: list[float]) -> None:
    questions = [YesNo(f"q-{n}", f"Question {n}?") for n in range(len(points))]
    fit = Score("fit", "Fit", dict(zip(questions, points, strict=True)))
    rules = [Rule(fit >= len(points) / 2, GO, "it fits", "fits"), otherwise(STAY, "it does not")]
    ruleset = RuleSet("r", title="R", sections=[Section("s", "S", questions)], rules=rules)
    message = "rule 'fits' needs more than 1,000 rows, because a table cannot add up the points of 'fit'; split"
    with pytest.raises(DecisionTableError, match=message):
        to_table(ruleset, "csv")

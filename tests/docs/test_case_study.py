"""The case study says what each worked case reads of the bundled guide, as the page folds it."""

from __future__ import annotations

import re
from collections import Counter

from assessor import assess
from assessor.rulesets.self_hosting.ruleset import ruleset
from tools import case_study


def test_the_table_is_up_to_date() -> None:
    assert case_study.page() == case_study.PAGE.read_text(encoding="utf-8"), "run 'make case-study'"


def test_every_case_reads_less_with_each_answer_and_has_a_row() -> None:
    rows = re.findall(
        r"\(case:([a-z-]+)\).* ([\d,]+) \(\d+%\) \| ([\d,]+) \(\d+%\) \|$", case_study.table(), re.MULTILINE
    )
    assert [id for id, *_ in rows] == [case.id for case in ruleset.cases]
    prose = case_study.texts()
    total = case_study.words_read(prose, {})
    for id, *counts in rows:
        few, all_answers = (int(each.replace(",", "")) for each in counts)
        assert total > few > all_answers, id


def test_what_the_page_says_of_passages_is_so() -> None:
    text = case_study.PAGE.read_text(encoding="utf-8")
    guide = (case_study.DOCS / "index.md").read_text(encoding="utf-8")
    assert "has eight passages" in text
    assert guide.count("<!-- assessor/when") == 8
    prose = case_study.texts()
    words: Counter[tuple[str, ...]] = Counter()
    for each in prose:
        words[tuple(each.conditions)] += each.words
    assert "none here is shorter than 25" in text
    assert min(words.values()) >= 25
    outcomes = assess(ruleset, case_study.NO_REASON)["possible"]
    assert {"self-host", "get-ready"}.isdisjoint(outcomes)

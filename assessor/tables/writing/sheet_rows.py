"""Lay a rule set out as a sheet, as `layout.py` reads it."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.model.questions.question import Question, YesNo
from assessor.tables.decision_table import LANGUAGE, RULE_SET, VALUES
from assessor.tables.names import id_text
from assessor.tables.unary_tests import Interval, UnaryTests
from assessor.tables.writing.parts import Content, WrittenRow, question_rows, table_rows


def sheet_rows(content: Content, rows: Sequence[WrittenRow]) -> tuple[list[list[str]], int]:
    """Return the texts of a sheet, row by row, and how many rows at the top describe the columns.

    Args:
        content: What the table is to carry.
        rows: Its rows.
    """
    questions = content.ruleset.questions
    said = table_rows(content)
    header = ["rule:", *(question.id for question in questions), "outcome:", "because:"]
    head = [[f"{name}:", said[name], *([""] * (len(questions) + 1))] for name in (RULE_SET, LANGUAGE) if name in said]
    for name, texts in question_rows(content.ruleset).items():
        outcomes = said[VALUES] if name == VALUES else ""
        head.append([f"{name}:", *(texts.get(question.id, "") for question in questions), outcomes, ""])
    body = [
        [
            id_text(row.rule.id),
            *(tests_text(question, tests) for question, tests in zip(questions, row.tests, strict=True)),
            id_text(row.rule.then.id),
            row.rule.because,
        ]
        for row in rows
    ]
    return [header, *head, *body], len(head) + 1


def tests_text(question: Question, tests: UnaryTests) -> str:
    """Return a cell as spreadsheets have it: empty if everything passes, and words without quotation marks."""
    if tests.is_any:
        return ""
    if isinstance(question, YesNo):
        return ", ".join("yes" if value else "no" for value in tests.tests)
    return ", ".join(str(value) if isinstance(value, Interval) else id_text(str(value)) for value in tests.tests)

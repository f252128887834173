"""Export a rule set as a decision table, in one of the formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.errors import DecisionTableError
from assessor.model.ruleset import RuleSet
from assessor.tables.formats.csv_files import csv_text
from assessor.tables.formats.markdown import markdown_text
from assessor.tables.formats.workbooks import workbook_bytes
from assessor.tables.writing.dmn import to_dmn
from assessor.tables.writing.parts import contents_of, losses, written_rows
from assessor.tables.writing.sheet_rows import sheet_rows

FORMATS = ("csv", "xlsx", "dmn", "markdown")
"""The formats of `to_table`."""

_SHEET = "Rules"


@dataclass(frozen=True)
class ExportedTable:
    """A rule set as a decision table.

    Attributes:
        data: The bytes of the file.
        losses: What the table does not carry: a line for each kind, with names.
    """

    data: bytes
    losses: Sequence[str]


def to_table(ruleset: RuleSet, target: str, decision: str = "") -> ExportedTable:
    """Return a rule set as a decision table with the hit policy FIRST. It decides every answer as the rule set does.

    If it has several decisions, a DMN file has a table for each. A rule that reads an earlier decision tests its
    outcome there, as long as the file has that decision, its last rule always holds, and some row leads to each of
    its outcomes. Otherwise, the rule has the answers that lead to the outcome.

    Args:
        ruleset: The rule set.
        target: One of `FORMATS`.
        decision: The id of the decision, if there are several; without one, DMN has all.

    Raises:
        DecisionTableError: If a rule needs too many rows, a part cannot stand in a table, there is no such decision, or
            the format has one only and none is named.
        AssessorError: If this needs openpyxl, which is missing.
    """
    contents = contents_of(ruleset, decision)
    if len(contents) > 1 and target != "dmn":
        known = ", ".join(content.id for content in contents)
        message = (
            f"rule set {ruleset.id!r} has several decisions, and a table has one: name one with --decision: {known}"
        )
        raise DecisionTableError([(ruleset.location, message)])
    rows = written_rows(contents)
    told = losses(contents, rows)
    if target == "dmn":
        return ExportedTable(to_dmn(ruleset, contents, rows).encode(), told)
    texts, head = sheet_rows(contents[0], rows[0])
    if target == "xlsx":
        return ExportedTable(workbook_bytes(texts, _SHEET, head), told)
    return ExportedTable({"csv": csv_text, "markdown": markdown_text}[target](texts).encode(), told)

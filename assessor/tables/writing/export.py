"""Export a rule set as a decision table, in one of the formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.model.ruleset import RuleSet
from assessor.tables.formats.csv_files import csv_text
from assessor.tables.formats.markdown import markdown_text
from assessor.tables.formats.workbooks import workbook_bytes
from assessor.tables.writing.dmn import to_dmn
from assessor.tables.writing.parts import losses, written_rows
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


def to_table(ruleset: RuleSet, target: str) -> ExportedTable:
    """Return a rule set as a decision table with the hit policy FIRST. It decides every answer as the rule set does.

    Args:
        ruleset: The rule set.
        target: One of `FORMATS`.

    Raises:
        DecisionTableError: If a rule needs too many rows, or a part cannot stand in a table.
        AssessorError: If this needs openpyxl, which is missing.
    """
    rows = written_rows(ruleset)
    told = losses(ruleset, rows)
    if target == "dmn":
        return ExportedTable(to_dmn(ruleset, rows).encode(), told)
    texts, head = sheet_rows(ruleset, rows)
    if target == "xlsx":
        return ExportedTable(workbook_bytes(texts, _SHEET, head), told)
    return ExportedTable({"csv": csv_text, "markdown": markdown_text}[target](texts).encode(), told)

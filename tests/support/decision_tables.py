"""Write decision tables to files, and read them again as rule sets."""

from __future__ import annotations

import random
from pathlib import Path

from assessor import DecisionTableError, RuleSet
from assessor.tables.source import to_source
from assessor.tables.table import read_table, read_whole, ruleset_of
from assessor.tables.writing.export import to_table
from tests.support.rulesets import random_ruleset

ENDINGS = {"csv": "csv", "xlsx": "xlsx", "dmn": "dmn", "markdown": "md"}


def exported(ruleset: RuleSet, target: str, folder: Path, decision: str = "") -> Path:
    """Write a rule set, or one of its decisions, as a table, and return the file."""
    file = folder / f"rules.{ENDINGS[target]}"
    file.write_bytes(to_table(ruleset, target, decision).data)
    return file


def imported(
    file: Path, *, outcome: str | None = None, sheet: str | None = None, decision: str | None = None
) -> tuple[RuleSet, list[str]]:
    """Return the rule set of a table, and the notes."""
    notes: list[str] = []
    found = read_table(file, notes, outcome=outcome, sheet=sheet, decision=decision)
    return ruleset_of(found, notes), notes


def imported_decisions(file: Path) -> tuple[RuleSet, list[str]]:
    """Return the rule set that the Python file for all decisions of a DMN file makes, and the notes."""
    notes: list[str] = []
    found = read_whole(file, notes)
    names: dict[str, RuleSet] = {}
    exec(to_source(ruleset_of(found, notes), file.name), names)
    return names["ruleset"], notes


def from_csv(folder: Path, text: str | bytes, *, outcome: str | None = None) -> tuple[RuleSet, list[str]]:
    """Return the rule set of a table in CSV, and the notes."""
    file = folder / "plans.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return imported(file, outcome=outcome)


def refusals(file: Path) -> list[str]:
    """Return what is wrong with a table: for each mistake, its cell and the message."""
    try:
        imported(file)
    except DecisionTableError as error:
        return [f"{place.cell or f'line {place.line}'}: {message}" for place, message in error.problems]
    return []


def refused_csv(folder: Path, text: str | bytes) -> list[str]:
    """Return what is wrong with a table in CSV."""
    file = folder / "plans.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return refusals(file)


def random_table_ruleset(rng: random.Random, most_decisions: int = 1) -> RuleSet:
    """Return a random rule set whose rules need few enough rows, also where they depend on points."""
    while True:
        ruleset = random_ruleset(rng, most_decisions=most_decisions)
        try:
            to_table(ruleset, "dmn" if len(ruleset.decisions) > 1 else "csv")
        except DecisionTableError as error:
            if "needs more than 1,000 rows, because a table cannot add up the points of" in str(error):
                continue
            if "holds for any answers" not in str(error):
                raise
        return ruleset

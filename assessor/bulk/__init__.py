"""Assess many answers at once: tables in memory by NumPy, files of any size by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessor.errors import TableError
from assessor.model.ruleset import RuleSet

if TYPE_CHECKING:
    from assessor.bulk.many import ManyAssessments


def assess_many(ruleset: RuleSet, table: object) -> ManyAssessments:
    """Assess many rows of answers. This needs NumPy, which `pip install 'mkdocs-assessor[score]'` brings.

    Args:
        ruleset: The rule set.
        table: A column for each answered question, by its id: a mapping of ids to NumPy arrays, Arrow arrays or lists.
            Tables with the Arrow PyCapsule interface also work, such as those of pandas, Polars, pyarrow and DuckDB.
            Null is open. NaN is an error, but for pandas, where it is null.

    Returns:
        What `assess` says of each row: `rows()` yields it row by row; its columns are arrays of positions, for speed. A
        row with a value that does not fit has an error and nothing else.

    Raises:
        TableError: If this is no such table, if a column is no question, or if NumPy is missing.
        RuleSetError: If the rule set is too large to compile.
    """
    # NumPy takes longer to import than all else, and most commands don't need it.
    try:
        from assessor.bulk.many import assess_table  # noqa: PLC0415
    except ImportError as error:
        raise TableError(f"{error.name} is not installed: pip install 'mkdocs-assessor[score]'") from None
    return assess_table(ruleset, table)

"""Find the files that a rule set has beside its modules: decision tables and translations."""

from __future__ import annotations

from pathlib import Path

from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import catalogue_files


def files_beside(ruleset: RuleSet) -> list[Path]:
    """Return the decision tables and the files with translations of a rule set. When one changes, so do its pages."""
    original = ruleset.original
    # The rules of a table are where their cells are.
    places = dict.fromkeys(Path(rule.location.path) for rule in original.rules)
    tables = [each for each in places if each.suffix != ".py" and each.is_file()]
    return [*tables, *catalogue_files(original)]

"""Enumerate the translated texts that readers get, to compare those of two rule sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import Catalogue, catalogues, is_current
from assessor.translations.texts import source_texts

Texts = Mapping[tuple[str, str], tuple[str, ...]]
"""Translations by part and attribute: `question pager`, `wording`."""


def shown_translations(ruleset: RuleSet, name_of: Callable[[str], str] = str) -> Mapping[str, Texts]:
    """Return the translations that readers get, by language: not those of a text that has changed since.

    Args:
        ruleset: The rule set.
        name_of: Returns the name by which to list a part: its new one, if it is to be compared under that.

    Raises:
        RuleSetError: If a file with translations is missing or invalid.
    """
    return {each.language: _shown(ruleset.original, each, name_of) for each in catalogues(ruleset)}


def _shown(ruleset: RuleSet, catalogue: Catalogue, name_of: Callable[[str], str]) -> Texts:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    matched, _ = catalogue.match(source_texts(ruleset, catalogue.language))
    for text, entry in matched:
        if entry is not None and text.owner is not None and is_current(text, entry):
            found[name_of(text.part), text.attribute].append(entry.text)
    # Readers get the words of a unit whenever there are any.
    for entry in catalogue.entries:
        if entry.part.startswith("unit ") and entry.text:
            found[entry.part, entry.attribute].append(entry.text)
    return {name: tuple(texts) for name, texts in found.items()}

"""The rule sets of a site, and which of them a page, a slot or a link means."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from assessor.errors import did_you_mean
from assessor.loading.load import load_ruleset
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.config.rules import check_ids, references
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.prose.measures import Units
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.overrides import check_templates
from mkdocs_assessor.render.slots import renderings


class Guides:
    """The rule sets of a site by name; the only one of a site that names none has an empty name."""

    def __init__(self, by_name: Mapping[str, Guide]) -> None:
        """Take the guides; the first is the site's choice.

        Raises:
            OptionError: If two have the same id, by which answers are kept.
        """
        self._by_name = dict(by_name)
        check_ids({name: guide.ruleset for name, guide in self._by_name.items()})

    def __iter__(self) -> Iterator[Guide]:
        """Every guide, the site's choice first."""
        return iter(self._by_name.values())

    @cached_property
    def _units(self) -> tuple[str, ...]:
        return tuple(fact.unit for guide in self for fact in guide.ruleset.facts)

    def vocabulary(self, language: str) -> Units:
        """Return the units that prose of a language may name."""
        return _vocabulary(self._units, language)

    def default(self, page: Page) -> Guide:
        """Return the guide that a page means where it names none.

        It is the one that its front matter chooses, or else the one that is named like a folder of its path, the
        innermost first, or else the site's first.
        """
        folders = reversed(page.path.split("/")[:-1])
        name = next((each for each in (page.ruleset, *folders) if each and each in self._by_name), None)
        return self._by_name[name] if name is not None else next(iter(self))

    def find(self, page: Page, name: str) -> Guide | None:
        """Return the guide that a slot or link means, or nothing where it names one that there is not."""
        return self._by_name.get(name) if name else self.default(page)

    def unknown(self, name: str) -> str:
        """Say that there is no rule set of a name."""
        if list(self._by_name) == [""]:
            return f"there is no rule set named {name!r}: this site has one, which needs no name"
        return f"there is no rule set named {name!r}.{did_you_mean(name, self._by_name)}"


@functools.lru_cache(maxsize=16)
def _vocabulary(units: tuple[str, ...], language: str) -> Units:
    return Units(units, language)


def load_guides(rules: object, base: Path | None = None, appearance: Appearance | None = None) -> Guides:
    """Load every rule set that the option `rules` names; wrong cases are told with what else is unsound.

    Args:
        rules: A reference, or a mapping of names to references.
        base: The folder that relative paths start from.
        appearance: What they are rendered with.

    Raises:
        AssessorError: If a reference leads to no rule set, or to a wrong one.
    """
    named = references(rules).items()
    loaded = {name: load_ruleset(reference, base, check_cases=False) for name, reference in named}
    guides = Guides({name: Guide.of(ruleset, appearance, name) for name, ruleset in loaded.items()})
    for guide in guides:
        check_templates(guide.environment, guide.appearance.templates, renderings(guide))
    return guides

"""The rule sets of a site, and which of them a page, a slot or a link means."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from assessor.errors import did_you_mean
from assessor.loading.load import load_ruleset
from assessor.prose.measures import Units
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.config.rules import check_ids, references
from mkdocs_assessor.page.page import PageInput
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
    def units(self) -> tuple[str, ...]:
        """The units of all facts."""
        return tuple(fact.unit for guide in self for fact in guide.ruleset.facts)

    def for_page(self, page: PageInput) -> PageGuides:
        """Return the guides as a page shows them."""
        return PageGuides(self, page)

    def names_for(self, page: PageInput) -> Sequence[str]:
        """Return the names of the guides, the one that a page means where it names none first.

        It is the one that its front matter chooses, or else the one that is named like a folder of its path, the
        innermost first, or else the site's first.
        """
        folders = reversed(page.path.split("/")[:-1])
        chosen = next((each for each in (page.ruleset, *folders) if each and each in self._by_name), None)
        return list(self._by_name) if chosen is None else [chosen, *(each for each in self._by_name if each != chosen)]

    def named(self, name: str) -> Guide | None:
        """Return the guide of a name, or nothing if there is none."""
        return self._by_name.get(name)

    def unknown(self, name: str) -> str:
        """Return a message that there is no rule set of a name."""
        if list(self._by_name) == [""]:
            return f"there is no rule set named {name!r}: this site has one, which needs no name"
        return f"there is no rule set named {name!r}.{did_you_mean(name, self._by_name)}"


class PageGuides:
    """The rule sets of a site as one page shows them: in its language, the one that it means first.

    Each guide is resolved once for a page, however many slots and links mean it.
    """

    def __init__(self, guides: Guides, page: PageInput) -> None:
        """Take the guides of the site, and the page."""
        self._guides = guides
        self._language = page.language
        self._names = guides.names_for(page)
        self._resolved: dict[str, Guide | None] = {}

    def __iter__(self) -> Iterator[Guide]:
        """Every guide, the page's own first."""
        return (guide for name in self._names if (guide := self._resolve(name)) is not None)

    @cached_property
    def default(self) -> Guide:
        """The guide that slots and links mean where they name none."""
        return next(iter(self))

    def find(self, name: str) -> Guide | None:
        """Return the guide that a slot or link means, or nothing if it names one that does not exist."""
        return self._resolve(name) if name else self.default

    def unknown(self, name: str) -> str:
        """Return a message that there is no rule set of a name."""
        return self._guides.unknown(name)

    @property
    def vocabulary(self) -> Units:
        """The units that the prose of the page may name."""
        return _vocabulary(self._guides.units, self.default.words.language)

    def _resolve(self, name: str) -> Guide | None:
        if name not in self._resolved:
            guide = self._guides.named(name)
            self._resolved[name] = guide.in_language(self._language) if guide else None
        return self._resolved[name]


@functools.lru_cache(maxsize=16)
def _vocabulary(units: tuple[str, ...], language: str) -> Units:
    return Units(units, language)


def load_guides(rules: object, base: Path | None = None, appearance: Appearance | None = None) -> Guides:
    """Load every rule set that the option `rules` names; wrong cases are reported with the other findings.

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

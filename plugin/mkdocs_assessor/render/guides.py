"""Hold the rule sets of a site, and find the one that a page, slot or link refers to."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from assessor.errors import did_you_mean
from assessor.language.words import base_language
from assessor.loading.beside import files_beside
from assessor.loading.load import load_ruleset
from assessor.prose.measures import Units
from assessor.translations.translated import languages_of, unit_spellings
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.config.rules import check_ids, references
from mkdocs_assessor.page.page import PageInput
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.overrides import check_templates
from mkdocs_assessor.render.slots import renderings


class Guides:
    """The rule sets of a site by name. If a site has just one and gives it no name, the name is empty."""

    def __init__(self, by_name: Mapping[str, Guide]) -> None:
        """Take the guides; the first is the default of the site.

        Raises:
            OptionError: If two have the same id, because browsers store answers by id.
        """
        self._by_name = dict(by_name)
        check_ids({name: guide.ruleset for name, guide in self._by_name.items()})

    def __iter__(self) -> Iterator[Guide]:
        """Yield every guide, the default of the site first."""
        return iter(self._by_name.values())

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units of all facts."""
        return tuple(fact.unit for guide in self for fact in guide.ruleset.facts)

    @property
    def files_beside(self) -> list[Path]:
        """The decision tables of the rule sets, and the files with their translations."""
        return [file for guide in self for file in files_beside(guide.ruleset)]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the rule sets have texts in."""
        return tuple(dict.fromkeys(each for guide in self for each in languages_of(guide.ruleset)))

    def language_for(self, page: PageInput) -> str:
        """Return the language of a page, or an empty string for that of the site.

        It is the one in the front matter, or else the one that a folder or the suffix of the page names, as in
        `de/index.md` and `index.de.md`, if a rule set has texts in it.
        """
        *folders, file = page.path.split("/")
        named = [*folders, *file.split(".")[1:-1]]
        return page.language or next((each for each in named if each in self._names_of_languages), "")

    def siblings(self, path: str, page: str) -> Iterator[str]:
        """Yield the paths under which a page may be that a rule set names, those in the language of another page first.

        A rule set names `costs.md`. For `de/index.md` that is `de/costs.md`, and for `index.de.md` it is `costs.de.md`.

        Args:
            path: The path as the rule set names it.
            page: The path of the page with the link.
        """
        *folders, file = page.split("/")
        for place, folder in enumerate(folders):
            if folder in self._names_of_languages:
                yield "/".join([*folders[: place + 1], path])
        for language in file.split(".")[1:-1]:
            if language in self._names_of_languages:
                stem, dot, suffix = path.rpartition(".")
                yield f"{stem}.{language}{dot}{suffix}"
        yield path

    @cached_property
    def _names_of_languages(self) -> frozenset[str]:
        # One language is not chosen from.
        known = self.languages if len(self.languages) > 1 else ()
        return frozenset([*known, *map(base_language, known)])

    def for_page(self, page: PageInput) -> PageGuides:
        """Return the guides for one page."""
        return PageGuides(self, page)

    def names_for(self, page: PageInput) -> Sequence[str]:
        """Return the names of the guides, the default of a page first.

        The default is the rule set that the front matter chooses, or else the one named like a folder of the page's
        path (the innermost folder first), or else the default of the site.
        """
        folders = reversed(page.path.split("/")[:-1])
        chosen = next((each for each in (page.ruleset, *folders) if each and each in self._by_name), None)
        return list(self._by_name) if chosen is None else [chosen, *(each for each in self._by_name if each != chosen)]

    def named(self, name: str) -> Guide | None:
        """Return the guide with a name, or `None`."""
        return self._by_name.get(name)

    def unknown(self, name: str) -> str:
        """Return the message for a name that no rule set has."""
        if list(self._by_name) == [""]:
            return f"there is no rule set named {name!r}: this site has one, which needs no name"
        return f"there is no rule set named {name!r}.{did_you_mean(name, self._by_name)}"


class PageGuides:
    """The rule sets of a site for one page: in the page's language, its default first.

    A page resolves each name once, however many slots and links refer to it.
    """

    def __init__(self, guides: Guides, page: PageInput) -> None:
        """Take the guides of the site, and the page."""
        self._guides = guides
        self._language = guides.language_for(page)
        self._names = guides.names_for(page)
        self._resolved: dict[str, Guide | None] = {}

    def __iter__(self) -> Iterator[Guide]:
        """Yield every guide, the default of the page first."""
        return (guide for name in self._names if (guide := self._resolve(name)) is not None)

    @cached_property
    def default(self) -> Guide:
        """The guide for slots and links that name none."""
        return next(iter(self))

    def find(self, name: str) -> Guide | None:
        """Return the guide that a slot or link refers to, or `None` if it names one that does not exist."""
        return self._resolve(name) if name else self.default

    @property
    def names(self) -> Sequence[str]:
        """The names of the rule sets."""
        return self._names

    def unknown(self, name: str) -> str:
        """Return the message for a name that no rule set has."""
        return self._guides.unknown(name)

    def siblings(self, path: str, page: str) -> Iterator[str]:
        """Yield the paths under which a page may be that a rule set names: see `Guides.siblings`."""
        return self._guides.siblings(path, page)

    @cached_property
    def vocabulary(self) -> Units:
        """The units to recognise in the prose of the page."""
        spellings = tuple(each for guide in self for each in unit_spellings(guide.ruleset))
        return _vocabulary(self._guides.units, self.default.words.language, spellings)

    def _resolve(self, name: str) -> Guide | None:
        if name not in self._resolved:
            guide = self._guides.named(name)
            self._resolved[name] = guide.in_language(self._language) if guide else None
        return self._resolved[name]


@functools.lru_cache(maxsize=16)
def _vocabulary(units: tuple[str, ...], language: str, spellings: tuple[tuple[str, str], ...]) -> Units:
    return Units(units, language, dict(spellings))


def load_guides(rules: object, base: Path | None = None, appearance: Appearance | None = None) -> Guides:
    """Load all rule sets in the option `rules`. Cases may fail here; the findings report them.

    Args:
        rules: A reference, or a mapping of names to references.
        base: The base folder of relative paths.
        appearance: The words and templates to render with.

    Raises:
        AssessorError: If a reference leads to no rule set, or to an invalid one.
    """
    named = references(rules).items()
    loaded = {name: load_ruleset(reference, base, check_cases=False) for name, reference in named}
    guides = Guides({name: Guide.of(ruleset, appearance, name) for name, ruleset in loaded.items()})
    for guide in guides:
        check_templates(guide.environment, guide.appearance.templates, renderings(guide))
    return guides

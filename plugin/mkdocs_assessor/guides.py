"""The rule sets of a site, and which of them a page, a slot or a link means."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from assessor.loading import load_ruleset
from assessor.naming import did_you_mean
from assessor.ruleset import RuleSet
from mkdocs_assessor.diagnostics import OptionError
from mkdocs_assessor.looks import Looks
from mkdocs_assessor.measures import Vocabulary
from mkdocs_assessor.pages import Page
from mkdocs_assessor.slots import SLOT_NAMES, Guide

_NAME = re.compile(r"(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
# HTML ids start with "assessor" and the name, where ours go on with one of these.
_RESERVED = frozenset((*SLOT_NAMES, "slot", "rule", "criterion", "fact", "case", "outcome", "section", "result"))


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

    def vocabulary(self, language: str) -> Vocabulary:
        """Return the units that prose of a language may name."""
        return _vocabulary(self._units, language)

    def by_id(self, ruleset: str) -> Guide:
        """Return the guide whose rule set has an id."""
        return next(guide for guide in self if guide.ruleset.id == ruleset)

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


def check_ids(named: Mapping[str, RuleSet]) -> None:
    """Refuse rule sets, by name, of which two have the same id.

    Raises:
        OptionError: If two have.
    """
    names: dict[str, str] = {}
    for name, ruleset in named.items():
        if ruleset.id in names:
            raise OptionError(
                f"rules: {names[ruleset.id]!r} and {name!r} are both the rule set {ruleset.id!r}: "
                "answers are kept by that id, so give each its own",
                "rules",
                name,
            )
        names[ruleset.id] = name


@functools.lru_cache(maxsize=16)
def _vocabulary(units: tuple[str, ...], language: str) -> Vocabulary:
    return Vocabulary(units, language)


def references(rules: object) -> dict[str, str]:
    """Return the references of the option `rules` by name.

    Args:
        rules: A reference, or a mapping of names to references.

    Raises:
        OptionError: If it is anything else, or a name could not stand in a link.
    """
    if isinstance(rules, str):
        return {"": rules}
    if not isinstance(rules, Mapping) or not rules:
        raise OptionError(f"rules: write a reference, or a mapping of names to references, not {rules!r}", "rules")
    for name, reference in rules.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _RESERVED:
            raise OptionError(
                f"rules: {name!r} cannot name a rule set: write lower-case letters and digits joined by hyphens, and "
                f"none of {', '.join(sorted(_RESERVED))}",
                "rules",
                name,
            )
        if not isinstance(reference, str):
            said = f"rules: {name}: write a reference, such as 'rules/{name}.py', not {reference!r}"
            raise OptionError(said, "rules", name)
    return dict(rules)


def load_guides(rules: object, base: Path | None = None, looks: Looks | None = None) -> Guides:
    """Load every rule set that the option `rules` names; wrong cases are told with what else is unsound.

    Args:
        rules: A reference, or a mapping of names to references.
        base: The folder that relative paths start from.
        looks: What they are rendered with.

    Raises:
        AssessorError: If a reference leads to no rule set, or to a wrong one.
    """
    named = references(rules).items()
    loaded = {name: load_ruleset(reference, base, check_cases=False) for name, reference in named}
    return Guides({name: Guide.of(ruleset, looks, name) for name, ruleset in loaded.items()})

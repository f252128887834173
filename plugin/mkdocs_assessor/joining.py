"""Add a guide to a site that exists: what to write, and what to add to its configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assessor.errors import AssessorError
from assessor.loading.load import load_ruleset
from assessor.model.ruleset import RuleSet
from mkdocs_assessor.config.files import configurations_in
from mkdocs_assessor.config.rules import references, rules_of
from mkdocs_assessor.config.site import Site, read_site

RULES, PAGE = "rules.py", "docs/index.md"
"""The rules and the page of a starter."""

_ZENSICAL_DEFAULTS = "This list replaces Zensical's defaults: add every extension that your pages use"


class JoiningError(AssessorError):
    """Adding a guide to a site fails."""


@dataclass(frozen=True)
class Addition:
    """What a site needs for another guide.

    Attributes:
        files: The texts of new files by path, relative to the folder of the configuration.
        steps: What the author then does, each a sentence and the lines to write.
    """

    files: Mapping[str, str]
    steps: tuple[tuple[str, str], ...]


def surrounding_site(folder: Path) -> Site | None:
    """Return the site that a folder is in, or `None`.

    Raises:
        SettingsError: If its configuration is unreadable.
    """
    place = folder.resolve()
    for parent in (place, *place.parents):
        for file in configurations_in(parent)[:1]:
            site = read_site(file)
            if place in (parent, site.docs.path.resolve()) or site.docs.path.resolve() in place.parents:
                return site
    return None


def addition(
    site: Site, page: str, rules: str | None, starter: Mapping[str, str], escape: Callable[[str], str]
) -> Addition:
    """Return what to add to a site for a guide on a page.

    Args:
        site: The site.
        page: The path of the page, relative to the docs folder.
        rules: The rule set that it shows; by default that of the site or, if it has none, a new one.
        starter: The files of a starter, by path.
        escape: Escapes a title for Markdown.

    Raises:
        JoiningError: If the page cannot be part of the site, or the site shows another rule set.
        AssessorError: If loading the rule set fails.
    """
    path = PurePosixPath(page)
    if path.is_absolute() or ".." in path.parts or path.suffix != ".md":
        raise JoiningError(
            f"--page: write the path of a page in the docs folder, such as guides/choosing.md, not {page!r}"
        )
    given = references(rules_of(site.own)) if site.own.get("rules") is not None else {}
    if given and rules is not None and rules not in given.values():
        shown = ", ".join(given.values())
        raise JoiningError(f"--rules: the site shows {shown} already: name both in its options, each with a name")
    rules = rules or next(iter(given.values()), None)
    docs = PurePosixPath(site.docs.path.resolve().relative_to(site.root.resolve()).as_posix())
    if rules is None:
        rules = RULES
        files = {RULES: starter[RULES].replace('about="index.md#', f'about="{path}#'), str(docs / path): starter[PAGE]}
    else:
        files = {str(docs / path): _page(load_ruleset(rules, site.root), escape)}
    return Addition(files, tuple(_steps(site, rules, str(path))))


def _page(ruleset: RuleSet, escape: Callable[[str], str]) -> str:
    slots = ["rules", *(["facts"] if ruleset.facts else ())]
    shown = "\n\n".join(f"<!-- assessor/{slot} -->" for slot in slots)
    cases = "\n## Examples\n\n<!-- assessor/cases -->\n" if ruleset.cases else ""
    return f"# {escape(ruleset.title)}\n\n<!-- assessor/checklist -->\n\n## How this is decided\n\n{shown}\n{cases}"


def _steps(site: Site, rules: str, page: str) -> Iterator[tuple[str, str]]:
    assert site.file is not None
    if not site.integrations:
        if not site.docs.is_for_zensical:
            yield f"Add to {site.file.name}:", _plugin(site, rules)
            yield "If Zensical builds the site, add this instead:", _extension(site, rules)
        elif site.file.suffix == ".toml":
            yield f"Add to {site.file.name}, the first line below [project]:", _toml(rules)
        else:
            yield f"Add to {site.file.name}:", _extension(site, rules)
    elif site.own.get("rules") is None:
        yield f"Add to the options of {site.integrations[0][0].name} in {site.file.name}:", f"rules: {rules}"
    if site.has_nav:
        yield f"List the page below nav in {site.file.name}:", page


def _plugin(site: Site, rules: str) -> str:
    # Without `plugins`, MkDocs searches; a list replaces that.
    search = "" if site.has_plugins else "  - search\n"
    return f"plugins:\n{search}  - assessor:\n      rules: {rules}"


def _extension(site: Site, rules: str) -> str:
    note = "" if site.has_extensions else f"  # {_ZENSICAL_DEFAULTS}.\n"
    options = f"      rules: {rules}\n      strict: true\n"
    return f"markdown_extensions:\n{note}  - mkdocs_assessor:\n{options}watch:\n  - {rules}"


def _toml(rules: str) -> str:
    return (
        f'watch = ["{rules}"]\n\n[project.markdown_extensions.mkdocs_assessor]\nrules = "{rules}"\nstrict = true\n'
        f"# {_ZENSICAL_DEFAULTS}."
    )

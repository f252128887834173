"""Check the set-up of a site, above all for what its generator ignores silently."""

from __future__ import annotations

import contextlib
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from assessor.errors import LoadingError, Location, RuleSetError
from assessor.findings.finding import Finding
from assessor.findings.formats import counted
from assessor.findings.place import Place, place_of
from assessor.loading.beside import files_beside
from assessor.loading.load import load_ruleset
from assessor.loading.reference import BUNDLED, ruleset_path
from mkdocs_assessor.config.files import configurations_in
from mkdocs_assessor.config.integrations import EXTENSION, INTEGRATIONS, PLUGIN, Integration
from mkdocs_assessor.config.options import option_errors
from mkdocs_assessor.config.rules import check_ids, references, rules_of
from mkdocs_assessor.config.site import Site
from mkdocs_assessor.diagnostics import OptionError
from mkdocs_assessor.generators.notebooks import SUFFIX as NOTEBOOK
from mkdocs_assessor.generators.notebooks import unread_notebooks
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.page.syntax import WRITTEN_ATTRIBUTE, slots_in, without_code

GENERATORS: Mapping[str, str] = {"mkdocs": "MkDocs", "properdocs": "ProperDocs", "zensical": "Zensical"}
_PACKAGES = ("mkdocs-assessor", "Markdown", "mkdocs", "properdocs", "zensical", "mkdocs-material")
Examined: TypeAlias = Finding | str
"""A problem, or a sentence on what is right."""
_SLOT = re.compile(r"^[ \t>]*<!--\s*assessor/(\S+)", re.MULTILINE)
_READ_ATTRIBUTES = frozenset(("attr_list", "extra"))
"""The Markdown extensions that read attributes, without the package."""


def installed() -> dict[str, str]:
    """Return the installed versions of the relevant packages, including the generators."""
    versions = {}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def likely_generators(settings: Site) -> list[str]:
    """Return the generators that may build a site, judging by the configuration and the installed packages.

    Only Zensical needs the extension without the plugin, and `strict` below it. It reads no other file where there is a
    `zensical.toml`; and who has a `zensical.yml` names it to Zensical, which does not look for it.
    """
    is_zensicals = settings.plugin is None and (settings.extension or {}).get("strict") is True
    if settings.docs.is_for_zensical or (is_zensicals and "zensical" in installed()):
        return ["zensical"]
    if settings.file and settings.file.stem == "properdocs":
        return ["properdocs"]
    is_only_others = zensicals_own(settings) is not None
    return [name for name in GENERATORS if name in installed() and not (name == "zensical" and is_only_others)]


def zensicals_own(settings: Site) -> Path | None:
    """Return the file beside the configuration from which Zensical builds the site, if there is one."""
    if settings.file is None or settings.docs.is_for_zensical:
        return None
    return next((file for file in configurations_in(settings.file.parent) if file.stem == "zensical"), None)


def examine(settings: Site, generators: list[str]) -> Iterator[Examined]:
    """Yield the findings, in the order in which to fix them.

    Args:
        settings: The configuration.
        generators: The generators that build the site.
    """
    versions = ", ".join(f"{package} {number}" for package, number in installed().items())
    yield f"{versions}, Python {platform.python_version()}"
    if (own := zensicals_own(settings)) is not None and "zensical" not in generators:
        yield f"Zensical's file is {own.name}: check it with 'assessor doctor {own}'"
    yield from _generators(generators)
    yield from _registration(settings, generators)
    yield from _options(settings)
    yield from _rules(settings, generators)
    yield from _pages(settings)
    sizes = ", ".join(f"{asset.name} ({len(asset.content.encode()):,} bytes)" for asset in (script(), style_sheet()))
    yield f"for the browser: {sizes}"


def _generators(generators: list[str]) -> Iterator[Examined]:
    for name in generators:
        if name not in installed():
            yield Finding("missing-generator", Place(), f"{GENERATORS[name]} is not installed here: pip install {name}")
    if not generators:
        names = ", ".join(GENERATORS.values())
        yield Finding(
            "missing-generator", Place(), f"this environment has none of {names}: pip install 'mkdocs-assessor[mkdocs]'"
        )


def _registration(settings: Site, generators: list[str]) -> Iterator[Examined]:
    plugin, extension = settings.plugin, settings.extension
    file = place_of(Location(str(settings.file)))
    if plugin is None and extension is None:
        yield Finding(
            "not-configured",
            file,
            "the configuration lists neither the plugin nor the extension: add 'assessor: {rules: …}' to plugins",
        )
        return
    if "zensical" in generators and extension is None:
        yield Finding(
            "ignored-plugin",
            _listed(PLUGIN, settings),
            f"Zensical ignores the plugin without a warning, and publishes slots as comments: add '{EXTENSION.name}: "
            "{rules: …, strict: true}' to markdown_extensions; the plugin may stay for the others",
        )
    others = [GENERATORS[name] for name in generators if name != "zensical"]
    is_off = plugin is not None and plugin.get("enabled") is False
    if others and is_off and extension is None:
        yield Finding(
            "switched-off",
            _listed(PLUGIN, settings, "enabled"),
            "the option 'enabled' switches the plugin off, so slots stay comments: remove it, or set the variable "
            "that it reads to true",
        )
    elif others and (plugin is None or is_off) and "zensical" not in generators:
        yield Finding(
            "bare-extension",
            _listed(EXTENSION, settings),
            f"{' and '.join(others)}: the extension alone cannot fail a strict build, and puts its script into every "
            "page with a checklist: add 'assessor: {rules: …}' to plugins instead",
        )
    for integration in INTEGRATIONS:
        lines = integration.lines(settings.file)
        for each in lines[1:]:
            yield Finding("listed-twice", place_of(each), f"{lines[0]} lists {integration.name}, too: keep one")
    if plugin is not None and extension is not None and rules_of(plugin) != rules_of(extension):
        yield Finding(
            "two-rules",
            _listed(EXTENSION, settings, "rules"),
            f"the plugin has rules: {rules_of(plugin)}, and the extension rules: {rules_of(extension)}: "
            "generators would publish different guides",
        )
    if "zensical" in generators and extension is not None and extension.get("strict") is not True:
        yield Finding(
            "not-strict",
            _listed(EXTENSION, settings),
            f"Zensical goes on after a mistake, even with --strict: add 'strict: true' to {EXTENSION.name}",
        )


def _options(settings: Site) -> Iterator[Examined]:
    for integration, options in settings.integrations:
        for _, error in option_errors(options, integration):
            yield _broken(error, integration, settings)


def _broken(error: OptionError, integration: Integration, settings: Site) -> Finding:
    place = _listed(integration, settings, *error.keys) if error.keys else Place()
    return Finding("broken-options", place, str(error))


def _listed(integration: Integration, settings: Site, *keys: str) -> Place:
    """Return where a configuration lists the plugin or the extension, or one of its options."""
    return place_of(integration.locate(settings.file, *keys)) if settings.file else Place()


def _rules(settings: Site, generators: list[str]) -> Iterator[Examined]:
    unnamed = next(
        (integration for integration, options in settings.integrations if options.get("rules") is None), None
    )
    if unnamed:
        place = _listed(unnamed, settings)
        yield Finding(
            "no-rules", place, "no option names the rules, so pages show the bundled guide for Medplum: add 'rules: …'"
        )
    named = {}
    for integration, options in settings.integrations:
        # An invalid option is reported with the other options.
        with contextlib.suppress(OptionError):
            named[integration] = references(rules_of(options))
    loaded = {}
    for reference in dict.fromkeys(each for by_name in named.values() for each in by_name.values()):
        try:
            ruleset = loaded[reference] = load_ruleset(reference, settings.root)
            file = ruleset_path(reference, settings.root).resolve()
        except (LoadingError, RuleSetError) as error:
            place = place_of(error.location) if error.location else Place()
            yield Finding("broken-rules", place, error.message)
            continue
        yield (
            f"{reference}: {ruleset.title!r} has {counted(len(ruleset.questions), 'question')}, "
            f"{counted(len(ruleset.rules), 'rule')} and {counted(len(ruleset.outcomes), 'outcome')}"
        )
        if "zensical" in generators and settings.extension is not None and reference != BUNDLED:
            yield from _unwatched([file, *(each.resolve() for each in files_beside(ruleset))], settings)
    for integration, by_name in named.items():
        try:
            check_ids({name: loaded[reference] for name, reference in by_name.items() if reference in loaded})
        except OptionError as error:
            yield _broken(error, integration, settings)


def _unwatched(files: Sequence[Path], settings: Site) -> Iterator[Finding]:
    """Yield which files of a rule set Zensical does not watch; the module is the first of them."""
    missing = [each for each in files if not any(each.is_relative_to(watched) for watched in settings.watched)]
    if missing:
        names = ", ".join(_relative(each, settings.root) for each in missing)
        imported = ", and the modules that it imports" if missing[0] == files[0] else ""
        yield Finding(
            "not-watched",
            place_of(Location(str(settings.file))),
            f"Zensical keeps pages when the rules change, unless 'watch' lists them: add {names} to watch{imported}",
        )


def _pages(settings: Site) -> Iterator[Examined]:
    docs = settings.docs
    if not docs.path.is_dir():
        yield Finding(
            "no-docs", Place(str(Location(str(docs.path)))), f"there is no folder {str(docs.path)!r} with pages"
        )
        return
    yield from unread_notebooks(docs.published(NOTEBOOK))
    texts = {page: (docs.path / page).read_text(encoding="utf-8", errors="replace") for page in docs.pages()}
    pages = {docs.path / page: without_code(text.splitlines()) for page, text in texts.items()}
    used = [page for page, text in pages.items() if _SLOT.search(text)]
    if used:
        yield f"slots are on {len(used)} of {len(pages)} pages"
    else:
        yield Finding(
            "no-slots",
            Place(str(Location(str(docs.path)))),
            f"no page in {str(docs.path)!r} has a slot: write <!-- assessor/checklist --> on one",
        )
    yield from _passages(settings, pages)


def _passages(settings: Site, pages: Mapping[Path, str]) -> Iterator[Examined]:
    """Yield how many passages there are, and what keeps them from following the answers."""
    slots = {page: [slot.name for slot in slots_in(text)] for page, text in pages.items()}
    attributes = {page: [*WRITTEN_ATTRIBUTE.finditer(text)] for page, text in pages.items()}
    counts = {page: names.count("when") + len(attributes[page]) for page, names in slots.items()}
    having = [page for page, count in counts.items() if count]
    if not having:
        return
    yield f"passages: {sum(counts.values())}, on {len(having)} of {len(pages)} pages"
    if not any(name in ("checklist", "question") for names in slots.values() for name in names):
        yield Finding(
            "unasked-passages",
            Place(str(Location(str(having[0])))),
            "passages follow the answers, and no page asks a question: write <!-- assessor/checklist --> on one",
        )
    if not _READ_ATTRIBUTES.isdisjoint(name.rpartition(".")[2] for name in settings.markdown_extensions):
        return
    for page, found in attributes.items():
        for match in found[:1]:
            line = pages[page].count("\n", 0, match.start()) + 1
            yield Finding(
                "unread-attribute",
                place_of(Location(str(page), line)),
                f"Markdown shows {match[0]!r} as text: add attr_list to markdown_extensions",
            )


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else str(path)

"""What is wrong with how a site is set up, above all what its generator would pass over in silence."""

from __future__ import annotations

import contextlib
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assessor.errors import AssessorError
from assessor.loading.load import BUNDLED, load_ruleset, ruleset_path
from mkdocs_assessor.config.docs_folder import DocsFolder
from mkdocs_assessor.config.integrations import DOORS, EXTENSION, PLUGIN
from mkdocs_assessor.config.options import mistakes, placed
from mkdocs_assessor.config.rules import check_ids, references, rules_of
from mkdocs_assessor.config.site import Site
from mkdocs_assessor.diagnostics import OptionError
from mkdocs_assessor.page.assets import script, style_sheet

GENERATORS: Mapping[str, str] = {"mkdocs": "MkDocs", "properdocs": "ProperDocs", "zensical": "Zensical"}
_PACKAGES = ("mkdocs-assessor", "Markdown", "mkdocs", "properdocs", "zensical", "mkdocs-material")
_SLOT = re.compile(r"^[ \t>]*<!--\s*assessor/(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """Something about a set-up.

    Attributes:
        code: What kind of problem it is; empty for what is fine.
        message: What was found, and what to do about it.
    """

    code: str
    message: str


def installed() -> dict[str, str]:
    """Return the versions of what matters here, by package; the generators among them."""
    versions = {}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def likely_generators(settings: Site) -> list[str]:
    """Return the generators that may build a site, as far as its file's name and what is installed tell."""
    if settings.docs.is_for_zensical:
        return ["zensical"]
    if settings.file and settings.file.stem == "properdocs":
        return ["properdocs"]
    return [name for name in GENERATORS if name in installed()]


def examine(settings: Site, generators: list[str]) -> Iterator[Check]:
    """Yield what is found, in the order in which to mend it.

    Args:
        settings: The configuration.
        generators: Which are to build the site.
    """
    versions = ", ".join(f"{package} {number}" for package, number in installed().items())
    yield Check("", f"{versions}, Python {platform.python_version()}")
    yield from _generators(generators)
    yield from _registration(settings, generators)
    yield from _options(settings)
    yield from _rules(settings, generators)
    yield from _pages(settings.docs)
    sizes = ", ".join(f"{asset.name} ({len(asset.content.encode()):,} bytes)" for asset in (script(), style_sheet()))
    yield Check("", f"for the browser: {sizes}")


def _generators(generators: list[str]) -> Iterator[Check]:
    for name in generators:
        if name not in installed():
            yield Check("missing-generator", f"{GENERATORS[name]} is not installed here: pip install {name}")
    if not generators:
        names = ", ".join(GENERATORS.values())
        yield Check("missing-generator", f"none of {names} is installed here: pip install 'mkdocs-assessor[mkdocs]'")


def _registration(settings: Site, generators: list[str]) -> Iterator[Check]:
    plugin, extension = settings.plugin, settings.extension
    if plugin is None and extension is None:
        yield Check(
            "not-configured", "neither the plugin nor the extension is listed: add 'assessor: {rules: …}' to plugins"
        )
        return
    if "zensical" in generators and extension is None:
        yield Check(
            "ignored-plugin",
            f"Zensical ignores the plugin without a word, and publishes slots as comments: add '{EXTENSION.name}: "
            "{rules: …, strict: true}' to markdown_extensions; the plugin may stay for the others",
        )
    others = [GENERATORS[name] for name in generators if name != "zensical"]
    is_off = plugin is not None and plugin.get("enabled") is False
    if others and is_off and extension is None:
        yield Check(
            "switched-off",
            f"{PLUGIN.place(settings.file, 'enabled')}the plugin is switched off here, so that slots are published as "
            "comments: take 'enabled' out, or set the variable that it is read from to true",
        )
    elif others and (plugin is None or is_off) and "zensical" not in generators:
        yield Check(
            "bare-extension",
            f"{' and '.join(others)}: the extension alone cannot fail a strict build, and puts its script into every "
            "page with a checklist: add 'assessor: {rules: …}' to plugins instead",
        )
    for door in DOORS:
        lines = door.lines(settings.file)
        for each in lines[1:]:
            yield Check("listed-twice", f"{each}: {door.name} is listed in {lines[0]}, too: keep one")
    if plugin is not None and extension is not None and rules_of(plugin) != rules_of(extension):
        yield Check(
            "two-rules",
            f"the plugin has rules: {rules_of(plugin)}, and the extension rules: {rules_of(extension)}: "
            "generators would publish different guides",
        )
    if "zensical" in generators and extension is not None and extension.get("strict") is not True:
        yield Check(
            "not-strict",
            f"Zensical goes on after a mistake, even with --strict: add 'strict: true' to {EXTENSION.name}",
        )


def _options(settings: Site) -> Iterator[Check]:
    for door, options in settings.doors:
        for _, said in mistakes(options, door, settings.file):
            yield Check("broken-options", said)


def _rules(settings: Site, generators: list[str]) -> Iterator[Check]:
    if any(options.get("rules") is None for _, options in settings.doors):
        yield Check("no-rules", "no rules are named, so that the bundled guide for Medplum is shown: add 'rules: …'")
    named = {}
    for door, options in settings.doors:
        # What is wrong with the option itself is told with the others.
        with contextlib.suppress(OptionError):
            named[door] = references(rules_of(options))
    loaded = {}
    for reference in dict.fromkeys(each for by_name in named.values() for each in by_name.values()):
        try:
            ruleset = loaded[reference] = load_ruleset(reference, settings.root)
            file = ruleset_path(reference, settings.root).resolve()
        except AssessorError as error:
            yield Check("broken-rules", str(error))
            continue
        yield Check(
            "",
            f"{reference}: {ruleset.title!r} has {len(ruleset.questions)} questions, {len(ruleset.rules)} rules and "
            f"{len(ruleset.outcomes)} outcomes",
        )
        is_cached = "zensical" in generators and settings.extension is not None and reference != BUNDLED
        if is_cached and not any(file.is_relative_to(watched) for watched in settings.watched):
            yield Check(
                "not-watched",
                "Zensical keeps pages when the rules change, unless they are listed: "
                f"add {_relative(file, settings.root)} to watch, and the modules that it imports",
            )
    for door, by_name in named.items():
        try:
            check_ids({name: loaded[reference] for name, reference in by_name.items() if reference in loaded})
        except OptionError as error:
            yield Check("broken-options", placed(error, door, settings.file))


def _pages(docs: DocsFolder) -> Iterator[Check]:
    if not docs.path.is_dir():
        yield Check("no-docs", f"there is no folder {str(docs.path)!r} with pages")
        return
    pages = [docs.path / page for page in docs.pages()]
    slots = {page: _SLOT.findall(page.read_text(encoding="utf-8", errors="replace")) for page in pages}
    used = [page for page in pages if slots[page]]
    if used:
        yield Check("", f"slots stand on {len(used)} of {len(pages)} pages")
    else:
        yield Check("no-slots", f"no page in {str(docs.path)!r} has a slot: write <!-- assessor/checklist --> on one")


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else str(path)

"""Build public sites with and without us, from local clones; `make sites` runs this.

For each site of `sites.yml`, it prints whether pages, sitemap and search index are the same bytes where we are listed
and unused, what a build warns of, how long it takes, and whether a starter guide works there. The clones and the
environments are in a folder of yours. Nothing is fetched but what pip installs into an environment that is not there.

A build runs the code of the site, as its own CI does. Run it where that is fine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tools.sites.configuration import with_page, with_us

ROOT = Path(__file__).parent.parent.parent
LIST = Path(__file__).with_name("sites.yml")
GUIDE = "assessor-starter-guide.md"
# A build writes this time into sitemaps and archives.
_ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1750000000", "NO_COLOR": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_WARNING = re.compile(r"^\s*(?:\[?warn(?:ing)?\b|error\b)", re.IGNORECASE)
_MOST_SECONDS = 1200


class SiteError(Exception):
    """A site cannot be built."""


@dataclass(frozen=True)
class Site:
    """A site of the list; `sites.yml` says what each attribute means."""

    name: str
    repository: str
    revision: str
    configuration: str
    generator: str
    install: Sequence[str]
    remove: Sequence[str] = ()


@dataclass
class Build:
    """A build of a site: its files, its warnings and its seconds."""

    files: dict[str, bytes]
    warnings: list[str]
    seconds: float


@dataclass
class Result:
    """What became of a site.

    Attributes:
        row: The cells of its line in the table.
        details: What to look at.
        is_fine: Whether nothing of it is a finding.
    """

    row: list[str]
    details: list[str] = field(default_factory=list)
    is_fine: bool = True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 1 if a site shows a difference, 2 if none could be built."""
    parser = argparse.ArgumentParser(prog="python -m tools.sites.build", description=__doc__.splitlines()[0])
    parser.add_argument("clones", type=Path, help="the folder of the clones, each below the name of its site")
    parser.add_argument("--only", action="append", metavar="NAME", help="a site; repeat it for others")
    parser.add_argument("--list", type=Path, default=LIST, dest="file", help="another list than tools/sites/sites.yml")
    parser.add_argument("--python", help="a Python that has what the sites need, instead of an environment for each")
    options = parser.parse_args(arguments)
    sites = [Site(**each) for each in yaml.safe_load(options.file.read_text("utf-8"))]
    unknown = set(options.only or ()) - {site.name for site in sites}
    if unknown:
        parser.error(f"there is no site {min(unknown)!r}; known: {', '.join(site.name for site in sites)}")
    chosen = [site for site in sites if not options.only or site.name in options.only]
    header = ["site", "generator", "pages", "same pages", "sitemap", "search", "warnings", "seconds", "guide"]
    results, missing = [Result(header)], []
    for site in chosen:
        try:
            results.append(_examine(site, options.clones, options.python))
        except SiteError as error:
            missing.append(f"{site.name}: {error}")
        else:
            print(f"{site.name}: done", file=sys.stderr, flush=True)
    _print(results)
    for each in missing:
        print(f"not built: {each}", file=sys.stderr)
    if len(results) == 1:
        return 2
    return 0 if all(each.is_fine for each in results) and not missing else 1


def _print(results: Sequence[Result]) -> None:
    widths = [max(len(result.row[column]) for result in results) for column in range(len(results[0].row))]
    for result in results:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(result.row, widths, strict=True)).rstrip())
    for result in results:
        for detail in result.details:
            print(f"{result.row[0]}: {detail}")


def _examine(site: Site, clones: Path, python: str | None) -> Result:
    with tempfile.TemporaryDirectory(prefix="assessor-site-") as scratch:
        folder = Path(scratch) / "site"
        _check_out(site, clones / site.name, folder)
        runner = python or _environment(site, clones, folder)
        config = folder / site.configuration
        text = "\n".join(
            line
            for line in config.read_text("utf-8").split("\n")
            if not any(re.search(pattern, line) for pattern in site.remove)
        )
        config.write_text(text, "utf-8")
        # The first build warms caches, and shows what differs from build to build.
        first, without = _build(site, folder, runner), _build(site, folder, runner)
        config.write_text(with_us(text, site.generator), "utf-8")
        unused = _build(site, folder, runner)
        result = _compared(site, without, unused, set(_differing(first, without)))
        config.write_text(text, "utf-8")
        _try_guide(site, folder, runner, unused, result)
        return result


def _check_out(site: Site, clone: Path, folder: Path) -> None:
    if not clone.is_dir():
        raise SiteError(f"there is no clone: git clone {site.repository} {clone}")
    # It shares the objects of the clone, and leaves nothing in it.
    for command in (
        ["git", "clone", "--quiet", "--shared", "--no-checkout", str(clone.resolve()), str(folder)],
        ["git", "-C", str(folder), "checkout", "--quiet", "--detach", site.revision],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise SiteError(f"{shutil.which('git') and ran.stderr.strip()}; update the clone: git -C {clone} fetch")


def _environment(site: Site, clones: Path, folder: Path) -> str:
    """Return the Python of the environment of a site, created if it is not there."""
    key = hashlib.sha256(repr((site.revision, site.install, sys.version_info[:2])).encode()).hexdigest()[:8]
    environment = clones / ".environments" / f"{site.name}-{key}"
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = environment / ".installed"
    if not done.exists():
        shutil.rmtree(environment, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(environment)], folder)
        # The clone is a copy that is gone afterwards, so it is not installed as editable.
        wanted = [str(folder) if each == "." else each for each in site.install]
        _run([str(python), "-m", "pip", "install", "--quiet", "--editable", str(ROOT), *wanted], folder)
        done.touch()
    return str(python)


def _run(command: Sequence[str], folder: Path) -> str:
    # Hooks of sites run the commands that their environment has.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=_MOST_SECONDS,
        check=False,
    )
    if ran.returncode:
        last = "\n    ".join(ran.stdout.strip().splitlines()[-8:])
        raise SiteError(f"{' '.join(command[1:4])} fails with {ran.returncode}:\n    {last}")
    return ran.stdout


def _build(site: Site, folder: Path, python: str) -> Build:
    output = folder / ".assessor-output"
    shutil.rmtree(output, ignore_errors=True)
    options = ["-d", str(output)] if site.generator != "zensical" else ["--clean"]
    before = time.perf_counter()
    log = _run([python, "-m", site.generator, "build", "-f", site.configuration, *options], folder)
    seconds = time.perf_counter() - before
    if site.generator == "zensical":
        output = _zensical_output(folder / site.configuration)
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return Build(files, [line for line in log.splitlines() if _WARNING.match(line)], seconds)


def _zensical_output(config: Path) -> Path:
    found = re.search(r"^site_dir:\s*(\S+)", config.read_text("utf-8"), re.MULTILINE)
    return config.parent / (found[1].strip("\"'") if found else "site")


def _is_page(name: str) -> bool:
    return name.endswith(".html")


def _is_sitemap(name: str) -> bool:
    return name.startswith("sitemap.xml")


def _is_search(name: str) -> bool:
    return re.fullmatch(r"(?:.*/)?search(?:_index)?\.json", name) is not None


def _differing(one: Build, other: Build) -> Iterator[str]:
    for name in sorted(one.files.keys() | other.files.keys()):
        if one.files.get(name) != other.files.get(name):
            yield name


def _compared(site: Site, without: Build, unused: Build, by_themselves: set[str]) -> Result:
    differing = [name for name in _differing(without, unused) if name not in by_themselves]
    pages = [name for name in without.files if _is_page(name)]

    def same(is_of: object) -> str:
        assert callable(is_of)
        if not any(map(is_of, without.files)):
            return "none"
        return "no" if any(map(is_of, differing)) else "yes"

    row = [
        site.name,
        site.generator,
        str(len(pages)),
        "no" if any(map(_is_page, differing)) else "yes",
        same(_is_sitemap),
        same(_is_search),
        f"{len(without.warnings)} -> {len(unused.warnings)}",
        f"{without.seconds:.1f} -> {unused.seconds:.1f}",
    ]
    result = Result(row)
    if by_themselves:
        shown = ", ".join(sorted(by_themselves)[:3])
        result.details.append(f"{len(by_themselves)} files differ from build to build, with or without us: {shown}")
    if differing:
        shown = ", ".join(differing[:5])
        result.details.append(f"{len(differing)} files differ where we are listed and unused: {shown}")
        result.is_fine = False
    _report_new_warnings(result, without.warnings, unused.warnings, "listed and unused")
    return result


def _report_new_warnings(result: Result, before: Sequence[str], now: Sequence[str], when: str) -> None:
    new = [line.strip() for line in now if line not in before]
    if new:
        result.details.append(f"warnings where we are {when}: {' | '.join(new[:3])}")
        result.is_fine = False


def _try_guide(site: Site, folder: Path, python: str, unused: Build, result: Result) -> None:
    """Add a starter guide as an author does, build, and look whether the page has the checklist."""
    config = folder / site.configuration
    try:
        _run([python, "-m", "assessor", "new", str(config.parent), "--page", GUIDE], config.parent)
        text = with_page(with_us(config.read_text("utf-8"), site.generator, "rules.py"), GUIDE)
        config.write_text(text, "utf-8")
        built = _build(site, folder, python)
        name = GUIDE.removesuffix(".md")
        pages = [built.files[each] for each in (f"{name}/index.html", f"{name}.html") if each in built.files]
        if not pages or b"<assessor-checklist" not in pages[0]:
            raise SiteError("its page has no checklist")
        _report_new_warnings(result, unused.warnings, built.warnings, "used by a starter guide")
        _run([python, "-m", "assessor", "lint", "--config", config.name], config.parent)
    except SiteError as error:
        result.row.append("fails")
        result.details.append(f"the starter guide: {error}")
        result.is_fine = False
        return
    others = [each for each in _differing(unused, built) if _is_page(each) and not each.startswith(name)]
    result.row.append("works")
    if others:
        result.details.append(f"{len(others)} other pages change with the guide, such as those that list all pages")


if __name__ == "__main__":
    sys.exit(main())

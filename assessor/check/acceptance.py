"""Handle findings that the author accepts with a comment: `# accept: overlap, alike-options`.

A comment counts on the line that the finding names, of a part or of its text, and on the line above it; in a file of
translations, too.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from assessor.check.texts.written import source_of
from assessor.errors import Location, did_you_mean
from assessor.findings.codes import RULE_SET_CODES
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import catalogue_files

# These findings depend on the date or on the pages, so a comment that accepts them is fine even while nothing is found.
_PASSING = ("fact-for-pages", "future-fact", "outdated-fact")
# Decision tables in text. In these, a row of its own accepts findings about the next one.
_TABLES = (".csv", ".md")
_COMMENT = re.compile(r"#\s*accept:\s*([a-z-]+(?:\s*,\s*[a-z-]+)*)")


def accept(ruleset: RuleSet, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that no comment accepts, and a finding for each comment that accepts nothing.

    Args:
        ruleset: The checked rule set.
        findings: All findings.
    """
    found = list(findings)
    # Comments and findings are matched by path and line. The column doesn't count: a finding has that of its part.
    paths = {part.location.path for part in ruleset.parts()}
    translated = {str(each) for each in catalogue_files(ruleset)}
    comments = {
        _line(location): (location, codes)
        for path in sorted(paths | translated)
        for location, codes in (_comments(path) if path in paths else _comments_of_translations(path))
    }
    used: set[tuple[str, int, str]] = set()
    missed: set[tuple[str, str]] = set()
    for finding in found:
        path, code = finding.place.path, finding.code
        lines = (finding.place.line, finding.place.line - 1)
        line = next((each for each in lines if (path, each) in comments and code in comments[path, each][1]), None)
        if line is None:
            missed.add((path, code))
            yield finding
        else:
            used.add((path, line, code))
    unused = [
        (path, line, location, code)
        for (path, line), (location, codes) in comments.items()
        for code in codes
        if (path, line, code) not in used and code not in _PASSING
    ]
    # Finding the texts in the source takes longer than all the rest, and unused comments are rare.
    made = {*_lines_of_parts(ruleset), *_lines_of_texts(ruleset, {path for path, *_ in unused})} if unused else set()
    for path, line, location, code in unused:
        # A comment beside no part of this rule set may belong to another rule set in the same file.
        is_beside = (path, line) in made or (path, line + 1) in made
        if is_beside or code not in RULE_SET_CODES or (path, code) in missed:
            known = "" if code in RULE_SET_CODES else f" There is no such code.{did_you_mean(code, RULE_SET_CODES)}"
            yield Finding(
                "unused-acceptance",
                place_of(location, code),
                f"The comment accepts {code!r}, which is not found here.{known}",
                "Remove it, or move it to the line of the part or to the line above.",
            )


def _line(location: Location) -> tuple[str, int]:
    return str(Location(location.path)), location.line


def _lines_of_parts(ruleset: RuleSet) -> Iterator[tuple[str, int]]:
    return (_line(part.location) for part in ruleset.parts())


def _lines_of_texts(ruleset: RuleSet, paths: Set[str]) -> Iterator[tuple[str, int]]:
    """Yield the lines where texts of a rule set stand, in files that have such comments."""
    for owned in ruleset.texts():
        location = owned.owner.location
        path = str(Location(location.path))
        source = source_of(location) if path in paths else None
        written = source.written(owned.text, location.line) if source else None
        if written:
            yield from ((path, line) for line in range(written.first, written.last + 1))


def _comments(path: str) -> Iterator[tuple[Location, list[str]]]:
    """Yield each line of a file that accepts codes, with the codes."""
    try:
        source = Path(path).read_bytes()
        if b"accept:" not in source:
            return  # avoid tokenizing, which takes most of the time of a check
        if Path(path).suffix.lower() in _TABLES:
            for number, line in enumerate(source.decode("utf-8", "replace").split("\n"), start=1):
                if match := _COMMENT.search(line):
                    yield Location(path, number), [code.strip() for code in match[1].split(",")]
            return
        tokens = list(tokenize.tokenize(io.BytesIO(source).readline))
    except (OSError, SyntaxError, tokenize.TokenError):
        return  # not a file: the rule set was created in a shell
    for token in tokens:
        match = _COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
        if match:
            yield Location(path, token.start[0]), [code.strip() for code in match[1].split(",")]


def _comments_of_translations(path: str) -> Iterator[tuple[Location, list[str]]]:
    lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        match = _COMMENT.search(line)
        if match and not line[: match.start()].strip():
            yield Location(path, number), [code.strip() for code in match[1].split(",")]

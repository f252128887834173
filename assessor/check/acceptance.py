"""Findings that the author accepts, by a comment where the part is made: `# accept: overlap, alike-options`.

A comment counts on the line where the part is made, and on the line above it.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from assessor.check.findings import CODES, Finding
from assessor.errors import Location, did_you_mean
from assessor.model.ruleset import RuleSet

# Found or not by the day and by the pages that are searched, so that their acceptance can rest.
_PASSING = ("fact-for-pages", "future-fact", "outdated-fact", "unused-fact")
_COMMENT = re.compile(r"#\s*accept:\s*([a-z-]+(?:\s*,\s*[a-z-]+)*)")


def accept(ruleset: RuleSet, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that no comment accepts, and one for each comment that accepts nothing.

    Args:
        ruleset: The rule set that was checked.
        findings: Everything that was found.
    """
    found = list(findings)
    paths = {part.location.path for part in ruleset.parts()}
    accepted = dict(comment for path in sorted(paths) for comment in _comments(path))
    used: set[tuple[Location, str]] = set()
    missed: set[tuple[str, str]] = set()
    for finding in found:
        here = finding.location
        above = Location(here.path, here.line - 1)
        place = next((each for each in (here, above) if finding.code in accepted.get(each, ())), None)
        if place is None:
            missed.add((here.path, finding.code))
            yield finding
        else:
            used.add((place, finding.code))
    made = {part.location for part in ruleset.parts()}
    for place, codes in accepted.items():
        # Beside no part of this rule set, it may belong to another one in the same file.
        is_beside = place in made or Location(place.path, place.line + 1) in made
        for code in codes:
            if (place, code) in used or code in _PASSING:
                continue
            if is_beside or code not in CODES or (place.path, code) in missed:
                known = "" if code in CODES else f" There is no such code.{did_you_mean(code, CODES)}"
                yield Finding(
                    "unused-acceptance",
                    place,
                    f"The comment accepts {code!r}, which is not found here.{known}",
                    "Remove it, or put it on the line where the part is made or on the line above.",
                )


def _comments(path: str) -> Iterator[tuple[Location, list[str]]]:
    """Yield each line of a file that accepts codes."""
    try:
        source = Path(path).read_bytes()
        if b"accept:" not in source:
            return  # tokenizing takes most of the time of a check
        tokens = list(tokenize.tokenize(io.BytesIO(source).readline))
    except (OSError, SyntaxError, tokenize.TokenError):
        return  # not a file: a rule set can be made in a shell
    for token in tokens:
        match = _COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
        if match:
            yield Location(path, token.start[0]), [code.strip() for code in match[1].split(",")]

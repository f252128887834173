"""Format findings as text, JSON, GitHub annotations and SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from assessor.findings.codes import CODES, SEVERITIES, docs_url
from assessor.findings.edit import Edit
from assessor.findings.finding import Finding
from assessor.findings.place import Place
from assessor.version import VERSION

MOST_LINES = 10
"""How many lines notes take by default."""

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def findings_text(findings: Sequence[Finding]) -> str:
    """Return findings as lines of text, each with its place, source line, example and advice."""
    return "".join(f"{line}\n" for each in findings for line in (each.headline_with_severity, *each.details, ""))


def findings_brief(findings: Sequence[Finding]) -> str:
    """Return findings as text, the notes among them in about ten lines.

    Notes that need more lines follow the other findings as headlines, one of each kind first.
    """
    notes = [each for each in findings if each.severity == "note"]
    if findings_text(notes).count("\n") <= MOST_LINES:
        return findings_text(findings)
    kinds: dict[str, list[Finding]] = {}
    for note in notes:
        kinds.setdefault(note.code, []).append(note)
    places = ((place, order) for order, same in enumerate(kinds.values()) for place in range(len(same)))
    found = list(kinds.values())
    lines = [found[order][place].headline_with_severity for place, order in sorted(places)[:MOST_LINES]]
    rest = len(notes) - len(lines)
    lines.append(f"{f'{rest} more notes; ' if rest else ''}--all adds the source line and the answers of each.")
    return findings_text([each for each in findings if each.severity != "note"]) + "\n".join([*lines, "", ""])


@dataclass(frozen=True)
class Failure:
    """A file whose check failed.

    Attributes:
        path: The file.
        message: Why.
    """

    path: str
    message: str

    def __str__(self) -> str:
        """Return both on one line."""
        return f"{self.path}: {self.message}"


def findings_json(findings: Sequence[Finding], failed: Sequence[Failure] | None = None, **about: str) -> str:
    """Return findings as JSON.

    Args:
        findings: The findings.
        failed: The files whose check failed; `None` if the command checks no files separately.
        about: Fields at the start of the document, such as the id of the rule set.
    """
    count = Counter(finding.severity for finding in findings)
    report: dict[str, Any] = {
        **about,
        "counts": {severity: count[severity] for severity in SEVERITIES},
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "path": _path(finding.place),
                "line": finding.place.line,
                "column": finding.place.column,
                "range": _range(finding.place),
                "source": finding.place.source,
                "message": finding.message,
                "advice": finding.advice,
                "witness": None if finding.witness is None else dict(finding.witness),
                "shows": finding.shows,
                "url": docs_url(finding.code),
                "fix": _fix(finding.fix),
            }
            for finding in findings
        ],
    }
    if failed is not None:
        report["failed"] = [{"path": PurePath(each.path).as_posix(), "message": each.message} for each in failed]
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _range(place: Place) -> dict[str, Any] | None:
    """Return where a place starts and ends, the end excluded; the whole line if the column is not known."""
    if not place.line:
        return None
    start = place.column or 1
    end = start + (place.width if place.column else len(place.source))
    return {"start": {"line": place.line, "column": start}, "end": {"line": place.line, "column": end}}


def _fix(edit: Edit | None) -> dict[str, Any] | None:
    return None if edit is None else {"path": _path(edit.place), "range": _range(edit.place), "text": edit.text}


def findings_github(findings: Sequence[Finding], failed: Sequence[Failure] = ()) -> str:
    """Return findings as GitHub workflow commands, which annotate the lines of a pull request."""
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    lines = []
    for finding in findings:
        place = finding.place
        properties: dict[str, object] = {"file": _path(place), "line": place.line}
        if place.column:
            properties |= {"col": place.column, "endColumn": place.column + place.width}
        properties["title"] = finding.code
        said = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value)
        lines.append(f"::{levels[finding.severity]} {said}::{_escaped(finding.paragraph)}\n")
    for each in failed:
        path = _escaped(PurePath(each.path).as_posix(), ":,")
        lines.append(f"::error file={path}::{_escaped(each.message)}\n")
    return "".join(lines)


def findings_sarif(findings: Sequence[Finding], failed: Sequence[Failure] = ()) -> str:
    """Return findings as SARIF 2.1.0, for code scanning and editors."""
    codes = list(CODES)
    driver = {
        "name": "assessor",
        "version": VERSION,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": code.description},
                "helpUri": docs_url(name),
                "defaultConfiguration": {"level": code.severity},
            }
            for name, code in CODES.items()
        ],
    }
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity,
            "message": {"text": finding.paragraph},
            "locations": [_sarif_location(finding.place)] if finding.place.path else [],
        }
        for finding in findings
    ]
    run: dict[str, Any] = {"tool": {"driver": driver}, "results": results}
    if failed:
        notices = [
            {"level": "error", "message": {"text": each.message}, "locations": [_sarif_location(Place(each.path))]}
            for each in failed
        ]
        run["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": notices}]
    report = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Finding], Sequence[Failure]], str]] = {
    # For people, commands print failures to standard error.
    "text": lambda findings, failed: findings_text(findings),
    "json": findings_json,
    "github": findings_github,
    "sarif": findings_sarif,
}
"""The values of `--format` for commands that report findings."""


def findings_summary(findings: Sequence[Finding], where: str, *, notes: bool) -> str:
    """Return a line that counts findings.

    Args:
        findings: The findings.
        where: The subject of the check, such as the id of the rule set, or an empty string if there is none.
        notes: Whether to show notes, not just count them.
    """
    count = Counter(finding.severity for finding in findings)
    said = [counted(count[severity], severity) for severity in ("error", "warning") if count[severity]]
    # Name the rule set: without --rules, the bundled one may have been checked by accident.
    summary = f"{', '.join(said) or 'No findings'}{f' in {where}' if where else ''}."
    if count["note"]:
        summary += f" {counted(count['note'], 'note')}{'' if notes else ': see --notes'}."
    return f"{summary}\n"


def counted(count: int, what: str) -> str:
    """Return a number of things, such as "1 page" or "2 pages"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _sarif_location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(_path(place))}}
    if place.line:
        location["region"] = {"startLine": place.line}
    if place.line and place.column:
        location["region"] |= {"startColumn": place.column, "endColumn": place.column + place.width}
    return {"physicalLocation": location}


def _path(place: Place) -> str:
    return PurePath(place.path).as_posix() if place.path else ""


def _escaped(text: str, more: str = "") -> str:
    """Escape characters that have a meaning in workflow commands."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)

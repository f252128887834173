"""Findings as text, as JSON, as GitHub's annotations and as SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from assessor.check.findings import CODES, SEVERITIES, Finding, Severity
from assessor.errors import Location
from assessor.language.layout import indented
from assessor.model.answers import answers_text

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def findings_text(findings: Sequence[Finding], ruleset: str, *, notes: bool) -> str:
    """Return findings as lines of text, each with its place, its example and what to do.

    Args:
        findings: What was found.
        ruleset: The id of the rule set, or an empty string where there is none.
        notes: Whether to show notes, too, and not only to count them.
    """
    shown = [finding for finding in findings if notes or finding.severity != "note"]
    lines = [line for finding in shown for line in (*_finding_lines(finding), "")]
    return "\n".join([*lines, _summary(findings, ruleset, notes=notes)]) + "\n"


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.location}: {finding.severity}: {_on_a_line(finding.message)} [{finding.code}]"
    if finding.witness:
        yield f"  With these answers, {finding.shows}:"
        yield from (f"    {line}" for line in answers_text(finding.witness).splitlines())
    elif finding.witness is not None:
        yield f"  Whatever the answers, {finding.shows}."
    yield from indented(f"To do: {finding.advice}")


def _summary(findings: Sequence[Finding], ruleset: str, *, notes: bool) -> str:
    count = Counter(finding.severity for finding in findings)
    said = [_counted(count[severity], severity) for severity in ("error", "warning") if count[severity]]
    # Which rule set it is: without --rules, it is the bundled one.
    summary = f"{', '.join(said) or 'No findings'}{f' in {ruleset}' if ruleset else ''}."
    if count["note"]:
        summary += f" {_counted(count['note'], 'note')}{'' if notes else ': --notes shows them'}."
    return summary


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def findings_json(findings: Sequence[Finding], ruleset: str) -> str:
    """Return findings, notes included, as JSON.

    Args:
        findings: What was found.
        ruleset: The id of the rule set, or an empty string where there is none.
    """
    count = Counter(finding.severity for finding in findings)
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    report = {
        "ruleset": ruleset,
        "counts": {severity: count[severity] for severity in severities},
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "path": _path(finding.location),
                "line": finding.location.line,
                "message": finding.message,
                "advice": finding.advice,
                "witness": None if finding.witness is None else dict(finding.witness),
                "shows": finding.shows,
            }
            for finding in findings
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def findings_github(findings: Sequence[Finding], *, notes: bool) -> str:
    """Return findings as GitHub's workflow commands, which annotate the lines of a pull request."""
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    lines = []
    for finding in findings:
        if finding.severity == "note" and not notes:
            continue
        place = [f"file={_property(_path(finding.location))}"]
        if finding.location.line:
            place.append(f"line={finding.location.line}")
        place.append(f"title={_property(finding.code)}")
        lines.append(f"::{levels[finding.severity]} {','.join(place)}::{_data(finding_paragraph(finding))}")
    return "".join(f"{line}\n" for line in lines)


def findings_sarif(findings: Sequence[Finding], *, notes: bool) -> str:
    """Return findings as SARIF 2.1.0, for code scanning and editors."""
    shown = [finding for finding in findings if notes or finding.severity != "note"]
    codes = list(CODES)
    report: dict[str, Any] = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "assessor",
                        "version": version("mkdocs-assessor"),
                        "rules": [
                            {
                                "id": code,
                                "shortDescription": {"text": text},
                                "defaultConfiguration": {"level": SEVERITIES[code]},
                            }
                            for code, text in CODES.items()
                        ],
                    }
                },
                "results": [
                    {
                        "ruleId": finding.code,
                        "ruleIndex": codes.index(finding.code),
                        "level": finding.severity,
                        "message": {"text": finding_paragraph(finding)},
                        "locations": [_sarif_location(finding.location)],
                    }
                    for finding in shown
                ],
            }
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _sarif_location(location: Location) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(_path(location))}}
    if location.line:
        place["region"] = {"startLine": location.line}
    return {"physicalLocation": place}


def finding_paragraph(finding: Finding) -> str:
    """Return a finding whole, where there is no layout."""
    parts = [_on_a_line(finding.message)]
    if finding.witness:
        parts.append(f"With these answers, {finding.shows}:\n{answers_text(finding.witness).rstrip()}")
    elif finding.witness is not None:
        parts.append(f"Whatever the answers, {finding.shows}.")
    return "\n".join([*parts, f"To do: {finding.advice}"])


def _on_a_line(text: str) -> str:
    """Return a message that quotes words of several lines."""
    return " ".join(text.split())


def _path(location: Location) -> str:
    return PurePath(str(Location(location.path))).as_posix()


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

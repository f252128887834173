"""What is wrong on a page, where, and what to do. The core of the plugin returns these; its doors report them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from assessor.errors import AssessorError, did_you_mean

Severity = Literal["error", "warning", "info", "off"]

# Every code, and how grave its mistakes are unless a site says otherwise. Codes are stable: sites filter by them, and
# docs/diagnostics.md has a section for each.
CODES: Mapping[str, Severity] = {
    "unknown-slot": "warning",
    "misspelt-slot": "warning",
    "unknown-question": "warning",
    "missing-question": "warning",
    "unexpected-option": "warning",
    "misplaced-slot": "warning",
    "unknown-ruleset": "warning",
    "unknown-fact": "warning",
    "unknown-outcome": "warning",
    "unknown-rule": "warning",
    "misplaced-link": "warning",
    "misspelt-link": "warning",
    "drifted-fact": "warning",
    "drifted-link": "warning",
    "unlinked-fact": "warning",
    "doubtful-number": "info",
    "unshown-target": "warning",
    "unknown-page": "warning",
    "unknown-anchor": "warning",
    "unasked-section": "warning",
    "unknown-language": "warning",
    "misspelt-key": "warning",
    "unread-front-matter": "warning",
    "unknown-template": "warning",
    "renamed-template": "info",
    "unshown-part": "info",
    "unquoted-fact": "info",
}

_SEVERITIES: Mapping[object, Severity] = {"warning": "warning", "info": "info", "off": "off"}
_WIDEST_LINE = 120


@dataclass(frozen=True, order=True)
class Place:
    """Where in the author's files something stands.

    Attributes:
        path: The file; a page's path is relative to the docs folder. Empty where it is not known.
        line: The line, counted from 1; 0 where it is not known.
        column: The character in the line, counted from 1; 0 where it is not known.
        source: What the line says.
        width: How many characters of it are meant.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    source: str = field(default="", compare=False)
    width: int = field(default=1, compare=False)

    def __str__(self) -> str:
        """Write it as compilers do."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    @property
    def excerpt(self) -> str:
        """The line with a caret below what is meant, or nothing where that is not known."""
        if not (self.line and self.column and self.source.strip()):
            return ""
        start = max(0, self.column - 1 - _WIDEST_LINE // 2) if len(self.source) > _WIDEST_LINE else 0
        shown = self.source[start : start + _WIDEST_LINE].expandtabs(1)
        before, after = "…" if start else "", "…" if len(self.source) > start + _WIDEST_LINE else ""
        indent = len(before) + self.column - 1 - start
        width = max(1, min(self.width, len(before) + len(shown) - indent))
        gutter = str(self.line)
        return f"  {gutter} | {before}{shown}{after}\n  {' ' * len(gutter)} | {' ' * indent}^{'~' * (width - 1)}"


def quoted(text: str) -> str:
    """Return a text of an author in quotation marks, on one line, with plain spaces for hard ones."""
    return f"'{' '.join(text.split())}'"


# A place that is worked out only if there is something to say of it.
PlaceGetter: TypeAlias = Callable[[], Place]


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One mistake in the docs.

    Attributes:
        place: Where it is.
        code: What kind of mistake it is; stable, for filtering.
        message: What is wrong and what to do.
        severity: How grave it is.
    """

    place: Place
    code: str
    message: str
    severity: Severity = "warning"

    @property
    def headline(self) -> str:
        """The place, the message and the code, on one line."""
        place = str(self.place)
        return f"{place}: {self.message} [{self.code}]" if place else f"{self.message} [{self.code}]"

    def __str__(self) -> str:
        """Write the headline, and the line of the file where it is known."""
        excerpt = self.place.excerpt
        return f"{self.headline}\n{excerpt}" if excerpt else self.headline


class DiagnosticError(Exception):
    """A diagnostic, raised where a generator has no other way to fail a strict build."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Carry the diagnostic."""
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


class SettingsError(AssessorError):
    """A configuration that cannot be read."""


class OptionError(AssessorError):
    """An option of the plugin or the extension that has no meaning.

    Attributes:
        keys: The name of the option, and the keys below it that lead to what is wrong; empty where that is told.
    """

    def __init__(self, message: str, *keys: object) -> None:
        """Carry what is wrong, and where among the options it stands."""
        self.keys = tuple(map(str, keys))
        super().__init__(message)


class Severities:
    """How grave each kind of mistake is on one site."""

    def __init__(self, chosen: Mapping[str, object] | None = None) -> None:
        """Take what a site chooses for some codes.

        Args:
            chosen: `warning`, `info` or `off` by code; `false` is `off`, as YAML reads that word.

        Raises:
            OptionError: For a code or a severity that there is none of.
        """
        self._by_code = dict(CODES)
        for code, value in (chosen or {}).items():
            severity = _SEVERITIES.get("off" if value is False else value)
            if code not in CODES:
                said = f"diagnostics: there is no code {code!r}.{did_you_mean(str(code), CODES)}"
                raise OptionError(said, "diagnostics", code)
            if severity is None:
                said = f"diagnostics: {code}: write warning, info or off, not {value!r}"
                raise OptionError(said, "diagnostics", code)
            self._by_code[code] = severity

    def grade(self, diagnostic: Diagnostic) -> Diagnostic | None:
        """Return the diagnostic with its severity, or nothing where it is off; what `assessor check` says stays."""
        severity = self._by_code.get(diagnostic.code, diagnostic.severity)
        return None if severity == "off" else replace(diagnostic, severity=severity)

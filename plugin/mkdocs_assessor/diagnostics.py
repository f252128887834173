"""Define what the docs side adds to findings: severities set by a site, and the errors that builds raise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from assessor.errors import AssessorError, did_you_mean
from assessor.findings.codes import PAGE_CODES, Severity
from assessor.findings.finding import Finding
from assessor.findings.place import Place

_CHOICES: Mapping[object, Severity | Literal["off"]] = {"warning": "warning", "note": "note", "off": "off"}

PlaceGetter: TypeAlias = Callable[[], Place]
"""Returns a place. Finding it is slow, so call this only for errors."""


class FindingError(Exception):
    """A finding, raised for generators that have no other way to fail a strict build."""

    def __init__(self, finding: Finding) -> None:
        """Store the finding."""
        self.finding = finding
        super().__init__(str(finding))


class SettingsError(AssessorError):
    """An unreadable configuration."""


class OptionError(AssessorError):
    """An unknown option of the plugin or the extension, or an invalid value.

    Attributes:
        keys: The name of the option, and the keys below it that lead to the error; empty if the message contains the
            place.
    """

    def __init__(self, message: str, *keys: object) -> None:
        """Store the message, and the keys that lead to the error."""
        self.keys = tuple(map(str, keys))
        super().__init__(message)


class Severities:
    """The severity of each code on one site."""

    def __init__(self, chosen: Mapping[str, object] | None = None) -> None:
        """Take the severities that a site sets for some codes.

        Args:
            chosen: `warning`, `note` or `off` by code. `false` means `off`, because YAML reads `off` as false.

        Raises:
            OptionError: For an unknown code or severity.
        """
        self._by_code: dict[str, Severity | Literal["off"]] = {}
        for code, value in (chosen or {}).items():
            severity = _CHOICES.get("off" if value is False else value)
            if code not in PAGE_CODES:
                said = f"diagnostics: there is no code {code!r}.{did_you_mean(str(code), PAGE_CODES)}"
                raise OptionError(said, "diagnostics", code)
            if severity is None:
                said = f"diagnostics: {code}: write warning, note or off, not {value!r}"
                raise OptionError(said, "diagnostics", code)
            self._by_code[code] = severity

    def grade(self, finding: Finding) -> Finding | None:
        """Return the finding with its severity on the site, or `None` if it is off."""
        chosen = self._by_code.get(finding.code)
        if chosen is None:
            return finding
        return None if chosen == "off" else replace(finding, override=chosen)

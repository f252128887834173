"""What the docs side adds to findings: their severities on a site, and the errors that builds raise."""

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
"""Returns a place, which takes time to find, so it is called only if something is wrong there."""


class FindingError(Exception):
    """A finding, raised where a generator has no other way to fail a strict build."""

    def __init__(self, finding: Finding) -> None:
        """Carry the finding."""
        self.finding = finding
        super().__init__(str(finding))


class SettingsError(AssessorError):
    """A configuration that cannot be read."""


class OptionError(AssessorError):
    """An option of the plugin or the extension that does not exist, or a value that it cannot have.

    Attributes:
        keys: The name of the option, and the keys below it that lead to what is wrong; empty where the message has
            the place.
    """

    def __init__(self, message: str, *keys: object) -> None:
        """Carry what is wrong, and where among the options it stands."""
        self.keys = tuple(map(str, keys))
        super().__init__(message)


class Severities:
    """The severity of each code on one site."""

    def __init__(self, chosen: Mapping[str, object] | None = None) -> None:
        """Take what a site chooses for some codes.

        Args:
            chosen: `warning`, `note` or `off` by code; `false` is `off`, as YAML reads that word.

        Raises:
            OptionError: For a code or a severity that does not exist.
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
        """Return the finding with the severity that it has on the site, or nothing where it is off."""
        chosen = self._by_code.get(finding.code)
        if chosen is None:
            return finding
        return None if chosen == "off" else replace(finding, override=chosen)

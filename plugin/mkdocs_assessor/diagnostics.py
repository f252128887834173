"""What is wrong on a page, where, and what to do. The core of the plugin returns these; its doors report them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One mistake in the docs.

    Attributes:
        path: The page, relative to the docs folder; empty where it is not known.
        line: The line in the author's file, counted from 1; 0 where it is not known.
        code: What kind of mistake it is; stable, for filtering.
        message: What is wrong and what to do.
    """

    path: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        """Write it as compilers do."""
        place = ":".join(str(part) for part in (self.path, self.line) if part)
        return f"{place}: {self.message} [{self.code}]" if place else f"{self.message} [{self.code}]"


class DiagnosticError(Exception):
    """A diagnostic, raised where a generator has no other way to fail a strict build."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Carry the diagnostic."""
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))

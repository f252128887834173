"""Errors: what the decision logic raises, with the place in a rule set."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file.

    Attributes:
        path: The file, as named by Python or by the code that read it.
        line: The line, counted from 1; 0 if only the file is known.
    """

    path: str
    line: int = 0

    def __str__(self) -> str:
        """Return it in the form that compilers use, with a relative path if it is below the working directory."""
        shown = Path(self.path)
        # Keep the absolute path if it is elsewhere, or if the working directory was deleted.
        with contextlib.suppress(ValueError, OSError):
            shown = shown.relative_to(Path.cwd())
        return f"{shown}:{self.line}" if self.line else str(shown)


def definition_site() -> Location:
    """Return the line of the author's code that is constructing a part of a rule set.

    Frames of this package are skipped, except those of its bundled rule sets. Frames of `dataclasses` are skipped too,
    because `dataclasses.replace` constructs the changed copy.
    """
    frame = sys._getframe(1)
    while frame.f_back and _is_own_code(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
    return Location(frame.f_code.co_filename, frame.f_lineno)


def _is_own_code(module: str) -> bool:
    package = __package__ or "assessor"
    is_own = module.startswith(f"{package}.") and not module.startswith(f"{package}.rulesets.")
    return is_own or module == "dataclasses"


class AssessorError(Exception):
    """The base of all errors that this package raises on purpose."""


class TableError(AssessorError):
    """A table of answers cannot be read, or its results cannot be written."""


class RuleSetError(AssessorError):
    """An error in a rule set.

    Attributes:
        message: What is wrong and what to do, without the place.
        location: Where the invalid part was created.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        """Use the place of the construction in progress, unless another one is given."""
        self.message = message
        self.location = location or definition_site()
        super().__init__(f"{self.location}: {message}")

    def __reduce__(self) -> tuple[type[RuleSetError], tuple[str, Location]]:
        """Pickle the message and the place, not the text that combines them."""
        return type(self), (self.message, self.location)


class AmbiguousConditionError(RuleSetError, TypeError):
    """A condition was used as a Python truth value, for example by `and`, `or`, `not` or `if`."""


@dataclass(frozen=True)
class AnswerProblem:
    """An error in a set of answers.

    Attributes:
        question: The question id as given, or an empty string for the answers as a whole.
        message: What is wrong and what to do.
        location: The place, if the answers came from a file.
    """

    question: str
    message: str
    location: Location | None = None

    def __str__(self) -> str:
        """Return the place and the message."""
        return f"{self.location}: {self.message}" if self.location else self.message


class AnswersError(AssessorError):
    """Answers that a rule set does not accept.

    Attributes:
        problems: Every error, in the order of the answers.
    """

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        """Combine the problems, one per line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[AnswersError], tuple[Sequence[AnswerProblem]]]:
        """Pickle the problems, not the text that combines them."""
        return type(self), (self.problems,)


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str | None:
    """Return the known name that a misspelt name probably means, or `None`.

    Args:
        name: The misspelt name; case is ignored.
        known: The existing names.
        cutoff: How similar two names must be, from 0 (anything) to 1 (equal).
    """
    import difflib  # noqa: PLC0415 - slow to import

    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence with the nearest known name, or with a few known names, or an empty string.

    Args:
        name: The unknown name.
        known: The existing names.
    """
    # To suggest the very name would help nobody.
    names = [each for each in known if each != name]
    meant = nearest(name, names)
    if meant is not None:
        return f" Did you mean {meant!r}?"
    if not names:
        return ""
    shown = ", ".join(repr(each) for each in names[:6])
    return f" Known: {shown}{', …' if len(names) > 6 else ''}."

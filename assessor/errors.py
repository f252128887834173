"""The errors that the decision logic raises, and where in a rule set a mistake was made."""

from __future__ import annotations

import contextlib
import difflib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file.

    Attributes:
        path: The file, as Python or the reader of the file named it.
        line: The line, counted from 1; 0 where only the file is known.
    """

    path: str
    line: int = 0

    def __str__(self) -> str:
        """Write it as compilers do, below the working directory as a relative path."""
        shown = Path(self.path)
        # Where it is not below it, or where that was deleted, the path stays whole.
        with contextlib.suppress(ValueError, OSError):
            shown = shown.relative_to(Path.cwd())
        return f"{shown}:{self.line}" if self.line else str(shown)


def definition_site() -> Location:
    """Return the line of the author's code that is now constructing a part of a rule set.

    The frames of this package do not count, except those of the rule sets that ship with it; nor do those of
    `dataclasses`, whose `replace` constructs a changed copy.
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
    """The base of every error that this package raises on purpose."""


class RuleSetError(AssessorError):
    """A mistake in a rule set.

    Attributes:
        message: What is wrong and what to do, without the place.
        location: Where the part at fault was made.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        """Take the place of the construction that is under way unless another one is given."""
        self.message = message
        self.location = location or definition_site()
        super().__init__(f"{self.location}: {message}")

    def __reduce__(self) -> tuple[type[RuleSetError], tuple[str, Location]]:
        """Pickle the message and the place, not the text that they were joined to."""
        return type(self), (self.message, self.location)


class AmbiguousConditionError(RuleSetError, TypeError):
    """A condition was used as a Python truth value, as `and`, `or`, `not` and `if` do."""


@dataclass(frozen=True)
class AnswerProblem:
    """One mistake in a set of answers.

    Attributes:
        question: The id as it was given, or an empty string for the answers as a whole.
        message: What is wrong and what to do.
        location: Where it stands, when the answers came from a file.
    """

    question: str
    message: str
    location: Location | None = None

    def __str__(self) -> str:
        """Write the place, then the message."""
        return f"{self.location}: {self.message}" if self.location else self.message


class AnswersError(AssessorError):
    """Answers that a rule set cannot accept.

    Attributes:
        problems: Every mistake that was found, in the order of the answers.
    """

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        """Join the problems, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[AnswersError], tuple[Sequence[AnswerProblem]]]:
        """Pickle the problems, not the text that they were joined to."""
        return type(self), (self.problems,)


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str | None:
    """Return the known name that a misspelt one is likely to mean, if there is one.

    Args:
        name: The misspelt name; upper and lower case are the same.
        known: The names that exist.
        cutoff: How alike two names must be, from 0 for any to 1 for equal ones.
    """
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known name, or that lists a few, or nothing.

    Args:
        name: The name that was not found.
        known: The names that exist.
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

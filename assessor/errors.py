"""Errors: what the decision logic raises, with the place in a rule set."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file.

    Attributes:
        path: The file, as named by Python or by the code that read it.
        line: The line, counted from 1; 0 if it is unknown.
        column: The character in the line, counted from 1; 0 if it is unknown.
        cell: The cell of a table, as people who have it open call it: "row 4, column C (seats)" or "Sheet1!C4".
        cells: For a row of a table, the cells about each question.
    """

    path: str
    line: int = 0
    column: int = field(default=0, kw_only=True)
    cell: str = field(default="", kw_only=True)
    cells: Mapping[str, Location] = field(default_factory=dict, kw_only=True, compare=False, repr=False)

    def about(self, question_ids: Iterable[str]) -> Location:
        """Return the cell about a question; the place itself if there is none, or if it is about several questions."""
        ids = set(question_ids)
        return self.cells.get(ids.pop(), self) if len(ids) == 1 else self

    def __str__(self) -> str:
        """Return it in the form that compilers use, with a relative path if it is below the working directory."""
        shown = Path(self.path)
        # Keep the absolute path if it is elsewhere, or if the working directory was deleted.
        with contextlib.suppress(ValueError, OSError):
            shown = shown.relative_to(Path.cwd())
        if self.cell:
            return f"{shown}: {self.cell}"
        return f"{shown}:{self.line}" if self.line else str(shown)


def definition_site() -> Location:
    """Return the line of the author's code that is constructing a part of a rule set.

    This skips frames of this package, except those of its bundled rule sets. It skips frames of `dataclasses` too,
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
    """Reading a table of answers, or writing its results, fails."""


class LoadingError(AssessorError):
    """Loading a rule set fails.

    Attributes:
        message: What is wrong and what to do.
        location: The place, if the reference led to a file.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        """Put the place before the message."""
        self.message = message
        self.location = location
        super().__init__(f"{location}: {message}" if location else message)

    def __reduce__(self) -> tuple[type[LoadingError], tuple[str, Location | None]]:
        """Pickle the message and the place, not the text that combines them."""
        return type(self), (self.message, self.location)


class RuleSetError(AssessorError):
    """An error in a rule set.

    Attributes:
        message: What is wrong and what to do, without the place.
        location: The line that creates the invalid part.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        """Use the place of the construction in progress, unless there is another one."""
        self.message = message
        self.location = location or definition_site()
        super().__init__(f"{self.location}: {message}")

    def __reduce__(self) -> tuple[type[RuleSetError], tuple[str, Location]]:
        """Pickle the message and the place, not the text that combines them."""
        return type(self), (self.message, self.location)


class DecisionTableError(RuleSetError):
    """An invalid decision table, or a rule set that does not fit into one.

    Attributes:
        problems: The place of each mistake, and what is wrong.
    """

    def __init__(self, problems: Sequence[tuple[Location, str]]) -> None:
        """Combine the problems; the place of the first is that of the error."""
        self.problems = tuple(problems)
        (location, first), *others = self.problems
        super().__init__("\n".join([first, *(f"{place}: {message}" for place, message in others)]), location)

    def __reduce__(self) -> Any:
        """Pickle the problems, not the text that combines them."""
        return type(self), (self.problems,)


class AmbiguousConditionError(RuleSetError, TypeError):
    """An author uses a condition as a Python truth value, for example by `and`, `or`, `not` or `if`."""


class UnknownOptionError(RuleSetError, AttributeError):
    """A question has no such attribute or option."""


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


# From 0 (anything) to 1 (equal): "rian" is 0.75 of "rain", and "hosting" 0.71 of "routing".
_SIMILAR = 0.72
# In two letters, one mistake is half.
_SHORT, _SIMILAR_SHORT = 2, 0.5
# A shorter name is part of too many others.
_SHORTEST_PART = 4
_MOST_NAMES = 12


def nearest(name: str, known: Iterable[str], *, cutoff: float | None = None) -> str | None:
    """Return the known name that a misspelt or shortened name probably means, or `None`.

    Args:
        name: The misspelt name, in upper or lower case.
        known: The existing names.
        cutoff: How similar two names must be, from 0 (anything) to 1 (equal); by default, depending on their length.
    """
    import difflib  # noqa: PLC0415 - slow to import

    by_lower = {each.lower(): each for each in known}
    wanted = name.lower()
    least = cutoff or (_SIMILAR_SHORT if len(name) <= _SHORT else _SIMILAR)
    found = difflib.get_close_matches(wanted, by_lower, n=1, cutoff=least)
    parts = [] if found or cutoff else [each for each in by_lower if _is_part(wanted, each)]
    meant = found or difflib.get_close_matches(wanted, parts, n=1, cutoff=0)
    return by_lower[meant[0]] if meant else None


def _is_part(one: str, other: str) -> bool:
    """Return whether one of two names contains the other, or both begin alike for at least half of their length."""
    shorter, longer = sorted((one, other), key=len)
    alike = next((place for place, each in enumerate(shorter) if each != longer[place]), len(shorter))
    return len(shorter) >= _SHORTEST_PART and (shorter in longer or 2 * alike >= len(longer))


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
    shown = ", ".join(repr(each) for each in names[:_MOST_NAMES])
    return f" Known: {shown}{', …' if len(names) > _MOST_NAMES else ''}."

"""Report an error, and exit."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NoReturn

import click

from assessor.errors import (
    AnswersError,
    AssessorError,
    DecisionTableError,
    LoadingError,
    RuleSetError,
)
from assessor.findings.place import place_of

# What errors of configurations and templates begin with: a file and a line.
_WITH_PLACE = re.compile(r"(?P<place>\S.*?(?::\d+)+): (?P<message>.*)")


def fail(error: AssessorError | str, hint: str = "") -> NoReturn:
    """Print an error with its line, as compilers and findings write one, and exit with 2: bad usage or input.

    Args:
        error: What is wrong; a line for each mistake.
        hint: What to know besides.
    """
    for place, message in _placed(error):
        for line in message.splitlines():
            click.echo(f"{place}: error: {line}" if place else f"error: {line}", err=True)
    # A table may have many mistakes, and names the cell of each.
    if isinstance(error, (RuleSetError, LoadingError)) and error.location and not error.location.cell:
        excerpt = place_of(error.location).excerpt
        if excerpt:
            click.echo(excerpt, err=True)
    if hint:
        click.echo(hint, err=True)
    sys.exit(2)


def _placed(error: AssessorError | str) -> Iterator[tuple[str, str]]:
    """Yield the place of each mistake, or nothing where there is none, and what is wrong."""
    if isinstance(error, DecisionTableError):
        yield from ((str(place), message) for place, message in error.problems)
    elif isinstance(error, AnswersError):
        yield from ((str(each.location or ""), each.message) for each in error.problems)
    elif isinstance(error, (RuleSetError, LoadingError)) and error.location:
        yield str(error.location), error.message
    else:
        for line in str(error).splitlines():
            match = _WITH_PLACE.match(line)
            yield (match["place"], match["message"]) if match else ("", line)

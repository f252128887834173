"""Mistakes in a rule set: the error that each must raise, and the line that it must name."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from assessor import RuleSetError
from assessor.errors import Location

MARK = "# mistake"


def error_of(make: Callable[[], object]) -> RuleSetError:
    """Return the error that a function raises, once it is found to name the line that is marked `# mistake`."""
    with pytest.raises(RuleSetError) as raised:
        make()
    assert raised.value.location == marked_line(make)
    return raised.value


def marked_line(make: Callable[[], object]) -> Location:
    """Return the line of a function that is marked `# mistake`."""
    lines, first = inspect.getsourcelines(make)
    (line,) = (number for number, text in enumerate(lines, start=first) if text.rstrip().endswith(MARK))
    path = inspect.getsourcefile(make)
    assert path
    return Location(path, line)

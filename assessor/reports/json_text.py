"""Write an assessment as JSON: except for white space, the same text as `JSON.stringify` of the result of `core.js`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from assessor.assessment.results import Assessment

# JavaScript puts keys that look like array indices before all others, in ascending order.
_MOST_POSITION = 2**32 - 2


def assessment_json(assessment: Assessment) -> str:
    """Return an assessment as indented JSON."""
    return _written(assessment, "\n")


def _written(value: Any, line: str) -> str:
    inner = f"{line}  "
    if isinstance(value, Mapping):
        pairs = (f"{_written(key, inner)}: {_written(value[key], inner)}" for key in sorted(value, key=_position))
        return _enclosed("{}", pairs, line)
    if isinstance(value, (list, tuple)):
        return _enclosed("[]", (_written(each, inner) for each in value), line)
    if isinstance(value, float):
        return json_number(value)
    return json.dumps(value, ensure_ascii=False)


def _enclosed(brackets: str, parts: Iterable[str], line: str) -> str:
    content = f",{line}  ".join(parts)
    return f"{brackets[0]}{line}  {content}{line}{brackets[1]}" if content else brackets


def _position(key: str) -> int:
    is_position = key.isdecimal() and str(int(key)) == key and int(key) <= _MOST_POSITION
    return int(key) if is_position else _MOST_POSITION + 1


def json_number(value: float) -> str:
    """Return a number as JavaScript writes it: 3 not 3.0, 0 not -0.0, 1e-7 not 1e-07."""
    if 1e-6 <= abs(value) < 1e21 or not value:
        # Python and JavaScript choose the same digits, but differ in where they switch to exponents.
        digits = f"{Decimal(repr(value)):f}"
        return (digits.rstrip("0").rstrip(".") if "." in digits else digits).removeprefix("-" if not value else "")
    return repr(value).replace("e-0", "e-")

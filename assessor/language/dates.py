"""Dates of the proleptic Gregorian calendar as ISO texts (`2027-03-01`), whose order is that of the days."""

from __future__ import annotations

import calendar
import datetime
import re

from assessor.language.words import Words, english

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTHS = 12


def read_date(text: str) -> datetime.date | None:
    """Return the date that an ISO text is, or `None` if it is none. Python also reads other formats."""
    try:
        return datetime.date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def format_date(text: str, words: Words | None = None) -> str:
    """Write a date as readers see it: in English `1 March 2027`.

    Args:
        text: The date as an ISO text.
        words: The words of the interface; English by default.
    """
    return (words or english()).date(datetime.date.fromisoformat(text))


def day_after(text: str, days: int = 1) -> str:
    """Return the date that is some days after another one, both as ISO texts."""
    return (datetime.date.fromisoformat(text) + datetime.timedelta(days)).isoformat()


def moved(date: datetime.date, months: int, days: int) -> datetime.date:
    """Return a date that is some months and then some days later.

    A day that the month does not have becomes its last one: a month after 31 January is the last day of February.

    Args:
        date: The date.
        months: The months; below zero for an earlier date.
        days: The days, likewise.

    Raises:
        OverflowError: If the result is before the year 1 or after the year 9999.
    """
    year, month = divmod(date.year * _MONTHS + date.month - 1 + months, _MONTHS)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise OverflowError("date value out of range")
    _, length = calendar.monthrange(year, month + 1)
    return datetime.date(year, month + 1, min(date.day, length)) + datetime.timedelta(days)


def date_patterns(earliest: str, latest: str) -> tuple[str, str, str]:
    """Return regular expressions that a text matches all of if it is a date from one to another, as ISO texts.

    A JSON Schema can say this in no other way: `format` is a hint that validators may ignore.
    """
    return _ANY_DATE, _bounded(earliest, -1), _bounded(latest, 1)


# In a leap year, the last two digits or, for full centuries, the first two are divisible by 4.
_DIVISIBLE = "(?:0[48]|[2468][048]|[13579][26])"
_ANY_DATE = (
    r"^(?:(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[0-9]{{2}}{_DIVISIBLE}|{_DIVISIBLE}00)-02-29)$"
)


def _bounded(bound: str, sign: int) -> str:
    """Return a pattern of the dates up to a bound, or from it on if the sign is negative."""
    parts = [bound]
    for place, digit in enumerate(bound):
        if digit not in ("-", "0" if sign > 0 else "9"):
            others = f"0-{int(digit) - 1}" if sign > 0 else f"{int(digit) + 1}-9"
            parts.append(f"{bound[:place]}[{others}]")
    return f"^(?:{'|'.join(parts)})"

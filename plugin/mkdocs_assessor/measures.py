"""Units of measure as prose writes them: `kilometres`, `€`, `full-time equivalents`, `a month`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assessor.units import Unit

# Each unit by its usual symbol, and how prose writes it: words in any case, and with an s; symbols as they are.
_TIMES = {
    "s": "second sec s",
    "min": "minute min",
    "h": "hour hr h",
    "day": "day d",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year yr annum",
}
_OTHERS = {
    "mm": "millimetre millimeter mm",
    "cm": "centimetre centimeter cm",
    "m": "metre meter m",
    "km": "kilometre kilometer km",
    "mile": "mile mi",
    "g": "gram gramme g",
    "kg": "kilogram kilogramme kilo kg",
    "t": "tonne t",
    "kB": "kilobyte kB KB",
    "MB": "megabyte MB",
    "GB": "gigabyte GB",
    "TB": "terabyte TB",
    "KiB": "kibibyte KiB",
    "MiB": "mebibyte MiB",
    "GiB": "gibibyte GiB",
    "TiB": "tebibyte TiB",
    "dollar": "dollar $",
    "USD": "USD US$",
    "CAD": "CAD CA$",
    "AUD": "AUD AU$",
    "EUR": "EUR euro €",
    "GBP": "GBP £",
    "CHF": "CHF franc",
    "JPY": "JPY yen ¥",
    "%": "% percent per_cent",
    "person": "person people persons",
    "engineer": "engineer",
    "developer": "developer",
    "FTE": "FTE full-time_equivalent full_time_equivalent",
}
_PER = {"hourly": "h", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_PER |= {"annually": "year"}

TIMES = frozenset(_TIMES)
# Units that say little about what is measured: an equal number beside one may well be another thing.
COMMON = (frozenset(_TIMES) | frozenset(_OTHERS)) - {"FTE"}
_DOLLARS = frozenset(("USD", "CAD", "AUD"))
_IS_SYMBOL = re.compile(r"\W|[A-Za-z]{1,2}|[kMGTK]i?B")


def canonical(factor: str) -> str:
    """Return the usual symbol of a factor of a unit; of one that is not listed, its singular."""
    return _CANONICAL.get(factor) or _CANONICAL.get(factor.casefold()) or _singular(factor.casefold())


def is_same(one: str, other: str) -> bool:
    """Say whether two canonical units are the same, or may be: a dollar may be of any country."""
    return one == other or (one == "dollar" and other in _DOLLARS) or (other == "dollar" and one in _DOLLARS)


def over_and_under(unit: str) -> tuple[str, frozenset[str]]:
    """Return the canonical factor that a unit counts, empty if there are several, and those that it divides by."""
    factors = Unit.parse(unit).exponents
    over = [canonical(factor) for factor, power in factors for _ in range(power)]
    return over[0] if len(over) == 1 else "", frozenset(canonical(factor) for factor, power in factors if power < 0)


class Vocabulary:
    """The units that prose may name: those listed here, and those of a rule set's facts."""

    def __init__(self, units: Iterable[str] = ()) -> None:
        """Take the units of the facts."""
        self._names: Mapping[str, str] = _CANONICAL | {
            spelling: canonical(factor)
            for unit in units
            for factor, _ in Unit.parse(unit).exponents
            for spelling in (factor, factor.casefold(), _singular(factor.casefold()), f"{factor}s".casefold())
        }
        ordered = sorted(self._names, key=lambda name: (-len(name), name))
        name = "|".join(re.escape(each).replace(r"\ ", r"[ \u00a0-]") for each in ordered)
        self._unit = re.compile(rf"[ \u00a0\u202f-]?({name})(?![\w])", re.IGNORECASE)
        self._before = re.compile(r"(US\$|CA\$|AU\$|[$€£¥]|\b(?:USD|EUR|GBP|CHF|CAD|AUD|JPY))[ \u00a0]?$")
        self._per = re.compile(rf"[ \u00a0]?(?:/[ ]?|(?:per|an?|each|every)[ \u00a0])({name})(?!\w)", re.IGNORECASE)
        self._adverb = re.compile(rf"[ \u00a0]({'|'.join(_PER)})\b", re.IGNORECASE)

    def unit_before(self, text: str, end: int) -> tuple[str, int]:
        """Return the currency that stands before a number, canonical, and where it starts."""
        match = self._before.search(text, max(0, end - 8), end)
        return (self._named(match[1]), match.start()) if match else ("", end)

    def unit_after(self, text: str, start: int) -> tuple[str, int]:
        """Return the unit that stands after a number, canonical, and where it ends."""
        match = self._unit.match(text, start)
        unit = self._named(match[1]) if match else ""
        return (unit, match.end()) if match and unit else ("", start)

    def per_after(self, text: str, start: int) -> tuple[str, int]:
        """Return the unit that a quantity is divided by, canonical, and where it ends."""
        match = self._per.match(text, start)
        unit = self._named(match[1]) if match else ""
        if match and unit:
            return unit, match.end()
        match = self._adverb.match(text, start)
        return (_PER[match[1].casefold()], match.end()) if match else ("", start)

    def _named(self, spelling: str) -> str:
        spelling = re.sub(r"[ \u00a0-]", " ", spelling)
        known = self._names.get(spelling)
        if known is not None or _IS_SYMBOL.fullmatch(spelling):
            return known or ""
        return self._names.get(spelling.casefold(), "")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for unit, written in (_TIMES | _OTHERS).items():
        for name in written.replace("-", "_").split():
            plain = name.replace("_", " ")
            found[plain] = unit
            if not _IS_SYMBOL.fullmatch(plain):
                found[plain.casefold()] = unit
                found[f"{plain}s".casefold()] = unit
    return found


_CANONICAL = _spellings()

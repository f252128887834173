"""Recognise units of measure as prose writes them: `kilometres`, `€`, `full-time equivalents`, `a month`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assessor.language.units import Unit
from assessor.prose.languages import GRAMMARS

_TIMES = ("s", "min", "h", "day", "week", "month", "quarter", "year")
# Other spellings of the usual symbols. Words belong to the languages; the English ones are used for all languages.
_SYMBOLS = {
    "day": "d",
    "mile": "mi",
    "kB": "KB",
    "kbit": "kb Kbit",
    "Mbit": "Mb",
    "Gbit": "Gb",
    "dollar": "$",
    "USD": "US$",
    "CAD": "CA$",
    "AUD": "AU$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
}
# The kind of each unit, and its size relative to others of that kind.
_SIZES: Mapping[str, tuple[str, float]] = {
    **{unit: ("length", size) for unit, size in {"mm": 1e-3, "cm": 1e-2, "m": 1, "km": 1e3, "mile": 1609.344}.items()},
    **{unit: ("mass", size) for unit, size in {"g": 1, "kg": 1e3, "t": 1e6}.items()},
    **{unit: ("data", size) for unit, size in {"kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}.items()},
    **{unit: ("data", 1024.0**power) for power, unit in enumerate(("KiB", "MiB", "GiB", "TiB"), start=1)},
    **{unit: ("time", size) for unit, size in {"s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800}.items()},
    **{unit: ("months", size) for unit, size in {"month": 1, "quarter": 3, "year": 12}.items()},
}

TIMES = frozenset(_TIMES)
# Authors may leave these out of a fact's unit, because any noun can name what is counted.
COUNTS = frozenset(("person", "engineer", "developer"))
_DOLLARS = frozenset(("USD", "CAD", "AUD"))
# The most words that name what is counted, and the words after which a time is a duration or a frequency.
_MOST_WORDS = 3
_ASIDE = (
    "for|once|twice|times|after|before|within|during|over|until|than|of|in|at|to|from|by|"
    "für|während|nach|pendant|durante"
)
_IS_SYMBOL = re.compile(r"\W|\W?[A-Za-z]{1,2}|[kMGTK]i?B")


def canonical(factor: str) -> str:
    """Return the usual symbol of a factor of a unit, or its singular if it is not listed."""
    return _CANONICAL.get(factor) or _CANONICAL.get(factor.casefold()) or _singular(factor.casefold())


def is_same(one: str, other: str) -> bool:
    """Return whether two canonical units are or may be the same: a dollar may be from any country."""
    return one == other or (one == "dollar" and other in _DOLLARS) or (other == "dollar" and one in _DOLLARS)


def converted(value: float, unit: str, other: str) -> float | None:
    """Return a quantity in another canonical unit, or `None` if they measure different things."""
    kind, size = _SIZES.get(unit, ("", 0.0))
    other_kind, other_size = _SIZES.get(other, ("", 0.0))
    return value * size / other_size if kind and kind == other_kind else None


def is_common(factor: str) -> bool:
    """Return whether a unit is so common that an equal number beside it may be something else.

    This is true for units of measure and everyday words such as `seats`, but not for abbreviations such as `FTE`.
    """
    return canonical(factor) in _COMMON or (factor.isalpha() and factor == factor.casefold())


def over_and_under(unit: str) -> tuple[str, frozenset[str]]:
    """Return the canonical factor that a unit counts (empty if there are several), and its divisors."""
    factor = counted(unit)
    under = frozenset(canonical(each) for each, power in Unit.parse(unit).exponents if power < 0)
    return canonical(factor) if factor else "", under


def counted(unit: str) -> str:
    """Return the factor that a unit counts, as written, or an empty string if there are several."""
    over = [factor for factor, power in Unit.parse(unit).exponents for _ in range(power)]
    return over[0] if len(over) == 1 else ""


_NO_SPELLINGS: Mapping[str, str] = {}


class Units:
    """The units to recognise in a language's prose: those listed here, and those of a rule set's facts."""

    def __init__(
        self, units: Iterable[str] = (), language: str = "en", spellings: Mapping[str, str] = _NO_SPELLINGS
    ) -> None:
        """Take the units to recognise.

        Args:
            units: The units of the facts.
            language: A language that has a catalogue of words.
            spellings: What the language calls units of the facts, with the unit of each: `Nutzer`, `user`.
        """
        self.language = language
        grammar = GRAMMARS[language]
        self._names: Mapping[str, str] = (
            _CANONICAL
            | _spellings(grammar.units)
            | {
                spelling: canonical(factor)
                for unit in units
                for factor, _ in Unit.parse(unit).exponents
                for spelling in (factor, factor.casefold(), _singular(factor.casefold()), f"{factor}s".casefold())
            }
            | {each: canonical(unit) for own, unit in spellings.items() for each in (own, own.casefold())}
        )
        self._adverbs = grammar.adverbs
        ordered = sorted(self._names, key=lambda name: (-len(name), name))
        # Don't match the first word of a longer unit, as in "5 person-days".
        either = "|".join(re.escape(each).replace(r"\ ", r"[ \u00a0-]") for each in ordered)
        name = rf"({either})(?!\w|-[^\W\d])"
        self._unit = re.compile(rf"[ \u00a0\u2009\u202f-]?{name}", re.IGNORECASE)
        self._before = re.compile(r"(US\$|CA\$|AU\$|[$€£¥]|\b(?:USD|EUR|GBP|CHF|CAD|AUD|JPY))[ \u00a0]?$")
        per = rf"[ \u00a0]?(?:/[ ]?|\b(?:{grammar.divides})[ \u00a0]){name}"
        self._per = re.compile(per, re.IGNORECASE)
        # The name of what is counted, which doesn't have to be a known unit.
        joining = f"{grammar.to}|{grammar.either}|{_ASIDE}"
        noun = rf"[ \u00a0-](?!(?:{joining})\b)[^\W\d]+"
        self._far = re.compile(rf"(?:{noun}){{1,{_MOST_WORDS}}}?{per}", re.IGNORECASE)
        self._adverb = re.compile(rf",?[ \u00a0]({'|'.join(self._adverbs) or '(?!)'})\b", re.IGNORECASE)

    def unit_before(self, text: str, end: int) -> tuple[str, int]:
        """Return the canonical currency before a number, and where it starts."""
        match = self._before.search(text, max(0, end - 8), end)
        return (self._named(match[1]), match.start()) if match else ("", end)

    def unit_after(self, text: str, start: int) -> tuple[str, int]:
        """Return the canonical unit after a number, and where it ends."""
        match = self._unit.match(text, start)
        unit = self._named(match[1]) if match else ""
        return (unit, match.end()) if match and unit else ("", start)

    def per_after(self, text: str, start: int) -> tuple[str, int]:
        """Return the canonical unit after "per", and where it ends."""
        match = self._per.match(text, start)
        unit = self._named(match[1]) if match else ""
        if match and unit:
            return unit, match.end()
        match = self._adverb.match(text, start)
        if match:
            return self._adverbs[match[1].casefold()], match.end()
        match = self._far.match(text, start)
        unit = self._named(match[1]) if match else ""
        return (unit, match.end()) if match and unit in TIMES else ("", start)

    def _named(self, spelling: str) -> str:
        spelling = re.sub(r"[ \u00a0-]", " ", spelling)
        known = self._names.get(spelling)
        if known is not None or _IS_SYMBOL.fullmatch(spelling):
            return known or ""
        return self._names.get(spelling.casefold(), "")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _spellings(units: Mapping[str, str]) -> dict[str, str]:
    """Return the meaning of each spelling of a unit: words in any case and with an s, symbols unchanged."""
    found: dict[str, str] = {}
    for unit, written in units.items():
        for name in written.replace("-", "_").split():
            plain = name.replace("_", " ")
            found[plain] = unit
            if not _IS_SYMBOL.fullmatch(plain):
                found[plain.casefold()] = unit
                found[f"{plain}s".casefold()] = unit
    return found


_UNITS = (*GRAMMARS["en"].units, *_SYMBOLS)
_CANONICAL = _spellings({unit: unit for unit in _UNITS}) | _spellings(GRAMMARS["en"].units) | _spellings(_SYMBOLS)
_COMMON = frozenset(_UNITS) - {"FTE"}

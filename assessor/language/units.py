"""Represent units of measure as products of named factors, just enough to refuse adding people to money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessor.errors import RuleSetError

_OWN_PLURAL = re.compile(r"\s*\|[^*·/]*")

_RATE_IN_WORDS = re.compile(r"\s+(?:an?|per)\s+")

_IN_WORDS = re.compile(r"\s*=\s*")

_FACTOR_SEPARATOR = re.compile(r"\s*[*·]\s*")


@dataclass(frozen=True)
class Unit:
    """A unit such as `USD/FTE/year`.

    Attributes:
        exponents: Each factor with its power, sorted by name, without factors of power 0.
    """

    exponents: tuple[tuple[str, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Parse `a*b/c/d`: factors joined by `*` or `·`, followed by divisors, each after a `/`.

        A factor may include its plural, `image|images`, and the form for readers may follow the whole,
        `USD/user/year = USD a year for each user`. Neither makes it another unit.
        """
        numerator, *denominators = unit_name(text).split("/")
        powers = [(factor, 1) for factor in _FACTOR_SEPARATOR.split(numerator.strip())]
        for denominator in denominators:
            powers += [(factor, -1) for factor in _FACTOR_SEPARATOR.split(denominator.strip())]
        return cls._collect(powers)

    @classmethod
    def _collect(cls, powers: Iterable[tuple[str, int]]) -> Unit:
        total: dict[str, int] = {}
        for factor, power in powers:
            if factor not in ("", "1"):
                total[factor] = total.get(factor, 0) + power
        return cls(tuple(sorted((factor, power) for factor, power in total.items() if power)))

    def __mul__(self, other: Unit) -> Unit:
        """Multiply two units and cancel factors."""
        return self._collect(self.exponents + other.exponents)

    def __truediv__(self, other: Unit) -> Unit:
        """Divide two units and cancel factors."""
        return self._collect(self.exponents + tuple((factor, -power) for factor, power in other.exponents))

    def __str__(self) -> str:
        """Return text that `parse` can read; it is empty for a plain number."""
        over = "·".join(factor for factor, power in self.exponents for _ in range(power))
        under = "".join(f"/{factor}" for factor, power in self.exponents for _ in range(-power))
        return f"{over or '1'}{under}" if under else over


# How many of the first unit of its kind each unit is. Months are a kind, because they have no fixed number of days.
# Sizes: SI brochure, 9th edition, section 3, and IEC 80000-13 for the binary ones.
_KINDS = (
    {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800},
    {"month": 1, "quarter": 3, "year": 12},
    {"B": 1, **{f"{prefix}B": 1000**power for power, prefix in enumerate("kMGTP", 1)}}
    | {f"{prefix}iB": 1024**power for power, prefix in enumerate("KMGTP", 1)},
)
_SIZES = {unit: (next(iter(kind)), size) for kind in _KINDS for unit, size in kind.items()}


def conversion(unit: str, other: str) -> Fraction | None:
    """Return the factor from one unit to another one; nothing if they differ in kind.

    This converts times, months and amounts of data, also as factors: `USD/year` to `USD/month`.

    Args:
        unit: The unit.
        other: The other unit.
    """
    (kind, size), (other_kind, other_size) = _in_basic_units(Unit.parse(unit)), _in_basic_units(Unit.parse(other))
    return size / other_size if kind == other_kind else None


def _in_basic_units(unit: Unit) -> tuple[Unit, Fraction]:
    basic, size = Unit(), Fraction(1)
    for factor, power in unit.exponents:
        name, each = _SIZES.get(factor, (factor, 1))
        basic *= Unit(((name, power),))
        size *= Fraction(each) ** power
    return basic, size


def check_unit(owner: str, unit: str) -> None:
    """Refuse the text of a unit that lacks a factor, as `GB/` does, or that repeats itself.

    Args:
        owner: The owner of the unit, for the message.
        unit: The unit; may be empty.

    Raises:
        RuleSetError: If there is nothing before, between or behind its `*`, `·` and `/`, if its plural stands
            behind the whole of it, if it says "a" or "per" for a `/`, or if there is nothing on one side of a `=`.
    """
    unit, *in_words = _IN_WORDS.split(unit)
    if in_words and not (unit and len(in_words) == 1 and all(in_words[0].split("|"))):
        written = " = ".join([unit, *in_words])
        raise RuleSetError(
            f"{owner}: its unit {written!r} has a '=' with nothing on one side, or a second one: write the unit, and "
            "how readers see it, as in 'USD/user/year = USD a year for each user'"
        )
    if _RATE_IN_WORDS.search(unit):
        rate = _RATE_IN_WORDS.sub("/", unit.partition("|")[0])
        raise RuleSetError(
            f"{owner}: its unit {unit!r} is a rate in words: write {rate!r}, and after a '=' how readers see it, as in "
            f"'{rate} = {unit}'"
        )
    right = _repeated(unit)
    if right:
        raise RuleSetError(f"{owner}: its unit {unit!r} appears twice: write the plural of one factor, {right!r}")
    if unit and not all(map(str.strip, re.split("[*·/]", unit))):
        raise RuleSetError(f"{owner}: its unit {unit!r} lacks a factor: write them as in 'USD/image' or '1/month'")


def _repeated(unit: str) -> str:
    """Return the correct form of a unit with its plural behind the whole of it, or nothing if it is no such unit.

    `hit/day|hits/day` would mean hits divided by days twice.
    """
    singular, _, plural = unit.partition("|")
    one, many = (re.split(r"([*·/])", each) for each in (singular, plural))
    if "|" in plural or len(one) == 1 or one[1::2] != many[1::2]:
        return ""
    pairs = [(a.strip(), b.strip()) for a, b in zip(one, many, strict=True)]
    factors = pairs[::2]
    if not (any(a == b for a, b in factors) or all(b.startswith(a) for a, b in factors)):
        return ""
    return "".join(a if a == b else f"{a}|{b}" for a, b in pairs)


def unit_name(unit: str) -> str:
    """Return a unit without the plurals and words that its author gives: `image/month` for `image|images/month`."""
    return _OWN_PLURAL.sub("", _IN_WORDS.split(unit)[0])


def unit_in_words(unit: str) -> str:
    """Return how readers see a unit if its author says so, `USD a year for each user`; a plural may follow a `|`."""
    return "".join(_IN_WORDS.split(unit)[1:])

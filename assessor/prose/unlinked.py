"""Find numbers in a guide's prose that equal a fact but don't link to it, so that drift would go unnoticed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from assessor.language.layout import GAP
from assessor.language.numerals import format_number
from assessor.model.formulas.ranges import Range
from assessor.prose.measures import TIMES, Units, counted, is_common, is_same, over_and_under
from assessor.prose.mentions import Mention, find_quantities

_WORD = re.compile(r"[^\W\d_]{4,}")
_SPECIFIC_DIGITS, _MANY_DIGITS = 3, 4
_SHARED_WORDS = 2

Kind: TypeAlias = Literal["value", "range", "low", "high", "other"]


class Measurable(Protocol):
    """What a number may be of: a fact, or a threshold."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def unit(self) -> str:
        """Its unit."""

    @property
    def title(self) -> str:
        """What it is, in words."""

    @property
    def value(self) -> object:
        """Its number; anything else is not looked for."""

    @property
    def range(self) -> Range:
        """Its low, likely and high value, if it is a number."""


_T = TypeVar("_T", bound=Measurable)


@dataclass(frozen=True)
class Unlinked(Generic[_T]):
    """A quantity that should link to a fact, or that may once have been the fact's value.

    Attributes:
        fact: The fact.
        text: The quantity as written.
        sentence: The index of its sentence.
        start: Where it starts in the sentence.
        kind: How it relates to the fact: its `value`, its whole `range`, the `low` or `high` end of the range, or an
            `other` number beside words from the fact's title.
    """

    fact: _T
    text: str
    sentence: int
    start: int
    kind: Kind


@dataclass(frozen=True)
class _Measured(Generic[_T]):
    """A fact with what prose must say beside its number."""

    fact: _T
    unit: str
    under: frozenset[str]
    stems: frozenset[str]
    is_certain: bool

    @classmethod
    def of(cls, fact: _T, *, is_certain: bool) -> _Measured[_T]:
        unit, under = over_and_under(fact.unit)
        return cls(fact, unit, under, _stems(f"{fact.title} {fact.id}"), is_certain)

    @property
    def times(self) -> frozenset[str]:
        """The times that the fact is divided by."""
        return self.under & TIMES

    def may_measure(self, mention: Mention) -> bool:
        """Return whether a quantity has the fact's unit, and no other time divisor."""
        is_other_time = mention.per in TIMES and bool(self.times) and mention.per not in self.times
        return bool(mention.unit) and is_same(mention.unit, self.unit) and not is_other_time

    def is_meant(self, mention: Mention, around: str, *, is_bound: bool = False) -> bool:
        """Return whether an equal number means this fact, judged by its unit, its digits or the words around it."""
        digits = re.sub(r"\D", "", format_number(mention.value))
        is_specific = len(digits) >= _MANY_DIGITS or len(digits.strip("0")) >= _SPECIFIC_DIGITS
        # A complete unit, as in "0.40 USD per million requests", is as telling as a time.
        is_divided = bool(mention.per) and (mention.per in self.times or self.under == {mention.per})
        if self.is_certain or is_specific or (not is_bound and (is_divided or not is_common(counted(self.fact.unit)))):
            return True
        return self.shared_words(around) >= _SHARED_WORDS

    def shared_words(self, around: str) -> int:
        return len(_stems(around) & self.stems)


def unlinked(
    sentences: Iterable[str], facts: Sequence[_T], vocabulary: Units, certain: Collection[str] = ()
) -> Iterator[Unlinked[_T]]:
    """Yield the quantities outside links that equal a fact, its range or an end of its range, in the fact's unit.

    For units as common as `day` or `%`, an equal number is not enough. Then the number must be specific, such as
    27,084, or have the fact's complete unit or its time, or the sentence must share two words with the fact's title.

    Args:
        sentences: The text of the page, as `sentences` returns it.
        facts: The facts to look for.
        vocabulary: The units to recognise, and the language of the page.
        certain: The ids of the facts that this is about anyway, so that an equal number in their unit is enough.
    """
    measured = [
        _Measured.of(fact, is_certain=fact.id in certain) for fact in facts if isinstance(fact.value, (int, float))
    ]
    measured = [each for each in measured if each.unit]
    for number, sentence in enumerate(sentences):
        for start, end, fact, kind in _found(sentence, find_quantities(sentence, vocabulary), measured):
            yield Unlinked(fact, sentence[start:end].strip(), number, start, kind)


def _found(
    sentence: str, found: Sequence[Mention], measured: Sequence[_Measured[_T]]
) -> Iterator[tuple[int, int, _T, Kind]]:
    for mention, after in zip(found, itertools.chain(found[1:], [None]), strict=False):
        if not mention.unit or mention.is_vague or mention.is_range_end:
            continue
        if after is None or not after.is_range_end:
            said = _said(mention, measured, sentence)
            if said:
                yield (mention.start, mention.end, *said)
        elif (fact := _whole_range(mention, after, measured, sentence)) is not None:
            yield mention.start, after.end, fact, "range"
        else:
            # One end of an unrelated range may well equal a fact; both ends hardly ever do.
            ends = [(each, said) for each in (mention, after) if (said := _said(each, measured, sentence))]
            if [said[1] for _, said in ends] == ["value", "value"]:
                yield from ((each.start, each.end, *said) for each, said in ends)


def _whole_range(lower: Mention, upper: Mention, measured: Sequence[_Measured[_T]], sentence: str) -> _T | None:
    around = f"{sentence[: lower.start]} {sentence[upper.end :]}"
    for each in measured:
        span = each.fact.range
        is_it = not span.is_exact and (lower.value, upper.value) == (span.low, span.high)
        if is_it and each.may_measure(upper) and each.is_meant(upper, around):
            return each.fact
    return None


def _said(mention: Mention, measured: Sequence[_Measured[_T]], sentence: str) -> tuple[_T, Kind] | None:
    """Return the fact that a quantity equals, or probably once did, and how it relates to the fact."""
    around = f"{sentence[: mention.start]} {sentence[mention.end :]}"
    likely = [each for each in measured if each.may_measure(mention)]
    for each in likely:
        if mention.value == each.fact.value and each.is_meant(mention, around):
            return each.fact, "value"
    for each in likely:
        span = each.fact.range
        if mention.value in (span.low, span.high) and each.is_meant(mention, around, is_bound=True):
            return each.fact, "low" if mention.value == span.low else "high"
    # If there is a link in the sentence, it already quotes the fact.
    others = [each for each in likely if mention.value != each.fact.value and GAP not in sentence]
    nearest = max(others, key=lambda each: each.shared_words(around), default=None)
    return (nearest.fact, "other") if nearest and nearest.shared_words(around) >= _SHARED_WORDS else None


def _stems(text: str) -> frozenset[str]:
    """Return rough stems of the significant words."""
    return frozenset(word.casefold()[:5] for word in _WORD.findall(text)) - _EMPTY


_EMPTY = frozenset(
    word[:5]
    for word in """about also another anything because been before being between both could does done each either even
    ever every from have having here into just least less like make many mean means more most much must need needs
    never once only other over same shall should some such than that their them then there these they this those
    through under until upon very want well were what when where which while whole will with within without would year
    years your""".split()  # noqa: SIM905 - a list of so many words is longer than the rest of the file
)

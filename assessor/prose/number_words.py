"""Recognise numbers as English words: `three`, `twenty-one`, `one thousand two hundred`, `two and a half`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: float(value) for value, word in enumerate(("zero", *_ONES, *_TEENS))}
_VALUES |= {word: 20.0 + 10 * place for place, word in enumerate(_TENS)}
_VALUES |= {"a": 1.0, "an": 1.0}
MULTIPLES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}

_GAP = r"[ \u00a0]"
_SMALL = (
    rf"(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_ONES)})|{'|'.join(sorted(_VALUES.keys() - {'a', 'an'}, key=len)[::-1])})"
)
_HUNDREDS = rf"(?:(?:{_SMALL}|a){_GAP}hundred(?:{_GAP}(?:and{_GAP})?{_SMALL})?|{_SMALL})"
_GREAT = rf"(?:{_HUNDREDS}|a){_GAP}(?:thousand|million|billion)"
_WHOLE = rf"(?:{_GREAT}(?:{_GAP}{_GREAT})*(?:{_GAP}(?:and{_GAP})?{_HUNDREDS})?|{_HUNDREDS})"
_NUMBER = (
    rf"\b(?:(?P<half>(?:one{_GAP})?half(?:{_GAP}of)?{_GAP}an?)"
    rf"|(?P<dozens>{_SMALL}|a){_GAP}dozen"
    rf"|(?P<whole>{_WHOLE})(?P<more>{_GAP}and{_GAP}a{_GAP}half)?)(?!\w)"
)


@functools.cache
def _number() -> re.Pattern[str]:
    # To compile it takes as long as importing ten modules, and a site without facts never asks.
    return re.compile(_NUMBER, re.IGNORECASE)


def number_words(text: str) -> Iterator[tuple[float, int, int]]:
    """Yield each number written in words: its value, where it starts, and where it ends.

    Args:
        text: English text.
    """
    for match in _number().finditer(text):
        yield _value(match), match.start(), match.end()


def _value(match: re.Match[str]) -> float:
    if match["half"]:
        return 0.5
    if match["dozens"]:
        return 12 * _whole(match["dozens"])
    return _whole(match["whole"]) + (0.5 if match["more"] else 0)


def _whole(words: str) -> float:
    total = part = 0.0
    for word in re.split(r"[ \u00a0-]", words.casefold()):
        if word == "hundred":
            part *= MULTIPLES[word]
        elif word in MULTIPLES:
            total, part = total + part * MULTIPLES[word], 0.0
        elif word != "and":
            part += _VALUES[word]
    return total + part

"""Python and the script of a page write estimates alike, in every language."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.language.numerals import format_compact
from assessor.language.quantities import format_likely, format_span
from assessor.language.words import languages, load_words
from tools.node import ensure_node

_PROGRAM = Path(__file__).parent / "run_numbers.js"
_VALUES = (217.5, 0.285 * 100, 1.005 * 100, 0.29 * 750, 2.5, -0.5, -2.5, 0.0, -0.0, 1e21, 1.797e308, 5e-324)
# Halfway between two numbers of 15 digits.
_TIES = (100_000_000_000_000.5, -100_000_000_000_000.5, 1_000_000_000_000_005.0)
_RANDOM = 2_000


def _products() -> Iterator[float]:
    """Yield products of short decimals, many of which are halves that floats miss."""
    rng = random.Random(1)
    for _ in range(_RANDOM):
        yield rng.randint(-999, 999) / 1000 * rng.choice((1, 10, 100, 250, 750, 1e4, 1e6)) * rng.randint(1, 99)


@pytest.mark.parametrize("language", languages())
def test_the_script_writes_estimates_as_python_does(language: str) -> None:
    words = load_words(language)
    phrases = {
        "span": words["span"],
        "span-below-zero": words["span_below_zero"],
        "below": words["below_said"],
        "at-most": words["at_most_said"],
    }
    ranges = [(each, each, each) for each in (*_VALUES, *_TIES, *_products())]
    ranges += [(low, likely, high) for low, likely, high in itertools.combinations(sorted((*_VALUES, *_TIES)), 3)]
    given = [
        [language, phrases, {"low": low, "likely": likely, "high": high, "unit": "", "assumed": []}]
        for low, likely, high in ranges
    ]
    run = subprocess.run(
        [ensure_node(), str(_PROGRAM)], input=json.dumps(given), stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    expected = [
        [
            format_likely(*each, words=words),
            format_span(each[0], each[2], words),
            format_likely(*each, words=words, digits=2, is_amount=True),
            format_span(each[0], each[2], words, is_amount=True),
        ]
        for each in ranges
    ]
    assert json.loads(run.stdout) == expected


@pytest.mark.parametrize("language", languages())
def test_axes_have_numbers_as_browsers_write_them(language: str) -> None:
    """Whatever round number an axis can have."""
    steps = [factor * float(f"1e{exponent}") for factor in (1, 2, 5) for exponent in range(-3, 18)]
    values = [0.0, *(number * step for step in steps for number in (-3, -1, 1, 2, 3))]
    code = (
        "const [language, values] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const form = { notation: 'compact', maximumSignificantDigits: 3 };"
        "console.log(JSON.stringify(values.map((value) => value.toLocaleString(language, form))));"
    )
    run = subprocess.run(
        [ensure_node(), "-e", code],
        input=json.dumps([language, values]),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(run.stdout) == [format_compact(value, language) for value in values]

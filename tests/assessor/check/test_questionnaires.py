"""Double negatives in questions as public questionnaires ask them: who is told of one must be able to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from assessor import Rule, YesNo, otherwise
from assessor.check.texts.wording import double_negatives
from tests.assessor.check.gallery.gallery import FLY, STAY, small

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questionnaires.yml").read_text("utf-8"))


PLAIN, NEGATIVE, DOUBLED = (QUESTIONS[kind] for kind in ("plain", "negative", "doubled"))


def is_told(wording: str, *, asks_for: bool) -> bool:
    question = YesNo("question", wording)
    condition = question if asks_for else ~question
    return bool([*double_negatives(small([question], [Rule(condition, FLY, "so it is"), otherwise(STAY, "so it is")]))])


@pytest.mark.parametrize(
    ("asks_for", "right", "wrong"),
    [(True, DOUBLED, [*PLAIN, *NEGATIVE]), (False, [*NEGATIVE, *DOUBLED], PLAIN)],
    ids=["yes", "no"],
)
def test_double_negatives_are_right_nineteen_times_in_twenty(
    asks_for: bool, right: Sequence[str], wrong: Sequence[str]
) -> None:
    assert len({*right, *wrong}) >= 50
    taken = [each for each in wrong if is_told(each, asks_for=asks_for)]
    found = [each for each in right if is_told(each, asks_for=asks_for)]
    assert len(taken) <= (len(taken) + len(found)) / 20, taken
    assert len(found) >= len(right) * 3 / 4, {*right} - {*found}

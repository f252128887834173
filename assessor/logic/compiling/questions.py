"""Write questions as bundles have them."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.language.decimals import plain_number
from assessor.logic.bundle import BundleQuestion
from assessor.logic.compiling.functions import scale_of
from assessor.model.answers import Bound
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question


def question_entry(question: Question, meaning: str, cuts: Mapping[Bound, Bound | None]) -> BundleQuestion:
    """Return the entry of a question, without when it is asked and what it offers.

    Args:
        question: The question.
        meaning: The digest of what an answer means.
        cuts: The cuts of a number or a date, each with the greatest answer below it, if a condition names that.
    """
    if isinstance(question, Choice):
        entry: BundleQuestion = {
            "id": question.id,
            "kind": "choice",
            "meaning": meaning,
            "options": list(question.option_ids),
        }
        if renamed := question.renamed:
            entry["renamed"] = renamed
        if question.retired:
            entry["retired"] = list(question.retired)
    elif isinstance(question, (Number, Date)):
        entry = {
            "id": question.id,
            "kind": "number" if isinstance(question, Number) else "date",
            "meaning": meaning,
            "minimum": _written(question.minimum),
            "maximum": _written(question.maximum),
            "cuts": [_written(cut) for cut in cuts],
        }
        if any(greatest is not None for greatest in cuts.values()):
            entry["at_most"] = [None if each is None else _written(each) for each in cuts.values()]
        if isinstance(question, Number) and not question.has_maximum:
            thresholds = [float(cut if below is None else below) for cut, below in cuts.items()]
            entry["scale"] = plain_number(scale_of(question, thresholds))
        if isinstance(question, Number) and question.is_whole:
            entry["step"] = 1
        if isinstance(question, Number) and question.default is not None:
            entry["default"] = [plain_number(value) for value in question.default.range]
    else:
        entry = {"id": question.id, "kind": "yes-no", "meaning": meaning}
    if question.formerly:
        entry["formerly"] = list(question.formerly)
    return entry


def _written(bound: Bound) -> Bound:
    """Return a number or a date as bundles have it."""
    return bound if isinstance(bound, str) else plain_number(bound)

"""The guide of this repository's own site, and the same page without our script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assessor import Answer, assess
from assessor.rulesets.self_hosting.ruleset import ruleset
from benchmarks.page.subjects import Subject
from mkdocs_assessor.page.assets import script

GUIDE = Path(__file__).parents[2] / "site" / "index.html"
# Its answers settle the outcome, by questions of all kinds but numbers.
CASE = "residency-turned-down"


def guide_pages() -> list[Subject]:
    """Return the guide and its control; the control comes twice, to show how far apart two equal pages are.

    Raises:
        FileNotFoundError: If the site is not built.
    """
    if not GUIDE.is_file():
        raise FileNotFoundError(f"{GUIDE} does not exist; run 'make site' first")
    address, controls = GUIDE.as_uri(), _controls()
    blocked = f"**/{script().name}"
    return [
        Subject("the guide", address, controls, script().content, is_ours=True),
        Subject("without our script", address, controls, blocked=blocked),
        Subject("without our script, again", address, controls, blocked=blocked),
    ]


def _controls() -> str:
    selectors = json.dumps([f"assessor-checklist {selector}" for selector in _selectors()])
    return f"() => {selectors}.map((selector) => document.querySelector(selector))"


def _selectors() -> Iterator[str]:
    """Yield where a reader answers as in the case, leaving out what cannot matter any more."""
    answers = next(case.answers for case in ruleset.cases if case.id == CASE)
    given: dict[str, Answer] = {}
    for section in ruleset.sections:
        for question in section.questions:
            if question.id not in answers or question.id not in assess(ruleset, given)["matters"]:
                continue
            answer = given[question.id] = answers[question.id]
            place = f'[data-question="{question.id}"]'
            if not section.ticks:
                value = str(answer).lower() if isinstance(answer, bool) else answer
                yield f'{place} input[value="{value}"]'
            elif answer is True:
                yield f"{place} [data-tick]"
        if section.ticks:
            # What is not ticked counts as no from here on.
            given |= {question.id: answers[question.id] for question in section.questions}
            yield "[data-that-is-all]"

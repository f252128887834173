"""Python and the script of a page write dates alike, in every language."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path

import pytest

from assessor import Date
from assessor.language.inline import escaped
from assessor.language.words import languages, load_words
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.render.environment import template_environment
from tools.node import ensure_node

_PROGRAM = Path(__file__).parent / "run_dates.js"
_ENDS = (datetime.date.min, datetime.date(999, 12, 31), datetime.date(2028, 2, 29), datetime.date.max)


@pytest.mark.parametrize("language", languages())
def test_the_script_writes_dates_as_python_does(language: str) -> None:
    words = load_words(language)
    forms = template_environment(Appearance(words)).filters["answer_forms"](Date("day", "Which day?"))
    attributes = {name.removeprefix("data-"): value for name, value in forms.items()}
    dates = [*_ENDS, *(datetime.date(2027, 1, 1) + datetime.timedelta(days) for days in range(365))]
    run = subprocess.run(
        [ensure_node(), str(_PROGRAM)],
        input=json.dumps([[attributes, date.isoformat()] for date in dates]),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    # Records quote what the page shows, so it is in the form of Markdown.
    assert json.loads(run.stdout) == [escaped(words.date(date)) for date in dates]

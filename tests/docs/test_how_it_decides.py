"""The page "How it decides" tells of its example what the rules say of it."""

from __future__ import annotations

import io
import re
from typing import Any

from assessor import Answer, assess, assess_bundle, compile_ruleset, read_answers
from assessor.assessment.queries.remaining import MOST_STEPS
from assessor.logic.compiling.compile import NODE_LIMIT
from assessor.rulesets.self_hosting.ruleset import ruleset
from tests.support.paths import ROOT

PAGE = " ".join((ROOT / "docs" / "how-it-decides.md").read_text(encoding="utf-8").split())


def example() -> dict[str, Answer]:
    """The answers that the page shows."""
    source = (ROOT / "docs" / "how-it-decides.md").read_text(encoding="utf-8")
    (block,) = re.findall(r'```yaml title="answers.yml"\n(.*?)```', source, re.DOTALL)
    return read_answers(ruleset.questions, io.BytesIO(block.encode()), "answers.yml")


def test_what_is_possible() -> None:
    titles = {outcome.id: outcome.title for outcome in ruleset.outcomes}
    first, second = (titles[name] for name in assess(ruleset, example())["possible"])
    assert f"two are possible: “{first}” and “{second}”" in PAGE


def test_what_matters_and_what_is_next() -> None:
    # The example is about the first decision.
    bundle: Any = {key: value for key, value in compile_ruleset(ruleset).items() if key != "decisions"}
    assessment = assess_bundle(bundle, example())
    assert set(assessment["matters"]) == {"footprint", "connectivity"}
    assert assessment["matters"][0] == "connectivity"
    assert assessment["next"] == "footprint"
    assert assessment["remaining"] == {"fewest": 1, "most": 2}
    assert "For her: one or two." in PAGE


def test_what_settles_it() -> None:
    assert "She adds `footprint: moderate`" in PAGE
    assessment = assess(ruleset, {**example(), "footprint": "moderate"})
    assert assessment["outcome"] == "get-ready"
    assert assessment["reasons"] == ["current", "footprint", "onprem-mandate", "pager"]
    assert assessment["changes"]["self-host"] == {
        "fewest": 1,
        "sets": [[{"question": "pager", "to": {"options": [True]}}]],
        "more": False,
    }


def test_the_limit() -> None:
    assert f"more than {NODE_LIMIT:,} nodes" in PAGE
    assert f"after {MOST_STEPS:,} steps" in PAGE

"""Runs the decision logic of the browser in Node.js: `core.js`, or as much of it as a page's script has."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor import Bundle
from tools.node import find_node

_PROGRAM = Path(__file__).parent / "run_core.js"

CORE = "core.js"
PAGE = "assessor.js"
# What the script of a page leaves out of an assessment, since no page shows it.
_NOT_ON_PAGES = {"hash", "rule", "criteria", "unknown", "remaining", "counts"}


def shown_on_pages(assessment: Mapping[str, Any]) -> dict[str, Any]:
    """Return as much of an assessment as the script of a page works out."""
    # A page asks for the next question once, whichever decision it is for.
    parts = assessment.get("decisions", {})
    decisions = {
        name: {key: value for key, value in _shown(each).items() if key != "next"} for name, each in parts.items()
    }
    return {
        **_shown(assessment),
        "matters_to": {kind: assessment["matters_to"][kind] for kind in ("actions", "estimates")},
        "decisions": decisions,
    }


def _shown(assessment: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in assessment.items() if key not in _NOT_ON_PAGES}


def assess_in_node(batches: Iterable[tuple[Bundle, Sequence[Mapping[str, object]]]], script: str = CORE) -> list[Any]:
    """Return what a script says of each set of answers, in one run of Node.js.

    Args:
        batches: Bundles, each with the sets of answers to assess with it.
        script: Which of the scripts that are shipped.

    Returns:
        For each set of answers an assessment, or `{"error": …}` with the name of what was thrown.
    """
    return run_core(_lines(batches), script)


def json_in_node(batches: Iterable[tuple[Bundle, Sequence[Mapping[str, object]]]]) -> list[str]:
    """Return what `core.js` says of each set of answers, as the text that `JSON.stringify` makes of it."""
    return _output(_lines(batches), CORE)


def _lines(batches: Iterable[tuple[Bundle, Sequence[Mapping[str, object]]]]) -> Iterator[str]:
    for bundle, sets in batches:
        yield json.dumps(["bundle", bundle])
        yield from (json.dumps(["answers", answers]) for answers in sets)


def run_core(lines: Iterable[str], script: str = CORE) -> list[Any]:
    """Return what `run_core.js` prints for lines of JSON."""
    return [json.loads(line) for line in _output(lines, script)]


def _output(lines: Iterable[str], script: str) -> list[str]:
    node = find_node()
    assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
    run = subprocess.run(
        [node, str(_PROGRAM), script],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.removesuffix("\n").split("\n")

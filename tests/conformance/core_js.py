"""Runs `core.js` in Node.js."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor import Bundle
from tools.node import find_node

_PROGRAM = Path(__file__).parent / "run_core.js"


def assess_in_node(batches: Iterable[tuple[Bundle, Sequence[Mapping[str, object]]]]) -> list[Any]:
    """Return what `core.js` says of each set of answers, in one run of Node.js.

    Args:
        batches: Bundles, each with the sets of answers to assess with it.

    Returns:
        For each set of answers an assessment, or `{"error": …}` with the name of what was thrown.
    """
    return run_core(
        line
        for bundle, sets in batches
        for line in (json.dumps(["bundle", bundle]), *(json.dumps(["answers", answers]) for answers in sets))
    )


def run_core(lines: Iterable[str]) -> list[Any]:
    """Return what `run_core.js` prints for lines of JSON."""
    node = find_node()
    assert node, "Node.js is missing: run 'python tools/node.py --ensure'"
    run = subprocess.run(
        [node, str(_PROGRAM)],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]

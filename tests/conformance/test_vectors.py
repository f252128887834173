"""The conformance suite: it is what its generator writes, and Python and the scripts in Node.js conform to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessor import assess_bundle
from tests.conformance.core_js import CORE, PAGE, assess_in_node, shown_on_pages
from tests.conformance.differential import canonical
from tests.conformance.generate import VECTORS, files

FILES = sorted(VECTORS.glob("*.json"))


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def test_the_suite_is_as_large_as_it_says() -> None:
    assert len(FILES) >= 60
    assert sum(len(read(file)["vectors"]) for file in FILES) == 9_285
    assert "9,285 vectors" in (VECTORS.parent / "README.md").read_text(encoding="utf-8")


def test_the_generator_writes_these_bytes() -> None:
    assert {file.name: file.read_text(encoding="utf-8") for file in FILES} == dict(files())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_python_conforms(file: Path) -> None:
    content = read(file)
    for vector in content["vectors"]:
        found = assess_bundle(content["bundle"], vector["answers"])
        assert canonical(found) == canonical(vector["assessment"]), vector["answers"]


@pytest.mark.parametrize("script", [CORE, PAGE])
def test_scripts_conform_in_node(script: str) -> None:
    contents = [read(file) for file in FILES]
    vectors = [vector for content in contents for vector in content["vectors"]]
    batches = [(content["bundle"], [vector["answers"] for vector in content["vectors"]]) for content in contents]
    for vector, found in zip(vectors, assess_in_node(batches, script), strict=True):
        said = vector["assessment"] if script == CORE else shown_on_pages(vector["assessment"])
        assert canonical(found) == canonical(said), vector["answers"]

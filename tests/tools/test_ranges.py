"""What is declared is what is tested: the lowest releases, and what runs showed."""

from __future__ import annotations

import json
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement

from tools.releasing import tested
from tools.releasing.ranges import PACKAGE, lowest_constraints, main

_REPORT = """\
<testsuites><testsuite>
<testcase classname="tests.assessor.test_one" name="test_a"/>
<testcase classname="tests.assessor.test_one.TestMore" name="test_b"><failure/></testcase>
<testcase classname="tests.plugin.generators.test_site" name="test_c"><skipped/></testcase>
<testcase classname="tests.plugin.test_lint" name="test_d"><error/></testcase>
<testcase classname="" name="tests.docs.test_pages"><error/></testcase>
</testsuite></testsuites>
"""


def _run(python: str = "3.10.1", **changed: object) -> tested.Run:
    run = {"python": python, "kind": "lowest", "versions": {"mkdocs": "1.6"}, "parts": {}}
    return {**run, **changed}  # type: ignore[typeddict-item]


def _counts(passed: int, failed: int = 0) -> tested.Counts:
    return {"date": "2026-11-30", "marked": "", "passed": passed, "failed": failed, "skipped": 0}


def test_every_dependency_of_the_tests_has_a_lowest_release() -> None:
    pins = dict(line.split("==") for line in lowest_constraints(requires(PACKAGE) or [], "test"))
    # Of the package itself, of an extra of an extra, and one that is pinned.
    assert {"click", "zensical", "brs-kb"} <= pins.keys()
    for line in map(Requirement, requires(PACKAGE) or []):
        if line.name in pins:
            assert line.specifier.contains(pins[line.name])


def test_only_what_the_extra_needs_is_held() -> None:
    declared = [
        "Click<9,>=8.1",
        "mkdocs>=1.6; extra == 'docs'",
        "mkdocs-assessor[docs]; extra == 'test'",
        "ruff>=1; extra == 'lint'",
        "winonly>=1; sys_platform == 'no-such' and extra == 'test'",
    ]
    assert lowest_constraints(declared, "test") == ["click==8.1", "mkdocs==1.6"]


def test_a_dependency_without_a_lowest_release_is_refused() -> None:
    with pytest.raises(SystemExit, match="'click' needs one lowest release"):
        lowest_constraints(["click<9"], "test")


@pytest.mark.parametrize("arguments", [[], ["lowst"]])
def test_a_kind_that_does_not_exist_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "lowest|newest" in capsys.readouterr().err


def test_the_parts_of_a_run_are_counted() -> None:
    counts = tested.counted(_REPORT, "2026-11-30")
    assert counts["core"] == {"date": "2026-11-30", "marked": "", "passed": 1, "failed": 1, "skipped": 0}
    assert counts["generators"]["skipped"] == counts["docs side"]["failed"] == counts["docs"]["failed"] == 1


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ("-q tests/assessor", {"core"}),
        ("tests/plugin -m slow", {"docs side", "generators"}),
        ("tests/plugin --ignore=tests/plugin/generators", {"docs side", "generators"}),
        ("tests/assessor/test_validation.py", set()),
        ("tests/assessor -k word", set()),
        ("tests/assessor/test_validation.py::test_a", set()),
        ("-n 2", set(tested.PARTS.values())),
    ],
)
def test_a_part_counts_if_all_of_it_ran(arguments: str, parts: set[str]) -> None:
    assert tested.complete(arguments.split()) == parts


def test_parts_of_an_earlier_run_stay_known_while_the_releases_are_the_same() -> None:
    old = _run(parts={"core": _counts(1), "docs": _counts(2)})
    new = _run(parts={"core": _counts(3)})
    assert tested.merged(old, new)["parts"] == {"core": _counts(3), "docs": _counts(2)}
    for other in (_run("3.10.2"), _run(versions={"mkdocs": "1.7"})):
        assert tested.merged(other, new) == new


def test_a_failure_stands_in_the_table() -> None:
    text = tested.table([_run("3.13.0", parts={"core": _counts(1200, failed=2)}), _run("3.9.1")])
    assert "1,200 passed, 2 failed (2026-11-30)" in text
    assert text.index("| 3.9.1, lowest |") < text.index("| 3.13.0, lowest |")
    assert "| 3.9.1, lowest | not run |" in text


def test_the_page_shows_the_published_results() -> None:
    runs = tested.published()
    assert runs
    assert tested.page(runs) == tested.PAGE.read_text(encoding="utf-8"), "run 'make tested-versions'"
    assert all(json.dumps(run["parts"]) != "{}" for run in runs)

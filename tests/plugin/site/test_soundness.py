"""An unsound rule set, as the log of a build tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import markdown

from mkdocs_assessor.diagnostics import FindingError
from tests.support.sites import CONFIG, RULES, build, write_site

UNREACHED = """\
from assessor import Outcome, Rule, RuleSet, Section, YesNo

pager = YesNo("pager", "Does someone carry a pager?", yes="someone carries a pager", no="nobody carries a pager")
go = Outcome("go", "Go")
ruleset = RuleSet(
    "gap",
    title="A gap",
    sections=[Section("all", "All", [pager])],
    outcomes=[go],
    rules=[Rule(pager, go, "so it is")],
)
"""
PAGES = {"index.md": "# Hello\n\n<!-- assessor/rules -->\n"}


def test_an_error_is_logged_with_its_line_and_example_and_fails_a_strict_build(tmp_path: Path) -> None:
    write_site(tmp_path, {**PAGES, "rules.py": UNREACHED})
    built = build(tmp_path, "--strict")
    assert built.exit_code == 1
    assert (
        f"ERROR   -  assessor: {tmp_path}/rules.py:10:5: There is no otherwise, and no rule decides when nobody "
        "carries a pager. [gap]\n" in built.log
    )
    assert "pager: false\n" in built.log
    assert "To do: Add a rule for these answers, or end the rules with otherwise(…).\n" in built.log


def test_a_build_that_is_not_strict_goes_on(tmp_path: Path) -> None:
    write_site(tmp_path, {**PAGES, "rules.py": UNREACHED})
    built = build(tmp_path)
    assert built.exit_code == 0
    assert "[gap]" in built.log


def test_every_wrong_case_is_told_and_fails_a_strict_build(tmp_path: Path) -> None:
    cases = [f'        Case("{name}", "A case", "", {{"pager": True}}, stay),\n' for name in ("one", "two")]
    rules = UNREACHED.replace("[go],", "[go, stay],").replace("import Outcome", "import Case, Outcome")
    rules = rules.replace("ruleset =", 'stay = Outcome("stay", "Stay")\nruleset =')
    rules = rules.replace(
        '"so it is")],', f'"so it is"), Rule(~pager, stay, "else")],\n    cases=[\n{"".join(cases)}    ],'
    )
    write_site(tmp_path, {**PAGES, "rules.py": rules})
    built = build(tmp_path)
    assert built.exit_code == 0
    for line, case in ((13, "one"), (14, "two")):
        told = f"rules.py:{line}:9: Case '{case}' should get 'stay', but the rules give 'go'."
        assert told in built.log
    assert built.log.count("[wrong-case]") == 2
    assert build(tmp_path, "--strict").exit_code == 1


def test_a_warning_is_a_warning(tmp_path: Path) -> None:
    write_site(tmp_path, {**PAGES, "rules.py": RULES.replace("# accept: unused-criterion", "")})
    assert "WARNING -  assessor: " in build(tmp_path).log


def test_a_fact_past_its_review_fails_by_the_day_of_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = RULES.replace('checked="2026-03-01",', 'checked="2026-03-01", review_after="2026-03-31",')
    write_site(tmp_path, {**PAGES, "rules.py": rules})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774958400")  # 2026-03-31, noon
    assert "outdated-fact" not in build(tmp_path).log
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775044800")
    assert "Fact 'cycled', '5 km', was due for review after 2026-03-31" in build(tmp_path).log


def test_a_fact_that_is_quoted_is_use_enough(tmp_path: Path) -> None:
    rules = RULES.replace("# accept: unused-criterion", "")
    write_site(tmp_path, {"index.md": "# Hello\n\n[](fact:cycled)\n", "rules.py": rules})
    assert "[unused-criterion]" in build(tmp_path).log


def test_a_rule_set_that_no_page_uses_is_not_proven(tmp_path: Path) -> None:
    """Proving one takes longer than all else that such a site pays."""
    write_site(tmp_path, {"index.md": "# Hello\n", "rules.py": UNREACHED})
    built = build(tmp_path, "--strict")
    assert (built.exit_code, built.warnings) == (0, [])


def test_notes_are_not_logged(tmp_path: Path) -> None:
    write_site(tmp_path, {**PAGES, "mkdocs.yml": CONFIG})
    assert "overlap" not in build(tmp_path).log


def test_without_a_plugin_the_strict_extension_raises(tmp_path: Path) -> None:
    rules = tmp_path / "rules.py"
    rules.write_text(UNREACHED)
    options = {"mkdocs_assessor": {"rules": str(rules), "strict": True}}
    assert "Hello" in markdown("# Hello", extensions=["mkdocs_assessor"], extension_configs=options)
    with pytest.raises(FindingError, match=r"rules\.py:10:5: There is no otherwise"):
        markdown("# Hello\n\n<!-- assessor/rules -->", extensions=["mkdocs_assessor"], extension_configs=options)

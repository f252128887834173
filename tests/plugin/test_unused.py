"""A site that lists the plugin or the extension, and has no guide yet, starts without what renders and proves."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

# Builds a site, or converts a text by the extension alone, and prints which of our modules were imported.
_BUILD = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
build(load_config("mkdocs.yml"))
print(*(name for name in sys.modules if name.startswith(("assessor", "mkdocs_assessor"))))
"""
_CONVERT = """
import pathlib, sys
from markdown import Markdown
Markdown(extensions=["mkdocs_assessor"]).convert(pathlib.Path("docs/index.md").read_text("utf-8"))
print(*(name for name in sys.modules if name.startswith(("assessor", "mkdocs_assessor"))))
"""
_PAGE = """# Welcome

See the [guide](other.md), [its end](other.md#end), [another site](https://example.org/a/b) and <https://example.org>.

<!-- A comment of the author's. -->

| A ratio | 3:1 |
| ------- | --- |
| `fact`  | 2   |
"""
_RULES = """from assessor import Outcome, Rule, RuleSet, Section, YesNo, otherwise

wet = YesNo("wet", "Does it rain?")
ride, walk = Outcome("ride", "Ride"), Outcome("walk", "Walk")
rules = [Rule(wet, walk, "It rains.", id="rain"), otherwise(ride, "It is dry.")]
ruleset = RuleSet(id="commute", title="Commute", sections=[Section("now", "Now", [wet])], rules=rules)
"""
_LATE = ("assessor.model", "assessor.logic", "assessor.check", "assessor.prose", "assessor.reports")


def imported(folder: Path, program: str, files: Mapping[str, str]) -> set[str]:
    """Return our modules that a build of these files imports."""
    for name, text in {"docs/other.md": "# Other\n\n## End\n", **files}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


@pytest.mark.parametrize("program", [_BUILD, _CONVERT])
def test_a_site_without_a_guide_imports_no_rule_set(tmp_path: Path, program: str) -> None:
    found = imported(tmp_path, program, {"mkdocs.yml": "site_name: S\nplugins: [assessor]\n", "docs/index.md": _PAGE})
    assert "mkdocs_assessor.extension" in found
    assert not [name for name in found if name.startswith(_LATE)]
    assert "mkdocs_assessor.render.guides" not in found


@pytest.mark.parametrize(
    "files",
    [
        {"docs/index.md": "The price is [](fact:premium-price)."},
        {"docs/index.md": "<!-- assessor/rules -->"},
        {"docs/index.md": "# Hi", "mkdocs.yml": "site_name: S\nplugins: [{assessor: {rules: rules.py}}]\n"},
    ],
    ids=["a link", "a slot", "rules that the configuration names"],
)
def test_a_guide_brings_its_rule_set(tmp_path: Path, files: Mapping[str, str]) -> None:
    site = {"mkdocs.yml": "site_name: S\nplugins: [assessor]\n", "rules.py": _RULES}
    assert "assessor.model.ruleset" in imported(tmp_path, _BUILD, {**site, **files})

"""Each defect of a translation is found on its line, and the correct text beside it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assessor import RuleSetError
from assessor.findings.finding import Finding
from assessor.translations.findings import translation_findings
from tests.assessor.translations.project import entries, german, project

GALLERY: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "gallery.yml").read_text("utf-8"))


def _found(folder: Path, defect: dict[str, Any], entry: dict[str, str]) -> list[Finding]:
    catalogue = {**german(), "rule small, because": entry}
    (folder / "rules.de.yml").write_text(entries(catalogue), encoding="utf-8")
    return list(translation_findings(project(folder, defect["source"])))


@pytest.mark.parametrize("defect", GALLERY, ids=[each["what"] for each in GALLERY])
def test_a_defect_is_found_and_the_correct_text_is_not(defect: dict[str, Any], tmp_path: Path) -> None:
    (found,) = _found(tmp_path, defect, defect["entry"])
    assert found.code == defect["code"]
    assert defect["says"] in f"{found.message} {found.advice}"
    text = (tmp_path / "rules.de.yml").read_text("utf-8").splitlines()
    assert found.place.line == text.index("rule small:") + 2
    assert found.place.path.endswith("rules.de.yml")
    assert _found(tmp_path, defect, defect["right"]) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("question volum, wording", "there is no question volum in the rule set. Did you mean 'question volume'?"),
        ("question volume, wordin", "question volume has no text 'wordin'. Did you mean 'wording'?"),
        ("action gone, title", "there is no action gone in the rule set."),
        ("unit quux, name", "there is no unit quux in the rule set."),
    ],
)
def test_a_text_that_nobody_gets_is_found(name: str, says: str, tmp_path: Path) -> None:
    catalogue = {**german(), name: {"en": "x", "de": "y"}}
    if name.startswith("question volume"):
        text = entries(german()).replace("question volume:\n", 'question volume:\n  wordin: {"en": "x", "de": "y"}\n')
    else:
        text = entries(catalogue)
    (tmp_path / "rules.de.yml").write_text(text, encoding="utf-8")
    (found,) = translation_findings(project(tmp_path))
    assert (found.code, says in found.message) == ("unused-translation", True), found.message


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 0, "the file is empty; begin it with 'language: de'"),
        ("a: b\n", 1, "the file does not say which language it has"),
        ("language: d_e\n", 1, "'d_e' is no code of a language"),
        ("language: en\n", 1, "the rule set itself has the language 'en'"),
        ("language: de\n: x: [\n", 2, "this is not valid YAML"),
        ("language: de\n- a\n", 2, "this is not valid YAML"),
        ("[language, de]\n", 1, "expected a mapping"),
        ("language: de\nrule set: title\n", 2, "expected the texts of 'rule set', by name"),
        ("language: de\nrule set:\n  title: Wohin?\n", 3, "expected 'en' and 'de', each with a text"),
        ("language: de\nrule set:\n  title: {en: a, fr: b}\n", 3, "there is no 'fr' here. Known: 'en', 'was', 'de'."),
        ("language: de\nrule set:\n  title: {de: b}\n", 3, "lacks the text to translate, 'en'"),
        ("language: de\nrule set:\n  title: {en: a, de: [b]}\n", 3, "must be a text in quotation marks"),
        ("language: de\nrule set:\n  title: {en: a}\nrule set:\n  summary: {en: b}\n", 4, "'rule set' is here twice"),
        ("language: de\n" + "[" * 5_000, 0, "this is not valid YAML"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    (tmp_path / "rules.de.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleSetError) as raised:
        list(translation_findings(project(tmp_path)))
    assert says in raised.value.message
    assert raised.value.location.path.endswith("rules.de.yml")
    if line:
        assert raised.value.location.line == line

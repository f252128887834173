"""`compare` lists what readers in another language see changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from assessor.__main__ import main

RULES = """\
from assessor import *

calm = YesNo("calm", "Is it calm?", hint="No wind.")
size = Choice("size", "How big?", {"s": "Small", "l": "Large"})
go, stay = Outcome("go", "Go", next_steps=["Pack", "Leave"]), Outcome("stay", "Stay")
ruleset = RuleSet("way", title="Way", language="en", translations="rules.*.yml",
    sections=[Section("all", "All", [calm, size])], outcomes=[go, stay],
    rules=[Rule(calm & size.is_("s"), go, "So it is.", "far"), otherwise(stay, "Else.")])
"""
GERMAN = """\
language: de
question calm:
  wording: {en: "Is it calm?", de: "Ist es ruhig?"}
  hint: {en: "No wind.", de: ""}
option s of size:
  label: {en: "Small", de: "Klein"}
outcome go:
  next_steps: [{en: "Pack", de: "Packen"}, {en: "Leave", de: "Gehen"}]
rule far:
  because: {en: "So it is.", de: "So ist es."}
"""
HEADING = "Translations, de (the answers keep their meaning):"


def write(folder: Path, rules: str = RULES, **catalogues: str) -> str:
    """Write a rule set with its translations, and return its file."""
    folder.mkdir()
    (folder / "rules.py").write_text(rules, "utf-8")
    for language, text in catalogues.items():
        (folder / f"rules.{language}.yml").write_text(text, "utf-8")
    return str(folder / "rules.py")


def compare(*arguments: str) -> Result:
    ran = CliRunner().invoke(main, ["compare", *arguments])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.output
    return ran


def lines(report: str) -> list[str]:
    """Return the items of a report, each on one line."""
    return " ".join(report.split()).split(" - ")[1:]


def test_changed_added_and_removed_translations_are_listed(tmp_path: Path) -> None:
    edited = (
        GERMAN.replace("Ist es ruhig?", "Ist es still?")
        .replace('"No wind.", de: ""', '"No wind.", de: "Kein Wind."')
        .replace("So ist es.", "")
        .replace("Gehen", "Aufbrechen")
    )
    old, new = write(tmp_path / "old", de=GERMAN), write(tmp_path / "new", de=edited)
    ran = compare(old, new, "--fail-on-change")
    assert ran.exit_code == 1
    assert "All 4 combinations of answers get the same outcome. Other changes:" in ran.output
    assert HEADING in ran.output
    assert lines(ran.output) == [
        "question calm, wording: “Ist es ruhig?”, now “Ist es still?”",
        "question calm, hint: none, now “Kein Wind.”",
        "outcome go, next steps: “Packen; Gehen”, now “Packen; Aufbrechen”",
        "rule far, because: “So ist es.”, now none",
    ]
    # Nobody has to answer again, unlike after a change of the original wording.
    assert "Stored answers" not in ran.output
    report = json.loads(compare(old, new, "--format", "json").output)
    assert report["translations"][0] == {
        "language": "de",
        "part": "question calm",
        "field": "wording",
        "old": "Ist es ruhig?",
        "new": "Ist es still?",
    }
    assert not report["same"]
    markdown = compare(old, new, "--format", "markdown").output
    assert "**Translations, de (the answers keep their meaning)**" in markdown
    assert "- rule far, because: “So ist es.”, now none" in markdown


def test_the_same_translations_are_no_change(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old", de=GERMAN), write(tmp_path / "new", de=f"# Reviewed.\n{GERMAN}")
    ran = compare(old, new, "--fail-on-change")
    assert (ran.exit_code, "Translations" in ran.output) == (0, False)


def test_a_translation_of_a_text_that_changed_is_gone(tmp_path: Path) -> None:
    old = write(tmp_path / "old", de=GERMAN)
    new = write(tmp_path / "new", RULES.replace("So it is.", "Thus it is."), de=GERMAN)
    assert "rule far, because: “So ist es.”, now none" in lines(compare(old, new).output)


def test_languages_come_and_go(tmp_path: Path) -> None:
    old = write(tmp_path / "old", de=GERMAN)
    new = write(tmp_path / "new", fr=GERMAN.replace("language: de", "language: fr").replace("de:", "fr:"))
    output = compare(old, new).output
    assert "Translations, fr (the answers keep their meaning):\n  - the language is new" in output
    assert f"{HEADING}\n  - the language is gone" in output
    report = json.loads(compare(old, new, "--format", "json").output)
    assert report["languages"] == {"added": ["fr"], "removed": ["de"], "renamed": {}}


def test_a_translation_follows_new_ids(tmp_path: Path) -> None:
    renamed = {'"calm"': '"quiet"', '"s"': '"small"', '"far"': '"away"'}
    rules, german = RULES, GERMAN.replace("Klein", "Winzig")
    for before, after in renamed.items():
        rules = rules.replace(before, after)
        german = german.replace(f" {before[1:-1]}:", f" {after[1:-1]}:").replace("option s of", "option small of")
    old, new = write(tmp_path / "old", de=GERMAN), write(tmp_path / "new", rules, de=german)
    report = json.loads(compare(old, new, "--format", "json").output)
    assert [(each["part"], each["old"], each["new"]) for each in report["translations"]] == [
        ("option small of size", "Klein", "Winzig")
    ]


def test_translations_of_a_new_part_are_not_listed(tmp_path: Path) -> None:
    rules = RULES.replace("[calm, size]", '[calm, size, YesNo("dry", "Is it dry?")]')
    german = f'{GERMAN}question dry:\n  wording: {{en: "Is it dry?", de: "Ist es trocken?"}}\n'
    old, new = write(tmp_path / "old", de=GERMAN), write(tmp_path / "new", rules, de=german)
    assert lines(compare(old, new).output) == ["dry is new: “Is it dry?”"]


def test_words_of_units_are_texts(tmp_path: Path) -> None:
    rules = RULES.replace("[calm, size]", '[calm, size, Number("n", "How many?", unit="image|images", minimum=0)]')
    words = f'{GERMAN}unit image:\n  name: {{en: "image|images", de: "Bild|Bilder"}}\n'
    old = write(tmp_path / "old", rules, de=words)
    new = write(tmp_path / "new", rules, de=words.replace("Bild|Bilder", "Foto|Fotos"))
    assert lines(compare(old, new).output) == ["unit image, name: “Bild|Bilder”, now “Foto|Fotos”"]


def test_a_broken_catalogue_keeps_nobody_from_comparing_the_rules(tmp_path: Path) -> None:
    old = write(tmp_path / "old", de="language: de\nlanguage: de\n")
    new = write(tmp_path / "new", RULES.replace("go, stay =", "stay, go =").replace("(calm &", "(~calm &"), de=GERMAN)
    output = compare(old, new).output
    assert "get another outcome" in output
    assert f"not compared: {tmp_path}/old/rules.de.yml:2: 'language' is here twice" in " ".join(output.split())
    assert compare(old, old, "--fail-on-change").exit_code == 1


def test_revisions_keep_their_translations(tmp_path: Path) -> None:
    write(tmp_path / "repository", de="language: de\nlanguage: de\n")
    git = ["git", "-C", str(tmp_path / "repository"), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Begin"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    catalogue = tmp_path / "repository" / "rules.de.yml"

    def revision(*sides: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "assessor", "compare", *sides],
            cwd=catalogue.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return " ".join(ran.stdout.split())

    catalogue.write_text(GERMAN, "utf-8")
    assert "not compared: HEAD:rules.de.yml:2: 'language' is here twice" in revision("git:HEAD:rules.py", "rules.py")
    subprocess.run([*git, "commit", "--quiet", "-am", "Repair"], check=True, capture_output=True)
    catalogue.write_text(GERMAN.replace("Klein", "Winzig"), "utf-8")
    changed = "option s of size, label: “Klein”, now “Winzig”"
    assert changed in revision("git:HEAD:rules.py", "rules.py")

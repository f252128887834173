"""`assessor translate`: what somebody wrote is kept, what is new is added, and the same input gives the same bytes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from assessor.__main__ import main
from tests.assessor.translations.project import GERMAN, RULES, entries, german, project


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    project(tmp_path)
    return tmp_path


def translate(*options: str, code: int = 0) -> Result:
    run = CliRunner().invoke(main, ["translate", "rules.py", *options])
    assert run.exit_code == code, run.output
    return run


def _catalogue(name: str = "rules.de.yml") -> str:
    return Path(name).read_text(encoding="utf-8")


def _filled() -> str:
    """Write the whole German catalogue, as the command does."""
    Path("rules.de.yml").write_text(entries(german()), encoding="utf-8")
    translate()
    return _catalogue()


def test_a_new_catalogue_has_every_text_once_with_an_empty_place_beside_it() -> None:
    assert translate("--to", "de").stdout == "rules.de.yml: new: 8 texts, 8 to translate, 0 outdated.\n"
    found = yaml.safe_load(_catalogue())
    assert found.pop("language") == "de"
    assert {f"{part}, {name}": texts for part, each in found.items() for name, texts in each.items()} == {
        name: {"en": source, "de": ""} for name, (source, _) in GERMAN.items()
    }


@pytest.mark.parametrize("language", ["de", "pt-BR"])
def test_a_language_in_the_place_of_the_rule_set_is_told_how_to_ask_for_it(language: str) -> None:
    run = CliRunner().invoke(main, ["translate", language])
    assert run.exit_code == 2
    assert f". To translate into '{language}', write --to {language}\n" in run.stderr
    assert not Path(f"rules.{language}.yml").exists()


def test_nothing_changes_when_nothing_has_changed() -> None:
    before = _filled()
    assert translate().stdout == "rules.de.yml: 8 texts, 0 to translate, 0 outdated.\n"
    assert _catalogue() == before
    assert translate("--check").stdout == "rules.de.yml: 8 texts, 0 to translate, 0 outdated.\n"


def test_what_was_written_by_hand_in_any_layout_becomes_the_same_file() -> None:
    before = _filled()
    data = yaml.safe_load(before)
    Path("rules.de.yml").write_text(yaml.safe_dump(data, allow_unicode=True, width=40), encoding="utf-8")
    translate()
    assert _catalogue().split("\n", 1)[1] == before.split("\n", 1)[1]


def test_a_changed_text_is_marked_with_what_it_was(folder: Path) -> None:
    _filled()
    project(folder, "Keep less than {limit}.")
    assert "1 outdated" in translate("--check", code=1).stdout
    assert "was" not in _catalogue()
    assert translate().stdout == "rules.de.yml: 8 texts, 0 to translate, 1 outdated.\n"
    marked = '    en: "Keep less than {limit}."\n    was: "Keep it below {limit}."\n    de: "Bleib unter {limit}."\n'
    assert marked in _catalogue()
    # Two changes later, the translation is still of the first text.
    project(folder, "Keep far less than {limit}.")
    translate()
    assert 'was: "Keep it below {limit}."' in _catalogue()
    project(folder)
    translate()
    assert "was" not in _catalogue()


def test_what_is_no_longer_there_is_put_aside_and_told(folder: Path) -> None:
    _filled()
    project(folder, rules=RULES.replace(', id="small"', ', id="tiny"').replace('"Where to', '"Where else to'))
    said = translate().stdout
    # The reason of a renamed rule is the same text, and goes with it.
    assert said == "rules.de.yml: 8 texts, 0 to translate, 1 outdated.\n"
    assert '  because:\n    en: "Keep it below {limit}."\n    de: "Bleib unter {limit}."' in _catalogue()
    project(
        folder,
        "It is little.",
        RULES.replace(', id="small"', ', id="tiny"').replace("The limit", ""),
    )
    said = translate().stdout
    assert "The rule set no longer has fact limit, title: “Die Grenze” went under 'unused'." in said
    assert 'unused:\n  fact limit:\n    title:\n      en: "The limit"\n      de: "Die Grenze"' in _catalogue()
    assert translate("--check", code=1).stdout.splitlines()[0].endswith("1 unused.")
    project(folder, "It is little.", RULES.replace(', id="small"', ', id="tiny"'))
    assert "Used again: “Die Grenze”." in translate().stdout
    assert "unused" not in _catalogue()


def test_comments_stay_where_they_are() -> None:
    text = _filled()
    text = text.replace("question volume:", "# Ask Ada about this.\nquestion volume:  # and this")
    text = text.replace('    de: "Wohin damit?"', '    # formal?\n    de: "Wohin damit?"  # checked')
    text += "# The end.\n"
    Path("rules.de.yml").write_text(text, encoding="utf-8")
    translate()
    written = _catalogue()
    for comment in (
        "# Ask Ada about this.\nquestion volume:  # and this\n",
        '    # formal?\n    de: "Wohin damit?"  # checked\n',
        "# The end.\n",
    ):
        assert comment in written
    translate()
    assert _catalogue() == written


def test_comments_of_what_goes_stay_in_the_file(folder: Path) -> None:
    text = _filled().replace('    de: "Die Grenze"', '    de: ""  # ask first')
    Path("rules.de.yml").write_text(text, encoding="utf-8")
    project(folder, rules=RULES.replace("The limit", ""))
    translate()
    assert "fact limit" not in _catalogue()
    assert "# ask first" in _catalogue()


def test_the_texts_of_a_list_are_told_apart_by_what_they_say(folder: Path) -> None:
    steps = RULES.replace('Outcome("keep", "Keep it")', 'Outcome("keep", "Keep it", next_steps=["One.", "Two."])')
    project(folder, rules=steps)
    _filled()
    text = _catalogue().replace('en: "One."\n      de: ""', 'en: "One."\n      de: "Eins."  # first')
    Path("rules.de.yml").write_text(text.replace('en: "Two."\n      de: ""', 'en: "Two."\n      de: "Zwei."'), "utf-8")
    project(folder, rules=steps.replace('["One.", "Two."]', '["Zero.", "Two.", "One."]'))
    translate()
    written = _catalogue()
    assert '    - en: "Zero."\n      de: ""\n    - en: "Two."\n      de: "Zwei."\n' in written
    assert '    - en: "One."\n      de: "Eins."  # first\n' in written


def test_an_old_id_keeps_its_texts(folder: Path) -> None:
    _filled()
    renamed = RULES.replace(
        'Number("volume", "How much is it?"', 'Number("size", "How much is it?", formerly=["volume"]'
    )
    project(folder, rules=renamed)
    translate()
    assert 'question size:\n  wording:\n    en: "How much is it?"\n    de: "Wie viel ist es?"' in _catalogue()


@pytest.mark.parametrize(
    "text", ['„Ja“ "quoted" \\ \' : # {x}', "Zeile\nZwei", "\u2028\u0085\ufeff", "مرحبا", "🌧️", "- a", "no"]
)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    catalogue = german()
    catalogue["rule otherwise, because"] = {"en": "It is too much.", "de": text}
    Path("rules.de.yml").write_text(entries(catalogue), encoding="utf-8")
    translate()
    assert yaml.safe_load(_catalogue())["rule otherwise"]["because"]["de"] == text


def test_check_writes_nothing_and_fails_until_all_is_translated() -> None:
    assert "is missing" in translate("--to", "de", "--check", code=1).stdout
    assert not Path("rules.de.yml").exists()
    translate("--to", "de")
    said = translate("--check", code=1).stdout
    assert "8 of 8 texts lack their 'de' translation" in said
    _filled()
    translate("--check")


def test_a_language_without_words_of_ours_works_and_norway_is_no_no() -> None:
    translate("--to", "no", "--to", "it")
    text = _catalogue("rules.no.yml")
    assert '    "no": ""' in text
    Path("rules.no.yml").write_text(text.replace('    "no": ""', '    "no": "Hvor?"', 1), encoding="utf-8")
    translate("--to", "no")
    assert '"no": "Hvor?"' in _catalogue("rules.no.yml")


@pytest.mark.parametrize(
    ("options", "rules", "says"),
    [
        ([], RULES, "has no translations yet: name a language, as in --to de"),
        (["--to", "en"], RULES, "the rule set itself has the language 'en'; name another one"),
        (["--to", "../x"], RULES, "'../x' is no code of a language; write de, de-x-informal or the like"),
        (
            ["--to", "de"],
            RULES.replace('    language="en",\n    translations="rules.*.yml",\n', ""),
            "does not name its language",
        ),
        (
            [],
            RULES.replace('    language="en",\n', ""),
            "has translations, but does not say from which language: write language='en'",
        ),
        ([], RULES.replace("rules.*.yml", "rules.dee.yml"), "has no translations yet"),
    ],
)
def test_what_cannot_be_translated_is_refused(options: list[str], rules: str, says: str, folder: Path) -> None:
    (folder / "rules.py").write_text(rules.replace("BECAUSE", '"x"'), encoding="utf-8")
    run = translate(*options, code=2)
    assert says in run.stderr if hasattr(run, "stderr") else run.output
    assert list(folder.glob("*.yml")) == []


def test_an_invalid_file_leaves_all_as_they_are() -> None:
    _filled()
    Path("rules.fr.yml").write_text("language: fr\nrule set: x\n", encoding="utf-8")
    before = _catalogue()
    Path("rules.de.yml").write_text(before.replace("Wohin", "Wo"), encoding="utf-8")
    run = translate(code=2)
    assert "rules.fr.yml:2: error: expected the texts of 'rule set', by name" in run.output
    assert _catalogue() == before.replace("Wohin", "Wo")


def test_two_files_with_one_language_are_refused() -> None:
    Path("rules.de.yml").write_text(entries(german()), encoding="utf-8")
    Path("rules.at.yml").write_text(entries(german()), encoding="utf-8")
    run = CliRunner().invoke(main, ["check", "--rules", "rules.py"])
    assert run.exit_code == 1
    assert "both have the language 'de': keep one of them." in run.stdout


def test_a_listed_file_that_is_missing_is_refused(folder: Path) -> None:
    project(folder, rules=RULES.replace("rules.*.yml", "rules.de.yml"))
    run = CliRunner().invoke(main, ["check", "--rules", "rules.py"])
    assert run.exit_code == 1
    assert "There is no file 'rules.de.yml' with translations." in run.stdout
    assert "assessor translate rules.py --to" in run.stdout
    assert "new: 8 texts" in translate("--to", "de").stdout


def test_a_rule_set_that_lists_no_file_is_told_what_to_write(folder: Path) -> None:
    project(folder, rules=RULES.replace('    translations="rules.*.yml",\n', ""))
    run = translate("--to", "de")
    assert "does not use rules.de.yml yet; write translations='rules.*.yml'" in run.output
    # The next run finds it, too.
    assert "rules.de.yml: 8 texts" in translate("--to", "de").output


def test_a_finding_can_be_accepted(folder: Path) -> None:
    project(folder, "Read [it](https://x.example).")
    text = (
        _filled()
        .replace('    was: "Keep it below {limit}."\n', "")
        .replace('    de: "Bleib unter {limit}."', '    de: "Lies."')
    )
    Path("rules.de.yml").write_text(text, encoding="utf-8")
    assert "broken-translation" in translate("--check", code=1).stdout
    text = text.replace('    de: "Lies."', '    # accept: broken-translation\n    de: "Lies."')
    Path("rules.de.yml").write_text(text, encoding="utf-8")
    translate("--check")


@pytest.mark.parametrize("pattern", ["rules.*.yml", "./rules.*.yml", "{folder}/rules.*.yml", "**/rules.de.yml"])
def test_a_pattern_finds_files_wherever_it_begins(pattern: str, folder: Path) -> None:
    _filled()
    project(folder, rules=RULES.replace("rules.*.yml", pattern.format(folder=folder.as_posix())))
    assert translate("--check").stdout.endswith("8 texts, 0 to translate, 0 outdated.\n")


def test_a_revision_has_its_own_translations(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled()
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    Path("rules.de.yml").unlink()
    run = CliRunner().invoke(main, ["record", "--rules", "git:HEAD:rules.py", "--language", "de"], input="volume: 5\n")
    assert run.stdout.startswith("# Wohin damit? Behalten\n")

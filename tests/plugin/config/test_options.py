"""Options that are misspelt or mean nothing: told by every door, with file, line and the nearest name."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown import Markdown

from assessor.__main__ import main
from mkdocs_assessor.diagnostics import OptionError
from tests.support.sites import build, write_site

_CONFIG = """\
site_name: A test
plugins:
  - assessor:
      rules: rules.py
markdown_extensions:
  - mkdocs_assessor:
      rules: rules.py
"""
MISTAKES = {
    "no such option of the extension": (
        _CONFIG + "      langauge: de\n",
        ["mkdocs.yml:8: there is no option 'langauge'. Did you mean 'language'?"],
    ),
    "no such language": (
        # The other door has the same option, and it is right.
        _CONFIG.replace("rules.py\nm", "rules.py\n      language: de\nm") + "      language: german\n",
        ["mkdocs.yml:9: there are no words in the language 'german'. Known: 'de', 'en', 'es', 'fr', 'ja'."],
    ),
    "no such language of the plugin": (
        _CONFIG.replace("rules.py\nm", "rules.py\n      language: german\nm"),
        ["mkdocs.yml:5: there are no words in the language 'german'."],
    ),
    "words": (
        _CONFIG.replace("rules.py\nm", "rules.py\n      words:\n        resutl: x\n        asked_of: Ask {whom}\nm"),
        [
            "mkdocs.yml:6: there is no word 'resutl'. Did you mean 'result'?",
            "mkdocs.yml:7: the word 'asked_of' has {whom}, but it may have only {who}",
        ],
    ),
    "words of the extension": (
        _CONFIG + "      words:\n        resutl: x\n        asked_of: 'Ask {who'\n",
        [
            "mkdocs.yml:9: there is no word 'resutl'. Did you mean 'result'?",
            "mkdocs.yml:10: the word 'asked_of' has braces that fill nothing in",
        ],
    ),
    "truth in quotation marks": (
        _CONFIG.replace("rules.py\nm", 'rules.py\n      references: "yes"\n      publish: maybe\nm'),
        [
            "mkdocs.yml:5: references: write true or false, not 'yes'",
            "mkdocs.yml:6: publish: write true or false, not 'maybe'",
        ],
    ),
    "one rule set by two names": (
        _CONFIG.replace("rules: rules.py\nm", "rules:\n        a: rules.py\n        b: rules.py\nm"),
        ["mkdocs.yml:6: rules: 'a' and 'b' are both the rule set 'commute': browsers store answers by that id"],
    ),
    "inherited": (
        "INHERIT: base.yml\nsite_name: A test\n",
        ["base.yml:5: diagnostics: there is no code 'drifted'."],
    ),
    "no truth": (_CONFIG + "      strict: perhaps\n", ["mkdocs.yml:8: strict: write true or false, not 'perhaps'"]),
    "no mapping": (_CONFIG + "      words: [a]\n", ["mkdocs.yml:8: words: write a mapping, not ['a']"]),
    "two codes": (
        _CONFIG.replace("rules.py\nm", "rules.py\n      diagnostics: {drifted: off, unlinked-fact: error}\nm"),
        [
            "mkdocs.yml:5: diagnostics: there is no code 'drifted'.",
            "mkdocs.yml:5: diagnostics: unlinked-fact: write warning, note or off, not 'error'",
        ],
    ),
    "no reference": (
        _CONFIG.replace("rules: rules.py\nm", "rules: {A b: rules.py}\nm"),
        ["mkdocs.yml:4: rules: 'A b' cannot name a rule set"],
    ),
}


@pytest.mark.parametrize(("config", "messages"), MISTAKES.values(), ids=MISTAKES)
def test_a_build_and_the_doctor_say_the_same(config: str, messages: list[str], tmp_path: Path) -> None:
    base = _CONFIG.replace("rules.py\nm", "rules.py\n      diagnostics: {drifted: off}\nm")
    built = build(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config, "base.yml": base}))
    examined = CliRunner().invoke(main, ["doctor", str(tmp_path / "mkdocs.yml"), "--generator", "mkdocs"])
    assert (built.exit_code, examined.exit_code) == (1, 1)
    for message in messages:
        assert message in built.log
        place, _, said = message.partition(": ")
        assert len(re.findall(rf"{re.escape(place)}(?::\d+)?: error: {re.escape(said)}", examined.stdout)) == 1
    assert "Traceback" not in built.log
    assert "options.py" not in built.log


def test_a_misspelt_option_of_the_plugin_is_told_with_the_nearest(tmp_path: Path) -> None:
    config = _CONFIG.replace("rules: rules.py\nm", "rules: rules.py\n      langauge: de\nm")
    built = build(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config}))
    assert "mkdocs.yml:5: there is no option 'langauge'. Did you mean 'language'?" in built.log


def test_the_bare_extension_tells_them_at_the_first_page() -> None:
    options = {"rules": {}, "langauge": "de", "docs": 3}
    # MkDocs shows the inner workings of an extension that fails here.
    markdown = Markdown(extensions=["mkdocs_assessor"], extension_configs={"mkdocs_assessor": options})
    with pytest.raises(OptionError) as raised:
        markdown.convert("text")
    assert str(raised.value).splitlines() == [
        "rules: write a reference, or a mapping of names to references, not {}",
        "there is no option 'langauge'. Did you mean 'language'?",
        "docs: write a text, not 3",
    ]


def test_a_variable_of_the_environment_may_say_yes() -> None:
    configs = {"mkdocs_assessor": {"strict": "yes", "language": None}}
    assert "<p>" in Markdown(extensions=["mkdocs_assessor"], extension_configs=configs).convert("text")


@pytest.mark.parametrize("command", [("lint", "docs"), ("publish",)])
def test_commands_that_read_the_options_refuse_them(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, messages = MISTAKES["truth in quotation marks"]
    monkeypatch.chdir(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config}))
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 2
    for message in messages:
        place, said = message.split(": ", 1)
        assert f"{place}: error: {said}" in run.stderr

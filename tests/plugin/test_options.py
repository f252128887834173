"""Options that are misspelt or mean nothing: told by every door, with file, line and the nearest name."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown import Markdown

from assessor.cli import main
from mkdocs_assessor.diagnostics import OptionError
from tests.sites import build, write_site

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
    "no truth": (_CONFIG + "      strict: perhaps\n", ["mkdocs.yml:8: strict: write true or false, not 'perhaps'"]),
    "no mapping": (_CONFIG + "      words: [a]\n", ["mkdocs.yml:8: words: write a mapping, not ['a']"]),
    "two codes": (
        _CONFIG.replace("rules.py\nm", "rules.py\n      diagnostics: {drifted: off, unlinked-fact: error}\nm"),
        [
            "mkdocs.yml:5: diagnostics: there is no code 'drifted'.",
            "mkdocs.yml:5: diagnostics: unlinked-fact: write warning, info or off, not 'error'",
        ],
    ),
    "no reference": (
        _CONFIG.replace("rules: rules.py\nm", "rules: {A b: rules.py}\nm"),
        ["mkdocs.yml:4: rules: 'A b' cannot name a rule set"],
    ),
}


@pytest.mark.parametrize(("config", "messages"), MISTAKES.values(), ids=MISTAKES)
def test_a_build_and_the_doctor_say_the_same(config: str, messages: list[str], tmp_path: Path) -> None:
    built = build(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config}))
    examined = CliRunner().invoke(main, ["doctor", str(tmp_path / "mkdocs.yml"), "--generator", "mkdocs"])
    assert (built.exit_code, examined.exit_code) == (1, 1)
    for message in messages:
        assert message in built.log
        assert message in examined.stdout
    assert "Traceback" not in built.log
    assert "options.py" not in built.log


def test_a_misspelt_option_of_the_plugin_is_told_with_the_nearest(tmp_path: Path) -> None:
    config = _CONFIG.replace("rules: rules.py\nm", "rules: rules.py\n      langauge: de\nm")
    built = build(write_site(tmp_path, {"index.md": "# Home\n", "mkdocs.yml": config}))
    assert "Unrecognised configuration name: langauge. Did you mean 'language'?" in built.log


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

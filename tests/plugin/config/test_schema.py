"""The JSON Schema of our options accepts what is accepted, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from assessor.__main__ import main
from mkdocs_assessor.config.integrations import EXTENSION, PLUGIN, Integration
from mkdocs_assessor.config.options import mistakes
from mkdocs_assessor.config.schema import configuration_schema
from tests.support.paths import ROOT

_VALIDATOR = jsonschema.Draft7Validator(configuration_schema())
_OPTIONS = {
    "nothing": "",
    "empty": "rules:",
    "rules": "rules: rules.py",
    "several rules": "rules: {one: a.py, two: b.py}",
    "no rules": "rules: {}",
    "a list of rules": "rules: [a.py]",
    "a name that links cannot hold": "rules: {Two: b.py}",
    "the name of a slot": "rules: {checklist: b.py}",
    "rules that are no text": "rules: {two: 3}",
    "a misspelt option": "ruls: rules.py",
    "language": "language: de",
    "a region": "language: de-AT",
    "no catalogue": "language: english",
    "words": "words: {next: Onward}",
    "a word that is none": "words: {nxt: Onward}",
    "diagnostics": "diagnostics: {unquoted-fact: warning, drifted-fact: off}",
    "a severity that is none": "diagnostics: {unquoted-fact: error}",
    "a code that is none": "diagnostics: {unquoted-facts: warning}",
    "a switch": "references: true",
    "a word for a switch": "references: 'yes'",
    "a word in capitals for a switch": "references: 'Off'",
    "another word for a switch": "references: maybe",
    "a number for a switch": "references: 7",
}


@pytest.mark.parametrize("door", [PLUGIN, EXTENSION], ids=lambda door: door.name)
@pytest.mark.parametrize("form", ["list", "mapping"])
@pytest.mark.parametrize("text", _OPTIONS.values(), ids=_OPTIONS)
def test_it_accepts_what_the_options_accept(door: Integration, form: str, text: str) -> None:
    options = yaml.safe_load(text)
    entry = {door.name: options, "other": {"rules": 1}}
    config: dict[str, Any] = {"site_name": "A", door.section: entry if form == "mapping" else ["search", entry]}
    if "words" in text and "nxt" not in text:
        config = json.loads(json.dumps(config).replace('"next"', json.dumps(_some_word())))
        options = {"words": {_some_word(): "Onward"}}
    assert _VALIDATOR.is_valid(config) == (not list(mistakes(options or {}, door)))


def _some_word() -> str:
    """Return the key of a text without placeholders."""
    words: dict[str, dict[str, str]] = configuration_schema()["definitions"]["words"]["properties"]
    return next(key for key, each in words.items() if "{" not in each["description"])


def test_our_own_configuration_is_valid() -> None:
    text = (ROOT / "plugin" / "mkdocs_assessor" / "starter" / "mkdocs.yml").read_text("utf-8")
    _VALIDATOR.validate(yaml.safe_load(text.replace("@YAML_TITLE@", '"A"')))


def test_the_published_file_is_what_the_command_prints() -> None:
    run = CliRunner().invoke(main, ["doctor", "--schema"])
    assert run.exit_code == 0
    published = (ROOT / "docs" / "mkdocs.schema.json").read_text("utf-8")
    assert run.stdout == published, "write it again: assessor doctor --schema > docs/mkdocs.schema.json"
    jsonschema.Draft7Validator.check_schema(json.loads(published))

"""A small rule set in English, and its German catalogue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from assessor import RuleSet
from assessor.loading.load import load_ruleset

RULES = """\
from assessor import *

limit = Fact("limit", 20, "GB", "The limit", source="https://x.example/limits", checked="2026-11-30")
volume = Number("volume", "How much is it?", unit="GB", minimum=0, maximum=1000)
keep, move = Outcome("keep", "Keep it"), Outcome("move", "Move it")
ruleset = RuleSet(
    "storage",
    title="Where to keep it?",
    language="en",
    translations="rules.*.yml",
    facts=[limit],
    sections=[Section("what", "What you have", [volume])],
    outcomes=[keep, move],
    rules=[
        Rule(volume < limit, then=keep, because=BECAUSE, id="small"),
        otherwise(then=move, because="It is too much."),
    ],
)
"""
GERMAN = {
    "rule set, title": ("Where to keep it?", "Wohin damit?"),
    "section what, title": ("What you have", "Was du hast"),
    "question volume, wording": ("How much is it?", "Wie viel ist es?"),
    "outcome keep, title": ("Keep it", "Behalten"),
    "outcome move, title": ("Move it", "Umziehen"),
    "rule small, because": ("Keep it below {limit}.", "Bleib unter {limit}."),
    "rule otherwise, because": ("It is too much.", "Es ist zu viel."),
    "fact limit, title": ("The limit", "Die Grenze"),
}


def entries(texts: Mapping[str, Mapping[str, str]], language: str = "de") -> str:
    """Return a catalogue as somebody could write it, on the lines of its parts."""
    lines = [f"language: {language}"]
    for name, said in texts.items():
        part, _, attribute = name.partition(", ")
        # JSON writes a character beyond the first 65,536 as two, which YAML does not know.
        is_plain = max("".join(said.values()), default="") <= "\uffff"
        lines += [f"{part}:", f"  {attribute}: {json.dumps(said, ensure_ascii=is_plain)}"]
    return "\n".join(lines) + "\n"


def german() -> dict[str, Mapping[str, str]]:
    """Return the German catalogue."""
    return {name: {"en": source, "de": text} for name, (source, text) in GERMAN.items()}


def project(folder: Path, because: str = "Keep it below {limit}.", rules: str = RULES) -> RuleSet:
    """Write the rule set, and load it."""
    # An f-string, whose values the catalogue has as placeholders.
    (folder / "rules.py").write_text(rules.replace("BECAUSE", f"f{because!r}"), encoding="utf-8")
    return load_ruleset("rules.py", folder)

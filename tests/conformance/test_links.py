"""A share link that is cut or changed on its way never becomes other answers without a word."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

from assessor import compile_ruleset, load_ruleset
from tests.support.links import proven
from tests.support.rulesets import random_answers
from tools.node import ensure_node

_PROGRAM = Path(__file__).parent / "run_links.js"
_LINKS = 2_000


def test_every_prefix_and_every_lost_character_is_told_or_harmless() -> None:
    ruleset = load_ruleset("assessor.rulesets.self_hosting")
    bundle = compile_ruleset(ruleset)
    links = []
    for seed in range(_LINKS):
        answers = random_answers(random.Random(seed), ruleset)
        written = {name: "" if value is None else str(value).lower() for name, value in answers.items()}
        fragment = "".join(f"&{name}={value}" for name, value in written.items())
        links.append(proven(f"#assessor={ruleset.id}.{bundle['hash'][:8]}{fragment}"))
    ran = subprocess.run(
        [ensure_node(), str(_PROGRAM)],
        input=json.dumps({"bundle": bundle, "links": links}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said = json.loads(ran.stdout)
    assert said["silent"] == []
    assert said["tried"] > _LINKS * 20

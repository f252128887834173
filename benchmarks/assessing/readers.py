"""Count the questions that simulated readers answer until their outcome is settled.

Each reader has a random answer to every question, and gives it when asked.
"""

from __future__ import annotations

from assessor import RuleSet, compile_ruleset, load_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks import node
from benchmarks.assessing.answers import complete_answers
from benchmarks.peers import translations
from benchmarks.peers.decision import peers_ruleset
from benchmarks.table import Part, Row

READERS = 1_000


def parts() -> list[Part]:
    """Simulate, and return the figures for the peers' decision and for the bundled guide."""
    return [
        _part("the peers' decision", peers_ruleset()),
        _part("the bundled guide", load_ruleset(BUNDLED)),
    ]


def _part(name: str, ruleset: RuleSet) -> Part:
    means = node.run(
        "assessing/readers.js",
        {
            "bundle": compile_ruleset(ruleset),
            "publicodes": translations.publicodes(ruleset, {rule.id: rule.then.id for rule in ruleset.rules}),
            "names": {question.id: translations.publicodes_name(question.id) for question in ruleset.questions},
            "readers": [
                {"answers": answers, "situation": translations.situation(answers)}
                for answers in complete_answers(ruleset, READERS, seed=2)
            ],
        },
    )
    return Part(
        f"questions until settled, {name}",
        "questions",
        [
            Row("ours: next", means["ours"], is_ours=True),
            Row("publicodes' order, stopped when settled", means["publicodes"]),
            Row("publicodes' order, until it misses nothing", means["publicodesAlone"]),
            Row("page order, stopped when settled", means["page"]),
        ],
    )

"""Measure how long rule sets take to compile, and how large their diagrams become.

Besides the bundled guide, the rule sets are random, but shaped like those that people write. A section has eight
questions. Of ten questions, seven are yes/no, two are a choice of three or four options, and one is a number with two
thresholds. There are two rules for every three questions. A rule tests two to four questions of one section or of two
adjacent ones, and leads to one of six outcomes; the last rule is `otherwise`. The rules are in random order, so they
go back and forth between sections.
"""

from __future__ import annotations

import random
import statistics
import time

from assessor import (
    Choice,
    Condition,
    Number,
    Outcome,
    Question,
    Rule,
    RuleSet,
    RuleSetError,
    Section,
    YesNo,
    all_of,
    compile_ruleset,
    load_ruleset,
    otherwise,
)
from assessor.loading.reference import BUNDLED
from benchmarks.peers.decision import peers_ruleset
from benchmarks.table import Part, Row

ROUNDS = 9
SEEDS = 9
SIZES = (10, 20, 30, 40, 50, 60, 80, 100)
THRESHOLDS = (10, 100)
SECTION = 8


def parts() -> list[Part]:
    """Measure, and return the figures."""
    rows = [
        _row("ours: the bundled guide", [load_ruleset(BUNDLED)] * ROUNDS, "aim: less than 100 ms"),
        _row("ours: the peers' decision", [peers_ruleset()] * ROUNDS),
    ]
    for questions in SIZES:
        rules = round(questions * 2 / 3)
        rulesets = [realistic_ruleset(random.Random(seed), questions, rules) for seed in range(SEEDS)]
        aim = "aim: less than 2 s" if questions == 60 else ""
        rows.append(_row(f"ours: {questions} questions, {rules} rules, {SEEDS} at random", rulesets, aim))
    return [Part("compiling", "ms", rows)]


def realistic_ruleset(rng: random.Random, questions: int, rules: int) -> RuleSet:
    """Return a random rule set, shaped like those that people write.

    Args:
        rng: The source of randomness.
        questions: The number of questions.
        rules: The number of rules.
    """
    asked = [_question(rng, f"question-{number}") for number in range(questions)]
    sections = [asked[start : start + SECTION] for start in range(0, questions, SECTION)]
    outcomes = [Outcome(f"outcome-{number}", f"Outcome {number}") for number in range(6)]
    made = []
    for _ in range(rules - 1):
        first = rng.randrange(len(sections))
        near = [question for section in sections[first : first + rng.randint(1, 2)] for question in section]
        about = rng.sample(near, min(len(near), rng.randint(2, 4)))
        made.append(Rule(all_of(*(_test(rng, question) for question in about)), rng.choice(outcomes), "so it is"))
    return RuleSet(
        "realistic",
        title="As people write them",
        sections=[Section(f"section-{n}", f"Section {n}", section) for n, section in enumerate(sections)],
        outcomes=outcomes,
        rules=[*made, otherwise(outcomes[0], "nothing else fits")],
    )


def _question(rng: random.Random, question_id: str) -> Question:
    kind = rng.random()
    if kind < 0.7:
        return YesNo(question_id, f"Is it {question_id}?")
    if kind < 0.9:
        return Choice(
            question_id, f"Which {question_id}?", {each: each.upper() for each in "abcd"[: rng.randint(3, 4)]}
        )
    return Number(question_id, f"How many {question_id}?", minimum=0, maximum=1000)


def _test(rng: random.Random, question: Question) -> Condition:
    if isinstance(question, Choice):
        return question.is_(*rng.sample(question.option_ids, rng.randint(1, 2)))
    if isinstance(question, Number):
        threshold = rng.choice(THRESHOLDS)
        return question >= threshold if rng.random() < 0.5 else question < threshold
    assert isinstance(question, YesNo)
    return question if rng.random() < 0.5 else ~question


def _row(who: str, rulesets: list[RuleSet], aim: str = "") -> Row:
    times: list[float] = []
    nodes: list[int] = []
    refused = 0
    for ruleset in rulesets:
        start = time.process_time()
        try:
            bundle = compile_ruleset.__wrapped__(ruleset)
        except RuleSetError:
            refused += 1
            continue
        times.append((time.process_time() - start) * 1000)
        nodes.append(len(bundle["nodes"]))
    notes = [f"{statistics.median(nodes):,.0f} nodes"] if nodes else []
    if len(set(nodes)) > 1:
        notes[0] += f", at most {max(nodes):,}; slowest {max(times):,.0f} ms"
    if refused:
        notes.append(f"{refused} of {len(rulesets)} refused as too large")
    return Row(who, statistics.median(times) if times else None, "; ".join(filter(None, [*notes, aim])), is_ours=True)

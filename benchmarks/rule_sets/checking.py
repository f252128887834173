"""Measure how long `assessor check` takes to prove a rule set sound, or to find what is wrong with it.

The rule sets are the bundled guide and the random ones of `compiling`, which have many defects to find.
"""

from __future__ import annotations

import random
import statistics
import time

from assessor import RuleSet, RuleSetError, compile_ruleset, load_ruleset
from assessor.check import check_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks.rule_sets.compiling import realistic_ruleset
from benchmarks.table import Part, Row

ROUNDS = 5
SEEDS = 5
SIZES = ((10, 7), (20, 13), (40, 27), (60, 40), (80, 53), (100, 67))


def parts() -> list[Part]:
    """Measure, and return the figures."""
    rows = [_row("ours: the bundled guide", [load_ruleset(BUNDLED) for _ in range(ROUNDS)], "aim: less than 500 ms")]
    for questions, rules in SIZES:
        rulesets = [realistic_ruleset(random.Random(seed), questions, rules) for seed in range(SEEDS)]
        aim = "aim: less than 5 s" if questions == 60 else ""
        rows.append(_row(f"ours: {questions} questions, {rules} rules, {SEEDS} at random", rulesets, aim))
    return [Part("checking", "ms", rows)]


def _row(who: str, rulesets: list[RuleSet], aim: str = "") -> Row:
    times: list[float] = []
    found: list[int] = []
    refused = 0
    for ruleset in rulesets:
        compile_ruleset.cache_clear()  # so that the compilation done by loading counts, too
        start = time.process_time()
        try:
            findings = check_ruleset(ruleset)
        except RuleSetError:
            refused += 1
            continue
        times.append((time.process_time() - start) * 1000)
        found.append(len(findings))
    notes = [f"{statistics.median(found):,.0f} findings; slowest {max(times):,.0f} ms"] if times else []
    if refused:
        notes.append(f"{refused} of {len(rulesets)} refused as too large")
    return Row(who, statistics.median(times) if times else None, "; ".join(filter(None, [*notes, aim])), is_ours=True)

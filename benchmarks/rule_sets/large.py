"""Measure rule sets larger than most people write: CPU seconds, and the memory that a process needs at most.

Each is compiled or checked in a process of its own. The random ones are those of `compiling.py`.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from assessor import Number, Outcome, Rule, RuleSet, RuleSetError, Section, YesNo, at_least, compile_ruleset, otherwise
from assessor.check import check_ruleset
from benchmarks.rule_sets.compiling import realistic_ruleset
from benchmarks.table import Part, Row

SIZES = ((100, 100), (150, 100), (200, 133))
SEEDS = 5
_OUTCOMES = (Outcome("go", "Go"), Outcome("stay", "Stay"))


def parts() -> list[Part]:
    """Measure, and return the figures."""
    compiled = [
        _row(
            f"ours: {questions} questions, {rules} rules, {SEEDS} at random",
            [["compile", str(questions), str(rules), str(seed)] for seed in range(SEEDS)],
            "aim: less than 20 s and 512 MB",
        )
        for questions, rules in SIZES
    ]
    checked = [
        _row("ours: at_least(100, …) of 200 questions", [["check", "count", "200"]], "aim: less than 10 s"),
        _row("ours: 1,000 rules about one number", [["check", "ranges", "1000"]], "aim: less than 5 s"),
    ]
    return [Part("compiling large rule sets", "s", compiled), Part("checking large rule sets", "s", checked)]


def _row(who: str, runs: list[list[str]], aim: str) -> Row:
    seconds, nodes, memory = [], [], []
    for arguments in runs:
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.rule_sets.large", *arguments], check=True, capture_output=True, text=True
        ).stdout.split()
        if said[0] == "refused":
            return Row(who, None, "refused as too large", is_ours=True)
        seconds.append(float(said[0]))
        nodes.append(int(said[1]))
        memory.append(int(said[2]))
    note = f"at most {max(nodes):,} nodes, {max(seconds):.1f} s and {max(memory):,} MB; {aim}"
    return Row(who, statistics.median(seconds), note, is_ours=True)


def _count(questions: int) -> RuleSet:
    asked = [YesNo(f"question-{n}", f"Is it {n}?") for n in range(questions)]
    return _ruleset(asked, [Rule(at_least(questions // 2, *asked), _OUTCOMES[0], "half of them")])


def _ranges(rules: int) -> RuleSet:
    number = Number("number", "How many?", minimum=0, maximum=10 * rules)
    ranges = [(number >= 10 * n + 1) & (number < 10 * n + 11) for n in range(rules - 1)]
    return _ruleset([number], [Rule(when, _OUTCOMES[n % 2], "its range") for n, when in enumerate(ranges)])


def _ruleset(asked: list[YesNo] | list[Number], rules: list[Rule]) -> RuleSet:
    return RuleSet(
        "large",
        title="Large",
        sections=[Section("all", "All", asked)],
        outcomes=_OUTCOMES,
        rules=[*rules, otherwise(_OUTCOMES[1], "nothing else fits")],
    )


def _measure(what: str, *arguments: str) -> None:
    """Print the CPU seconds, the nodes and the megabytes."""
    made: dict[str, Callable[[int], RuleSet]] = {"count": _count, "ranges": _ranges}
    if what == "compile":
        questions, rules, seed = map(int, arguments)
        ruleset = realistic_ruleset(random.Random(seed), questions, rules)
    else:
        ruleset = made[arguments[0]](int(arguments[1]))
    start = time.process_time()
    try:
        nodes = len(compile_ruleset(ruleset)["nodes"])
        if what == "check":
            check_ruleset(ruleset)
    except RuleSetError:
        print("refused")
        return
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    print(time.process_time() - start, nodes, kilobytes // 1024)


if __name__ == "__main__":
    _measure(*sys.argv[1:])

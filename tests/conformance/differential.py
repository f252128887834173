"""The differential run: Python and `core.js` must say the same of the same answers.

`python -m tests.conformance.differential --pairs 1000000 --seed 7` compares that many pairs of a rule set and
answers, half of them of the bundled rule set and half of random ones, and stops at the first difference.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessor import Assessment, RuleSet, assess, bundle_json, compile_ruleset, load_ruleset
from assessor.loading.reference import BUNDLED
from tests.conformance.core_js import assess_in_node
from tests.support.rulesets import random_answers, random_ruleset

_BATCH = 5_000
_ANSWERS_A_RULESET = 50


@dataclass(frozen=True)
class Pair:
    """A rule set and answers to it.

    Attributes:
        ruleset: The rule set.
        answers: The answers.
        made_by: How to make the rule set again, as Python.
    """

    ruleset: RuleSet
    answers: Mapping[str, object]
    made_by: str


@dataclass(frozen=True)
class Difference:
    """A pair of which Python and `core.js` say different things."""

    pair: Pair
    python: Assessment
    core_js: Any

    def __str__(self) -> str:
        """Say what differs, and how to see it again."""
        keys = [key for key, value in self.python.items() if canonical(value) != canonical(self.core_js.get(key))]
        return "\n".join(
            [
                f"rule set: {self.pair.made_by}",
                f"answers:  {json.dumps(self.pair.answers)}",
                f"python:   {json.dumps({key: self.python[key] for key in keys})}",  # type: ignore[literal-required]
                f"core.js:  {json.dumps({key: self.core_js.get(key) for key in keys} or self.core_js)}",
                f"bundle:   {bundle_json(compile_ruleset(self.pair.ruleset))}",
            ]
        )


def bundled_pairs(seed: int) -> Iterator[Pair]:
    """Yield random partial answers of the bundled rule set, without end."""
    rng = random.Random(seed)
    ruleset = load_ruleset(BUNDLED)
    while True:
        yield Pair(ruleset, random_answers(rng, ruleset), f"load_ruleset({BUNDLED!r})")


def random_pairs(seed: int) -> Iterator[Pair]:
    """Yield random rule sets with random partial answers, 50 each, without end."""
    for number in range(seed, sys.maxsize):
        ruleset = random_ruleset(random.Random(number), most_questions=12, most_rules=10, most_decisions=3)
        rng = random.Random(number)
        for _ in range(_ANSWERS_A_RULESET):
            yield Pair(ruleset, random_answers(rng, ruleset), f"random_ruleset(random.Random({number}), …)")


def differences(pairs: Iterable[Pair], seen: Callable[[Assessment], None] = lambda _: None) -> Iterator[Difference]:
    """Yield each pair of which Python and `core.js` say different things.

    Args:
        pairs: What to compare; those of one rule set stand together.
        seen: Called with every assessment, to count what the pairs have covered.
    """
    listed = list(pairs)
    batches: list[tuple[Any, list[Mapping[str, object]]]] = []
    previous = None
    for pair in listed:
        if pair.ruleset is not previous:
            batches.append((compile_ruleset(pair.ruleset), []))
            previous = pair.ruleset
        batches[-1][1].append(pair.answers)
    for pair, core_js in zip(listed, assess_in_node(batches), strict=True):
        python = assess(pair.ruleset, pair.answers)
        seen(python)
        if canonical(python) != canonical(core_js):
            yield Difference(pair, python, core_js)


def canonical(value: Any) -> str:
    """Return a value as JSON that is equal for equal JSON values: 3 and 3.0 are one, 1 and true are not."""
    return json.dumps(_canonical(value), sort_keys=True, allow_nan=False)


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _canonical(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_canonical(part) for part in value]
    return float(value) + 0.0 if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _batches(pairs: Iterator[Pair], count: int) -> Iterator[list[Pair]]:
    for start in range(0, count, _BATCH):
        yield [next(pairs) for _ in range(min(_BATCH, count - start))]


def main() -> int:
    """Compare, print counts, and return 1 at the first difference."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.differential", description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000, metavar="N", help="how many pairs to compare")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="where the chance starts")
    arguments = parser.parse_args()
    started = time.perf_counter()
    counts: Counter[str] = Counter()

    def count(assessment: Assessment) -> None:
        counts["assessments"] += 1
        counts["settled"] += assessment["settled"]
        counts["with a gap"] += assessment["gap"]
        counts["with open questions"] += bool(assessment["open"])
        counts["later decisions"] += len(assessment.get("decisions", ()))
        counts["scores"] += len(assessment["scores"])
        counts["scores with a range"] += sum(each["low"] < each["high"] for each in assessment["scores"].values())
        counts["estimates"] += sum(estimate is not None for estimate in assessment["estimates"].values())

    half = arguments.pairs // 2
    sources = ((bundled_pairs, half), (random_pairs, arguments.pairs - half))
    for source, share in sources:
        for batch in _batches(source(arguments.seed), share):
            for difference in differences(batch, count):
                print(f"seed {arguments.seed}: Python and core.js differ\n{difference}")
                return 1
    shown = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    print(f"seed {arguments.seed}: no difference in {shown} ({time.perf_counter() - started:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Compare the engines for many answers with `assess`: `python -m tests.assessor.bulk.differential --sets 20000`.

Each rule set gets as many sets of answers as asked for, with 0, 30, 60 and 90% of the questions open in equal shares.
The rule sets are the bundled guide, the peers' decision, and random ones.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator

from assessor import RuleSet, load_ruleset
from assessor.loading.load import BUNDLED
from benchmarks.peers_decision import peers_ruleset
from tests.support.engines import ENGINES, differences
from tests.support.rulesets import random_ruleset
from tests.support.tables import OPENNESS, random_rows

_SHOWN = 5


def _rulesets(rng: random.Random, count: int) -> Iterator[tuple[str, RuleSet]]:
    yield "the bundled guide", load_ruleset(BUNDLED)
    yield "the peers' decision", peers_ruleset()
    for number in range(count):
        yield f"random rule set {number}", random_ruleset(rng)


def main() -> None:
    """Compare, and exit with 1 if there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20_000, help="sets of answers for each rule set")
    parser.add_argument("--rulesets", type=int, default=50, help="random rule sets")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    started = time.perf_counter()
    sets = found = 0
    for name, ruleset in _rulesets(rng, arguments.rulesets):
        for openness in OPENNESS:
            rows = random_rows(rng, ruleset, arguments.sets // len(OPENNESS), openness)
            wrong = differences(ruleset, rows)
            sets, found = sets + len(rows), found + len(wrong)
            for engine, answers, told, right in wrong[:_SHOWN]:
                print(f"{engine} differs for {name} and {answers}:\n  {told}\n  {right}")
        print(f"{name}: {sets:,} sets so far ({time.perf_counter() - started:.0f} s)", file=sys.stderr, flush=True)
    print(f"seed {arguments.seed}: {found} differences of {', '.join(ENGINES)} from assess in {sets:,} sets of answers")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

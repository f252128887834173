"""Compare the engines for many answers with `assess`: `python -m tests.assessor.bulk.differential --sets 20000`.

Each rule set gets as many sets of answers as asked for, with 0, 30, 60 and 90% of the questions open in equal shares.
The rule sets are the bundled guide, the peers' decision, and random ones. With `--spark`, Spark takes the place of the
other engines: planning a query takes it up to 20 seconds.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assessor import RuleSet, load_ruleset
from assessor.loading.reference import BUNDLED
from benchmarks.peers.decision import peers_ruleset
from tests.support.engines import ENGINES, Engine, differences
from tests.support.rulesets import random_ruleset
from tests.support.tables import OPENNESS, random_rows

_SHOWN = 5


def _rulesets(rng: random.Random, count: int) -> Iterator[tuple[str, RuleSet]]:
    yield "the bundled guide", load_ruleset(BUNDLED)
    yield "the peers' decision", peers_ruleset()
    for number in range(count):
        yield f"random rule set {number}", random_ruleset(rng, most_decisions=1 + number % 3)


@contextmanager
def _engines(*, is_spark: bool) -> Iterator[Mapping[str, Engine]]:
    if not is_spark:
        yield ENGINES
        return
    from tests.support.spark import by_spark, spark_session  # noqa: PLC0415 - fails to import on Windows

    with tempfile.TemporaryDirectory() as folder, spark_session(Path(folder)) as session:
        yield {"SQL on Spark": functools.partial(by_spark, session)}


def main() -> None:
    """Compare, and exit with 1 if there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20_000, help="sets of answers for each rule set")
    parser.add_argument("--rulesets", type=int, default=50, help="random rule sets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--spark", action="store_true", help="compare Spark instead of the other engines")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    started = time.perf_counter()
    sets = found = 0
    with _engines(is_spark=arguments.spark) as engines:
        for name, ruleset in _rulesets(rng, arguments.rulesets):
            for openness in OPENNESS:
                rows = random_rows(rng, ruleset, arguments.sets // len(OPENNESS), openness)
                wrong = differences(ruleset, rows, engines)
                sets, found = sets + len(rows), found + len(wrong)
                for engine, answers, told, right in wrong[:_SHOWN]:
                    print(f"{engine} differs for {name} and {answers}:\n  {told}\n  {right}")
            print(f"{name}: {sets:,} sets so far ({time.perf_counter() - started:.0f} s)", file=sys.stderr, flush=True)
    names = ", ".join(engines)
    print(f"seed {arguments.seed}: {found} differences of {names} from assess in {sets:,} sets of answers")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

import itertools
import random

from assessor import Rule, YesNo, all_of, otherwise
from assessor.logic.compiling.ordering import force, orders_of
from tests.support.assessor.samples import GO, STAY, ruleset_of, yes_no


def test_neighbours_of_a_chain_come_together() -> None:
    names = [f"q{n}" for n in range(30)]
    groups = list(itertools.pairwise(names))
    questions = {name: yes_no(name) for name in names}
    mixed = list(names)
    random.Random(3).shuffle(mixed)
    rules = [Rule(all_of(*(questions[each] for each in group)), GO, "x") for group in groups]
    random.Random(4).shuffle(rules)
    *_, found = orders_of(ruleset_of([questions[each] for each in mixed], [*rules, otherwise(STAY, "y")]))
    assert found in (names, names[::-1])


def test_force_never_widens_and_keeps_all() -> None:
    rng = random.Random(5)
    for _ in range(50):
        start = [f"q{n}" for n in range(rng.randint(1, 20))]
        groups = [rng.sample(start, rng.randint(1, len(start))) for _ in range(rng.randint(0, 12))]
        found = force(start, groups)
        assert sorted(found) == sorted(start)
        assert width(found, groups) <= width(start, groups)


def width(order: list[str], groups: list[list[str]]) -> int:
    return sum(max(map(order.index, group)) - min(map(order.index, group)) for group in groups)


def test_the_orders_are_the_same_each_time() -> None:
    def orders() -> list[list[str]]:
        questions: list[YesNo] = [yes_no(f"q{n}") for n in range(20)]
        rng = random.Random(6)
        rules = [Rule(all_of(*rng.sample(questions, 3)), GO, "x") for _ in range(20)]
        return list(orders_of(ruleset_of(questions, [*rules, otherwise(STAY, "y")])))

    assert orders() == orders()

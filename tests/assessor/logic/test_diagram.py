import itertools
import random
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import given, settings

from assessor.logic.diagram import FALSE, TRUE, Diagram, DiagramTooLargeError, leaf, nodes_below
from tests.support.rulesets import seeds

Table = tuple[int, ...]
"""A function as the value that it has for each assignment, in the order of `assignments`."""


def assignments(diagram: Diagram) -> Iterator[tuple[int, ...]]:
    return itertools.product(*map(range, diagram.sizes))


def table(diagram: Diagram, function: int) -> Table:
    values = []
    for assignment in assignments(diagram):
        reached = function
        while reached >= 0:
            reached = diagram.children[reached][assignment[diagram.variables[reached]]]
        values.append(-1 - reached)
    return tuple(values)


def variable(diagram: Diagram, number: int, values: set[int]) -> int:
    size = diagram.sizes[number]
    return diagram.node(number, tuple(TRUE if value in values else FALSE for value in range(size)))


def random_conditions(rng: random.Random, diagram: Diagram, count: int) -> list[int]:
    """Return conditions, made of one another."""
    made = []
    for number, size in enumerate(diagram.sizes):
        made.append(variable(diagram, number, {value for value in range(size) if rng.random() < 0.5}))
    while len(made) < count:
        parts = [rng.choice(made) for _ in range(rng.randint(3, 5))]
        kind = rng.randrange(3)
        if kind == 0:
            made.append(diagram.choose(*parts[:3]))
        elif kind == 1:
            made.append(diagram.negation(parts[0]))
        else:
            made.append(diagram.at_least(rng.randint(0, len(parts)), parts))
    return made


def a_diagram(seed: int) -> tuple[Diagram, list[int]]:
    rng = random.Random(seed)
    diagram = Diagram([rng.randint(1, 4) for _ in range(rng.randint(1, 5))], node_limit=10_000)
    return diagram, random_conditions(rng, diagram, 30)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_equal_functions_are_equal_references(seed: int) -> None:
    diagram, functions = a_diagram(seed)
    tables = {function: table(diagram, function) for function in functions}
    for first, second in itertools.combinations(functions, 2):
        assert (first == second) == (tables[first] == tables[second])


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_diagrams_are_reduced_and_ordered(seed: int) -> None:
    diagram, _ = a_diagram(seed)
    nodes = list(zip(diagram.variables, diagram.children, strict=True))
    assert len(set(nodes)) == len(nodes)
    for number, children in nodes:
        assert len(children) == diagram.sizes[number]
        assert len(set(children)) > 1
        assert all(child < 0 or diagram.variables[child] > number for child in children)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_operations_do_what_they_say(seed: int) -> None:
    diagram, functions = a_diagram(seed)
    rng = random.Random(seed)
    first, second, third = (rng.choice(functions) for _ in range(3))
    a, b, c = (table(diagram, function) for function in (first, second, third))
    assert table(diagram, diagram.choose(first, second, third)) == tuple(
        then if condition else otherwise for condition, then, otherwise in zip(a, b, c, strict=True)
    )
    assert table(diagram, diagram.negation(first)) == tuple(1 - value for value in a)
    for count in range(5):
        assert table(diagram, diagram.at_least(count, [first, second, third])) == tuple(
            int(sum(values) >= count) for values in zip(a, b, c, strict=True)
        )


def test_choosing_between_many_leaves() -> None:
    diagram = Diagram([2, 3], node_limit=100)
    rule = diagram.choose(
        variable(diagram, 0, {1}), leaf(0), diagram.choose(variable(diagram, 1, {2}), leaf(1), leaf(2))
    )
    assert table(diagram, rule) == (2, 2, 1, 0, 0, 0)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_relabelling_replaces_every_value(seed: int) -> None:
    diagram, functions = a_diagram(seed)
    rng = random.Random(seed)
    numbered = functions[0]
    for value, condition in enumerate(functions[1:6]):
        numbered = diagram.choose(condition, leaf(value), numbered)
    values = [rng.randrange(3) for _ in range(5)]
    relabelled = diagram.relabelled(numbered, [leaf(value) for value in values])
    assert table(diagram, relabelled) == tuple(values[value] for value in table(diagram, numbered))
    assert diagram.relabelled(leaf(1), [FALSE, leaf(7)]) == leaf(7)


def test_a_variable_of_one_value_is_never_tested() -> None:
    diagram = Diagram([1], node_limit=100)
    assert diagram.node(0, (TRUE,)) == TRUE


@pytest.mark.parametrize("root", [TRUE, FALSE, leaf(7)])
def test_a_constant_has_no_nodes(root: int) -> None:
    assert nodes_below([root], []) == []


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_nodes_below_roots_stand_after_their_children_once(seed: int) -> None:
    diagram, functions = a_diagram(seed)
    kept = nodes_below(functions[-3:], diagram.children)
    assert len(set(kept)) == len(kept)
    seen: set[int] = set()
    for node in kept:
        assert all(child < 0 or child in seen for child in diagram.children[node])
        seen.add(node)
    assert {function for function in functions[-3:] if function >= 0} <= seen


def numbered(diagram: Diagram, roots: list[int]) -> tuple[list[int], list[tuple[int, list[int]]]]:
    """Return the roots and their nodes, numbered from 0 as a bundle does."""
    number: Mapping[int, int] = {node: position for position, node in enumerate(nodes_below(roots, diagram.children))}
    named: Callable[[int], int] = lambda function: function if function < 0 else number[function]  # noqa: E731
    nodes = [(diagram.variables[node], [named(child) for child in diagram.children[node]]) for node in number]
    return [named(root) for root in roots], nodes


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_the_order_of_nodes_depends_on_the_functions_alone(seed: int) -> None:
    diagram, functions = a_diagram(seed)
    another = Diagram(diagram.sizes, node_limit=10_000)
    random_conditions(random.Random(seed + 1), another, 30)
    rebuilt = [from_table(another, table(diagram, function)) for function in functions[-3:]]
    assert numbered(diagram, functions[-3:]) == numbered(another, rebuilt)


def from_table(diagram: Diagram, values: Table, number: int = 0) -> int:
    """Build a function from its table, with no use of `choose`."""
    if number == len(diagram.sizes):
        return leaf(values[0])
    size = diagram.sizes[number]
    share = len(values) // size
    return diagram.node(
        number, tuple(from_table(diagram, values[n * share : (n + 1) * share], number + 1) for n in range(size))
    )


def test_the_node_limit_is_exact() -> None:
    diagram = Diagram([2, 2], node_limit=2)
    first, second = variable(diagram, 0, {1}), variable(diagram, 1, {1})
    assert variable(diagram, 0, {1}) == first
    with pytest.raises(DiagramTooLargeError):
        diagram.choose(first, second, FALSE)


def test_four_hundred_variables_are_no_recursion_too_deep() -> None:
    diagram = Diagram([2] * 400, node_limit=100_000)
    tests = [variable(diagram, number, {1}) for number in range(400)]
    half = diagram.at_least(3, tests)
    assert diagram.choose(half, diagram.negation(half), FALSE) == FALSE

"""Choose in which order a diagram tests the questions: its size can depend on this more than on the rules.

No order is best for all rule sets, and finding the best one is NP-complete (Bollig and Wegener, "Improving the variable
ordering of OBDDs is NP-complete", 1996). So the compiler tries the orders given here, and keeps the smallest diagram.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessor.logic.compiling.functions import questions_of
from assessor.model.conditions import walk
from assessor.model.questions.choices import Choice
from assessor.model.ruleset import RuleSet

_ROUNDS = 100


def orders_of(ruleset: RuleSet) -> Iterator[list[str]]:
    """Yield three orders of the questions that conditions use, in which to try to compile a rule set.

    Testing questions in the order in which the rules mention them keeps questions that decide together close together.
    If the rules go back and forth between sections, the order of the page does this better. The last order is the one
    in which, of all that are known, the questions of each condition and of each part of one stand closest together.
    """
    conditions = [each.condition for each in ruleset.conditions()]
    # The diagram also tests whether the options of answers are offered.
    restricted = [each.id for each in ruleset.questions if isinstance(each, Choice) and each.restricted]
    used_by = [*(name for condition in conditions for name in questions_of(condition)), *restricted]
    mentioned = list(dict.fromkeys(used_by))
    used = set(mentioned)
    paged = [question.id for question in ruleset.questions if question.id in used]
    yield mentioned
    yield paged
    parts = (part for condition in conditions for part in walk(condition) if part.parts)
    groups = [list(dict.fromkeys(questions_of(part))) for part in parts]
    starts = (mentioned, paged, _breadth_first(paged, groups))
    yield min((force(start, groups) for start in starts), key=lambda order: _width(order, groups))


def force(start: Sequence[str], groups: Sequence[Sequence[str]]) -> list[str]:
    """Return an order in which the names of each group stand close together.

    This is FORCE (Aloul, Markov and Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic", 2003).
    Each name moves to the mean of the centres of its groups, until this makes the groups no narrower.

    Args:
        start: The names in the order to begin with.
        groups: Names that belong together.
    """
    groups_of = _groups_of(start, groups)
    best = order = list(start)
    narrowest = _width(order, groups)
    for _ in range(_ROUNDS):
        place = {name: float(position) for position, name in enumerate(order)}
        centres = [sum(place[name] for name in group) / len(group) for group in groups]
        pulled = {name: sum(centres[each] for each in found) / len(found) for name, found in groups_of.items() if found}
        order = sorted(order, key=lambda name: pulled.get(name, place[name]))
        width = _width(order, groups)
        if width >= narrowest:
            break
        best, narrowest = order, width
    return best


def _breadth_first(names: Sequence[str], groups: Sequence[Sequence[str]]) -> list[str]:
    """Return an order by the distance from a name at the edge, where two names of one group are neighbours.

    It is a start for `force`, which ends in a poor order if it begins with one (Cuthill and McKee, "Reducing the
    bandwidth of sparse symmetric matrices", 1969).
    """
    groups_of = _groups_of(names, groups)
    order: list[str] = []
    for first in names:
        if first not in order:
            # The last name that is reached from anywhere is at the edge.
            edge = _reached(first, groups, groups_of)[-1]
            order += _reached(edge, groups, groups_of)
    return order


def _reached(first: str, groups: Sequence[Sequence[str]], groups_of: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the names that groups connect with a name, the closest first."""
    reached = {first: None}
    queue = [first]
    for name in queue:
        near = dict.fromkeys(other for each in groups_of[name] for other in groups[each] if other not in reached)
        queue += sorted(near, key=lambda other: len(groups_of[other]))
        reached.update(near)
    return queue


def _groups_of(names: Sequence[str], groups: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {name: [] for name in names}
    for number, group in enumerate(groups):
        for name in group:
            found[name].append(number)
    return found


def _width(order: Sequence[str], groups: Sequence[Sequence[str]]) -> int:
    """Return the sum of the distances between the first and the last name of each group."""
    place = {name: position for position, name in enumerate(order)}
    places = [[place[name] for name in group] for group in groups]
    return sum(max(each) - min(each) for each in places)

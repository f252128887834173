"""Write the diagram as SQL: a column of bit masks for each node."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from assessor.export.sql_parts import (
    OWN,
    Expression,
    answer_to,
    bound,
    case,
    column,
    comparable,
    every,
    integer,
    is_null,
    text,
)
from assessor.logic.compiling.verdict import VerdictFunctions
from assessor.logic.diagram import TRUE, nodes_below

# The bits of a column; one more would be the sign of a BIGINT.
_WORD = 62


class Masks:
    """The columns of masks: for each node, the reachable leaves."""

    def __init__(
        self,
        functions: VerdictFunctions,
        *,
        wide: Sequence[int],
        narrow: Sequence[int] = (),
        leaves: int,
        prefix: str = "n",
        spans: Mapping[int, tuple[int, int]] | None = None,
    ) -> None:
        """Prepare the columns.

        Args:
            functions: The functions.
            wide: The roots of those with many leaves.
            narrow: The roots of those with two leaves.
            leaves: The most leaves of a function.
            prefix: What the names of the columns begin with.
            spans: For some questions, the cells between which open answers lie, both included.
        """
        self._functions = functions
        self._wide, self._narrow = wide, narrow
        self._prefix = prefix
        self._spans = spans or {}
        self._children = functions.diagram.children
        self._variables = functions.diagram.variables
        self._leaves = leaves
        self._words = range(-(-max(self._leaves, 2) // _WORD))
        self._levels: list[list[tuple[str, Expression]]] = []
        self._heights: dict[int, int] = {}
        # For each question with options that are not always offered, the level of the column with what counts.
        self._counted: dict[int, int] = {}

    def levels(self) -> list[list[tuple[str, Expression]]]:
        """Return the columns, in groups of which each uses those before it only."""
        for position, options in itertools.groupby(self._functions.offered, key=lambda each: each[0]):
            self._count(position, [(cell, root) for _, cell, root in options])
        self._place([*self._wide, *self._narrow])
        return self._levels

    def _place(self, roots: Sequence[int]) -> None:
        """Add the columns of the nodes below some functions."""
        wide_nodes = set(nodes_below(self._wide, self._children))
        for node in nodes_below(roots, self._children):
            if node in self._heights:
                continue
            used = [self._heights[child] for child in self._children[node] if child >= 0]
            height = 1 + max([*used, self._counted.get(self._position(node), -1)], default=-1)
            self._heights[node] = height
            # A condition has two leaves only, which the first word holds.
            for word in self._words if node in wide_nodes else self._words[:1]:
                self._add(height, self._name(node, word), self._node(node, word))

    def _add(self, height: int, name: str, value: Expression) -> None:
        if height == len(self._levels):
            self._levels.append([])
        self._levels[height].append((name, value))

    def _count(self, position: int, options: Sequence[tuple[int, int]]) -> None:
        """Add the column with the answer to a question, or null if its option is not offered, or not yet."""
        roots = [root for _, root in options]
        self._place(roots)
        question = self._functions.bundle["questions"][position]
        value = answer_to(self._functions.ruleset.questions[position])
        withheld = []
        for cell, root in options:
            is_chosen = exp.EQ(this=value, expression=text(question["options"][cell]))
            is_offered = self.certain(root)
            if is_offered:
                withheld.append((exp.and_(is_chosen, exp.not_(exp.paren(every(is_offered)))), exp.Null()))
        height = 1 + max((self._heights[root] for root in roots if root >= 0), default=-1)
        self._counted[position] = height
        self._add(height, self._counted_name(position), case(withheld, value) if withheld else value)

    def _counted_name(self, position: int) -> str:
        return f"{self._prefix}_counted_{self._functions.bundle['questions'][position]['id']}"

    def _position(self, node: int) -> int:
        return self._functions.order[self._variables[node]]

    def _name(self, node: int, word: int) -> str:
        return f"{self._prefix}{node}_{word}" if word else f"{self._prefix}{node}"

    def _mask(self, function: int, word: int) -> Expression:
        if function >= 0:
            return column(f"{OWN}{self._name(function, word)}")
        return integer(1 << ~function % _WORD if ~function // _WORD == word else 0)

    def _node(self, node: int, word: int) -> Expression:
        children = self._children[node]
        position = self._position(node)
        question = self._functions.bundle["questions"][position]
        value = answer_to(self._functions.ruleset.questions[position])
        first, last = self._spans.get(position, (0, len(children)))
        if position in self._counted:
            value = column(f"{OWN}{self._counted_name(position)}")
        branches = [(is_null(value), self._either(children[first : last + 1], word))]
        if question["kind"] == "yes-no":
            branches.append((value, self._mask(children[1], word)))
            return case(branches, self._mask(children[0], word))
        if "cuts" in question:
            answer = comparable(self._functions.ruleset.questions[position])
            for cut, child, after in zip(question["cuts"], children, children[1:], strict=False):
                if child != after:
                    below = exp.LT(this=answer, expression=bound(cut))
                    branches.append((below, self._mask(child, word)))
            return case(branches, self._mask(children[-1], word))
        options: dict[int, list[str]] = {}
        for option, child in zip(question["options"], children, strict=True):
            options.setdefault(child, []).append(option)
        *others, (last, _) = options.items()
        for child, names in others:
            chosen = exp.In(this=value, expressions=[text(name) for name in names])
            branches.append((chosen, self._mask(child, word)))
        return case(branches, self._mask(last, word))

    def _either(self, children: Sequence[int], word: int) -> Expression:
        constant = 0
        for child in set(children):
            if child < 0 and ~child // _WORD == word:
                constant |= 1 << ~child % _WORD
        parts = [self._mask(child, word) for child in dict.fromkeys(children) if child >= 0]
        if constant or not parts:
            parts.append(integer(constant))
        whole = parts[0]
        for part in parts[1:]:
            whole = exp.BitwiseOr(this=whole, expression=part)
        return whole

    def within(self, function: int, leaves: set[int]) -> list[Expression]:
        """Return the conditions that only some leaves are reachable."""
        found: list[Expression] = []
        for word in self._words:
            others = sum(
                1 << leaf % _WORD for leaf in range(self._leaves) if leaf not in leaves and leaf // _WORD == word
            )
            if others:
                found.append(exp.EQ(this=self._and(function, word, others), expression=integer(0)))
        return found

    def reaches(self, function: int, leaves: Iterable[int]) -> Expression:
        """Return the condition that one of some leaves is reachable."""
        wanted = list(leaves)
        return exp.or_(
            *(
                exp.NEQ(this=self._and(function, word, mask), expression=integer(0))
                for word in self._words
                if (mask := sum(1 << leaf % _WORD for leaf in wanted if leaf // _WORD == word))
            )
        )

    def certain(self, condition: int) -> list[Expression]:
        """Return the conditions that a condition holds whatever the other answers are."""
        if condition == TRUE:
            return []
        return [exp.EQ(this=self._mask(condition, 0), expression=integer(1 << ~TRUE))]

    def _and(self, function: int, word: int, mask: int) -> Expression:
        return exp.paren(exp.BitwiseAnd(this=self._mask(function, word), expression=integer(mask)))

"""Export a rule set as one SELECT, in any dialect that sqlglot writes.

The query has a column for each node of the diagram: a bit mask of the rules that may still fire, from the leaves up. The
mask of a node is that of the child that the answer leads to, or all of its children's while the question is open. So
the query is exact for open answers. A plain CASE over the rules would be wrong for them, and is written for complete
answers only.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialects

from assessor.errors import AssessorError, did_you_mean
from assessor.language.decimals import plain_number
from assessor.logic.compiling import compile_ruleset
from assessor.logic.diagram import TRUE, nodes_below
from assessor.logic.functions import questions_of
from assessor.logic.verdict import VerdictFunctions
from assessor.model.conditions import AllOf, AtLeast, Condition, Criterion, Not
from assessor.model.numbers import Number, NumberComparison
from assessor.model.questions import Choice, Is, Question, YesNo
from assessor.model.ruleset import RuleSet

Expression = exp.Expression

# The bits of a column; one more would be the sign of a BIGINT.
_WORD = 62
_MOST_NODES = 1_000_000
# Names of columns that the query makes for itself.
_OWN = "assessor_"
_CONCATENATED = 50


class SqlError(AssessorError):
    """A rule set cannot be written as SQL as asked."""


def to_sql(
    ruleset: RuleSet, dialect: str, source: str = "answers", *, keys: Sequence[str] = (), complete: bool = False
) -> str:
    """Return a rule set as a SELECT that gives each row its verdict.

    Args:
        ruleset: The rule set.
        dialect: The dialect, as sqlglot names it.
        source: The table with a column for each question, perhaps with its schema: `a.b`.
        keys: Its columns that are kept; by default all that are no questions.
        complete: Whether to write the rules as they are, for complete answers only.

    Raises:
        SqlError: If there is no such dialect, or it cannot leave columns out and no keys are given.
        RuleSetError: If the rule set is too large to compile.
    """
    known = [each.value for each in Dialects if each.value]
    if dialect not in known:
        raise SqlError(f"there is no dialect {dialect!r}.{did_you_mean(dialect, known)}")
    query = _Query(ruleset, dialect, source, keys)
    select = query.complete() if complete else query.exact()
    bundle = compile_ruleset(ruleset)
    written: str = select.sql(dialect=dialect, pretty=True)
    return f"-- Exported by assessor from the rule set '{bundle['ruleset']}', {bundle['hash']}.\n{written}\n"


def _text(value: str) -> Expression:
    return exp.Literal.string(value)


def _integer(value: int) -> Expression:
    return exp.Literal.number(value)


def _double(value: float) -> Expression:
    """Return a number with an exponent: without one, many dialects would compute in decimals."""
    written = repr(float(value))
    literal = exp.Literal.number((written if "e" in written else f"{written}e0").lstrip("-"))
    number: Expression = exp.cast(literal, "double")
    return exp.Neg(this=number) if written.startswith("-") else number


def _column(name: str) -> Expression:
    return exp.column(exp.to_identifier(name, quoted=True))


def _named(value: Expression, name: str) -> Expression:
    return exp.alias_(value, name, quoted=True)


def _case(branches: Iterable[tuple[Expression, Expression]], default: Expression | None = None) -> Expression:
    case = exp.Case()
    for condition, value in branches:
        case = case.when(condition, value)
    return case.else_(default) if default is not None else case


def _is_null(value: Expression) -> Expression:
    return exp.Is(this=value, expression=exp.Null())


def _all(parts: Sequence[Expression]) -> Expression:
    return exp.and_(*parts) if parts else exp.true()


def _number(question_id: str) -> Expression:
    return exp.cast(_column(question_id), "double")


class _Query:
    def __init__(self, ruleset: RuleSet, dialect: str, source: str, keys: Sequence[str]) -> None:
        self._ruleset = ruleset
        self._dialect = dialect
        self._source = exp.Table(this=exp.to_identifier(source.split(".")[-1], quoted=True))
        for part, name in zip(("db", "catalog"), reversed(source.split(".")[:-1]), strict=False):
            self._source.set(part, exp.to_identifier(name, quoted=True))
        self._keys = keys
        self._own: list[str] = []

    def exact(self) -> exp.Select:
        """Return the query for any answers, open or not."""
        functions = VerdictFunctions(self._ruleset, _MOST_NODES)
        masks = _Masks(functions)
        error = self._own_name("error")
        steps: list[list[Expression]] = [[_named(self._misfits(self._ruleset.questions), error)]]
        for level in masks.levels():
            steps.append([_named(value, self._own_name(name)) for name, value in level])
        fits = _is_null(_column(error))
        rules = self._ruleset.rules

        def only(positions: Iterable[int]) -> list[Expression]:
            """Return the conditions that no other rule may fire, and that some rule fires."""
            return masks.within(functions.rule, set(positions))

        def giving(outcome_ids: set[str]) -> list[int]:
            return [position for position, rule in enumerate(rules) if rule.then.id in outcome_ids]

        outcomes = [name for name in functions.bundle["outcomes"] if giving({name})]
        outcome = _case(
            [(_all([fits, *only(giving({name}))]), _text(name)) for name in outcomes],
        )
        results = {
            "outcome": outcome,
            "settled": _case(
                [(fits, exp.or_(*(_all(only(giving({name}))) for name in outcomes)))],
            ),
            "possible": self._list([(masks.reaches(functions.rule, giving({name})), name) for name in outcomes], fits),
            "rule": _case([(_all([fits, *only([position])]), _text(rule.id)) for position, rule in enumerate(rules)]),
            "actions": self._list(
                [
                    (
                        _all([*only(giving({each.id for each in action.under})), *masks.certain(when)]),
                        action.id,
                    )
                    for action, when in zip(self._ruleset.actions, functions.whens, strict=True)
                ],
                fits,
            ),
            "error": _column(error),
        }
        return self._select(steps, {**results, **self._estimates(fits)})

    def complete(self) -> exp.Select:
        """Return the query for complete answers: the rules, one after the other."""
        rules = self._ruleset.rules
        read = {name for rule in rules for name in questions_of(rule.when)}
        questions = [question for question in self._ruleset.questions if question.id in read]
        error = self._own_name("error")
        fits = _is_null(_column(error))
        results = {
            "outcome": _case([(_all([fits, _condition(rule.when)]), _text(rule.then.id)) for rule in rules]),
            "rule": _case([(_all([fits, _condition(rule.when)]), _text(rule.id)) for rule in rules]),
            "error": _column(error),
        }
        steps = [[_named(self._misfits(self._ruleset.questions, questions), error)]]
        return self._select(steps, {**results, **self._estimates(fits)})

    def _own_name(self, name: str) -> str:
        self._own.append(f"{_OWN}{name}")
        return self._own[-1]

    def _select(self, steps: Sequence[Sequence[Expression]], results: dict[str, Expression]) -> exp.Select:
        clash = [key for key in self._keys if key.lower() in results]
        if clash:
            raise SqlError(f"--keys: {clash[0]!r} is a column that the query gives: rename it in the source")
        chain = exp.select()
        before: Expression = self._source
        for number, step in enumerate(steps):
            name = f"{_OWN}{number}"
            chain = chain.with_(name, as_=exp.select(exp.Star(), *step).from_(before))
            before = exp.to_table(name)
        kept: list[Expression] = [_column(key) for key in self._keys] or [self._others()]
        return chain.select(*kept, *(_named(value, name) for name, value in results.items())).from_(before)

    def _others(self) -> Expression:
        """Return all columns of the source but those of the questions."""
        left_out = [*(question.id for question in self._ruleset.questions), *self._own]
        if self._dialect not in _EXCEPT:
            raise SqlError(
                f"name the columns to keep with --keys: {self._dialect} has no SELECT * without some columns"
            )
        return exp.Star(except_=[exp.to_identifier(name, quoted=True) for name in left_out])

    def _misfits(self, questions: Sequence[Question], needed: Sequence[Question] = ()) -> Expression:
        """Return what is wrong with a row, or null."""
        told: list[Expression] = []
        for question in questions:
            wrong = f"question '{question.id}' "
            value = _column(question.id)
            if question in needed:
                told.append(_case([(_is_null(value), _text(f"{wrong}is open; "))], _text("")))
            if isinstance(question, Choice):
                fits: Expression = exp.In(this=value, expressions=[_text(each) for each in question.option_ids])
                told.append(_case([(exp.not_(fits), _text(f"{wrong}has no such option; "))], _text("")))
            elif isinstance(question, Number):
                low, high = plain_number(question.minimum), plain_number(question.maximum)
                number = _number(question.id)
                fits = exp.and_(
                    exp.GTE(this=number, expression=_double(low)), exp.LTE(this=number, expression=_double(high))
                )
                told.append(
                    _case([(exp.not_(fits), _text(f"{wrong}takes a number from {low:g} to {high:g}; "))], _text(""))
                )
        parts = [
            exp.Concat(expressions=[*told[start : start + _CONCATENATED], _text("")])
            for start in range(0, len(told), _CONCATENATED)
        ]
        whole = parts[0] if len(parts) == 1 else exp.Concat(expressions=[*parts, _text("")])
        return exp.Nullif(this=whole, expression=_text(""))

    def _list(self, entries: Sequence[tuple[Expression, str]], fits: Expression) -> Expression:
        """Return the list of the texts whose condition holds."""
        values = [_case([(condition, _text(name))], exp.cast(exp.Null(), "text")) for condition, name in entries]
        whole: Expression = exp.Array(expressions=values)
        if not values:
            whole = exp.Array(expressions=[exp.cast(exp.Null(), "text")])
        if self._dialect in ("postgres", "redshift", "materialize", "risingwave"):
            found: Expression = exp.func("ARRAY_REMOVE", whole, exp.Null())
        else:
            name = exp.to_identifier("x")
            is_there = exp.not_(_is_null(exp.column("x")))
            found = exp.ArrayFilter(this=whole, expression=exp.Lambda(this=is_there, expressions=[name]))
        return _case([(fits, found)])

    def _estimates(self, fits: Expression) -> dict[str, Expression]:
        """Return each estimate by its low, likely and high."""
        bundle = compile_ruleset(self._ruleset)
        found: dict[str, Expression] = {}
        for estimate in bundle["estimates"]:
            ranges: list[list[Expression]] = []
            for each in estimate["inputs"]:
                if not isinstance(each, dict):
                    low, likely, high = each
                    ends = [likely, low] if low == high else [likely, low, high]
                    ranges.append([_double(value) for value in ends])
                    continue
                question = bundle["questions"][each["question"]]
                answer = _number(question["id"])
                if "default" not in question:
                    ranges.append([answer, answer])
                    continue
                low, likely, high = question["default"]
                ends = [likely, low] if low == high else [likely, low, high]
                ranges.append([exp.Coalesce(this=answer, expressions=[_double(value)]) for value in ends])
            likely_value = _computed(estimate["steps"], [each[0] for each in ranges])
            corners = [_computed(estimate["steps"], each) for each in itertools.product(*(e[1:] for e in ranges))]
            lowest = exp.Least(this=likely_value, expressions=corners)
            highest = exp.Greatest(this=likely_value, expressions=corners)
            for kind, value in (("low", lowest), ("likely", likely_value), ("high", highest)):
                found[f"{estimate['id']}_{kind}"] = _case([(fits, value)])
        return found


_EXCEPT = ("bigquery", "clickhouse", "databricks", "duckdb", "snowflake", "spark")


_OPERATIONS: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div}


def _computed(steps: Sequence[int | str], inputs: Sequence[Expression]) -> Expression:
    stack: list[Expression] = []
    for step in steps:
        if isinstance(step, int):
            stack.append(inputs[step].copy())
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(exp.paren(_OPERATIONS[step](this=left, expression=right)))
    return stack.pop()


class _Masks:
    """The columns of masks: for each node, which leaves may be reached."""

    def __init__(self, functions: VerdictFunctions) -> None:
        self._functions = functions
        self._children = functions.diagram.children
        self._variables = functions.diagram.variables
        self._leaves = len(functions.ruleset.rules) + 1
        self._words = range(-(-max(self._leaves, 2) // _WORD))

    def levels(self) -> list[list[tuple[str, Expression]]]:
        """Return the columns, in groups of which each uses those before it only."""
        rule_nodes = set(nodes_below([self._functions.rule], self._children))
        heights: dict[int, int] = {}
        levels: list[list[tuple[str, Expression]]] = []
        for node in nodes_below([self._functions.rule, *self._functions.whens], self._children):
            height = 1 + max((heights[child] for child in self._children[node] if child >= 0), default=-1)
            heights[node] = height
            if height == len(levels):
                levels.append([])
            # A condition has two leaves only, which the first word holds.
            for word in self._words if node in rule_nodes else self._words[:1]:
                levels[height].append((self._name(node, word), self._node(node, word)))
        return levels

    def _name(self, node: int, word: int) -> str:
        return f"n{node}_{word}" if word else f"n{node}"

    def _mask(self, function: int, word: int) -> Expression:
        if function >= 0:
            return _column(f"{_OWN}{self._name(function, word)}")
        return _integer(1 << ~function % _WORD if ~function // _WORD == word else 0)

    def _node(self, node: int, word: int) -> Expression:
        children = self._children[node]
        question = self._functions.question(self._variables[node])
        value = _column(question["id"])
        branches = [(_is_null(value), self._either(children, word))]
        if question["kind"] == "yes-no":
            branches.append((value, self._mask(children[1], word)))
            return _case(branches, self._mask(children[0], word))
        if question["kind"] == "number":
            number = _number(question["id"])
            for cut, child, after in zip(question["cuts"], children, children[1:], strict=False):
                if child != after:
                    below = exp.LT(this=number, expression=_double(cut))
                    branches.append((below, self._mask(child, word)))
            return _case(branches, self._mask(children[-1], word))
        options: dict[int, list[str]] = {}
        for option, child in zip(question["options"], children, strict=True):
            options.setdefault(child, []).append(option)
        *others, (last, _) = options.items()
        for child, names in others:
            chosen = exp.In(this=value, expressions=[_text(name) for name in names])
            branches.append((chosen, self._mask(child, word)))
        return _case(branches, self._mask(last, word))

    def _either(self, children: Sequence[int], word: int) -> Expression:
        constant = 0
        for child in set(children):
            if child < 0 and ~child // _WORD == word:
                constant |= 1 << ~child % _WORD
        parts = [self._mask(child, word) for child in dict.fromkeys(children) if child >= 0]
        if constant or not parts:
            parts.append(_integer(constant))
        whole = parts[0]
        for part in parts[1:]:
            whole = exp.BitwiseOr(this=whole, expression=part)
        return whole

    def within(self, function: int, leaves: set[int]) -> list[Expression]:
        """Return the conditions that no leaf but some can be reached."""
        found = []
        for word in self._words:
            others = sum(
                1 << leaf % _WORD for leaf in range(self._leaves) if leaf not in leaves and leaf // _WORD == word
            )
            if others:
                found.append(exp.EQ(this=self._and(function, word, others), expression=_integer(0)))
        return found

    def reaches(self, function: int, leaves: Iterable[int]) -> Expression:
        """Return the condition that one of some leaves can be reached."""
        wanted = list(leaves)
        return exp.or_(
            *(
                exp.NEQ(this=self._and(function, word, mask), expression=_integer(0))
                for word in self._words
                if (mask := sum(1 << leaf % _WORD for leaf in wanted if leaf // _WORD == word))
            )
        )

    def certain(self, condition: int) -> list[Expression]:
        """Return the conditions that a condition holds whatever else is answered."""
        if condition == TRUE:
            return []
        return [exp.EQ(this=self._mask(condition, 0), expression=_integer(1 << ~TRUE))]

    def _and(self, function: int, word: int, mask: int) -> Expression:
        return exp.paren(exp.BitwiseAnd(this=self._mask(function, word), expression=_integer(mask)))


def _condition(condition: Condition) -> Expression:
    """Return a condition over complete answers."""
    if isinstance(condition, YesNo):
        return _column(condition.id)
    if isinstance(condition, Is):
        return exp.In(this=_column(condition.question.id), expressions=[_text(each) for each in condition.options])
    if isinstance(condition, NumberComparison):
        compared: Callable[..., Any] = exp.GTE if condition.operator == ">=" else exp.LT
        threshold = _double(plain_number(condition.threshold))
        found: Expression = compared(this=_number(condition.question.id), expression=threshold)
        return found
    parts = [_condition(part) for part in condition.parts]
    if isinstance(condition, Criterion):
        return parts[0]
    if isinstance(condition, Not):
        return exp.not_(parts[0])
    if isinstance(condition, AtLeast):
        count = _integer(0)
        for part in parts:
            count = exp.Add(this=count, expression=_case([(part, _integer(1))], _integer(0)))
        return exp.GTE(this=count, expression=_integer(condition.count))
    if not parts:
        return exp.true() if isinstance(condition, AllOf) else exp.false()
    return exp.and_(*parts) if isinstance(condition, AllOf) else exp.or_(*parts)

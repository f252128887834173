"""Export a rule set as one SELECT, in any dialect that sqlglot writes.

The query has a column for each node of the diagram: a bit mask of the rules that may still fire, from the leaves up.
The mask of a node is that of the child that the answer leads to, or all of its children's while the question is open.
So the query is exact for open answers. A plain CASE over the rules would be wrong for them, and is written for complete
answers only.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence

from sqlglot import exp
from sqlglot.dialects.dialect import Dialects

from assessor.errors import AssessorError, did_you_mean
from assessor.export.sql_estimates import SqlEstimates, complete_estimates
from assessor.export.sql_masks import Masks
from assessor.export.sql_parts import (
    OWN,
    Expression,
    answer_to,
    bound,
    case,
    column,
    comparable,
    condition_of,
    every,
    integer,
    is_null,
    named,
    present_answers,
    text,
)
from assessor.logic.compiling.compile import compile_ruleset
from assessor.logic.compiling.functions import questions_of
from assessor.logic.compiling.verdict import VerdictFunctions
from assessor.model.answers import valid_dates, valid_numbers
from assessor.model.estimates.conditional import cases_in
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question
from assessor.model.ruleset import RuleSet

_MOST_NODES = 1_000_000
# Some engines limit the arguments of a function.
_CONCATENATED = 50
_BETWEEN = "; "


class SqlError(AssessorError):
    """Writing a rule set as SQL as requested is impossible."""


def to_sql(
    ruleset: RuleSet, dialect: str, source: str = "answers", *, keys: Sequence[str] = (), complete: bool = False
) -> str:
    """Return a rule set as a SELECT that gives each row its verdict.

    Args:
        ruleset: The rule set.
        dialect: The dialect, as sqlglot names it.
        source: The table with a column for each question, perhaps with its schema: `a.b`.
        keys: The columns to keep; by default all that are not questions.
        complete: Whether to write the rules unchanged, for complete answers only.

    Raises:
        SqlError: If there is no such dialect, or it cannot leave columns out and `keys` is missing.
        RuleSetError: If the rule set is too large to compile.
    """
    known = [each.value for each in Dialects if each.value]
    if dialect not in known:
        raise SqlError(f"there is no dialect {dialect!r}.{did_you_mean(dialect, known)}")
    query = _Query(ruleset, dialect, source, keys)
    select = query.complete() if complete else query.exact()
    bundle = compile_ruleset(ruleset)
    if dialect == "clickhouse":
        # Its DATE ends in 2149, and takes a later date for another one.
        for each in select.find_all(exp.DataType):
            if each.this == exp.DataType.Type.DATE:
                each.set("this", exp.DataType.Type.DATE32)
    written: str = select.sql(dialect=dialect, pretty=True)
    return f"-- Exported by assessor from the rule set '{bundle['ruleset']}', {bundle['hash']}.\n{written}\n"


class _Decision:
    """A decision as columns of masks.

    Attributes:
        id: Its id; empty for the first.
        functions: Its functions.
        masks: Their columns.
    """

    def __init__(self, ruleset: RuleSet, place: int) -> None:
        self.id = ruleset.decisions[place].id if place else ""
        self.functions = VerdictFunctions(ruleset, _MOST_NODES, place)
        self.masks = Masks(
            self.functions,
            wide=[self.functions.rule],
            narrow=self.functions.whens,
            leaves=len(self.functions.rules) + 1,
            prefix=f"d{place}_n" if place else "n",
        )

    def leading_to(self, outcome_ids: Collection[str]) -> list[int]:
        """Return the positions of the rules that lead to some outcomes."""
        return [place for place, rule in enumerate(self.functions.rules) if rule.then.id in outcome_ids]

    def only(self, places: Iterable[int]) -> list[Expression]:
        """Return the conditions that no other rule may fire, and that some rule fires."""
        return self.masks.within(self.functions.rule, set(places))

    def giving(self, outcome_ids: Collection[str]) -> list[Expression]:
        """Return the conditions that only some outcomes are possible."""
        return self.only(self.leading_to(outcome_ids))


class _Query:
    def __init__(self, ruleset: RuleSet, dialect: str, source: str, keys: Sequence[str]) -> None:
        self._ruleset = ruleset
        self._dialect = dialect
        self._source = exp.Table(this=exp.to_identifier(source.rpartition(".")[2], quoted=True))
        for part, name in zip(("db", "catalog"), reversed(source.split(".")[:-1]), strict=False):
            self._source.set(part, exp.to_identifier(name, quoted=True))
        self._keys = keys
        self._own: list[str] = []

    def exact(self) -> exp.Select:
        """Return the query for any answers, open or not."""
        decisions = [_Decision(self._ruleset, place) for place in range(len(self._ruleset.rules_by_decision))]
        error = self._own_name("error")
        steps = [*self._present(), [named(self._misfits(self._ruleset.questions), error)]]
        estimates = SqlEstimates(decisions[0].functions)
        needed = (*(each.masks.levels() for each in decisions), *estimates.levels)
        for levels in itertools.zip_longest(*needed, fillvalue=()):
            steps.append([named(value, self._own_name(name)) for level in levels for name, value in level])
        fits = is_null(column(error))
        if likely := estimates.likely(fits):
            steps.append([named(value, self._own_name(name)) for name, value in likely])
        first, *later = decisions
        results = {
            **self._decided(first, fits),
            "actions": self._list(
                [
                    (every([*(() if under is None else first.giving(under)), *first.masks.certain(when)]), action.id)
                    for action, under, when in zip(
                        self._ruleset.actions, first.functions.under, first.functions.whens, strict=True
                    )
                ],
                fits,
            ),
            "error": column(error),
        }
        for each in later:
            results |= {f"{each.id}_{name}": value for name, value in self._decided(each, fits).items()}
        return self._select(steps, {**results, **estimates.columns(fits)})

    def _decided(self, decision: _Decision, fits: Expression) -> dict[str, Expression]:
        """Return what the query says of a decision."""
        rules, masks = decision.functions.rules, decision.masks
        outcomes = list(dict.fromkeys(rule.then.id for rule in rules))
        return {
            "outcome": case([(every([fits, *decision.giving({name})]), text(name)) for name in outcomes]),
            "settled": case([(fits, exp.or_(*(every(decision.giving({name})) for name in outcomes)))]),
            "possible": self._list(
                [(masks.reaches(decision.functions.rule, decision.leading_to({name})), name) for name in outcomes],
                fits,
            ),
            "rule": case(
                [(every([fits, *decision.only([place])]), text(rule.id)) for place, rule in enumerate(rules)],
            ),
        }

    def complete(self) -> exp.Select:
        """Return the query for complete answers: the rules, one after the other."""
        conditions = [rule.when for rule in self._ruleset.rules]
        conditions += [each.condition for estimate in self._ruleset.estimates for each in cases_in(estimate.formula)]
        read = {name for condition in conditions for name in questions_of(condition)}
        questions = [question for question in self._ruleset.questions if question.id in read]
        error = self._own_name("error")
        fits = is_null(column(error))
        results: dict[str, Expression] = {}
        for place, rules in enumerate(self._ruleset.rules_by_decision):
            before = f"{self._ruleset.decisions[place].id}_" if place else ""
            holding = [(every([fits, condition_of(rule.when)]), rule) for rule in rules]
            results[f"{before}outcome"] = case([(holds, text(rule.then.id)) for holds, rule in holding])
            results[f"{before}rule"] = case([(holds, text(rule.id)) for holds, rule in holding])
            results.setdefault("error", column(error))
        steps = [*self._present(), [named(self._misfits(self._ruleset.questions, questions), error)]]
        return self._select(steps, {**results, **complete_estimates(self._ruleset, fits)})

    def _present(self) -> list[list[Expression]]:
        """Return the step that takes former ids of options as the present ones, if there are any."""
        step = [named(value, self._own_name(name)) for name, value in present_answers(self._ruleset.questions)]
        return [step] if step else []

    def _own_name(self, name: str) -> str:
        self._own.append(f"{OWN}{name}")
        return self._own[-1]

    def _select(self, steps: Sequence[Sequence[Expression]], results: dict[str, Expression]) -> exp.Select:
        clash = [key for key in self._keys if key.lower() in results]
        if clash:
            raise SqlError(f"--keys: {clash[0]!r} is a column that the query gives; rename it in the source")
        query = exp.select()
        before: Expression = self._source
        for place, step in enumerate(steps):
            name = f"{OWN}{place}"
            query.with_(name, as_=exp.select(exp.Star(), *step).from_(before), copy=False)
            before = exp.to_table(name)
        kept: list[Expression] = [column(key) for key in self._keys] or [self._others()]
        return query.select(*kept, *(named(value, name) for name, value in results.items())).from_(before)

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
        found: list[Expression] = []
        for question in questions:
            wrong = f"{_BETWEEN}question '{question.id}' "
            value = answer_to(question)
            if question in needed:
                found.append(case([(is_null(value), text(f"{wrong}is open"))], text("")))
            if isinstance(question, Choice):
                fits: Expression = exp.In(this=value, expressions=[text(each) for each in question.option_ids])
                found.append(case([(exp.not_(fits), text(f"{wrong}has no such option"))], text("")))
            elif isinstance(question, (Number, Date)):
                answer = comparable(question)
                fits = exp.and_(
                    exp.GTE(this=answer, expression=bound(question.minimum)),
                    exp.LTE(this=answer, expression=bound(question.maximum)),
                )
                if isinstance(question, Date):
                    # Some engines make null of a text that is no date.
                    takes = text(f"{wrong}takes {valid_dates(question)}")
                    found.append(case([(exp.or_(is_null(value), fits), text(""))], takes))
                    continue
                if question.is_whole:
                    fits = exp.and_(fits, exp.EQ(this=answer, expression=exp.Floor(this=answer)))
                found.append(case([(exp.not_(fits), text(f"{wrong}takes {valid_numbers(question)}"))], text("")))
        parts = [
            exp.Concat(expressions=[*found[start : start + _CONCATENATED], text("")])
            for start in range(0, len(found), _CONCATENATED)
        ]
        whole = parts[0] if len(parts) == 1 else exp.Concat(expressions=[*parts, text("")])
        without_first = exp.Substring(this=whole, start=integer(len(_BETWEEN) + 1))
        return exp.Nullif(this=without_first, expression=text(""))

    def _list(self, entries: Sequence[tuple[Expression, str]], fits: Expression) -> Expression:
        """Return the list of the texts whose condition holds."""
        values = [case([(condition, text(name))], exp.cast(exp.Null(), "text")) for condition, name in entries]
        whole: Expression = exp.Array(expressions=values)
        if not values:
            whole = exp.Array(expressions=[exp.cast(exp.Null(), "text")])
        if self._dialect in ("postgres", "redshift", "materialize", "risingwave"):
            found: Expression = exp.func("ARRAY_REMOVE", whole, exp.Null())
        else:
            name = exp.to_identifier("x")
            is_there = exp.not_(is_null(exp.column("x")))
            found = exp.ArrayFilter(this=whole, expression=exp.Lambda(this=is_there, expressions=[name]))
        return case([(fits, found)])


_EXCEPT = ("bigquery", "clickhouse", "databricks", "duckdb", "snowflake", "spark")

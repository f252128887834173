"""Export a rule set for other engines: as JsonLogic, and as a plain function in JavaScript or Python.

These decide complete answers only, because they have no notion of a missing answer. Numbers are doubles, as in JSON.
Dates are ISO texts, whose order is that of the days. Pass whole numbers beyond 2**53 as the double that the rule set
uses.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from assessor.errors import RuleSetError, did_you_mean
from assessor.logic.bundle import Bundle, BundleQuestion, bundle_of_each, children_of
from assessor.logic.compiling.compile import compile_ruleset
from assessor.logic.diagram import nodes_below
from assessor.model.ruleset import RuleSet

# Move deeper tests to a separate function: Python does not allow more than a hundred nested blocks.
_DEEPEST = 20


def to_javascript(ruleset: RuleSet) -> str:
    """Return the source of a CommonJS module that exports `decide(answers)`.

    It returns the id of the rule that fires, or `null` if none does. If the rule set has several decisions, it returns
    an object with this for each, by the id of the decision.

    Args:
        ruleset: The rule set.
    """
    bundle = compile_ruleset(ruleset)
    source = _source(ruleset, _JavaScript())
    return f'"use strict";\n// {_origin(bundle)}\n\n{source}\nexports.decide = decide;\n'


def to_python(ruleset: RuleSet) -> str:
    """Return the source of a Python module that defines `decide(answers)`.

    It returns the id of the rule that fires, or `None` if none does. If the rule set has several decisions, it returns
    a dict with this for each, by the id of the decision.

    Args:
        ruleset: The rule set.
    """
    bundle = compile_ruleset(ruleset)
    return f"# {_origin(bundle)}\n\n\n{_source(ruleset, _Python())}"


@functools.lru_cache(maxsize=32)
def decider(ruleset: RuleSet, decision: str = "") -> Callable[[Mapping[str, Any]], str | None]:
    """Return the fastest way to decide complete answers: a function that returns the id of the rule that fires.

    Args:
        ruleset: The rule set.
        decision: The id of the decision, if the rule set has several; by default the first.

    Returns:
        A function of complete, valid answers, which it does not check. It returns `None` if no rule decides.

    Raises:
        RuleSetError: If the rule set is too large to compile, or has no such decision.
    """
    known = [each.id for each in ruleset.decisions]
    if decision and decision not in known:
        problem = f"rule set {ruleset.id!r} has no decision {decision!r}.{did_you_mean(decision, known)}"
        raise RuleSetError(problem, ruleset.location)
    namespace: dict[str, Any] = {}
    # This is safe: the source contains only numbers, and ids made of letters, digits and hyphens.
    exec(to_python(ruleset), namespace)
    name = _name(known.index(decision) if decision else 0) if len(known) > 1 else "decide"
    decide: Callable[[Mapping[str, Any]], str | None] = namespace[name]
    return decide


def _source(ruleset: RuleSet, language: _Python | _JavaScript) -> str:
    bundle = compile_ruleset(ruleset)
    if len(ruleset.decisions) <= 1:
        return _Code(bundle, language).source("decide")
    decisions = [bundle, *bundle_of_each(bundle).values()]
    parts = [_Code(each, language, f"{place}_").source(_name(place)) for place, each in enumerate(decisions)]
    called = {each.id: language.called(_name(place)) for place, each in enumerate(ruleset.decisions)}
    return "\n\n".join([*parts, language.function("decide", language.give_each(called)) + "\n"])


def _name(decision: int) -> str:
    """Return the name of the function of one of several decisions."""
    return f"decide_{decision}"


def _origin(bundle: Bundle) -> str:
    return f"Exported by assessor from the rule set {bundle['ruleset']!r}, {bundle['hash']}."


class _Python:
    def function(self, name: str, body: Iterable[str]) -> str:
        return "\n".join([f"def {name}(answers):", *_indented(body)])

    def branch(self, condition: str, body: Iterable[str]) -> list[str]:
        return [f"if {condition}:", *_indented(body)]

    def give(self, value: str | None) -> str:
        return f"return {value!r}"

    def call(self, name: str) -> str:
        return f"return {self.called(name)}"

    def called(self, name: str) -> str:
        return f"{name}(answers)"

    def give_each(self, values: Mapping[str, str]) -> list[str]:
        return ["return {", *_indented(f"{name!r}: {value}," for name, value in values.items()), "}"]

    def compared(self, question_id: str, comparison: str) -> str:
        return f"answers[{question_id!r}] {comparison}"

    def is_true(self, question_id: str) -> str:
        return f"answers[{question_id!r}]"

    def is_one_of(self, question_id: str, options: list[str]) -> str:
        if len(options) == 1:
            return f"answers[{question_id!r}] == {options[0]!r}"
        return f"answers[{question_id!r}] in {tuple(options)!r}"


class _JavaScript:
    def function(self, name: str, body: Iterable[str]) -> str:
        return "\n".join([f"function {name}(answers) {{", *_indented(body), "}"])

    def branch(self, condition: str, body: Iterable[str]) -> list[str]:
        return [f"if ({condition}) {{", *_indented(body), "}"]

    def give(self, value: str | None) -> str:
        return f"return {json.dumps(value)};"

    def call(self, name: str) -> str:
        return f"return {self.called(name)};"

    def called(self, name: str) -> str:
        return f"{name}(answers)"

    def give_each(self, values: Mapping[str, str]) -> list[str]:
        return ["return {", *_indented(f"{json.dumps(name)}: {value}," for name, value in values.items()), "};"]

    def compared(self, question_id: str, comparison: str) -> str:
        return f"answers[{json.dumps(question_id)}] {comparison}"

    def is_true(self, question_id: str) -> str:
        return f"answers[{json.dumps(question_id)}]"

    def is_one_of(self, question_id: str, options: list[str]) -> str:
        return " || ".join(f"answers[{json.dumps(question_id)}] === {json.dumps(option)}" for option in options)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


class _Code:
    """Writes the diagram of the rules of a decision as functions of nested tests.

    Decisions may share nodes, but not functions: a leaf is the position of a rule in its decision.
    """

    def __init__(self, bundle: Bundle, language: _Python | _JavaScript, prefix: str = "") -> None:
        self._bundle = bundle
        self._prefix = prefix
        self._language = language
        self._root = bundle["roots"]["rule"]
        self._children = children_of(bundle)
        self._order = nodes_below([self._root], self._children)
        self._functions = self._shared_or_deep()

    def _shared_or_deep(self) -> set[int]:
        """Return the nodes that become functions, so that their code is not repeated for every test that leads to them.

        The code repeats a node without further tests below: its test takes less time than a call.
        """
        uses = Counter(child for node in self._order for child in set(self._children[node]))
        depths = dict.fromkeys(self._order, 0)
        functions = set()
        for node in reversed(self._order):
            is_last = all(child < 0 for child in self._children[node])
            if (uses[node] > 1 and not is_last) or depths[node] > _DEEPEST:
                functions.add(node)
                depths[node] = 0
            for child in self._children[node]:
                depths[child] = depths[node] + 1
        return functions

    def source(self, name: str) -> str:
        language = self._language
        parts = [
            language.function(self._test(node), self._tests(node)) for node in self._order if node in self._functions
        ]
        return "\n\n\n".join([*parts, language.function(name, self._next(self._root))]) + "\n"

    def _test(self, node: int) -> str:
        return f"test_{self._prefix}{node}"

    def _next(self, function: int) -> Iterable[str]:
        if function < 0:
            rules = self._bundle["rules"]
            return [self._language.give(rules[~function]["id"] if ~function < len(rules) else None)]
        return [self._language.call(self._test(function))] if function in self._functions else self._tests(function)

    def _tests(self, node: int) -> Iterator[str]:
        """Yield the branches of a test. Each branch returns, so the last one needs no condition."""
        children = self._children[node]
        question = self._bundle["questions"][self._bundle["nodes"][node][0]]
        *conditional, (_, last) = self._branches(question, children)
        for condition, child in conditional:
            yield from self._language.branch(condition, self._next(child))
        yield from self._next(last)

    def _branches(self, question: BundleQuestion, children: Sequence[int]) -> list[tuple[str, int]]:
        language, name = self._language, question["id"]
        if question["kind"] == "yes-no":
            return [(language.is_true(name), children[1]), ("", children[0])]
        if "cuts" in question:
            stretches = zip(children, [*children[1:], None], [*_upper_bounds(question), ""], strict=True)
            return [(language.compared(name, bound), child) for child, after, bound in stretches if child != after]
        options: dict[int, list[str]] = {}
        for option, child in zip(question["options"], children, strict=True):
            options.setdefault(child, []).append(option)
        return [(language.is_one_of(name, leading), child) for child, leading in options.items()]


def _upper_bounds(question: BundleQuestion) -> list[str]:
    """Return the comparison with each cut that holds below it, as the rules write it."""
    cuts = question["cuts"]
    named = question.get("at_most", [None] * len(cuts))
    # Both languages write numbers and dates as JSON does.
    return [
        f"< {json.dumps(cut)}" if greatest is None else f"<= {json.dumps(greatest)}"
        for cut, greatest in zip(cuts, named, strict=True)
    ]

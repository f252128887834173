"""Write a rule set from a table as the Python file that its author goes on with."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from assessor.model.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, Not
from assessor.model.questions.choices import Choice, Is
from assessor.model.questions.dates import DateComparison
from assessor.model.questions.numbers import NumberComparison
from assessor.model.questions.question import Question, YesNo
from assessor.model.rules.decisions import Decision, OutcomeIs
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet

_WIDTH = 120
_IMPORTED = (
    "Choice",
    "Date",
    "Decision",
    "Number",
    "Option",
    "Outcome",
    "Rule",
    "RuleSet",
    "Section",
    "YesNo",
    "all_of",
    "any_of",
    "otherwise",
)
_TAKEN = frozenset({*_IMPORTED, *keyword.kwlist, *keyword.softkwlist, "ruleset", "table", "rules", "max", "min"})


def to_source(ruleset: RuleSet, file: str, *, keeps_table: bool = False) -> str:
    """Return a Python file that makes a rule set.

    Args:
        ruleset: The rule set, as `ruleset_of` makes it.
        file: The table, as the Python file is to name it.
        keeps_table: Whether the rules stay in the table, from which the file then reads them each time.
    """
    body = "\n".join(_Source(ruleset, file, keeps_table=keeps_table).lines())
    used = [name for name in _IMPORTED if f"{name}(" in body]
    imports = [f"from assessor import {', '.join([*used, *(['table'] if keeps_table else [])])}"]
    origin = f"Written by `assessor import` from {_docstring(file)}."
    title = _docstring(ruleset.title)
    stop = "" if title.endswith(("?", "!")) else "."
    return "\n".join([f'"""{title}{stop} {origin}"""', "", *imports, "", body]) + "\n"


def _docstring(title: str) -> str:
    """Return a text from a file as a part of a docstring, which it must not end."""
    return _plain(title).replace("\\", "\\\\").replace('"', "'").rstrip(".")


def _plain(text: str) -> str:
    """Return a text on one line, without characters that nobody sees."""
    return "".join(each if each.isprintable() else " " for each in " ".join(text.split()))


class _Source:
    def __init__(self, ruleset: RuleSet, file: str, *, keeps_table: bool) -> None:
        self._ruleset = ruleset
        self._file = file
        self._keeps_table = keeps_table
        self._names = self._distinct_names()

    def _distinct_names(self) -> dict[tuple[str, str], str]:
        """Return the name of each question, outcome and decision."""
        names: dict[tuple[str, str], str] = {}
        taken = set(_TAKEN)
        for part in [*self._ruleset.questions, *self._ruleset.outcomes, *self._ruleset.decisions]:
            name = part.id.replace("-", "_")
            name = f"{part.kind}_{name}" if name[0].isdigit() or name in taken else name
            while name in taken:
                name += "_"
            taken.add(name)
            names[part.kind, part.id] = name
        return names

    def _name(self, part: Question | Outcome | Decision) -> str:
        return self._names[part.kind, part.id]

    def lines(self) -> Iterator[str]:
        ruleset = self._ruleset
        for question in ruleset.questions:
            yield f"{self._name(question)} = {self._question(question)}"
        yield ""
        for outcome in ruleset.outcomes:
            yield f"{self._name(outcome)} = {_call('Outcome', [_text(outcome.id), _text(outcome.title)], 0)}"
        yield ""
        for decision in ruleset.decisions:
            rules = _list(self._rules(decision.rules), 4, always=True)
            call = _call("Decision", [_text(decision.id), _text(decision.title), rules], 0, always=True)
            yield f"{self._name(decision)} = {call}"
            yield ""
        arguments = [_text(ruleset.id), f"title={_text(ruleset.title)}"]
        if ruleset.language:
            arguments.append(f"language={_text(ruleset.language)}")
        arguments.append(f"sections={_list(self._sections(), 4)}")
        outcomes = _list(map(self._name, ruleset.outcomes), 4)
        arguments.append(f"outcomes={outcomes}")
        if ruleset.decisions:
            arguments.append(f"decisions={_list(map(self._name, ruleset.decisions), 4)}")
        elif self._keeps_table:
            questions = _list(map(self._name, ruleset.questions), 8)
            call = _call("table", [_text(self._file), f"questions={questions}", f"outcomes={outcomes}"], 4)
            arguments.append(f"rules={call}.rules")
        else:
            arguments.append(f"rules={_list(self._rules(ruleset.rules), 4, always=True)}")
        yield f"ruleset = {_call('RuleSet', arguments, 0, always=True)}"

    def _sections(self) -> Iterator[str]:
        for section in self._ruleset.sections:
            questions = _list(map(self._name, section.questions), 12)
            yield _call("Section", [_text(section.id), _text(section.title), questions], 8)

    def _question(self, question: Question) -> str:
        arguments = [_text(question.id), _text(question.wording)]
        skipped = {"id", "wording", "options"}
        if isinstance(question, Choice):
            options = [f"{_text(option.id)}: {_text(option.label)}" for option in question.options]
            arguments.append(_list(options, 4, brackets="{}"))
        for each in fields(question):
            value = getattr(question, each.name)
            if each.init and each.name not in skipped and value not in (each.default, ()):
                arguments.append(f"{each.name}={_value(value)}")
        return _call(type(question).__name__, arguments, 0)

    def _rules(self, rules: Sequence[Rule]) -> Iterator[str]:
        for rule in rules:
            place = f"# {_plain(rule.location.cell)}" if rule.location.cell else ""
            because, outcome = _text(rule.because), self._name(rule.then)
            if rule.when == ALWAYS and rule is rules[-1]:
                arguments = [outcome, because]
                if rule.id != "otherwise":
                    arguments.append(f"id={_text(rule.id)}")
                call = _call("otherwise", arguments, 8)
            else:
                condition = self._condition(rule.when, 12)
                call = _call("Rule", [condition, outcome, because, f"id={_text(rule.id)}"], 8)
            yield f"{place}\n        {call}" if place else call

    def _condition(self, condition: Condition, indent: int) -> str:
        """Return a condition; in brackets where an operator around it would take it apart."""
        if isinstance(condition, YesNo):
            return self._name(condition)
        if isinstance(condition, Is):
            return f"{self._name(condition.question)}.is_({', '.join(map(_text, condition.options))})"
        if isinstance(condition, OutcomeIs):
            return f"{self._name(condition.decision)}.is_({', '.join(map(_text, condition.outcomes))})"
        if isinstance(condition, NumberComparison):
            return f"{self._name(condition.question)} {condition.operator} {_number(condition.threshold)}"
        if isinstance(condition, DateComparison):
            return f"{self._name(condition.question)} {condition.operator} {_text(condition.threshold)}"
        if isinstance(condition, Not):
            return f"~{self._operand(condition.condition, indent)}"
        if isinstance(condition, (AllOf, AnyOf)):
            sign, function = (" & ", "all_of") if isinstance(condition, AllOf) else (" | ", "any_of")
            parts = [self._operand(part, indent) for part in condition.parts]
            line = sign.join(parts)
            if parts and len(parts) > 1 and len(line) + indent < _WIDTH:
                return line
            return _call(function, [self._condition(part, indent + 4) for part in condition.parts], indent)
        raise TypeError(f"no way to write {condition!r}")

    def _operand(self, condition: Condition, indent: int) -> str:
        text = self._condition(condition, indent)
        is_call = text.startswith(("all_of(", "any_of("))
        needs_brackets = isinstance(condition, (Comparison, AllOf, AnyOf)) and not is_call
        return f"({text})" if needs_brackets else text


def _call(name: str, arguments: Sequence[str], indent: int, *, always: bool = False) -> str:
    """Return a call on one line if it fits, else with an argument a line."""
    return name + _list(arguments, indent, brackets="()", always=always)


def _list(items: Iterable[str], indent: int, *, brackets: str = "[]", always: bool = False) -> str:
    items = list(items)
    line = f"{brackets[0]}{', '.join(items)}{brackets[1]}"
    if not items or (not always and "\n" not in line and len(line) + indent + 24 <= _WIDTH):
        return line
    space = " " * (indent + 4)
    # What stands in a list one level deeper was laid out for it.
    return f"{brackets[0]}\n" + "".join(f"{space}{item},\n" for item in items) + f"{' ' * indent}{brackets[1]}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    return _number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else repr(value)


def _text(text: str) -> str:
    """Return a text as Python writes it, in double quotation marks."""
    written = json.dumps(text, ensure_ascii=False)
    # Not every character that JSON leaves as it is can be seen.
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in written)


def _number(value: float) -> str:
    return repr(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))

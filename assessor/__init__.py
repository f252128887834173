"""Decision guides that cannot drift: the decision logic, independent of any docs generator."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessor.assessment.assess import assess, assess_bundle
    from assessor.assessment.results import Assessment
    from assessor.bulk import assess_many
    from assessor.errors import (
        AnswerProblem,
        AnswersError,
        AssessorError,
        DecisionTableError,
        LoadingError,
        Location,
        RuleSetError,
        TableError,
    )
    from assessor.export.answers_schema import answers_schema
    from assessor.export.code import decider, to_javascript, to_python
    from assessor.export.jsonlogic import to_jsonlogic
    from assessor.loading.answers import read_answers
    from assessor.loading.load import load_ruleset
    from assessor.logic.bundle import Bundle, bundle_json, bundle_schema
    from assessor.logic.compiling.compile import compile_ruleset
    from assessor.model.answers import Answer
    from assessor.model.cases import Case
    from assessor.model.conditions import Condition, Criterion, all_of, any_of, at_least
    from assessor.model.estimates.charts import Chart
    from assessor.model.estimates.conditional import case
    from assessor.model.estimates.estimates import Estimate
    from assessor.model.facts import Fact
    from assessor.model.formulas.arithmetic import Formula, Quantity
    from assessor.model.formulas.dates import days, months, weeks, years
    from assessor.model.formulas.ranges import Range
    from assessor.model.points import Score
    from assessor.model.questions.choices import Choice, Option
    from assessor.model.questions.dates import Date
    from assessor.model.questions.numbers import Number
    from assessor.model.questions.options import Options
    from assessor.model.questions.question import Question, YesNo
    from assessor.model.questions.sections import Section
    from assessor.model.rules.actions import Action
    from assessor.model.rules.decisions import Decision
    from assessor.model.rules.outcomes import Outcome
    from assessor.model.rules.ranking import ranking
    from assessor.model.rules.rules import Rule, otherwise
    from assessor.model.ruleset import RuleSet
    from assessor.tables.table import Table, table
    from assessor.translations.translated import in_language

# The module of each name below. Importing all of them takes the command longer than most of its work.
_MODULES = {
    name: module
    for module, names in {
        "assessment.assess": ("assess", "assess_bundle"),
        "assessment.results": ("Assessment",),
        "bulk": ("assess_many",),
        "errors": (
            "AnswerProblem",
            "AnswersError",
            "AssessorError",
            "DecisionTableError",
            "LoadingError",
            "Location",
            "RuleSetError",
            "TableError",
        ),
        "export.answers_schema": ("answers_schema",),
        "export.code": ("decider", "to_javascript", "to_python"),
        "export.jsonlogic": ("to_jsonlogic",),
        "loading.answers": ("read_answers",),
        "loading.load": ("load_ruleset",),
        "logic.bundle": ("Bundle", "bundle_json", "bundle_schema"),
        "logic.compiling.compile": ("compile_ruleset",),
        "model.answers": ("Answer",),
        "model.cases": ("Case",),
        "model.conditions": ("Condition", "Criterion", "all_of", "any_of", "at_least"),
        "model.estimates.charts": ("Chart",),
        "model.estimates.conditional": ("case",),
        "model.estimates.estimates": ("Estimate",),
        "model.facts": ("Fact",),
        "model.formulas.arithmetic": ("Formula", "Quantity"),
        "model.formulas.dates": ("days", "months", "weeks", "years"),
        "model.formulas.ranges": ("Range",),
        "model.points": ("Score",),
        "model.questions.choices": ("Choice", "Option"),
        "model.questions.dates": ("Date",),
        "model.questions.numbers": ("Number",),
        "model.questions.options": ("Options",),
        "model.questions.question": ("Question", "YesNo"),
        "model.questions.sections": ("Section",),
        "model.rules.actions": ("Action",),
        "model.rules.decisions": ("Decision",),
        "model.rules.outcomes": ("Outcome",),
        "model.rules.ranking": ("ranking",),
        "model.rules.rules": ("Rule", "otherwise"),
        "model.ruleset": ("RuleSet",),
        "tables.table": ("Table", "table"),
        "translations.translated": ("in_language",),
    }.items()
    for name in names
}

__all__ = [
    "Action",
    "Answer",
    "AnswerProblem",
    "AnswersError",
    "Assessment",
    "AssessorError",
    "Bundle",
    "Case",
    "Chart",
    "Choice",
    "Condition",
    "Criterion",
    "Date",
    "Decision",
    "DecisionTableError",
    "Estimate",
    "Fact",
    "Formula",
    "LoadingError",
    "Location",
    "Number",
    "Option",
    "Options",
    "Outcome",
    "Quantity",
    "Question",
    "Range",
    "Rule",
    "RuleSet",
    "RuleSetError",
    "Score",
    "Section",
    "Table",
    "TableError",
    "YesNo",
    "all_of",
    "answers_schema",
    "any_of",
    "assess",
    "assess_bundle",
    "assess_many",
    "at_least",
    "bundle_json",
    "bundle_schema",
    "case",
    "compile_ruleset",
    "days",
    "decider",
    "in_language",
    "load_ruleset",
    "months",
    "otherwise",
    "ranking",
    "read_answers",
    "table",
    "to_javascript",
    "to_jsonlogic",
    "to_python",
    "weeks",
    "years",
]


def __getattr__(name: str) -> Any:
    """Import the module of a public name on its first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value


def __dir__() -> list[str]:
    """List the public names too, for completion in a shell."""
    return sorted({*globals(), *__all__})

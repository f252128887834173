"""Decision guides that cannot drift: the decision logic, independent of any docs generator."""

from assessor.assessment.assess import Assessment, assess, assess_bundle
from assessor.bulk import assess_many
from assessor.errors import AnswerProblem, AnswersError, AssessorError, Location, RuleSetError, TableError
from assessor.export.answers_schema import answers_schema
from assessor.export.code import decider, to_javascript, to_python
from assessor.export.jsonlogic import to_jsonlogic
from assessor.loading.load import LoadingError, load_ruleset
from assessor.logic.bundle import Bundle, bundle_json, bundle_schema
from assessor.logic.compiling import compile_ruleset
from assessor.model.answers import Answer, Case, read_answers
from assessor.model.conditions import Condition, Criterion, all_of, any_of, at_least
from assessor.model.facts import Fact
from assessor.model.formulas import Formula, Quantity, Range
from assessor.model.numbers import Number
from assessor.model.questions import Choice, Option, Question, Section, YesNo
from assessor.model.rules import Action, Chart, Estimate, Outcome, Rule, otherwise
from assessor.model.ruleset import RuleSet

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
    "Estimate",
    "Fact",
    "Formula",
    "LoadingError",
    "Location",
    "Number",
    "Option",
    "Outcome",
    "Quantity",
    "Question",
    "Range",
    "Rule",
    "RuleSet",
    "RuleSetError",
    "Section",
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
    "compile_ruleset",
    "decider",
    "load_ruleset",
    "otherwise",
    "read_answers",
    "to_javascript",
    "to_jsonlogic",
    "to_python",
]

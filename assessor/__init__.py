"""Decision guides that cannot drift: the decision logic. It knows nothing of any docs generator."""

from assessor.answer_schema import answers_schema
from assessor.answers import Answer, read_answers
from assessor.assessment import Assessment, assess, assess_bundle
from assessor.bundle import Bundle, bundle_json, bundle_schema
from assessor.cases import Case
from assessor.charts import Chart
from assessor.compiling import compile_ruleset
from assessor.conditions import Condition, Criterion, all_of, any_of, at_least
from assessor.errors import AnswerProblem, AnswersError, AssessorError, Location, RuleSetError
from assessor.exporting import decider, to_javascript, to_jsonlogic, to_python
from assessor.facts import Fact
from assessor.formulas import Formula, Quantity, Range
from assessor.loading import LoadingError, load_ruleset
from assessor.questions import Choice, Number, Option, Question, Section, YesNo
from assessor.rules import Action, Estimate, Outcome, Rule, otherwise
from assessor.ruleset import RuleSet

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
    "YesNo",
    "all_of",
    "answers_schema",
    "any_of",
    "assess",
    "assess_bundle",
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

"""Writes the conformance suite: `python -m tests.conformance.generate` gives the same bytes each time.

README.md in this folder says what the files hold, and how another implementation runs them.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor import (
    Choice,
    Condition,
    Criterion,
    Date,
    Fact,
    Formula,
    Number,
    Quantity,
    Question,
    Rule,
    RuleSet,
    Score,
    YesNo,
    assess,
    compile_ruleset,
    load_ruleset,
)
from assessor.language.decimals import plain_number
from assessor.loading.reference import BUNDLED
from assessor.model.conditions import AllOf, AnyOf, AtLeast, Comparison, Not
from assessor.model.estimates.conditional import Conditional
from assessor.model.formulas.arithmetic import Operation
from assessor.model.points import PointsComparison
from assessor.model.questions.choices import Is
from assessor.model.rules.decisions import OutcomeIs
from tests.conformance.handmade import rulesets as handmade
from tests.support.oracle import number_of_points
from tests.support.rulesets import random_answers, random_ruleset

VECTORS = Path(__file__).parent / "vectors"
RULE_SETS = 89
RULE_SETS_WITH_DECISIONS = 25
LEAST_QUESTIONS = 3
VECTORS_EACH = 80
# The bundled rule set's assessments are twenty times larger than a random one's.
VECTORS_OF_BUNDLED = 40
VECTORS_OF_HANDMADE = 25
_KINDS = {">=": "at_least", ">": "above", "<": "below", "<=": "at_most"}


def files() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of the suite."""
    yield "self-hosting.json", _file(load_ruleset(BUNDLED), VECTORS_OF_BUNDLED, seed=0)
    for ruleset, answers in handmade():
        yield f"{ruleset.id}.json", _file(ruleset, VECTORS_OF_HANDMADE, seed=0, first=answers)
    made = (random_ruleset(random.Random(seed), most_questions=6, most_estimates=1) for seed in itertools.count())
    for number, ruleset in enumerate(itertools.islice(filter(_is_worthwhile, made), RULE_SETS), start=1):
        yield f"random-{number:02}.json", _file(ruleset, VECTORS_EACH, seed=number)
    made = (
        random_ruleset(random.Random(seed), most_questions=6, most_estimates=1, most_decisions=3)
        for seed in itertools.count(1_000)
    )
    several = (ruleset for ruleset in made if len(ruleset.decisions) > 1 and _is_worthwhile(ruleset))
    for number, ruleset in enumerate(itertools.islice(several, RULE_SETS_WITH_DECISIONS), start=1):
        yield f"decisions-{number:02}.json", _file(ruleset, VECTORS_EACH, seed=number)


def _is_worthwhile(ruleset: RuleSet) -> bool:
    """Say whether a rule set has enough answers to choose from, and three outcomes to tell apart, or two and a gap."""
    if len(ruleset.questions) <= LEAST_QUESTIONS:
        return False
    assessment = assess(ruleset, {})
    return len(assessment["possible"]) + assessment["gap"] > 2


def _file(ruleset: RuleSet, count: int, seed: int, first: Iterable[dict[str, object]] = ()) -> str:
    bundle = compile_ruleset(ruleset)
    order = [ruleset.questions[position].id for position in bundle["order"]]
    rng = random.Random(seed)
    vectors: dict[str, str] = {}
    sets = itertools.chain(first, (random_answers(rng, ruleset) for _ in itertools.count()))
    while len(vectors) < count:
        answers = next(sets)
        vectors[_line(sorted(answers.items()))] = _line({"answers": answers, "assessment": assess(ruleset, answers)})
    lines = ",\n".join(vectors.values())
    head = f'"format":1,\n"ruleset":{_line({**neutral(ruleset), "order": order})},\n"bundle":{_line(bundle)}'
    return f'{{{head},\n"vectors":[\n{lines}\n]}}\n'


def _line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def neutral(ruleset: RuleSet) -> dict[str, Any]:
    """Return a rule set as JSON that owes nothing to how this project compiles it."""
    first, *later = ruleset.rules_by_decision
    described = {
        "id": ruleset.id,
        "sections": [
            [_question(question, ruleset.asked_when.get(question.id)) for question in section.questions]
            for section in ruleset.sections
        ],
        "outcomes": [outcome.id for outcome in ruleset.outcomes],
        "criteria": [{"id": each.id, "when": condition(each.condition)} for each in ruleset.criteria],
        "scores": [{"id": each.id, "points": list(_points(each))} for each in ruleset.scores],
        "rules": _rules(first),
        "actions": [
            {"id": each.id, "under": [outcome.id for outcome in each.under], "when": condition(each.when)}
            for each in ruleset.actions
        ],
        "estimates": [
            {"id": each.id, "unit": each.unit, "formula": formula(each.formula)} for each in ruleset.estimates
        ],
    }
    if later:
        names = [decision.id for decision in ruleset.decisions[1:]]
        described["decisions"] = [
            {"id": name, "rules": _rules(rules)} for name, rules in zip(names, later, strict=True)
        ]
        described["first"] = ruleset.decisions[0].id
    return described


def _rules(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    return [{"id": rule.id, "when": condition(rule.when), "then": rule.then.id} for rule in rules]


def _question(question: Question, asked_when: Condition | None) -> dict[str, Any]:
    described: dict[str, Any] = {"id": question.id}
    if isinstance(question, Choice):
        described |= {"kind": "choice", "options": list(question.option_ids)}
        if question.restricted:
            described["offered_when"] = {name: condition(each) for name, each in question.restricted.items()}
    elif isinstance(question, Number):
        described |= {"kind": "number", "minimum": float(question.minimum), "maximum": float(question.maximum)}
        if question.step == 1:
            described["step"] = 1
        if question.default is not None:
            described["default"] = [plain_number(value) for value in question.default.range]
    elif isinstance(question, Date):
        described |= {"kind": "date", "minimum": question.minimum, "maximum": question.maximum}
    else:
        described["kind"] = "yes-no"
    if asked_when is not None:
        described["asked_when"] = condition(asked_when)
    return described


def condition(what: Condition) -> dict[str, Any]:
    """Return a condition as JSON with one key, that says of what kind it is."""
    if isinstance(what, YesNo):
        return {"yes": what.id}
    if isinstance(what, Is):
        return {"is": {"question": what.question.id, "options": list(what.options)}}
    if isinstance(what, Comparison):
        threshold = what.threshold if isinstance(what.question, Date) else float(what.threshold)
        return {_KINDS[what.operator]: {"question": what.question.id, "threshold": threshold}}
    if isinstance(what, Criterion):
        return {"criterion": what.id}
    if isinstance(what, OutcomeIs):
        return {"outcome": {"decision": what.decision.id, "is": list(what.outcomes)}}
    if isinstance(what, PointsComparison):
        threshold = plain_number(float(what.threshold)) if what.other is None else {"score": what.other.id}
        return {"points": {"score": what.score.id, _KINDS[what.operator]: threshold}}
    parts = [condition(part) for part in what.parts]
    if isinstance(what, Not):
        return {"not": parts[0]}
    if isinstance(what, AtLeast):
        return {"count": {"at_least": what.count, "of": parts}}
    assert isinstance(what, (AllOf, AnyOf))
    return {"all" if isinstance(what, AllOf) else "any": parts}


def _points(score: Score) -> Iterator[dict[str, Any]]:
    for part, points in score.points.items():
        if isinstance(part, Choice):
            assert isinstance(points, Mapping)
            yield {"question": part.id, "points": {name: _number(each) for name, each in points.items()}}
        else:
            yield {"when": condition(part), "points": _number(points)}


def _number(points: object) -> float:
    """Return points, which may be a fact, as a number."""
    return plain_number(float(number_of_points(points)))


def formula(what: Formula) -> dict[str, Any]:
    """Return a formula as JSON with one key: a range, an answer, or an operator with its two sides."""
    if isinstance(what, Operation):
        return {what.operator: [formula(what.left), formula(what.right)]}
    if isinstance(what, Conditional):
        return {
            "case": {"when": condition(what.condition), "then": formula(what.then), "else": formula(what.otherwise)}
        }
    if isinstance(what, Number):
        return {"answer": what.id}
    if isinstance(what, Fact):
        return {"range": [float(value) for value in what.range]}
    assert isinstance(what, Quantity)
    return {"range": [float(what.value)] * 3}


def main() -> None:
    """Write every file anew."""
    VECTORS.mkdir(exist_ok=True)
    for old in VECTORS.glob("*.json"):
        old.unlink()
    for name, text in files():
        (VECTORS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

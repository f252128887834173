"""Assess answers: complete or not, by a bundle. `core.js` reads the same bundle in the same way."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from assessor.assessment.estimates import AssessedEstimate, assess_estimate, needed_for, sensitivity
from assessor.assessment.points import assess_score
from assessor.assessment.queries.changes import ChangeFinder, Changes
from assessor.assessment.queries.information import next_question
from assessor.assessment.queries.interpreter import Interpreter, bits
from assessor.assessment.queries.reasons import sufficient_reason
from assessor.assessment.queries.remaining import remaining
from assessor.assessment.queries.restriction import Restriction
from assessor.assessment.results import (
    AssessedActions,
    Assessment,
    AssessmentAlways,
    DecisionAssessment,
    Firing,
    Remaining,
    Result,
    Verdict,
)
from assessor.logic.bundle import Bundle, BundleCondition
from assessor.logic.compiling.compile import compile_ruleset
from assessor.model.answers import Answer
from assessor.model.ruleset import RuleSet


@functools.lru_cache(maxsize=32)
def interpreter_of(ruleset: RuleSet) -> Interpreter:
    """Return the interpreter of a rule set's bundle. The result is cached.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    return Interpreter(compile_ruleset(ruleset))


def assess(ruleset: RuleSet, answers: Mapping[str, object]) -> Assessment:
    """Assess answers.

    Args:
        ruleset: The rule set.
        answers: Question ids and answers: a boolean, the id of an option, a number, or `None` for "I don't know". A
            question without an entry is open, as if answered with `None`.

    Raises:
        AnswersError: With every answer that the rule set does not accept.
        RuleSetError: If the rule set is too large to compile.
    """
    return Reading(interpreter_of(ruleset), ruleset.check_answers(answers)).assessment()


def assess_bundle(bundle: Bundle, answers: Mapping[str, Answer]) -> Assessment:
    """Assess answers by a bundle alone. The answers must be valid."""
    return Reading(Interpreter(bundle), answers).assessment()


def counted_answers(ruleset: RuleSet, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """Return the answers that count: those without an option that the other answers do not offer, or not yet.

    Args:
        ruleset: The rule set.
        answers: Valid answers.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    interpreter = interpreter_of(ruleset)
    return _counting(interpreter, answers, interpreter.cells(answers))


def _counting(
    interpreter: Interpreter, answers: Mapping[str, Answer], cells: Sequence[int | None]
) -> Mapping[str, Answer]:
    if not interpreter.offered:
        return answers
    ids = [question["id"] for question in interpreter.bundle["questions"]]
    is_open = {name: cell is None for name, cell in zip(ids, cells, strict=True)}
    return {name: answer for name, answer in answers.items() if answer is None or not is_open[name]}


class Reading:
    """Evaluates a bundle for one set of answers."""

    def __init__(self, interpreter: Interpreter, answers: Mapping[str, Answer]) -> None:
        self._interpreter = interpreter
        self._bundle = interpreter.bundle
        self._cells = interpreter.cells(answers)
        self._answers = _counting(interpreter, answers, self._cells)
        self._ids = [question["id"] for question in self._bundle["questions"]]
        self._restriction = Restriction(interpreter, self._cells)
        self._root = self._bundle["roots"]["outcome"]
        # The outcome as a function of the open questions, and its possible values. The last value stands for a gap.
        self._function = self._restriction.function(self._root)
        self._gap = len(self._bundle["outcomes"])
        self._outcomes = self._restriction.leaves(self._function)
        # The same for answers whose options are all offered, with one more value for the others.
        self._offered = self._bundle["roots"].get("offered", self._root)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers that count."""
        return self._answers

    @property
    def outcome_ids(self) -> list[str]:
        """The ids of the outcomes of this decision."""
        return self._bundle["outcomes"]

    def result(self) -> Result:
        """Return the outcomes: what every worked case states."""
        outcomes = self._bundle["outcomes"]
        settled = self._settled()
        return {
            "outcome": None if settled is None else outcomes[settled],
            "settled": settled is not None,
            "possible": [outcomes[outcome] for outcome in self._outcomes if outcome != self._gap],
            "gap": self._gap in self._outcomes,
        }

    def verdict(self) -> Verdict:
        """Return the outcomes, their rules and the actions; the rest of the assessment takes ten times as long."""
        return {**self.result(), **self._rules(), "actions": self._actions()}

    @functools.cached_property
    def later(self) -> Mapping[str, Reading]:
        """For each decision after the first, by its id, the reading of the answers for that decision."""
        return {name: Reading(each, self._answers) for name, each in self._interpreter.later.items()}

    def reading_of(self, outcome_id: str) -> Reading:
        """Return the reading for the decision that an outcome belongs to."""
        return next((each for each in self.later.values() if outcome_id in each.outcome_ids), self)

    def assessment(self) -> Assessment:
        """Return the complete assessment of the answers."""
        bundle, restriction = self._bundle, self._restriction
        open_questions = [question for question, cell in enumerate(self._cells) if cell is None]
        decisions = [self, *self.later.values()]
        matters = sorted({question for each in decisions for question in each._matters()})
        following = self._following()
        first: AssessmentAlways = {
            "ruleset": bundle["ruleset"],
            "hash": bundle["hash"],
            **self.verdict(),
            "criteria": {criterion["id"]: restriction.truth(criterion["root"]) for criterion in bundle["criteria"]},
            "estimates": self.estimates(),
            "scores": {score["id"]: assess_score(score, restriction) for score in bundle.get("scores", ())},
            "open": self._named(open_questions),
            "unknown": [name for name in self._named(open_questions) if name in self._answers],
            "unasked": self._named(self._unasked()),
            "unoffered": self._unoffered(),
            "matters": self._named(matters),
            "irrelevant": self._named(question for question in open_questions if question not in matters),
            "matters_to": {
                "actions": self._deciding(bundle["actions"]),
                "criteria": self._deciding(bundle["criteria"]),
                "estimates": self._estimating(),
            },
            "reasons": self._reasons_of_outcome(),
            "ruled_out": self._ruled_out(),
            "changes": self._changes(),
            "next": following.next(),
            "remaining": following._remaining(),
            "counts": self._counts(),
        }
        if not self.later:
            return cast(Assessment, first)
        return {**first, "decisions": {name: each.decision() for name, each in self.later.items()}}

    def decision(self) -> DecisionAssessment:
        """Return what the assessment says of this decision alone."""
        return {
            **self.result(),
            **self._rules(),
            "matters": self._named(self._matters()),
            "reasons": self._reasons_of_outcome(),
            "ruled_out": self._ruled_out(),
            "changes": self._changes(),
            "next": self.next(),
            "remaining": self._remaining(),
            "counts": self._counts(),
        }

    def _named(self, questions: Iterable[int]) -> list[str]:
        return [self._ids[question] for question in questions]

    def _settled(self) -> int | None:
        """Return the outcome that every way of answering the open questions gives, or `None`."""
        return self._outcomes[0] if len(self._outcomes) == 1 and self._outcomes[0] != self._gap else None

    def _rules(self) -> Firing:
        rules = self._firing()
        return {"rule": rules[0] if len(rules) == 1 and self._gap not in self._outcomes else None, "rules": rules}

    def _firing(self) -> list[str]:
        """Return the rules that can fire, depending on the open questions."""
        rules = self._bundle["rules"]
        leaves = self._restriction.leaves(self._restriction.function(self._bundle["roots"]["rule"]))
        return [rules[leaf]["id"] for leaf in leaves if leaf < len(rules)]

    def _actions(self) -> AssessedActions:
        truths = {action["id"]: self._restriction.truth(action["root"]) for action in self._bundle["actions"]}
        return {
            "apply": [name for name, truth in truths.items() if truth],
            "open": [name for name, truth in truths.items() if truth is None],
        }

    def _deciding(self, conditions: Sequence[BundleCondition]) -> dict[str, list[str]]:
        """Return, for each undecided condition, the open questions that can still decide it."""
        supports = {
            each["id"]: self._restriction.support(self._restriction.function(each["root"])) for each in conditions
        }
        return {name: self._named(bits(support)) for name, support in supports.items() if support}

    def _reasons_of_outcome(self) -> list[str]:
        settled = self._settled()
        return [] if settled is None else self._reasons(self._root, settled)

    def _estimating(self) -> dict[str, list[str]]:
        """Return, for each estimate, the open questions that can still change it."""
        found = {each["id"]: needed_for(each, self._restriction, self._answers) for each in self._bundle["estimates"]}
        return {name: self._named(questions) for name, questions in found.items() if questions}

    def _reasons(self, root: int, leaf: int) -> list[str]:
        return self._named(sufficient_reason(self._interpreter, root, leaf, self._cells))

    def _ruled_out(self) -> dict[str, list[str]]:
        """Return, for each rule that can no longer hold, the answered questions that rule it out."""
        return {
            rule["id"]: self._reasons(rule["root"], 0)
            for rule in self._bundle["rules"]
            if self._restriction.truth(rule["root"]) is False
        }

    def _changes(self) -> dict[str, Changes | None]:
        """Return, for each outcome that is not possible, the changes that would make it possible."""
        return {
            name: ChangeFinder(self._interpreter, self._offered, outcome, self._cells).find()
            for outcome, name in enumerate(self._bundle["outcomes"])
            if outcome not in self._outcomes
        }

    def _unasked(self) -> list[int]:
        truth = self._restriction.truth
        return [question for question, asked in self._interpreter.asked if truth(asked) is not True]

    def _unoffered(self) -> dict[str, list[str]]:
        truth = self._restriction.truth
        questions = self._bundle["questions"]
        found = {
            self._ids[position]: [
                questions[position]["options"][cell] for cell, root in roots.items() if not truth(root)
            ]
            for position, roots in self._interpreter.offered
        }
        return {name: options for name, options in found.items() if options}

    def _matters(self) -> list[int]:
        return bits(self._restriction.support(self._function))

    def estimates(self) -> dict[str, AssessedEstimate | None]:
        """Return the estimates; `None` for those that need an answer."""
        estimates = self._bundle["estimates"]
        return {each["id"]: assess_estimate(each, self._restriction, self._answers) for each in estimates}

    def sensitivity(self, pair: Sequence[str], inputs: Sequence[Sequence[int]]) -> list[tuple[float, float]]:
        """Return what inputs do to the difference of two estimates; see `estimates.sensitivity`.

        Args:
            pair: The ids of the estimates.
            inputs: Each input, as its positions in the inputs of both.
        """
        estimates = {each["id"]: each for each in self._bundle["estimates"]}
        return sensitivity([estimates[name] for name in pair], inputs, self._restriction, self._answers)

    def next(self) -> str | None:
        """Return the question to ask now.

        Questions answered with "I don't know" come after all others that are asked and matter. Questions that are not
        asked yet come last. A choice comes after what decides whether its options are offered.
        """
        candidates = self._unanswered() or self._askable()
        waiting = self._waiting(candidates)
        candidates = [question for question in candidates if question not in waiting]
        question = next_question(self._interpreter, self._restriction, self._function, candidates)
        return None if question is None else self._ids[question]

    def _unanswered(self) -> list[int]:
        """Return the questions that can be asked and matter, but for those answered with "I don't know"."""
        return [question for question in self._askable() if self._ids[question] not in self._answers]

    def _following(self) -> Reading:
        """Return the reading for the decision to ask for: the first that is open and not left to "I don't know"."""
        undecided = [each for each in (self, *self.later.values()) if each._matters()]
        return next((each for each in undecided if each._unanswered()), undecided[0] if undecided else self)

    def _askable(self) -> list[int]:
        """Return the questions that matter: those that are asked already, if there are any."""
        matters, unasked = self._matters(), self._unasked()
        return [question for question in matters if question not in unasked] or matters

    def _waiting(self, candidates: Iterable[int]) -> list[int]:
        """Return the choices with an option that one of some questions may decide to offer."""
        interpreter, truth = self._interpreter, self._restriction.truth
        deciding = sum(1 << question for question in candidates)
        return [
            question
            for question, roots in interpreter.offered
            if any(truth(root) is None and interpreter.supports[root] & deciding for root in roots.values())
        ]

    def _remaining(self) -> Remaining:
        fewest, most = remaining(self._restriction, self._function)
        return {"fewest": fewest, "most": most}

    def _counts(self) -> dict[str, str]:
        counts = self._restriction.counts(self._restriction.function(self._offered), range(self._gap))
        return {name: str(count) for name, count in zip(self._bundle["outcomes"], counts, strict=True)}

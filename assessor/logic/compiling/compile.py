"""Compile a rule set to its bundle: cut numbers into cells, and combine the rules into one decision diagram."""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessor.errors import RuleSetError
from assessor.logic.bundle import BUNDLE_VERSION, Bundle, BundleQuestion, BundleRule, content_hash, nodes_as_written
from assessor.logic.compiling.branches import EstimateCompiler
from assessor.logic.compiling.functions import ConditionCompiler, cell_values, cuts_of
from assessor.logic.compiling.meaning import meaning_of
from assessor.logic.compiling.ordering import orders_of
from assessor.logic.compiling.points import score_entry, score_functions
from assessor.logic.compiling.questions import question_entry
from assessor.logic.diagram import FALSE, TRUE, Diagram, DiagramTooLargeError, leaf, nodes_below
from assessor.model.questions.choices import Choice
from assessor.model.questions.question import Question
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet

NODE_LIMIT = 100_000
"""The most nodes of a bundle."""
WORK_LIMIT = 1_300_000
"""The most steps of compiling, and of one proof: half a minute and 512 MB.

They are counted so that every machine refuses the same rule sets.
"""
QUESTION_LIMIT = 400
# Above this many nodes, try other orders too: the diagram may be a tenth of the size, which is worth the time.
_LARGE = 2_000
# The most steps to try each order with, before one gets all.
_TRIAL = 100_000


@functools.lru_cache(maxsize=32)
def compile_ruleset(ruleset: RuleSet) -> Bundle:
    """Compile a rule set, and cache the result.

    Args:
        ruleset: The rule set. A translation has the bundle of its original, so that answers fit both.

    Returns:
        The bundle, which callers share, so don't change it.

    Raises:
        RuleSetError: If there are too many questions or nested conditions, the decision diagram has more than
            `NODE_LIMIT` nodes, or compiling takes more than `WORK_LIMIT` steps. For the last two, the error names the
            questions that cause most of the work.
    """
    if ruleset.original is not ruleset:
        return compile_ruleset(ruleset.original)
    smallest: Bundle | None = None
    tried: list[list[str]] = []
    for order in orders_of(ruleset):
        if order not in tried:
            tried.append(order)
            with contextlib.suppress(DiagramTooLargeError):
                bundle = _Compiler(ruleset, order, _TRIAL).bundle()
                if smallest is None or len(bundle["nodes"]) < len(smallest["nodes"]):
                    smallest = bundle
        if smallest is not None and len(smallest["nodes"]) <= _LARGE:
            break
    if smallest is None:
        # The last order has the best prospects.
        compiler = _Compiler(ruleset, order, WORK_LIMIT)
        try:
            return compiler.bundle()
        except DiagramTooLargeError:
            raise compiler.too_large() from None
    return smallest


@dataclass
class _Decided:
    """The functions of one decision: which rule fires, and where the condition of each rule holds."""

    rules: Sequence[Rule]
    outcomes: list[str]
    rule_root: int
    conditions: list[int]

    def outcome_root(self, diagram: Diagram) -> int:
        """Return the outcome as a function; the number of outcomes stands for a gap."""
        positions = [self.outcomes.index(rule.then.id) for rule in self.rules]
        return diagram.relabelled(self.rule_root, [leaf(each) for each in [*positions, len(self.outcomes)]])

    def written(self, reference: Callable[[int], int]) -> list[BundleRule]:
        """Return the rules as bundles have them."""
        return [
            {"id": rule.id, "outcome": self.outcomes.index(rule.then.id), "root": reference(root)}
            for rule, root in zip(self.rules, self.conditions, strict=True)
        ]


class _Compiler:
    """Compiles a rule set to a diagram with a given order of questions."""

    def __init__(self, ruleset: RuleSet, order: Sequence[str], work_limit: int) -> None:
        self._ruleset = ruleset
        self._questions = ruleset.questions
        self._kept = 0
        self._position = {question.id: position for position, question in enumerate(self._questions)}
        self._cuts = cuts_of(each.condition for each in ruleset.conditions())
        self._order = [self._position[question_id] for question_id in order]
        values = {name: cell_values(ruleset.questions_by_id[name], self._cuts.get(name, ())) for name in order}
        self._diagram = Diagram([len(each) for each in values.values()], work_limit)
        self._conditions = ConditionCompiler(values, self._diagram, {name: place for place, name in enumerate(order)})

    def bundle(self) -> Bundle:
        """Return the bundle.

        Raises:
            DiagramTooLargeError: If the diagram has more than `NODE_LIMIT` nodes, or takes too many steps.
            RuleSetError: If there are too many questions, or conditions are nested too deeply.
        """
        if len(self._questions) > QUESTION_LIMIT:
            raise RuleSetError(
                f"rule set {self._ruleset.id!r} has {len(self._questions)} questions: at most {QUESTION_LIMIT} "
                f"can be compiled; split the decision",
                self._ruleset.location,
            )
        try:
            return self._bundle()
        except RecursionError:
            raise RuleSetError(
                f"a condition of rule set {self._ruleset.id!r} is nested too deeply: join its parts with one "
                f"all_of(…), any_of(…) or at_least(…) instead of one inside the other",
                self._ruleset.location,
            ) from None

    def _bundle(self) -> Bundle:
        ruleset = self._ruleset
        decided = [self._decided(rules) for rules in ruleset.rules_by_decision]
        unused = {outcome.id for outcome in ruleset.outcomes}.difference(*(each.outcomes for each in decided))
        decided[0].outcomes += (outcome.id for outcome in ruleset.outcomes if outcome.id in unused)
        criteria = [self._conditions.compile(criterion) for criterion in ruleset.criteria]
        actions = []
        for action in ruleset.actions:
            under = {outcome.id for outcome in action.under}
            comes_to = FALSE
            for each in decided:
                applies = [TRUE if rule.then.id in under else FALSE for rule in each.rules]
                reached = self._diagram.relabelled(each.rule_root, [*applies, FALSE])
                comes_to = self._diagram.choose(reached, TRUE, comes_to)
            actions.append(self._diagram.choose(comes_to, self._conditions.compile(action.when), FALSE))
        asked = {
            self._position[name]: self._conditions.compile(asked_when)
            for name, asked_when in ruleset.asked_when.items()
        }
        offered = {
            self._position[question.id]: {
                option: self._conditions.compile(condition) for option, condition in question.restricted.items()
            }
            for question in self._questions
            if isinstance(question, Choice) and question.restricted
        }
        scores = [score_functions(self._conditions, score) for score in ruleset.scores]
        estimates = EstimateCompiler(self._conditions, ruleset.estimates, self._cuts)
        given = [root for score in scores for root, _ in (*score.terms, *score.sums)]
        outcome_roots = [each.outcome_root(self._diagram) for each in decided]
        conditions = [root for each in decided for root in each.conditions]
        decisions = [
            root for both in zip((each.rule_root for each in decided), outcome_roots, strict=True) for root in both
        ]
        roots = [*decisions, *conditions, *criteria, *actions, *asked.values(), *given, *estimates.roots]
        valid = self._conditions.offered(each for each in self._questions if isinstance(each, Choice))
        offered_roots = [
            self._diagram.choose(valid, root, leaf(len(each.outcomes) + 1))
            for each, root in zip(decided, outcome_roots, strict=True)
        ]
        roots += [*offered_roots, *(root for by_option in offered.values() for root in by_option.values())]
        kept = nodes_below(roots, self._diagram.children)
        self._kept = len(kept)
        if self._kept > NODE_LIMIT:
            raise DiagramTooLargeError
        number = {node: position for position, node in enumerate(kept)}

        def reference(function: int) -> int:
            return function if function < 0 else number[function]

        bundle: Bundle = {
            "version": BUNDLE_VERSION,
            "ruleset": ruleset.id,
            "hash": "",
            "questions": [
                self._question(question, asked.get(position), offered.get(position, {}), reference)
                for position, question in enumerate(self._questions)
            ],
            "sections": [len(section.questions) for section in ruleset.sections],
            "order": self._order,
            "outcomes": decided[0].outcomes,
            "rules": decided[0].written(reference),
            "criteria": [
                {"id": criterion.id, "root": reference(root)}
                for criterion, root in zip(ruleset.criteria, criteria, strict=True)
            ],
            "actions": [
                {"id": action.id, "root": reference(root)}
                for action, root in zip(ruleset.actions, actions, strict=True)
            ],
            "estimates": estimates.written(self._position, reference),
            "roots": {"rule": reference(decided[0].rule_root), "outcome": reference(outcome_roots[0])},
            "nodes": nodes_as_written(self._diagram, kept, self._order),
        }
        if scores:
            bundle["scores"] = [
                score_entry(score, functions, reference)
                for score, functions in zip(ruleset.scores, scores, strict=True)
            ]
        if len(decided) > 1:
            bundle["decisions"] = [
                {
                    "id": decision.id,
                    "outcomes": each.outcomes,
                    "rules": each.written(reference),
                    "roots": {"rule": reference(each.rule_root), "outcome": reference(outcome_root)},
                }
                for decision, each, outcome_root in list(zip(ruleset.decisions, decided, outcome_roots, strict=True))[
                    1:
                ]
            ]
        if offered:
            for part, root in zip([bundle, *bundle.get("decisions", ())], offered_roots, strict=True):
                part["roots"]["offered"] = reference(root)
        bundle["hash"] = content_hash(bundle)
        return bundle

    def _decided(self, rules: Sequence[Rule]) -> _Decided:
        whens = [rule.when for rule in rules]
        root = self._conditions.first_that_holds(whens)
        outcomes = list(dict.fromkeys(rule.then.id for rule in rules))
        return _Decided(rules, outcomes, root, [self._conditions.compile(when) for when in whens])

    def _question(
        self, question: Question, asked: int | None, offered: Mapping[str, int], reference: Callable[[int], int]
    ) -> BundleQuestion:
        meaning = meaning_of(question, self._ruleset.asked_when.get(question.id))
        entry = question_entry(question, meaning, self._cuts.get(question.id, {}))
        if asked is not None:
            entry["asked"] = reference(asked)
        if offered:
            entry["offered"] = {option: reference(root) for option, root in offered.items()}
        return entry

    def too_large(self) -> RuleSetError:
        """Return an error that names the questions that make the diagram large."""
        count = Counter(self._diagram.variables)
        largest = ", ".join(
            f"{self._questions[self._order[variable]].id} ({nodes:,} nodes)" for variable, nodes in count.most_common(4)
        )
        what = f"their decision diagram has {self._kept:,} nodes, and at most {NODE_LIMIT:,} can be read quickly"
        if not self._kept:
            what = f"compiling them was stopped after {WORK_LIMIT:,} steps, which take about half a minute"
        return RuleSetError(
            f"the rules of {self._ruleset.id!r} are too entangled: {what}. "
            f"The questions that make it large: {largest}. Let fewer rules count over these questions, "
            f"or split the decision",
            self._ruleset.location,
        )

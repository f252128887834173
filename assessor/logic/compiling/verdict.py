"""Take the functions that a verdict needs apart: one for the rules, and one for each condition beside them."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.logic.bundle import bundle_of_each, children_of
from assessor.logic.compiling.compile import compile_ruleset
from assessor.logic.compiling.functions import ConditionCompiler, cell_values
from assessor.logic.diagram import Diagram
from assessor.model.rules.rules import Rule
from assessor.model.ruleset import RuleSet


class VerdictFunctions:
    """The functions of a decision of a rule set in a separate diagram.

    The bundle's function of an action defines where it applies: under some outcomes, and when its condition holds. The
    two are apart here. An action certainly applies if and only if each of them is certain, and the conditions depend
    on far fewer questions. That is so for an action under outcomes of the first decision alone. Another one has the
    bundle's function as its condition, and no outcomes.

    Attributes:
        ruleset: The rule set.
        rules: The rules of the decision.
        bundle: The bundle, as if this were the only decision.
        diagram: The diagram. A variable is a position in `order`.
        order: The questions that the diagram tests, as positions in the bundle, in the order of the tests.
        rule: The rule that fires, as a position in `rules`; the number of rules stands for none.
        under: For each action, the outcomes under which it applies when its condition holds; `None` stands for all,
            and for none. Only the first decision has actions.
        whens: For each action, where its condition holds.
        asked: For each question with an `asked_when`, its position and where that holds.
        estimates: For each estimate that depends on answers, the branch that applies, as a position in the bundle.
        offered: For each option that is not always offered, in the order of the questions: the position of its
            question, its cell, and where it is offered.
    """

    def __init__(self, ruleset: RuleSet, node_limit: int, decision: int = 0) -> None:
        """Build the diagram.

        Args:
            ruleset: The rule set.
            decision: The position of the decision.
            node_limit: The most nodes that the diagram may hold, with those that are added later.

        Raises:
            RuleSetError: If the rule set is too large to compile.
            DiagramTooLargeError: If the diagram would exceed its limit.
        """
        self.ruleset = ruleset
        self.rules: Sequence[Rule] = ruleset.rules_by_decision[decision]
        whole = compile_ruleset(ruleset)
        self.bundle = bundle = [whole, *bundle_of_each(whole).values()][decision]
        self.order: Sequence[int] = bundle["order"]
        values = {
            ruleset.questions[position].id: cell_values(
                ruleset.questions[position], bundle["questions"][position].get("cuts", ())
            )
            for position in self.order
        }
        self.diagram = Diagram([len(each) for each in values.values()], node_limit)
        levels = {position: level for level, position in enumerate(self.order)}
        becomes: list[int] = []

        def moved(root: int) -> int:
            return root if root < 0 else becomes[root]

        for (variable, *_), children in zip(bundle["nodes"], children_of(bundle), strict=True):
            becomes.append(self.diagram.node(levels[variable], tuple(map(moved, children))))
        self.rule = moved(bundle["roots"]["rule"])
        compiler = ConditionCompiler(values, self.diagram, {name: level for level, name in enumerate(values)})
        self.under: list[frozenset[str] | None] = []
        self.whens: list[int] = []
        for action, compiled in () if decision else zip(ruleset.actions, bundle["actions"], strict=True):
            under = frozenset(outcome.id for outcome in action.under)
            is_apart = under.issubset(bundle["outcomes"])
            self.under.append(under if is_apart else None)
            self.whens.append(compiler.compile(action.when) if is_apart else moved(compiled["root"]))
        self.asked = [
            (position, moved(question["asked"]))
            for position, question in enumerate(bundle["questions"])
            if "asked" in question
        ]
        self.estimates = {each["id"]: moved(each["root"]) for each in bundle["estimates"] if "root" in each}
        self.offered = [
            (position, question["options"].index(option), moved(root))
            for position, question in enumerate(bundle["questions"])
            for option, root in question.get("offered", {}).items()
        ]

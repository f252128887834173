"""Several decisions over the same questions: each has its rules, and later ones may read what earlier ones decide."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, NoReturn

from assessor.errors import RuleSetError, UnknownOptionError, did_you_mean, nearest
from assessor.model.conditions import ALWAYS, AllOf, AnyOf, Condition, NoCondition, Not, walk
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule
from assessor.validation import REQUIRED_TEXT, Definition, as_tuple, named_value, unquoted

RULE_PREFIX = "rule-"
"""How the ids of rules start for which the author gives none, in a rule set with one decision."""


@dataclass(frozen=True)
class Decision(Definition, NoCondition):
    """One of several decisions of a rule set: its rules, of which the first that holds decides.

    Attributes:
        id: The id.
        title: The subject of the decision, in a few words. Pages show it above its result.
        rules: The rules, in order. One without an id gets that of the decision and its position: `plan-1`.
        location: The line that creates the decision.

    Raises:
        RuleSetError: If a part is invalid, or a rule can never decide.
    """

    kind: ClassVar[str] = "decision"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    rules: Sequence[Rule]

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        rules = as_tuple(owner, "rules", self.rules)
        for rule in rules:
            if not isinstance(rule, Rule):
                # As what `ranking` or `table` returns.
                is_list = isinstance(rule, Iterable) and not isinstance(rule, str)
                hint = "; put its parts into the list by a * before it" if is_list else unquoted(rule, "rule")
                raise RuleSetError(f"rules=[…] of {owner} lists {named_value(rule)}, which is no Rule{hint}")
        if not rules:
            raise RuleSetError(f"{owner} has no rules")
        object.__setattr__(self, "rules", tuple(numbered(rules, f"{self.id}-")))
        check_last(self.rules)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that its rules lead to, in their order."""
        return tuple({rule.then.id: rule.then for rule in self.rules}.values())

    def condition_hint(self, owner: str) -> str:
        """Say how a decision is asked."""
        return f"a decision is asked with decision.is_({self.outcomes[0].id!r})"

    # Type checkers know the attributes better.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Refuse an outcome as an attribute, which an option of a choice may be."""
            # Python asks for what begins with `_` itself, as when it copies a decision whose rules are not there yet.
            if name.startswith("_"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            known = [outcome.id for outcome in self.outcomes]
            meant = nearest(name.replace("_", "-"), known) or known[0]
            raise UnknownOptionError(
                f"{self.owner_name} has no attribute {name!r}; a decision is asked with decision.is_({meant!r})"
            )

    def is_(self, *outcomes: str | Outcome) -> OutcomeIs:
        """Return the condition that this decision comes to one of some outcomes.

        Args:
            *outcomes: The outcomes, or their ids.

        Raises:
            RuleSetError: If there is none, or the decision never comes to one.
        """
        if not outcomes:
            raise RuleSetError(f"{self.owner_name}: is_() needs at least one outcome")
        known = [outcome.id for outcome in self.outcomes]
        given = [each.id if isinstance(each, Outcome) else each for each in outcomes]
        for each in given:
            if each not in known:
                raise RuleSetError(f"{self.owner_name} never comes to {each!r}.{did_you_mean(str(each), known)}")
        return OutcomeIs(self, tuple(each for each in known if each in given))


@dataclass(frozen=True)
class OutcomeIs(Condition):
    """The condition that an earlier decision comes to one of some outcomes.

    Attributes:
        decision: The decision.
        outcomes: The ids of the outcomes, in the order of its rules.
    """

    decision: Decision
    outcomes: tuple[str, ...]

    @property
    def written_out(self) -> Condition:
        """The same without the decision: one of the rules with the outcomes holds, and no other rule before it."""
        others: list[Condition] = []
        leading: list[Condition] = []
        for rule in self.decision.rules:
            if rule.then.id in self.outcomes:
                parts = [*others, *(() if rule.when == ALWAYS else (rule.when,))]
                leading.append(parts[0] if len(parts) == 1 else AllOf(tuple(parts)))
            else:
                others.append(Not(rule.when))
        return leading[0] if len(leading) == 1 else AnyOf(tuple(leading))


def numbered(rules: Iterable[Rule], prefix: str) -> Iterator[Rule]:
    """Yield rules, each with an id: those without one get a prefix and their position, counted from 1.

    `otherwise` gets the prefix alone, as there may be one in each decision.
    """
    for position, rule in enumerate(rules, start=1):
        if not rule.id:
            yield _with_id(rule, f"{prefix}{position}")
        elif rule.id == "otherwise" and prefix != RULE_PREFIX:
            yield _with_id(rule, f"{prefix}otherwise")
        else:
            yield rule


def check_last(rules: Sequence[Rule]) -> None:
    """Refuse a rule that always holds, unless it is the last.

    Raises:
        RuleSetError: With the rule after it, which can never decide.
    """
    for rule, after in itertools.pairwise(rules):
        if rule.when == ALWAYS:
            raise RuleSetError(
                f"rule {after.id!r} can never decide: rule {rule.id!r} before it holds always, so put that last",
                after.location,
            )


def with_earlier(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all that it is made of, with the conditions of the decisions that it reads."""
    waiting = [condition]
    read: set[str] = set()
    for each in waiting:
        for part in walk(each):
            yield part
            if isinstance(part, OutcomeIs) and part.decision.id not in read:
                read.add(part.decision.id)
                waiting += (rule.when for rule in part.decision.rules)


def _with_id(rule: Rule, id: str) -> Rule:
    """Return a rule with another id and the same location."""
    renamed = replace(rule, id=id)
    object.__setattr__(renamed, "location", rule.location)
    return renamed

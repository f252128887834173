"""The gallery's frame: small rule sets with one defect each, and what is to be found in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor import Outcome, Question, Rule, RuleSet, Section
from assessor.check import check_ruleset
from assessor.findings.finding import Finding
from assessor.model.answers import Answer

Maker = Callable[[], RuleSet]


@dataclass(frozen=True)
class Defect:
    """A rule set with a defect.

    Attributes:
        make: Makes it; the line that the finding names ends with `# mistake`.
        code: What is to be found.
        says: What the message must say.
        witness: The example.
        also: What else is found, because it follows.
        today: The day of the check.
    """

    make: Maker
    code: str
    says: str
    witness: Mapping[str, Answer] | None
    also: Sequence[str]
    today: datetime.date | None

    def findings(self) -> tuple[RuleSet, list[Finding]]:
        """Return the rule set, and what is found."""
        ruleset = self.make()
        return ruleset, check_ruleset(ruleset, today=self.today)


DEFECTS: list[Defect] = []
SOUND: list[Maker] = []


def defect(
    code: str,
    says: str,
    witness: Mapping[str, Answer] | None = None,
    *,
    also: Sequence[str] = (),
    today: str = "",
) -> Callable[[Maker], Maker]:
    """Put a defective rule set into the gallery."""
    day = datetime.date.fromisoformat(today) if today else None

    def register(make: Maker) -> Maker:
        DEFECTS.append(Defect(make, code, says, witness, also, day))
        return make

    return register


def sound(make: Maker) -> Maker:
    """Put a rule set without a defect into the gallery."""
    SOUND.append(make)
    return make


def small(questions: Sequence[Question], rules: Sequence[Rule], **more: Any) -> RuleSet:
    """Return a rule set; without others, its outcomes are those that its rules lead to."""
    outcomes = list({rule.then.id: rule.then for rule in rules}.values())
    parts: dict[str, Any] = {
        "title": "Fly or stay",
        "outcomes": outcomes,
        "rules": rules,
    }
    if questions:
        parts["sections"] = [Section("all", "All questions", questions)]
    return RuleSet("drones", **{**parts, **more})


FLY = Outcome("fly", "Fly")
STAY = Outcome("stay", "Stay")
ASK = Outcome("ask", "Ask the tower")

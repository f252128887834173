"""What a check finds: a claim about a rule set, where it was made, an example, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.errors import Location
from assessor.model.answers import Answer

Severity = Literal["error", "warning", "note"]

CODES: Mapping[str, str] = {
    "invalid-rule-set": "The rule set cannot be constructed.",
    "wrong-case": "A worked case gets something else than it says.",
    "gap": "Some answers are decided by no rule.",
    "rule-never-fires": "Earlier rules decide wherever a rule holds.",
    "rule-changes-nothing": "Without the rule, every outcome is the same.",
    "redundant-condition": "Without a part of a condition, everything is decided the same.",
    "always-true": "A condition holds, whatever the answers.",
    "never-true": "A condition holds for no answers.",
    "unreachable-outcome": "No answers lead to an outcome.",
    "action-never-applies": "An action applies under none of its outcomes.",
    "alike-options": "Options of a choice decide the same.",
    "unused-question": "Nothing that is decided or estimated depends on a question.",
    "matters-unasked": "A question matters while it is not asked.",
    "asked-in-vain": "A question cannot matter where it is asked.",
    "threshold-between-steps": "No answer at a step of the page is the number that it is compared with.",
    "fact-between-steps": "No answer at a step of the page is the fact that it is compared with.",
    "unused-criterion": "A criterion stands in no rule and in no action.",
    "unused-fact": "Nothing uses a fact, and nothing quotes it.",
    "fact-for-pages": "Nothing in the rule set uses a fact; pages may quote it.",
    "outdated-fact": "A fact is past its review date.",
    "future-fact": "A fact's source was read on a day to come.",
    "double-negative": "A yes means no, or a no means yes.",
    "missing-f-prefix": "Braces stand where a value was meant.",
    "long-section": "A section is longer than a screen.",
    "unused-acceptance": "A comment accepts what is not found.",
    "implied-by-order": "Earlier rules decide wherever a part of a rule's condition makes a difference.",
    "overlap": "Two rules hold together, and their order decides.",
}
"""Every code, with what it stands for."""

_ERRORS = (
    "invalid-rule-set",
    "wrong-case",
    "gap",
    "rule-never-fires",
    "never-true",
    "unreachable-outcome",
    "matters-unasked",
)
_NOTES = ("fact-between-steps", "fact-for-pages", "implied-by-order", "overlap")

SEVERITIES: Mapping[str, Severity] = {
    code: "error" if code in _ERRORS else "note" if code in _NOTES else "warning" for code in CODES
}
"""How bad each kind of finding is."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a rule set, or that its author should know.

    Attributes:
        code: What kind of finding it is, a key of `CODES`; stable.
        location: Where the part that it is about was made.
        message: What is the matter, in the words of the rule set.
        advice: What to do.
        witness: Answers that show it, to be given to `assessor assess`; `None` where answers cannot show it.
        shows: What is to be seen with those answers.
    """

    code: str
    location: Location
    message: str
    advice: str
    witness: Mapping[str, Answer] | None = None
    shows: str = ""

    @property
    def severity(self) -> Severity:
        """How bad it is: an error, a warning, or a note on what is right but easily overlooked."""
        return SEVERITIES[self.code]

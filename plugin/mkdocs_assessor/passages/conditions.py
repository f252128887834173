"""Read the conditions of a page's passages, and prove what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.named import Named, NamedConditions, named_conditions
from assessor.model.conditions import Not
from assessor.reports.named import names_statement
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide


@dataclass(frozen=True, eq=False)
class Passage:
    """A passage of a page, whose condition is valid.

    Attributes:
        guide: The rule set that its condition is about.
        names: What the condition names.
        text: The condition as the author wrote it.
        where: The place of the condition.
        outer: The passage around it, if that is about the same rule set.
    """

    guide: Guide
    names: Sequence[Named]
    text: str
    where: PlaceGetter
    outer: Passage | None

    @property
    def conditions(self) -> NamedConditions:
        """What compiles conditions of the rule set."""
        return named_conditions(self.guide.ruleset)

    @cached_property
    def function(self) -> int:
        """Where the condition holds."""
        return self.conditions.compile(self.names)

    @cached_property
    def within(self) -> int:
        """Where readers see the passage around it: everywhere, if there is none."""
        proofs = self.conditions.proofs
        return TRUE if self.outer is None else proofs.both(self.outer.within, self.outer.function)

    @property
    def is_opposite(self) -> bool:
        """Whether the condition says of something that it does not hold."""
        return any(each.is_negated or isinstance(each.part, Not) for each in self.names)

    @property
    def statement(self) -> str:
        """The condition as a clause that can follow "if"."""
        return names_statement(self.names, self.guide.ruleset, self.guide.words)

    @property
    def questions(self) -> list[str]:
        """The questions that decide whether the passage applies, in the order of the page."""
        return self.conditions.deciding(self.function)


def check_constant(passage: Passage, page: Page) -> None:
    """Report a passage that no reader or every reader gets, out of those who get the passage around it."""
    proofs = passage.conditions.proofs
    whose = "readers who get the passage around it" if passage.outer else "readers"
    if proofs.both(passage.within, passage.function) == FALSE:
        message = f"the passage {passage.text!r} applies to none of the {whose}: change its condition, or take it out"
        page.diagnose("constant-passage", message, passage.where)
    elif proofs.implies(passage.within, passage.function):
        message = f"the passage {passage.text!r} applies to all {whose}: take its condition out"
        page.diagnose("constant-passage", message, passage.where)


def check_gaps(runs: Sequence[Sequence[Passage]], page: Page) -> None:
    """Report neighbours that are opposites of each other, except that some readers get neither.

    They are opposites if no reader gets two of them, and one says "not" or "=no": whoever writes that means all others.
    Neighbours without it may well be for some readers only, such as one for each of two outcomes out of seven.

    Args:
        runs: Passages that follow each other with nothing between them.
        page: The page.
    """
    for run in runs:
        for alternatives in _alternatives(run):
            first = alternatives[0]
            if not any(each.is_opposite for each in alternatives):
                continue
            proofs = first.conditions.proofs
            missed = first.within
            for each in alternatives:
                missed = proofs.difference(missed, each.function)
            witness = proofs.witness(missed)
            if witness is not None:
                names = " and ".join(repr(each.text) for each in alternatives)
                message = f"the passages {names} are opposites, but some readers get none of them"
                page.diagnose("passage-gap", message, first.where, witness, "none of them applies")


def _alternatives(run: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the longest groups of neighbours of which at most one applies to a reader."""
    group: list[Passage] = []
    for passage in run:
        proofs = passage.conditions.proofs
        if any(
            each.guide.ruleset.id != passage.guide.ruleset.id or proofs.both(each.function, passage.function) != FALSE
            for each in group
        ):
            if len(group) > 1:
                yield group
            group = []
        group.append(passage)
    if len(group) > 1:
        yield group

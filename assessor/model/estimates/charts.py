"""Charts: estimates with the same unit, for readers to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assessor.errors import RuleSetError
from assessor.language.units import Unit
from assessor.model.estimates.estimates import Estimate
from assessor.validation import REQUIRED_TEXT, Definition, NotQuotable, as_tuple, named_value, unquoted, unquoted_part


@dataclass(frozen=True)
class Chart(Definition, NotQuotable):
    """Estimates with the same unit for readers to compare, drawn as bars with ranges on one scale.

    Attributes:
        id: The id.
        title: The subject of the comparison, as a noun phrase.
        bars: The estimates, in the order of their bars.
        line: An estimate in the form of a line across the bars, such as a limit or a break-even point.
        compare: Two of the bars. A sentence says by how much the first is likely more or less than the second, and a
            list shows which inputs move this difference most.
        break_even: The amount of something, in any unit, at which both are the same: with a smaller amount, the first
            is less. Words replace values below zero.
        location: The line that creates the chart.
    """

    kind: ClassVar[str] = "chart"

    id: str
    title: str = field(metadata=REQUIRED_TEXT)
    bars: Sequence[Estimate]
    line: Estimate | None = field(default=None, kw_only=True)
    compare: Sequence[Estimate] = field(default=(), kw_only=True)
    break_even: Estimate | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Check the parts."""
        super().__post_init__()
        owner = self.owner_name
        object.__setattr__(self, "bars", as_tuple(owner, "bars", self.bars))
        if not self.bars or not all(isinstance(each, Estimate) for each in self.estimates):
            hint = unquoted_part(self.estimates, Estimate)
            raise RuleSetError(f"{owner} needs the estimates that it compares: bars=[…], and line=… for a line{hint}")
        first = self.bars[0]
        for each in self.estimates:
            if Unit.parse(each.unit) != Unit.parse(first.unit):
                raise RuleSetError(
                    f"{owner} compares estimate {first.id!r}, in {first.unit or 'plain numbers'!r}, with {each.id!r}, "
                    f"in {each.unit or 'plain numbers'!r}: only equal units fit on one scale"
                )
        self._check_comparison(owner)

    def _check_comparison(self, owner: str) -> None:
        object.__setattr__(self, "compare", as_tuple(owner, "compare", self.compare))
        pair = {each.id for each in self.compare if each in self.bars}
        if self.compare and not len(self.compare) == len(pair) == 2:
            hint = unquoted_part(self.compare, Estimate)
            raise RuleSetError(f"{owner} compares two of its bars: compare=(first, second){hint}")
        given: object = self.break_even
        if not isinstance(given, (Estimate, type(None))):
            hint = unquoted(given, Estimate.kind)
            raise RuleSetError(f"{owner}: break_even is {named_value(given)}, which is not an Estimate{hint}")
        if given is not None and not self.compare:
            raise RuleSetError(
                f"{owner} has a break-even, but does not say of what: name the two bars, compare=(first, second)"
            )

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """All estimates in the chart, the line last."""
        return (*self.bars, *([] if self.line is None else [self.line]))

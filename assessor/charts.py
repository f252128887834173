"""Charts: which estimates are drawn on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.errors import Location, RuleSetError, definition_site
from assessor.naming import check_id
from assessor.rules import Estimate
from assessor.texts import Unquoted, check_text
from assessor.units import Unit


@dataclass(frozen=True)
class Chart(Unquoted):
    """Estimates of one unit that readers compare: each a bar with its range, on one scale.

    Attributes:
        id: Names it.
        title: What is compared, as a noun phrase.
        bars: The estimates, in the order in which they are drawn.
        line: An estimate that is drawn as a line across the bars: a limit, or where two choices are worth the same.
        location: Where it was made.
    """

    id: str
    title: str
    bars: Sequence[Estimate]
    line: Estimate | None = field(default=None, kw_only=True)
    location: Location = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the parts."""
        object.__setattr__(self, "location", definition_site())
        object.__setattr__(self, "bars", tuple(self.bars))
        check_id("chart", self.id)
        owner = f"chart {self.id!r}"
        check_text(owner, "title", self.title, required=True)
        if not self.bars or not all(isinstance(each, Estimate) for each in self.estimates):
            raise RuleSetError(f"{owner} needs the estimates that it compares: bars=[…], and line=… for a line")
        first = self.bars[0]
        for each in self.estimates:
            if Unit.parse(each.unit) != Unit.parse(first.unit):
                raise RuleSetError(
                    f"{owner} compares estimate {first.id!r}, in {first.unit or 'plain numbers'!r}, with {each.id!r}, "
                    f"in {each.unit or 'plain numbers'!r}: only equal units fit on one scale"
                )

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Every estimate in it, the line last."""
        return (*self.bars, *([] if self.line is None else [self.line]))

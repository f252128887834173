"""Print all measurements as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        who: What was measured.
        value: The figure; None if there is none.
        note: The aim, or the reason why there is no figure.
        is_ours: Whether it is ours, not a peer's.
    """

    who: str
    value: float | None
    note: str = ""
    is_ours: bool = False


@dataclass(frozen=True)
class Part:
    """Figures that can be compared.

    Attributes:
        title: What was measured.
        unit: `/s`, `ms`, `µs`, a word, or nothing for a count.
        rows: The figures; peers are compared with our best.
        is_more_better: Whether a higher figure is better.
    """

    title: str
    unit: str
    rows: Sequence[Row]
    is_more_better: bool = False


def table(parts: Sequence[Part]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "| measured | who | figure | ours, times as good |",
        "| --- | --- | ---: | --- |",
        *(f"| {' | '.join(cells)} |" for part in parts for cells in _cells(part)),
    ]
    return "\n".join(lines)


def _cells(part: Part) -> Iterator[tuple[str, str, str, str]]:
    ours = [row.value for row in part.rows if row.is_ours and row.value is not None]
    best = (max if part.is_more_better else min)(ours, default=None)
    peers = sorted(
        (row for row in part.rows if not row.is_ours),
        key=lambda row: (row.value is None, -(row.value or 0) if part.is_more_better else row.value or 0),
    )
    title = part.title
    for row in [*(row for row in part.rows if row.is_ours), *peers]:
        who = f"**{row.who}**" if row.is_ours else row.who
        last = row.note
        if best and row.value and not row.is_ours:
            ratio = best / row.value if part.is_more_better else row.value / best
            last = f"{short(ratio)} ×" + (f"; {row.note}" if row.note else "")
        yield title, who, "–" if row.value is None else _figure(row.value, part.unit), last
        title = ""


def _figure(value: float, unit: str) -> str:
    if unit != "/s":
        return f"{short(value)} {unit}".rstrip()
    scaled, prefix = (value / 1e6, " M") if value >= 1e6 else (value / 1e3, " k")
    return f"{short(scaled)}{prefix}/s"


def short(value: float) -> str:
    """Return three significant digits, or all digits before the decimal point."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"

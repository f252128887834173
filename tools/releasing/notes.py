"""The notes of a release at GitHub, from its section of the changelog."""

from __future__ import annotations

import re

_BREAKING = "- **Breaking:**"
# A line of a list, a heading, a quote, a table or a fence begins something new; others go on.
_BEGINS = re.compile(r"\s*(?:[-*+] |\d+\. |#|>|\||```|\[[^\]]+\]: )")


def _unwrapped(text: str) -> list[str]:
    """Return the lines with each paragraph and each entry on one, since GitHub breaks lines where the text does."""
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        fence = line.lstrip().startswith("```")
        goes_on = line.strip() and lines and lines[-1].strip() and not lines[-1].startswith("#")
        if goes_on and not fenced and not _BEGINS.match(line) and not lines[-1].lstrip().startswith("```"):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.rstrip())
        fenced ^= fence
    return lines


def notes(section: str) -> str:
    """Return a section of the changelog as the notes of a release: what breaks first, without wrapped lines.

    Args:
        section: Its Markdown, without the heading.
    """
    breaking: list[str] = []
    others: list[str] = []
    kept = others
    for line in _unwrapped(section):
        # An entry goes on with what is indented below it.
        if not line.startswith("  ") and line:
            kept = breaking if line.startswith(_BREAKING) else others
        kept.append(line)
    rest = "\n".join(others)
    # A heading whose every entry went to the top leaves.
    rest = re.sub(r"^#+ [^\n]*\n\s*(?=^#|\Z)", "", rest, flags=re.MULTILINE).strip()
    first = "\n".join(line for line in breaking if line)
    return "\n\n".join(part for part in ("### Breaking" if first else "", first, rest) if part)

"""Add us to the configuration of a site, as its author would: in its text, so that everything else stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_SECTIONS = {"zensical": ("markdown_extensions", "mkdocs_assessor")}
_OTHERS = ("plugins", "assessor")


def with_us(text: str, generator: str, rules: str = "") -> str:
    """Return a configuration in YAML with our plugin or, for Zensical, with our extension.

    Args:
        text: The configuration.
        generator: The generator.
        rules: The rule set; by default our options stay out.
    """
    section, name = _SECTIONS.get(generator, _OTHERS)
    lines = text.split("\n")
    start = _start(lines, section)
    if start:
        return "\n".join(_appended(lines, start, lambda indent, dash: _entry(indent, dash, name, rules)))
    flow = re.compile(rf"^{section}:[ \t]*\[(.*)\][ \t]*$", re.MULTILINE)
    if flow.search(text):
        entry = f"{{{name}: {{rules: {rules}}}}}" if rules else name
        return flow.sub(lambda found: f"{section}: [{found[1]}, {entry}]", text)
    # Without `plugins`, MkDocs searches; a list replaces that.
    search = "  - search\n" if section == "plugins" else ""
    return f"{text.rstrip()}\n\n{section}:\n{search}{_entry('  ', '- ', name, rules)}\n"


def with_page(text: str, page: str) -> str:
    """Return a configuration in YAML with a page at the end of its navigation, if it has one."""
    lines = text.split("\n")
    start = _start(lines, "nav")
    return "\n".join(_appended(lines, start, lambda indent, dash: f"{indent}{dash}{page}")) if start else text


def _start(lines: Sequence[str], section: str) -> int:
    """Return the number of the first entry of a section that is written as a block, or 0."""
    # Of two sections with the same name, PyYAML takes the last.
    starts = [number for number, line in enumerate(lines, 1) if re.match(rf"{section}:\s*(?:#.*)?$", line)]
    start = starts[-1] if starts else 0
    while start and start < len(lines) and (not lines[start].strip() or lines[start].lstrip().startswith("#")):
        start += 1
    return start if start < len(lines) else 0


def _appended(lines: Sequence[str], start: int, entry: Callable[[str, str], str]) -> list[str]:
    """Return the lines of a configuration with an entry at the end of a section."""
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    dash = "- " if lines[start].lstrip().startswith("-") else ""
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith((f"{indent}{dash.strip()}", f"{indent} ")):
            break
        if line.strip():
            end = number + 1
    return [*lines[:end], entry(indent, dash), *lines[end:]]


def _entry(indent: str, dash: str, name: str, rules: str) -> str:
    if not rules:
        return f"{indent}{dash}{name}" if dash else f"{indent}{name}: {{}}"
    return f"{indent}{dash}{name}:\n{indent}    {'  ' if dash else ''}rules: {rules}"

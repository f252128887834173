"""Notebooks, which mkdocs-jupyter turns into pages without Python-Markdown: slots and links do nothing in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assessor.errors import Location
from assessor.findings.finding import Finding
from assessor.findings.place import Place
from mkdocs_assessor.page.syntax import WRITTEN_LINK, slots_in

SUFFIX = ".ipynb"


def unread_notebooks(notebooks: Iterable[Path]) -> Iterator[Finding]:
    """Yield a finding for each notebook with a slot or a link of ours in its Markdown."""
    for path in notebooks:
        try:
            text = path.read_text(encoding="utf-8")
            said = "\n\n".join(_markdown(json.loads(text)))
        except (OSError, ValueError):
            # Whoever reads notebooks says so.
            continue
        written = [slot.text for slot in slots_in(said)] + [match[0] for match in WRITTEN_LINK.finditer(said)]
        if written:
            message = (
                f"{written[0]} stays unchanged: no Markdown extension reads a notebook; write it on a page in "
                "Markdown, and link the notebook from there"
            )
            yield Finding("unread-notebook", _place(path, text, written[0]), message)


def _markdown(notebook: Any) -> Iterator[str]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            yield source if isinstance(source, str) else "".join(map(str, source))


def _place(path: Path, text: str, written: str) -> Place:
    # In the file, signs may be escaped.
    pattern = re.compile(re.escape(json.dumps(written, ensure_ascii=False)[1:-1]))
    for number, line in enumerate(text.splitlines(), start=1):
        match = pattern.search(line)
        if match:
            return Place(str(Location(str(path))), number, match.start() + 1, line, match.end() - match.start())
    return Place(str(Location(str(path))))

"""A starter for a guide of one's own: a rule set, a page, a configuration, and what checks them."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

_STARTER = Path(__file__).parent / "starter"
# Their names in a project; in the package they must not act as what they are.
_RENAMED = {"github": ".github", "gitignore": ".gitignore", "rules.txt": "rules.py"}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")
_FALLBACK_ID = "decision"


def starter_files(title: str, today: datetime.date) -> dict[str, str]:
    """Return the files of a starter by their paths.

    Args:
        title: What the guide decides, as a question or a name; one line.
        today: When its facts were checked.
    """
    words = {
        "TITLE": json.dumps(title, ensure_ascii=False),
        # As the command that writes the schema anew.
        "ASCII_TITLE": json.dumps(title),
        "YAML_TITLE": json.dumps(title, ensure_ascii=False),
        "HEADING": _MARKDOWN.sub(r"\\\1", title.replace("&", "&amp;")),
        "ID": _slug(title),
        "TODAY": today.isoformat(),
    }
    files = sorted(file for file in _STARTER.rglob("*") if file.is_file())
    return {_path(file): _filled(file.read_text(encoding="utf-8"), words) for file in files}


def _path(file: Path) -> str:
    return "/".join(_RENAMED.get(part, part) for part in file.relative_to(_STARTER).parts)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)


def _slug(title: str) -> str:
    """Return an id, by which browsers keep the answers."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain)[:6]) or _FALLBACK_ID


def write_starter(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, all or none: what is there already is never replaced.

    Args:
        folder: Where they go; it is made if it is not there.
        files: Texts by path.

    Raises:
        FileExistsError: If one of them is there already; its arguments are their paths.
        OSError: If one cannot be written.
    """
    existing = [path for path in files if (folder / path).exists() or (folder / path).is_symlink()]
    if existing:
        raise FileExistsError(*existing)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)

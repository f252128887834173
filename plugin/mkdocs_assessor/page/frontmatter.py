"""Read front matter without a generator."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from assessor.findings.edit import Replacement
from assessor.findings.finding import Finding
from assessor.findings.place import Place
from assessor.language.words import WordsError, languages, words_of
from mkdocs_assessor.page.misspellings import MOST_EDITS, edit_distance

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?P<yaml>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

# A word processor or an extra dash can turn the first line into these.
_RULE = re.compile(r"[ \t]*(?:-{2,}|[\u2013\u2014-]+)[ \t]*")


@dataclass(frozen=True)
class MarkdownFile:
    """A Markdown file, split into front matter and Markdown.

    Attributes:
        head: The lines of the front matter, including the fences.
        body: The Markdown.
        meta: The parsed front matter.
    """

    head: list[str]
    body: str
    meta: Mapping[str, Any]

    @property
    def ruleset(self) -> str:
        """The name of the rule set that the page chooses."""
        return chosen_ruleset(self.meta)


def chosen_ruleset(meta: Mapping[str, Any]) -> str:
    """Return the name of the rule set that the front matter chooses, or an empty string. A number counts as a name."""
    name = meta.get("assessor")
    return "" if name is None else str(name)


def split(text: str) -> MarkdownFile:
    """Split a Markdown file. Front matter that is not a mapping counts as Markdown."""
    text = text.replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return MarkdownFile([], text, {})
    try:
        meta = yaml.safe_load(match["yaml"] or "")
    except Exception:
        # MkDocs does the same. PyYAML raises many kinds of errors, for deep nesting or for values such as 2026-02-30.
        meta = None
    if not isinstance(meta, dict):
        return MarkdownFile([], text, {})
    return MarkdownFile(match[0].splitlines(), text[match.end() :], meta)


def unread(lines: Sequence[str], keys: Iterable[str]) -> tuple[int, str] | None:
    """Return the line of the mistake in intended front matter, and its fix, if it contains one of some keys.

    Args:
        lines: The lines of a file in which generators find no front matter.
        keys: The keys.
    """
    lines = [line.lstrip("\ufeff") for line in lines]
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    key = re.compile(rf"[ \t]*(?:{'|'.join(keys)})[ \t]*[:=]")
    if not lines or not _RULE.fullmatch(lines[first]):
        return None
    said = list(itertools.takewhile(lambda line: line.strip() and not _RULE.fullmatch(line), lines[first + 1 :]))
    if not any(map(key.match, said)):
        return None
    if first or lines[0].rstrip() != "---":
        return first + 1, "let the file begin with --- in its first line, and nothing before or behind that"
    end = first + 1 + len(said)
    if end == len(lines) or lines[end].rstrip() != "---":
        return end, "put a line with --- and nothing else below it"
    for number, line in enumerate(said, start=2):
        if key.match(line) and not re.match(r"\w+[ \t]*:(?:\s|$)", line):
            return number, f"write '{re.sub(r'[ ]*[:=][ ]*', ': ', line.strip(), count=1)}'"
    try:
        yaml.safe_load("\n".join(said))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line + 2 if mark else 1), f"it is not valid YAML: {error.problem or error.context}"
    except RecursionError:
        return 1, "it has too many nested levels"
    except Exception as error:
        return 1, f"it has an invalid value: {error}"
    return None


# The keys that we read from front matter.
_KEYS = ("assessor", "language")
# What generators of other kinds call the language of a page.
_OTHER_NAMES = ("lang", "locale")


def page_language(
    front_matter: Mapping[str, object],
    path: str,
    lines: Callable[[], Sequence[str]],
    report: Callable[[Finding], None],
) -> str:
    """Return the language in a page's front matter, or an empty string.

    Args:
        front_matter: The front matter.
        path: The page.
        lines: Returns the lines of its file.
        report: Receives each problem: an unknown language, front matter that generators don't read, or misspelt keys.
    """
    for key, value in front_matter.items():
        meant = _meant(str(key), value)
        if meant and not (str(key).lower() in _OTHER_NAMES and meant in front_matter):
            message = f"{key!r} of the front matter does nothing. Did you mean {meant!r}?"
            place = _place(path, lines(), str(key), 1, len(str(key)))
            report(Finding("misspelt-key", place, message, fix=Replacement(str(key), meant).within(place)))
    found = None if front_matter else unread(lines(), _KEYS)
    if found:
        number, advice = found
        text = lines()[number - 1]
        message = f"these lines are not valid front matter, so they have no effect: {advice}"
        report(Finding("unread-front-matter", Place(path, number, 1, text, len(text)), message))
    named = front_matter.get("language") or ""
    if "language" in front_matter and not named:
        said = "" if front_matter["language"] is None else f", and YAML reads {front_matter['language']!r} in it"
        place = _place(path, lines(), "language", 1, len("language"))
        message = (
            f"'language' of the front matter names none{said}: write one of {', '.join(languages())}, or leave it out"
        )
        report(Finding("unknown-language", place, message))
    try:
        return words_of(str(named)).form if named else ""
    except WordsError as error:
        place = _place(path, lines(), "language", len("language:") + 2, len(str(named)))
        report(Finding("unknown-language", place, str(error)))
        return ""


def _meant(key: str, value: object) -> str:
    """Return our key that an unknown key probably means, or an empty string."""
    if not isinstance(value, str) or key in _KEYS:
        return ""
    if key.lower() in _OTHER_NAMES:
        return "language" if re.split("[-_]", value.lower())[0] in languages() else ""
    right = next((each for each in _KEYS if edit_distance(key.lower(), each) <= MOST_EDITS), "")
    return "" if right == "language" and value.lower() not in languages() else right


def _place(path: str, lines: Sequence[str], key: str, column: int, width: int) -> Place:
    number, text = next(((at, each) for at, each in enumerate(lines, 1) if each.startswith(f"{key}:")), (0, ""))
    return Place(path, number, column if number else 0, text, width)

"""Recognise misspelt slots and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assessor.errors import did_you_mean
from assessor.findings.edit import Replacement
from mkdocs_assessor.page.syntax import _SLOT, COMMENT, NEARLY_TARGET, SCHEMES, Target, read_target

_NEARLY = re.compile(
    r"<!--[-\s./]*(?P<owner>[A-Za-z]+)\s*(?P<between>[/:.\\ _-])\s*(?P<path>[^\s>]*)\s*(?P<argument>.*?)[-\s]*-->",
    re.DOTALL,
)

# Zero-width characters.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")

UNSEEN = " again, because it contains an invisible character"

_OWNER = "assessor"

MOST_EDITS = 2

# What a rule set is made of, and no link leads to, with where the rule set lists it.
KINDS: Mapping[str, str] = {
    "criterion": "criteria",
    "criteria": "criteria",
    "action": "actions",
    "chart": "charts",
    "section": "sections",
}


def misspelt_target(address: str) -> Target | None:
    """Return the target that a misspelt address probably means, or `None`.

    The address may be `FACT:id`, `facts:id`, `fact: id`, `fact/id` or `"fact:id"`. One with a slash may also be a page
    of the docs, so the caller has to check whether the id exists.
    """
    match = NEARLY_TARGET.fullmatch(address)
    if match is None or read_target(address):
        return None
    said = match["scheme"].lower()
    scheme = min(SCHEMES, key=lambda each: edit_distance(said, each))
    is_meant = edit_distance(said, scheme) <= (1 if ":" in match["between"] else 0)
    return read_target(f"{scheme}:{match['path']}") if is_meant else None


def unlinked_kind(address: str) -> Target | None:
    """Return the target of an address like `criterion:id`: a part of a rule set that no link leads to, if it is one."""
    match = NEARLY_TARGET.fullmatch(address)
    kind = match["scheme"].lower() if match and ":" in match["between"] else ""
    if match is None or kind not in KINDS:
        return None
    ruleset, _, id = match["path"].rpartition("/")
    return Target(kind, ruleset, id, address)


def misspelt_slots(html: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each comment that is nearly a slot, with its correct form.

    Args:
        html: Raw HTML.
        names: The names of slots.
    """
    known = set(names)
    for comment in COMMENT.findall(html):
        seen = _UNSEEN.sub("", comment)
        match = _NEARLY.fullmatch(seen)
        if match is None or _SLOT.fullmatch(comment):
            continue
        count = edit_distance(match["owner"].lower(), _OWNER)
        ruleset, slash, name = match["path"].rpartition("/")
        name = name.lower() if name.lower() in known else name
        # With a slash, it is almost certainly a slot. Without one, it may be a sentence, unless it is short.
        if match["between"] == "/":
            is_meant = count <= 1 or (count <= MOST_EDITS and bool(name) and "Did you" in did_you_mean(name, known))
        else:
            words = match["argument"].split()
            is_meant = count <= 1 and name in known and len(words) <= (name == "question")
        if is_meant:
            right = " ".join(f"<!-- assessor/{ruleset}{slash}{name} {match['argument']} -->".split())
            yield comment, right if seen == comment else f"{right}{UNSEEN}"


# From this length on, a name may have two typos and still be certain.
_LONG = 8
# A shorter name may be another word with each letter: "far", "fat".
_SHORTEST = 4
_DIGITS = re.compile(r"\d+")


def sure_name(name: str, known: Iterable[str]) -> str:
    """Return the only known name that a misspelt one can mean, or an empty string.

    This is stricter than `nearest`, which only proposes: the build replaces the name without asking.
    """
    found: dict[int, list[str]] = {}
    written = _plain(name)
    for each in known:
        if (count := edit_distance(written, _plain(each))) <= MOST_EDITS:
            found.setdefault(count, []).append(each)
    if not found:
        return ""
    count, names = min(found.items())
    right = names[0]
    allowed = 0 if len(right) < _SHORTEST else MOST_EDITS if len(right) >= _LONG else 1
    # "rule-9" is no typo of "rule-1", nor "unlikely" one of "likely".
    has_same_digits = _DIGITS.findall(name) == _DIGITS.findall(right)
    begins_alike = written[:1] == _plain(right)[:1] or written[:2] == _plain(right)[1::-1]
    return right if len(names) == 1 and count <= allowed and has_same_digits and begins_alike else ""


def renamed(written: str, name: str, known: Iterable[str]) -> Replacement | None:
    """Return the correction of a misspelt name, which is the end of what an author wrote, if one is certain."""
    right = sure_name(name, known)
    return Replacement(written, f"{written.removesuffix(name)}{right}") if right else None


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


def edit_distance(word: str, right: str) -> int:
    """Return the number of letters to insert, delete, change or swap with the next one, to turn one word into another.

    This is a count, unlike the ratio in `nearest`: for a word as short as `fact`, only a single letter may be wrong.
    """
    rows = [list(range(len(right) + 1))]
    for count, letter in enumerate(word, start=1):
        row = [count]
        for place, wanted in enumerate(right, start=1):
            found = min(rows[-1][place] + 1, row[-1] + 1, rows[-1][place - 1] + (letter != wanted))
            if count > 1 and place > 1 and word[count - 2 : count] == wanted + right[place - 2]:
                found = min(found, rows[-2][place - 2] + 1)
            row.append(found)
        rows.append(row)
    return rows[-1][-1]

"""Find what is missing, outdated or broken in the translations of a rule set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assessor.errors import did_you_mean
from assessor.findings.finding import Finding
from assessor.findings.formats import counted
from assessor.findings.place import place_of
from assessor.language.words import base_language, languages
from assessor.links import link_targets
from assessor.model.ruleset import RuleSet
from assessor.prose.measures import Units
from assessor.prose.mentions import find_quantities
from assessor.translations.catalogue import Catalogue, Entry, catalogues, is_current
from assessor.translations.texts import PLACEHOLDER, SourceText, source_texts, unit_parts, units_of

_CODE = re.compile(r"(?<!\\)(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(?<![\\*])\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\\*\w])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![*\w])")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
TRANSLATION_CODES = ("missing-translation", "stale-translation", "broken-translation", "unused-translation")
"""The possible findings in translations."""

# "A single file" may become "1 Datei", and "no" become "0".
_MAY_BE_WORDS = (0.0, 1.0)


def translation_findings(ruleset: RuleSet) -> Iterator[Finding]:
    """Yield what is missing, outdated or broken in the translations of a rule set.

    Raises:
        RuleSetError: If a file with translations is missing or invalid.
    """
    for catalogue in catalogues(ruleset):
        yield from catalogue_findings(ruleset.original, catalogue)


def catalogue_findings(ruleset: RuleSet, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is missing, outdated or broken in one catalogue."""
    matched, rest = catalogue.match(source_texts(ruleset, catalogue.language))
    missing = [text for text, entry in matched if entry is None or not entry.text]
    if missing:
        yield _missing(missing, matched, catalogue)
    for text, entry in matched:
        if entry is None or not entry.text:
            continue
        place = place_of(entry.location)
        if not is_current(text, entry):
            yield Finding(
                "stale-translation",
                place,
                f"The {catalogue.language!r} text of {text.name} translates “{entry.was or entry.source}”, which is "
                f"now “{text.text}”; readers get the latter.",
                f"Translate it anew{', and take out its line was' if entry.was else ''}.",
            )
        elif problems := list(_broken(text, entry, ruleset, catalogue)):
            yield Finding(
                "broken-translation",
                place,
                f"The {catalogue.language!r} text of {text.name} {'; and it '.join(problems)}.",
                "Correct the translation.",
            )
    yield from _unused(rest, [text for text, _ in matched], ruleset, catalogue)


def _missing(missing: Sequence[SourceText], matched: Sequence[object], catalogue: Catalogue) -> Finding:
    count, of = len(missing), len(matched)
    lacks = "text lacks its" if of == 1 else "texts lacks its" if count == 1 else "texts lack their"
    first = next((each for each in catalogue.entries if not each.text), None)
    place = place_of(first.location) if first else place_of(catalogue.location)
    return Finding(
        "missing-translation",
        place,
        f"{count} of {of} {lacks} {catalogue.language!r} translation: {_listed([each.name for each in missing])}.",
        "Run assessor translate, and fill in what is empty; until then, readers get these in the language of the rule "
        "set.",
    )


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:3])
    return f"{shown}; and {len(names) - 3} more" if len(names) > 3 else shown


def _broken(text: SourceText, entry: Entry, ruleset: RuleSet, catalogue: Catalogue) -> Iterator[str]:
    """Yield what a translation has lost of its text, as predicates."""
    source, own = text.text, entry.text
    said = {each[0] for each in PLACEHOLDER.finditer(own)}
    for lost in sorted({each[0] for each in PLACEHOLDER.finditer(source)} - said):
        yield f"lacks {lost}, which stands for {'the date' if lost == text.answer else 'the value of a fact'}"
    for match in PLACEHOLDER.finditer(own):
        if match["fact"] not in ruleset.facts_by_id and match[0] not in source:
            meant = did_you_mean(match["fact"], ruleset.facts_by_id)
            yield f"has {match[0]}, but there is no such fact.{meant}".rstrip(".")
    links, own_links = len([*link_targets(source)]), len([*link_targets(own)])
    if own_links != links:
        yield f"has {_count(own_links, 'link')} in place of {links or 'none'}"
    lost_code = Counter(each["code"] for each in _CODE.finditer(source))
    lost_code.subtract(each["code"] for each in _CODE.finditer(own))
    for code in (each for each, count in lost_code.items() if count > 0):
        yield f"lacks the code `{code}`"
    plain, own_plain = (_CODE.sub("", _LINK_TARGET.sub("", each)) for each in (source, own))
    for pattern, name in ((_STRONG, "strong emphasis, **…**,"), (_EMPHASIS, "emphasis, *…*,")):
        if len(pattern.findall(own_plain)) < len(pattern.findall(plain)):
            yield f"has lost {name} of the text"
    if text.owner is not None:
        yield from _other_numbers(plain, own_plain, ruleset, catalogue)


def _count(count: int, noun: str) -> str:
    return counted(count, noun) if count else f"no {noun}s"


def _other_numbers(source: str, own: str, ruleset: RuleSet, catalogue: Catalogue) -> Iterator[str]:
    """Yield each number of a translation that its text does not have."""
    known = languages()
    said, written = base_language(ruleset.language), base_language(catalogue.language)
    if said not in known or written not in known or not re.search(r"\d", own):
        return
    units = sorted({unit for unit, _ in units_of(ruleset)})
    numbers = {abs(each.value) for each in find_quantities(PLACEHOLDER.sub("", source), Units(units, said))}
    for each in find_quantities(PLACEHOLDER.sub("", own), Units(units, written)):
        if abs(each.value) not in (*numbers, *_MAY_BE_WORDS) and not each.is_vague:
            text = PLACEHOLDER.sub("", own)[each.start : each.end].strip()
            yield f"says “{text}”, which the text does not"


def _unused(
    rest: Sequence[Entry], texts: Sequence[SourceText], ruleset: RuleSet, catalogue: Catalogue
) -> Iterator[Finding]:
    units = unit_parts(ruleset)
    parts = list(dict.fromkeys(each.part for each in texts))
    for entry in rest:
        attributes = [each.attribute for each in texts if each.part == entry.part]
        # Units of a language's own, such as FTE, are not listed before somebody translates them.
        if entry.part in units or not entry.text:
            continue
        what, hint = (
            (f"{entry.part} has no text {entry.attribute!r}", did_you_mean(entry.attribute, attributes))
            if attributes
            else (f"there is no {entry.part} in the rule set", did_you_mean(entry.part, parts))
        )
        yield Finding(
            "unused-translation",
            place_of(entry.location),
            f"Nobody gets this {catalogue.language!r} text: {what}.{hint if 'Did' in hint else ''}",
            "Correct the name, or run assessor translate, which puts it aside.",
        )

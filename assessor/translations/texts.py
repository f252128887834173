"""Enumerate the texts of a rule set to translate: its own, the statements of its facts, and the words of its units.

Values of facts that a text quotes are placeholders in a catalogue, `{sqlite-limit}`: each number stands in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessor.errors import Location
from assessor.language.units import unit_in_words, unit_name
from assessor.language.words import Words, english, supported_language, words_of
from assessor.model.facts import Fact
from assessor.model.parts import Part
from assessor.model.questions.choices import Option
from assessor.model.questions.dates import WHEN, Date
from assessor.model.questions.question import Question
from assessor.model.ruleset import RuleSet

NAME, VALUE, WORDS = "name", "value", "words"

PLACEHOLDER = re.compile(r"\{(?P<fact>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<range>:range)?\}")
"""A fact that a text quotes, `{sqlite-limit}`, or the range of one, `{sqlite-limit:range}`."""

# A single character quotes nothing.
_SHORTEST = 3
_JOINED = re.compile(r"(\s*[*·/]\s*)")
_IN_WORDS = re.compile(r"\s*=\s*")


@dataclass(frozen=True)
class SourceText:
    """A text to translate.

    Attributes:
        part: The part in a catalogue: `question pager`.
        attribute: The attribute of the part: `wording`.
        text: The text in the language of the rule set, with placeholders.
        location: The line that creates the part.
        owner: The part itself; `None` for a unit.
        former: The names of the part under the ids that it had before.
    """

    part: str
    attribute: str
    text: str
    location: Location
    owner: Any = field(default=None, compare=False, repr=False)
    former: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in messages: `question pager, wording`."""
        return f"{self.part}, {self.attribute}"

    @property
    def answer(self) -> str:
        """What stands in it for the reader's answer: `{when}`, also where a fact has that id; else empty."""
        return WHEN if isinstance(self.owner, Date) and self.attribute == "statement" else ""


def part_name(part: Part) -> str:
    """Return the name of a part in a catalogue; that of the rule set has no id."""
    return part.kind if isinstance(part.value, RuleSet) else f"{part.kind} {part.value.id}"


def option_name(option: str, question: str) -> str:
    """Return the name of an option in a catalogue."""
    return f"option {option} of {question}"


def source_texts(ruleset: RuleSet, language: str) -> Iterator[SourceText]:
    """Yield every text to translate, in the order of the rule set; units at the end.

    Args:
        ruleset: The original rule set.
        language: The language to translate into: it may have its own words for common units.
    """
    quotes = Quotes(ruleset)
    asked = ""
    owners: dict[int, tuple[str, tuple[str, ...]]] = {}
    for part in ruleset.parts():
        name, former = part_name(part), _former(part.value)
        if isinstance(part.value, Question):
            asked = part.value.id
            former = tuple(f"question {each}" for each in former)
        elif isinstance(part.value, Option):
            name = option_name(part.value.id, asked)
            old = ruleset.questions_by_id[asked].formerly
            ids = [(option, question) for option in (part.value.id, *former) for question in (asked, *old)]
            former = tuple(option_name(*each) for each in ids[1:])
        owners[id(part.value)] = name, former
    for owned in ruleset.texts():
        name, former = owners[id(owned.owner.value)]
        text = quotes.with_placeholders(owned.text, owned.owner.value)
        yield SourceText(name, owned.attribute, text, owned.owner.location, owned.owner.value, former)
    for fact in ruleset.facts:
        if isinstance(fact.value, str):
            yield SourceText(f"fact {fact.id}", VALUE, fact.value, fact.location, fact)
    seen: set[tuple[str, str]] = set()
    for unit, location in units_of(ruleset):
        for part_, attribute, text in _unit_texts(unit, language):
            if (part_, attribute) not in seen:
                seen.add((part_, attribute))
                yield SourceText(part_, attribute, text, location)


def _former(value: object) -> tuple[str, ...]:
    return tuple(value.formerly) if isinstance(value, (Question, Option)) else ()


def units_of(ruleset: RuleSet) -> Iterator[tuple[str, Location]]:
    """Yield the units of the parts of a rule set, each with the place of its part."""
    for part in ruleset.parts():
        unit = getattr(part.value, "unit", "")
        if isinstance(unit, str) and unit:
            yield unit, part.location


def replace_factors(unit: str, other: Callable[[str], str]) -> str:
    """Return a unit with other factors.

    Args:
        unit: The unit.
        other: Returns what to write for a factor with its plural, or nothing to keep it.
    """
    return "".join(other(each) or each for each in _JOINED.split(_IN_WORDS.split(unit)[0].strip()))


def unit_parts(ruleset: RuleSet) -> frozenset[str]:
    """Return the names in a catalogue of all units of a rule set, also those that most languages write alike."""
    units = [unit_name(unit) for unit, _ in units_of(ruleset)]
    factors = (factor.strip() for unit in units for factor in _JOINED.split(unit)[::2])
    return frozenset(f"unit {each}" for each in (*units, *factors))


def _unit_texts(unit: str, language: str) -> Iterator[tuple[str, str, str]]:
    if in_words := unit_in_words(unit):
        yield f"unit {unit_name(unit)}", WORDS, in_words
        return
    words = words_of(supported_language(language))
    for factor in _JOINED.split(unit.strip())[::2]:
        name = unit_name(factor).strip()
        # Symbols and codes are the same in all languages: GB, USD, kWh.
        is_word = len(name) >= _SHORTEST and name.replace(" ", "").isalpha() and name[1:].islower()
        if is_word and english().singulars.get(name, name) not in words.own_units:
            yield f"unit {name}", NAME, factor


class Quotes:
    """The values of facts as the texts of a rule set quote them."""

    def __init__(self, ruleset: RuleSet) -> None:
        """Take the rule set."""
        self._facts = ruleset.facts
        self._languages = dict.fromkeys((supported_language(ruleset.language), "en"))

    def with_placeholders(self, text: str, owner: object) -> str:
        """Return a text with a placeholder for each value of a fact in it.

        Args:
            text: The text.
            owner: The part with the text: a fact does not quote itself.
        """
        if self._pattern is None:
            return text
        mine = owner.id if isinstance(owner, Fact) else ""

        def put(match: re.Match[str]) -> str:
            fact, placeholder = self._values[match[0]]
            return match[0] if fact == mine else placeholder

        return self._pattern.sub(put, text)

    @cached_property
    def _values(self) -> Mapping[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for fact in self._facts:
            for words in map(words_of, self._languages):
                # Of two facts with one value, the first is quoted; a number alone can be anything.
                if fact.unit or fact.is_date:
                    found.setdefault(fact.value_text(words), (fact.id, f"{{{fact.id}}}"))
                    found.setdefault(fact.range_text(words), (fact.id, f"{{{fact.id}:range}}"))
        found.pop("", None)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        values = sorted((each for each in self._values if len(each) >= _SHORTEST), key=lambda each: (-len(each), each))
        either = "|".join(map(re.escape, values))
        return re.compile(rf"(?<![\w.,–-])(?:{either})(?!\w|[.,]\d)") if values else None


def filled(text: str, facts: Mapping[str, Fact], words: Words, kept: str = "") -> str:
    """Return a text with the values of facts in place of its placeholders; what names no fact stays.

    Args:
        text: The text.
        facts: The facts by id, in the language of the text.
        words: The words of that language.
        kept: A placeholder that stands for something else.
    """

    def value(match: re.Match[str]) -> str:
        fact = facts.get(match["fact"])
        if fact is None or match[0] == kept:
            return match[0]
        return (fact.range_text(words) if match["range"] else "") or fact.value_text(words)

    return PLACEHOLDER.sub(value, text)

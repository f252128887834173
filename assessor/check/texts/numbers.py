"""Numbers in the texts of a rule set that are a fact's or a threshold's, and that no f-string ties to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from assessor.check.texts.written import Source, WrittenText, source_of
from assessor.errors import Location
from assessor.findings.finding import Finding
from assessor.findings.place import Place, place_of
from assessor.language.decimals import plain_number
from assessor.language.layout import GAP, capitalized, quoted
from assessor.language.quantities import unit_label
from assessor.language.words import base_language, languages, words_of
from assessor.model.conditions import walk
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import inputs
from assessor.model.formulas.ranges import Range
from assessor.model.parts import OwnedText
from assessor.model.points import PointsComparison
from assessor.model.questions.numbers import Number, NumberComparison, comparisons_in
from assessor.model.ruleset import RuleSet
from assessor.prose.guessing import language_of
from assessor.prose.measures import Units
from assessor.prose.mentions import find_quantities
from assessor.prose.unlinked import Measurable, Unlinked, unlinked

# Code, and links with what they say, are not the author's own claim.
_ASIDE = re.compile(r"(`+).+?\1|!?\[[^][]*\]\([^()]*\)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n{2,}")
# What joins a number to what stands beside it.
_JOINTS = ".,-–−/"


@dataclass(frozen=True)
class Threshold:
    """A plain number that a condition compares a question with."""

    question: Number
    value: float

    @property
    def id(self) -> str:
        """The text that identifies it."""
        return f"{self.question.id} {self.value}"

    @property
    def unit(self) -> str:
        """The unit of the question."""
        return self.question.unit

    @property
    def title(self) -> str:
        """The words of the question."""
        return f"{self.question.name} {self.question.wording}"

    @property
    def range(self) -> Range:
        """The number, exactly."""
        return Range.exactly(self.value)


@dataclass(frozen=True)
class _Literal:
    """A number in a text, as its author wrote it."""

    owned: OwnedText
    found: Unlinked[Fact] | Unlinked[Threshold]
    source: Source
    place: Place


def unquoted_numbers(ruleset: RuleSet) -> Iterator[Finding]:
    """Find numbers that the source of a text has in figures or words, where an f-string would quote them."""
    language = _language_of(ruleset)
    for each in _literals(ruleset, language):
        name = capitalized(each.owned.owner.name)
        said = f"{name} says {quoted(each.found.text)}"
        if isinstance(each.found.fact, Threshold):
            message, advice = _of_threshold(said, each.found.fact, each.source, language)
        else:
            message, advice = _of_fact(said, each.found.fact, each.found.kind, each.source, language)
        code = "doubtful-number-in-rules" if each.found.kind == "other" else "unquoted-number"
        yield Finding(code, each.place, message, advice)


def _language_of(ruleset: RuleSet) -> str:
    said = base_language(ruleset.language)
    return said if said in languages() else language_of(each.text for each in ruleset.texts())


def _literals(ruleset: RuleSet, language: str) -> Iterator[_Literal]:
    thresholds: dict[int, list[Threshold]] = {}
    for condition in ruleset.conditions():
        thresholds.setdefault(id(condition.owner.value), []).extend(
            Threshold(each.question, each.threshold) for each in comparisons_in(condition.condition) if not each.facts
        )
    asked = list(dict.fromkeys(each for found in thresholds.values() for each in found))
    units = [fact.unit for fact in ruleset.facts] + [each.unit for each in asked]
    vocabulary = Units(sorted(set(filter(None, units))), language)
    facts, asked_facts = _facts_by_owner(ruleset), _facts_by_question(ruleset)
    seen: set[tuple[str, int, int, int]] = set()
    places: set[Place] = set()
    for owned in ruleset.texts():
        part, location = owned.owner.value, owned.owner.location
        if not any(each.unit for each in find_quantities(owned.text, vocabulary)):
            continue  # most texts: reading the source takes longer
        source = source_of(location)
        written = source.written(owned.text, location.line) if source else None
        if source is None or written is None:
            continue
        sentences = _SENTENCE.split(_ASIDE.sub(f" {GAP} ", written.with_gaps(GAP)))
        compared = facts.get(id(part), frozenset())
        sure = compared | asked_facts.get(id(part), frozenset())
        own = {*thresholds.get(id(part), ()), *(each for each in asked if each.question is part)}
        others = [each for each in ruleset.facts if each is not part]
        found: dict[tuple[int, int], Unlinked[Fact] | Unlinked[Threshold]] = {}
        for fact in unlinked(sentences, _sure_first(others, sure), vocabulary, sure):
            if fact.kind != "other" or fact.fact.id in compared:
                found[fact.sentence, fact.start] = fact
        ids = frozenset(each.id for each in own)
        for threshold in unlinked(sentences, _sure_first(asked, ids), vocabulary, ids):
            known = found.get((threshold.sentence, threshold.start))
            if threshold.kind == "value" and (known is None or known.kind == "other"):
                found[threshold.sentence, threshold.start] = threshold
        for (sentence, start), each in sorted(found.items(), key=lambda item: item[0]):
            key = location.path, id(written), sentence, start
            if key not in seen and not _goes_on(sentences[sentence], each):
                seen.add(key)
                place = _place(location, written, each.text, source, places)
                places.add(place)
                yield _Literal(owned, each, source, place)


_T = TypeVar("_T", bound=Measurable)


def _sure_first(every: Sequence[_T], sure: Set[str]) -> Sequence[_T]:
    return sorted(every, key=lambda each: each.id not in sure)


def _facts_by_owner(ruleset: RuleSet) -> dict[int, frozenset[str]]:
    """Return the facts that each part of a rule set asks for or uses, by the part's identity."""
    found: dict[int, set[str]] = {}
    for owned in ruleset.conditions():
        for each in walk(owned.condition):
            if isinstance(each, (NumberComparison, PointsComparison)):
                found.setdefault(id(owned.owner.value), set()).update(fact.id for fact in each.facts)
    for estimate in ruleset.estimates:
        parts = inputs(estimate.formula)
        found.setdefault(id(estimate), set()).update(part.id for part in parts if isinstance(part, Fact))
    return {key: frozenset(facts) for key, facts in found.items()}


def _facts_by_question(ruleset: RuleSet) -> dict[int, frozenset[str]]:
    """Return the facts in the thresholds of each question, and those that its answer replaces, by its identity."""
    found: dict[int, set[str]] = {}
    for owned in ruleset.conditions():
        for each in comparisons_in(owned.condition):
            found.setdefault(id(each.question), set()).update(fact.id for fact in each.facts)
    for question in ruleset.questions:
        if isinstance(question, Number) and question.default is not None:
            found.setdefault(id(question), set()).add(question.default.id)
    return {key: frozenset(facts) for key, facts in found.items()}


def _goes_on(sentence: str, found: Unlinked[Fact] | Unlinked[Threshold]) -> bool:
    """Say whether a number goes on in a value beside it, so that it is not known what it is."""
    start = sentence.index(found.text, found.start)
    before = sentence[:start].rstrip(_JOINTS)
    after = sentence[start + len(found.text) :].lstrip(_JOINTS)
    return before.endswith(GAP) or after.startswith(GAP)


def _place(location: Location, written: WrittenText, text: str, source: Source, taken: Set[Place]) -> Place:
    """Return where a quantity is; the beginning of its string if it goes over two lines."""
    path = str(Location(location.path))
    for number in range(written.first, written.last + 1):
        line = source.lines[number - 1]
        for match in re.finditer(re.escape(text), line):
            place = Place(path, number, match.start() + 1, line, len(text))
            if place not in taken:
                return place
    return place_of(Location(location.path, written.first))


def _of_fact(said: str, fact: Fact, kind: str, source: Source, language: str) -> tuple[str, str]:
    """Return the message and the advice on a number that is a fact's."""
    made_in = source_of(fact.location)
    name = made_in.name_of(fact) if made_in else ""
    name = source.called(name) if name else fact.id.replace("-", "_")
    what = f"fact {fact.id!r}"
    if kind == "other":
        value = quoted(fact.value_text(words_of(language)))
        return (
            f"{said}, but {what}, the threshold here, is {value}.",
            f"If you mean the fact, write {_hole(name, language)}, which quotes the fact.",
        )
    if kind == "value":
        return (
            f"{said} as plain text, which is {what}, and would not change with it.",
            f"Write {_hole(name, language)}, which quotes the fact.",
        )
    end = "the range" if kind == "range" else f"the {kind} end"
    return (
        f"{said} as plain text, which is {end} of {what}, and would not change with it.",
        f'Write f"… {{{name}.range_text()}} …", which quotes the range of the fact.',
    )


def _hole(name: str, language: str) -> str:
    return f'f"… {{{name}{"" if language == "en" else f":{language}"}}} …"'


def _of_threshold(said: str, threshold: Threshold, source: Source, language: str) -> tuple[str, str]:
    """Return the message and the advice on a number that a condition compares with."""
    words = words_of(language)
    name = source.name_of_threshold(threshold.value)
    unit = unit_label(threshold.unit, words, is_one=threshold.value == 1)
    hole = f'f"… {{{name or "limit"}{":," if threshold.value >= 1_000 else ""}}} {unit} …"'
    return (
        f"{said} as plain text, which is the threshold of question {threshold.question.id!r}, and would not change "
        "with it.",
        f"Write {hole}, with the name that the condition has."
        if name
        else f"Name the threshold, limit = {plain_number(threshold.value)}, and write {hole}.",
    )

"""Return a rule set in another language: the same ids and rules, with the texts of a catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assessor.errors import Location, RuleSetError
from assessor.language.quantities import unit_label
from assessor.language.units import unit_in_words, unit_name
from assessor.language.words import Words, base_language, supported_language, words_of
from assessor.model.estimates.conditional import Conditional
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Operation, Quantity
from assessor.model.ruleset import RuleSet
from assessor.translations.catalogue import Catalogue, catalogues, is_current
from assessor.translations.rebuilding import rebuilt
from assessor.translations.texts import NAME, VALUE, WORDS, filled, replace_factors, source_texts


def languages_of(ruleset: RuleSet) -> tuple[str, ...]:
    """Return the languages that a rule set has texts in, its own first; none if it does not say in which it is.

    Raises:
        RuleSetError: If a file with translations is missing or invalid.
    """
    own = ruleset.original.language
    return (own, *(each.language for each in catalogues(ruleset))) if own else ()


def in_language(ruleset: RuleSet, language: str) -> RuleSet:
    """Return a rule set in a language, or in its own if it has no texts in that one.

    Texts without a translation, or with that of another text, stay in the rule set's own language: readers must not
    answer another question than the one that the rules ask.

    Args:
        ruleset: The rule set.
        language: The language. With a region, or as another form of it, this returns the nearest one: for `de`, also
            `de-x-informal`.

    Raises:
        RuleSetError: If a file with translations is missing or invalid, or no page can show a text in it.
    """
    original = ruleset.original
    named = {each.language: each for each in catalogues(original)}
    best = nearest_language(language, languages_of(original))
    if best not in named:
        return original
    known: dict[str, tuple[Catalogue, RuleSet]] = original.__dict__.setdefault("_translations", {})
    if best not in known or known[best][0] is not named[best]:
        known[best] = named[best], _Translation(original, named[best]).ruleset()
    return known[best][1]


def nearest_language(language: str, known: tuple[str, ...]) -> str:
    """Return which of some languages a language means: itself, or else one that differs in region or form.

    It is empty if there is none.
    """
    wanted = language.replace("_", "-").lower()
    alike = [each for each in known if base_language(each) == base_language(language)]
    exact = [each for each in alike if each.lower() == wanted]
    plain = [each for each in alike if "-" not in each]
    return next(iter([*exact, *plain, *alike]), "")


class _Translation:
    """Makes a translation of a rule set."""

    def __init__(self, ruleset: RuleSet, catalogue: Catalogue) -> None:
        self._original = ruleset
        self._catalogue = catalogue
        self._words = words_of(supported_language(catalogue.language))
        self._texts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._units: dict[tuple[str, str], str] = {}
        self._places: dict[int, dict[str, Location]] = defaultdict(dict)
        matched, _ = catalogue.match(source_texts(ruleset, catalogue.language))
        self._units = {(each.part, each.attribute): each.text for each in catalogue.entries if _is_unit(each.part)}
        values = [(text, entry) for text, entry in matched if text.attribute == VALUE]
        statements = {text.part: entry.text for text, entry in values if entry and is_current(text, entry)}
        self._facts = {fact.id: self._fact(fact, statements) for fact in ruleset.facts}
        for text, entry in matched:
            if text.owner is not None:
                shown = entry.text if entry and is_current(text, entry) else text.text
                said = shown if text.attribute == VALUE else filled(shown, self._facts, self._words, text.answer)
                self._texts[id(text.owner)][text.attribute].append(said)
                if entry:
                    self._places[id(text.owner)].setdefault(text.attribute, entry.location)

    def ruleset(self) -> RuleSet:
        """Return the rule set in the language."""
        translation: RuleSet = rebuilt(self._original, self._change, self._checked)
        object.__setattr__(translation, "_original", self._original)
        return translation

    def _fact(self, fact: Fact, statements: Mapping[str, str]) -> Fact:
        if isinstance(fact.value, str):
            return replace(fact, value=statements.get(f"fact {fact.id}", fact.value))
        return replace(fact, unit=self._unit(fact.unit))

    def _change(self, part: Any) -> Mapping[str, Any]:
        changed: dict[str, Any] = {}
        for attribute, said in self._texts.get(id(part), {}).items():
            given, texts = getattr(part, attribute), iter(said)
            new = next(texts) if isinstance(given, str) else tuple(next(texts) if each else each for each in given)
            if new != given:
                changed[attribute] = new
        if isinstance(part, RuleSet):
            changed["language"] = self._catalogue.language
        unit = getattr(part, "unit", "")
        is_shown = isinstance(unit, str) and unit and not isinstance(part, (Conditional, Operation, Quantity))
        if is_shown and (own := self._unit(unit)) != unit:
            changed["unit"] = own
        return changed

    def _checked(self, part: Any, copy: Callable[[], Any]) -> Any:
        try:
            return copy()
        except RuleSetError as error:
            raise RuleSetError(error.message, self._place(part)) from None

    def _place(self, part: Any) -> Location:
        """Return the line of the text that a part refuses."""
        places = self._places[id(part)]
        for name, value in self._change(part).items():
            try:
                replace(part, **{name: value})
            except RuleSetError:
                if name in places:
                    return places[name]
        return next(iter(places.values()), Location(str(self._catalogue.file), 1))

    def _unit(self, unit: str) -> str:
        """Return a unit with how readers of the language see it behind a `=`; nothing else of it changes."""
        return translated_unit(unit, self._units, self._words)


def _is_unit(part: str) -> bool:
    return part.startswith("unit ")


def translated_unit(unit: str, own: Mapping[tuple[str, str], str], words: Words) -> str:
    """Return a unit as readers of another language see it: `user/month = Nutzer pro Monat`.

    Args:
        unit: The unit.
        own: The translations of units, by part and attribute of a catalogue.
        words: The words of the language.
    """
    name = unit_name(unit)
    if unit_in_words(unit):
        said = own.get((f"unit {name}", WORDS), "")
        return f"{name} = {said}" if said else unit
    translated = replace_factors(unit, lambda factor: own.get((f"unit {unit_name(factor).strip()}", NAME), ""))
    if translated == unit:
        return unit
    one, many = (unit_label(translated, words, is_one=is_one) for is_one in (True, False))
    return f"{name} = {one}" if one == many else f"{name} = {one}|{many}"


def unit_spellings(ruleset: RuleSet) -> tuple[tuple[str, str], ...]:
    """Return what the language of a translation calls units, each with the unit: `Nutzer`, `user`.

    Raises:
        RuleSetError: If a file with translations is missing or invalid.
    """
    if ruleset.original is ruleset:
        return ()
    own = (each for each in catalogues(ruleset) if each.language == ruleset.language)
    return tuple(
        (spelling, entry.part.removeprefix("unit "))
        for catalogue in own
        for entry in catalogue.entries
        if _is_unit(entry.part) and entry.attribute == NAME
        for spelling in filter(None, entry.text.split("|"))
    )

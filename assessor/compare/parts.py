"""Find the added, removed and changed parts of a rule set."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.compare.changes import FieldChange, PartChanges, TranslationChange
from assessor.compare.renames import Renames, same_decisions
from assessor.compare.values import key_of, said
from assessor.language.numerals import numerals
from assessor.language.words import Words, supported_language, words_of
from assessor.model.conditions import Condition
from assessor.model.facts import Fact
from assessor.model.parts import KINDS
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.ruleset import RuleSet
from assessor.translations.shown import shown_translations
from assessor.translations.texts import option_name, source_texts

# These are compared elsewhere: a question by its section, a rule by its decision, options as separate parts.
# Old ids change nothing that readers notice.
_APART = {"id", "questions", "rules", "options", "formerly", "retired"}
_OF_VALUE = ("value", "unit", "low", "high")


@dataclass(frozen=True)
class _Sides:
    """What it takes to compare an attribute of both rule sets.

    Attributes:
        renames: The questions and options with another id.
        old: The words of the old rule set's language.
        new: The words of the new rule set's language.
    """

    renames: Renames
    old: Words
    new: Words


def _sides(old: RuleSet, new: RuleSet, renames: Renames) -> _Sides:
    """Return the words of both; a rule set that declares no language has that of the other."""
    languages = old.language or new.language, new.language or old.language
    before, after = (words_of(supported_language(language)) for language in languages)
    return _Sides(renames, before, after)


def all_part_changes(old: RuleSet, new: RuleSet, renames: Renames) -> dict[str, PartChanges]:
    """Return, for each kind of part, the added, removed and renamed ids."""
    return {
        plural: _part_changes(
            [part.id for part in getattr(old, plural)],
            [part.id for part in getattr(new, plural)],
            _renamed(old, new, plural, renames),
        )
        for plural in KINDS
    }


def _part_changes(before: Sequence[str], after: Sequence[str], renamed: Mapping[str, str]) -> PartChanges:
    kept = {name: renamed.get(name, name) for name in before if name in renamed or name in after}
    # If another part has taken over an id, the part with that id is not the same one.
    kept = {name: now for name, now in kept.items() if name in renamed or now not in renamed.values()}
    return PartChanges(
        tuple(name for name in after if name not in kept.values()),
        tuple(name for name in before if name not in kept),
        dict(renamed),
    )


def _renamed(old: RuleSet, new: RuleSet, plural: str, renames: Renames) -> Mapping[str, str]:
    """Return the new ids of renamed parts."""
    if plural == "questions":
        return renames.questions
    if plural == "decisions":
        return renames.decisions
    return renamed_rules(old, new, renames) if plural == "rules" else {}


def renamed_rules(old: RuleSet, new: RuleSet, renames: Renames) -> Mapping[str, str]:
    """Return the new ids of the rules where only the id differs, as when their decision has a new one."""
    renamed: dict[str, str] = {}
    gone = [rule for rule in old.rules if rule.id not in {each.id for each in new.rules}]
    come = [rule for rule in new.rules if rule.id not in {each.id for each in old.rules}]
    for before in gone:
        same = [
            after.id
            for after in come
            if (after.because, after.then.id) == (before.because, before.then.id)
            and key_of(before.when, renames) == key_of(after.when)
        ]
        if len(same) == 1 and same[0] not in renamed.values():
            renamed[before.id] = same[0]
    return renamed


def option_changes(old: Question, new: Question, renames: Renames) -> PartChanges:
    """Return the added, removed and renamed options; all of them if the kind of question changed."""
    if type(old) is not type(new):
        return PartChanges(_options(new), _options(old))
    return _part_changes(_options(old), _options(new), renames.options.get(old.id, {}))


def _options(question: Question) -> tuple[str, ...]:
    if isinstance(question, Choice):
        return question.option_ids
    if isinstance(question, Date):
        return ("any date",)
    return ("any number",) if isinstance(question, Number) else ("yes", "no")


def field_changes(
    old: RuleSet, new: RuleSet, parts: Mapping[str, PartChanges], renames: Renames
) -> Iterator[FieldChange]:
    """Yield every change of an attribute of the rule set and of the parts in both.

    Args:
        old: The rule set before.
        new: The rule set now.
        parts: For each kind of part, the added, removed and renamed ones.
        renames: The questions and options with another id.
    """
    sides = _sides(old, new, renames)
    for name in ("id", "title", "summary", "language"):
        yield from _change("rule set", new.id, name, getattr(old, name), getattr(new, name), sides=sides)
    for plural, kind in KINDS.items():
        changes = parts[plural]
        after = {part.id: part for part in getattr(new, plural) if part.id not in changes.added}
        before = {
            changes.renamed.get(part.id, part.id): part
            for part in getattr(old, plural)
            if part.id not in changes.removed
        }
        yield from _order("rule set", new.id, plural, list(before), list(after))
        for name, part in after.items():
            yield from _fields(kind, name, before[name], part, sides)
    for name, sections in _sections(old, new, parts["questions"]).items():
        yield from _change("question", name, "section", *sections, sides=sides)
    for name, decisions in _decisions(old, new, parts["rules"]).items():
        yield from _change("rule", name, "decision", *decisions, sides=sides)


def _order(kind: str, name: str, plural: str, before: list[str], after: list[str]) -> Iterator[FieldChange]:
    if before != after:
        yield FieldChange(kind, name, f"order of {plural}", ", ".join(before), ", ".join(after))


def _sections(old: RuleSet, new: RuleSet, changes: PartChanges) -> dict[str, tuple[str, str]]:
    """Return the old and new section of each question in both rule sets, by its new id."""
    before, after = (
        {question.id: section.id for section in ruleset.sections for question in section.questions}
        for ruleset in (old, new)
    )
    names = {name: changes.renamed.get(name, name) for name in before if name not in changes.removed}
    return {new_name: (before[name], after[new_name]) for name, new_name in names.items()}


def _decisions(old: RuleSet, new: RuleSet, changes: PartChanges) -> dict[str, tuple[str, str]]:
    """Return the old and new decision of each rule that moved from one to another, by its new id."""
    same = dict(same_decisions(old, new))
    before, after = (
        {rule.id: place for place, rules in enumerate(ruleset.rules_by_decision) for rule in rules}
        for ruleset in (old, new)
    )
    names = {name: changes.renamed.get(name, name) for name in before if name not in changes.removed}
    return {
        new_name: (_decision_id(old, before[name]), _decision_id(new, after[new_name]))
        for name, new_name in names.items()
        if same.get(before[name]) != after[new_name]
    }


def _decision_id(ruleset: RuleSet, place: int) -> str:
    return ruleset.decisions[place].id if ruleset.decisions else ""


def _fields(kind: str, name: str, old: Any, new: Any, sides: _Sides) -> Iterator[FieldChange]:
    """Yield the changes of a part, for all of its attributes."""
    apart = {*_APART, *(_OF_VALUE if isinstance(new, Fact) else ())}
    # In one language, so that a value counts as another only if it is one.
    if isinstance(old, Fact) and _value(old, sides.new) != _value(new, sides.new):
        yield FieldChange(kind, name, "value", _value(old, sides.old), _value(new, sides.new))
    if type(old) is not type(new):
        before, after = (_KIND_OF_QUESTION.get(type(part), type(part).__name__) for part in (old, new))
        yield FieldChange(kind, name, "kind", before, after)
    # Not `hasattr`: options are attributes of a choice as well.
    known = {field.name for field in dataclasses.fields(old)}
    for field in dataclasses.fields(new):
        if field.compare and field.name not in apart and field.name in known:
            yield from _change(kind, name, field.name, getattr(old, field.name), getattr(new, field.name), sides=sides)
    if isinstance(old, Choice) and isinstance(new, Choice):
        yield from _option_fields(name, old, new, sides)


_KIND_OF_QUESTION: Mapping[type, str] = {
    YesNo: "yes or no",
    Choice: "one of several options",
    Number: "a number",
    Date: "a date",
}


def _option_fields(name: str, old: Choice, new: Choice, sides: _Sides) -> Iterator[FieldChange]:
    changes = option_changes(old, new, sides.renames)
    before = {changes.renamed.get(each.id, each.id): each for each in old.options if each.id not in changes.removed}
    after = {each.id: each for each in new.options if each.id not in changes.added}
    yield from _order("question", name, "options", list(before), list(after))
    for option_id, option in after.items():
        for field in ("label", "statement", "asked_when"):
            said_before, said_now = getattr(before[option_id], field), getattr(option, field)
            yield from _change("option", f"{name}.{option_id}", field, said_before, said_now, sides=sides)


def _value(fact: Fact, words: Words) -> str:
    """Return the value of a fact with its range, and with all digits if readers see it rounded."""
    value, span = fact.value_text(words), fact.range_text(words)
    shown = f"{value} ({span})" if span else value
    own = numerals(words.language)
    # The digits as in the source, where a point stands before the decimals.
    digits = shown.replace(own.group, "").replace(own.decimal, ".")
    exact = [said(each, words) for each in (fact.value, fact.low, fact.high)]
    is_exact = not fact.is_numeric or all(each in digits for each in exact)
    return shown if is_exact else f"{shown}: {', '.join(filter(None, exact))}"


def _change(kind: str, name: str, field: str, old: Any, new: Any, *, sides: _Sides) -> Iterator[FieldChange]:
    if key_of(old, sides.renames) == key_of(new):
        return
    # Two conditions can be built differently but read the same.
    if not isinstance(new, Condition) or said(old, sides.new) != said(new, sides.new):
        yield FieldChange(kind, name, field, said(old, sides.old), said(new, sides.new))


def translation_changes(
    old: RuleSet, new: RuleSet, parts: Mapping[str, PartChanges], renames: Renames
) -> tuple[PartChanges, tuple[TranslationChange, ...]]:
    """Return the added and removed languages, and the changed translations of parts in both rule sets.

    Args:
        old: The rule set before.
        new: The rule set now.
        parts: For each kind of part, the added, removed and renamed ones.
        renames: The questions and options with another id.

    Raises:
        RuleSetError: If a file with translations is missing or invalid.
    """
    names = _catalogue_names(parts, renames, old)
    before = shown_translations(old, lambda name: names.get(name, name))
    after = shown_translations(new)
    changes = []
    for language in (each for each in after if each in before):
        texts_before, texts_now = before[language], after[language]
        known = {names.get(text.part, text.part) for text in source_texts(old.original, language)}
        known &= {text.part for text in source_texts(new.original, language)}
        for part, attribute in dict.fromkeys([*texts_now, *texts_before]):
            said = [texts.get((part, attribute), ()) for texts in (texts_before, texts_now)]
            if part in known and said[0] != said[1]:
                changes.append(TranslationChange(language, part, attribute, *map("; ".join, said)))
    return _part_changes(list(before), list(after), {}), tuple(changes)


def _catalogue_names(parts: Mapping[str, PartChanges], renames: Renames, old: RuleSet) -> Mapping[str, str]:
    """Return the new name in a catalogue of each part that has another one, by its old name."""
    names = {
        f"{kind} {before}": f"{kind} {after}"
        for plural, kind in KINDS.items()
        for before, after in parts[plural].renamed.items()
    }
    for question in old.questions:
        for option in question.option_ids if isinstance(question, Choice) else ():
            now = option_name(str(renames.answer(question.id, option)), renames.question(question.id))
            names[option_name(option, question.id)] = now
    return names

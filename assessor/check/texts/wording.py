"""Find wordings with double negatives. This understands English only; other languages pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.layout import capitalized
from assessor.model.conditions import Not
from assessor.model.questions.dates import WHEN, Date
from assessor.model.questions.question import YesNo
from assessor.model.ruleset import RuleSet

# English grammar words that Spanish, Portuguese, Italian and French don't share; "no" is a word in those, too.
_ENGLISH = re.compile(
    r"\b(?:an|and|any|are|be|been|by|can|cannot|could|did|does|for|from|had|have|how|if|is|it|must|of|or|our|should|that|the"
    r"|their|there|they|this|was|we|were|what|when|which|who|will|with|without|would|you|your)\b|n['’]t\b",
    re.IGNORECASE,
)

# "whether or not", "not only", "no-code" and "not-for-profit" are no negations.
_HARMLESS = re.compile(r"\bor not\b|\bnot only\b|\b(?:no|non|not)-[\w-]+", re.IGNORECASE)

# "Neither a contract nor a law" says one no of both.
_CLAUSE = re.compile(
    r"[,;:.?!()–—]|\b(?:and|or|nor|but|when|whenever|if|because|while|until|unless|since|although|though|whether|where)\b",
    re.IGNORECASE,
)

_RELATIVE = re.compile(r"\b(?:who|whom|whose|that|which)\b", re.IGNORECASE)

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|lacks?|lacking)\b|n['’]t\b",
    re.IGNORECASE,
)

# These negate only another negation nearby.
_REFUSAL = re.compile(
    r"\b(?:impossible|unable|refus(?:e|es|ed|ing|al)|forbid(?:s|den|ding)?|avoid(?:s|ed|ing)?)\b", re.IGNORECASE
)

# Matches "a helper who does nothing without you", but not "users who are not employees have no access".
_DOUBLED = re.compile(r"without|lack|lacks|lacking", re.IGNORECASE)

# "Is your home without heating?", and not "Can people use it without an account?", which says how.
_IS_WITHOUT = re.compile(r"\s*(?:is|are|am|was|were)\b(?:\s+[\w'’-]+){1,4}\s+without\b(?!\s+\w+ing\b)", re.IGNORECASE)

_NEAR, _BEFORE_RELATIVE = 2, 3
"""The most words between a refusal and another negation, and between a negation and "that" or "who"."""


def double_negatives(ruleset: RuleSet) -> Iterator[Finding]:
    """Find yes/no questions with a double negative, and negative wordings that every condition negates again."""
    positive, negated = _uses(ruleset)
    for question in ruleset.questions:
        if not isinstance(question, YesNo):
            continue
        if not _ENGLISH.search(question.wording):
            continue
        wording = _HARMLESS.sub("", question.wording)
        if any(map(_negates_twice, _CLAUSE.split(wording))):
            why = "negates twice: readers cannot tell what a yes means"
        elif question.id in negated - positive and _is_negative(wording):
            why = "is negative, and the conditions ask for its no alone: a double negative"
        else:
            continue
        yield Finding(
            "double-negative",
            place_of(question.location),
            f"The wording “{question.wording}” {why}.",
            "Ask it positively, and swap the answers in the conditions that ask it.",
        )


def _is_negative(wording: str) -> bool:
    """Return whether yes is the negative answer. A negation in a later clause, or after "that", does not make it so."""
    main, *_ = _pieces(_CLAUSE.split(wording)[0])
    said = [each[0].casefold() for each in _NEGATION.finditer(main)]
    return any(each != "without" for each in said) or bool(said and _IS_WITHOUT.match(main))


def _negates_twice(clause: str) -> bool:
    """Return whether a clause, including its relative clauses ("that …", "who …"), negates a negation."""
    refusals = list(_REFUSAL.finditer(clause))
    for refusal in refusals:
        others = (*_NEGATION.finditer(clause), *refusals)
        if any(_words_between(clause, refusal, other) <= _NEAR for other in others if other is not refusal):
            return True
    main, *relative = _pieces(clause)
    if len(_NEGATION.findall(main)) > 1:
        return True
    # We can't tell where a relative clause ends and the main clause goes on.
    return any(any(map(_DOUBLED.fullmatch, _NEGATION.findall(piece)[1:])) for piece in relative)


def _pieces(clause: str) -> list[str]:
    """Split a clause at "that" and "who", unless a negation comes just before: "no lamp that is not broken"."""
    pieces = [""]
    for piece in re.split(f"({_RELATIVE.pattern})", clause, flags=re.IGNORECASE):
        if not _RELATIVE.fullmatch(piece):
            pieces[-1] += piece
            continue
        found = [each for each in _NEGATION.finditer(pieces[-1]) if not _DOUBLED.fullmatch(each[0])]
        if not found or len(pieces[-1][found[-1].end() :].split()) > _BEFORE_RELATIVE:
            pieces.append("")
        else:
            pieces[-1] += piece
    return pieces


def _words_between(clause: str, one: re.Match[str], other: re.Match[str]) -> int:
    first, second = sorted((one, other), key=lambda match: match.start())
    return len(clause[first.end() : second.start()].split())


def _uses(ruleset: RuleSet) -> tuple[set[str], set[str]]:
    """Return the yes/no questions whose yes helps a condition to hold, and those whose no does."""
    conditions = [each.condition for each in ruleset.conditions() if each.owner.kind != "criterion"]
    stack = [(condition, True) for condition in conditions]
    uses: tuple[set[str], set[str]] = (set(), set())
    seen: set[tuple[int, bool]] = set()
    while stack:
        condition, is_positive = stack.pop()
        # Conditions may share parts, and then have more of them than can be visited.
        if (id(condition), is_positive) in seen:
            continue
        seen.add((id(condition), is_positive))
        if isinstance(condition, YesNo):
            uses[not is_positive].add(condition.id)
        stack += [(part, is_positive != isinstance(condition, Not)) for part in condition.parts]
    return uses


_CODE = re.compile(r"(`+).+?\1", re.DOTALL)

# A replacement field of an f-string: a name, its attribute, item or call, optionally with conversion and format.
# Doubled braces are meant as they are.
_HOLE = re.compile(r"(?<!\{)\{ *[^\W\d]\w*(?:\.\w+|\[[^][{}]*\]|\([^(){}]*\))* *=? *(?:![rsa] *)?(?::[^{}]*)?\}(?!\})")


def missing_f_prefixes(ruleset: RuleSet) -> Iterator[Finding]:
    """Find texts with braces where the f of an f-string is missing. This ignores braces in code."""
    for each in ruleset.texts():
        # The statement of a date has a place for the date.
        is_dated = isinstance(each.owner.value, Date) and each.attribute == "statement"
        text = each.text.replace(WHEN, "", 1) if is_dated else each.text
        for hole in dict.fromkeys(_HOLE.findall(_CODE.sub("", text))):
            yield Finding(
                "missing-f-prefix",
                place_of(each.owner.location),
                f"{capitalized(each.owner.name)} says “{hole}” itself, and not a value.",
                'Write f before the quotation mark, f"…"; put intended braces in `code`.',
            )

"""Numbers in the prose of a guide that are a fact's, and that no link ties to it: they would drift unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX

from assessor.facts import Fact
from mkdocs_assessor.measures import COMMON, TIMES, Vocabulary, is_same, over_and_under
from mkdocs_assessor.numbers import Mention, mentions

# What stands in a sentence and does not end it. Anything else is a block of its own, or is not the author's own claim:
# code, links, quotations, what is struck out.
_IN_SENTENCE = frozenset(["em", "strong", "b", "i", "u", "span", "sub", "sup", "small", "mark", "abbr", "ins"])
_NOT_READ = frozenset(
    ("a", "code", "pre", "kbd", "samp", "q", "blockquote", "del", "s", "script", "style", "svg", "math")
)
_BREAK = "\n\x00\n"
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z]+)\b")
_SET_ASIDE = re.compile(f"{STX}[^{ETX}]*{ETX}")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\x00|\n{2,}")
# Not the hard spaces: they group digits.
_SPACE = re.compile(r"[ \t\n]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SPECIFIC_DIGITS = 3
_SHARED_WORDS = 2


@dataclass(frozen=True)
class Unlinked:
    """A quantity that should be a link.

    Attributes:
        fact: The fact whose value it is.
        text: The quantity as it is written.
    """

    fact: Fact
    text: str


def unlinked(
    sentences: Iterable[str], facts: Sequence[Fact], vocabulary: Vocabulary, language: str
) -> Iterator[Unlinked]:
    """Yield the quantities outside of links that are the value of a fact in its unit.

    An equal number is not enough where a unit is as common as `day` or `%`: then the number has to be a specific one,
    such as 27,084, or the sentence has to share two words with the fact's title.

    Args:
        sentences: What the page says, as `sentences` returns it.
        facts: The facts that it may mean.
        vocabulary: The units to recognise.
        language: Whose way to write numbers the page follows.
    """
    measured = [(fact, *over_and_under(fact.unit)) for fact in facts if not isinstance(fact.value, str) and fact.unit]
    for sentence in sentences:
        found = mentions(sentence, vocabulary, language)
        for place, each in enumerate(found):
            after = found[place + 1] if place + 1 < len(found) else None
            if not each.unit or each.is_vague or each.is_range_end or (after is not None and after.is_range_end):
                continue
            for fact, unit, under in measured:
                if unit and _is_value(each, fact, unit, under) and _is_meant(each, fact, unit, sentence):
                    yield Unlinked(fact, sentence[each.start : each.end].strip())
                    break


def _is_value(mention: Mention, fact: Fact, unit: str, under: frozenset[str]) -> bool:
    times = under & TIMES
    return (
        mention.value == fact.value
        and is_same(mention.unit, unit)
        and not (mention.per in TIMES and times and mention.per not in times)
    )


def _is_meant(mention: Mention, fact: Fact, unit: str, sentence: str) -> bool:
    digits = re.sub(r"\D", "", f"{fact.number:f}".rstrip("0").rstrip(".") if fact.number % 1 else f"{fact.number:.0f}")
    if unit not in COMMON or len(digits.strip("0")) >= _SPECIFIC_DIGITS:
        return True
    outside = f"{sentence[: mention.start]} {sentence[mention.end :]}"
    return len(_stems(outside) & _stems(f"{fact.title} {fact.id}")) >= _SHARED_WORDS


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words that carry a meaning, roughly."""
    return {word.casefold()[:5] for word in _WORD.findall(text)} - _EMPTY


_EMPTY = frozenset(
    word[:5]
    for word in """about also another anything because been before being between both could does done each either even
    ever every from have having here into just least less like make many mean means more most much must need needs
    never once only other over same shall should some such than that their them then there these they this those
    through under until upon very want well were what when where which while whole will with within without would year
    years your""".split()  # noqa: SIM905 - a list of so many words is longer than the rest of the file
)


def sentences(root: Element, raw: Sequence[object]) -> Iterator[str]:
    """Yield the sentences of a page, without links, code and quotations.

    Args:
        root: The parsed page.
        raw: The HTML that Python-Markdown has set aside.
    """
    for block in _blocks(root):
        text = _without_raw(block, raw)
        for part in _SENTENCE.split(_SET_ASIDE.sub(" ", text)):
            sentence = _SPACE.sub(" ", part)
            if any(character.isalnum() for character in sentence):
                yield sentence


def _without_raw(text: str, raw: Sequence[object]) -> str:
    """Return a text without what raw HTML in it, such as `<del>`, says is no part of its sentences."""
    kept, closing = [], ""
    for number, piece in enumerate(HTML_PLACEHOLDER_RE.split(text)):
        # Every other piece is the number of what was set aside.
        tag = _TAG.match(str(raw[int(piece)])) if number % 2 and int(piece) < len(raw) else None
        if number % 2 and tag is None:
            kept.append(" ")
        elif tag is None:
            kept.append("" if closing else piece)
        elif tag["name"].casefold() in _NOT_READ and not closing:
            closing = f"/{tag['name']}".casefold()
            kept.append(" \u2026 ")
        elif f"{tag['slash']}{tag['name']}".casefold() == closing:
            closing = ""
    return "".join(kept)


def _blocks(element: Element) -> Iterator[str]:
    """Yield the text of each block below an element, with a break for all that is no part of its sentences."""
    if element.tag in _NOT_READ:
        return
    inner: list[Element] = []
    yield "".join(_own_text(element, inner))
    for block in inner:
        yield from _blocks(block)


def _own_text(element: Element, inner: list[Element]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _IN_SENTENCE:
            yield from _own_text(child, inner)
        elif child.tag in _NOT_READ:
            # A link or code is a part of the sentence, but no number of ours is in it, nor goes on beyond it.
            yield " \u2026 "
        elif child.tag == "br":
            yield " "
        else:
            inner.append(child)
            yield _BREAK
        yield child.tail or ""

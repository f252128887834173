"""The language of texts that do not say it, by the little words that are in every sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_LITTLE: Mapping[str, str] = {
    "en": "a an and are can for from has have how if in is it no not of on or that the this to what who with you your",
    "de": "an auf aus das dass dem den der die ein eine es für haben ist mit nicht oder sich sie sind und von was wie",
    "fr": "au avec ce dans de des du en est et il la le les ne ou par pas pour que qui sont sur un une vos vous à",
    "es": "al con de del el en es la las lo los no o para por que qué se si son su sus un una usted y",
}
_BY_WORD: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _LITTLE.items() if word in words.split())
    for words in _LITTLE.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
# Kana: Chinese has none.
_JAPANESE = re.compile(r"[\u3041-\u30ff]")


def language_of(texts: Iterable[str]) -> str:
    """Return the language that texts are in, one for which a catalogue of words ships; English where nothing tells."""
    count: Counter[str] = Counter()
    for text in texts:
        words = [word.casefold() for word in _WORD.findall(text)]
        count.update(language for word in words for language in _BY_WORD.get(word, ()))
        count["ja"] += len(_JAPANESE.findall(text))
    return max(count, key=lambda language: (count[language], language == "en"), default="en")

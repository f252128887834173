"""`fact:` links: a fact's value in the prose, inserted or checked."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX

from assessor.facts import Fact
from assessor.naming import did_you_mean
from assessor.ruleset import RuleSet
from assessor.units import format_quantity
from assessor.words import Words
from mkdocs_assessor.pages import Page

SCHEME = "fact:"

# A hyphen after a word or a number, as in 3-8, is no minus.
_NUMBER = re.compile(r"(?:(?<![\w.,)])[-−])?\d[\d,]*(?:\.\d+)?")
# What Python-Markdown has set aside by then: an escaped character by its code, anything else by a name.
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_SET_ASIDE = re.compile(f"{STX}[^{ETX}]*{ETX}")


def resolve_fact_link(ruleset: RuleSet, link: Element, words: Words, page: Page) -> None:
    """Make a link to a fact lead to the fact's source, and its text agree with the fact.

    `[](fact:id)` gets the value as its text; `[text](fact:id)` must have the value in its text, and no other
    number but those of the fact's range.

    Args:
        ruleset: Where facts are looked up.
        link: An `a` element whose `href` starts with `fact:`; it is changed in place.
        words: The words of the interface.
        page: What mistakes are reported to.
    """
    target = link.get("href", "")
    fact_id = target.removeprefix(SCHEME)
    text = _text(link)
    line = page.find(*_places(target))
    fact = ruleset.facts_by_id.get(fact_id)
    if fact is None:
        message = f"there is no fact {fact_id!r}.{did_you_mean(fact_id, ruleset.facts_by_id)}"
        page.diagnose("unknown-fact", message, line)
        link.tag = "strong"
        link.attrib.clear()
        link.set("class", "assessor-mistake")
        if not text:
            link.text = message
        return
    if not text:
        link.text = fact.value_text(words)
    else:
        problem = _drift(fact, text)
        if problem:
            page.diagnose("drifted-fact", f"{problem}; write [](fact:{fact.id}) to insert {str(fact)!r}", line)
    link.set("href", fact.source)
    link.set("class", "assessor-fact")
    link.set("title", words.fill("source_of", source=fact.source, checked=fact.checked_text(words)))


def _text(link: Element) -> str:
    """Return the text of a link as a reader sees it; entities and the like are spaces."""
    text = _ESCAPED.sub(lambda code: chr(int(code[1])), "".join(link.itertext()))
    return _SET_ASIDE.sub(" ", text).strip()


def _places(target: str) -> tuple[re.Pattern[str], ...]:
    """Return what a link to a target looks like in Markdown: inline, or the definition of a reference."""
    url = f"<?{re.escape(target)}>?"
    return re.compile(rf"\]\(\s*{url}[\s)]"), re.compile(rf"^[ \t]*\[[^\]]+\]:\s*{url}\s*$", re.MULTILINE)


def _drift(fact: Fact, text: str) -> str:
    """Say how a text disagrees with a fact, or nothing."""
    if isinstance(fact.value, str):
        said = fact.value.casefold() in text.casefold()
        return "" if said else f"the text {text!r} does not say what fact {fact.id!r} says, {fact.value!r}"
    numbers = [float(number.replace(",", "").replace("−", "-")) for number in _NUMBER.findall(text)]
    others = [number for number in numbers if not fact.range.low <= number <= fact.range.high]
    if others:
        shown = format_quantity(others[0])
        return f"the text {text!r} says {shown}, but fact {fact.id!r} is {str(fact)!r}"
    if fact.value not in numbers:
        return f"the text {text!r} lacks the value of fact {fact.id!r}, {str(fact)!r}"
    return ""

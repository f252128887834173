"""Render the parts of a guide that stands alone: the checklist with its result, the rules, the facts and the cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from assessor.language.words import Words, load_words, supported_language, words_of
from assessor.model.ruleset import RuleSet
from assessor.translations.translated import in_language
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.page.page import Page, PageInput
from mkdocs_assessor.page.syntax import Slot
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.slots import render_slot
from mkdocs_assessor.standalone.addresses import Addresses
from mkdocs_assessor.standalone.words_file import read_words

MARK = "Written by mkdocs-assessor"
"""What every file that we write says, so that we never replace another."""


@dataclass(frozen=True)
class Standalone:
    """A guide that no site is around.

    Attributes:
        ruleset: The rule set.
        words: The words of the interface.
        addresses: Where links into the docs lead.
    """

    ruleset: RuleSet
    words: Words
    addresses: Addresses

    @property
    def language(self) -> str:
        """The language of the page: that of the rule set or, if it declares none, of the interface."""
        return self.ruleset.language or self.words.language

    def render(self, template: str, **context: object) -> str:
        """Render one of our templates for whole pages, with the parts of the guide.

        Raises:
            RuleSetError: If the rule set is too large to compile.
        """
        # Ids begin with the rule set's, so that a page can have two guides.
        guide = Guide.of(self.ruleset, Appearance(self.words), name=self.ruleset.id)
        page = Page(PageInput(resolve_link=self.addresses.resolve))
        # The template has them both, once, where a policy can name them by their hash.
        page.has_script = page.has_styles = True
        page.checklists[self.ruleset.id] = guide.scope
        parts = {name: Markup(self.addresses.complete(html)) for name, html in _parts(guide, page)}
        rendered = guide.environment.get_template(template).render(
            ruleset=self.ruleset, prefix=guide.scope, parts=parts, mark=MARK, **context
        )
        return "\n".join(line for line in rendered.split("\n") if line.strip()) + "\n"


def _parts(guide: Guide, page: Page) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of each part, without those that would be empty."""
    has: Mapping[str, object] = {
        "checklist": True,
        "rules": True,
        "facts": guide.ruleset.facts,
        "cases": guide.ruleset.cases,
    }
    for name, content in has.items():
        if content:
            yield name, render_slot(guide, Slot("", name, "", ""), page)


def standalone(ruleset: RuleSet, words: Words | None, words_file: Path | None, base_url: str) -> Standalone:
    """Return a guide as the options of a command choose it.

    Args:
        ruleset: The rule set.
        words: The words of the chosen language; by default the rule set's own or, without a catalogue, English.
        words_file: A file with texts that replace ours.
        base_url: The address of the docs; empty to leave links into them out.

    Raises:
        AssessorError: If the file of words or the address is invalid.
    """
    addresses = Addresses(base_url)
    spoken = in_language(ruleset, words.form) if words else ruleset
    own = words or words_of(supported_language(ruleset.language))
    changes = read_words(words_file) if words_file else None
    return Standalone(spoken, load_words(own.beside(spoken.language).form, changes), addresses)

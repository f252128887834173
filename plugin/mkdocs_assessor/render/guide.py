"""Combine a rule set with what its rendering needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jinja2 import Environment

from assessor.language.words import Words, base_language, form_of, languages, supported_language, words_of
from assessor.logic.bundle import Bundle
from assessor.logic.compiling.compile import compile_ruleset
from assessor.model.ruleset import RuleSet
from assessor.translations.translated import in_language
from mkdocs_assessor.config.appearance import Appearance
from mkdocs_assessor.render.environment import template_environment


@dataclass(frozen=True)
class Guide:
    """A rule set and how to render it, shared by all pages of a site.

    Attributes:
        ruleset: The rule set.
        bundle: The compiled rule set.
        appearance: The words of the interface, and the author's templates.
        environment: The templates.
        name: The site's name for the rule set; empty if it has only one.
    """

    ruleset: RuleSet
    bundle: Bundle
    appearance: Appearance
    environment: Environment
    name: str = ""
    _translations: dict[str, Guide] = field(default_factory=dict, repr=False, compare=False)

    @property
    def scope(self) -> str:
        """The prefix of the HTML ids of its slots."""
        return f"assessor-{self.name}" if self.name else "assessor"

    @classmethod
    def of(cls, ruleset: RuleSet, appearance: Appearance | None = None, name: str = "") -> Guide:
        """Compile a rule set and prepare to render it.

        Args:
            ruleset: The rule set; pages show it in the language of the words, if it has texts in that one.
            appearance: The words and templates; by default our own, in English.
            name: The site's name for the rule set.

        Raises:
            RuleSetError: If it is too large to compile, or a file with translations is invalid.
        """
        appearance = appearance or Appearance()
        bundle = compile_ruleset(ruleset)
        spoken = in_language(ruleset, appearance.language or appearance.words.form)
        appearance = replace(appearance, words=appearance.words.beside(spoken.language))
        return cls(spoken, bundle, appearance, template_environment(appearance), name)

    @property
    def words(self) -> Words:
        """The words of the interface."""
        return self.appearance.words

    @property
    def is_foreign(self) -> bool:
        """Whether the rule set is in another language than the words of the interface."""
        theirs = base_language(self.ruleset.language)
        # Of a language without a catalogue, nobody can say which pages are in it.
        return theirs in languages() and theirs != self.words.language

    def in_language(self, language: str) -> Guide:
        """Return this guide in another language, or itself if the language is empty.

        The bundle stays the same: answers, links and hashes do not depend on the language.

        Raises:
            RuleSetError: If a file with translations is invalid.
        """
        here = self.appearance.language or self.words.form
        if not language or form_of(language) == form_of(here):
            return self
        if language not in self._translations:
            spoken = in_language(self.ruleset, language)
            words = words_of(supported_language(language)).beside(spoken.language)
            appearance = replace(self.appearance, words=words, language=language)
            environment = template_environment(appearance)
            self._translations[language] = replace(self, ruleset=spoken, appearance=appearance, environment=environment)
        return self._translations[language]

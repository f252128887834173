"""List the codes of all findings, with severities and descriptions. Tests compare the tables in `docs/` with these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DOCS = "https://OWNER.github.io/mkdocs-assessor/latest/"
"""The address of the documentation of the newest release."""

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""All severities, the worst first."""


@dataclass(frozen=True)
class Code:
    """A kind of finding. Authors and sites filter by its name, so the name must not change.

    Attributes:
        severity: An error, a warning, or a note on something that is right but easily overlooked.
        description: The finding, in a sentence.
        page: The page below `checks/` with its example, for a finding in a rule set.
    """

    severity: Severity
    description: str
    page: str = ""


RULE_SET_CODES: Mapping[str, Code] = {
    "invalid-rule-set": Code("error", "The rule set is invalid.", "constants"),
    "wrong-case": Code("error", "A worked case gets something else than it says.", "cases"),
    "gap": Code("error", "No rule decides some answers.", "gaps"),
    "rule-never-fires": Code("error", "Earlier rules decide wherever a rule holds.", "gaps"),
    "rule-changes-nothing": Code("warning", "Without the rule, every outcome is the same.", "redundancy"),
    "redundant-condition": Code("warning", "A condition has a part that never changes a decision.", "redundancy"),
    "always-true": Code("warning", "A condition holds, whatever the answers.", "constants"),
    "never-true": Code("error", "A condition holds for no answers.", "constants"),
    "idle-case": Code("warning", "A case of an estimate decides nothing at its place.", "constants"),
    "unreachable-outcome": Code("error", "No answers lead to an outcome.", "outcomes"),
    "action-never-applies": Code("warning", "An action applies under none of its outcomes.", "outcomes"),
    "alike-options": Code("warning", "Options of a choice decide the same.", "questions"),
    "unused-question": Code("warning", "No decision or estimate depends on a question.", "questions"),
    "cancelled-term": Code("warning", "An estimate's formula cancels out a question or a fact.", "questions"),
    "matters-unasked": Code("error", "A question matters while it is not asked.", "questions"),
    "asked-in-vain": Code("warning", "A question cannot matter at its place.", "questions"),
    "threshold-between-steps": Code("warning", "No step of a question meets the number in its threshold.", "questions"),
    "fact-between-steps": Code("note", "No step of a question meets the fact in its threshold.", "questions"),
    "unused-criterion": Code("warning", "A criterion is in no rule and no action.", "facts-and-criteria"),
    "fact-for-pages": Code("note", "Nothing in the rule set uses a fact; pages may quote it.", "facts-and-criteria"),
    "points-never-decide": Code("warning", "Without some points, everything is decided the same.", "points"),
    "points-in-reach": Code("note", "The points that a score can have.", "points"),
    "outdated-fact": Code("warning", "A fact is past its review date.", "facts-and-criteria"),
    "future-fact": Code("warning", "A fact has a reading date in the future.", "facts-and-criteria"),
    "double-negative": Code("warning", "A yes means no, or a no means yes.", "wording"),
    "missing-f-prefix": Code("warning", "A text has braces in place of a value.", "wording"),
    "unquoted-number": Code(
        "warning", "A number in a text is a fact or a threshold, and does not quote it.", "wording"
    ),
    "doubtful-number-in-rules": Code(
        "note", "A number in a text is not the fact that its condition compares with.", "wording"
    ),
    "long-section": Code("warning", "A section is longer than a screen.", "wording"),
    "missing-translation": Code("warning", "Texts lack their translation into a language.", "translations"),
    "stale-translation": Code("warning", "A translation is of a text that has changed since.", "translations"),
    "broken-translation": Code(
        "warning", "A translation lacks a value, a link or markup of its text, or has another number.", "translations"
    ),
    "unused-translation": Code("warning", "A translation is of no text of the rule set.", "translations"),
    "unused-acceptance": Code("warning", "A comment accepts what is not found.", "accepting"),
    "not-proven": Code("warning", "The rules are too entangled for one of the searches.", "redundancy"),
    "implied-by-order": Code(
        "note", "Earlier rules decide wherever a part of a rule's condition makes a difference.", "redundancy"
    ),
    "overlap": Code("note", "Two rules hold together, and their order decides.", "gaps"),
}
"""The findings of `assessor check` in a rule set. Builds and `assessor lint` report them, too, except the notes."""

PAGE_CODES: Mapping[str, Code] = {
    "unknown-slot": Code("warning", "A slot has a name that does not exist."),
    "misspelt-slot": Code("warning", "A comment is nearly a slot."),
    "unknown-question": Code("warning", "A slot or a link names a question that does not exist."),
    "missing-question": Code("warning", "A slot does not say which question it shows."),
    "unexpected-option": Code("warning", "A slot has an option that it does not take."),
    "misplaced-slot": Code("warning", "A slot or a link is in a place where it is not rendered."),
    "unknown-ruleset": Code("warning", "A slot, a link or a page names a rule set that the site does not have."),
    "unknown-fact": Code("warning", "A link names a fact that does not exist."),
    "unknown-outcome": Code("warning", "A link names an outcome that does not exist."),
    "unknown-rule": Code("warning", "A link names a rule that does not exist."),
    "unknown-estimate": Code("warning", "A link names an estimate that does not exist."),
    "unknown-case": Code("warning", "A link names a worked case that does not exist."),
    "misplaced-link": Code("warning", "A link is in a place where it is not completed."),
    "misspelt-link": Code("warning", "An address is nearly a link to a part of the rule set."),
    "drifted-fact": Code("warning", "The text of a link disagrees with its fact."),
    "drifted-link": Code("warning", "The text of a link names another part than its address."),
    "unlinked-fact": Code("warning", "A number in prose is the value of a fact, without a link to it."),
    "doubtful-number": Code("note", "A number in prose is close to a fact, but has another value."),
    "unshown-target": Code("warning", "A link leads to a part that no page shows."),
    "unknown-page": Code("warning", "The rule set links to a page that does not exist."),
    "unknown-anchor": Code("warning", "The rule set links to a section that does not exist."),
    "unasked-section": Code("warning", "A section has the marker of a criterion that no question is about."),
    "unknown-language": Code("warning", "A page asks for a language that has no catalogue."),
    "other-language": Code("warning", "A page shows a rule set whose words are in another language."),
    "misspelt-key": Code("warning", "A key of front matter is nearly one of ours."),
    "unread-front-matter": Code("warning", "Front matter is invalid, so its keys have no effect."),
    "unread-notebook": Code("warning", "A slot or a link is in a notebook, where nothing reads it."),
    "unknown-template": Code("warning", "A template of your own has nearly the name of one of ours."),
    "renamed-template": Code("note", "A template of your own has the former name of one of ours."),
    "unknown-name": Code("warning", "A passage names something that the rule set does not have."),
    "unpaired-passage": Code("warning", "A passage has no end, or an end has no passage."),
    "constant-passage": Code("warning", "A passage applies to nobody, or to everybody."),
    "passage-gap": Code("warning", "Passages side by side are opposites, but some readers get none of them."),
    "outcome-without-passage": Code("note", "The passages of a site pass over an outcome."),
    "unshown-part": Code("note", "No page shows the rules, outcomes or actions."),
    "unquoted-fact": Code("note", "No page quotes a fact, and nothing in the rule set uses it."),
    "large-bundle": Code("warning", "The compiled rules are larger than a page should load."),
}
"""The findings of `assessor lint` and builds in pages. The option `diagnostics` of a site sets their severities."""

SETUP_CODES: Mapping[str, Code] = {
    "missing-generator": Code("error", "The generator is not installed."),
    "not-configured": Code("error", "The configuration lists neither the plugin nor the extension."),
    "ignored-plugin": Code("error", "Zensical ignores the plugin, and the extension is not listed."),
    "switched-off": Code("error", "The plugin is off, so slots stay comments."),
    "bare-extension": Code(
        "warning", "The configuration lists the extension without the plugin, so it cannot fail a strict build."
    ),
    "listed-twice": Code("warning", "The configuration lists the plugin or the extension twice."),
    "two-rules": Code("warning", "The plugin and the extension name different rules."),
    "not-strict": Code("warning", "Zensical continues after a mistake, since `strict` is not set."),
    "broken-options": Code("error", "An option does not exist, or has a wrong value."),
    "no-rules": Code("warning", "No option names the rules, so pages show the bundled guide."),
    "broken-rules": Code("error", "Loading a rule set fails."),
    "not-watched": Code("warning", "Zensical does not rebuild pages when the rules change."),
    "no-docs": Code("error", "The folder of the pages does not exist."),
    "no-slots": Code("warning", "No page has a slot."),
    "unasked-passages": Code("warning", "Pages have passages, and no page asks a question."),
    "unread-attribute": Code("error", "Markdown shows the attribute of a passage as text."),
}
"""The findings of `assessor doctor` in the set-up of a site."""

CODES: Mapping[str, Code] = {**RULE_SET_CODES, **PAGE_CODES, **SETUP_CODES}
"""All codes."""


def docs_url(code: str) -> str:
    """Return the address of the section that explains a code."""
    if code in SETUP_CODES:
        return f"{DOCS}generators.html#when-something-is-wrong"
    page = f"checks/{CODES[code].page}" if code in RULE_SET_CODES else "diagnostics"
    return f"{DOCS}{page}.html#{code}"

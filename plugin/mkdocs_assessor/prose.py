"""What is said of the sentences of a guide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from mkdocs_assessor.guides import Guides
from mkdocs_assessor.pages import Page
from mkdocs_assessor.unlinked import sentences, unlinked


def check_prose(guides: Guides, root: Element, raw: Sequence[object], page: Page) -> None:
    """Report the numbers of a guide page that are a fact's, and that no link ties to it.

    A page is one of the guide if it shows something of the rule set, or quotes one of its facts.

    Args:
        guides: The rule sets.
        root: The parsed page.
        raw: The HTML that Python-Markdown has set aside.
        page: What they are reported to.
    """
    own = page.uses
    said = list(sentences(root, raw)) if own else []
    for guide in guides:
        if guide.ruleset.id not in own:
            continue
        name = "" if guide is guides.default(page) else f"{guide.name}/"
        for found in unlinked(said, guide.ruleset.facts, guides.vocabulary, guide.for_page(page).words.language):
            link = f"[{found.text}](fact:{name}{found.fact.id})"
            message = (
                f"{found.text!r} is what fact {found.fact.id!r} says, and would drift from it unseen: write {link}"
            )
            page.diagnose("unlinked-fact", message, page.places.text(_as_written(found.text)))


def _as_written(text: str) -> re.Pattern[str]:
    """Return what a text looks like in Markdown: with line breaks, emphasis and entities between its words."""
    gap = r"(?:[\s\u00a0*_]|&nbsp;)+"
    return re.compile(r"(?:\*\*?|__?)?" + gap.join(re.escape(word) for word in re.split(r"[\s\u00a0]+", text)))

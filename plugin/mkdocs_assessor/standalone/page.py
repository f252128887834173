"""Render a guide as a separate page, or as a fragment to paste into another page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from markupsafe import Markup

from mkdocs_assessor.page.assets import page_style_sheet, script, style_sheet
from mkdocs_assessor.standalone.content import Standalone

# Languages that are written from right to left, and scripts of which that is so in any language.
_FROM_RIGHT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"])
_SCRIPTS_FROM_RIGHT = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])
_SCRIPT_LENGTH = 4


def direction(language: str) -> str:
    """Return the direction of a language, as in HTML's `dir`; a script in its code decides, as in `az-Arab`."""
    base, *subtags = language.replace("_", "-").lower().split("-")
    written = next((each for each in subtags if len(each) == _SCRIPT_LENGTH and each.isalpha()), "")
    is_from_right = written in _SCRIPTS_FROM_RIGHT if written else base in _FROM_RIGHT
    return "rtl" if is_from_right else "ltr"


def whole_page(guide: Standalone) -> str:
    """Return a guide as one HTML file, which loads nothing and runs nothing but our script.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    # The style sheet of the page comes first: ours overrides none of it, and an author's eye finds it.
    inline = _inline(f"{page_style_sheet().content}{style_sheet().content}")
    policy = {
        "default-src": "'none'",
        "script-src": inline["script_hash"],
        "style-src": inline["style_hash"],
        # The icon, which is empty: without one, browsers ask the server for theirs.
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return guide.render(
        "page.html.jinja",
        **inline,
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
        language=guide.language,
        direction=direction(guide.language),
    )


def fragment(guide: Standalone) -> str:
    """Return a guide as HTML to paste into a page, with its style and its script.

    Raises:
        RuleSetError: If the rule set is too large to compile.
    """
    return guide.render("fragment.html.jinja", **_inline(style_sheet().content))


def _inline(styles: str) -> Mapping[str, str]:
    """Return the script and a style sheet as the content of elements, and as a policy names them."""
    # A newline or a blank line less would be another hash.
    texts = {"script": script().content.replace("</", "<\\/").strip(), "style": styles.strip()}
    hashes = {f"{name}_hash": _hash(text) for name, text in texts.items()}
    return {**{name: Markup(text) for name, text in texts.items()}, **hashes}


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

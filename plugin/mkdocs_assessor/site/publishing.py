"""Publish a rule set for tools, as one JSON file beside the pages: the bundle, its words and the schema."""

from __future__ import annotations

import json

from assessor.export.words import words
from assessor.logic.bundle import bundle_schema
from mkdocs_assessor.page.assets import Asset
from mkdocs_assessor.render.guide import Guide

PUBLISHED_VERSION = 1


def published(guide: Guide) -> Asset:
    """Return the file. Its path on the site stays the same when the rules change."""
    content = {
        "version": PUBLISHED_VERSION,
        "ruleset": guide.ruleset.id,
        "hash": guide.bundle["hash"],
        "bundle": guide.bundle,
        "language": guide.words.language,
        "words": words(guide.ruleset, guide.words),
        "schema": bundle_schema(),
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return Asset(f"assessor/{guide.ruleset.id}.json", f"{text}\n")

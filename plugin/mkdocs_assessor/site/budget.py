"""Find rule sets that are larger than a page should load. Readers on phones wait for these at each answer."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping

from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.logic.bundle import bundle_json
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.guides import Guides

MOST_BYTES = 30_000
"""The most bytes of a bundle, gzipped: twice as much as the script."""
MOST_NODES = 5_000
"""The most nodes of a bundle: a slow phone reads them in about 50 ms."""

_INTERACTIVE = frozenset({"checklist", "question"})
_NAMED = 4


def check_budgets(guides: Guides, pages: Mapping[str, Page]) -> Iterator[Finding]:
    """Yield the rule sets that are too large for the pages that load them."""
    for guide in guides:
        slots = {each.slot for page in pages.values() for each in page.shown if each.ruleset == guide.ruleset.id}
        if slots & _INTERACTIVE:
            yield from _exceeded(guide)


def _exceeded(guide: Guide) -> Iterator[Finding]:
    nodes = guide.bundle["nodes"]
    size = len(gzip.compress(bundle_json(guide.bundle).encode("ascii"), mtime=0))
    if size <= MOST_BYTES and len(nodes) <= MOST_NODES:
        return
    questions = guide.bundle["questions"]
    counts = Counter(questions[node[0]]["id"] for node in nodes)
    causes = ", ".join(f"{name!r} ({count:,})" for name, count in counts.most_common(_NAMED))
    message = (
        f"the compiled rules of {guide.ruleset.id!r} have {len(nodes):,} nodes and {size / 1000:,.0f} kB gzipped, more "
        f"than a page should load ({MOST_NODES:,} nodes and {MOST_BYTES // 1000} kB); most belong to {causes}: let "
        "fewer rules count over them, or split the decision"
    )
    yield Finding("large-bundle", place_of(guide.ruleset.location), message)

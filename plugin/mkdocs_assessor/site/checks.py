"""Run the checks that need all pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from assessor.findings.finding import Finding
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guides import Guides
from mkdocs_assessor.site.budget import check_budgets
from mkdocs_assessor.site.coverage import check_coverage
from mkdocs_assessor.site.soundness import findings_of_used
from mkdocs_assessor.site.targets import check_targets


def check_site(
    guides: Guides, pages: Mapping[str, Page], paths: Collection[str], find: Callable[[str], str | None]
) -> Iterator[Finding]:
    """Yield what is wrong with a site beyond single pages.

    Args:
        guides: The rule sets.
        pages: The rendered pages by path.
        paths: The paths of all pages. If some were not rendered, nothing counts as shown nowhere.
        find: Returns the path of the page that replaces another one, such as its translation.

    Raises:
        RuleSetError: If a rule set that pages use is too large to compile.
    """
    yield from findings_of_used(guides, pages.values())
    yield from check_budgets(guides, pages)
    yield from check_targets(guides, pages, paths, find)
    if set(paths) <= pages.keys():
        yield from check_coverage(guides, pages)

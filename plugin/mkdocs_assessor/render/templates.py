"""Fill templates, and add what a page needs once: the script, the styles and the bundle."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assessor.assessment.assess import assess
from assessor.reports.decisions import shown_decisions
from mkdocs_assessor.page.assets import script, style_sheet
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.inline import lead_to_pages


def fill_interactive(guide: Guide, template: str, page: Page, **context: object) -> str:
    """Render an interactive slot; the first one on a page adds the script and the bundle."""
    return fill(guide, template, page, assessment=assess(guide.ruleset, {}), **_data(guide, page), **context)


def _data(guide: Guide, page: Page) -> dict[str, object]:
    """Return the script and the bundle, unless the page has them."""
    is_first, is_first_of_ruleset = not page.has_script, guide.ruleset.id not in page.used
    page.has_script = True
    page.used.add(guide.ruleset.id)
    return {
        "script": _script_link(page) if is_first else "",
        "bundle": guide.bundle if is_first_of_ruleset else None,
    }


def live_data(guides: Iterable[Guide], page: Page) -> str:
    """Return the script and the bundles that the links of a page need and its slots have not brought."""
    if not page.has_live:
        return ""
    missing = "" if page.has_script else _script_link(page)
    page.has_script = True
    for guide in guides:
        if guide.ruleset.id in page.live - page.used:
            parts = guide.environment.get_template("macros.html.jinja").module
            missing += getattr(parts, "data")(guide.ruleset, language=guide.words.language, **_data(guide, page))  # noqa: B009 - of a template
    return f"<div hidden>{missing}</div>" if missing else ""


def fill(guide: Guide, template: str, page: Page, **context: object) -> str:
    """Return a template as HTML; the first on a page adds the styles."""
    html = guide.environment.get_template(template).render(
        ruleset=guide.ruleset,
        decisions=shown_decisions(guide.ruleset),
        hash=guide.bundle["hash"],
        language=guide.words.language,
        link=page.given.resolve_link,
        styles=_style_link(page),
        checklist=page.checklists.get(guide.ruleset.id, ""),
        **context,
    )
    # Drop blank lines: they end an HTML block if a parser reads the page again.
    return lead_to_pages("\n".join(line.strip() for line in html.splitlines() if line.strip()), page.given.resolve_link)


def _style_link(page: Page) -> Markup:
    """Return the link to the style sheet for the first slot of a page, and nothing for the others."""
    if page.has_styles:
        return Markup()
    page.has_styles = True
    styles = style_sheet()
    if page.given.asset_url is None:
        return Markup("<style>{}</style>").format(Markup(styles.content))
    return Markup('<link rel="stylesheet" href="{}">').format(page.given.asset_url(styles))


def _script_link(page: Page) -> Markup:
    elements = script()
    if page.given.asset_url is None:
        # The root of the site; without it, the script uses its own address.
        site = Markup(' data-site="{}"').format(page.given.root_url) if page.given.root_url else ""
        return Markup("<script{}>{}</script>").format(site, Markup(elements.content.replace("</", "<\\/")))
    return Markup('<script defer src="{}"></script>').format(page.given.asset_url(elements))

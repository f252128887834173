"""Render slots: HTML comments on separate lines that stand for a part of the rule set.

Every Markdown parser keeps `<!-- assessor/checklist -->` as a comment, so previews show the plain guide. Only this
module turns slots into content.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from assessor.errors import did_you_mean
from assessor.findings.edit import Replacement
from assessor.language.words import Words
from assessor.logic.bundle import bundle_of_each
from assessor.model.estimates.estimates import Estimate
from assessor.model.ruleset import RuleSet
from assessor.reports.decisions import shown_decisions
from assessor.reports.plan import tasks_of
from assessor.reports.points import shown_scores
from assessor.reports.record.lines import RecordLine, assumptions, counted_when, record_lines, said
from assessor.reports.record.markdown import MOST_CHANGES, record_phrases
from mkdocs_assessor.diagnostics import PlaceGetter
from mkdocs_assessor.page.misspellings import renamed
from mkdocs_assessor.page.page import Page, Shown
from mkdocs_assessor.page.syntax import SLOT_NAMES, Slot
from mkdocs_assessor.render.charts import draw_chart, tones_of
from mkdocs_assessor.render.guide import Guide
from mkdocs_assessor.render.live import case_fragment, checklist_page
from mkdocs_assessor.render.templates import fill, fill_interactive


def render_slot(guide: Guide, slot: Slot, page: Page, *, is_apart: bool = True) -> str:
    """Return the HTML for a slot.

    If a slot is invalid, report this, and return the message as HTML to show in its place.

    Args:
        guide: The guide that the slot refers to, in the language of the page.
        slot: The slot.
        page: The page with the slot.
        is_apart: Whether it is on a separate line, not within text.
    """
    where = page.places.comment(slot.text)
    problem = _problem(guide, slot)
    if problem is None and not is_apart:
        problem = "misplaced-slot", f"the slot {slot.label!r} is within text: put it on a separate line"
    if problem is not None:
        return refuse(*problem, page, where, is_apart=is_apart, fix=_correction(guide, slot, problem[0]))
    if guide.is_foreign and not any(each.ruleset == guide.ruleset.id for each in page.shown):
        ours, theirs = guide.words.language, guide.ruleset.language
        page.diagnose(
            "other-language",
            f"the page is in the language {ours!r}, and the words of rule set {guide.ruleset.id!r} are in {theirs!r}: "
            f"translate them with 'assessor translate --to {ours}', or write 'language: {theirs}' into the front "
            "matter of the page or the options of the site",
            where,
        )
    return _SLOTS[slot.name](guide, _show(guide, slot, page), page)


def note_slot(guide: Guide, slot: Slot, page: Page) -> None:
    """Record that a slot is on a page, as rendering does, unless it is invalid."""
    if _problem(guide, slot) is None:
        _show(guide, slot, page)


def render_passages(guide: Guide, page: Page) -> str:
    """Return the HTML that lets the passages of a page follow the answers: a switch, the script and the words."""
    words = guide.words
    return fill_interactive(
        guide,
        "passages.html.jinja",
        page,
        texts={f"data-{name}": words[f"passage_{name}"] for name in ("applies", "folded", "answers", "depends")},
        # A checklist has them, too.
        phrases=None if guide.ruleset.id in page.checklists else record_phrases(guide.ruleset, words),
        target=_checklist_url(guide, page),
    )


def render_passage_label(guide: Guide, page: Page, condition: str, questions: Sequence[str], *, is_block: bool) -> str:
    """Return the HTML that says when a passage applies.

    Args:
        guide: The rule set.
        page: The page.
        condition: The condition as a clause that can follow "if".
        questions: The ids of the questions that decide it.
        is_block: Whether the passage consists of blocks, not of text in a line.
    """
    return fill(
        guide,
        "passage.html.jinja",
        page,
        condition=condition,
        questions=[guide.ruleset.questions_by_id[each] for each in questions],
        target=_checklist_url(guide, page),
        tag="div" if is_block else "span",
        is_block=is_block,
    )


def _checklist_url(guide: Guide, page: Page) -> str:
    """Return the address of a question in a checklist without its id, or an empty string if no page has a checklist."""
    prefix = page.checklists.get(guide.ruleset.id)
    if prefix:
        return f"#{prefix}--"
    for path, shown in page.given.elsewhere().items():
        for each in shown:
            if (each.ruleset, each.slot) == (guide.ruleset.id, "checklist") and path != page.given.path:
                return page.given.resolve_link(f"{path}#{each.prefix}--")
    return ""


def refuse(
    code: str, message: str, page: Page, where: PlaceGetter, *, is_apart: bool, fix: Replacement | None = None
) -> str:
    """Report an error, and return its message as HTML for the page.

    Args:
        code: The code of the diagnostic.
        message: What is wrong and what to do.
        page: The page.
        where: The place on the page.
        is_apart: Whether the message is a paragraph, not within text.
        fix: The one sure correction, if there is one.
    """
    page.diagnose(code, message, where, fix=fix)
    if is_apart:
        return Markup('<p class="assessor-mistake"><strong>{}</strong></p>').format(message)
    return Markup('<strong class="assessor-mistake">{}</strong>').format(message)


# What authors look for, which the result of a checklist shows.
_IN_RESULT = frozenset(("estimate", "estimates", "chart", "charts", "result"))


def _problem(guide: Guide, slot: Slot) -> tuple[str, str] | None:
    name, argument = slot.name, slot.argument
    if name in _IN_RESULT:
        said = "estimates and charts are part of the result in <!-- assessor/checklist -->"
        return "unknown-slot", f"there is no slot 'assessor/{name}': {said}"
    if name not in _SLOTS:
        return "unknown-slot", f"there is no slot 'assessor/{name}'.{did_you_mean(name, SLOT_NAMES)}"
    questions = guide.ruleset.questions_by_id
    if "<!--" in argument:
        return "misspelt-slot", f"the slot {slot.label!r} does not end before the next comment: end it with -->"
    if "assessor/" in argument:
        return (
            "misspelt-slot",
            f"the comment of {slot.label!r} contains another slot: write a separate comment for each",
        )
    if name == "question" and not argument:
        return "missing-question", "write which question: <!-- assessor/question ID -->"
    if name == "question" and argument not in questions:
        return "unknown-question", f"there is no question {argument!r}.{did_you_mean(argument, questions)}"
    if name != "question" and argument:
        return "unexpected-option", f"the slot {slot.label!r} takes no option, but has {argument!r}"
    return None


def _correction(guide: Guide, slot: Slot, code: str) -> Replacement | None:
    if code == "unknown-slot":
        return renamed(slot.label, slot.name, SLOT_NAMES)
    if code == "unknown-question":
        return renamed(f"question {slot.argument}", slot.argument, guide.ruleset.questions_by_id)
    return None


def _show(guide: Guide, slot: Slot, page: Page) -> Shown:
    own = {"question": "-slot", "diagram": "-diagram"}.get(slot.name, "")
    prefix = page.unused_prefix(f"{guide.scope}{own}", slot.name)
    page.shown.append(Shown(guide.ruleset.id, slot.name, slot.argument, prefix))
    return page.shown[-1]


def _checklist(guide: Guide, shown: Shown, page: Page) -> str:
    return fill_interactive(
        guide,
        "checklist.html.jinja",
        page,
        charts=[draw_chart(chart, guide.ruleset, {}) for chart in guide.ruleset.charts],
        listed=_listed(guide.ruleset),
        scores=list(shown_scores(guide.ruleset, guide.words)),
        prefix=shown.prefix,
        outcomes=guide.bundle["outcomes"],
        tones=tones_of(guide.ruleset),
        announce=_announced(guide.words),
        phrases=record_phrases(guide.ruleset, guide.words),
        most_changes=MOST_CHANGES,
        record=_page_lines(guide),
        assumptions=[
            (fact, counted_when(fact, guide.ruleset.estimates, guide.words)) for fact in assumptions(guide.ruleset)
        ],
        checked=max(guide.ruleset.facts, key=lambda fact: fact.checked, default=None),
    )


def _page_lines(guide: Guide) -> list[tuple[str, ...]]:
    """Return the lines of the decision record for pages. A line on changes lists its position for each outcome."""
    lines = record_lines(guide.ruleset, guide.words)
    return [(*line, "[data-changes] > li:not([hidden])") if line.when == "change" else line for line in lines]


def _announced(words: Words) -> list[RecordLine]:
    """Return what a screen reader announces about the result, as record lines: the first short one that holds."""
    counted = words["many_possible"].replace("{count}", "{possible}")
    return [
        RecordLine("trying", words["announce_trying"]),
        RecordLine("trying unsettled", words["announce_trying"].replace("{outcomes}", counted)),
        RecordLine("settled", words["announce_settled"]),
        RecordLine("unsettled", words["announce_open"]),
        RecordLine("unsettled", words["announce_many"].replace("{count}", "{possible}")),
    ]


def _listed(ruleset: RuleSet) -> list[Estimate]:
    """Return the estimates that no chart shows."""
    drawn = {estimate.id for chart in ruleset.charts for estimate in chart.estimates}
    return [estimate for estimate in ruleset.estimates if estimate.id not in drawn]


def _question(guide: Guide, shown: Shown, page: Page) -> str:
    question = guide.ruleset.questions_by_id[shown.argument]
    return fill_interactive(guide, "question.html.jinja", page, prefix=shown.prefix, question=question)


def _plan(guide: Guide, shown: Shown, page: Page) -> str:
    path, prefix = checklist_page(guide, page), page.checklists.get(guide.ruleset.id)
    href = f"#{prefix}-questions" if prefix else page.given.resolve_link(path) if path else ""
    tasks = [(task, said(task.text) + (f" ({said(task.who)})" if task.who else "")) for task in tasks_of(guide.ruleset)]
    return fill_interactive(guide, "plan.html.jinja", page, tasks=tasks, questions=href)


def _static(guide: Guide, shown: Shown, page: Page) -> str:
    return fill(guide, f"{shown.slot}.html.jinja", page, prefix=shown.prefix)


def _cases(guide: Guide, shown: Shown, page: Page) -> str:
    path = checklist_page(guide, page)
    fragments = {case.id: case_fragment(guide, case) for case in guide.ruleset.cases if path is not None}
    presets = {id: page.given.resolve_link(f"{path}{fragment}") for id, fragment in fragments.items() if fragment}
    return fill(guide, "cases.html.jinja", page, prefix=shown.prefix, presets=presets)


def _diagram(guide: Guide, shown: Shown, page: Page) -> str:
    # Import late: most sites draw no diagram.
    from mkdocs_assessor.diagram.context import diagram_context  # noqa: PLC0415

    bundles = {"": guide.bundle, **bundle_of_each(guide.bundle)}
    pictures = []
    for decision, (name, bundle) in zip(shown_decisions(guide.ruleset), bundles.items(), strict=True):
        context = diagram_context(guide.ruleset, bundle, guide.words)
        prefix = f"{shown.prefix}-{name}" if name else shown.prefix
        pictures.append(fill(guide, "diagram.html.jinja", page, prefix=prefix, decision=decision, **context))
    return "\n".join(pictures)


def renderings(guide: Guide) -> Iterator[Callable[[], str]]:
    """Yield functions that render every slot and every part of a passage, in each of its uses."""
    for name, render in _SLOTS.items():
        for argument in guide.ruleset.questions_by_id if name == "question" else [""]:
            yield functools.partial(render, guide, Shown(guide.ruleset.id, name, argument, guide.scope), Page())
    yield functools.partial(render_passages, guide, Page())
    for is_block in (True, False):
        yield functools.partial(render_passage_label, guide, Page(), "", [], is_block=is_block)


_SLOTS: Mapping[str, Callable[[Guide, Shown, Page], str]] = {
    "checklist": _checklist,
    "question": _question,
    "rules": _static,
    "outcomes": _static,
    "facts": _static,
    "cases": _cases,
    "diagram": _diagram,
    "plan": _plan,
}

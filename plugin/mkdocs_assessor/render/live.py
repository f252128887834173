"""Say what the script needs to keep links in the prose up to date: estimates, answers and worked cases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assessor.assessment.assess import assess
from assessor.language.inline import plain_text
from assessor.language.quantities import is_range
from assessor.model.answers import Answer
from assessor.model.cases import Case
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import inputs
from assessor.model.questions.numbers import Number
from assessor.model.ruleset import RuleSet
from assessor.reports.json_text import json_number
from assessor.reports.record.lines import counted_when, figure
from assessor.reports.record.markdown import record_phrases
from mkdocs_assessor.page.page import Page
from mkdocs_assessor.render.guide import Guide

# The page reads no longer link.
MOST_LINK_CHARACTERS = 1_500


@dataclass(frozen=True)
class LiveLink:
    """A link that the script changes.

    Attributes:
        text: Its text until then; empty where the author writes it.
        attributes: What the script needs to know.
        phrases: The texts that the script needs, where no checklist on the page brings them.
        page: The page that the script makes it lead to, relative to its own; empty if that is the same page.
    """

    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    page: str = ""


def live_estimate(guide: Guide, id: str) -> LiveLink:
    """Return the link that shows an estimate: its likely value and its range, and in the title what it assumes."""
    ruleset, words, filters = guide.ruleset, guide.words, guide.environment.filters
    estimate = next(each for each in ruleset.estimates if each.id == id)
    assessed = assess(ruleset, {})["estimates"][id]
    is_amount = id in ruleset.break_evens
    text = words["not_estimated"]
    if assessed is not None:
        text = filters["likely"](assessed, estimate.unit, is_amount=is_amount)
        if is_range(assessed["low"], assessed["high"]):
            span = filters["span"](assessed, is_amount=is_amount)
            text = words.fill("report_estimate_range", likely=text, range=span)
    attributes = {
        "data-figure": f"likely={id} range={id}",
        "data-range": words["report_estimate_range"],
        "data-none": words["not_estimated"],
        **filters["unit_forms"](estimate.unit),
    }
    lines = [("", words["estimates_from"])]
    assumed: list[str] = []
    for part in inputs(estimate.formula):
        fact = part.default if isinstance(part, Number) else part
        if isinstance(fact, Fact):
            value = figure(fact, words)
            condition = counted_when(part, [estimate], words) if isinstance(part, Fact) else ""
            if condition:
                value = words.fill("assumed_if", value=value, condition=plain_text(condition))
            line = words.fill("assumed_figure", title=plain_text(fact.title or fact.id), value=value)
            lines.append((f"assumed={part.id}" if isinstance(part, Number) else "", line))
            assumed += [part.id] if isinstance(part, Number) else []
    if len(lines) > 1:
        attributes["title"] = "\n".join(line for _, line in lines)
    if assumed:
        attributes |= {"data-assumed": " ".join(assumed), "data-lines": _json(lines)}
    names = ("span", "span-below-zero", f"below={id}")
    return LiveLink(text, attributes, _phrases(guide, lambda name: name in names))


def live_answer(guide: Guide, id: str) -> LiveLink:
    """Return the link that shows the reader's answer to a question."""
    none = guide.words["not_answered"]
    forms = guide.environment.filters["answer_forms"](guide.ruleset.questions_by_id[id])
    attributes = {"data-answer": id, "data-none": none, "data-null": guide.words["state_unknown"], **forms}
    return LiveLink(none, attributes, _phrases(guide, lambda name: name.startswith(f"{id}=")))


def live_case(guide: Guide, id: str, page: Page) -> LiveLink | None:
    """Return the link that loads the answers of a case into a checklist, or `None` if that is not possible."""
    case = next(each for each in guide.ruleset.cases if each.id == id)
    path, fragment = checklist_page(guide, page), case_fragment(guide, case)
    if path is None or not fragment:
        return None
    return LiveLink(attributes={"data-preset": fragment}, page=path and page.path_to(path))


def checklist_page(guide: Guide, page: Page) -> str | None:
    """Return the path of the page that has the checklist; empty if it is this page, and `None` if there is none."""
    if guide.ruleset.id in page.checklists:
        return ""
    for path, shown in page.given.elsewhere().items():
        if any(each.slot == "checklist" and each.ruleset == guide.ruleset.id for each in shown):
            return path
    return None


def case_fragment(guide: Guide, case: Case) -> str:
    """Return the fragment of a link that brings the answers of a case, or nothing if it would be too long.

    `links.js` reads it. The id at its end proves that no answer is missing.
    """
    ruleset: RuleSet = guide.ruleset
    outcomes = "".join(f".{outcome.id}" for outcome in (case.outcome, *case.also)) if case.settled else ""
    answers = "".join(f"&{id}={_written(answer)}" for id, answer in ruleset.check_answers(case.answers).items())
    fragment = f"#assessor={ruleset.id}.{guide.bundle['hash'][:8]}{outcomes}{answers}&~c={case.id}"
    return fragment if len(fragment) <= MOST_LINK_CHARACTERS else ""


def _written(answer: Answer) -> str:
    if isinstance(answer, bool) or answer is None:
        return "" if answer is None else str(answer).lower()
    return answer if isinstance(answer, str) else json_number(float(answer))


def _phrases(guide: Guide, is_needed: Callable[[str], bool]) -> dict[str, str]:
    phrases = record_phrases(guide.ruleset, guide.words)
    return {name: text for name, text in phrases.items() if is_needed(name)}


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))

"""List the lines that a decision record may have, with the statements that decide whether they appear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assessor.assessment.assess import interpreter_of
from assessor.language.inline import escaped, marked_text
from assessor.language.quantities import format_quantity, format_range, unit_label
from assessor.language.words import Words
from assessor.model.conditions import ALWAYS
from assessor.model.estimates.conditional import counts_when
from assessor.model.estimates.estimates import Estimate
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import inputs
from assessor.model.questions.numbers import Number
from assessor.model.ruleset import RuleSet
from assessor.reports.decisions import ShownDecision, shown_decisions
from assessor.reports.plan import step_key
from assessor.reports.points import shown_scores
from assessor.reports.wording import sentence, statement

_BLOCK = re.compile(r"^(?=[-+=#>~])|^([0-9]+)(?=[.)](?:\s|$))")

_ADDRESS = re.compile(r"https?://[^\s<>{}]+")


class RecordLine(NamedTuple):
    """A line of a decision record.

    Attributes:
        when: The statements that must hold, separated by spaces; `!` before one negates it. If empty, the line always
            appears.
        text: The line in Markdown; values replace `{…}`.
    """

    when: str
    text: str


def record_lines(ruleset: RuleSet, words: Words) -> list[RecordLine]:
    """Return every line that a record of this rule set may have, in order."""
    return [RecordLine(when, text) for when, text in _lines(ruleset, words)]


def assumptions(ruleset: RuleSet) -> list[Fact]:
    """Return the facts in the formulas of estimates."""
    parts = (part for estimate in ruleset.estimates for part in inputs(estimate.formula))
    return list(dict.fromkeys(part for part in parts if isinstance(part, Fact)))


def counted_when(fact: Fact, estimates: Sequence[Estimate], words: Words) -> str:
    """Return the clause for when estimates use a fact; empty if one always does."""
    condition = counts_when([estimate.formula for estimate in estimates], fact)
    return "" if condition == ALWAYS else statement(condition, words)


def figure(fact: Fact, words: Words) -> str:
    """Return the value of a numeric fact, with its range."""
    value = format_quantity(fact.number, fact.unit, words)
    if fact.range.is_exact:
        return value
    return f"{value} ({format_range(fact.range.low, fact.range.high, '', words)})"


def said(markdown: str) -> str:
    """Return inline Markdown of a rule set with code as its only markup, which starts no heading, list or quotation."""
    return _BLOCK.sub(r"\1\\", marked_text(" ".join(markdown.split())))


def without_colon(heading: str, title: str) -> str:
    """Return a heading, without the colon if its title is a question."""
    return (
        re.sub(rf"({re.escape(title)})\s?[:：]", r"\1", heading) if title.endswith(("?", "？", "!", "！")) else heading
    )


def _lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _title_lines(ruleset, words)
    yield from _context_lines(ruleset, words)
    yield from _driver_lines(ruleset, words)
    yield from _heading("record_options", words)
    for each in shown_decisions(ruleset):
        yield from _decision_heading(each)
        for outcome in each.outcomes:
            yield "", f"- **{said(outcome.title)}**" + (f": {said(outcome.summary)}" if outcome.summary else "")
    yield from _points_lines(ruleset, words)
    yield from _outcome_lines(ruleset, words)
    yield from _consequence_lines(ruleset, words)
    yield from _turned_down_lines(ruleset, words)
    yield from _heading("record_changes", words, when="change-said")
    yield "change", f"- {words.fill('record_change', outcome='{outcome}', changes='{changes}')}"
    yield "more-changes", f"- {words['explain_more_changes']}"
    yield "no-change", words["record_no_changes"]
    yield from _estimate_lines(ruleset, words)
    yield from _heading("record_questions", words)
    for question in ruleset.questions:
        who = f" ({words.fill('asked_of', who=said(question.asked_of))})" if question.asked_of else ""
        yield f"open={question.id}", f"- {said(question.wording)}{who}"
    yield "!open", words["record_no_questions"]


def _title_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    title = said(ruleset.title)
    first, *later = shown_decisions(ruleset)
    # With several decisions, the heading has the outcome of each that is settled.
    named = (
        [("settled", "{titles}")] if later else [(f"outcome={each.id}", said(each.title)) for each in first.outcomes]
    )
    for when, outcome in named:
        yield when, f"# {without_colon(words.fill('record_title', title=title, outcome=outcome), title)}"
    yield "unsettled", f"# {without_colon(words.fill('record_title_open', title=title), title)}"
    yield "", ""
    yield "settled", f"- {words['record_status']}"
    yield "unsettled", f"- {words['record_status_open']}"
    yield "", f"- {words.fill('record_date', date='{date}')}"
    version = interpreter_of(ruleset).bundle["hash"]
    yield "", f"- {words.fill('record_rules', ruleset=ruleset.id, hash=version)}"


def _context_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_context", words)
    if ruleset.summary:
        yield "", said(ruleset.summary)
        yield "known", ""
        yield "!answered", ""
    yield "known", words["record_known"]
    yield "known", ""
    yield from _answer_lines(ruleset, "known")
    yield "!answered", words["record_no_answers"]


def _driver_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_drivers", words)
    for each in shown_decisions(ruleset):
        yield from _decision_heading(each)
        yield from _answer_lines(ruleset, f"{each.of}reason")
        yield f"{each.of}unsettled", words["record_no_drivers"]
        # The outcome is settled without a reason among the answers: whatever the answers, it is the same.
        yield f"{each.of}constant", words["record_constant"]


def _answer_lines(ruleset: RuleSet, what: str) -> Iterator[tuple[str, str]]:
    for question in ruleset.questions:
        yield f"{what}={question.id}", f"- {said(question.wording)} → {{answer={question.id}}}"


def _points_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    if not ruleset.scores:
        return
    yield from _heading("record_points", words)
    for each in shown_scores(ruleset, words):
        line = each.line(f"{{{each.points_name}}}", words)
        yield "", f"- {words.fill('points_line', title=said(each.score.title), points=line)}"
        for place, term in enumerate(each.terms):
            points = f"{{{each.term_name(place)}}}"
            yield "", f"    - {words.fill('points_line', title=points, points=said(term))}"


def _outcome_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_outcome", words)
    for each in shown_decisions(ruleset):
        yield from _decision_heading(each)
        yield from _decided_lines(each, words)


def _decided_lines(decision: ShownDecision, words: Words) -> Iterator[tuple[str, str]]:
    of = decision.of
    for outcome in decision.outcomes:
        yield f"outcome={outcome.id}", words.fill("record_chosen", outcome=said(outcome.title))
    yield f"{of}rule", ""
    yield f"{of}unsettled", words["record_open"]
    yield f"{of}unsettled", ""
    for outcome in decision.outcomes:
        yield f"possible={outcome.id}", f"- {said(outcome.title)}"
    yield f"{of}because", words["record_because"]
    yield f"{of}because-one-of", words["record_because_one_of"]
    yield f"{of}rule", ""
    for rule in decision.rules:
        # "Otherwise: …" would only repeat the outcome.
        condition = "" if rule.when == ALWAYS else f" {said(sentence(rule, words=words))}"
        yield f"rule={rule.id}", f"- {said(rule.because)}{condition}"


def _consequence_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_consequences", words, level=3, when="follows")
    yield from _action_lines(ruleset, "apply", words)
    yield "may-follow", ""
    yield "may-follow", words["record_may_follow"]
    yield "may-follow", ""
    yield from _action_lines(ruleset, "may-follow", words)
    first = shown_decisions(ruleset)[0]
    for outcome in ruleset.outcomes:
        if not outcome.next_steps:
            if outcome in first.outcomes:
                yield f"outcome={outcome.id} !apply !may-follow", words["record_no_consequences"]
        else:
            yield f"outcome={outcome.id}", ""
            yield f"outcome={outcome.id}", words["record_next_steps"]
            yield f"outcome={outcome.id}", ""
        for number, step in enumerate(outcome.next_steps, 1):
            # No statement is named "task", so this part holds. It tells the page which task the line is.
            yield f"outcome={outcome.id} !task={step_key(step)}", f"{number}. {said(step)}"


def _turned_down_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_turned_down", words)
    for outcome in ruleset.outcomes:
        when = f"turned-down={outcome.id}"
        yield when, f"- {said(outcome.title)}"
        for rule in (each for each in ruleset.rules if each.then == outcome):
            reason = words.fill("record_ruled_out", condition=said(statement(~rule.when, words)))
            yield f"{when} ruled-out={rule.id}", f"    - {reason}"
            yield f"{when} !ruled-out={rule.id}", f"    - {words['record_covered']}"
    none = " ".join(f"!{each.of}turned-down" for each in shown_decisions(ruleset))
    yield none, words["record_none_turned_down"]


def _estimate_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    if not ruleset.estimates:
        return
    yield from _heading("record_estimates", words, when="estimate")
    for estimate in ruleset.estimates:
        holes = {"likely": f"{{likely={estimate.id}}}", "range": f"{{range={estimate.id}}}"}
        texts = {"title": said(estimate.title), "unit": said(unit_label(estimate.unit, words)), **holes}
        when, ranged = f"estimate={estimate.id}", f"ranged={estimate.id}"
        yield f"{when} {ranged}", f"- {words.fill('record_estimate_range', **texts)}"
        yield f"{when} !{ranged}", f"- {words.fill('record_estimate', **texts)}"
    for question in ruleset.questions:
        if isinstance(question, Number) and question.default is not None:
            yield f"assumed={question.id}", _assumed_line(question.default, words)
    for fact in assumptions(ruleset):
        yield "estimate", _assumed_line(fact, words, counted_when(fact, ruleset.estimates, words))


def _heading(key: str, words: Words, level: int = 2, when: str = "") -> Iterator[tuple[str, str]]:
    yield when, ""
    yield when, f"{'#' * level} {words[key]}"
    yield when, ""


def _decision_heading(decision: ShownDecision) -> Iterator[tuple[str, str]]:
    """Yield the title of one of several decisions, as a heading below that of the section."""
    if decision.title:
        if decision.of:
            yield "", ""
        yield "", f"### {said(decision.title)}"
        yield "", ""


def _action_lines(ruleset: RuleSet, what: str, words: Words) -> Iterator[tuple[str, str]]:
    """Yield a line for each action, gaps first."""
    for action in sorted(ruleset.actions, key=lambda action: not action.gap):
        gap = f"**{words['gap']}** " if action.gap else ""
        because = f". {said(action.because)}" if action.because else ""
        who = f" ({said(action.who)})" if action.who else ""
        yield f"{what}={action.id}", f"- {gap}{said(action.title)}{who}{because}"


def _assumed_line(fact: Fact, words: Words, condition: str = "") -> str:
    value = said(figure(fact, words))
    if condition:
        value = words.fill("assumed_if", value=value, condition=said(condition))
    source = f"<{fact.source}>" if _ADDRESS.fullmatch(fact.source) else escaped(fact.source)
    texts = {"title": said(fact.title or fact.id), "value": value, "source": source}
    return f"- {words.fill('record_assumed', checked=fact.checked_text(words), **texts)}"

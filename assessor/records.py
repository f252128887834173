"""Decision records in Markdown, which pages write from the same lines.

A record is a list of lines, each under a statement such as "settled" or "outcome=cloud": a line stands in the record
if its statement holds. The lines are in a page, too, and `statements.js` and `record.js` go through them as this
module does, so that both write the same bytes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assessor.answers import Answer
from assessor.assessment import Assessment, assess, interpreter_of
from assessor.bundle import Bundle
from assessor.facts import Fact
from assessor.formulas import inputs
from assessor.questions import Choice, Number
from assessor.reasons import Change
from assessor.ruleset import RuleSet
from assessor.units import format_likely, format_quantity, format_range, format_span, unit_label, with_unit
from assessor.wording import answer_label, change_label, plain_text, sentence
from assessor.words import Words, english

MOST_CHANGES = 5

_SPECIAL = re.compile(r"[\\`*_{}\[\]]")
_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_BLOCK = re.compile(r"^(?=[-+=#>~])|^([0-9]+)(?=[.)](?:\s|$))")
_ADDRESS = re.compile(r"https?://[^\s<>{}]+")
_HOLE = re.compile(r"\{([^{}\\]+)\}")


class RecordLine(NamedTuple):
    """A line of a decision record.

    Attributes:
        when: The statement under which it stands there; `!` before it says that it must not hold, and an empty one
            always holds.
        text: The line in Markdown; `{…}` is filled in.
    """

    when: str
    text: str


def decision_record(
    ruleset: RuleSet, answers: Mapping[str, object], date: datetime.date, words: Words | None = None
) -> str:
    """Return a decision record, with the sections that Markdown Architectural Decision Records have.

    Args:
        ruleset: The rule set that is asked.
        answers: The answers.
        date: The day of the decision.
        words: The words of the interface; English by default.

    Raises:
        AnswersError: With every answer that the rule set cannot accept.
        RuleSetError: If the rule set is too large to compile.
    """
    words = words or english()
    given = ruleset.check_answers(answers)
    assessment = assess(ruleset, given)
    holds = statements(interpreter_of(ruleset).bundle, given, assessment)
    fills = {"date": date.isoformat(), **_fills(ruleset, given, assessment, words)}
    lines: list[str] = []
    for when, text in record_lines(ruleset, words):
        if not _is_said(holds, when):
            continue
        if when != "change":
            lines.append(_fill(text, fills))
            continue
        for outcome, changed in _smallest_changes(ruleset, assessment):
            said = (_change(ruleset, change, words) for change in changed)
            fills["outcome"] = escaped(_title(ruleset, outcome))
            fills["changes"] = escaped(words["and_separator"].join(said))
            lines.append(_fill(text, fills))
    return "\n".join(lines) + "\n"


def statements(bundle: Bundle, answers: Mapping[str, Answer], assessment: Assessment) -> set[str]:
    """Return what holds of answers, as far as records speak of it."""
    possible = assessment["possible"]
    turned_down = [rule["id"] for rule in bundle["rules"] if bundle["outcomes"][rule["outcome"]] not in possible]
    said = {
        "outcome": [assessment["outcome"]] if assessment["outcome"] is not None else [],
        "possible": [] if assessment["settled"] else possible,
        "turned-down": [outcome for outcome in bundle["outcomes"] if outcome not in possible],
        "ruled-out": [rule for rule in turned_down if rule in assessment["ruled_out"]],
        "covered": [rule for rule in turned_down if rule not in assessment["ruled_out"]],
        "rule": assessment["rules"] if assessment["settled"] else [],
        "reason": assessment["reasons"],
        "answered": [name for name, answer in answers.items() if answer is not None],
        "apply": assessment["actions"]["apply"],
        "may-follow": assessment["actions"]["open"] if assessment["settled"] else [],
        "estimate": [name for name, estimate in assessment["estimates"].items() if estimate],
        "assumed": [name for each in assessment["estimates"].values() if each for name in each["assumed"]],
        "open": _wanted(bundle, assessment),
    }
    holds = {f"{what}={name}" for what, names in said.items() for name in names}
    holds |= {what for what, names in said.items() if names}
    holds.add("settled" if assessment["settled"] else "unsettled")
    if assessment["settled"]:
        holds.add("because" if len(assessment["rules"]) == 1 else "because-one-of")
        holds |= set() if assessment["reasons"] else {"constant"}
    if any(changes and changes["sets"] for changes in assessment["changes"].values()):
        holds.add("change")
    return holds


def record_lines(ruleset: RuleSet, words: Words) -> list[RecordLine]:
    """Return every line that a record of this rule set may have, in order."""
    return [RecordLine(when, text) for when, text in _lines(ruleset, words)]


def record_phrases(ruleset: RuleSet, words: Words) -> dict[str, str]:
    """Return the words that pages put together: titles, answers, and what an answer must change to."""
    phrases = {
        "and": words["and_separator"],
        "or": words["or_separator"],
        "or-last": words["or_last"],
        "at-least": words["at_least_said"],
        "below": words["below_said"],
        "between": words["between_said"],
        "span": words["span"],
        "span-below-zero": words["span_below_zero"],
        "true": words["answer_yes"],
        "false": words["answer_no"],
        "→true": words["said_answer_yes"],
        "→false": words["said_answer_no"],
    }
    phrases |= {f"outcome={outcome.id}": outcome.title for outcome in ruleset.outcomes}
    cuts = {question["id"]: question.get("cuts", []) for question in interpreter_of(ruleset).bundle["questions"]}
    for question in ruleset.questions:
        phrases[f"question={question.id}"] = question.wording
        if isinstance(question, Choice):
            for option in question.options:
                phrases[f"{question.id}={option.id}"] = option.label
                phrases[f"{question.id}→{option.id}"] = words.fill("said_answer_option", option=option.label)
        if isinstance(question, Number):
            several, one = (with_unit("{number}", question.unit, words, is_one=is_one) for is_one in (False, True))
            phrases[question.id] = several
            if one != several:
                phrases[f"{question.id}:one"] = one
            for place, cut in enumerate(cuts[question.id]):
                phrases[f"{question.id}@{place}"] = format_quantity(cut, question.unit, words)
    return phrases


def assumptions(ruleset: RuleSet) -> list[Fact]:
    """Return the facts that estimates rest on whatever is answered."""
    parts = (part for estimate in ruleset.estimates for part in inputs(estimate.formula))
    return list(dict.fromkeys(part for part in parts if isinstance(part, Fact)))


def figure(fact: Fact, words: Words) -> str:
    """Return the value of a fact that is a number, with its range."""
    value = format_quantity(fact.number, fact.unit, words)
    if fact.range.is_exact:
        return value
    return f"{value} ({format_range(fact.range.low, fact.range.high, '', words)})"


def escaped(text: str) -> str:
    """Return a text as Markdown that reads the same, in which nothing is markup or HTML."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _REFERENCE.sub("&amp;", text).replace("<", "&lt;")


def _said(markdown: str) -> str:
    """Return the inline Markdown of a rule set as text that starts no heading, list or quotation."""
    return _BLOCK.sub(r"\1\\", escaped(plain_text(" ".join(markdown.split()))))


def _lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    title = _said(ruleset.title)
    for outcome in ruleset.outcomes:
        yield f"outcome={outcome.id}", f"# {words.fill('record_title', title=title, outcome=_said(outcome.title))}"
    yield "unsettled", f"# {words.fill('record_title_open', title=title)}"
    yield "", ""
    yield "settled", f"- {words['record_status']}"
    yield "unsettled", f"- {words['record_status_open']}"
    yield "", f"- {words.fill('record_date', date='{date}')}"
    version = interpreter_of(ruleset).bundle["hash"]
    yield "", f"- {words.fill('record_rules', ruleset=ruleset.id, hash=version)}"
    yield from _heading("record_context", words)
    if ruleset.summary:
        yield "", _said(ruleset.summary)
        yield "", ""
    yield "answered", words["record_answers"]
    yield "answered", ""
    for question in ruleset.questions:
        yield f"answered={question.id}", f"- {_said(question.wording)} → {{answer={question.id}}}"
    yield "!answered", words["record_no_answers"]
    yield from _heading("record_drivers", words)
    for question in ruleset.questions:
        yield f"reason={question.id}", f"- {_said(question.wording)} → {{answer={question.id}}}"
    yield "unsettled", words["record_no_drivers"]
    # Settled, and no answer is a reason: every way of answering leads here.
    yield "constant", words["record_constant"]
    yield from _heading("record_options", words)
    for outcome in ruleset.outcomes:
        yield "", f"- **{_said(outcome.title)}**" + (f": {_said(outcome.summary)}" if outcome.summary else "")
    yield from _outcome_lines(ruleset, words)
    yield from _turned_down_lines(ruleset, words)
    yield from _heading("record_changes", words)
    yield "change", f"- {words.fill('record_change', outcome='{outcome}', changes='{changes}')}"
    yield "!change", words["record_no_changes"]
    yield from _estimate_lines(ruleset, words)
    yield from _heading("record_questions", words)
    for question in ruleset.questions:
        who = f" ({words.fill('asked_of', who=_said(question.asked_of))})" if question.asked_of else ""
        yield f"open={question.id}", f"- {_said(question.wording)}{who}"
    yield "!open", words["record_no_questions"]


def _outcome_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_outcome", words)
    for outcome in ruleset.outcomes:
        yield f"outcome={outcome.id}", words.fill("record_chosen", outcome=_said(outcome.title))
    yield "rule", ""
    yield "unsettled", words["record_open"]
    yield "unsettled", ""
    for outcome in ruleset.outcomes:
        yield f"possible={outcome.id}", f"- {_said(outcome.title)}"
    yield "because", words["record_because"]
    yield "because-one-of", words["record_because_one_of"]
    yield "rule", ""
    for rule in ruleset.rules:
        yield f"rule={rule.id}", f"- {_said(rule.because)} {_said(sentence(rule, words=words))}"
    yield from _heading("record_consequences", words, level=3)
    for action in sorted(ruleset.actions, key=lambda action: not action.gap):
        yield f"apply={action.id}", _action_line(action.title, action.because, action.gap, words)
    yield "!apply", words["record_no_consequences"]
    yield "may-follow", ""
    yield "may-follow", words["record_may_follow"]
    yield "may-follow", ""
    for action in sorted(ruleset.actions, key=lambda action: not action.gap):
        yield f"may-follow={action.id}", _action_line(action.title, action.because, action.gap, words)
    for outcome in ruleset.outcomes:
        if outcome.next_steps:
            yield f"outcome={outcome.id}", ""
            yield f"outcome={outcome.id}", words["record_next_steps"]
            yield f"outcome={outcome.id}", ""
        for number, step in enumerate(outcome.next_steps, 1):
            yield f"outcome={outcome.id}", f"{number}. {_said(step)}"


def _turned_down_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    yield from _heading("record_turned_down", words)
    for outcome in ruleset.outcomes:
        yield f"turned-down={outcome.id}", f"- {_said(outcome.title)}"
        for rule in (each for each in ruleset.rules if each.then == outcome):
            said = _said(sentence(rule, words=words))
            yield f"ruled-out={rule.id}", f"    - {words.fill('record_ruled_out', rule=said)}"
            yield f"covered={rule.id}", f"    - {words.fill('record_covered', rule=said)}"
    yield "!turned-down", words["record_none_turned_down"]


def _estimate_lines(ruleset: RuleSet, words: Words) -> Iterator[tuple[str, str]]:
    if not ruleset.estimates:
        return
    yield from _heading("record_estimates", words)
    for estimate in ruleset.estimates:
        holes = {"likely": f"{{likely={estimate.id}}}", "range": f"{{range={estimate.id}}}"}
        unit = _said(unit_label(estimate.unit, words))
        yield (
            f"estimate={estimate.id}",
            f"- {words.fill('record_estimate', title=_said(estimate.title), unit=unit, **holes)}",
        )
    for question in ruleset.questions:
        if isinstance(question, Number) and question.default is not None:
            yield f"assumed={question.id}", _assumed_line(question.default, words)
    for fact in assumptions(ruleset):
        yield "", _assumed_line(fact, words)


def _heading(key: str, words: Words, level: int = 2) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "", f"{'#' * level} {words[key]}"
    yield "", ""


def _action_line(title: str, because: str, is_gap: bool, words: Words) -> str:
    gap = f"**{words['gap']}** " if is_gap else ""
    return f"- {gap}{_said(title)}" + (f". {_said(because)}" if because else "")


def _assumed_line(fact: Fact, words: Words) -> str:
    source = f"<{fact.source}>" if _ADDRESS.fullmatch(fact.source) else escaped(fact.source)
    said = {"title": _said(fact.title or fact.id), "value": _said(figure(fact, words)), "source": source}
    return f"- {words.fill('record_assumed', checked=fact.checked_text(words), **said)}"


def _wanted(bundle: Bundle, assessment: Assessment) -> list[str]:
    """Return the open questions whose answers could still change something that is shown."""
    useful = {name for names in assessment["matters_to"]["actions"].values() for name in names}
    for estimate in bundle["estimates"]:
        useful |= {bundle["questions"][each["question"]]["id"] for each in estimate["inputs"] if isinstance(each, dict)}
    useful |= set(assessment["matters"])
    return [name for name in assessment["open"] if name in useful and name not in assessment["unasked"]]


def _smallest_changes(ruleset: RuleSet, assessment: Assessment) -> list[tuple[str, list[Change]]]:
    """Return the smallest changes that would make another outcome possible, single ones first."""
    order = interpreter_of(ruleset).bundle["outcomes"]
    found = ((outcome, assessment["changes"].get(outcome)) for outcome in order)
    sets = [(outcome, each) for outcome, changes in found if changes for each in changes["sets"]]
    return sorted(sets, key=lambda item: len(item[1]))[:MOST_CHANGES]


def _change(ruleset: RuleSet, change: Change, words: Words) -> str:
    question = ruleset.questions_by_id[change["question"]]
    return f"{question.wording} → {change_label(question, change, words)}"


def _title(ruleset: RuleSet, outcome_id: str) -> str:
    return next(outcome.title for outcome in ruleset.outcomes if outcome.id == outcome_id)


def _fills(ruleset: RuleSet, answers: Mapping[str, Answer], assessment: Assessment, words: Words) -> dict[str, str]:
    questions = ruleset.questions_by_id
    labels = {name: answer_label(questions[name], answers[name], words, is_apart=True) for name in answers}
    fills = {f"answer={name}": escaped(label) for name, label in labels.items()}
    for name, estimate in assessment["estimates"].items():
        if estimate:
            fills[f"likely={name}"] = format_likely(estimate["low"], estimate["likely"], estimate["high"], "", words)
            fills[f"range={name}"] = format_span(estimate["low"], estimate["high"], words)
    return fills


def _is_said(holds: set[str], when: str) -> bool:
    return not when or (when[1:] not in holds if when.startswith("!") else when in holds)


def _fill(text: str, fills: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: fills.get(hole[1], hole[0]), text)

"""Write decision records in Markdown, from the same lines as pages.

A record is a list of lines. Each has a statement such as "settled" or "outcome=cloud", and appears in the record if the
statement holds. Pages contain the same lines, and `statements.js` and `record.js` process them like this module, so the
records are identical byte for byte.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from assessor.assessment.assess import assess, counted_answers, interpreter_of
from assessor.assessment.queries.changes import Change
from assessor.assessment.results import Assessment, DecisionAssessment, each_decision
from assessor.language.inline import HOLE, escaped, marked_text
from assessor.language.quantities import format_likely, format_span
from assessor.language.words import Words, english
from assessor.logic.bundle import Bundle
from assessor.model.answers import Answer
from assessor.model.questions.choices import Choice
from assessor.model.questions.dates import Date
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question, YesNo
from assessor.model.ruleset import RuleSet
from assessor.reports.decisions import shown_decisions
from assessor.reports.points import POINTS, TERM_POINTS, points_range
from assessor.reports.record.lines import record_lines, without_colon
from assessor.reports.wording import answer_label, change_label, end_label

MOST_CHANGES = 5


def decision_record(
    ruleset: RuleSet, answers: Mapping[str, object], date: datetime.date, words: Words | None = None
) -> str:
    """Return a decision record, with the sections of Markdown Architectural Decision Records.

    Args:
        ruleset: The rule set.
        answers: The answers.
        date: The day of the decision.
        words: The words of the interface; English by default.

    Raises:
        AnswersError: With every answer that the rule set does not accept.
        RuleSetError: If the rule set is too large to compile.
    """
    words = words or english()
    given = counted_answers(ruleset, ruleset.check_answers(answers))
    assessment = assess(ruleset, given)
    bundle = interpreter_of(ruleset).bundle
    holds = statements(bundle, given, assessment)
    fills = {"date": date.isoformat(), **_fills(ruleset, given, assessment, words)}
    lines: list[str] = []
    for when, text in record_lines(ruleset, words):
        if not _is_said(holds, when):
            continue
        if when != "change":
            lines.append(_fill(text, fills))
            continue
        for outcomes, changed in _changes_in_order(bundle, assessment)[:MOST_CHANGES]:
            said = (_change(ruleset, change, words) for change in changed)
            fills["outcome"] = _titles_by_decision(ruleset, outcomes, words)
            fills["changes"] = words["and_separator"].join(said)
            lines.append(_fill(text, fills))
    return "\n".join(lines) + "\n"


def statements(bundle: Bundle, answers: Mapping[str, Answer], assessment: Assessment) -> set[str]:
    """Return the statements that hold for some answers, as far as records use them."""
    holds = _plain(_shared_statements(bundle, answers, assessment), "")
    of_each = ["", *(f"{each['id']}:" for each in bundle.get("decisions", ()))]
    for of, outcomes, each in zip(of_each, _outcomes_of_each(bundle), each_decision(assessment), strict=True):
        holds |= _plain(_decision_statements(outcomes, each), of)
        holds |= {f"{of}reason={name}" for name in each["reasons"]}
        holds |= {f"{of}{what}" for what in _settled_statements(each)}
    if assessment["settled"] or assessment["actions"]["apply"]:
        holds.add("follows")
    return holds | _change_statements(bundle, assessment)


def _plain(named: Mapping[str, Iterable[str]], of: str) -> set[str]:
    """Return statements with each id that fulfils them, and those without one, which start with a decision."""
    with_ids = {f"{what}={name}" for what, names in named.items() for name in names}
    return with_ids | {f"{of}{what}" for what, names in named.items() if names}


def _outcomes_of_each(bundle: Bundle) -> list[list[str]]:
    return [bundle["outcomes"], *(each["outcomes"] for each in bundle.get("decisions", ()))]


def _decision_statements(outcomes: Iterable[str], decision: DecisionAssessment) -> Mapping[str, Iterable[str]]:
    """Return the statements about outcomes and rules, which belong to one decision, with the ids that fulfil each."""
    is_settled, possible = decision["settled"], decision["possible"]
    return {
        "outcome": [decision["outcome"]] if decision["outcome"] is not None else [],
        "possible": [] if is_settled else possible,
        "turned-down": [outcome for outcome in outcomes if outcome not in possible],
        "ruled-out": decision["ruled_out"],
        "rule": decision["rules"] if is_settled else [],
    }


def _shared_statements(
    bundle: Bundle, answers: Mapping[str, Answer], assessment: Assessment
) -> Mapping[str, Iterable[str]]:
    """Return the statements about questions, actions and estimates, with the ids that fulfil each."""
    given = [name for name, answer in answers.items() if answer is not None]
    estimates = {name: estimate for name, estimate in assessment["estimates"].items() if estimate}
    reasons = {name for each in each_decision(assessment) for name in each["reasons"]}
    return {
        "answered": given,
        "known": [name for name in given if name not in reasons],
        "apply": assessment["actions"]["apply"],
        "may-follow": assessment["actions"]["open"] if assessment["settled"] else [],
        "estimate": estimates,
        "ranged": [name for name, each in estimates.items() if each["low"] < each["high"]],
        "assumed": [name for each in estimates.values() for name in each["assumed"]],
        "open": _wanted(assessment),
    }


def _settled_statements(decision: DecisionAssessment) -> set[str]:
    if not decision["settled"]:
        return {"unsettled"}
    because = "because" if len(decision["rules"]) == 1 else "because-one-of"
    return {"settled", because} | ({"reason"} if decision["reasons"] else {"constant"})


def _change_statements(bundle: Bundle, assessment: Assessment) -> set[str]:
    changes = _changes_in_order(bundle, assessment)
    decisions = each_decision(assessment)
    holds: set[str] = set()
    if changes:
        holds |= {"change", "change-said"}
    elif all(each["settled"] for each in decisions):
        holds |= {"no-change", "change-said"}
    more = any(change and change["more"] for each in decisions for change in each["changes"].values())
    if len(changes) > MOST_CHANGES or more:
        holds.add("more-changes")
    return holds


def record_phrases(ruleset: RuleSet, words: Words) -> dict[str, str]:
    """Return the texts that pages combine: titles, answers, and what an answer must change to.

    Those of the rule set are in the form of `marked_text`, with emphasis.
    """
    phrases = {
        "and": words["and_separator"],
        "or": words["or_separator"],
        "or-last": words["or_last"],
        "range": words["range_said"],
        "span": words["span"],
        "span-below-zero": words["span_below_zero"],
    }
    phrases |= {f"outcome={outcome.id}": _phrase(outcome.title) for outcome in ruleset.outcomes}
    phrases |= {f"decision={each.id}": _decision_label(_phrase(each.title), words) for each in ruleset.decisions[1:]}
    phrases |= {f"case={case.id}": _phrase(case.title) for case in ruleset.cases}
    # Only where values below zero are put in words.
    if ruleset.break_evens:
        phrases["at-most"] = words["at_most_said"]
    phrases |= {f"below={name}": words["below_said"] for name in sorted(ruleset.break_evens)}
    for question in ruleset.questions:
        phrases[f"question={question.id}"] = _phrase(question.wording)
        phrases[f"name={question.id}"] = _phrase(question.name or question.wording)
        phrases |= _answer_phrases(ruleset, question, words)
    return phrases


def _answer_phrases(ruleset: RuleSet, question: Question, words: Words) -> dict[str, str]:
    """Return each answer to a question as text: as given, under `=`, and as what it must change to, under `→`."""
    phrases: dict[str, str] = {}
    name = question.id
    if isinstance(question, YesNo):
        for answer, word in (("true", "yes"), ("false", "no")):
            phrases[f"{name}={answer}"] = words[f"answer_{word}"]
            phrases[f"{name}→{answer}"] = words[f"said_answer_{word}"]
    if isinstance(question, Choice):
        for option in question.options:
            phrases[f"{name}={option.id}"] = label = _phrase(option.label)
            phrases[f"{name}→{option.id}"] = words.fill("said_answer_option", option=label)
    if isinstance(question, (Number, Date)):
        compiled = next(each for each in interpreter_of(ruleset).bundle["questions"] if each["id"] == name)
        cuts = compiled.get("cuts", [])
        named = compiled.get("at_most", [None] * len(cuts))
        for place, (cut, greatest) in enumerate(zip(cuts, named, strict=True)):
            end = escaped(answer_label(question, cut if greatest is None else greatest, words))
            lower, upper = ("at_least", "below") if greatest is None else ("above", "at_most")
            is_date = isinstance(question, Date)
            phrases[f"{name}→{place}"] = end_label(lower, end, words, is_date=is_date)
            phrases[f"{name}→<{place}"] = end_label(upper, end, words, is_date=is_date)
    return phrases


def _phrase(text: str) -> str:
    return marked_text(text, has_emphasis=True)


def _wanted(assessment: Assessment) -> list[str]:
    """Return the open questions that can still change something shown, or that have the answer "I don't know"."""
    matters_to = assessment["matters_to"]
    shown = [*matters_to["actions"].values(), *matters_to["estimates"].values()]
    useful = {name for names in shown for name in names}
    useful |= {*assessment["matters"], *assessment["unknown"]}
    return [name for name in assessment["open"] if name in useful and name not in assessment["unasked"]]


def _changes_in_order(bundle: Bundle, assessment: Assessment) -> list[tuple[list[str], list[Change]]]:
    """Return the changes that would make other outcomes possible, each with these outcomes.

    The smallest come first. Among equal ones, each outcome gets its first before any gets a second, and the decisions
    take turns.
    """
    ways = [
        (len(each), rank, place, outcome, each)
        for outcomes, decision in zip(_outcomes_of_each(bundle), each_decision(assessment), strict=True)
        for place, outcome in enumerate(outcomes)
        if (changes := decision["changes"].get(outcome))
        for rank, each in enumerate(changes["sets"])
    ]
    outcomes_of: dict[str, tuple[list[str], list[Change]]] = {}
    for *_, outcome, each in sorted(ways, key=lambda way: way[:3]):
        outcomes_of.setdefault(repr(each), ([], each))[0].append(outcome)
    return [*outcomes_of.values()]


def _change(ruleset: RuleSet, change: Change, words: Words) -> str:
    question = ruleset.questions_by_id[change["question"]]
    return f"{marked_text(question.wording)} → {change_label(question, change, words, write=_written(question))}"


def _written(question: Question) -> Callable[[str], str]:
    """Return what writes an answer to a question as Markdown: only options are Markdown already."""
    return marked_text if isinstance(question, Choice) else escaped


def _title(ruleset: RuleSet, outcome_id: str) -> str:
    return next(marked_text(outcome.title) for outcome in ruleset.outcomes if outcome.id == outcome_id)


def _titles_by_decision(ruleset: RuleSet, outcomes: Sequence[str], words: Words) -> str:
    """Return the titles of outcomes; those of a decision after the first stand after its title."""
    parts: list[str] = []
    for decision in shown_decisions(ruleset):
        known = {each.id for each in decision.outcomes}
        titles = "; ".join(_title(ruleset, each) for each in outcomes if each in known)
        label = _decision_label(marked_text(decision.title), words) if decision.of else ""
        parts += [label + titles] if titles else []
    return " · ".join(parts)


def _decision_label(title: str, words: Words) -> str:
    return without_colon(words.fill("record_title", title=title, outcome=""), title)


def _fills(ruleset: RuleSet, answers: Mapping[str, Answer], assessment: Assessment, words: Words) -> dict[str, str]:
    questions = ruleset.questions_by_id
    labels = {name: answer_label(questions[name], answers[name], words, is_apart=True) for name in answers}
    fills = {f"answer={name}": _written(questions[name])(label) for name, label in labels.items()}
    outcomes = [each["outcome"] for each in each_decision(assessment)]
    fills["titles"] = "; ".join(_title(ruleset, each) for each in outcomes if each is not None)
    for name, estimate in assessment["estimates"].items():
        if estimate:
            low, likely, high = estimate["low"], estimate["likely"], estimate["high"]
            is_amount = name in ruleset.break_evens
            fills[f"likely={name}"] = format_likely(low, likely, high, "", words, is_amount=is_amount)
            fills[f"range={name}"] = format_span(low, high, words, is_amount=is_amount)
    for name, score in assessment["scores"].items():
        fills[POINTS.format(name)] = points_range(score, words)
        for place, term in enumerate(score["terms"]):
            fills[TERM_POINTS.format(name, place)] = points_range(term, words)
    return fills


def _is_said(holds: set[str], when: str) -> bool:
    return all((each[1:] not in holds) if each.startswith("!") else each in holds for each in when.split())


def _fill(text: str, fills: Mapping[str, str]) -> str:
    return HOLE.sub(lambda hole: fills.get(hole[1], hole[0]), text)

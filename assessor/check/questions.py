"""Check questions: find needless and premature ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessor.check.owners import clause, joined, owners
from assessor.findings.finding import Finding
from assessor.findings.place import place_of
from assessor.language.decimals import as_written
from assessor.logic.diagram import FALSE, TRUE
from assessor.logic.proofs import Proofs
from assessor.model.conditions import walk
from assessor.model.estimates.estimates import Estimate
from assessor.model.facts import Fact
from assessor.model.formulas.arithmetic import Formula, Operation, Quantity, inputs, steps
from assessor.model.formulas.ranges import postfix_of, step_values
from assessor.model.questions.choices import Choice, question_of
from assessor.model.questions.numbers import Number
from assessor.model.questions.question import Question


def unused_questions(proofs: Proofs) -> Iterator[Finding]:
    """Find questions that no rule, action or estimate depends on."""
    used = _used(proofs)
    for question in proofs.ruleset.questions:
        if question.id not in used:
            asking = [
                owner.name[:1].lower() + owner.name[1:]
                for owner in owners(proofs.ruleset)
                if question in map(question_of, walk(owner.condition))
            ]
            asking += [f"estimate {each.id!r}" for each in proofs.ruleset.estimates if _is_in(question, each.formula)]
            in_vain = f"; it is of no use in {joined(asking)}" if asking else ""
            yield Finding(
                "unused-question",
                place_of(question.location),
                f"Nothing depends on the question “{question.wording}”: no outcome, no action and no estimate"
                f"{in_vain}.",
                "Remove it, or use it in a rule, an action or an estimate.",
                {},
                f"{question.id!r} cannot change the outcome",
            )


def _used(proofs: Proofs) -> set[str]:
    used = _estimated(proofs)
    for function in (*proofs.fired, *proofs.applies.values(), *proofs.estimated.values()):
        used |= proofs.support(function)
    # Go backwards: the questions that decide whether a question is asked come before it.
    for question in reversed(proofs.ruleset.questions):
        if question.id in used and question.id in proofs.ruleset.asked_when:
            used |= proofs.support(proofs.compile(proofs.ruleset.asked_when[question.id]))
    return used


def _estimated(proofs: Proofs) -> set[str]:
    """Return the numbers that estimates depend on."""
    return {
        part.id
        for estimate in proofs.ruleset.estimates
        for part in inputs(estimate.formula)
        if isinstance(part, Number) and _changes(estimate, part)
    }


def _is_in(question: Question, formula: Formula) -> bool:
    return isinstance(question, Number) and question in inputs(formula)


def _changes(estimate: Estimate, part: Formula) -> bool:
    """Return whether an input makes a difference to a formula: `number - number` does not change with the number."""
    return any(_is_changed(each.formula, part) for each in estimate.branches if part in inputs(each.formula))


def _is_changed(formula: Formula, part: Formula) -> bool:
    values, others = _trials(formula, part)
    # After a division by zero, the rest is unknown.
    return len(values) < len(postfix_of(formula)) or values[-1:] != others[-1:]


def _trials(formula: Formula, part: Formula) -> tuple[list[Fraction], list[Fraction]]:
    """Return the value of each step of a formula, up to a division by zero, for two values of an input.

    Facts and other numbers stand for any value, so this tries odd ones, in exact fractions.
    """
    values = [
        as_written(each.value) if isinstance(each, Quantity) else Fraction(1_009 + 97 * place, 13 + place)
        for place, each in enumerate(inputs(formula))
    ]
    others = list(values)
    others[inputs(formula).index(part)] = Fraction(7_919, 3)
    postfix = postfix_of(formula)
    return _values(postfix, values), _values(postfix, others)


def _values(postfix: Sequence[int | str], values: Sequence[Fraction]) -> list[Fraction]:
    found = []
    try:
        for value in step_values(postfix, values):
            found.append(value)
    except ZeroDivisionError:
        pass
    return found


def cancelled_terms(proofs: Proofs) -> Iterator[Finding]:
    """Find questions and facts that an estimate's formula, or a part of it, cancels out, as `number - number` does.

    If nothing else depends on the question, `unused_questions` reports it.
    """
    used = _used(proofs)
    found: set[tuple[Formula, Formula]] = set()
    for estimate in proofs.ruleset.estimates:
        for term, part in (each for branch in estimate.branches for each in _cancelled(branch.formula)):
            # Estimates may share a term.
            if (term, part) in found or (isinstance(part, Number) and part.id not in used):
                continue
            found.add((term, part))
            name = f"The question “{part.wording}”" if isinstance(part, Number) else f"Fact {part.id!r}"
            where = "a part of " if _changes(estimate, part) else ""
            yield Finding(
                "cancelled-term",
                place_of(term.location),
                f"{name} makes no difference to {where}estimate {estimate.id!r}: the formula cancels it out.",
                f"Correct the formula, or leave {part.id!r} out of it.",
            )


def _cancelled(formula: Formula) -> Iterator[tuple[Operation, Number | Fact]]:
    """Yield the smallest terms of a formula that do not change with an input in them, each with that input."""
    constant: dict[int, list[Number | Fact]] = {}
    for part in inputs(formula):
        if isinstance(part, (Number, Fact)):
            for position in _unchanged(formula, part):
                constant.setdefault(position, []).append(part)
    # For each term: whether it has a term that was yielded.
    stack: list[bool] = []
    for position, step in enumerate(steps(formula)):
        is_found = False
        if isinstance(step, Operation):
            is_found = any((stack.pop(), stack.pop()))
            if not is_found and position in constant:
                yield from ((step, part) for part in constant[position])
                is_found = True
        stack.append(is_found)


def _unchanged(formula: Formula, part: Formula) -> Iterator[int]:
    """Yield the positions of the terms, among the steps of a formula, that have an input and do not change with it."""
    stack: list[bool] = []
    for position, (step, value, other) in enumerate(zip(steps(formula), *_trials(formula, part), strict=False)):
        if isinstance(step, Operation):
            has_part = any((stack.pop(), stack.pop()))
            if has_part and value == other:
                yield position
        else:
            has_part = step == part
        stack.append(has_part)


def alike_options(proofs: Proofs) -> Iterator[Finding]:
    """Find options of a choice that always lead to the same result."""
    functions = [*proofs.fired, *proofs.applies.values(), *proofs.estimated.values()]
    functions += [proofs.compile(each) for each in proofs.ruleset.asked_when.values()]
    functions += [proofs.compile(each.condition) for each in proofs.ruleset.conditions() if each.owner.kind == "option"]
    for question in proofs.ruleset.questions:
        if not isinstance(question, Choice) or question.id not in proofs.conditions.values:
            continue
        asking = [function for function in functions if question.id in proofs.support(function)]
        if not asking:
            continue  # nothing depends on the question at all, which another check reports
        alike: dict[tuple[int, ...], list[str]] = {}
        for option in question.option_ids:
            effect = tuple(proofs.given(function, question.id, option) for function in asking)
            # Only options that are offered together can be joined.
            alike.setdefault((_offered(proofs, question, option), *effect), []).append(option)
        for options in (group for group in alike.values() if len(group) > 1):
            yield Finding(
                "alike-options",
                place_of(question.location),
                "No rule, action, estimate or asked_when distinguishes the options "
                f"{joined(map(repr, options))} of the question “{question.wording}”.",
                "Join them to one, or let a rule or an action tell them apart; or, if readers look for each, accept "
                "this finding in a comment.",
                {**(proofs.witness(_offered(proofs, question, options[0])) or {}), question.id: options[0]},
                f"every decision is the same as with {joined(map(repr, options[1:]), 'or')}",
            )


def _offered(proofs: Proofs, question: Choice, option: str) -> int:
    """Return where an option is offered."""
    asked_when = question.restricted.get(option)
    return TRUE if asked_when is None else proofs.compile(asked_when)


def asked_wrongly(proofs: Proofs) -> Iterator[Finding]:
    """Find questions that matter while they are not asked, and those that never matter when they are."""
    used = _used(proofs)
    estimated = _estimated(proofs)
    for question in proofs.ruleset.questions:
        if question.id not in proofs.ruleset.asked_when or question.id not in used:
            continue
        asked = proofs.compile(proofs.ruleset.asked_when[question.id])
        vain = proofs.difference(_matters(proofs, question, _decisions(proofs)), asked)
        witness = proofs.witness(vain, without=question.id)
        if witness is not None:
            yield Finding(
                "matters-unasked",
                place_of(question.location),
                f"The question “{question.wording}” matters when {clause(proofs.ruleset, witness)}; but then it is not "
                "asked.",
                "Widen its asked_when, or let the rules ask the same before they ask this.",
                witness,
                f"{question.id!r} still matters, to the outcome, an action or an estimate, and is not asked",
            )
        effects = [*proofs.fired, *_decisions(proofs), *_askings(proofs, used)]
        if question.id not in estimated and proofs.both(_matters(proofs, question, effects), asked) == FALSE != asked:
            yield Finding(
                "asked-in-vain",
                place_of(question.location),
                f"The question “{question.wording}” decides nothing at its place.",
                "Remove it, or fix its asked_when.",
                proofs.witness(asked),
                f"{question.id!r} comes up, and changes no outcome, action or estimate",
            )


def _decisions(proofs: Proofs) -> list[int]:
    """Return the functions that decide what a reader sees: the outcomes, the actions, and the cases of estimates."""
    return [*proofs.outcomes, *proofs.applies.values(), *proofs.estimated.values()]


def _askings(proofs: Proofs, used: set[str]) -> list[int]:
    """Return where readers get each question that has a use."""
    return [proofs.compile(asked_when) for name, asked_when in proofs.ruleset.asked_when.items() if name in used]


def _matters(proofs: Proofs, question: Question, functions: Sequence[int]) -> int:
    """Return where the answer to a question, with the others fixed, makes a difference to one of some functions."""
    matters = FALSE
    values = proofs.conditions.values.get(question.id, ())
    for function in functions:
        if question.id in proofs.support(function):
            first, *others = (proofs.given(function, question.id, value) for value in values)
            for other in others:
                matters = proofs.either(matters, proofs.unequal(first, other))
    return matters

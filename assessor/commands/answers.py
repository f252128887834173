"""Read the answers for a command, from a file or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assessor.commands.failing import fail
from assessor.errors import (
    AnswerProblem,
    Location,
    did_you_mean,
)
from assessor.loading.answers import read_answers
from assessor.model.answers import Answer
from assessor.model.questions.choices import Choice
from assessor.model.ruleset import RuleSet
from assessor.reports.wording import ruleset_words, statement


def answers_of(ruleset: RuleSet, answers: str | None) -> dict[str, Answer]:
    """Read the answers that count for a command, from a file or, if there is none or it is `-`, from standard input."""
    if answers in (None, "-"):
        if sys.stdin is None:
            raise click.UsageError("there is no standard input: give a file of answers")
        if answers is None and sys.stdin.isatty():
            raise click.UsageError("give a file of answers, or - to type them and end with Ctrl-D")
        try:
            return _offered(ruleset, read_answers(ruleset.questions, sys.stdin.buffer, "<stdin>", _tell), "<stdin>")
        except OSError as error:
            fail(f"<stdin>: cannot read the answers: {error.strerror}.")
    path = Path(str(answers))
    try:
        with path.open("rb") as stream:
            return _offered(ruleset, read_answers(ruleset.questions, stream, str(path), _tell), str(path))
    except OSError as error:
        hint = ""
        if isinstance(error, FileNotFoundError) and path.parent.is_dir():
            hint = did_you_mean(path.name, [each.name for each in path.parent.glob("*") if each.is_file()])
        fail(f"{path}: cannot read the answers: {error.strerror}.{hint}")


def _offered(ruleset: RuleSet, answers: dict[str, Answer], name: str) -> dict[str, Answer]:
    """Return the answers whose options are offered, and print what became of the others."""
    if not any(isinstance(question, Choice) and question.restricted for question in ruleset.questions):
        return answers
    from assessor.assessment.assess import counted_answers  # noqa: PLC0415 - slow to import, and most need none

    counted = counted_answers(ruleset, answers)
    for question in ruleset.questions:
        if isinstance(question, Choice) and question.id in answers and question.id not in counted:
            option = str(answers[question.id])
            when = statement(question.restricted[option], ruleset_words(ruleset))
            message = f"question {question.id!r} offers {option!r} only if {when}; without that, this is no answer"
            _tell(AnswerProblem(question.id, message, Location(name)))
    return {name: answer for name, answer in answers.items() if name in counted}


def _tell(problem: AnswerProblem) -> None:
    """Print what became of an answer with an old id."""
    click.echo(f"{problem.location}: note: {problem.message}", err=True)

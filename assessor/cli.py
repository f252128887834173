"""The `assessor` command. Exit codes: 0 fine, 1 findings, 2 bad usage or input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from assessor.answers import read_answers
from assessor.assessment import assess as assess_answers
from assessor.bundle import bundle_json, bundle_schema
from assessor.compiling import compile_ruleset
from assessor.errors import AssessorError
from assessor.exporting import to_javascript, to_jsonlogic, to_python
from assessor.loading import BUNDLED, load_ruleset
from assessor.naming import did_you_mean
from assessor.reporting import assessment_text
from assessor.ruleset import RuleSet

_rules_option: Callable[[Any], Any] = click.option(
    "--rules",
    "reference",
    metavar="REF",
    default=BUNDLED,
    help="The rule set: path/to/file.py or package.module, and :name where there are several. "
    "By default the bundled one, Self-hosting vs Cloud for Medplum.",
)

_EXPORTS: dict[str, Callable[[RuleSet], str]] = {
    "jsonlogic": lambda ruleset: json.dumps(to_jsonlogic(ruleset), indent=2) + "\n",
    "javascript": to_javascript,
    "python": to_python,
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-assessor")
def main() -> None:
    """Assess answers with a rule set, and get what its pages are made of."""


@main.command()
@click.argument("answers", required=False, metavar="[ANSWERS]")
@_rules_option
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="Say which answers decided, and what would change it.")
@click.option("--expect", metavar="OUTCOME", help="Exit with 1 unless this outcome is settled: for a team's CI.")
def assess(answers: str | None, reference: str, output: str, explain: bool, expect: str | None) -> None:
    """Say what the rules say of ANSWERS.

    ANSWERS is a file with one 'question: answer' a line, in YAML or JSON; without it, or with -, standard input is
    read. Yes and no are true and false, "I don't know" is null, and what is not answered stays open.
    """
    try:
        ruleset = load_ruleset(reference)
        if expect is not None:
            _check_expected(ruleset, expect)
        given = _read(ruleset, answers)
        assessment = assess_answers(ruleset, given)
    except AssessorError as error:
        _fail(error)
    if output == "json":
        click.echo(json.dumps(assessment, indent=2, ensure_ascii=False))
    else:
        click.echo(assessment_text(ruleset, given, assessment, explain=explain), nl=False)
    if expect is not None and assessment["outcome"] != expect:
        found = repr(assessment["outcome"]) if assessment["settled"] else "nothing yet"
        click.echo(f"expected {expect!r} to be settled, but {found} is", err=True)
        sys.exit(1)


@main.command()
@_rules_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of bundles instead.")
def bundle(reference: str, schema: bool) -> None:
    """Print the compiled rule set, as pages get it: JSON with ids, cells, nodes and formulas, and no words."""
    if schema:
        click.echo(json.dumps(bundle_schema(), indent=2))
        return
    try:
        click.echo(bundle_json(compile_ruleset(load_ruleset(reference))))
    except AssessorError as error:
        _fail(error)


@main.command()
@click.option("--to", "target", type=click.Choice(list(_EXPORTS)), required=True, help="What to turn the rules into.")
@_rules_option
def export(target: str, reference: str) -> None:
    """Print the rules for other engines, which decide complete answers only.

    As JsonLogic, or as a module in JavaScript or Python with a function decide(answers). Each gives the id of the rule
    that fires, or null (None) where no rule decides.
    """
    try:
        click.echo(_EXPORTS[target](load_ruleset(reference)), nl=False)
    except AssessorError as error:
        _fail(error)


def _read(ruleset: RuleSet, answers: str | None) -> dict[str, Any]:
    if answers in (None, "-"):
        if sys.stdin is None:
            raise click.UsageError("there is no standard input: give a file of answers")
        if answers is None and sys.stdin.isatty():
            raise click.UsageError("give a file of answers, or - to type them and end with Ctrl-D")
        try:
            return read_answers(ruleset.questions, sys.stdin.buffer, "<stdin>")
        except OSError as error:
            _fail(f"<stdin>: the answers cannot be read: {error.strerror}.")
    path = Path(str(answers))
    try:
        with path.open("rb") as stream:
            return read_answers(ruleset.questions, stream, str(path))
    except OSError as error:
        hint = ""
        if isinstance(error, FileNotFoundError) and path.parent.is_dir():
            hint = did_you_mean(path.name, [each.name for each in path.parent.glob("*") if each.is_file()])
        _fail(f"{path}: the answers cannot be read: {error.strerror}.{hint}")


def _check_expected(ruleset: RuleSet, expected: str) -> None:
    known = [outcome.id for outcome in ruleset.outcomes]
    if expected not in known:
        raise click.UsageError(f"--expect: there is no outcome {expected!r}.{did_you_mean(expected, known)}")


def _fail(error: AssessorError | str) -> NoReturn:
    click.echo("\n".join(f"error: {line}" for line in str(error).splitlines()), err=True)
    sys.exit(2)

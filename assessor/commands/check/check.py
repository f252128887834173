"""`assessor check`: report what is wrong with a rule set."""

from __future__ import annotations

import datetime
import re
import sys

import click

from assessor.check import check_ruleset
from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import format_option, rules_option
from assessor.errors import LoadingError, Location, RuleSetError
from assessor.findings.finding import Finding
from assessor.findings.formats import FORMATS, findings_brief, findings_json, findings_summary
from assessor.findings.place import place_of
from assessor.language.layout import capitalized
from assessor.loading.load import load_ruleset
from assessor.loading.reference import split_reference

_CODE_FIRST = re.compile(r"\w*_|\w+[=(]")


@click.command(
    cls=Command,
    section="Check it",
    example="assessor check --rules rules.py --strict",
)
@rules_option
@format_option(*FORMATS)
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings as well.")
@click.option("--notes", is_flag=True, help="Show notes as well: correct, but easy to overlook. JSON always has them.")
@click.option("--all", "is_all", is_flag=True, help="Show every note in full. Implies --notes.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date for checking review dates, as YYYY-MM-DD; by default today.",
)
def command(
    *, reference: str, output: str, strict: bool, notes: bool, is_all: bool, today: datetime.datetime | None
) -> None:
    """Prove that a rule set is sound, or list what is wrong with it.

    Each finding has a line of the source, answers that show it, and what to do. The command exits with 1 on errors.
    """
    ruleset_id = ""
    failure: LoadingError | None = None
    try:
        ruleset = load_ruleset(reference, check_cases=False)
        ruleset_id = ruleset.id
        day = today.date() if today else datetime.date.today()
        findings = check_ruleset(ruleset, today=day)
    except RuleSetError as error:
        findings = [_invalid(error, error.location)]
    except LoadingError as error:
        if output == "text":
            fail(error)
        # Tools need a complete document, even on failure.
        failure = error
        findings = [_invalid(error, error.location or Location(split_reference(reference)[0]))]
    if output == "json":
        report = findings_json(findings, ruleset=ruleset_id)
    else:
        notes = notes or is_all
        shown = [each for each in findings if notes or each.severity != "note"]
        is_brief = notes and not is_all and output == "text"
        report = findings_brief(shown) if is_brief else FORMATS[output](shown, ())
    if output == "text":
        report += findings_summary(findings, ruleset_id, notes=notes)
    click.echo(report, nl=False)
    if failure is not None:
        fail(failure)
    if any(finding.severity == "error" or (strict and finding.severity == "warning") for finding in findings):
        sys.exit(1)


def _invalid(error: LoadingError | RuleSetError, location: Location) -> Finding:
    # If the message starts with a name in code, keep its case.
    begun = error.message if _CODE_FIRST.match(error.message) else capitalized(error.message)
    message = f"{begun}{'' if begun.endswith(('.', '?')) else '.'}"
    return Finding("invalid-rule-set", place_of(location), message, "Fix this first; the other checks need it.")

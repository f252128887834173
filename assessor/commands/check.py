"""`assessor check`: what is wrong with a rule set."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import click

from assessor.check import Finding, check_ruleset
from assessor.check.report import findings_github, findings_json, findings_sarif, findings_text
from assessor.commands.options import fail, format_option, rules_option
from assessor.errors import Location, RuleSetError
from assessor.language.layout import capitalized
from assessor.loading.load import LoadingError, load_ruleset, split_reference

_CODE_FIRST = re.compile(r"\w*_|\w+[=(]")


def _folder(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    # What click calls a directory may be a device.
    if path is not None and not path.is_dir():
        raise click.BadParameter(f"there is no folder {str(path)!r}.")
    return path


@click.command()
@rules_option
@format_option("text", "json", "github", "sarif")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings, too.")
@click.option(
    "--notes", is_flag=True, help="Show notes, too: what is right, but easily overlooked. JSON holds them always."
)
@click.option(
    "--docs",
    type=click.Path(path_type=Path),
    callback=_folder,
    help="The folder of Markdown pages that quote facts, to find those that none does.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day against which review dates are held, as YYYY-MM-DD; by default today.",
)
def command(
    *, reference: str, output: str, strict: bool, notes: bool, docs: Path | None, today: datetime.datetime | None
) -> None:
    """Prove a rule set sound, or say what is wrong with it.

    Each finding has the line of the rule or question that it is about, an example as answers that 'assessor assess'
    takes, and what to do. Exits with 1 if there are errors.
    """
    ruleset_id = ""
    failure: LoadingError | None = None
    try:
        ruleset = load_ruleset(reference, check_cases=False)
        ruleset_id = ruleset.id
        day = today.date() if today else datetime.date.today()
        findings = check_ruleset(ruleset, today=day, quoted=None if docs is None else quoted_facts(docs))
    except RuleSetError as error:
        findings = [_invalid(error, error.location)]
    except LoadingError as error:
        if output == "text":
            fail(error)
        # Tools read a document, whatever happens.
        failure = error
        findings = [_invalid(error, error.location or Location(split_reference(reference)[0]))]
    if output == "json":
        report = findings_json(findings, ruleset_id)
    elif output == "github":
        report = findings_github(findings, notes=notes)
    elif output == "sarif":
        report = findings_sarif(findings, notes=notes)
    else:
        report = findings_text(findings, ruleset_id, notes=notes)
    click.echo(report, nl=False)
    if failure is not None:
        fail(failure)
    if any(finding.severity == "error" or (strict and finding.severity == "warning") for finding in findings):
        sys.exit(1)


def _invalid(error: LoadingError | RuleSetError, location: Location) -> Finding:
    # A name in code stays as it is.
    begun = error.message if _CODE_FIRST.match(error.message) else capitalized(error.message)
    message = f"{begun}{'' if begun.endswith(('.', '?')) else '.'}"
    return Finding("invalid-rule-set", location, message, "Mend it: nothing else can be checked before.")


_LINK = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<)fact:([A-Za-z0-9_-]+)")


def quoted_facts(docs: Path) -> set[str]:
    """Return the ids of the facts that `fact:` links in Markdown files name.

    Args:
        docs: The folder; files in its folders count, too.
    """
    pages = (page for page in sorted(docs.rglob("*.md")) if page.is_file())
    return {fact_id for page in pages for fact_id in _LINK.findall(page.read_text("utf-8", errors="replace"))}

"""`assessor facts`: list facts by age, and check whether their sources still support them."""

from __future__ import annotations

import datetime
import math
import sys
from typing import Any

import click

from assessor.commands.command import Command
from assessor.commands.failing import fail
from assessor.commands.options import format_option, rules_option
from assessor.errors import AssessorError
from assessor.loading.load import load_ruleset


class _Seconds(click.FloatRange):
    """A number of seconds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Refuse what compares with no bound."""
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


@click.command(
    cls=Command,
    section="Check it",
    example="assessor facts --rules rules.py\nassessor facts --check --rules rules.py",
)
@rules_option
@click.option("--check", is_flag=True, help="Read each source on the web, and report what no longer supports its fact.")
@format_option("text", "json")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date for ages, as YYYY-MM-DD; by default today.",
)
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    metavar="DAYS",
    default=7,
    show_default=True,
    help="With --check: reuse pages that are at most this many days old; 0 reads every page again.",
)
@click.option(
    "--pause",
    type=_Seconds(min=0, max=600),
    metavar="SECONDS",
    default=1.0,
    show_default=True,
    help="With --check: the time between two requests to a host, unless its robots.txt asks for more.",
)
@click.option(
    "--timeout",
    type=_Seconds(min=0, max=600, min_open=True),
    metavar="SECONDS",
    default=20.0,
    show_default=True,
    help="With --check: how long to wait for a server.",
)
def command(
    *,
    reference: str,
    check: bool,
    output: str,
    today: datetime.datetime | None,
    max_age: int,
    pause: float,
    timeout: float,
) -> None:
    """List facts by age, and check whether their sources still support them.

    Facts past their review date come first, then those whose source nobody has read for the longest time. With --check,
    the command reads the sources that are pages on the web. It respects robots.txt, asks one page at a time, and sends
    nothing but the request. It exits with 1 if a source is gone, has moved for good, fails, or no longer has the value,
    and with 2 if no host is found at all.
    """
    day = today.date() if today else datetime.date.today()
    try:
        ruleset = load_ruleset(reference, check_cases=False)
        # Import these now: they bring the HTTP client.
        from assessor.sources import report, watch  # noqa: PLC0415
        from assessor.sources.cache import Cache, cache_folder  # noqa: PLC0415
        from assessor.sources.fetching import Fetcher  # noqa: PLC0415

        facts = watch.by_age(ruleset.facts, day)
        watched = None
        if check:
            fetcher = Fetcher(pause, timeout, lambda url: click.echo(f"reading {url}", err=True))
            cache = Cache(cache_folder(), max_age, day)
            watched = watch.watch(ruleset, facts, fetcher, cache, day.isoformat())
    except AssessorError as error:
        fail(error)
    if output == "json":
        click.echo(report.facts_json(ruleset, facts, watched, day), nl=False)
    elif not facts:
        click.echo(f"The rule set {ruleset.id!r} has no facts.")
    else:
        lines = report.ages_text(facts, day) if watched is None else report.watched_text(watched, day)
        for line in lines:
            click.echo(line)
    if any(each.is_finding for each in watched or ()):
        sys.exit(1)

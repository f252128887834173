"""The `assessor` command, also `python -m assessor`. Exit codes: 0 fine, 1 findings, 2 bad usage or input.

Each command is the object that an entry point of the group `assessor.commands` names, so that the docs side can bring
its own without being imported here; only the command that is called is imported.
"""

from __future__ import annotations

import io
import sys
from importlib.metadata import entry_points
from typing import Any

import click

from assessor.errors import did_you_mean


class _Commands(click.Group):
    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command; what a terminal lacks the letters for is written as question marks."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        try:
            return super().main(*args, **options)
        except OSError as error:
            # Of files that are read, commands tell themselves.
            click.echo(f"error: the output cannot be written: {error.strerror}", err=True)
            sys.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(entry_points(group="assessor.commands").names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for entry_point in entry_points(group="assessor.commands", name=cmd_name):
            command: click.Command = entry_point.load()
            command.name = cmd_name
            return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            raise click.UsageError(f"No such command {args[0]!r}.{did_you_mean(args[0], known)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-assessor")
def main() -> None:
    """Assess answers with a rule set, prove it sound, and get what its pages are made of."""


if __name__ == "__main__":
    main(prog_name="assessor")

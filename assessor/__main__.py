"""Run the `assessor` command, also as `python -m assessor`.

Exit codes: 0 for success; 1 for findings; 2 for bad usage or input, or if writing the output fails. Two more are those
that shells report for a program that a signal ends: 141 (`SIGPIPE`) if the reader of the output stops reading, as in
`assessor check | head -1`, and 130 (`SIGINT`) after Ctrl-C.

`assessor/commands/__init__.py` lists the commands of this package. Those of other packages, such as the docs side, are
entry points in the group `assessor.commands`. The program imports only the command that it runs. It reads entry points
only for other names, because reading them takes as long as everything else.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO, cast

import click

from assessor.commands import COMMANDS
from assessor.version import VERSION

_BAD_INPUT, _INTERRUPTED, _NO_READER = 2, 130, 141


class _ClosedOutput(io.TextIOBase):
    """Replaces a standard output that is closed at the start, where output would vanish without a message."""

    def write(self, text: str) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


class _NoReaderError(Exception):
    """Nobody reads the output any more. This is not an OSError, because click would exit with code 1 for that."""


@contextlib.contextmanager
def _without_reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise _NoReaderError from None


class _Commands(click.Group):
    def main(self, *args: Any, **options: Any) -> NoReturn:
        """Run a command and exit. Characters that the terminal cannot encode become question marks."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        # If there is no standard output, Python sets it to None, and click then silently writes nothing.
        sys.stdout = sys.stdout or cast(TextIO, _ClosedOutput())
        try:
            code = self._run(*args, **options)
        except (BrokenPipeError, _NoReaderError):
            code = _NO_READER
            _discard_output()
        except OSError as error:
            # Files that cannot be read were already reported by the commands, so this is about the output.
            code = _BAD_INPUT
            with contextlib.suppress(OSError):
                click.echo(f"error: cannot write the output: {error.strerror}", err=True)
            _discard_output()
        sys.exit(code)

    def _run(self, *args: Any, **options: Any) -> int:
        """Run a command and return the exit code."""
        try:
            return super().main(*args, **{**options, "standalone_mode": False}) or 0
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            return _INTERRUPTED

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with _without_reader():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _without_reader():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

        return sorted({*COMMANDS, *entry_points(group="assessor.commands").names})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by task."""
        from assessor.commands.command import SECTIONS  # noqa: PLC0415 - the help alone needs it

        sections: dict[str, list[tuple[str, str]]] = {section: [] for section in SECTIONS}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                # Other packages may add commands of click's own class.
                section = getattr(command, "section", "Other commands")
                sections.setdefault(section, []).append((name, command.get_short_help_str(formatter.width)))
        for section, records in sections.items():
            if records:
                with formatter.section(section):
                    formatter.write_dl(records)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            own: click.Command = importlib.import_module(f"assessor.commands.{COMMANDS[cmd_name]}").command
            own.name = cmd_name
            return own
        from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

        for entry_point in entry_points(group="assessor.commands", name=cmd_name):
            command: click.Command = entry_point.load()
            command.name = cmd_name
            return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from assessor.errors import did_you_mean  # noqa: PLC0415 - only for a misspelt name

            known = self.list_commands(ctx)
            if args[0] not in known:
                raise click.UsageError(f"No such command {args[0]!r}.{did_you_mean(args[0], known)}", ctx)
        return super().resolve_command(ctx, args)


def _discard_output() -> None:
    """Discard buffered output: otherwise Python tries to write it again at exit, and exits with another code."""
    with Path(os.devnull).open("wb") as nowhere:
        for stream in (sys.stdout, sys.stderr):
            # Only real streams have a file descriptor; the replacements in tests have none.
            with contextlib.suppress(OSError, AttributeError):
                os.dup2(nowhere.fileno(), stream.fileno())


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
def main() -> None:
    """Write, check and publish decision guides.

    'assessor COMMAND --help' has the options and an example of each command.
    """


if __name__ == "__main__":
    main(prog_name="assessor")

"""The class of all commands: its help has an example, and options in groups."""

from __future__ import annotations

from typing import Any

import click

# The sections of the list of commands, in the order of an author's work.
SECTIONS = ("Start a guide", "Check it", "Review a change", "Decide", "Use the rules elsewhere")

# Options that no group names are the command's own. The help comes last.
_GROUPS = {
    **dict.fromkeys(("rules", "config"), "Rules"),
    **dict.fromkeys(("format", "language", "words", "base-url"), "Output"),
    "help": "Help",
}
_OWN_OPTIONS = "Options"


class Command(click.Command):
    """A command whose help has an example, and its options in groups."""

    def __init__(self, *arguments: Any, section: str, example: str, **options: Any) -> None:
        """Create the command.

        Args:
            arguments: What click takes.
            section: The section of the list of commands, one of `SECTIONS`.
            example: One or more lines to type.
            options: What click takes.
        """
        super().__init__(*arguments, **options)
        self.section = section
        self.example = example

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, and an example."""
        super().format_help_text(ctx, formatter)
        with formatter.section("Example"):
            for line in self.example.splitlines():
                # write_text would fill the lines, and nobody could copy them.
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options: first the command's own, then those that commands share."""
        groups: dict[str, list[tuple[str, str]]] = {_OWN_OPTIONS: []}
        for parameter in self.get_params(ctx):
            if not isinstance(parameter, click.Option):
                continue
            names = (name.removeprefix("--") for name in parameter.opts)
            group = next((_GROUPS[name] for name in names if name in _GROUPS), _OWN_OPTIONS)
            if (record := parameter.get_help_record(ctx)) is not None:
                groups.setdefault(group, []).append(record)
        for group, records in groups.items():
            if not records:
                continue  # a command without options of its own
            with formatter.section(group):
                formatter.write_dl(records)

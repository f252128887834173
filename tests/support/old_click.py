"""The runner of click 8.1, which we support, with the results that click 8.2 and newer give."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import click.testing


class _Result(click.testing.Result):
    """A result whose output has both streams, as that of newer releases; the errors stand at its end."""

    @property
    def output(self) -> str:
        return self.stdout + self.stderr


class _Runner(click.testing.CliRunner):
    """A runner that keeps standard output and standard error apart."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"mix_stderr": False, **options})

    def invoke(self, *arguments: Any, **options: Any) -> click.testing.Result:
        return _Result(**vars(super().invoke(*arguments, **options)))


def install() -> None:
    """Let tests import this runner from click where click is old."""
    if version("click").startswith("8.1."):
        setattr(click.testing, "CliRunner", _Runner)  # noqa: B010 (the name of a class cannot be assigned)

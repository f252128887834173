"""Run our command in the process of the tests."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from assessor.__main__ import main


def run_command(*arguments: str | Path) -> Result:
    """Run `assessor` with arguments; an exception other than the exit fails the test."""
    run = CliRunner().invoke(main, [*map(str, arguments)])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exc_info
    return run

"""Clean up before a signal ends the process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn


class _Terminated(KeyboardInterrupt):
    """The process must end. This is a KeyboardInterrupt, so that no rule set catches it as its own error."""


@contextmanager
def cleaning_up_when_terminated() -> Iterator[None]:
    """Let the block clean up when SIGTERM ends the process, as when CI cancels a job."""
    is_ours = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if not is_ours or threading.current_thread() is not threading.main_thread():
        yield
        return

    is_terminated = False

    def end(number: int, frame: object) -> NoReturn:
        nonlocal is_terminated
        is_terminated = True
        # A second signal would interrupt the cleaning up.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _Terminated

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Whatever leaves the block: libraries such as DuckDB replace the exception by one of their own.
        if is_terminated:
            signal.raise_signal(signal.SIGTERM)


@contextmanager
def deferring_signals() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C and SIGTERM end the block only where it can end.

    An exception that a signal raises while a library calls us back gets lost or replaced: DuckDB and pyarrow do both.
    So signals are only noted in the block. A second Ctrl-C ends it at once.

    Yields:
        A function to call where the block can end, which then raises `KeyboardInterrupt`.
    """
    noted: list[int] = []

    def check() -> None:
        if noted:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield check
        return

    def note(number: int, frame: object) -> None:
        if number == signal.SIGINT and number in noted:
            raise KeyboardInterrupt
        noted.append(number)

    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, note)
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if noted:
            signal.raise_signal(noted[0])

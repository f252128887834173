"""Clean up before a process is terminated."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn


class _Terminated(KeyboardInterrupt):
    """The process must end. This is a KeyboardInterrupt, so that no rule set catches it as its own error."""


@contextmanager
def cleaning_up_when_terminated() -> Iterator[Callable[[], None]]:
    """Let the block clean up when SIGTERM ends the process, as when CI cancels a job.

    Yields:
        A function for long loops to call, which ends the block if a library has swallowed the exception.
    """
    is_ours = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if not is_ours or threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return

    is_terminated = False

    def end(number: int, frame: object) -> NoReturn:
        nonlocal is_terminated
        is_terminated = True
        # A second signal would interrupt the cleaning up.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _Terminated

    def check() -> None:
        if is_terminated:
            raise _Terminated

    signal.signal(signal.SIGTERM, end)
    try:
        yield check
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Whatever comes out of the block: libraries such as DuckDB replace the exception by one of their own.
        if is_terminated:
            signal.raise_signal(signal.SIGTERM)

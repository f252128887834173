"""Ending a process only once it has cleaned up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class _Terminated(KeyboardInterrupt):
    """The process is to end. Like an interrupt, no rule set may take it for an error of its own."""


@contextmanager
def cleaning_up_when_terminated() -> Iterator[None]:
    """Let SIGTERM, as CI sends it to a job that is cancelled, end the process only once the block has cleaned up."""
    is_ours = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if not is_ours or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> NoReturn:
        raise _Terminated

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    except _Terminated:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

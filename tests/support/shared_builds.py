"""Build a site once for all of pytest's workers."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a folder that the first worker fills, while the others wait for it.

    Args:
        factory: Pytest's `tmp_path_factory`.
        name: The name of the folder, which is the same in all workers.
        build: Fills the folder, which exists.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, unfinished = base / f"shared-{name}", base / f"unfinished-{name}"
    with (base / f"lock-{name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            # A build that failed in another worker may have left files.
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            build(unfinished)
            unfinished.rename(folder)
    return folder

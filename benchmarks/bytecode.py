"""An environment for processes that are measured, in which modules are compiled once, as installed ones are."""

from __future__ import annotations

import os
from collections.abc import Mapping


def environment(cache: str) -> Mapping[str, str]:
    """Return the variables of this process, but with a folder of compiled modules.

    Where PYTHONDONTWRITEBYTECODE is set, our modules would be compiled at each start, and those of the packages beside
    them not.

    Args:
        cache: The folder.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": cache}

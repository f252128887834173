"""Provide an environment in which measured processes compile modules once, like installed ones."""

from __future__ import annotations

import os
from collections.abc import Mapping


def environment(cache: str) -> Mapping[str, str]:
    """Return the environment of this process, with a folder for compiled modules.

    If PYTHONDONTWRITEBYTECODE is set, each start would recompile our modules, but not those of installed packages.

    Args:
        cache: The folder.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": cache}

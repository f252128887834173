"""Run measurements in Node.js."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tools.node import ensure_node


def run(program: str, work: object) -> Any:
    """Run a script of this folder, and return the JSON that it prints.

    Args:
        program: The file name of the script.
        work: The value that the script reads from standard input as JSON.
    """
    command = [ensure_node(), str(Path(__file__).parent / program)]
    ran = subprocess.run(command, input=json.dumps(work), stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return json.loads(ran.stdout)

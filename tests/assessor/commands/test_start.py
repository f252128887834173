import subprocess
import sys

import pytest

from assessor.commands import COMMANDS
from assessor.loading.reference import BUNDLED

# Runs the command, then prints which of our modules and of the named ones were imported that click alone does not need.
_PROGRAM = """
import sys, click
before = set(sys.modules)
from assessor.__main__ import main
try:
    main.main(sys.argv[2:], prog_name="assessor")
finally:
    slow = sys.argv[1].split()
    found = {name for name in set(sys.modules) - before if name.startswith(("assessor", "mkdocs_assessor"))}
    print(*sorted(found | (set(sys.modules) - before) & set(slow)), file=sys.stderr)
"""
_SLOW = "difflib html importlib.metadata importlib.resources jinja2 markdown mkdocs subprocess tempfile traceback yaml"


def imported(*arguments: str) -> set[str]:
    """Return our modules, and the slow ones, that a command imports."""
    program = [sys.executable, "-c", _PROGRAM, _SLOW, *arguments]
    ran = subprocess.run(program, capture_output=True, text=True, check=True, input="{}")
    return set(ran.stderr.split())


def test_the_version_is_told_without_importing_a_rule_set_s_modules() -> None:
    assert imported("--version") == {"assessor", "assessor.__main__", "assessor.commands", "assessor.version"}


@pytest.mark.parametrize("arguments", [("assess", "-"), ("record", "-"), ("schema",), ("bundle",)])
def test_a_command_imports_no_other_command_and_no_generator(arguments: tuple[str, ...]) -> None:
    found = imported(*arguments, "--rules", BUNDLED)
    modules = {f"assessor.commands.{module}" for module in COMMANDS.values()}
    assert found & modules == {f"assessor.commands.{COMMANDS[arguments[0]]}"}
    assert not {name for name in found if name.startswith(("assessor.check", "assessor.compare", "mkdocs_assessor"))}
    # Quoting a fact takes the catalogue, which is YAML.
    assert found & set(_SLOW.split()) <= {"yaml", "traceback"}

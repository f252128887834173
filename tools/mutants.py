"""Break the queries on purpose, one place at a time, and report whether a test fails; `make mutants` runs this.

Each mutant is created in a copy of the working tree, where the most relevant tests run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.node import ensure_node

ROOT = Path(__file__).parent.parent
_CORE = "plugin/mkdocs_assessor/assets/core"
_ORACLE = ("tests/assessor/assessment/test_reasoning.py", "-k", "oracle[0] or oracle[250]")
_VECTORS = ("tests/conformance/test_vectors.py", "-k", "python_conforms")
_EXPLAINING = ("tests/assessor/reports/test_explanation.py",)
_SCRIPTS = ("tests/conformance/test_vectors.py", "-k", "scripts_conform_in_node")


@dataclass(frozen=True)
class Mutant:
    """One defect to introduce.

    Attributes:
        file: The file to change.
        before: The code to replace, at its first occurrence only.
        after: The code that replaces it.
        tests: The arguments for pytest.
    """

    file: str
    before: str
    after: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant("assessor/assessment/queries/remaining.py", "min(max(below), 1 + min(below))", "1 + min(below)", _ORACLE),
    Mutant("assessor/assessment/queries/remaining.py", "return path\n", "return path + 1\n", _ORACLE),
    Mutant("assessor/assessment/queries/remaining.py", "len(bits(restriction.support(function)))", "0", _ORACLE),
    Mutant(
        "assessor/assessment/queries/restriction.py",
        "for child in children) // len(children)",
        "for child in children) // 2",
        _ORACLE,
    ),
    Mutant(
        "assessor/assessment/queries/restriction.py",
        "restricted.count(restricted[0]) == len(restricted)",
        "False",
        _ORACLE,
    ),
    Mutant(
        "assessor/assessment/queries/restriction.py", "total *= size if cell is None else 1", "total *= size", _ORACLE
    ),
    Mutant(
        "assessor/assessment/queries/reasons.py",
        "for question in reversed(range(len(kept))):",
        "for question in range(len(kept)):",
        _ORACLE,
    ),
    Mutant("assessor/assessment/queries/changes.py", "MOST_CHANGE_SETS = 5", "MOST_CHANGE_SETS = 4", _VECTORS),
    Mutant("assessor/assessment/queries/changes.py", "MOST_COMBINATIONS = 64", "MOST_COMBINATIONS = 1000", _VECTORS),
    Mutant("assessor/assessment/queries/changes.py", "len(sets) > MOST_CHANGE_SETS,", "False,", _VECTORS),
    Mutant("assessor/assessment/queries/changes.py", "1 + min(below))", "min(below))", _ORACLE),
    Mutant("assessor/assessment/queries/changes.py", "(not has_cuts or cell == cells[-1] + 1)", "True", _ORACLE),
    Mutant("assessor/assessment/assess.py", "if question not in unasked]", "]", _ORACLE),
    Mutant("assessor/assessment/assess.py", "if self._ids[question] not in self._answers]", "]", _ORACLE),
    Mutant(
        "assessor/assessment/queries/information.py", "sections[question] == sections[candidates[0]]", "True", _ORACLE
    ),
    Mutant(
        "assessor/assessment/queries/information.py",
        "information[question] >= most - INFO",
        "information[question] > most - 1 - INFO",
        _ORACLE,
    ),
    Mutant(
        "assessor/reports/explanation.py", "for rule in rules for part", "for rule in rules[:1] for part", _EXPLAINING
    ),
    Mutant(
        "assessor/reports/explanation.py",
        'decided["ruled_out"][rule.id]\n',
        'decided["ruled_out"][rule.id][:1]\n',
        _EXPLAINING,
    ),
    Mutant("assessor/reports/explanation.py", 'False: "false"', 'False: "open"', _EXPLAINING),
    Mutant("assessor/reports/explanation.py", 'if changes["more"]', "if False", _EXPLAINING),
    Mutant("assessor/reports/text.py", 'id in self.assessment["unknown"]', "False", _EXPLAINING),
    Mutant(
        "assessor/reports/wording.py",
        "isinstance(part, type(condition)) or",
        "",
        ("tests/assessor/reports/test_wording.py",),
    ),
    Mutant(f"{_CORE}/queries/changes.js", "MOST_CHANGE_SETS = 5", "MOST_CHANGE_SETS = 6", _SCRIPTS),
    Mutant(f"{_CORE}/queries/changes.js", "MOST_COMBINATIONS = 64", "MOST_COMBINATIONS = 1000", _SCRIPTS),
    Mutant(f"{_CORE}/queries/changes.js", "kinds[position]?.cuts ?", "false ?", _SCRIPTS),
    Mutant(f"{_CORE}/queries/information.js", "known.length ? known : ", "", _SCRIPTS),
    Mutant(f"{_CORE}/queries/information.js", "if (share > 0) total", "if (share > 0.05) total", _SCRIPTS),
    Mutant(f"{_CORE}/counting.js", "largest <= Number.MAX_SAFE_INTEGER", "largest <= Infinity", _SCRIPTS),
    Mutant(f"{_CORE}/queries/remaining.js", "Math.min(greatest, 1 + least)", "1 + least", _SCRIPTS),
    Mutant(
        f"{_CORE}/queries/reasons.js",
        "question = kept.length - 1; question >= 0; question--",
        "question = 0; question < kept.length; question++",
        _SCRIPTS,
    ),
    Mutant(f"{_CORE}/collections.js", "32 * position + 31", "31", _SCRIPTS),
)


def main() -> int:
    """Try each mutant, print whether a test caught it, and return 1 if one survived."""
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        names = ("assessor", "plugin", "tests", "tools", "benchmarks", "pyproject.toml", "package.json")
        copy.mkdir()
        for name in names:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
        (copy / "node_modules").symlink_to(ROOT / "node_modules")
        for mutant in MUTANTS:
            is_caught = _is_caught(mutant, copy)
            survived += not is_caught
            change = f"{mutant.before.strip()}  =>  {mutant.after.strip() or '(nothing)'}"
            print(f"{'caught  ' if is_caught else 'SURVIVED'}  {mutant.file}: {change}", flush=True)
    print(f"{len(MUTANTS) - survived} of {len(MUTANTS)} caught")
    return 1 if survived else 0


def _is_caught(mutant: Mutant, copy: Path) -> bool:
    file = copy / mutant.file
    source = file.read_text(encoding="utf-8")
    if mutant.before not in source:
        sys.exit(f"{mutant.file} has no {mutant.before!r} any more: update the list in {Path(__file__).name}")
    try:
        file.write_text(source.replace(mutant.before, mutant.after, 1), encoding="utf-8")
        if mutant.file.endswith(".js"):
            subprocess.run([ensure_node(), "tools/build.js"], cwd=copy, check=True)
        # The copy must take precedence over the installed packages. Disable bytecode: Python considers it up to date
        # for a source changed within the same second.
        environment = {**os.environ, "PYTHONPATH": f"{copy}:{copy / 'plugin'}", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *mutant.tests]
        ran = subprocess.run(command, cwd=copy, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        if ran.returncode not in (0, 1):
            sys.exit(f"the tests of {mutant.file} did not run:\n{ran.stdout}")
        return ran.returncode == 1
    finally:
        file.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

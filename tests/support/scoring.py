"""A rule set, and files of answers to it, for the tests of `assessor score`."""

import sys
from pathlib import Path

import pyarrow
from click.testing import CliRunner, Result
from pyarrow import parquet

from assessor.__main__ import main

RULES = """
from assessor import *
ready = YesNo("ready", "Is it ready?")
place = Choice("place", "Where?", {"here": "Here", "there": "There", "no": "Nowhere"})
share = Number("share", "How much?", minimum=0, maximum=10)
go, stay = Outcome("go", "Go"), Outcome("stay", "Stay")
ruleset = RuleSet(
    "r", title="R", sections=[Section("s", "S", [ready, place, share])], outcomes=[go, stay],
    rules=[Rule(ready & place.is_("here") & (share >= 0.3), go, "so"), otherwise(stay, "else")],
    actions=[Action("pack", "Pack", [go]), Action("call", "Call", [go, stay], ready)],
    estimates=[Estimate("cost", "Cost", share * Quantity(2))],
)
"""
CSV = """\
id,ready,place,share,note
1,true,here,0.3,"a, b"
2,YES,no,,
3,,here,0.29,
4,true,hree,11,x
"""


def write_inputs() -> None:
    """Write the rules and the CSV into the working directory."""
    Path("rules.py").write_text(RULES)
    Path("in.csv").write_text(CSV)


def run(*arguments: str) -> Result:
    """Run `assessor score` with the rules in the working directory."""
    return CliRunner().invoke(main, ["score", *arguments, "--rules", "rules.py"])


def write_large(rows: int) -> None:
    """Write `in.parquet`, of whose rows a quarter is settled."""
    ready = pyarrow.array([True, None, False, True] * (rows // 4))
    parquet.write_table(pyarrow.table({"id": pyarrow.array(range(rows)), "ready": ready}), "in.parquet")


def score_command(target: str, source: str = "in.parquet") -> list[str]:
    """Return the command line that scores a file, in a process whose Ctrl-C is not ignored."""
    # A shell that starts the tests in the background lets its children ignore Ctrl-C.
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from assessor.__main__ import main; main()"
    )
    return [sys.executable, "-c", script, "score", source, "--rules", "rules.py", "--to", target]

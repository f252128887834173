"""The commands, one per file. The group `assessor` in `assessor/__main__.py` imports only the one that runs."""

COMMANDS = (
    "assess",
    "bundle",
    "cases",
    "check",
    "compare",
    "export",
    "facts",
    "import",
    "record",
    "schema",
    "score",
    "translate",
)
"""The names of the commands, each of them `command` in the module of its name."""

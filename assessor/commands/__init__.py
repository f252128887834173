"""The commands, one per file. The group `assessor` in `assessor/__main__.py` imports only the one that runs."""

COMMANDS = {
    name: f"{package}.{name}"
    for package, names in {
        "check": ("check", "cases", "facts", "compare"),
        "decide": ("assess", "record", "schema"),
        "exchange": ("export", "bundle", "score", "translate"),
    }.items()
    for name in names
} | {"import": "exchange.importing"}  # No module can have the name of a keyword.
"""The module of each command in this package, by the name of the command. The module has it as `command`."""

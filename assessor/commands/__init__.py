"""The commands, one per file. The group `assessor` in `assessor/__main__.py` imports only the one that is called."""

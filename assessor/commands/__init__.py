"""The commands, a file each. The group `assessor` in `assessor/__main__.py` imports only the one that is called."""

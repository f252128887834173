"""The commands, a file each. The group `assessor` in `assessor/cli.py` imports only the one that is called."""

"""The commands of the docs side."""

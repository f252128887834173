"""The rule sets that ship with the package."""

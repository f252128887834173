"""Rule sets that ship with the package."""

"""Numbers and units in prose, and how they differ from the facts."""

"""Find numbers and units in prose, and compare them with the facts."""

"""Read decision tables: which column is what, which questions they ask, and which rules their rows are."""

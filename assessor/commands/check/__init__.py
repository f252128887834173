"""Commands that check a rule set, its worked cases, its sources, and a change of it."""

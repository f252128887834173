"""Commands that decide by answers."""

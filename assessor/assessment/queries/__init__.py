"""Ask the diagram of a bundle what answers settle, leave open, and would change."""

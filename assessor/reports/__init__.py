"""An assessment in words: as text, as an explanation, and as a decision record."""

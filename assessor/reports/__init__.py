"""Put an assessment into words: as text, as an explanation, and as a decision record."""

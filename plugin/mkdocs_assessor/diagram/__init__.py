"""The decision diagram as a picture, and in words: what the slot `diagram` shows."""

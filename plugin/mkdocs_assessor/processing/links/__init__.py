"""Complete our links, and find those that are misspelt."""

"""Passages: parts of a page that apply under a condition, for the Markdown extension."""

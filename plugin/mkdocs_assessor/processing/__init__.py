"""What the Markdown extension does with a page."""

"""Process a page step by step, for the Markdown extension."""

"""One page: its source, its front matter, and the slots and links written in it."""

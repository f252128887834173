"""Represent one page: its source, its front matter, and the slots and links in it."""

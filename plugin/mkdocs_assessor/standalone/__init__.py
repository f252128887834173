"""Render a guide without a generator: as a page, as a fragment to paste, and as an npm package."""

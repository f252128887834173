"""Render slots as HTML."""

"""Assess many answers at once: tables in memory by NumPy, files of any size by DuckDB."""

"""Decisions, the rules that lead to their outcomes, and what to do next."""

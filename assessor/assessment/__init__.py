"""Assess answers, complete or not, by a rule set."""

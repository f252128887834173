"""Represent findings: what is wrong with a rule set, a page or a set-up, in one form for every command and build."""

"""Compile a rule set to a decision diagram, and prove things with diagrams."""

"""Compile a rule set to its bundle, and the parts of it to functions in one decision diagram."""

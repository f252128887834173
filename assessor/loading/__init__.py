"""Load a rule set from a file, a module or a git revision, and explain what is wrong with its code."""

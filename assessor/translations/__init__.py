"""Show a rule set in other languages: its catalogues, what is missing in them, and the rule set in each language."""

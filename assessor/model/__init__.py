"""Define the parts of a rule set: facts, questions, conditions, rules, and the rule set itself."""

"""What a rule set is made of: facts, questions, conditions, rules, and the rule set itself."""

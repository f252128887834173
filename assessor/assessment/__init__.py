"""What a rule set says of answers, complete or not."""

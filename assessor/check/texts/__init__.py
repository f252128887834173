"""Check what the texts of a rule set say."""

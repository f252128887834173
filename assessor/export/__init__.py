"""A rule set for other tools: JSON Schema, JsonLogic, JavaScript, Python, and its words as JSON."""

"""Export a rule set for other tools: JSON Schema, JsonLogic, JavaScript, Python, and its texts as JSON."""

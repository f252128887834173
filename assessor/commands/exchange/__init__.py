"""Commands that take rules from elsewhere, or to it."""

"""Questions about what readers need, and what they have."""

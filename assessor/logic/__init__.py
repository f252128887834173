"""Decision diagrams: what a rule set compiles to, and what is proven with them."""

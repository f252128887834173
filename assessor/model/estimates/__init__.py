"""Estimates: formulas that may depend on answers, and the charts that compare them."""

"""Formulas: arithmetic with numbers and dates, and the ranges that come of it."""

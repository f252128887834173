"""Dates: questions that ask for one, and arithmetic with the dates of authors."""

"""Show the decision diagram as a picture and in words, for the slot `diagram`."""

"""How languages write: catalogues of words, numbers, units and quantities."""

"""Write in several languages: catalogues of words, numbers, units and quantities."""

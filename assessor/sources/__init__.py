"""Read the public pages that facts cite, and say which still support them. Only `assessor facts --check` does this."""

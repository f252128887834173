"""Read the configuration of a site, and check it."""

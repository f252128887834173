"""What a site's configuration says, and what is wrong with it."""

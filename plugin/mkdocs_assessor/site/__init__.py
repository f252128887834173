"""What can only be checked for a whole site."""

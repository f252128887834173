"""Check what needs the whole site."""

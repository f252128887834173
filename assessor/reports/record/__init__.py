"""Decision records: their lines, and the records in Markdown."""

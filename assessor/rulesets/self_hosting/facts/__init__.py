"""Facts about Medplum, and about the people and money needed to run it."""

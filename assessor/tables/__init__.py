"""Decision tables: rules from spreadsheets and DMN files, and rule sets as such tables."""

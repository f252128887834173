"""Write rule sets as decision tables: the rows of each rule, and what no table can carry."""

"""The files that decision tables stand in: CSV, Excel workbooks, Markdown and DMN."""

"""Import from a spreadsheet: the files, the trial with what would become of each row, and entering the rows."""

"""Taking over what a site already has: a spreadsheet or a REDCap export, by a mapping file, row by row.

`tables` and `workbooks` read the file, `loading` the mapping file into a `mapping.Plan`, `stating` what a row says by
it, `persons` whom it is about. `taking` types the rows through the sessions of the window, and `drafting` begins a
mapping file. The files are documented in `docs/import.md`.
"""

"""The report as a reader gets it: one page of HTML, a PDF, tables as CSV and figures, from `centre.analysis`.

`told` says how a number is read, `figures` draws, `page` and `paper` set, `listing` lists, `heading` says of what data,
`writing` puts all into a folder. Nothing here counts anything.
"""

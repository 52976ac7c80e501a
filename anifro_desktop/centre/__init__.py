"""The coordinating centre: registers sites, takes bundles in, scores again, writes the data set and the
report.

`office` opens it; `registering`, `ingesting`, `receipts`, `dataset`, `reporting` and `status` are its verbs.
pandas, pyreadstat and statsmodels are imported only inside those that need them.
"""

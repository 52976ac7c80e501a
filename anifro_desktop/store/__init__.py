"""What is kept on the disk: key files, encrypted databases, their audit trails, and the check of all of them.

The only package that knows SQL. `vault` unlocks, `clinical`, `identities` and `centre` are the stores, `verify` looks
whether they are as they were left, `instance` keeps a second program away. Who imports this package pays for nothing
yet: SQLAlchemy comes with the stores.
"""

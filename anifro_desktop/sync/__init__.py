"""Sealed files between a site and the centre: format, chain, receipts, keys, folders. No database."""

"""The people of the site: the list and its acts, one's own passphrase, the recovery sheet and its use."""

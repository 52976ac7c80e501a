"""The user's verbs as plain functions: enrol, save, sign, amend, send, receive. No screen, no SQL."""

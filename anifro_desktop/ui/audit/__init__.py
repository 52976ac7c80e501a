"""The audit trail on the screen: list with filters, review, full check, and the history of a question."""

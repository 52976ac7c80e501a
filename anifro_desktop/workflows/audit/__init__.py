"""The audit trail for those who read it: entries in words, the history of an answer, the review report."""

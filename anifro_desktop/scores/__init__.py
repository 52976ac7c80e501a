"""Scores and states of the study: pure functions, one module an instrument. Standard library only."""

"""Timings of what a person waits for, each beside a reference of the same run: `python3 run.py bench`."""

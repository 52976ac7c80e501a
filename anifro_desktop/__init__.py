"""Bedside data capture for the observational study of anifrolumab in lupus (NCT07215754)."""

__version__ = "0.1.0"

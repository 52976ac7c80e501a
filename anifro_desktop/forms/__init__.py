"""Forms: definitions, the session of a visit, the adapter to the scores, codebook and pseudonyms.

    from anifro_desktop import forms
    forms.load() -> Definitions

Standard library only; no Qt, no clock, no database.
"""

from anifro_desktop.forms.loader import load

__all__ = ["load"]

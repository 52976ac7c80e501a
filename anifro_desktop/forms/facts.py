"""What a condition may know of a session beside its answers: facts that are passed in, and answers of the visit before.

`enrolled` is the enrolment date. The whole numbers `n_...` count events of the subject (see `workflows.happened`),
each unknown where it cannot be told. `was_<field>` is the answer to a field at the previous assessment, and for an item
of the damage index at the last assessment that had one. A fact never changes during a session.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.conditions import Name

WAS = "was_"
SDI = "sdi_"  # items of the damage index, which is not asked at every visit
COUNTS = (
    "n_pulse_30d",
    "n_pulse_since",
    "n_hosp_sle_since",
    "n_ae_since",
    "n_is_new_since",
    "n_drug_raised_30d",
    "n_hcq_nsaid_since",
    "n_biologic_new_since",
    "n_anifro_since",
)
FACTS: Mapping[str, Name] = {"enrolled": Name("date")} | dict.fromkeys(COUNTS, Name("number"))


def is_fact(name: str) -> bool:
    """Whether a name of a condition is a fact rather than a field of the session."""
    return name in FACTS or name.startswith(WAS)

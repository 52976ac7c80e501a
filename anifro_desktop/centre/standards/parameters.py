"""Test codes (`PARAMCD`, at most eight characters): CDISC's where its controlled terminology has one, else ours.

CDISC controlled terminology of March 2025, code lists C65047 (laboratory), C101817 (EQ-5D-5L), C147544 (FACIT-Fatigue)
and C100174 (SF-36 v1). It has none for SLEDAI, SLE-DAS, CLASI, damage, flares and LupusQoL. Ours are the name of the
question where that fits, else `Z` and seven characters worked out from it, so that a code never changes.
"""

from __future__ import annotations

import base64
import hashlib

_LABORATORY = {
    "haemoglobin": "HGB",
    "platelets": "PLAT",
    "wbc": "WBC",
    "lymphocytes": "LYM",
    "neutrophils": "NEUT",
    "creatinine": "CREAT",
    "egfr": "GFRE",
    "crp": "CRP",
    "esr": "ESR",
    "upcr": "PROTCRT",
    "c3_value": "C3",
    "c4_value": "C4",
}
_EQ5D = {
    f"eq{name}": f"EQ5D020{number}"
    for number, name in enumerate(("5d_mo", "5d_sc", "5d_ua", "5d_pd", "5d_ad", "_vas"), 1)
}
_FACIT = {f"facit_{number}": f"FAC070{number:02}" for number in range(1, 14)}
_SF36_ITEMS = (
    *("01", "02", *(f"03{part}" for part in "ABCDEFGHIJ"), *(f"04{part}" for part in "ABCD")),
    *(*(f"05{part}" for part in "ABC"), "06", "07", "08", *(f"09{part}" for part in "ABCDEFGHI")),
    *("10", *(f"11{part}" for part in "ABCD")),
)
_SF36 = {f"sf36_{number}": f"SF361{item}" for number, item in enumerate(_SF36_ITEMS, 1)}
CDISC = {**_LABORATORY, **_EQ5D, **_FACIT, **_SF36}
_TAKEN = frozenset(CDISC.values())


def parameter(name: str) -> tuple[str, bool]:
    """The code of a question or result, and whether it is CDISC's."""
    if name in CDISC:
        return CDISC[name], True
    plain = name.upper()
    if len(plain) <= 8 and plain.isalnum() and plain not in _TAKEN:
        return plain, False
    return "Z" + base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()[:7], False

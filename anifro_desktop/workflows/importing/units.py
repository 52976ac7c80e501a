"""Units of other laboratories, turned into the unit of a field: by factors that hold for every substance.

What depends on the substance (µmol/L of creatinine) is not converted here: its field asks for the unit beside it. Units
are UCUM codes; factors are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

# A unit and what one of it is, in the unit named first of its line.
_LINES: tuple[Mapping[str, str], ...] = (
    {"g/L": "1", "g/dL": "10", "mg/L": "0.001", "mg/dL": "0.01", "ug/mL": "0.001"},
    {"10*9/L": "1", "10*3/uL": "1", "/nL": "1", "/uL": "0.001", "10*6/L": "0.001", "10*6/mL": "1", "/mm3": "0.001"},
    {"g/(24.h)": "1", "mg/(24.h)": "0.001", "g/d": "1", "mg/d": "0.001"},
    {"kg": "1", "g": "0.001"},
    {"m": "1", "cm": "0.01", "mm": "0.001"},
    {"d": "1", "wk": "7"},
    {"mo": "1", "a": "12"},
    {"mg": "1", "g": "1000", "ug": "0.001"},
)  # fmt: skip


def known_for(unit: str) -> tuple[str, ...]:
    """The units that can be turned into `unit`, which is one of them if there are any."""
    return tuple(dict.fromkeys(name for line in _LINES if unit in line for name in line))


def convert(value: Decimal, given: str, wanted: str, decimals: int) -> tuple[Decimal, bool]:
    """A value in the unit wanted, and whether it had to be rounded (half up) to `decimals` places.

    Raises:
        KeyError: no conversion between the two.
    """
    if given == wanted:
        return value, False
    line = next((line for line in _LINES if given in line and wanted in line), None)
    if line is None:
        raise KeyError(given)
    exact = value * Decimal(line[given]) / Decimal(line[wanted])
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded, rounded != exact

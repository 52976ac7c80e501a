"""Second, plain visual and numeric scales, without anything of the program, in decimal arithmetic."""

from __future__ import annotations

from decimal import Decimal

# scale: greatest number on it, greatest number of the result
SCALES = {
    "vas_0_100": ("100", "100"),
    "nrs_0_10": ("10", "100"),
    "phga_0_3": ("3", "3"),
    "phga_0_10": ("10", "3"),
    "phga_0_100": ("100", "3"),
}


def value(raw: str, scale: str) -> Decimal:
    """The number on the scale of the result: the same share of the whole length."""
    greatest, result = SCALES[scale]
    return Decimal(raw) / Decimal(greatest) * Decimal(result)


def band(phga: Decimal) -> str:
    if phga > 2:
        return "severe"
    if phga > 1:
        return "moderate"
    return "mild" if phga >= Decimal("0.5") else "inactive"

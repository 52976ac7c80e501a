"""A second, plain Italian EQ-5D-5L index, without anything of the program: decimal arithmetic on the printed table."""

from __future__ import annotations

from decimal import Decimal

# level | MO | SC | UA | PD | AD
TABLE = """
1 | 0 | 0 | 0 | 0 | 0
2 | 0.051 | 0.046 | 0.050 | 0.047 | 0.044
3 | 0.064 | 0.056 | 0.064 | 0.088 | 0.109
4 | 0.244 | 0.216 | 0.225 | 0.353 | 0.318
5 | 0.329 | 0.257 | 0.255 | 0.408 | 0.322
"""
DIMENSIONS = ("MO", "SC", "UA", "PD", "AD")


def decrement(dimension: str, level: int) -> Decimal:
    row = TABLE.strip().splitlines()[level - 1].split("|")
    assert int(row[0]) == level
    return Decimal(row[1 + DIMENSIONS.index(dimension)].strip())


def index(profile: dict[str, int]) -> Decimal:
    """The index of a profile without missing dimensions."""
    return (1 - sum((decrement(name, profile[name]) for name in DIMENSIONS), Decimal(0))).quantize(
        Decimal("0.001")
    )

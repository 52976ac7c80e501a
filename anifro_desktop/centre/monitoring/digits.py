"""Last digits of what somebody measured or marked: whether some come more often than they should.

Two comparisons, both chi-square (Pearson 1900): with ten digits equally frequent, and with the other sites. The second
is the one for doses and for scales that people round everywhere. They are told only from `LEAST` values on, where of
ten digits each is expected at least 5 times (Cochran 1954, Biometrics 10:417): below, a p value would be misread.
Against other sites digits that are rare everywhere are taken together until that holds there too. Values of one patient
resemble each other, so that p is smaller than it should be: it says where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anifro_desktop.centre.analysis.table import Cell, Named, Record, Row, Table, counted
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.centre.monitoring.watching import ALL, SITE, Watched
from anifro_desktop.forms.model import Label

LEAST = 50
EXPECTED = 5  # of each cell, for a chi-square to hold
_MILLIMETRES = 1  # code of `vas_scale`: 0 to 100 mm


@dataclass(frozen=True, slots=True)
class _Measured:
    """decimals: places of the digit that is looked at. on_line: marked on a scale of 100 mm; elsewhere passed over."""

    decimals: int = 0
    on_line: bool = False


# The last digit that people write: tenths of PhGA, whole millimetres, kilograms, mm Hg, mg.
MEASURED: Mapping[str, _Measured] = {
    "phga": _Measured(decimals=1),
    "ptga": _Measured(on_line=True),
    "pain_vas": _Measured(on_line=True),
    "fatigue_vas": _Measured(on_line=True),
    "eq_vas": _Measured(),
    "weight_kg": _Measured(),
    "systolic_bp": _Measured(),
    "diastolic_bp": _Measured(),
    "gc1_mg": _Measured(),
}
_MEASURE = Named("measure", Label("Misura", "Measure"))
_COLUMNS = (
    Named("n", Label("valori", "values")),
    *(Named(f"digit_{digit}", Label(f"cifra {digit}", f"digit {digit}")) for digit in range(10)),
    Named("p_equal", Label("p, cifre ugualmente frequenti", "p, digits equally frequent")),
    Named("p_others", Label("p, contro gli altri centri", "p, against the other sites")),
)
_NOTES = (
    Label(
        f"Ultima cifra dei valori diversi da 0. Chi-quadrato; p solo da {LEAST} valori in su (sotto: –), non corretto "
        "per il numero dei confronti; contro gli altri centri le cifre rare sono unite. I valori di un paziente si "
        "somigliano: p indica dove guardare. Le dosi si arrotondano ovunque: conta il confronto con gli altri centri.",
        f"Last digit of values other than 0. Chi-square; p only from {LEAST} values on (below: –), not corrected for "
        "the number of comparisons; against the other sites rare digits are taken together. Values of one patient "
        "resemble each other: p says where to look. Doses are rounded everywhere: the comparison with the other sites "
        "counts.",
    ),
)


def table(watched: Watched) -> Table:
    """Digits by measure and site.

    Raises:
        LibraryMissing: scipy is not installed.
    """
    rows = []
    groups = [(site, _digits(some)) for site, some in watched.groups()]
    for name in MEASURED:
        label = watched.definitions.fields[name].label
        own = {site.name: _counts(found[name]) for site, found in groups}
        whole = [
            sum(some) for some in zip(*(own[site.name] for site, _ in groups if site != ALL), strict=True)
        ]
        for site, found in groups:
            digits = own[site.name]
            others = [total - one for total, one in zip(whole, digits, strict=True)] if site != ALL else []
            cells = [Cell(sum(digits)), *(counted(found[name].get(digit, ())) for digit in range(10))]
            cells += [Cell(equal(digits), "p"), Cell(against(digits, others), "p")]
            rows.append(Row((Named(name, label), site), tuple(cells)))
    title = Label("Preferenza di cifre", "Digit preference")
    return Table("quality_digits", title, (_MEASURE, SITE), _COLUMNS, tuple(rows), _NOTES)


def equal(digits: Sequence[int]) -> float | None:
    """p of ten counts under equal frequency, 9 degrees of freedom; None below `LEAST` values.

    Raises:
        LibraryMissing: scipy is not installed.
    """
    return float(_scipy().chisquare(digits).pvalue) if sum(digits) >= LEAST else None


def against(digits: Sequence[int], others: Sequence[int]) -> float | None:
    """p of ten counts against those of others, homogeneity of a table of two rows, rare digits taken together; None
    below `LEAST` values of either, or where that leaves one column. Raises as `equal`."""
    if sum(digits) < LEAST or sum(others) < LEAST:
        return None
    columns = _together(list(zip(digits, others, strict=True)))
    if len(columns) < 2:
        return None
    return float(_scipy().chi2_contingency(list(zip(*columns, strict=True)), correction=False).pvalue)


def _together(columns: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Columns of which each cell is expected at least `EXPECTED` times: the rarest are put together, then with the next
    rarest while that is not enough."""
    ours, theirs = (sum(row) for row in zip(*columns, strict=True))
    needed = EXPECTED * (ours + theirs) / min(ours, theirs)
    kept = sorted(columns, key=sum)
    while len(kept) > 1 and sum(kept[0]) < needed:
        first, second, *rest = kept
        kept = sorted([(first[0] + second[0], first[1] + second[1]), *rest], key=sum)
    return kept


def last_digit(value: Decimal | int, decimals: int) -> int:
    """The digit at a decimal place, 0: the units. What stands after it is cut off."""
    return int(abs(Decimal(value)).scaleb(decimals)) % 10


def _digits(some: Iterable[Subject]) -> Mapping[str, Mapping[int, list[Record]]]:
    found: dict[str, dict[int, list[Record]]] = {name: {} for name in MEASURED}
    for subject in some:
        for visit in subject.visits:
            record = Record(subject.site, subject.code, visit.key)
            for name, measured in MEASURED.items():
                value = visit.answers.get(name)
                passed = measured.on_line and visit.answers.get("vas_scale") != _MILLIMETRES
                if not passed and (type(value) is int or isinstance(value, Decimal)) and value:
                    digit = last_digit(value, measured.decimals)
                    found[name].setdefault(digit, []).append(record)
    return found


def _counts(found: Mapping[int, list[Record]]) -> list[int]:
    return [len(found.get(digit, ())) for digit in range(10)]


def _scipy() -> Any:
    try:
        from scipy import stats
    except ImportError as error:
        raise LibraryMissing(error.name or "scipy") from error
    return stats

"""Which answer feeds which key of a rule: decided once, here.

The rules (`anifro_desktop.scores`) take plain yes/no, numbers and None; an answer that is not given, and one with a
missing reason (not done, not known, ...), is None to them and never absent or 0. Decisions:

- Items: SLEDAI-2K items are asked once and shared by SLE-DAS, DORIS and LLDAS. `increased_dna_binding` is the
  `anti_dsdna` of SLE-DAS; `hemolytic_anemia` feeds SLE-DAS and LLDAS.
- Attribution: proteinuria, thrombocytopenia and leukopenia count in SLE-DAS only as confirmed under SLEDAI-2K. While
  they are open beside a number past its threshold, the score stays open: "not due to SLE" is still a possible answer.
- `low_complement` of SLE-DAS means C3 or C4 (CH50 is not named there): false where SLEDAI-2K says absent, else from
  `c3_low` and `c4_low`; unknown where those do not tell.
- Arthritis of SLE-DAS follows the swollen joint count, and is false where all swelling is said not to be due to SLE.
- `proteinuria_mg`: the 24-hour value, else the spot ratio in mg/g (`derived`).
- `phga`: on 0–3, from whichever scale it was marked on (`derived`).
- Rash: absent = neither kind; "not a lupus-type rash" = neither kind; extent open = both kinds unknown.
- Glucocorticoids: none by mouth = no schedule (dose 0); not answered = unknown; "second scheme" open = a second
  schedule of which nothing is known. A dose that is open but certainly above every ceiling is passed on at its least.
- Drugs: not taken = not listed; taken with open dose, or not answered = listed without amount. Cyclophosphamide and
  `other` count by their use, so an open dose is passed on as any amount.
- DORIS: immunosuppressant = any of them or `other`; antimalarials do not count; biologic = any of the five.
- `previous` of LLDAS: the 24 items of the previous visit; of SLE-DAS: its score then, where it was complete.

The laboratory block of SLEDAI-2K is not passed on: suggestions and contradictions belong to the session, which also
knows the reasons given.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from anifro_desktop.forms.derived import phga, proteinuria_mg
from anifro_desktop.forms.earlier import Before
from anifro_desktop.forms.joint_counts import Counts, counts
from anifro_desktop.forms.oral_dose import schedules
from anifro_desktop.forms.state import Subject
from anifro_desktop.record import Answers
from anifro_desktop.scores import doris, lldas, prednisone, sledai2k, sledas
from anifro_desktop.scores.model import Score, Tri, either, nine

ITEMS = tuple(sledai2k.WEIGHTS)
ANTIMALARIALS = ("hydroxychloroquine", "chloroquine", "mepacrine")
IMMUNOSUPPRESSANTS = (
    "methotrexate",
    "azathioprine",
    "mycophenolate_mofetil",
    "mycophenolic_acid",
    "leflunomide",
    "ciclosporin",
    "tacrolimus",
    "voclosporin",
    "cyclophosphamide",
    "other",
)
BIOLOGICS = ("belimumab_iv", "belimumab_sc", "anifrolumab_iv", "anifrolumab_sc", "rituximab")
DRUGS = (*ANTIMALARIALS, *IMMUNOSUPPRESSANTS, *BIOLOGICS)

_BY_USE = ("cyclophosphamide", "other")
_ANY_AMOUNT = 1.0
_HIGHEST_CEILING = max(doris.DOSE, lldas.DOSE, sledas.LOW_ACTIVITY_DOSE)
# Items of SLE-DAS asked on its own form, and those shared with SLEDAI-2K.
_SLEDAS_OWN = (
    "neuropsychiatric",
    "systemic_vasculitis",
    "mucocutaneous_vasculitis",
    "cardiac_pulmonary",
    "serositis",
    "hemolytic_anemia",
)
_SLEDAS_SHARED = ("proteinuria", "myositis", "alopecia", "mucosal_ulcers", "thrombocytopenia", "leukopenia")
_LLDAS_FLAGS = ("gi_lupus_activity", "other_major_organ_activity", "other_new_feature")
_TRI: Mapping[Any, Tri] = {0: False, 1: True}


def items_of(answers: Answers) -> dict[str, Tri]:
    """The 24 SLEDAI-2K items as yes, no or unknown."""
    return {item: _TRI.get(answers.get(item)) for item in ITEMS}


class VisitInputs:
    """The answers of one visit as the rules see them; pieces that several rules share are worked out once."""

    __slots__ = ("_items", "_joints", "_prednisone", "_sledai", "answers", "before", "subject")

    def __init__(self, answers: Answers, earlier: Before, subject: Subject | None = None) -> None:
        self.answers = answers
        self.before = earlier
        self.subject = subject
        self._items: dict[str, Tri] | None = None
        self._prednisone: Score | None = None
        self._sledai: Score | None = None
        self._joints: Counts | None = None

    @property
    def items(self) -> dict[str, Tri]:
        """The 24 items of SLEDAI-2K."""
        if self._items is None:
            self._items = items_of(self.answers)
        return self._items

    @property
    def sledai(self) -> Score:
        """SLEDAI-2K, which the flare index needs too."""
        if self._sledai is None:
            self._sledai = sledai2k.score(self.items)
        return self._sledai

    @property
    def joints(self) -> Counts:
        """The joint counts of the 28."""
        if self._joints is None:
            self._joints = counts(self.answers)
        return self._joints

    @property
    def prednisone(self) -> Score:
        """The dose, which three other rules need."""
        if self._prednisone is None:
            self._prednisone = prednisone.score(prednisone_inputs(self))
        return self._prednisone

    @property
    def dose(self) -> float | None:
        """Prednisone equivalent in mg/day; open but certainly above every ceiling, its least."""
        found = self.prednisone
        amount = found.value if found.complete else found.minimum
        if not isinstance(amount, int | float) or not (found.complete or nine(amount) > _HIGHEST_CEILING):
            return None
        return float(amount)

    @property
    def phga(self) -> float | None:
        """The physician's global on 0–3, however it was marked."""
        value = phga(self.answers)
        return float(value) if isinstance(value, int | Decimal) else None

    def yes(self, field: str) -> Tri:
        """A present/absent or yes/no answer."""
        return _TRI.get(self.answers.get(field))

    def number(self, field: str) -> float | None:
        """A measured number."""
        value = self.answers.get(field)
        return float(value) if isinstance(value, int | Decimal) else None

    def whole(self, field: str) -> int | None:
        """A whole number or a code."""
        value = self.answers.get(field)
        return value if isinstance(value, int) else None


def sledai2k_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The 24 items."""
    return dict(visit.items)


def prednisone_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The schedules on arrival, a pulse, and the dose at baseline."""
    return {
        "schedules": schedules(visit.answers),
        "pulse_30d": visit.yes("pulse_30d"),
        "baseline_pred_eq": visit.before.base_pred_eq,
    }


def sledas_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The items of SLE-DAS, its numbers, and the dose."""
    given: dict[str, Any] = {item: visit.yes(item) for item in _SLEDAS_OWN}
    given.update({item: visit.items[item] for item in _SLEDAS_SHARED})
    given["anti_dsdna"] = visit.items["increased_dna_binding"]
    given["low_complement"] = _low_complement(visit)
    given["rash_local"], given["rash_general"] = _rash(visit)
    if visit.yes("swollen_not_sle"):
        given["arthritis"] = False
    given["swollen28"] = visit.joints.swollen
    protein = proteinuria_mg(visit.answers)
    given["proteinuria_mg"] = None if protein is None else float(protein)
    given["platelets"], given["wbc"] = visit.number("platelets"), visit.number("wbc")
    given["pred_eq"], given["pulse_30d"] = visit.dose, visit.yes("pulse_30d")
    given["previous"] = visit.before.sledas
    return given


def _low_complement(visit: VisitInputs) -> Tri:
    if visit.items["low_complement"] is False:
        return False
    return either(visit.yes("c3_low"), visit.yes("c4_low"))


def _rash(visit: VisitInputs) -> tuple[Tri, Tri]:
    """Local and general."""
    rash = visit.items["rash"]
    if not rash:
        return rash, rash
    extent = visit.whole("rash_extent")
    return (None, None) if extent is None else (extent == 1, extent == 2)


def doris_inputs(visit: VisitInputs) -> dict[str, Any]:
    """Items, PhGA, dose and stability."""
    return {
        **visit.items,
        "phga": visit.phga,
        "pred_eq": visit.dose,
        "stable": visit.yes("stable"),
        "pulse_30d": visit.yes("pulse_30d"),
        "immunosuppressant": either(*[visit.yes(f"on_{drug}") for drug in IMMUNOSUPPRESSANTS]),
        "biologic": either(*[visit.yes(f"on_{drug}") for drug in BIOLOGICS]),
    }


def lldas_inputs(visit: VisitInputs) -> dict[str, Any]:
    """Items now and before, flags, PhGA, dose and drugs."""
    return {
        **visit.items,
        **{flag: visit.yes(flag) for flag in _LLDAS_FLAGS},
        "previous": visit.before.items,
        "phga": visit.phga,
        "pred_eq": visit.dose,
        "pulse_30d": visit.yes("pulse_30d"),
        "hemolytic_anemia_active": visit.yes("hemolytic_anemia"),
        "drugs": _drugs(visit),
        "not_tolerated": visit.yes("not_tolerated"),
        "investigational": visit.yes("investigational"),
        "weight_kg": visit.number("weight_kg"),
    }


def _drugs(visit: VisitInputs) -> dict[str, float | None]:
    drugs: dict[str, float | None] = {}
    for drug in DRUGS:
        taken = visit.yes(f"on_{drug}")
        if taken is not False:
            amount = visit.number(f"{drug}_dose") if taken else None
            drugs[drug] = _ANY_AMOUNT if taken and amount is None and drug in _BY_USE else amount
    return drugs

"""Which answers of the classification form feed which criterion of the three sets: decided once, here.

ACR 1997 (Hochberg 1997, doi 10.1002/art.1780400928), SLICC 2012 (Petri 2012, doi 10.1002/art.34473) and EULAR/ACR 2019
(Aringer 2019, doi 10.1136/annrheumdis-2018-214819) are derived from one set of bedside questions, so that nothing is
asked twice. Each answer means "ever present, no likelier explanation than SLE"; one that is not given, or has a missing
reason, leaves its criteria unknown. Where the sets differ over one manifestation the question is split:

- Malar and generalised maculopapular rash are acute in both newer sets; bullous, necrolysis-like and photosensitive
  rash only in SLICC 2012; subacute rash is acute in SLICC 2012 and a criterion of its own in EULAR/ACR 2019. Chronic
  forms other than discoid count in SLICC 2012 alone. Nasal ulcers do not count in EULAR/ACR 2019.
- Tender joints need morning stiffness in the newer sets; arthritis is not erosive in ACR 1997. Pericardial pain alone
  does not count there, and EULAR/ACR 2019 wants two of pain, rub, electrocardiogram and effusion; pleuritis without
  effusion does not count in it.
- Proteinuria above 0.5 g/24 h counts once in the newer sets, and persistent in ACR 1997; so does a dipstick there.
  Exactly 0.5 g counts in SLICC 2012 alone, casts other than red-cell casts in ACR 1997 alone. Nephritis of unknown
  class on biopsy leaves the class open.
- Haemolytic anaemia is with reticulocytosis in ACR 1997, with a positive Coombs test in EULAR/ACR 2019. Leukopenia
  counts once in the newer sets, twice in ACR 1997; lymphopenia has a limit of its own in each older set.
- Antinuclear antibodies below 1:80 count in the older sets; a positive test of unknown titre leaves 1:80 open.
  Anti-dsDNA has one condition more in each newer set. Anticardiolipin of low titre counts in ACR 1997 alone, IgA not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from anifro_desktop.forms.terms import AtLeast, Coded, Not, Term, all_of, any_of, ever, in_turn
from anifro_desktop.record import Answers
from anifro_desktop.scores import acr1997, eular2019, slicc2012
from anifro_desktop.scores.model import Score, Tri, either

# Codes of the form's lists.
PROTEIN_HALF, PROTEIN_MORE = 1, 2
ONCE, TWICE, SOME_TIMES = 1, 2, 3
ANA_BELOW, ANA_80, ANA_NO_TITRE = 1, 2, 3
ACL_LOW, ACL_HIGH, ACL_IGA, ACL_LOW_IGA = 1, 2, 3, 4
SYPHILIS_SHORT, SYPHILIS_LONG, SYPHILIS_SOME_TIME = 1, 2, 3
NEPHRITIS = (2, 3, 4, 5, 6, 7, 8, 9, 10)
II_V, III_IV, CLASS_UNKNOWN = (3, 6, 7, 8), (4, 5, 7, 8), (10,)

_INFLAMED = any_of("cl_synovitis", in_turn("cl_joint_tender", "cl_stiffness"))
_EFFUSION = any_of("cl_pleural_effusion", "cl_peri_effusion")
_ANA = Coded("cl_ana", (ANA_BELOW, ANA_80, ANA_NO_TITRE))
_LEUKOPENIA = Coded("cl_leukopenia", (ONCE, TWICE, SOME_TIMES))
_PROTEINURIA = Coded("cl_proteinuria", (PROTEIN_MORE,))
_ACL_HIGH = Coded("cl_anticardiolipin", (ACL_HIGH, ACL_IGA, ACL_LOW_IGA))
_CENTRAL = ("cl_seizure", "cl_psychosis")
_PERICARDIUM = ("cl_peri_rub", "cl_peri_ecg", "cl_peri_effusion")

ACR1997: Mapping[str, Term] = {
    "malar_rash": ever("cl_malar_rash"),
    "discoid_rash": ever("cl_discoid"),
    "photosensitivity": ever("cl_photosensitivity"),
    "oral_ulcers": any_of("cl_oral_ulcers", "cl_nasal_ulcers"),
    "arthritis": in_turn(any_of("cl_synovitis", "cl_joint_tender"), Not(ever("cl_erosive"))),
    "serositis": any_of("cl_pleuritis", "cl_pleural_effusion", *_PERICARDIUM),
    "renal": any_of(
        in_turn(_PROTEINURIA, "cl_protein_persistent"), "cl_dipstick", "cl_rbc_casts", "cl_other_casts"
    ),
    "neurologic": any_of(*_CENTRAL),
    "hematologic": any_of(
        in_turn("cl_hemolysis", "cl_reticulocytosis"),
        Coded("cl_leukopenia", (TWICE,), vague=(SOME_TIMES,)),
        "cl_lymphopenia_15",
        "cl_thrombocytopenia",
    ),
    "immunologic": any_of(
        "cl_dsdna",
        "cl_sm",
        "cl_lupus_anticoagulant",
        Coded("cl_anticardiolipin", (ACL_LOW, ACL_HIGH, ACL_LOW_IGA)),
        Coded("cl_false_syphilis", (SYPHILIS_LONG,), vague=(SYPHILIS_SOME_TIME,)),
    ),
    "ana": _ANA,
}
SLICC2012: Mapping[str, Term] = {
    "acute_cutaneous": any_of("cl_malar_rash", "cl_maculopapular", "cl_other_acute", "cl_subacute"),
    "chronic_cutaneous": any_of("cl_discoid", "cl_other_chronic"),
    "oral_nasal_ulcers": any_of("cl_oral_ulcers", "cl_nasal_ulcers"),
    "nonscarring_alopecia": ever("cl_alopecia"),
    "synovitis": _INFLAMED,
    "serositis": any_of("cl_pleuritis", "cl_pleural_effusion", "cl_peri_pain", *_PERICARDIUM),
    "renal": any_of(Coded("cl_proteinuria", (PROTEIN_HALF, PROTEIN_MORE)), "cl_rbc_casts"),
    "neurologic": any_of(*_CENTRAL, "cl_delirium", "cl_mononeuritis", "cl_myelitis", "cl_neuropathy"),
    "hemolytic_anemia": ever("cl_hemolysis"),
    "leukopenia_or_lymphopenia": any_of(_LEUKOPENIA, "cl_lymphopenia_10"),
    "thrombocytopenia": ever("cl_thrombocytopenia"),
    "ana": _ANA,
    "anti_dsdna": in_turn("cl_dsdna", "cl_dsdna_high"),
    "anti_sm": ever("cl_sm"),
    "antiphospholipid": any_of(
        "cl_lupus_anticoagulant",
        _ACL_HIGH,
        "cl_anti_b2gp1",
        Coded("cl_false_syphilis", (SYPHILIS_SHORT, SYPHILIS_LONG, SYPHILIS_SOME_TIME)),
    ),
    "low_complement": any_of("cl_low_c3", "cl_low_c4", "cl_low_ch50"),
    "direct_coombs": ever("cl_coombs"),
    "biopsy_lupus_nephritis": Coded("cl_biopsy", NEPHRITIS),
}
EULAR2019: Mapping[str, Term] = {
    "ana_1_80": Coded("cl_ana", (ANA_80,), vague=(ANA_NO_TITRE,)),
    "fever": ever("cl_fever"),
    "leukopenia": _LEUKOPENIA,
    "thrombocytopenia": ever("cl_thrombocytopenia"),
    "autoimmune_hemolysis": all_of("cl_hemolysis", "cl_coombs"),
    "delirium": ever("cl_delirium"),
    "psychosis": ever("cl_psychosis"),
    "seizure": ever("cl_seizure"),
    "nonscarring_alopecia": ever("cl_alopecia"),
    "oral_ulcers": ever("cl_oral_ulcers"),
    "subacute_or_discoid": any_of("cl_subacute", "cl_discoid"),
    "acute_cutaneous": any_of("cl_malar_rash", "cl_maculopapular"),
    "effusion": _EFFUSION,
    "acute_pericarditis": AtLeast(2, tuple(map(ever, ("cl_peri_pain", *_PERICARDIUM)))),
    "joint_involvement": _INFLAMED,
    "proteinuria": _PROTEINURIA,
    "biopsy_II_V": Coded("cl_biopsy", II_V, vague=CLASS_UNKNOWN),
    "biopsy_III_IV": Coded("cl_biopsy", III_IV, vague=CLASS_UNKNOWN),
    "antiphospholipid": any_of("cl_lupus_anticoagulant", _ACL_HIGH, "cl_anti_b2gp1"),
    "low_c3_or_c4": any_of("cl_low_c3", "cl_low_c4"),
    "low_c3_and_c4": all_of("cl_low_c3", "cl_low_c4"),
    "anti_dsdna": in_turn("cl_dsdna", "cl_dsdna_specific"),
    "anti_sm": ever("cl_sm"),
}
CRITERIA: Mapping[str, Mapping[str, Term]] = {
    "acr1997": ACR1997,
    "slicc2012": SLICC2012,
    "eular2019": EULAR2019,
}
# The set chosen for the patient, by its code.
CHOSEN: Mapping[int, str] = {1: "acr1997", 2: "slicc2012", 3: "eular2019"}
CRITERIA_SET = "criteria_set"
_ASKED = (field for terms in CRITERIA.values() for term in terms.values() for field in term.fields)
CLASSIFICATION_FIELDS: tuple[str, ...] = (*dict.fromkeys(_ASKED), CRITERIA_SET)

_RULES: Mapping[str, Callable[[Mapping[str, Any]], Score]] = {
    "acr1997": acr1997.score,
    "slicc2012": slicc2012.score,
    "eular2019": eular2019.score,
}


def acr1997_inputs(answers: Answers) -> dict[str, Tri]:
    """The 11 criteria of ACR 1997."""
    return _inputs("acr1997", answers)


def slicc2012_inputs(answers: Answers) -> dict[str, Tri]:
    """The 17 criteria of SLICC 2012, and nephritis on biopsy."""
    return _inputs("slicc2012", answers)


def eular2019_inputs(answers: Answers) -> dict[str, Tri]:
    """The entry criterion and the 22 criteria of EULAR/ACR 2019."""
    return _inputs("eular2019", answers)


def settling(rule: str, key: str, answers: Answers) -> tuple[str, ...]:
    """The open fields that could still settle a criterion of a rule (KeyError: no such rule or criterion)."""
    return CRITERIA[rule][key].open(answers)


def class_met(answers: Answers) -> Decimal | None:
    """1 or 0: the chosen set (any of the three, while none is chosen) is met or not; None while unknown."""
    if answers.keys().isdisjoint(CLASSIFICATION_FIELDS):
        return None
    code = answers.get(CRITERIA_SET)
    chosen = CHOSEN.get(code) if type(code) is int else None
    rules = CHOSEN.values() if chosen is None else (chosen,)
    met = either(*(_met(rule, answers) for rule in rules))
    return None if met is None else Decimal(int(met))


def _inputs(rule: str, answers: Answers) -> dict[str, Tri]:
    return {key: term.holds(answers) for key, term in CRITERIA[rule].items()}


def _met(rule: str, answers: Answers) -> Tri:
    value = _RULES[rule](_inputs(rule, answers)).value
    return value if isinstance(value, bool) else None

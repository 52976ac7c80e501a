"""The smallest and largest number that each key of `score` takes, transcribed from the instruments and the dossier of
units, not from the rules: (least, most, step). A number one step outside is refused. least "above 0": 0 is refused, and
what is just above it is taken. Where only single numbers exist (damage with two points or none), they are listed."""

from __future__ import annotations

OPEN = 1_000_000_000  # no instrument has a limit there: the largest number that is read at all
TENTH, WHOLE = 0.1, 1

AMOUNT = (0, OPEN, TENTH)
COUNT = (0, OPEN, WHOLE)
ABOVE_ZERO = ("above 0", OPEN, TENTH)
PHYSICIAN = (0, 3, TENTH)  # physician's global, 0-3
SLEDAI = (0, 105, WHOLE)
JOINTS = (0, 28, WHOLE)
CLASI = (0, 70, WHOLE)

LABORATORY = {
    "proteinuria_mg_24h": AMOUNT,
    "upcr_mg_mmol": AMOUNT,
    "upcr_mg_g": AMOUNT,
    "platelets": ABOVE_ZERO,
    "wbc": ABOVE_ZERO,
    "temperature_c": (25, 45, TENTH),
    "urine_rbc_hpf": AMOUNT,
    "urine_wbc_hpf": AMOUNT,
}
DRUGS = (
    *("hydroxychloroquine", "chloroquine", "mepacrine", "methotrexate", "azathioprine"),
    *(
        "mycophenolate_mofetil",
        "mycophenolic_acid",
        "leflunomide",
        "ciclosporin",
        "tacrolimus",
        "voclosporin",
    ),
    *(
        "cyclophosphamide",
        "belimumab_iv",
        "belimumab_sc",
        "anifrolumab_iv",
        "anifrolumab_sc",
        "rituximab",
        "other",
    ),
)
REGIONS = (
    *(
        "scalp",
        "ears",
        "nose_malar",
        "rest_of_face",
        "v_neck",
        "posterior_neck_shoulders",
        "chest",
        "abdomen",
    ),
    *("back_buttocks", "arms", "hands", "legs", "feet"),
)
# Gladman 1996: items with a point for a second event, and end-stage renal disease, which has 3 at once.
DAMAGE_ONE = (
    *("cataract", "retinal_optic", "cognitive_psychosis", "seizures_6m", "neuropathy", "transverse_myelitis"),
    *(
        "gfr_lt50",
        "proteinuria_3_5",
        "pulm_hypertension",
        "pulm_fibrosis",
        "shrinking_lung",
        "pleural_fibrosis",
    ),
    *("pulm_infarction", "angina_cabg", "cardiomyopathy", "valvular", "pericarditis_6m", "claudication_6m"),
    *("minor_tissue_loss", "venous_thrombosis", "mesenteric_insufficiency", "chronic_peritonitis"),
    *("stricture_upper_gi_surgery", "pancreatic_insufficiency", "muscle_atrophy", "deforming_arthritis"),
    *("osteoporosis_fracture", "osteomyelitis", "ruptured_tendon", "scarring_alopecia", "skin_scarring"),
    *("skin_ulcer_6m", "gonadal_failure", "diabetes"),
)
DAMAGE_TWO = (
    *(
        "stroke",
        "mi",
        "significant_tissue_loss",
        "gi_infarction_resection",
        "avascular_necrosis",
        "malignancy",
    ),
)
DAMAGE = {
    **dict.fromkeys(DAMAGE_ONE, (0, 1, WHOLE)),
    **dict.fromkeys(DAMAGE_TWO, (0, 2, WHOLE)),
    "esrd": (0, 3),
}
# SF-36 version 1: how many choices each of the 36 items has, in the order of the form.
SF36_CHOICES = (5, 5, *[3] * 10, *[2] * 7, 5, 6, 5, *[6] * 9, 5, *[5] * 4)

Limits = dict[str, tuple[object, ...]]


def _under(outer: str, inner: Limits) -> Limits:
    return {f"{outer}.{key}": limits for key, limits in inner.items()}


def _items(choices: tuple[int, ...], first: int) -> Limits:
    return {f"answers.{number}": (first, last, WHOLE) for number, last in enumerate(choices, 1)}


_VISIT: Limits = {
    "sledai": SLEDAI,
    "clasi_activity": CLASI,
    "tjc28": JOINTS,
    "sjc28": JOINTS,
    "pred_eq": AMOUNT,
}
_FLARE: Limits = {"sledai": SLEDAI, "phga": PHYSICIAN, "pred_eq": AMOUNT}

LIMITS: dict[str, Limits] = {
    "sledai2k": _under("labs", dict(LABORATORY)),
    "sledas": {
        "proteinuria_mg": AMOUNT,
        "swollen28": JOINTS,
        "platelets": ABOVE_ZERO,
        "wbc": ABOVE_ZERO,
        "pred_eq": AMOUNT,
        "previous": AMOUNT,
    },
    "doris": {"phga": PHYSICIAN, "pred_eq": AMOUNT},
    "lldas": {
        "phga": PHYSICIAN,
        "pred_eq": AMOUNT,
        "weight_kg": ABOVE_ZERO,
        **_under("drugs", dict.fromkeys(DRUGS, AMOUNT)),
    },
    "prednisone": {
        "schedules.mg_per_cycle": AMOUNT,
        "schedules.cycle_days": (1, OPEN, WHOLE),
        "oral.mg_day": AMOUNT,
        "oral.days": COUNT,
        "pulses.mg": AMOUNT,
        "pulses.n": COUNT,
        "baseline_pred_eq": AMOUNT,
    },
    "sfi": {"weight_kg": ABOVE_ZERO, **_under("previous", _FLARE), **_under("now", _FLARE)},
    "clasi": {
        **_under("erythema", dict.fromkeys(REGIONS, (0, 3, WHOLE))),
        **_under("scale", dict.fromkeys(REGIONS, (0, 2, WHOLE))),
        **_under("dyspigmentation", dict.fromkeys(REGIONS, (0, 1, WHOLE))),
        # Scarring of the scalp has its own row at the end of the form: 0, or 3 to 6.
        **_under("scarring", dict.fromkeys(REGIONS[1:], (0, 2, WHOLE))),
        "mucous": (0, 1, WHOLE),
        "recent_hair_loss": (0, 1, WHOLE),
        "alopecia_nonscarring": (0, 3, WHOLE),
        "scalp_scarring": (0, 3, 4, 5, 6),
        "baseline_activity": CLASI,
    },
    "joints": {"baseline_tjc28": JOINTS, "baseline_sjc28": JOINTS},
    "sdi": {**DAMAGE, **_under("previous", DAMAGE), "baseline": (0, 47, WHOLE)},
    "acr1997": {},
    "slicc2012": {},
    "eular2019": {},
    "sf36": _items(SF36_CHOICES, 1),
    "rand36": _items(SF36_CHOICES, 1),
    "facit_fatigue": _items((4,) * 13, 0),
    "eq5d5l": {**dict.fromkeys(("MO", "SC", "UA", "PD", "AD"), (1, 5, WHOLE)), "eq_vas": (0, 100, TENTH)},
    "lupusqol": _items((4,) * 34, 0),
    "vas": {"raw": (0, 100, TENTH)},
    "ae": {"grade": (1, 5, WHOLE), "outcome": (0, 5, WHOLE)},
    "schedule": {"month": (0, 1, 3, 6, 9, 12, 24, 36, 48, 60)},
    "response": {**_under("baseline", _VISIT), **_under("visits", _VISIT)},
    "retention": {},
}

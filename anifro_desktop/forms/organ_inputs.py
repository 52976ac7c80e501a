"""Which answers feed the flare index, CLASI, joints and the damage index: decided once, here (see `inputs`).

- Flare: this visit's SLEDAI-2K, PhGA and dose against those of the previous visit, each only where it is final. What is
  new or worse is answered item by item, so an open item leaves only its own criteria open.
- CLASI: "no skin involvement" answers every area with none.
- Joints: lists where all 68 were examined one by one, else the counts of the 28.
- Flare: a weight that was not taken is the last known one.
- Damage: the most points so far are what no item may fall below; baseline is what accrual is counted from.
"""

from __future__ import annotations

from typing import Any

from anifro_desktop.forms.facts import SDI
from anifro_desktop.forms.inputs import VisitInputs
from anifro_desktop.forms.joint_counts import lists
from anifro_desktop.forms.last_known import WEIGHT
from anifro_desktop.scores import clasi, joints, sdi
from anifro_desktop.scores.model import Score, Tri

# The question of each manifestation of the flare index.
NEW_OR_WORSE = {
    "rash": "nw_rash",
    "nasopharyngeal_ulcers": "nw_ulcers",
    "pleuritis": "nw_pleuritis",
    "pericarditis": "nw_pericarditis",
    "arthritis": "nw_arthritis",
    "fever": "nw_fever",
    "cns": "nw_cns",
    "vasculitis": "nw_vasculitis",
    "nephritis": "nw_nephritis",
    "myositis": "nw_myositis",
    "thrombocytopenia_lt60": "nw_platelets_lt60",
    "hemolytic_anemia": "nw_hemolytic_anemia",
}
# The question of each immunosuppressant that counts when new; both mycophenolates are asked in one.
NEW_DRUGS = {
    "cyclophosphamide": "newis_cyclophosphamide",
    "azathioprine": "newis_azathioprine",
    "methotrexate": "newis_methotrexate",
    "mycophenolate_mofetil": "newis_mycophenolate",
}
SKIN = "skin_involved"
CLASI_AREAS = {
    "erythema": "clasi_e_",
    "scale": "clasi_s_",
    "dyspigmentation": "clasi_d_",
    "scarring": "clasi_x_",
}
CLASI_PATIENT = {
    "mucous": "clasi_mucous",
    "recent_hair_loss": "clasi_hair_loss_30d",
    "alopecia_nonscarring": "clasi_alopecia",
    "scalp_scarring": "clasi_scalp_scar",
}
_AREA = {"posterior_neck_shoulders": "neck_shoulders"}  # the names of fields are shorter
_SDI = {
    "significant_tissue_loss": "signif_tissue_loss",
    "gi_infarction_resection": "gi_infarct_resection",
    "mesenteric_insufficiency": "mesenteric_insuff",
    "stricture_upper_gi_surgery": "stricture_gi_surgery",
    "pancreatic_insufficiency": "pancreatic_insuff",
}
CLASI_FIELDS = {
    part: {area: prefix + _AREA.get(area, area) for area in clasi.AREAS_OF[part]}
    for part, prefix in CLASI_AREAS.items()
}
SDI_FIELDS = {item: SDI + _SDI.get(item, item) for item in sdi.ITEMS}


def sfi_inputs(visit: VisitInputs) -> dict[str, Any]:
    """Both assessments and what happened between them."""
    before, dose = visit.before, visit.prednisone
    return {
        "previous": {"sledai": before.sledai, "phga": before.phga, "pred_eq": before.pred_eq},
        "now": {
            "sledai": visit.sledai.value,
            "phga": visit.phga,
            "pred_eq": dose.value if dose.complete else None,
        },
        "weight_kg": before.weight_kg if visit.number(WEIGHT) is None else visit.number(WEIGHT),
        "new_or_worse": {name: visit.yes(field) for name, field in NEW_OR_WORSE.items()},
        "nsaid_or_hcq_added": visit.yes("nsaid_or_hcq_added"),
        "new_immunosuppressants": {drug: visit.yes(field) for drug, field in NEW_DRUGS.items()},
        "hospitalised_for_sle": visit.yes("hospitalised_for_sle"),
        "iv_pulse_for_activity": visit.yes("pulse_since"),
        "new_biologic_for_activity": visit.yes("new_biologic_activity"),
        **_raised(visit.yes("gc_raised_activity")),
    }


def _raised(answer: Tri) -> dict[str, Tri]:
    """A rise counts as due to SLE unless somebody says that it is not."""
    return {} if answer is None else {"gc_raised_for_activity": answer}


def clasi_inputs(visit: VisitInputs) -> dict[str, Any]:
    """Areas and patient items, all none where no skin is involved; and the activity at baseline."""
    none = visit.yes(SKIN) is False
    given: dict[str, Any] = {
        part: {area: 0 if none else visit.whole(field) for area, field in fields.items()}
        for part, fields in CLASI_FIELDS.items()
    }
    given |= {key: 0 if none else visit.whole(field) for key, field in CLASI_PATIENT.items()}
    given["dyspig_ge_12m"] = False if none else visit.yes("clasi_dyspig_12m")
    given["baseline_activity"] = visit.before.clasi_activity
    return given


def joints_result(visit: VisitInputs) -> Score:
    """Joints, from lists where all were examined one by one, else from counts."""
    given = joints_given(visit)
    if given["tender"] is not None:
        return joints.score(given)
    return joints.from_counts(*visit.joints, visit.before.tjc28, visit.before.sjc28)


def joints_given(visit: VisitInputs) -> dict[str, Any]:
    """The lists, null where joints were only counted, and the counts at baseline."""
    tender, swollen = lists(visit.answers) or (None, None)
    return {
        "tender": tender,
        "swollen": swollen,
        "baseline_tjc28": visit.before.tjc28,
        "baseline_sjc28": visit.before.sjc28,
    }


def sdi_items(visit: VisitInputs) -> dict[str, int | None]:
    """The items of the damage index."""
    return {item: visit.whole(field) for item, field in SDI_FIELDS.items()}


def sdi_inputs(visit: VisitInputs) -> dict[str, Any]:
    """The items now and at the last assessment, and the total at baseline."""
    return {
        **sdi_items(visit),
        "previous": visit.before.damage,
        "baseline": visit.before.base_sdi,
    }

"""Score columns of flares, skin, joints and damage.

The flare criteria stand once, as the classic index reads them. The BLISS variant reads all alike but two: it has no
`sv_sledai`, and reads `mm_sledai` as `sfi_mm_sledai_bliss`; so both variants can be worked out from these columns.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre.scored import ScoreVariable, category, number, state, whole, yes_no
from anifro_desktop.forms.model import Label

FLARE = {
    "none": (0, Label("nessuna", "none")),
    "mild_moderate": (1, Label("lieve o moderata", "mild or moderate")),
    "severe": (2, Label("grave", "severe")),
}
_BAND = {
    "mild": (1, Label("lieve (0-9)", "mild (0-9)")),
    "moderate": (2, Label("moderata (10-20)", "moderate (10-20)")),
    "severe": (3, Label("grave (≥21)", "severe (≥21)")),
}
_CRITERIA: Mapping[str, tuple[str, str]] = {
    "mm_sledai": ("SFI lieve: SLEDAI-2K +3, non oltre 12", "SFI mild: SLEDAI-2K up 3, not past 12"),
    "mm_sledai_bliss": ("SFI BLISS lieve: SLEDAI-2K +3", "SFI BLISS mild: SLEDAI-2K up 3"),
    "mm_rash": ("SFI lieve: cute", "SFI mild: rash"),
    "mm_ulcers": ("SFI lieve: ulcere", "SFI mild: ulcers"),
    "mm_pleuritis": ("SFI lieve: pleurite", "SFI mild: pleuritis"),
    "mm_pericarditis": ("SFI lieve: pericardite", "SFI mild: pericarditis"),
    "mm_arthritis": ("SFI lieve: artrite", "SFI mild: arthritis"),
    "mm_fever": ("SFI lieve: febbre", "SFI mild: fever"),
    "mm_pred": (
        "SFI lieve: prednisone aumentato, fino a 0,5 mg/kg",
        "SFI mild: prednisone raised, to 0.5 mg/kg",
    ),
    "mm_drug": ("SFI lieve: FANS o idrossiclorochina", "SFI mild: NSAID or hydroxychloroquine"),
    "mm_phga": ("SFI lieve: PhGA +1, non oltre 2,5", "SFI mild: PhGA up 1, not past 2.5"),
    "sv_sledai": ("SFI classico grave: SLEDAI-2K oltre 12", "SFI classic severe: SLEDAI-2K past 12"),
    "sv_organ": ("SFI grave: organo e terapia o ricovero", "SFI severe: organ and treatment or hospital"),
    "sv_pred": (
        "SFI grave: prednisone oltre 0,5 mg/kg, o bolo",
        "SFI severe: prednisone past 0.5 mg/kg, or pulse",
    ),
    "sv_drug": ("SFI grave: nuovo immunosoppressore", "SFI severe: new immunosuppressant"),
    "sv_hosp": ("SFI grave: ricovero per LES", "SFI severe: in hospital for SLE"),
    "sv_phga": ("SFI grave: PhGA oltre 2,5", "SFI severe: PhGA past 2.5"),
}
_SFI = (
    category("sfi", "value", "sfi", "Riacutizzazione (SFI dello studio)", "Flare (the study's SFI)", FLARE),
    category(
        "sfi",
        "minimum",
        "sfi_min",
        "Riacutizzazione, classe minima certa se incompleta",
        "Flare, least certain class if incomplete",
        FLARE,
    ),
    category("sfi", "classic", "sfi_classic", "Riacutizzazione, SFI classico", "Flare, classic SFI", FLARE),
    category("sfi", "bliss", "sfi_bliss", "Riacutizzazione, SFI BLISS", "Flare, BLISS SFI", FLARE),
    *(yes_no("sfi", key, f"sfi_{key}", it, en) for key, (it, en) in _CRITERIA.items()),
)
_CLASI = (
    whole("clasi", "value", "clasi_activity", "CLASI, attività", "CLASI activity"),
    whole("clasi", "damage", "clasi_damage", "CLASI, danno", "CLASI damage"),
    category("clasi", "band", "clasi_band", "CLASI, fascia di attività", "CLASI activity band", _BAND),
    number(
        "clasi",
        "pct_change",
        "clasi_pct",
        "CLASI, attività: variazione dal basale (%)",
        "CLASI activity: change from baseline (%)",
    ),
    state("clasi", "clasi50", "clasi50", "CLASI-50", "CLASI-50"),
    yes_no(
        "clasi",
        "clasi50_evaluable",
        "clasi50_able",
        "CLASI-50 valutabile (basale ≥10)",
        "CLASI-50 evaluable (baseline ≥10)",
    ),
)
# Not `tjc28`: that is the count as typed, these are the counts however the joints were recorded.
_JOINTS = (
    whole("joints", "tjc28", "joints_tjc28", "Articolazioni dolenti su 28", "Tender joints of 28"),
    whole("joints", "sjc28", "joints_sjc28", "Articolazioni tumefatte su 28", "Swollen joints of 28"),
    whole("joints", "tjc68", "joints_tjc68", "Articolazioni dolenti su 68", "Tender joints of 68"),
    whole("joints", "sjc66", "joints_sjc66", "Articolazioni tumefatte su 66", "Swollen joints of 66"),
    whole(
        "joints",
        "active28",
        "joints_active28",
        "Articolazioni dolenti e tumefatte su 28",
        "Tender and swollen joints of 28",
    ),
    state("joints", "response50", "joints_resp50", "Risposta articolare del 50 %", "Joint response of 50 %"),
    yes_no(
        "joints",
        "response50_evaluable",
        "joints_resp50_able",
        "Risposta articolare valutabile (basale ≥6 e ≥6)",
        "Joint response evaluable (baseline ≥6 and ≥6)",
    ),
)
_SDI = (
    whole("sdi", "value", "sdi", "SDI totale", "SDI total"),
    whole(
        "sdi", "minimum", "sdi_min", "SDI minimo certo, se incompleto", "SDI certain minimum, if incomplete"
    ),
    whole("sdi", "change", "sdi_change", "SDI, differenza dal basale", "SDI change from baseline"),
    yes_no("sdi", "accrual", "sdi_accrual", "Danno aumentato dal basale", "Damage accrued since baseline"),
)
ORGANS: tuple[ScoreVariable, ...] = (*_SFI, *_CLASI, *_JOINTS, *_SDI)

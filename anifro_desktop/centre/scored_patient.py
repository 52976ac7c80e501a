"""Score columns of the questionnaires and scales that the patient fills.

The visual scale of the EQ-5D-5L stands beside its questions as `eq_vas`. The three scales stand as marked among the
answers, and here brought to 0-100.
"""

from __future__ import annotations

from anifro_desktop.centre.scored import ScoreVariable, number, whole

_SF36 = {
    "PF": ("attività fisica", "physical functioning"),
    "RP": ("ruolo e salute fisica", "role, physical"),
    "BP": ("dolore fisico", "bodily pain"),
    "GH": ("salute in generale", "general health"),
    "VT": ("vitalità", "vitality"),
    "SF": ("attività sociali", "social functioning"),
    "RE": ("ruolo e stato emotivo", "role, emotional"),
    "MH": ("salute mentale", "mental health"),
}
_LUPUSQOL = {
    "physical_health": ("physical", "salute fisica", "physical health"),
    "pain": ("pain", "dolore", "pain"),
    "planning": ("planning", "progetti", "planning"),
    "intimate_relationships": ("intimate", "relazioni intime", "intimate relationships"),
    "burden_to_others": ("burden", "peso per gli altri", "burden to others"),
    "emotional_health": ("emotional", "salute emotiva", "emotional health"),
    "body_image": ("body", "immagine corporea", "body image"),
    "fatigue": ("fatigue", "fatica", "fatigue"),
}
_SCALES = {
    "pain_vas": ("pain_100", "Dolore (0-100)", "Pain (0-100)"),
    "fatigue_vas": ("fatigue_100", "Fatica (0-100)", "Fatigue (0-100)"),
    "ptga": ("ptga_100", "Valutazione globale del paziente (0-100)", "Patient's global (0-100)"),
}
PATIENT: tuple[ScoreVariable, ...] = (
    *(
        number("sf36", scale, f"sf36_{scale.lower()}", f"SF-36: {it} (0-100)", f"SF-36: {en} (0-100)")
        for scale, (it, en) in _SF36.items()
    ),
    number("sf36", "PCS", "sf36_pcs", "SF-36: indice fisico (PCS)", "SF-36: physical summary (PCS)"),
    number("sf36", "MCS", "sf36_mcs", "SF-36: indice mentale (MCS)", "SF-36: mental summary (MCS)"),
    whole(
        "sf36",
        "transition",
        "sf36_transition",
        "SF-36: salute rispetto a un anno fa (1-5)",
        "SF-36: health against a year ago (1-5)",
    ),
    number("facit_fatigue", "value", "facit_fatigue", "FACIT-Fatigue (0-52)", "FACIT-Fatigue (0-52)"),
    number("eq5d5l", "value", "eq5d_index", "EQ-5D-5L, indice italiano", "EQ-5D-5L index, Italian value set"),
    *(
        number("lupusqol", part, f"lupusqol_{name}", f"LupusQoL: {it} (0-100)", f"LupusQoL: {en} (0-100)")
        for part, (name, it, en) in _LUPUSQOL.items()
    ),
    *(number(rule, "value", name, it, en) for rule, (name, it, en) in _SCALES.items()),
)

"""What the cohort is set beside: published figures and the settings chosen for the generator, each with a tolerance.

`origin` says which a target is: `published` (the cohort is meant to look like that one), `setting` (chosen between
cohorts that differ, or by the protocol of the generator) or `ours` (no cohort tells; only so that it is seen to move).
`beside` are published figures to look at too. Tolerances are about two standard errors at 150 patients, and always
less than the target, so that a cohort without a single event is never within. Units are UCUM codes, and PY for
patient-years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from anifro_desktop.forms.model import Label

Origin = Literal["published", "setting", "ours"]
BASELINE, MONTH_6, COURSE, DATA = "baseline", "month_6", "course", "data"

SOURCES = (
    "TULIP: TULIP-1 and TULIP-2 pooled, Lupus Sci Med tables 141661 and 139371-139375; responses PMC9213795; "
    "flares 10.1177/09612033211014267; LLDAS 10.1136/ard-2022-222748; DORIS week 64 Lupus Sci Med 11(S1):A169.",
    "Italy: compassionate use, 26 patients, 10.3899/jrheum.2024-0053.",
    "ANIFRO-REU: Spain, 56 patients, EULAR 2024. "
    "Spain: national registry, 206 patients (ACR 2025) and 91 (EULAR 2024, the other cohort).",
    "Skin: refractory skin disease, 18 patients, Lupus Sci Med 11(S1):A112.2. "
    "LOOPS: Japan, 45 patients, 10.1093/rheumatology/kead568.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the name it is measured under, its target and how far off it may be."""

    name: str
    group: str
    label: Label
    target: float
    tolerance: float
    origin: Origin
    beside: Label
    unit: str = ""
    decimals: int = 1


# Published figures to look at, in Italian and English.
_BESIDE: dict[str, tuple[str, str]] = {
    "age": ("TULIP 42.6; ANIFRO-REU 45.5", "TULIP 42.6; ANIFRO-REU 45.5"),
    "age_sd": ("TULIP 12.0; ANIFRO-REU 12.9", "TULIP 12.0; ANIFRO-REU 12.9"),
    "women": ("TULIP 92.5; ANIFRO-REU 87.5; Spagna 88.8", "TULIP 92.5; ANIFRO-REU 87.5; Spain 88.8"),
    "white": ("TULIP 65.3; ANIFRO-REU 82.1", "TULIP 65.3; ANIFRO-REU 82.1"),
    "duration": (
        "ANIFRO-REU 14.2; cute 13.7; TULIP mediana 7.6",
        "ANIFRO-REU 14.2; Skin 13.7; TULIP median 7.6",
    ),
    "duration_sd": ("ANIFRO-REU 8.9; cute 7.6", "ANIFRO-REU 8.9; Skin 7.6"),
    "sledai": ("TULIP 11.4; cute 7.1", "TULIP 11.4; Skin 7.1"),
    "sledai_sd": ("TULIP 3.8; cute 2.6", "TULIP 3.8; Skin 2.6"),
    "rash": ("TULIP, cute e mucose 96", "TULIP, skin and mucosa 96"),
    "arthritis": ("TULIP, articolazioni e muscoli 94", "TULIP, joints and muscles 94"),
    "phga": ("TULIP 1.8", "TULIP 1.8"),
    "phga_sd": ("TULIP 0.4", "TULIP 0.4"),
    "clasi": ("TULIP, tutti 8.4; cute 12", "TULIP, everybody 8.4; Skin 12"),
    "clasi_sd": ("TULIP 7.6; cute 2.9", "TULIP 7.6; Skin 2.9"),
    "tender": ("l'atteso è di TULIP", "the target is TULIP's"),
    "swollen": ("l'atteso è di TULIP", "the target is TULIP's"),
    "sdi": ("TULIP 0.6", "TULIP 0.6"),
    "steroid": ("TULIP 80.8; Spagna 85.7", "TULIP 80.8; Spain 85.7"),
    "dose": ("cute, media di tutti 6", "Skin mean 6 of all"),
    "antimalarial": ("TULIP 67.5; Spagna 74.7", "TULIP 67.5; Spain 74.7"),
    "immunosuppressant": ("l'atteso è di TULIP; Spagna circa 50", "the target is TULIP's; Spain about 50"),
    "rs_skin": ("Spagna; altra coorte 65.9", "Spain; other cohort 65.9"),
    "rs_joints": ("Spagna; altra coorte 57.1", "Spain; other cohort 57.1"),
    "rs_blood": ("Spagna; altra coorte 27.5", "Spain; other cohort 27.5"),
    "rs_steroid_dependence": ("Spagna", "Spain"),
    "rs_kidney": ("Spagna; altra coorte 2.2", "Spain; other cohort 2.2"),
    "rs_serositis": ("Spagna", "Spain"),
    "lldas_m06": (
        "Italia 80 (26 selezionati); TULIP settimana 52: 30.0",
        "Italy 80 (26 selected); TULIP week 52: 30.0",
    ),
    "doris_m06": (
        "Italia 50 (26 selezionati); TULIP settimana 64: 19.7",
        "Italy 50 (26 selected); TULIP week 64: 19.7",
    ),
    "sledai_m06": ("cute 1.8 (2.4) da 7.1 dopo 7 mesi", "Skin 1.8 (2.4) from 7.1 after 7 months"),
    "dose_m06": ("cute 3.4 (3.5) da 6", "Skin 3.4 (3.5) from 6"),
    "dose_low_m06": ("l'atteso è di TULIP, mantenuto", "the target is TULIP's, sustained"),
    "clasi50_m06": (
        "l'atteso è di TULIP alla settimana 12; 68.6 alla 52 con immunosoppressori",
        "the target is TULIP's at week 12; 68.6 at week 52 with immunosuppressants",
    ),
    "joints50_m06": ("l'atteso è di TULIP alla settimana 52", "the target is TULIP's at week 52"),
    "lldas_m12": ("TULIP settimana 52: 30.0", "TULIP week 52: 30.0"),
    "lldas_m36": ("TULIP settimana 208: 36.9", "TULIP week 208: 36.9"),
    "flares": (
        "TULIP 51 (con BILAG); Italia 4 in 26 pazienti",
        "TULIP 51 (by BILAG); Italy 4 in 26 patients",
    ),
    "flares_severe": ("Italia 1 su 4", "Italy 1 in 4"),
    "retention_w26": ("l'atteso è di LOOPS", "the target is that of LOOPS"),
    "zoster": ("TULIP e MUSE 6.9", "TULIP and MUSE 6.9"),
    "serious_infection": ("TULIP e MUSE 5.4; estensione 3.7", "TULIP and MUSE 5.4; extension 3.7"),
    "cardiovascular": ("TULIP e MUSE 0.2", "TULIP and MUSE 0.2"),
    "death": ("l'atteso è di TULIP e MUSE", "the target is that of TULIP and MUSE"),
    "malignancy": ("TULIP e MUSE 0.7", "TULIP and MUSE 0.7"),
}


def _f(
    name: str, group: str, it: str, en: str, target: float, tolerance: float, origin: Origin,
    unit: str = "", decimals: int = 1,
) -> Figure:  # fmt: skip
    beside = Label(*_BESIDE.get(name, ("", "")))
    return Figure(name, group, Label(it, en), target, tolerance, origin, beside, unit, decimals)


_PY = "/100 PY"
FIGURES: tuple[Figure, ...] = (
    _f("age", BASELINE, "Età, media", "Age, mean", 44, 2.5, "setting", "a"),
    _f("age_sd", BASELINE, "Età, DS", "Age, SD", 12.5, 2, "setting", "a"),
    _f("women", BASELINE, "Donne", "Women", 90, 5, "setting", "%"),
    _f("white", BASELINE, "Etnia europea", "White European", 90, 5, "setting", "%"),
    _f("duration", BASELINE, "Durata di malattia, media", "Disease duration, mean", 12, 2, "setting", "a"),
    _f("duration_sd", BASELINE, "Durata di malattia, DS", "Disease duration, SD", 8.5, 2, "setting", "a"),
    _f("sledai", BASELINE, "SLEDAI-2K, media", "SLEDAI-2K, mean", 8, 1, "setting"),
    _f("sledai_sd", BASELINE, "SLEDAI-2K, DS", "SLEDAI-2K, SD", 4, 0.8, "setting"),
    _f("rash", BASELINE, "Rash", "Rash", 65, 9, "setting", "%"),
    _f("arthritis", BASELINE, "Artrite", "Arthritis", 60, 9, "setting", "%"),
    _f("low_complement", BASELINE, "Complemento basso", "Low complement", 45, 9, "setting", "%"),
    _f("increased_dna_binding", BASELINE, "Anti-dsDNA aumentati", "Raised anti-dsDNA", 45, 9, "setting", "%"),
    _f("phga", BASELINE, "PhGA, media", "PhGA, mean", 1.6, 0.15, "setting", "", 2),
    _f("phga_sd", BASELINE, "PhGA, DS", "PhGA, SD", 0.5, 0.1, "setting", "", 2),
    _f("clasi", BASELINE, "CLASI-A se rash, media", "CLASI-A where there is a rash, mean", 10, 2, "setting"),
    _f("clasi_sd", BASELINE, "CLASI-A se rash, DS", "CLASI-A where there is a rash, SD", 6, 2, "setting"),
    _f("tender", BASELINE, "Dolenti se artrite, media", "Tender joints where there is arthritis, mean", 10.3, 2,
        "published"),
    _f("swollen", BASELINE, "Tumefatte se artrite, media", "Swollen joints where there is arthritis, mean", 6.8,
        1.4, "published"),
    _f("sdi", BASELINE, "Danno (SDI), media", "Damage (SDI), mean", 0.9, 0.2, "setting", "", 2),
    _f("steroid", BASELINE, "Prende glucocorticoidi", "On glucocorticoid", 82, 6, "setting", "%"),
    _f("dose", BASELINE, "Prednisone di chi ne prende, mediana", "Prednisone of users, median", 7.5, 2.5,
        "setting", "mg/d"),
    _f("dose_high", BASELINE, "Sopra 25 mg/die, di chi ne prende", "Above 25 mg/day, of users", 5, 4, "setting", "%"),
    _f("antimalarial", BASELINE, "Antimalarico", "Antimalarial", 71, 8, "setting", "%"),
    _f("immunosuppressant", BASELINE, "Immunosoppressore", "Immunosuppressant", 48.1, 8, "published", "%"),
    _f("rs_skin", BASELINE, "Motivo: cute", "Reason: skin", 61.7, 9, "published", "%"),
    _f("rs_joints", BASELINE, "Motivo: articolazioni", "Reason: joints", 48.5, 9, "published", "%"),
    _f("rs_blood", BASELINE, "Motivo: sangue", "Reason: blood", 27.2, 8, "published", "%"),
    _f("rs_steroid_dependence", BASELINE, "Motivo: dipendenza da steroidi", "Reason: glucocorticoid dependence",
        5.4, 4, "published", "%"),
    _f("rs_kidney", BASELINE, "Motivo: rene", "Reason: kidney", 4, 3.5, "published", "%"),
    _f("rs_serositis", BASELINE, "Motivo: sierosite", "Reason: serositis", 3, 2.5, "published", "%"),
    _f("lldas_m06", MONTH_6, "LLDAS, di chi è noto", "LLDAS, of those known", 45, 8, "setting", "%"),
    _f("doris_m06", MONTH_6, "DORIS, di chi è noto", "DORIS, of those known", 30, 8, "setting", "%"),
    _f("sledai_m06", MONTH_6, "SLEDAI-2K, media", "SLEDAI-2K, mean", 4, 1, "ours"),
    _f("dose_m06", MONTH_6, "Prednisone, media di tutti", "Prednisone, mean of all", 5, 1.5, "ours", "mg/d"),
    _f("dose_low_m06", MONTH_6, "Da almeno 10 a non più di 7,5 mg/die", "From 10 or more to 7.5 mg/day or less",
        50.5, 15, "published", "%"),
    _f("clasi50_m06", MONTH_6, "CLASI-50 se almeno 10 al basale", "CLASI-50 if 10 or more at baseline", 46, 16,
        "published", "%"),
    _f("joints50_m06", MONTH_6, "Articolazioni dimezzate se almeno 6 e 6", "Joints halved if 6 and 6 or more",
        49.4, 16, "published", "%"),
    _f("lldas_m12", COURSE, "LLDAS, mese 12", "LLDAS, month 12", 60, 9, "setting", "%"),
    _f("lldas_m24", COURSE, "LLDAS, mese 24", "LLDAS, month 24", 62, 9, "setting", "%"),
    _f("lldas_m36", COURSE, "LLDAS, mese 36", "LLDAS, month 36", 65, 11, "setting", "%"),
    _f("doris_m12", COURSE, "DORIS, mese 12", "DORIS, month 12", 42, 9, "setting", "%"),
    _f("doris_m24", COURSE, "DORIS, mese 24", "DORIS, month 24", 45, 9, "setting", "%"),
    _f("doris_m36", COURSE, "DORIS, mese 36", "DORIS, month 36", 48, 11, "setting", "%"),
    _f("flares", COURSE, "Riacutizzazioni (SFI)", "Flares (SFI)", 35, 6, "setting", _PY),
    _f("flares_severe", COURSE, "Gravi, delle riacutizzazioni", "Severe, of the flares", 16.7, 7, "setting", "%"),
    _f("retention_w26", COURSE, "Ancora in terapia alla settimana 26", "Still treated at week 26", 89.7, 5,
        "published", "%"),
    _f("retention_m12", COURSE, "Ancora in terapia al mese 12", "Still treated at month 12", 82, 6, "setting", "%"),
    _f("sdi_year", COURSE, "Danno acquisito per anno", "Damage accrued a year", 0.06, 0.025, "setting", "", 3),
    _f("zoster", COURSE, "Herpes zoster", "Herpes zoster", 5, 2, "setting", _PY),
    _f("serious_infection", COURSE, "Infezioni gravi", "Serious infections", 4, 1.8, "setting", _PY),
    _f("hospital", COURSE, "Ricoveri", "Hospital stays", 12, 3, "setting", _PY),
    _f("cardiovascular", COURSE, "Eventi cardiovascolari", "Cardiovascular events", 0.5, 0.4, "setting", _PY),
    _f("malignancy", COURSE, "Neoplasie maligne", "Malignancies", 0.6, 0.5, "setting", _PY),
    _f("death", COURSE, "Decessi", "Deaths", 0.5, 0.4, "published", _PY),
    _f("missing_visits", DATA, "Visite dovute e mancate", "Visits due and missed", 8, 2.5, "setting", "%"),
    _f("missing_items", DATA, "Domande obbligatorie senza valore", "Required questions without a value", 2, 0.6,
        "setting", "%", 2),
    _f("missing_laboratory", DATA, "Esami senza valore", "Laboratory tests without a value", 7, 2, "setting", "%"),
    _f("late_entry", DATA, "Dall'evento alla conoscenza, mediana", "From event to awareness, median", 9, 3,
        "setting", "d"),
)  # fmt: skip

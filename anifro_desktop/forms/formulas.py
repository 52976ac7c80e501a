"""How each rule is worked out, in a line or two of both languages, for the codebook.

Numbers that stand in a module's table are taken from it; the sentence only says how they are put together. The rule
itself, with its missing-data behaviour and sources, is described in its module.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.model import Label
from anifro_desktop.scores import (
    acr1997,
    ae,
    clasi,
    eq5d5l,
    facit_fatigue,
    prednisone,
    sdi,
    sf36,
    sfi,
    sledai2k,
    sledas,
)


def _same(text: str) -> Label:
    return Label(text, text)


def _list(numbers: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {number:g}" for name, number in numbers.items())


_SLEDAS = (
    "0.366 + 3.132·[arthritis] + 0.454·SJC28 + 4.408·[mucocutaneous_vasculitis] + 3.138·[rash_local] + "
    "3.887·[rash_general] + 0.973·[alopecia] + 2.769·[mucosal_ulcers] + 0.754·[low_complement] "
    "+ 0.956·[anti_dsdna] + "
    "[proteinuria]·(−17.584 + 3.811·ln mg) + [thrombocytopenia]·(26.105 − 5.577·ln platelets) + "
    "[leukopenia]·(6.118 − 5.058·ln wbc) + 18·[neuropsychiatric] + 18·[systemic_vasculitis] + "
    "18·[cardiac_pulmonary] + "
    "9·[myositis] + 9·[hemolytic_anemia] + 6·[serositis]"
)
_EULAR_IT = "ANA ≥ 1:80 e somma dei pesi massimi di ogni dominio ≥ 10, con almeno un criterio clinico"
_EULAR_EN = (
    "ANA ≥ 1:80 and the sum of the highest weights of each domain ≥ 10, with at least one clinical criterion"
)
_PCS = "50 + 10·Σ w·(s − μ)/σ"
_SF36_NORMS = "; ".join(
    f"{scale}: μ {m}, σ {s}, PCS {p}, MCS {q}" for scale, (m, s, p, q) in sf36.NORMS.items()
)
_EQUIVALENTS = _list(prednisone.EQUIVALENT_TO_5)

FORMULAS: Mapping[str, Label] = {
    "sledai2k": Label(
        f"Somma dei punti dei descrittori presenti: {_list(sledai2k.WEIGHTS)}",
        f"Sum of the points of the descriptors present: {_list(sledai2k.WEIGHTS)}",
    ),
    "sledas": Label(
        f"{_SLEDAS}. Remissione ≤ {sledas.REMISSION}, lieve ≤ {sledas.MILD}, bassa attività ≤ "
        f"{sledas.LOW_ACTIVITY}",
        f"{_SLEDAS}. Remission ≤ {sledas.REMISSION}, mild ≤ {sledas.MILD}, low activity ≤ "
        f"{sledas.LOW_ACTIVITY}",
    ),
    "doris": Label(
        "SLEDAI-2K clinico = 0, PhGA < 0,5, prednisone ≤ 5 mg/die senza bolo in 30 giorni, "
        "terapia stabile: tutti e quattro",
        "clinical SLEDAI-2K = 0, PhGA < 0.5, prednisone ≤ 5 mg/day without pulse in 30 days, "
        "stable drugs: all four",
    ),
    "lldas": Label(
        "SLEDAI-2K ≤ 4 senza organi maggiori, nessuna nuova attività, PhGA ≤ 1, prednisone ≤ "
        "7,5 mg/die, dosi di "
        "mantenimento: tutti e cinque",
        "SLEDAI-2K ≤ 4 without major organ, no new activity, PhGA ≤ 1, prednisone ≤ 7.5 mg/day, "
        "maintenance doses: all five",
    ),
    "sfi": Label(
        f"La classe più alta fra i criteri soddisfatti. Gravi: {', '.join(sfi.SEVERE_CRITERIA)}. "
        "Lievi-moderati: "
        f"{', '.join(sfi.MILD_CRITERIA)}. La variante BLISS non ha sv_sledai",
        f"The highest class of the criteria met. Severe: {', '.join(sfi.SEVERE_CRITERIA)}. Mild or moderate: "
        f"{', '.join(sfi.MILD_CRITERIA)}. The BLISS variant has no sv_sledai",
    ),
    "clasi": Label(
        f"Attività = Σ {' + '.join(clasi.ACTIVITY)} (0–{clasi.ACTIVITY_MOST}); danno = Σ {' + '.join(clasi.DAMAGE)}, "
        "con la "
        f"discromia doppia se dura almeno 12 mesi (0–{clasi.DAMAGE_MOST}); CLASI-50: attività ≤ "
        "50 % del basale",
        f"Activity = Σ {' + '.join(clasi.ACTIVITY)} (0–{clasi.ACTIVITY_MOST}); damage = Σ {' + '.join(clasi.DAMAGE)}, "
        "with "
        f"dyspigmentation doubled if it lasts 12 months (0–{clasi.DAMAGE_MOST}); CLASI-50: "
        "activity ≤ 50 % of baseline",
    ),
    "sdi": Label(
        f"Somma dei punti di 41 voci, 0–{sdi.MOST}; nefropatia terminale (3) sostituisce "
        "filtrato e proteinuria; mai in calo",
        f"Sum of the points of 41 items, 0–{sdi.MOST}; end-stage renal disease (3) replaces "
        "filtration and proteinuria; "
        "never falls",
    ),
    "joints": Label(
        "Conte di dolenti e tumefatte su 28, 68 e 66; attive = dolenti e tumefatte; risposta: "
        "entrambe ≤ 50 % del basale",
        "Counts of tender and swollen of 28, 68 and 66; active = tender and swollen; response: "
        "both ≤ 50 % of baseline",
    ),
    "acr1997": Label(f"Almeno {acr1997.NEEDED} criteri su 11", f"At least {acr1997.NEEDED} of 11 criteria"),
    "slicc2012": Label(
        "Almeno 4 criteri su 17 con almeno uno clinico e uno immunologico; oppure nefrite alla "
        "biopsia con ANA o anti-dsDNA",
        "At least 4 of 17 criteria with at least one clinical and one immunologic; or nephritis "
        "on biopsy with ANA or "
        "anti-dsDNA",
    ),
    "eular2019": Label(_EULAR_IT, _EULAR_EN),
    "prednisone": Label(
        "Alla visita: Σ mg per ciclo × 5 / equivalente / giorni del ciclo. Dose cumulativa, dagli schemi e dai boli "
        "registrati: Σ mg/die × 5 / equivalente × giorni + Σ mg dei boli × 5 / equivalente, dal giorno "
        "dell'arruolamento a quello della visita, compresi; non nota finché una risposta che può cambiarla è aperta, o "
        f"una visita riferisce più degli schemi. Equivalenti a 5 mg: {_EQUIVALENTS}",
        "At the visit: Σ mg per cycle × 5 / equivalent / days of the cycle. Cumulative dose, from the courses and "
        "pulses recorded: Σ mg/day × 5 / equivalent × days + Σ mg of pulses × 5 / equivalent, from the day of "
        "enrolment to that of the visit, both included; unknown while an answer that may change it is open, or a "
        f"visit tells of more than the courses. Equal to 5 mg: {_EQUIVALENTS}",
    ),
    "sf36": Label(
        f"Scale 0–100 dalla media delle voci ricodificate (almeno metà); PCS, MCS = {_PCS}. {_SF36_NORMS}",
        f"Scales 0–100 from the mean of the recoded items (at least half); PCS, MCS = {_PCS}. {_SF36_NORMS}",
    ),
    "rand36": Label(
        "Media delle voci ricodificate 0–100 che hanno risposta",
        "Mean of the answered items recoded to 0–100",
    ),
    "facit_fatigue": Label(
        f"Σ punti × 13 / voci con risposta (almeno {facit_fatigue.FEWEST}); invertite tutte tranne "
        f"{', '.join(facit_fatigue.NOT_REVERSED)}",
        f"Σ points × 13 / items answered (at least {facit_fatigue.FEWEST}); all reversed but "
        f"{', '.join(facit_fatigue.NOT_REVERSED)}",
    ),
    "eq5d5l": _same(
        "1 − Σ: "
        + "; ".join(f"{name} {'/'.join(map(str, levels))}" for name, levels in eq5d5l.DECREMENTS.items())
    ),
    "lupusqol": Label(
        "Dominio = media delle risposte / 4 × 100, se almeno metà",
        "Domain = mean of the answers / 4 × 100, if at least half",
    ),
    "vas": Label(
        "Canonico 0–100: VAS così com'è, NRS × 10; PhGA 0–3: 0–10 × 0,3, 0–100 × 0,03",
        "Canonical 0–100: VAS as it is, NRS × 10; PhGA 0–3: 0–10 × 0.3, 0–100 × 0.03",
    ),
    "ae": Label(
        f"Grave = uno dei sei criteri; precoce fino al giorno {ae.EARLY_DAYS} dalla prima dose; "
        "emergente dal trattamento "
        f"fino a {ae.FOLLOW_UP_DAYS} giorni dopo l'ultima",
        f"Serious = any of six criteria; early up to day {ae.EARLY_DAYS} from the first dose; "
        "treatment-emergent up to "
        f"{ae.FOLLOW_UP_DAYS} days after the last",
    ),
    "schedule": Label(
        "Atteso = giorno 0 + n mesi di calendario (fine mese se manca il giorno); vale la "
        "visita più vicina nella finestra",
        "Target = day 0 + n calendar months (end of month where there is no such day); the "
        "closest visit in the window counts",
    ),
    "response": Label(
        "Prima visita che soddisfa la regola; altrimenti censura all'ultima che poteva essere giudicata",
        "First visit that meets the rule; otherwise censored at the last that could be judged",
    ),
    "retention": Label(
        "Giorni dalla prima dose alla sospensione definitiva o al decesso; altrimenti censura "
        "all'ultimo contatto",
        "Days from the first dose to permanent stop or death; otherwise censored at the last contact",
    ),
}

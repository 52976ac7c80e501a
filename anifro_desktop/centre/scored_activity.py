"""Score columns of disease activity, glucocorticoids and the two states of the primary endpoints."""

from __future__ import annotations

from anifro_desktop.centre.scored import ScoreVariable, category, number, state, whole, yes_no
from anifro_desktop.forms.model import Label

_CATEGORY = {
    "remission_range": (1, Label("intervallo di remissione", "remission range")),
    "mild": (2, Label("lieve", "mild")),
    "moderate_severe": (3, Label("moderata-grave", "moderate to severe")),
}

_SLEDAI2K = (
    whole("sledai2k", "value", "sledai2k", "SLEDAI-2K totale", "SLEDAI-2K total"),
    whole("sledai2k", "clinical", "sledai2k_clin", "SLEDAI-2K clinico", "SLEDAI-2K clinical"),
    whole("sledai2k", "serologic", "sledai2k_sero", "SLEDAI-2K sierologico", "SLEDAI-2K serologic"),
    whole(
        "sledai2k",
        "minimum",
        "sledai2k_min",
        "SLEDAI-2K minimo certo, se incompleto",
        "SLEDAI-2K certain minimum, if incomplete",
    ),
)
_SLEDAS = (
    number("sledas", "value", "sledas", "SLE-DAS, precisione piena", "SLE-DAS, full precision"),
    number("sledas", "score_2dp", "sledas_2dp", "SLE-DAS, 2 decimali", "SLE-DAS, 2 decimals"),
    category("sledas", "category", "sledas_cat", "SLE-DAS, categoria", "SLE-DAS category", _CATEGORY),
    state("sledas", "sledas_remission", "sledas_rem", "SLE-DAS remissione", "SLE-DAS remission"),
    state("sledas", "sledas_lda", "sledas_lda", "SLE-DAS bassa attività", "SLE-DAS low disease activity"),
    state(
        "sledas",
        "sledas_remission_strict",
        "sledas_rem_strict",
        "SLE-DAS remissione, nessun item clinico",
        "SLE-DAS remission, no clinical item",
    ),
    number(
        "sledas",
        "change",
        "sledas_change",
        "SLE-DAS, differenza dalla visita precedente",
        "SLE-DAS change since the visit before",
    ),
    yes_no(
        "sledas",
        "meaningful_worsening",
        "sledas_worse",
        "SLE-DAS, peggioramento significativo (≥1,72)",
        "SLE-DAS meaningful worsening (≥1.72)",
    ),
    yes_no(
        "sledas",
        "meaningful_improvement",
        "sledas_better",
        "SLE-DAS, miglioramento significativo (≥1,72)",
        "SLE-DAS meaningful improvement (≥1.72)",
    ),
)
_PREDNISONE = (
    number(
        "prednisone",
        "pred_eq",
        "pred_eq",
        "Equivalente di prednisone (mg/die)",
        "Prednisone equivalent (mg/day)",
    ),
    state(
        "prednisone",
        "steroid_le5",
        "steroid_le5",
        "Prednisone ≤5 mg/die, nessun bolo",
        "Prednisone ≤5 mg/day, no pulse",
    ),
    yes_no(
        "prednisone",
        "stop_denominator",
        "stop_denominator",
        "Glucocorticoide al basale (denominatore della sospensione)",
        "On glucocorticoid at baseline (denominator of stopping)",
    ),
    state(
        "prednisone",
        "steroid_stopped",
        "steroid_stopped",
        "Glucocorticoide sospeso",
        "Glucocorticoid stopped",
    ),
)
_DORIS = (
    state("doris", "value", "doris", "Remissione DORIS 2021", "DORIS 2021 remission"),
    state(
        "doris", "doris_csledai", "doris_csledai", "DORIS: SLEDAI-2K clinico 0", "DORIS: clinical SLEDAI-2K 0"
    ),
    state("doris", "doris_phga", "doris_phga", "DORIS: PhGA <0,5", "DORIS: PhGA <0.5"),
    state("doris", "doris_gc", "doris_gc", "DORIS: prednisone ≤5 mg/die", "DORIS: prednisone ≤5 mg/day"),
    state("doris", "doris_stable", "doris_stable", "DORIS: terapia stabile", "DORIS: stable treatment"),
    state(
        "doris", "doris_off_gc", "doris_off_gc", "DORIS senza glucocorticoidi", "DORIS off glucocorticoids"
    ),
    state("doris", "doris_off_treatment", "doris_off_trt", "DORIS senza terapia", "DORIS off treatment"),
    state(
        "doris",
        "doris_complete",
        "doris_complete",
        "DORIS con sierologia normale",
        "DORIS with normal serology",
    ),
)
_LLDAS = (
    state("lldas", "value", "lldas", "LLDAS", "LLDAS"),
    state("lldas", "lldas_activity", "lldas_activity", "LLDAS 1: attività", "LLDAS 1: activity"),
    state("lldas", "lldas_no_new", "lldas_no_new", "LLDAS 2: nessuna novità", "LLDAS 2: no new activity"),
    state("lldas", "lldas_phga", "lldas_phga", "LLDAS 3: PhGA ≤1", "LLDAS 3: PhGA ≤1"),
    state(
        "lldas", "lldas_gc", "lldas_gc", "LLDAS 4: prednisone ≤7,5 mg/die", "LLDAS 4: prednisone ≤7.5 mg/day"
    ),
    state("lldas", "lldas_drugs", "lldas_drugs", "LLDAS 5: farmaci", "LLDAS 5: drugs"),
    state("lldas", "lldas5", "lldas5", "LLDAS con prednisone ≤5 mg/die", "LLDAS with prednisone ≤5 mg/day"),
)
ACTIVITY: tuple[ScoreVariable, ...] = (*_SLEDAI2K, *_SLEDAS, *_PREDNISONE, *_DORIS, *_LLDAS)

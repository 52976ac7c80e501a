"""The score columns of the data set: which part of which score goes where, and how it becomes a cell.

Names and labels stand here because no definition describes a score. Unknown is empty (`.`), never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.stata import Cell, Kind
from anifro_desktop.forms.model import Label

_MET = {0: Label("non raggiunto", "not met"), 1: Label("raggiunto", "met")}
_CATEGORY_CODES = {"remission_range": 1, "mild": 2, "moderate_severe": 3}
_CATEGORY = {
    1: Label("intervallo di remissione", "remission range"),
    2: Label("lieve", "mild"),
    3: Label("moderata-grave", "moderate to severe"),
}


@dataclass(frozen=True, slots=True)
class ScoreVariable:
    """A column from a score. part: a part of it, or `value` or `minimum`."""

    rule: str
    part: str
    name: str
    kind: Kind
    label: Label
    codes: Mapping[int, Label] | None = None


def _state(rule: str, part: str, name: str, it: str, en: str) -> ScoreVariable:
    return ScoreVariable(rule, part, name, "whole", Label(it, en), _MET)


SCORES: tuple[ScoreVariable, ...] = (
    ScoreVariable("sledai2k", "value", "sledai2k", "whole", Label("SLEDAI-2K totale", "SLEDAI-2K total")),
    ScoreVariable(
        "sledai2k", "clinical", "sledai2k_clin", "whole", Label("SLEDAI-2K clinico", "SLEDAI-2K clinical")
    ),
    ScoreVariable(
        "sledai2k",
        "serologic",
        "sledai2k_sero",
        "whole",
        Label("SLEDAI-2K sierologico", "SLEDAI-2K serologic"),
    ),
    ScoreVariable(
        "sledai2k",
        "minimum",
        "sledai2k_min",
        "whole",
        Label("SLEDAI-2K minimo certo, se incompleto", "SLEDAI-2K certain minimum, if incomplete"),
    ),
    ScoreVariable(
        "sledas", "value", "sledas", "number", Label("SLE-DAS, precisione piena", "SLE-DAS, full precision")
    ),
    ScoreVariable(
        "sledas", "score_2dp", "sledas_2dp", "number", Label("SLE-DAS, 2 decimali", "SLE-DAS, 2 decimals")
    ),
    ScoreVariable(
        "sledas",
        "category",
        "sledas_cat",
        "whole",
        Label("SLE-DAS, categoria", "SLE-DAS category"),
        _CATEGORY,
    ),
    _state("sledas", "sledas_remission", "sledas_rem", "SLE-DAS remissione", "SLE-DAS remission"),
    _state("sledas", "sledas_lda", "sledas_lda", "SLE-DAS bassa attività", "SLE-DAS low disease activity"),
    _state(
        "sledas",
        "sledas_remission_strict",
        "sledas_rem_strict",
        "SLE-DAS remissione, nessun item clinico",
        "SLE-DAS remission, no clinical item",
    ),
    ScoreVariable(
        "prednisone",
        "pred_eq",
        "pred_eq",
        "number",
        Label("Equivalente di prednisone (mg/die)", "Prednisone equivalent (mg/day)"),
    ),
    _state(
        "prednisone",
        "steroid_le5",
        "steroid_le5",
        "Prednisone ≤5 mg/die, nessun bolo",
        "Prednisone ≤5 mg/day, no pulse",
    ),
    _state("doris", "value", "doris", "Remissione DORIS 2021", "DORIS 2021 remission"),
    _state(
        "doris", "doris_csledai", "doris_csledai", "DORIS: SLEDAI-2K clinico 0", "DORIS: clinical SLEDAI-2K 0"
    ),
    _state("doris", "doris_phga", "doris_phga", "DORIS: PhGA <0,5", "DORIS: PhGA <0.5"),
    _state("doris", "doris_gc", "doris_gc", "DORIS: prednisone ≤5 mg/die", "DORIS: prednisone ≤5 mg/day"),
    _state("doris", "doris_stable", "doris_stable", "DORIS: terapia stabile", "DORIS: stable treatment"),
    _state(
        "doris", "doris_off_gc", "doris_off_gc", "DORIS senza glucocorticoidi", "DORIS off glucocorticoids"
    ),
    _state("doris", "doris_off_treatment", "doris_off_trt", "DORIS senza terapia", "DORIS off treatment"),
    _state(
        "doris",
        "doris_complete",
        "doris_complete",
        "DORIS con sierologia normale",
        "DORIS with normal serology",
    ),
    _state("lldas", "value", "lldas", "LLDAS", "LLDAS"),
    _state("lldas", "lldas_activity", "lldas_activity", "LLDAS 1: attività", "LLDAS 1: activity"),
    _state("lldas", "lldas_no_new", "lldas_no_new", "LLDAS 2: nessuna novità", "LLDAS 2: no new activity"),
    _state("lldas", "lldas_phga", "lldas_phga", "LLDAS 3: PhGA ≤1", "LLDAS 3: PhGA ≤1"),
    _state(
        "lldas", "lldas_gc", "lldas_gc", "LLDAS 4: prednisone ≤7,5 mg/die", "LLDAS 4: prednisone ≤7.5 mg/day"
    ),
    _state("lldas", "lldas_drugs", "lldas_drugs", "LLDAS 5: farmaci", "LLDAS 5: drugs"),
    _state("lldas", "lldas5", "lldas5", "LLDAS con prednisone ≤5 mg/die", "LLDAS with prednisone ≤5 mg/day"),
)


def score_cell(scores: Mapping[str, Any], item: ScoreVariable) -> Cell:
    """The cell of a score variable: numbers and yes/no as numbers, a category as its code, unknown as
    None."""
    result = scores.get(item.rule)
    if not isinstance(result, Mapping):
        return None
    place = result if item.part in ("value", "minimum") else result.get("parts", {})
    found = place.get(item.part)
    if item.codes is _CATEGORY:
        return _CATEGORY_CODES.get(str(found))
    if isinstance(found, bool):
        return int(found)
    if found is None:
        return None
    return float(found) if item.kind == "number" else _integral(found)


def _integral(found: Any) -> int | float:
    """A whole number that may have travelled as the text of a float; anything else is refused when it is
    written."""
    number = float(found)
    return int(number) if number.is_integer() else number

"""Score columns of the classification, one line a subject: three sets of criteria, and what they rest on."""

from __future__ import annotations

from anifro_desktop.centre.scored import ScoreVariable, state, whole, yes_no

CLASSES: tuple[ScoreVariable, ...] = (
    state("acr1997", "value", "acr1997", "Criteri ACR 1997", "ACR 1997 criteria"),
    whole("acr1997", "count", "acr1997_n", "ACR 1997: criteri presenti", "ACR 1997: criteria present"),
    state("slicc2012", "value", "slicc2012", "Criteri SLICC 2012", "SLICC 2012 criteria"),
    whole("slicc2012", "n_clinical", "slicc2012_clin", "SLICC 2012: criteri clinici", "SLICC 2012: clinical"),
    whole(
        "slicc2012",
        "n_immunologic",
        "slicc2012_imm",
        "SLICC 2012: criteri immunologici",
        "SLICC 2012: immunologic",
    ),
    state("slicc2012", "rule_a", "slicc2012_a", "SLICC 2012: regola dei 4 criteri", "SLICC 2012: rule of 4"),
    state(
        "slicc2012",
        "rule_b",
        "slicc2012_b",
        "SLICC 2012: nefrite su biopsia e anticorpi",
        "SLICC 2012: nephritis on biopsy and antibodies",
    ),
    state("eular2019", "value", "eular2019", "Criteri EULAR/ACR 2019", "EULAR/ACR 2019 criteria"),
    yes_no(
        "eular2019", "eligible", "eular2019_entry", "EULAR/ACR 2019: ANA ≥1:80", "EULAR/ACR 2019: ANA ≥1:80"
    ),
    whole("eular2019", "total", "eular2019_total", "EULAR/ACR 2019: punti", "EULAR/ACR 2019: points"),
    whole(
        "eular2019",
        "minimum",
        "eular2019_min",
        "EULAR/ACR 2019: punti minimi certi, se incompleto",
        "EULAR/ACR 2019: certain minimum, if incomplete",
    ),
)

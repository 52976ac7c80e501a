"""Options read well under their question: they agree with it in Italian, and no code is said twice."""

from __future__ import annotations

import re

import pytest
from forms_builders import DEFINITIONS


@pytest.mark.parametrize(
    ("field", "code", "said"),
    [
        ("haptoglobin_low", 1, "Ridotta"),
        ("c3_low", 1, "Ridotto"),
        ("dsdna_raised", 1, "Aumentati"),
        ("clasi_scalp_scar", 0, "Assente"),
        ("clasi_x_ears", 2, "Gravi"),
        ("sdi_avascular_necrosis", 2, "Più di una"),
        ("on_methotrexate", 1, "In corso"),
        ("on_anifrolumab_iv", 0, "No"),
    ],
)
def test_an_option_agrees_with_its_question(field: str, code: int, said: str) -> None:
    codes = DEFINITIONS.fields[field].codes
    assert codes is not None
    label = codes.label(code)
    assert label is not None
    assert label.it == said


def test_no_label_repeats_the_code_that_stands_beside_it() -> None:
    repeated = [
        (name, code.value)
        for name, codes in DEFINITIONS.code_lists.items()
        for code in codes.codes
        for text in (code.label.it, code.label.en)
        if re.match(rf"{code.value}[ .)(]", text)
    ]
    assert repeated == []

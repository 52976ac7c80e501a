"""Wrong definition files: every fault at once, in words that name file, field and remedy."""

from __future__ import annotations

import pytest
from forms_builders import definition_texts

from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.loader import read


def faults_of(file: str, old: str, new: str) -> tuple[str, ...]:
    texts = definition_texts()
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(DefinitionFaults) as refused:
        read(texts)
    return refused.value.faults


FEVER = 'id = "fever"\n'
PLATELETS = 'id = "platelets"\n'


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "sledai2k.toml",
            FEVER,
            FEVER + 'untis = "Cel"\n',
            'sledai2k.toml, field fever: unknown key "untis"; did you mean "unit"?',
        ),
        (
            "laboratory.toml",
            PLATELETS,
            'id = "temperature_c"\n',
            'vitals.toml, field temperature_c: id "temperature_c" is already used by form laboratory',
        ),
        (
            "phga.toml",
            'id = "phga"\ntype',
            'id = "physician_global_assessment_0_3"\ntype',
            'phga.toml, field physician_global_assessment_0_3: id "physician_global_assessment_0_3" has 31 '
            "characters; at most 26 are allowed",
        ),
        (
            "phga.toml",
            'id = "phga"\ntype',
            'id = "PhGA"\ntype',
            'phga.toml, field PhGA: id "PhGA" must be lower-case letters, digits and _, starting with a letter',
        ),
        (
            "sledas.toml",
            'show_if = "rash == 1"',
            'show_if = "rahs == 1"',
            'sledas.toml, field rash_extent: show_if: unknown name "rahs"; did you mean "rash"?',
        ),
        (
            "sledas.toml",
            'show_if = "rash == 1"',
            'show_if = "rash = 1"',
            'sledas.toml, field rash_extent: show_if: "=" has no meaning in a condition (write "==")',
        ),
        (
            "sledas.toml",
            'show_if = "rash == 1"',
            'show_if = "rash == 2"',
            'sledas.toml, field rash_extent: show_if: "rash" has no code 2 (list absent_present)',
        ),
        (
            "sledas.toml",
            'show_if = "rash == 1"',
            'show_if = "visit_date == 1"',
            'sledas.toml, field rash_extent: show_if: "visit_date" is a date and cannot be compared with a number',
        ),
        (
            "sledas.toml",
            'show_if = "rash == 1"',
            'show_if = "sex == 1"',
            'sledas.toml, field rash_extent: show_if: unknown name "sex"',
        ),
        (
            "sledas.toml",
            'codes = "rash_extent"',
            'codes = "rash_extend"',
            'sledas.toml, field rash_extent: unknown code list "rash_extend"; did you mean "rash_extent"?',
        ),
        (
            "vitals.toml",
            'unit = "Cel"',
            'unit = "Cell"',
            'vitals.toml, field temperature_c: unknown unit "Cell"; did you mean "Cel"?',
        ),
        (
            "scales.toml",
            'line = [{ it = "0 nessun dolore", en = "0 no pain" }, ',
            "line = [",
            'scales.toml, field pain_vas: "line" needs a number and at least two marks',
        ),
        (
            "vitals.toml",
            'label = { it = "Peso", en = "Weight" }',
            'label = { it = "Peso" }',
            'vitals.toml, field weight_kg: "label" has no text in English (en)',
        ),
        (
            "vitals.toml",
            'label = { it = "Peso", en = "Weight" }',
            'label = { en = "Weight", it = "" }',
            'vitals.toml, field weight_kg: "label" has no text in Italian (it)',
        ),
        (
            "codelists.toml",
            'value = 1, label = { it = "Presente"',
            'value = 0, label = { it = "Presente"',
            "codelists.toml, list absent_present: code 0 is used twice",
        ),
        (
            "codelists.toml",
            'id = "rash_extent"\n',
            'id = "rash_extent"\nwithdrawn = [{ value = 2, label = { it = "a", en = "b" } }]\n',
            "codelists.toml, list rash_extent: code 2 was withdrawn and may not be used again",
        ),
        (
            "tombstones.toml",
            "# Ids",
            '[[withdrawn]]\nid = "fever"\nwhy = { it = "a", en = "b" }\n# Ids',
            'sledai2k.toml, field fever: id "fever" was used before and may not be used again (tombstones.toml)',
        ),
        (
            "tombstones.toml",
            "# Ids",
            '[[renamed]]\nold = "pga"\nnew = "plateltes"\nwhy = { it = "a", en = "b" }\n# Ids',
            'tombstones.toml: "pga" was renamed to "plateltes", which does not exist; did you mean "platelets"?',
        ),
        (
            "joints.toml",
            'field = "active28"',
            'field = "activ28"',
            'joints.toml, check active_above_counts: unknown field "activ28"; did you mean "active28"?',
        ),
        (
            "joints.toml",
            'severity = "hard"',
            'severity = "hart"',
            'joints.toml, check active_above_counts: "severity" cannot be "hart"; did you mean "hard"?',
        ),
        (
            "suggestions.toml",
            'field = "fever"',
            'field = "fevr"',
            'suggestions.toml, fevr: unknown field "fevr"; did you mean "fever"?',
        ),
        (
            "suggestions.toml",
            "piastrine {platelets}",
            "piastrine {platelet}",
            'suggestions.toml, thrombocytopenia: text: unknown field "platelet"; did you mean "platelets"?',
        ),
        (
            "vitals.toml",
            "hard = { min = 25, max = 45 }",
            "hard = { min = 45, max = 25 }",
            'vitals.toml, field temperature_c: "hard" has a min above its max',
        ),
        (
            "vitals.toml",
            "decimals = 1\nhard = { min = 25, max = 45 }",
            "decimals = 1",
            'vitals.toml, field temperature_c: a number needs "hard" limits',
        ),
        (
            "vitals.toml",
            "order = 110",
            'order = "110"',
            'vitals.toml: "order" must be a whole number',
        ),
        (
            "visit_summary.toml",
            '"lldas",',
            '"llda",',
            'visit_summary.toml: unknown score "llda"; did you mean "lldas"?',
        ),
        (
            "phga.toml",
            "order = 160",
            "order = 110",
            'vitals.toml: has the order 110 of form "phga"; each form needs its own',
        ),
        (
            "phga.toml",
            'type = "decimal"',
            'type = "decimals"',
            'phga.toml, field phga: "type" cannot be "decimals"; did you mean "decimal"?',
        ),
        (
            "phga.toml",
            "required = true",
            'missing = ["not_don"]',
            'phga.toml, field phga: unknown missing reason "not_don"; did you mean "not_done"?',
        ),
    ],
)
def test_a_fault_is_named_in_words(file: str, old: str, new: str, sentence: str) -> None:
    assert sentence in faults_of(file, old, new)


def test_a_ring_of_conditions_is_a_fault() -> None:
    faults = faults_of("treatment.toml", 'id = "gc_oral"\n', 'id = "gc_oral"\nshow_if = "gc_second == 1"\n')
    assert any("depend on one another in a ring" in sentence for sentence in faults)


def test_all_faults_of_all_files_are_told_at_once() -> None:
    texts = definition_texts()
    texts["phga.toml"] = texts["phga.toml"].replace("decimals = 2", "decimals = 2\nunitt = 1")
    texts["vitals.toml"] = texts["vitals.toml"].replace('unit = "kg"', 'unit = "kilo"')
    texts["joints.toml"] = "id = \n"
    with pytest.raises(DefinitionFaults) as refused:
        read(texts)
    told = refused.value.faults
    assert any(line.startswith("joints.toml: not a TOML file") for line in told)
    assert 'phga.toml, field phga: unknown key "unitt"; did you mean "unit"?' in told
    assert any(line.startswith("vitals.toml, field weight_kg: unknown unit") for line in told)
    assert all(line in str(refused.value) for line in told)
    assert refused.value.exit_code == 3


def test_a_table_that_is_no_table_is_a_fault_and_not_a_crash() -> None:
    texts = definition_texts()
    head = texts["phga.toml"].split("[[section]]")[0]
    for wrong in ("section = [3]", "section = 3", "section = [{ id = 3, label = 4, field = [5] }]"):
        with pytest.raises(DefinitionFaults) as refused:
            read({**texts, "phga.toml": f"{head}\n{wrong}\n"})
        assert [line for line in refused.value.faults if line.startswith("phga.toml")]

"""The definitions of the study: complete in both languages, in step with the rules, and stable."""

from __future__ import annotations

import re

import pytest
from forms_builders import DEFINITIONS, contract_inputs, definition_texts

from anifro_desktop.forms import inputs, oral_dose, scoring
from anifro_desktop.forms.loader import read
from anifro_desktop.forms.model import Field, Label
from anifro_desktop.forms.types import TYPES
from anifro_desktop.record import Missing
from anifro_desktop.scores import sledai2k
from anifro_desktop.scores.ceilings import DRUGS
from anifro_desktop.scores.contract import validate
from anifro_desktop.scores.prednisone import EQUIVALENT_TO_5
from anifro_desktop.study.schedule import PLANNED, TIMETABLE

FIELDS = list(DEFINITIONS.fields.values())


def every_label() -> list[tuple[str, Label]]:
    labels = [(form.id, form.label) for form in DEFINITIONS.forms]
    labels += [(form.id, form.help) for form in DEFINITIONS.forms]
    labels += [
        (f"{form.id}/{section.id}", section.label) for form in DEFINITIONS.forms for section in form.sections
    ]
    labels += [(item.id, text) for item in FIELDS for text in (item.label, item.help)]
    labels += [(item.id, item.unit_label) for item in FIELDS if item.unit_label is not None]
    labels += [(name, code.label) for name, codes in DEFINITIONS.code_lists.items() for code in codes.codes]
    labels += [(check.id, check.text) for check in DEFINITIONS.checks]
    labels += [(rule.field, rule.text) for rule in DEFINITIONS.suggestions.values()]
    return labels


def test_every_text_exists_in_both_languages() -> None:
    assert [name for name, label in every_label() if not label.it.strip() or not label.en.strip()] == []


def test_texts_do_not_address_the_reader_familiarly_or_shout() -> None:
    familiar = re.compile(r"!|\b(tu|tuo|tua|inserisci|scrivi|scegli|correggi|controlla)\b", re.IGNORECASE)
    assert [name for name, label in every_label() if familiar.search(label.it) or "!" in label.en] == []


@pytest.mark.parametrize("item", FIELDS, ids=lambda item: item.id)
def test_every_field_keeps_the_rules_of_the_study(item: Field) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,24}[a-z0-9]", item.id)
    assert item.type in TYPES
    assert item.unit == "" or item.unit_label is not None
    if item.type in ("integer", "decimal"):
        assert item.hard is not None
        assert item.soft is None or (item.hard.hold(item.soft.low) and item.hard.hold(item.soft.high))


def test_forms_stand_in_the_order_of_the_encounter() -> None:
    assert [form.id for form in DEFINITIONS.forms] == [
        "enrolment",
        "classification",
        "history",
        "schedule",
        "since_last",
        "vitals",
        "joints",
        "clasi",
        "laboratory",
        "sledai2k",
        "sledas",
        "phga",
        "treatment",
        "flare",
        "visit_summary",
        "damage",
        "scales",
        "sf36",
        "facit_fatigue",
        "eq5d5l",
        "lupusqol",
        "adverse_event",
        "hospitalisation",
        "administration",
        "gc_course",
        "gc_pulse",
        "drug_change",
        "vaccination",
        "pregnancy",
        "missed_visit",
        "reconsent",
        "lost",
        "withdrawal",
        "death",
    ]
    levels = {level: [form.id for form in DEFINITIONS.of_level(level)] for level in ("subject", "event")}
    assert levels["subject"] == ["enrolment", "classification", "history", "schedule"]
    assert levels["event"][0] == "adverse_event"
    assert len(levels["event"]) == 13
    assert {form.id for form in DEFINITIONS.forms if form.derived} == {"schedule"}


def test_each_result_is_carried_or_shown_by_one_form_of_its_level() -> None:
    carried = {form.id: form.scores for form in DEFINITIONS.forms if form.scores}
    assert carried == {
        "classification": ("acr1997", "slicc2012", "eular2019"),
        "visit_summary": (
            *("sledai2k", "prednisone", "sledas", "doris", "lldas", "sfi", "clasi", "joints", "sdi", "sf36"),
            *("facit_fatigue", "eq5d5l", "lupusqol", "pain_vas", "fatigue_vas", "ptga"),
        ),
    }
    assert carried["visit_summary"] == scoring.RULES
    shown = {form.id: form.live for form in DEFINITIONS.forms if form.live}
    assert shown == {"adverse_event": ("ae",)}
    named = [name for names in (*carried.values(), *shown.values()) for name in names]
    assert sorted(named) == sorted(scoring.RESULTS)


def test_points_of_the_form_equal_those_of_the_rule() -> None:
    points = {item.id: item.points for item in DEFINITIONS.form("sledai2k").fields}
    assert points == sledai2k.WEIGHTS
    assert list(points) == list(sledai2k.WEIGHTS)


def test_drugs_of_the_form_equal_those_of_the_rules() -> None:
    assert set(inputs.DRUGS) == set(DRUGS)
    for drug in DRUGS:
        assert DEFINITIONS.fields[f"on_{drug}"].codes is DEFINITIONS.code_lists["ongoing"]
        assert DEFINITIONS.fields[f"{drug}_dose"].show_if is not None
    assert set(oral_dose.GC_DRUGS) == set(DEFINITIONS.code_lists["gc_drug"].values)
    assert set(oral_dose.GC_DRUGS.values()) == set(EQUIVALENT_TO_5)


def test_every_planned_visit_has_its_code_and_its_window_fields() -> None:
    codes = DEFINITIONS.code_lists["planned_visit"].values
    assert codes == (*(visit.months for visit in TIMETABLE), 98, 99)
    assert codes == (0, 1, 3, 6, 9, 12, 24, 36, 48, 60, 98, 99)
    for visit in PLANNED[1:]:
        for part in ("target", "opens", "closes"):
            assert f"{visit.key}_{part}" in DEFINITIONS.fields


def test_every_answer_a_field_admits_is_admitted_by_the_rules() -> None:
    """Both ends of every limit, given to every rule: nothing the form takes is out of the contract's range."""
    for end in ("low", "high"):
        answers = {
            item.id: (
                item.codes.values[0 if end == "low" else -1]
                if item.codes is not None
                else (int if item.type == "integer" else lambda value: value)(getattr(item.hard, end))  # type: ignore[operator]
            )
            for item in FIELDS
            if item.codes is not None or item.hard is not None
        }
        for name, result in scoring.RESULTS.items():
            assert validate(result.rule, contract_inputs(name, answers, answers)) == [], name


def test_same_as_last_visit_is_not_offered_where_it_must_not_be() -> None:
    carried = {item.id for item in FIELDS if item.carry}
    assert not carried & {"phga", "temperature_c", "platelets", "wbc", "stable", "pulse_30d", "visit_date"}
    assert {"rash", "weight_kg", "gc1_mg", "on_azathioprine"} <= carried
    assert not [item.id for item in FIELDS if item.carry and item.patient_scale]


def test_what_may_leave_is_listed_and_free_text_and_the_enrolment_date_are_not() -> None:
    staying = {item.id for item in FIELDS if not item.export}
    assert staying == {
        *("consent_version", "enrolment_date", "summary_comment", "ever_other_drug_name"),
        *("ae_verbatim", "zos_sequelae_text", "sinf_organism_text", "neo_site_text", "neo_histology"),
        *("expected_version", "treatment_text", "meddra_pt", "meddra_version"),
        *("ad_batch", "dc_drug_text", "dc_reason_text", "vx_name", "pr_anomaly_text"),
        *("rc_version", "wd_reason_text", "de_cause_text"),
    }
    # What the site writes itself when sending, and the half-year of enrolment.
    assert {item.id for item in FIELDS if item.type == "text"} - staying == {"enrolment_half"}


def test_missing_reasons_are_offered_except_where_an_answer_is_indispensable() -> None:
    assert DEFINITIONS.fields["platelets"].missing == tuple(Missing)
    assert DEFINITIONS.fields["visit_date"].missing == ()


def test_digest_depends_on_content_and_not_on_layout() -> None:
    texts = definition_texts()
    laid_out = {
        name: "# a comment\r\n" + re.sub(r"(?m)^(\w+) = ", r"\1   =  ", text).replace("\n", "\r\n")
        for name, text in texts.items()
    }
    assert read(laid_out).digest == DEFINITIONS.digest
    assert re.fullmatch(r"[0-9a-f]{64}", DEFINITIONS.digest)
    changed = {**texts, "phga.toml": texts["phga.toml"].replace("ultimo mese", "ultimo anno")}
    assert read(changed).digest != DEFINITIONS.digest


def test_each_type_has_its_names_elsewhere() -> None:
    for name, kind in TYPES.items():
        assert name == kind.NAME
        assert kind.STATA
        assert kind.ODM
        assert kind.REDCAP[0] in ("radio", "text", "notes")

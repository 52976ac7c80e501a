"""Blank paper forms ask what the screen asks: every question, option, unit and condition, in both languages."""

from __future__ import annotations

import html

import pytest
from forms_builders import DEFINITIONS

from anifro_desktop.forms import texts
from anifro_desktop.forms.paper import form_html, printable
from anifro_desktop.forms.paper_words import condition_words

FORMS = printable(DEFINITIONS)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_question_with_all_its_options_is_printed(form, lang: str) -> None:
    page = form_html(DEFINITIONS, form, lang)
    for item in form.fields:
        if item.computed:
            continue
        assert html.escape(item.label.get(lang)) in page
        for code in item.codes.codes if item.codes is not None else ():
            assert f"{code.value}&nbsp;{html.escape(code.label.get(lang))}" in page
        for reason in item.missing:
            assert html.escape(texts.MISSING[reason].get(lang).lower()) in page
        if item.unit_label is not None:
            assert html.escape(item.unit_label.get(lang)) in page


def test_nothing_that_the_program_works_out_is_asked() -> None:
    page = form_html(DEFINITIONS, DEFINITIONS.form("adverse_event"), "it")
    assert "Ricovero" in page
    assert f"<td width='38%'>{DEFINITIONS.fields['ae_serious'].label.it}" not in page


@pytest.mark.parametrize("lang", ["it", "en"])
def test_a_condition_is_told_in_words(lang: str) -> None:
    for item in DEFINITIONS.fields.values():
        if item.show_if is None:
            continue
        said = condition_words(DEFINITIONS, item.show_if.text, lang)
        for name in item.show_if.names & DEFINITIONS.fields.keys():
            assert html.escape(DEFINITIONS.fields[name].label.get(lang)) in said
        assert "==" not in said
    assert condition_words(DEFINITIONS, "gc_oral == 1", "it") == "«Glucocorticoide per os» = Sì"


def test_a_number_has_a_cell_for_each_of_its_digits() -> None:
    page = form_html(DEFINITIONS, DEFINITIONS.form("vitals"), "it")
    assert "|__|__|__| , |__| kg" in page


def test_a_condition_of_many_questions_is_said_once() -> None:
    clasi = form_html(DEFINITIONS, DEFINITIONS.form("clasi"), "it")
    assert clasi.count("solo se «Lesioni o esiti di cute, mucose o capelli» = Sì") == 1
    joints = form_html(DEFINITIONS, DEFINITIONS.form("joints"), "en")
    both = condition_words(DEFINITIONS, "joint_method == 1 or joint_method == 2", "en")
    assert joints.count(f"<p class='small'>(a) only if {both}</p>") == 1
    assert "Right wrist <span class='small'>(a)</span>" in joints
    assert "Right ankle <span class='small'>(b)</span>" in joints
    assert joints.count("Replaced or fused and not tender: normal.") == 1


@pytest.mark.parametrize("lang", ["it", "en"])
def test_sledai_stands_with_its_definitions(lang: str) -> None:
    form = DEFINITIONS.form("sledai2k")
    page = form_html(DEFINITIONS, form, lang)
    assert html.escape(form.help.get(lang)) in page
    for item in form.fields:
        definition = item.help.get(lang).partition(". ")[2]
        assert html.escape(definition) in page


def test_scales_are_lines_with_words_at_their_ends() -> None:
    page = form_html(DEFINITIONS, DEFINITIONS.form("scales"), "it")
    for words in ("0 nessun dolore", "100 dolore massimo", "0 nessuna fatica", "100 attività massima"):
        assert words in page
    phga = form_html(DEFINITIONS, DEFINITIONS.form("phga"), "en")
    assert [f">{mark}</td>" in phga for mark in (0, 1, 2, 3)] == [False, True, True, False]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_name_of_who_fills_it_in_has_a_line_of_its_own(form) -> None:
    page = form_html(DEFINITIONS, form, "it")
    assert f"<p>Compilata da {'_' * 40}</p>" in page

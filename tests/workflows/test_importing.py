"""Taking a spreadsheet over: tried first, every row accepted or refused, entered as a transcription, never twice."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from import_parts import (
    COLUMNS,
    EXAMPLES,
    FILE,
    FIRST,
    MAPPING,
    OTHER,
    SECOND,
    acts,
    bring,
    csv_of,
    reasons,
    states,
)
from study_parts import DAY_0, PASSPHRASE, dump

from anifro_desktop.forms import load
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.workflows import checking, mistakes, patients, visits
from anifro_desktop.workflows.errors import NotYourRole, WrongSigner
from anifro_desktop.workflows.importing.loading import read_plan
from anifro_desktop.workflows.importing.tables import read_table
from anifro_desktop.workflows.importing.taking import begin, take
from anifro_desktop.workflows.importing.telling import Teller
from anifro_desktop.workflows.importing.words import FaultyTable
from anifro_desktop.workflows.site import Site


def answers(site: Site, subject: str, key: str) -> dict[str, Any]:
    """The answers of a record as the window would show them."""
    row = next(row for row in site.clinical.entries(subject) if row.key == key)
    return dict(visits.put_on_desk(site, row).session.answers)


# The worked examples of the page


def example(site: Site, name: str, *, apply: bool) -> Any:
    data = (EXAMPLES / f"{name}.csv").read_bytes()
    return bring(site, data, (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"), apply=apply)


def test_the_spreadsheet_of_the_page_becomes_two_patients(site: Site) -> None:
    tried, taken = example(site, "spreadsheet", apply=False), example(site, "spreadsheet", apply=True)
    assert states(tried) == states(taken) == ["new", "new", "new", "refused"]
    one, _, two, bad = taken.outcomes
    names = sorted(row.name for row in patients.patients(site))
    assert names == ["Sintetica Prova Uno", "Sintetico Prova Due"]
    baseline = answers(site, one.subject, "baseline")
    assert (str(baseline["phga"]), str(baseline["haemoglobin"]), baseline["platelets"]) == (
        "1.8",
        "11.8",
        184,
    )
    assert (baseline["rash"], baseline["creatinine_unit"]) == (1, 1)
    assert "alopecia" not in baseline  # what the file does not ask is not answered, and never 0
    later = answers(site, one.subject, "m06")
    assert (later["visit_date"], later["platelets"], later["rash"]) == (date(2026, 9, 4), 202, 0)
    pulse = answers(site, one.subject, "gp-001")
    assert (pulse["gcp_date"], str(pulse["gcp_mg"]), pulse["gcp_drug"]) == (date(2026, 5, 2), "500", 3)
    other = answers(site, two.subject, "baseline")
    assert other["haemoglobin"] == "not_done"
    assert not {"creatinine", "creatinine_unit"} & set(other)
    assert answers(site, two.subject, "")["age_at_enrolment"] == 46
    (reason,) = bad.reasons
    assert (reason.column, reason.field, reason.what.code) == ("Data visita", "visit_date", "cell_date")
    assert checking.verify(site) == []


def test_the_redcap_export_of_the_page_with_boxes_events_and_repeats(site: Site) -> None:
    taken = example(site, "redcap", apply=True)
    assert states(taken) == ["new", "new", "new", "new", "new", "nothing", "skipped"]
    subject = taken.outcomes[0].subject
    first, later = answers(site, subject, "baseline"), answers(site, subject, "m06")
    assert (first["rash"], first["alopecia"], str(first["haemoglobin"])) == (1, 0, "11.8")
    assert (later["rash"], later["alopecia"], later["haemoglobin"]) == (0, 0, "not_done")
    assert answers(site, subject, "")["sex"] == 1  # 2 in the project
    assert answers(site, subject, "ae-001")["ae_start"] == "2026-04"
    assert answers(site, subject, "ae-002")["ae_grade"] == 2
    unticked = answers(site, taken.outcomes[4].subject, "baseline")
    assert not {"rash", "alopecia"} & set(unticked)  # no box of the question is ticked: nobody answered it
    assert states(example(site, "redcap", apply=True))[:5] == ["there"] * 5


# Trial, trail, twice


def test_a_trial_says_what_will_be_and_changes_nothing(site: Site) -> None:
    before, head = dump(site), site.clinical.audit_head()
    tried = bring(site, FILE, apply=False)
    assert (dump(site), site.clinical.audit_head(), site.names) == (before, head, {})
    assert [[(one.key, one.state) for one in outcome.made] for outcome in tried.outcomes] == [
        [("", "signed"), ("baseline", "draft")],
        [("m06", "draft")],
        [("", "signed"), ("baseline", "draft")],
    ]
    assert {outcome.subject for outcome in tried.outcomes} == {""}  # no code was given to anybody
    assert states(bring(site, FILE)) == states(tried)


def test_every_answer_is_a_transcription_that_names_file_and_row(site: Site) -> None:
    taken = bring(site, FILE, MAPPING + "alopecia = { column = 'rash', values = { si = 1, no = 0 } }\n")
    subject = taken.outcomes[1].subject
    row = next(row for row in site.clinical.entries(subject) if row.key == "m06")
    notes = visits.put_on_desk(site, row).session.notes
    assert notes["phga"].kind == "transcribed"
    assert notes["phga"].text == f"sha256:{taken.digest} row 3"
    told = acts(site)
    assert [(file, fact["row"]) for file, fact in told] == [
        (taken.digest, 2),
        (taken.digest, 3),
        (taken.digest, 4),
    ]
    assert told[1][1]["records"] == {"visit#1": "m06"}
    assert told[1][1]["subject"] == subject
    assert checking.verify(site) == []


def test_the_same_file_twice_changes_nothing_and_says_so(site: Site) -> None:
    bring(site, FILE)
    before, head = dump(site), site.clinical.audit_head()
    again = bring(site, FILE)
    assert states(again) == ["there"] * 3
    assert (dump(site), site.clinical.audit_head()) == (before, head)


def test_a_later_file_with_more_rows_goes_on_with_the_same_patients(site: Site) -> None:
    first = bring(site, csv_of(FIRST))
    later = bring(site, FILE)
    assert states(later) == ["there", "new", "new"]
    assert later.outcomes[1].subject == first.outcomes[0].subject
    assert len(patients.patients(site)) == 2


def test_what_was_corrected_here_or_was_a_mistake_is_not_entered_again(site: Site) -> None:
    subject = bring(site, FILE).outcomes[0].subject
    rows = {row.key: row for row in site.clinical.entries(subject)}
    opened = visits.put_on_desk(site, rows["m06"])
    opened.session.set_text("phga", "0,7")
    visits.save_draft(site, opened, opened.session.entries(["phga"]))
    with site.clinical.transaction():
        mistakes.declare(site, rows["baseline"], 1, "")
    before = dump(site)
    again = bring(site, FILE)
    assert states(again) == ["there"] * 3
    assert [note.what.code for note in again.outcomes[0].notes] == ["row_mistake"]
    assert dump(site) == before
    mended = bring(site, FILE, MAPPING + "\n")  # another mapping: somebody has looked at it
    assert [[one.key for one in outcome.made] for outcome in mended.outcomes] == [["baseline"], [], []]
    assert states(mended) == ["new", "refused", "there"]


def test_a_row_that_contradicts_a_record_is_refused_and_the_record_stays(site: Site) -> None:
    subject = bring(site, FILE).outcomes[0].subject
    before = dump(site)
    changed = bring(site, csv_of(FIRST, SECOND | {"phga": "0,6", "plt": "211"}, OTHER))
    assert states(changed) == ["there", "refused", "there"]
    (reason,) = changed.outcomes[1].reasons
    assert reason.what.code == "row_differs"
    assert reason.what.blanks["fields"] == "phga, platelets"
    assert "0" not in reason.what.get("en").replace("Month 6", "")  # neither the old value nor the new one
    assert dump(site) == before
    assert str(answers(site, subject, "m06")["phga"]) == "0.5"


def test_a_row_that_gives_less_is_there_and_one_that_gives_more_is_not(site: Site) -> None:
    bring(site, csv_of(FIRST))
    assert states(bring(site, csv_of(FIRST | {"plt": ""}))) == ["there"]
    bring(site, csv_of(OTHER | {"plt": ""}))
    assert states(bring(site, csv_of(OTHER))) == ["refused"]


def test_an_event_is_known_by_its_day_and_its_name(site: Site) -> None:
    mapping = MAPPING + (
        '[[record]]\nform = "gc_pulse"\n[record.fields]\ngcp_date = "bolo"\ngcp_mg = "mg"\n'
        'gcp_drug = { always = 3, with = "bolo" }\n'
    )
    columns = (*COLUMNS, "bolo", "mg")
    pulse = {"id": "1", "bolo": "02/05/2026", "mg": "500"}

    def file(*rows: dict[str, str]) -> bytes:
        return csv_of(FIRST, *rows, columns=columns)

    taken = bring(site, file(pulse, pulse | {"bolo": "03/05/2026"}, pulse), mapping)
    assert states(taken) == ["new", "new", "new", "there"]  # the last one twice in the file
    assert states(bring(site, file(pulse | {"mg": "250"}), mapping)) == ["there", "refused"]
    assert len(site.clinical.events(taken.outcomes[0].subject)) == 2


def rows_by_chance(chance: random.Random, number: int) -> list[dict[str, str]]:
    """A few patients with visits, among them what is wrong, alike, repeated or missing."""
    rows: list[dict[str, str]] = []
    for patient in range(chance.randint(1, 4)):
        key = f"{number}-{patient}"
        person = {
            "id": key,
            "cognome": f"Sintetica{number}{'abcd'[patient] * 3}",
            "nome": chance.choice(("Prova", "")),
        }
        rows.append(
            FIRST
            | person
            | {"sesso": chance.choice(("F", "M", "?")), "plt": chance.choice(("184", "0", "12"))}
        )
        for visit in chance.sample(
            ("04/09/2026", "04/09/2026", "20/10/2026", "31/02/2026", ""), chance.randint(0, 3)
        ):
            rows.append({"id": key, "visita": visit, "phga": chance.choice(("0,5", "7", "nd")), "rash": "no"})
    if chance.random() < 0.6:
        rows.append(dict(chance.choice(rows)))
    chance.shuffle(rows)
    return rows


def test_what_a_trial_says_is_what_happens_and_a_second_time_nothing_does(site: Site) -> None:
    chance = random.Random(20260304)
    seen: set[str] = set()
    for number in range(15):
        file = csv_of(*rows_by_chance(chance, number))
        tried, taken = bring(site, file, apply=False), bring(site, file)
        assert states(tried) == states(taken)
        assert [reasons(outcome) for outcome in tried.outcomes] == [
            reasons(outcome) for outcome in taken.outcomes
        ]
        before, again = dump(site), bring(site, file)
        assert dump(site) == before
        assert [{"new": "there"}.get(state, state) for state in states(taken)] == states(again)
        seen |= set(states(taken))
    assert seen == {"new", "there", "refused"}
    assert checking.verify(site) == []


# The checks of the window


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phga": "7"}, "phga"),
        ({"phga": "<0,3"}, "phga"),
        ({"phga": "1.8"}, "phga"),
        ({"plt": "184,5"}, "platelets"),
        ({"plt": "9999"}, "platelets"),
        ({"rash": "forse"}, "rash"),
        ({"visita": "04/09/26"}, "visit_date"),
        ({"visita": ""}, "visit_date"),
        ({"visita": "24/11/2026"}, ""),
        ({"rash": "nd"}, None),
    ],
    ids=str,
)
def test_what_the_window_would_refuse_refuses_its_row_alone(
    site: Site, change: dict[str, str], field: str | None
) -> None:
    file = csv_of(FIRST, SECOND | change, OTHER)
    tried = bring(site, file, apply=False)
    assert states(tried) == ["new", "new" if field is None else "refused", "new"]
    if field is not None:
        assert [reason.field for reason in tried.outcomes[1].reasons] == [field]
        assert all(reason.what.get(lang) for reason in tried.outcomes[1].reasons for lang in ("it", "en"))
    assert states(bring(site, file)) == states(tried)


def test_an_unusual_value_is_taken_and_noted(site: Site) -> None:
    (outcome,) = bring(site, csv_of(FIRST | {"plt": "12"})).outcomes
    assert (outcome.state, [note.field for note in outcome.notes]) == (
        "new",
        ["platelets", "thrombocytopenia"][:1],
    )
    (row,) = [row for row in site.clinical.entries(outcome.subject) if row.key == "baseline"]
    assert row.state == "draft"


def test_signed_records_are_signed_and_a_contradiction_refuses_them(site: Site) -> None:
    mapping = MAPPING + 'thrombocytopenia = { column = "rash", values = { si = 0, no = 1 } }\n'
    signing = mapping.replace('date = "visita"', 'date = "visita"\nsign = true')
    assert states(bring(site, csv_of(FIRST | {"plt": "84"}), signing)) == ["refused"]
    (noted,) = bring(site, csv_of(FIRST | {"plt": "84"}), mapping).outcomes
    assert [note.what.code for note in noted.notes] == ["row_contradiction"]
    assert "84" not in noted.notes[0].what.plain("en")
    taken = bring(site, csv_of(OTHER), signing)
    assert [one.state for one in taken.outcomes[0].made] == ["signed", "signed"]


def test_rows_are_typed_in_the_order_of_the_visits_whatever_their_order_in_the_file(site: Site) -> None:
    mapping = MAPPING.replace('date = "visita"', 'date = "visita"\nsign = true')
    taken = bring(site, csv_of(SECOND, FIRST), mapping)
    assert states(taken) == ["new", "new"]
    opened = visits.open_visit(site, taken.outcomes[0].subject, "m06", date(2026, 9, 4))
    assert opened.session.previous is not None
    assert opened.session.previous.key == "baseline"


def test_without_its_enrolment_nothing_of_a_patient_is_entered(site: Site) -> None:
    taken = bring(site, csv_of(FIRST | {"sesso": "X"}, SECOND, OTHER))
    assert states(taken) == ["refused", "refused", "new"]
    assert reasons(taken.outcomes[1]) == ["row_not_enrolled"]


def test_who_is_not_eligible_gets_no_visits(site: Site) -> None:
    before = dump(site)
    taken = bring(site, csv_of(FIRST | {"nato": "20/05/2012"}, SECOND))
    assert states(taken) == ["refused", "refused"]
    assert reasons(taken.outcomes[0]) == ["row_screening"]
    assert dump(site) == before


# What of a row goes where


def test_an_answer_for_each_part_of_a_visit_may_come_from_a_block_of_its_own(site: Site) -> None:
    parts = MAPPING.replace(
        'platelets = "plt"', '[[record]]\nform = "visit"\ndate = "visita"\n[record.fields]\nplatelets = "plt"'
    )
    (outcome,) = bring(
        site, csv_of(FIRST), parts.replace('date = "visita"', 'visit = "baseline"\ndate = "visita"')
    ).outcomes
    held = answers(site, outcome.subject, "baseline")
    assert (str(held["phga"]), held["platelets"]) == ("1.8", 184)
    signing = parts.replace('date = "visita"', 'visit = "baseline"\nsign = true\ndate = "visita"')
    assert states(bring(site, csv_of(OTHER), signing)) == ["refused"]


def test_where_a_row_came_from_stays_at_the_site(site: Site, tmp_path: Path) -> None:
    taken = bring(site, csv_of(FIRST), MAPPING.replace('date = "visita"', 'date = "visita"\nsign = true'))
    leaving = [
        pseudonymise(item, site.definitions, DAY_0)
        for item in site.clinical.revisions(taken.outcomes[0].subject)
    ]
    kinds = {note["kind"] for item in leaving for note in item.notes.values() if isinstance(note, dict)}
    assert kinds == {"transcribed"}
    assert taken.digest not in json.dumps([item.to_json() for item in leaving])


@pytest.mark.parametrize(
    ("change", "where", "why"),
    [
        ({"nato": "20/05/1890"}, 'column "nato" (birth_date), date', "0 to 120 years"),
        ({"nato": "20/05/2027"}, 'column "nato" (birth_date), date', "in the future"),
        ({"cognome": '"Sinte\ntica"'}, 'column "cognome" (surname), text', "line break"),
        ({"nome": '"Pro\tva"'}, 'column "nome" (name), text', "line break"),
        ({"phga": "nan"}, 'column "phga" (phga), text', "not a number"),
    ],
)
@pytest.mark.parametrize("sign", [False, True])
def test_what_is_refused_is_said_with_its_column_and_why(
    site: Site, change: dict[str, str], where: str, why: str, sign: bool
) -> None:
    mapping = MAPPING.replace('date = "visita"', 'date = "visita"\nsign = true') if sign else MAPPING
    taken = bring(site, csv_of(FIRST | change), mapping, apply=False)
    told = [Teller("en", str).said(remark) for remark in taken.outcomes[0].reasons]
    assert len([line for line in told if line.startswith(where) and why in line]) == 1, told
    if not sign:
        assert len(told) == 1


# Who may, and what goes where


def test_who_signs_enrolments_at_a_window_is_named_first(site: Site) -> None:
    plan = read_plan(MAPPING.encode(), site.definitions)
    table = read_table(FILE, plan.layout)
    for person in ("", "U99"):
        with pytest.raises(WrongSigner):
            begin(site, plan, table, PASSPHRASE, person)
    assert begin(site, plan, table, PASSPHRASE, site.person.code.lower()).go_on()


def test_a_wrong_passphrase_enters_nothing(site: Site) -> None:
    plan = read_plan(MAPPING.encode(), site.definitions)
    before = dump(site)
    with pytest.raises(WrongPassphrase):
        take(site, plan, read_table(FILE, plan.layout), "un'altra frase di prova")
    assert dump(site) == before
    assert PASSPHRASE not in json.dumps(acts(site))


def test_a_role_that_enters_nothing_does_not_import_either(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = site.keys.user
    monkeypatch.setattr(type(site), "may", lambda _self, *roles: bool({"monitor"} & set(roles)))
    with pytest.raises(NotYourRole):
        bring(site, FILE, apply=False)
    assert user.roles


def test_a_column_without_a_place_is_refused_and_so_is_a_place_without_its_column(site: Site) -> None:
    before = dump(site)
    extra = csv_of(FIRST | {"peso": "60"}, columns=(*COLUMNS, "peso"))
    with pytest.raises(FaultyTable, match="peso"):
        bring(site, extra)
    assert states(bring(site, extra, 'ignore = ["peso"]\n' + MAPPING, apply=False)) == ["new"]
    with pytest.raises(FaultyTable, match='"plt"; did you mean "pltt"'):
        bring(site, csv_of(FIRST, columns=(*COLUMNS[:8], "pltt", "rash")))
    assert dump(site) == before


def test_a_ragged_row_is_refused_and_the_others_are_not(site: Site) -> None:
    data = csv_of(FIRST, SECOND, OTHER).split(b"\n")
    data[2] += b";x"
    taken = bring(site, b"\n".join(data))
    assert states(taken) == ["new", "refused", "new"]
    assert reasons(taken.outcomes[1]) == ["row_ragged"]


def test_rows_without_a_rule_are_named(site: Site) -> None:
    mapping = MAPPING.replace('form = "visit"', 'form = "visit"\nwhen = { rash = ["si", "no"] }').replace(
        'form = "enrolment"', 'form = "enrolment"\nwhen = { rash = "si" }'
    )
    taken = bring(site, csv_of(FIRST, SECOND | {"rash": "boh"}), mapping)
    assert (states(taken), reasons(taken.outcomes[1])) == (["new", "refused"], ["row_no_rule"])


def test_definitions_have_what_the_examples_use() -> None:
    for name in ("spreadsheet", "redcap"):
        assert read_plan((EXAMPLES / f"{name}.toml").read_bytes(), load()).blocks

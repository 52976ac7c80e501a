"""An amendment of the study at a site: drafts move with a preview, what was completed stays under its own version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pack_builders import (
    BEFORE,
    CURRENT,
    FOREIGN,
    FOREIGN_BEFORE,
    FOREIGN_LIBRARY,
    GONE_CODE,
    LIBRARY,
    NEW,
    OLDER,
    RENAMED,
    WITHDRAWN,
)
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    enrol,
    fill,
    opened_site,
    scores_of,
    sent_records,
    signed,
    type_in,
    vector,
    versions,
)

from anifro_desktop.forms.library import Library
from anifro_desktop.workflows import events, moving, sending, visits
from anifro_desktop.workflows.checking import verify
from anifro_desktop.workflows.errors import NotYourRole, PackRefused
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.rehearsing import rehearse
from anifro_desktop.workflows.site import Site
from anifro_desktop.workflows.transcription import read_transcript

MONTH_6, MONTH_12 = date(2026, 9, 3), date(2026, 11, 10)
# What the older pack asks under its own ids, and what the current one cannot have.
OLD_IDS = {"body_mass_kg": "61", "pred1_mg": "12.5"}
ODD = {WITHDRAWN: "90", "height_cm": "250", "dsdna_method": str(GONE_CODE)}


class Desk:
    """A site that is closed and opened again under other packs."""

    def __init__(self, folder: Path, clock: TestClock) -> None:
        self._folder, self._clock = folder, clock
        self.site = self._open(BEFORE)

    def _open(self, packs: Library) -> Site:
        site = opened_site(self._folder, self._clock)
        site.library, site.definitions = packs, packs.current
        return site

    def under(self, packs: Library) -> Site:
        self.site.close()
        self.site = self._open(packs)
        return self.site


@pytest.fixture
def desk(site_folder: Path, clock: TestClock) -> Iterator[Desk]:
    made = Desk(site_folder, clock)
    yield made
    assert verify(made.site) == []
    made.site.close()


@pytest.fixture
def subject(desk: Desk) -> str:
    """Enrolled before the amendment, with a signed baseline and month 6 in draft."""
    code = enrol(desk.site)
    signed(desk.site, code, "baseline", DAY_0, **OLD_IDS)
    fill(desk.site, code, "m06", MONTH_6, 1, **OLD_IDS, **ODD)
    return code


def opened(site: Site, subject: str, key: str) -> OpenVisit:
    return visits.open_visit(site, subject, key, MONTH_6)


def of_pack(site: Site, subject: str, key: str) -> set[str]:
    return {item.definition for item in site.clinical.revisions(subject, key)}


def settled(site: Site, visit: OpenVisit) -> None:
    """What the move left to settle, settled."""
    type_in(site, visit, {"height_cm": "168", "dsdna_method": "3"})


def test_a_draft_opens_in_its_own_version_and_a_preview_changes_nothing(desk: Desk, subject: str) -> None:
    site = desk.under(LIBRARY)
    visit = opened(site, subject, "m06")
    assert visit.session.definitions.digest == OLDER.digest
    assert visit.session.answers["pred1_mg"] == Decimal("12.5")
    assert visit.session.answers[WITHDRAWN] == 90
    head = site.clinical.audit_head()
    move = moving.preview(site, visit)
    assert move is not None
    assert {item.field: item.now for item in move.renamed} == RENAMED
    assert [item.field for item in move.aside] == [WITHDRAWN]
    assert {item.field for item in move.unfit} == {"height_cm", "dsdna_method"}
    assert [item.id for item in move.opened] == [NEW]
    assert site.clinical.audit_head() == head
    assert opened(site, subject, "m06").session.definitions.digest == OLDER.digest


def test_a_draft_that_is_moved_keeps_every_answer_and_is_signed_under_the_new_version(
    desk: Desk, subject: str
) -> None:
    site = desk.under(LIBRARY)
    visit = opened(site, subject, "m06")
    before = dict(visit.session.answers)
    moved = moving.move_to_current(site, visit)
    assert moved.session.definitions is CURRENT
    after = dict(moved.session.answers)
    assert {RENAMED.get(name, name): value for name, value in before.items() if name not in ODD} == after
    assert {name: moved.session.state(name).raw_text for name in ("height_cm", "dsdna_method")} == {
        "height_cm": "250",
        "dsdna_method": "Immunofluorescenza",
    }
    assert [(item.field, item.label.en, item.text.en) for item in moving.laid_aside(site, moved)] == [
        (WITHDRAWN, "Waist", "90")
    ]
    (told,) = [
        item.entry for item in site.clinical.audit_entries(table="visits", record=visit.id, field="pack")
    ][1:]
    assert (told.old, told.new, told.reason) == (OLDER.digest, CURRENT.digest, "pack_moved")
    (act,) = site.clinical.audit_entries(table="act", record=visit.id, field="pack_moved")
    assert isinstance(act.entry.new, dict)
    assert (act.entry.new["from"], act.entry.new["to"], act.entry.new["aside"]) == (
        "2026.1",
        "2027.1",
        [WITHDRAWN],
    )
    # Locked and opened again, it is the same; nothing is left to move.
    site = desk.under(LIBRARY)
    again = opened(site, subject, "m06")
    assert dict(again.session.answers) == after
    assert again.session.state("height_cm").raw_text == "250"
    assert moving.preview(site, again) is None
    settled(site, again)
    visits.sign_confirmed(site, again, "responsible")
    assert of_pack(site, subject, "m06") == {CURRENT.digest}
    assert of_pack(site, subject, "baseline") == {OLDER.digest}
    assert scores_of(site, subject, "m06")["prednisone"]["value"] == "15.625"  # 12.5 mg of methylprednisolone
    assert moving.laid_aside(site, again)


def test_a_draft_that_is_not_moved_is_completed_under_its_own_version(desk: Desk, subject: str) -> None:
    site = desk.under(LIBRARY)
    visit = opened(site, subject, "m06")
    visits.sign_confirmed(site, visit, "responsible")
    assert of_pack(site, subject, "m06") == {OLDER.digest}
    (vitals,) = site.clinical.revisions(subject, "m06", "vitals")
    assert vitals.values["body_mass_kg"] == "61"
    assert vitals.values[WITHDRAWN] == 90
    assert scores_of(site, subject, "m06")["prednisone"]["value"] == "15.625"  # 12.5 mg of methylprednisolone
    with pytest.raises(PackRefused, match="amend it first"):
        moving.move_to_current(site, visit)


def test_what_was_completed_is_read_by_its_own_version_and_stands_beside_new_visits(
    desk: Desk, subject: str
) -> None:
    kept = [item.to_json() for item in desk.site.clinical.revisions(subject, "baseline")]
    site = desk.under(LIBRARY)
    baseline = opened(site, subject, "baseline")
    assert baseline.session.definitions.digest == OLDER.digest
    recorded = scores_of(site, subject, "baseline")
    assert baseline.session.scores["sledai2k"].value == recorded["sledai2k"]["value"]
    assert baseline.session.scores["prednisone"].value == float(recorded["prednisone"]["value"])
    later = visits.open_visit(site, subject, "m12", MONTH_12)
    assert later.session.definitions is CURRENT
    assert later.session.state("weight_kg").previous == Decimal("61")
    type_in(site, later, {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": "10", "gc1_cycle_days": 1, "gc_second": 0})
    assert later.session.changes("prednisone").baseline == -2.5
    # A draft of the older version, read beside what is new, keeps to its own ids.
    assert opened(site, subject, "m06").session.state("body_mass_kg").previous == Decimal("61")
    assert [item.to_json() for item in site.clinical.revisions(subject, "baseline")] == kept


def test_amending_may_stay_with_the_old_version_or_move_first(desk: Desk, subject: str) -> None:
    site = desk.under(LIBRARY)
    stays = opened(site, subject, "baseline")
    offered = moving.preview(site, stays)
    assert offered is not None
    assert offered.kept == len(stays.session.answers)
    visits.amend(site, stays, 2)
    type_in(site, stays, {"body_mass_kg": "62"})
    visits.complete(site, stays)
    assert versions(site, subject, "baseline")["vitals"] == 2
    assert of_pack(site, subject, "baseline") == {OLDER.digest}
    visits.sign(site, stays, "responsible", PASSPHRASE)
    visits.amend(site, stays, 2)
    moved = moving.move_to_current(site, stays)
    assert moved.state == "amending"
    assert moved.session.answers["weight_kg"] == Decimal("62")
    visits.complete(site, moved)
    now = site.clinical.revisions(subject, "baseline")
    assert {item.definition for item in now} == {CURRENT.digest}
    assert not any(item.signature for item in now)
    history = site.clinical.revisions(subject, "baseline", "vitals", latest=False)
    assert [(item.ver, item.definition) for item in history] == [
        (1, OLDER.digest),
        (2, OLDER.digest),
        (3, CURRENT.digest),
    ]
    assert history[0].signature
    assert now[0].why == "2"


def test_both_versions_leave_the_site_side_by_side(
    desk: Desk, subject: str, pisa: Pisa, tmp_path: Path
) -> None:
    site = desk.under(LIBRARY)
    visit = moving.move_to_current(site, opened(site, subject, "m06"))
    settled(site, visit)
    visits.sign_confirmed(site, visit, "responsible")
    preview = sending.preview(site)
    assert {"body_mass_kg", "weight_kg"} <= set(preview.columns["vitals"])
    (tmp_path / "stick").mkdir()
    sent = sending.export(site, tmp_path / "stick")
    records = sent_records(pisa.open((tmp_path / "stick" / sent.name).read_bytes(), site))
    vitals = {item.visit: item for item in records if item.form == "vitals"}
    assert (vitals["baseline"].definition, vitals["m06"].definition) == (OLDER.digest, CURRENT.digest)
    assert vitals["baseline"].values["body_mass_kg"] == vitals["m06"].values["weight_kg"] == "61"


def test_drafts_of_an_older_version_are_counted_among_what_stays(desk: Desk, subject: str) -> None:
    site = desk.under(LIBRARY)
    fields = opened(site, subject, "m06").session.definitions.fields
    typed = site.clinical.draft(opened(site, subject, "m06").id)
    (held,) = [item for item in sending.preview(site).held_back if item.visit == "m06"]
    assert (held.why, held.forms) == ("draft", len({fields[entry.field].form for entry in typed}))


def foreign_subject(desk: Desk) -> str:
    """As `subject`, begun under a version whose flares this program reads otherwise."""
    site = desk.under(FOREIGN_BEFORE)
    code = enrol(site)
    signed(site, code, "baseline", DAY_0, **OLD_IDS)
    signed(site, code, "m06", MONTH_6, 1, **OLD_IDS)
    fill(site, code, "m12", MONTH_12, 2, **OLD_IDS)
    return code


def test_a_result_read_otherwise_since_stays_as_it_was_recorded(desk: Desk) -> None:
    code = foreign_subject(desk)
    recorded = scores_of(desk.site, code, "m06")
    site = desk.under(FOREIGN_LIBRARY)
    assert opened(site, code, "m06").session.scores["sfi"].value == recorded["sfi"]["value"]
    # A change of the visit before scores what can be scored again, and leaves the flares alone.
    baseline = opened(site, code, "baseline")
    visits.amend(site, baseline, 2)
    now = moving.move_to_current(site, baseline)
    type_in(site, now, {"alopecia": "0"})
    visits.complete(site, now)
    again = scores_of(site, code, "m06")
    assert again["lldas"] != recorded["lldas"]
    assert again["sfi"] == recorded["sfi"]
    assert of_pack(site, code, "m06") == {FOREIGN.digest}


def test_a_draft_whose_scores_are_read_otherwise_since_is_moved_before_it_is_completed(desk: Desk) -> None:
    code = foreign_subject(desk)
    site = desk.under(FOREIGN_LIBRARY)
    draft = opened(site, code, "m12")
    type_in(site, draft, {"body_mass_kg": "63"})
    with pytest.raises(PackRefused, match="defined otherwise"):
        visits.complete(site, draft)
    assert site.clinical.revisions(code, "m12") == ()
    moved = moving.move_to_current(site, opened(site, code, "m12"))
    assert moved.session.answers["weight_kg"] == Decimal("63")
    visits.complete(site, moved)
    assert of_pack(site, code, "m12") == {CURRENT.digest}
    assert scores_of(site, code, "m12")["sfi"]["value"] is not None


def test_a_version_that_the_program_does_not_have_is_never_written_under_another(
    desk: Desk, subject: str
) -> None:
    site = desk.under(Library.of(CURRENT))
    visit = opened(site, subject, "m06")
    with pytest.raises(PackRefused, match="does not have"):
        visits.complete(site, visit)
    move = moving.preview(site, visit)
    assert move is not None
    assert move.old is None
    assert WITHDRAWN in {item.field for item in move.aside}
    moved = moving.move_to_current(site, visit)
    assert moved.session.answers["gc1_mg"] == Decimal("12.5")
    assert moved.session.state("height_cm").raw_text == "250"
    settled(site, moved)
    visits.complete(site, moved)
    assert of_pack(site, subject, "m06") == {CURRENT.digest}
    assert opened(site, subject, "baseline").session.answers["alopecia"] is not None


def test_events_of_an_older_version_count_and_move(desk: Desk, subject: str) -> None:
    pulse = events.open_event(desk.site, subject, "gc_pulse")
    type_in(desk.site, pulse, {"gcp_date": "2026-11-01", "gcp_reason": "1"})
    site = desk.under(LIBRARY)
    assert visits.open_visit(site, subject, "m12", MONTH_12).session.facts["n_pulse_30d"] == 1
    moved = moving.move_to_current(site, events.go_on(site, subject, pulse.key))
    assert moved.session.answers["gcp_reason"] == 1
    assert moving.preview(site, moved) is None


def test_only_who_enters_data_moves_a_visit(desk: Desk, subject: str) -> None:
    site = desk.under(LIBRARY)
    visit = opened(site, subject, "m06")
    user = replace(site.keys.user, roles=("site_admin",))
    site.keys = replace(site.keys, user=user)
    with pytest.raises(NotYourRole):
        moving.move_to_current(site, visit)


def test_a_visit_file_does_not_type_into_a_draft_of_an_older_version(desk: Desk, subject: str) -> None:
    site = desk.under(LIBRARY)
    faults = rehearse(site, _transcript(site, subject))
    assert "visit 1: m06 was begun under another version of the forms; open it in the window first." in [
        fault.en for fault in faults
    ]


def _transcript(site: Site, subject: str) -> Any:
    import json

    file = vector("v3")
    visit = {**file["visits"][1], "visit": "m06", "date": MONTH_6.isoformat()}
    data = {"format": file["format"], "subject": subject, "visits": [visit]}
    return read_transcript(json.dumps(data).encode(), site.definitions)

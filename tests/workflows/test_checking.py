"""When everything is checked: a little at each unlocking, all of it each week and before an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, open_site, opened_site, signed
from test_signing import by_hand

from anifro_desktop.store.findings import SENTENCES
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, people, sending
from anifro_desktop.workflows.audit import proving
from anifro_desktop.workflows.errors import CannotNoteSeen, NotYourRole
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, opening


def weekly(site: Site) -> list[str]:
    """The full check behind the work, all three parts."""
    copied = checking.begin(site)
    return [one.code for one in checking.finish(site, copied, checking.prove(copied))]


def test_a_full_check_is_due_a_week_after_the_last_and_the_trail_tells_of_it(
    site: Site, clock: TestClock
) -> None:
    assert not checking.due(site)  # a new site
    clock.forward(days=7)
    assert checking.due(site)
    assert weekly(site) == []
    assert not checking.due(site)
    assert checking.last_full(site) == clock.now()
    (told,) = site.clinical.audit_entries(table="act", field=checking.ACT)
    assert told.entry.new == {"findings": 0, "to": told.entry.seq - 1}
    assert proving.last_good(site) == clock.now()
    clock.forward(days=6)
    assert not checking.due(site)
    clock.forward(days=2)
    assert checking.due(site)


def test_a_check_of_tomorrow_does_not_keep_the_site_without_one(site: Site, clock: TestClock) -> None:
    clock.forward(days=3650)
    checking.full(site)
    clock.forward(days=-3650)
    assert checking.due(site)


def test_the_check_behind_the_work_leaves_nothing_and_what_is_typed_meanwhile_counts(
    site: Site, subject: str, clock: TestClock
) -> None:
    left = {path.name for path in site.folder.iterdir()}
    copied = checking.begin(site)
    assert copied.copy.folder.parent == site.folder
    signed(site, subject, "baseline", DAY_0)  # work goes on
    assert checking.finish(site, copied, checking.prove(copied)) == []
    assert {path.name for path in site.folder.iterdir()} == left
    assert checking.verify(site) == []


def test_a_copy_left_by_a_kill_is_swept(site: Site) -> None:
    left = checking.begin(site).copy.folder
    assert left.is_dir()
    assert weekly(site) == []
    assert not left.exists()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE signatures SET meaning = 'reviewed'", "signature_broken"),
        ("UPDATE subjects SET age = 20", "row_changed"),
        ("UPDATE revisions SET body = replace(body, 'vitals', 'vitalz')", "record_changed"),
        ("DELETE FROM audit WHERE seq = 5", "trail_gap"),
    ],
)
def test_the_check_behind_the_work_finds_what_the_full_one_finds(
    site: Site, subject: str, statement: str, code: str
) -> None:
    signed(site, subject, "baseline", DAY_0)
    by_hand(site, statement)
    assert code in weekly(site)
    assert code in {one.code for one in checking.verify(site)}
    assert code in checking.ALTERED


def test_every_finding_has_its_words_in_both_languages_and_is_known_to_stop_an_export_or_not(
    site: Site,
) -> None:
    assert set(SENTENCES) > checking.ALTERED
    blanks: dict[str, Any] = dict.fromkeys(("name", "table", "object", "signer", "field", "record"), "x")
    blanks |= dict.fromkeys(("count", "seq", "ver", "bundle", "acked", "epoch", "number"), 1)
    for code in SENTENCES:
        told = proving.explain(site, checking.Finding(code, "", blanks))
        assert told.what.it != told.what.en
        assert told.act.it != told.act.en


def test_what_the_newest_entries_show_is_said_at_unlocking(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    site.clinical.log("send", "x")
    seq = site.clinical.audit_head().seq
    by_hand(site, f"UPDATE audit SET reason = 'another' WHERE seq = {seq}")
    site.close()
    again = opened_site(site_folder, clock)
    assert [one.code for one in opening(again).findings] == ["trail_hash"]
    again.close()


def test_a_sound_site_says_nothing_at_unlocking(site: Site, subject: str) -> None:
    assert opening(site).findings == ()


def test_somebody_without_identities_has_the_weekly_check_too(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    people.add(site, Person("U03", "Prova", ("monitor",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    monitor = open_site(site_folder, clock, "U03")
    assert weekly(monitor) == []
    monitor.close()


def test_an_export_checks_everything_first(site: Site, subject: str, stick: Path) -> None:
    signed(site, subject, "baseline", DAY_0)
    sending.export(site, stick)
    assert checking.last_full(site) == site.clock.now()


# The clock


def test_a_clock_put_back_or_ahead_is_known_once_it_was_stored(site: Site, clock: TestClock) -> None:
    assert checking.clock_doubt(site) is None
    clock.moment = clock.moment.replace(year=2025)
    assert checking.clock_doubt(site) is None  # nothing was stored with it
    site.clinical.log("send", "x")
    doubt = checking.clock_doubt(site)
    assert doubt is not None
    assert doubt.went_back
    assert (doubt.shown.year, doubt.last.year) == (2025, 2026)
    assert not site.clinical.audit_entries(field="send")[-1].entry.clock_ok


def test_a_clock_behind_the_last_entry_is_known_at_unlocking(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    site.clinical.log("send", "x")
    site.close()
    clock.moment = clock.moment.replace(year=2024)
    again = open_site(site_folder, clock)
    doubt = checking.clock_doubt(again)
    assert doubt is not None
    assert doubt.went_back
    again.close()


def test_a_clock_that_jumps_ahead_during_a_session_is_known(site: Site, clock: TestClock) -> None:
    site.clinical.log("send", "x")
    clock.forward(minutes=30)
    site.clinical.log("send", "x")
    assert checking.clock_doubt(site) is None
    clock.moment = clock.moment.replace(month=12)  # the stop-watch stood still
    site.clinical.log("send", "x")
    doubt = checking.clock_doubt(site)
    assert doubt is not None
    assert not doubt.went_back


# What was found and is looked into


def emptied(site_folder: Path, clock: TestClock) -> Site:
    """A site one of whose anchor files was emptied by somebody, unlocked."""
    opened_site(site_folder, clock).close()
    (site_folder / "anchor.now").write_bytes(b"")
    return opened_site(site_folder, clock)


def test_a_damaged_anchor_is_found_once_until_an_administrator_notes_what_it_was(
    site_folder: Path, clock: TestClock
) -> None:
    site = emptied(site_folder, clock)
    for _ in range(3):
        site.clinical.log("send", "x")
        assert [one.code for one in checking.quick(site)] == ["anchor_damaged"]
        assert [one.code for one in checking.verify(site)] == ["anchor_damaged"]
        assert weekly(site) == ["anchor_damaged"]
        site.close()
        site = opened_site(site_folder, clock)
    with pytest.raises(CannotNoteSeen, match="say what it was"):
        checking.note_seen(site, "  ")
    checking.note_seen(site, "an antivirus had emptied it")
    assert checking.quick(site) == checking.verify(site) == []
    site.close()
    site = opened_site(site_folder, clock)
    assert opening(site).findings == ()
    (told,) = site.clinical.audit_entries(table="act", field="checked")
    assert (told.entry.user, told.entry.reason) == ("U01", "an antivirus had emptied it")
    with pytest.raises(CannotNoteSeen, match="nothing that could be noted"):
        checking.note_seen(site, "again")
    site.close()


def test_what_was_found_at_this_very_unlocking_can_be_noted_too(site_folder: Path, clock: TestClock) -> None:
    site = emptied(site_folder, clock)
    checking.note_seen(site, "an antivirus had emptied it")
    assert checking.verify(site) == []
    site.close()


def test_only_an_administrator_notes_it(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    people.add(site, Person("U03", "Prova", ("investigator",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    (site_folder / "anchor.now").write_bytes(b"")
    other = open_site(site_folder, clock, "U03")
    with pytest.raises(NotYourRole):
        checking.note_seen(other, "I looked")
    assert [one.code for one in checking.quick(other)] == ["anchor_damaged"]
    other.close()


def test_an_older_file_put_back_is_found_once_and_no_note_mends_it(
    site_folder: Path, clock: TestClock
) -> None:
    opened_site(site_folder, clock).close()
    old = {name: (site_folder / name).read_bytes() for name in ("clinical.db", "identity.db")}
    site = opened_site(site_folder, clock)
    enrol(site)
    site.close()
    for name, data in old.items():
        (site_folder / name).write_bytes(data)
    (site_folder / "anchor.json").unlink()
    site = opened_site(site_folder, clock)
    site.clinical.log("send", "x")
    found = [one for one in checking.quick(site) if one.params["name"] == "clinical.db"]
    assert [one.code for one in found] == ["rolled_back"]
    with pytest.raises(CannotNoteSeen, match="restore the newest backup"):
        checking.note_seen(site, "it is all right")
    assert "rolled_back" in {one.code for one in checking.quick(site)}
    site.close()


def test_that_sending_is_locked_is_found(site: Site, stick: Path) -> None:
    """A receipt told of another bundle under a number of this computer: all is not well."""
    site.clinical.lock_sending("fork")
    assert [one.code for one in checking.verify(site)] == ["sending_locked"]
    assert weekly(site) == ["sending_locked"]
    sending.start_anew(site, "the centre was told")
    assert checking.verify(site) == []

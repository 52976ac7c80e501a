"""A cut of the data stays what it was, whatever comes later; and only what a withdrawal forbids leaves it."""

from __future__ import annotations

import random
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from centre_builders import QUIET, course, enrolment, event, schedule, visit
from centre_sites import PASSPHRASE, FakeClock, SyntheticSite
from centre_sites import Founded as ServedCentre
from cluster import Cluster

from anifro_desktop.centre import backups
from anifro_desktop.centre.analysis.gathering import gathered
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.cutting import CutWalk, cut_named, make_cut
from anifro_desktop.centre.errors import CutDiffers, CutMissing, CutRefused
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.reporting import report
from anifro_desktop.record import Revision
from anifro_desktop.store.verify import verify
from anifro_desktop.study.subject_code import new_code
from anifro_desktop.study.visit_keys import void_key
from anifro_desktop.sync.records import Record
from anifro_desktop.sync.transfer import Statement, statement_revision

FIRST, SECOND, MOVED = "P03-7KQF-4", "P03-0000-Z", "P03-1111-1"


def tell(centre: Centre, site: SyntheticSite, records: Sequence[Record]) -> None:
    outcomes = ingest(centre, [site.of_records(centre.keyset, records)])
    assert [(one.status, one.bad) for one in outcomes] == [("accepted", 0)]


def send(centre: Centre, site: SyntheticSite, records: Sequence[Revision]) -> None:
    tell(centre, site, [Record(one) for one in records])


def code_of(site: str) -> str:
    return new_code(site, random.Random(1).randbytes)


def amended(record: Revision, **values: object) -> Revision:
    made = {**record.values, **values}
    return replace(record, ver=record.ver + 1, prev=record.digest(), values=made)


def of_key(records: Sequence[Revision], key: str, form: str) -> Revision:
    return next(one for one in records if (one.visit, one.form) == (key, form))


@pytest.fixture
def begun(centre: Centre, site: SyntheticSite) -> Centre:
    """Three synthetic patients: two with baseline and month 6, one with month 12 too."""
    for code in (FIRST, MOVED):
        send(centre, site, course(code, "m06", ("baseline", "m06")))
    events = [event(SECOND, "ae-001", ae_start=190), event(SECOND, "ae-002", ae_start=300)]
    send(centre, site, [*course(SECOND, "m12", ("baseline", "m06", "m12")), *events])
    return centre


def read(centre: Centre, name: str) -> list[Subject]:
    return list(CutWalk(centre, cut_named(centre, name)))


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_later_does_not_change_a_cut_by_one_number(
    begun: Centre, site: SyntheticSite, seed: int
) -> None:
    other = SyntheticSite("A07")
    register(begun, other.card_bytes, other.card.fingerprint)
    made = [make_cut(begun, "first"), make_cut(begun, "interim", "m06", "first look")]
    before = [(read(begun, row.name), report(read(begun, row.name))) for row in made]
    old, more = course(FIRST, "m06", ("baseline", "m06")), course(FIRST, "m12", ("baseline", "m06", "m12"))
    wrong = of_key(course(SECOND, "m12", ("baseline", "m06", "m12")), "baseline", "phga")
    void = replace(amended(wrong), visit=void_key("baseline", 1), values={}, signature={})
    later: list[Callable[[], None]] = [
        lambda: send(begun, site, [one for one in more if one.visit == "m12"]),
        lambda: send(begun, site, [amended(of_key(old, "m06", "phga"), phga="2.9")]),
        lambda: send(begun, site, [amended(enrolment(SECOND), sex=2), event(SECOND, "ae-003", ae_start=5)]),
        lambda: tell(begun, site, [Record(void, op="del")]),
        lambda: hand_over(begun, site, other),
        lambda: send(begun, other, course(code_of("A07"), "m06", ("baseline", "m06"))),
    ]
    random.Random(seed).shuffle(later)
    for act in later:
        act()
    assert [(read(begun, row.name), report(read(begun, row.name))) for row in made] == before
    now = gathered(begun)
    assert [(one.site, one.code) for one in now.people][:2] == [("A07", code_of("A07")), ("A07", MOVED)]
    assert gathered(begun, made[0]).people != now.people
    assert verify(begun.store) == []


def hand_over(centre: Centre, site: SyntheticSite, other: SyntheticSite) -> None:
    hand = str(uuid.uuid4())
    out = Statement(hand, MOVED, "handed", 1, other.code, other.writer, "f1" * 32, "", "U01")
    came = Statement(hand, MOVED, "taken", 1, site.code, site.writer, "f1" * 32, "", "U01")
    send(centre, site, [statement_revision(out, site.writer, "ab" * 32, "")])
    send(
        centre,
        other,
        [statement_revision(came, other.writer, "ab" * 32, ""), amended(enrolment(MOVED), sex=2)],
    )


def test_through_a_visit_counts_what_its_window_holds(begun: Centre) -> None:
    make_cut(begun, "interim", "m06")
    found = {one.code: one for one in read(begun, "interim")}
    second = found[SECOND]
    closes = second.answers["m06_closes"]
    assert [one.key for one in second.visits] == ["baseline", "m06"]
    assert [one.key for one in second.events] == ["ae-001"]
    assert second.answers["due_through"] == 6
    people = {one.code: one for one in gathered(begun, cut_named(begun, "interim")).people}
    assert people[SECOND].due == ("baseline", "m06")
    assert people[SECOND].exposure.end == closes == 213  # observed to the close, as month 12 tells
    assert people[FIRST].exposure.end == 183  # nothing is known of her after month 6


@pytest.mark.parametrize(("day", "counts"), [(213, True), (214, False)])
def test_the_day_on_which_the_window_closes_counts_still(
    centre: Centre, site: SyntheticSite, day: int, counts: bool
) -> None:
    past = ("baseline", QUIET)
    records = [enrolment(FIRST), schedule(FIRST, "m06"), *visit(FIRST, "baseline", 0, QUIET)]
    send(centre, site, [*records, *visit(FIRST, "u01", day, QUIET, past, past, past)])
    make_cut(centre, "interim", "m06")
    (found,) = read(centre, "interim")
    assert (found.visit("u01") is not None) is counts


def test_an_event_that_began_certainly_after_the_window_is_not_in_the_cut(
    begun: Centre, site: SyntheticSite
) -> None:
    vague = [event(SECOND, f"ae-{n:03}", ae_start={"months": n}) for n in (6, 7, 9)]
    send(begun, site, vague)
    make_cut(begun, "interim", "m06")
    (second,) = [one for one in read(begun, "interim") if one.code == SECOND]
    # Day 213 is the last: month 7 may have begun by then, month 9 cannot have.
    assert [one.key for one in second.events] == ["ae-001", "ae-006", "ae-007"]


def test_a_consent_withdrawn_later_is_obeyed_and_told(begun: Centre, site: SyntheticSite) -> None:
    make_cut(begun, "first")
    taken_back = event(FIRST, "wd-001", wd_date=200, wd_use_before=0)
    send(begun, site, [taken_back])
    send(begun, site, [event(SECOND, "wd-001", wd_date=185, wd_use_before=1)])
    found = gathered(begun, cut_named(begun, "first"))
    assert found.excluded == (FIRST,)
    assert found.since == (SECOND, FIRST)
    kept = {one.code: one for one in found.people}
    assert [one.key for one in kept[SECOND].assessments] == ["baseline", "m06"]
    assert kept[SECOND].events == {}


def test_the_digest_is_the_same_in_every_order_of_coming(
    founded: Path, tmp_path: Path, clock: FakeClock
) -> None:
    sites = [SyntheticSite("A07"), SyntheticSite("A08"), SyntheticSite("P03")]
    sent: list[bytes] = []
    digests = []
    for number, order in enumerate(((0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2))):
        folder = tmp_path / str(number)
        shutil.copytree(founded, folder)
        centre = open_centre(folder, "DM1", PASSPHRASE, clock)
        for one in sites:
            register(centre, one.card_bytes, one.card.fingerprint)
        if not sent:
            sent += [
                one.bundle(centre.keyset, course(code_of(one.code), "m06", ("baseline",))) for one in sites
            ]
            sent.append(sites[0].bundle(centre.keyset, [event(code_of("A07"), "ae-001", ae_start=3)]))
        for place in order:
            ingest(centre, [sent[place]])
        digests.append(make_cut(centre, "interim", "m06").digest)
        centre.close()
    assert len(set(digests)) == 1


def test_a_backup_that_is_put_back_has_its_cuts(begun: Centre, tmp_path: Path) -> None:
    made = make_cut(begun, "interim", "m06")
    before = read(begun, "interim")
    backup = backups.back_up(begun)
    begun.close()
    folder = tmp_path / "back"
    backups.restore(folder, backup, FakeClock(), user="DM1", passphrase=PASSPHRASE)
    again = open_centre(folder, "DM1", PASSPHRASE, FakeClock())
    assert again.store.cuts() == (made,)
    assert read(again, "interim") == before
    again.close()


def test_a_record_changed_in_the_database_is_named(
    on_server: ServedCentre, postgres: Cluster, clock: FakeClock
) -> None:
    centre = open_centre(on_server.folder, "DM1", PASSPHRASE, clock)
    site = SyntheticSite()
    register(centre, site.card_bytes, site.card.fingerprint)
    for code in (FIRST, SECOND):
        send(centre, site, course(code, "m06", ("baseline", "m06")))
    cut = make_cut(centre, "first")
    postgres.run("ALTER TABLE revisions DISABLE TRIGGER ALL", on_server.database)
    postgres.run(
        f"UPDATE revisions SET body = replace(body, '1.8', '0.8') WHERE subject = '{SECOND}' AND form = 'phga'",
        on_server.database,
    )
    with pytest.raises(CutDiffers) as refused:
        gathered(centre, cut)
    assert refused.value.params == {"why": "subjects", "name": "first", "which": SECOND}
    centre.close()


def test_a_centre_from_before_there_were_cuts_gets_its_table(begun: Centre, kept: str) -> None:
    run = begun.store._connection.exec_driver_sql
    with begun.store._connection.begin():
        run("DROP TABLE cuts")
        run("PRAGMA user_version = 1" if kept == "file" else "UPDATE anifro_version SET version = 1")
    folder = begun.folder
    begun.close()
    again = open_centre(folder, "DM1", PASSPHRASE, FakeClock())
    assert again.store.cuts() == ()
    make_cut(again, "first")
    assert verify(again.store) == []
    again.close()


def test_what_a_cut_cannot_be_is_refused_in_words(begun: Centre) -> None:
    make_cut(begun, "first")
    for arguments, why in (
        (("first",), "exists"),
        (("First",), "name"),
        (("second", "m07"), "visit"),
        (("second", "", "a\nb"), "note"),
        (("second", "", "chiesto dal dott. Bianchi"), "identifying"),
        (("second", "", "per la paziente RSSMRA80A01H501U"), "identifying"),
    ):
        with pytest.raises(CutRefused) as refused:
            make_cut(begun, *arguments)
        assert refused.value.params["why"] == why
    with pytest.raises(CutMissing):
        cut_named(begun, "second")


def test_a_store_that_lost_something_says_of_whom(begun: Centre) -> None:
    made = make_cut(begun, "first")
    odd = replace(made, subjects={**made.subjects, FIRST: "0" * 64})
    for cut, what in (
        (odd, "subjects"),
        (replace(made, digest="0" * 64), "rule"),
        (replace(made, packs=("x",)), "forms"),
    ):
        with pytest.raises(CutDiffers) as refused:
            list(CutWalk(begun, cut))
        assert refused.value.params["why"] == what
    with pytest.raises(CutDiffers, match=FIRST):
        list(CutWalk(begun, odd))

"""Bundles and receipts that are lost, repeated, late or dishonest, on the way between real sites and a centre."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from exchange import Desk, Letter, begun, peopled
from study_parts import DAY_0, type_in, vector
from whole_study import Study

from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.record import Revision
from anifro_desktop.sync.bundle import file_hash, seal_bundle
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.records import AuditHead, Record, data_lines
from anifro_desktop.workflows import sending, visits
from anifro_desktop.workflows.site import Site


def test_a_lost_bundle_is_named_asked_for_and_sent_again(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    lost = study.send().data["name"]
    (study.stick / lost).unlink()
    assert study.enter(vector("v4")).code == 0
    assert study.send().data["seq"] == 2
    taken = study.take_in().data["bundles"]
    assert [(item["status"], item["missing"]) for item in taken] == [("held", [1])]
    heard = study.hear().data
    assert [(item["acked_to"], item["missing"]) for item in heard] == [(0, [1])]
    states = {item["seq"]: item["state"] for item in study.command("site", "status").data["bundles"]}
    assert states == {1: "sealed", 2: "received"}
    assert study.send().data["name"] == lost
    taken = [item for item in study.take_in().data["bundles"] if item["status"] != "ignored"]
    assert {(item["seq"], item["status"]) for item in taken} == {
        (1, "accepted"),
        (2, "accepted"),
        (2, "duplicate"),
    }
    assert [item["acked_to"] for item in study.hear().data][-1] == 2
    states = {item["seq"]: item["state"] for item in study.command("site", "status").data["bundles"]}
    assert states == {1: "merged", 2: "merged"}


def test_an_old_copy_that_goes_on_is_told_by_the_next_receipt_whatever_it_is_about(study: Study) -> None:
    """What the centre said of the other file under its number was lost; the next receipt is about an earlier one."""
    world = begun(study, peopled(study))
    desk = world.desks["P03"]

    def sent() -> list[Letter]:
        return world.send(desk, lambda folder: sending.export(desk.site, folder))

    def receipts() -> list[Letter]:
        return [one for one in world.reply() if "-P03-" in one.name]

    write(desk, world.patients[0], "3", day=5)
    first = sent()
    world.ingest(first)
    assert all(world.hear(desk, one) for one in receipts())
    world.put_aside("P03")
    write(desk, world.patients[0], "2")
    world.ingest(sent())
    receipts()  # lost
    world.fall_back("P03")
    write(desk, world.patients[0], "1")
    sent()  # lost too, under the number of the other
    world.ingest(first)
    (receipt,) = receipts()
    assert not world.hear(desk, receipt)
    assert [one.state for one in sending.sent(desk.site)] == ["merged", "merged", "sent"]
    world.close()


def write(desk: Desk, subject: str, phga: str, day: int = 9) -> None:
    visit = visits.open_visit(desk.site, subject, "unscheduled", DAY_0 + timedelta(days=day))
    type_in(desk.site, visit, {"phga": phga, "rash": 0})
    visits.sign_confirmed(desk.site, visit, "responsible")


def dishonest(site: Site, folder: Path, wrong: dict[str, object]) -> None:
    """Seal what the site would send, with its own keys, some scores of the summary replaced."""
    keyset, position = site.keyset(), site.clinical.next_position()
    header = Header(
        study=keyset.study,
        site=site.code,
        writer=str(site.card().writer),
        epoch=position.epoch,
        seq=position.seq,
        prev=position.prev,
        type="data",
        created="2026-11-23T09:00:00Z",
    )
    enrolled = {row.code: row.enrolled for row in site.clinical.subjects() if row.enrolled}
    records = []
    for item in site.clinical.unsealed():
        revision: Revision = pseudonymise(item, site.definitions, enrolled[item.subject])
        if revision.form == "visit_summary":
            scores = dict(revision.scores)
            scores["sledai2k"] = {**scores["sledai2k"], **wrong}  # type: ignore[dict-item]
            revision = Revision.from_json({**revision.to_json(), "scores": scores})
        records.append(Record(revision))
    lines = data_lines(header, records, audit=AuditHead(1, "ab" * 32), app="0.1.0")
    data = seal_bundle(header, lines, site.clinical.site_keys().signing_seed, keyset.seal)
    (folder / bundle_name(header, file_hash(data))).write_bytes(data)


def test_a_wrong_score_under_the_sites_own_seal_is_reported(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    with study.at_site() as site:
        dishonest(site, study.stick, {"value": 4})
    taken = study.take_in()
    assert taken.code == 1
    assert [(item["status"], item["differences"]) for item in taken.data["bundles"]] == [("accepted", 1)]
    status = study.command("centre", "status").data
    (found,) = status["differences"]
    assert (found["rule"], found["part"], found["carried"], found["computed"]) == (
        "sledai2k",
        "value",
        "4",
        "9",
    )
    assert study.dataset().code == 0
    import pandas

    table = pandas.read_stata(study.results / "visit.dta", convert_categoricals=False)
    assert [(row["sledai2k"], row["rescored"]) for row in table.to_dict("records")] == [(4, 0)]

"""Hand-overs as a registered installation could forge them with its own key: all that is taken is about its patient."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    copied,
    enrol,
    make_site,
    opened_site,
    setup,
    signed,
    someone,
)
from transfer_parts import File, hand, look, take

from anifro_desktop.forms.errors import NotExportable
from anifro_desktop.store.made import Came, makings
from anifro_desktop.sync.bundle import open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.transfer import pack_trail, unpack_trail
from anifro_desktop.thread import Act, Query
from anifro_desktop.workflows import checking, queries, transfer
from anifro_desktop.workflows.exchange_errors import HandoverRefused
from anifro_desktop.workflows.site import Site

Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture(scope="module")
def other_template(pisa_template: tuple[Pisa, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another site of the same study, without patients."""
    pisa, _ = pisa_template
    return make_site(
        tmp_path_factory.mktemp("other") / "site", setup(pisa.keyset, pisa.fingerprint, code="P07")
    )


@pytest.fixture
def new(other_template: Path, tmp_path: Path, clock: TestClock) -> Iterator[Site]:
    """The computer that takes over; it has a patient of its own."""
    opened = opened_site(copied(other_template, tmp_path / "new"), clock)
    signed(opened, enrol(opened, someone(2, surname="Merlo")), "baseline", DAY_0)
    yield opened
    opened.close()


def forged(old: Site, new: Site, file: File, change: Change) -> File:
    """The same hand-over with other lines, sealed and signed by the computer that handed over."""
    seed = new.clinical.site_keys().receiving_seed
    honest = open_bundle(
        file.data, expect_type="handover", key_for=lambda _: old.card().verify_key, seed_for=lambda _: seed
    )
    lines = [dict(line) for line in honest.lines]
    change(lines)
    signer = old.clinical.site_keys().signing_seed
    return File(seal_bundle(honest.header, lines, signer, new.card().seal), file.card, file.fingerprint)


def test_what_is_forged_changes_nothing_of_other_patients(site: Site, new: Site, stick: Path) -> None:
    file = hand(site, new, enrol(site, someone(1, surname="Canarino")), stick)
    (own,) = new.clinical.subjects()
    visit = next(row for row in new.clinical.entries(own.code) if row.key == "baseline")
    record = new.clinical.revisions(own.code, "baseline")[0]

    def of_kind(lines: list[dict[str, Any]], kind: str) -> dict[str, Any]:
        return next(line for line in lines if line.get("kind") == kind)

    attacks: dict[str, Change] = {
        "another patient's visit": lambda lines: of_kind(lines, "visit").update(id=visit.id),
        "a setting": lambda lines: lines.append(
            {"kind": "setting", "key": "sending_locked", "value": "fork"}
        ),
        "why a visit is open": lambda lines: lines.append(
            {"kind": "setting", "key": f"amending/{visit.id}", "value": {"reason": 1, "text": ""}}
        ),
        "sealed already": lambda lines: lines.append(
            {"kind": "position", "record": record.id, "ver": record.ver}
        ),
        "no version": lambda lines: of_kind(lines, "revision")["body"].pop("why"),
        "no question": lambda lines: lines.append({"kind": "query", "row": {"subject": lines[0]["subject"]}}),
        "not a day": lambda lines: of_kind(lines, "subject").update(enrolled="2026-02-31"),
    }
    before = new.clinical.audit_head()
    for name, change in attacks.items():
        with pytest.raises((BundleRefused, HandoverRefused)) as refused:
            take(new, forged(site, new, file, change))
        assert refused.value.code in ("bad_handover", "handover_refused"), name
        assert new.clinical.audit_head() == before, name
    assert transfer.look(new, file.data, file.card, file.fingerprint).versions > 0
    transfer.take(new, file.data, file.card, file.fingerprint, PASSPHRASE)  # the honest one


def lines_of(lines: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line for line in lines if line.get("kind") == kind]


def told_otherwise(change: Callable[[dict[str, Any]], object]) -> Change:
    """Another trail: each of its entries changed."""

    def act(lines: list[dict[str, Any]]) -> None:
        packed = b"".join(base64.b64decode(line["packed"]) for line in lines_of(lines, "trail"))
        entries = [dict(entry) for entry in unpack_trail(packed)]
        for entry in entries:
            change(entry)
        lines[:] = [line for line in lines if line.get("kind") != "trail"]
        lines.append({"kind": "trail", "packed": base64.b64encode(pack_trail(entries)).decode()})

    return act


def all_of(kind: str, **facts: Any) -> Change:
    return lambda lines: [line.update(facts) for line in lines_of(lines, kind)] and None


def versions_with(name: str, change: Callable[[Any], Any]) -> Change:
    """Other contents of versions that nobody has signed yet."""

    def act(lines: list[dict[str, Any]]) -> None:
        lines[:] = [line for line in lines if line.get("kind") != "signature"]
        for line in lines_of(lines, "visit"):
            line["state"] = "complete" if line["state"] == "signed" else line["state"]
        for line in lines_of(lines, "revision"):
            line["body"][name] = change(line["body"][name])

    return act


def made_here(new: Site) -> Change:
    """Versions and signatures that this very computer is said to have made, by people of whom the file tells."""
    there = told_otherwise(lambda entry: entry.update(device=new.keys.writer))

    def act(lines: list[dict[str, Any]]) -> None:
        there(lines)
        for kind in ("origin", "signer"):
            all_of(kind, origin=new.keys.writer)(lines)

    return act


def test_what_would_keep_everything_here_from_being_sent_is_not_taken(
    site: Site, new: Site, stick: Path
) -> None:
    """Each would pass for a patient's record and then be found by the check before the next sending, or end the
    program wherever the record is shown."""
    code = enrol(site, someone(1, surname="Canarino"))
    signed(site, code, "baseline", DAY_0)
    file = hand(site, new, code, stick)
    attacks: dict[str, Change] = {
        "made here": made_here(new),
        "texts that nobody erased": all_of("origin", struck=["ab" * 32]),
        "another sex": all_of("subject", sex="male"),
        "signed by nobody": lambda lines: lines.append(
            lines_of(lines, "visit")[0] | {"id": str(uuid.uuid4()), "key": "m12", "state": "signed"}
        ),
        "one key twice": lambda lines: lines.append(lines_of(lines, "visit")[0] | {"id": str(uuid.uuid4())}),
        "no such event": lambda lines: lines.append(
            lines_of(lines, "visit")[0] | {"id": str(uuid.uuid4()), "key": "zz-001", "state": "draft"}
        ),
        "no such key": all_of("visit", key="zzz"),
        "no such state": all_of("visit", state="zzz"),
        "no such status": all_of("subject", status="zzz"),
        "a day of no form": all_of("visit", date="9999-12-31"),
        "a note that is none": all_of("draft", note={"x": 1}),
        "a reason that is none": lambda lines: lines.append(
            {"kind": "setting", "key": f"amending/{lines_of(lines, 'visit')[0]['id']}", "value": {"x": 1}}
        ),
        "entries without a moment": told_otherwise(lambda entry: entry.update(utc="soon")),
        "entries about a list": told_otherwise(lambda entry: entry.update(record=["x"])),
        "entries of nothing": told_otherwise(lambda entry: entry.pop("tx")),
    }
    attacks |= {
        "a number that no question takes": versions_with(
            "values", lambda body: {**body, "age_at_enrolment": 999}
        ),
        "beside an answer nothing that can be said": versions_with("notes", lambda _: {"sex": {"a": 1}}),
        "results that are none": versions_with("scores", lambda _: {"sledai2k": [1]}),
        "a mistake that was none": versions_with("why", lambda _: "void_1"),
    }
    before = new.clinical.audit_head()
    for name, change in attacks.items():
        for act in (look, take):
            with pytest.raises((BundleRefused, HandoverRefused)) as refused:
                act(new, forged(site, new, file, change))
            assert refused.value.code in ("bad_handover", "handover_refused"), name
        assert new.clinical.audit_head() == before, name
    assert code not in new.names
    assert makings(new.clinical).came == Came()
    take(new, file)  # the honest one
    assert checking.verify(new) == []


def test_what_cannot_be_sealed_of_a_patient_who_is_here_is_not_said_of_the_file(
    site: Site, new: Site, stick: Path
) -> None:
    """A hand-over is tried out with everything that waits to be sent."""
    code = enrol(site, someone(1, surname="Canarino"))
    file = hand(site, new, code, stick)
    (own,) = new.clinical.subjects()
    odd = new.clinical.revisions(own.code, "baseline")[0]
    odd = new.clinical.append_revision(replace(odd, form="no_form", id=str(uuid.uuid4()), values={}))
    new.clinical.sign([odd.id], "responsible")
    for act in (look, take):
        with pytest.raises(NotExportable):
            act(new, file)
    assert not new.clinical.handovers()


def test_what_the_centre_asked_is_not_believed_of_another_computer(
    site: Site, new: Site, stick: Path
) -> None:
    """The one that hands over signs its file, but does not speak for Pisa."""
    code = enrol(site, someone(1, surname="Canarino"))
    file = hand(site, new, code, stick)
    query = Query(str(uuid.uuid4()), code, "other", "baseline")
    said = [
        Act(str(uuid.uuid4()), query.id, 1, "raise", "Scrivere nome e telefono.", "DM1"),
        Act(str(uuid.uuid4()), query.id, 999_999, "close", "Tutto verificato a Pisa.", "DM1"),
    ]

    def asking(lines: list[dict[str, Any]]) -> None:
        lines.insert(1, {"kind": "query", "row": asdict(query)})
        lines[2:2] = [{"kind": "query_act", "row": asdict(act)} for act in said]

    take(new, forged(site, new, file, asking))
    assert queries.threads(new) == ()
    assert new.clinical.stray_acts() == ()

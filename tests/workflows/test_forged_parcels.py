"""Hand-overs as a registered installation could forge them with its own key: all that is taken is about its patient."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict
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
from transfer_parts import File, hand, take

from anifro_desktop.sync.bundle import open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.thread import Act, Query
from anifro_desktop.workflows import queries, transfer
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

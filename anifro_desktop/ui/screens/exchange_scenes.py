"""What is photographed of the exchange with others: a server, keys and forms that wait, a patient who moves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

_HOST = "scambio.esempio"
_WARMER = ("soft = { min = 35, max = 40.5 }", "soft = { min = 35, max = 41.5 }")
_NAMED = ('id = "2026.1-draft"', 'id = "2026.2"\npublished = 2026-11-20')


def waiting(stage: Stage, centre: practice.Centre) -> str:
    """Before the site is unlocked: a connection, keys of another root and a version of the forms that wait, a patient
    handed over to another computer; the patient."""
    from anifro_desktop.sync import connection
    from anifro_desktop.workflows import connecting, patients, sending, site, transfer

    card, mark = _card_of(_other(stage, centre))
    opened = site.unlock(stage.folder, "U01", practice.PASSPHRASE, stage.window._clock)
    try:
        connecting.connect(opened, connection.webdav(f"https://{_HOST}/p03/"))
        opened.clinical.keep_waiting_keyset(_other_root(opened))
        opened.clinical.add_pack(_version())
        subject = next(row.subject for row in patients.patients(opened) if len(row.visits) > 1)
        transfer.hand_over(opened, subject, card, mark, _between(stage), practice.PASSPHRASE)
        due = opened.clock.now() + timedelta(minutes=5)
        for row in sending.prepare(opened):
            opened.clinical.add_delivery(
                row.epoch, row.seq, "webdav", _HOST, "not_carried.busy", due.isoformat()
            )
    finally:
        opened.close()
    return subject


def exchanging(stage: Stage) -> None:
    """What came from Pisa on Today and in the settings, a connection that cannot be, a sending that was stopped."""
    from anifro_desktop.sync.carrying import Halt
    from anifro_desktop.sync.outages import Stopped

    shell = stage.window.shell
    stage.until(lambda: stage.page.pisa.lines)
    stage.page.scroller.ensureWidgetVisible(stage.page.pisa)
    stage.snap("today-from-pisa")
    for name in ("keys", "forms"):
        stage.page.settings_wanted.emit(name)
        stage.on("SettingsPage")
        stage.until(stage.page.forms.area.isVisible)
        stage.pause(60)
        stage.snap(f"settings-{name}")
        shell.show_place("today")
        stage.on("TodayPage")
    shell.show_place("settings")
    stage.on("SettingsPage")
    card = stage.page.connection
    card.set_up()
    card.url.setText("http://scambio.esempio/p03/")
    card.keep()
    stage.until(card.banner.isVisible)
    _show(stage, card)
    stage.snap("connection-refused")
    card.kind.chosen.emit("sftp")
    card.banner.hide()
    stage.pause(60)
    stage.snap("connection-sftp")
    shell.show_place("send")
    stage.on("SendPage")
    stage.until(lambda: stage.page._preview is not None and stage.page.server.isVisible())
    server = stage.page.server
    server.exchange._halt = Halt()
    server._run(True)
    server._step(0, 1)
    _show(stage, server)
    stage.snap("send-server")
    server.exchange._halt = None
    server._run(False)
    stage.page._refused(Stopped())
    _show(stage, server)
    stage.snap("send-stopped")


def locked_out(stage: Stage) -> None:
    """The page of sending at a computer that the centre has revoked."""
    shell = stage.window.shell
    shell.desk.site.clinical.lock_sending("revoked")
    shell.show_place("send")
    stage.on("SendPage")
    stage.until(stage.page.banner.isVisible)
    stage.snap("send-revoked")


def moving(stage: Stage, subject: str) -> None:
    """A patient who went on elsewhere, the page that hands one over, and one who comes."""
    shell = stage.window.shell
    shell.show_patient(subject)
    stage.on("PatientPage")
    stage.until(stage.page.banner.isVisible)
    stage.snap("patient-moved")
    shell.show_place("today")
    stage.on("TodayPage")
    stage.until(lambda: stage.page.table.items)
    shell.openings.show_move(stage.page.table.items[0].subject)
    stage.on("GivePage")
    stage.page.hand_over()
    stage.snap("give")
    shell.show_place("take")
    stage.on("TakePage")
    page: Any = stage.page
    file, mark = _coming(stage)
    page.file.edit.setText(str(file))
    page.mark.edit.setText(mark)
    page.look()
    stage.until(page.comes_card.isVisible)
    stage.snap("take")


def _other(stage: Stage, centre: practice.Centre) -> Path:
    """A second computer of the study, made once for all pictures, whose only patient is on the way here."""
    from anifro_desktop.store.vault import FLOOR
    from anifro_desktop.workflows import entering, site, synthetic, transfer

    folder, clock = stage.folder.parent / "other", stage.window._clock
    if folder.exists():
        return folder
    person = Person("U01", "Ada Altrove", ("investigator", "site_admin"))
    setup = replace(centre.setup(), code="P08", name="Reumatologia, Altrove", person=person)
    site.create_site(folder, setup, clock, cost=FLOOR)
    opened = site.unlock(folder, "U01", practice.PASSPHRASE, clock)
    try:
        plan = synthetic.Plan(1, clock.now().date(), months_back=2, seed=7)
        for course in synthetic.courses(plan):
            entering.enter(opened, json.dumps(course).encode(), practice.PASSPHRASE)
        card, mark = _card_of(stage.folder)
        subject = opened.clinical.subjects()[0].code
        made = transfer.hand_over(opened, subject, card, mark, _between(stage), practice.PASSPHRASE)
    finally:
        opened.close()
    (_between(stage) / "coming.txt").write_text(f"{made.name}\n{made.fingerprint}", encoding="ascii")
    return folder


def _between(stage: Stage) -> Path:
    folder = stage.folder.parent / "between"
    folder.mkdir(exist_ok=True)
    return folder


def _coming(stage: Stage) -> tuple[Path, str]:
    name, mark = (_between(stage) / "coming.txt").read_text(encoding="ascii").split("\n")
    return _between(stage) / name, mark


def _card_of(folder: Path) -> tuple[bytes, str]:
    from anifro_desktop.sync.keyset import read_card

    data = next(folder.glob("card-*.anfk")).read_bytes()
    return data, read_card(data).fingerprint


def _other_root(site: Site) -> bytes:
    from anifro_desktop.sync.keyset import make_keyset

    current = site.keyset()
    return make_keyset(
        study=current.study,
        version=current.version + 1,
        root_seed=signing.new_seed(),
        sign_public=current.sign,
        seal_public=hybrid.public_bytes(hybrid.new_seed()),
        created=site.today(),
        expires=current.expires,
    )


def _version() -> Any:
    """The forms with another limit, as a version that came."""
    from anifro_desktop.forms import library, loader
    from anifro_desktop.store.amended import PackRow
    from anifro_desktop.study.protocol import PROTOCOL

    texts = loader.texts_in(Path(library.__file__).parent / "definitions")
    texts["vitals.toml"] = texts["vitals.toml"].replace(*_WARMER)
    texts["pack.toml"] = texts["pack.toml"].replace(*_NAMED)
    rules = loader.rules_here()
    digest = loader.read(texts, protocol=PROTOCOL.digest(), rules=rules).digest
    return PackRow(1, "2026.2", digest, "", PROTOCOL.digest(), rules, texts)


def _show(stage: Stage, card: Any) -> None:
    """The card from its top."""
    bar = stage.page.scroller.verticalScrollBar()
    stage.pause(60)
    top = card.mapTo(stage.page.scroller.widget(), card.rect().topLeft()).y()
    bar.setValue(min(top - 8, bar.maximum()))

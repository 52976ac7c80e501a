"""Each forbidden act for each role: refused with who may do it, and nothing is written.

Roles (decision 8): investigator enters, amends, signs; data entry enters and amends; the site administrator has
people, keys, backup and transport; the monitor reads clinical data and no identity.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from study_parts import (
    DAY_0,
    PASSPHRASE,
    TestClock,
    dump,
    enrol,
    fill,
    open_site,
    opened_site,
    someone,
)

from anifro_desktop.errors import Refusal
from anifro_desktop.store.errors import RoleRefused
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import (
    backups,
    checking,
    erasing,
    events,
    handing,
    joining,
    mistakes,
    moving,
    patients,
    people,
    receiving,
    recovery,
    restoring,
    sending,
    supporting,
    visits,
    wording,
)
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.audit import review
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.importing import taking
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site

ALL = ("investigator", "data_entry", "site_admin", "monitor")
ENTERING = {"investigator", "data_entry"}
REASON, OTHER = "because", "copper window slate harbour moss"
Act = Callable[[Site, OpenVisit], object]

# Each act, and the roles that may do it.
ACTS: dict[str, tuple[Act, set[str]]] = {
    "enrol": (lambda site, _: patients.start_enrolment(site), ENTERING),
    "open a visit": (lambda site, at: visits.open_visit(site, at.subject, "m06", date(2026, 9, 4)), ENTERING),
    "begin the history": (lambda site, at: visits.open_history(site, at.subject), ENTERING),
    "add an event": (lambda site, at: events.open_event(site, at.subject, "adverse_event"), ENTERING),
    "save a draft": (lambda site, at: visits.save_draft(site, at, at.session.entries(["phga"])), ENTERING),
    "complete": (lambda site, at: visits.complete(site, at, 1), ENTERING),
    "amend": (lambda site, at: visits.amend(site, at, 1), ENTERING),
    "type an identity": (lambda site, at: patients.save_identity(site, at.subject, someone(9)), ENTERING),
    "sign": (lambda site, at: visits.sign(site, at, "reviewed", PASSPHRASE), {"investigator"}),
    "declare a mistake": (
        lambda site, at: mistakes.void(site, at.subject, at.key, 1, "", PASSPHRASE),
        {"investigator"},
    ),
    "send": (lambda site, _: sending.export(site, site.folder), {"investigator", "site_admin"}),
    "send again": (lambda site, _: sending.resend(site, 1, site.folder), {"investigator", "site_admin"}),
    "receive": (lambda site, _: receiving.receive(site, site.folder), {"investigator", "site_admin"}),
    "add a person": (
        lambda site, _: people.add(
            site, Person("U09", "Altra Prova", ("monitor",)), PASSPHRASE, temporary=False, cost=FLOOR
        ),
        {"site_admin"},
    ),
    "change a person": (
        lambda site, _: people.change(site, Person("U02", "Prova", ("investigator",)), REASON),
        {"site_admin"},
    ),
    "disable": (lambda site, _: people.disable(site, "U02", REASON), {"site_admin"}),
    "enable": (lambda site, _: people.enable(site, "U02", REASON), {"site_admin"}),
    "remove": (lambda site, _: people.remove(site, "U02", REASON), {"site_admin"}),
    "reset": (lambda site, _: people.reset(site, "U02", OTHER, REASON, cost=FLOOR), {"site_admin"}),
    "renew keys": (lambda site, _: people.renew_keys(site, REASON), {"site_admin"}),
    "print the sheet": (lambda site, _: people.make_sheet(site), {"site_admin"}),
    "back up": (lambda site, _: backups.make(site), {"investigator", "data_entry", "site_admin"}),
    "try a backup": (
        lambda site, _: restoring.drill(site, PASSPHRASE),
        {"investigator", "data_entry", "site_admin"},
    ),
    "name the second place": (lambda site, _: backups.set_second(site, site.folder), {"site_admin"}),
    "begin a new epoch": (
        lambda site, _: sending.start_anew(site, REASON),
        {"investigator", "site_admin"},
    ),
    "erase an identity": (
        lambda site, at: erasing.erase_identity(site, at.subject, REASON, PASSPHRASE, former_only=True),
        {"site_admin"},
    ),
    "erase a text": (
        lambda site, at: erasing.erase_text(site, at.subject, at.key, "summary_comment", REASON, PASSPHRASE),
        {"site_admin"},
    ),
    "erase a reason": (
        lambda site, at: erasing.erase_reason(site, 1, REASON, PASSPHRASE),
        {"site_admin"},
    ),
    "import": (lambda site, _: taking.check_role(site), ENTERING),
    "join": (
        lambda site, at: joining.join(site, at.subject, "P03-0000-0", 1, "", PASSPHRASE),
        {"investigator"},
    ),
    "move to another patient": (
        lambda site, at: mistakes.move(site, at.subject, at.key, "P03-0000-0", 1, "", PASSPHRASE),
        {"investigator"},
    ),
    "move to the pack in force": (moving.move_to_current, ENTERING),
    "give an amendment up": (visits.give_up, ENTERING),
    "say that a visit was missed": (
        lambda site, at: events.open_event(site, at.subject, "missed_visit"),
        ENTERING,
    ),
    "hand the computer to the patient": (lambda site, at: handing.hand_over(site, at, ["facit"]), ENTERING),
    "note findings as seen": (lambda site, _: checking.note_seen(site, REASON), {"site_admin"}),
    "review the trail": (
        lambda site, _: review.mark_reviewed(site, review.review(site), ""),
        {"investigator", "site_admin", "monitor"},
    ),
    "note that the sheet was read back": (lambda site, _: recovery.keep(site, 1), {"site_admin"}),
    "load the wording": (lambda site, _: wording.load(site, site.folder / "nowhere"), {"site_admin"}),
    "make the archive with names": (
        lambda site, _: archive(
            site, site.folder.parent / "archive", "it", lambda *_: b"", identities=True, reason=REASON
        ),
        {"investigator", "site_admin"},
    ),
    "make the archive": (
        lambda site, _: archive(site, site.folder.parent / "archive", "it", lambda *_: b""),
        {"investigator", "site_admin"},
    ),
}


@pytest.fixture(scope="module")
def staffed(pisa_template: tuple[object, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site with a patient's baseline and one person of each role, who has that role alone."""
    folder = tmp_path_factory.mktemp("roles") / "site"
    shutil.copytree(pisa_template[1], folder)
    site = opened_site(folder, TestClock())
    subject = enrol(site)
    visits.complete(site, fill(site, subject, "baseline", DAY_0))
    for number, role in enumerate(ALL, 2):
        people.add(site, Person(f"U{number:02d}", "Prova", (role,)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    return folder, subject


@pytest.fixture(scope="module", params=ALL)
def as_role(
    request: pytest.FixtureRequest, staffed: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Site, OpenVisit]]:
    """The site unlocked by somebody of one role, with the baseline to read."""
    role, folder = str(request.param), tmp_path_factory.mktemp("as") / "site"
    shutil.copytree(staffed[0], folder)
    site = open_site(folder, TestClock(), f"U{ALL.index(role) + 2:02d}")
    yield role, site, visits.open_visit(site, staffed[1], "baseline", DAY_0)
    site.close()


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_a_role_does_not_include_is_refused(
    as_role: tuple[str, Site, OpenVisit], name: str
) -> None:
    role, site, opened = as_role
    act, may = ACTS[name]
    if role in may:
        return
    before = dump(site)
    with pytest.raises((NotYourRole, RoleRefused)) as refusal:
        act(site, opened)
    assert isinstance(refusal.value, Refusal)
    assert any(word.replace("_", " ") in str(refusal.value) for word in (*may, "administrator"))
    assert dump(site) == before


def test_each_role_opens_what_it_may_open(as_role: tuple[str, Site, OpenVisit]) -> None:
    role, site, opened = as_role
    assert opened.session.answers
    assert (site.identities is None) == (role == "monitor")
    assert (patients.read_identity(site, opened.subject) is None) == (role == "monitor")


def test_each_role_writes_a_support_file_and_chooses_its_own_passphrase(
    as_role: tuple[str, Site, OpenVisit],
) -> None:
    role, site, _ = as_role
    file = site.folder.parent / "support.txt"
    supporting.support(site, file, "en")
    assert role in file.read_text(encoding="utf-8")
    people.change_passphrase(site, PASSPHRASE, OTHER, cost=FLOOR)
    people.change_passphrase(site, OTHER, PASSPHRASE, cost=FLOOR)
    assert site.person.roles == (role,)
    assert checking.verify(site) == []

"""What was done at the old computer, seen at the new one: the trail, the signatures, the archive, what is erased."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    enrol,
    fill,
    make_site,
    opened_site,
    setup,
    signed,
    type_in,
)
from transfer_parts import hand, take

from anifro_desktop.record import Json
from anifro_desktop.store.made import read_packed
from anifro_desktop.store.signed import signatures as signed_as
from anifro_desktop.store.verify import verify
from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows import checking, erasing, signoff, visits
from anifro_desktop.workflows.archive import proving
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.audit import item
from anifro_desktop.workflows.exchange_errors import HandoverRefused
from anifro_desktop.workflows.site import Site


def test_the_history_of_an_answer_reaches_back_to_the_old_computer(
    site: Site, new: Site, subject: str, stick: Path
) -> None:
    before = item.history(site, subject, "baseline", "phga").values
    take(new, hand(site, new, subject, stick))
    baseline = visits.open_visit(new, subject, "baseline", DAY_0)
    visits.amend(new, baseline, 5)
    type_in(new, baseline, {"phga": "1,5"})
    visits.sign(new, baseline, "responsible", PASSPHRASE)
    after = item.history(new, subject, "baseline", "phga").values
    assert [(one.who, one.when, one.value, one.version) for one in after[: len(before)]] == [
        (one.who, one.when, one.value, one.version) for one in before
    ]
    assert after[0].name.endswith("(P03)")
    assert (after[-1].value.en, after[-1].version) == ("1.5", 3)


def test_signatures_of_the_old_computer_show_as_they_were(
    site: Site, new: Site, subject: str, stick: Path
) -> None:
    take(new, hand(site, new, subject, stick))
    shown = signed_as(new.clinical, subject, "baseline")
    assert shown
    assert all(one.holds for one in shown)
    assert {one.visit for one in signoff.unsigned(new)} == {"m06"}
    assert signoff.unsigned(site) == []


def test_what_was_left_unsigned_is_signed_at_the_new_computer_and_holds_wherever_it_goes(
    site: Site, new: Site, stick: Path, tmp_path: Path, clock: TestClock, pisa: Pisa
) -> None:
    """The version is of one computer and its signature of another: back at the first, and at a third."""
    code = enrol(site)
    visits.complete(site, fill(site, code, "baseline", DAY_0))
    take(new, hand(site, new, code, stick))
    visits.sign(new, visits.open_visit(new, code, "baseline", DAY_0), "responsible", PASSPHRASE)
    take(site, hand(new, site, code, stick))
    third = opened_site(make_site(tmp_path / "third", setup(pisa.keyset, pisa.fingerprint, "P08")), clock)
    take(third, hand(site, third, code, stick))
    for one in (new, site, third):
        assert checking.verify(one) == []
        assert all(found.holds for found in signed_as(one.clinical, code, "baseline"))
        assert signed_as(one.clinical, code, "baseline")
    third.close()


def test_a_hand_over_noted_by_somebody_who_may_not_takes_nothing_over(
    site: Site, new: Site, subject: str, stick: Path
) -> None:
    """Whoever only enters answers, with the keys of the database, invents a computer and its physician."""
    take(new, hand(site, new, subject, stick))
    roles = {**new.keys.roles, new.keys.user.code: frozenset({"data_entry"})}
    new.clinical.keys = replace(new.keys, roles=roles)  # a copy: tests share what they unlocked
    assert {"record_author", "signature_broken"} <= {one.code for one in verify(new.clinical)}
    assert not any(one.holds for one in signed_as(new.clinical, subject, "baseline"))


def test_a_version_that_the_trail_in_the_file_tells_otherwise_is_refused(
    site: Site, new: Site, subject: str, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail_of = site.clinical.trail_of

    def told(code: str) -> list[dict[str, Json]]:
        return [one | {"user": "U09"} if one["table"] == "revisions" else one for one in trail_of(code)]

    monkeypatch.setattr(site.clinical, "trail_of", told)
    file = hand(site, new, subject, stick)
    with pytest.raises(HandoverRefused) as refused:
        take(new, file)
    assert refused.value.params["why"] == "unsound"
    assert new.clinical.subjects() == ()


def test_a_signature_put_in_for_somebody_of_the_old_computer_is_found(
    site: Site, new: Site, subject: str, stick: Path
) -> None:
    """Whoever can write the database cannot sign for people of elsewhere."""
    take(new, hand(site, new, subject, stick))
    with new.clinical.transaction() as tx:
        tx.connection.exec_driver_sql("DROP TRIGGER signatures_no_update")
        tx.connection.exec_driver_sql("UPDATE signatures SET name = 'Somebody Else'")
    assert "signature_broken" in {one.code for one in checking.verify(new)}


def test_the_archive_of_the_new_site_holds_by_itself(
    site: Site, new: Site, subject: str, stick: Path, tmp_path: Path, qapp: QApplication
) -> None:
    """What people elsewhere signed is checked with the keys that came along, and their trail is in it."""
    take(new, hand(site, new, subject, stick))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    made = archive(new, shelf, "it", Printing())
    command = [sys.executable, "-I", "-S", str(made.folder / "verify_archive.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not proving.prove(new, made.folder).faults
    earlier = made.folder / "subjects" / f"{subject}.earlier-trail.json"
    assert "said to the monitor" in earlier.read_text(encoding="utf-8")


def test_what_is_erased_at_the_new_computer_goes_from_the_trail_that_came_too(
    site: Site, new: Site, stick: Path
) -> None:
    code = enrol(site)
    visit = signed(site, code, "baseline", DAY_0, summary_comment="seen with Quattrocchi")
    visits.amend(site, visit, 5)
    type_in(site, visit, {"summary_comment": "seen"})
    visits.sign_confirmed(site, visit, "responsible")
    take(new, hand(site, new, code, stick))
    assert "Quattrocchi" in str(read_packed(new.clinical.taken_trail(code)))
    erasing.erase_text(new, code, "baseline", "summary_comment", "typed by mistake", PASSPHRASE)
    assert "Quattrocchi" not in str(read_packed(new.clinical.taken_trail(code)))
    assert "Quattrocchi" not in str([one.to_json() for one in new.clinical.revisions(code, latest=False)])
    assert checking.verify(new) == []
    assert item.history(new, code, "baseline", "summary_comment").values

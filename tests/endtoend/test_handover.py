"""A patient moves from one site to another, as the centre sees it: one patient under one code, whatever comes first."""

from __future__ import annotations

import json
import random
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from leaks import Search, words_of
from study_parts import DAY_0, PASSPHRASE, enrol, fill, signed, someone, type_in
from whole_study import Study

from anifro_desktop.centre import custody
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.ingesting import ingest, open_data
from anifro_desktop.centre.reading import all_subjects, left_out
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.centre.status import status
from anifro_desktop.workflows import receiving, sending, transfer, visits
from anifro_desktop.workflows.reconciling import counts
from anifro_desktop.workflows.site import Site

MONTH_6, MONTH_12 = date(2026, 9, 3), date(2027, 2, 20)
PERSON = someone(1, surname="Canarino", name="Gelsomina", phone="+39 050 000001")


@dataclass
class Two:
    """Two sites that are open at once, and what each has sealed."""

    old: Site
    new: Site
    stick: Path

    def hand(
        self, subject: str, old: Site | None = None, new: Site | None = None
    ) -> tuple[bytes, bytes, str]:
        one, other = old or self.old, new or self.new
        made = transfer.hand_over(
            one, subject, transfer.card_of(other), other.card().fingerprint, self.stick, PASSPHRASE
        )
        return (self.stick / made.name).read_bytes(), transfer.card_of(one), made.fingerprint

    def take(self, file: tuple[bytes, bytes, str], new: Site | None = None) -> None:
        transfer.take(new or self.new, *file, PASSPHRASE)

    def bundles(self, *sites: Site) -> list[bytes]:
        """Everything that sites sealed, theirs in order."""
        found = []
        for site in sites or (self.old, self.new):
            if any(site.clinical.unsealed()) or sending.preview(site).leaving or _unsaid(site):
                sending.export(site, self.stick)
            found += [site.clinical.bundle_bytes(row.epoch, row.seq) for row in site.clinical.bundles()]
        return found


def _unsaid(site: Site) -> bool:
    from anifro_desktop.workflows import custody as here

    return any(here.outgoing(site))


@pytest.fixture(scope="module")
def with_patient(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, str]:
    """A patient of P03 with a signed baseline and a visit in draft."""
    study = study_template.copy(tmp_path_factory.mktemp("patient") / "study")
    with study.at_site("P03") as site:
        code = enrol(site, PERSON)
        signed(site, code, "baseline", DAY_0)
        fill(site, code, "m06", MONTH_6)
    return study, code


@pytest.fixture
def study(with_patient: tuple[Study, str], tmp_path: Path) -> Study:
    """A copy of it for this test alone."""
    return with_patient[0].copy(tmp_path / "study")


@pytest.fixture
def two(study: Study, tmp_path: Path) -> Any:
    stick = tmp_path / "between"
    stick.mkdir()
    with ExitStack() as stack:
        yield Two(stack.enter_context(study.at_site("P03")), stack.enter_context(study.at_site("P04")), stick)


@pytest.fixture
def subject(with_patient: tuple[Study, str]) -> str:
    return with_patient[1]


def sign_m06(site: Site, subject: str, **changes: Any) -> None:
    visit = visits.open_visit(site, subject, "m06", MONTH_6)
    if changes:
        type_in(site, visit, changes)
    visits.sign(site, visit, "responsible", PASSPHRASE)


def seen(study: Study, bundles: list[bytes], tmp_path: Path, name: str) -> dict[str, Any]:
    """What a centre makes of some bundles in that order."""
    copy = study.copy(tmp_path / name)
    with copy.at_centre() as centre:
        done = ingest(centre, bundles)
        assert not any(one.bad for one in done), done
        found = all_subjects(centre)
        return {
            "subjects": {one.code: plain(one) for one in found},
            "custody": {code: (one.keepers, one.state) for code, one in custody.custodies(centre).items()},
            "left_out": left_out(centre),
            "asked": {(one.query.subject, one.query.about) for one in centre.store.threads()},
        }


def plain(subject: Subject) -> dict[str, Any]:
    return {
        "site": subject.site,
        "visits": {
            visit.key: (
                str(visit.answers.get("phga")),
                visit.signed,
                {f: r.ver for f, r in visit.forms.items()},
            )
            for visit in subject.visits
        },
    }


def test_one_patient_under_one_code_at_the_new_site(
    study: Study, two: Two, subject: str, tmp_path: Path
) -> None:
    two.take(two.hand(subject))
    sign_m06(two.new, subject, phga="1,5")
    found = seen(study, two.bundles(), tmp_path, "one")
    assert list(found["subjects"]) == [subject]
    assert found["subjects"][subject]["site"] == "P04"
    assert found["subjects"][subject]["visits"]["m06"][:2] == ("1.5", True)
    assert found["custody"][subject][1] == custody.MOVED
    assert found["left_out"] == {}


def test_the_order_of_arrival_changes_nothing(study: Study, two: Two, subject: str, tmp_path: Path) -> None:
    sending.export(two.old, two.stick)
    two.take(two.hand(subject))
    sending.export(two.new, two.stick)
    sign_m06(two.new, subject, phga="1,5")
    bundles = two.bundles()
    assert len(bundles) == 4
    orders = list(permutations(bundles))
    random.Random(5).shuffle(orders)
    wanted = seen(study, bundles, tmp_path, "straight")
    for number, order in enumerate(orders[:7]):
        assert seen(study, [*order, order[0]], tmp_path, f"order{number}") == wanted


def test_what_the_new_side_sends_waits_for_the_word_of_the_old_one(
    study: Study, two: Two, subject: str, tmp_path: Path
) -> None:
    sending.export(two.old, two.stick)
    early = two.bundles(two.old)
    two.take(two.hand(subject))
    sign_m06(two.new, subject)
    found = seen(study, [*early, *two.bundles(two.new)], tmp_path, "waiting")
    assert found["subjects"][subject]["site"] == "P03"
    assert set(found["subjects"][subject]["visits"]) == {"baseline"}
    assert found["custody"][subject][1] == custody.WAITING
    assert found["left_out"][subject] > 0


def test_a_patient_of_whom_nobody_said_that_he_was_handed_over_is_not_taken(
    study: Study, two: Two, subject: str, tmp_path: Path
) -> None:
    """A site that invents a hand-over gains nothing."""
    early = two.bundles(two.old)
    file = two.hand(subject)
    transfer.take_back(two.old, subject, "never given away", PASSPHRASE)
    two.take(file)
    sign_m06(two.new, subject, phga="2,9")
    found = seen(study, [*early, *two.bundles(two.new)], tmp_path, "invented")
    assert found["subjects"][subject]["site"] == "P03"
    assert "2.9" not in json.dumps(found["subjects"])


def test_both_going_on_is_found_and_told_and_ends_when_one_lets_go(
    study: Study, two: Two, subject: str, tmp_path: Path
) -> None:
    file = two.hand(subject)
    transfer.take_back(two.old, subject, "the stick was lost", PASSPHRASE)
    two.take(file)
    sign_m06(two.old, subject, phga="1")
    sign_m06(two.new, subject, phga="2")
    bundles = two.bundles()
    for number, order in enumerate((bundles, bundles[::-1])):
        found = seen(study, order, tmp_path, f"fork{number}")
        assert found["custody"][subject][1] == custody.FORK
        assert found["asked"] == {(subject, "handover")}
        assert found["subjects"][subject]["visits"]["m06"][0] == "1"
    transfer.give_up(two.new, subject, "P03 goes on", PASSPHRASE)
    found = seen(study, two.bundles(), tmp_path, "ended")
    assert found["custody"][subject][1] == ""
    assert found["subjects"][subject]["visits"]["m06"][0] == "1"


def test_a_restored_old_computer_that_goes_on_is_left_out(
    study: Study, two: Two, subject: str, tmp_path: Path
) -> None:
    """It was put back to a day before the hand-over, knows nothing of it, and sends everything anew."""
    before = study.copy(tmp_path / "before")
    two.take(two.hand(subject))
    sign_m06(two.new, subject, phga="2")
    bundles = two.bundles()
    with before.at_site("P03") as old:
        old.clinical.start_epoch("restored", after=1)
        sign_m06(old, subject, phga="2,9")
        sending.export(old, two.stick)
        again = [old.clinical.bundle_bytes(row.epoch, row.seq) for row in old.clinical.bundles()]
    for number, order in enumerate(([*bundles, *again], [*again, *bundles])):
        found = seen(study, order, tmp_path, f"restored{number}")
        assert found["subjects"][subject]["visits"]["m06"][0] == "2"
        assert found["left_out"][subject] > 0


def test_there_and_back(study: Study, two: Two, subject: str, tmp_path: Path) -> None:
    two.take(two.hand(subject))
    sign_m06(two.new, subject, phga="2")
    two.take(two.hand(subject, two.new, two.old), two.old)
    opened = visits.open_visit(two.old, subject, "m06", MONTH_6)
    visits.amend(two.old, opened, 5)
    type_in(two.old, opened, {"phga": "3"})
    visits.sign(two.old, opened, "responsible", PASSPHRASE)
    bundles = two.bundles()
    for number, order in enumerate((bundles, bundles[::-1])):
        found = seen(study, order, tmp_path, f"back{number}")
        assert found["subjects"][subject]["site"] == "P03"
        assert found["subjects"][subject]["visits"]["m06"][0] == "3"
        assert found["left_out"] == {}


def test_status_tells_where_patients_went(study: Study, two: Two, subject: str, tmp_path: Path) -> None:
    two.hand(subject)
    copy = study.copy(tmp_path / "status")
    with copy.at_centre() as centre:
        ingest(centre, two.bundles(two.old))
        (told,) = status(centre).handovers
    assert (told.subject, told.state, told.left_out) == (subject, custody.ON_THE_WAY, 0)
    assert (told.old, told.new) == (
        f"P03/{two.old.keys.writer[:8]}",
        f"P04/{two.new.keys.writer[:8]}",
    )


def test_neither_file_nor_bundles_nor_centre_show_who_it_is(
    study: Study, two: Two, subject: str, tmp_path: Path
) -> None:
    two.take(two.hand(subject))
    sign_m06(two.new, subject)
    copy = study.copy(tmp_path / "leaks")
    bundles = two.bundles()
    search = Search(words_of(PERSON), (DAY_0, MONTH_6, date(1991, 5, 20)))
    with copy.at_centre() as centre:
        ingest(centre, bundles)
        told = str([open_data(centre, data).lines for data in bundles])
    assert search.find(told.encode()) == set()
    assert search.in_files(two.stick) == {}
    assert search.in_files(copy.centre) == {}


def test_the_counts_agree_on_both_sides(study: Study, two: Two, subject: str) -> None:
    two.take(two.hand(subject))
    visit = visits.open_visit(two.new, subject, "baseline", DAY_0)
    visits.amend(two.new, visit, 5)
    type_in(two.new, visit, {"phga": "2"})
    visits.sign(two.new, visit, "responsible", PASSPHRASE)
    bundles = two.bundles()
    with study.at_centre() as centre:
        ingest(centre, bundles)
        write_receipts(centre, study.stick)
    for site in (two.old, two.new):
        receiving.receive(site, study.stick)
        found = counts(site)
        assert found.agree, found.gaps
        assert found.total("entered") == found.total("merged") > 0

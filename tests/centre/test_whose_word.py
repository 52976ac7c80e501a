"""Who may say what of a patient: whatever others send of him, before or after, what his keeper sends is what counts."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from centre_builders import course, digest_of, record_id
from centre_sites import PASSPHRASE, FakeClock, SyntheticSite

from anifro_desktop.centre import custody, querying, verification
from anifro_desktop.centre.asking import CONFLICTS, questions
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.centre.querying import Question
from anifro_desktop.centre.reading import all_subjects, conflicts
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.status import status
from anifro_desktop.record import Revision
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.query import act_revision
from anifro_desktop.sync.records import Record
from anifro_desktop.sync.sourcemarks import mark_revision
from anifro_desktop.sync.transfer import HANDED, TAKEN, Statement, statement_revision
from anifro_desktop.thread import Act, Query

SUBJECT, OTHER = "P03-7KQF-4", "P07-8C2M-N"
BASELINE = course(SUBJECT, visits=("baseline",))
LABORATORY = next(one for one in BASELINE if one.form == "laboratory")
FEW = [one for one in BASELINE if one.form in ("enrolment", "schedule", "laboratory", "visit_summary")]
ORDERS = pytest.mark.parametrize("first", ["honest", "other"])


@pytest.fixture
def neighbour(centre: Centre, clock: FakeClock) -> SyntheticSite:
    """A computer of another site, registered after that of P03."""
    return joined(centre, clock, "P07")


def joined(centre: Centre, clock: FakeClock, code: str) -> SyntheticSite:
    clock.forward(minutes=1)
    made = SyntheticSite(code)
    register(centre, made.card_bytes, made.card.fingerprint)
    return made


def says(one: SyntheticSite, act: str, to: SyntheticSite, file: str = "f", held: str = "") -> Revision:
    """What one computer says of the hand-over of a file from or to another."""
    hand = record_id("hand-over", file)
    said = Statement(hand, SUBJECT, act, 1, to.code, to.writer, digest_of(file), held, "U01")
    return statement_revision(said, one.writer, digest_of("pack"), "")


def sealed(centre: Centre, one: SyntheticSite, *revisions: Revision) -> bytes:
    """A bundle, also of another site's patient."""
    return one.raw_bundle(centre.keyset, [Record(item).line() for item in revisions])


def arrive(centre: Centre, *bundles: bytes) -> None:
    assert {one.status for one in ingest(centre, bundles)} <= {"accepted", "duplicate"}


def in_order(centre: Centre, first: str, honest: bytes, other: bytes) -> None:
    arrive(centre, *((honest, other) if first == "honest" else (other, honest)))


def answered(centre: Centre, visit: str = "baseline") -> dict[str, Any]:
    """What the centre has of the patient at a visit; nothing if nothing counts."""
    found = [one for one in all_subjects(centre) if one.code == SUBJECT]
    return dict(found[0].visit(visit).answers) if found and found[0].visit(visit) else {}  # type: ignore[union-attr]


def there_and_back(centre: Centre, site: SyntheticSite, neighbour: SyntheticSite) -> None:
    """The patient is handed to the neighbour and comes back."""
    first = record_id("hand-over", "there")
    arrive(centre, sealed(centre, site, says(site, HANDED, neighbour, "there")))
    arrive(centre, sealed(centre, neighbour, says(neighbour, TAKEN, site, "there")))
    arrive(centre, sealed(centre, neighbour, says(neighbour, HANDED, site, "back", held=first)))
    arrive(centre, sealed(centre, site, says(site, TAKEN, neighbour, "back", held=first)))
    assert custody.keeper(centre, SUBJECT) == (site.code, site.writer)


@ORDERS
def test_a_record_counts_though_another_site_claims_its_id_for_the_same_patient(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, first: str
) -> None:
    claim = replace(LABORATORY, form="zzz", values={}, definition=digest_of("unknown"))
    other = sealed(centre, neighbour, says(neighbour, TAKEN, site), claim)
    in_order(centre, first, sealed(centre, site, *FEW), other)
    assert answered(centre)["platelets"] == 84


@ORDERS
def test_a_record_counts_though_another_site_claims_its_id_for_a_patient_of_its_own(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, first: str
) -> None:
    claim = replace(LABORATORY, subject=OTHER)
    in_order(centre, first, sealed(centre, site, *FEW), sealed(centre, neighbour, claim))
    assert answered(centre)["platelets"] == 84
    assert conflicts(centre) == []


def test_who_gave_a_patient_back_cannot_take_a_record_that_is_still_to_come(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite
) -> None:
    arrive(centre, sealed(centre, site, *[one for one in FEW if one is not LABORATORY]))
    there_and_back(centre, site, neighbour)
    for claim in (replace(LABORATORY, form="zzz", values={}, definition=digest_of("?")), LABORATORY):
        arrive(centre, sealed(centre, neighbour, replace(claim, values={**claim.values, "platelets": 999})))
    (outcome,) = ingest(centre, [sealed(centre, site, LABORATORY)])
    assert (outcome.records, outcome.bad) == (1, 0)
    assert answered(centre)["platelets"] == 84


@ORDERS
def test_of_two_computers_of_a_site_the_first_registered_counts_and_both_are_told(
    centre: Centre, site: SyntheticSite, clock: FakeClock, first: str
) -> None:
    second = joined(centre, clock, "P03")
    forged = [replace(one, values={**one.values, "platelets": 999}) for one in FEW if one is LABORATORY]
    in_order(centre, first, sealed(centre, site, *FEW), sealed(centre, second, *forged))
    assert answered(centre)["platelets"] == 84
    assert conflicts(centre) == []
    assert custody.keeper(centre, SUBJECT) == (site.code, site.writer)
    assert {(one.query.subject, one.query.about) for one in querying.threads(centre)} == {
        (SUBJECT, "handover")
    }


def test_a_computer_of_the_site_that_took_the_patient_over_never_had_him_from_the_beginning(
    centre: Centre, clock: FakeClock
) -> None:
    """Registered first, and after it gave him back it says that he was its own."""
    second = joined(centre, clock, "P03")
    home = joined(centre, clock, "P03")
    arrive(centre, sealed(centre, home, *FEW))
    there_and_back(centre, home, second)
    forged = replace(LABORATORY, values={"platelets": 999})
    arrive(centre, sealed(centre, second, says(second, HANDED, home, "lie"), forged))
    assert answered(centre)["platelets"] == 84


@ORDERS
def test_a_hand_over_that_one_side_alone_tells_of_makes_no_conflict(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, first: str
) -> None:
    forged = replace(LABORATORY, values={"platelets": 999})
    other = sealed(centre, neighbour, says(neighbour, TAKEN, site), forged)
    in_order(centre, first, sealed(centre, site, *FEW), other)
    assert centre.store.conflicts() == ((LABORATORY.id, 1),)
    assert list(questions(centre, [CONFLICTS], "en")) == []
    asked = querying.raise_query(centre, Question(SUBJECT, "Giusto?", visit="baseline", field="platelets"))
    assert (asked.query.record, asked.query.ver) == (LABORATORY.id, 1)
    found = status(centre)
    assert found.conflicts == ()
    (told,) = found.handovers
    assert (told.subject, told.state, told.left_out) == (SUBJECT, custody.WAITING, 1)
    assert told.new == f"P07/{neighbour.writer[:8]}"


def test_two_contents_of_its_keeper_are_a_conflict_as_before(centre: Centre, site: SyntheticSite) -> None:
    other = replace(LABORATORY, values={"platelets": 85})
    arrive(centre, sealed(centre, site, *FEW), sealed(centre, site, other))
    assert [(one.id, one.ver) for one in conflicts(centre)] == [(LABORATORY.id, 1)]
    assert "platelets" not in answered(centre)


@ORDERS
def test_what_a_computer_sent_before_it_let_go_counts_though_it_sends_it_again_after_a_restore(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, first: str
) -> None:
    """The backup is of before the hand-over, and knows nothing of it."""
    honest = [sealed(centre, site, *FEW), sealed(centre, site, says(site, HANDED, neighbour))]
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    again = sealed(centre, site, *FEW)
    arrive(centre, sealed(centre, neighbour, says(neighbour, TAKEN, site)))
    arrive(centre, *([*honest, again] if first == "honest" else [again, *honest]))
    assert answered(centre)["platelets"] == 84
    assert [(one.state, one.left_out) for one in status(centre).handovers] == [(custody.MOVED, 0)]


def asked_about(centre: Centre) -> Query:
    return querying.raise_query(
        centre, Question(SUBJECT, "Giusto?", visit="baseline", field="platelets")
    ).query


def saying(query: Query, text: str, id: str = "", n: int = 2) -> Revision:
    act = Act(id or str(uuid.uuid4()), query.id, n, "answer", text, "U01")
    return act_revision(query, act, digest_of("pack"))


def texts(centre: Centre) -> list[str]:
    return [act.text for one in querying.threads(centre) for act in one.acts if not act.by_centre]


def test_an_answer_of_a_computer_that_gave_the_patient_back_counts_for_nothing(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite
) -> None:
    arrive(centre, sealed(centre, site, *FEW))
    query = asked_about(centre)
    there_and_back(centre, site, neighbour)
    own = str(uuid.uuid4())
    arrive(centre, sealed(centre, neighbour, saying(query, "Della sede di prima.", n=999_999)))
    arrive(centre, sealed(centre, neighbour, saying(query, "Al posto di un'altra.", id=own)))
    assert [one.state for one in querying.threads(centre)] == ["open"]
    arrive(centre, sealed(centre, site, saying(query, "Confermato.", id=own)))
    assert [one.state for one in querying.threads(centre)] == ["answered"]
    assert texts(centre) == ["Confermato."]
    assert querying.ask_again(centre, query.id, "E ora?").acts[-1].n == 3
    assert verify(centre.store) == []


def test_an_answer_of_the_next_keeper_counts_once_the_one_before_said_that_he_let_go(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite
) -> None:
    arrive(centre, sealed(centre, site, *FEW))
    query = asked_about(centre)
    arrive(centre, sealed(centre, neighbour, says(neighbour, TAKEN, site), saying(query, "Confermato.")))
    assert texts(centre) == []
    arrive(centre, sealed(centre, site, says(site, HANDED, neighbour)))
    assert texts(centre) == ["Confermato."]


def test_another_computer_of_the_site_answers_nothing(
    centre: Centre, site: SyntheticSite, clock: FakeClock
) -> None:
    arrive(centre, sealed(centre, site, *FEW))
    query = asked_about(centre)
    arrive(centre, sealed(centre, joined(centre, clock, "P03"), saying(query, "Confermato.")))
    assert [one.state for one in querying.threads(centre)] == ["open"]


@ORDERS
def test_a_mark_counts_though_another_site_takes_marks_back(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, first: str
) -> None:
    mark = SourceMark(str(uuid.uuid4()), SUBJECT, LABORATORY.id, 1, "", 1, "mark", "U02")
    taken = [replace(mark, act="unmark", n=2), replace(mark, id=str(uuid.uuid4()), act="unmark", n=999_999)]
    of_his = [replace(mark, id=str(uuid.uuid4()), subject=OTHER, act="unmark", n=5)]
    forged = [mark_revision(one, digest_of("pack")) for one in (*taken, *of_his)]
    honest = sealed(centre, site, *FEW, mark_revision(mark, digest_of("pack")))
    in_order(centre, first, honest, sealed(centre, neighbour, says(neighbour, TAKEN, site), *forged))
    assert [(one.id, state) for one, state in verification.marks(centre)] == [(mark.id, "verified")]


@dataclass(frozen=True)
class Known:
    """What a centre makes of all that came."""

    answers: Any
    keepers: Any
    said: Any
    marked: Any
    twice: Any
    left_out: Any


def known(centre: Centre) -> Known:
    found = all_subjects(centre)
    return Known(
        {one.code: (one.site, {v.key: dict(v.answers) for v in one.visits}) for one in found},
        {code: (one.keepers, one.state) for code, one in custody.custodies(centre).items()},
        [(one.query.about, one.state, [act.text for act in one.acts]) for one in querying.threads(centre)],
        [(mark.id, state) for mark, state in verification.marks(centre)],
        [(one.id, one.ver) for one in conflicts(centre)],
        [(one.subject, one.left_out) for one in status(centre).handovers],
    )


def test_what_several_say_of_a_patient_comes_to_the_same_in_every_order(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, clock: FakeClock, tmp_path: Path
) -> None:
    arrive(centre, sealed(centre, site, *FEW))
    query = asked_about(centre)
    stranger = joined(centre, clock, "P09")
    later = replace(LABORATORY, ver=2, prev=digest_of("1"), values={"platelets": 90})
    mark = SourceMark(str(uuid.uuid4()), SUBJECT, LABORATORY.id, 1, "", 1, "mark", "U02")
    lie = replace(later, values={"platelets": 999})
    bundles = [
        sealed(centre, site, mark_revision(mark, digest_of("pack")), says(site, HANDED, neighbour)),
        sealed(centre, neighbour, says(neighbour, TAKEN, site), later, saying(query, "Confermato.")),
        sealed(centre, stranger, says(stranger, TAKEN, site), lie, saying(query, "Mio.", n=999_999)),
        sealed(centre, joined(centre, clock, "P03"), lie, replace(LABORATORY, form="zzz")),
        sealed(centre, site, lie, saying(query, "Non più.")),
    ]
    folder = centre.folder
    centre.close()
    found = [after(folder, order, clock, tmp_path / "copy") for order in list(permutations(bundles))[::29]]
    for one in found:
        assert one == found[0]
    assert found[0].answers[SUBJECT][0] == "P07"
    assert found[0].answers[SUBJECT][1]["baseline"]["platelets"] == 90
    assert [state for _, state, _ in found[0].said if state != "open"] == ["answered"]
    assert found[0].marked == [(mark.id, "changed")]
    assert found[0].twice == []


def after(folder: Path, order: Sequence[bytes], clock: FakeClock, copy: Path) -> Known:
    shutil.copytree(folder, copy)
    centre = open_centre(copy, "DM1", PASSPHRASE, clock)
    try:
        for data in (*order, order[0]):
            ingest(centre, [data])
        return known(centre)
    finally:
        centre.close()
        shutil.rmtree(copy)

"""Nobody's name, birth date or number, and no date of a patient, is found outside the two encrypted files.

Eight people are planted at enrolment, in the ways a program could trip over: accents, apostrophes, two surnames. Then
the whole chain runs, with commands in processes of their own, bad input among it. All people are synthetic.
"""

from __future__ import annotations

import getpass
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from agreement import opened_bundles
from leaks import Search, words_of
from study_parts import PASSPHRASE, PERSON, vector
from whole_study import MANAGER, Study

from anifro_desktop.identity import Identity, check_letter
from anifro_desktop.record import canonical
from anifro_desktop.store.database import Database


def tax_code(first_15: str) -> str:
    return first_15 + check_letter(first_15)


PEOPLE = (
    Identity("Zampognàro", "Clotìlde", date(1987, 9, 23), tax_code("ZMPCTL87P63G702"), "MRN-7719034", "050 7719034"),
    Identity("D’Àlbora", "Nicolò Mèlchiade", date(1956, 12, 31), "", "CART/88210", "", "melchiade@prova.example"),
    Identity("Quattrìni-Vespèrtilli", "Ünsal", date(1999, 2, 28), tax_code("QTTNSL99B68H501"), "00991827364"),
    Identity("De’ Sanctìssimis", "Õrsola", date(1931, 1, 19), "", "h-5550199"),
    Identity("ŽIVKOVIĆ", "Ðurđica", date(1974, 11, 30), "", "ŽV-40417"),
    Identity("Abbondànzieri", "Pierfrancèsco", date(2004, 2, 29), tax_code("BBNPFR04B29F205"), "AOUP77120953"),
    Identity("Sottocornòla", "Èmeraude", date(1962, 7, 14), "", "SC62-0714-X"),
    Identity("Wieczórkowska", "Łucja", date(1945, 10, 22), "", "WK-1945-77", "0039-587-331902"),
)  # fmt: skip
_DOSE_DATES = ("ad_date", "ad_planned")
ENROLLED = tuple(date(2023, 1, 17) + timedelta(days=101 * number) for number in range(len(PEOPLE)))


def course(number: int) -> dict[str, Any]:
    """A visit file of one of the people; the first has a date of first dose of its own."""
    person, enrolled = PEOPLE[number], ENROLLED[number]
    content = vector("v3")
    content["identity"] = {
        name: value.isoformat() if isinstance(value, date) else value
        for name in ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")
        if (value := getattr(person, name))
    }
    consent, dose = enrolled - timedelta(days=3), enrolled + timedelta(days=5)
    content["enrolment"] |= {
        "consent_date": consent.isoformat(),
        "enrolment_date": enrolled.isoformat(),
        "incl_anifrolumab": 2 if number % 2 else 1,
        "first_dose_date": (consent - timedelta(days=200) if number % 2 else dose).isoformat(),
    }
    if number % 2 == 0:
        del content["enrolment"]["first_dose_date"]
    for event in content["events"]:
        event["answers"] |= {name: dose.isoformat() for name in event["answers"] if name in _DOSE_DATES}
    content["visits"] = content["visits"][: 2 if number < 3 else 1]
    for visit, days in zip(content["visits"], (0, 190), strict=False):
        visit.pop("visit", None)
        visit["date"] = (enrolled + timedelta(days=days)).isoformat()
        visit["answers"]["summary_comment"] = f"{person.name} {person.surname}, {person.hospital_number}"
    return content


def dates_of(content: Mapping[str, Any]) -> set[date]:
    texts = [value for name, value in content["enrolment"].items() if name.endswith("_date")]
    return {date.fromisoformat(text) for text in [*texts, *(visit["date"] for visit in content["visits"])]}


MONTHS = (
    *("Gennaio", "Febbraio", "MARZO", "April", "May", "giugno"),
    *("July", "AGOSTO", "Sept.", "ottobre", "Nov", "dicembre"),
)


@dataclass(frozen=True)
class Run:
    """The chain after it ran. people: names, numbers, birth dates; secrets: these and every date of a patient.
    said: all that any process said."""

    study: Study
    people: Search
    secrets: Search
    said: bytes


@pytest.fixture(scope="module")
def run(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Eight people through the whole chain, by the program in processes of its own."""
    study = study_template.copy(tmp_path_factory.mktemp("leak") / "study")
    files = [course(number) for number in range(len(PEOPLE))]
    said = []

    def act(area: str, verb: str, *rest: Any, given: bytes = b"", code: int = 0) -> None:
        done = study.process(study.words(area, verb, *rest), given)
        assert done.code == code, done.err
        said.extend((done.out, done.err))

    act("site", "enter", given=json.dumps(files[0], ensure_ascii=False).encode())
    wrong = json.loads(json.dumps(files[2]))
    wrong["identity"]["tax_code"] = "QTTNSL99B68H501A"
    wrong["visits"][0]["answers"] |= {"phga": "9", "wbc": files[2]["identity"]["surname"], "nobody": 1}
    act("site", "enter", given=json.dumps(wrong).encode(), code=1)
    for content in files[1:]:
        entered = study.enter(content)
        assert entered.code == 0, entered.err
        said.append(entered.out)
    act("site", "export", "--to", study.stick)
    act("centre", "ingest", study.stick, "--receipts", study.stick)
    act("centre", "dataset", "--to", study.results)
    for area, verb, *rest in (
        ("site", "receive", study.stick),
        ("site", "status"),
        ("site", "verify"),
        ("centre", "status"),
        ("centre", "report", "--csv", study.results / "report.csv"),
    ):
        done = study.command(area, verb, *rest)
        assert done.code == 0, done.err
        said.append(done.out)
    words = {word for person in PEOPLE for word in words_of(person)}
    born = {person.birth_date for person in PEOPLE if person.birth_date}
    everyday = {on for content in files for on in dates_of(content)}
    return Run(study, Search(words, born), Search(words, born | everyday), "\n".join(said).encode())


def plain(database: Database) -> bytes:
    """Every row of an opened database, as text and bytes."""
    with database.transaction() as tx:
        names = (
            tx.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            .scalars()
            .all()
        )
        parts = []
        for name in names:
            for row in tx.connection.exec_driver_sql(f"SELECT * FROM {name}").all():
                parts += [cell if isinstance(cell, bytes) else str(cell).encode() for cell in row]
    return b"\n".join(parts)


def test_no_file_holds_a_person_or_a_date(run: Run) -> None:
    """The encrypted databases are searched too: as bytes they must tell nothing either."""
    assert run.secrets.in_files(run.study.root) == {}
    suffixes = {path.suffix for path in run.study.root.rglob("*") if path.is_file()}
    assert {".anfb", ".dta", ".db", ".json", ".csv", ".anfk"} <= suffixes


def test_no_process_said_a_person_or_a_date(run: Run) -> None:
    assert len(run.said) > 5000
    assert run.secrets.find(run.said) == set()


def test_opened_bundles_hold_nobody_no_date_and_no_staff(run: Run) -> None:
    (opened,) = opened_bundles(run.study)
    content = b"\n".join(canonical(line) for line in opened.lines)
    assert len(content) > 50_000
    assert run.secrets.find(content) == set()
    staff = (PERSON.name, MANAGER.name, "Centro di prova", PASSPHRASE, str(run.study.root), platform.node())
    assert Search(staff, ()).find(content) == set()
    assert getpass.getuser().encode() not in content


def test_the_opened_centre_holds_nobody_and_no_date(run: Run) -> None:
    with run.study.at_centre() as centre:
        content = plain(centre.store)
    assert len(content) > 200_000
    assert run.secrets.find(content) == set()


def test_the_opened_clinical_database_holds_nobody(run: Run) -> None:
    """Dates it does hold; words typed into a comment stay there and are the site's own affair."""
    with run.study.at_site() as site:
        revisions = [item for item in site.clinical.revisions(latest=False) if item.form != "visit_summary"]
        identities = plain(site.identities) if site.identities else b""
        subjects = [row.code for row in site.clinical.subjects()]
        acts = [item.entry for item in site.clinical.audit_entries(table="act")]
    assert run.people.find(b"".join(canonical(item.to_json()) for item in revisions)) == set()
    assert run.people.find(repr((subjects, acts)).encode()) == set()
    # The search finds every one of them where they are meant to be.
    found = run.people.find(identities)
    assert all(words_of(person) & found for person in PEOPLE)
    assert {person.birth_date.isoformat() for person in PEOPLE if person.birth_date} <= found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.hospital_number)
def test_the_search_finds_a_person_planted_on_purpose(
    person: Identity, encoding: str, run: Run, tmp_path: Path
) -> None:
    for number, change in enumerate((str, str.upper, str.lower, str.swapcase)):
        for word in (person.surname, person.name, person.hospital_number):
            planted = tmp_path / f"planted-{number}.log"
            planted.write_bytes(b"\x00\x01random bytes " + f"before {change(word)} after".encode(encoding))
            assert run.people.in_files(tmp_path), (change(word), encoding)
            planted.unlink()
    assert run.people.find(json.dumps({"name": person.full_name}).encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "form",
    [
        "{0:%Y-%m-%d}", "{0:%d/%m/%Y}", "{0:%m/%d/%Y}", "{0:%d.%m.%Y}", "{0.day}.{0.month}.{0.year}", "{0:%d-%m-%y}",
        "{0:%y/%m/%d}", "{0:%Y%m%d}", "{0:%d%m%Y}", "{0:%m%d%Y}", "{0:%Y_%d_%m}", "{0.year}, {0.month}, {0.day}",
        "T{0:%Y-%m-%d}T00:00:00", "x99{0:%d%m%Y}77", "{0.day} {0:%Y}", "[{0.year}, {0.month}, {0.day}]",
    ],
)  # fmt: skip
def test_the_search_finds_a_date_planted_on_purpose(form: str, encoding: str, run: Run) -> None:
    for person in PEOPLE:
        on = person.birth_date
        assert on is not None
        text = form.format(on) if form != "{0.day} {0:%Y}" else f"{on.day} {MONTHS[on.month - 1]} {on.year}"
        assert on.isoformat() in run.people.find(f"born {text}.".encode(encoding)), text

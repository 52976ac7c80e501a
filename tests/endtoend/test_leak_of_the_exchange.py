"""Nobody's name, number or birth date, and no date of a patient, gets out by what was built around the bundles.

People are planted; half of them are named in every place where words can be typed: answers, reasons, texts of
overrides, answers to the centre. Then a site and the centre talk over a real server, a patient is handed over to
another site, and everything is searched that lies outside the encrypted databases of the sites: the server's folder
with its names, each file opened as its receiver opens it, the centre's database row by row, what it says of its sites,
logs and tables, and all that any command said. All people are synthetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import running
from authority import HOST, Authority
from leaks import Search, planted, words_of, written
from study_parts import DAY_0, ENROLMENT, PASSPHRASE, enrol, fill, signed, type_in
from whole_study import Study, run_here

from anifro_desktop.centre.ingesting import open_data
from anifro_desktop.centre.querying import Question, raise_query
from anifro_desktop.identity import Identity
from anifro_desktop.record import canonical
from anifro_desktop.store.database import Database
from anifro_desktop.sync.bundle import Opened, open_bundle, peek_header
from anifro_desktop.sync.keyset import read_keyset
from anifro_desktop.workflows import held_texts, queries, sending, synclog, transfer, visits
from anifro_desktop.workflows.site import Site

PEOPLE = planted(8)
MONTH_6 = date(2026, 9, 3)
NAMED_STICK = PEOPLE[0].surname  # a stick that somebody called after a patient


@dataclass
class Exchange:
    """Everything that happened. said: by commands; opened: every file that travelled, opened by its receiver."""

    study: Study
    server: Path
    subject: str = ""
    moved: str = ""
    said: list[str] = field(default_factory=list)
    opened: dict[str, list[Opened]] = field(default_factory=dict)
    parcel: str = ""

    def command(self, area: str, act: str, *rest: Any, site: str = "P03") -> Any:
        folder = self.study.site(site) if area == "site" else None
        words = self.study.words(area, act, *rest, data=folder)
        if act in ("connect", "query"):  # their verb comes before all else
            words = [*words[:2], str(rest[0]), *words[2:]]
            del words[3 + words[3:].index(str(rest[0]))]
        done = run_here(words)
        assert done.code == 0, (area, act, done.err)
        self.said += [done.out, done.err]
        return done


def talked(person: Identity) -> str:
    """What somebody may type who should not."""
    assert person.birth_date is not None
    words = [person.full_name, person.tax_code, person.hospital_number, person.phone, person.email]
    return ", ".join([*words, *written(person.birth_date)])


def secrets() -> Search:
    """All that must not be found: the people, and each day of a patient."""
    born = {person.birth_date for person in PEOPLE if person.birth_date}
    typed = {date.fromisoformat(text) for name, text in ENROLMENT.items() if name.endswith("_date")}
    days = {DAY_0, MONTH_6, *typed}
    return Search({word for person in PEOPLE for word in words_of(person)}, born | days)


@pytest.fixture(scope="module")
def exchange(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    root = tmp_path_factory.mktemp("exchange")
    with ExitStack() as stack:
        authority = Authority()
        served = stack.enter_context(running.wsgidav(authority.issue()))
        made = Exchange(study_template.copy(root / "study"), served.folder)
        (root / "ca.pem").write_bytes(authority.pem)
        (root / "password").write_text(running.PASSWORD, encoding="utf-8")
        login = [
            "--login",
            running.USER,
            "--password-file",
            root / "password",
            "--authority",
            root / "ca.pem",
        ]
        for area in ("site", "centre"):
            made.command(area, "connect", "webdav", f"https://{HOST}:{served.port}/", *login)
        with made.study.at_site() as site:
            _enter(made, site)
        _talk(made)
        stick = root / NAMED_STICK
        stick.mkdir()
        _hand_over(made, stick)
        _ask_everybody(made)
        _open_all(made)
        yield made


def _enter(made: Exchange, site: Site) -> None:
    """A patient with words in every place that takes some, and others beside."""
    codes = [enrol(site, person) for person in PEOPLE]
    made.subject, made.moved = codes[0], codes[1]
    texts = iter(PEOPLE)
    visit = fill(site, made.subject, "baseline", DAY_0, wbc="2,8", leukopenia=0)
    type_in(site, visit, {"summary_comment": talked(next(texts))[:190]})
    change = visit.session.explain("leukopenia", 1, talked(next(texts))[:190])
    visits.save_draft(site, visit, visit.session.entries(change.fields))
    visits.sign_confirmed(site, visit, "responsible")
    visits.amend(site, visit, 5, talked(next(texts))[:190])
    type_in(site, visit, {"haemoglobin": "11.9"})
    visits.sign_confirmed(site, visit, "responsible")
    signed(site, made.moved, "baseline", DAY_0)
    fill(site, made.moved, "m06", MONTH_6)


def _talk(made: Exchange) -> None:
    """Over the server: data, a receipt, questions, answers with people in them, and what the centre makes of these."""
    made.command("site", "export")
    made.command("centre", "ingest")
    with made.study.at_centre() as centre:
        for number in range(4):
            raise_query(centre, Question(made.subject, "Come mai?", "other", "baseline", about=f"n{number}"))
    made.command("centre", "reply")
    made.command("site", "receive")
    with made.study.at_site() as site:
        for number, one in enumerate(queries.threads(site, unsettled=True)):
            say = queries.answer if number % 2 else queries.ask_back
            say(site, one.query.id, talked(PEOPLE[4 + number])[:400], keep=True)
        assert len(held_texts.held(site)) == 4
    made.command("site", "review")
    made.said.pop(-2)  # it shows what is held back, to the person who is to look at it
    made.command("site", "export")
    made.command("centre", "ingest")
    made.command("centre", "reply")
    made.command("site", "receive")


def _hand_over(made: Exchange, stick: Path) -> None:
    with made.study.at_site() as old, made.study.at_site("P04") as new:
        card = transfer.card_of(new)
        done = transfer.hand_over(old, made.moved, card, new.card().fingerprint, stick, PASSPHRASE)
        data = (stick / done.name).read_bytes()
        transfer.take(new, data, (stick / done.card).read_bytes(), done.fingerprint, PASSPHRASE)
        made.parcel = done.name
        sending.export(old, stick)
        sending.export(new, stick)
        made.opened["handover"] = []
    made.command("centre", "ingest", stick, "--receipts", made.study.stick)
    for path in stick.iterdir():
        (made.study.stick / path.name).write_bytes(path.read_bytes())


def _ask_everybody(made: Exchange) -> None:
    """What people may look at, print or write who are no site's."""
    results = made.study.results
    made.command("centre", "query", "list")
    for act in (
        ["status"],
        ["counts"],
        ["report", "--csv", results / "report.csv"],
        ["dataset", "--to", results],
    ):
        made.command("centre", *act)
    made.command("centre", "backup", "--to", results)
    made.command("site", "log", "--csv", results / "log.csv")
    made.said.pop(-2)  # it shows the stick's name to whoever called it so; the table does not
    for act in (["counts"], ["support", results / "support.txt"]):
        made.command("site", *act)
    for area in ("site", "centre"):
        made.command(area, "connect", "show")


def _open_all(made: Exchange) -> None:
    """Every file that travelled, opened by whoever it is for."""
    files = [path for folder in (made.server, made.study.stick) for path in sorted(folder.glob("*.anfb"))]
    with made.study.at_centre() as centre, made.study.at_site() as site, made.study.at_site("P04") as other:
        at = {(one.code, one.keys.writer): one for one in (site, other)}
        verify = read_keyset(centre.store.secret("keyset") or b"").verify_key
        for path in files:
            data = path.read_bytes()
            head = peek_header(data)
            if head.type == "data":
                opened = open_data(centre, data)
            elif head.type == "handover":
                continue  # sealed from site to site: its content is the patient's identity
            else:
                reader = at[head.site, head.writer]
                opened = open_bundle(
                    data,
                    expect_type=head.type,
                    key_for=lambda _: verify,
                    seed_for=reader.clinical.opening_seed,
                )
            made.opened.setdefault(head.type, []).append(opened)


def rows(database: Database) -> bytes:
    """Every cell of an opened database."""
    with database.transaction() as tx:
        names = (
            tx.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            .scalars()
            .all()
        )
        cells = [
            cell
            for name in names
            for row in tx.connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for cell in row
        ]
    return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)


def test_every_file_that_travelled_opened_tells_of_nobody(exchange: Exchange) -> None:
    assert {kind: len(found) > 0 for kind, found in exchange.opened.items()} == {
        "data": True, "receipt": True, "query": True, "handover": False
    }  # fmt: skip
    found = {
        kind: secrets().find(b"\n".join(canonical(line) for one in files for line in one.lines))
        for kind, files in exchange.opened.items()
    }
    assert found == {kind: set() for kind in exchange.opened}
    content = b"".join(canonical(line) for one in exchange.opened["data"] for line in one.lines)
    assert content.count(b"[withheld]") == 4
    assert b'"kind":"override"' in content
    # What went back to the site holds its own answers as they left.
    asked = b"".join(canonical(line) for one in exchange.opened["query"] for line in one.lines)
    assert b"[withheld]" in asked


def test_no_name_on_the_server_or_the_stick_and_no_file_there_tells_of_anybody(exchange: Exchange) -> None:
    assert len(list(exchange.server.iterdir())) >= 6
    assert exchange.parcel in {path.name for path in exchange.study.stick.iterdir()}
    assert secrets().in_files(exchange.server, exchange.study.stick) == {}


def test_the_centre_and_what_it_says_tell_of_nobody(exchange: Exchange) -> None:
    with exchange.study.at_centre() as centre:
        content = rows(centre.store)
    assert len(content) > 100_000
    assert secrets().find(content) == set()
    # The databases as bytes are searched in `test_identity_leak`.
    places = (exchange.study.centre, exchange.study.results)
    files = [path for place in places for path in place.rglob("*") if path.is_file() and path.suffix != ".db"]
    found = {path: secrets().find(path.name.encode() + b"\n" + path.read_bytes()) for path in files}
    assert {path: what for path, what in found.items() if what} == {}
    assert {path.suffix for path in files} >= {".csv", ".dta", ".json", ".txt"}


def test_no_command_said_anybody(exchange: Exchange) -> None:
    said = "\n".join(exchange.said).encode()
    assert len(said) > 4000
    people = Search({word for person in PEOPLE for word in words_of(person)}, ())
    assert [one for one in exchange.said if people.find(one.encode())] == []


def test_the_sync_log_as_a_table_does_not_name_a_stick_called_after_somebody(exchange: Exchange) -> None:
    with exchange.study.at_site() as site:
        places = {one.place for life in synclog.lives(site) for one in life.events}
        assert any(NAMED_STICK in place for place in places)
        table = synclog.as_csv(site)
    assert secrets().find(table) == set()


def test_what_is_kept_of_a_connection_names_the_server_and_no_secret(exchange: Exchange) -> None:
    with exchange.study.at_site() as site:
        entries = repr([item.entry for item in site.clinical.audit_entries()]).encode()
    said = "\n".join(exchange.said).encode()
    for text in (entries, said):
        assert HOST.encode() in text
        assert running.PASSWORD.encode() not in text


def test_the_search_would_find_them(exchange: Exchange) -> None:
    """The words are where they were typed: in the site's own database, and nowhere else."""
    with exchange.study.at_site() as site:
        revisions = site.clinical.revisions(exchange.subject, latest=False)
        said = [act.text for one in site.clinical.threads() for act in one.acts]
    found = secrets().find(
        "\n".join([*said, *(canonical(one.to_json()).decode() for one in revisions)]).encode()
    )
    for person in (*PEOPLE[:3], *PEOPLE[4:8]):
        assert words_of(person) & found, person.hospital_number

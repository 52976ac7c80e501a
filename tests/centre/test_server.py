"""A centre on a PostgreSQL server: what the server's administrator may read and change, and what fails in words."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from centre_builders import course
from centre_sites import PASSPHRASE, FakeClock, Founded, SyntheticSite
from cluster import GUEST, GUEST_PASSWORD, Cluster

from anifro_desktop.centre import staffing
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, create_centre, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.status import status
from anifro_desktop.cli import main
from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import (
    CannotSave,
    DatabaseMissing,
    NotOnServer,
    NotStorable,
    ServerTrouble,
    VaultDamaged,
)
from anifro_desktop.store.passphrase import FLOOR
from anifro_desktop.store.server import FILE, Address
from anifro_desktop.store.verify import verify

CODE = "P03-7KQF-4"
PERSON = User("DM1", "Synthetic Person", ("data_manager", "statistician"))


@pytest.fixture
def served(on_server: Founded) -> Centre:
    """An open centre on a server; it is closed by the test's end."""
    centre = open_centre(on_server.folder, "DM1", PASSPHRASE)
    yield centre  # type: ignore[misc]
    with contextlib.suppress(CannotSave, DatabaseMissing):
        centre.close()


def with_a_patient(centre: Centre) -> SyntheticSite:
    site = SyntheticSite()
    register(centre, site.card_bytes, site.card.fingerprint)
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, course(CODE))])
    assert outcome.status == "accepted"
    return site


def found(centre: Centre) -> set[tuple[str, str]]:
    return {
        (item.code, str(item.params.get("table") or item.params.get("object") or ""))
        for item in verify(centre.store)
    }


def test_a_centre_on_a_server_is_whole(served: Centre, on_server: Founded) -> None:
    with_a_patient(served)
    assert verify(served.store) == []
    served.close()
    again = open_centre(on_server.folder, "DM1", PASSPHRASE)
    assert status(again).sites[0].visits == 4
    assert not (on_server.folder / "centre.db").exists()
    again.close()


def test_a_value_that_a_column_cannot_hold_is_one_refusal(served: Centre) -> None:
    with pytest.raises(NotStorable):
        served.store.quarantine("a\0.anfb", "bad_lines", b"")
    with_a_patient(served)


def test_its_administrator_reads_no_key(served: Centre, on_server: Founded, postgres: Cluster) -> None:
    seeds = [served.store.secret(name) for name in ("signing", "opening")]
    stored = postgres.run("SELECT value FROM secrets", on_server.database)
    everything = b"".join(bytes(row[0]) for row in stored)  # type: ignore[arg-type]
    for seed in seeds:
        assert seed is not None
        assert seed not in everything
    assert signing.public_bytes(seeds[0] or b"") == served.keyset.sign
    assert hybrid.public_bytes(seeds[1] or b"") == served.keyset.seal


def test_a_key_put_under_another_name_is_refused(
    served: Centre, on_server: Founded, postgres: Cluster
) -> None:
    site = with_a_patient(served)
    mine = SyntheticSite("P03", writer="ab" * 16)
    register(served, mine.card_bytes, mine.card.fingerprint)
    names = [name for name in served.store.secret_names() if name.startswith(f"card/P03/{site.writer}")]  # type: ignore[attr-defined]
    names += [name for name in served.store.secret_names() if name.startswith(f"card/P03/{mine.writer}")]  # type: ignore[attr-defined]
    postgres.run(
        f"UPDATE secrets SET value = (SELECT value FROM secrets WHERE name = '{names[1]}') WHERE name = '{names[0]}'",
        on_server.database,
    )
    with pytest.raises(VaultDamaged):
        ingest(served, [site.bundle(served.keyset, [])])
    assert ("row_changed", "secrets") in found(served)


@pytest.mark.parametrize(
    "statement", ["UPDATE revisions SET op = 'del'", "DELETE FROM audit", "TRUNCATE audit"]
)
def test_what_is_append_only_is_so_for_everybody(
    served: Centre, on_server: Founded, postgres: Cluster, statement: str
) -> None:
    import psycopg

    with_a_patient(served)
    with pytest.raises(psycopg.errors.RaiseException):
        postgres.run(statement, on_server.database)
    assert verify(served.store) == []


def test_what_an_administrator_changes_all_the_same_is_found(
    served: Centre, on_server: Founded, postgres: Cluster
) -> None:
    with_a_patient(served)
    for statement in (
        "ALTER TABLE revisions DISABLE TRIGGER ALL",
        'UPDATE revisions SET body = replace(body, \'"phga":"1.8"\', \'"phga":"0.8"\')',
        "UPDATE chains SET next_seq = 7",
        "DELETE FROM differences; DELETE FROM answers",
        "ALTER TABLE writers ADD COLUMN note text",
    ):
        postgres.run(statement, on_server.database)
    codes = found(served)
    assert ("row_changed", "revisions") in codes
    assert ("row_changed", "chains") in codes
    assert ("row_missing", "answers") in codes
    assert {("schema_changed", "writers"), ("schema_changed", "revisions_keep")} <= codes


def test_an_older_database_put_back_is_noticed(served: Centre, on_server: Founded, postgres: Cluster) -> None:
    served.close()
    old = postgres.make(on_server.database)
    again = open_centre(on_server.folder, "DM1", PASSPHRASE)
    with_a_patient(again)
    again.close()
    postgres.run(f"DROP DATABASE {on_server.database}")
    postgres.run(f"ALTER DATABASE {old} RENAME TO {on_server.database}")
    late = open_centre(on_server.folder, "DM1", PASSPHRASE)
    assert any(item.code == "rolled_back" for item in verify(late.store))
    late.close()


def test_an_empty_database_in_its_place_is_not_filled(
    served: Centre, on_server: Founded, postgres: Cluster
) -> None:
    served.close()
    postgres.run(f"DROP DATABASE {on_server.database}")
    postgres.run(f"CREATE DATABASE {on_server.database} TEMPLATE template0 ENCODING 'UTF8'")
    with pytest.raises(DatabaseMissing):
        open_centre(on_server.folder, "DM1", PASSPHRASE)


def test_a_changed_address_leads_nowhere(on_server: Founded) -> None:
    path = on_server.folder / FILE
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(VaultDamaged):
        open_centre(on_server.folder, "DM1", PASSPHRASE)


def test_a_lost_connection_says_so_and_comes_back(
    served: Centre, on_server: Founded, postgres: Cluster
) -> None:
    site = SyntheticSite()
    register(served, site.card_bytes, site.card.fingerprint)
    data = site.bundle(served.keyset, course(CODE))
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{on_server.database}'"
    postgres.run(end)
    with pytest.raises(CannotSave) as refused:
        ingest(served, [data])
    assert refused.value.params["why"] == "server"
    (outcome,) = ingest(served, [data])
    assert outcome.status == "accepted"


def test_new_keys_seal_everything_anew(served: Centre, on_server: Founded) -> None:
    before = served.store.secret("signing")
    people = staffing.of_centre(served)
    people.add(User("DM2", "Second Synthetic", ("data_manager",)), "another synthetic passphrase")
    people.remove("DM2", "left")
    assert served.store.secret("signing") == before
    assert verify(served.store) == []
    served.close()
    again = open_centre(on_server.folder, "DM1", PASSPHRASE)
    assert again.store.secret("signing") == before
    again.close()


def test_there_is_no_file_to_copy(served: Centre) -> None:
    with pytest.raises(NotOnServer), served.store.still():
        pass


def test_a_login_with_a_password(postgres: Cluster, tmp_path: Path) -> None:
    name = postgres.make(owner=GUEST)
    address = Address(postgres.url(name, GUEST), GUEST_PASSWORD)
    create_centre(tmp_path / "data", "PISA", "Centre", PERSON, PASSPHRASE, cost=FLOOR, server=address)
    open_centre(tmp_path / "data", "DM1", PASSPHRASE).close()
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or GUEST_PASSWORD.encode() not in path.read_bytes()
    with pytest.raises(ServerTrouble) as refused:
        create_centre(
            tmp_path / "other", "PISA", "Centre", PERSON, PASSPHRASE, cost=FLOOR,
            server=Address(postgres.url(name, GUEST), "wrong"),
        )  # fmt: skip
    assert refused.value.params["why"] == "login"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:///x", "url"),
        ("postgresql://[", "url"),
        ("postgresql://keeper:secret@localhost/x", "password"),
        ("postgresql://keeper@centre.example/x?sslmode=require", "tls"),
        ("postgresql://keeper@localhost,centre.example/x?sslmode=disable", "tls"),
        ("postgresql://keeper@localhost:1/x", "unreachable"),
    ],
)
def test_an_address_that_cannot_be_used(tmp_path: Path, url: str, why: str) -> None:
    with pytest.raises(ServerTrouble) as refused:
        create_centre(
            tmp_path / "data", "PISA", "Centre", PERSON, PASSPHRASE, cost=FLOOR, server=Address(url)
        )
    assert refused.value.params["why"] == why
    assert "secret" not in str(refused.value)
    assert not list((tmp_path / "data").iterdir())


def test_to_another_computer_the_certificate_is_checked() -> None:
    told = Address("postgresql://keeper@centre.example/x").parameters()
    assert told["sslmode"] == "verify-full"
    assert "sslmode" not in Address("postgresql://keeper@/x?host=/run/postgresql").parameters()


def test_a_database_with_something_else_in_it(postgres: Cluster, tmp_path: Path) -> None:
    name = postgres.make()
    postgres.run("CREATE TABLE theirs (x int)", name)
    for database, why in ((name, "foreign"), ("nowhere", "missing")):
        with pytest.raises(ServerTrouble) as refused:
            create_centre(
                tmp_path / why, "PISA", "Centre", PERSON, PASSPHRASE, FakeClock(), cost=FLOOR,
                server=Address(postgres.url(database)),
            )  # fmt: skip
        assert refused.value.params["why"] == why


def test_by_command(postgres: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "phrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (tmp_path / "password").write_text(f"{GUEST_PASSWORD}\n", encoding="utf-8")
    common = ["--data", str(tmp_path / "data"), "--passphrase-file", str(tmp_path / "phrase"), "--lang", "it"]
    made = ["centre", "init", "--code", "PISA", "--name", "Centro", "--person", "Una Persona"]
    wrong = ["--database", "postgresql://guest:clear@localhost/x"]
    assert main([*made, *wrong, *common]) == 3
    assert "non va nell'indirizzo" in capsys.readouterr().err
    right = ["--database", postgres.url(postgres.make(owner=GUEST), GUEST)]
    assert main([*made, *right, "--database-password-file", str(tmp_path / "password"), *common]) == 0
    (tmp_path / "inbox").mkdir()
    assert main(["centre", "ingest", "--workers", "2", str(tmp_path / "inbox"), *common]) == 0
    assert main(["centre", "status", *common]) == 0
    assert main(["centre", "verify", *common]) == 0
    assert "Tutto in ordine" in capsys.readouterr().out

"""`anifro-desktop centre ...` as somebody types it: exit codes, one clear sentence, no traceback, two languages."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from centre_builders import claiming, course, event
from centre_sites import PASSPHRASE, FakeClock, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.centre.words import REASON, STATUS, spoken
from anifro_desktop.cli import main
from anifro_desktop.errors import Refusal
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.errors import BUNDLE_CODES
from anifro_desktop.sync.keyset import Keyset, read_keyset
from anifro_desktop.sync.names import bundle_name

CODE = "P03-7KQF-4"


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    """The folder of a centre that no program has open."""
    folder = tmp_path / "centre"
    shutil.copytree(founded, folder)
    return folder


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return path


def keyset_of(data: Path) -> Keyset:
    """The keyset that the centre hands out."""
    (path,) = data.glob("*.keyset.json")
    return read_keyset(path.read_bytes())


def put(folder: Path, data: bytes) -> Path:
    """A bundle under its own name."""
    folder.mkdir(exist_ok=True)
    path = folder / bundle_name(peek_header(data), file_hash(data))
    path.write_bytes(data)
    return path


class Typed:
    """Commands typed at a centre; keeps what was said."""

    def __init__(self, data: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.common = ["--data", str(data), "--passphrase-file", str(secret)]
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, act: str, *words: object, lang: str = "en") -> int:
        code = main(["centre", act, *map(str, words), *self.common, "--lang", lang])
        self.out, self.err = self.capsys.readouterr()
        assert "Traceback" not in self.out + self.err
        return code


@pytest.fixture
def typed(data: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(data, secret, capsys)


@pytest.fixture
def card(tmp_path: Path) -> tuple[SyntheticSite, Path]:
    """A site, and its card as a file."""
    site = SyntheticSite()
    path = tmp_path / "card.anfk"
    path.write_bytes(site.card_bytes)
    return site, path


def test_from_a_card_to_stata(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    assert typed("register", path, "--fingerprint", site.card.fingerprint) == 0
    assert typed.out == f"Site P03 ({site.writer[:8]}): registered.\n"
    assert typed("register", path, "--fingerprint", site.card.fingerprint) == 0
    assert "already registered" in typed.out

    put(tmp_path / "inbox", site.bundle(keyset_of(data), course(CODE)))
    assert typed("ingest", tmp_path / "inbox") == 0
    assert f"accepted ({len(course(CODE))} forms or answers)" in typed.out
    assert "New receipts in " in typed.out
    assert len(list((data / "receipts").glob("*.anfb"))) == 1

    assert typed("status") == 0
    assert "P03: 1 patient, visits due 3/3" in typed.out

    assert typed("report", "--csv", tmp_path / "table.csv") == 0
    assert "DORIS 2021 remission" in typed.out
    assert "per 100 patient-years" in typed.out
    rows = list(csv.DictReader(io.StringIO((tmp_path / "table.csv").read_text())))
    assert [row["met"] for row in rows if row["endpoint"] == "lldas"] == ["1", "1", "0", "0", "0", "0"]

    assert typed("report", "--to", tmp_path / "report") == 0
    assert typed.out.splitlines()[:3] == [
        str(tmp_path / "report" / name) for name in ("records.csv", "report.html", "report.pdf")
    ]
    assert "2026" in (tmp_path / "report" / "report.html").read_text()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "report.html").write_text("mine")
    assert typed("report", "--to", tmp_path / "other") == 1
    assert (tmp_path / "other" / "report.html").read_text() == "mine"

    assert typed("dataset", "--to", tmp_path / "stata") == 0
    assert "visit.dta: 4 rows" in typed.out
    assert list(pandas.read_stata(tmp_path / "stata" / "visit.dta")["sledai2k"]) == [14, 4, 2, 10]

    assert typed("dataset", "--to", tmp_path / "odm", "--format", "odm") == 0
    assert typed.out.splitlines()[0] == str(tmp_path / "odm" / "anifro_snapshot.xml")
    assert CODE in (tmp_path / "odm" / "anifro_transactional.xml").read_text()

    (tmp_path / "stick").mkdir()
    assert typed("reply", "--to", tmp_path / "stick") == 0
    assert "still stands" in typed.out
    (standing,) = (tmp_path / "stick").iterdir()
    assert standing.name in typed.out
    assert "New receipts" not in typed.out
    assert len(list((tmp_path / "stick").iterdir())) == 1


def test_whose_data_may_not_be_used_is_listed_left_out_and_kept(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    typed("register", path, "--fingerprint", site.card.fingerprint)
    wrong = claiming(course(CODE), "m06", sfi={"value": "severe", "complete": True, "parts": {}})
    put(tmp_path / "inbox", site.bundle(keyset_of(data), wrong))
    assert typed("ingest", tmp_path / "inbox") == 1
    gone = event(CODE, "wd-001", wd_date=800, wd_use_before=0)
    put(tmp_path / "inbox", site.bundle(keyset_of(data), [gone]))
    said = f"{CODE} excluded: consent for data collected before withdrawn"
    assert typed("ingest", tmp_path / "inbox") == 0
    assert said in typed.out
    listed = said.replace(" excluded", ": excluded")
    assert typed("status") == 0
    assert "P03: 1 patient, visits due 0/0" in typed.out
    assert "Score differs" not in typed.out
    assert listed in typed.out
    assert typed("report") == 0
    assert "Enrolled 0;" in typed.out
    assert listed in typed.out
    assert typed("dataset", "--to", tmp_path / "stata") == 0
    assert "visit.dta: 0 rows" in typed.out
    assert listed in typed.out
    assert typed("verify") == 0
    back = replace(gone, values={**gone.values, "wd_use_before": 1}, ver=2, prev=gone.digest())
    put(tmp_path / "inbox", site.bundle(keyset_of(data), [back]))
    assert typed("ingest", tmp_path / "inbox") == 1  # the score that differs is told again
    assert typed("dataset", "--to", tmp_path / "stata") == 0
    assert "visit.dta: 4 rows" in typed.out
    assert "excluded" not in typed.out


def test_the_same_in_italian_and_in_json(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    assert typed("register", path, "--fingerprint", site.card.fingerprint, lang="it") == 0
    assert "registrata" in typed.out
    put(tmp_path / "inbox", site.bundle(keyset_of(data), course(CODE)))
    assert typed("ingest", tmp_path / "inbox", "--json") == 0
    found = json.loads(typed.out)
    assert [item["status"] for item in found["bundles"]] == ["accepted"]
    assert typed("ingest", tmp_path / "inbox", lang="it") == 0
    assert "ripetuto (già ricevuto; nulla è cambiato)" in typed.out
    assert typed("status", "--json") == 0
    assert json.loads(typed.out)["sites"][0]["visits"] == 4
    assert typed("report", "--json") == 0
    assert json.loads(typed.out)["enrolled"] == 1
    assert typed("report", lang="it") == 0
    assert "Remissione DORIS 2021" in typed.out


def test_something_found_is_exit_1_and_said(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    typed("register", path, "--fingerprint", site.card.fingerprint)
    revisions = claiming(course(CODE), "m24", doris={"value": True})
    good = put(tmp_path / "inbox", site.bundle(keyset_of(data), revisions))
    assert typed("ingest", good) == 1
    assert "1 score differs" in typed.out
    assert typed("status") == 0
    assert "Score differs: P03-7KQF-4 m24 doris value: true, centre false" in typed.out
    damaged = tmp_path / "x.anfb"
    content = good.read_bytes()
    damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert typed("ingest", damaged) == 1
    assert "x.anfb: refused (changed after signing, or signed by another)" in typed.out
    assert typed("ingest", damaged, lang="it") == 1
    assert "x.anfb: rifiutato (modificato dopo la firma, o firmato da altri)" in typed.out
    assert typed("status") == 0
    assert "Refused: changed after signing, or signed by another: 1" in typed.out
    assert str(data / "quarantine") in typed.out
    assert typed("status", lang="it") == 0
    assert "Rifiutati: modificato dopo la firma, o firmato da altri: 1" in typed.out
    assert "chiedere alla sede di rimandare il file" in typed.out
    assert "Punteggio diverso: P03-7KQF-4 m24 doris value: true, Pisa false" in typed.out


def test_verify_says_whether_all_is_in_order(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    typed("register", path, "--fingerprint", site.card.fingerprint)
    typed("ingest", put(tmp_path / "inbox", site.bundle(keyset_of(data), course(CODE))))
    assert typed("verify", lang="it") == 0
    assert typed.out == "Tutto in ordine.\n"
    whole = bytearray((data / "centre.db").read_bytes())
    whole[-5000] ^= 1
    (data / "centre.db").write_bytes(bytes(whole))
    assert typed("verify", "--json") == 1


def test_a_gap_is_named_and_is_no_fault(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    typed("register", path, "--fingerprint", site.card.fingerprint)
    site.bundle(keyset_of(data), course(CODE)[:3])
    assert typed("ingest", put(tmp_path / "inbox", site.bundle(keyset_of(data), course(CODE)[3:]))) == 0
    assert "held (an earlier bundle is missing; missing 1)" in typed.out
    assert typed("status", lang="it") == 0
    assert "in attesa 2; manca 1" in typed.out


def test_a_revoked_computer_is_refused(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, tmp_path: Path
) -> None:
    site, path = card
    typed("register", path, "--fingerprint", site.card.fingerprint)
    assert typed("revoke", "P03", "zz", "--reason", "stolen", "--yes") == 1
    assert typed("revoke", "P03", site.writer[:8], "--reason", "stolen", "--yes") == 0
    assert typed("ingest", put(tmp_path / "inbox", site.bundle(keyset_of(data), []))) == 1
    assert "from a revoked computer" in typed.out


@pytest.mark.parametrize("lang", ["it", "en"])
def test_a_wrong_fingerprint_is_one_sentence(
    typed: Typed, card: tuple[SyntheticSite, Path], lang: str
) -> None:
    site, path = card
    assert typed("register", path, "--fingerprint", "AAAAA-BBBBB", lang=lang) == 1
    assert typed.out == ""
    assert typed.err.count("\n") == 1
    assert site.card.fingerprint not in typed.err  # it would be copied, where it is to be asked for
    assert ("impronta" in typed.err) == (lang == "it")


@pytest.mark.parametrize(
    ("lang", "word"),
    [("it", "frase di accesso dell'utente DM1 non è giusta"), ("en", "user DM1 is not right")],
)
def test_a_wrong_passphrase(typed: Typed, secret: Path, lang: str, word: str) -> None:
    secret.write_text("quite another passphrase")
    assert typed("status", lang=lang) == 1
    assert word in typed.err
    assert "another" not in typed.err


def test_no_centre_here(secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = Typed(tmp_path / "empty", secret, capsys)
    assert typed("status") == 1
    assert "no centre in this folder" in typed.err


def test_usage_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["centre"], ["centre", "nothing"], ["centre", "register"]):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
    capsys.readouterr()


def test_the_environment_is_3(centre: Centre, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The centre is open in this very process, so a command must not touch it."""
    typed = Typed(centre.folder, secret, capsys)
    assert typed("status", lang="it") == 3
    assert "sta già usando questa cartella" in typed.err
    assert ingest(centre, []) == []


def test_a_passphrase_file_that_is_not_there_is_3(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = Typed(data, tmp_path / "none", capsys)
    assert typed("status") == 3


def test_a_new_centre_from_standard_input(tmp_path: Path) -> None:
    words = ["init", "--code", "PISA", "--name", "Synthetic", "--person", "Somebody", "--lang", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "anifro_desktop", "centre", *words, "--data", str(tmp_path / "new")],
        input=f"{PASSPHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Fingerprint to read to the sites: " in done.stdout
    assert PASSPHRASE not in done.stdout
    keyset = keyset_of(tmp_path / "new")
    assert keyset.fingerprint in done.stdout


def test_the_libraries_of_analysis_are_loaded_late() -> None:
    code = (
        "import sys, anifro_desktop.commands.centre, anifro_desktop.centre.ingesting, anifro_desktop.centre.status,"
        "anifro_desktop.centre.dataset, anifro_desktop.centre.reporting;"
        "print(*sorted({'pandas', 'numpy', 'pyreadstat', 'statsmodels'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_reason_and_status_has_words_in_both_languages() -> None:
    of_data = BUNDLE_CODES.keys() - {
        *("bad_record", "foreign_subject", "bad_receipt", "bad_query", "bad_handover", "bad_pack")
    }
    assert of_data <= REASON.keys()
    for pair in (*REASON.values(), *STATUS.values()):
        assert all(pair)


def test_every_italian_sentence_takes_the_blanks_of_its_refusal() -> None:
    from anifro_desktop.centre import errors

    examples = [
        errors.CentreExists(),
        errors.CentreMissing(),
        errors.CentreCode("code"),
        errors.RoleNeeded("data_manager"),
        errors.FingerprintDiffers(),
        errors.SuiteTooWeak(1, 2),
        errors.OtherKey("P03", "ab"),
        errors.OtherStudy("X"),
        errors.DatasetRefused(["a", "b"]),
        errors.LibraryMissing("pandas"),
    ]
    for refusal in examples:
        assert isinstance(refusal, Refusal)
        assert spoken(refusal, "en") == str(refusal)
        assert spoken(refusal, "it") != str(refusal)
        assert "{" not in spoken(refusal, "it")


def test_a_name_on_a_stick_does_nothing_to_the_terminal(
    typed: Typed, card: tuple[SyntheticSite, Path], tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in (
        b"\x1b[2J\x1b[31mwell.anfb",
        "\u202eabc.anfb".encode(),
        b"\xff.anfb",
        b"a\nP03.anfb: accepted",
    ):
        (inbox / os.fsdecode(name)).write_bytes(b"x")
    typed("ingest", inbox)
    assert "?[2J?[31mwell.anfb: ignored" in typed.out
    assert "?abc.anfb: ignored" in typed.out
    assert "\nP03.anfb: accepted" not in typed.out
    assert not set(typed.out) & {"\x1b", "\u202e", "\udcff"}
    typed("ingest", inbox, "--json")
    assert {item["name"] for item in json.loads(typed.out)["bundles"]} >= {
        "\x1b[2J\x1b[31mwell.anfb",
        "\udcff.anfb",
    }


def test_a_computer_that_cannot_be_answered_is_named(
    typed: Typed, card: tuple[SyntheticSite, Path], data: Path, clock: FakeClock, tmp_path: Path
) -> None:
    site, path = card
    typed("register", path, "--fingerprint", site.card.fingerprint)
    put(tmp_path / "inbox", site.bundle(keyset_of(data), course(CODE)))
    with closing(open_centre(data, "DM1", PASSPHRASE, clock)) as centre:
        centre.store.change_writer("P03", site.writer, xwing=b"\xff" * 1216)
    assert typed("ingest", tmp_path / "inbox", lang="it") == 0
    said = f"P03 {site.writer[:8]}: non si è potuto preparare la ricevuta"
    assert said in typed.out
    typed("status")
    assert f"P03 {site.writer[:8]}: the receipt could not be made" in typed.out

"""What the centre's commands say to a data manager: what was found, what to do about it, and in whose words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from centre_builders import course
from centre_sites import PASSPHRASE, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.centre.querying import Question, raise_query
from anifro_desktop.centre.registering import register
from anifro_desktop.cli import main
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.keyset import read_keyset
from anifro_desktop.sync.names import bundle_name

CODE = "P03-7KQF-4"


class AtCentre:
    """Commands typed at a centre in Italian; keeps what was said."""

    def __init__(self, folder: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.common = ["--data", str(folder), "--passphrase-file", str(secret)]
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: object, lang: str = "it") -> int:
        code = main(["centre", *map(str, words), *self.common, "--lang", lang])
        self.out, self.err = self.capsys.readouterr()
        assert "Traceback" not in self.out + self.err
        return code

    def refused(self, *words: object) -> str:
        """The one sentence with which it refuses."""
        assert self(*words) != 0
        assert (self.out, self.err.count("\n")) == ("", 1)
        return self.err


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture
def empty(founded: Path, tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> AtCentre:
    """A centre to which nobody sent anything."""
    shutil.copytree(founded, tmp_path / "centre")
    return AtCentre(tmp_path / "centre", secret, capsys)


@pytest.fixture(scope="module")
def one_site(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SyntheticSite]:
    """A centre with three bundles of one patient; made once, tests work on copies of it."""
    folder = tmp_path_factory.mktemp("one_site") / "centre"
    shutil.copytree(founded, folder)
    site = SyntheticSite()
    with opened(folder) as centre:
        register(centre, site.card_bytes, site.card.fingerprint)
        parts = course(CODE)
        ingest(centre, [site.bundle(centre.keyset, part) for part in (parts[:3], parts[3:6], parts[6:])])
        raise_query(centre, Question(CODE, "Il peso e' quello di oggi?", visit="m06"))
    return folder, site


@pytest.fixture
def site(one_site: tuple[Path, SyntheticSite]) -> SyntheticSite:
    return one_site[1]


@pytest.fixture
def typed(
    one_site: tuple[Path, SyntheticSite], tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> AtCentre:
    shutil.copytree(one_site[0], tmp_path / "working")
    return AtCentre(tmp_path / "working", secret, capsys)


@contextmanager
def opened(folder: Path) -> Iterator[Centre]:
    """A centre, open for a moment."""
    centre = open_centre(folder, "DM1", PASSPHRASE)
    yield centre
    centre.close()


@pytest.mark.parametrize("act", ["backup", "reply"])
def test_nothing_is_put_in_the_place_of_a_stick_that_is_not_connected(
    empty: AtCentre, tmp_path: Path, act: str
) -> None:
    stick = tmp_path / "notmounted" / "stick"
    said = empty.refused(act, "--to", stick)
    assert said.startswith(f"La cartella {stick} non c'è, e non viene creata: collegare il supporto")
    assert not stick.parent.exists()
    assert empty(act, "--to", stick, lang="en") == 3
    assert "connect the medium" in empty.err
    assert "cartella dei dati stessi" in empty.refused(act, "--to", empty.folder)


def test_a_computer_is_revoked_only_after_what_would_count_was_shown(
    typed: AtCentre, site: SyntheticSite
) -> None:
    given = ("revoke", "P03", site.writer[:4], "--reason", "rubato", "--last", 2)
    assert typed(*given) == 0
    assert typed.out == (
        f"P03/{site.writer[:8]}: da revocare. Varrebbe fino al pacchetto e001-00000003; ciò che manda dopo sarebbe "
        "rifiutato per sempre.\n"
        "Non fino al pacchetto 2: quelli fino al numero 3 sono già qui, e ciò che è arrivato resta.\n"
        "Nulla è cambiato. Non si potrà tornare indietro: controllare sede e computer, poi ripetere con --yes.\n"
    )
    assert typed("status", "--json") == 0
    assert json.loads(typed.out)["sites"][0]["revoked"] == []
    assert typed(*given, "--yes") == 0
    assert typed.out.startswith(
        f"P03/{site.writer[:8]}: revocato; vale fino al pacchetto e001-00000003.\nNon fino al pacchetto 2"
    )
    assert "non si torna indietro" in typed.refused(*given)


def test_the_status_says_who_is_revoked(typed: AtCentre, site: SyntheticSite) -> None:
    assert typed("revoke", "P03", site.writer, "--reason", "rubato", "--yes") == 0
    assert typed("status") == 0
    assert f"  {site.writer[:8]}: REVOCATO; vale fino al pacchetto e001-00000003\n" in typed.out


def test_the_status_names_the_site_and_says_how_old_its_data_are(typed: AtCentre) -> None:
    assert typed("status") == 0
    assert "1 richiesta aspetta la sede, 0 aspettano Pisa" in typed.out
    assert "giorni fa\n" in typed.out
    assert "aspettano il centro" not in typed.out


def test_a_question_waits_for_the_site_and_is_dated_as_people_write(typed: AtCentre) -> None:
    assert typed("query", "list") == 0
    assert "aspetta la sede" in typed.out
    query = typed.out[:8]
    assert typed("query", "show", query) == 0
    day = typed.out.splitlines()[1].split()[0]
    assert [len(part) for part in day.split("/")] == [2, 2, 4]
    assert typed("query", "show", query, lang="en") == 0
    assert typed.out.splitlines()[1].split()[0] == "-".join(reversed(day.split("/")))


def test_days_of_the_keys_are_written_as_people_write(empty: AtCentre) -> None:
    assert empty("keyset", "show", "--json") == 0
    year, month, day = json.loads(empty.out)["expires"].split("-")
    assert empty("keyset", "show") == 0
    assert f"valide fino al {day}/{month}/{year}." in empty.out


def test_keys_that_have_expired_are_said_to_be_so(empty: AtCentre, monkeypatch: pytest.MonkeyPatch) -> None:
    assert empty("keyset", "show") == 0
    assert "scadute" not in empty.out
    monkeypatch.setattr(SystemClock, "now", lambda _: datetime(2040, 1, 1, tzinfo=UTC))
    assert empty("keyset", "show") == 0
    assert (
        "Queste chiavi sono scadute: le sedi continuano a lavorare e a inviare; farne di nuove" in empty.out
    )
    assert empty("keyset", "show", lang="en") == 0
    assert "make new ones with 'centre keyset renew'" in empty.out


def test_files_of_new_keys_are_named_where_they_are_put(typed: AtCentre, tmp_path: Path) -> None:
    for name in ("stick", "other"):
        (tmp_path / name).mkdir()
    assert typed("reply", "--to", tmp_path / "stick") == 0
    assert "chiavi" not in typed.out
    before = {path.name for path in (tmp_path / "stick").iterdir()}
    assert typed("keyset", "renew", "--reason", "ogni anno") == 0
    assert typed("reply", "--to", tmp_path / "stick") == 0
    (named,) = typed.out.split("File nuovi con le chiavi del centro: 1\n  ")[1].splitlines()[:1]
    assert named in {path.name for path in (tmp_path / "stick").iterdir()} - before
    assert typed("reply", "--to", tmp_path / "stick") == 0
    assert "chiavi" not in typed.out
    assert typed("reply", "--to", tmp_path / "other", lang="en") == 0
    assert f"New files with the centre's keys: 1\n  {named}\n" in typed.out


def test_a_card_that_a_bundle_announced_is_said_to_be_so_and_what_to_do(
    typed: AtCentre, site: SyntheticSite, tmp_path: Path
) -> None:
    (keyset,) = typed.folder.glob("*.keyset.json")
    before, new = replace(site), replace(site)
    new.renew()
    data = before.announcing(read_keyset(keyset.read_bytes()), new)
    bundle = tmp_path / bundle_name(peek_header(data), file_hash(data))
    bundle.write_bytes(data)
    assert typed("ingest", bundle) == 0
    card = tmp_path / "card.anfk"
    card.write_bytes(new.card_bytes)
    words = ("register", card, "--fingerprint", new.card.fingerprint)
    assert typed(*words) == 0
    assert "ha annunciato questa scheda; nulla è cambiato. Se le chiavi di prima" in typed.out
    assert typed(*words, lang="en") == 0
    assert "run it again with --replace" in typed.out
    assert typed(*words, "--replace") == 0
    assert "registrata" in typed.out
    assert typed(*words) == 0
    assert typed.out == f"Sede P03 ({site.writer[:8]}): già registrata; nulla è cambiato.\n"


def test_the_passphrase_file_may_stand_before_both_words_of_a_verb(
    typed: AtCentre, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(typed.folder), "--passphrase-file", str(secret), "--lang", "it", "query", "list"]
    assert main(["centre", *words]) == 0
    assert "aspetta la sede" in capsys.readouterr().out


@pytest.mark.parametrize("act", ["status", "counts"])
def test_an_empty_centre_says_what_to_do_next(empty: AtCentre, act: str) -> None:
    assert empty(act) == 0
    assert "registrare la sua scheda con 'centre register'" in empty.out
    assert empty(act, lang="en") == 0
    assert "register its card with 'centre register'" in empty.out


def test_taking_in_at_an_empty_centre_says_what_to_do_next(empty: AtCentre, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    assert empty("ingest", tmp_path / "stick") == 0
    assert "registrare la sua scheda con 'centre register'" in empty.out


def test_counts_of_a_site_that_is_not_here_are_refused(typed: AtCentre) -> None:
    assert "Qui non c'è una sede P99" in typed.refused("counts", "P99")
    assert typed("counts", "p03") == 0
    assert CODE in typed.out


def test_a_patient_on_the_way_to_another_site_is_passed_over_in_words(
    typed: AtCentre, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    golden = Path(__file__).parents[1] / "vectors" / "formats" / "handover-1.1.anfb"
    data = golden.read_bytes()
    name = bundle_name(peek_header(data), file_hash(data))
    (stick / name).write_bytes(data)
    for path in (stick, stick / name):
        assert typed("ingest", path) == 0
        assert f"{name}: ignorato (consegna di un paziente: non va a Pisa)" in typed.out
    assert not list((typed.folder / "quarantine").glob("*"))


def test_a_bundle_under_another_name_is_said_to_be_one_perhaps(
    typed: AtCentre, site: SyntheticSite, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "copia.anfb").write_bytes(b"anything")
    assert typed("ingest", tmp_path / "stick") == 0
    assert (
        "copia.anfb: ignorato (il nome non è quello di un pacchetto; se un pacchetto è stato rinominato"
        in typed.out
    )


def test_a_folder_without_the_root_key_is_named(empty: AtCentre, tmp_path: Path) -> None:
    said = empty.refused("keyset", "renew", "--root", tmp_path / "nowhere", "--reason", "prova")
    assert said.startswith(f"In {tmp_path / 'nowhere'} non c'è la chiave radice: nulla è cambiato")


def test_a_drill_without_a_backup_says_that_there_is_none(empty: AtCentre) -> None:
    assert "non c'è ancora un backup" in empty.refused("drill")


def test_the_centres_own_key_file_is_no_card_and_no_escrow_copy(empty: AtCentre, tmp_path: Path) -> None:
    (keyset,) = empty.folder.glob("*.keyset.json")
    assert "che va alle sedi, e non la scheda di una sede" in empty.refused(
        "register", keyset, "--fingerprint", "AAAAA"
    )
    other = tmp_path / "photo.anfk"
    other.write_bytes(b"\xff\xd8")
    assert "non è la scheda di una sede, oppure è stato danneggiato" in empty.refused(
        "register", other, "--fingerprint", "AAAAA"
    )
    assert empty("register", other, "--fingerprint", "AAAAA", lang="en") == 1
    assert "have the site send its file card-....anfk again" in empty.err
    sheet = tmp_path / "sheet"
    assert empty("escrow", "make", "--json") == 0
    sheet.write_text("\n".join(json.loads(empty.out)["rows"]))
    assert "non è una copia di deposito" in empty.refused("escrow", "check", keyset, "--sheet-file", sheet)


def test_a_folder_without_a_version_of_the_forms_is_no_draft(empty: AtCentre, tmp_path: Path) -> None:
    assert "indicare quella che contiene pack.toml" in empty.refused("forms", tmp_path)


def test_a_folder_of_forms_that_is_not_there_is_named(empty: AtCentre, tmp_path: Path) -> None:
    assert "non c'è" in empty.refused("forms", tmp_path / "schede-2026.2")
    (tmp_path / "file").touch()
    assert "non è una cartella" in empty.refused("forms", tmp_path / "file")


def test_the_forms_in_use_differ_in_nothing(empty: AtCentre) -> None:
    from anifro_desktop.commands.form_changes import lines_of

    assert list(lines_of([], "it")) == ["  Nessuna differenza dalla versione in uso."]
    assert list(lines_of([], "en")) == ["  No difference from the version in use."]


def test_a_question_about_nothing_is_refused_in_italian(typed: AtCentre) -> None:
    assert typed.refused("query", "raise").startswith("Indicare un paziente con --text")
    assert "scrivere la richiesta" in typed.refused("query", "raise", CODE)

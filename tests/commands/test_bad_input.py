"""Bad input at every command: one clear sentence, the documented exit code, nothing changed, never a traceback.

Exit codes: 0 done, 1 refused or something found, 2 wrong usage, 3 this computer lacks something.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from study_parts import TestClock, dump_stores, keys_of, vector
from whole_study import MANAGER, Done, Study, run_here

from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.identities import IdentityStore

VISIT: Any = vector("v1")


def state(study: Study) -> tuple[Any, Any, list[str]]:
    """All that the site and the centre hold, and the files that are not theirs."""
    folder, clock = study.site(), TestClock()
    with contextlib.ExitStack() as stack:
        clinical = stack.enter_context(contextlib.closing(ClinicalStore(folder, keys_of(folder), clock)))
        identities = IdentityStore(folder, clinical.keys, clinical.log, clock)
        held = dump_stores(clinical, stack.enter_context(contextlib.closing(identities)))
        keys = keys_of(study.centre, MANAGER.code)
        store = stack.enter_context(contextlib.closing(CentreStore(study.centre, keys, clock)))
        taken = (store.revisions(), store.bundles(), store.chains(), store.writers(), store.differences())
    outside = [study.stick, study.results]
    return held, taken, sorted(str(path) for folder in outside for path in folder.rglob("*"))


def refused(done: Done, code: int, *words: str) -> None:
    """One sentence or a list of them on standard error, nothing on standard output."""
    assert done.code == code, done
    assert done.out == ""
    said = done.err.strip()
    assert said
    assert said[-1] in ".)", said
    assert "Error" not in said
    for word in words:
        assert word in said, said


def no_change(study: Study, act: Callable[[], Done], code: int, *words: str) -> None:
    before = state(study)
    refused(act(), code, *words)
    assert state(study) == before


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a visit file: bytes as they are, anything else as JSON."""

    def write(content: Any) -> Path:
        path = tmp_path / "visit.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def changed(change: Callable[[Any], object]) -> Any:
    content = json.loads(json.dumps(VISIT))
    change(content)
    return content


# score


def test_score_refuses_an_unknown_rule_and_lists_the_known_ones() -> None:
    done = run_here(["score", "sledai"])
    refused(Done(done.code, done.out, done.err + "."), 2, "no rule of that name", "sledai2k")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", ()),
        (b"", ()),
        (b"[{}, 5]", ()),
        (b'{"rahs": true}', ("rahs", "rash")),
        (b'{"rash": 5}', ("rash", "true")),
        (b'{"rash": true, "rash": false}', ("rash",)),
        (b'{"rash": "\xe0"}', ("UTF-8",)),
        (b"\xff\xfe{\x00}\x00", ()),
        (b'{"rash": NaN}', ()),
        (b"[" * 100_000, ()),
        (b"rash,alopecia\ntrue\n", ()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "it"])
def test_score_refuses_bad_answers(
    content: bytes, words: tuple[str, ...], lang: str, file: Callable[[Any], Path]
) -> None:
    done = run_here(["score", "sledai2k", str(file(content)), "--lang", lang])
    assert (done.code, done.out) == (1, "")
    assert done.err.strip()
    assert all(word in done.err for word in words if lang == "en")


def test_score_refuses_a_table_with_a_column_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("rash,rahs\ntrue,true\n", encoding="ascii")
    done = run_here(["score", "sledai2k", str(tmp_path / "visits.csv")])
    assert (done.code, done.out) == (1, "")
    assert "rahs" in done.err


def test_score_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "nothing.json"
    refused(run_here(["score", "sledai2k", str(path)]), 3, "cannot be read")
    refused(run_here(["score", "sledai2k", str(path), "--lang", "it"]), 3, "non si può leggere")
    refused(run_here(["score", "sledai2k", str(tmp_path)]), 3, "is a folder")
    refused(run_here(["score", "sledai2k", str(tmp_path), "--lang", "it"]), 3, "è una cartella")


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["site"],
        ["site", "frobnicate"],
        ["site", "export", "--to"],
        ["site", "connect"],
        ["site", "connect", "sftp", "host"],
        ["centre", "register"],
        ["score", "sledai2k", "--frobnicate"],
        ["codebook"],
        ["codebook", "pdf"],
        ["site", "enter", "--lang", "de"],
        ["site", "export", "--to", "x", "--again", "one"],
    ],
    ids=" ".join,
)
def test_a_command_line_that_means_nothing_is_usage(words: list[str]) -> None:
    done = run_here(words)
    assert done.code == 2
    assert "usage:" in done.err


def test_help_and_version_are_no_fault() -> None:
    for words in (["--version"], ["--help"], ["site", "--help"], ["centre", "ingest", "--help"]):
        done = run_here(words)
        assert done.code == 0
        assert done.out.strip()


# site enter


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", ("not complete JSON", "line 1")),
        (b"\xff\xfe", ("not UTF-8",)),
        (changed(lambda c: c["visits"][0]["answers"].update(rahs=1)), ("rahs", "rash")),
        (changed(lambda c: c["visits"][0]["answers"].update(phga="7")), ("phga",)),
        (changed(lambda c: c["visits"][0].update(date="2999-01-01")), ("future",)),
        (changed(lambda c: c["visits"][0].update(visit="m7")), ("m7", "m06")),
        (changed(lambda c: c["identity"].update(birth_date="2010-08-17")), ("birth date",)),
        (changed(lambda c: c.update(subject="P03-0000-0")), ("identity",)),
        ({"format": "anifro-visit/1", "subject": "P03-7KQF-W", "visits": []}, ("no patient",)),
    ],
)  # fmt: skip
def test_a_bad_visit_file_is_refused(
    content: Any, words: tuple[str, ...], study: Study, file: Callable[[Any], Path]
) -> None:
    no_change(study, lambda: study.command("site", "enter", file(content)), 1, "Nothing was changed", *words)


def test_a_visit_file_that_is_not_there_is_said(study: Study, tmp_path: Path) -> None:
    for path, said in ((tmp_path / "nothing.json", "cannot be read"), (tmp_path, "is a folder")):
        no_change(study, lambda path=path: study.command("site", "enter", path), 3, said)


# Passphrases and folders


@pytest.fixture
def with_passphrase(study: Study) -> Callable[[bytes], Study]:
    """The study with another content of its passphrase file."""

    def put(content: bytes) -> Study:
        study.passphrase.write_bytes(content)
        return study

    return put


ACTS = (
    ("site", "status"),
    ("site", "verify"),
    ("site", "export", "--to", "."),
    ("site", "receive", "."),
    ("site", "audit", "review"),
    ("centre", "status"),
    ("centre", "ingest", "."),
    ("centre", "report"),
)


@pytest.mark.parametrize("words", ACTS, ids=" ".join)
def test_a_wrong_passphrase_is_refused(
    words: tuple[str, ...], with_passphrase: Callable[[bytes], Study]
) -> None:
    done = with_passphrase(b"another passphrase\n").command(*words)
    refused(done, 1, "passphrase")
    assert "another" not in done.err


@pytest.mark.parametrize("words", ACTS[:6:5], ids=" ".join)
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe\x00 passphrase"], ids=["empty", "blank", "no text"]
)
def test_no_passphrase_is_an_empty_hand(
    words: tuple[str, ...], content: bytes, with_passphrase: Callable[[bytes], Study]
) -> None:
    refused(with_passphrase(content).command(*words), 3, "passphrase")


def test_a_passphrase_file_that_is_not_there_is_said(study: Study) -> None:
    study.passphrase.unlink()
    refused(study.command("site", "status"), 3, "passphrase file cannot be read")


def test_a_folder_without_a_site_or_a_centre_is_refused(study: Study, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "nowhere", tmp_path / "empty"):
        refused(study.command("site", "status", data=folder), 1, "folder")
        refused(study.command("centre", "status", data=folder), 1, "folder")
    assert not (tmp_path / "nowhere").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_centre_is_no_site_and_a_site_no_centre(study: Study) -> None:
    before = state(study)
    site = study.command("site", "status", data=study.centre)
    centre = study.command("centre", "status", data=study.site())
    assert (site.code, site.out, centre.code, centre.out) == (1, "", 1, "")
    assert site.err.strip()
    assert centre.err.strip()
    assert state(study) == before


def test_a_folder_in_use_is_said(study: Study) -> None:
    with study.at_site():
        refused(study.command("site", "status"), 3, "already open")
    with study.at_centre():
        refused(study.command("centre", "status"), 3, "already open")


def test_an_unknown_person_is_refused(study: Study) -> None:
    refused(study.command("site", "status", "--user", "U99"), 1, "U99")
    refused(study.command("centre", "status", "--user", "U99"), 1, "U99")


# site init


def init(study: Study, folder: Path, **changes: str) -> Done:
    with study.at_centre() as centre:
        keyset = centre.keyset
    (path,) = study.centre.glob("*.keyset.json")
    given = {
        "--code": "P09",
        "--name": "Centro di prova",
        "--person": "Prova",
        "--keyset": str(path),
        "--fingerprint": keyset.fingerprint,
    } | changes
    return study.command("site", "init", *[word for pair in given.items() for word in pair], data=folder)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"--code": "p 9"}, 1),
        ({"--code": "P1O"}, 1),
        ({"--fingerprint": "ABCDE-ABCDE-ABCDE-ABCDE-ABCDE"}, 1),
        ({"--keyset": "nothing.json"}, 3),
    ],
)
def test_a_site_is_not_made_of_bad_input(
    changes: dict[str, str], code: int, study: Study, tmp_path: Path
) -> None:
    refused(init(study, tmp_path / "new", **changes), code)
    assert not (tmp_path / "new").exists()


def test_the_code_of_a_site_is_taken_in_small_letters(study: Study, tmp_path: Path) -> None:
    assert init(study, tmp_path / "new", **{"--code": "p09"}).code == 0
    assert list((tmp_path / "new").glob("card-P09-*.anfk"))


def test_a_short_passphrase_or_a_taken_folder_makes_no_site(study: Study, tmp_path: Path) -> None:
    before = state(study)
    refused(init(study, study.site()), 1, "already holds")
    assert state(study) == before
    study.passphrase.write_text("short\n", encoding="ascii")
    refused(init(study, tmp_path / "new"), 1, "14")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_takes_no_file_makes_no_site(study: Study, locked_folder: Path) -> None:
    refused(init(study, locked_folder / "site"), 3)


# Sending


@pytest.fixture(scope="module")
def prepared(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Study]:
    """The study with a signed visit that was not sent; and with its bundle on the stick, not taken in."""
    ready = study_template.copy(tmp_path_factory.mktemp("ready") / "study")
    assert ready.enter(VISIT).code == 0
    sent = ready.copy(tmp_path_factory.mktemp("sent") / "study")
    assert sent.send().code == 0
    return ready, sent


@pytest.fixture
def ready(prepared: tuple[Study, Study], tmp_path: Path) -> Study:
    """With a signed visit that was not sent."""
    return prepared[0].copy(tmp_path / "ready")


@pytest.fixture
def sent(prepared: tuple[Study, Study], tmp_path: Path) -> Study:
    """With a bundle on the stick that was not taken in."""
    return prepared[1].copy(tmp_path / "sent")


def test_nothing_to_send_is_said(study: Study) -> None:
    no_change(study, study.send, 1, "nothing new")


def test_a_stick_that_takes_no_file_is_said_and_the_bundle_kept(ready: Study, locked_folder: Path) -> None:
    refused(ready.command("site", "export", "--to", locked_folder), 3)
    refused(ready.command("site", "export", "--to", ready.root / "gone"), 3)
    assert [item["state"] for item in ready.command("site", "status").data["bundles"]] == ["sealed"]
    assert ready.send().code == 0
    assert len(list(ready.stick.iterdir())) == 1


def test_a_bundle_that_was_never_sealed_cannot_be_sent_again(ready: Study) -> None:
    no_change(ready, lambda: ready.command("site", "export", "--to", ready.stick, "--again", "7"), 1, "7")


# The centre


def stick_with(study: Study, content: bytes, name: str = "") -> Path:
    """The site's bundle on a stick of its own, with another content."""
    (bundle,) = study.stick.glob("*.anfb")
    other = study.root / "other"
    other.mkdir(exist_ok=True)
    (other / (name or bundle.name)).write_bytes(content)
    return other


def ingest_refuses(study: Study, path: Path, *codes: str) -> None:
    before = state(study)
    done = study.command("centre", "ingest", path)
    assert done.code == 1, done
    assert {item["status"] for item in done.data["bundles"]} == {"refused"}
    assert {item["code"] for item in done.data["bundles"]} <= set(codes)
    assert state(study) == before


def test_a_damaged_bundle_is_refused_and_changes_nothing(sent: Study) -> None:
    (bundle,) = sent.stick.glob("*.anfb")
    data = bundle.read_bytes()
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 1
    for wrong in (bytes(flipped), data[:-1], b"anything"):
        path = stick_with(sent, wrong) / bundle.name
        ingest_refuses(sent, path, "bad_signature", "truncated", "trailing", "empty", "not_a_bundle", "bad_frame",
                       "damaged_copy", "too_small", "length")  # fmt: skip
        path.unlink()
    words = sent.words("centre", "ingest", stick_with(sent, data[:-1]))
    spoken = run_here([word for word in words if word != "--json"])
    assert (spoken.code, "refused" in spoken.out) == (1, True)


def test_a_foreign_bundle_is_refused_and_changes_nothing(
    sent: Study, study_template: Study, tmp_path: Path
) -> None:
    from study_parts import Pisa, make_site, open_site, setup

    from anifro_desktop.store.clock import SystemClock
    from anifro_desktop.workflows import entering, sending

    pisa = Pisa()
    folder = make_site(tmp_path / "stranger", setup(pisa.keyset, pisa.fingerprint))
    stranger = open_site(folder, SystemClock())  # type: ignore[arg-type]
    entering.enter(stranger, json.dumps(VISIT).encode(), "una frase lunga di prova")
    (tmp_path / "away").mkdir()
    sending.export(stranger, tmp_path / "away")
    stranger.close()
    ingest_refuses(sent, tmp_path / "away", "unknown_key")


def test_a_bundle_twice_changes_nothing_the_second_time(sent: Study) -> None:
    assert sent.take_in().code == 0
    before = state(sent)[1][0]
    again = sent.command("centre", "ingest", sent.stick)
    assert again.code == 0
    assert [item["status"] for item in again.data["bundles"] if item["status"] != "ignored"] == ["duplicate"]
    assert state(sent)[1][0] == before


def test_folders_the_centre_cannot_use_are_said(sent: Study, locked_folder: Path) -> None:
    ingest_refuses(sent, sent.root / "gone", "cannot_read")
    refused(sent.command("centre", "dataset", "--to", locked_folder / "results"), 3)
    refused(sent.command("centre", "report", "--csv", locked_folder / "report.csv"), 3)
    refused(sent.command("centre", "ingest", sent.stick, "--receipts", locked_folder), 3)
    assert sent.take_in().code == 0
    # What was taken in stays taken in, and the next receipt tells of it.
    assert [(item["state"], item["acked_to"]) for item in sent.hear().data] == [("receipt", 1)]


def test_a_card_that_is_not_as_read_out_is_not_registered(study: Study, tmp_path: Path) -> None:
    (card,) = study.site().glob("card-*.anfk")
    shutil.copy(card, tmp_path / "card.anfk")
    no_change(
        study,
        lambda: study.command("centre", "register", tmp_path / "card.anfk", "--fingerprint", "ABCDE-ABCDE"),
        1,
        "fingerprint",
    )
    (tmp_path / "card.anfk").write_bytes(card.read_bytes()[:-20])
    no_change(
        study,
        lambda: study.command("centre", "register", tmp_path / "card.anfk", "--fingerprint", "ABCDE-ABCDE"),
        1,
    )
    no_change(
        study,
        lambda: study.command("centre", "register", tmp_path / "no.anfk", "--fingerprint", "ABCDE-ABCDE"),
        3,
    )


# Receipts


def test_a_receipt_that_is_damaged_missing_or_for_another_site_is_refused(
    sent: Study, tmp_path: Path
) -> None:
    assert sent.take_in().code == 0
    (receipt,) = sent.stick.glob("*-r001-*.anfb")
    (bundle,) = sent.stick.glob("*-e001-*.anfb")
    data = bytearray(receipt.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "damaged.anfb").write_bytes(bytes(data))
    no_change(sent, lambda: sent.command("site", "receive", tmp_path / "damaged.anfb"), 1)
    no_change(sent, lambda: sent.command("site", "receive", bundle), 1)
    no_change(sent, lambda: sent.command("site", "receive", sent.results), 1, "no receipt")
    no_change(sent, lambda: sent.command("site", "receive", tmp_path / "gone"), 3)
    other = sent.command("site", "receive", receipt, data=sent.site("P04"))
    refused(other, 1, "not a receipt for this computer")


# Processes of their own


@pytest.mark.parametrize(
    ("words", "given", "code"),
    [
        (["score", "sledai"], b"", 2),
        (["score", "sledai2k"], b"{", 1),
        (["score", "sledai2k"], b'{"rash": true}', 0),
        (["site", "status", "--data", "nowhere"], b"a passphrase\n", 1),
        (["site", "init", "--code", "P03"], b"", 2),
        (["centre", "status", "--data", "nowhere"], b"", 1),
        (["frobnicate"], b"", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_the_program_itself_gives_the_same_codes(
    words: list[str], given: bytes, code: int, study: Study
) -> None:
    done = study.process(words, given)
    assert done.code == code, done
    assert bool(done.err.strip()) == (code != 0)
    left = [path for name in ("home", "tmp", "here") for path in (study.root / name).rglob("*")]
    assert left == []


def test_without_a_passphrase_on_standard_input_nothing_is_opened(study: Study) -> None:
    done = study.process(["site", "status", "--data", str(study.site()), "--lang", "en"])
    refused(done, 3, "No passphrase was given")

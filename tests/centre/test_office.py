"""The centre made, opened, and not opened; sites let in by card and fingerprint."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from centre_sites import PASSPHRASE, STUDY, FakeClock, SyntheticSite

from anifro_desktop.centre import office
from anifro_desktop.centre.errors import (
    CentreCode,
    CentreExists,
    CentreMissing,
    FingerprintDiffers,
    OtherKey,
    OtherStudy,
    RoleNeeded,
    SuiteTooWeak,
)
from anifro_desktop.centre.office import (
    ROOT_FOLDER,
    Centre,
    create_centre,
    open_centre,
    root_seed,
)
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.centre.writer_keys import key_for
from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.files import CannotWrite
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import NotFound, OtherInstance, PassphraseTooShort, WrongPassphrase
from anifro_desktop.store.passphrase import FLOOR
from anifro_desktop.store.vault import create_vault, open_vault
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.errors import BundleRefused, KeyFileDamaged
from anifro_desktop.sync.keyset import read_keyset

PERSON = User("DM1", "Synthetic Person", ("data_manager", "statistician"))


def test_the_keyset_is_public_and_signed_by_the_root(founded: Path) -> None:
    (path,) = founded.glob("*.keyset.json")
    assert path.name == f"centre-{STUDY}-v1.keyset.json"
    keyset = read_keyset(path.read_bytes())
    assert (keyset.study, keyset.version) == (STUDY, 1)
    root = open_vault(founded / ROOT_FOLDER, "DM1", PASSPHRASE)
    assert keyset.root == signing.public_bytes(root_seed(root))


def test_the_seeds_in_the_store_are_those_of_the_keyset(centre: Centre) -> None:
    assert signing.public_bytes(centre.signing_seed) == centre.keyset.sign
    opening = centre.store.secret("opening")
    assert opening is not None
    assert hybrid.public_bytes(opening) == centre.keyset.seal


def test_no_private_key_lies_in_any_file(centre: Centre) -> None:
    secrets = [centre.signing_seed, centre.store.secret("opening") or b""]
    secrets.append(root_seed(open_vault(centre.folder / ROOT_FOLDER, "DM1", PASSPHRASE)))
    centre.store.checkpoint()
    for path in centre.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for seed in secrets:
                assert seed not in data
                assert seed.hex().encode() not in data


def test_the_centre_opens_without_the_root_key(founded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(founded, folder)
    shutil.rmtree(folder / ROOT_FOLDER)
    centre = open_centre(folder, "DM1", PASSPHRASE, FakeClock())
    assert centre.keyset.study == STUDY
    centre.close()


@pytest.mark.parametrize("moves", range(1, 8))
def test_a_disk_that_fails_while_a_centre_is_moved_in_lets_the_same_person_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    folder, left, move = tmp_path / "data", moves, office.move

    def failing(source: Path, target: Path) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise CannotWrite("the disk failed")
        move(source, target)

    def found() -> None:
        create_centre(folder, "PISA", "Synthetic centre", PERSON, PASSPHRASE, FakeClock(), cost=FLOOR)

    monkeypatch.setattr(office, "move", failing)
    with suppress(CannotWrite):
        found()
    monkeypatch.undo()
    with suppress(CentreExists):  # all of it had arrived, but for what the opening brings
        found()
    centre = open_centre(folder, "DM1", PASSPHRASE, FakeClock())
    assert verify(centre.store) == []
    assert root_seed(open_vault(folder / ROOT_FOLDER, "DM1", PASSPHRASE))
    assert len(list(folder.glob("*.keyset.json"))) == 1
    centre.close()
    assert not list(folder.glob(".new-*"))


def test_two_programs_do_not_share_a_centre(centre: Centre) -> None:
    with pytest.raises(OtherInstance):
        open_centre(centre.folder, "DM1", PASSPHRASE)


def test_a_wrong_passphrase_opens_nothing_and_blocks_nothing(founded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(founded, folder)
    with pytest.raises(WrongPassphrase):
        open_centre(folder, "DM1", "another long passphrase")
    open_centre(folder, "DM1", PASSPHRASE, FakeClock()).close()


def test_no_centre_here(tmp_path: Path) -> None:
    with pytest.raises(CentreMissing):
        open_centre(tmp_path, "DM1", PASSPHRASE)
    site = tmp_path / "site"
    site.mkdir()
    create_vault(site, "P03", User("U01", "Synthetic", ("site_admin",)), PASSPHRASE, cost=FLOOR)
    with pytest.raises(CentreMissing):
        open_centre(site, "U01", PASSPHRASE)


@pytest.mark.parametrize(
    ("code", "name", "passphrase", "refusal"),
    [
        ("pisa", "Centre", PASSPHRASE, CentreCode),
        ("", "Centre", PASSPHRASE, CentreCode),
        ("PISA", " ", PASSPHRASE, CentreCode),
        ("PISA", "Centre", "short", PassphraseTooShort),
    ],
)
def test_what_cannot_be_made_leaves_an_empty_folder(
    tmp_path: Path, code: str, name: str, passphrase: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        create_centre(tmp_path, code, name, PERSON, passphrase, FakeClock(), cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_a_second_centre_in_a_folder_is_refused(founded: Path) -> None:
    before = {path: path.read_bytes() for path in founded.rglob("*") if path.is_file()}
    with pytest.raises(CentreExists):
        create_centre(founded, "PISA", "Again", PERSON, PASSPHRASE, FakeClock(), cost=FLOOR)
    assert {path: path.read_bytes() for path in founded.rglob("*") if path.is_file()} == before


def test_a_card_is_registered_by_its_fingerprint(centre: Centre) -> None:
    site = SyntheticSite()
    spoken = site.card.fingerprint.lower().replace("-", " ")
    done = register(centre, site.card_bytes, spoken)
    assert (done.site, done.writer, done.new) == ("P03", site.writer, True)
    (row,) = centre.store.writers()
    assert (row.state, row.min_suite) == ("registered", hybrid.HYBRID)
    assert key_for(centre, site.header(sig_kid=site.card.sig_kid), "") == site.card.verify_key
    assert centre.registry_version == 1


def test_the_same_card_again_changes_nothing(centre: Centre, site: SyntheticSite) -> None:
    head = centre.store.audit_head()
    assert not register(centre, site.card_bytes, site.card.fingerprint).new
    assert centre.store.audit_head() == head


def test_a_second_writer_of_a_site_is_let_in(centre: Centre, site: SyntheticSite) -> None:
    second = SyntheticSite()
    assert register(centre, second.card_bytes, second.card.fingerprint).new
    assert len(centre.store.writers()) == 2
    assert centre.registry_version == 2


@pytest.mark.parametrize("spoken", ["", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "x" * 29])
def test_a_wrong_fingerprint_registers_nothing(centre: Centre, spoken: str) -> None:
    head = centre.store.audit_head()
    with pytest.raises(FingerprintDiffers):
        register(centre, SyntheticSite().card_bytes, spoken)
    assert centre.store.audit_head() == head


def test_a_changed_card_registers_nothing(centre: Centre) -> None:
    site = SyntheticSite()
    for place in range(0, len(site.card_bytes), 61):
        data = bytearray(site.card_bytes)
        data[place] ^= 1
        with pytest.raises(KeyFileDamaged):
            register(centre, bytes(data), site.card.fingerprint)
    assert centre.store.writers() == ()


def test_other_keys_under_a_known_name_are_refused(centre: Centre, site: SyntheticSite) -> None:
    impostor = SyntheticSite(writer=site.writer)
    with pytest.raises(OtherKey):
        register(centre, impostor.card_bytes, impostor.card.fingerprint)
    assert key_for(centre, site.header(sig_kid=site.card.sig_kid), "") == site.card.verify_key


def test_a_card_of_another_study_is_refused(centre: Centre) -> None:
    other = SyntheticSite(study="OTHER")
    with pytest.raises(OtherStudy):
        register(centre, other.card_bytes, other.card.fingerprint)


def test_a_card_below_the_minimum_suite_is_refused(centre: Centre) -> None:
    centre.store.set_setting("min_suite", hybrid.HYBRID_SIGNED)
    site = SyntheticSite()
    with pytest.raises(SuiteTooWeak):
        register(centre, site.card_bytes, site.card.fingerprint)
    assert centre.store.writers() == ()


def test_only_a_data_manager_registers_and_revokes(centre: Centre, site: SyntheticSite) -> None:
    centre.keys = replace(centre.keys, user=replace(PERSON, roles=("statistician",)))
    with pytest.raises(RoleNeeded, match="data_manager"):
        register(centre, site.card_bytes, site.card.fingerprint)
    with pytest.raises(RoleNeeded, match="data_manager"):
        revoke(centre, "P03", site.writer, "no reason")


def test_a_revoked_writer_has_no_key_any_more(centre: Centre, site: SyntheticSite) -> None:
    revoke(centre, "P03", site.writer, "laptop stolen")
    with pytest.raises(BundleRefused) as refused:
        key_for(centre, site.header(sig_kid=site.card.sig_kid), "")
    assert refused.value.code == "revoked_key"
    assert centre.registry_version == 2
    with pytest.raises(NotFound):
        revoke(centre, "P03", "0" * 32, "unknown")

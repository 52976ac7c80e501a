"""The folder and the stick: strangers in the folder, half copies, full and missing media."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anifro_desktop.files import CannotRead, CannotWrite, DiskFull, FolderGone, NotRegular, TooLarge
from anifro_desktop.sync import folder as module
from anifro_desktop.sync.bundle import MAX_FILE, file_hash, peek_header
from anifro_desktop.sync.errors import CrowdedFolder, DamagedCopy, NameRefused
from anifro_desktop.sync.folder import Folder, Odd, Transport
from anifro_desktop.sync.names import bundle_name

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and permissions of POSIX")


@pytest.fixture(scope="module")
def bundle(parties: Any) -> tuple[str, bytes]:
    header = parties.header()
    data = parties.seal(header, [parties.manifest(header), {"n": 1}])
    return bundle_name(peek_header(data), file_hash(data)), data


@pytest.fixture
def stick(tmp_path: Path) -> Folder:
    (tmp_path / "stick").mkdir()
    return Folder(tmp_path / "stick")


def sized(stick: Folder, name: str, size: int) -> None:
    with (stick.path / name).open("wb") as stream:
        stream.truncate(size)


def test_there_and_back(stick: Folder, bundle: tuple[str, bytes]) -> None:
    name, data = bundle
    transport: Transport = stick
    assert transport.put_if_absent(name, data)
    assert transport.list() == (name,)
    assert transport.get(name) == data
    assert stick.odd() == ()
    assert [path.name for path in stick.path.iterdir()] == [name]


def test_sending_again_is_harmless(stick: Folder, bundle: tuple[str, bytes]) -> None:
    assert stick.put_if_absent(*bundle)
    before = (stick.path / bundle[0]).stat()
    assert not stick.put_if_absent(*bundle)
    assert (stick.path / bundle[0]).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("there", [b"", b"half", bytes(5000)])
def test_a_damaged_copy_is_noticed_and_replaced(
    stick: Folder, bundle: tuple[str, bytes], there: bytes
) -> None:
    name, data = bundle
    (stick.path / name).write_bytes(there)
    with pytest.raises(DamagedCopy, match="copy it again"):
        stick.get(name)
    assert stick.put_if_absent(name, data)
    assert stick.get(name) == data


def test_a_copy_that_grew_beyond_measure_is_replaced(stick: Folder, bundle: tuple[str, bytes]) -> None:
    sized(stick, bundle[0], MAX_FILE + 1)
    with pytest.raises(TooLarge):
        stick.get(bundle[0])
    assert stick.put_if_absent(*bundle)
    assert stick.get(bundle[0]) == bundle[1]


def test_name_and_bytes_belong_together(stick: Folder, bundle: tuple[str, bytes]) -> None:
    name, data = bundle
    with pytest.raises(DamagedCopy):
        stick.put_if_absent(name, data + b"x")
    for bad in ("../" + name, name + ".part", "report.pdf", str(stick.path / name)):
        with pytest.raises(NameRefused):
            stick.put_if_absent(bad, data)
        with pytest.raises(NameRefused):
            stick.get(bad)
    assert list(stick.path.iterdir()) == []


def test_strangers_are_named_and_left_alone(stick: Folder, bundle: tuple[str, bytes]) -> None:
    name, data = bundle
    stick.put_if_absent(name, data)
    others = [name.replace("e001-00000001", f"e001-0000000{number}") for number in range(2, 5)]
    (stick.path / "autorun.inf").write_bytes(b"x")
    (stick.path / (name + ".part")).write_bytes(b"half")
    (stick.path / others[0]).mkdir()
    sized(stick, others[1], MAX_FILE + 1)
    sized(stick, others[2], 0)
    before = sorted(path.name for path in stick.path.iterdir())
    assert stick.list() == (name,)
    assert set(stick.odd()) == {
        Odd("autorun.inf", "foreign"),
        Odd(name + ".part", "half_copied"),
        Odd(others[0], "not_regular"),
        Odd(others[1], "too_large"),
        Odd(others[2], "empty"),
    }
    assert sorted(path.name for path in stick.path.iterdir()) == before


def test_a_name_that_no_bundle_can_have_does_not_keep_the_others_from_being_read(
    stick: Folder, bundle: tuple[str, bytes]
) -> None:
    name, data = bundle
    stick.put_if_absent(name, data)
    for odd in (name.replace("-e001-", "-e000-"), name.replace("-00000001-", "-00000000-")):
        (stick.path / odd).write_bytes(b"x")
    assert stick.list() == (name,)
    assert [odd.why for odd in stick.odd()] == ["foreign", "foreign"]


@posix
def test_links_and_pipes_are_never_opened(stick: Folder, bundle: tuple[str, bytes], tmp_path: Path) -> None:
    name, data = bundle
    (tmp_path / "secret").write_bytes(data)
    pipe = name.replace("e001", "e002")
    (stick.path / name).symlink_to(tmp_path / "secret")
    os.mkfifo(stick.path / pipe)
    assert stick.list() == ()
    assert {odd.why for odd in stick.odd()} == {"not_regular"}
    for odd in (name, pipe):
        with pytest.raises(NotRegular):
            stick.get(odd)
    with pytest.raises(NotRegular):
        stick.put_if_absent(name, data)
    assert (tmp_path / "secret").read_bytes() == data


def test_a_stick_pulled_out(stick: Folder, bundle: tuple[str, bytes]) -> None:
    stick.put_if_absent(*bundle)
    shutil.rmtree(stick.path)
    with pytest.raises(CannotRead, match="connect its medium again"):
        stick.list()
    with pytest.raises(CannotRead):
        stick.odd()
    with pytest.raises(CannotRead, match="medium connected"):
        stick.get(bundle[0])
    with pytest.raises(FolderGone, match="connect it again"):
        stick.put_if_absent(*bundle)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EIO, FolderGone),
        (errno.ENODEV, FolderGone),
        (errno.EROFS, CannotWrite),
    ],
)
@pytest.mark.parametrize("step", ["open", "fsync", "link"])
@posix
def test_a_fault_at_any_step_leaves_no_name_behind(
    stick: Folder,
    bundle: tuple[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    refusal: type[CannotWrite],
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(refusal):
        stick.put_if_absent(*bundle)
    monkeypatch.undo()
    assert list(stick.path.iterdir()) == []


def test_a_file_taken_away_while_listing(
    stick: Folder, bundle: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    stick.put_if_absent(*bundle)
    later = bundle[0].replace("e001", "e002")
    sized(stick, later, 5)
    real = os.scandir

    class Racing:
        def __init__(self, path: Path) -> None:
            self.entries = real(path)

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            found = sorted(self.entries, key=lambda entry: entry.name)
            (stick.path / later).unlink()
            return iter(found)

        def __exit__(self, *_: object) -> None:
            self.entries.close()

    monkeypatch.setattr(os, "scandir", Racing)
    assert stick.list() == (bundle[0],)


def test_a_crowded_folder(stick: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 3)
    for number in range(4):
        (stick.path / f"{number}.jpg").touch()
    with pytest.raises(CrowdedFolder, match="stick holds more than 3"):
        stick.list()

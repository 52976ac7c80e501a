"""The archive's checker given what is no archive, or a spoilt one: it says so in a sentence, never in a traceback."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from study_parts import DAY_0, enrol, signed

from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows.archive import proving, verify_archive
from anifro_desktop.workflows.archive.making import CHECKER, archive
from anifro_desktop.workflows.errors import CannotArchive
from anifro_desktop.workflows.site import Site

PER_FILE = 12
INPUTS = ("SHA256SUMS", "SHA256SUMS.sig", "keys.json", "trail.jsonl", "*.jsonl", "*.odm.xml")
JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "\ud800",
    "00",
    [],
    [[]],
    {},
    {"a": 1},
    "2026-02-30",
)


@pytest.fixture
def made(site: Site, tmp_path: Path, qapp: QApplication) -> Path:
    signed(site, enrol(site), "baseline", DAY_0)
    return archive(site, tmp_path / "stick", "en", Printing()).folder


def checked(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(CHECKER), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def _lined(path: Path) -> None:
    path.write_text(f"[1, 2]\n{path.read_text('utf-8')}", "utf-8")


def _emptied(path: Path) -> None:
    path.write_text("{}", "utf-8")


def _deep(path: Path) -> None:
    path.write_text("[" * 200_000, "utf-8")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("keys.json", _cut),
        ("keys.json", Path.unlink),
        ("keys.json", _deep),
        ("SHA256SUMS", Path.unlink),
        ("SHA256SUMS", _emptied),
        ("SHA256SUMS.sig", _emptied),
        ("trail.jsonl", _lined),
        ("trail.jsonl", Path.unlink),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(
    made: Path, name: str, spoil: Callable[[Path], None]
) -> None:
    spoil(made / name)
    done = checked(str(made))
    assert (done.returncode, done.stderr) == (1, "")
    assert f"WRONG  {name}: cannot be read; get another copy of this archive" in done.stdout
    assert "All is well" not in done.stdout


def test_an_odm_file_that_is_no_xml_is_said_in_a_sentence(made: Path) -> None:
    (path,) = (made / "subjects").glob("*.odm.xml")
    _cut(path)
    done = checked(str(made))
    assert (done.returncode, done.stderr) == (1, "")
    assert f"WRONG  {path.name}: cannot be read" in done.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("a", "b"), ("no such folder",)])
def test_a_command_that_says_no_folder_is_told_to(arguments: tuple[str, ...]) -> None:
    done = checked(*arguments)
    assert (done.returncode, done.stderr) == (2, "")
    assert len(done.stdout.splitlines()) == 1
    assert "folder" in done.stdout


def test_a_folder_without_an_archive_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = checked(str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("WRONG  keys.json: cannot be read")


def _spoilt(data: bytes, chance: random.Random) -> bytes:
    """Other bytes: cut, flipped, something put in; or JSON in which a value is another."""
    at = chance.randrange(len(data))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if kind == 2:
        return data[:at] + chance.choice((b"\xff", b"\0", b"\n", b"{", b"<a>", b'"', b"../")) + data[at:]
    lines = data.split(b"\n")
    number = chance.randrange(len(lines)) if len(lines) > 3 and lines[0].endswith(b"}") else None
    try:
        value = json.loads(data if number is None else lines[number])
    except ValueError:
        return data[at:]
    other = json.dumps(_altered(value, chance), ensure_ascii=True).encode("ascii")
    return other if number is None else b"\n".join((*lines[:number], other, *lines[number + 1 :]))


def _altered(value: Any, chance: random.Random) -> Any:
    """A JSON value in which one part, at any depth, is another or is gone."""
    if not value or not isinstance(value, dict | list) or chance.random() < 0.15:
        return chance.choice(JUNK)
    name = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
    copy: Any = value.copy()
    if chance.random() < 0.2:
        del copy[name]
    else:
        copy[name] = _altered(value[name], chance)
    return copy


@pytest.mark.parametrize("name", INPUTS)
def test_no_input_makes_the_checker_fail_with_a_traceback(
    site: Site, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    chance = random.Random(name)
    found = made / name if "*" not in name else next((made / "subjects").glob(name))
    sound = found.read_bytes()
    for _ in range(PER_FILE):
        found.write_bytes(_spoilt(sound, chance))
        if found.read_bytes() == sound:
            continue
        code = verify_archive.main([str(made)])
        # The signature's own file is under no sum, and may be written in another way that says the same.
        assert code == 1 or name == "SHA256SUMS.sig"
        assert ("All is well" in capsys.readouterr().out) == (code == 0)
        try:
            assert bool(proving.prove(site, made).faults) == (code == 1)
        except CannotArchive:
            assert name == "keys.json"
    shutil.rmtree(made)

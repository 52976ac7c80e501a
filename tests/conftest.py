"""What every test may rely on: no window system, no user's own folders, the same examples in every run.

The environment is set here, before anything imports Qt. Hypothesis draws the same examples each time, so that
a failure in one place is a failure everywhere; the long trials search further.
"""

from __future__ import annotations

import functools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from anifro_desktop.crypto import kdf

sys.path.insert(0, str(Path(__file__).parent / "servers"))

if TYPE_CHECKING:
    from cluster import Cluster
    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "win32":  # there, Qt without a window system knows no fonts of its own accord
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ["SYSTEMROOT"], "Fonts")))
# Qt complains, and a complaint fails a test, where the login session made no such folder.
if not Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")).is_dir():
    _RUNTIME = tempfile.TemporaryDirectory(prefix="anifro-runtime-")
    os.environ["XDG_RUNTIME_DIR"] = _RUNTIME.name

settings.register_profile("same every time", deadline=None, derandomize=True, database=None)
settings.load_profile("same every time")


@pytest.fixture
def tmp_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder on every system: a test neither sees nor leaves anything in the user's own."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server for the session; where it is not installed, what asks for it is not run."""
    from cluster import cluster

    with cluster() as running:
        yield running


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """pytest-qt's application, refused where it would draw text without letters."""
    from PySide6.QtGui import QFontDatabase

    if not QFontDatabase.families():
        pytest.fail("no font is installed: on Debian, apt-get install fonts-inter")
    return qapp


@pytest.fixture(scope="session", autouse=True)
def keys_worked_out_once() -> Iterator[None]:
    """A passphrase's key costs real time by design; the same passphrase and salt, as on the copies of one site, give
    the same key again. What a new site measures, under a salt of zeros, is really done each time."""
    worked_out = kdf.argon2id
    remembered = functools.lru_cache(maxsize=1000)(worked_out)

    def argon2id(passphrase: str, salt: bytes, **settings: int) -> bytes:
        return (remembered if any(salt) else worked_out)(passphrase, salt, **settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "argon2id", argon2id)
        yield

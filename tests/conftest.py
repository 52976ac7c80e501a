"""What every test may rely on: no window system, no user's own folders, the same examples in every run.

The environment is set here, before anything imports Qt. Hypothesis draws the same examples each time, so that
a failure in one place is a failure everywhere; the long trials search further.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

sys.path[:0] = [str(Path(__file__).parent / name) for name in ("endtoend", "servers")]

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

# How long the drawing of examples takes says something of the machine, not of the program.
settings.register_profile(
    "same every time",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same every time")


# The files that take longest, the longest first: begun last, one of them would run alone at the end. Tests are handed
# out by files, and how long a file takes is not to be seen from how many tests are in it.
LONGEST = (
    "ui/test_shell_screens.py",
    "workflows/test_forging_acts.py",
    "workflows/test_forging_signatures.py",
    "faults/test_killed_and_refused.py",
    "faults/test_power_cuts.py",
    "faults/test_surroundings.py",
    "endtoend/test_vignettes_window.py",
    "endtoend/test_identity_leak.py",
    "endtoend/test_traffic.py",
    "endtoend/test_keys_over_time.py",
    "endtoend/test_over_the_network.py",
    "endtoend/test_exchange.py",
    "workflows/transfer/test_transfer.py",
    "endtoend/test_queries_travel.py",
    "ui/test_archive_card.py",
    "workflows/test_archive.py",
    "ui/test_import_page.py",
    "ui/test_shell_access.py",
    "ui/test_audit.py",
    "endtoend/test_same_results.py",
    "endtoend/test_kill.py",
    "workflows/test_signing_machine.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests: the longest files first, then the rest by their number of tests."""
    longest = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    if gone := [path.name for path in longest if not path.is_file()]:
        raise pytest.UsageError(f"tests/conftest.py names files that are not there: {', '.join(gone)}")
    if not hasattr(config, "workerinput"):
        return
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (longest.get(item.path, len(longest)), -tests[item.path], item.path))


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
def modules_are_no_garbage() -> None:
    """What was imported and collected stays to the end: the collector need not look through it each time again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def keys_worked_out_once() -> Iterator[None]:
    """See `once`."""
    import once

    with once.keys():
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """See `once`."""
    import once

    with once.statements():
        yield

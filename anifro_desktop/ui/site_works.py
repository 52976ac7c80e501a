"""The works behind the screens before a site is open: unlocking one, making one. They touch no widget.

What they need is imported inside them, on the worker: the first screen does not wait for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anifro_desktop.ui.first_run_steps import Draft

_KEYSET_BYTES = 256 * 1024


def clock_of(given: Any) -> Any:
    """The clock that was given, else the system's."""
    from anifro_desktop.store.clock import SystemClock

    return given or SystemClock()


def open_site(folder: Path, person: str, passphrase: str, clock: Any) -> tuple[Any, Any, str]:
    """The open site, what is said at its opening, and the passphrase if it was for this unlocking only: it is needed to
    choose another."""
    from anifro_desktop.workflows import site

    opened = site.unlock(folder, person, passphrase, clock_of(clock))
    return opened, site.opening(opened), passphrase if opened.keys.temporary else ""


def prove_file(draft: Draft) -> None:
    """See that the centre's file is whole and that its fingerprint is the one that was read out.

    Raises:
        WrongFingerprint, KeyFileDamaged: it is not. CannotRead, NotRegular, TooLarge: it cannot be read.
    """
    from anifro_desktop.sync.keyset import read_keyset

    read_keyset(_keyset(draft), draft.fingerprint)


def same_disk(folder: Path, second: str) -> bool:
    """Whether a second place for backups lies on the disk of the data folder, which need not be there yet."""
    here = next((one for one in (folder, *folder.absolute().parents) if one.exists()), None)
    try:
        place = Path(second).expanduser()
        return here is not None and place.is_dir() and place.stat().st_dev == here.stat().st_dev
    except (OSError, RuntimeError):
        return False


def _keyset(draft: Draft) -> bytes:
    from anifro_desktop.files import read_regular

    return read_regular(Path(draft.keyset_path).expanduser(), _KEYSET_BYTES)


def make_site(folder: Path, draft: Draft, clock: Any) -> Any:
    """The work behind the last step of the first run."""
    from anifro_desktop.workflows import facts, model, site

    setup = model.Setup(
        draft.site_code,
        draft.site_name,
        facts.Person(draft.person_code, draft.person_name, draft.roles),
        draft.passphrase,
        _keyset(draft),
        draft.fingerprint,
        second=Path(draft.second).expanduser().absolute() if draft.second else None,
    )
    return site.create_site(folder, setup, clock_of(clock))

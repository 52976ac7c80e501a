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


def make_site(folder: Path, draft: Draft, clock: Any) -> Any:
    """The work behind the last step of the first run."""
    from anifro_desktop.files import read_regular
    from anifro_desktop.workflows import facts, model, site

    roles = ("site_admin", draft.role) if draft.role != "investigator" else ("investigator", "site_admin")
    setup = model.Setup(
        draft.site_code,
        draft.site_name,
        facts.Person(draft.person_code, draft.person_name, roles),
        draft.passphrase,
        read_regular(Path(draft.keyset_path).expanduser(), _KEYSET_BYTES),
        draft.fingerprint,
        second=Path(draft.second).expanduser().absolute() if draft.second else None,
    )
    return site.create_site(folder, setup, clock_of(clock))

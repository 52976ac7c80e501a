"""Who works here: known before anything is unlocked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff who may unlock this site. roles: `investigator`, `data_entry`, `site_admin`, `monitor`."""

    code: str
    name: str
    roles: tuple[str, ...]

"""What backups and restores refuse. No message or parameter ever holds an answer, an identity, a key or a path."""

from __future__ import annotations

from typing import ClassVar

from anifro_desktop.store.errors import StoreError


class BackupMissing(StoreError):
    """A folder that is no backup."""

    code = "backup_missing"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not a backup of this program: choose the folder whose name begins with backup-.",
            name=name,
        )


class BackupDamaged(StoreError):
    """A backup that is not what was once verified. what: the part of it, or `manifest`, `heads`, `rows`."""

    code = "backup_damaged"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"The backup {name} is damaged or was changed ({what}): nothing of this computer's data was touched; "
            "choose another backup.",
            name=name,
            what=what,
        )


class BackupUnsound(StoreError):
    """A copy whose check found faults in the data, so that it was neither kept nor restored."""

    code = "backup_unsound"

    def __init__(self, count: int) -> None:
        found = "1 fault" if count == 1 else f"{count} faults"
        super().__init__(
            f"The check of the copy found {found} in the data, so it was not used; earlier backups are kept: run "
            "verify and call the study centre.",
            count=count,
        )


class BackupForeign(StoreError):
    """A backup of something else than what the folder holds. why: `site`, `writer` or `centre`."""

    code = "backup_foreign"
    _TEXT: ClassVar[dict[str, str]] = {
        "site": "This backup is of another site than the one in the data folder: choose another backup, or an empty "
        "folder.",
        "writer": "This backup is of another computer of this site: choose another backup, or an empty folder.",
        "centre": "This is not the backup of a site: choose another backup.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class RestoreStuck(StoreError):
    """A restore was interrupted and its note cannot be read."""

    code = "restore_stuck"

    def __init__(self) -> None:
        super().__init__(
            "A restore of this data folder was interrupted and its note restore.json cannot be read: leave the folder "
            "as it is and call the study centre."
        )

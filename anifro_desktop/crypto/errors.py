"""What the ciphers refuse. No message ever holds a key, a passphrase or what was sealed."""

from __future__ import annotations

from anifro_desktop.errors import EnvironmentRefusal, Refusal


class CryptoError(Refusal):
    """Base of this package's refusals."""

    code = "crypto"


class CannotOpen(CryptoError):
    """Sealed bytes that this key does not open: made for another key, or changed on the way."""

    code = "cannot_open"

    def __init__(self) -> None:
        super().__init__(
            "The sealed content does not open with this key: it was made for another one or was changed; "
            "ask for a new copy."
        )


class BadKey(CryptoError):
    """A key of the wrong length, or one that no honest program makes."""

    code = "bad_key"

    def __init__(self, what: str) -> None:
        super().__init__(f"This is not a usable {what}: ask its owner to send it again.", what=what)


class KdfRefused(CryptoError):
    """Passphrase settings outside the allowed range: too weak (a downgrade) or too costly (a trap)."""

    code = "kdf_refused"

    def __init__(self, setting: str, value: int) -> None:
        super().__init__(
            f"The passphrase setting {setting} = {value} is outside the allowed range, the key file may have "
            "been tampered with: restore it from a backup.",
            setting=setting,
            value=value,
        )


class KdfMemory(EnvironmentRefusal):
    """The machine has not the memory that the passphrase settings ask for."""

    code = "kdf_memory"

    def __init__(self, memory_kib: int) -> None:
        super().__init__(
            f"Unlocking needs {memory_kib // 1024} MiB of free memory: close other programs and try again.",
            mebibytes=memory_kib // 1024,
        )

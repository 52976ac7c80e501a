"""The keys with which a site signs for the centre and opens what comes from it, and their changes.

    signing, receiving            in use
    next_signing, next_receiving  made, and not in use before the centre knows them
    receiving/KID                 of before, kept for what is sealed to them and comes late

Rules kept here:
- Whoever is put out of the key file for ever may have these keys too: the act asks for new ones.
- A signing key that was replaced is overwritten; a receiving key never is.
- What is in the setting `next_keys` says whether there are next keys, and where they were announced.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.crypto.fingerprint import kid
from anifro_desktop.store.kept import Kept
from anifro_desktop.store.keyacts import KeyAct

_NEXT = "next_keys"
_ASKING = frozenset(
    ("user_removed", "keys_renewing")
)  # acts on the key file after which these keys are made anew


@dataclass(frozen=True, slots=True)
class NextKeys:
    """Keys that are made and not in use: Ed25519 and X-Wing seeds. epoch, seq: of the bundle that announced them, 0
    before that."""

    signing_seed: bytes = field(repr=False)
    receiving_seed: bytes = field(repr=False)
    epoch: int = 0
    seq: int = 0


class OwnKeys(Kept):
    """The part of a site's store about its own keys."""

    def next_keys(self) -> NextKeys | None:
        """The keys that are made and not in use."""
        match self.setting(_NEXT):
            case {"epoch": int(epoch), "seq": int(seq)}:
                seeds = (self.secret("next_signing") or b"", self.secret("next_receiving") or b"")
                return NextKeys(*seeds, epoch, seq)
        return None

    def make_next_keys(self, reason: str) -> NextKeys:
        """Make next keys, in place of any that are not in use yet."""
        with self.transaction():
            self._put_aside(self.next_keys())
            self.keep_secret("next_signing", signing.new_seed(), reason)
            self.keep_secret("next_receiving", hybrid.new_seed(), reason)
            self._announced(0, 0)
            made = self.next_keys()
        if made is None:
            raise AssertionError("next keys were just made")
        return made

    def renew_own_keys(self, reason: str) -> None:
        """Make next keys, and tell of it."""
        with self.transaction():
            self.make_next_keys(reason)
            self.log("site_keys_made", "", None, reason)

    def _follow(self, act: KeyAct) -> None:
        if act.act in _ASKING:
            self.renew_own_keys(act.reason)

    def keys_announced(self, epoch: int, seq: int) -> None:
        """Note in which bundle the next keys were told to the centre."""
        self._announced(epoch, seq)

    def use_next_keys(self, reason: str = "") -> None:
        """Sign with the next keys from now on; nothing happens if there are none."""
        with self.transaction():
            following = self.next_keys()
            if following is None:
                return
            self._put_aside(NextKeys(b"", self.secret("receiving") or b""))
            self.keep_secret("signing", following.signing_seed, reason)
            self.keep_secret("receiving", following.receiving_seed, reason)
            self.set_setting(_NEXT, None)

    def opening_seed(self, wanted: str) -> bytes | None:
        """The X-Wing seed that a header names, in use, next or of before; None if it is not ours."""
        for name in ("receiving", "next_receiving", f"receiving/{wanted}"):
            seed = self.secret(name)
            if seed is not None and kid(hybrid.public_bytes(seed)) == wanted:
                return seed
        return None

    def _announced(self, epoch: int, seq: int) -> None:
        self.set_setting(_NEXT, {"epoch": epoch, "seq": seq})

    def _put_aside(self, keys: NextKeys | None) -> None:
        if keys is not None:
            self.keep_secret(
                f"receiving/{kid(hybrid.public_bytes(keys.receiving_seed))}", keys.receiving_seed
            )

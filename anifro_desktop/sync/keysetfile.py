"""A keyset on its way to a site as a bundle of type `keyset`, so that it travels wherever receipts do.

Its number is the keyset's version and it is signed with the centre's key of the version before: a site takes one after
the other, however many it missed. What makes the keyset believable is the root's signature inside, not the bundle's.
"""

from __future__ import annotations

from collections.abc import Callable

from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, VerifyKey, open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import Header


def seal_keyset(header: Header, keyset: bytes, signer_seed: bytes, recipient_public: bytes) -> bytes:
    """Make the bundle; `keyset` is the file that `make_keyset` made.

    Raises:
        BundleRefused: a header that no reader would take. BadKey: an unusable key.
    """
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    return seal_bundle(
        header, [manifest, {"keyset": keyset.decode("ascii")}], signer_seed, recipient_public, HYBRID
    )


def open_keyset(
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = HYBRID,
) -> bytes:
    """The keyset's file, still to be judged (arguments as of `open_bundle`).

    Raises:
        BundleRefused: anything at all is wrong with the bundle.
    """
    opened = open_bundle(data, expect_type="keyset", key_for=key_for, seed_for=seed_for, min_suite=min_suite)
    match opened.lines[1:]:
        case ({"keyset": str(text)},) if text.isascii():
            return text.encode("ascii")
    raise BundleRefused("manifest_mismatch", "keyset")

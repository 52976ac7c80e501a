"""Proving that what is stored is what was entered: the check a person can ask for at any time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from anifro_desktop.workflows.model import Finding

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site


def verify(site: Site) -> list[Finding]:
    """Check both databases, the audit trail, signatures and sealed bundles; no finding means that all is well."""
    from anifro_desktop.store.verify import verify as verify_store

    found = [Finding(item.code, item.sentence) for item in verify_store(site.clinical)]
    if site.identities is not None:
        found += [Finding(item.code, item.sentence) for item in verify_store(site.identities)]
    return [*found, *_bundles(site)]


def _bundles(site: Site) -> list[Finding]:
    found = []
    for row in site.clinical.bundles():
        if hashlib.sha256(site.clinical.bundle_bytes(row.epoch, row.seq)).hexdigest() != row.sha256:
            sentence = (
                f"Bundle {row.seq} is not the file that was sealed: restore a backup before sending it again."
            )
            found.append(Finding("bundle_changed", sentence))
    return found

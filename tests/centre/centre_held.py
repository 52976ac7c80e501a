"""What a centre holds and what became of bundles, to be compared; and revisions in parts, a bundle each."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from anifro_desktop.centre.ingesting import Outcome
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.record import Revision

CODE = "P03-7KQF-4"


def dump(centre: Centre) -> dict[str, Any]:
    """All data of the store, without the trail and without what is still to be answered."""
    store = centre.store
    return {
        "writers": store.writers(),
        "chains": store.chains(),
        "bundles": [(row.sha256, row.state, row.code) for row in store.bundles()],
        "revisions": [
            (row.site, row.writer, row.revision.to_json(), row.bundle, row.op) for row in store.revisions()
        ],
        "differences": [replace(row, found="") for row in store.differences(only_open=False)],
        "settings": store.settings(),
    }


def data_only(centre: Centre) -> list[Any]:
    """What analysis sees, whatever way it came."""
    return [(item.code, item.answers, item.visits) for item in all_subjects(centre)]


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [item.status for item in outcomes]


def parts_of(revisions: list[Revision], sizes: tuple[int, ...]) -> list[list[Revision]]:
    """Revisions in parts of these sizes, the rest in the last."""
    left = iter(revisions)
    return [*[list(itertools.islice(left, size)) for size in sizes], list(left)]

"""Where one is in an open site, so that it can be shown again: after a lock, in another language, on the way back."""

from __future__ import annotations

from dataclasses import dataclass, field

from anifro_desktop.workflows.model import OpenVisit, PatientRow, Place

RECORDS = ("visit", "enrol")  # pages that hold an open record
LISTS = ("today", "patients")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one is. page: key of the page; the rest as that page needs it. place: subject, and within a record. trail:
    the pages to go back to, the nearest last. typed: what stood in the lines of a page that is made anew."""

    page: str = "today"
    visit: OpenVisit | None = None
    row: PatientRow | None = None
    place: Place = field(default_factory=Place)
    trail: tuple[Kept, ...] = ()
    typed: tuple[str, ...] = ()


def left(at: Kept, subject: str, key: str = "") -> Kept | None:
    """A page that is left for another, as the way back knows it; None for one that is not come back to.

    subject, key: of what is opened from it: the cursor is put there again.
    """
    if at.page == "patient":
        return Kept("patient", place=Place(at.place.subject, key))
    if at.page == "patients":
        return Kept("patients", place=Place(subject))
    return at if at.page in ("today", "queries", *RECORDS) else None

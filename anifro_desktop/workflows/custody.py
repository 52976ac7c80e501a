"""Which patients this computer keeps, and what it says of hand-overs to the centre.

Rules kept here:
- A patient who was handed over, or given up, is only read here.
- What is said leaves as records of ordinary bundles, in an order from which the centre can tell what was sealed while
  the patient was kept here: that somebody was taken over comes before the first record, and that somebody was handed
  over after the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anifro_desktop.record import Revision
from anifro_desktop.sync.records import Record
from anifro_desktop.sync.transfer import Statement, statement_revision

if TYPE_CHECKING:
    from anifro_desktop.store.transfers import HandoverRow
    from anifro_desktop.workflows.site import Site

MOVED = "moved"


def away(site: Site) -> dict[str, HandoverRow]:
    """The patients who are only read here, with the last hand-over of each."""
    gone = {row.code for row in site.clinical.subjects() if row.status == MOVED}
    return {row.subject: row for row in site.clinical.handovers() if row.subject in gone}


def check_kept(site: Site, subject: str) -> None:
    """Let a patient be changed.

    Raises:
        SubjectAway: another computer goes on.
    """
    from anifro_desktop.store.errors import SubjectAway

    if site.clinical.subject(subject).status == MOVED:
        raise SubjectAway(subject)


def taken_over(site: Site) -> frozenset[str]:
    """The codes of patients that were ever taken over here: they may be another site's."""
    return frozenset(row.subject for row in site.clinical.handovers() if row.side == "in")


def outgoing(site: Site) -> tuple[list[Record], list[Record]]:
    """What this computer says of hand-overs and has not sealed yet in this epoch: before the other records, and after
    them."""
    gone = away(site)
    first: list[Record] = []
    last: list[Record] = []
    for row in site.clinical.handovers():
        chain = _statements(site, row)
        reached = site.clinical.sealed_now([chain[0].id]).get(chain[0].id, 0)
        place = last if row.side == "out" and row.subject in gone else first
        place += [Record(one) for one in chain if one.ver > reached]
    return first, last


def _statements(site: Site, row: HandoverRow) -> list[Revision]:
    """What this computer said of a hand-over, version after version."""
    chain: list[Revision] = []
    for number, said in enumerate(row.acts, 1):
        act, who = (str(said[0]), str(said[1])) if isinstance(said, list) else ("", "")
        statement = Statement(
            row.id, row.subject, act, number, row.site, row.writer, row.sha256, row.held, who
        )
        prev = chain[-1].digest() if chain else ""
        chain.append(statement_revision(statement, site.keys.writer, "", prev))
    return chain

"""Questions that the centre forgot: raised after the backup that was put back, or before everything was lost, while a
site still has them and answers.

Rules kept here:
- What a site says never stands as a question of the centre: such a question is marked (`about` is `FORGOTTEN`), names
  no place, and its words are this module's own, whatever the site sent.
- Only whoever keeps the patient is believed, only after the centre's data were put back, and of a patient at most
  `MOST` are taken up; other acts about unknown questions stay kept and unheard.
- Once taken up it is a question like others: people read the answer, ask again or close it, and the site hears so.
"""

from __future__ import annotations

from collections.abc import Iterable

from anifro_desktop.centre import custody, querying
from anifro_desktop.centre.consent import may_use
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import one_subject
from anifro_desktop.store.centre_rows import CentreBundle
from anifro_desktop.thread import Act, Query

FORGOTTEN = "forgotten"
MOST = 100  # of a patient
_WORDS = (
    "Domanda di prima che i dati di Pisa fossero ripristinati: il suo testo è rimasto alla sede. / A question from "
    "before the data of Pisa were put back: only the site has its words."
)


def take_up(centre: Centre, row: CentreBundle, said: Iterable[tuple[str, Act]]) -> None:
    """Take up again the unknown questions to which a bundle answers. said: subjects and acts, all of the bundle."""
    writer = centre.store.writer(row.site, row.writer)
    if writer is None or not writer.rno_above:  # never told that the centre's data were put back
        return
    for subject, act in sorted(said, key=lambda one: one[1].n):
        if centre.store.query_of(act.query) is None and _may(centre, row, subject):
            querying.raise_again(centre, Query(act.query, subject, "other", about=FORGOTTEN), act.n, _WORDS)


def _may(centre: Centre, row: CentreBundle, subject: str) -> bool:
    if centre.store.asked_about(subject, FORGOTTEN) >= MOST:
        return False
    if custody.keeper(centre, subject) != (row.site, row.writer):
        return False
    known = one_subject(centre, subject)
    return known is not None and may_use(known)

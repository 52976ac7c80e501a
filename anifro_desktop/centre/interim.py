"""The interim analysis: how many patients completed the evaluation that it waits for, and of whom it is.

"Interim: when the first 50 patients complete the 24-week evaluation" (synopsis). Decided here, PROPOSED default:

- Completed: enrolled, with an assessment in the window of month 6, which holds day 168, of which SLEDAI-2K, the
  physician's global and the glucocorticoid dose are known.
- The fiftieth says *when* the analysis is made, not of whom: it is of everybody's data through month 6, in the cut
  with the name `interim`. To take the fifty alone would leave out, among those enrolled as early, whoever missed the
  visit, withdrew or died, and who is to count as not met (intention to treat, non-responder imputation).
- The database lock is that cut, made by a person once the number is reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from anifro_desktop.centre import carried
from anifro_desktop.centre.analysis.disposition import evaluated
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.assembling import OWN_KEYS, SUMMARY, Visit, subjects
from anifro_desktop.centre.consent import WITHDRAWAL, by_consent
from anifro_desktop.centre.custody import custodies_of
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.planning import served
from anifro_desktop.centre.reading import received
from anifro_desktop.forms.derived import phga
from anifro_desktop.study.protocol import PROTOCOL

NAME, THROUGH = "interim", "m06"
NEEDED = round(PROTOCOL.number("analysis.interim_subjects"))
_FORMS = (SUMMARY, "phga", WITHDRAWAL)
_SLICE = 200  # subjects read at a time


def is_complete(visit: Visit | None) -> bool:
    """Whether of an assessment SLEDAI-2K, physician's global and glucocorticoid dose are known."""
    if visit is None:
        return False
    known = all(carried.complete(visit.scores, rule) for rule in ("sledai2k", "prednisone"))
    return known and not isinstance(phga(visit.answers), str | None)


def completed_now(centre: Centre) -> int:
    """How many completed it by now, from no more of each subject than that takes."""
    rows = centre.store.standings()
    codes = sorted(row.subject for row in rows if row.enrolled == 1 and not row.excluded)
    return sum(_completed(centre, codes[start : start + _SLICE]) for start in range(0, len(codes), _SLICE))


def _completed(centre: Centre, codes: Sequence[str]) -> int:
    rows = centre.store.some_revisions(dict.fromkeys(codes, OWN_KEYS), _FORMS)
    found = subjects(received(centre, rows, custodies_of(centre, codes)), centre.definitions, centre.packs)
    return sum(is_complete(served(one).get(THROUGH)) for one in by_consent(found).usable)


def completed(people: Iterable[Person]) -> int:
    """How many enrolled people completed the evaluation."""
    return sum(1 for person in people if person.enrolled is True and evaluated(person, THROUGH))

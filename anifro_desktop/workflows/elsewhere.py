"""What the enrolment and baseline know of each other: values of baseline beside the classification criteria, and the
criteria beside those values.

Rules kept here:
- Only what was completed speaks, as with every other visit that one is read beside.
- Only baseline: the criteria say what was there up to the start; a finding of a later visit does not contradict them.
- A criterion kept against a doubt with a reason is settled; the visit says nothing more about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anifro_desktop.forms.facts import AT_BASELINE, AT_ENROLMENT
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Missing, Value
from anifro_desktop.study.visit_keys import ENROLMENT
from anifro_desktop.workflows.packs import answers_of

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

_BASELINE, _CRITERIA = "baseline", "classification"


def known_elsewhere(site: Site, row: VisitRow, under: Definitions) -> dict[str, Value]:
    """The answers that conditions of the enrolment may read of baseline, and those of baseline of the criteria."""
    if row.key == ENROLMENT:
        answers, _ = answers_of(site, under, site.clinical.revisions(row.subject, _BASELINE))
        return _named(AT_BASELINE, answers)
    if row.key != _BASELINE:
        return {}
    answers, notes = answers_of(site, under, site.clinical.revisions(row.subject, ENROLMENT, _CRITERIA))
    kept = {name for name, note in notes.items() if note.kind == "override"}
    return _named(AT_ENROLMENT, {name: value for name, value in answers.items() if name not in kept})


def _named(prefix: str, answers: dict[str, Value]) -> dict[str, Value]:
    return {prefix + name: value for name, value in answers.items() if not isinstance(value, Missing)}

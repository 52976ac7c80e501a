"""Serious adverse events: which of them leave before their signature, and by when each has to be told.

Rules kept here:
- A completed adverse event with any criterion of seriousness leaves with the next bundle, signed or not.
- The terms are those of `scores.ae`, from the moment of awareness: shown unless the event is known not to be serious,
  or not to be related. Answers in draft count, since a term runs whether or not the form is finished.
- The coordinating centre was told when the first report was noted as sent, or when a bundle that carries the event as
  serious was handed over and none waits behind: the centre reads bundles in order. The national network was told when
  the report was noted as sent; the program does not tell it.
- A known serious event whose moment of awareness is missing has a clock without a term: somebody has to enter it.

Source: see `scores.ae`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms.scoring import score_inputs
from anifro_desktop.record import Missing, Revision, Value
from anifro_desktop.scores import ae
from anifro_desktop.workflows.desk import record_id
from anifro_desktop.workflows.happened import answers_as_typed

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

FORM = "adverse_event"
SAE, ADR_BIOLOGIC = "sae", "adr_biologic"
_YES = 1


@dataclass(frozen=True, slots=True)
class Clock:
    """A term within which an adverse event has to be told. what: `sae` (the coordinating centre) or `adr_biologic` (the
    national network). due: None while the moment of awareness is not known. sent: somebody was told."""

    subject: str
    key: str
    what: str
    due: datetime | None
    sent: bool
    overdue: bool


def is_serious(revision: Revision) -> bool:
    """Whether a version of a form tells of a serious adverse event."""
    return revision.form == FORM and any(revision.values.get(item) == _YES for item in ae.CRITERIA)


def safety_clocks(site: Site) -> list[Clock]:
    """The terms of every adverse event of the site, those without a moment first, then the soonest."""
    rows = [row for row in site.clinical.events() if site.definitions.event_form(row.key).id == FORM]
    found = answers_as_typed(site, rows, site.clinical.revisions(form=FORM)) if rows else {}
    told = _told(site) if rows else frozenset()
    clocks = [clock for row in rows for clock in _clocks(site, row, found[row.subject, row.key], told)]
    return sorted(clocks, key=lambda clock: (clock.due is not None, clock.due or 0, clock.subject, clock.key))


def _clocks(site: Site, row: VisitRow, answers: Mapping[str, Value], told: frozenset[str]) -> Iterator[Clock]:
    score = ae.score(score_inputs("ae", answers))
    reported = _answered(answers, "ae_report_sent")
    sent = {SAE: reported or record_id(row, FORM) in told, ADR_BIOLOGIC: reported}
    for what, part in ((SAE, "sae_due"), (ADR_BIOLOGIC, "adr_biologic_due")):
        text = score.parts[part]
        due = datetime.fromisoformat(text) if isinstance(text, str) else None
        if due is not None or (what == SAE and score.value is True):
            late = due is not None and site.clock.now() > due
            yield Clock(row.subject, row.key, what, due, sent[what], late and not sent[what])


def _told(site: Site) -> frozenset[str]:
    """The records that the centre was told of as serious."""
    if any(bundle.state == "sealed" for bundle in site.clinical.bundles()):
        return frozenset()
    grave = [item for item in site.clinical.revisions(form=FORM, latest=False) if is_serious(item)]
    reached = site.clinical.sealed({item.id for item in grave})
    return frozenset(item.id for item in grave if item.ver <= reached.get(item.id, 0))


def _answered(answers: Mapping[str, Value], name: str) -> bool:
    return not isinstance(answers.get(name, Missing.NOT_KNOWN), Missing)

"""The visit as pages: one per form, with the progress of its sections taken together."""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.forms.model import Form
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.state import SectionState, SectionStatus


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form as the section list shows it. done, total: required questions asked now."""

    form: Form
    sections: tuple[SectionState, ...]
    done: int
    total: int
    status: SectionStatus

    @property
    def fields(self) -> tuple[str, ...]:
        """The questions asked now, in reading order."""
        return tuple(field for section in self.sections for field in section.visible_fields)

    @property
    def asked(self) -> tuple[str, ...]:
        """Those of them that take an answer; the others follow from answers and are only shown."""
        given = {field.id for field in self.form.fields if field.derive or field.computed}
        return tuple(field for field in self.fields if field not in given)


def pages(session: VisitSession) -> tuple[FormPage, ...]:
    """The forms of the session that ask anything, in order."""
    states = session.sections()
    made = (_page(form, tuple(s for s in states if s.form == form.id)) for form in session.forms)
    return tuple(page for page in made if page.fields)


def _page(form: Form, sections: tuple[SectionState, ...]) -> FormPage:
    done = sum(section.done for section in sections)
    total = sum(section.total for section in sections)
    return FormPage(form, sections, done, total, _status(sections))


def _status(sections: tuple[SectionState, ...]) -> SectionStatus:
    """Of the whole form: done once its required questions are; a section without any does not hold it back."""
    shown = [section for section in sections if section.visible_fields]
    found = {section.status for section in shown}
    if "attention" in found:
        return "attention"
    if ({section.status for section in shown if section.total} or found) == {"done"}:
        return "done"
    return "open" if found == {"open"} else "started"


def first_open(session: VisitSession, fields: tuple[str, ...]) -> str | None:
    """The first of these questions that has no answer yet; one that only offers another way of answering a question
    before it is not looked for."""
    return next(
        (field for field in fields if not session.state(field).answered and not _stood_for(session, field)),
        None,
    )


def spared(session: VisitSession, field: str) -> bool:
    """Whether going on passes a question by: it offers another way of answering one that has its answer (the scale of
    a global that was given on the usual one)."""
    return not session.state(field).answered and any(
        session.state(other).answered for other in _stood_for(session, field)
    )


def _stood_for(session: VisitSession, field: str) -> tuple[str, ...]:
    """The questions before this one that an answer to it takes away; none if it has to be answered itself."""
    item = session.definitions.fields[field]
    if item.required:
        return ()
    asked = session.definitions.form(item.form).fields
    before = asked[: [other.id for other in asked].index(field)]
    return tuple(other.id for other in before if other.show_if is not None and field in other.show_if.names)

"""What leaves the site: only what is listed, days for dates, and nothing typed freely."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from forms_builders import DEFINITIONS
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.forms.errors import NotExportable
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.record import Revision, canonical

DAY0 = date(2026, 5, 23)
SECRET = "Rossi Maria"


def revision(form: str, values: dict[str, Any], **more: Any) -> Revision:
    facts: dict[str, Any] = {
        "id": "3f2b0a52-9d0e-4a53-8e43-8f7f3a4a3c10",
        "subject": "P03-7KQF-W",
        "visit": "m06",
        "form": form,
        "ver": 1,
        "prev": "",
        "values": values,
        "definition": DEFINITIONS.digest,
        "who": "U03",
        "when": "2026-11-22T10:00:00.000+01:00",
        "day": 183,
    }
    return Revision(**{**facts, **more})


def test_enrolment_leaves_as_days_and_without_its_own_date() -> None:
    out = pseudonymise(
        revision(
            "enrolment",
            {
                "consent_date": "2026-05-20",
                "enrolment_date": "2026-05-23",
                "first_dose_date": "2026-06-01",
                "consent_version": SECRET,
                "sex": 1,
                "age_at_enrolment": 93,
                "enrolment_half": "2026H1",
            },
        ),
        DEFINITIONS,
        DAY0,
    )
    assert out.values == {
        "consent_date": -3,
        "first_dose_date": 9,
        "sex": 1,
        "age_at_enrolment": 90,
        "enrolment_half": "2026H1",
    }


def test_times_reasons_and_texts_stay() -> None:
    out = pseudonymise(
        revision(
            "visit_summary",
            {"visit_date": "2026-11-22", "visit_planned": 6, "summary_comment": SECRET},
            why="2",
            why_text=SECRET,
            notes={
                "visit_date": {"kind": "override", "reason": 5, "text": SECRET},
                "summary_comment": {"kind": "transcribed", "reason": None, "text": ""},
            },
            scores={"sledai2k": {"value": 4}, "invented": {"name": SECRET}},
            context={"previous": "baseline", "baseline": SECRET, "other": "m06"},
            signature={
                "by": "U03",
                "when": "2026-11-22T10:00:00Z",
                "name": SECRET,
                "digest": "d",
                "sig": "s",
            },
        ),
        DEFINITIONS,
        DAY0,
    )
    assert out.values == {"visit_date": 183, "visit_planned": 6}
    assert out.notes == {"visit_date": {"kind": "override", "reason": 5, "text": ""}}
    assert (out.when, out.why, out.why_text, out.day) == ("", "2", "", 183)
    assert out.scores == {"sledai2k": {"value": 4}}
    assert out.context == {"previous": "baseline"}
    assert out.signature == {"by": "U03", "digest": "d", "sig": "s"}
    assert SECRET.encode() not in canonical(out.to_json())


def test_missing_reasons_and_decimals_leave_unchanged() -> None:
    values = {"platelets": {"missing": "not_done"}, "wbc": "2.8", "c3_low": 1}
    assert pseudonymise(revision("laboratory", values), DEFINITIONS, DAY0).values == values


def test_a_field_of_another_form_or_none_at_all_cannot_leave() -> None:
    out = pseudonymise(revision("phga", {"phga": "1", "rash": 1, "surname": SECRET}), DEFINITIONS, DAY0)
    assert out.values == {"phga": "1"}


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("sledai2k", {"rash": SECRET}),
        ("laboratory", {"wbc": SECRET}),
        ("visit_summary", {"visit_date": SECRET}),
        ("enrolment", {"enrolment_half": "Rossi"}),
        ("enrolment", {"enrolment_half": "2026-05"}),
        ("sledai2k", {"rash": {"missing": SECRET}}),
        ("contacts", {}),
    ],
)
def test_what_its_field_could_not_hold_is_refused_without_repeating_it(
    form: str, values: dict[str, Any]
) -> None:
    with pytest.raises(NotExportable) as refused:
        pseudonymise(revision(form, values), DEFINITIONS, DAY0)
    assert SECRET not in str(refused.value)


def test_a_note_of_no_known_kind_is_refused() -> None:
    with pytest.raises(NotExportable):
        pseudonymise(revision("phga", {}, notes={"phga": {"kind": SECRET}}), DEFINITIONS, DAY0)


def test_a_reason_in_words_becomes_other() -> None:
    assert pseudonymise(revision("phga", {}, why=SECRET), DEFINITIONS, DAY0).why == "other"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_becomes_the_days_since_enrolment(day: date) -> None:
    out = pseudonymise(revision("visit_summary", {"visit_date": day.isoformat()}), DEFINITIONS, DAY0)
    assert out.values["visit_date"] == (day - DAY0).days


@given(st.dictionaries(st.text(min_size=1, max_size=26), st.text(max_size=30), max_size=5))
def test_no_text_ever_leaves_that_a_field_does_not_list(values: dict[str, str]) -> None:
    listed = {name: text for name, text in values.items() if name not in DEFINITIONS.fields}
    assert pseudonymise(revision("treatment", listed), DEFINITIONS, DAY0).values == {}


def test_a_mistake_leaves_without_words_under_the_key_that_it_had() -> None:
    out = pseudonymise(
        revision("phga", {}, visit="m06~1", ver=2, why="void_4", why_text=f"{SECRET} was not here", day=None),
        DEFINITIONS,
        DAY0,
    )
    assert (out.visit, out.why, out.why_text, out.values, out.void) == ("m06", "void_4", "", {}, True)
    assert SECRET.encode() not in canonical(out.to_json())

"""What a condition may know of a session beside its answers: facts that are passed in, and answers of the visit before.

`enrolled` is the enrolment date, `subject_sex` the sex there, in the codes of its list (`SEXES`). The whole numbers
`n_...` count events of the subject (see `workflows.happened`), each unknown where it cannot be told. `ev_on_<drug>` (1
or 0) and `ev_dose_<drug>` say what is taken on arrival, and `gc_mg_eve` and `gc_mg_day` the mg of prednisone by mouth
of the day before and of the day, as the events tell (see `workflows.arrival`). `was_<field>` is the answer to a field
at the previous assessment, and for an item of the damage index the most that any earlier assessment found.
`at_baseline_<field>` is, for the forms of the subject, the answer at baseline, and `at_enrolment_<field>`, for
baseline, that to the classification criteria (see `workflows.elsewhere`). Of what is recorded elsewhere (see
`workflows.among`): `first_dose_said`, the first dose as the enrolment states it; `last_seen`, the last day of a visit
or dose; `n_deaths` and `died`, records of death and the day; `ended_fatally`, the last day that a fatal adverse event
can have ended on. A fact never changes during a session.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.conditions import Name

WAS = "was_"
AT_BASELINE, AT_ENROLMENT = "at_baseline_", "at_enrolment_"
ELSEWHERE = (WAS, AT_BASELINE, AT_ENROLMENT)  # before the id of a field of another session
SDI = "sdi_"  # items of the damage index, which is not asked at every visit
COUNTS = (
    "n_pulse_30d",
    "n_pulse_since",
    "n_hosp_sle_since",
    "n_hosp_since",
    "n_ae_since",
    "n_is_new_since",
    "n_new_cyclophosphamide_since",
    "n_new_azathioprine_since",
    "n_new_methotrexate_since",
    "n_new_mycophenolate_since",
    "n_drug_raised_30d",
    "n_first_dose_30d",
    "n_hcq_nsaid_since",
    "n_biologic_new_since",
    "n_change_since",
    "n_dose_missed_since",
    "n_vaccine_since",
    "n_pregnancy_since",
)
# Drugs of the treatment form whose start and end the events tell, by their code in the list `study_drug`. Rituximab is
# asked there by its last course, so a stop says nothing about it.
EVENT_DRUGS: Mapping[str, int] = {
    "hydroxychloroquine": 1,
    "chloroquine": 2,
    "mepacrine": 3,
    "methotrexate": 4,
    "azathioprine": 5,
    "mycophenolate_mofetil": 6,
    "mycophenolic_acid": 7,
    "leflunomide": 8,
    "ciclosporin": 9,
    "tacrolimus": 10,
    "voclosporin": 11,
    "cyclophosphamide": 12,
    "belimumab_iv": 13,
    "belimumab_sc": 14,
    "anifrolumab_iv": 15,
    "anifrolumab_sc": 16,
}
EVENT_ON, EVENT_DOSE = "ev_on_", "ev_dose_"
ARRIVAL = (
    "n_gc_now",
    "gc_mg_eve",
    "gc_mg_day",
    *(EVENT_ON + drug for drug in EVENT_DRUGS),
    *(EVENT_DOSE + drug for drug in EVENT_DRUGS),
)
SEXES: Mapping[str | None, int] = {"female": 1, "male": 2}
DAYS = ("enrolled", "first_dose_said", "last_seen", "died", "ended_fatally")
FACTS: Mapping[str, Name] = dict.fromkeys(DAYS, Name("date")) | dict.fromkeys(
    (*COUNTS, *ARRIVAL, "n_deaths", "subject_sex"), Name("number")
)


def is_fact(name: str) -> bool:
    """Whether a name of a condition is a fact rather than a field of the session."""
    return name in FACTS or name.startswith(ELSEWHERE)


def asked_as(name: str) -> str:
    """The id of the field whose answer a name stands for."""
    prefix = next((one for one in ELSEWHERE if name.startswith(one)), "")
    return name.removeprefix(prefix)

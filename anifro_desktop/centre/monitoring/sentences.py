"""What each check says, in both languages: what was found, and what the site is to do.

No sentence holds an answer that a person could be known by, or a date.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.model import Label

# By rule. Numbers in them are those of the checks (`event_checks`, `dose_checks`, `since_checks`, `visit_checks`).
_OWN: Mapping[str, Label] = {
    "fatal_without_death": Label(
        "L’evento avverso ha esito fatale ma non c’è la scheda del decesso. Aprirla, oppure correggere "
        "l’esito.",
        "The adverse event has a fatal outcome but there is no record of the death. Open it, or correct the "
        "outcome.",
    ),
    "death_without_event": Label(
        "C’è la scheda del decesso ma nessun evento avverso con esito fatale. Aprire o correggere la scheda "
        "dell’evento che lo ha causato.",
        "There is a record of the death but no adverse event with a fatal outcome. Open or correct the record"
        " of the event that caused it.",
    ),
    "visit_after_death": Label(
        "È di un giorno successivo al decesso. Correggere la data, qui o nella scheda del decesso.",
        "It is of a day after the death. Correct the date, here or on the record of the death.",
    ),
    "event_after_death": Label(
        "È di un giorno successivo al decesso. Correggere la data, qui o nella scheda del decesso.",
        "It is of a day after the death. Correct the date, here or on the record of the death.",
    ),
    "hospital_without_stay": Label(
        "L’evento ha richiesto o prolungato un ricovero, ma nessuna scheda di ricovero lo indica. Aprirla o "
        "completarla, oppure correggere il criterio.",
        "The event required or prolonged a stay in hospital, but no record of a stay names it. Open or "
        "complete one, or correct the criterion.",
    ),
    "stay_of_no_event": Label(
        "Il ricovero indica un evento avverso che non c’è (più). Correggere il numero.",
        "The stay names an adverse event that is not there (any more). Correct the number.",
    ),
    "stay_not_serious": Label(
        "Una scheda di ricovero indica questo evento come motivo, ma il criterio «ricovero» è no. Correggere "
        "una delle due.",
        'A record of a stay names this event as its reason, but the criterion "hospitalisation" is no. '
        "Correct one of them.",
    ),
    "withdrawn_without_stop": Label(
        "Per questo evento anifrolumab risulta sospeso, ma non c’è la scheda del cambio di terapia. Aprirla, o "
        "correggere la risposta.",
        "Anifrolumab was withdrawn for this event, but there is no record of the change of treatment. Open one, or "
        "amend the answer.",
    ),
    "dose_after_stop": Label(
        "La dose risulta data dopo la sospensione definitiva di anifrolumab. Registrare la ripresa, o "
        "correggere una data.",
        "The dose is recorded as given after anifrolumab was stopped for good. Record the restart, or correct"
        " a date.",
    ),
    "dose_due_unrecorded": Label(
        "Nei {days} giorni dopo questa dose non ne risulta un’altra, né somministrata né saltata; l’intervallo è di "
        "{interval} giorni. Registrare le dosi, o la sospensione, oppure confermare.",
        "In the {days} days after this dose no other is recorded, neither given nor skipped; the interval is "
        "{interval} days. Record the doses, or the stop, or confirm.",
    ),
    "pregnancy_of_man": Label(
        "C’è una gravidanza, e il sesso all’arruolamento è maschile. Correggere l’uno o l’altra.",
        "There is a pregnancy, and the sex at enrolment is male. Correct one or the other.",
    ),
    "pregnancy_age": Label(
        "La gravidanza sarebbe a un’età superiore a 55 anni. Controllare età e scheda, oppure confermare.",
        "The pregnancy would be at an age above 55. Check the age and the record, or confirm.",
    ),
    "courses_overlap": Label(
        "Un altro schema dello stesso farmaco copre gli stessi giorni: le dosi si sommerebbero. Correggere le"
        " date.",
        "Another course of the same drug covers the same days: the doses would be added up. Correct the "
        "dates.",
    ),
    "consent_after_enrolment": Label(
        "Il consenso risulta dato dopo il giorno dell’arruolamento. Correggere una delle due date.",
        "The consent is recorded as given after the day of enrolment. Correct one of the two dates.",
    ),
    "missed_but_made": Label(
        "La visita risulta mancata, ma è arrivata una visita nella sua finestra. Correggere la scheda della "
        "visita mancata.",
        "The visit is recorded as missed, but a visit in its window has come. Correct the record of the "
        "missed visit.",
    ),
    "rash_without_clasi": Label(
        "SLEDAI-2K ha il rash, ma l’attività CLASI è 0. Correggere una delle due schede, oppure confermare.",
        "SLEDAI-2K has a rash, but the CLASI activity is 0. Amend one of the two forms, or confirm.",
    ),
    "arthritis_without_joints": Label(
        "SLEDAI-2K ha l’artrite, ma nessuna articolazione è dolente, o nessuna è tumefatta. Correggere una delle due "
        "schede, oppure confermare.",
        "SLEDAI-2K has arthritis, but no joint is tender, or none is swollen. Amend one of the two forms, or confirm.",
    ),
    "joints_without_arthritis": Label(
        "Due o più articolazioni sono dolenti e tumefatte, ma SLEDAI-2K non ha l’artrite. Correggere una delle due "
        "schede, oppure confermare.",
        "Two or more joints are tender and swollen, but SLEDAI-2K has no arthritis. Amend one of the two forms, or "
        "confirm.",
    ),
    "severe_flare_untreated": Label(
        "La riacutizzazione risulta grave, ma nessuna scheda dice di un cambio di terapia o di un ricovero. "
        "Completare, oppure confermare.",
        "The flare is severe, but no form tells of a change of treatment or of a stay in hospital. Complete, "
        "or confirm.",
    ),
    "course_denied": Label(
        "Uno schema di glucocorticoide per os copre il giorno della visita, ma qui non ne risulta. Correggere una "
        "delle due schede.",
        "A course of oral glucocorticoid covers the day of the visit, but none is recorded here. Amend one of the two "
        "forms.",
    ),
    "course_dose": Label(
        "La dose al giorno non è quella dello schema per os che copre il giorno della visita. Correggere una "
        "delle due.",
        "The dose per day is not that of the oral course that covers the day of the visit. Amend one of the "
        "two.",
    ),
    "stop_unrecorded": Label(
        "Alla visita precedente anifrolumab era in corso, qui non più, e nessuna scheda di cambio di terapia "
        "lo dice. Registrare la sospensione con il motivo, oppure correggere una delle due risposte.",
        "At the previous visit anifrolumab was taken, here it is not, and no change of treatment is on record. Record "
        "the stop with its reason, or amend one of the two answers.",
    ),
    "damage_falls": Label(
        "Il danno (SDI) non regredisce, ma questa voce era più alta a una visita precedente. Correggere una "
        "delle due.",
        "Damage (SDI) does not go away, but this item was higher at an earlier visit. Amend one of the two.",
    ),
    "blood_of_other_day": Label(
        "Il prelievo non è nei 30 giorni prima della visita. Correggere una data, oppure confermare.",
        "The blood was not drawn within the 30 days before the visit. Correct a date, or confirm.",
    ),
    "pulse_unrecorded": Label(
        "Qui risulta un bolo negli ultimi 30 giorni, ma fra gli eventi non c’è. Registrarlo, o correggere la risposta.",
        "A pulse in the last 30 days is recorded here, but it is not among the events. Record it, or amend the answer.",
    ),
    "pulse_denied": Label(
        "Fra gli eventi c’è un bolo per attività negli ultimi 30 giorni, ma qui la risposta è no. Correggere una delle "
        "due.",
        "Among the events there is a pulse for activity in the last 30 days, but the answer here is no. Amend one of "
        "the two.",
    ),
    "phga_zero_active": Label(
        "Il PhGA è 0, ma SLEDAI-2K clinico è {points}. Correggere uno dei due, oppure confermare.",
        "The PhGA is 0, but the clinical SLEDAI-2K is {points}. Amend one of the two, or confirm.",
    ),
    "weight_kg_jump": Label(
        "Il peso differisce di oltre il 20 % da quello misurato prima. Controllare entrambi, oppure "
        "confermare.",
        "The weight differs by more than 20 % from the one measured before. Check both, or confirm.",
    ),
    "height_cm_jump": Label(
        "La statura differisce di oltre 5 cm da quella misurata prima. Controllare entrambe, oppure "
        "confermare.",
        "The height differs by more than 5 cm from the one measured before. Check both, or confirm.",
    ),
    "two_visits_one_day": Label(
        "Un’altra visita è dello stesso giorno ({other}). Correggere una data, o dichiarare errata una delle "
        "due.",
        "Another visit is of the same day ({other}). Correct a date, or declare one of the two a mistake.",
    ),
}
# What a visit is asked about the time since the one before it, by its question.
NAMES: Mapping[str, Label] = {
    "since_ae": Label("un evento avverso", "an adverse event"),
    "since_hospital": Label("un ricovero", "a stay in hospital"),
    "since_treatment": Label("un cambio di terapia", "a change of treatment"),
    "since_vaccine_pregnancy": Label("una vaccinazione o una gravidanza", "a vaccination or a pregnancy"),
    "pulse_since": Label("un bolo di glucocorticoide per attività", "a glucocorticoid pulse for activity"),
    "hospitalised_for_sle": Label("un ricovero per LES", "a stay in hospital for SLE"),
}
_UNRECORDED = Label(
    "Qui risulta {name} dalla visita precedente, ma fra gli eventi non c’è. Registrarlo, oppure correggere "
    "la risposta.",
    "{Name} since the previous visit is recorded here, but it is not among the events. Record it, or amend the "
    "answer.",
)
_DENIED = Label(
    "Fra gli eventi c’è {name} dalla visita precedente ({{event}}), ma qui la risposta è no. Correggere "
    "una delle due.",
    "Among the events there is {name} since the previous visit ({{event}}), but the answer here is no. "
    "Amend one of the two.",
)


def _since(text: Label, name: Label) -> Label:
    english = text.en.format(name=name.en, Name=name.en[0].upper() + name.en[1:])
    return Label(text.it.format(name=name.it), english)


SENTENCES: Mapping[str, Label] = {
    **_OWN,
    **{f"{field}_unrecorded": _since(_UNRECORDED, name) for field, name in NAMES.items()},
    **{f"{field}_denied": _since(_DENIED, name) for field, name in NAMES.items()},
}


def sentence(rule: str, told: Mapping[str, object]) -> Label:
    """What a check says. told: what stands in its sentence (KeyError for a rule that there is not)."""
    text = SENTENCES[rule]
    return Label(text.it.format(**told), text.en.format(**told))

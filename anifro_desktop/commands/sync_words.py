"""What the exchange with the centre says of itself, in both languages: kinds of findings, events, differences."""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.commands.refusals import said
from anifro_desktop.forms.model import Label
from anifro_desktop.sync.outages import NotCarried

FOUND: Mapping[str, Label] = {
    "identity": Label("nome o numero di una persona nota qui", "name or number of somebody known here"),
    "tax_code": Label("codice fiscale", "tax code"),
    "email": Label("indirizzo di posta elettronica", "e-mail address"),
    "iban": Label("IBAN", "IBAN"),
    "health_card": Label("tessera sanitaria", "health card"),
    "phone": Label("numero di telefono", "telephone number"),
    "date": Label("data", "date"),
    "address": Label("indirizzo", "address"),
    "title": Label("nome dopo un titolo", "name after a title"),
    "hospital_number": Label("numero ospedaliero", "hospital number"),
    "too_long": Label("testo troppo lungo", "text too long"),
}
EVENTS: Mapping[str, Label] = {
    "sealed": Label("sigillato qui", "sealed here"),
    "put": Label("messo in {place}", "put on {place}"),
    "failed": Label("non arrivato in {place}", "did not come to {place}"),
    "merged": Label("integrato da Pisa", "merged by Pisa"),
    "held": Label(
        "ricevuto da Pisa, che ne attende uno precedente", "received by Pisa, which waits for an earlier one"
    ),
    "refused": Label("rifiutato da Pisa", "refused by Pisa"),
    "asked_again": Label("Pisa lo chiede di nuovo", "Pisa asks for it again"),
}
FAILED: Mapping[str, Label] = {
    "disk_full": Label("il supporto è pieno", "the medium is full"),
    "folder_gone": Label("il supporto non c'è più", "the medium is gone"),
    "cannot_write": Label("non si può scrivere", "it cannot be written to"),
    "damaged_copy": Label("la copia è danneggiata", "the copy is damaged"),
}
NEXT_TRY = Label("nuovo tentativo dopo le {time}", "tried again after {time}")
COUNTS: Mapping[str, Label] = {
    "entered": Label("inserite qui", "entered here"),
    "mistakes": Label("errori mai inviati", "mistakes never sent"),
    "sealed": Label("sigillate", "sealed"),
    "received": Label("ricevute da Pisa", "received by Pisa"),
    "merged": Label("integrate da Pisa", "merged by Pisa"),
}
AGREE = Label(
    "Tutto torna: quanto è stato inserito è sigillato, ricevuto e integrato.",
    "Everything agrees: what was entered is sealed, received and merged.",
)
GAPS: Mapping[str, Label] = {
    "not_sealed": Label(
        "{count:# versione non è ancora partita|# versioni non sono ancora partite}: firmare ciò che manca e inviare "
        "un pacchetto.",
        "{count:# version has|# versions have} not left yet: sign what is missing and send a bundle.",
    ),
    "not_received": Label(
        "{count:# versione è|# versioni sono} in pacchetti di cui Pisa non ha ancora detto di averli ({bundles}): "
        "portare qui la sua risposta, oppure inviarli di nuovo.",
        "{count:# version is|# versions are} in bundles that Pisa has not acknowledged yet ({bundles}): bring in its "
        "answer, or send them again.",
    ),
    "not_merged": Label(
        "{count:# versione è arrivata a Pisa e non è stata accolta|# versioni sono arrivate a Pisa e non sono state "
        "accolte}: telefonare a Pisa con i codici dei pazienti.",
        "{count:# version came to Pisa and was|# versions came to Pisa and were} not taken: telephone Pisa with the "
        "patients' codes.",
    ),
    "more_there": Label(
        "Pisa ha {count:# versione che qui non c'è|# versioni che qui non ci sono}, come dopo un ripristino: "
        "telefonare a Pisa e inserire di nuovo ciò che manca.",
        "Pisa has {count:# version that is|# versions that are} not here, as after a restore: telephone Pisa and enter "
        "again what is missing.",
    ),
    "out_of_step": Label(
        "{count:# versione figura come inviata e non è|# versioni figurano come inviate e non sono} in alcun "
        "pacchetto: eseguire 'site verify' e telefonare al centro coordinatore.",
        "{count:# version counts as sent and is|# versions count as sent and are} in no bundle: run 'site verify' and "
        "telephone the coordinating centre.",
    ),
    "not_told": Label(
        "La risposta di Pisa non dice quanto ha integrato: chiedere a Pisa di usare la versione nuova del programma.",
        "Pisa's answer does not say how much it merged: ask Pisa to use the new version of the program.",
    ),
}
REVIEW: Mapping[str, Label] = {
    "leaves": Label(
        "Pacchetto {number}: {records:# scheda|# schede} di {patients:# paziente|# pazienti}",
        "Bundle {number}: {records:# record|# records} of {patients:# patient|# patients}",
    ),
    "beside": Label(
        "Accanto: risposte a Pisa {answers}, verifiche sulla fonte {marks}",
        "Beside them: answers to Pisa {answers}, marks of source verification {marks}",
    ),
    "held": Label("Testi trattenuti: {count}", "Texts held back: {count}"),
    "nobody": Label(
        "Nessun paziente si distingue dagli altri per i pochi fatti che si possono sapere di lui.",
        "No patient stands out from the others by the few facts that may be known of them.",
    ),
    "rare": Label(
        "{few} di {patients:# paziente|# pazienti} {few:ha|hanno} sesso, decennio di età e semestre in comune con "
        "meno di {least}: chi {few:lo conosce può riconoscerlo|li conosce può riconoscerli}. Nulla è trattenuto.",
        "{few} of {patients:# patient shares|# patients share} sex, ten years of age and half-year with fewer than "
        "{least}: who knows them may recognise them. Nothing is held back.",
    ),
    "standing": Label("  {subject}: {facts} ({shared})", "  {subject}: {facts} ({shared})"),
    "others": Label(
        "  e {count:# altro|altri #}, solo per i tre fatti insieme",
        "  and {count:# other|# others}, only by the three facts together",
    ),
    "released": Label("Il testo parte con il prossimo pacchetto.", "The text leaves with the next bundle."),
}
CENTRE_COUNTS = Label(
    "{site} {writer}: {merged:# versione integrata|# versioni integrate} di {patients:# paziente|# pazienti}; "
    "{bad:# scheda non accolta|# schede non accolte}; in attesa {held}",
    "{site} {writer}: {merged:# version|# versions} merged of {patients:# patient|# patients}; "
    "{bad:# record|# records} not taken; waiting {held}",
)


def failure(code: str, place: str, lang: str) -> str:
    """Why a bundle did not come to a place, in words; the code itself where there are none."""
    kind, _, why = code.partition(".")
    if kind == NotCarried.code:
        return said(NotCarried(why, place), lang)
    return FAILED[kind].get(lang) if kind in FAILED else code

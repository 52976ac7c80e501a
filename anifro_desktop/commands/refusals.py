"""The Italian of what a site's commands refuse, by code, or by code and one parameter's value (`visit_date.dead`); the
centre's own words serve the rest.

A code without a sentence is said in English: better that than nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre.words import spoken
from anifro_desktop.errors import Refusal

_ITALIAN: Mapping[str, str] = {
    "nothing_to_send": "Non c'è nulla di nuovo da inviare: firmare prima una visita. Ciò che è già stato inviato si "
    "può inviare di nuovo con --again.",
    "sending_locked": "L'invio è bloccato: Pisa ha pacchetti che questo computer non conosce, quindi è in uso una "
    "copia più vecchia dei dati. Telefonare al centro coordinatore prima di continuare.",
    "not_for_this_site": "Questo file non è una ricevuta per questo computer: controllare quale file è stato scelto.",
    "no_receipt_here": "In quella cartella non c'è una ricevuta per questo computer: controllare la chiavetta o "
    "chiedere a Pisa.",
    "no_site_here": "Questa cartella è di un centro coordinatore, non di un sito: scegliere la cartella del sito.",
    "not_your_role": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {role}.",
    "not_ready": "Nulla è stato firmato: restano {problems} problemi da risolvere nella revisione.",
    "identity_needed": "Servono cognome, nome e data di nascita prima di concludere l'arruolamento.",
    "wrong_fingerprint": "L'impronta non corrisponde al file: farla rileggere a voce; nulla è stato creato.",
    "vault_exists": "Questa cartella contiene già un sito o un centro: sbloccarlo, oppure sceglierne un'altra vuota.",
    "vault_missing": "In questa cartella non c'è un sito: controllare --data, oppure crearlo con 'site init'.",
    "site_code": "Il codice del sito deve avere da 2 a 6 cifre o lettere maiuscole, senza I, L, O e U.",
    "visit_date": "La data della visita non è possibile: controllarla, e controllare l'orologio del computer.",
    "visit_date.withdrawn": "Il paziente ha revocato il consenso prima di quel giorno: controllare la data, oppure "
    "correggere quella della revoca.",
    "visit_date.dead": "Il paziente è deceduto prima di quel giorno: controllare la data, oppure correggere quella del "
    "decesso.",
    "later_entries": "Non completato, perché la cartella prosegue dopo quella data: {entries}. Correggere la data di "
    "ciascuna voce, o indicarla come inserita per errore, poi completare di nuovo.",
    "is_void": "Questa voce è indicata come inserita per errore: si può leggere ma non cambiare.",
    "void_refused": "Un arruolamento non si indica da solo come errore: correggerlo oppure unire i due.",
    "move_refused": "Non si può spostare a quel paziente: controllare che sia arruolato, nello studio e senza questa "
    "visita.",
    "join_refused": "Questi due arruolamenti non si possono unire: controllare i due codici.",
    "subject_joined": "Questo paziente è stato arruolato due volte e prosegue come {kept}: usare quel codice.",
    "reason_refused": "Scegliere uno dei motivi dell'elenco; «altro» vuole qualche parola.",
    "unknown_visit": "Non esiste la visita {visit}: scegliere una visita programmata o `unscheduled`.",
    "role_refused": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {roles}.",
    "try_later": "La passphrase di {user} era sbagliata più volte: attendere {wait} secondi e riprovare.",
    "user_disabled": "La persona {user} è stata disattivata e non può sbloccare: chiedere all'amministratore.",
    "last_administrator": "{user} non può restare senza questo: prima serve un altro amministratore, che lo faccia.",
    "user_code": "Servono un codice da 2 a 12 lettere maiuscole o cifre, un nome e almeno un ruolo di questo sito: "
    "correggerli; per il foglio di recupero scegliere un amministratore.",
    "no_sheet": "Per questa cartella non esiste un foglio di recupero: chiedere a un amministratore di reimpostare la "
    "passphrase.",
    "sheet_mistyped": "La riga {row} non è come stampata sul foglio: confrontarla lettera per lettera e ridigitarla.",
    "sheet_mistyped.0": "Il foglio ha quattro righe di quattro gruppi di quattro lettere: digitarli tutti.",
    "wrong_sheet": "Questo foglio di recupero non apre questa cartella: cercare il foglio più recente del sito, dal "
    "suo numero.",
    "key_file_old": "Il file delle chiavi è più vecchio del database: qualcuno ha rimesso una vecchia copia; "
    "ripristinare keyslots.json dall'ultimo backup.",
    "newer_schema": "{name} è stato scritto da una versione più nuova del programma: installare quella.",
    "damaged_copy": "Il file è una copia danneggiata: copiarlo di nuovo dall'originale.",
}


def said(refusal: Refusal, lang: str) -> str:
    """A refusal in the language of the command."""
    keys = (*(f"{refusal.code}.{value}" for value in refusal.params.values()), refusal.code)
    sentence = next((_ITALIAN[key] for key in keys if key in _ITALIAN), None) if lang == "it" else None
    return spoken(refusal, lang) if sentence is None else sentence.format(**refusal.blanks(lang))

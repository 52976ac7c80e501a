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
    "copia più vecchia dei dati. Telefonare al centro coordinatore; poi ripristinare l'ultimo backup, oppure "
    "ricominciare con 'site export --anew'.",
    "not_locked": "L'invio non è bloccato: inviare come al solito, ciò che manca a Pisa viene richiesto.",
    "no_room": "Nulla è cambiato: su quel disco servono {needed} MB liberi e ce ne sono {free}; liberare spazio o "
    "scegliere un altro disco, e riprovare.",
    "no_backup": "Qui non c'è un backup intero di questo sito: farne prima uno con 'site backup'.",
    "backup_place.missing": "La cartella dei backup non c'è: collegare il disco o la chiavetta, o sceglierne un'altra.",
    "backup_place.cloud": "Quella cartella è sincronizzata con un cloud e nessuna identità può lasciare l'ospedale: "
    "scegliere una chiavetta, un altro disco o una cartella della rete dell'ospedale.",
    "backup_place.inside": "Quella cartella è dentro quella dei dati, dove un solo guasto toglie entrambi: scegliere "
    "un altro disco o una chiavetta.",
    "backup_missing": "{name} non è un backup di questo programma: scegliere la cartella il cui nome comincia con "
    "backup-.",
    "backup_damaged": "Il backup {name} è danneggiato o modificato ({what}): i dati di questo computer non sono stati "
    "toccati; scegliere un altro backup.",
    "backup_unsound": "Il controllo della copia ha trovato {count} errori nei dati, quindi non è stata usata; i "
    "backup di prima restano: eseguire 'site verify' e telefonare al centro coordinatore.",
    "backup_foreign.site": "Il backup è di un altro sito: sceglierne un altro, oppure una cartella vuota.",
    "backup_foreign.writer": "Il backup è di un altro computer di questo sito: sceglierne un altro, oppure una "
    "cartella vuota.",
    "backup_foreign.centre": "Questo non è il backup di un sito: sceglierne un altro.",
    "restore_stuck": "Un ripristino è stato interrotto e la sua nota restore.json non si legge: lasciare la cartella "
    "com'è e telefonare al centro coordinatore.",
    "not_for_this_site": "Questo file non è una ricevuta per questo computer: controllare quale file è stato scelto.",
    "no_receipt_here": "In quella cartella non c'è una ricevuta per questo computer: controllare la chiavetta o "
    "chiedere a Pisa.",
    "no_site_here": "Questa cartella è di un centro coordinatore, non di un sito: scegliere la cartella del sito.",
    "not_your_role": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {role}.",
    "wrong_signer": "Nulla è stato firmato: la prima firma dopo lo sblocco vuole il proprio codice accanto alla "
    "passphrase; il centro è sbloccato da {user}.",
    "not_completed": "Nulla è cambiato: si corregge solo ciò che è completo, e si abbandona solo una correzione.",
    "data_altered": "Nulla è stato inviato: il controllo completo ha trovato {count} punti in cui i dati non sono "
    "quelli inseriti qui; lasciare la cartella com'è, leggere che cosa con 'site verify' e telefonare al "
    "centro coordinatore.",
    "old_sqlite": "La libreria del database ({version}) è troppo vecchia per conservare i dati in sicurezza: "
    "installare di nuovo questo programma.",
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
    "audit_names.visit": "Una visita è di un paziente: indicarlo con --subject.",
    "audit_names.history": "La storia è quella di una risposta: indicare --subject, --visit e --field.",
    "not_in_trail.subject": "Qui non c'è un paziente con questo codice di studio: controllare il codice.",
    "not_in_trail.visit": "Questo paziente non ha la visita o l'evento {name}: controllare la chiave, per esempio m06 "
    "o ae-001.",
    "not_in_trail.form": "Non esiste il modulo {name}: i nomi sono nel codebook.",
    "not_in_trail.field": "Non esiste la domanda o il risultato {name}: i nomi sono nel codebook.",
    "not_in_trail.kind": "Non esiste il tipo di voci {name}: i tipi sono in --help.",
    "not_in_trail.after": "Si può cercare ciò che è cambiato dopo il completamento o dopo la firma.",
    "cannot_erase.reason": "Nulla è stato cancellato: indicare il motivo, che resta nel registro.",
    "cannot_erase.amending": "Nulla è stato cancellato: questa visita è in correzione; completarla prima, così che ciò "
    "che vi si legge sia ciò che resta.",
    "cannot_archive.reason": "Nulla è stato scritto: indicare perché l'archivio deve contenere i nomi; il motivo "
    "resta nel registro.",
    "cannot_archive.there": "Nulla è stato scritto: c'è già un archivio di questo stesso secondo; riprovare.",
    "cannot_archive.inside": "Nulla è stato scritto: quella cartella è dentro quella dei dati; scegliere un altro "
    "disco o una chiavetta.",
    "cannot_archive.cloud": "Nulla è stato scritto: quella cartella è sincronizzata con un cloud e le date vere non "
    "possono lasciare l'ospedale; scegliere una chiavetta, un altro disco o una cartella della rete dell'ospedale.",
    "faulty_mapping": "{faults}",
    "faulty_table": "{faults}",
    "damaged_copy": "Il file è una copia danneggiata: copiarlo di nuovo dall'originale.",
}


def said(refusal: Refusal, lang: str) -> str:
    """A refusal in the language of the command."""
    keys = (*(f"{refusal.code}.{value}" for value in refusal.params.values()), refusal.code)
    sentence = next((_ITALIAN[key] for key in keys if key in _ITALIAN), None) if lang == "it" else None
    return spoken(refusal, lang) if sentence is None else sentence.format(**refusal.blanks(lang))

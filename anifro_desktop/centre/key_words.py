"""The Italian of what is refused about the centre's keys, people and backups; see `words`."""

from __future__ import annotations

from collections.abc import Mapping

ITALIAN: Mapping[str, str] = {
    "root_refused": "Questa non è la chiave radice delle chiavi in uso: nulla è cambiato; inserire il supporto della "
    "cassaforte e indicarne la cartella con --root.",
    "root_missing": "In {folder} non c'è la chiave radice: nulla è cambiato; inserire il supporto della cassaforte e "
    "indicarne la cartella con --root.",
    "no_backup_yet": "Nella cartella del centro non c'è ancora un backup: indicare la cartella di uno, oppure farlo "
    "con 'centre backup'.",
    "not_a_card": "Questo è il file delle chiavi di un centro coordinatore, che va alle sedi, e non la scheda di una "
    "sede: non è stato registrato nulla; prendere il file card-....anfk che la sede manda.",
    "root_stays": "La chiave radice non si può cambiare: nulla è stato fatto; per escludere qualcuno o annullare un "
    "foglio, fare una radice nuova con 'centre keyset renew --new-root'.",
    "own_passphrase_needed": "{user} ha una frase di accesso scelta da qualcun altro: sceglierne prima una propria con "
    "'centre users passphrase'.",
    "reason_missing": "Nulla è stato fatto: dire perché, in poche parole; il motivo resta nel registro.",
    "escrow_refused.sheet": "Il foglio non apre questa copia di deposito: prendere la copia fatta con questo foglio, "
    "oppure il suo foglio.",
    "escrow_refused.damaged": "La copia di deposito è danneggiata: prenderne un'altra, oppure farne una nuova.",
    "escrow_refused.other": "Questo file non è una copia di deposito: prendere quello il cui nome comincia con "
    "escrow-.",
    "escrow_refused.lacks": "La copia di deposito si apre, ma mancano chiavi in uso qui: prendere la più recente, "
    "oppure farne una nuova.",
    "escrow_refused.study": "La copia di deposito è di un altro studio: nulla è cambiato; prendere quella di questo.",
    "old_card": "Le chiavi di questa scheda di {site} ({writer}) sono state sostituite: nulla è cambiato; la sede "
    "faccia chiavi nuove e mandi la loro scheda.",
    "writer_gone": "Il computer {writer} di {site} è stato revocato, e non si torna indietro: nulla è cambiato; la "
    "sede crei una sede nuova su un computer e ne mandi la scheda.",
    "backup_missing": "{name} non è un backup del centro: scegliere la cartella il cui nome comincia con "
    "centre-backup-.",
    "backup_damaged": "Il backup {name} è danneggiato o modificato ({what}): nulla è cambiato; scegliere un altro "
    "backup.",
    "backup_unsound.1": "Il controllo della copia ha trovato 1 errore nei dati, quindi non è stata usata; i backup di "
    "prima restano: eseguire 'centre verify'.",
    "backup_unsound": "Il controllo della copia ha trovato {count} errori nei dati, quindi non è stata usata; i "
    "backup di prima restano: eseguire 'centre verify'.",
    "backup_foreign": "Il backup non è di questo centro: sceglierne un altro, oppure una cartella vuota.",
    "sheet_mistyped": "La riga {row} non è come stampata sul foglio: confrontarla lettera per lettera e ridigitarla.",
    "sheet_mistyped.0": "Il foglio ha quattro righe di quattro gruppi di quattro lettere: digitarli tutti.",
    "no_sheet": "Per questa cartella non esiste un foglio di recupero: un altro data manager reimposti la frase di "
    "accesso.",
    "wrong_sheet": "Questo foglio di recupero non apre questa cartella: cercare il foglio più recente, dal suo "
    "numero.",
    "last_administrator": "{user} non può restare senza questo: prima serve un altro data manager, che lo faccia.",
    "user_code_taken": "Il codice {user} è già stato dato a qualcuno, e un codice resta di una persona per sempre: "
    "sceglierne un altro.",
    "user_disabled": "La persona {user} è stata rimossa e non può aprire: chiedere al data manager.",
    "no_room": "Nulla è cambiato: su quel disco servono {needed} MB liberi e ce ne sono {free}; liberare spazio o "
    "scegliere un altro disco, e riprovare.",
    "restore_stuck": "Un ripristino è stato interrotto e la sua nota restore.json non si legge: lasciare la cartella "
    "com'è e chiedere aiuto.",
    "try_later": "La frase di accesso di {user} era sbagliata più volte: attendere {wait} s e riprovare.",
    "key_file_old": "Il file delle chiavi è più vecchio del database: qualcuno ha rimesso una vecchia copia; "
    "prendere keyslots.json dall'ultimo backup.",
    "role_refused": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {roles}.",
}

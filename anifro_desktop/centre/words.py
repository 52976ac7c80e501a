"""The centre's words for people at a command line, in Italian and English; codes stay codes for machines.

A refusal speaks English by itself; here is its Italian sentence, by code, with the same blanks. A code without one is
said in English: better that than nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.errors import Refusal

_ITALIAN: Mapping[str, str] = {
    "centre_missing": "In questa cartella non c'è un centro coordinatore: controllare --data, oppure crearlo con "
    "'centre init'.",
    "centre_exists": "Questa cartella contiene già un centro: aprirlo, oppure scegliere una cartella vuota.",
    "centre_code": "Codice o nome del centro vuoto o con caratteri diversi da A-Z e 0-9 (codice da 2 a 8).",
    "role_needed": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {role}.",
    "fingerprint_differs": "L'impronta indicata non è quella di questa scheda ({computed}): farla rileggere a voce "
    "o su carta; non è stato registrato nulla.",
    "suite_too_weak": "La scheda offre la suite di cifratura {suite}, il centro chiede almeno la {minimum}: aggiornare "
    "il programma della sede.",
    "other_key": "L'installazione {writer} della sede {site} è già registrata con altre chiavi: nulla è cambiato; "
    "chiedere alla sede se la scheda è davvero sua.",
    "other_study": "La scheda è di un altro studio ({study}): non è stato registrato nulla.",
    "dataset_refused": "Non è stato scritto alcun file di dati: {count} nomi, etichette o valori non ammessi da Stata.",
    "library_missing": "Manca la libreria {library}: installare il programma con la sua parte 'centre'.",
    "key_file_damaged": "Il file ({what}) è danneggiato o modificato: farselo ridare da chi lo ha fatto.",
    "wrong_passphrase": "La frase di accesso dell'utente {user} non è giusta: controllare tastiera e maiuscole e "
    "riprovare.",
    "unknown_user": "Non c'è un utente attivo {user}: chiedere al data manager.",
    "passphrase_too_short": "La frase di accesso ha meno di {least} caratteri: usarne una più lunga, per esempio "
    "cinque parole a caso.",
    "vault_damaged": "Il file delle chiavi e la sua copia sono danneggiati: ripristinare keyslots.json da un backup.",
    "other_instance": "Il programma sta già usando questa cartella: chiudere prima l'altra finestra o l'altro comando.",
    "unsafe_folder": "La cartella dei dati è in rete o sincronizzata con un cloud ({name}), dove i database si "
    "danneggiano: scegliere una cartella su questo computer.",
    "database_missing": "{name} non è più nella cartella dei dati: cercarlo dove è stato spostato, o ripristinare un "
    "backup.",
    "database_damaged": "{name} è danneggiato o non è il file di questa chiave: nulla è cambiato; ripristinare un "
    "backup.",
    "cannot_save": "Non è stato salvato nulla: controllare spazio su disco e permessi della cartella, poi riprovare.",
    "not_found": "Qui non c'è: {name}. Controllare con 'centre status'.",
    "unreadable_input": "{path} non si può leggere: controllare nome e permessi.",
    "no_input": "Qui non c'è nulla da leggere: indicare un file.",
    "large_input": "{path} supera {size} MiB: dividerlo e riprovare.",
    "cannot_read": "Il file o la cartella non si può leggere: controllare nome, permessi e supporto.",
    "cannot_write": "La cartella non si può scrivere: controllare permessi e supporto.",
    "disk_full": "Il disco è pieno: liberare spazio e riprovare.",
    "folder_gone": "La cartella non c'è più: ricollegare il supporto e riprovare.",
    "crowded_folder": "La cartella {name} contiene più di {limit} file: scegliere quella usata solo per lo studio.",
    "no_passphrase": "Manca la frase di accesso: digitarla alla richiesta, o indicare un file con --passphrase-file.",
}
EXCLUDED = (
    "escluso, revocato il consenso per i dati già raccolti",
    "excluded: consent for data collected before withdrawn",
)
STATUS: Mapping[str, tuple[str, str]] = {
    "accepted": ("accettato", "accepted"),
    "duplicate": ("ripetuto", "repeated"),
    "held": ("in attesa", "held"),
    "quarantined": ("in quarantena", "quarantined"),
    "refused": ("rifiutato", "refused"),
    "ignored": ("ignorato", "ignored"),
}
REASON: Mapping[str, tuple[str, str]] = {
    "again": ("già ricevuto; nulla è cambiato", "already received; nothing changed"),
    "gap": ("manca un pacchetto precedente", "an earlier bundle is missing"),
    "needs_upgrade": ("serve una versione più nuova del programma", "needs a newer version of this program"),
    "changed": ("altro file con un numero già ricevuto", "another file under a number already received"),
    "prev": ("non segue il pacchetto precedente", "does not follow the bundle before it"),
    "frozen": ("sequenza bloccata da un conflitto precedente", "chain stopped by an earlier conflict"),
    "hold_full": ("troppi pacchetti in attesa da questa sede", "too many bundles wait from this site"),
    "unknown_key": ("mittente sconosciuto o revocato", "unknown or revoked sender"),
    "bad_signature": (
        "modificato dopo la firma, o firmato da altri",
        "changed after signing, or signed by another",
    ),
    "truncated": ("file incompleto", "incomplete file"),
    "not_a_bundle": ("non è un file dello studio", "not a file of the study"),
    "wrong_type": ("è un file di un altro tipo", "a file of another kind"),
    "wrong_recipient": ("sigillato per un altro destinatario", "sealed for somebody else"),
    "half_copied": ("copiato a metà", "half copied"),
    "foreign": ("non è un file dello studio", "not a file of the study"),
    "not_regular": ("non è un file normale", "not a regular file"),
    "too_large": ("troppo grande", "too large"),
    "cannot_read": ("non si può leggere", "cannot be read"),
    "unknown_format": ("danneggiato o di una versione più nuova", "damaged or of a newer version"),
    "weak_suite": ("cifratura più debole di quella concordata", "protected less than agreed"),
    "bad_header": ("intestazione danneggiata", "damaged header"),
    "cannot_decrypt": ("non si apre con la nostra chiave", "does not open with our key"),
    "bad_frame": ("contenuto non impacchettato come dovuto", "content not packed as it should be"),
    "bad_lines": ("contenuto non scritto da questo programma", "content not written by this program"),
    "bad_count": ("manca parte del contenuto", "part of the content is missing"),
    "manifest_mismatch": ("contenuto e intestazione non corrispondono", "content and header do not match"),
    "empty": ("vuoto", "empty"),
}


def pick(pair: tuple[str, str], lang: str) -> str:
    """The Italian or the English one of a pair."""
    return pair[1] if lang == "en" else pair[0]


def spoken(refusal: Refusal, lang: str) -> str:
    """A refusal in the language asked for."""
    sentence = _ITALIAN.get(refusal.code) if lang == "it" else None
    return str(refusal) if sentence is None else sentence.format(**refusal.blanks(lang))


def reason(code: str, lang: str) -> str:
    """Why a file was not accepted, in words; nothing for no code."""
    return pick(REASON[code], lang) if code in REASON else code

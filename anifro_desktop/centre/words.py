"""The centre's words for people at a command line, in Italian and English; codes stay codes for machines.

A refusal speaks English by itself; here is its Italian sentence, by code, with the same blanks. A code without one is
said in English: better that than nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre.key_words import ITALIAN as KEYS
from anifro_desktop.centre.network_words import ITALIAN as NETWORK
from anifro_desktop.errors import Refusal

_ITALIAN: Mapping[str, str] = {
    **NETWORK,
    **KEYS,
    "centre_missing": "In questa cartella non c'è un centro coordinatore: controllare --data, oppure crearlo con "
    "'centre init'.",
    "centre_exists": "Questa cartella contiene già un centro: aprirlo, oppure scegliere una cartella vuota.",
    "centre_code": "Codice o nome del centro vuoto o con caratteri diversi da A-Z e 0-9 (codice da 2 a 8).",
    "role_needed": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {role}.",
    "fingerprint_differs": "L'impronta indicata non è quella di questa scheda: farla rileggere a voce o su carta dalla "
    "sede; non è stato registrato nulla.",
    "suite_too_weak": "La scheda offre la suite di cifratura {suite}, il centro chiede almeno la {minimum}: aggiornare "
    "il programma della sede.",
    "other_key": "L'installazione {writer} della sede {site} è già registrata con altre chiavi: nulla è cambiato; "
    "chiedere alla sede se la scheda è davvero sua.",
    "other_study": "La scheda è di un altro studio ({study}): non è stato registrato nulla.",
    "dataset_refused.1": "Non è stato scritto alcun file di dati: 1 nome, etichetta o valore non ammesso da Stata.",
    "dataset_refused": "Non è stato scritto alcun file di dati: {count} nomi, etichette o valori non ammessi da Stata.",
    "usage.query_raise": "Indicare un paziente con --text, oppure che cosa si è trovato con --from: vedere 'centre "
    "query raise --help'.",
    "query_not_raised.no_words": "Nulla è stato chiesto: scrivere la richiesta in poche parole.",
    "query_not_raised.long": "Nulla è stato chiesto: un messaggio ha al massimo 500 caratteri; accorciarlo.",
    "query_not_raised.characters": "Nulla è stato chiesto: il messaggio contiene caratteri illeggibili; scriverlo di "
    "nuovo.",
    "query_not_raised.identifying": "Nulla è stato chiesto: le parole sembrano una data, o un numero, un titolo o un "
    "indirizzo di una persona; scriverle senza (i giorni si contano dall'arruolamento).",
    "query_not_raised.subject": "Nulla è stato chiesto: di questo paziente non è mai arrivato nulla; controllare il "
    "codice.",
    "query_not_raised.visit": "Nulla è stato chiesto: non c'è questa visita o evento; indicare una chiave come "
    "baseline, m06 o ae-001.",
    "query_not_raised.form": "Nulla è stato chiesto: non c'è questa scheda; usare un nome del codebook.",
    "query_not_raised.field": "Nulla è stato chiesto: non c'è questo campo; usare un nome del codebook.",
    "query_not_raised.excluded": "Nulla è stato chiesto: il consenso per i dati di questo paziente è revocato.",
    "query_not_raised.settled": "Nulla è cambiato: questa richiesta è chiusa; riaprirla per aggiungere altro.",
    "asked_already": "Nulla è stato chiesto: su questo punto c'è già una richiesta aperta ({query}); aggiungere a "
    "quella.",
    "not_found.query": "Non c'è una richiesta {name}: controllarne il numero con 'centre query list'.",
    "pack_not_sent.none": "Nulla è stato conservato: in questa cartella non c'è una versione delle schede; indicare "
    "quella che contiene pack.toml.",
    "pack_not_sent.draft": "Nulla è stato conservato: la versione non ha un giorno di pubblicazione; scriverlo in "
    "pack.toml.",
    "pack_not_sent.older": "Nulla è stato conservato: la versione è stata pubblicata prima di quella in uso; scrivere "
    "un giorno successivo in pack.toml, o prendere la più recente.",
    "pack_not_sent.faults": "Nulla è stato conservato: la versione ha errori, o richiede un altro programma: {faults}.",
    "cut_refused.name": "Nessun taglio è stato fatto: il nome ha fino a 40 lettere minuscole, cifre, '-' e '_', come "
    "'interim'.",
    "cut_refused.exists": "Nessun taglio è stato fatto: ce n'è già uno di nome {name}, e un taglio non cambia mai; "
    "scegliere un altro nome.",
    "cut_refused.visit": "Nessun taglio è stato fatto: {name} non è una visita prevista; indicarne una come m06.",
    "cut_refused.interim": "Nessun taglio è stato fatto: 'interim' è quello dell'analisi ad interim; aggiungere "
    "'--through m06', o scegliere un altro nome.",
    "cut_refused.note": "Nessun taglio è stato fatto: la nota è una riga di al massimo 500 caratteri; accorciarla.",
    "cut_refused.identifying": "Nessun taglio è stato fatto: la nota sembra contenere una data, o un numero, un titolo "
    "o un indirizzo di una persona; dirla altrimenti. Il giorno del taglio è annotato da sé.",
    "cut_missing": "Non c'è un taglio di nome {name}: vedere 'centre cuts', o farlo con 'centre cut {how}'.",
    "cut_differs.subjects": "Non è stato scritto nulla: i dati del taglio {name} non sono più quelli di allora, di "
    "{which}; rimettere una copia di sicurezza del centro e controllarla con 'centre verify'.",
    "cut_differs.bundles": "Non è stato scritto nulla: mancano pacchetti del taglio {name} ({which}); rimettere una "
    "copia di sicurezza del centro e controllarla con 'centre verify'.",
    "cut_differs.forms": "Non è stato scritto nulla: il taglio {name} è stato fatto con una versione delle schede che "
    "questo programma non conosce; installare il programma di allora, o uno più recente.",
    "cut_differs.rule": "Non è stato scritto nulla: ciò che è conservato del taglio {name} è stato cambiato; rimettere "
    "una copia di sicurezza del centro e controllarla con 'centre verify'.",
    "workers_need_server": "Nulla è stato accolto: più processi insieme richiedono una base dati su un server; senza "
    "di quella omettere --workers.",
    "server_trouble.url": "L'indirizzo della base dati non è valido: scriverlo come "
    "postgresql://utente@computer/nome.",
    "server_trouble.password": "La password non va nell'indirizzo della base dati, dove altri possono leggerla: "
    "ometterla, e darla da un file o quando viene chiesta.",
    "server_trouble.tls": "La connessione a un altro computer deve controllarne il certificato: omettere sslmode "
    "nell'indirizzo, o scrivere verify-full.",
    "server_trouble.unreachable": "Il server della base dati non risponde, o il suo certificato non è quello giusto: "
    "controllare che sia acceso, l'indirizzo e la rete, e riprovare.",
    "server_trouble.login": "Il server della base dati ha rifiutato l'accesso: controllare utente e password, e che "
    "l'utente sia proprietario della base dati.",
    "server_trouble.missing": "Sul server non c'è una base dati con questo nome: farne creare una vuota da chi lo "
    "amministra.",
    "server_trouble.foreign": "Questa base dati contiene già altro: farne creare una vuota da chi amministra il "
    "server.",
    "server_trouble.encoding": "Questa base dati non tiene i testi in UTF-8: farne creare una vuota che lo faccia da "
    "chi amministra il server.",
    "server_trouble.library": "Manca la libreria psycopg: installare il programma con la sua parte 'centre'.",
    "not_on_server": "I dati di questo centro sono su un server, non in un file: le copie le fa il server.",
    "cannot_save.server": "Non è stato salvato nulla: il server della base dati non ha risposto; controllare che sia "
    "acceso e raggiungibile, e riprovare.",
    "not_storable": "Non è stato salvato nulla: un valore non può stare nella base dati; segnalarlo all'assistenza.",
    "library_missing": "Manca la libreria {library}: installare il programma con la sua parte 'centre'.",
    "key_file_damaged.enrolment card": "Il file non è la scheda di una sede, oppure è stato danneggiato o modificato: "
    "farsi mandare di nuovo dalla sede il file card-....anfk.",
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
    "not_found.site": "Qui non c'è una sede {name}: controllarne il codice con 'centre status'.",
    "not_found": "Qui non c'è: {name}. Controllare con 'centre status'.",
    "unreadable_input": "{path} non si può leggere: controllare nome e permessi.",
    "not_a_folder": "{name} non è una cartella: indicare una cartella.",
    "not_a_file": "{name} è una cartella: indicare il nome di un file.",
    "output_refused.there": "Esiste già un file {name}, e nulla vi si scrive sopra: scegliere un altro nome.",
    "output_refused.data": "{name} starebbe in mezzo ai dati stessi: scegliere un'altra cartella.",
    "output_refused.folder": "{name} è una cartella dei dati stessi: scegliere un'altra cartella.",
    "no_input": "Qui non c'è nulla da leggere: indicare un file.",
    "large_input": "{path} supera {size} MiB: dividerlo e riprovare.",
    "cannot_read": "Il file o la cartella non si può leggere: controllare nome, permessi e supporto.",
    "cannot_write": "La cartella non si può scrivere: controllare permessi e supporto.",
    "disk_full": "Il disco è pieno: liberare spazio e riprovare.",
    "folder_gone": "La cartella non c'è più: ricollegare il supporto e riprovare.",
    "folder_missing": "La cartella {path} non c'è, e non viene creata: collegare il supporto, o creare prima la "
    "cartella.",
    "crowded_folder": "La cartella {name} contiene più di {limit} file: scegliere quella usata solo per lo studio.",
    "no_passphrase": "Manca la frase di accesso: digitarla alla richiesta, o indicare un file con --passphrase-file.",
}
EXCLUDED = (
    "escluso, revocato il consenso per i dati già raccolti",
    "excluded: consent for data collected before withdrawn",
)
# How far the interim analysis is.
INTERIM = (
    "Analisi ad interim: {interim} di {needed} pazienti con valutazione a 6 mesi completa.",
    "Interim analysis: {interim} of {needed} patients with a complete month-6 evaluation.",
)
REACHED = (
    "Il numero dell'analisi ad interim è raggiunto: congelare i dati con 'centre cut interim --through m06', poi "
    "'centre report --interim'.",
    "The number for the interim analysis is reached: freeze the data with 'centre cut interim --through m06', then "
    "'centre report --interim'.",
)
# How a hand-over of a patient stands (`custody`).
CUSTODY: Mapping[str, tuple[str, str]] = {
    "moved": ("consegnato e preso in carico", "handed over and taken over"),
    "on_the_way": ("consegnato, non ancora preso in carico", "handed over, not yet taken over"),
    "waiting": (
        "preso in carico; manca la parola di chi ha consegnato",
        "taken over; the word of whoever handed over is still to come",
    ),
    "fork": ("PROSEGUONO TUTTI E DUE: telefonare a entrambi", "BOTH GO ON: telephone the two"),
    "differs": (
        "ciò che dicono i due non combina: telefonare a entrambi",
        "what the two say does not fit together: telephone both",
    ),
}
LEFT_OUT = ("versioni che non contano", "versions that do not count")
# What could not be made for a computer (`unanswered`).
NOT_MADE: Mapping[str, tuple[str, str]] = {
    "receipt": ("la ricevuta", "the receipt"),
    "query": ("il file delle richieste", "the file of questions"),
    "keyset": ("il file delle chiavi", "the file of keys"),
    "pack": ("la versione delle schede", "the version of the forms"),
}
UNANSWERED = (
    "{site} {writer}: non si è potuto preparare {what}, a causa di ciò che questo computer ha inviato: "
    "telefonare alla sede",
    "{site} {writer}: {what} could not be made, because of what this computer sent: telephone the site",
)
AFTER_WITHDRAWAL = (
    "successivo alla revoca del consenso: conservato, non usato",
    "after consent was withdrawn: kept, not used",
)
NO_SITES = (
    "Nessuna sede è ancora ammessa: registrare la sua scheda con 'centre register', poi acquisire ciò che manda con "
    "'centre ingest'.",
    "No site is let in yet: register its card with 'centre register', then take in what it sends with "
    "'centre ingest'.",
)
REFUSED_FILES = ("Rifiutati", "Refused")
REFUSED_COPIES = (
    "Copie in {folder}. Di esse non è stato preso nulla: chiedere alla sede di rimandare il file intero, o di dire che "
    "file è; una copia chiarita si può cancellare.",
    "Copies in {folder}. Nothing of them was taken: ask the site to send the whole file again, or to say what it is; "
    "once that is settled a copy may be deleted.",
)
# Of a writer that is revoked, by whether a bundle of it counts.
REVOKED: Mapping[bool, tuple[str, str]] = {
    True: ("REVOCATO; vale fino al pacchetto {bundle}", "REVOKED; counts up to bundle {bundle}"),
    False: ("REVOCATO; non vale alcun pacchetto", "REVOKED; no bundle of it counts"),
}
# How old a site's data are, by days; -1: none came.
DATA_AGE: Mapping[int, tuple[str, str]] = {
    -1: ("non è ancora arrivato nulla", "nothing came yet"),
    0: ("dati di oggi", "data of today"),
    1: ("dati di 1 giorno fa", "data 1 day old"),
}
DATA_AHEAD = (
    "dati con una data avanti di {days:# giorno|# giorni}: controllare l'orologio della sede e di questo computer",
    "data dated {days:# day|# days} ahead: check the clock of the site and of this computer",
)
DATA_OLD = ("dati di {days} giorni fa", "data {days} days old")
STATUS: Mapping[str, tuple[str, str]] = {
    "accepted": ("accettato", "accepted"),
    "duplicate": ("ripetuto", "repeated"),
    "held": ("in attesa", "held"),
    "quarantined": ("in quarantena", "quarantined"),
    "refused": ("rifiutato", "refused"),
    "ignored": ("ignorato", "ignored"),
}
REASON: Mapping[str, tuple[str, str]] = {
    "handover_fork": (
        "due computer proseguono con lo stesso paziente: telefonare a Pisa",
        "two computers go on with the same patient: telephone Pisa",
    ),
    "again": ("già ricevuto; nulla è cambiato", "already received; nothing changed"),
    "gap": ("manca un pacchetto precedente", "an earlier bundle is missing"),
    "needs_upgrade": ("serve una versione più nuova del programma", "needs a newer version of this program"),
    "changed": ("altro file con un numero già ricevuto", "another file under a number already received"),
    "prev": ("non segue il pacchetto precedente", "does not follow the bundle before it"),
    "frozen": ("sequenza bloccata da un conflitto precedente", "chain stopped by an earlier conflict"),
    "hold_full": ("troppi pacchetti in attesa da questa sede", "too many bundles wait from this site"),
    "unknown_key": (
        "mittente o chiavi sconosciuti: registrare prima la scheda della sede",
        "unknown sender or keys: register the site's card first",
    ),
    "replaced_key": (
        "firmato con chiavi che la sede ha sostituito: se il suo computer è stato ripristinato, faccia chiavi nuove",
        "signed with keys that the site replaced: if its computer was restored, it makes new keys",
    ),
    "revoked_key": ("da un computer revocato", "from a revoked computer"),
    "bad_signature": (
        "modificato dopo la firma, o firmato da altri",
        "changed after signing, or signed by another",
    ),
    "truncated": ("file incompleto", "incomplete file"),
    "not_a_bundle": ("non è un file dello studio", "not a file of the study"),
    "wrong_type": ("è un file di un altro tipo", "a file of another kind"),
    "wrong_recipient": (
        "sigillato per un altro destinatario, o per chiavi che Pisa non ha più: dopo un ripristino Pisa le riprende "
        "dalla copia di deposito",
        "sealed for somebody else, or for keys that Pisa has no more: after a restore Pisa takes them from the escrow "
        "copy",
    ),
    "half_copied": ("copiato a metà", "half copied"),
    "foreign": (
        "il nome non è quello di un pacchetto; se un pacchetto è stato rinominato, indicare il file stesso",
        "its name is not that of a bundle; if a bundle was renamed, name the file itself",
    ),
    "handover": (
        "consegna di un paziente: non va a Pisa",
        "hand-over of a patient: it does not go to the centre",
    ),
    "damaged_copy": ("la copia è danneggiata", "the copy is damaged"),
    "not_regular": ("non è un file normale", "not a regular file"),
    "too_large": ("troppo grande", "too large"),
    "cannot_read": (
        "non si può leggere: controllare il nome e il supporto",
        "cannot be read: check the name and the medium",
    ),
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
    keys = (*(f"{refusal.code}.{value}" for value in refusal.params.values()), refusal.code)
    sentence = next((_ITALIAN[key] for key in keys if key in _ITALIAN), None) if lang == "it" else None
    return str(refusal) if sentence is None else sentence.format(**refusal.blanks(lang))


def reason(code: str, lang: str) -> str:
    """Why a file was not accepted, in words; nothing for no code."""
    return pick(REASON[code], lang) if code in REASON else code

"""The Italian of what a site's commands refuse, by code, or by code and one parameter's value (`visit_date.dead`); the
centre's own words serve the few that only a centre meets.

A code without a sentence is said in English: better that than nothing. A test asks for the sentence of each.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre.words import spoken
from anifro_desktop.errors import Refusal

_DISK = "il disco è pieno o ha segnalato un errore"
_REST = f"{_DISK}: liberare spazio e sbloccare di nuovo, e il programma va avanti da sé."
_ITALIAN: Mapping[str, str] = {
    "nothing_to_send": "Non c'è nulla di nuovo da inviare: firmare prima una visita. Ciò che è già stato inviato si "
    "può inviare di nuovo con --again.",
    "sending_locked": "L'invio è bloccato: Pisa ha pacchetti che questo computer non conosce, quindi è in uso una "
    "copia più vecchia dei dati. Telefonare al centro coordinatore; poi ripristinare l'ultimo backup, oppure "
    "ricominciare con 'site export --anew'.",
    "not_locked": "L'invio non è bloccato: inviare come al solito, ciò che manca a Pisa viene richiesto.",
    "no_room": "Nulla è cambiato: su quel disco servono {needed} MB liberi e ce ne sono {free}; liberare spazio o "
    "scegliere un altro disco, e riprovare.",
    "no_backup": "Qui non c'è un backup intero di questo centro: farne prima uno con 'site backup'.",
    "backup_place.missing": "La cartella dei backup non c'è: collegare il disco o la chiavetta, o sceglierne un'altra.",
    "backup_place.cloud": "Quella cartella è sincronizzata con un cloud e nessuna identità può lasciare l'ospedale: "
    "scegliere una chiavetta, un altro disco o una cartella della rete dell'ospedale.",
    "backup_place.inside": "Quella cartella è dentro quella dei dati, dove un solo guasto toglie entrambi: scegliere "
    "un altro disco o una chiavetta.",
    "backup_missing": "{name} non è un backup di questo programma: scegliere la cartella il cui nome comincia con "
    "backup-.",
    "backup_damaged": "Il backup {name} è danneggiato o modificato ({what}): i dati di questo computer non sono stati "
    "toccati; scegliere un altro backup.",
    "backup_unsound.1": "Il controllo della copia ha trovato 1 errore nei dati, quindi non è stata usata; i backup di "
    "prima restano: eseguire 'site verify' e telefonare al centro coordinatore.",
    "backup_unsound": "Il controllo della copia ha trovato {count} errori nei dati, quindi non è stata usata; i "
    "backup di prima restano: eseguire 'site verify' e telefonare al centro coordinatore.",
    "backup_foreign.site": "Il backup è di un altro centro: sceglierne un altro, oppure una cartella vuota.",
    "backup_foreign.writer": "Il backup è di un altro computer di questo centro: sceglierne un altro, oppure una "
    "cartella vuota.",
    "backup_foreign.centre": "Questo non è il backup di un centro: sceglierne un altro.",
    "restore_stopped": "Nulla è cambiato: fermato prima che il backup prendesse il suo posto. Ricominciare "
    "quando si vuole.",
    "restore_stuck": "Un ripristino è stato interrotto e la sua nota restore.json non si legge: lasciare la cartella "
    "com'è e telefonare al centro coordinatore.",
    "not_for_this_site": "Questo file non è una ricevuta per questo computer: controllare quale file è stato scelto.",
    "unknown_centre_keys": "Firmato con chiavi di Pisa che qui non si conoscono: prendere il suo file delle chiavi più "
    "recente e acquisirlo, poi di nuovo questo file; se non c'è, telefonare a Pisa.",
    "no_receipt_here": "In quella cartella non c'è una ricevuta per questo computer: controllare la chiavetta o "
    "chiedere a Pisa.",
    "no_site_here": "Questa cartella è di un centro coordinatore, non di un centro clinico: scegliere la cartella "
    "del proprio centro.",
    "not_your_role": "Il suo ruolo non lo permette: chiedere a chi ha il ruolo {role}.",
    "no_reason": "Nulla è cambiato: indicare il motivo in poche parole, perché resta nel registro.",
    "passphrase_not_chosen": "{user} ha una frase di accesso per un solo sblocco, che qualcun altro conosce: "
    "sceglierne prima una propria ('site users passphrase', o nella finestra).",
    "wrong_signer": "Nulla è stato firmato: la prima firma dopo lo sblocco vuole il proprio codice accanto alla "
    "frase di accesso; il centro è sbloccato da {user}.",
    "not_completed": "Nulla è cambiato: si corregge solo ciò che è completo, e si abbandona solo una correzione.",
    "data_altered.1": "Nulla è stato inviato: il controllo completo ha trovato 1 punto in cui i dati non sono quelli "
    "inseriti qui; lasciare la cartella com'è, leggere che cosa con 'site verify' e telefonare al centro "
    "coordinatore.",
    "data_altered": "Nulla è stato inviato: il controllo completo ha trovato {count} punti in cui i dati non sono "
    "quelli inseriti qui; lasciare la cartella com'è, leggere che cosa con 'site verify' e telefonare al "
    "centro coordinatore.",
    "old_sqlite": "La libreria del database ({version}) è troppo vecchia per conservare i dati in sicurezza: "
    "installare di nuovo questo programma.",
    "not_ready.1": "Nulla è stato firmato: resta 1 problema da risolvere nella revisione.",
    "not_ready": "Nulla è stato firmato: restano {problems} problemi da risolvere nella revisione.",
    "identity_needed": "Servono cognome, nome e data di nascita prima di concludere l'arruolamento.",
    "wrong_fingerprint": "L'impronta non corrisponde al file: farla rileggere a voce; nulla è stato creato.",
    "vault_exists": "Questa cartella contiene già un centro: sbloccarlo, oppure sceglierne un'altra vuota.",
    "vault_missing": "In questa cartella non c'è un centro: controllare --data, oppure crearlo con 'site init'.",
    "vault_missing.alone": "Il file delle chiavi keyslots.json non c'è più e senza di esso i dati di questa cartella "
    "non si aprono: non creare un centro nuovo; cercare il file dove è stato spostato, copiarlo dal backup più "
    "recente, oppure ripristinare quel backup con 'site restore'.",
    "site_code": "Il codice del centro deve avere da 2 a 6 cifre o lettere maiuscole, senza I, L, O e U.",
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
    "try_later": "La frase di accesso di {user} era sbagliata più volte: attendere {wait} s e riprovare.",
    "user_disabled": "La persona {user} è stata disattivata e non può sbloccare: chiedere all'amministratore.",
    "last_administrator": "{user} non può restare senza questo: prima serve un altro amministratore, che lo faccia.",
    "user_code.code": "Il codice di una persona ha da 2 a 12 lettere maiuscole o cifre, come U02: correggerlo.",
    "user_code.name": "Manca il nome della persona: indicarlo.",
    "user_code.characters": "Il nome di {user} contiene caratteri illeggibili, per esempio un a capo: scriverlo di "
    "nuovo.",
    "user_code.telling": "Il codice esce dall'ospedale con tutto ciò che {user} inserisce, e contiene una parte del "
    "nome: sceglierne un altro, come U02.",
    "user_code.roles": "I ruoli sono uno o più di investigator, data_entry, site_admin e monitor, con virgole in "
    "mezzo: correggerli.",
    "user_code.removed": "{user} è stato rimosso, per sempre: aggiungere di nuovo la persona con un altro codice.",
    "user_code.administrator": "Il foglio di recupero dà una nuova frase di accesso solo a un amministratore del "
    "centro, e qui {user} non lo è: scegliere un altro codice.",
    "in_force.user_removed": f"{{about}} è fuori, ma i database non hanno ancora le chiavi nuove, perché {_REST}",
    "in_force.keys_renewing": f"Le chiavi nuove ci sono, ma non tutti i database le usano ancora, perché {_REST}",
    "in_force.passphrase_reset": "{about} non ha più una frase di accesso: quella nuova non si è potuta mostrare, "
    f"perché {_DISK}; liberare spazio e reimpostarla di nuovo.",
    "in_force.user_added": "{about} è stato aggiunto, ma la frase di accesso non si è potuta mostrare, perché "
    f"{_DISK}: liberare spazio e reimpostarla.",
    "in_force.sheet_made": "È stato creato un foglio di recupero che nessuno ha visto, e quelli di prima aprono la "
    f"cartella, perché {_DISK}: liberare spazio e crearne uno nuovo.",
    "in_force.sheet_shown": "Il foglio di recupero {about} è in vigore: conservarlo. Il resto manca ancora, perché "
    f"{_REST}",
    "in_force.recovered": f"{{about}} ha la nuova frase di accesso, ma il registro non ne parla ancora, perché {_REST}",
    "in_force": f"Ciò che è stato chiesto vale, ma il resto non è ancora fatto, perché {_REST}",
    "sheets_beside": f"Il foglio di recupero {{number}} apre questo centro, e così quelli di prima, perché {_DISK}: "
    "conservarli tutti, liberare spazio e ripetere la stessa cosa.",
    "no_sheet": "Per questa cartella non esiste un foglio di recupero: chiedere a un amministratore di reimpostare la "
    "frase di accesso.",
    "sheet_mistyped": "La riga {row} non è come stampata sul foglio: confrontarla lettera per lettera e ridigitarla.",
    "sheet_mistyped.0": "Il foglio ha quattro righe di quattro gruppi di quattro lettere: digitarli tutti.",
    "wrong_sheet": "Questo foglio di recupero non apre questa cartella: cercare il foglio più recente del centro, dal "
    "suo numero.",
    "key_file_old": "Il file delle chiavi è più vecchio del database: qualcuno ha rimesso una vecchia copia; "
    "ripristinare keyslots.json dall'ultimo backup.",
    "newer_schema": "{name} è stato scritto da una versione più nuova del programma: installare quella.",
    "audit_names.visit": "Una visita è di un paziente: indicarlo con --subject.",
    "audit_names.history": "La storia è quella di una risposta: indicare --subject, --visit e --field.",
    "not_in_trail.subject": "Qui non c'è un paziente con questo codice di studio: controllare il codice.",
    "not_in_trail.visit": "Questo paziente non ha la visita o l'evento {name}: controllare la chiave, per esempio m06 "
    "o ae-001.",
    "not_in_trail.visit_of_all": "Nessun paziente qui ha la visita o l'evento {name}: controllare la chiave, per "
    "esempio m06 o ae-001.",
    "not_in_trail.form": "Non esiste la scheda {name}: i nomi sono nel codebook.",
    "not_in_trail.field": "Non esiste la domanda o il risultato {name}: i nomi sono nel codebook.",
    "not_in_trail.kind": "Non esiste il tipo di voci {name}: i tipi sono in --help.",
    "not_in_trail.after": "Si può cercare ciò che è cambiato dopo il completamento o dopo la firma.",
    "cannot_note_seen.reason": "Nulla è stato annotato: dire che cosa è stato, perché resta nel registro.",
    "cannot_note_seen.nothing": "Nulla è stato annotato: la verifica non trova nulla che si possa annotare come visto; "
    "il resto si risolve come essa dice.",
    "cannot_note_seen.older": "Nulla è stato annotato: questi dati sono più vecchi di prima, e un'annotazione non "
    "basta; ripristinare l'ultimo backup.",
    "cannot_erase.reason": "Nulla è stato cancellato: indicare il motivo, che resta nel registro.",
    "cannot_erase.repeated": "Nulla è stato cancellato: il motivo resta nel registro, quindi va dato senza le parole "
    "da cancellare.",
    "cannot_erase.no_words": "Nulla è stato cancellato: a questa voce del registro non ci sono parole di un motivo di "
    "modifica; controllarne il numero. Le parole accanto a una risposta vanno via con essa: correggerla, poi "
    "cancellare la domanda (--field).",
    "cannot_erase.amending": "Nulla è stato cancellato: questa visita è in correzione; completarla prima, così che ciò "
    "che vi si legge sia ciò che resta.",
    "cannot_archive.reason": "Nulla è stato scritto: indicare perché l'archivio deve contenere i nomi; il motivo "
    "resta nel registro.",
    "cannot_archive.stopped": "Nulla è stato scritto: l'archivio è stato interrotto prima della fine.",
    "cannot_archive.none": "In quella cartella non c'è un archivio: scegliere quella il cui nome inizia con archive-.",
    "cannot_archive.there": "Nulla è stato scritto: c'è già un archivio di questo stesso secondo; riprovare.",
    "cannot_archive.inside": "Nulla è stato scritto: quella cartella è dentro quella dei dati; scegliere un altro "
    "disco o una chiavetta.",
    "cannot_archive.cloud": "Nulla è stato scritto: quella cartella è sincronizzata con un cloud e le date vere non "
    "possono lasciare l'ospedale; scegliere una chiavetta, un altro disco o una cartella della rete dell'ospedale.",
    "query_refused.settled": "Pisa ha chiuso questa richiesta: nulla è stato risposto; telefonare a Pisa se va "
    "riaperta.",
    "query_refused.no_words": "Nulla è stato risposto: scrivere una risposta in poche parole.",
    "query_refused.long": "Nulla è stato risposto: una risposta ha al massimo 200 caratteri; accorciarla.",
    "query_refused.characters": "Nulla è stato risposto: le parole contengono caratteri illeggibili; scriverle di "
    "nuovo.",
    "query_refused.full": "Nulla è stato risposto: questa richiesta non accoglie altre risposte; telefonare a Pisa, "
    "che può farne una nuova.",
    "query_refused.identifying": "Nulla è stato risposto: queste parole sembrano un nome, un numero o una data, che "
    "non possono uscire dall'ospedale; dirlo senza (i giorni si contano dall'arruolamento).",
    "text_stays": "Nulla è stato lasciato uscire: una data non esce dall'ospedale, chiunque lo chieda; rispondere di "
    "nuovo senza (i giorni si contano dall'arruolamento).",
    "query_refused.not_changed": "Nulla è stato risposto: questa scheda non è cambiata dopo la richiesta; correggerla "
    "prima, oppure rispondere a parole.",
    "mark_refused.not_completed": "Nulla è stato segnato: solo ciò che è stato completato si confronta con la fonte; "
    "aspettare che lo sia.",
    "mark_refused.amending": "Nulla è stato segnato: questa scheda è in correzione; segnarla quando sarà completata.",
    "mark_refused.not_marked": "Nulla è cambiato: qui non c'è una verifica da togliere.",
    "not_found.query": "Qui non c'è una richiesta con questo numero: controllarlo con 'site queries list'.",
    # The machine and its files
    "environment": "Questo computer ora non può farlo: riprovare e, se succede ancora, telefonare a Pisa.",
    "files": "Un file non è stato letto o scritto: controllare che il disco o la chiavetta sia collegato e riprovare.",
    "folder_closed": "Nella cartella {name} non si può scrivere: controllare che ci sia e che si abbia il permesso, "
    "oppure sceglierne un'altra.",
    "not_regular": "{name} non è un file normale: scegliere il file stesso, non un collegamento o una cartella.",
    "too_large": "{name} è più grande di qualsiasi file dello studio: controllare di avere scelto quello giusto.",
    "bad_json": "Il file è danneggiato: procurarsene un'altra copia.",
    "kdf_memory": "Per sbloccare servono {mebibytes} MB di memoria libera: chiudere altri programmi e riprovare.",
    "definition_faults": "Le schede di questa installazione sono danneggiate: installare di nuovo il programma.",
    "protocol_faults": "Le regole del protocollo di questa installazione sono danneggiate: installare di nuovo il "
    "programma.",
    "wording_faults": "I testi non sono stati caricati: correggere il file e caricarlo di nuovo.",
    "no_passphrase.unreadable": "Il file della frase di accesso non si può leggere: controllarne nome e permessi.",
    "no_passphrase.nobody": "Qui nessuno può digitare la frase di accesso: indicare un file con --passphrase-file.",
    "no_passphrase.differ": "Le due frasi di accesso sono diverse: nulla è cambiato; riprovare.",
    "no_passphrase.not_text": "La frase di accesso non è testo UTF-8: salvare il file come UTF-8 e riprovare.",
    "no_passphrase.sheet_unreadable": "Il file del foglio di recupero non si legge: controllarne nome e permessi.",
    "no_passphrase.sheet_not_text": "Il file del foglio di recupero non è testo UTF-8: salvarlo così e riprovare.",
    "no_passphrase": "Manca la frase di accesso: digitarla alla richiesta, o indicare un file con --passphrase-file.",
    "not_a_folder": "{name} non è una cartella: indicare una cartella.",
    "not_a_file": "{name} è una cartella: indicare il nome di un file.",
    # Keys, people and the store
    "wrong_passphrase": "La frase di accesso di {user} non è giusta: controllare tastiera e maiuscole e riprovare.",
    "unknown_user": "Qui nessuna persona attiva ha il codice {user}: controllarlo, o chiedere all'amministratore del "
    "centro ('site users list' elenca le persone).",
    "user_code_taken": "Il codice {user} è già stato dato a qualcuno, e un codice resta di una persona per sempre: "
    "sceglierne un altro.",
    "passphrase_too_short": "La frase di accesso ha meno di {least} caratteri: usarne una più lunga, per esempio "
    "cinque parole a caso.",
    "kdf_refused": "Il file delle chiavi chiede impostazioni fuori dai limiti, potrebbe essere stato manomesso: "
    "ripristinarlo da un backup.",
    "crypto": "Un contenuto sigillato non si è aperto: chiederne una nuova copia.",
    "cannot_open": "Il contenuto sigillato non si apre con questa chiave: era per un'altra o è stato cambiato; "
    "chiederne una nuova copia.",
    "bad_key": "Una chiave non è utilizzabile: chiedere a chi l'ha inviata di mandarla di nuovo.",
    "store": "I dati non si sono potuti usare: riprovare e, se succede ancora, telefonare a Pisa.",
    "store_environment": "Questo computer non ha permesso di usare i dati: riprovare.",
    "unsafe_folder.network": "La cartella dei dati è su un disco di rete ({name}), dove i database si danneggiano: "
    "sceglierne una sul disco di questo computer.",
    "unsafe_folder.cloud": "La cartella dei dati è sincronizzata con un cloud ({name}), dove i database si "
    "danneggiano: sceglierne un'altra su questo computer.",
    "output_refused.there": "Esiste già un file {name}, e nulla vi si scrive sopra: scegliere un altro nome.",
    "output_refused.data": "{name} starebbe in mezzo ai dati stessi: scegliere un'altra cartella.",
    "output_refused.folder": "{name} è una cartella dei dati stessi: scegliere un'altra cartella.",
    "not_compacted": "È cancellato nei dati e nel registro, ma il file non si è potuto riscrivere, perché il disco è "
    "pieno o ha segnalato un errore, e può contenerlo ancora: fare spazio e ripetere la stessa cosa.",
    "cannot_save.full": "Nulla è stato salvato perché il disco è pieno: liberare spazio e riprovare.",
    "cannot_save.readonly": "Nulla è stato salvato perché nella cartella dei dati non si può scrivere: controllarne i "
    "permessi e riprovare.",
    "cannot_save.busy": "Nulla è stato salvato perché un altro programma sta usando i dati: chiuderlo e riprovare.",
    "cannot_save.io": "Nulla è stato salvato perché il disco ha segnalato un errore: riprovare e, se succede ancora, "
    "copiare la cartella dei dati su un altro disco.",
    "cannot_save.part": "Nulla è stato salvato perché una parte non si è potuta salvare: riprovare.",
    "conflict": "Nulla è stato salvato perché c'è già: controllare con 'site status' e ripetere la modifica.",
    "not_found.text": "Qui non c'è un testo trattenuto con questo numero: controllarlo con 'site review'.",
    "not_found.subject": "Qui non c'è un paziente con questo codice di studio: controllare il codice.",
    "not_found.identity": "Qui non c'è l'identità di questo paziente: controllare il codice.",
    "not_found": "Qui non c'è {name}: controllare con 'site status'.",
    "not_draft": "Nulla è stato salvato perché questa visita è chiusa: correggerla con un motivo.",
    "reason_needed": "Ciò che è stato completato si cambia solo con un motivo: indicarne uno e ripetere.",
    # Forms
    "forms": "Questa risposta non è stata accettata: controllarla e ripeterla.",
    "unknown_field": "Nessuna scheda di questa visita ha il campo {field}: usare un nome del codebook.",
    "missing_not_allowed": "Il campo {field} non può restare senza risposta per questo motivo: rispondere.",
    "wrong_kind": "Il valore del campo {field} non è del tipo richiesto: darne uno di quel tipo.",
    "derived_field": "Il campo {field} è ricavato da altre risposte: cambiare quelle.",
    "nothing_to_explain": "Il campo {field} non chiede più un motivo: toglierlo.",
    "bad_entry": "Una risposta conservata non è adatta al suo campo ({field}): telefonare a Pisa.",
    "not_exportable": "Il campo {field} contiene qualcosa che non può uscire: correggere e inviare di nuovo.",
    "faulty_visit_file": "{faults}",
    # Patients and visits
    "workflow": "Non è stato fatto: riprovare.",
    "refused": "Non è stato fatto: riprovare.",
    "visit_date.future": "La data è nel futuro: indicare il giorno della visita, o controllare l'orologio di questo "
    "computer.",
    "visit_date.before_birth": "La data è prima della data di nascita: correggere una delle due.",
    "visit_date.no_enrolment": "Questo paziente non è ancora arruolato: prima concludere l'arruolamento.",
    "visit_date.enrolment_fixed": "Le visite contano i giorni dalla data di arruolamento, che quindi non si può più "
    "cambiare: rimettere la data che c'era.",
    "pack.unknown": "Questa visita è stata iniziata con una versione delle schede che questo programma non ha: "
    "passarla alla versione in uso, oppure installare il programma con cui è stata iniziata.",
    "pack.foreign": "Un indice di questa visita era definito diversamente nella sua versione delle schede: passarla "
    "alla versione in uso, poi completarla.",
    "pack.not_open": "Una visita completata resta nella sua versione delle schede: prima va corretta con un motivo.",
    "move_refused.same": "Appartiene già a questo paziente: sceglierne un altro.",
    "move_refused.enrolment": "Un arruolamento non passa a un altro paziente: se qualcuno è stato arruolato due volte, "
    "unire i due.",
    "move_refused.taken": "L'altro paziente ha già questa visita: indicare prima una delle due come inserita per "
    "errore.",
    "move_refused.not_enrolled": "L'altro paziente non è arruolato: concludere prima quell'arruolamento, oppure "
    "scegliere un altro paziente.",
    "move_refused.joined": "L'altro paziente è stato arruolato due volte e prosegue con un altro codice: scegliere "
    "quello.",
    "move_refused.ended": "A quella data l'altro paziente aveva lasciato lo studio: controllare la data e il paziente.",
    "join_refused.same": "È uno stesso arruolamento: scegliere l'altro.",
    "join_refused.not_enrolled": "L'arruolamento da tenere non è concluso: concluderlo prima, oppure tenere l'altro.",
    "join_refused.joined": "Uno dei due è già stato unito: scegliere il codice con cui quel paziente prosegue.",
    "join_refused.ended": "L'arruolamento da tenere è finito prima di qualcosa che l'altro contiene: correggere prima "
    "le date.",
    "identity_refused.tax_code": "La lettera di controllo del codice fiscale non corrisponde: rileggerlo dalla "
    "tessera.",
    "identity_refused.birth_date": "La data di nascita è nel futuro o dopo l'arruolamento: va corretta.",
    "identity_refused.characters": "Un nome o un numero contiene un a capo o altri caratteri illeggibili: "
    "scriverlo di nuovo.",
    "draft_there": "Nessuna bozza è stata scritta: accanto alla tabella c'è già un file della mappa con il suo nome; "
    "continuare con quello, oppure spostarlo.",
    # Files to and from Pisa
    "sync": "Il file non si è potuto usare: chiederne una nuova copia.",
    "not_pseudonymised": "Qualcosa in uscita contiene ancora una data o un testo che non può uscire ({field}): nulla è "
    "stato inviato; avvisare Pisa.",
    "bad_name": "Il file non ha il nome di un file dello studio: controllare di avere scelto quello giusto.",
    "key_file": "Il file di Pisa non è affidabile: farselo mandare di nuovo.",
    "key_file_damaged": "Il file delle chiavi di Pisa è danneggiato, è stato cambiato o è un altro file: controllare "
    "quale è stato scelto, o farselo mandare di nuovo.",
    "old_keyset": "Il file delle chiavi {version} non segue il {current} in uso: chiedere a Pisa il più recente.",
    "foreign_keyset": "Il file delle chiavi non è firmato da Pisa: non usarlo e telefonare a Pisa.",
    "not_a_bundle": "Questo non è un file dello studio: controllare di avere scelto quello giusto.",
    "truncated": "Il file è incompleto o contiene qualcosa in più: copiarlo di nuovo dall'originale.",
    "unknown_format": "Il file è danneggiato o di una versione più recente: aggiornare il programma o copiare di nuovo "
    "il file.",
    "weak_suite": "Il file è protetto meno di quanto concordato: chiedere che sia inviato di nuovo.",
    "bad_header": "L'intestazione del file è danneggiata: copiarlo di nuovo dall'originale.",
    "wrong_type": "Questo file è di un tipo diverso da quello che serve qui: controllare quale file è stato scelto.",
    "unknown_key": "Chi ha inviato il file qui non è noto: telefonare a Pisa.",
    "replaced_key": "Il file è firmato con chiavi che il mittente ha sostituito: telefonargli.",
    "revoked_key": "Il file viene da un computer le cui chiavi sono state revocate: telefonare.",
    "writer_revoked": "Pisa ha revocato questo computer e non accetta più nulla da qui; ciò che è stato inserito resta "
    "leggibile. Telefonare a Pisa: il lavoro continua con una sede nuova, su un altro computer.",
    "no_keyset_waits": "Nessuna chiave nuova di Pisa attende una conferma: nulla è cambiato.",
    "bad_signature": "Il file è stato cambiato dopo la firma o firmato da altri: chiederne una nuova copia.",
    "needs_upgrade": "Il file richiede una versione più recente del programma: aggiornare il programma e acquisirlo di "
    "nuovo.",
    "wrong_recipient": "Il file è sigillato per altri: controllare a chi era destinato.",
    "cannot_decrypt": "Il file non si apre con la chiave di questo centro: chiedere a Pisa di inviarlo di nuovo.",
    "bad_frame": "Il contenuto del file non è confezionato come dovrebbe: chiedere a Pisa di inviarlo di nuovo.",
    "bad_lines": "Il contenuto del file non è quello che scrive questo programma: avvisare Pisa.",
    "bad_count": "Manca una parte del contenuto del file: avvisare Pisa.",
    "manifest_mismatch": "Il contenuto del file non corrisponde alla sua intestazione: avvisare Pisa.",
    "bad_record": "Una scheda nel file viola le regole dello studio: avvisare Pisa.",
    "foreign_subject": "Il file contiene un paziente di un altro centro: avvisare Pisa.",
    "bad_receipt": "La ricevuta non si capisce: chiedere a Pisa di inviarla di nuovo.",
    "bad_query": "Le richieste di Pisa non si capiscono: chiedere che siano inviate di nuovo.",
    "bad_handover": "La consegna non si capisce: chiedere che il paziente sia consegnato di nuovo.",
    "bad_pack": "La nuova versione delle schede non si capisce: chiedere a Pisa di inviarla di nuovo.",
    "subject_away": "Nulla è cambiato, perché {subject} è stato consegnato a un altro computer: proseguire là; qui si "
    "legge soltanto. Se il file non è mai stato usato là, riprendere prima il paziente.",
    "handover_refused.other_study": "Nulla è cambiato: la scheda è di un altro studio; chiedere all'altro computer la "
    "propria.",
    "handover_refused.own_card": "Nulla è cambiato: questa è la scheda di questo computer; prendere quella di chi "
    "prosegue con il paziente.",
    "handover_refused.away": "Nulla è cambiato: il paziente è già stato consegnato; riscrivere lo stesso file, oppure "
    "riprendere prima il paziente.",
    "handover_refused.joined": "Nulla è cambiato: il paziente è stato arruolato due volte e prosegue con un altro "
    "codice; consegnare quello.",
    "handover_refused.nothing": "Nulla è cambiato: non c'è una consegna di questo paziente che si possa cambiare così; "
    "vedere nella sua pagina chi prosegue.",
    "handover_refused.not_taken": "Nulla è cambiato: questo paziente non è stato preso in carico qui, quindi non c'è "
    "nulla da lasciare.",
    "handover_refused.no_reason": "Nulla è cambiato: dire il perché in poche parole, dato che resta nel registro.",
    "handover_refused.other_receiver": "Nulla è stato preso in carico: il file è per un altro computer; usarlo là.",
    "handover_refused.practice": "Nulla è stato preso in carico: pazienti sintetici e veri non vanno gli uni sui "
    "computer degli altri; chiedere il file destinato a questo.",
    "handover_refused.used": "Nulla è stato preso in carico: questo file è già stato usato qui; se il paziente è stato "
    "consegnato di nuovo, chiedere il file più recente.",
    "handover_refused.here": "Nulla è stato preso in carico: questo paziente è già su questo computer; telefonare "
    "all'altro, perché uno solo dei due può proseguire.",
    "handover_refused.unknown_pack": "Nulla è stato preso in carico: il paziente ha visite con una versione delle "
    "schede che questo programma non conosce; aggiornarlo e riprovare.",
    "handover_refused.unsound": "Nulla è stato preso in carico: nel file una versione o una firma non regge; "
    "telefonare al computer che ha consegnato e farsi consegnare di nuovo il paziente.",
    "handover_refused.differs": "Nulla è stato preso in carico: questo computer ha versioni dei dati del paziente che "
    "nel file mancano; telefonare a Pisa prima che qualcuno prosegua.",
    "forms_refused.older": "Nulla è cambiato: questa versione delle schede è più vecchia di una già arrivata; chiedere "
    "a Pisa la più recente.",
    "forms_refused.other": "Nulla è cambiato: con questo numero è già arrivata un'altra versione delle schede; "
    "telefonare a Pisa.",
    "forms_refused.broken": "Nulla è cambiato: questa versione delle schede ritira qualcosa di pubblicato, o non è "
    "quella che dice di essere; avvisare Pisa.",
    "forms_refused.held": "Nulla è cambiato: questa versione delle schede richiede una versione più nuova del "
    "programma; è conservata: aggiornare il programma, poi metterla in uso.",
    "forms_refused.none": "Nulla è cambiato: non c'è una nuova versione delle schede da mettere in uso; leggere prima "
    "i file di Pisa.",
    "faulty_mapping": "{faults}",
    "faulty_table": "{faults}",
    "damaged_copy": "{name} è stato copiato solo in parte o è danneggiato: copiarlo di nuovo dall'originale.",
}


_ROLES = (
    ("a site administrator", "amministratore del centro"),
    ("site administrator", "amministratore del centro"),
    ("a data manager", "data manager"),
    ("an investigator", "sperimentatore"),
    ("investigator", "sperimentatore"),
    ("data entry", "inserimento dati"),
    (" or ", " o "),
)


def said(refusal: Refusal, lang: str) -> str:
    """A refusal in the language of the command."""
    keys = (*(f"{refusal.code}.{value}" for value in refusal.params.values()), refusal.code)
    sentence = next((_ITALIAN[key] for key in keys if key in _ITALIAN), None) if lang == "it" else None
    if sentence is None:
        return spoken(refusal, lang)
    blanks = {
        name: _roles(str(value)) if name in ("role", "roles") else value
        for name, value in refusal.blanks(lang).items()
    }
    return sentence.format(**blanks)


def _roles(text: str) -> str:
    """Roles that a refusal names, in Italian."""
    for english, italian in _ROLES:
        text = text.replace(english, italian)
    return text

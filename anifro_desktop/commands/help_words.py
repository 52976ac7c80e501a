"""The Italian of `--help`, by its English; a test asks for each. Words that are typed stay as they are."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, _SubParsersAction
from collections.abc import Mapping

_GROUPS = {"positional arguments": "da indicare", "options": "opzioni"}
ITALIAN: Mapping[str, str] = {
    # For all
    "Bedside data capture for NCT07215754. Without a verb, the window opens.":
        "Raccolta dei dati accanto al paziente per NCT07215754. Senza un verbo si apre la finestra.",
    "show this help message and exit": "mostra questo aiuto ed esce",
    "show program's version number and exit": "mostra la versione del programma ed esce",
    "folder of the site's data, for the window": "cartella dei dati del centro, per la finestra",
    "folder of the data (default: the platform's)": "cartella dei dati (altrimenti quella del sistema)",
    "answer in JSON, for a machine": "risposta in JSON, per una macchina",
    "language of the answer": "lingua della risposta",
    "read the passphrase from FILE ('-': standard input)": "legge la frase di accesso da FILE ('-': standard input)",
    "why; it stands in the audit trail": "perché; resta nel registro",
    # The verbs that need no site
    "a synthetic study from keystroke to Stata file": "uno studio sintetico, dal tasto premuto al file Stata",
    "answers (JSON or CSV) to scores": "da risposte (JSON o CSV) a indici",
    "the definitions of all forms in words": "le definizioni di tutte le schede, in parole",
    "blank paper forms as PDF": "schede di carta vuote, in PDF",
    "the window on a practice site, already unlocked": "la finestra su un centro di prova, già sbloccato",
    "patients of all sites (default: 12)": "pazienti di tutti i centri (altrimenti 12)",
    "a new folder for it (default: ./anifro-demo)": "una cartella nuova (altrimenti ./anifro-demo)",
    "language of the tables": "lingua delle tabelle",
    "Score answers: one JSON object, an array of objects, or a CSV with a header.":
        "Calcola indici: un oggetto JSON, un elenco di oggetti, o un CSV con i nomi delle colonne.",
    "name of the rule (see --list)": "nome della regola (vedere --list)",
    "file to read (default: standard input)": "file da leggere (altrimenti standard input)",
    "list the rules (or RULE alone) and what they read": "elenca le regole (o solo RULE) e che cosa leggono",
    "language of sentences (keys are English)": "lingua delle frasi (le chiavi sono in inglese)",
    "Write the codebook: forms, fields, codes, checks, suggestions, scores, settings.":
        "Scrive il codebook: schede, campi, codici, controlli, suggerimenti, indici, impostazioni.",
    "markdown, html, traceability, stata, odm, redcap": "markdown, html, traceability, stata, odm, redcap",
    "language of the codebook": "lingua del codebook",
    "write to FILE (default: standard output)": "scrive in FILE (altrimenti standard output)",
    "Write one A4 PDF for each form, to fill in by hand and to type in later.":
        "Scrive un PDF A4 per ogni scheda, da compilare a mano e digitare dopo.",
    "where the files are to go": "dove vanno i file",
    "language of the forms": "lingua delle schede",
    "only this form": "solo questa scheda",
    # A site
    "a site: init, enter, import, status, connect, export, receive, verify, backup, restore":
        "un centro clinico: init, enter, import, status, connect, export, receive, verify, backup, restore",
    "make a new site with the centre's key file": "crea un centro nuovo con il file delle chiavi di Pisa",
    "type visits from a file (see docs/visit-file.md)": "digita visite da un file (vedere docs/visit-file.md)",
    "patients, visits, what is due and what waits to be sent":
        "pazienti, visite, che cosa è dovuto e che cosa è da inviare",
    "seal what is signed and put it into a folder, on a stick or on a server":
        "sigilla ciò che è firmato e lo mette in una cartella, su una chiavetta o su un server",
    "read the centre's receipts and questions": "legge ricevute e richieste di Pisa",
    "check databases, audit trail, signatures and bundles": "controlla database, registro, firme e pacchetti",
    "take over a spreadsheet or a REDCap export (see docs/import.md)":
        "prende i dati da un foglio di calcolo o da REDCap (vedere docs/import.md)",
    "draft a mapping file from the first row of a table":
        "prepara una bozza della mappa dalla prima riga di una tabella",
    "people: list, history, add, change, disable, enable, remove, reset, passphrase, renew-keys":
        "persone: list, history, add, change, disable, enable, remove, reset, passphrase, renew-keys",
    "make a new recovery sheet and print it here, once, or draw it as PDF":
        "fa un nuovo foglio di recupero e lo mostra qui una volta, o lo disegna in PDF",
    "give an administrator a new passphrase with the recovery sheet":
        "dà a un amministratore una nuova frase di accesso con il foglio di recupero",
    "read the audit trail: entries, the history of an answer, a review":
        "legge il registro: voci, storia di una risposta, revisione",
    "what is not signed, or was changed since: before data are cut":
        "che cosa non è firmato, o è cambiato dopo: prima di un taglio dei dati",
    "make and verify a backup": "fa e verifica un backup",
    "list the backups, newest first": "elenca i backup, dal più recente",
    "try a backup: open it with your passphrase and verify it":
        "prova un backup: lo apre con la propria frase di accesso e lo verifica",
    "put a backup back: onto its site, or into an empty folder on a new computer":
        "rimette un backup: sul suo centro, o in una cartella vuota di un computer nuovo",
    "take out for ever what was typed by mistake: an identity, or a name in a free text or in a reason":
        "toglie per sempre ciò che è stato digitato per errore: un'identità, o un nome in un testo libero o in un "
        "motivo",
    "write the site's own copy of everything: PDF, ODM, trail, keys; read without this program":
        "scrive la copia di tutto che resta al centro: PDF, ODM, registro, chiavi; si legge senza questo programma",
    "write a support file: versions, counts, findings by code; no answer, no identity":
        "scrive un file per l'assistenza: versioni, conteggi, problemi per codice; nessuna risposta, nessuna identità",
    "the site's code, such as P03": "il codice del centro, come P03",
    "the site's name": "il nome del centro",
    "name of the first person: investigator and administrator":
        "nome della prima persona: sperimentatore e amministratore",
    "that person's code (default: U01)": "il codice di quella persona (altrimenti U01)",
    "the centre's key file": "il file delle chiavi di Pisa",
    "the fingerprint of that file, as the centre reads it out": "l'impronta di quel file, come la legge Pisa",
    "a site for synthetic patients only": "un centro solo per pazienti inventati",
    "who unlocks (default: the only or first person)": "chi sblocca (altrimenti l'unica o la prima persona)",
    "a visit file; without it, standard input": "un file di visite; senza, standard input",
    "put this bundle there again, byte for byte": "mette di nuovo lì questo pacchetto, identico",
    "where sending is locked and the centre was told: begin anew, with everything":
        "dove l'invio è bloccato e Pisa è avvisata: ricomincia, con tutto",
    "note first what a missing or damaged anchor file was: it is found no more":
        "annota prima che cos'era un file di ancora mancante o danneggiato: non viene più segnalato",
    "a CSV file or an Excel workbook (.xlsx)": "un file CSV o una cartella di Excel (.xlsx)",
    "the mapping file": "il file della mappa",
    "enter the accepted rows (without it: a trial that changes nothing)":
        "inserisce le righe accettate (senza: una prova che non cambia nulla)",
    "write what became of each row as CSV": "scrive in CSV che cosa è stato di ogni riga",
    "the sheet of a workbook that has several": "il foglio di una cartella che ne ha più d'uno",
    "the row of the column names": "la riga dei nomi delle colonne",
    "language of the comments": "lingua dei commenti",
    # Its people
    "everybody, with roles and state": "tutti, con ruoli e stato",
    "every change of people and rights, for the periodic review":
        "ogni cambiamento di persone e diritti, per la revisione periodica",
    "let another person unlock; prints a passphrase for one unlocking":
        "permette a un'altra persona di sbloccare; mostra una frase di accesso per un solo sblocco",
    "give a person other roles or a corrected name": "dà a una persona altri ruoli o un nome corretto",
    "keep a person from unlocking, until enabled": "impedisce a una persona di sbloccare, finché non è riattivata",
    "take a person's keys for ever and put the databases under new ones":
        "toglie per sempre le chiavi a una persona e mette i database sotto chiavi nuove",
    "give a person who forgot the passphrase one for a single unlocking":
        "dà a chi ha dimenticato la frase di accesso una per un solo sblocco",
    "let a disabled person unlock again": "permette di nuovo di sbloccare a una persona disattivata",
    "change one's own passphrase": "cambia la propria frase di accesso",
    "put the databases under new keys: a passphrase is in wrong hands":
        "mette i database sotto chiavi nuove: una frase di accesso è in mani sbagliate",
    "such as U02; never another person's": "come U02; mai quello di un'altra persona",
    "one or more of investigator, data_entry, site_admin, monitor, with commas between":
        "uno o più fra investigator, data_entry, site_admin, monitor, con virgole in mezzo",
    "read the new passphrase from FILE": "legge la nuova frase di accesso da FILE",
    "the page to print, instead of the letters here: delete it after":
        "la pagina da stampare, invece delle lettere qui: poi cancellarla",
    "the administrator who gets a passphrase": "l'amministratore che riceve una frase di accesso",
    "read the sheet from FILE, its rows on one line or on four":
        "legge il foglio da FILE, con le righe di seguito o su quattro",
    # Its audit trail
    "what to show (default: trail)": "che cosa mostrare (altrimenti trail)",
    "only this patient": "solo questo paziente",
    "only this visit or event ('enrolment', m06, ae-001)": "solo questa visita o evento ('enrolment', m06, ae-001)",
    "only this question or result": "solo questa domanda o risultato",
    "only what this person did": "solo ciò che ha fatto questa persona",
    "only these: answers, acts, people, identities, exchange, detail":
        "solo queste: answers, acts, people, identities, exchange, detail",
    "from this day (2026-03-14)": "da questo giorno (2026-03-14)",
    "up to this day": "fino a questo giorno",
    "only changes after completion": "solo cambiamenti dopo il completamento",
    "only changes after signature": "solo cambiamenti dopo la firma",
    "every entry found, not only the newest 50": "ogni voce trovata, non solo le 50 più recenti",
    "answer in CSV, every entry found": "risposta in CSV, con ogni voce trovata",
    "print to this file (A4)": "stampa in questo file (A4)",
    "review: from the first entry, not from the last review": "review: dalla prima voce, non dall'ultima revisione",
    "review: tell the trail that it was done, and what came of it":
        "review: annota nel registro che è stata fatta, e con quale esito",
    "only forms that feed an endpoint": "solo schede da cui dipende un endpoint",
    # Its backups, erasures and archive
    "put this one there, instead of its usual place": "mette questo lì, invece che al solito posto",
    "from now on keep a second copy in FOLDER too ('-': no longer)":
        "d'ora in poi tiene una seconda copia anche in FOLDER ('-': non più)",
    "without it, the newest one": "senza, il più recente",
    "the folder whose name begins with backup-": "la cartella il cui nome comincia con backup-",
    "a site administrator in the backup (default: the only or first one)":
        "un amministratore del centro nel backup (altrimenti l'unico o il primo)",
    "what is read is the recovery sheet, its rows on one line or on four, not a passphrase":
        "si legge il foglio di recupero, con le righe di seguito o su quattro, non una frase di accesso",
    "read the recovery sheet from FILE": "legge il foglio di recupero da FILE",
    "study code of the patient; not with --entry": "codice di studio del paziente; non con --entry",
    "the whole identity, as it is and as it was": "l'identità intera, com'è e com'era",
    "what the identity was before it was corrected": "l'identità com'era prima della correzione",
    "what this question said before it was corrected": "ciò che questa domanda diceva prima della correzione",
    "the words of the reason at this entry of the audit trail ('site audit' has the numbers), wherever the same "
    "words are a reason; its code stays":
        "le parole del motivo a questa voce del registro ('site audit' dà i numeri), ovunque siano un motivo; il "
        "codice resta",
    "with --field: visit or event, such as m06 (default: enrolment)":
        "con --field: visita o evento, come m06 (altrimenti l'arruolamento)",
    "why; it stands in the audit trail, so without the text itself":
        "perché; resta nel registro, quindi senza il testo stesso",
    "where the archive's folder is to be made": "dove va fatta la cartella dell'archivio",
    "put the patients' names in; needs --reason": "mette anche i nomi dei pazienti; vuole --reason",
    # Its exchange with the coordinating centre
    "a server to exchange files with: webdav, sftp, show, try, forget":
        "il server per lo scambio dei file: webdav, sftp, show, try, forget",
    "a folder of a WebDAV server, over https": "una cartella di un server WebDAV, con https",
    "a folder of an SFTP server": "una cartella di un server SFTP",
    "https://server/folder/": "https://server/cartella/",
    "folder on the server": "cartella sul server",
    "user at the server": "utente sul server",
    "ask for its password": "chiede la sua password",
    "its password, in the first line": "la sua password, nella prima riga",
    "the server's key, as its administrator reads it": "la chiave del server, come la legge il suo amministratore",
    "this computer's SSH key; without it, a password": "la chiave SSH di questo computer; altrimenti una password",
    "this computer's certificate with key (PEM or PKCS#12)":
        "il certificato di questo computer con la chiave (PEM o PKCS#12)",
    "who alone may vouch for the server (PEM or DER)": "l'unica autorità che può garantire per il server (PEM o DER)",
    "http://proxy:port": "http://proxy:porta",
    "user at the proxy": "utente sul proxy",
    "read the passphrase of that file from FILE ('-': standard input)":
        "legge la frase di quel file da FILE ('-': standard input)",
    "read the password of that user from FILE ('-': standard input)":
        "legge la password di quell'utente da FILE ('-': standard input)",
    "where and as whom; never a password": "dove e come chi; mai una password",
    "say what works and what does not": "dice che cosa funziona e che cosa no",
    "forget the connection, with its passwords and keys": "dimentica il collegamento, con password e chiavi",
    "default: the server of 'site connect'": "altrimenti il server di 'site connect'",
    "where to (default: the server of 'site connect')": "dove (altrimenti il server di 'site connect')",
    "what leaves next, texts that are held back, patients who could be recognised":
        "che cosa parte, testi trattenuti, pazienti riconoscibili",
    "let a text go that is held back": "lascia partire un testo trattenuto",
    "its id, as 'review' shows it, or the first digits of it":
        "il suo codice, come lo mostra 'review', o le prime cifre",
    "why it tells of nobody; stays in the audit trail": "perché non riguarda nessuno; resta nel registro",
    "whether what was entered was sealed, received and merged":
        "se ciò che è stato inserito è stato sigillato, ricevuto e riunito",
    "what happened to each bundle": "che cosa è successo a ogni pacchetto",
    "write it as a table there, without identities": "lo scrive lì come tabella, senza identità",
    "the centre's questions: list, show, answer, corrected, ask-back":
        "le richieste di Pisa: list, show, answer, corrected, ask-back",
    "questions that are not settled, those that wait for us first":
        "le richieste non chiuse, prima quelle che aspettano il centro",
    "also settled ones": "anche quelle chiuse",
    "one question with all that was said": "una richiesta con tutto ciò che è stato detto",
    "answer in words": "risponde a parole",
    "say that the record was amended since": "dice che la scheda è stata corretta nel frattempo",
    "ask the centre what it means": "chiede a Pisa che cosa intende",
    "its id, or the first digits of it": "il suo codice, o le prime cifre",
    "at most 500 characters; no names, no dates": "al massimo 500 caratteri; niente nomi, niente date",
    "the keys with which this computer signs for the centre: show, renew":
        "le chiavi con cui questo computer firma per Pisa: show, renew",
    "the card's fingerprint, and whether new keys are under way":
        "l'impronta della scheda, e se chiavi nuove sono in viaggio",
    "make new keys; the next sending announces them": "crea chiavi nuove; il prossimo invio le annuncia",
    "use them now: after a restore or a theft; the card is handed to the centre again":
        "le usa subito: dopo un ripristino o un furto; la scheda si consegna di nuovo a Pisa",
    "the centre's keys: show, accept, replace": "le chiavi di Pisa: show, accept, replace",
    "version, day and fingerprint": "versione, giorno e impronta",
    "use keys under a new root, after comparing its fingerprint":
        "usa le chiavi sotto una radice nuova, dopo averne confrontato l'impronta",
    "the centre lost everything: believe its new keys": "Pisa ha perduto tutto: crede alle sue chiavi nuove",
    "the new key file of the centre": "il nuovo file delle chiavi di Pisa",
    "as the centre reads it out": "come la legge Pisa",
    "the centre itself said so on the telephone": "lo ha detto Pisa stessa al telefono",
    "the version of the forms in use, and a new one from the centre":
        "la versione delle schede in uso, e una nuova da Pisa",
    "put the version that waits into use": "mette in uso la versione che aspetta",
    "hand a patient over to another computer, or take the patient back":
        "consegna un paziente a un altro computer, o lo riprende",
    "take a patient over from another computer": "prende in carico un paziente da un altro computer",
    "the patient": "il paziente",
    "the card of the computer that goes on (.anfk)": "la scheda del computer che continua (.anfk)",
    "the card of the old computer (default: beside FILE)":
        "la scheda del computer di prima (altrimenti quella accanto a FILE)",
    "the fingerprint of that card, as it is read out there": "l'impronta di quella scheda, come la leggono là",
    "where to put the file; alone: put it there again": "dove mettere il file; da solo: ce lo rimette",
    "the file was never used: go on here": "il file non è stato usato: si continua qui",
    "the file was used all the same: leave it there": "il file è stato usato comunque: il paziente resta là",
    "taken over here by mistake: the old computer goes on": "preso in carico per errore: continua il computer di prima",
    "in place of the card that this computer had before": "al posto della scheda che questo computer aveva prima",
    "write what comes; without it, only look": "scrive ciò che arriva; altrimenti mostra soltanto",
    "why, for the audit trail": "perché, per il registro",
    # The centre
    "the coordinating centre: take in, check, report": "il centro coordinatore: acquisire, controllare, riferire",
    "make a new centre and its public key file": "crea un centro coordinatore e il suo file delle chiavi",
    "let a site's computer send, by its card and fingerprint":
        "ammette il computer di una sede, con la sua scheda e l'impronta",
    "refuse for ever what a site's computer sends: see what counts still, do it":
        "rifiuta per sempre ciò che il computer di una sede invia: mostra che cosa vale ancora, poi lo fa",
    "do it; without it, only look": "lo fa; altrimenti mostra soltanto",
    "take bundles in and write receipts": "acquisisce pacchetti e scrive ricevute",
    "put the newest receipts and questions into a folder": "mette ricevute e richieste più recenti in una cartella",
    "sites, what is missing, differing scores, age of the data": "sedi, che cosa manca, indici diversi, età dei dati",
    "write the data set: subjects, visits, courses, flares, periods, events":
        "scrive i dati per l’analisi: pazienti, visite, decorsi, riacutizzazioni, periodi, eventi",
    "stata (with do-files), csv (with a codebook), odm, dataset-json or redcap":
        "stata (con i file .do), csv (con il dizionario dei dati), odm, dataset-json o redcap",
    "check the database, its audit trail and the bundles kept":
        "controlla il database, il registro e i pacchetti conservati",
    "the endpoints: the main ones printed here, or all of them as HTML, PDF and CSV (--to)":
        "gli endpoint: i principali qui a schermo, o tutti in HTML, PDF e CSV (--to)",
    "who opens the centre (default: its first person)": "chi apre il centro (altrimenti la sua prima persona)",
    "the centre's code, such as PISA": "il codice del centro, come PISA",
    "the centre's name": "il nome del centro",
    "name of its first data manager": "nome del suo primo data manager",
    "as the site reads it out": "come la legge la sede",
    "its name, or the first digits of it": "il suo nome, o le prime cifre",
    "where to (default: receipts in the data, or the server)": "dove (altrimenti receipts nei dati, o il server)",
    "write the table there too": "scrive la tabella anche lì",
    "write the whole report there: page, PDF, tables, figures":
        "scrive lì tutto il rapporto: pagina, PDF, tabelle, figure",
    # Its keys, people, questions and forms
    "the centre's keys: show, renew": "le chiavi del centro: show, renew",
    "version, day and fingerprint; writes the public file again":
        "versione, giorno e impronta; riscrive il file pubblico",
    "make new keys, signed by the root key": "crea chiavi nuove, firmate dalla chiave radice",
    "folder of the root key (default: root in the data)": "cartella della chiave radice (altrimenti root nei dati)",
    "folder of the root key: act on that": "cartella della chiave radice: agisce su quella",
    "where the root key has another passphrase": "se la chiave radice ha un'altra frase di accesso",
    "make another root key there, too": "crea lì anche un'altra chiave radice",
    "a sealed second copy of the keys that open bundles: make, check, use":
        "una seconda copia sigillata delle chiavi che aprono i pacchetti: make, check, use",
    "make a sheet, shown once, and the copy that it opens":
        "crea un foglio, mostrato una volta, e la copia che esso apre",
    "rehearse: type the sheet, open the copy, compare": "prova: digitare il foglio, aprire la copia, confrontare",
    "take the keys of a copy in, after a loss": "riprende le chiavi di una copia, dopo una perdita",
    "read the sheet from FILE": "legge il foglio da FILE",
    "copy everything but the root key, and verify the copy": "copia tutto tranne la chiave radice, e verifica la copia",
    "where to (default: backups in the data)": "dove (altrimenti backups nei dati)",
    "open a backup as if it were needed": "apre un backup come se servisse",
    "default: the newest": "altrimenti il più recente",
    "put a backup back, and ask the sites for what came after":
        "rimette un backup, e chiede alle sedi ciò che è arrivato dopo",
    "a data manager in the backup (default: its first)": "un data manager del backup (altrimenti il primo)",
    "open it with its recovery sheet instead": "lo apre con il suo foglio di recupero",
    "people: list, add, reset, remove, passphrase": "persone: list, add, reset, remove, passphrase",
    "who opens the centre, or with --root the root key": "chi apre il centro, o con --root la chiave radice",
    "let another person open it; the new passphrase is asked for":
        "fa entrare un'altra persona; la frase di accesso viene chiesta",
    "data_manager, statistician, or both": "data_manager, statistician, o entrambi",
    "give a person who forgot it a new passphrase": "dà una nuova frase di accesso a chi l'ha dimenticata",
    "take a person's keys for ever": "toglie per sempre le chiavi a una persona",
    "make a recovery sheet and print it here, once": "crea un foglio di recupero e lo mostra qui, una volta",
    "give a data manager a new passphrase with the recovery sheet":
        "dà a un data manager una nuova frase di accesso con il foglio di recupero",
    "who gets a passphrase": "chi riceve una frase di accesso",
    "of the root key in this folder instead": "della chiave radice di questa cartella, invece",
    "questions to the sites: raise, list, show, reopen, close, cancel":
        "richieste alle sedi: raise, list, show, reopen, close, cancel",
    "ask a site about a field, a form, a visit or what was found":
        "chiede a una sede di un campo, una scheda, una visita o ciò che si è trovato",
    "ask about each of these that is not asked about yet: differences, conflicts, missing, contradictions; may be "
    "repeated":
        "chiede di ognuno di questi di cui non si è ancora chiesto: differences, conflicts, missing, "
        "contradictions; si può ripetere",
    "ask again, also about what was closed": "chiede di nuovo, anche di ciò che era chiuso",
    "also words that look like a name, number or date; held back until 'site release'":
        "anche parole che sembrano un nome, un numero o una data; trattenute fino a 'site release'",
    "'enrolment' (default), m06, ae-001 ...": "'enrolment' (se manca), m06, ae-001 ...",
    "'enrolment', baseline, m06, ae-001 ...": "'enrolment', baseline, m06, ae-001 ...",
    "at most 200 characters": "al massimo 200 caratteri",
    "questions with their state": "le richieste con il loro stato",
    "settle a question": "chiude una richiesta",
    "take a question back": "ritira una richiesta",
    "mark a form, or a question of it, as compared with its source":
        "segna una scheda, o una sua domanda, come confrontata con la fonte",
    "take the mark back": "toglie il segno",
    "a new version of the forms for the sites: see what it changes, send it":
        "una nuova versione delle schede per le sedi: vedere che cosa cambia, inviarla",
    "of definitions, with pack.toml": "delle definizioni, con pack.toml",
    "keep it for the sites; without it, only look": "la conserva per le sedi; altrimenti mostra soltanto",
    "quality of each site's data: missing, late, changed, digits, copies, windows":
        "qualità dei dati di ogni sede: mancanti, tardivi, corretti, cifre, copie, finestre",
    "what each person did: entries, changes, signatures, primary endpoints":
        "che cosa ha fatto ogni persona: inserimenti, correzioni, firme, endpoint primari",
    "write every number there too": "scrive lì anche ogni numero",
    "what contradicts itself across forms and visits": "che cosa si contraddice fra schede e visite",
    "ask the sites about each that is new": "chiede alle sedi di ognuna che è nuova",
    "how many versions were merged, by installation, patient and form":
        "quante versioni sono state riunite, per computer, paziente e scheda",
    "keep the data on a PostgreSQL server: postgresql://user@computer/name":
        "tiene i dati su un server PostgreSQL: postgresql://utente@computer/nome",
    "processes, where the data lie on a server (default: 1)": "processi, se i dati sono su un server (altrimenti 1)",
    "still take its bundles up to this one (default: up to those here)":
        "accoglie ancora i suoi pacchetti fino a questo (altrimenti fino a quelli qui)",
    "default: the server of 'centre connect'": "altrimenti il server di 'centre connect'",
    "freeze the data received up to now, for an analysis": "congela i dati ricevuti finora, per un'analisi",
    "small letters and digits, such as interim": "lettere minuscole e cifre, come interim",
    "only up to the window of a planned visit, such as m06": "solo fino alla finestra di una visita prevista, come m06",
    "what for; it stands in the audit trail": "per che cosa; resta nel registro",
    "the cuts of the data": "i tagli dei dati",
    "of the data as that cut froze them": "dei dati come quel taglio li ha congelati",
    "of the interim analysis: the cut 'interim'": "dell'analisi ad interim: il taglio 'interim'",
    "where to (default: the server of 'centre connect')": "dove (altrimenti il server di 'centre connect')",
}  # fmt: skip


def speak_italian(parser: ArgumentParser) -> None:
    """Give a parser and those below it their Italian help."""
    parser.description = ITALIAN.get(parser.description or "", parser.description)
    for group in parser._action_groups:
        group.title = _GROUPS.get(group.title or "", group.title)
    for action in parser._actions:
        if action.help and action.help != SUPPRESS:
            action.help = ITALIAN.get(action.help, action.help)
        if isinstance(action, _SubParsersAction):
            for listed in action._choices_actions:
                listed.help = ITALIAN.get(listed.help or "", listed.help)
            for below in dict.fromkeys(action.choices.values()):
                speak_italian(below)

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it_IT">
<context>
    <name>Answers</name>
    <message>
        <source>Questions from Pisa</source>
        <translation>Richieste di Pisa</translation>
    </message>
    <message>
        <source>This answer was already known; nothing changed.</source>
        <translation>Questa risposta era già nota; nulla è cambiato.</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>Non manca nulla.</translation>
    </message>
    <message>
        <source>A later answer of Pisa has already said this; nothing changed.</source>
        <translation>Una risposta di Pisa più recente l&apos;ha già detto; nulla è cambiato.</translation>
    </message>
    <message>
        <source>Pisa has a new root of its keys: it waits to be compared.</source>
        <translation>Pisa ha una radice nuova delle sue chiavi: attende il confronto.</translation>
    </message>
    <message>
        <source>A site administrator compares its fingerprint by telephone, in Settings.</source>
        <translation>Un amministratore ne confronta l&apos;impronta per telefono, in Opzioni.</translation>
    </message>
    <message>
        <source>Pisa has new keys: they are in use.</source>
        <translation>Pisa ha chiavi nuove: sono in uso.</translation>
    </message>
    <message>
        <source>These keys of Pisa were already known; nothing changed.</source>
        <translation>Queste chiavi di Pisa erano già note; nulla è cambiato.</translation>
    </message>
    <message>
        <source>No question is new.</source>
        <translation>Nessuna richiesta è nuova.</translation>
    </message>
    <message>
        <source>A new version of the forms came.</source>
        <translation>È arrivata una nuova versione delle schede.</translation>
    </message>
    <message>
        <source>This version of the forms was already known.</source>
        <translation>Questa versione delle schede era già nota.</translation>
    </message>
    <message>
        <source>It is put into use in Settings.</source>
        <translation>Si mette in uso in Opzioni.</translation>
    </message>
    <message>
        <source>Pisa is still waiting for the first bundle.</source>
        <translation>Pisa aspetta ancora il primo pacchetto.</translation>
    </message>
    <message>
        <source>Pisa has everything up to bundle {number}.</source>
        <translation>Pisa ha tutto fino al pacchetto {number}.</translation>
    </message>
    <message>
        <source>Some scores came out differently in Pisa.</source>
        <translation>Alcuni punteggi risultano diversi a Pisa.</translation>
    </message>
</context>
<context>
    <name>ArchiveCard</name>
    <message>
        <source>Archive of the site</source>
        <translation>Archivio del centro</translation>
    </message>
    <message>
        <source>The archive is being checked</source>
        <translation>L&apos;archivio è in verifica</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>A stick or another disk to write to; to check, the folder of the archive itself</source>
        <translation>Una chiavetta o un altro disco su cui scrivere; per verificare, la cartella dell&apos;archivio stesso</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Scegli una cartella…</translation>
    </message>
    <message>
        <source>Write the archive…</source>
        <translation>Scrivi l&apos;archivio…</translation>
    </message>
    <message>
        <source>Check an archive…</source>
        <translation>Verifica un archivio…</translation>
    </message>
    <message>
        <source>An investigator or a site administrator writes the archive.</source>
        <translation>L&apos;archivio lo scrive uno sperimentatore o un amministratore del centro.</translation>
    </message>
    <message>
        <source>For the close-out: every patient as a certified PDF and as ODM, with the whole audit trail and the public keys, to be read and checked for decades without this program. It holds real dates and stays at the site.</source>
        <translation>Per la chiusura del centro: ogni paziente come PDF certificato e come ODM, con tutto il registro e le chiavi pubbliche, da leggere e verificare per decenni senza questo programma. Contiene date vere e resta al centro.</translation>
    </message>
    <message>
        <source>Write the folder, or choose it.</source>
        <translation>Scrivere la cartella, o sceglierla.</translation>
    </message>
    <message>
        <source>Folder of the archive</source>
        <translation>Cartella dell&apos;archivio</translation>
    </message>
    <message>
        <source>It lies in {folder}: {versions} versions of forms, {entries} entries of the trail, {size} MB.</source>
        <translation>È in {folder}: {versions} versioni di schede, {entries} voci del registro, {size} MB.</translation>
    </message>
    <message>
        <source>To check it without this program: python3 verify_archive.py, in that folder; README.txt there says how to read it.</source>
        <translation>Per verificarlo senza questo programma: python3 verify_archive.py, in quella cartella; LEGGIMI.txt dice come leggerlo.</translation>
    </message>
    <message>
        <source>It holds the patients&apos; names: keep it as the site&apos;s data are kept.</source>
        <translation>Contiene i nomi dei pazienti: custodirlo come i dati del centro.</translation>
    </message>
    <message>
        <source>It holds real dates, and free texts may hold a name: it stays at the site, never in a cloud.</source>
        <translation>Contiene date vere, e nei testi liberi può esserci un nome: resta al centro, mai in un cloud.</translation>
    </message>
    <message>
        <source>else study codes only; free texts may hold a name even so</source>
        <translation>altrimenti solo codici di studio; nei testi liberi può esserci un nome comunque</translation>
    </message>
    <message>
        <source>Write this hash of SHA256SUMS on the paper that goes with it: {sha256}.</source>
        <translation>Scrivere questa impronta di SHA256SUMS sul foglio che lo accompagna: {sha256}.</translation>
    </message>
    <message>
        <source>The check before it found something wrong, which every paper says: see the audit trail, “Check everything”.</source>
        <translation>La verifica fatta prima ha trovato problemi, detti in ogni documento: vedere il registro, «Verifica tutto».</translation>
    </message>
    <message numerus="yes">
        <source>The archive is written: %n patient(s).</source>
        <translation>
            <numerusform>L&apos;archivio è scritto: %n paziente.</numerusform>
            <numerusform>L&apos;archivio è scritto: %n pazienti.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is the one that this site wrote on {day}.</source>
        <translation>È quello che questo centro ha scritto il {day}.</translation>
    </message>
    <message>
        <source>The audit trail here does not know it: it is of another site or of before a restore. Its hash is {sha256}; compare it with the one that was noted.</source>
        <translation>Il registro di questo centro non lo conosce: è di un altro centro o di prima di un ripristino. La sua impronta è {sha256}; confrontarla con quella annotata.</translation>
    </message>
    <message>
        <source>The archive is whole.</source>
        <translation>L&apos;archivio è integro.</translation>
    </message>
    <message>
        <source>Entries of the trail: {entries}; versions: {versions}; signatures: {signatures}.</source>
        <translation>Voci del registro: {entries}; versioni: {versions}; firme: {signatures}.</translation>
    </message>
    <message>
        <source>The archive is not as it was written. Faults: {count}.</source>
        <translation>L&apos;archivio non è come fu scritto. Difetti: {count}.</translation>
    </message>
    <message>
        <source>Among them: {faults}.</source>
        <translation>Fra questi: {faults}.</translation>
    </message>
    <message>
        <source>Keep it, write a new one, and tell the centre.</source>
        <translation>Conservarlo, scriverne uno nuovo e avvisare Pisa.</translation>
    </message>
    <message>
        <source>Write the archive</source>
        <translation>Scrivi l&apos;archivio</translation>
    </message>
    <message>
        <source>Everything is checked first, then written into a new folder in {folder}.</source>
        <translation>Prima si verifica tutto, poi si scrive in una nuova cartella dentro {folder}.</translation>
    </message>
    <message>
        <source>Everything is being checked…</source>
        <translation>Verifica di tutto in corso…</translation>
    </message>
    <message>
        <source>With the patients&apos; names</source>
        <translation>Con i nomi dei pazienti</translation>
    </message>
    <message>
        <source>Why names are to be in it</source>
        <translation>Perché deve contenere i nomi</translation>
    </message>
    <message>
        <source>It stands in the audit trail</source>
        <translation>Resta nel registro</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>Scrivi</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Interrompi</translation>
    </message>
    <message>
        <source>Type the reason.</source>
        <translation>Scrivere il motivo.</translation>
    </message>
    <message>
        <source>Patients written: {done} of {all}</source>
        <translation>Pazienti scritti: {done} di {all}</translation>
    </message>
    <message>
        <source>Stopping; nothing of it stays…</source>
        <translation>Interruzione in corso; non ne resta nulla…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Nothing was changed by the check. Until it is settled, send nothing and enter nothing new.</source>
        <translation>La verifica non ha cambiato nulla. Finché non è chiarito, non inviare e non inserire altro.</translation>
    </message>
    <message>
        <source>The check found something: {count}</source>
        <translation>La verifica ha trovato qualcosa: {count}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Seen…</source>
        <translation>Visto…</translation>
    </message>
    <message>
        <source>Only for a file beside the databases that was missing, damaged or changed, once you know who or what touched it. The trail keeps your name and the reason, and the check finds it no more.</source>
        <translation>Solo per un file accanto ai database che mancava, era danneggiato o è stato cambiato, quando si sa chi o che cosa l&apos;ha toccato. Il registro conserva nome e motivo, e la verifica non lo trova più.</translation>
    </message>
    <message>
        <source>Note what was found as seen</source>
        <translation>Annotare come visto ciò che è stato trovato</translation>
    </message>
    <message>
        <source>Being noted…</source>
        <translation>Annotazione in corso…</translation>
    </message>
    <message>
        <source>Note as seen</source>
        <translation>Annota come visto</translation>
    </message>
    <message>
        <source>Where: {place}</source>
        <translation>Dove: {place}</translation>
    </message>
    <message>
        <source>Since when: {since}</source>
        <translation>Da quando: {since}</translation>
    </message>
    <message>
        <source>What to do: {act}</source>
        <translation>Che cosa fare: {act}</translation>
    </message>
    <message>
        <source>Code for the centre: {code}</source>
        <translation>Codice per il centro di Pisa: {code}</translation>
    </message>
    <message>
        <source>This question was never answered here.</source>
        <translation>A questa domanda non si è mai risposto qui.</translation>
    </message>
    <message>
        <source>The program works this out; it is kept when the form is completed, not before.</source>
        <translation>Lo calcola il programma; si conserva quando la scheda è completata, non prima.</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Stampa…</translation>
    </message>
    <message>
        <source>Erase an identity typed here…</source>
        <translation>Cancella un&apos;identità digitata qui…</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valore</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versione</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Values, the newest first</source>
        <translation>Valori, dal più recente</translation>
    </message>
    <message>
        <source>Audit trail of this record</source>
        <translation>Registro di questa scheda</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>Voci, la più recente per prima</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifica</translation>
    </message>
    <message>
        <source>The newest {shown} of {count}; all are on the page of the audit trail (Alt+5).</source>
        <translation>Le {shown} più recenti di {count}; tutte sono nella pagina del registro (Alt+5).</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Audit trail</source>
        <translation>Registro delle modifiche</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>Verifica tutto</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Stampa…</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In corso</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Voci</translation>
    </message>
    <message>
        <source>Review report</source>
        <translation>Revisione</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Che cosa si vede</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n voce</numerusform>
            <numerusform>%n voci</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies), technical details not counted</source>
        <translation>
            <numerusform>%n voce, senza contare i dettagli tecnici</numerusform>
            <numerusform>%n voci, senza contare i dettagli tecnici</numerusform>
        </translation>
    </message>
    <message>
        <source>The review is recorded in the audit trail.</source>
        <translation>La revisione è scritta nel registro.</translation>
    </message>
    <message>
        <source>The check found something: {count}</source>
        <translation>La verifica ha trovato qualcosa: {count}</translation>
    </message>
    <message>
        <source>Show the findings</source>
        <translation>Mostra che cosa</translation>
    </message>
    <message>
        <source>All is well: databases, audit trail, signatures and bundles.</source>
        <translation>Tutto in ordine: database, registro, firme e pacchetti.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the trail checked, each in its place and signed.</source>
        <translation>
            <numerusform>%n voce del registro verificata, al suo posto e firmata.</numerusform>
            <numerusform>%n voci del registro verificate, ognuna al suo posto e firmata.</numerusform>
        </translation>
    </message>
    <message>
        <source>audit-trail.pdf</source>
        <translation>registro-modifiche.pdf</translation>
    </message>
    <message>
        <source>audit-review.pdf</source>
        <translation>revisione-registro.pdf</translation>
    </message>
    <message>
        <source>Where to save the PDF</source>
        <translation>Dove salvare il PDF</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>answer-history.pdf</source>
        <translation>storia-risposta.pdf</translation>
    </message>
    <message>
        <source>Printed to {name}.</source>
        <translation>Stampato in {name}.</translation>
    </message>
    <message>
        <source>It holds study codes and answers: keep it as the patient&apos;s folder is kept.</source>
        <translation>Contiene codici di studio e risposte: conservarlo come la cartella del paziente.</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Backup</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>A backup is being made and verified</source>
        <translation>Si sta facendo e verificando un backup</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Fai un backup ora</translation>
    </message>
    <message>
        <source>Try the newest backup…</source>
        <translation>Prova l&apos;ultimo backup…</translation>
    </message>
    <message>
        <source>Folder for the second copy</source>
        <translation>Cartella per la seconda copia</translation>
    </message>
    <message>
        <source>A stick, another disk, or a folder of the hospital&apos;s network</source>
        <translation>Una chiavetta, un altro disco o una cartella della rete dell&apos;ospedale</translation>
    </message>
    <message>
        <source>Use this folder</source>
        <translation>Usa questa cartella</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Scegli una cartella…</translation>
    </message>
    <message>
        <source>No second copy</source>
        <translation>Nessuna seconda copia</translation>
    </message>
    <message>
        <source>Backups, newest first</source>
        <translation>Backup, dal più recente</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Fatto il</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Tried on</source>
        <translation>Provato il</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dimensione</translation>
    </message>
    <message>
        <source>A backup holds the patients&apos; names: an investigator, a person of data entry or a site administrator makes and tries one.</source>
        <translation>Un backup contiene i nomi dei pazienti: lo fa e lo prova uno sperimentatore, chi inserisce i dati o un amministratore del centro.</translation>
    </message>
    <message>
        <source>To put a backup back, lock the site: the unlock page has “Put a backup back”.</source>
        <translation>Per ripristinare un backup, bloccare il centro: nella pagina di sblocco c&apos;è «Ripristina un backup».</translation>
    </message>
    <message>
        <source>Last tried, and found good, on {day}.</source>
        <translation>Ultima prova riuscita: {day}.</translation>
    </message>
    <message>
        <source>None was tried yet: a backup that nobody has opened is only a hope. Try one each month.</source>
        <translation>Nessun backup è stato ancora provato: un backup che nessuno ha aperto è solo una speranza. Provarne uno ogni mese.</translation>
    </message>
    <message>
        <source>It lies on this computer and in the second place.</source>
        <translation>È su questo computer e nel secondo posto.</translation>
    </message>
    <message>
        <source>There is no second copy of it: {why}</source>
        <translation>Non ne esiste una seconda copia: {why}</translation>
    </message>
    <message>
        <source>It lies on this computer.</source>
        <translation>È su questo computer.</translation>
    </message>
    <message>
        <source>But the data here are older than they once were, so it takes the place of no other: have everything checked in the audit trail, and read what to do.</source>
        <translation>Ma i dati qui sono più vecchi di quanto erano già stati, quindi non prende il posto di nessun altro: far controllare tutto nel registro delle modifiche e leggere che cosa fare.</translation>
    </message>
    <message>
        <source>A backup was made and verified on {day}.</source>
        <translation>Backup fatto e verificato: {day}.</translation>
    </message>
    <message>
        <source>Tried on {day}: the backup opens and is sound, but its data are not the beginning of these.</source>
        <translation>Prova del {day}: il backup si apre ed è integro, ma i suoi dati non sono l&apos;inizio di questi.</translation>
    </message>
    <message>
        <source>Leave the data folder as it is and call the centre.</source>
        <translation>Lasciare la cartella dei dati com&apos;è e telefonare a Pisa.</translation>
    </message>
    <message>
        <source>Tried on {day}: the backup of {made} opens and is whole.</source>
        <translation>Prova del {day}: il backup del {made} si apre ed è integro.</translation>
    </message>
    <message>
        <source>Read: {entries} entries of the trail, {rows} rows. Entries newer than the backup: {behind}.</source>
        <translation>Lette: {entries} voci di registro, {rows} righe. Voci più recenti del backup: {behind}.</translation>
    </message>
    <message>
        <source>Write the folder for the second copy, or choose it.</source>
        <translation>Scrivere la cartella per la seconda copia, o sceglierla.</translation>
    </message>
    <message>
        <source>Backups have no second copy any more.</source>
        <translation>I backup non hanno più una seconda copia.</translation>
    </message>
    <message>
        <source>From now on each backup has a second copy there.</source>
        <translation>D&apos;ora in poi ogni backup ha lì una seconda copia.</translation>
    </message>
    <message>
        <source>Try the newest backup</source>
        <translation>Prova dell&apos;ultimo backup</translation>
    </message>
    <message>
        <source>The backup is opened beside the data with your passphrase and checked in full, as if it were needed. The result stands in the audit trail with its date.</source>
        <translation>Il backup viene aperto accanto ai dati con la propria frase di accesso e controllato per intero, come se servisse. Il risultato resta nel registro con la sua data.</translation>
    </message>
    <message>
        <source>The backup is being opened and checked. This takes a moment…</source>
        <translation>Il backup viene aperto e controllato. Serve un momento…</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>La propria frase di accesso</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Prova</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Scrivere la frase di accesso.</translation>
    </message>
    <message>
        <source>Second place</source>
        <translation>Secondo posto</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Questo computer</translation>
    </message>
    <message>
        <source>Of older data</source>
        <translation>Di dati vecchi</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Intero</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Danneggiato</translation>
    </message>
    <message>
        <source>There is no whole backup of this site yet.</source>
        <translation>Non c&apos;è ancora un backup intero di questo centro.</translation>
    </message>
    <message>
        <source>Newest backup: {day}, on this computer and in the second place.</source>
        <translation>Ultimo backup: {day}, su questo computer e nel secondo posto.</translation>
    </message>
    <message>
        <source>Newest backup: {day}, in the second place only.</source>
        <translation>Ultimo backup: {day}, solo nel secondo posto.</translation>
    </message>
    <message>
        <source>Newest backup: {day}, on this computer.</source>
        <translation>Ultimo backup: {day}, su questo computer.</translation>
    </message>
    <message>
        <source>Backups have no second copy: a fault or the theft of this computer takes the data and all backups. Choose a stick, another disk or a folder of the hospital&apos;s network.</source>
        <translation>I backup non hanno una seconda copia: un guasto o il furto di questo computer toglie i dati e tutti i backup. Scegliere una chiavetta, un altro disco o una cartella della rete dell&apos;ospedale.</translation>
    </message>
    <message>
        <source>Second copies go to {folder}.</source>
        <translation>Le seconde copie vanno in {folder}.</translation>
    </message>
    <message>
        <source>Beware: it is on the same disk as the data, and a fault of the disk takes both.</source>
        <translation>Attenzione: è sullo stesso disco dei dati, e un guasto del disco toglie entrambi.</translation>
    </message>
</context>
<context>
    <name>BackupCare</name>
    <message>
        <source>Backups</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>A fault or the theft of this computer would take the data and all backups.</source>
        <translation>Un guasto o il furto di questo computer toglierebbe i dati e tutti i backup.</translation>
    </message>
    <message>
        <source>Choose a second place</source>
        <translation>Scegliere un secondo posto</translation>
    </message>
    <message>
        <source>None was tried for a month. Trying one takes a minute.</source>
        <translation>Da un mese non ne è stato provato nessuno. La prova dura un minuto.</translation>
    </message>
    <message>
        <source>Try the newest backup</source>
        <translation>Provare l&apos;ultimo backup</translation>
    </message>
</context>
<context>
    <name>BackupStep</name>
    <message>
        <source>A second place for the backups</source>
        <translation>Un secondo posto per i backup</translation>
    </message>
    <message>
        <source>Each day the program makes an encrypted backup on this computer. A fault or the theft of the computer would take it too, so each is copied to a second place: a stick, another disk or a folder of the hospital&apos;s network.</source>
        <translation>Ogni giorno il programma fa un backup cifrato su questo computer. Un guasto o il furto del computer toglierebbe anche quello, quindi ciascuno viene copiato in un secondo posto: una chiavetta, un altro disco o una cartella della rete dell&apos;ospedale.</translation>
    </message>
    <message>
        <source>Folder for the second copy</source>
        <translation>Cartella per la seconda copia</translation>
    </message>
    <message>
        <source>Choose it or type where it lies. Left empty, it is asked for under Today</source>
        <translation>Sceglierla o scrivere dove si trova. Se resta vuota, la si chiede in Oggi</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Scegli una cartella…</translation>
    </message>
    <message>
        <source>There is no such folder: connect its disk or stick, or choose another one.</source>
        <translation>Questa cartella non c&apos;è: collegare il disco o la chiavetta, o sceglierne un&apos;altra.</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>typed, not completed yet</source>
        <translation>digitato, non ancora completato</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>altre {count}</translation>
    </message>
    <message>
        <source>Changed since it was signed</source>
        <translation>Cambiato dopo la firma</translation>
    </message>
    <message>
        <source>Changed since it was signed by {name}, {when}</source>
        <translation>Cambiato dopo la firma di {name}, {when}</translation>
    </message>
</context>
<context>
    <name>Classification</name>
    <message>
        <source>classified</source>
        <translation>classificato</translation>
    </message>
    <message>
        <source>not classified</source>
        <translation>non classificato</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>non noto</translation>
    </message>
    <message>
        <source>{count} of {all} criteria, {needed} needed</source>
        <translation>{count} di {all} criteri, ne servono {needed}</translation>
    </message>
    <message>
        <source>{count} of {all} criteria, {needed} needed, with a clinical and an immunologic one</source>
        <translation>{count} di {all} criteri, ne servono {needed}, almeno uno clinico e uno immunologico</translation>
    </message>
    <message>
        <source>or nephritis on biopsy with ANA or anti-dsDNA</source>
        <translation>oppure nefrite alla biopsia con ANA o anti-dsDNA</translation>
    </message>
    <message>
        <source>entry: ANA at least 1:80</source>
        <translation>ingresso: ANA almeno 1:80</translation>
    </message>
    <message>
        <source>total {count}, {needed} needed, with a clinical criterion</source>
        <translation>totale {count}, ne servono {needed}, con un criterio clinico</translation>
    </message>
    <message>
        <source>could be settled by</source>
        <translation>può essere deciso da</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Close the sheet</source>
        <translation>Chiudi l&apos;elenco</translation>
    </message>
</context>
<context>
    <name>ConnectionCard</name>
    <message>
        <source>Connection to a server</source>
        <translation>Collegamento con un server</translation>
    </message>
    <message>
        <source>Sealed bundles can go to a server from which Pisa takes them, and its answers come back the same way. The computer department or Pisa gives the address and what opens it. Folders and sticks always work.</source>
        <translation>I pacchetti sigillati possono andare a un server da cui Pisa li prende, e le sue risposte tornano per la stessa via. Il reparto informatico o Pisa dà l&apos;indirizzo e ciò che lo apre. Cartelle e chiavette funzionano sempre.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Passphrase of that file, if it has one</source>
        <translation>Frase di quel file, se ne ha una</translation>
    </message>
    <message>
        <source>Password at the proxy</source>
        <translation>Password sul proxy</translation>
    </message>
    <message>
        <source>May stay empty</source>
        <translation>Può restare vuoto</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Indirizzo</translation>
    </message>
    <message>
        <source>https://server.example/folder/</source>
        <translation>https://server.esempio/cartella/</translation>
    </message>
    <message>
        <source>File of the certificate authority</source>
        <translation>File dell&apos;autorità di certificazione</translation>
    </message>
    <message>
        <source>File of this computer&apos;s certificate</source>
        <translation>File del certificato di questo computer</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>sftp.example</source>
        <translation>sftp.esempio</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Porta</translation>
    </message>
    <message>
        <source>Folder on the server</source>
        <translation>Cartella sul server</translation>
    </message>
    <message>
        <source>Key of the server</source>
        <translation>Chiave del server</translation>
    </message>
    <message>
        <source>SHA256:… as its administrator reads it</source>
        <translation>SHA256:… come la legge chi lo amministra</translation>
    </message>
    <message>
        <source>File of this computer&apos;s key</source>
        <translation>File della chiave di questo computer</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>May stay empty; else such as http://proxy.example:8080</source>
        <translation>Può restare vuoto; altrimenti come http://proxy.esempio:8080</translation>
    </message>
    <message>
        <source>User at the proxy</source>
        <translation>Utente sul proxy</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utente</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Scegli…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Scegliere un file</translation>
    </message>
    <message>
        <source>Set up a connection</source>
        <translation>Imposta un collegamento</translation>
    </message>
    <message>
        <source>Keep and try</source>
        <translation>Conserva e prova</translation>
    </message>
    <message>
        <source>Go back without keeping</source>
        <translation>Torna indietro senza salvare</translation>
    </message>
    <message>
        <source>Try the connection</source>
        <translation>Prova il collegamento</translation>
    </message>
    <message>
        <source>Forget the connection</source>
        <translation>Dimentica il collegamento</translation>
    </message>
    <message>
        <source>No connection is set up.</source>
        <translation>Nessun collegamento è impostato.</translation>
    </message>
    <message>
        <source>Set up: {where}, user {user}</source>
        <translation>Impostato: {where}, utente {user}</translation>
    </message>
    <message>
        <source>Set up: {where}</source>
        <translation>Impostato: {where}</translation>
    </message>
    <message>
        <source>The connection is forgotten, with its passwords and keys.</source>
        <translation>Il collegamento è dimenticato, con password e chiavi.</translation>
    </message>
    <message>
        <source>Trying {host}…</source>
        <translation>Si prova {host}…</translation>
    </message>
    <message>
        <source>{host} answers; reading and writing work.</source>
        <translation>{host} risponde; leggere e scrivere funzionano.</translation>
    </message>
    <message>
        <source>{host} can be read, but not written.</source>
        <translation>{host} si può leggere, ma non scrivere.</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n anno</numerusform>
            <numerusform>%n anni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n byte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) late</source>
        <translation>
            <numerusform>in ritardo di %n giorno</numerusform>
            <numerusform>in ritardo di %n giorni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>resta %n giorno</numerusform>
            <numerusform>restano %n giorni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>fra %n giorno</numerusform>
            <numerusform>fra %n giorni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>resta %n ora</numerusform>
            <numerusform>restano %n ore</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n course(s)</source>
        <translation>
            <numerusform>%n schema</numerusform>
            <numerusform>%n schemi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pulse record(s)</source>
        <translation>
            <numerusform>%n serie di boli</numerusform>
            <numerusform>%n serie di boli</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) without anifrolumab</source>
        <translation>
            <numerusform>%n giorno senza anifrolumab</numerusform>
            <numerusform>%n giorni senza anifrolumab</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) from Pisa</source>
        <translation>
            <numerusform>%n richiesta di Pisa</numerusform>
            <numerusform>%n richieste di Pisa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new question(s) (Alt+6).</source>
        <translation>
            <numerusform>%n richiesta nuova (Alt+6).</numerusform>
            <numerusform>%n richieste nuove (Alt+6).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) to earlier questions (Alt+6).</source>
        <translation>
            <numerusform>%n messaggio su richieste precedenti (Alt+6).</numerusform>
            <numerusform>%n messaggi su richieste precedenti (Alt+6).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>e un altro</numerusform>
            <numerusform>e altri %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong passphrase(s) since the last unlocking.</source>
        <translation>
            <numerusform>%n frase di accesso sbagliata dall&apos;ultimo sblocco.</numerusform>
            <numerusform>%n frasi di accesso sbagliate dall&apos;ultimo sblocco.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of the draft are as they were typed.</source>
        <translation>
            <numerusform>%n risposta della bozza è come era stata scritta.</numerusform>
            <numerusform>%n risposte della bozza sono come erano state scritte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) stay as they are.</source>
        <translation>
            <numerusform>%n risposta resta com&apos;è.</numerusform>
            <numerusform>%n risposte restano come sono.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bundle(s) never arrived: {numbers}. Choose each in the list below and save it again.</source>
        <translation>
            <numerusform>%n pacchetto non è mai arrivato: {numbers}. Sceglierlo nell&apos;elenco qui sotto e salvarlo di nuovo.</numerusform>
            <numerusform>%n pacchetti non sono mai arrivati: {numbers}. Sceglierli uno a uno nell&apos;elenco qui sotto e salvarli di nuovo.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the study are there.</source>
        <translation>
            <numerusform>C&apos;è %n file dello studio.</numerusform>
            <numerusform>Ci sono %n file dello studio.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there are no answer of Pisa, or are damaged: they were not used. Tell Pisa.</source>
        <translation>
            <numerusform>%n file non è una risposta di Pisa, o è danneggiato: non è stato usato. Dirlo a Pisa.</numerusform>
            <numerusform>%n file non sono risposte di Pisa, o sono danneggiati: non sono stati usati. Dirlo a Pisa.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n score(s) came out differently in Pisa: the centre will ask about them.</source>
        <translation>
            <numerusform>%n punteggio risulta diverso a Pisa: il coordinamento chiederà spiegazioni.</numerusform>
            <numerusform>%n punteggi risultano diversi a Pisa: il coordinamento chiederà spiegazioni.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{form} (%n question(s))</source>
        <translation>
            <numerusform>{form} (%n domanda)</numerusform>
            <numerusform>{form} (%n domande)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Criteria</name>
    <message>
        <source>clinical SLEDAI-2K {value}, must be 0</source>
        <translation>SLEDAI-2K clinico {value}, deve essere 0</translation>
    </message>
    <message>
        <source>PhGA {value}, below {limit}</source>
        <translation>PhGA {value}, sotto {limit}</translation>
    </message>
    <message>
        <source>PhGA {value}, at most {limit}</source>
        <translation>PhGA {value}, al massimo {limit}</translation>
    </message>
    <message>
        <source>at least {value}</source>
        <translation>almeno {value}</translation>
    </message>
    <message>
        <source>prednisone {value} mg/day, at most {limit}</source>
        <translation>prednisone {value} mg/die, al massimo {limit}</translation>
    </message>
    <message>
        <source>; pulse within 30 days</source>
        <translation>; bolo negli ultimi 30 giorni</translation>
    </message>
    <message>
        <source>stable treatment</source>
        <translation>terapia stabile</translation>
    </message>
    <message>
        <source>treatment started or raised in the last 30 days</source>
        <translation>terapia iniziata o aumentata negli ultimi 30 giorni</translation>
    </message>
    <message>
        <source>stable treatment not stated</source>
        <translation>stabilità della terapia non indicata</translation>
    </message>
    <message>
        <source>SLEDAI-2K {value}, at most {limit}, no major organ</source>
        <translation>SLEDAI-2K {value}, al massimo {limit}, nessun organo maggiore</translation>
    </message>
    <message>
        <source>{criterion}: major-organ activity present</source>
        <translation>{criterion}: attività in un organo maggiore</translation>
    </message>
    <message>
        <source>no new activity: there is no visit before</source>
        <translation>nessuna nuova attività: non c&apos;è una visita precedente</translation>
    </message>
    <message>
        <source>no new activity since the visit before</source>
        <translation>nessuna nuova attività dalla visita precedente</translation>
    </message>
    <message>
        <source>a drug above its maintenance ceiling</source>
        <translation>un farmaco oltre la dose massima di mantenimento</translation>
    </message>
    <message>
        <source>treatment not well tolerated</source>
        <translation>terapia non ben tollerata</translation>
    </message>
    <message>
        <source>investigational drug</source>
        <translation>farmaco sperimentale</translation>
    </message>
    <message>
        <source>maintenance drugs, well tolerated</source>
        <translation>farmaci di mantenimento, ben tollerati</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>in {unit}</source>
        <translation>in {unit}</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>Fonte: {source}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>In words (stays at this site)</source>
        <translation>A parole (resta in questo centro)</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
</context>
<context>
    <name>DoubleLine</name>
    <message>
        <source>{name}, {subject}: {alike} % alike</source>
        <translation>{name}, {subject}: somiglianza {alike} %</translation>
    </message>
    <message>
        <source>It is the same person</source>
        <translation>È la stessa persona</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>È un&apos;altra persona</translation>
    </message>
</context>
<context>
    <name>Editors</name>
    <message>
        <source>Choose</source>
        <translation>Scegliere</translation>
    </message>
    <message>
        <source>day</source>
        <translation>giorno</translation>
    </message>
    <message>
        <source>dd</source>
        <comment>two letters for: day</comment>
        <translation>gg</translation>
    </message>
    <message>
        <source>month</source>
        <translation>mese</translation>
    </message>
    <message>
        <source>mm</source>
        <comment>two letters for: month</comment>
        <translation>mm</translation>
    </message>
    <message>
        <source>year</source>
        <translation>anno</translation>
    </message>
    <message>
        <source>yyyy</source>
        <comment>four letters for: year</comment>
        <translation>aaaa</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>t</source>
        <comment>letter for: today</comment>
        <translation>o</translation>
    </message>
    <message>
        <source>y</source>
        <comment>letter for: yesterday</comment>
        <translation>i</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Manca</translation>
    </message>
    <message>
        <source>{question}: why there is no answer</source>
        <translation>{question}: perché non c&apos;è risposta</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message numerus="yes">
        <source>%n problem(s) to settle</source>
        <translation>
            <numerusform>%n problema da risolvere</numerusform>
            <numerusform>%n problemi da risolvere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) without an answer</source>
        <translation>
            <numerusform>%n domanda senza risposta</numerusform>
            <numerusform>%n domande senza risposta</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnrolledPage</name>
    <message>
        <source>Enrolment</source>
        <translation>Arruolamento</translation>
    </message>
    <message>
        <source>The patient is enrolled. Write this code on the folder:</source>
        <translation>Il paziente è arruolato. Codice da scrivere sulla cartella:</translation>
    </message>
    <message>
        <source>Kept as a screening failure under this code:</source>
        <translation>Conservato come non idoneo allo screening, con questo codice:</translation>
    </message>
    <message>
        <source>Study code {code}</source>
        <translation>Codice dello studio {code}</translation>
    </message>
    <message>
        <source>The code says nothing about the person. The name stays on this computer, the code goes to Pisa.</source>
        <translation>Il codice non dice nulla della persona. Il nome resta su questo computer, il codice va a Pisa.</translation>
    </message>
    <message>
        <source>Begin the first visit</source>
        <translation>Inizia la prima visita</translation>
    </message>
    <message>
        <source>Fill in the medical history</source>
        <translation>Compila l&apos;anamnesi</translation>
    </message>
    <message>
        <source>Back to Today</source>
        <translation>Torna a Oggi</translation>
    </message>
</context>
<context>
    <name>Enrolment</name>
    <message>
        <source>A criterion is not met: the person is kept as a screening failure, under the code only.</source>
        <translation>Un criterio non è soddisfatto: la persona viene conservata come non idonea allo screening, con il solo codice.</translation>
    </message>
    <message>
        <source>All criteria are met: the person is enrolled, and the first visit can begin.</source>
        <translation>Tutti i criteri sono soddisfatti: la persona viene arruolata e la prima visita può iniziare.</translation>
    </message>
    <message>
        <source>Sign the enrolment</source>
        <translation>Firmare l&apos;arruolamento</translation>
    </message>
    <message>
        <source>Meaning: I am responsible for what is entered here.</source>
        <translation>Significato: responsabilità dei dati inseriti qui.</translation>
    </message>
    <message>
        <source>Passphrase of the person signing</source>
        <translation>Frase di accesso di chi firma</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>Arruolamento</translation>
    </message>
    <message>
        <source>The enrolment cannot be finished yet</source>
        <translation>L&apos;arruolamento non può ancora essere concluso</translation>
    </message>
    <message>
        <source>Type who the patient is, and save it.</source>
        <translation>Scrivere chi è il paziente e salvare l&apos;identità.</translation>
    </message>
    <message>
        <source>Go to “{question}”</source>
        <translation>Vai a «{question}»</translation>
    </message>
</context>
<context>
    <name>EnrolmentCard</name>
    <message>
        <source>Enrolment</source>
        <translation>Arruolamento</translation>
    </message>
    <message numerus="yes">
        <source>%n patient(s) enrolled</source>
        <translation>
            <numerusform>%n paziente arruolato</numerusform>
            <numerusform>%n pazienti arruolati</numerusform>
        </translation>
    </message>
    <message>
        <source>{screening} in screening · {failed} not eligible</source>
        <translation>{screening} in screening · {failed} non idonei</translation>
    </message>
</context>
<context>
    <name>EnterDialog</name>
    <message>
        <source>Each row is entered under your code, as transcribed from this file. Enrolments are signed with it, other records are drafts unless the mapping says otherwise. Refused rows are left out.</source>
        <translation>Ogni riga viene inserita con il codice di chi inserisce, come trascritta da questo file. Gli arruolamenti vengono firmati, le altre schede sono bozze se la mappa non dice altro. Le righe rifiutate restano fuori.</translation>
    </message>
    <message>
        <source>The passphrase is being checked…</source>
        <translation>La frase di accesso viene controllata…</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>La propria frase di accesso</translation>
    </message>
    <message>
        <source>Enter them</source>
        <translation>Inserisci</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Entries of the audit trail</source>
        <translation>Voci del registro</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Before → after</source>
        <translation>Prima → dopo</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>No entry is like that: change or clear the filters.</source>
        <translation>Nessuna voce è così: cambiare o azzerare i filtri.</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>Più recenti</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Precedenti</translation>
    </message>
    <message>
        <source>{first}–{last} of {found}</source>
        <translation>{first}–{last} di {found}</translation>
    </message>
    <message>
        <source>Entries shown: {shown}</source>
        <translation>Voci mostrate: {shown}</translation>
    </message>
</context>
<context>
    <name>ErasePage</name>
    <message>
        <source>Erase what was typed by mistake</source>
        <translation>Cancellare ciò che fu digitato per errore</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>What is to go</source>
        <translation>Che cosa va cancellato</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>What an answer was before</source>
        <translation>Una risposta com&apos;era prima</translation>
    </message>
    <message>
        <source>The words of a reason</source>
        <translation>Le parole di un motivo</translation>
    </message>
    <message>
        <source>What the identity was before</source>
        <translation>L&apos;identità com&apos;era prima</translation>
    </message>
    <message>
        <source>The whole identity</source>
        <translation>Tutta l&apos;identità</translation>
    </message>
    <message>
        <source>What can be erased</source>
        <translation>Che cosa si può cancellare</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Testo</translation>
    </message>
    <message>
        <source>The reasons of erasures are not listed: look for the erasure in the audit trail, where its reason can be erased too.</source>
        <translation>I motivi delle cancellazioni non sono elencati: cercare la cancellazione nel registro, dove si può cancellare anche il suo motivo.</translation>
    </message>
    <message>
        <source>Choose the patient and what is to go.</source>
        <translation>Scegliere il paziente e che cosa va cancellato.</translation>
    </message>
    <message>
        <source>There is nothing to erase. What stands in an answer now is corrected first, as any other, and can be erased afterwards.</source>
        <translation>Non c&apos;è nulla da cancellare. Ciò che si legge adesso in una risposta va prima corretto, come ogni altra, e si può cancellare dopo.</translation>
    </message>
    <message>
        <source>There is nothing to erase.</source>
        <translation>Non c&apos;è nulla da cancellare.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>It stays in the audit trail: write it without the name that is to go</source>
        <translation>Resta nel registro: scriverlo senza il nome da cancellare</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>La propria frase di accesso</translation>
    </message>
    <message>
        <source>It is being erased, and the file is written anew</source>
        <translation>Cancellazione in corso; il file viene riscritto</translation>
    </message>
    <message>
        <source>Erase for ever</source>
        <translation>Cancella per sempre</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Che cosa accade</translation>
    </message>
    <message>
        <source>Choose first what is to go.</source>
        <translation>Scegliere prima che cosa va cancellato.</translation>
    </message>
    <message>
        <source>This will go: “{text}”</source>
        <translation>Sarà cancellato: «{text}»</translation>
    </message>
    <message>
        <source>In its place stays its hash (SHA-256), and the audit trail keeps who erased it, when and why. It cannot be undone.</source>
        <translation>Al suo posto resta l&apos;impronta (SHA-256), e il registro dice chi l&apos;ha cancellato, quando e perché. Non si può annullare.</translation>
    </message>
    <message>
        <source>Bundles already sent are not reached, and need not be: they hold no name and no free text. Backups, archives and prints of before still hold it; the backups will be named.</source>
        <translation>I pacchetti già inviati non si raggiungono, e non serve: non contengono nomi né testi liberi. Backup, archivi e stampe di prima lo contengono ancora; i backup saranno indicati.</translation>
    </message>
    <message>
        <source>The text goes from the drafts, from the earlier versions of the form and from the audit trail. What stands in the answer now stays.</source>
        <translation>Il testo sparisce dalle bozze, dalle versioni precedenti della scheda e dal registro. Ciò che si legge adesso nella risposta resta.</translation>
    </message>
    <message>
        <source>The words go wherever they are the reason for a change (entries of the audit trail: {count}); the coded reason stays. Forms whose last version was given with them have to be signed again.</source>
        <translation>Le parole spariscono ovunque siano il motivo di un cambiamento (voci del registro: {count}); il motivo codificato resta. Le schede la cui ultima versione aveva quel motivo vanno firmate di nuovo.</translation>
    </message>
    <message>
        <source>What the identity was before goes from this computer. The present one stays.</source>
        <translation>L&apos;identità com&apos;era prima sparisce da questo computer. Quella attuale resta.</translation>
    </message>
    <message>
        <source>The whole identity goes from this computer, as it is and as it was. The study code and the answers stay.</source>
        <translation>Tutta l&apos;identità, com&apos;è e com&apos;era, sparisce da questo computer. Il codice di studio e le risposte restano.</translation>
    </message>
    <message>
        <source>Type why.</source>
        <translation>Scrivere il motivo.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Scrivere la frase di accesso.</translation>
    </message>
    <message>
        <source>There was nothing to erase.</source>
        <translation>Non c&apos;era nulla da cancellare.</translation>
    </message>
    <message>
        <source>The file was written anew.</source>
        <translation>Il file è stato riscritto.</translation>
    </message>
    <message>
        <source>Entries of the audit trail: {entries}; versions of forms: {versions}.</source>
        <translation>Voci del registro: {entries}; versioni di schede: {versions}.</translation>
    </message>
    <message>
        <source>The patient has no identity here now: type the right one at the enrolment.</source>
        <translation>Ora questo paziente qui non ha un&apos;identità: digitare quella giusta nell&apos;arruolamento.</translation>
    </message>
    <message>
        <source>See under “What is not signed” which forms are to be signed again.</source>
        <translation>In «Che cosa non è firmato» si vede quali schede vanno firmate di nuovo.</translation>
    </message>
    <message>
        <source>These backups still hold it: {names}. Make a new one and, if it must be, destroy these and every other copy.</source>
        <translation>Lo contengono ancora i backup: {names}. Farne uno nuovo e, se si deve, distruggere questi e ogni altra copia.</translation>
    </message>
    <message>
        <source>So do these folders of earlier data: {names}.</source>
        <translation>E così queste cartelle di dati precedenti: {names}.</translation>
    </message>
    <message>
        <source>Erased; the file was written anew without it.</source>
        <translation>Cancellato; il file è stato riscritto senza.</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>Add an event</source>
        <translation>Aggiungere un evento</translation>
    </message>
    <message>
        <source>Kind of event, by its first letters</source>
        <translation>Tipo di evento, dalle prime lettere</translation>
    </message>
</context>
<context>
    <name>ExchangeKeysCard</name>
    <message>
        <source>Keys for the exchange with Pisa</source>
        <translation>Chiavi per lo scambio con Pisa</translation>
    </message>
    <message>
        <source>Fingerprint as Pisa reads it out</source>
        <translation>Impronta come la legge Pisa</translation>
    </message>
    <message>
        <source>It must be that of the new root</source>
        <translation>Dev&apos;essere quella della nuova radice</translation>
    </message>
    <message>
        <source>It is the same: use the new keys</source>
        <translation>È la stessa: usare le chiavi nuove</translation>
    </message>
    <message>
        <source>Why new keys are needed</source>
        <translation>Perché servono chiavi nuove</translation>
    </message>
    <message>
        <source>New signing keys</source>
        <translation>Nuove chiavi di firma</translation>
    </message>
    <message>
        <source>This computer signs with the keys of the card {fingerprint}.</source>
        <translation>Questo computer firma con le chiavi della scheda {fingerprint}.</translation>
    </message>
    <message>
        <source>New keys were announced in bundle {number}: they hold from Pisa&apos;s receipt on.</source>
        <translation>Le chiavi nuove sono state annunciate nel pacchetto {number}: valgono dalla ricevuta di Pisa.</translation>
    </message>
    <message>
        <source>New keys are ready: the next sending announces them to Pisa.</source>
        <translation>Le chiavi nuove sono pronte: il prossimo invio le annuncia a Pisa.</translation>
    </message>
    <message>
        <source>Keys of Pisa: version {version}, valid until {day}; fingerprint {fingerprint}.</source>
        <translation>Chiavi di Pisa: versione {version}, valide fino al {day}; impronta {fingerprint}.</translation>
    </message>
    <message>
        <source>Pisa has a new root key, signed by the old one too. Fingerprint before: {old}; new: {new}. Have the new one read out on the telephone before you go on.</source>
        <translation>Pisa ha una nuova chiave radice, firmata anche dalla vecchia. Impronta di prima: {old}; nuova: {new}. Farsi leggere la nuova al telefono prima di continuare.</translation>
    </message>
    <message>
        <source>The keys of Pisa have expired: work and sending go on; ask Pisa for the new ones.</source>
        <translation>Le chiavi di Pisa sono scadute: si continua a lavorare e a inviare; chiedere a Pisa quelle nuove.</translation>
    </message>
    <message>
        <source>New keys are made: the next sending announces them, and nothing is sent again.</source>
        <translation>Le chiavi nuove sono fatte: il prossimo invio le annuncia, e nulla si invia di nuovo.</translation>
    </message>
    <message>
        <source>The new keys of Pisa are in use.</source>
        <translation>Le chiavi nuove di Pisa sono in uso.</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>day</source>
        <translation>giorno</translation>
    </message>
    <message>
        <source>dd</source>
        <comment>two letters for: day</comment>
        <translation>gg</translation>
    </message>
    <message>
        <source>month</source>
        <translation>mese</translation>
    </message>
    <message>
        <source>mm</source>
        <comment>two letters for: month</comment>
        <translation>mm</translation>
    </message>
    <message>
        <source>year</source>
        <translation>anno</translation>
    </message>
    <message>
        <source>yyyy</source>
        <comment>four letters for: year</comment>
        <translation>aaaa</translation>
    </message>
    <message>
        <source>Type the year with four digits, for example 1984.</source>
        <translation>Scrivere l&apos;anno con quattro cifre, per esempio 1984.</translation>
    </message>
    <message>
        <source>There is no such day. Type it as 14/03/2026.</source>
        <translation>Questo giorno non esiste. Scriverlo come 14/03/2026.</translation>
    </message>
    <message>
        <source>This is not a whole date. Type it as 14/03/2026.</source>
        <translation>Questa non è una data completa. Scriverla come 14/03/2026.</translation>
    </message>
    <message>
        <source>The capitals key seems to be on.</source>
        <translation>Il tasto delle maiuscole sembra attivo.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Nascondi</translation>
    </message>
    <message>
        <source>Hide the passphrase</source>
        <translation>Nascondi la frase di accesso</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>Show the passphrase</source>
        <translation>Mostra la frase di accesso</translation>
    </message>
</context>
<context>
    <name>FilesCard</name>
    <message>
        <source>The files</source>
        <translation>I file</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabella</translation>
    </message>
    <message>
        <source>A CSV file or an Excel workbook (.xlsx), also a REDCap export</source>
        <translation>Un file CSV o una cartella di Excel (.xlsx), anche un&apos;esportazione di REDCap</translation>
    </message>
    <message>
        <source>Mapping file</source>
        <translation>File della mappa</translation>
    </message>
    <message>
        <source>Says which column answers which question (.toml); see the manual of the import</source>
        <translation>Dice quale colonna risponde a quale domanda (.toml); vedi il manuale dell&apos;importazione</translation>
    </message>
    <message>
        <source>Row of the names</source>
        <translation>Riga dei nomi</translation>
    </message>
    <message>
        <source>Of the columns</source>
        <translation>Delle colonne</translation>
    </message>
    <message>
        <source>Try the rows</source>
        <translation>Prova le righe</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Foglio</translation>
    </message>
    <message>
        <source>Where a workbook has several</source>
        <translation>Se la cartella ne ha più d&apos;uno</translation>
    </message>
    <message>
        <source>Write a draft of the mapping</source>
        <translation>Scrivi una bozza della mappa</translation>
    </message>
    <message>
        <source>First every row is tried, and nothing is changed: you see which rows are accepted, and why the others are not. A file with names stays on the site&apos;s own disk; delete it once everything is entered.</source>
        <translation>Prima si prova ogni riga e nulla viene cambiato: si vede quali righe sono accettate, e perché le altre no. Un file con nomi resta sul disco del centro; va eliminato quando tutto è inserito.</translation>
    </message>
    <message>
        <source>No mapping yet? A draft is written beside the table, to be gone through and completed.</source>
        <translation>Ancora nessuna mappa? Se ne scrive una bozza accanto alla tabella, da controllare e completare.</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.xlsx)</source>
        <translation>Tabelle (*.csv *.txt *.xlsx)</translation>
    </message>
    <message>
        <source>Mapping files (*.toml)</source>
        <translation>File della mappa (*.toml)</translation>
    </message>
    <message>
        <source>Write where the table is, or choose it.</source>
        <translation>Indicare dove si trova la tabella, o sceglierla.</translation>
    </message>
    <message>
        <source>Write where the mapping file is, or choose it; or have a draft written.</source>
        <translation>Indicare dove si trova il file della mappa, o sceglierlo; oppure farne scrivere una bozza.</translation>
    </message>
    <message>
        <source>Type the number of a row, from 1.</source>
        <translation>Scrivere il numero di una riga, da 1.</translation>
    </message>
    <message>
        <source>The draft {name} is written beside the table.</source>
        <translation>La bozza {name} è scritta accanto alla tabella.</translation>
    </message>
    <message>
        <source>Open it with a text editor and go through each line: what is certain stands as it is, the rest behind a #. Save it, then try the rows.</source>
        <translation>Aprirla con un editor di testo e controllare ogni riga: ciò che è certo sta com&apos;è, il resto dietro un #. Salvarla, poi provare le righe.</translation>
    </message>
    <message>
        <source>The table or its mapping cannot be used yet.</source>
        <translation>La tabella o la sua mappa non si possono ancora usare.</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Study code</source>
        <translation>Codice di studio</translation>
    </message>
    <message>
        <source>Words or name</source>
        <translation>Parole o nome</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Dal</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Al</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Azzera</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>Visit or event</source>
        <translation>Visita o evento</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Scheda</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambiamenti</translation>
    </message>
    <message>
        <source>All filters</source>
        <translation>Tutti i filtri</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Azzera tutti i filtri</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tutti</translation>
    </message>
</context>
<context>
    <name>FindDialog</name>
    <message>
        <source>Find</source>
        <translation>Trova</translation>
    </message>
    <message>
        <source>Patient by code or name, question, or command</source>
        <translation>Paziente per codice o nome, domanda o comando</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trovati</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Nothing is called like this.</source>
        <translation>Nulla si chiama così.</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Making the site</source>
        <translation>Creazione del centro</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation>Passo {number} di {all}</translation>
    </message>
    <message>
        <source>Create the site</source>
        <translation>Crea il centro</translation>
    </message>
    <message>
        <source>Checking the file</source>
        <translation>Controllo del file</translation>
    </message>
    <message>
        <source>Nothing was created. What was typed is still here.</source>
        <translation>Non è stato creato nulla. Quanto scritto è ancora qui.</translation>
    </message>
</context>
<context>
    <name>FirstSheet</name>
    <message>
        <source>Later</source>
        <translation>Più tardi</translation>
    </message>
    <message>
        <source>Later is possible: Today asks for it until it is done. Until then, a passphrase that is forgotten loses what was not yet sent to Pisa, unless there is another administrator.</source>
        <translation>Si può fare più tardi: la pagina Oggi lo chiede finché non è fatto. Fino ad allora, se la frase di accesso è dimenticata e non c&apos;è un altro amministratore, si perde ciò che non è ancora stato inviato a Pisa.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>The recovery sheet</source>
        <translation>Il foglio di recupero</translation>
    </message>
</context>
<context>
    <name>FormsCard</name>
    <message>
        <source>Version of the forms</source>
        <translation>Versione delle schede</translation>
    </message>
    <message>
        <source>Put it into use</source>
        <translation>Metti in uso</translation>
    </message>
    <message>
        <source>In use: {id} ({note}).</source>
        <translation>In uso: {id} ({note}).</translation>
    </message>
    <message>
        <source>It is kept. Update the program, then put it into use here.</source>
        <translation>È conservata. Aggiorna il programma, poi mettila in uso qui.</translation>
    </message>
    <message>
        <source>Version {id} needs a newer version of the program</source>
        <translation>La versione {id} richiede una versione più nuova del programma</translation>
    </message>
    <message>
        <source>Version {id} has come from Pisa</source>
        <translation>È arrivata da Pisa la versione {id}</translation>
    </message>
    <message>
        <source>New visits are made under it; what was completed stays under its own version.</source>
        <translation>Le nuove visite si fanno con questa; ciò che è completo resta con la propria versione.</translation>
    </message>
    <message>
        <source>Open drafts stay with theirs until somebody moves them: {count}.</source>
        <translation>Le bozze aperte restano con la loro finché qualcuno non le sposta: {count}.</translation>
    </message>
    <message>
        <source>A site administrator puts it into use.</source>
        <translation>La mette in uso un amministratore del centro.</translation>
    </message>
    <message>
        <source>Put the new version into use?</source>
        <translation>Mettere in uso la nuova versione?</translation>
    </message>
    <message>
        <source>There is no way back to the older one for new visits.</source>
        <translation>Per le nuove visite non si torna alla precedente.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>The new version is in use from now on.</source>
        <translation>Da ora è in uso la nuova versione.</translation>
    </message>
    <message>
        <source>form</source>
        <translation>scheda</translation>
    </message>
    <message>
        <source>new question</source>
        <translation>domanda nuova</translation>
    </message>
    <message>
        <source>question renamed</source>
        <translation>domanda rinominata</translation>
    </message>
    <message>
        <source>question withdrawn</source>
        <translation>domanda ritirata</translation>
    </message>
    <message>
        <source>asked in other cases</source>
        <translation>chiesta in altri casi</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>limiti</translation>
    </message>
    <message>
        <source>possible answers</source>
        <translation>risposte possibili</translation>
    </message>
    <message>
        <source>check</source>
        <translation>controllo</translation>
    </message>
    <message>
        <source>wording</source>
        <translation>testo</translation>
    </message>
</context>
<context>
    <name>FromPisaCard</name>
    <message>
        <source>Come from Pisa</source>
        <translation>Arrivato da Pisa</translation>
    </message>
    <message>
        <source>A site administrator compares its fingerprint by telephone; until then Pisa&apos;s new answers cannot be read.</source>
        <translation>Un amministratore ne confronta l&apos;impronta per telefono; fino ad allora le nuove risposte di Pisa non si leggono.</translation>
    </message>
    <message>
        <source>A new root of Pisa&apos;s keys waits</source>
        <translation>Attende una radice nuova delle chiavi di Pisa</translation>
    </message>
    <message>
        <source>Version {id} of the forms waits</source>
        <translation>Attende la versione {id} delle schede</translation>
    </message>
    <message>
        <source>See what it changes; a site administrator puts it into use.</source>
        <translation>Vedere che cosa cambia; un amministratore la mette in uso.</translation>
    </message>
</context>
<context>
    <name>GapCard</name>
    <message>
        <source>Anifrolumab not given</source>
        <translation>Anifrolumab non somministrato</translation>
    </message>
</context>
<context>
    <name>Gaps</name>
    <message>
        <source>Last dose {date}. A record that may explain it is open: finish it.</source>
        <translation>Ultima dose {date}. Una scheda che può spiegarlo è aperta: completarla.</translation>
    </message>
    <message>
        <source>Last dose {date}. Enter the doses missing here, or say: temporary or permanent?</source>
        <translation>Ultima dose {date}. Inserire le dosi che mancano qui, oppure dire: temporanea o definitiva?</translation>
    </message>
</context>
<context>
    <name>GivePage</name>
    <message>
        <source>Move to another computer</source>
        <translation>Sposta su un altro computer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Everything is checked, and the file is sealed</source>
        <translation>Si controlla tutto e si sigilla il file</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Consegna</translation>
    </message>
    <message>
        <source>Everything of the patient goes into one file that only the other computer can open: versions, drafts, signatures, the audit trail, and who the patient is. Bring it there by hand, never by way of Pisa. From then on the record is only read here. Pisa learns of it with the next sending of both sides.</source>
        <translation>Tutto ciò che riguarda il paziente va in un solo file che soltanto l&apos;altro computer può aprire: versioni, bozze, firme, registro, e chi è il paziente. Va portato là a mano, mai attraverso Pisa. Da quel momento qui si legge soltanto. Pisa lo sa dal prossimo invio di entrambe le parti.</translation>
    </message>
    <message>
        <source>Card of the computer that goes on</source>
        <translation>Scheda del computer che prosegue</translation>
    </message>
    <message>
        <source>A file card-….anfk of that computer</source>
        <translation>Un file card-….anfk di quel computer</translation>
    </message>
    <message>
        <source>Its fingerprint</source>
        <translation>La sua impronta</translation>
    </message>
    <message>
        <source>As it is read out there: five groups of five letters</source>
        <translation>Come viene letta là: cinque gruppi di cinque lettere</translation>
    </message>
    <message>
        <source>Folder for the file</source>
        <translation>Cartella per il file</translation>
    </message>
    <message>
        <source>A stick that stays in your hands</source>
        <translation>Una chiavetta che resta nelle proprie mani</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>La propria frase di accesso</translation>
    </message>
    <message>
        <source>The file once more</source>
        <translation>Di nuovo il file</translation>
    </message>
    <message>
        <source>If the file did not arrive, the very same one can be written again.</source>
        <translation>Se il file non è arrivato, si può riscrivere esattamente lo stesso.</translation>
    </message>
    <message>
        <source>Write the file again</source>
        <translation>Riscrivi il file</translation>
    </message>
    <message>
        <source>Change who goes on</source>
        <translation>Cambia chi prosegue</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>It stays in the audit trail</source>
        <translation>Resta nel registro</translation>
    </message>
    <message>
        <source>The patient was handed over to {other}. Only if the file was never used there and never will be, the patient can be taken back: telephone first. If both go on, Pisa sees it and asks.</source>
        <translation>Il paziente è stato consegnato a {other}. Si può riprendere solo se là il file non è mai stato usato e non lo sarà: prima telefonare. Se proseguono tutti e due, Pisa lo vede e chiede.</translation>
    </message>
    <message>
        <source>Take the patient back</source>
        <translation>Riprendi il paziente</translation>
    </message>
    <message>
        <source>The patient was taken back from {other}. If the file had been used there all the same, leave the patient there: what was entered here since stays, to be read only.</source>
        <translation>Il paziente è stato ripreso da {other}. Se là il file era stato usato lo stesso, lascia il paziente là: ciò che è stato inserito qui nel frattempo resta, solo da leggere.</translation>
    </message>
    <message>
        <source>Leave the patient there</source>
        <translation>Lascia il paziente là</translation>
    </message>
    <message>
        <source>The patient was taken over from {other}. If that was a mistake and the old computer goes on, give the patient up here: what was entered here stays, to be read only.</source>
        <translation>Il paziente è stato preso in carico da {other}. Se è stato un errore e prosegue il computer di prima, lascialo: ciò che è stato inserito qui resta, solo da leggere.</translation>
    </message>
    <message>
        <source>Give the patient up</source>
        <translation>Lascia il paziente</translation>
    </message>
    <message>
        <source>Say where the card is.</source>
        <translation>Indicare dov&apos;è la scheda.</translation>
    </message>
    <message>
        <source>Type the fingerprint.</source>
        <translation>Digitare l&apos;impronta.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Digitare la frase di accesso.</translation>
    </message>
    <message>
        <source>Say where the file goes.</source>
        <translation>Indicare dove va il file.</translation>
    </message>
    <message>
        <source>Type why.</source>
        <translation>Scrivere perché.</translation>
    </message>
    <message>
        <source>In the folder: {name} and {card}. Read this fingerprint out there: {fingerprint}</source>
        <translation>Nella cartella: {name} e {card}. Impronta da leggere là: {fingerprint}</translation>
    </message>
    <message>
        <source>Handed over to {other}</source>
        <translation>Consegnato a {other}</translation>
    </message>
    <message>
        <source>Done. Pisa learns of it with the next sending.</source>
        <translation>Fatto. Pisa lo saprà dal prossimo invio.</translation>
    </message>
    <message>
        <source>Cards (*.anfk)</source>
        <translation>Schede (*.anfk)</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>Torna alle domande</translation>
    </message>
    <message>
        <source>Back to the visit</source>
        <translation>Torna alla visita</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Conferma</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Cancella l&apos;ultima cifra</translation>
    </message>
    <message>
        <source>For the clinic</source>
        <translation>Per il personale</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Avanti</translation>
    </message>
    <message>
        <source>Passphrase of the person who handed it over</source>
        <translation>Frase di accesso di chi lo ha consegnato</translation>
    </message>
    <message>
        <source>Please give the tablet or computer back</source>
        <translation>Restituire per favore il tablet o il computer</translation>
    </message>
    <message>
        <source>Questions for the patient</source>
        <translation>Domande per il paziente</translation>
    </message>
    <message>
        <source>Read this question on the paper form and give the number of the answer here.</source>
        <translation>Leggere questa domanda sul foglio e indicare qui il numero della risposta.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Salta</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Fermarsi qui</translation>
    </message>
    <message>
        <source>Thank you. All {asked} questions have an answer.</source>
        <translation>Grazie. Tutte le {asked} domande hanno una risposta.</translation>
    </message>
    <message>
        <source>The last answers are not saved yet: please give the tablet or computer back.</source>
        <translation>Le ultime risposte non sono ancora salvate: restituire per favore il tablet o il computer.</translation>
    </message>
    <message>
        <source>To the questions without an answer</source>
        <translation>Alle domande senza risposta</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Scrivere la frase di accesso.</translation>
    </message>
    <message>
        <source>{answered} of {asked} questions have an answer.</source>
        <translation>Domande con una risposta: {answered} su {asked}.</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} di {total}</translation>
    </message>
</context>
<context>
    <name>HistoryCard</name>
    <message>
        <source>Changes of people and rights</source>
        <translation>Modifiche di persone e diritti</translation>
    </message>
    <message>
        <source>Nothing was changed since the site was made.</source>
        <translation>Nessuna modifica da quando il centro è stato creato.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Da</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Su</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
</context>
<context>
    <name>IdentityCard</name>
    <message>
        <source>Identity, on this computer only</source>
        <translation>Identità, solo su questo computer</translation>
    </message>
    <message>
        <source>Surname</source>
        <translation>Cognome</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>Data di nascita</translation>
    </message>
    <message>
        <source>Tax code</source>
        <translation>Codice fiscale</translation>
    </message>
    <message>
        <source>Hospital number</source>
        <translation>Numero ospedaliero</translation>
    </message>
    <message>
        <source>Check and save the identity</source>
        <translation>Controlla e salva l&apos;identità</translation>
    </message>
    <message>
        <source>Kept in its own encrypted file. Nothing of it is ever sent.</source>
        <translation>Conservata in un archivio cifrato a parte. Non viene mai inviata.</translation>
    </message>
    <message>
        <source>The tax code says another birth date: check both.</source>
        <translation>Il codice fiscale indica un&apos;altra data di nascita: controllare entrambi.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Non ancora salvata</translation>
    </message>
    <message>
        <source>The birth date lies in the future: correct it.</source>
        <translation>La data di nascita è nel futuro: va corretta.</translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) old today</source>
        <translation>
            <numerusform>%n anno compiuto a oggi</numerusform>
            <numerusform>%n anni compiuti a oggi</numerusform>
        </translation>
    </message>
    <message>
        <source>The check letter does not fit: read it again from the card.</source>
        <translation>La lettera di controllo non corrisponde: rileggere il codice dalla tessera.</translation>
    </message>
    <message>
        <source>Type the surname.</source>
        <translation>Scrivere il cognome.</translation>
    </message>
    <message>
        <source>Type the name.</source>
        <translation>Scrivere il nome.</translation>
    </message>
    <message>
        <source>Type the birth date.</source>
        <translation>Scrivere la data di nascita.</translation>
    </message>
    <message>
        <source>This person may be known here already</source>
        <translation>Questa persona potrebbe essere già presente</translation>
    </message>
    <message>
        <source>Answer for each, then save.</source>
        <translation>Rispondere per ciascuna, poi salvare.</translation>
    </message>
    <message>
        <source>Nothing of the identity was saved. Work on under the code {subject}; this enrolment stays in screening, without a name, and is not sent.</source>
        <translation>L&apos;identità non è stata salvata. Si continua con il codice {subject}; questo arruolamento resta in screening, senza nome, e non viene inviato.</translation>
    </message>
    <message>
        <source>Already here as {subject}</source>
        <translation>Già presente come {subject}</translation>
    </message>
    <message>
        <source>Open {subject}</source>
        <translation>Apri {subject}</translation>
    </message>
    <message>
        <source>Identity saved. It stays on this computer.</source>
        <translation>Identità salvata. Resta su questo computer.</translation>
    </message>
    <message>
        <source>The identity is not saved.</source>
        <translation>L&apos;identità non è salvata.</translation>
    </message>
</context>
<context>
    <name>IdentityStep</name>
    <message>
        <source>Identity</source>
        <translation>Identità</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>Torna alle domande</translation>
    </message>
    <message>
        <source>Once the identity is saved, the enrolment is signed.</source>
        <translation>Salvata l&apos;identità, si firma l&apos;arruolamento.</translation>
    </message>
    <message>
        <source>Finish the enrolment</source>
        <translation>Concludi l&apos;arruolamento</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Import from a spreadsheet</source>
        <translation>Importa da un foglio di calcolo</translation>
    </message>
    <message>
        <source>What a site has in a spreadsheet or a REDCap export becomes patients, visits and events here. Each row is tried first.</source>
        <translation>Ciò che il centro ha in un foglio di calcolo o in un&apos;esportazione di REDCap diventa qui pazienti, visite ed eventi. Prima si prova ogni riga.</translation>
    </message>
    <message>
        <source>An investigator or a person of data entry imports what a site has in a spreadsheet.</source>
        <translation>Ciò che il centro ha in un foglio di calcolo lo importa uno sperimentatore o chi inserisce i dati.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importa…</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import from a spreadsheet</source>
        <translation>Importa da un foglio di calcolo</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Importing enrols patients and enters answers: only an investigator or a person for data entry may import. Ask one of them.</source>
        <translation>Importare arruola pazienti e inserisce risposte: possono importare solo uno sperimentatore o chi inserisce i dati. Chiedere a uno di loro.</translation>
    </message>
    <message>
        <source>Stopped: nothing was changed.</source>
        <translation>Fermato: nulla è stato cambiato.</translation>
    </message>
    <message>
        <source>Refused: {count}. Mend these rows in the file, or the mapping, and try again.</source>
        <translation>Rifiutate: {count}. Correggere queste righe nel file, o la mappa, e provare di nuovo.</translation>
    </message>
    <message>
        <source>Every row was tried; nothing was changed.</source>
        <translation>Ogni riga è stata provata; nulla è stato cambiato.</translation>
    </message>
    <message>
        <source>Nothing new in this file; nothing was changed.</source>
        <translation>Nulla di nuovo in questo file; nulla è stato cambiato.</translation>
    </message>
    <message numerus="yes">
        <source>Stopped: %n row(s) are entered.</source>
        <translation>
            <numerusform>Fermato: %n riga è inserita.</numerusform>
            <numerusform>Fermato: %n righe sono inserite.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are entered as transcriptions.</source>
        <translation>
            <numerusform>%n riga è inserita come trascrizione.</numerusform>
            <numerusform>%n righe sono inserite come trascrizioni.</numerusform>
        </translation>
    </message>
    <message>
        <source>The same file entered again changes nothing.</source>
        <translation>Lo stesso file, inserito di nuovo, non cambia nulla.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are entered and stay.</source>
        <translation>
            <numerusform>%n riga è inserita e resta.</numerusform>
            <numerusform>%n righe sono inserite e restano.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try the same file again to go on: what is there already is recognised.</source>
        <translation>Per continuare provare di nuovo lo stesso file: ciò che c&apos;è già viene riconosciuto.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Scegli…</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Next open question</source>
        <translation>Prossima domanda aperta</translation>
    </message>
    <message>
        <source>Next section</source>
        <translation>Sezione successiva</translation>
    </message>
    <message>
        <source>Previous section</source>
        <translation>Sezione precedente</translation>
    </message>
    <message>
        <source>All remaining absent</source>
        <translation>Tutti gli altri assenti</translation>
    </message>
    <message>
        <source>Same as last visit: this question</source>
        <translation>Come alla visita precedente: questa domanda</translation>
    </message>
    <message>
        <source>Same as last visit: this section</source>
        <translation>Come alla visita precedente: questa sezione</translation>
    </message>
    <message>
        <source>No answer: say why</source>
        <translation>Senza risposta: indica il motivo</translation>
    </message>
    <message>
        <source>Take the suggested answer</source>
        <translation>Accetta la risposta suggerita</translation>
    </message>
    <message>
        <source>Keep the answer, with a reason</source>
        <translation>Mantieni la risposta, con un motivo</translation>
    </message>
    <message>
        <source>Definition and source</source>
        <translation>Definizione e fonte</translation>
    </message>
    <message>
        <source>History of the question</source>
        <translation>Storia della domanda</translation>
    </message>
    <message>
        <source>What Pisa asks: about this question, else the next</source>
        <translation>Che cosa chiede Pisa: su questa domanda, o la prossima</translation>
    </message>
    <message>
        <source>Between list, questions and scores</source>
        <translation>Tra elenco, domande e punteggi</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla l&apos;ultima modifica</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Ripeti la modifica</translation>
    </message>
    <message>
        <source>Review and sign</source>
        <translation>Rivedi e firma</translation>
    </message>
    <message>
        <source>Back to where you came from</source>
        <translation>Indietro, da dove si veniva</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
    <message>
        <source>3, then {letters}</source>
        <translation>3, poi {letters}</translation>
    </message>
    <message>
        <source>Answer present or yes; the same key again clears</source>
        <translation>Risposta presente o sì; lo stesso tasto la toglie</translation>
    </message>
    <message>
        <source>Answer absent or no</source>
        <translation>Risposta assente o no</translation>
    </message>
    <message>
        <source>No answer, and why</source>
        <translation>Nessuna risposta, e perché</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>Domanda successiva</translation>
    </message>
    <message>
        <source>Enter or ↓</source>
        <translation>Invio o ↓</translation>
    </message>
    <message>
        <source>Previous question</source>
        <translation>Domanda precedente</translation>
    </message>
    <message>
        <source>Other choice of the question</source>
        <translation>Altra scelta della domanda</translation>
    </message>
    <message>
        <source>Today, yesterday in a date</source>
        <translation>Oggi, ieri in una data</translation>
    </message>
    <message>
        <source>T, Y</source>
        <translation>O, I</translation>
    </message>
    <message>
        <source>Body map or table</source>
        <translation>Mappa o tabella</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identità</translation>
    </message>
    <message>
        <source>Add an event</source>
        <translation>Aggiungi un evento</translation>
    </message>
    <message>
        <source>Entered by mistake, or belongs to another patient…</source>
        <translation>Inserito per errore, o di un altro paziente…</translation>
    </message>
    <message>
        <source>Verified with its source: this form</source>
        <translation>Verificato con la fonte: questa scheda</translation>
    </message>
    <message>
        <source>Verified with its source: this question</source>
        <translation>Verificato con la fonte: questa domanda</translation>
    </message>
    <message>
        <source>On the joint map: tender, swollen, normal, no answer</source>
        <translation>Sulla mappa articolare: dolente, tumefatta, normale, senza risposta</translation>
    </message>
    <message>
        <source>T, S, Del, Backspace</source>
        <translation>T, S, Canc, Backspace</translation>
    </message>
    <message>
        <source>Hand to the patient</source>
        <translation>Consegna al paziente</translation>
    </message>
</context>
<context>
    <name>KeysCard</name>
    <message>
        <source>For the administrator</source>
        <translation>Per l&apos;amministratore</translation>
    </message>
    <message>
        <source>Sheet {number} was made but not checked, or it was used.</source>
        <translation>Il foglio {number} è stato creato ma non controllato, oppure è stato usato.</translation>
    </message>
    <message>
        <source>Without one, a forgotten passphrase may lose what was not yet sent.</source>
        <translation>Senza, una frase di accesso dimenticata può far perdere ciò che non è ancora stato inviato.</translation>
    </message>
    <message>
        <source>Print the recovery sheet</source>
        <translation>Stampare il foglio di recupero</translation>
    </message>
    <message>
        <source>Sheet {unseen} was made and never checked on paper: sheet {number} still opens this site.</source>
        <translation>Il foglio {unseen} è stato creato e mai controllato su carta: il foglio {number} apre ancora questo centro.</translation>
    </message>
    <message>
        <source>If that passphrase is lost, only the recovery sheet helps. Give another person the role.</source>
        <translation>Se la sua frase di accesso va persa, serve il foglio di recupero. Dare il ruolo anche a un&apos;altra persona.</translation>
    </message>
    <message>
        <source>There is only one administrator</source>
        <translation>C&apos;è un solo amministratore</translation>
    </message>
</context>
<context>
    <name>LeavesCard</name>
    <message>
        <source>What leaves this computer</source>
        <translation>Che cosa esce da questo computer</translation>
    </message>
    <message>
        <source>Patient by patient, with the exact columns</source>
        <translation>Paziente per paziente, con le colonne esatte</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sì</translation>
    </message>
    <message>
        <source>Study codes, never names</source>
        <translation>Codici dello studio, mai i nomi</translation>
    </message>
    <message>
        <source>Dates, as days from the enrolment</source>
        <translation>Date, come giorni dall&apos;arruolamento</translation>
    </message>
    <message>
        <source>Age in years, never the birth date</source>
        <translation>Età in anni, mai la data di nascita</translation>
    </message>
    <message>
        <source>Signed forms, with their history</source>
        <translation>Schede firmate, con la loro storia</translation>
    </message>
    <message>
        <source>Single answers</source>
        <translation>Singole risposte</translation>
    </message>
    <message>
        <source>Answers to Pisa&apos;s questions</source>
        <translation>Risposte alle richieste di Pisa</translation>
    </message>
    <message>
        <source>Marks of source verification</source>
        <translation>Verifiche con la fonte</translation>
    </message>
    <message>
        <source>Patients handed over or taken, by code</source>
        <translation>Pazienti consegnati o presi in carico, per codice</translation>
    </message>
    <message>
        <source>New signing keys of this computer</source>
        <translation>Nuove chiavi di firma di questo computer</translation>
    </message>
    <message>
        <source>What leaves, exactly</source>
        <translation>Che cosa esce, esattamente</translation>
    </message>
    <message>
        <source>Back to sending</source>
        <translation>Torna all&apos;invio</translation>
    </message>
    <message>
        <source>{form} ({visit}, version {version})</source>
        <translation>{form} ({visit}, versione {version})</translation>
    </message>
    <message>
        <source>{form} (version {version})</source>
        <translation>{form} (versione {version})</translation>
    </message>
</context>
<context>
    <name>LookCard</name>
    <message>
        <source>Look at this before it leaves</source>
        <translation>Da guardare prima che parta</translation>
    </message>
    <message numerus="yes">
        <source>%n patient(s) could be recognised</source>
        <translation>
            <numerusform>%n paziente potrebbe essere riconosciuto</numerusform>
            <numerusform>%n pazienti potrebbero essere riconosciuti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) held back</source>
        <translation>
            <numerusform>%n testo trattenuto</numerusform>
            <numerusform>%n testi trattenuti</numerusform>
        </translation>
    </message>
    <message>
        <source>Pisa is told that there are words, not which, until somebody lets them go.</source>
        <translation>A Pisa si dice che c&apos;è un testo, non quale, finché qualcuno non lo lascia partire.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>e %n altro</numerusform>
            <numerusform>e altri %n</numerusform>
        </translation>
    </message>
    <message>
        <source>answer to Pisa</source>
        <translation>risposta a Pisa</translation>
    </message>
    <message>
        <source>Found: {kinds}.</source>
        <translation>Trovato: {kinds}.</translation>
    </message>
    <message>
        <source>It tells of nobody…</source>
        <translation>Non dice di nessuno…</translation>
    </message>
    <message>
        <source>Let this text of {subject} go</source>
        <translation>Lasciar partire questo testo di {subject}</translation>
    </message>
    <message>
        <source>{few} of {patients} enrolled here share sex, ten years of age and half-year with fewer than {least}: a reader in Pisa who knows them may recognise them.</source>
        <translation>{few} di {patients} arruolati qui hanno sesso, decennio di età e semestre in comune con meno di {least}: chi legge a Pisa e li conosce può riconoscerli.</translation>
    </message>
    <message>
        <source>Standing out most: {patients}.</source>
        <translation>Si distinguono di più: {patients}.</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>E %n altro.</numerusform>
            <numerusform>E altri %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is held back for it; the audit trail notes that it was said.</source>
        <translation>Nulla è trattenuto per questo; il registro annota che è stato detto.</translation>
    </message>
</context>
<context>
    <name>MadeStep</name>
    <message>
        <source>The site has been created</source>
        <translation>Il centro è stato creato</translation>
    </message>
    <message>
        <source>1. Send this file, the site&apos;s card, to the centre. It holds no secret and no patient.</source>
        <translation>1. Inviare a Pisa questo file, la scheda del centro. Non contiene segreti né pazienti.</translation>
    </message>
    <message>
        <source>The site&apos;s card</source>
        <translation>Scheda del centro</translation>
    </message>
    <message>
        <source>2. Call the centre and read this fingerprint out, group by group.</source>
        <translation>2. Telefonare a Pisa e leggere questa impronta, gruppo per gruppo.</translation>
    </message>
    <message>
        <source>Fingerprint of the site</source>
        <translation>Impronta del centro</translation>
    </message>
    <message>
        <source>Patients can be enrolled at once; Pisa accepts data after it has registered the card. After the first unlocking the recovery sheet is printed.</source>
        <translation>I pazienti si possono arruolare subito; Pisa accetta i dati dopo avere registrato la scheda. Dopo il primo sblocco si stampa il foglio di recupero.</translation>
    </message>
    <message>
        <source>Go to unlock</source>
        <translation>Vai allo sblocco</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Everything on this computer is encrypted</source>
        <translation>Tutto ciò che sta su questo computer è cifrato</translation>
    </message>
    <message>
        <source>The new passphrase of {code} is set.</source>
        <translation>La nuova frase di accesso di {code} è impostata.</translation>
    </message>
    <message>
        <source>Unlock with it, then print a new recovery sheet: this one was read.</source>
        <translation>Sbloccare con questa, poi stampare un nuovo foglio di recupero: quello usato è stato letto.</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>Primo avvio</translation>
    </message>
    <message>
        <source>The last answers are not saved yet</source>
        <translation>Le ultime risposte non sono ancora salvate</translation>
    </message>
    <message>
        <source>They are still on the screen.</source>
        <translation>Sono ancora sullo schermo.</translation>
    </message>
    <message>
        <source>Close without these answers</source>
        <translation>Chiudi senza queste risposte</translation>
    </message>
    <message>
        <source>Back to the answers</source>
        <translation>Torna alle risposte</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>All joints without an answer become normal, in one step that can be undone.</source>
        <translation>Tutte le articolazioni senza risposta diventano normali, in un solo passo che si può annullare.</translation>
    </message>
    <message>
        <source>All remaining normal</source>
        <translation>Tutte le altre normali</translation>
    </message>
    <message>
        <source>Arrows move. T: tender, S: swollen, Delete: normal, Backspace: no answer, Enter: next joint. F7: table.</source>
        <translation>Le frecce spostano. T: dolente (tender), S: tumefatta (swollen), Canc: normale, Backspace: senza risposta, Invio: articolazione successiva. F7: tabella.</translation>
    </message>
    <message>
        <source>Arrows move between areas. A digit is a grade and goes on. Delete: the rest of the area is none, Backspace: no answer, Esc: back to the area. F7: table.</source>
        <translation>Le frecce spostano da un&apos;area all&apos;altra. Una cifra è il grado e passa alla voce successiva. Canc: assente nel resto dell&apos;area, Backspace: senza risposta, Esc: ritorno all&apos;area. F7: tabella.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Dietro</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Davanti</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Destra</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Sinistra</translation>
    </message>
    <message>
        <source>MCP</source>
        <translation>MCF</translation>
    </message>
    <message>
        <source>PIP</source>
        <translation>IFP</translation>
    </message>
    <message>
        <source>DIP</source>
        <translation>IFD</translation>
    </message>
    <message>
        <source>MTP</source>
        <translation>MTF</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mappa</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabella</translation>
    </message>
    <message>
        <source>Map or table</source>
        <translation>Mappa o tabella</translation>
    </message>
    <message>
        <source>Mark {count} joints as normal?</source>
        <translation>Segnare {count} articolazioni come normali?</translation>
    </message>
    <message>
        <source>Mark {count} normal</source>
        <translation>Segna {count} normali</translation>
    </message>
    <message>
        <source>activity, of {most}</source>
        <translation>attività, su {most}</translation>
    </message>
    <message>
        <source>damage, of {most}</source>
        <translation>danno, su {most}</translation>
    </message>
    <message>
        <source>affected: {visit}</source>
        <translation>interessata: {visit}</translation>
    </message>
    <message>
        <source>before: {count}</source>
        <translation>prima: {count}</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>senza risposta</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nulla</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normale</translation>
    </message>
    <message>
        <source>not all answered</source>
        <translation>non completa</translation>
    </message>
    <message>
        <source>not examined</source>
        <translation>non valutata</translation>
    </message>
    <message>
        <source>swollen</source>
        <translation>tumefatta</translation>
    </message>
    <message>
        <source>tender</source>
        <translation>dolente</translation>
    </message>
    <message>
        <source>tender and swollen</source>
        <translation>dolente e tumefatta</translation>
    </message>
    <message>
        <source>tender, of 28</source>
        <translation>dolenti, su 28</translation>
    </message>
    <message>
        <source>swollen, of 28</source>
        <translation>tumefatte, su 28</translation>
    </message>
    <message>
        <source>tender and swollen, of 28</source>
        <translation>dolenti e tumefatte, su 28</translation>
    </message>
    <message>
        <source>tender, of 68</source>
        <translation>dolenti, su 68</translation>
    </message>
    <message>
        <source>swollen, of 66</source>
        <translation>tumefatte, su 66</translation>
    </message>
    <message>
        <source>worst activity (A) and damage (D)</source>
        <translation>attività (A) e danno (D) peggiori</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>da {least} a {most}</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>The disk is full: free some space and try again. Nothing was changed.</source>
        <translation>Il disco è pieno: liberare spazio e riprovare. Nulla è stato cambiato.</translation>
    </message>
    <message>
        <source>The computer could not read or write a file: check that the disk or stick is connected and may be written to, and try again.</source>
        <translation>Il computer non ha potuto leggere o scrivere un file: controllare che il disco o la chiavetta sia collegato e scrivibile, poi riprovare.</translation>
    </message>
    <message>
        <source>Something in the program went wrong</source>
        <translation>Qualcosa nel programma non ha funzionato</translation>
    </message>
    <message>
        <source>The last step was not finished. Everything marked as saved is safe on this computer. Going on is possible; if it happens again, close the program, open it again and tell the centre.</source>
        <translation>L&apos;ultimo passo non è stato completato. Tutto ciò che risulta salvato è al sicuro su questo computer. Si può continuare; se succede ancora, chiudere il programma, riaprirlo e avvisare Pisa.</translation>
    </message>
    <message>
        <source>For the centre: {place}</source>
        <translation>Per Pisa: {place}</translation>
    </message>
    <message>
        <source>Details without any data of patients are in the file {name}.</source>
        <translation>I dettagli, senza dati dei pazienti, sono nel file {name}.</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Chiudi il programma</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
</context>
<context>
    <name>MissedCard</name>
    <message>
        <source>Missed visits</source>
        <translation>Visite mancate</translation>
    </message>
    <message>
        <source>Window closed {date}. Note why it was missed.</source>
        <translation>Finestra chiusa il {date}. Annotare il motivo.</translation>
    </message>
</context>
<context>
    <name>MistakePage</name>
    <message>
        <source>Entered by mistake</source>
        <translation>Inserito per errore</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Che cosa non va</translation>
    </message>
    <message>
        <source>It should not be there</source>
        <translation>Non doveva esserci</translation>
    </message>
    <message>
        <source>It belongs to another patient</source>
        <translation>È di un altro paziente</translation>
    </message>
    <message>
        <source>The patient it belongs to</source>
        <translation>Il paziente a cui appartiene</translation>
    </message>
    <message>
        <source>{entry} of {subject} is declared a mistake. What was typed stays readable on the patient&apos;s page; it counts for nothing, and the centre takes it back.</source>
        <translation>{entry} di {subject} viene dichiarato un errore. Quanto scritto resta leggibile nella pagina del paziente; non conta più nulla, e il centro di coordinamento lo ritira.</translation>
    </message>
    <message>
        <source>Declare a mistake</source>
        <translation>Dichiara l&apos;errore</translation>
    </message>
    <message>
        <source>All answers of {entry} go from {subject} to {other} and begin there as a draft, to be looked through and signed. Under {subject} it is declared a mistake and stays readable.</source>
        <translation>Tutte le risposte di {entry} passano da {subject} a {other}, dove diventano una bozza da rivedere e firmare. Sotto {subject} resta leggibile come errore.</translation>
    </message>
    <message>
        <source>Move to {other}</source>
        <translation>Sposta in {other}</translation>
    </message>
    <message>
        <source>Choose the patient it belongs to.</source>
        <translation>Scegliere il paziente a cui appartiene.</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Sposta</translation>
    </message>
    <message>
        <source>Choose what is wrong first.</source>
        <translation>Scegliere prima che cosa non va.</translation>
    </message>
    <message>
        <source>{entry} was declared a mistake</source>
        <translation>{entry}: dichiarato un errore</translation>
    </message>
    <message>
        <source>{entry} was moved here from {subject}: look it through and sign it</source>
        <translation>{entry} viene da {subject}: rivedere e firmare</translation>
    </message>
</context>
<context>
    <name>Mistakes</name>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>In words (stays at this site)</source>
        <translation>A parole (resta in questo centro)</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Che cosa accadrà</translation>
    </message>
    <message>
        <source>Passphrase of the investigator</source>
        <translation>Frase di accesso dello sperimentatore</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Choose why.</source>
        <translation>Scegliere il perché.</translation>
    </message>
    <message>
        <source>Say it in words.</source>
        <translation>Dirlo a parole.</translation>
    </message>
    <message>
        <source>They can be read, and count for nothing.</source>
        <translation>Si possono leggere e non contano più nulla.</translation>
    </message>
    <message>
        <source>Nothing was entered by mistake for this patient.</source>
        <translation>Per questo paziente nulla è stato inserito per errore.</translation>
    </message>
    <message>
        <source>Entered by mistake</source>
        <translation>Inserito per errore</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>Passphrase</source>
        <translation>Frase di accesso</translation>
    </message>
    <message>
        <source>At least {least} characters. Five words that have nothing to do with each other are best</source>
        <translation>Almeno {least} caratteri. La scelta migliore: cinque parole senza alcun legame fra loro</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>La stessa, ancora una volta</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) still missing</source>
        <translation>
            <numerusform>Manca ancora %n carattere</numerusform>
            <numerusform>Mancano ancora %n caratteri</numerusform>
        </translation>
    </message>
    <message>
        <source>Strength: {words}</source>
        <translation>Robustezza: {words}</translation>
    </message>
    <message>
        <source>The passphrase needs at least {least} characters.</source>
        <translation>La frase di accesso deve avere almeno {least} caratteri.</translation>
    </message>
    <message>
        <source>This is the passphrase of before: choose another one.</source>
        <translation>È la frase di accesso di prima: sceglierne un&apos;altra.</translation>
    </message>
    <message>
        <source>This passphrase would be guessed quickly: add words that do not belong together.</source>
        <translation>Questa frase sarebbe indovinata in fretta: aggiungere parole senza legame fra loro.</translation>
    </message>
    <message>
        <source>The two are not the same: type it again.</source>
        <translation>Le due frasi non sono uguali: riscriverla.</translation>
    </message>
</context>
<context>
    <name>NewVisitPage</name>
    <message>
        <source>Back to the list</source>
        <translation>Torna all&apos;elenco</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nuova visita</translation>
    </message>
    <message>
        <source>Date of the visit</source>
        <translation>Data della visita</translation>
    </message>
    <message>
        <source>The day the patient was seen</source>
        <translation>Il giorno in cui il paziente è stato visto</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>Which visit</source>
        <translation>Quale visita</translation>
    </message>
    <message>
        <source>Open the visit</source>
        <translation>Apri la visita</translation>
    </message>
    <message>
        <source>Outside every planned visit&apos;s window: an unscheduled visit.</source>
        <translation>Fuori dalle finestre di tutte le visite previste: una visita non programmata.</translation>
    </message>
    <message>
        <source>An unscheduled visit: it does not count as a planned one.</source>
        <translation>Una visita non programmata: non conta come visita prevista.</translation>
    </message>
    <message>
        <source>In its window, {opens} to {closes}.</source>
        <translation>Entro la sua finestra, dal {opens} al {closes}.</translation>
    </message>
    <message>
        <source>Outside its window, {opens} to {closes}: it will be marked as out of window.</source>
        <translation>Fuori dalla sua finestra, dal {opens} al {closes}: sarà segnata come fuori finestra.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Suggested: {answer}</source>
        <translation>Suggerito: {answer}</translation>
    </message>
    <message>
        <source>This may tell who somebody is ({kinds}): better without it.</source>
        <translation>Può dire di chi si tratta ({kinds}): meglio senza.</translation>
    </message>
    <message>
        <source>Kept, with a reason</source>
        <translation>Mantenuta, con un motivo</translation>
    </message>
    <message>
        <source>Mark {answer}</source>
        <translation>Segna {answer}</translation>
    </message>
    <message>
        <source>Change the reason</source>
        <translation>Cambia il motivo</translation>
    </message>
    <message>
        <source>Keep, with a reason</source>
        <translation>Mantieni, con un motivo</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>This computer&apos;s clock went back: it shows {shown}, and the last entry is of {last}</source>
        <translation>L&apos;orologio di questo computer è tornato indietro: mostra {shown}, e l&apos;ultima voce è del {last}</translation>
    </message>
    <message>
        <source>This computer&apos;s clock jumped ahead: it shows {shown}, a moment after {last}</source>
        <translation>L&apos;orologio di questo computer è saltato avanti: mostra {shown}, un momento dopo {last}</translation>
    </message>
    <message>
        <source>Set date and time of this computer right. Nothing is lost: the order of entries is kept, and times are marked as suspect in the audit trail until the clock goes on from the last one.</source>
        <translation>Correggere data e ora di questo computer. Nulla è perduto: l&apos;ordine delle voci resta, e gli orari sono segnati come sospetti nel registro finché l&apos;orologio non prosegue dall&apos;ultimo.</translation>
    </message>
    <message>
        <source>The check at unlocking found something wrong ({count})</source>
        <translation>Il controllo allo sblocco ha trovato qualcosa che non va ({count})</translation>
    </message>
    <message>
        <source>Leave the data folder as it is. “Check everything” in the audit trail says what it is and what to do.</source>
        <translation>Lasciare la cartella dei dati com&apos;è. «Verifica tutto» nel registro dice che cosa è e che cosa fare.</translation>
    </message>
    <message>
        <source>Recovered: {place}, saved {time}</source>
        <translation>Recuperato: {place}, salvato alle {time}</translation>
    </message>
</context>
<context>
    <name>OwnPassphrase</name>
    <message>
        <source>Your own passphrase</source>
        <translation>La propria frase di accesso</translation>
    </message>
    <message>
        <source>The passphrase is being changed</source>
        <translation>Cambio della frase di accesso in corso</translation>
    </message>
    <message>
        <source>Go on with this passphrase</source>
        <translation>Continua con questa frase</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Blocca</translation>
    </message>
    <message>
        <source>Choose a passphrase of your own</source>
        <translation>Scegliere la propria frase di accesso</translation>
    </message>
    <message>
        <source>{name}, the passphrase you were given holds for this unlocking only. Choose one that nobody else knows: your signature depends on it.</source>
        <translation>{name}, la frase di accesso ricevuta vale solo per questo sblocco. Sceglierne una che nessun altro conosce: ne dipende la firma.</translation>
    </message>
</context>
<context>
    <name>PackMove</name>
    <message>
        <source>A newer version of the forms</source>
        <translation>Una versione più recente delle schede</translation>
    </message>
    <message>
        <source>What moving would do</source>
        <translation>Che cosa cambierebbe</translation>
    </message>
    <message>
        <source>Keep reading the old one</source>
        <translation>Continuare a leggere la vecchia</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Tornare indietro</translation>
    </message>
    <message>
        <source>Move to the new version</source>
        <translation>Passare alla nuova versione</translation>
    </message>
    <message>
        <source>Asked in other words: {items}.</source>
        <translation>Chieste con altre parole: {items}.</translation>
    </message>
    <message>
        <source>To be answered again, kept as typed: {items}.</source>
        <translation>Da rispondere di nuovo, conservate come testo: {items}.</translation>
    </message>
    <message>
        <source>No longer asked, kept and readable: {items}.</source>
        <translation>Non più chieste, conservate e leggibili: {items}.</translation>
    </message>
    <message>
        <source>New questions: {items}.</source>
        <translation>Domande nuove: {items}.</translation>
    </message>
    <message>
        <source>Scores that will differ: {items}.</source>
        <translation>Indici che cambieranno: {items}.</translation>
    </message>
    <message>
        <source>If it is not moved now, it stays as it is and this is asked again.</source>
        <translation>Se non si passa ora, tutto resta com&apos;è e la domanda torna alla prossima apertura.</translation>
    </message>
    <message>
        <source>Answers that are no longer asked</source>
        <translation>Risposte a domande che non si chiedono più</translation>
    </message>
    <message>
        <source>This was begun under a version of the forms that this program does not have. The version in use is {new}.</source>
        <translation>Questa scheda è stata iniziata con una versione che questo programma non ha. La versione in uso è {new}.</translation>
    </message>
    <message>
        <source>This was begun under version {old}. The version in use is {new}.</source>
        <translation>Questa scheda è stata iniziata con la versione {old}. La versione in uso è {new}.</translation>
    </message>
    <message>
        <source>met</source>
        <translation>soddisfatto</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>non soddisfatto</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>My passphrase</source>
        <translation>La mia frase di accesso</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Present passphrase</source>
        <translation>Frase di accesso attuale</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Nuova frase di accesso</translation>
    </message>
    <message>
        <source>The passphrase is being changed</source>
        <translation>Cambio della frase di accesso in corso</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Cambia la frase di accesso</translation>
    </message>
    <message>
        <source>It encrypts everything on this computer, and nobody can read it out. Your signatures stay valid.</source>
        <translation>Cifra tutto ciò che sta su questo computer e nessuno può leggerla. Le firme già apposte restano valide.</translation>
    </message>
    <message>
        <source>Type the present passphrase.</source>
        <translation>Scrivere la frase di accesso attuale.</translation>
    </message>
    <message>
        <source>Your passphrase was changed.</source>
        <translation>La frase di accesso è stata cambiata.</translation>
    </message>
    <message>
        <source>The old one opens nothing any more.</source>
        <translation>La vecchia non apre più nulla.</translation>
    </message>
</context>
<context>
    <name>PassphraseStep</name>
    <message>
        <source>The passphrase</source>
        <translation>La frase di accesso</translation>
    </message>
    <message>
        <source>It encrypts everything on this computer. Nobody can read it out: not the program, not the hospital, not Pisa. If it is lost, another administrator or the recovery sheet gives a new one; without either, what was not yet sent to Pisa is lost with it.</source>
        <translation>Cifra tutto ciò che sta su questo computer. Nessuno può leggerla: né il programma, né l&apos;ospedale, né Pisa. Se va persa, un altro amministratore o il foglio di recupero ne dà una nuova; senza l&apos;uno né l&apos;altro si perde ciò che non è ancora stato inviato a Pisa.</translation>
    </message>
    <message>
        <source>The recovery sheet is printed after the first unlocking. It belongs in a sealed envelope in the unit&apos;s safe, never near this computer.</source>
        <translation>Il foglio di recupero si stampa dopo il primo sblocco. Va tenuto in una busta chiusa nella cassaforte dell&apos;unità, mai vicino a questo computer.</translation>
    </message>
</context>
<context>
    <name>Patient</name>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>SLEDAI-2K</source>
        <translation>SLEDAI-2K</translation>
    </message>
    <message>
        <source>Disease</source>
        <translation>Malattia</translation>
    </message>
    <message>
        <source>Prednisone eq.</source>
        <translation>Prednisone eq.</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Evento</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Inizio</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numero</translation>
    </message>
    <message>
        <source>out of window</source>
        <translation>fuori finestra</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>fino al {date}</translation>
    </message>
    <message>
        <source>from {date}</source>
        <translation>dal {date}</translation>
    </message>
    <message>
        <source>closed {date}</source>
        <translation>chiusa il {date}</translation>
    </message>
</context>
<context>
    <name>PatientPage</name>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Add event</source>
        <translation>Aggiungi evento</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nuova visita</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Altro</translation>
    </message>
    <message>
        <source>Medical history</source>
        <translation>Anamnesi</translation>
    </message>
    <message>
        <source>Enrolment and identity</source>
        <translation>Arruolamento e identità</translation>
    </message>
    <message>
        <source>Questions from Pisa</source>
        <translation>Richieste di Pisa</translation>
    </message>
    <message>
        <source>What was entered by mistake…</source>
        <translation>Che cosa fu inserito per errore…</translation>
    </message>
    <message>
        <source>This person was enrolled twice…</source>
        <translation>Questa persona è stata arruolata due volte…</translation>
    </message>
    <message>
        <source>Move to another computer…</source>
        <translation>Sposta su un altro computer…</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visite</translation>
    </message>
    <message>
        <source>Visits of this patient</source>
        <translation>Visite di questo paziente</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Eventi</translation>
    </message>
    <message>
        <source>Kind, words, date or number</source>
        <translation>Tipo, parole, data o numero</translation>
    </message>
    <message>
        <source>Find among the events</source>
        <translation>Cerca fra gli eventi</translation>
    </message>
    <message>
        <source>Events of this patient</source>
        <translation>Eventi di questo paziente</translation>
    </message>
    <message>
        <source>No event yet. Ctrl+E adds one: an adverse event, a dose, a stay in hospital…</source>
        <translation>Ancora nessun evento. Ctrl+E ne aggiunge uno: un evento avverso, una dose, un ricovero…</translation>
    </message>
    <message>
        <source>waiting for us: {ours} · waiting for Pisa: {theirs}</source>
        <translation>aspettano noi: {ours} · aspettano Pisa: {theirs}</translation>
    </message>
    <message>
        <source>Changed since it was signed: {changes}.</source>
        <translation>Cambiato dopo la firma: {changes}.</translation>
    </message>
    <message>
        <source>Consent withdrawn on {date}</source>
        <translation>Consenso revocato il {date}</translation>
    </message>
    <message>
        <source>Nothing of a later day can be entered.</source>
        <translation>Nulla di un giorno successivo può essere inserito.</translation>
    </message>
    <message>
        <source>Died on {date}</source>
        <translation>Decesso il {date}</translation>
    </message>
    <message>
        <source>Open {subject}</source>
        <translation>Apri {subject}</translation>
    </message>
    <message>
        <source>Enrolled twice: this patient goes on as {subject}</source>
        <translation>Arruolamento doppio: questo paziente prosegue come {subject}</translation>
    </message>
    <message>
        <source>Nothing more is entered under this code.</source>
        <translation>Sotto questo codice non si inserisce più nulla.</translation>
    </message>
    <message>
        <source>Change this…</source>
        <translation>Cambia…</translation>
    </message>
    <message>
        <source>This patient goes on at {other}</source>
        <translation>Questo paziente prosegue su {other}</translation>
    </message>
    <message>
        <source>Here the record is only read.</source>
        <translation>Qui si legge soltanto.</translation>
    </message>
    <message>
        <source>Go on with it (G)</source>
        <translation>Completarla (G)</translation>
    </message>
    <message>
        <source>Record it (G)</source>
        <translation>Registrarla (G)</translation>
    </message>
    <message>
        <source>{visit} was not made in its window</source>
        <translation>{visit}: non fatta nella sua finestra</translation>
    </message>
    <message>
        <source>If it was made and not entered yet, enter it with its date. If it was not made, note it as missed, with the reason.</source>
        <translation>Se è stata fatta e non ancora inserita, inserirla con la sua data. Se non è stata fatta, annotarla come mancata, con il motivo.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Enter a visit</source>
        <translation>Inserisci una visita</translation>
    </message>
    <message>
        <source>Note it as missed</source>
        <translation>Annota come mancata</translation>
    </message>
</context>
<context>
    <name>PatientsPage</name>
    <message>
        <source>Patients</source>
        <translation>Pazienti</translation>
    </message>
    <message>
        <source>Enrol patient</source>
        <translation>Arruola paziente</translation>
    </message>
    <message>
        <source>Study code or name</source>
        <translation>Codice dello studio o nome</translation>
    </message>
    <message>
        <source>Find by study code or name</source>
        <translation>Trova per codice dello studio o nome</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>Arruolato il</translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation>Apri il paziente</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nuova visita</translation>
    </message>
    <message>
        <source>Visits of this patient</source>
        <translation>Visite di questo paziente</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Giorno</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Finestra</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visite</translation>
    </message>
    <message>
        <source>No visit yet.</source>
        <translation>Ancora nessuna visita.</translation>
    </message>
    <message>
        <source>within</source>
        <translation>dentro</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>fuori</translation>
    </message>
    <message numerus="yes">
        <source>%n patient(s)</source>
        <translation>
            <numerusform>%n paziente</numerusform>
            <numerusform>%n pazienti</numerusform>
        </translation>
    </message>
    <message>
        <source>No patient chosen</source>
        <translation>Nessun paziente scelto</translation>
    </message>
    <message>
        <source>Nobody here matches what was typed.</source>
        <translation>Nessuno corrisponde a quanto scritto.</translation>
    </message>
    <message>
        <source>Enrol the first patient with the button above.</source>
        <translation>Il primo paziente si arruola con il pulsante in alto.</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Seconds until the next try: {seconds}.</source>
        <translation>Secondi fino al prossimo tentativo: {seconds}.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>It stands in the audit trail</source>
        <translation>Resta nel registro delle modifiche</translation>
    </message>
    <message>
        <source>Type the reason.</source>
        <translation>Scrivere il motivo.</translation>
    </message>
    <message>
        <source>Personal code</source>
        <translation>Codice personale</translation>
    </message>
    <message>
        <source>Stands in the records that go to Pisa. It is never given to another person</source>
        <translation>Sta nelle schede che vanno a Pisa. Non si dà mai a un&apos;altra persona</translation>
    </message>
    <message>
        <source>Name and surname</source>
        <translation>Nome e cognome</translation>
    </message>
    <message>
        <source>Stands beside signatures. It never leaves this computer</source>
        <translation>Sta accanto alle firme. Non lascia mai questo computer</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Ruoli</translation>
    </message>
    <message>
        <source>A code has 2 to 12 letters and digits, as U02.</source>
        <translation>Un codice ha da 2 a 12 lettere e cifre, come U02.</translation>
    </message>
    <message>
        <source>Type name and surname.</source>
        <translation>Scrivere nome e cognome.</translation>
    </message>
    <message>
        <source>Tick at least one role.</source>
        <translation>Segnare almeno un ruolo.</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Aggiungere una persona</translation>
    </message>
    <message>
        <source>The person gets a passphrase for one unlocking, and chooses another at that unlocking, which nobody else knows.</source>
        <translation>La persona riceve una frase di accesso per un solo sblocco, e in quell&apos;occasione ne sceglie un&apos;altra, che nessun altro conosce.</translation>
    </message>
    <message>
        <source>The person is being added…</source>
        <translation>Aggiunta della persona in corso…</translation>
    </message>
    <message>
        <source>Add the person</source>
        <translation>Aggiungi la persona</translation>
    </message>
    <message>
        <source>Change {code}</source>
        <translation>Modificare {code}</translation>
    </message>
    <message>
        <source>Your own roles hold from your next unlocking.</source>
        <translation>I propri ruoli valgono dal prossimo sblocco.</translation>
    </message>
    <message>
        <source>Who may no longer see names loses their key: the names are put under a new one, which takes a moment.</source>
        <translation>Chi non può più vedere i nomi ne perde la chiave: i nomi passano sotto una chiave nuova, il che richiede un momento.</translation>
    </message>
    <message>
        <source>The roles are being changed…</source>
        <translation>Modifica dei ruoli in corso…</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifica</translation>
    </message>
    <message>
        <source>Passphrase of {name} for one unlocking</source>
        <translation>Frase di accesso di {name} per un solo sblocco</translation>
    </message>
    <message>
        <source>Copy it by hand now: it is not shown again. Give it to {name} ({code}) in person. At the first unlocking another is chosen.</source>
        <translation>Ricopiarla a mano ora: non si vedrà più. Consegnarla di persona a {name} ({code}). Al primo sblocco se ne sceglie un&apos;altra.</translation>
    </message>
    <message>
        <source>I have copied it</source>
        <translation>L&apos;ho ricopiata</translation>
    </message>
    <message>
        <source>enters, completes and signs</source>
        <translation>inserisce, completa e firma</translation>
    </message>
    <message>
        <source>enters and completes, does not sign</source>
        <translation>inserisce e completa, non firma</translation>
    </message>
    <message>
        <source>people, keys, sending, recovery sheet</source>
        <translation>persone, chiavi, invio, foglio di recupero</translation>
    </message>
    <message>
        <source>reads without names, changes nothing</source>
        <translation>legge senza i nomi, non modifica nulla</translation>
    </message>
    <message>
        <source>passphrase not chosen</source>
        <translation>frase non ancora scelta</translation>
    </message>
    <message>
        <source>active</source>
        <translation>attivo</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>disattivato</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>rimosso</translation>
    </message>
    <message>
        <source>There is no recovery sheet yet. Without one, and without another administrator, a forgotten passphrase loses what was not yet sent to Pisa.</source>
        <translation>Non c&apos;è ancora un foglio di recupero. Senza, e senza un altro amministratore, con una frase di accesso dimenticata si perde ciò che non è ancora stato inviato a Pisa.</translation>
    </message>
    <message>
        <source>Recovery sheet {unseen} was made and never checked on paper, so sheet {number} still opens this site: make a new one, print it and type two groups back.</source>
        <translation>Il foglio di recupero {unseen} è stato creato e mai controllato su carta, quindi il foglio {number} apre ancora questo centro: crearne uno nuovo, stamparlo e ridigitarne due gruppi.</translation>
    </message>
    <message>
        <source>Recovery sheet {number} was made but not checked, or it was used: make a new one, print it and close it in an envelope.</source>
        <translation>Il foglio di recupero {number} è stato creato ma non controllato, oppure è stato usato: crearne uno nuovo, stamparlo e chiuderlo in una busta.</translation>
    </message>
    <message>
        <source>Recovery sheet {number} opens this site. If it is lost or was seen, make a new one: the databases then get new keys, and earlier sheets open only backups of before.</source>
        <translation>Il foglio di recupero {number} apre questo centro. Se è perso o è stato visto, farne uno nuovo: i database passano allora sotto chiavi nuove, e i fogli precedenti aprono solo i backup di prima.</translation>
    </message>
</context>
<context>
    <name>PeopleCard</name>
    <message>
        <source>People</source>
        <translation>Persone</translation>
    </message>
    <message>
        <source>Add, change and remove people, reset a passphrase, make the recovery sheet, renew the keys.</source>
        <translation>Aggiungere, modificare e rimuovere persone, reimpostare una frase di accesso, creare il foglio di recupero, rinnovare le chiavi.</translation>
    </message>
    <message>
        <source>Who may unlock this site, and in which roles. A site administrator changes it.</source>
        <translation>Chi può sbloccare questo centro, e con quali ruoli. Lo modifica un amministratore del centro.</translation>
    </message>
    <message>
        <source>People of this site</source>
        <translation>Persone di questo centro</translation>
    </message>
    <message>
        <source>Change my passphrase</source>
        <translation>Cambia la mia frase di accesso</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>People</source>
        <translation>Persone</translation>
    </message>
    <message>
        <source>Who may unlock this site, and in which roles</source>
        <translation>Chi può sbloccare questo centro, e con quali ruoli</translation>
    </message>
    <message>
        <source>Change my passphrase…</source>
        <translation>Cambia la mia frase di accesso…</translation>
    </message>
    <message>
        <source>Add a person…</source>
        <translation>Aggiungi una persona…</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Ruoli</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Failed tries</source>
        <translation>Tentativi errati</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifica…</translation>
    </message>
    <message>
        <source>Reset the passphrase…</source>
        <translation>Reimposta la frase di accesso…</translation>
    </message>
    <message>
        <source>Disable…</source>
        <translation>Disattiva…</translation>
    </message>
    <message>
        <source>Enable…</source>
        <translation>Riattiva…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Rimuovi…</translation>
    </message>
    <message>
        <source>Recovery sheet and keys</source>
        <translation>Foglio di recupero e chiavi</translation>
    </message>
    <message>
        <source>Make a recovery sheet…</source>
        <translation>Crea un foglio di recupero…</translation>
    </message>
    <message>
        <source>Renew the keys…</source>
        <translation>Rinnova le chiavi…</translation>
    </message>
    <message>
        <source>Only a site administrator changes this: {names}.</source>
        <translation>Solo un amministratore del centro può modificare: {names}.</translation>
    </message>
    <message>
        <source>{name} can no longer unlock until enabled again. Who left for good is better removed: the keys are changed then.</source>
        <translation>{name} non può più sbloccare finché non si riattiva. Chi è andato via per sempre va piuttosto rimosso: così cambiano le chiavi.</translation>
    </message>
    <message>
        <source>The person is being disabled…</source>
        <translation>Disattivazione in corso…</translation>
    </message>
    <message>
        <source>Disable {code}</source>
        <translation>Disattivare {code}</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Disattiva</translation>
    </message>
    <message>
        <source>{name} can unlock again, with the passphrase of before.</source>
        <translation>{name} può di nuovo sbloccare, con la frase di accesso di prima.</translation>
    </message>
    <message>
        <source>The person is being enabled…</source>
        <translation>Riattivazione in corso…</translation>
    </message>
    <message>
        <source>Enable {code}</source>
        <translation>Riattivare {code}</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Riattiva</translation>
    </message>
    <message>
        <source>{name} never unlocks again, and the databases get new keys. Backups and copies of the folder made before stay readable to whoever has them with a passphrase of then. The key that signs the files for Pisa stays the same: tell Pisa on the telephone who was removed. What {name} signed stays signed.</source>
        <translation>{name} non potrà più sbloccare, e i database passano sotto chiavi nuove. I backup e le copie della cartella fatti prima restano leggibili a chi li ha, con una frase di accesso di allora. La chiave che firma i file per Pisa resta la stessa: dire a Pisa, al telefono, chi è stato rimosso. Ciò che {name} ha firmato resta firmato.</translation>
    </message>
    <message>
        <source>Both databases are put under new keys. First, whoever&apos;s passphrase is known to others must choose a new one or be given one: with the old one and an old copy, the new keys would be opened too. Copies of the folder made before stay readable with a passphrase of then. The key that signs the files for Pisa stays the same: tell Pisa on the telephone what happened.</source>
        <translation>Entrambi i database passano sotto chiavi nuove. Prima, chi ha una frase di accesso nota ad altri deve sceglierne o riceverne una nuova: con la vecchia e una vecchia copia si aprirebbero anche le chiavi nuove. Le copie della cartella fatte prima restano leggibili con una frase di accesso di allora. La chiave che firma i file per Pisa resta la stessa: dire a Pisa, al telefono, che cosa è successo.</translation>
    </message>
    <message>
        <source>The databases are being put under new keys. This takes a moment…</source>
        <translation>I database passano sotto chiavi nuove. Ci vuole un momento…</translation>
    </message>
    <message>
        <source>Where a passphrase or a copy of the folder may be in wrong hands: change that passphrase first, then have both databases put under new keys.</source>
        <translation>Se una frase di accesso o una copia della cartella può essere in mani sbagliate: cambiare prima quella frase di accesso, poi mettere entrambi i database sotto chiavi nuove.</translation>
    </message>
    <message>
        <source>Remove {code}</source>
        <translation>Rimuovere {code}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>Reset the passphrase of {code}</source>
        <translation>Reimpostare la frase di accesso di {code}</translation>
    </message>
    <message>
        <source>{name} gets a passphrase for one unlocking. The present one opens nothing any more.</source>
        <translation>{name} riceve una frase di accesso per un solo sblocco. Quella attuale non apre più nulla.</translation>
    </message>
    <message>
        <source>The passphrase is being reset…</source>
        <translation>Reimpostazione in corso…</translation>
    </message>
    <message>
        <source>Reset the passphrase</source>
        <translation>Reimposta la frase di accesso</translation>
    </message>
    <message>
        <source>Renew the keys</source>
        <translation>Rinnova le chiavi</translation>
    </message>
    <message>
        <source>The databases have new keys.</source>
        <translation>I database hanno chiavi nuove.</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>The first person</source>
        <translation>La prima persona</translation>
    </message>
    <message>
        <source>Name and surname</source>
        <translation>Nome e cognome</translation>
    </message>
    <message>
        <source>Stands beside signatures. It never leaves this computer; Pisa sees the code only</source>
        <translation>Compare accanto alle firme. Non esce mai da questo computer; Pisa vede solo il codice</translation>
    </message>
    <message>
        <source>Personal code</source>
        <translation>Codice personale</translation>
    </message>
    <message>
        <source>U and two figures, for example U01</source>
        <translation>U e due cifre, per esempio U01</translation>
    </message>
    <message>
        <source>Investigator, signs visits</source>
        <translation>Sperimentatore, firma le visite</translation>
    </message>
    <message>
        <source>Data entry, does not sign</source>
        <translation>Inserimento dati, non firma</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Ruolo</translation>
    </message>
    <message>
        <source>The first person is also the site&apos;s administrator: people, keys, sending.</source>
        <translation>La prima persona è anche amministratore del centro: persone, chiavi, invio.</translation>
    </message>
    <message>
        <source>Type name and surname.</source>
        <translation>Scrivere nome e cognome.</translation>
    </message>
    <message>
        <source>A personal code is U and two figures, as U01.</source>
        <translation>Il codice personale è U e due cifre, come U01.</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Study code or name</source>
        <translation>Codice dello studio o nome</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>Simile</translation>
    </message>
    <message>
        <source>Nobody here matches what was typed.</source>
        <translation>Nessuno corrisponde a quanto scritto.</translation>
    </message>
    <message>
        <source>Type the code or the name.</source>
        <translation>Scrivere il codice o il nome.</translation>
    </message>
</context>
<context>
    <name>Prompts</name>
    <message>
        <source>Mark {count} questions as absent?</source>
        <translation>Segnare {count} domande come assenti?</translation>
    </message>
    <message>
        <source>All questions of {form} without an answer become absent, in one step that can be undone. Those for which other answers suggest present stay open.</source>
        <translation>Tutte le domande di {form} senza risposta diventano assenti, in un solo passo che si può annullare. Restano aperte quelle per cui altre risposte suggeriscono presente.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Mark {count} absent</source>
        <translation>Segna {count} come assenti</translation>
    </message>
    <message>
        <source>Keep this answer?</source>
        <translation>Mantenere questa risposta?</translation>
    </message>
    <message>
        <source>Keep the answer</source>
        <translation>Mantieni la risposta</translation>
    </message>
    <message>
        <source>Amend this visit?</source>
        <translation>Correggere questa visita?</translation>
    </message>
    <message>
        <source>Amend this record?</source>
        <translation>Correggere questa scheda?</translation>
    </message>
    <message>
        <source>The signed version stays as it is. The changes become a new version, with this reason, that has to be signed again.</source>
        <translation>La versione firmata resta com&apos;è. Le modifiche diventano una nuova versione, con questo motivo, che va firmata di nuovo.</translation>
    </message>
    <message>
        <source>Amend</source>
        <translation>Correggi</translation>
    </message>
    <message>
        <source>All {count} questionnaires</source>
        <translation>Tutti i {count} questionari</translation>
    </message>
    <message>
        <source>Answer “{question}”, then hand the computer over.</source>
        <translation>Rispondere a «{question}», poi consegnare il computer.</translation>
    </message>
    <message>
        <source>Hand over {name}</source>
        <translation>Consegna {name}</translation>
    </message>
    <message>
        <source>Hand the computer to the patient?</source>
        <translation>Consegnare il computer al paziente?</translation>
    </message>
    <message>
        <source>One answer is needed first</source>
        <translation>Serve prima una risposta</translation>
    </message>
    <message>
        <source>Only the questions will be seen, one at a time in large type. Your passphrase is needed to come back.</source>
        <translation>Si vedranno solo le domande, una alla volta e a caratteri grandi. Per tornare serve la frase di accesso di chi consegna.</translation>
    </message>
    <message>
        <source>To the question</source>
        <translation>Alla domanda</translation>
    </message>
    <message>
        <source>{count} questionnaires</source>
        <translation>{count} questionari</translation>
    </message>
</context>
<context>
    <name>Queries</name>
    <message>
        <source>Questions from Pisa</source>
        <translation>Richieste di Pisa</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Amend this record…</source>
        <translation>Correggi questa scheda…</translation>
    </message>
    <message>
        <source>A corrected answer says by itself to Pisa that it is one.</source>
        <translation>Pisa viene avvisata da sola di una risposta corretta.</translation>
    </message>
    <message>
        <source>If the record is wrong, amend it: Pisa is told by itself. Else answer in words.</source>
        <translation>Se la scheda è sbagliata, correggerla: Pisa viene avvisata da sola. Altrimenti rispondere a parole.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Rispondi</translation>
    </message>
    <message>
        <source>It leaves for Pisa: no names, no dates, at most 200 characters.</source>
        <translation>Parte per Pisa: niente nomi né date, al massimo 200 caratteri.</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Risposta</translation>
    </message>
    <message>
        <source>Ask Pisa back</source>
        <translation>Domanda a Pisa</translation>
    </message>
    <message>
        <source>It was amended</source>
        <translation>È stato corretto</translation>
    </message>
    <message>
        <source>Go to the question</source>
        <translation>Vai alla domanda</translation>
    </message>
    <message>
        <source>Waiting for us</source>
        <translation>Aspetta noi</translation>
    </message>
    <message>
        <source>Waiting for Pisa</source>
        <translation>Aspetta Pisa</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Chiusa</translation>
    </message>
    <message>
        <source>Taken back by Pisa</source>
        <translation>Annullata da Pisa</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>versione {number}</translation>
    </message>
    <message>
        <source>Pisa asks: waiting for us</source>
        <translation>Pisa chiede: aspetta noi</translation>
    </message>
    <message>
        <source>Pisa asked: waiting for Pisa</source>
        <translation>Pisa ha chiesto: aspetta Pisa</translation>
    </message>
    <message>
        <source>Pisa asked: closed</source>
        <translation>Pisa ha chiesto: chiusa</translation>
    </message>
    <message>
        <source>Pisa asked: taken back</source>
        <translation>Pisa ha chiesto: annullata</translation>
    </message>
    <message>
        <source>Read and answer</source>
        <translation>Leggi e rispondi</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Leggi</translation>
    </message>
    <message>
        <source>Verified with its source</source>
        <translation>Verificato con la fonte</translation>
    </message>
    <message>
        <source>Changed since verified with its source</source>
        <translation>Cambiato dopo la verifica con la fonte</translation>
    </message>
</context>
<context>
    <name>QueriesCard</name>
    <message>
        <source>Questions from Pisa</source>
        <translation>Richieste di Pisa</translation>
    </message>
    <message>
        <source>All questions</source>
        <translation>Tutte le richieste</translation>
    </message>
    <message numerus="yes">
        <source>%n answered, waiting for Pisa</source>
        <translation>
            <numerusform>%n risposta, aspetta Pisa</numerusform>
            <numerusform>%n risposte, aspettano Pisa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueriesPage</name>
    <message>
        <source>Questions from Pisa</source>
        <translation>Richieste di Pisa</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Which questions</source>
        <translation>Quali richieste</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Richieste</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Richiesta</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Last word</source>
        <translation>Ultimo messaggio</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tutti</translation>
    </message>
    <message>
        <source>Waiting for us ({count})</source>
        <translation>Aspettano noi ({count})</translation>
    </message>
    <message>
        <source>Waiting for Pisa ({count})</source>
        <translation>Aspettano Pisa ({count})</translation>
    </message>
    <message>
        <source>Closed ({count})</source>
        <translation>Chiuse ({count})</translation>
    </message>
    <message>
        <source>No question of Pisa waits for an answer.</source>
        <translation>Nessuna richiesta di Pisa aspetta una risposta.</translation>
    </message>
    <message>
        <source>No answer waits to be looked at in Pisa.</source>
        <translation>Nessuna risposta aspetta di essere vista a Pisa.</translation>
    </message>
    <message>
        <source>No question is closed yet.</source>
        <translation>Nessuna richiesta è ancora chiusa.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n richiesta</numerusform>
            <numerusform>%n richieste</numerusform>
        </translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Annotato</translation>
    </message>
    <message>
        <source>It leaves with the next bundle that is sent to Pisa.</source>
        <translation>Parte con il prossimo pacchetto inviato a Pisa.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Places</source>
        <translation>Pagine</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pazienti</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Invio</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Opzioni</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Blocca</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>{value} on 0–3</source>
        <translation>{value} su 0–3</translation>
    </message>
    <message>
        <source>= {value} on 0–3</source>
        <translation>= {value} su 0–3</translation>
    </message>
    <message>
        <source>from {low} to {high}</source>
        <translation>da {low} a {high}</translation>
    </message>
    <message>
        <source>weight {points}</source>
        <translation>peso {points}</translation>
    </message>
</context>
<context>
    <name>RecoverPage</name>
    <message>
        <source>New passphrase</source>
        <translation>Nuova frase di accesso</translation>
    </message>
    <message>
        <source>The new passphrase is being set</source>
        <translation>Impostazione della nuova frase di accesso in corso</translation>
    </message>
    <message>
        <source>Set the new passphrase</source>
        <translation>Imposta la nuova frase di accesso</translation>
    </message>
    <message>
        <source>Back to unlock</source>
        <translation>Torna allo sblocco</translation>
    </message>
    <message>
        <source>A forgotten passphrase</source>
        <translation>Una frase di accesso dimenticata</translation>
    </message>
    <message>
        <source>1. Ask another site administrator: under People, “Reset the passphrase” gives a passphrase for one unlocking. Nothing is lost.</source>
        <translation>1. Chiedere a un altro amministratore del centro: in Persone, «Reimposta la frase di accesso» ne dà una per un solo sblocco. Non si perde nulla.</translation>
    </message>
    <message>
        <source>2. If no administrator can unlock, fetch the envelope with recovery sheet {number} and copy its four rows here. An administrator gets a new passphrase.</source>
        <translation>2. Se nessun amministratore può sbloccare, prendere la busta con il foglio di recupero {number} e ricopiarne qui le quattro righe. Un amministratore riceve una nuova frase di accesso.</translation>
    </message>
    <message>
        <source>2. No recovery sheet was made for this site: if no administrator can unlock, what was not sent to Pisa cannot be read any more. Call the centre.</source>
        <translation>2. Per questo centro non è stato creato un foglio di recupero: se nessun amministratore può sbloccare, ciò che non è stato inviato a Pisa non si può più leggere. Telefonare a Pisa.</translation>
    </message>
    <message>
        <source>Administrator who gets the new passphrase</source>
        <translation>Amministratore che riceve la nuova frase di accesso</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>This computer cannot do it now: try again, and if it happens again call the centre.</source>
        <translation>Questo computer ora non può farlo: riprovare e, se succede ancora, telefonare a Pisa.</translation>
    </message>
    <message>
        <source>A file could not be read or written: check that the disk or stick is connected and try again.</source>
        <translation>Un file non è stato letto o scritto: controllare che il disco o la chiavetta sia collegato e riprovare.</translation>
    </message>
    <message>
        <source>A file could not be written: check that the folder may be written to and try again.</source>
        <translation>Un file non è stato scritto: controllare che nella cartella si possa scrivere e riprovare.</translation>
    </message>
    <message>
        <source>The disk is full: free some space and try again. Nothing was changed.</source>
        <translation>Il disco è pieno: liberare spazio e riprovare. Nulla è stato cambiato.</translation>
    </message>
    <message>
        <source>Nothing can be written into the folder {name}: check that it is there and that you may write to it, or choose another one.</source>
        <translation>Nella cartella {name} non si può scrivere: controllare che ci sia e che si abbia il permesso, oppure sceglierne un&apos;altra.</translation>
    </message>
    <message>
        <source>The folder or the stick is not there: connect it again and try again.</source>
        <translation>La cartella o la chiavetta non c&apos;è: ricollegarla e riprovare.</translation>
    </message>
    <message>
        <source>The file cannot be read: check that it is there and that its stick is connected.</source>
        <translation>Il file non si può leggere: controllare che ci sia e che la chiavetta sia collegata.</translation>
    </message>
    <message>
        <source>This is not an ordinary file: choose the file itself, not a link or a folder.</source>
        <translation>Questo non è un file normale: scegliere il file stesso, non un collegamento o una cartella.</translation>
    </message>
    <message>
        <source>The file is larger than any file of the study: check that the right one was chosen.</source>
        <translation>Il file è più grande di qualsiasi file dello studio: controllare di avere scelto quello giusto.</translation>
    </message>
    <message>
        <source>The file is damaged: get it again from its source.</source>
        <translation>Il file è danneggiato: procurarsene un&apos;altra copia.</translation>
    </message>
    <message>
        <source>The program is already open on this data: use its window, or close it first.</source>
        <translation>Il programma è già aperto su questi dati: usare quella finestra, oppure prima chiuderla.</translation>
    </message>
    <message>
        <source>The data folder lies on a network share, where databases get damaged: choose a folder on this computer&apos;s disk.</source>
        <translation>La cartella dei dati è su un disco di rete, dove gli archivi si danneggiano: scegliere una cartella sul disco di questo computer.</translation>
    </message>
    <message>
        <source>The data folder is synchronised with a cloud service, where databases get damaged: choose another folder on this computer.</source>
        <translation>La cartella dei dati è sincronizzata con un servizio cloud, dove gli archivi si danneggiano: scegliere un&apos;altra cartella di questo computer.</translation>
    </message>
    <message>
        <source>The database server cannot be used: check that it runs, its address and the network.</source>
        <translation>Il server della base dati non si può usare: controllare che sia acceso, il suo indirizzo e la rete.</translation>
    </message>
    <message>
        <source>These data lie on a database server, not in a file: let the server make its backups.</source>
        <translation>Questi dati sono su un server, non in un file: le copie le fa il server.</translation>
    </message>
    <message>
        <source>Nothing was saved, because a value in it is none that the database can hold: report it to the study&apos;s technical support.</source>
        <translation>Nulla è stato salvato, perché un valore non può stare nell&apos;archivio: segnalarlo all&apos;assistenza tecnica dello studio.</translation>
    </message>
    <message>
        <source>The database library {version} is too old to keep data safely: install this program again.</source>
        <translation>La libreria dell&apos;archivio {version} è troppo vecchia per conservare i dati in sicurezza: installare di nuovo il programma.</translation>
    </message>
    <message>
        <source>Unlocking needs {mebibytes} MB of free memory: close other programs and try again.</source>
        <translation>Per sbloccare servono {mebibytes} MB di memoria libera: chiudere altri programmi e riprovare.</translation>
    </message>
    <message>
        <source>The forms of this installation are damaged: install this program again.</source>
        <translation>Le schede di questa installazione sono danneggiate: installare di nuovo il programma.</translation>
    </message>
    <message>
        <source>The protocol settings of this installation are damaged: install this program again.</source>
        <translation>Le impostazioni del protocollo di questa installazione sono danneggiate: installare di nuovo il programma.</translation>
    </message>
    <message>
        <source>The passphrase is not right: check the capitals key and the keyboard.</source>
        <translation>La frase di accesso non è giusta: controllare il tasto delle maiuscole e la tastiera.</translation>
    </message>
    <message>
        <source>There is no active person {user} on this computer: ask the site administrator.</source>
        <translation>Su questo computer non c&apos;è una persona attiva {user}: chiedere all&apos;amministratore del centro.</translation>
    </message>
    <message>
        <source>The passphrase was wrong several times.</source>
        <translation>La frase di accesso era sbagliata più volte.</translation>
    </message>
    <message>
        <source>{user} was disabled and may not unlock: ask the site administrator.</source>
        <translation>{user} è stato disattivato e non può sbloccare: chiedere all&apos;amministratore del centro.</translation>
    </message>
    <message>
        <source>{user} cannot be left without this: another administrator has to be added first, and do it.</source>
        <translation>{user} non può restare senza questo: prima va aggiunto un altro amministratore, che lo faccia.</translation>
    </message>
    <message>
        <source>A person needs a code of 2 to 12 capital letters or digits, a name, and at least one role: correct them.</source>
        <translation>Servono un codice da 2 a 12 lettere maiuscole o cifre, un nome e almeno un ruolo: correggerli.</translation>
    </message>
    <message>
        <source>The name of {user} holds characters that cannot be read, such as a line break: type it again.</source>
        <translation>Il nome di {user} contiene caratteri illeggibili, per esempio un a capo: scriverlo di nuovo.</translation>
    </message>
    <message>
        <source>The code leaves the hospital with everything that {user} enters, and holds a part of the name: choose another, such as U02.</source>
        <translation>Il codice esce dall&apos;ospedale con tutto ciò che {user} inserisce, e contiene una parte del nome: sceglierne un altro, come U02.</translation>
    </message>
    <message>
        <source>{about} is out, but the databases do not have their new keys yet, since the disk is full or failed: free some space and unlock again, and the program goes on by itself.</source>
        <translation>{about} è fuori, ma i database non hanno ancora le chiavi nuove, perché il disco è pieno o ha segnalato un errore: liberare spazio e sbloccare di nuovo, e il programma va avanti da sé.</translation>
    </message>
    <message>
        <source>The new keys are made, but the databases are not all under them yet, since the disk is full or failed: free some space and unlock again, and the program goes on by itself.</source>
        <translation>Le chiavi nuove ci sono, ma non tutti i database le usano ancora, perché il disco è pieno o ha segnalato un errore: liberare spazio e sbloccare di nuovo, e il programma va avanti da sé.</translation>
    </message>
    <message>
        <source>{about} has no passphrase any more, since the disk is full or failed before the new one could be shown: free some space and reset it again.</source>
        <translation>{about} non ha più una frase di accesso: quella nuova non si è potuta mostrare, perché il disco è pieno o ha segnalato un errore; liberare spazio e reimpostarla di nuovo.</translation>
    </message>
    <message>
        <source>{about} is added, but the passphrase could not be shown, since the disk is full or failed: free some space and reset the passphrase.</source>
        <translation>{about} è stato aggiunto, ma la frase di accesso non si è potuta mostrare, perché il disco è pieno o ha segnalato un errore: liberare spazio e reimpostarla.</translation>
    </message>
    <message>
        <source>A recovery sheet was made that nobody has seen, and those of before open this site, since the disk is full or failed: free some space and make a new one.</source>
        <translation>È stato creato un foglio di recupero che nessuno ha visto, e quelli di prima aprono questo centro, perché il disco è pieno o ha segnalato un errore: liberare spazio e crearne uno nuovo.</translation>
    </message>
    <message>
        <source>Recovery sheet {about} is in force: keep it. What follows is not done yet, since the disk is full or failed: free some space and unlock again, and the program goes on by itself.</source>
        <translation>Il foglio di recupero {about} è in vigore: conservarlo. Il resto manca ancora, perché il disco è pieno o ha segnalato un errore: liberare spazio e sbloccare di nuovo, e il programma va avanti da sé.</translation>
    </message>
    <message>
        <source>{about} has the new passphrase, but the audit trail does not tell of it yet, since the disk is full or failed: free some space and unlock again, and the program goes on by itself.</source>
        <translation>{about} ha la nuova frase di accesso, ma il registro non ne parla ancora, perché il disco è pieno o ha segnalato un errore: liberare spazio e sbloccare di nuovo, e il programma va avanti da sé.</translation>
    </message>
    <message>
        <source>What was asked holds, but what follows it is not done yet, since the disk is full or failed: free some space and unlock again, and the program goes on by itself.</source>
        <translation>Ciò che è stato chiesto vale, ma il resto non è ancora fatto, perché il disco è pieno o ha segnalato un errore: liberare spazio e sbloccare di nuovo, e il programma va avanti da sé.</translation>
    </message>
    <message>
        <source>Recovery sheet {number} opens this site, and so do those before it, since the disk is full or failed: keep them all, free some space and do the same again.</source>
        <translation>Il foglio di recupero {number} apre questo centro, e così quelli di prima, perché il disco è pieno o ha segnalato un errore: conservarli tutti, liberare spazio e ripetere la stessa cosa.</translation>
    </message>
    <message>
        <source>No recovery sheet was made for this site: ask an administrator to reset the passphrase.</source>
        <translation>Per questo centro non esiste un foglio di recupero: chiedere a un amministratore di reimpostare la frase di accesso.</translation>
    </message>
    <message>
        <source>Row {row} is not as printed on the sheet: compare it letter by letter and type it again.</source>
        <translation>La riga {row} non è come stampata sul foglio: confrontarla lettera per lettera e ridigitarla.</translation>
    </message>
    <message>
        <source>The sheet has four rows of four groups of four letters: type all of them.</source>
        <translation>Il foglio ha quattro righe di quattro gruppi di quattro lettere: digitarli tutti.</translation>
    </message>
    <message>
        <source>This recovery sheet does not open this site: look for the newest sheet, by its number.</source>
        <translation>Questo foglio di recupero non apre questo centro: cercare il foglio più recente, dal suo numero.</translation>
    </message>
    <message>
        <source>The key file is older than the database: somebody put an old copy back. Restore the newest backup.</source>
        <translation>Il file delle chiavi è più vecchio del database: qualcuno ha rimesso una vecchia copia. Ripristinare l&apos;ultimo backup.</translation>
    </message>
    <message>
        <source>The passphrase is shorter than {least} characters: use a longer one, for example five random words.</source>
        <translation>La frase di accesso ha meno di {least} caratteri: usarne una più lunga, per esempio cinque parole a caso.</translation>
    </message>
    <message>
        <source>The key file asks for settings outside the allowed range, it may have been tampered with: restore it from a backup.</source>
        <translation>Il file delle chiavi chiede impostazioni fuori dai limiti, potrebbe essere stato manomesso: ripristinarlo da un backup.</translation>
    </message>
    <message>
        <source>Something sealed could not be opened: ask for a new copy.</source>
        <translation>Un contenuto sigillato non si è aperto: chiederne una nuova copia.</translation>
    </message>
    <message>
        <source>What was sealed does not open with this key: it was made for another one or was changed. Ask for a new copy.</source>
        <translation>Il contenuto sigillato non si apre con questa chiave: era per un&apos;altra o è stato cambiato. Chiederne una nuova copia.</translation>
    </message>
    <message>
        <source>A key is not usable: ask its owner to send it again.</source>
        <translation>Una chiave non è utilizzabile: chiedere a chi l&apos;ha inviata di mandarla di nuovo.</translation>
    </message>
    <message>
        <source>Your role does not allow this: ask the site administrator who may do it.</source>
        <translation>Il ruolo di chi ha sbloccato non lo permette: chiedere all&apos;amministratore del centro chi può farlo.</translation>
    </message>
    <message>
        <source>Only an investigator may sign: ask one of them.</source>
        <translation>Solo uno sperimentatore può firmare: rivolgersi a uno di loro.</translation>
    </message>
    <message>
        <source>Your role does not see names: ask an investigator or a person for data entry.</source>
        <translation>Questo ruolo non vede i nomi: rivolgersi a uno sperimentatore o a chi inserisce i dati.</translation>
    </message>
    <message>
        <source>Only an investigator or a person for data entry may open a visit: ask one of them.</source>
        <translation>Solo uno sperimentatore o chi inserisce i dati può aprire una visita: rivolgersi a uno di loro.</translation>
    </message>
    <message>
        <source>Only an investigator or a person for data entry may enter answers: ask one of them.</source>
        <translation>Solo uno sperimentatore o chi inserisce i dati può scrivere risposte: rivolgersi a uno di loro.</translation>
    </message>
    <message>
        <source>Only an investigator or a person for data entry may enrol a patient: ask one of them.</source>
        <translation>Solo uno sperimentatore o chi inserisce i dati può arruolare un paziente: rivolgersi a uno di loro.</translation>
    </message>
    <message>
        <source>Only an investigator or a person for data entry may import: ask one of them.</source>
        <translation>Possono importare solo uno sperimentatore o chi inserisce i dati: chiedere a uno di loro.</translation>
    </message>
    <message>
        <source>{faults}</source>
        <translation>{faults}</translation>
    </message>
    <message>
        <source>No draft was written: a mapping file of the table&apos;s name stands beside it already. Go on with that one, or move it away.</source>
        <translation>Nessuna bozza è stata scritta: accanto alla tabella c&apos;è già un file della mappa con il suo nome. Continuare con quello, oppure spostarlo.</translation>
    </message>
    <message>
        <source>This folder already holds a site: unlock it, or choose an empty folder for a new one.</source>
        <translation>Questa cartella contiene già un centro: sbloccarlo, oppure scegliere una cartella vuota per uno nuovo.</translation>
    </message>
    <message>
        <source>The key file keyslots.json is missing from the data folder: choose the right folder or restore it from a backup.</source>
        <translation>Nella cartella dei dati manca il file delle chiavi keyslots.json: scegliere la cartella giusta o ripristinarlo da un backup.</translation>
    </message>
    <message>
        <source>The key file and its copy are damaged or were changed: restore keyslots.json from a backup. The data itself was not touched.</source>
        <translation>Il file delle chiavi e la sua copia sono danneggiati o sono stati cambiati: ripristinare keyslots.json da un backup. I dati non sono stati toccati.</translation>
    </message>
    <message>
        <source>The key file keyslots.json is gone, and the data in this folder do not open without it: look for it where it was moved, copy it from the newest backup, or put that backup back.</source>
        <translation>Il file delle chiavi keyslots.json non c&apos;è più, e senza di esso i dati di questa cartella non si aprono: cercarlo dove è stato spostato, copiarlo dal backup più recente, oppure ripristinare quel backup.</translation>
    </message>
    <message>
        <source>{name} is missing from the data folder: look for it where it was moved, or restore a backup.</source>
        <translation>{name} manca dalla cartella dei dati: cercarlo dove è stato spostato o ripristinare un backup.</translation>
    </message>
    <message>
        <source>{name} is damaged, or is not the file its key belongs to: nothing was changed. Restore a backup.</source>
        <translation>{name} è danneggiato o non è il file di questa chiave: nulla è stato cambiato. Ripristinare un backup.</translation>
    </message>
    <message>
        <source>{name} was written by a newer version of this program: install that version.</source>
        <translation>{name} è stato scritto da una versione più recente del programma: installare quella versione.</translation>
    </message>
    <message>
        <source>The data could not be used: close the program, open it again and call the centre if it happens again.</source>
        <translation>I dati non si sono potuti usare: chiudere il programma, riaprirlo e, se succede ancora, telefonare a Pisa.</translation>
    </message>
    <message>
        <source>This computer did not let the data be used: try again.</source>
        <translation>Questo computer non ha permesso di usare i dati: riprovare.</translation>
    </message>
    <message>
        <source>There is a file {name} already, and nothing is written over it: choose another name.</source>
        <translation>Esiste già un file {name}, e nulla vi si scrive sopra: scegliere un altro nome.</translation>
    </message>
    <message>
        <source>{name} is a folder of the data themselves: choose another folder.</source>
        <translation>{name} è una cartella dei dati stessi: scegliere un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>{name} would stand among the data themselves: choose another folder.</source>
        <translation>{name} starebbe in mezzo ai dati stessi: scegliere un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>It is erased in the data and the trail, but the file could not be written anew, since the disk is full or failed, and may still hold it: make room and do the same once more.</source>
        <translation>È cancellato nei dati e nel registro, ma il file non si è potuto riscrivere, perché il disco è pieno o ha segnalato un errore, e può contenerlo ancora: fare spazio e ripetere la stessa cosa.</translation>
    </message>
    <message>
        <source>Nothing was saved, because the disk is full: free some space and try again.</source>
        <translation>Nulla è stato salvato perché il disco è pieno: liberare spazio e riprovare.</translation>
    </message>
    <message>
        <source>Nothing was saved, because the data folder may not be written to: check its permissions and try again.</source>
        <translation>Nulla è stato salvato perché nella cartella dei dati non si può scrivere: controllarne i permessi e riprovare.</translation>
    </message>
    <message>
        <source>Nothing was saved, because another program is using the data: close it and try again.</source>
        <translation>Nulla è stato salvato perché un altro programma sta usando i dati: chiuderlo e riprovare.</translation>
    </message>
    <message>
        <source>Nothing was saved, because the disk reported an error: try again, and if it happens again copy the data folder to another disk.</source>
        <translation>Nulla è stato salvato perché il disco ha segnalato un errore: riprovare e, se succede ancora, copiare la cartella dei dati su un altro disco.</translation>
    </message>
    <message>
        <source>Nothing was saved: try again.</source>
        <translation>Nulla è stato salvato: riprovare.</translation>
    </message>
    <message>
        <source>Nothing was saved, because it was already written: open it again and repeat the change.</source>
        <translation>Nulla è stato salvato perché era già stato scritto: riaprire e ripetere la modifica.</translation>
    </message>
    <message>
        <source>The code {user} was given to somebody already, and a code is one person&apos;s for ever: choose another one.</source>
        <translation>Il codice {user} è già stato dato a qualcuno, e un codice resta di una persona per sempre: sceglierne un altro.</translation>
    </message>
    <message>
        <source>{name} is not here any more: open the list again.</source>
        <translation>{name} non è più qui: riaprire l&apos;elenco.</translation>
    </message>
    <message>
        <source>Nothing was saved, because this visit is closed: choose Amend, give a reason and repeat the change.</source>
        <translation>Nulla è stato salvato perché questa visita è chiusa: scegliere Correggi, dare un motivo e ripetere la modifica.</translation>
    </message>
    <message>
        <source>Nothing was changed: say why in a few words, since the reason stays in the audit trail.</source>
        <translation>Nulla è cambiato: indicare il motivo in poche parole, perché resta nel registro.</translation>
    </message>
    <message>
        <source>Somebody else knows your passphrase: lock, unlock again, and choose one of your own first.</source>
        <translation>Qualcun altro conosce la sua frase di accesso: bloccare, sbloccare di nuovo e sceglierne prima una propria.</translation>
    </message>
    <message>
        <source>What was completed is changed only with a reason: choose one and repeat the change.</source>
        <translation>Ciò che è stato completato si cambia solo con un motivo: sceglierne uno e ripetere la modifica.</translation>
    </message>
    <message>
        <source>This answer was not taken: check it and repeat it.</source>
        <translation>Questa risposta non è stata accettata: controllarla e ripeterla.</translation>
    </message>
    <message>
        <source>This question does not belong to this visit: open the visit again.</source>
        <translation>Questa domanda non appartiene a questa visita: riaprire la visita.</translation>
    </message>
    <message>
        <source>This question cannot be left without an answer: answer it.</source>
        <translation>Questa domanda non può restare senza risposta: rispondere.</translation>
    </message>
    <message>
        <source>This is not an answer of the kind that is asked: answer again.</source>
        <translation>La risposta non è del tipo richiesto: rispondere di nuovo.</translation>
    </message>
    <message>
        <source>This is worked out from other answers: change those instead.</source>
        <translation>Questo valore è ricavato da altre risposte: cambiare quelle.</translation>
    </message>
    <message>
        <source>Nothing here asks for a reason any more.</source>
        <translation>Qui non serve più un motivo.</translation>
    </message>
    <message>
        <source>Choose one of the listed reasons; “other” needs a few words.</source>
        <translation>Scegliere uno dei motivi elencati; «altro» richiede qualche parola.</translation>
    </message>
    <message>
        <source>A stored answer does not fit its question ({field}): call the centre.</source>
        <translation>Una risposta conservata non è adatta alla sua domanda ({field}): telefonare a Pisa.</translation>
    </message>
    <message>
        <source>The question {field} holds something that may not leave: correct it and send again.</source>
        <translation>La domanda {field} contiene qualcosa che non può uscire: correggere e inviare di nuovo.</translation>
    </message>
    <message>
        <source>This was not done: try again.</source>
        <translation>Non è stato fatto: riprovare.</translation>
    </message>
    <message>
        <source>A site code has 2 to 6 figures or capital letters, without I, L, O and U.</source>
        <translation>Il codice del centro ha da 2 a 6 cifre o lettere maiuscole, senza I, L, O e U.</translation>
    </message>
    <message>
        <source>Nothing was signed: the first signature after unlocking needs your own code beside the passphrase. The site is unlocked by {user}; if that is not you, lock it and unlock it as yourself.</source>
        <translation>Nulla è stato firmato: la prima firma dopo lo sblocco vuole il proprio codice accanto alla frase di accesso. Il centro è sbloccato da {user}; se è un&apos;altra persona, bloccarlo e sbloccarlo con il proprio nome.</translation>
    </message>
    <message>
        <source>Nothing was changed: only what is complete can be amended, and only an amendment can be given up. Open the list again and see how it stands.</source>
        <translation>Nulla è cambiato: si corregge solo ciò che è completo, e si abbandona solo una correzione. Riaprire l&apos;elenco e guardare a che punto è.</translation>
    </message>
    <message>
        <source>Nothing was sent: the full check found {count} places where the data are not what was entered here. Leave the data folder as it is, see “Check everything” in the audit trail, and call the study centre.</source>
        <translation>Nulla è stato inviato: il controllo completo ha trovato {count} punti in cui i dati non sono quelli inseriti qui. Lasciare la cartella dei dati com&apos;è, vedere «Verifica tutto» nel registro e telefonare al centro dello studio.</translation>
    </message>
    <message>
        <source>Nothing was signed: 1 problem stands in the way. Open the review and settle it.</source>
        <translation>Nulla è stato firmato: resta 1 problema da risolvere. Aprire la revisione e risolverlo.</translation>
    </message>
    <message>
        <source>Nothing was signed: {problems} problems stand in the way. Open the review and settle each of them.</source>
        <translation>Nulla è stato firmato: lo impediscono {problems} problemi. Aprire la revisione e risolverli uno a uno.</translation>
    </message>
    <message>
        <source>The date lies in the future: type the day of the visit, or check this computer&apos;s clock.</source>
        <translation>La data è nel futuro: scrivere il giorno della visita o controllare l&apos;orologio di questo computer.</translation>
    </message>
    <message>
        <source>The date lies before the enrolment: type the day of the visit.</source>
        <translation>La data è prima dell&apos;arruolamento: scrivere il giorno della visita.</translation>
    </message>
    <message>
        <source>The date lies before the birth date: correct one of the two.</source>
        <translation>La data è prima della data di nascita: correggere una delle due.</translation>
    </message>
    <message>
        <source>This patient is not enrolled yet: finish the enrolment first.</source>
        <translation>Questo paziente non è ancora arruolato: prima concludere l&apos;arruolamento.</translation>
    </message>
    <message>
        <source>Visits count their days from the enrolment date, so it can no longer be changed: put back the date that was there.</source>
        <translation>Le visite contano i giorni dalla data di arruolamento, che quindi non si può più cambiare: rimettere la data che c&apos;era.</translation>
    </message>
    <message>
        <source>The patient withdrew consent before that day, so nothing of it may be collected: check the date, or correct that of the withdrawal.</source>
        <translation>Il paziente ha revocato il consenso prima di quel giorno, quindi nulla se ne può raccogliere: controllare la data, oppure correggere quella della revoca.</translation>
    </message>
    <message>
        <source>The patient died before that day: check the date, or correct that of the death.</source>
        <translation>Il paziente è deceduto prima di quel giorno: controllare la data, oppure correggere quella del decesso.</translation>
    </message>
    <message>
        <source>Not completed, since the record goes on after that date: {entries}. Correct the date of each, or mark it as entered by mistake, then complete this again.</source>
        <translation>Non completato, perché la cartella prosegue dopo quella data: {entries}. Correggere la data di ciascuna voce, o indicarla come inserita per errore, poi completare di nuovo.</translation>
    </message>
    <message>
        <source>This visit was begun under a version of the forms that this program does not have: move it to the version in use, or install the program that it was begun with.</source>
        <translation>Questa visita è stata iniziata con una versione delle schede che questo programma non ha: passarla alla versione in uso, oppure installare il programma con cui è stata iniziata.</translation>
    </message>
    <message>
        <source>A score of this visit was defined otherwise in its version of the forms: open it again, move it to the version in use, then complete it.</source>
        <translation>Un indice di questa visita era definito diversamente nella sua versione delle schede: riaprirla, passarla alla versione in uso, poi completarla.</translation>
    </message>
    <message>
        <source>A completed visit stays under its own version of the forms: amend it first.</source>
        <translation>Una visita completata resta nella sua versione delle schede: prima va modificata con un motivo.</translation>
    </message>
    <message>
        <source>This was marked as entered by mistake: it can be read, but not changed. Enter it anew where it belongs.</source>
        <translation>Questa voce è indicata come inserita per errore: si può leggere ma non cambiare. Inserirla di nuovo dove va.</translation>
    </message>
    <message>
        <source>An enrolment is not marked as a mistake by itself: amend it or, if the patient was enrolled twice, join the two.</source>
        <translation>Un arruolamento non si indica da solo come errore: correggerlo oppure, se il paziente è stato arruolato due volte, unire i due.</translation>
    </message>
    <message>
        <source>This cannot be moved to that patient: choose another one.</source>
        <translation>Non si può spostare a quel paziente: sceglierne un altro.</translation>
    </message>
    <message>
        <source>It already belongs to this patient: choose another one.</source>
        <translation>Appartiene già a questo paziente: sceglierne un altro.</translation>
    </message>
    <message>
        <source>An enrolment cannot go to another patient: if somebody was enrolled twice, join the two.</source>
        <translation>Un arruolamento non passa a un altro paziente: se qualcuno è stato arruolato due volte, unire i due.</translation>
    </message>
    <message>
        <source>The other patient already has this visit: mark one of the two as entered by mistake first.</source>
        <translation>L&apos;altro paziente ha già questa visita: indicare prima una delle due come inserita per errore.</translation>
    </message>
    <message>
        <source>The other patient is not enrolled: finish that enrolment first, or choose another patient.</source>
        <translation>L&apos;altro paziente non è arruolato: concludere prima quell&apos;arruolamento, oppure scegliere un altro paziente.</translation>
    </message>
    <message>
        <source>The other patient was enrolled twice and goes on under another code: choose that one.</source>
        <translation>L&apos;altro paziente è stato arruolato due volte e prosegue con un altro codice: scegliere quello.</translation>
    </message>
    <message>
        <source>The other patient had left the study by that date: check the date and the patient.</source>
        <translation>A quella data l&apos;altro paziente aveva lasciato lo studio: controllare la data e il paziente.</translation>
    </message>
    <message>
        <source>These two enrolments cannot be joined: check both codes.</source>
        <translation>Questi due arruolamenti non si possono unire: controllare i due codici.</translation>
    </message>
    <message>
        <source>These are one and the same enrolment: choose the other one.</source>
        <translation>È uno stesso arruolamento: scegliere l&apos;altro.</translation>
    </message>
    <message>
        <source>The enrolment to keep is not finished: finish it first, or keep the other one.</source>
        <translation>L&apos;arruolamento da tenere non è concluso: concluderlo prima, oppure tenere l&apos;altro.</translation>
    </message>
    <message>
        <source>One of the two was joined before: choose the code under which that patient goes on.</source>
        <translation>Uno dei due è già stato unito: scegliere il codice con cui quel paziente prosegue.</translation>
    </message>
    <message>
        <source>The enrolment to keep ended before something that the other one holds: correct the dates first.</source>
        <translation>L&apos;arruolamento da tenere è finito prima di qualcosa che l&apos;altro contiene: correggere prima le date.</translation>
    </message>
    <message>
        <source>Nothing was sent: the full check found 1 place where the data are not what was entered here. Leave the data folder as it is, see “Check everything” in the audit trail, and call the study centre.</source>
        <translation>Nulla è stato inviato: il controllo completo ha trovato 1 punto in cui i dati non sono quelli inseriti qui. Lasciare la cartella dei dati com&apos;è, vedere «Verifica tutto» nel registro e telefonare al centro dello studio.</translation>
    </message>
    <message>
        <source>Nothing was changed, because {subject} was handed over to another computer: go on there; here the record is only read. If the file was never used there, take the patient back first.</source>
        <translation>Nulla è cambiato, perché {subject} è stato consegnato a un altro computer: proseguire là; qui si legge soltanto. Se il file non è mai stato usato là, riprendere prima il paziente.</translation>
    </message>
    <message>
        <source>Nothing was changed: the card is of another study; ask the other computer for its own.</source>
        <translation>Nulla è cambiato: la scheda è di un altro studio; chiedere all&apos;altro computer la propria.</translation>
    </message>
    <message>
        <source>Nothing was changed: this is the card of this computer; take the card of the one that goes on with the patient.</source>
        <translation>Nulla è cambiato: questa è la scheda di questo computer; prendere quella di chi prosegue con il paziente.</translation>
    </message>
    <message>
        <source>Nothing was changed: this patient was handed over already; write the same file again, or take the patient back first.</source>
        <translation>Nulla è cambiato: il paziente è già stato consegnato; riscrivere lo stesso file, oppure riprendere prima il paziente.</translation>
    </message>
    <message>
        <source>Nothing was changed: this patient was enrolled twice and goes on under another code; hand that one over.</source>
        <translation>Nulla è cambiato: il paziente è stato arruolato due volte e prosegue con un altro codice; consegnare quello.</translation>
    </message>
    <message>
        <source>Nothing was changed: there is no hand-over of this patient that could be changed so; look at the patient&apos;s page for who goes on.</source>
        <translation>Nulla è cambiato: non c&apos;è una consegna di questo paziente che si possa cambiare così; vedere nella sua pagina chi prosegue.</translation>
    </message>
    <message>
        <source>Nothing was changed: this patient was not taken over here, so there is nothing to give up.</source>
        <translation>Nulla è cambiato: questo paziente non è stato preso in carico qui, quindi non c&apos;è nulla da lasciare.</translation>
    </message>
    <message>
        <source>Nothing was changed: say why in a few words, since it stays in the audit trail.</source>
        <translation>Nulla è cambiato: dire il perché in poche parole, dato che resta nel registro.</translation>
    </message>
    <message>
        <source>Nothing was taken: the file is for another computer; take it over there.</source>
        <translation>Nulla è stato preso in carico: il file è per un altro computer; usarlo là.</translation>
    </message>
    <message>
        <source>Nothing was taken: synthetic patients and real ones do not go to one another&apos;s computers; ask for the file that was meant for this one.</source>
        <translation>Nulla è stato preso in carico: pazienti sintetici e veri non vanno gli uni sui computer degli altri; chiedere il file destinato a questo.</translation>
    </message>
    <message>
        <source>Nothing was taken: this file was used here before; if the patient was handed over again since, ask for the newer file.</source>
        <translation>Nulla è stato preso in carico: questo file è già stato usato qui; se il paziente è stato consegnato di nuovo, chiedere il file più recente.</translation>
    </message>
    <message>
        <source>Nothing was taken: this patient is kept on this computer already; telephone the other one, since only one of the two may go on.</source>
        <translation>Nulla è stato preso in carico: questo paziente è già su questo computer; telefonare all&apos;altro, perché uno solo dei due può proseguire.</translation>
    </message>
    <message>
        <source>Nothing was taken: the patient has visits under a version of the forms that this program does not know; update it and try again.</source>
        <translation>Nulla è stato preso in carico: il paziente ha visite con una versione delle schede che questo programma non conosce; aggiornarlo e riprovare.</translation>
    </message>
    <message>
        <source>Nothing was taken: a version or a signature in the file does not hold; telephone the computer that handed over, and have the patient handed over again.</source>
        <translation>Nulla è stato preso in carico: nel file una versione o una firma non regge; telefonare al computer che ha consegnato e farsi consegnare di nuovo il paziente.</translation>
    </message>
    <message>
        <source>Nothing was taken: this computer has versions of the patient&apos;s record that the file lacks; telephone Pisa before anybody goes on.</source>
        <translation>Nulla è stato preso in carico: questo computer ha versioni dei dati del paziente che nel file mancano; telefonare a Pisa prima che qualcuno prosegua.</translation>
    </message>
    <message>
        <source>The hand-over cannot be understood: ask for the patient to be handed over again.</source>
        <translation>La consegna non si capisce: chiedere che il paziente sia consegnato di nuovo.</translation>
    </message>
    <message>
        <source>The new version of the forms cannot be understood: ask the study centre to send it again.</source>
        <translation>La nuova versione delle schede non si capisce: chiedere a Pisa di inviarla di nuovo.</translation>
    </message>
    <message>
        <source>Nothing was changed: this version of the forms is older than one that came before; ask Pisa for the newest.</source>
        <translation>Nulla è cambiato: questa versione delle schede è più vecchia di una già arrivata; chiedere a Pisa la più recente.</translation>
    </message>
    <message>
        <source>Nothing was changed: another version of the forms came under this number before; telephone Pisa.</source>
        <translation>Nulla è cambiato: con questo numero è già arrivata un&apos;altra versione delle schede; telefonare a Pisa.</translation>
    </message>
    <message>
        <source>Nothing was changed: this version of the forms takes back what was published, or is not what it says it is; report it to Pisa.</source>
        <translation>Nulla è cambiato: questa versione delle schede ritira qualcosa di pubblicato, o non è quella che dice di essere; avvisare Pisa.</translation>
    </message>
    <message>
        <source>Nothing was changed: this version of the forms needs a newer version of the program; it is kept; update the program, then put it into use.</source>
        <translation>Nulla è cambiato: questa versione delle schede richiede una versione più nuova del programma; è conservata: aggiornare il programma, poi metterla in uso.</translation>
    </message>
    <message>
        <source>Nothing was changed: there is no new version of the forms to put into use; read Pisa&apos;s files first.</source>
        <translation>Nulla è cambiato: non c&apos;è una nuova versione delle schede da mettere in uso; leggere prima i file di Pisa.</translation>
    </message>
    <message>
        <source>This patient was enrolled twice and goes on as {kept}: open that code.</source>
        <translation>Questo paziente è stato arruolato due volte e prosegue come {kept}: aprire quel codice.</translation>
    </message>
    <message>
        <source>The protocol has no visit of this name: choose one of the list.</source>
        <translation>Il protocollo non ha una visita con questo nome: sceglierne una dell&apos;elenco.</translation>
    </message>
    <message>
        <source>Surname, name and birth date are needed first: type them and save the identity.</source>
        <translation>Prima servono cognome, nome e data di nascita: scriverli e salvare l&apos;identità.</translation>
    </message>
    <message>
        <source>The check letter of the tax code does not fit: read it again from the card.</source>
        <translation>La lettera di controllo del codice fiscale non corrisponde: rileggerlo dalla tessera.</translation>
    </message>
    <message>
        <source>The birth date lies in the future or after the enrolment: correct it.</source>
        <translation>La data di nascita è nel futuro o dopo l&apos;arruolamento: va corretta.</translation>
    </message>
    <message>
        <source>This folder belongs to a coordinating centre, not to a site: choose the site&apos;s folder.</source>
        <translation>Questa cartella è di un centro coordinatore, non di un centro clinico: scegliere la cartella del proprio centro.</translation>
    </message>
    <message>
        <source>There is nothing new to send: sign a visit first. What was sent before can be saved again.</source>
        <translation>Non c&apos;è nulla di nuovo da inviare: prima firmare una visita. Ciò che è stato inviato si può salvare di nuovo.</translation>
    </message>
    <message>
        <source>Pisa has revoked this computer and takes nothing more from it; what was entered here stays readable. Call Pisa: the work goes on with a new site, made on another computer.</source>
        <translation>Pisa ha revocato questo computer e non accetta più nulla da qui; ciò che è stato inserito resta leggibile. Telefonare a Pisa: il lavoro continua con un nuovo centro, creato su un altro computer.</translation>
    </message>
    <message>
        <source>No new key of Pisa waits to be confirmed: nothing was changed.</source>
        <translation>Nessuna chiave nuova di Pisa attende una conferma: nulla è cambiato.</translation>
    </message>
    <message>
        <source>Sending is locked: Pisa has bundles that this computer does not know, so an older copy of the data is in use. Call the centre; then restore the newest backup, or begin sending anew.</source>
        <translation>L&apos;invio è bloccato: Pisa ha pacchetti che questo computer non conosce, quindi è in uso una copia più vecchia dei dati. Telefonare a Pisa; poi ripristinare l&apos;ultimo backup, oppure ricominciare gli invii.</translation>
    </message>
    <message>
        <source>Sending is not locked: send as usual; what Pisa misses will be asked for.</source>
        <translation>L&apos;invio non è bloccato: inviare come al solito; ciò che manca a Pisa viene richiesto.</translation>
    </message>
    <message>
        <source>{needed} MB must be free on that disk and {free} MB are: free some space or choose another disk, and try again. Nothing was changed.</source>
        <translation>Su quel disco servono {needed} MB liberi e ce ne sono {free}: liberare spazio o scegliere un altro disco, e riprovare. Nulla è cambiato.</translation>
    </message>
    <message>
        <source>There is no whole backup of this site here: make one first.</source>
        <translation>Qui non c&apos;è un backup intero di questo centro: farne prima uno.</translation>
    </message>
    <message>
        <source>The folder for the backups is not there: connect its disk or stick, or choose another folder.</source>
        <translation>La cartella dei backup non c&apos;è: collegare il disco o la chiavetta, o scegliere un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>That folder is synchronised with a cloud service, and no identity may leave the hospital: choose a stick, another disk or a folder of the hospital&apos;s network.</source>
        <translation>Quella cartella è sincronizzata con un cloud e nessuna identità può lasciare l&apos;ospedale: scegliere una chiavetta, un altro disco o una cartella della rete dell&apos;ospedale.</translation>
    </message>
    <message>
        <source>That folder lies in the data folder, where one fault takes both: choose another disk or a stick.</source>
        <translation>Quella cartella è dentro quella dei dati, dove un solo guasto toglie entrambi: scegliere un altro disco o una chiavetta.</translation>
    </message>
    <message>
        <source>This is not a backup: choose the folder whose name begins with backup-.</source>
        <translation>Questo non è un backup: scegliere la cartella il cui nome comincia con backup-.</translation>
    </message>
    <message>
        <source>The backup {name} is damaged or was changed ({what}): choose another one. Nothing of this computer&apos;s data was touched.</source>
        <translation>Il backup {name} è danneggiato o modificato ({what}): sceglierne un altro. I dati di questo computer non sono stati toccati.</translation>
    </message>
    <message>
        <source>The check of the copy found 1 fault in the data, so it was not used; earlier backups are kept: check the data and call the centre.</source>
        <translation>Il controllo della copia ha trovato 1 errore nei dati, quindi non è stata usata; i backup di prima restano: verificare i dati e telefonare a Pisa.</translation>
    </message>
    <message>
        <source>The check of the copy found {count} faults in the data, so it was not used; earlier backups are kept: check the data and call the centre.</source>
        <translation>Il controllo della copia ha trovato {count} errori nei dati, quindi non è stata usata; i backup di prima restano: verificare i dati e telefonare a Pisa.</translation>
    </message>
    <message>
        <source>This backup is of another site: choose another one.</source>
        <translation>Questo backup è di un altro centro: sceglierne un altro.</translation>
    </message>
    <message>
        <source>This backup is of another computer of this site: choose another one.</source>
        <translation>Questo backup è di un altro computer di questo centro: sceglierne un altro.</translation>
    </message>
    <message>
        <source>This is not the backup of a site: choose another one.</source>
        <translation>Questo non è il backup di un centro: sceglierne un altro.</translation>
    </message>
    <message>
        <source>A restore was interrupted and its note cannot be read: leave the data folder as it is and call the centre.</source>
        <translation>Un ripristino è stato interrotto e la sua nota non si legge: lasciare la cartella dei dati com&apos;è e telefonare a Pisa.</translation>
    </message>
    <message>
        <source>This file is not an answer for this computer: check which file was chosen.</source>
        <translation>Questo file non è una risposta per questo computer: controllare quale file è stato scelto.</translation>
    </message>
    <message>
        <source>Signed with keys of Pisa that are not known here: fetch its newest key file, take it in, then this file again; if there is none, call Pisa.</source>
        <translation>Firmato con chiavi di Pisa che qui non si conoscono: prendere il suo file delle chiavi più recente e acquisirlo, poi di nuovo questo file; se non c&apos;è, telefonare a Pisa.</translation>
    </message>
    <message>
        <source>There is no answer for this computer in that folder: check the stick or ask the centre.</source>
        <translation>In quella cartella non c&apos;è una risposta per questo computer: controllare la chiavetta o chiedere a Pisa.</translation>
    </message>
    <message>
        <source>Something about to leave still holds a date or a text that may not ({field}): nothing was sent. Tell the centre.</source>
        <translation>Qualcosa in uscita contiene ancora una data o un testo che non può uscire ({field}): nulla è stato inviato. Avvisare Pisa.</translation>
    </message>
    <message>
        <source>The file could not be used: ask for a new copy.</source>
        <translation>Il file non si è potuto usare: chiederne una nuova copia.</translation>
    </message>
    <message>
        <source>The file does not have the name of a study file: check that the right one was chosen.</source>
        <translation>Il file non ha il nome di un file dello studio: controllare di avere scelto quello giusto.</translation>
    </message>
    <message>
        <source>The centre&apos;s file cannot be trusted: get it again from the centre.</source>
        <translation>Il file di Pisa non è affidabile: farselo mandare di nuovo.</translation>
    </message>
    <message>
        <source>The centre&apos;s file is damaged, was changed, or is another file: get it again from the centre.</source>
        <translation>Il file di Pisa è danneggiato, è stato cambiato o è un altro file: farselo mandare di nuovo.</translation>
    </message>
    <message>
        <source>The fingerprint typed is not that of the file. Do not use the file: call the centre and compare again, group by group.</source>
        <translation>L&apos;impronta scritta non è quella del file. Non usare il file: telefonare a Pisa e confrontare di nuovo, gruppo per gruppo.</translation>
    </message>
    <message>
        <source>The keyset {version} does not follow the keyset {current} in use: ask the centre for the newest.</source>
        <translation>Il file delle chiavi {version} non segue il {current} in uso: chiedere a Pisa il più recente.</translation>
    </message>
    <message>
        <source>The keyset is not signed by the centre of this site. Do not use it: call the centre.</source>
        <translation>Il file delle chiavi non è firmato da Pisa. Non usarlo: telefonare a Pisa.</translation>
    </message>
    <message>
        <source>The folder holds more than {limit} files: choose the folder used for the study only.</source>
        <translation>La cartella contiene più di {limit} file: scegliere quella usata solo per lo studio.</translation>
    </message>
    <message>
        <source>The file was copied only in part or is damaged: copy it again.</source>
        <translation>Il file è stato copiato solo in parte o è danneggiato: copiarlo di nuovo.</translation>
    </message>
    <message>
        <source>This is not a file of the study: check that the right file was chosen.</source>
        <translation>Questo non è un file dello studio: controllare di avere scelto quello giusto.</translation>
    </message>
    <message>
        <source>The file is incomplete, or something was added to it: copy it again from its source.</source>
        <translation>Il file è incompleto o contiene qualcosa in più: copiarlo di nuovo dall&apos;originale.</translation>
    </message>
    <message>
        <source>The file is damaged or of a newer version: update the program or copy the file again.</source>
        <translation>Il file è danneggiato o di una versione più recente: aggiornare il programma o copiare di nuovo il file.</translation>
    </message>
    <message>
        <source>The file is protected less than agreed: ask for it to be sent again.</source>
        <translation>Il file è protetto meno di quanto concordato: chiedere che sia inviato di nuovo.</translation>
    </message>
    <message>
        <source>The address of the file is damaged: copy it again from its source.</source>
        <translation>L&apos;intestazione del file è danneggiata: copiarlo di nuovo dall&apos;originale.</translation>
    </message>
    <message>
        <source>This file is of another kind than this place takes: check which file was chosen.</source>
        <translation>Questo file è di un tipo diverso da quello che serve qui: controllare quale file è stato scelto.</translation>
    </message>
    <message>
        <source>The sender of the file is not known here: call the centre.</source>
        <translation>Chi ha inviato il file qui non è noto: telefonare a Pisa.</translation>
    </message>
    <message>
        <source>The file is signed with keys that its sender has replaced since: call the sender.</source>
        <translation>Il file è firmato con chiavi che il mittente ha sostituito: telefonargli.</translation>
    </message>
    <message>
        <source>The file is from a computer whose keys were revoked: call the sender.</source>
        <translation>Il file viene da un computer le cui chiavi sono state revocate: telefonare al mittente.</translation>
    </message>
    <message>
        <source>The file was changed after signing, or was signed by somebody else: ask for a new copy.</source>
        <translation>Il file è stato cambiato dopo la firma o firmato da altri: chiederne una nuova copia.</translation>
    </message>
    <message>
        <source>The file needs a newer version of this program: update the program and take it in again.</source>
        <translation>Il file richiede una versione più recente del programma: aggiornare il programma e acquisirlo di nuovo.</translation>
    </message>
    <message>
        <source>The file is sealed for somebody else: check where it was meant to go.</source>
        <translation>Il file è sigillato per altri: controllare a chi era destinato.</translation>
    </message>
    <message>
        <source>The file does not open with the key of this site: ask the centre to send it again.</source>
        <translation>Il file non si apre con la chiave di questo centro: chiedere a Pisa di inviarlo di nuovo.</translation>
    </message>
    <message>
        <source>The content of the file is not packed as it should be: ask the centre to send it again.</source>
        <translation>Il contenuto del file non è confezionato come dovrebbe: chiedere a Pisa di inviarlo di nuovo.</translation>
    </message>
    <message>
        <source>The content of the file is not what this program writes: tell the centre.</source>
        <translation>Il contenuto del file non è quello che scrive questo programma: avvisare Pisa.</translation>
    </message>
    <message>
        <source>A part of the file is missing: tell the centre.</source>
        <translation>Manca una parte del file: avvisare Pisa.</translation>
    </message>
    <message>
        <source>The content of the file does not belong to its address: tell the centre.</source>
        <translation>Il contenuto del file non corrisponde alla sua intestazione: avvisare Pisa.</translation>
    </message>
    <message>
        <source>A record in the file breaks the rules of the study: tell the centre.</source>
        <translation>Una scheda nel file viola le regole dello studio: avvisare Pisa.</translation>
    </message>
    <message>
        <source>The file holds a patient of another site: tell the centre.</source>
        <translation>Il file contiene un paziente di un altro centro: avvisare Pisa.</translation>
    </message>
    <message>
        <source>The answer cannot be understood: ask the centre to send it again.</source>
        <translation>La risposta non si capisce: chiedere a Pisa di inviarla di nuovo.</translation>
    </message>
    <message>
        <source>There is no patient of that study code here: check the code.</source>
        <translation>Qui non c&apos;è un paziente con questo codice di studio: controllare il codice.</translation>
    </message>
    <message>
        <source>A name or number holds a line break or other characters that cannot be read: type it again.</source>
        <translation>Un nome o un numero contiene un a capo o altri caratteri illeggibili: scriverlo di nuovo.</translation>
    </message>
    <message>
        <source>This patient has no visit or event {name}: choose one of the list.</source>
        <translation>Questo paziente non ha la visita o l&apos;evento {name}: sceglierne uno dell&apos;elenco.</translation>
    </message>
    <message>
        <source>There is no question or result of that name: choose one of the list.</source>
        <translation>Non c&apos;è una domanda o un risultato con questo nome: sceglierne uno dell&apos;elenco.</translation>
    </message>
    <message>
        <source>The audit trail has nothing of that name: choose from the lists of the filter.</source>
        <translation>Nel registro non c&apos;è nulla con questo nome: scegliere dagli elenchi del filtro.</translation>
    </message>
    <message>
        <source>Nothing was noted: say what it was, since that stays in the audit trail.</source>
        <translation>Nulla è stato annotato: dire che cosa è stato, perché resta nel registro.</translation>
    </message>
    <message>
        <source>Nothing was noted: the check finds nothing that could be noted as seen; what else it finds is mended as it says.</source>
        <translation>Nulla è stato annotato: la verifica non trova nulla che si possa annotare come visto; il resto si risolve come essa dice.</translation>
    </message>
    <message>
        <source>Nothing was noted: these data are older than they were, which no note mends; restore the newest backup.</source>
        <translation>Nulla è stato annotato: questi dati sono più vecchi di prima, e un&apos;annotazione non basta; ripristinare l&apos;ultimo backup.</translation>
    </message>
    <message>
        <source>Pisa has closed this question: nothing was said to it; telephone Pisa if it should be opened again.</source>
        <translation>Pisa ha chiuso questa richiesta: nulla è stato risposto; telefonare a Pisa se va riaperta.</translation>
    </message>
    <message>
        <source>Nothing was said: write an answer in a few words.</source>
        <translation>Nulla è stato risposto: scrivere una risposta in poche parole.</translation>
    </message>
    <message>
        <source>Nothing was said: an answer has at most 200 characters; shorten it.</source>
        <translation>Nulla è stato risposto: una risposta ha al massimo 200 caratteri; accorciarla.</translation>
    </message>
    <message>
        <source>Nothing was said: the words have characters that cannot be read; type them again.</source>
        <translation>Nulla è stato risposto: le parole contengono caratteri illeggibili; scriverle di nuovo.</translation>
    </message>
    <message>
        <source>Nothing was said: this question takes no more answers; telephone Pisa, where it can be asked anew.</source>
        <translation>Nulla è stato risposto: questa richiesta non accoglie altre risposte; telefonare a Pisa, che può farne una nuova.</translation>
    </message>
    <message>
        <source>Nothing was said: these words look like a name, a number or a date, which may not leave the hospital; say it without them (days are counted from enrolment).</source>
        <translation>Nulla è stato risposto: queste parole sembrano un nome, un numero o una data, che non possono uscire dall&apos;ospedale; dirlo senza (i giorni si contano dall&apos;arruolamento).</translation>
    </message>
    <message>
        <source>Nothing was said: this record was not changed since the question; amend it first, or answer in words.</source>
        <translation>Nulla è stato risposto: questa scheda non è cambiata dopo la richiesta; correggerla prima, oppure rispondere a parole.</translation>
    </message>
    <message>
        <source>Nothing was let go: a date does not leave the hospital, whoever lets it go; answer once more without it (days are counted from enrolment).</source>
        <translation>Nulla è stato lasciato uscire: una data non esce dall&apos;ospedale, chiunque lo chieda; rispondere di nuovo senza (i giorni si contano dall&apos;arruolamento).</translation>
    </message>
    <message>
        <source>Nothing was marked: only what was completed can be compared with its source; wait until it is.</source>
        <translation>Nulla è stato segnato: solo ciò che è stato completato si confronta con la fonte; aspettare che lo sia.</translation>
    </message>
    <message>
        <source>Nothing was marked: this record is being amended; mark it when that is completed.</source>
        <translation>Nulla è stato segnato: questa scheda è in correzione; segnarla quando sarà completata.</translation>
    </message>
    <message>
        <source>Nothing was changed: there is no mark here to take back.</source>
        <translation>Nulla è cambiato: qui non c&apos;è una verifica da togliere.</translation>
    </message>
    <message>
        <source>Nothing was erased: say why, since the reason stays in the audit trail.</source>
        <translation>Nulla è stato cancellato: indicare il motivo, che resta nel registro.</translation>
    </message>
    <message>
        <source>Nothing was erased: the reason stays in the audit trail, so give it without the words that are to go.</source>
        <translation>Nulla è stato cancellato: il motivo resta nel registro, quindi va scritto senza le parole da cancellare.</translation>
    </message>
    <message>
        <source>Nothing was erased: there are no words of a reason at this entry of the audit trail; choose another one.</source>
        <translation>Nulla è stato cancellato: a questa voce del registro non ci sono parole di un motivo; sceglierne un&apos;altra.</translation>
    </message>
    <message>
        <source>Nothing was erased: this visit is being amended; complete it first.</source>
        <translation>Nulla è stato cancellato: questa visita è in correzione; completarla prima.</translation>
    </message>
    <message>
        <source>Nothing was erased: check what was asked for.</source>
        <translation>Nulla è stato cancellato: controllare che cosa è stato chiesto.</translation>
    </message>
    <message>
        <source>Nothing was changed: it was stopped before the backup took its place. Start again when ready.</source>
        <translation>Nulla è cambiato: fermato prima che il backup prendesse il suo posto. Ricominciare quando si vuole.</translation>
    </message>
    <message>
        <source>Nothing was written: say why names are to be in the archive.</source>
        <translation>Nulla è stato scritto: indicare perché l&apos;archivio deve contenere i nomi.</translation>
    </message>
    <message>
        <source>Nothing was written: that folder is inside the data folder; choose another disk or a stick.</source>
        <translation>Nulla è stato scritto: quella cartella è dentro quella dei dati; scegliere un altro disco o una chiavetta.</translation>
    </message>
    <message>
        <source>Nothing was written: that folder is synchronised with a cloud service, and real dates may not leave the hospital; choose a stick or another disk.</source>
        <translation>Nulla è stato scritto: quella cartella è sincronizzata con un cloud e le date vere non possono lasciare l&apos;ospedale; scegliere una chiavetta o un altro disco.</translation>
    </message>
    <message>
        <source>Nothing was written: an archive of this very second is there already; try again in a moment.</source>
        <translation>Nulla è stato scritto: c&apos;è già un archivio di questo stesso secondo; riprovare fra un momento.</translation>
    </message>
    <message>
        <source>Nothing was written: the archive was stopped before its end.</source>
        <translation>Nulla è stato scritto: l&apos;archivio è stato interrotto prima della fine.</translation>
    </message>
    <message>
        <source>There is no archive in that folder: choose the one whose name begins with archive-.</source>
        <translation>In quella cartella non c&apos;è un archivio: scegliere quella il cui nome inizia con archive-.</translation>
    </message>
    <message>
        <source>Nothing was written: try again.</source>
        <translation>Nulla è stato scritto: riprovare.</translation>
    </message>
    <message>
        <source>The centre&apos;s questions cannot be understood: ask for them to be sent again.</source>
        <translation>Le richieste di Pisa non si capiscono: chiedere che siano inviate di nuovo.</translation>
    </message>
    <message>
        <source>The wording was not loaded: correct the file and load it again.</source>
        <translation>I testi non sono stati caricati: correggere il file e caricarlo di nuovo.</translation>
    </message>
    <message>
        <source>No server of the name {host} is found: check whether this computer is on the network, then the address.</source>
        <translation>Nessun server di nome {host} si trova: controllare che questo computer sia in rete, poi l&apos;indirizzo.</translation>
    </message>
    <message>
        <source>{host} does not answer: check whether this computer is on the network and may reach that server; the hospital&apos;s network may ask for a proxy.</source>
        <translation>{host} non risponde: controllare che questo computer sia in rete e possa raggiungere quel server; la rete dell&apos;ospedale può richiedere un proxy.</translation>
    </message>
    <message>
        <source>{host} is too slow or has stopped answering: try again later.</source>
        <translation>{host} è troppo lento o non risponde più: riprovare più tardi.</translation>
    </message>
    <message>
        <source>The connection to {host} was cut in the middle: try again; whatever arrived whole is not sent twice.</source>
        <translation>Il collegamento con {host} si è interrotto a metà: riprovare; ciò che è arrivato intero non viene inviato due volte.</translation>
    </message>
    <message>
        <source>Whoever vouches for {host} is not known to this computer: ask the computer department for the file of its certificate authority and name it in the connection. Nothing was sent.</source>
        <translation>Questo computer non conosce chi garantisce per {host}: chiedere al reparto informatico il file della sua autorità di certificazione e indicarlo nel collegamento. Nulla è stato inviato.</translation>
    </message>
    <message>
        <source>What answers shows a certificate for another server than {host}: check the address; if it is right, call the computer department. Nothing was sent.</source>
        <translation>Chi risponde mostra il certificato di un server diverso da {host}: controllare l&apos;indirizzo; se è giusto, chiamare il reparto informatico. Nulla è stato inviato.</translation>
    </message>
    <message>
        <source>The certificate of {host} has ended: check this computer&apos;s date; if it is right, the server&apos;s administrator must renew the certificate. Nothing was sent.</source>
        <translation>Il certificato di {host} è scaduto: controllare la data di questo computer; se è giusta, chi amministra il server deve rinnovare il certificato. Nulla è stato inviato.</translation>
    </message>
    <message>
        <source>The certificate of {host} begins later than this computer&apos;s date: set date and time right. Nothing was sent.</source>
        <translation>Il certificato di {host} comincia dopo la data di questo computer: regolare data e ora. Nulla è stato inviato.</translation>
    </message>
    <message>
        <source>The certificate of {host} cannot be relied on: call the computer department. Nothing was sent.</source>
        <translation>Del certificato di {host} non ci si può fidare: chiamare il reparto informatico. Nulla è stato inviato.</translation>
    </message>
    <message>
        <source>{host} does not accept this computer&apos;s certificate, or wants one: name the file of a valid certificate in the connection.</source>
        <translation>{host} non accetta il certificato di questo computer, o ne vuole uno: indicare nel collegamento il file di un certificato valido.</translation>
    </message>
    <message>
        <source>{host} does not accept the user or the password or key: check them in the connection.</source>
        <translation>{host} non accetta l&apos;utente, la password o la chiave: controllarli nel collegamento.</translation>
    </message>
    <message>
        <source>The user of the connection may not do this at {host}: ask the server&apos;s administrator for the right to read and write in the folder.</source>
        <translation>L&apos;utente del collegamento non può farlo su {host}: chiedere a chi amministra il server il diritto di leggere e scrivere nella cartella.</translation>
    </message>
    <message>
        <source>The proxy does not accept its user or password: check them in the connection. A proxy that wants a Windows login cannot be used: carry the files on a stick.</source>
        <translation>Il proxy non accetta il suo utente o la sua password: controllarli nel collegamento. Un proxy che vuole l&apos;accesso di Windows non si può usare: portare i file su una chiavetta.</translation>
    </message>
    <message>
        <source>The proxy does not answer: check its address and whether this computer is on the hospital&apos;s network.</source>
        <translation>Il proxy non risponde: controllare il suo indirizzo e che questo computer sia nella rete dell&apos;ospedale.</translation>
    </message>
    <message>
        <source>The proxy does not let this computer through to {host}: ask the computer department to allow it.</source>
        <translation>Il proxy non lascia passare questo computer fino a {host}: chiedere al reparto informatico di permetterlo.</translation>
    </message>
    <message>
        <source>The folder of the connection is not at {host}: check the address and the folder.</source>
        <translation>La cartella del collegamento non c&apos;è su {host}: controllare indirizzo e cartella.</translation>
    </message>
    <message>
        <source>A file is no longer at {host}: look again.</source>
        <translation>Un file non è più su {host}: guardare di nuovo.</translation>
    </message>
    <message>
        <source>{host} takes no file of this size: ask the server&apos;s administrator to allow 20 MB.</source>
        <translation>{host} non prende file così grandi: chiedere a chi lo amministra di permettere 20 MB.</translation>
    </message>
    <message>
        <source>The file is locked at {host} by another program: try again in some minutes.</source>
        <translation>Il file su {host} è bloccato da un altro programma: riprovare tra qualche minuto.</translation>
    </message>
    <message>
        <source>There is no room left at {host}: ask the server&apos;s administrator for more.</source>
        <translation>Su {host} non c&apos;è più spazio: chiederne altro a chi amministra il server.</translation>
    </message>
    <message>
        <source>{host} could not store the file, perhaps for want of room: ask the server&apos;s administrator.</source>
        <translation>{host} non ha potuto conservare il file, forse per mancanza di spazio: chiedere a chi amministra il server.</translation>
    </message>
    <message>
        <source>{host} is busy: try again in some minutes.</source>
        <translation>{host} è occupato: riprovare tra qualche minuto.</translation>
    </message>
    <message>
        <source>{host} has a fault of its own: try again later; if it stays, call the server&apos;s administrator.</source>
        <translation>{host} ha un guasto suo: riprovare più tardi; se resta, chiamare chi amministra il server.</translation>
    </message>
    <message>
        <source>{host} points to another address, which is not followed: check the address of the connection.</source>
        <translation>{host} rimanda a un altro indirizzo, che non viene seguito: controllare l&apos;indirizzo del collegamento.</translation>
    </message>
    <message>
        <source>What answers at {host} is not such a server as the connection names: check the address; on a hospital&apos;s network it may be a page that asks for a login first.</source>
        <translation>Chi risponde su {host} non è un server come quello indicato nel collegamento: controllare l&apos;indirizzo; nella rete di un ospedale può essere una pagina che chiede prima un accesso.</translation>
    </message>
    <message>
        <source>The folder at {host} holds more files than a study can have: choose a folder used for the study only.</source>
        <translation>La cartella su {host} contiene più file di quanti uno studio possa averne: sceglierne una usata solo per lo studio.</translation>
    </message>
    <message>
        <source>{host} shows another key ({shown}) than the one agreed, so it may be another computer: nothing was sent. Call the server&apos;s administrator before anything else.</source>
        <translation>{host} mostra una chiave ({shown}) diversa da quella concordata, quindi può essere un altro computer: nulla è stato inviato. Prima di ogni altra cosa chiamare chi amministra il server.</translation>
    </message>
    <message>
        <source>This installation cannot use SFTP, as a part of it is missing: install the program&apos;s part &apos;sftp&apos;.</source>
        <translation>Questa installazione non può usare SFTP, perché le manca una parte: installare il programma con la sua parte &apos;sftp&apos;.</translation>
    </message>
    <message>
        <source>Stopped: what was sent stays sent, the rest is kept and goes with the next sending.</source>
        <translation>Fermato: ciò che è stato inviato resta inviato, il resto è conservato e parte con il prossimo invio.</translation>
    </message>
    <message>
        <source>The address must begin with https:// and name a server and a folder, without user, password or question mark in it.</source>
        <translation>L&apos;indirizzo deve cominciare con https:// e indicare un server e una cartella, senza utente, password o punto interrogativo.</translation>
    </message>
    <message>
        <source>The proxy&apos;s address must be such as http://proxy.hospital.example:8080, without user or password in it.</source>
        <translation>L&apos;indirizzo del proxy deve essere come http://proxy.ospedale.example:8080, senza utente né password.</translation>
    </message>
    <message>
        <source>A user is needed beside a password, without colon or line end in it.</source>
        <translation>Accanto a una password serve un utente, senza due punti né fine riga.</translation>
    </message>
    <message>
        <source>A password must be one line, and not empty.</source>
        <translation>Una password deve essere di una riga, e non vuota.</translation>
    </message>
    <message>
        <source>The server&apos;s name must be a name or number such as sftp.hospital.example, and the port 1 to 65535.</source>
        <translation>Il nome del server deve essere un nome o un numero come sftp.ospedale.example, e la porta da 1 a 65535.</translation>
    </message>
    <message>
        <source>The folder on the server must be one line, and not empty.</source>
        <translation>La cartella sul server deve essere di una riga, e non vuota.</translation>
    </message>
    <message>
        <source>The server&apos;s key must be typed as its administrator reads it, such as SHA256: and 43 letters and digits.</source>
        <translation>La chiave del server va scritta come la legge chi lo amministra: SHA256: e 43 tra lettere e cifre.</translation>
    </message>
    <message>
        <source>The file of the certificate authority holds no certificate: ask for it as PEM or DER.</source>
        <translation>Il file dell&apos;autorità di certificazione non contiene un certificato: chiederlo in formato PEM o DER.</translation>
    </message>
    <message>
        <source>The file of this computer&apos;s certificate does not open, or lacks the certificate or its key: check the file and its passphrase.</source>
        <translation>Il file del certificato di questo computer non si apre, o manca il certificato o la sua chiave: controllare il file e la sua frase.</translation>
    </message>
    <message>
        <source>The file of the key does not open as an SSH key: check the file and its passphrase.</source>
        <translation>Il file della chiave non si apre come chiave SSH: controllare il file e la sua frase.</translation>
    </message>
    <message>
        <source>SFTP needs a password or the file of a key.</source>
        <translation>SFTP vuole una password o il file di una chiave.</translation>
    </message>
    <message>
        <source>There is no connection to a server here: choose a folder or stick, or set one up in Settings first.</source>
        <translation>Qui non c&apos;è un collegamento con un server: scegliere una cartella o una chiavetta, o impostarlo prima in Opzioni.</translation>
    </message>
</context>
<context>
    <name>ReleaseDialog</name>
    <message>
        <source>Let this text go</source>
        <translation>Lasciar partire questo testo</translation>
    </message>
    <message>
        <source>It leaves as it stands, with the next bundle. It cannot be taken back from Pisa.</source>
        <translation>Parte così com’è, con il prossimo pacchetto. Da Pisa non si può riavere.</translation>
    </message>
    <message>
        <source>Why it tells of nobody</source>
        <translation>Perché non dice di nessuno</translation>
    </message>
    <message>
        <source>Keep it here</source>
        <translation>Tenerlo qui</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>Lasciarlo partire</translation>
    </message>
    <message>
        <source>Type why.</source>
        <translation>Scrivere il perché.</translation>
    </message>
</context>
<context>
    <name>RestorePage</name>
    <message>
        <source>Put a backup back</source>
        <translation>Ripristina un backup</translation>
    </message>
    <message>
        <source>This folder holds a site, and the backup takes its place. The files of now are kept: they are moved into a folder beside. What was entered after the backup has to be typed again.</source>
        <translation>In questa cartella c&apos;è un centro, e il backup ne prende il posto. I file di adesso restano: vengono spostati in una cartella accanto. Ciò che è stato inserito dopo il backup va ridigitato.</translation>
    </message>
    <message>
        <source>The site of the backup is made on this computer, with its patients, its people and their passphrases of that day. It must no longer be used on the computer it comes from.</source>
        <translation>Il centro del backup viene ricreato su questo computer, con i suoi pazienti, le sue persone e le loro frasi di accesso di quel giorno. Non va più usato sul computer da cui viene.</translation>
    </message>
    <message>
        <source>Folder with the backups</source>
        <translation>Cartella con i backup</translation>
    </message>
    <message>
        <source>On the stick, the other disk or the network folder</source>
        <translation>Sulla chiavetta, sull&apos;altro disco o nella cartella di rete</translation>
    </message>
    <message>
        <source>Look there</source>
        <translation>Cerca lì</translation>
    </message>
    <message>
        <source>Choose the folder…</source>
        <translation>Scegli la cartella…</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>An administrator&apos;s passphrase</source>
        <translation>La frase di accesso di un amministratore</translation>
    </message>
    <message>
        <source>The recovery sheet</source>
        <translation>Il foglio di recupero</translation>
    </message>
    <message>
        <source>What opens the backup</source>
        <translation>Che cosa apre il backup</translation>
    </message>
    <message>
        <source>Site administrator</source>
        <translation>Amministratore del centro</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase di accesso</translation>
    </message>
    <message>
        <source>The one of the day on which the backup was made</source>
        <translation>Quella del giorno in cui il backup è stato fatto</translation>
    </message>
    <message>
        <source>The backup is being checked and put back</source>
        <translation>Il backup viene controllato e ripristinato</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Interrompi</translation>
    </message>
    <message>
        <source>Put this backup back</source>
        <translation>Ripristina questo backup</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Write the folder with the backups, or choose it.</source>
        <translation>Scrivere la cartella con i backup, o sceglierla.</translation>
    </message>
    <message>
        <source>There is no backup: choose the folder that holds folders whose names begin with backup-.</source>
        <translation>Lì non c&apos;è un backup: scegliere la cartella che contiene cartelle il cui nome comincia con backup-.</translation>
    </message>
    <message>
        <source>The backup is being checked. Until it is put in place, nothing is changed…</source>
        <translation>Il backup viene controllato. Finché non prende il suo posto, nulla cambia…</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Scrivere la frase di accesso.</translation>
    </message>
    <message>
        <source>The backup is being put in place…</source>
        <translation>Il backup prende il suo posto…</translation>
    </message>
    <message>
        <source>Stopping; everything stays as it was…</source>
        <translation>Interruzione in corso; tutto resta com&apos;era…</translation>
    </message>
    <message>
        <source>Go to unlock</source>
        <translation>Vai allo sblocco</translation>
    </message>
    <message>
        <source>The backup is back</source>
        <translation>Il backup è ripristinato</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>danneggiato</translation>
    </message>
    <message>
        <source>The data are those of {day}. What was entered afterwards has to be typed again.</source>
        <translation>I dati sono quelli del {day}. Ciò che è stato inserito dopo va ridigitato.</translation>
    </message>
    <message>
        <source>Sending begins anew (epoch {epoch}): the first bundle carries everything again. Tell Pisa.</source>
        <translation>Gli invii ricominciano (epoca {epoch}): il primo pacchetto porta di nuovo tutto. Avvisare Pisa.</translation>
    </message>
    <message>
        <source>The files of before are in the data folder under {folder}. Nothing was deleted.</source>
        <translation>I file di prima sono nella cartella dei dati, in {folder}. Nulla è stato cancellato.</translation>
    </message>
    <message>
        <source>These people may unlock again, as on that day: {codes}. Check the people of the site.</source>
        <translation>Possono di nuovo sbloccare, come quel giorno: {codes}. Controllare le persone del centro.</translation>
    </message>
    <message>
        <source>On the unlock page, “I forgot the passphrase” gives an administrator a new passphrase with the same recovery sheet.</source>
        <translation>Nella pagina di sblocco, «Ho dimenticato la frase di accesso» dà a un amministratore una nuova frase di accesso con lo stesso foglio di recupero.</translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message>
        <source>Which rows</source>
        <translation>Quali righe</translation>
    </message>
    <message>
        <source>There is no row of this kind.</source>
        <translation>Non c&apos;è nessuna riga di questo tipo.</translation>
    </message>
    <message>
        <source>Report of all rows (CSV)</source>
        <translation>Resoconto di tutte le righe (CSV)</translation>
    </message>
    <message>
        <source>Rows by number, with their reasons; no names and no study codes</source>
        <translation>Righe per numero, con i motivi; senza nomi e senza codici di studio</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Salva il resoconto</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>Righe del file</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Riga</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Schede</translation>
    </message>
    <message>
        <source>Why, or what to look at</source>
        <translation>Perché, o che cosa controllare</translation>
    </message>
    <message>
        <source>What became of the rows</source>
        <translation>Che cosa è diventata ogni riga</translation>
    </message>
    <message>
        <source>What would become of the rows</source>
        <translation>Che cosa diventerebbe ogni riga</translation>
    </message>
    <message numerus="yes">
        <source>Enter %n row(s)…</source>
        <translation>
            <numerusform>Inserisci %n riga…</numerusform>
            <numerusform>Inserisci %n righe…</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tutte</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Rifiutate</translation>
    </message>
    <message>
        <source>With notes</source>
        <translation>Con note</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Inserite</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Accettate</translation>
    </message>
    <message>
        <source>Row {number}: {state}</source>
        <translation>Riga {number}: {state}</translation>
    </message>
    <message>
        <source>Note: {words}</source>
        <translation>Nota: {words}</translation>
    </message>
    <message>
        <source>Write where the report is to go, or choose it.</source>
        <translation>Indicare dove va il resoconto, o sceglierlo.</translation>
    </message>
    <message>
        <source>The report {name} is saved.</source>
        <translation>Il resoconto {name} è salvato.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Signature</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>All forms</source>
        <translation>Tutte le schede</translation>
    </message>
    <message>
        <source>What is signed</source>
        <translation>Che cosa si firma</translation>
    </message>
    <message>
        <source>I am responsible for these data</source>
        <translation>Responsabile di questi dati</translation>
    </message>
    <message>
        <source>I have reviewed these data</source>
        <translation>Dati rivisti</translation>
    </message>
    <message>
        <source>Meaning of the signature</source>
        <translation>Significato della firma</translation>
    </message>
    <message>
        <source>Passphrase of the person signing</source>
        <translation>Frase di accesso di chi firma</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Complete without signing</source>
        <translation>Completa senza firmare</translation>
    </message>
    <message>
        <source>Give up the amendment…</source>
        <translation>Abbandona la correzione…</translation>
    </message>
    <message>
        <source>Audit trail of this record</source>
        <translation>Registro di questa scheda</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Back to the answers as they were entered</source>
        <translation>Torna alle risposte come sono state inserite</translation>
    </message>
    <message>
        <source>Signed by: {name} ({code})</source>
        <translation>Firma: {name} ({code})</translation>
    </message>
    <message>
        <source>The signature means</source>
        <translation>La firma significa</translation>
    </message>
    <message>
        <source>An investigator signs. It can be completed here, and waits for the signature.</source>
        <translation>La firma spetta a uno sperimentatore. Qui si può completare, in attesa della firma.</translation>
    </message>
    <message>
        <source>It can be signed once the points above are settled.</source>
        <translation>Si può firmare dopo avere risolto i punti qui sopra.</translation>
    </message>
    <message>
        <source>Choose what the signature means.</source>
        <translation>Scegliere il significato della firma.</translation>
    </message>
    <message>
        <source>Review and sign · {code}</source>
        <translation>Revisione e firma · {code}</translation>
    </message>
    <message>
        <source>To settle before signing</source>
        <translation>Da risolvere prima della firma</translation>
    </message>
    <message>
        <source>Unusual, worth a look</source>
        <translation>Insolito, da guardare</translation>
    </message>
    <message>
        <source>Out of the visit window</source>
        <translation>Fuori dalla finestra della visita</translation>
    </message>
    <message>
        <source>Without an answer</source>
        <translation>Senza risposta</translation>
    </message>
    <message>
        <source>Missing, with a reason</source>
        <translation>Mancante, con un motivo</translation>
    </message>
    <message>
        <source>Kept with a reason</source>
        <translation>Mantenuto con un motivo</translation>
    </message>
    <message>
        <source>Nothing stands in the way of a signature</source>
        <translation>Nulla impedisce la firma</translation>
    </message>
    <message>
        <source>{count} unanswered: {questions}</source>
        <translation>{count} senza risposta: {questions}</translation>
    </message>
    <message>
        <source>{date} lies outside the window of {visit}: {opens} to {closes}.</source>
        <translation>{date} è fuori dalla finestra di {visit}: dal {opens} al {closes}.</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>Since the last review</source>
        <translation>Dall&apos;ultima revisione</translation>
    </message>
    <message>
        <source>Show the changes after completion</source>
        <translation>Mostra i cambiamenti dopo il completamento</translation>
    </message>
    <message>
        <source>Show the changes after signature</source>
        <translation>Mostra i cambiamenti dopo la firma</translation>
    </message>
    <message>
        <source>From the first entry</source>
        <translation>Dalla prima voce</translation>
    </message>
    <message>
        <source>Review done</source>
        <translation>Revisione fatta</translation>
    </message>
    <message>
        <source>Record the review</source>
        <translation>Registra la revisione</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Che cosa ne risulta</translation>
    </message>
    <message>
        <source>It is written into the trail with your name; the next report begins after it.</source>
        <translation>Viene scritta nel registro con il nome di chi la fa; la prossima comincia da lì.</translation>
    </message>
</context>
<context>
    <name>RunningLine</name>
    <message>
        <source>Stop</source>
        <translation>Ferma</translation>
    </message>
    <message>
        <source>Stop going over the rows</source>
        <translation>Ferma il passaggio delle righe</translation>
    </message>
    <message>
        <source>Rows gone over: {done} of {rows}. Leaving this page stops it.</source>
        <translation>Righe passate: {done} di {rows}. Lasciare questa pagina lo ferma.</translation>
    </message>
</context>
<context>
    <name>Safety</name>
    <message>
        <source>serious</source>
        <translation>grave</translation>
    </message>
    <message>
        <source>not serious</source>
        <translation>non grave</translation>
    </message>
    <message>
        <source>seriousness unknown</source>
        <translation>gravità non nota</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Evento</translation>
    </message>
    <message>
        <source>{count} criteria of seriousness open</source>
        <translation>criteri di gravità aperti: {count}</translation>
    </message>
    <message>
        <source>tell the study centre by {time}</source>
        <translation>avvisare il centro di coordinamento entro il {time}</translation>
    </message>
    <message>
        <source>if serious, tell the study centre by {time}</source>
        <translation>se grave, avvisare il centro di coordinamento entro il {time}</translation>
    </message>
    <message>
        <source>if the drug is suspected, tell the drug authority by {time}</source>
        <translation>se il farmaco è sospetto, segnalare alla farmacovigilanza entro il {time}</translation>
    </message>
    <message>
        <source>by when to tell it: unknown until it is said when it became known</source>
        <translation>termine di segnalazione: non noto finché manca quando si è saputo</translation>
    </message>
    <message>
        <source>under treatment</source>
        <translation>durante il trattamento</translation>
    </message>
    <message>
        <source>began on day {day} from the first dose</source>
        <translation>inizio al giorno {day} dalla prima dose</translation>
    </message>
    <message>
        <source>related to anifrolumab</source>
        <translation>correlato ad anifrolumab</translation>
    </message>
    <message>
        <source>not related to anifrolumab</source>
        <translation>non correlato ad anifrolumab</translation>
    </message>
    <message>
        <source>relation to anifrolumab not assessed</source>
        <translation>relazione con anifrolumab non valutata</translation>
    </message>
</context>
<context>
    <name>SafetyCard</name>
    <message>
        <source>To tell in time</source>
        <translation>Da segnalare in tempo</translation>
    </message>
    <message>
        <source>Serious: say when it became known, so that the time to tell it can be reckoned.</source>
        <translation>Grave: indicare quando si è saputo, per poter calcolare il termine.</translation>
    </message>
    <message>
        <source>Study centre, by {time}: {left}.</source>
        <translation>Centro di coordinamento, entro il {time}: {left}.</translation>
    </message>
    <message>
        <source>If the drug is suspected, drug authority, by {time}: {left}.</source>
        <translation>Se il farmaco è sospetto, farmacovigilanza, entro il {time}: {left}.</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>termine superato</translation>
    </message>
</context>
<context>
    <name>ScoreDetails</name>
    <message>
        <source>How it is worked out</source>
        <translation>Come si calcola</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>Fonte: {source}</translation>
    </message>
    <message>
        <source>Version: {version}</source>
        <translation>Versione: {version}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>Scores</name>
    <message>
        <source>met</source>
        <translation>soddisfatto</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>non soddisfatto</translation>
    </message>
    <message>
        <source>Flare (SFI, BLISS)</source>
        <translation>Riacutizzazione (SFI, BLISS)</translation>
    </message>
    <message>
        <source>no visit before to compare with</source>
        <translation>nessuna visita precedente con cui confrontare</translation>
    </message>
    <message>
        <source>no flare</source>
        <translation>nessuna</translation>
    </message>
    <message>
        <source>mild or moderate</source>
        <translation>lieve o moderata</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>grave</translation>
    </message>
    <message>
        <source>at least mild or moderate</source>
        <translation>almeno lieve o moderata</translation>
    </message>
    <message>
        <source>Cumulative since enrolment</source>
        <translation>Dose cumulativa dall’arruolamento</translation>
    </message>
    <message>
        <source>Cumulative since {visit}</source>
        <translation>Dose cumulativa da {visit}</translation>
    </message>
    <message>
        <source>{amount} mg</source>
        <translation>{amount} mg</translation>
    </message>
    <message>
        <source>unknown, at least {amount} mg</source>
        <translation>non nota, almeno {amount} mg</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>non nota</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>non noto</translation>
    </message>
    <message>
        <source>no course or pulse recorded</source>
        <translation>nessuno schema o bolo registrato</translation>
    </message>
    <message>
        <source>{record}, missing: {answers}</source>
        <translation>{record}, manca: {answers}</translation>
    </message>
    <message>
        <source>{visit}: dose by mouth not known, no course recorded</source>
        <translation>{visit}: dose per os non nota, nessuno schema registrato</translation>
    </message>
    <message>
        <source>{visit}: {dose} mg/day by mouth, more than the courses recorded give</source>
        <translation>{visit}: {dose} mg/die per os, più di quanto danno gli schemi registrati</translation>
    </message>
    <message>
        <source>SLEDAI-2K up by 3 or more</source>
        <translation>SLEDAI-2K aumentato di almeno 3</translation>
    </message>
    <message>
        <source>rash</source>
        <translation>rash</translation>
    </message>
    <message>
        <source>ulcers</source>
        <translation>ulcere</translation>
    </message>
    <message>
        <source>pleuritis</source>
        <translation>pleurite</translation>
    </message>
    <message>
        <source>pericarditis</source>
        <translation>pericardite</translation>
    </message>
    <message>
        <source>arthritis</source>
        <translation>artrite</translation>
    </message>
    <message>
        <source>fever</source>
        <translation>febbre</translation>
    </message>
    <message>
        <source>prednisone raised</source>
        <translation>prednisone aumentato</translation>
    </message>
    <message>
        <source>NSAID or hydroxychloroquine added</source>
        <translation>FANS o idrossiclorochina aggiunti</translation>
    </message>
    <message>
        <source>PhGA up by 1 or more</source>
        <translation>PhGA aumentato di almeno 1</translation>
    </message>
    <message>
        <source>organ involvement with treatment step</source>
        <translation>interessamento d&apos;organo con aumento della terapia</translation>
    </message>
    <message>
        <source>prednisone above 0.5 mg/kg, or pulse</source>
        <translation>prednisone oltre 0,5 mg/kg, o bolo</translation>
    </message>
    <message>
        <source>new immunosuppressant</source>
        <translation>nuovo immunosoppressore</translation>
    </message>
    <message>
        <source>admitted for SLE</source>
        <translation>ricovero per LES</translation>
    </message>
    <message>
        <source>PhGA above 2.5</source>
        <translation>PhGA oltre 2,5</translation>
    </message>
    <message>
        <source>{tender} tender of 68, {swollen} swollen of 66</source>
        <translation>{tender} dolenti su 68, {swollen} tumefatte su 66</translation>
    </message>
    <message>
        <source>tender / swollen joints (28)</source>
        <translation>articolazioni dolenti / tumefatte (28)</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>moderata</translation>
    </message>
    <message>
        <source>damage {value}</source>
        <translation>danno {value}</translation>
    </message>
    <message>
        <source>CLASI activity</source>
        <translation>attività CLASI</translation>
    </message>
    <message>
        <source>damage accrued</source>
        <translation>danno accumulato</translation>
    </message>
    <message>
        <source>no new damage</source>
        <translation>nessun nuovo danno</translation>
    </message>
    <message>
        <source>damage index (SDI)</source>
        <translation>danno d&apos;organo (SDI)</translation>
    </message>
    <message>
        <source>SLEDAI-2K down by 4 or more</source>
        <translation>SLEDAI-2K ridotto di almeno 4</translation>
    </message>
    <message>
        <source>prednisone at most 5 mg/day, no pulse</source>
        <translation>prednisone al massimo 5 mg/die, nessun bolo</translation>
    </message>
    <message>
        <source>off glucocorticoids</source>
        <translation>senza glucocorticoidi</translation>
    </message>
    <message>
        <source>CLASI activity halved</source>
        <translation>attività CLASI dimezzata</translation>
    </message>
    <message>
        <source>joint counts halved</source>
        <translation>conte articolari dimezzate</translation>
    </message>
    <message>
        <source>Response since baseline</source>
        <translation>Risposta rispetto al basale</translation>
    </message>
    <message>
        <source>not filled yet</source>
        <translation>non ancora compilati</translation>
    </message>
    <message>
        <source>Questionnaires</source>
        <translation>Questionari</translation>
    </message>
    <message>
        <source>SF-36: physical {pcs}, mental {mcs}</source>
        <translation>SF-36: fisico {pcs}, mentale {mcs}</translation>
    </message>
    <message>
        <source>FACIT-Fatigue {value} of 52</source>
        <translation>FACIT-Fatigue {value} su 52</translation>
    </message>
    <message>
        <source>EQ-5D-5L index {value}</source>
        <translation>indice EQ-5D-5L {value}</translation>
    </message>
    <message>
        <source>pain {value} of 100</source>
        <translation>dolore {value} su 100</translation>
    </message>
    <message>
        <source>fatigue {value} of 100</source>
        <translation>fatigue {value} su 100</translation>
    </message>
    <message>
        <source>patient&apos;s global {value} of 100</source>
        <translation>globale del paziente {value} su 100</translation>
    </message>
    <message>
        <source>Go to {question}</source>
        <translation>Vai a {question}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>e altri {count}</translation>
    </message>
    <message>
        <source>Live scores</source>
        <translation>Punteggi in diretta</translation>
    </message>
    <message>
        <source>Research data; not for treatment decisions</source>
        <translation>Dati di ricerca; non per decisioni terapeutiche</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>almeno</translation>
    </message>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>DORIS remission</source>
        <translation>Remissione DORIS</translation>
    </message>
    <message>
        <source>LLDAS</source>
        <translation>LLDAS</translation>
    </message>
    <message>
        <source>SLEDAI-2K</source>
        <translation>SLEDAI-2K</translation>
    </message>
    <message>
        <source>remission range</source>
        <translation>fascia di remissione</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>lieve</translation>
    </message>
    <message>
        <source>moderate or severe</source>
        <translation>moderata o grave</translation>
    </message>
    <message>
        <source>SLE-DAS</source>
        <translation>SLE-DAS</translation>
    </message>
    <message>
        <source>prednisone eq.</source>
        <translation>prednisone eq.</translation>
    </message>
    <message>
        <source>mg/day</source>
        <translation>mg/die</translation>
    </message>
    <message>
        <source>{count} unanswered</source>
        <translation>{count} senza risposta</translation>
    </message>
    <message>
        <source>= since {visit}</source>
        <translation>= da {visit}</translation>
    </message>
    <message>
        <source>▼ {amount} since {visit}</source>
        <translation>▼ {amount} da {visit}</translation>
    </message>
    <message>
        <source>▲ {amount} since {visit}</source>
        <translation>▲ {amount} da {visit}</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>Previous section</source>
        <translation>Sezione precedente</translation>
    </message>
    <message>
        <source>Next section</source>
        <translation>Sezione successiva</translation>
    </message>
    <message>
        <source>Section: {name}</source>
        <translation>Sezione: {name}</translation>
    </message>
    <message>
        <source>open</source>
        <translation>da fare</translation>
    </message>
    <message>
        <source>started</source>
        <translation>iniziata</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fatta</translation>
    </message>
    <message>
        <source>to check</source>
        <translation>da rivedere</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} di {total}</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Sezioni</translation>
    </message>
    <message>
        <source>{done} of {total} sections · {share} %</source>
        <translation>{done} di {total} sezioni · {share} %</translation>
    </message>
</context>
<context>
    <name>SendPage</name>
    <message>
        <source>Send to Pisa</source>
        <translation>Invio a Pisa</translation>
    </message>
    <message>
        <source>Bring in an answer from Pisa…</source>
        <translation>Acquisisci una risposta di Pisa…</translation>
    </message>
    <message>
        <source>Save to USB or folder…</source>
        <translation>Salva su USB o cartella…</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In corso</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Interrompi</translation>
    </message>
    <message>
        <source>Folder or stick</source>
        <translation>Cartella o chiavetta</translation>
    </message>
    <message>
        <source>Save the bundle there</source>
        <translation>Salva lì il pacchetto</translation>
    </message>
    <message>
        <source>Bring in answers from there</source>
        <translation>Acquisisci le risposte da lì</translation>
    </message>
    <message>
        <source>Folder, stick or file</source>
        <translation>Cartella, chiavetta o file</translation>
    </message>
    <message>
        <source>Sent so far</source>
        <translation>Inviati finora</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Non è stato ancora inviato nulla.</translation>
    </message>
    <message>
        <source>Bundles sent so far</source>
        <translation>Pacchetti inviati finora</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Pacchetto</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Creato</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Schede</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dimensione</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Pisa&apos;s answer</source>
        <translation>Risposta di Pisa</translation>
    </message>
    <message>
        <source>Save again to the folder above</source>
        <translation>Salva di nuovo nella cartella indicata</translation>
    </message>
    <message>
        <source>What became of each, and the counts</source>
        <translation>Che ne è di ciascuno, e i conteggi</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) of endpoint forms are not signed</source>
        <translation>
            <numerusform>%n scheda degli endpoint non è firmata</numerusform>
            <numerusform>%n schede degli endpoint non sono firmate</numerusform>
        </translation>
    </message>
    <message>
        <source>They do not leave. Open the list to sign them before data are cut.</source>
        <translation>Non partono. Aprire l&apos;elenco per firmarle prima dell&apos;estrazione dei dati.</translation>
    </message>
    <message>
        <source>Bundle {number} is sealed and waits</source>
        <translation>Il pacchetto {number} è sigillato e aspetta</translation>
    </message>
    <message>
        <source>Bundle {number}</source>
        <translation>Pacchetto {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n scheda</numerusform>
            <numerusform>%n schede</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n patient(s)</source>
        <translation>
            <numerusform>di %n paziente</numerusform>
            <numerusform>di %n pazienti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) and mark(s)</source>
        <translation>
            <numerusform>%n risposta o verifica</numerusform>
            <numerusform>%n risposte e verifiche</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new to send</source>
        <translation>Nulla di nuovo da inviare</translation>
    </message>
    <message>
        <source>Encrypted for the centre, Pisa · key {centre}</source>
        <translation>Cifrato per il coordinamento di Pisa · chiave {centre}</translation>
    </message>
    <message>
        <source>Signed by {site} · key {own}</source>
        <translation>Firmato da {site} · chiave {own}</translation>
    </message>
    <message>
        <source>no records: schedules or keys</source>
        <translation>nessuna scheda: calendari o chiavi</translation>
    </message>
    <message>
        <source>Where to save the bundle</source>
        <translation>Dove salvare il pacchetto</translation>
    </message>
    <message>
        <source>The centre&apos;s answer</source>
        <translation>La risposta di Pisa</translation>
    </message>
    <message>
        <source>Answers from Pisa (*.anfb)</source>
        <translation>Risposte di Pisa (*.anfb)</translation>
    </message>
    <message>
        <source>Type or choose a folder or a stick first.</source>
        <translation>Prima scrivere o scegliere una cartella o una chiavetta.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Interruzione…</translation>
    </message>
    <message>
        <source>Bundle {number} is in the folder: {name}</source>
        <translation>Il pacchetto {number} è nella cartella: {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) or answer(s). Take it to Pisa and bring the answer back here: only then is it known to have arrived.</source>
        <translation>
            <numerusform>%n scheda o risposta. Portarlo a Pisa e acquisire qui la risposta: solo allora si sa che è arrivato.</numerusform>
            <numerusform>%n schede o risposte. Portarlo a Pisa e acquisire qui la risposta: solo allora si sa che è arrivato.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) or answer(s). Pisa takes it from there; fetch its answer later: only then is it known to have arrived.</source>
        <translation>
            <numerusform>%n scheda o risposta. Pisa lo prende da lì; più tardi prendere la sua risposta: solo allora si sa che è arrivato.</numerusform>
            <numerusform>%n schede o risposte. Pisa lo prende da lì; più tardi prendere la sua risposta: solo allora si sa che è arrivato.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bundle {number} is on the server: {name}</source>
        <translation>Il pacchetto {number} è sul server: {name}</translation>
    </message>
    <message>
        <source>There is no answer from Pisa in that place.</source>
        <translation>In quel punto non c&apos;è alcuna risposta di Pisa.</translation>
    </message>
</context>
<context>
    <name>SendingCard</name>
    <message>
        <source>To send to Pisa</source>
        <translation>Da inviare a Pisa</translation>
    </message>
    <message>
        <source>Look at what would leave</source>
        <translation>Vedi che cosa uscirebbe</translation>
    </message>
    <message numerus="yes">
        <source>records of %n patient(s)</source>
        <translation>
            <numerusform>schede di %n paziente</numerusform>
            <numerusform>schede di %n pazienti</numerusform>
        </translation>
    </message>
    <message>
        <source>records: nothing new is signed</source>
        <translation>schede: nulla di nuovo è firmato</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) and mark(s) beside them.</source>
        <translation>
            <numerusform>Inoltre %n risposta o verifica.</numerusform>
            <numerusform>Inoltre %n risposte o verifiche.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) held back until signed.</source>
        <translation>
            <numerusform>%n visita trattenuta fino alla firma.</numerusform>
            <numerusform>%n visite trattenute fino alla firma.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bundle {number}, {when}: {state}.</source>
        <translation>Pacchetto {number}, {when}: {state}.</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Non è stato ancora inviato nulla.</translation>
    </message>
</context>
<context>
    <name>ServerCard</name>
    <message>
        <source>Over the network</source>
        <translation>In rete</translation>
    </message>
    <message>
        <source>Send to the server</source>
        <translation>Invia al server</translation>
    </message>
    <message>
        <source>Fetch answers from there</source>
        <translation>Prendi le risposte da lì</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Interrompi</translation>
    </message>
    <message>
        <source>Server: {host}</source>
        <translation>Server: {host}</translation>
    </message>
    <message>
        <source>Waiting: {bundles}. {why}</source>
        <translation>In attesa: {bundles}. {why}</translation>
    </message>
    <message>
        <source>Send again when that is settled.</source>
        <translation>Inviare di nuovo quando è risolto.</translation>
    </message>
    <message>
        <source>Tried again by itself after {time}.</source>
        <translation>Nuovo tentativo da solo dopo le {time}.</translation>
    </message>
    <message>
        <source>Checking and sealing…</source>
        <translation>Si controlla e si sigilla…</translation>
    </message>
    <message>
        <source>Looking for answers…</source>
        <translation>Si cercano risposte…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Si ferma…</translation>
    </message>
    <message>
        <source>Sending bundle {number} of {of}…</source>
        <translation>Invio del pacchetto {number} di {of}…</translation>
    </message>
    <message>
        <source>Tried again in {seconds} s.</source>
        <translation>Si riprova tra {seconds} s.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Opzioni</translation>
    </message>
    <message>
        <source>They hold at once, on this computer</source>
        <translation>Valgono subito, su questo computer</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Come il sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Alto contrasto</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Visibili</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Nascosti</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>Lingua e aspetto</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colori</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Dimensione del testo</translation>
    </message>
    <message>
        <source>Names on the lists</source>
        <translation>Nomi negli elenchi</translation>
    </message>
    <message>
        <source>Hidden names protect patients when somebody can see the screen</source>
        <translation>I nomi nascosti proteggono i pazienti quando altri possono vedere lo schermo</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Registro delle modifiche</translation>
    </message>
    <message>
        <source>Every change, signature, unlocking and look at an identity: who, when and why.</source>
        <translation>Ogni modifica, firma, sblocco e lettura di un&apos;identità: chi, quando e perché.</translation>
    </message>
    <message>
        <source>Open the audit trail</source>
        <translation>Apri il registro</translation>
    </message>
    <message>
        <source>This site</source>
        <translation>Questo centro</translation>
    </message>
    <message>
        <source>Unlocked by {name} ({code}): {roles}.</source>
        <translation>Sbloccato da {name} ({code}): {roles}.</translation>
    </message>
    <message>
        <source>The program records research data of the observational study NCT07215754. It gives no advice on treatment and must not be used for treatment decisions.</source>
        <translation>Il programma registra dati di ricerca dello studio osservazionale NCT07215754. Non dà consigli terapeutici e non va usato per decidere la terapia.</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Recovery sheet</source>
        <translation>Foglio di recupero</translation>
    </message>
    <message>
        <source>Back to people</source>
        <translation>Torna alle persone</translation>
    </message>
    <message>
        <source>Only a site administrator makes a recovery sheet.</source>
        <translation>Solo un amministratore del centro crea un foglio di recupero.</translation>
    </message>
</context>
<context>
    <name>SheetPanel</name>
    <message>
        <source>The recovery sheet is being made</source>
        <translation>Creazione del foglio di recupero in corso</translation>
    </message>
    <message>
        <source>A sheet of paper with four rows of letters. If no administrator remembers a passphrase any more, it gives one of them a new one. It belongs in a sealed envelope, never near this computer and never to Pisa.</source>
        <translation>Un foglio di carta con quattro righe di lettere. Se nessun amministratore ricorda più la frase di accesso, ne dà una nuova a uno di loro. Va tenuto in una busta chiusa, mai vicino a questo computer e mai a Pisa.</translation>
    </message>
    <message>
        <source>Make the recovery sheet</source>
        <translation>Crea il foglio di recupero</translation>
    </message>
    <message>
        <source>A new sheet takes the place of sheet {number}: the databases get new keys, and the old sheet then opens only backups and copies made before.</source>
        <translation>Un foglio nuovo prende il posto del foglio {number}: i database passano sotto chiavi nuove, e il vecchio foglio apre poi solo i backup e le copie di prima.</translation>
    </message>
    <message>
        <source>Recovery sheet {number} is made. It is shown nowhere: print it or save it now.</source>
        <translation>Il foglio di recupero {number} è creato. Non si vede da nessuna parte: stamparlo o salvarlo ora.</translation>
    </message>
    <message>
        <source>Row {row}, group {group}</source>
        <translation>Riga {row}, gruppo {group}</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Stampa…</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Salva come PDF</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>Scegli dove…</translation>
    </message>
    <message>
        <source>Or a file on a stick</source>
        <translation>Oppure un file su una chiavetta</translation>
    </message>
    <message>
        <source>Once the file is printed, delete it: whoever has it opens everything.</source>
        <translation>Dopo la stampa cancellare il file: chi lo ha apre tutto.</translation>
    </message>
    <message>
        <source>A sheet of before opens this site until two groups of this one are typed back.</source>
        <translation>Un foglio di prima apre questo centro finché non si ridigitano due gruppi di questo.</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>Foglio di recupero</translation>
    </message>
    <message>
        <source>Write where the file shall be, or choose it.</source>
        <translation>Scrivere dove salvare il file, o sceglierlo.</translation>
    </message>
    <message>
        <source>Not beside the data that it opens: choose a stick or another folder.</source>
        <translation>Non accanto ai dati che apre: scegliere una chiavetta o un&apos;altra cartella.</translation>
    </message>
    <message>
        <source>There is a file of this name already: choose another name.</source>
        <translation>C&apos;è già un file con questo nome: scegliere un altro nome.</translation>
    </message>
    <message>
        <source>From the paper, type these two groups. It shows that the page can be read.</source>
        <translation>Ricopiare dal foglio questi due gruppi: mostra che la pagina si legge.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Controlla</translation>
    </message>
    <message>
        <source>Not as printed: compare it letter by letter.</source>
        <translation>Non è come stampato: confrontarlo lettera per lettera.</translation>
    </message>
    <message>
        <source>Recovery sheet {number} is in force.</source>
        <translation>Il foglio di recupero {number} è valido.</translation>
    </message>
    <message>
        <source>Close it in an envelope, sign the flap, and put it in the safe.</source>
        <translation>Chiuderlo in una busta, firmare il lembo e metterla nella cassaforte.</translation>
    </message>
</context>
<context>
    <name>SheetRows</name>
    <message>
        <source>Row {number}</source>
        <translation>Riga {number}</translation>
    </message>
    <message>
        <source>Not as printed: four groups of four letters. Compare it letter by letter.</source>
        <translation>Non è come stampata: quattro gruppi di quattro lettere. Confrontarla lettera per lettera.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Continue there</source>
        <translation>Continua da lì</translation>
    </message>
    <message>
        <source>If it was nobody here, tell the site administrator.</source>
        <translation>Se non è stato nessuno del reparto, avvisare l&apos;amministratore del centro.</translation>
    </message>
    <message>
        <source>A check behind the work found something wrong ({count})</source>
        <translation>Un controllo durante il lavoro ha trovato qualcosa che non va ({count})</translation>
    </message>
    <message>
        <source>Leave the data folder as it is, and read in the audit trail what it is and what to do.</source>
        <translation>Lasciare la cartella dei dati com&apos;è, e leggere nel registro che cosa è e che cosa fare.</translation>
    </message>
    <message>
        <source>To the audit trail</source>
        <translation>Al registro</translation>
    </message>
</context>
<context>
    <name>ShellCommands</name>
    <message>
        <source>Go to</source>
        <translation>Vai a</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pazienti</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programma</translation>
    </message>
    <message>
        <source>Find a patient, a question or a command</source>
        <translation>Trova un paziente, una domanda o un comando</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Invio</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Opzioni</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Registro delle modifiche</translation>
    </message>
    <message>
        <source>Questions from Pisa</source>
        <translation>Richieste di Pisa</translation>
    </message>
    <message>
        <source>What is not signed</source>
        <translation>Che cosa non è firmato</translation>
    </message>
    <message>
        <source>What became of each bundle</source>
        <translation>Che ne è di ogni pacchetto</translation>
    </message>
    <message>
        <source>Enrol a patient</source>
        <translation>Arruola un paziente</translation>
    </message>
    <message>
        <source>Import from a spreadsheet</source>
        <translation>Importa da un foglio di calcolo</translation>
    </message>
    <message>
        <source>Take a patient over</source>
        <translation>Prendi in carico un paziente</translation>
    </message>
    <message>
        <source>Hide or show names</source>
        <translation>Nascondi o mostra i nomi</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Testo più grande</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Testo più piccolo</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Blocca</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Chiudi il programma</translation>
    </message>
    <message>
        <source>People of this site</source>
        <translation>Persone di questo centro</translation>
    </message>
    <message>
        <source>Change my passphrase</source>
        <translation>Cambia la mia frase di accesso</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>Foglio di recupero</translation>
    </message>
    <message>
        <source>Erase what was typed by mistake</source>
        <translation>Cancellare ciò che fu digitato per errore</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Elenchi</translation>
    </message>
    <message>
        <source>Move from line to line</source>
        <translation>Da una riga all&apos;altra</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Invio</translation>
    </message>
    <message>
        <source>Open what the line is about, or what is next for the patient</source>
        <translation>Apre la riga, o ciò che viene dopo per il paziente</translation>
    </message>
    <message>
        <source>Today: open the page of the patient</source>
        <translation>Oggi: apre la pagina del paziente</translation>
    </message>
    <message>
        <source>Today, patient: note a visit as missed</source>
        <translation>Oggi, paziente: annota una visita come mancata</translation>
    </message>
    <message>
        <source>Today, patient: say what a gap of anifrolumab is</source>
        <translation>Oggi, paziente: dire che cos’è un’interruzione di anifrolumab</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>To the next control; with Shift, back</source>
        <translation>All&apos;elemento successivo; con Maiusc, al precedente</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>Chiude una finestra di dialogo</translation>
    </message>
    <message>
        <source>Page of a patient</source>
        <translation>Pagina del paziente</translation>
    </message>
    <message>
        <source>Add an event</source>
        <translation>Aggiunge un evento</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nuova visita</translation>
    </message>
    <message>
        <source>Back to where you came from</source>
        <translation>Indietro, da dove si veniva</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comando</translation>
    </message>
</context>
<context>
    <name>SignOffPage</name>
    <message>
        <source>What is not signed</source>
        <translation>Che cosa non è firmato</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Endpoint forms</source>
        <translation>Schede degli endpoint</translation>
    </message>
    <message>
        <source>All forms</source>
        <translation>Tutte le schede</translation>
    </message>
    <message>
        <source>Which forms</source>
        <translation>Quali schede</translation>
    </message>
    <message>
        <source>Visit or event</source>
        <translation>Visita o evento</translation>
    </message>
    <message>
        <source>Forms that are not signed</source>
        <translation>Schede non firmate</translation>
    </message>
    <message>
        <source>Everything of this kind is signed.</source>
        <translation>Di questo tipo è tutto firmato.</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Scheda</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpoint</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sì</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>Da risolvere</translation>
    </message>
    <message>
        <source>Unanswered</source>
        <translation>Senza risposta</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tutti</translation>
    </message>
    <message numerus="yes">
        <source>%n form(s)</source>
        <translation>
            <numerusform>%n scheda</numerusform>
            <numerusform>%n schede</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed since it was signed: {changes}.</source>
        <translation>Cambiato dopo la firma: {changes}.</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
</context>
<context>
    <name>Signer</name>
    <message>
        <source>Your person code</source>
        <translation>Il proprio codice di persona</translation>
    </message>
    <message>
        <source>Asked once after unlocking; later signatures need the passphrase alone.</source>
        <translation>Chiesto una volta dopo lo sblocco; per le firme seguenti basta la frase di accesso.</translation>
    </message>
    <message>
        <source>Type your person code.</source>
        <translation>Digitare il proprio codice.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Digitare la frase di accesso.</translation>
    </message>
</context>
<context>
    <name>SiteStep</name>
    <message>
        <source>The site and the centre&apos;s file</source>
        <translation>Il centro e il file di Pisa</translation>
    </message>
    <message>
        <source>Site code</source>
        <translation>Codice del centro</translation>
    </message>
    <message>
        <source>As given by the centre, for example P03</source>
        <translation>Come assegnato da Pisa, per esempio P03</translation>
    </message>
    <message>
        <source>Name of the site</source>
        <translation>Nome del centro</translation>
    </message>
    <message>
        <source>For example: Rheumatology, Padua</source>
        <translation>Per esempio: Reumatologia, Padova</translation>
    </message>
    <message>
        <source>The centre&apos;s file</source>
        <translation>Il file di Pisa</translation>
    </message>
    <message>
        <source>The keyset file from Pisa. Choose it or type where it lies</source>
        <translation>Il file delle chiavi inviato da Pisa. Sceglierlo o scrivere dove si trova</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Scegli il file…</translation>
    </message>
    <message>
        <source>Fingerprint of the file</source>
        <translation>Impronta del file</translation>
    </message>
    <message>
        <source>Call the centre and type what is read out: it proves that nobody changed the file</source>
        <translation>Telefonare a Pisa e scrivere ciò che viene letto: prova che nessuno ha cambiato il file</translation>
    </message>
    <message>
        <source>Type the name of the site.</source>
        <translation>Scrivere il nome del centro.</translation>
    </message>
    <message>
        <source>There is no such file: choose the file from Pisa.</source>
        <translation>Questo file non c&apos;è: scegliere il file inviato da Pisa.</translation>
    </message>
    <message>
        <source>Type the fingerprint as the centre reads it out.</source>
        <translation>Scrivere l&apos;impronta come viene letta da Pisa.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Practice site: all patients are synthetic</source>
        <translation>Centro di prova: tutti i pazienti sono sintetici</translation>
    </message>
    <message>
        <source>Clock not to be believed: check date and time</source>
        <translation>Orologio non credibile: controllare data e ora</translation>
    </message>
    <message>
        <source>Encrypted · {name} ({roles}) since {since} · locks in {time}</source>
        <translation>Cifrato · {name} ({roles}) dalle {since} · si blocca fra {time}</translation>
    </message>
    <message>
        <source>Offline · nothing sent yet</source>
        <translation>Non in rete · ancora nessun invio</translation>
    </message>
    <message>
        <source>Offline · last sent {when}</source>
        <translation>Non in rete · ultimo invio {when}</translation>
    </message>
</context>
<context>
    <name>StaysCard</name>
    <message>
        <source>What stays here</source>
        <translation>Che cosa resta qui</translation>
    </message>
    <message>
        <source>Names, birth dates, tax codes, hospital and telephone numbers</source>
        <translation>Nomi, date di nascita, codici fiscali, numeri ospedalieri e di telefono</translation>
    </message>
    <message>
        <source>The list that links study codes to people</source>
        <translation>L&apos;elenco che lega i codici alle persone</translation>
    </message>
    <message>
        <source>Calendar dates and free texts</source>
        <translation>Date di calendario e testi liberi</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) held back</source>
        <translation>
            <numerusform>%n visita trattenuta</numerusform>
            <numerusform>%n visite trattenute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) held back</source>
        <translation>
            <numerusform>%n testo trattenuto</numerusform>
            <numerusform>%n testi trattenuti</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is held back</source>
        <translation>Nulla è trattenuto</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>e un&apos;altra</numerusform>
            <numerusform>e altre %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Open {subject}</source>
        <translation>Apri {subject}</translation>
    </message>
    <message numerus="yes">
        <source>%n form(s)</source>
        <translation>
            <numerusform>%n scheda</numerusform>
            <numerusform>%n schede</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Strength</name>
    <message>
        <source>Very weak: it would be guessed at once</source>
        <translation>molto debole, sarebbe indovinata subito</translation>
    </message>
    <message>
        <source>Weak: it would be guessed quickly</source>
        <translation>debole, sarebbe indovinata in fretta</translation>
    </message>
    <message>
        <source>Fair: add another word or two</source>
        <translation>discreta, meglio aggiungere una o due parole</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>buona</translation>
    </message>
    <message>
        <source>Very good</source>
        <translation>molto buona</translation>
    </message>
</context>
<context>
    <name>SummaryStep</name>
    <message>
        <source>Before the site is created</source>
        <translation>Prima di creare il centro</translation>
    </message>
    <message>
        <source>Creating the site makes two encrypted files on this computer: one for the study data, one for names. It takes a few seconds.</source>
        <translation>Creare il centro significa fare due archivi cifrati su questo computer: uno per i dati dello studio, uno per i nomi. Bastano pochi secondi.</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Centro</translation>
    </message>
    <message>
        <source>The centre&apos;s file</source>
        <translation>Il file di Pisa</translation>
    </message>
    <message>
        <source>Fingerprint as read out</source>
        <translation>Impronta come è stata letta</translation>
    </message>
    <message>
        <source>First person</source>
        <translation>Prima persona</translation>
    </message>
    <message>
        <source>Second copy of backups</source>
        <translation>Seconda copia dei backup</translation>
    </message>
    <message>
        <source>not chosen yet</source>
        <translation>non ancora scelta</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase di accesso</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s), typed twice</source>
        <translation>
            <numerusform>%n carattere, scritta due volte</numerusform>
            <numerusform>%n caratteri, scritta due volte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SupportCard</name>
    <message>
        <source>If something is wrong</source>
        <translation>Se qualcosa non va</translation>
    </message>
    <message>
        <source>Write the support file</source>
        <translation>Scrivi il file di supporto</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>Scegli dove…</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>File da scrivere</translation>
    </message>
    <message>
        <source>Whoever helps you asks for a support file: versions, counts and what a full check finds, by code. It holds no answer, no name and no date of a patient; you can read it before you send it.</source>
        <translation>Chi assiste chiede un file di supporto: versioni, conteggi e ciò che trova una verifica completa, per codice. Non contiene risposte, nomi né date di pazienti; si può leggere prima di inviarlo.</translation>
    </message>
    <message>
        <source>Write where the file is to go, or choose it.</source>
        <translation>Scrivere dove va il file, oppure sceglierlo.</translation>
    </message>
    <message>
        <source>{name} is written: read it, then send it.</source>
        <translation>{name} è scritto: leggerlo, poi inviarlo.</translation>
    </message>
    <message>
        <source>Support file</source>
        <translation>File di supporto</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>name or number of somebody known here</source>
        <translation>nome o numero di una persona nota qui</translation>
    </message>
    <message>
        <source>tax code</source>
        <translation>codice fiscale</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>indirizzo di posta elettronica</translation>
    </message>
    <message>
        <source>IBAN</source>
        <translation>IBAN</translation>
    </message>
    <message>
        <source>health card</source>
        <translation>tessera sanitaria</translation>
    </message>
    <message>
        <source>telephone number</source>
        <translation>numero di telefono</translation>
    </message>
    <message>
        <source>date</source>
        <translation>data</translation>
    </message>
    <message>
        <source>address</source>
        <translation>indirizzo</translation>
    </message>
    <message>
        <source>name after a title</source>
        <translation>nome dopo un titolo</translation>
    </message>
    <message>
        <source>hospital number</source>
        <translation>numero ospedaliero</translation>
    </message>
    <message>
        <source>text too long</source>
        <translation>testo troppo lungo</translation>
    </message>
    <message>
        <source>Sealed here</source>
        <translation>Sigillato qui</translation>
    </message>
    <message>
        <source>Put on {place}</source>
        <translation>Messo in {place}</translation>
    </message>
    <message>
        <source>Did not come to {place}</source>
        <translation>Non arrivato in {place}</translation>
    </message>
    <message>
        <source>Merged by Pisa</source>
        <translation>Integrato da Pisa</translation>
    </message>
    <message>
        <source>Received; Pisa waits for an earlier one</source>
        <translation>Ricevuto; Pisa ne attende uno precedente</translation>
    </message>
    <message>
        <source>Refused by Pisa</source>
        <translation>Rifiutato da Pisa</translation>
    </message>
    <message>
        <source>Pisa asks for it again</source>
        <translation>Pisa lo chiede di nuovo</translation>
    </message>
    <message>
        <source>The medium is full.</source>
        <translation>Il supporto è pieno.</translation>
    </message>
    <message>
        <source>The medium is gone.</source>
        <translation>Il supporto non c’è più.</translation>
    </message>
    <message>
        <source>It cannot be written to.</source>
        <translation>Non vi si può scrivere.</translation>
    </message>
    <message>
        <source>The copy is damaged.</source>
        <translation>La copia è danneggiata.</translation>
    </message>
    <message>
        <source>{count} version(s) have not left yet: sign what is missing and send a bundle.</source>
        <translation>{count} versioni non sono ancora partite: firmare ciò che manca e inviare un pacchetto.</translation>
    </message>
    <message>
        <source>{count} version(s) are in bundles that Pisa has not acknowledged ({bundles}): bring in its answer, or save them again.</source>
        <translation>{count} versioni sono in pacchetti di cui Pisa non ha ancora dato ricevuta ({bundles}): portare qui la sua risposta, oppure salvarli di nuovo.</translation>
    </message>
    <message>
        <source>{count} version(s) came to Pisa and were not taken: telephone Pisa with these codes: {subjects}.</source>
        <translation>{count} versioni sono arrivate a Pisa e non sono state accolte: telefonare a Pisa con questi codici: {subjects}.</translation>
    </message>
    <message>
        <source>Pisa has {count} version(s) that are not here, as after a restore: telephone Pisa with these codes and enter them again: {subjects}.</source>
        <translation>Pisa ha {count} versioni che qui non ci sono, come dopo un ripristino: telefonare a Pisa con questi codici e inserirle di nuovo: {subjects}.</translation>
    </message>
    <message>
        <source>{count} version(s) count as sent and are in no bundle ({subjects}): run the full check in the settings and telephone the coordinating centre.</source>
        <translation>{count} versioni figurano come inviate e non sono in alcun pacchetto ({subjects}): eseguire il controllo completo in Opzioni e telefonare a Pisa.</translation>
    </message>
    <message>
        <source>Pisa&apos;s answer does not say how much it merged: ask Pisa to update the program.</source>
        <translation>La risposta di Pisa non dice quanto ha integrato: chiedere a Pisa di aggiornare il programma.</translation>
    </message>
    <message>
        <source>Checking everything before it leaves…</source>
        <translation>Controllo completo prima dell’invio…</translation>
    </message>
    <message>
        <source>Sealing: {done} of {of}…</source>
        <translation>Sigillo: {done} di {of}…</translation>
    </message>
    <message>
        <source>Copying: bundle {done} of {of}…</source>
        <translation>Copia: pacchetto {done} di {of}…</translation>
    </message>
</context>
<context>
    <name>SyncLogPage</name>
    <message>
        <source>What became of each bundle</source>
        <translation>Che ne è di ogni pacchetto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Save as a table…</source>
        <translation>Salva come tabella…</translation>
    </message>
    <message>
        <source>Do the counts agree?</source>
        <translation>I conteggi tornano?</translation>
    </message>
    <message>
        <source>Bundle by bundle</source>
        <translation>Pacchetto per pacchetto</translation>
    </message>
    <message>
        <source>What happened to each bundle</source>
        <translation>Che cosa è successo a ogni pacchetto</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Pacchetto</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Che cosa è successo</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Non è stato ancora inviato nulla.</translation>
    </message>
    <message>
        <source>Versions of forms completed here</source>
        <translation>Versioni di schede completate qui</translation>
    </message>
    <message>
        <source>of them mistakes that never leave</source>
        <translation>di cui errori che non partono mai</translation>
    </message>
    <message>
        <source>Sealed in bundles</source>
        <translation>Sigillate in pacchetti</translation>
    </message>
    <message>
        <source>Received by Pisa</source>
        <translation>Ricevute da Pisa</translation>
    </message>
    <message>
        <source>Merged by Pisa</source>
        <translation>Integrate da Pisa</translation>
    </message>
    <message>
        <source>Everything agrees: what was entered is sealed, received and merged.</source>
        <translation>Tutto torna: ciò che è stato inserito è sigillato, ricevuto e integrato.</translation>
    </message>
    <message>
        <source>Tried again after {time}.</source>
        <translation>Nuovo tentativo dopo le {time}.</translation>
    </message>
    <message>
        <source>Where to save the table</source>
        <translation>Dove salvare la tabella</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabella (*.csv)</translation>
    </message>
    <message>
        <source>It holds numbers, times and reasons, and nobody&apos;s name.</source>
        <translation>Contiene numeri, orari e motivi, e il nome di nessuno.</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>Salvato: {name}</translation>
    </message>
</context>
<context>
    <name>TakePage</name>
    <message>
        <source>Take a patient over</source>
        <translation>Prendi in carico un paziente</translation>
    </message>
    <message>
        <source>From another computer</source>
        <translation>Da un altro computer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>The file is checked</source>
        <translation>Si controlla il file</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Il file</translation>
    </message>
    <message>
        <source>File of the hand-over</source>
        <translation>File della consegna</translation>
    </message>
    <message>
        <source>The card of the old computer lies beside it</source>
        <translation>Accanto c&apos;è la scheda del computer di prima</translation>
    </message>
    <message>
        <source>Fingerprint of the old computer</source>
        <translation>Impronta del computer di prima</translation>
    </message>
    <message>
        <source>As it is read out there: five groups of five letters</source>
        <translation>Come viene letta là: cinque gruppi di cinque lettere</translation>
    </message>
    <message>
        <source>Show what comes</source>
        <translation>Mostra che cosa arriva</translation>
    </message>
    <message>
        <source>What comes</source>
        <translation>Che cosa arriva</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>La propria frase di accesso</translation>
    </message>
    <message>
        <source>Take the patient over</source>
        <translation>Prendi in carico il paziente</translation>
    </message>
    <message>
        <source>Say where the file is.</source>
        <translation>Indicare dov&apos;è il file.</translation>
    </message>
    <message>
        <source>Type the fingerprint.</source>
        <translation>Digitare l&apos;impronta.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Digitare la frase di accesso.</translation>
    </message>
    <message>
        <source>From {other}.</source>
        <translation>Da {other}.</translation>
    </message>
    <message>
        <source>This patient was handed over from here before and comes back.</source>
        <translation>Questo paziente era stato consegnato da qui e ora torna.</translation>
    </message>
    <message>
        <source>Visits: {visits}.</source>
        <translation>Visite: {visits}.</translation>
    </message>
    <message>
        <source>No visit yet.</source>
        <translation>Ancora nessuna visita.</translation>
    </message>
    <message>
        <source>Events: {events}; drafts: {drafts}; versions: {versions}; signatures: {signatures}.</source>
        <translation>Eventi: {events}; bozze: {drafts}; versioni: {versions}; firme: {signatures}.</translation>
    </message>
    <message>
        <source>From then on the patient is kept here; the old computer only reads.</source>
        <translation>Da quel momento il paziente è tenuto qui; il computer di prima legge soltanto.</translation>
    </message>
    <message>
        <source>What Pisa asks about the patient comes with its next answer, once both computers have sent.</source>
        <translation>Ciò che Pisa chiede del paziente arriva con la sua prossima risposta, dopo che i due computer hanno inviato.</translation>
    </message>
    <message>
        <source>Somebody alike is here already: {codes}. Look first.</source>
        <translation>Qui c&apos;è già chi gli somiglia: {codes}. Controllare prima.</translation>
    </message>
    <message>
        <source>Hand-overs (*.anfb)</source>
        <translation>Consegne (*.anfb)</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} e {last}</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trova</translation>
    </message>
    <message>
        <source>Enrol patient</source>
        <translation>Arruola paziente</translation>
    </message>
    <message>
        <source>Which visits to list</source>
        <translation>Quali visite elencare</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paziente</translation>
    </message>
    <message>
        <source>Open the page of this patient</source>
        <translation>Apri la pagina di questo paziente</translation>
    </message>
    <message>
        <source>Show names</source>
        <translation>Mostra i nomi</translation>
    </message>
    <message>
        <source>Hide names</source>
        <translation>Nascondi i nomi</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visite</translation>
    </message>
    <message>
        <source>Enrol the first patient</source>
        <translation>Arruola il primo paziente</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>In ritardo</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>In finestra</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Bozze</translation>
    </message>
    <message>
        <source>On schedule</source>
        <translation>Programmate</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Da fare</translation>
    </message>
    <message>
        <source>No patients yet</source>
        <translation>Ancora nessun paziente</translation>
    </message>
    <message>
        <source>Enrol the first patient: consent first, then eligibility, then the name, which stays here.</source>
        <translation>Il primo paziente si arruola così: prima il consenso, poi l&apos;idoneità, poi il nome, che resta qui.</translation>
    </message>
    <message>
        <source>Nothing is due</source>
        <translation>Nessuna visita da fare</translation>
    </message>
    <message>
        <source>No visit is late, due or in draft. All patients are under Patients (Alt+2).</source>
        <translation>Nessuna visita è in ritardo, in finestra o in bozza. Tutti i pazienti sono in Pazienti (Alt+2).</translation>
    </message>
    <message>
        <source>None of this kind</source>
        <translation>Nessuna di questo tipo</translation>
    </message>
    <message>
        <source>Choose “To do” to see the other visits.</source>
        <translation>Con «Da fare» si vedono le altre visite.</translation>
    </message>
</context>
<context>
    <name>TroublePage</name>
    <message>
        <source>The program cannot begin</source>
        <translation>Il programma non può iniziare</translation>
    </message>
    <message>
        <source>Data folder: {folder}</source>
        <translation>Cartella dei dati: {folder}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Chiudi il programma</translation>
    </message>
    <message>
        <source>Put a backup back</source>
        <translation>Ripristina un backup</translation>
    </message>
</context>
<context>
    <name>TwicePage</name>
    <message>
        <source>Enrolled twice</source>
        <translation>Arruolamento doppio</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>The other code of the same person</source>
        <translation>L&apos;altro codice della stessa persona</translation>
    </message>
    <message>
        <source>The code that goes on</source>
        <translation>Il codice che prosegue</translation>
    </message>
    <message>
        <source>Usually the one under which more was sent.</source>
        <translation>Di solito quello con cui è stato inviato di più.</translation>
    </message>
    <message>
        <source>Choose the other code, and which of the two goes on.</source>
        <translation>Scegliere l&apos;altro codice, e quale dei due prosegue.</translation>
    </message>
    <message>
        <source>Join the two</source>
        <translation>Unisci i due</translation>
    </message>
    <message>
        <source>To {keep} go, as drafts to look through and sign: {entries}.</source>
        <translation>Passano a {keep}, come bozze da rivedere e firmare: {entries}.</translation>
    </message>
    <message>
        <source>Nothing goes to {keep}.</source>
        <translation>Nulla passa a {keep}.</translation>
    </message>
    <message>
        <source>Both have: {entries}. That of {drop} stays readable there and counts for nothing.</source>
        <translation>Li hanno entrambi: {entries}. Quelli di {drop} restano lì leggibili e non contano più nulla.</translation>
    </message>
    <message>
        <source>The patient goes on as {keep}; {drop} is closed.</source>
        <translation>Il paziente prosegue come {keep}; {drop} è chiuso.</translation>
    </message>
    <message>
        <source>Join {drop} to {keep}</source>
        <translation>Unisci {drop} a {keep}</translation>
    </message>
    <message>
        <source>{drop} was joined to this patient. Drafts to look through: {count}.</source>
        <translation>{drop} è stato unito a questo paziente. Bozze da rivedere: {count}.</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>Passphrase</source>
        <translation>Frase di accesso</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Sblocca</translation>
    </message>
    <message>
        <source>I forgot the passphrase</source>
        <translation>Ho dimenticato la frase di accesso</translation>
    </message>
    <message>
        <source>Put a backup back</source>
        <translation>Ripristina un backup</translation>
    </message>
    <message>
        <source>Unlocking</source>
        <translation>Sblocco in corso</translation>
    </message>
    <message>
        <source>Unlock this site</source>
        <translation>Sbloccare il centro</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Nobody can read a forgotten passphrase out, not even Pisa. Another administrator or the recovery sheet gives a new one.</source>
        <translation>Nessuno può leggere una frase di accesso dimenticata, nemmeno Pisa. Un altro amministratore o il foglio di recupero ne dà una nuova.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Scrivere la frase di accesso.</translation>
    </message>
    <message numerus="yes">
        <source>The next try is possible in %n second(s).</source>
        <translation>
            <numerusform>Il prossimo tentativo è possibile fra %n secondo.</numerusform>
            <numerusform>Il prossimo tentativo è possibile fra %n secondi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Si può riprovare.</translation>
    </message>
</context>
<context>
    <name>Visit</name>
    <message>
        <source>Next section: {name}</source>
        <translation>Sezione successiva: {name}</translation>
    </message>
    <message>
        <source>To the review</source>
        <translation>Alla revisione</translation>
    </message>
    <message>
        <source>To the identity</source>
        <translation>All&apos;identità</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Peso</translation>
    </message>
    <message>
        <source>All remaining absent</source>
        <translation>Tutti gli altri assenti</translation>
    </message>
    <message>
        <source>Same as last visit</source>
        <translation>Come alla visita precedente</translation>
    </message>
    <message>
        <source>Take the verification back</source>
        <translation>Togli la verifica</translation>
    </message>
    <message>
        <source>Verified with its source</source>
        <translation>Verificato con la fonte</translation>
    </message>
    <message>
        <source>all criteria met</source>
        <translation>tutti i criteri soddisfatti</translation>
    </message>
    <message>
        <source>a criterion is not met</source>
        <translation>un criterio non è soddisfatto</translation>
    </message>
    <message>
        <source>criteria not all answered</source>
        <translation>criteri non ancora completi</translation>
    </message>
    <message>
        <source>day {number}</source>
        <translation>giorno {number}</translation>
    </message>
    <message>
        <source>in window</source>
        <translation>in finestra</translation>
    </message>
    <message>
        <source>out of window</source>
        <translation>fuori finestra</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Back (Alt+←)</source>
        <translation>Indietro (Alt+←)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>Comandi e tasti</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identità</translation>
    </message>
    <message>
        <source>Add event</source>
        <translation>Aggiungi evento</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Concludi</translation>
    </message>
    <message>
        <source>Finish the enrolment</source>
        <translation>Concludi l&apos;arruolamento</translation>
    </message>
    <message>
        <source>Review and sign</source>
        <translation>Rivedi e firma</translation>
    </message>
    <message>
        <source>Not saved. {reason} The answers stay on this screen.</source>
        <translation>Non salvato. {reason} Le risposte restano su questo schermo.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Salvataggio…</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>Salvato alle {time}</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Rivedi</translation>
    </message>
    <message>
        <source>Amend</source>
        <translation>Correggi</translation>
    </message>
    <message>
        <source>It can be read. To change it, amend it with a reason.</source>
        <translation>Si può leggere. Per cambiarla serve una correzione con un motivo.</translation>
    </message>
    <message>
        <source>This visit is signed</source>
        <translation>Questa visita è firmata</translation>
    </message>
    <message>
        <source>It waits for a signature. To change it, amend it with a reason.</source>
        <translation>È in attesa della firma. Per cambiarla serve una correzione con un motivo.</translation>
    </message>
    <message>
        <source>This visit is complete</source>
        <translation>Questa visita è completa</translation>
    </message>
    <message>
        <source>This record is signed</source>
        <translation>Questa scheda è firmata</translation>
    </message>
    <message>
        <source>This record is complete</source>
        <translation>Questa scheda è completa</translation>
    </message>
    <message>
        <source>This was declared a mistake</source>
        <translation>Dichiarato un errore</translation>
    </message>
    <message>
        <source>It can be read, and counts for nothing.</source>
        <translation>Si può leggere e non conta più nulla.</translation>
    </message>
    <message>
        <source>{count} answers were on disk, the last of {time}. Work goes on where it was.</source>
        <translation>{count} risposte erano sul disco, l&apos;ultima delle {time}. Si continua da dove si era.</translation>
    </message>
    <message>
        <source>This draft was recovered</source>
        <translation>Questa bozza è stata recuperata</translation>
    </message>
    <message>
        <source>Enter next · ↑ back · Ctrl+↓ next open · F1 definition · Ctrl+? all keys</source>
        <translation>Invio avanti · ↑ indietro · Ctrl+↓ prossima aperta · F1 definizione · Ctrl+? tutti i tasti</translation>
    </message>
    <message>
        <source>{open} open · {settle} to check</source>
        <translation>{open} aperte · {settle} da rivedere</translation>
    </message>
    <message>
        <source>Hand to the patient</source>
        <translation>Consegna al paziente</translation>
    </message>
    <message>
        <source>Give up this amendment?</source>
        <translation>Abbandonare questa correzione?</translation>
    </message>
    <message>
        <source>The record stands again as it was completed, and signed if it was. What was typed in the amendment is no answer any more; it stays in the audit trail.</source>
        <translation>La scheda torna com&apos;era completata, e firmata se lo era. Ciò che è stato digitato nella correzione non è più una risposta; resta nel registro.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna indietro</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>Abbandona</translation>
    </message>
</context>
<context>
    <name>WelcomeStep</name>
    <message>
        <source>A new site on this computer</source>
        <translation>Un nuovo centro su questo computer</translation>
    </message>
    <message>
        <source>This takes about five minutes. At hand should be the file that the centre in Pisa sent for this site, and a telephone, to compare the file&apos;s fingerprint with the centre.</source>
        <translation>Bastano circa cinque minuti. Servono il file inviato da Pisa per questo centro e un telefono, per confrontare a voce l&apos;impronta del file.</translation>
    </message>
    <message>
        <source>Nothing is created before the last step. Going back keeps what was typed. The language can be changed above at any time.</source>
        <translation>Nulla viene creato prima dell&apos;ultimo passo. Tornando indietro, quanto scritto resta. La lingua si può cambiare in alto in ogni momento.</translation>
    </message>
    <message>
        <source>Was this site on another computer, or did its disk fail? Then do not make a new one.</source>
        <translation>Questo centro era su un altro computer, o il disco si è guastato? Allora non crearne uno nuovo.</translation>
    </message>
    <message>
        <source>Put a backup back…</source>
        <translation>Ripristina un backup…</translation>
    </message>
    <message>
        <source>To practise first with synthetic patients, close this window and start the program with: anifro-desktop demo --window</source>
        <translation>Per provare prima con pazienti sintetici, chiudere questa finestra e avviare il programma con: anifro-desktop demo --window</translation>
    </message>
</context>
<context>
    <name>WordingCard</name>
    <message>
        <source>Choose a file…</source>
        <translation>Scegli un file…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>File with the texts</source>
        <translation>File con i testi</translation>
    </message>
    <message>
        <source>File with the texts (TOML or JSON)</source>
        <translation>File con i testi (TOML o JSON)</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Carica</translation>
    </message>
    <message>
        <source>Loaded: {forms}.</source>
        <translation>Caricati: {forms}.</translation>
    </message>
    <message>
        <source>No wording is loaded.</source>
        <translation>Nessun testo caricato.</translation>
    </message>
    <message>
        <source>Not all of the wording that was loaded can be used: load the file again.</source>
        <translation>Non tutti i testi caricati si possono usare: caricare di nuovo il file.</translation>
    </message>
    <message>
        <source>Questions are then called by their numbers again. No answer changes.</source>
        <translation>Le domande saranno di nuovo indicate con il numero. Nessuna risposta cambia.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Togli</translation>
    </message>
    <message>
        <source>Remove the wording</source>
        <translation>Togli i testi</translation>
    </message>
    <message>
        <source>Remove the wording?</source>
        <translation>Togliere i testi?</translation>
    </message>
    <message>
        <source>Texts (*.toml *.json)</source>
        <translation>Testi (*.toml *.json)</translation>
    </message>
    <message>
        <source>The file cannot be used yet</source>
        <translation>Il file non si può ancora usare</translation>
    </message>
    <message>
        <source>The program holds no text of licensed questionnaires, only the numbers of their questions. A site with a licence can load its own texts: they are shown on this computer, and never leave it.</source>
        <translation>Il programma non contiene i testi dei questionari con licenza, solo i numeri delle domande. Un centro con licenza può caricare i propri testi: si vedono su questo computer e non ne escono mai.</translation>
    </message>
    <message>
        <source>The wording is loaded and shown from now on.</source>
        <translation>I testi sono caricati e si vedono da ora.</translation>
    </message>
    <message>
        <source>Wording of questionnaires</source>
        <translation>Testi dei questionari</translation>
    </message>
    <message>
        <source>Write where the file is, or choose it.</source>
        <translation>Scrivere dove si trova il file, oppure sceglierlo.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Enrolment</source>
        <translation>Arruolamento</translation>
    </message>
    <message>
        <source>Medical history</source>
        <translation>Anamnesi</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Basale</translation>
    </message>
    <message>
        <source>Early termination</source>
        <translation>Conclusione anticipata</translation>
    </message>
    <message>
        <source>Unscheduled visit</source>
        <translation>Visita non programmata</translation>
    </message>
    <message>
        <source>Month {months}</source>
        <translation>Mese {months}</translation>
    </message>
    <message>
        <source>Unscheduled {number}</source>
        <translation>Non programmata {number}</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Femmina</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Maschio</translation>
    </message>
    <message>
        <source>In screening</source>
        <translation>In screening</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>Arruolato</translation>
    </message>
    <message>
        <source>Not eligible</source>
        <translation>Non idoneo</translation>
    </message>
    <message>
        <source>Consent withdrawn</source>
        <translation>Consenso revocato</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Decesso</translation>
    </message>
    <message>
        <source>Enrolled twice</source>
        <translation>Arruolamento doppio</translation>
    </message>
    <message>
        <source>Goes on elsewhere</source>
        <translation>Segue altrove</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Bozza</translation>
    </message>
    <message>
        <source>Complete, not signed</source>
        <translation>Completa, non firmata</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Firmata</translation>
    </message>
    <message>
        <source>Changed since signed</source>
        <translation>Cambiata dopo la firma</translation>
    </message>
    <message>
        <source>Being amended</source>
        <translation>In correzione</translation>
    </message>
    <message>
        <source>Entered by mistake</source>
        <translation>Inserito per errore</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Da iniziare</translation>
    </message>
    <message>
        <source>Coming</source>
        <translation>In arrivo</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>In finestra</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Oltre la data</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Mancata</translation>
    </message>
    <message>
        <source>Missed, noted</source>
        <translation>Mancata, annotata</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Non noto</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Attiva</translation>
    </message>
    <message>
        <source>sealed, not handed over</source>
        <translation>sigillato, non consegnato</translation>
    </message>
    <message>
        <source>sent, no answer yet</source>
        <translation>inviato, ancora senza risposta</translation>
    </message>
    <message>
        <source>received by Pisa</source>
        <translation>ricevuto da Pisa</translation>
    </message>
    <message>
        <source>merged by Pisa</source>
        <translation>integrato da Pisa</translation>
    </message>
    <message>
        <source>refused by Pisa</source>
        <translation>rifiutato da Pisa</translation>
    </message>
    <message>
        <source>still a draft</source>
        <translation>ancora in bozza</translation>
    </message>
    <message>
        <source>complete but not signed</source>
        <translation>completa ma non firmata</translation>
    </message>
    <message>
        <source>patient not enrolled yet</source>
        <translation>paziente non ancora arruolato</translation>
    </message>
    <message>
        <source>investigator</source>
        <translation>sperimentatore</translation>
    </message>
    <message>
        <source>data entry</source>
        <translation>inserimento dati</translation>
    </message>
    <message>
        <source>site administrator</source>
        <translation>amministratore del centro</translation>
    </message>
    <message>
        <source>monitor</source>
        <translation>monitor</translation>
    </message>
</context>
<context>
    <name>Worklist</name>
    <message>
        <source>last day</source>
        <translation>ultimo giorno</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>bozza</translation>
    </message>
    <message>
        <source>draft, {done} of {all}</source>
        <translation>bozza, {done} di {all}</translation>
    </message>
    <message>
        <source>Study code</source>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Name (this computer only)</source>
        <translation>Nome (solo qui)</translation>
    </message>
    <message>
        <source>Last state</source>
        <translation>Malattia</translation>
    </message>
    <message>
        <source>SLEDAI-2K</source>
        <translation>SLEDAI-2K</translation>
    </message>
    <message>
        <source>Prednisone eq.</source>
        <translation>Prednisone eq.</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Evento</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Finestra</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>Enter %n row(s)</source>
        <translation>
            <numerusform>Inserisci %n riga</numerusform>
            <numerusform>Inserisci %n righe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Detail</name>
    <message>
        <source>Entry</source>
        <translation>Voce</translation>
    </message>
    <message>
        <source>History of this question</source>
        <translation>Storia della domanda</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Apri la scheda</translation>
    </message>
    <message>
        <source>Erase the words of this reason…</source>
        <translation>Cancella le parole di questo motivo…</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Orologio</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Computer</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Prima</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Dopo</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>No entry chosen</source>
        <translation>Nessuna voce scelta</translation>
    </message>
    <message>
        <source>Entry {number}</source>
        <translation>Voce {number}</translation>
    </message>
</context>
</TS>

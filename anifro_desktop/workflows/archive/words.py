"""The archive's own words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.model import Label

WORDS: Mapping[str, Label] = {
    "title": Label("Copia certificata", "Certified copy"),
    "patient": Label("Paziente {code}", "Patient {code}"),
    "site": Label("Centro", "Site"),
    "study": Label("Studio", "Study"),
    "status": Label("Stato", "State"),
    "sex": Label("Sesso", "Sex"),
    "female": Label("femmina", "female"),
    "male": Label("maschio", "male"),
    "age": Label("Età all'arruolamento", "Age at enrolment"),
    "enrolled": Label("Data di arruolamento", "Date of enrolment"),
    "first_dose": Label("Prima dose", "First dose"),
    "identity": Label("Identità", "Identity"),
    "certified": Label(
        "Copia certificata: questo documento riporta per intero ciò che il centro {site} ha registrato di questo "
        "paziente con anifro-desktop {version}. Fatta da {who} ({code}, {roles}) il {when}. Ogni pagina porta in fondo "
        "l'impronta SHA-256 del file dei dati da cui è scritta ({data}), che sta nello stesso archivio insieme al "
        "registro. {check}",
        "Certified copy: this document gives in full what site {site} recorded of this patient with anifro-desktop "
        "{version}. Made by {who} ({code}, {roles}) on {when}. Each page carries at its foot the SHA-256 of the file "
        "of data that it is written from ({data}), which lies in the same archive, beside the trail. {check}",
    ),
    "sound": Label(
        "La verifica completa di database, registro e firme, fatta subito prima, non ha trovato problemi.",
        "The full check of databases, trail and signatures made just before found nothing wrong.",
    ),
    "unsound": Label(
        "ATTENZIONE: la verifica fatta subito prima ha trovato problemi ({codes}); vedere LEGGIMI.txt.",
        "BEWARE: the check made just before found something wrong ({codes}); see README.txt.",
    ),
    "texts": Label(
        "I testi liberi (commenti, motivi) ci sono come furono digitati: anche senza l'elenco dei nomi possono\n"
        "contenere quello di un paziente o di un parente. Custodirlo come i dati del centro.",
        "Free texts (comments, reasons) are in it as they were typed: even without the list of names they may hold\n"
        "that of a patient or a relative. Keep it as the site's data are kept.",
    ),
    "foot": Label(
        "dati SHA-256 {sha256} · anifro-desktop {version}", "data SHA-256 {sha256} · anifro-desktop {version}"
    ),
    "version": Label("versione {ver}, {who}, {when}", "version {ver}, {who}, {when}"),
    "reason": Label("Motivo del cambiamento", "Reason for change"),
    "void": Label("Inserita per errore", "Entered by mistake"),
    "was": Label("{now}   [prima: {was}]", "{now}   [before: {was}]"),
    "removed": Label("(tolta)", "(taken out)"),
    "no_values": Label("Nessuna risposta.", "No answer."),
    "result": Label("Risultato", "Result"),
    "between": Label("non noto, fra {low} e {high}", "unknown, between {low} and {high}"),
    "parts": Label("Parti", "Parts"),
    "missing": Label("Manca", "Missing"),
    "rule": Label("Regola", "Rule"),
    "warnings": Label("Avvertenze", "Warnings"),
    "reasons": Label("Perché no", "Why not"),
    "signature": Label("Firma", "Signature"),
    "signed": Label(
        "{name} ({code}), {meaning}, {when}; impronta {digest}; {state}",
        "{name} ({code}), {meaning}, {when}; digest {digest}; {state}",
    ),
    "holds": Label("la firma è valida", "the signature holds"),
    "broken": Label("LA FIRMA NON È VALIDA", "THE SIGNATURE DOES NOT HOLD"),
    "unsigned": Label("Non firmata", "Not signed"),
    "erased": Label(
        "In questa versione un testo digitato per errore è stato cancellato dopo il completamento; l'impronta e le "
        "firme sono quelle del testo com'era: {mark}",
        "In this version a text typed by mistake was erased after completion; digest and signatures are those of the "
        "text as it was: {mark}",
    ),
    "draft": Label("Bozza, non completata", "Draft, not completed"),
    "trail": Label("Registro delle modifiche di questo paziente", "Audit trail of this patient"),
    "trail_how": Label(
        "In ordine. Voci di seguito della stessa persona, nello stesso giorno, sulla stessa visita o scheda sono un "
        "capoverso: numeri; data, ora e fuso della prima; persona e ruolo; dove; poi ogni voce con numero e ora, "
        "prima → dopo [motivo]. Le voci del primo completamento di una scheda dicono i valori riportati sopra e sono "
        "contate, come quelle tecniche (impronte, numeri di invio, testi come digitati): tutte sono in trail.jsonl.",
        "In order. Entries one after another by the same person, on the same day, about the same visit or form are one "
        "paragraph: numbers; date, time and zone of the first; person and role; where; then each entry with number and "
        "time, before → after [reason]. The entries of a form's first completion say the values given above and are "
        "counted, as are technical ones (digests, numbers of what was sent, texts as typed): all are in trail.jsonl.",
    ),
    "first": Label(
        "{form}, versione 1: {count} valori riportati sopra",
        "{form}, version 1: {count} values given above",
    ),
    "technical": Label("voci tecniche: {count}", "technical entries: {count}"),
    "typed": Label("come digitato", "as typed"),
    "note": Label("nota", "note"),
    "suspect": Label("(orologio sospetto)", "(clock suspect)"),
    "queries": Label("Richieste di Pisa", "Questions of Pisa"),
    "no_queries": Label("Nessuna.", "None."),
    "verification": Label("Verifica con la fonte", "Source verification"),
    "marked": Label("verificato", "verified"),
    "unmarked": Label("verifica tolta", "verification taken back"),
    "whole_form": Label("tutta la scheda", "the whole form"),
    "version_of": Label("versione {ver} di {record}", "version {ver} of {record}"),
}


def said(name: str, lang: str, /, **facts: str | int) -> str:
    """A text of the archive with its blanks filled."""
    text = WORDS[name].get(lang)
    return text.format(**facts) if facts else text


README_IT = """Archivio del centro {site}, studio {study}
Fatto il {when} da {who} ({code}) con anifro-desktop {version}. Nomi dei pazienti: {names}.
Verifica prima della copia: {check}

Questo archivio resta al centro, sotto il suo controllo. Contiene date vere: non va inviato né messo in un cloud.
{texts}
Si legge per tutto il tempo di conservazione senza il programma.

CHE COSA C'È
subjects/CODICE.pdf         tutto di un paziente, da leggere: schede, versioni, indici con le parti, firme, registro
subjects/CODICE.odm.xml     lo stesso come CDISC ODM-XML 1.3.2, con AuditRecord e Signature
subjects/CODICE.jsonl       le versioni completate come furono firmate, una per riga (JSON, UTF-8)
trail.jsonl                 il registro del centro intero, una voce per riga, con impronte e firme
keys.json                   le chiavi pubbliche di firma di ogni persona, e quella del centro
codebook-*.html             ogni domanda con codici, limiti, fonte e formule, per ogni versione delle schede
identities.json, identity-trail.jsonl    solo se i nomi sono compresi: chi sono i pazienti, e il loro registro
verify_archive.py           controlla tutto; vuole solo Python 3.11 o successivo: python3 verify_archive.py
SHA256SUMS                  l'impronta di ogni file: sha256sum -c SHA256SUMS
SHA256SUMS.sig              le firme di chi ha fatto l'archivio e del centro su quell'elenco; verify_archive.py le
                            controlla e mostra l'impronta da confrontare con quella annotata quando fu fatto

LA CATENA DEL REGISTRO
Ogni riga di trail.jsonl è una voce. Impronta = SHA-256 di: "anifro/audit/v1" e un byte zero; l'impronta della voce
prima (32 byte; zeri per la prima); la voce come JSON senza "hash" e "signature", con chiavi in ordine alfabetico,
senza spazi, in UTF-8; ma in "old" e "new" ogni testo non vuoto, e in "reason" le parole dopo il codice, sono
sostituiti dal loro SHA-256 (del testo come stringa JSON, in esadecimale). Manca una voce, o una è cambiata: la catena
si rompe lì. L'ultima voce di ogni atto ("tx" uguale) è firmata con Ed25519 su: "anifro/audit/sig/v1", un byte zero,
l'impronta (32 byte). "user" dice di chi è la chiave; in keys.json la più recente sta per prima, e quando una ha
firmato, le precedenti della stessa persona non firmano più.
Un testo cancellato perché digitato per errore lascia perciò il suo SHA-256 ("erased", o [--- …]), e catena e firme
valgono come prima; una voce "erasure" di un amministratore, più avanti, dice in quale voce o versione.

LE VERSIONI E LE FIRME
In subjects/CODICE.jsonl "body" è la versione; il suo SHA-256, come JSON scritto allo stesso modo e con i testi di
"values", "notes" e "why_text" sostituiti dal loro SHA-256, è "digest"; "prev" in "body" è quello della versione
prima. Una firma è Ed25519 su: "anifro/signature/v1", un byte zero, il JSON di by, digest, meaning, name, record, ver,
when. Vale se la voce "signatures" del registro è della stessa persona e dello stesso istante, il nome e il ruolo sono
suoi (keys.json) e la chiave non è fra le "lent_keys", che apriva una frase di accesso scelta da altri: quelle firmano
nel registro soltanto lo sblocco e la scelta di un'altra frase.

CON OPENSSL
La chiave pubblica (32 byte, esadecimale) diventa un file DER mettendole davanti 302a300506032b6570032100:
  echo 302a300506032b6570032100CHIAVE | xxd -r -p > chiave.der
  openssl pkeyutl -verify -pubin -inkey chiave.der -keyform DER -rawin -in messaggio -sigfile firma
dove "messaggio" sono i byte detti sopra e "firma" i 64 byte della firma. OpenSSL 3.0 o successivo.
"""

README_EN = """Archive of site {site}, study {study}
Made on {when} by {who} ({code}) with anifro-desktop {version}. Names of patients: {names}.
Check before the copy: {check}

This archive stays at the site, under its control. It holds real dates: never send it, never put it into a cloud.
{texts}
It can be read without the program for as long as it must be kept.

WHAT IS HERE
subjects/CODE.pdf           all of a patient, to read: forms, versions, scores with their parts, signatures, trail
subjects/CODE.odm.xml       the same as CDISC ODM-XML 1.3.2, with AuditRecord and Signature
subjects/CODE.jsonl         the completed versions as they were signed, one a line (JSON, UTF-8)
trail.jsonl                 the whole audit trail of the site, one entry a line, with hashes and signatures
keys.json                   the public signing keys of every person, and the site's own
codebook-*.html             every question with codes, limits, source and formulas, for each version of the forms
identities.json, identity-trail.jsonl    only where names are included: who the patients are, and their trail
verify_archive.py           checks all of it; wants nothing but Python 3.11 or later: python3 verify_archive.py
SHA256SUMS                  the hash of each file: sha256sum -c SHA256SUMS
SHA256SUMS.sig              the signatures of whoever made the archive, and of the site, over that list;
                            verify_archive.py checks them and shows the hash to compare with the one noted then

THE CHAIN OF THE TRAIL
Each line of trail.jsonl is an entry. Hash = SHA-256 of: "anifro/audit/v1" and a zero byte; the hash of the entry
before (32 bytes; zeros for the first); the entry as JSON without "hash" and "signature", keys in alphabetical order,
no spaces, UTF-8; but in "old" and "new" each text that is not empty, and in "reason" the words after the code, are
replaced by their SHA-256 (of the text as a JSON string, in hex). If an entry is missing or was changed, the chain
breaks there. The last entry of each act (same "tx") is signed with Ed25519 over: "anifro/audit/sig/v1", a zero byte,
the hash (32 bytes). "user" says whose key it is; in keys.json the newest stands first, and once a key has signed,
the older ones of that person sign nothing more.
So a text erased because it was typed by mistake leaves its SHA-256 ("erased", or [--- …]), and chain and signatures
hold as before; an entry "erasure" of an administrator, further on, tells in which entry or version.

VERSIONS AND SIGNATURES
In subjects/CODE.jsonl "body" is the version; its SHA-256, as JSON written in the same way and with the texts of
"values", "notes" and "why_text" replaced by their SHA-256, is "digest"; "prev" in "body" is that of the version
before. A signature is Ed25519 over: "anifro/signature/v1", a zero byte, the JSON of by, digest, meaning, name,
record, ver, when. It holds if the trail's entry "signatures" is of the same person and moment, name and role are that
person's (keys.json), and the key is none of the "lent_keys", which a passphrase of somebody else's choice opened:
those sign in the trail only an unlocking and the choice of another passphrase.

WITH OPENSSL
A public key (32 bytes, hex) becomes a DER file by putting 302a300506032b6570032100 before it:
  echo 302a300506032b6570032100KEY | xxd -r -p > key.der
  openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in message -sigfile signature
where "message" are the bytes told above and "signature" the 64 bytes of the signature. OpenSSL 3.0 or later.
"""

"""What the trail calls by a short name, in both languages: kinds, acts, states, and how a value reads.

What a study calls by a code (answers, visits, reasons) has its words in the definitions; here is only the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from anifro_desktop.errors import Refusal
from anifro_desktop.forms import types
from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.forms.texts import MISSING
from anifro_desktop.record import STRUCK, Json, Missing

NOTHING = Label("", "")
PARTS: Mapping[str, Label] = {  # of an identity
    "surname": Label("Cognome", "Surname"),
    "name": Label("Nome", "Name"),
    "birth_date": Label("Data di nascita", "Birth date"),
    "tax_code": Label("Codice fiscale", "Tax code"),
    "hospital_number": Label("Numero ospedaliero", "Hospital number"),
    "phone": Label("Telefono", "Telephone"),
    "email": Label("Posta elettronica", "E-mail"),
}
EMPTY = Label("–", "–")
KINDS: Mapping[str, Label] = {
    "answers": Label("Risposte", "Answers"),
    "acts": Label("Atti", "Acts"),
    "people": Label("Persone e chiavi", "People and keys"),
    "identities": Label("Identità", "Identities"),
    "exchange": Label("Scambio con Pisa", "Exchange with Pisa"),
    "detail": Label("Dettagli tecnici", "Technical details"),
}
AFTER: Mapping[str, Label] = {
    "completion": Label("Cambiate dopo il completamento", "Changed after completion"),
    "signature": Label("Cambiate dopo la firma", "Changed after signature"),
}
STATES: Mapping[str, Label] = {
    "draft": Label("bozza", "draft"),
    "complete": Label("completa", "complete"),
    "signed": Label("firmata", "signed"),
    "amending": Label("in correzione", "being amended"),
    "void": Label("inserita per errore", "entered by mistake"),
    "screening": Label("in screening", "in screening"),
    "enrolled": Label("arruolato", "enrolled"),
    "screening_failure": Label("non idoneo", "not eligible"),
    "withdrawn": Label("consenso revocato", "consent withdrawn"),
    "dead": Label("deceduto", "died"),
    "joined": Label("arruolato due volte", "enrolled twice"),
    "moved": Label("segue su un altro computer", "goes on at another computer"),
    "asked": Label("chiesto", "asked for"),
    "daily": Label("del giorno", "of the day"),
    "sealed": Label("sigillato", "sealed"),
    "delivered": Label("inviato", "sent"),
    "acknowledged": Label("ricevuto da Pisa", "received by Pisa"),
    "responsible": Label("responsabile dei dati", "responsible for the data"),
    "reviewed": Label("ha riveduto i dati", "reviewed the data"),
    "computed": Label("calcolato dal programma", "worked out by the program"),
}
# (table, field) of the trail.
COLUMNS: Mapping[tuple[str, str], Label] = {
    ("visits", "state"): Label("Stato", "State"),
    ("erasure", "body"): Label("Cancellazione in una versione", "Erasure in a version"),
    ("erasure", "entry"): Label("Cancellazione in una voce", "Erasure in an entry"),
    ("visits", "date"): Label("Data", "Date"),
    ("visits", "key"): Label("Visita o evento", "Visit or event"),
    ("visits", "pack"): Label("Versione delle schede", "Version of the forms"),
    ("subjects", "status"): Label("Stato del paziente", "State of the patient"),
    ("subjects", "sex"): Label("Sesso", "Sex"),
    ("subjects", "age"): Label("Età all'arruolamento", "Age at enrolment"),
    ("subjects", "enrolled"): Label("Data di arruolamento", "Date of enrolment"),
    ("subjects", "first_dose"): Label("Data della prima dose", "Date of the first dose"),
    ("signatures", "meaning"): Label("Firma", "Signature"),
    ("outbox", "state"): Label("Pacchetto", "Bundle"),
    ("receipts", "acked_to"): Label("Ricevuta di Pisa", "Receipt of Pisa"),
    ("anchor", "behind"): Label("Database più vecchio dell'ancora", "Database older than its anchor"),
    ("anchor", "damaged"): Label("Ancora danneggiata", "Anchor damaged"),
}
TABLES: Mapping[str, Label] = {
    "answers": Label("Risposta completata", "Completed answer"),
    "draft_values": Label("Risposta digitata", "Typed answer"),
    "revisions": Label("Versione completata", "Completed version"),
    "visits": Label("Visita o evento", "Visit or event"),
    "subjects": Label("Paziente", "Patient"),
    "signatures": Label("Firma", "Signature"),
    "outbox": Label("Pacchetto", "Bundle"),
    "sealed_positions": Label("Inviata fino alla versione", "Sent up to version"),
    "receipts": Label("Ricevuta", "Receipt"),
    "deliveries": Label("Tentativo di consegna", "Attempt to hand over"),
    "screening": Label("Persone note al controllo dei testi", "People known to the screening of texts"),
    "releases": Label("Testo lasciato partire", "Text let go"),
    "settings": Label("Impostazione", "Setting"),
    "secrets": Label("Chiave", "Key"),
    "act": Label("Atto", "Act"),
    "anchor": Label("Ancora", "Anchor"),
    "erasure": Label("Cancellazione", "Erasure"),
    "queries": Label("Richiesta di Pisa", "Question of Pisa"),
    "query_acts": Label("Messaggio di una richiesta", "Message of a question"),
    "packs": Label("Versione delle schede", "Version of the forms"),
    "handovers": Label("Consegna di un paziente", "Hand-over of a patient"),
    "taken_versions": Label("Versione di un altro computer", "Version of another computer"),
    "source_marks": Label("Verifica con la fonte", "Source verification"),
}
ACTS: Mapping[str, Label] = {
    "unlock": Label("Sblocco del centro", "Site unlocked"),
    "checked": Label("Problemi della verifica visti", "Findings of the check seen"),
    "verified": Label("Verifica completa", "Full check"),
    "audit_reviewed": Label("Registro riveduto", "Audit trail reviewed"),
    "audit_printed": Label("Registro stampato o esportato", "Audit trail printed or exported"),
    "identity_read": Label("Identità letta", "Identity read"),
    "identity_written": Label("Identità scritta", "Identity written"),
    "identities_listed": Label("Elenco dei nomi letto", "List of names read"),
    "identities_searched": Label("Ricerca per nome", "Search by name"),
    "identity_compared": Label("Identità confrontata con le altre", "Identity compared with the others"),
    "identity_erased": Label("Identità cancellata", "Identity erased"),
    "text_erased": Label("Testo cancellato", "Text erased"),
    "text_released": Label("Testo trattenuto lasciato partire", "Text that was held back let go"),
    "looked_over": Label("Controllo di ciò che parte", "Look at what leaves"),
    "support_file": Label("File di supporto scritto", "Support file written"),
    "archiving": Label("Archivio del centro iniziato", "Archive of the site begun"),
    "archived": Label("Archivio del centro scritto", "Archive of the site written"),
    "send": Label("Pacchetto consegnato", "Bundle handed over"),
    "handed_over": Label("Computer dato al paziente", "Computer handed to the patient"),
    "taken_back": Label("Computer ripreso", "Computer taken back"),
    "patient_handed_over": Label(
        "Paziente consegnato a un altro computer", "Patient handed over to another computer"
    ),
    "patient_taken_over": Label("Paziente preso in carico", "Patient taken over"),
    "patient_taken_back": Label("Paziente ripreso qui", "Patient taken back here"),
    "patient_handed_again": Label(
        "Paziente lasciato all'altro computer", "Patient left to the other computer"
    ),
    "patient_given_up": Label(
        "Paziente lasciato al computer di prima", "Patient left to the computer of before"
    ),
    "joined_into": Label("Unito a un altro codice", "Joined into another code"),
    "joined_from": Label("Unito da un altro codice", "Joined from another code"),
    "amendment_given_up": Label("Correzione abbandonata", "Amendment given up"),
    "moved_to": Label("Spostata a un altro paziente", "Moved to another patient"),
    "moved_from": Label("Spostata da un altro paziente", "Moved from another patient"),
    "pack_moved": Label(
        "Passata alla versione in uso delle schede", "Moved to the version of the forms in use"
    ),
    "pack_received": Label(
        "Versione delle schede ricevuta da Pisa", "Version of the forms received from Pisa"
    ),
    "pack_used": Label("Versione delle schede messa in uso", "Version of the forms put into use"),
    "wording_loaded": Label("Testo di un questionario caricato", "Wording of a questionnaire loaded"),
    "wording_removed": Label("Testi dei questionari tolti", "Wording of questionnaires removed"),
    "user_added": Label("Persona aggiunta", "Person added"),
    "user_changed": Label("Ruoli o nome cambiati", "Roles or name changed"),
    "user_disabled": Label("Persona disattivata", "Person disabled"),
    "user_enabled": Label("Persona riattivata", "Person enabled"),
    "user_removed": Label("Persona rimossa", "Person removed"),
    "passphrase_reset": Label("Frase di accesso reimpostata", "Passphrase reset"),
    "passphrase_changed": Label("Frase di accesso cambiata", "Passphrase changed"),
    "keys_renewing": Label("Rinnovo delle chiavi iniziato", "Renewal of the keys begun"),
    "keys_renewed": Label("Chiavi rinnovate", "Keys renewed"),
    "site_keys_made": Label("Nuove chiavi per gli invii preparate", "New keys for sending made"),
    "site_keys_used": Label("Nuove chiavi per gli invii in uso", "New keys for sending in use"),
    "keyset_taken": Label("Nuove chiavi di Pisa in uso", "New keys of Pisa in use"),
    "keyset_waits": Label("Nuova radice delle chiavi di Pisa ricevuta", "New root of Pisa's keys received"),
    "sheet_made": Label("Foglio di recupero creato", "Recovery sheet made"),
    "sheet_shown": Label("Foglio di recupero mostrato, in vigore", "Recovery sheet shown, in force"),
    "key_act_told": Label("Atto interrotto, registrato dopo", "Act that was broken off, told later"),
    "backup": Label("Backup fatto", "Backup made"),
    "backup_tried": Label("Backup provato", "Backup tried"),
    "restore": Label("Ripristino da un backup", "Restored from a backup"),
    "import": Label("Dati esistenti importati", "Existing data imported"),
    "queries_received": Label("Richieste di Pisa lette", "Questions of Pisa read"),
    "query_answer": Label("Risposto a una richiesta di Pisa", "Question of Pisa answered"),
    "query_ask_back": Label("Domandato a Pisa su una sua richiesta", "Pisa asked about its question"),
    "query_correct": Label("Corretto dopo una richiesta di Pisa", "Amended after a question of Pisa"),
    "source_mark": Label("Verificato con la fonte", "Verified with its source"),
    "source_unmark": Label("Verifica con la fonte tolta", "Verification with its source taken back"),
    "recovered": Label("Accesso con il foglio di recupero", "Access with the recovery sheet"),
}
# Names in the details of an act.
DETAILS: Mapping[str, Label] = {
    "found": Label("trovati", "found"),
    "failed_before": Label("tentativi falliti prima", "failed tries before"),
    "keys_mended": Label("file delle chiavi riparati", "key files mended"),
    "forms": Label("schede", "forms"),
    "computer": Label("computer", "computer"),
    "subject": Label("paziente", "patient"),
    "key": Label("visita o evento", "visit or event"),
    "questions": Label("domande", "questions"),
    "roles": Label("ruoli", "roles"),
    "act": Label("atto", "act"),
    "by": Label("di", "by"),
    "detail": Label("dettaglio", "detail"),
    "findings": Label("problemi", "findings"),
    "to": Label("fino alla voce", "up to entry"),
    "entries": Label("voci", "entries"),
    "as": Label("come", "as"),
    "records": Label("schede", "records"),
    "versions": Label("versioni", "versions"),
    "present": Label("anche quella attuale", "the present one too"),
    "field": Label("domanda", "question"),
    "erased": Label("cancellato", "erased"),
    "identities": Label("con i nomi", "with names"),
    "subjects": Label("pazienti", "patients"),
    "sha256": Label("impronta", "hash"),
    "hash": Label("impronta", "hash"),
    "utc": Label("momento (UTC)", "moment (UTC)"),
    "seq": Label("ultima voce", "last entry"),
    "epoch": Label("epoca degli invii", "epoch of sending"),
    "rows": Label("righe", "rows"),
    "behind": Label("voci più recenti solo qui", "newer entries only here"),
    "ours": Label("inizio di questi dati", "the beginning of these data"),
    "why": Label("motivo", "why"),
    "usual": Label("al solito posto", "in its usual place"),
    "second": Label("seconda copia", "second copy"),
    "removed": Label("tolti", "given up"),
    "asked": Label("richieste nuove", "new questions"),
    "said": Label("altri messaggi", "other messages"),
    "version": Label("versione", "version"),
    "form": Label("scheda", "form"),
    "signing_key": Label("chiave di firma", "signing key"),
    "old": Label("prima", "before"),
    "new": Label("dopo", "after"),
    "kind": Label("tipo", "kind"),
    "url": Label("indirizzo", "address"),
    "host": Label("server", "server"),
    "port": Label("porta", "port"),
    "folder": Label("cartella", "folder"),
    "host_key": Label("chiave del server", "key of the server"),
    "user": Label("utente", "user"),
    "proxy": Label("proxy", "proxy"),
    "proxy_user": Label("utente sul proxy", "user at the proxy"),
}
SETTINGS: Mapping[str, Label] = {
    "connection": Label("collegamento con un server", "connection to a server"),
    "site_name": Label("nome del centro", "name of the site"),
    "practice": Label("centro di prova", "practice site"),
    "backup_second": Label("secondo posto dei backup", "second place of backups"),
    "key_file": Label("versione del file delle chiavi", "version of the key file"),
    "verified": Label("ultima verifica completa", "last full check"),
    "checked": Label("problemi visti", "findings seen"),
    "sheet_checked": Label("foglio di recupero riletto", "recovery sheet read back"),
    "epoch": Label("epoca degli invii", "epoch of sending"),
}
ONLY_TYPED = Label("digitata", "typed")
NOTE_OF = Label("nota", "note")
TYPED_OF = Label("come digitato", "as typed")
VERSION = Label("versione {number}", "version {number}")
FIRST_TIME = Label("primo completamento", "first completion")
RECALCULATED = Label("ricalcolato", "worked out again")
SIGNED_AGAIN = Label("ripetuta per la firma", "repeated for its signature")
SUSPECT = Label("orologio sospetto", "clock suspect")
NOTES: Mapping[str, Label] = {
    "override": Label("mantenuta con un motivo", "kept with a reason"),
    "unchanged": Label("confermata invariata dall'ultima visita", "confirmed unchanged since the last visit"),
    "all_absent": Label("con «tutti gli altri assenti»", 'with "all remaining absent"'),
    "transcribed": Label("trascritta da un file", "transcribed from a file"),
}
MET, NOT_MET, UNKNOWN = (
    Label("soddisfatto", "met"),
    Label("non soddisfatto", "not met"),
    Label("non noto", "unknown"),
)
SCORES: Mapping[str, Label] = {
    name: Label(italian, english)
    for name, italian, english in (
        ("sledai2k", "SLEDAI-2K", "SLEDAI-2K"),
        ("prednisone", "Equivalente di prednisone", "Prednisone equivalent"),
        ("sledas", "SLE-DAS", "SLE-DAS"),
        ("doris", "Remissione DORIS", "DORIS remission"),
        ("lldas", "LLDAS", "LLDAS"),
        ("sfi", "Riacutizzazione (SFI)", "Flare (SFI)"),
        ("clasi", "CLASI", "CLASI"),
        ("joints", "Conta articolare", "Joint count"),
        ("sdi", "Danno (SDI)", "Damage (SDI)"),
        ("sf36", "SF-36", "SF-36"),
        ("facit_fatigue", "FACIT-Fatigue", "FACIT-Fatigue"),
        ("eq5d5l", "EQ-5D-5L", "EQ-5D-5L"),
        ("lupusqol", "LupusQoL", "LupusQoL"),
        ("pain_vas", "Dolore (scala)", "Pain (scale)"),
        ("fatigue_vas", "Fatica (scala)", "Fatigue (scale)"),
        ("ptga", "Giudizio globale del paziente", "Patient's global"),
        ("acr1997", "Criteri ACR 1997", "ACR 1997 criteria"),
        ("slicc2012", "Criteri SLICC 2012", "SLICC 2012 criteria"),
        ("eular2019", "Criteri EULAR/ACR 2019", "EULAR/ACR 2019 criteria"),
        ("ae", "Evento avverso", "Adverse event"),
    )
}
_OF_HANDOVERS: Mapping[str, Label] = {
    "taken_over": Label("preso in carico da un altro computer", "taken over from another computer"),
    "handed_over": Label("consegnato a un altro computer", "handed over to another computer"),
    "taken_back": Label("ripreso qui", "taken back here"),
    "handed": Label("lasciato all'altro computer", "left to the other computer"),
    "given_up": Label("lasciato al computer di prima", "left to the computer of before"),
}
_BY_PROGRAM = (  # reasons
    *("first", "recalculated", "signed", "begun", "pack_moved", "amendment_given_up"),
    *_OF_HANDOVERS,
)
_LONG_HEX = re.compile(r"[0-9a-f]{24,}")
_CODED = re.compile(r"(?P<void>void_)?(?P<code>[0-9]+)(?:: (?P<words>.*))?", re.DOTALL)


def both(text: str) -> Label:
    """One text for both languages: a code, a number, somebody's own words."""
    return Label(text, text)


def joined(first: Label, second: Label, between: str = " · ") -> Label:
    """Two texts as one; an empty one is left out."""
    return Label(
        between.join(part for part in (first.it, second.it) if part),
        between.join(part for part in (first.en, second.en) if part),
    )


def act(name: str) -> Label:
    """An act in words; one that has none here by its own name, so that nothing is hidden."""
    return ACTS.get(name, both(name.replace("_", " ")))


def answer(item: Field | None, data: Json) -> Label:
    """An answer as it is read on its form; a dash where there is none."""
    if data is None:
        return EMPTY
    if isinstance(data, str) and STRUCK.fullmatch(data):
        return _own(data)
    if item is None:
        return plain(data)
    try:
        value = types.from_json(item, data)
    except Refusal:
        return plain(data)
    if isinstance(value, Missing):
        return MISSING[value]
    kind, unit = types.TYPES[item.type], item.unit_label or both(item.unit)
    read = Label(kind.text(value, item, "it"), kind.text(value, item, "en"))
    return joined(read, unit, " ") if item.type in ("integer", "decimal") else read


def note(definitions: Definitions, data: Json) -> Label:
    """What was said beside an answer."""
    if not isinstance(data, dict):
        return EMPTY
    said = NOTES.get(str(data.get("kind")), both(str(data.get("kind"))))
    code = data.get("reason")
    if isinstance(code, int):
        said = joined(said, _code(definitions, "override_reason", code), ": ")
    return joined(said, _own(str(data.get("text") or "")), ": ")


def score(data: Json) -> Label:
    """A result: its value, or that it is unknown; a dash where there is none."""
    if not isinstance(data, dict):
        return EMPTY
    value: Any = data.get("value")
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return MET if value else NOT_MET
    text = str(value)
    return Label(text.replace(".", ","), text)


def reason(definitions: Definitions, text: str) -> Label:
    """Why an answer was changed: a code of the definitions with the person's words, or what the program did."""
    fixed = {"first": FIRST_TIME, "recalculated": RECALCULATED, "signed": SIGNED_AGAIN, **_OF_HANDOVERS}
    if text in fixed:
        return fixed[text]
    found = _CODED.fullmatch(text)
    if found is None:
        return _own(text)
    codes = "void_reason" if found["void"] else "change_reason"
    return joined(_code(definitions, codes, int(found["code"])), _own(found["words"] or ""), ": ")


def given(text: str) -> str:
    """A person's own words in a reason: without its code; nothing where the program gave it or they were erased."""
    from anifro_desktop.store.erasing import reason_words

    return "" if text in _BY_PROGRAM else reason_words(text)


def _own(text: str) -> Label:
    """Somebody's own words; of those that were erased, that they were, and the beginning of their hash."""
    found = STRUCK.fullmatch(text)
    return both(text) if found is None else joined(DETAILS["erased"], both(f"{found['hash'][:12]}…"), ": ")


def plain(data: Json) -> Label:
    """Anything else: lists and tables in a row, long digests by their beginning."""
    if data is None:
        return EMPTY
    if isinstance(data, bool):
        return Label("sì", "yes") if data else Label("no", "no")
    if isinstance(data, list):
        if not data:
            return EMPTY
        return _row([plain(item) for item in data], ", ")
    if isinstance(data, dict):
        told = [(DETAILS.get(name, both(name)), plain(item)) for name, item in data.items()]
        return _row([joined(name, text, ": ") for name, text in told], "; ")
    text = _LONG_HEX.sub(lambda found: f"{found[0][:12]}…", str(data))
    return STATES.get(text, both(text))


def _row(parts: list[Label], between: str) -> Label:
    return Label(between.join(part.it for part in parts), between.join(part.en for part in parts))


def _code(definitions: Definitions, codes: str, value: int) -> Label:
    known = definitions.code_lists.get(codes)
    return (known.label(value) if known is not None else None) or both(str(value))

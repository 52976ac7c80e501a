"""The full check, told in words: what is wrong, where, since when, and what to do.

Rules kept here:
- That somebody checked, and how much was found, is told to the trail.
- "Since when" is the last moment that is known to be good: the last entry about what was changed, else the last full
  check that found nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label
from anifro_desktop.workflows import checking
from anifro_desktop.workflows.audit import finding, trusting, words
from anifro_desktop.workflows.model import Finding

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.workflows.site import Site

ACT = checking.ACT
_RESTORE = Label(
    "Lasciare la cartella dei dati com'è, avvisare il centro di Pisa e ripristinare l'ultimo backup verificato.",
    "Keep the data folder as it is, tell the centre in Pisa, and restore the newest verified backup.",
)
_LOOK = Label(
    "Cercare chi o che cosa ha toccato la cartella dei dati; poi ripetere la verifica.",
    "Look for who or what touched the data folder; then check again.",
)
_NOTE = Label(
    "Cercare chi o che cosa ha toccato la cartella dei dati; poi l'amministratore del centro annota perché con "
    "«Visto…» (o 'site verify --seen'), e la verifica non lo trova più.",
    "Look for who or what touched the data folder; then a site administrator notes why with “Seen…” (or 'site verify "
    "--seen'), and the check finds it no more.",
)
_PEOPLE = Label(
    "Guardare chi può sbloccare ('site users list') e rinnovare le chiavi; poi l'amministratore del centro annota "
    "perché con «Visto…» (o 'site verify --seen'), e la verifica non lo trova più.",
    "Look who may unlock ('site users list') and renew the keys; then a site administrator notes why with “Seen…” (or "
    "'site verify --seen'), and the check finds it no more.",
)
_SHEET = Label(
    "Creare un nuovo foglio di recupero, stamparlo e rileggerlo: gli altri finiscono allora.",
    "Make a new recovery sheet, print it and read it back: the others end then.",
)
_ANEW = Label(
    "Telefonare al centro di Pisa; poi ricominciare l'invio dalla pagina Invio (o con 'site export --anew').",
    "Telephone the centre in Pisa; then begin sending anew from the page Send (or with 'site export --anew').",
)
_ASK = Label(
    "Non inviare nulla e telefonare al centro di Pisa.", "Send nothing and telephone the centre in Pisa."
)
_WHAT: Mapping[str, Label] = {
    "key_file_mended": Label(
        "Il file delle chiavi {name} era danneggiato o mancava allo sblocco: è stato rifatto dalla sua copia.",
        "The key file {name} was damaged or missing at unlocking: it was made whole from its copy.",
    ),
    "header_damaged": Label(
        "I primi byte del file sono stati cambiati.", "The first bytes of the file were changed."
    ),
    "page_damaged": Label("Pagine del file danneggiate: {count}.", "Pages of the file are damaged: {count}."),
    "structure_damaged": Label(
        "La struttura del file è danneggiata in {count} punti.",
        "The structure of the file is damaged in {count} places.",
    ),
    "link_broken": Label("{count} righe rimandano a nulla.", "{count} rows point to nothing."),
    "schema_changed": Label("{object} è stato cambiato a mano.", "{object} was changed by hand."),
    "trail_gap": Label(
        "Nel registro delle modifiche manca la voce {seq}.", "Entry {seq} is missing from the audit trail."
    ),
    "trail_hash": Label(
        "La voce {seq} del registro delle modifiche è stata cambiata.",
        "Entry {seq} of the audit trail was changed.",
    ),
    "trail_hidden": Label(
        "Nella voce {seq} del registro delle modifiche un testo è stato tolto o rimesso senza che un amministratore lo "
        "abbia cancellato.",
        "A text of entry {seq} of the audit trail was taken out or put back, without an administrator's erasure.",
    ),
    "trail_transaction": Label(
        "Nel registro delle modifiche è stata inserita una voce, alla {seq}.",
        "An entry was put into the audit trail at {seq}.",
    ),
    "trail_signer": Label(
        "La voce {seq} del registro delle modifiche è di nessuno che sia noto qui.",
        "Entry {seq} of the audit trail is by nobody known here.",
    ),
    "trail_signature": Label(
        "La voce {seq} del registro delle modifiche non è firmata dal suo autore.",
        "Entry {seq} of the audit trail is not signed by its author.",
    ),
    "trail_time": Label(
        "La voce {seq} del registro delle modifiche è di un'ora precedente a quella prima, benché l'orologio fosse "
        "ritenuto giusto.",
        "Entry {seq} of the audit trail is earlier than the one before it, though its clock was believed.",
    ),
    "trail_role": Label(
        "La voce {seq} del registro delle modifiche è in un ruolo che il suo autore non ha mai avuto.",
        "Entry {seq} of the audit trail is in a role that its author never had.",
    ),
    "trail_form": Label(
        "La voce {seq} del registro delle modifiche non è scritta come la scrive il programma.",
        "Entry {seq} of the audit trail is not written as the program writes one.",
    ),
    "trail_lent": Label(
        "La voce {seq} del registro delle modifiche è firmata con una chiave la cui frase di accesso fu scelta da "
        "altri, e che firma soltanto la scelta di un'altra.",
        "Entry {seq} of the audit trail is signed with a key whose passphrase somebody else chose, which signs "
        "nothing but the choice of another.",
    ),
    "trail_entering": Label(
        "La voce {seq} del registro delle modifiche è una risposta, o cambia un paziente o una visita, ed è di chi non "
        "ha mai avuto il ruolo per inserire risposte.",
        "Entry {seq} of the audit trail is an answer, or changes a patient or a visit, by somebody who never had the "
        "role to enter answers.",
    ),
    "facts_differ": Label(
        "Un dato del paziente o della visita non è quello completato nella sua scheda.",
        "A fact of the patient or the visit is not the one that was completed on its form.",
    ),
    "row_changed": Label(
        "Un dato non è quello scritto nel registro: è stato cambiato fuori dal programma.",
        "A value is not the one that the trail tells of: it was changed outside the program.",
    ),
    "row_missing": Label(
        "Un dato scritto nel registro non c'è più: è stato tolto fuori dal programma.",
        "A value that the trail tells of is gone: it was taken away outside the program.",
    ),
    "record_broken": Label(
        "La versione {ver} della scheda non segue quella precedente.",
        "Version {ver} of the form does not follow the one before it.",
    ),
    "record_changed": Label(
        "La versione {ver} della scheda non è il testo che fu completato.",
        "Version {ver} of the form is not the text that was completed.",
    ),
    "record_hidden": Label(
        "Nella versione {ver} della scheda un testo è stato tolto o rimesso senza che un amministratore lo abbia "
        "cancellato.",
        "A text of version {ver} of the form was taken out or put back, without an administrator's erasure.",
    ),
    "record_author": Label(
        "La versione {ver} della scheda non è della persona, o dell'ora, che dice il registro.",
        "Version {ver} of the form is not by whom, or of when, the trail says.",
    ),
    "record_role": Label(
        "La versione {ver} della scheda è di chi non ha mai avuto il ruolo per inserire risposte.",
        "Version {ver} of the form is by somebody who never had the role to enter answers.",
    ),
    "visit_unsigned": Label(
        "Risulta firmata, ma l'ultima versione di una sua scheda non ha firma.",
        "It says that it is signed, but the last version of a form of it has no signature.",
    ),
    "signature_broken": Label(
        "La firma di {signer} sulla versione {ver} della scheda non vale.",
        "The signature of {signer} on version {ver} of the form does not hold.",
    ),
    "bundle_changed": Label(
        "Il pacchetto {bundle} non è il file che fu conservato.",
        "Bundle {bundle} is not the file that was kept.",
    ),
    "bundle_chain": Label(
        "Il pacchetto {bundle} non segue quello precedente.",
        "Bundle {bundle} does not follow the one before it.",
    ),
    "receipt_ahead": Label(
        "Pisa ha ricevuto i pacchetti fino al {acked} (serie {epoch}), che questo computer non conosce: è in uso una "
        "copia più vecchia dei dati.",
        "Pisa has received bundles up to {acked} (epoch {epoch}), which this computer does not know: an older copy of "
        "the data is in use.",
    ),
    "sending_locked": Label(
        "L'invio è bloccato: Pisa ha un altro pacchetto con un numero di questo computer.",
        "Sending is locked: Pisa has another bundle under a number of this computer's.",
    ),
    "anchor_damaged": Label(
        "Il file {name} mancava, era danneggiato o è stato cambiato.",
        "The file {name} was missing, damaged or changed.",
    ),
    "key_file_untold": Label(
        "La voce {seq} del registro prende nota di un file delle chiavi di cui nessun atto racconta: qualcuno ha "
        "cambiato persone o chiavi fuori dal programma.",
        "Entry {seq} of the trail notes a key file that no act is told of: somebody changed people or keys outside the "
        "program.",
    ),
    "sheet_unseen": Label(
        "Il foglio di recupero {number} è stato creato, e nessuno ha confermato di averlo su carta: i fogli di prima "
        "aprono ancora la cartella.",
        "Recovery sheet {number} was made, and nobody confirmed that it is on paper: sheets of before still open the "
        "folder.",
    ),
    "rolled_back": Label(
        "Il file è più vecchio di prima: la voce {seq} del registro c'era e ora non c'è più.",
        "The file is older than it was: entry {seq} of its trail was there before and is not now.",
    ),
}
_DO: Mapping[str, Label] = {
    "key_file_mended": _LOOK,
    "anchor_damaged": _NOTE,
    "key_file_untold": _PEOPLE,
    "sheet_unseen": _SHEET,
    "sending_locked": _ANEW,
    "receipt_ahead": _ASK,
    "bundle_changed": _ASK,
}
_FILE, _AFTER, _CHECK = (
    Label("File {name}", "File {name}"),
    Label(
        "Dopo la voce {seq} del {when}, che era in ordine.",
        "After entry {seq} of {when}, which was in order.",
    ),
    Label(
        "Dopo la verifica completa del {when}, che era in ordine.",
        "After the full check of {when}, which was in order.",
    ),
)
_ERASED = Label(
    "Testi cancellati da un amministratore, {who}, il {when}: voci {entries}, versioni di schede {versions}; il motivo "
    "è nel registro.",
    "Texts erased by an administrator, {who}, on {when}: entries {entries}, versions of forms {versions}; the reason "
    "is in the trail.",
)
_UNKNOWN = Label(
    "Non si sa: questa è la prima verifica completa.", "Not known: this is the first full check."
)


@dataclass(frozen=True, slots=True)
class Explained:
    """One finding in words. what: is wrong; where: file, table, patient and form; since: last known good; act: what to
    do."""

    code: str
    what: Label
    where: Label
    since: Label
    act: Label

    def spoken(self, lang: str) -> str:
        """All of it in a row."""
        return f"{self.what.get(lang)} {self.where.get(lang)}. {self.since.get(lang)} {self.act.get(lang)}"


@dataclass(frozen=True, slots=True)
class Proof:
    """A full check. when: it ended; entries: of the clinical trail, all of them checked; erasures: what it believed
    because an administrator erased it; trusted: signatures after somebody else's reset, which are no fault."""

    when: datetime
    entries: int
    findings: tuple[Explained, ...]
    erasures: tuple[Label, ...] = ()
    trusted: tuple[Label, ...] = ()


def prove(site: Site) -> Proof:
    """Check everything, tell the trail that it was checked, and explain what was found.

    Raises:
        CannotSave: the disk is full or failed, so that not all could be checked or told.
    """
    good = last_good(site)
    entries = site.clinical.audit_head().seq
    found = tuple(explain(site, one, good) for one in checking.full(site))
    return Proof(site.clock.now(), entries, found, erasures(site), trusting.notes(site))


def erasures(site: Site) -> tuple[Label, ...]:
    """Each act of erasing that the check believed: when, by whom, how much and why."""
    names = finding.people(site)
    return tuple(
        _filled(
            _ERASED,
            {
                "when": f"{finding.local(one.utc, one.utc_offset):%d/%m/%Y %H:%M}",
                "who": f"{one.user} {names.get(one.user, '')}".strip(),
                "entries": one.entries,
                "versions": one.versions,
            },
        )
        for one in checking.erasures(site)
    )


def last_good(site: Site) -> datetime | None:
    """When a full check last found nothing."""
    from anifro_desktop.store import trail

    told = [one for one in trail.acts(site.clinical, ACT) if _clean(one)]
    return finding.local(told[-1].utc, told[-1].utc_offset) if told else None


def explain(site: Site, found: Finding, good: datetime | None = None) -> Explained:
    """A finding in words. good: when a full check last found nothing."""
    blank = _WHAT.get(found.code)
    what = words.both(found.sentence) if blank is None else _filled(blank, found.params)
    return Explained(
        found.code, what, _where(site, found.params), _since(site, found, good), _DO.get(found.code, _RESTORE)
    )


def _clean(entry: Entry) -> bool:
    return isinstance(entry.new, dict) and entry.new.get("findings") == 0


def _filled(label: Label, params: Mapping[str, str | int]) -> Label:
    return Label(label.it.format(**params), label.en.format(**params))


def _where(site: Site, params: Mapping[str, str | int]) -> Label:
    """File, table, and whose form or visit it is."""
    from anifro_desktop.store import trail

    table, record = str(params.get("table", "")), str(params.get("record", ""))
    name = params.get("name") or ("identity.db" if table == "identities" else "clinical.db")
    parts = [_filled(_FILE, {"name": name})]
    if table:
        parts.append(words.TABLES.get(table, words.both(table)))
    stand = trail.stands(site.clinical, [record.partition("/")[0]]) if record else {}
    for one in stand.values():
        place = finding.place_name(site.definitions, one.visit)
        parts.append(words.joined(words.both(one.subject), place))
    if record and not stand and table == "subjects":
        parts.append(words.both(record))
    if params.get("field"):
        parts.append(_field(site, str(params["field"])))
    whole = words.NOTHING
    for part in parts:
        whole = words.joined(whole, part)
    return whole


def _field(site: Site, name: str) -> Label:
    item = site.library.field(name.partition("/")[0])
    return item.label if item is not None else words.both(name)


def _since(site: Site, found: Finding, good: datetime | None) -> Label:
    entry = _last_entry(site, found.params)
    if entry is not None:
        when = finding.local(entry.utc, entry.utc_offset)
        return _filled(_AFTER, {"seq": entry.seq, "when": f"{when:%d/%m/%Y %H:%M}"})
    return _UNKNOWN if good is None else _filled(_CHECK, {"when": f"{good:%d/%m/%Y %H:%M}"})


def _last_entry(site: Site, params: Mapping[str, str | int]) -> Entry | None:
    """The last entry about what a finding is about, or before the place in the trail where it stands."""
    if params.get("name", "clinical.db") != "clinical.db":
        return None
    if "table" in params and "record" in params:
        field = str(params["field"]) if "field" in params else None
        told = site.clinical.audit_entries(
            table=str(params["table"]), record=str(params["record"]), field=field
        )
        return told[-1].entry if told else None
    seq = params.get("seq")
    if isinstance(seq, int) and seq > 1:
        told = site.clinical.audit_entries(after=seq - 2, limit=1)
        return told[0].entry if told and told[0].entry.seq < seq else None
    return None

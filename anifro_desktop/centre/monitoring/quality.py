"""The quality of each site's data, beside that of all sites: tables with the records behind each number."""

from __future__ import annotations

from statistics import median

from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.table import Cell, Named, Record, Row, Section, Table, counted
from anifro_desktop.centre.monitoring import conduct, digits, missing, missing_forms
from anifro_desktop.centre.monitoring.changes import changes
from anifro_desktop.centre.monitoring.watching import ALL, SITE, Watched, day_of, place
from anifro_desktop.forms.model import Label
from anifro_desktop.sourcemark import HOLDS
from anifro_desktop.thread import ANSWERED, OPEN, RAISE, UNSETTLED, Thread


def quality(watched: Watched) -> Section:
    """All tables.

    Raises:
        LibraryMissing: scipy or statsmodels is not installed.
    """
    made = (
        conduct.visits(watched),
        conduct.late(watched),
        *missing.tables(watched),
        missing_forms.table(watched),
        amended(watched),
        conduct.identical(watched),
        digits.table(watched),
        contradicting(watched),
        queries(watched),
        scores(watched),
        verified(watched),
    )
    note = Label(
        "Segnali per il monitor, non errori: dicono dove guardare. Ogni centro accanto a tutti i centri insieme.",
        "Signals for the monitor, not errors: they say where to look. Each site beside all sites together.",
    )
    return Section("quality", Label("Qualità dei dati", "Quality of the data"), tuple(made), notes=(note,))


_AMENDED_COLUMNS = (
    Named("changes", Label("versioni corrette", "corrected versions")),
    Named("signed", Label("schede firmate, almeno una volta", "forms signed, at least once")),
    Named("after_signature", Label("correzioni dopo la firma", "changes after signature")),
    Named("after_share", Label("quota delle schede firmate", "share of the signed forms")),
    Named("primary", Label("di cui negli endpoint primari", "of which in the primary endpoints")),
)
_AMENDED_NOTE = Label(
    "Schede delle visite, degli eventi e dei pazienti; una scheda corretta più volte conta una volta nella quota.",
    "Forms of visits, events and patients; a form that was changed several times counts once in the share.",
)


def amended(watched: Watched) -> Table:
    """Changes of answers, those after a signature apart, and of these those of what the primary endpoints rest on."""
    derived = frozenset(form.id for form in watched.definitions.forms if form.derived)
    rows = []
    for site, some in watched.groups():
        found = list(changes(watched.history(some), derived))
        after = [one for one in found if one.after_signature]
        signed = {one.revision.id for one in watched.history(some) if one.revision.signature}
        touched = {one.id for one in after}
        cells = (
            counted(one.record for one in found),
            Cell(len(signed)),
            counted(one.record for one in after),
            share(len(touched & signed), len(signed)),
            counted(one.record for one in after if one.primary),
        )
        rows.append(Row((site,), cells))
    title = Label("Correzioni", "Changes")
    return Table("quality_changes", title, (SITE,), _AMENDED_COLUMNS, tuple(rows), (_AMENDED_NOTE,))


_CONTRADICTIONS_COLUMNS = (
    Named("found", Label("contraddizioni", "contradictions")),
    Named("asked", Label("già chieste", "asked about")),
    Named("not_asked", Label("da chiedere", "not asked about")),
)
_CONTRADICTIONS_NOTE = Label(
    "Come stanno ora, senza quelle confermate con motivo; ‘centre contradictions’ le elenca e le chiede.",
    "As they stand now, without those kept with a reason; 'centre contradictions' lists and asks them.",
)


def contradicting(watched: Watched) -> Table:
    """Contradictions across forms and visits, and how many of them were asked about."""
    rows = []
    everything = [
        (Record(one.site, one.question.subject, one.question.visit), one.asked)
        for one in watched.contradictions
    ]
    for site, _ in watched.groups():
        found = [one for one in everything if site == ALL or place(one[0].site) == site]
        cells = (
            counted(record for record, _ in found),
            counted(record for record, asked in found if asked),
            counted(record for record, asked in found if not asked),
        )
        rows.append(Row((site,), cells))
    title = Label("Contraddizioni", "Contradictions")
    notes = (_CONTRADICTIONS_NOTE,)
    return Table("quality_contradictions", title, (SITE,), _CONTRADICTIONS_COLUMNS, tuple(rows), notes)


_QUERIES_COLUMNS = (
    Named("asked", Label("richieste in tutto", "questions in all")),
    Named("open", Label("senza risposta", "not answered")),
    Named("answered", Label("risposte da esaminare", "answers to look at")),
    Named("median_age", Label("età mediana (giorni)", "median age (days)")),
    Named("oldest", Label("la più vecchia (giorni)", "oldest (days)")),
)
_QUERIES_NOTE = Label(
    "Età: dal giorno in cui Pisa ha posto la richiesta, finché non la chiude.",
    "Age: from the day on which the centre raised the question until it settles it.",
)


def queries(watched: Watched) -> Table:
    """Questions that are not settled, and for how long."""
    rows = []
    for site, some in watched.groups():
        codes = {subject.code: subject.site for subject in some}
        own = [one for one in watched.threads if one.query.subject in codes]
        waiting = [one for one in own if one.state in UNSETTLED]
        ages = [watched.today - day for one in waiting if (day := _asked(one)) is not None]

        def behind(state: str, threads: list[Thread] = own, sites: dict[str, str] = codes) -> Cell:
            return counted(
                Record(sites[one.query.subject], one.query.subject, one.query.visit)
                for one in threads
                if one.state == state
            )

        middle, oldest = (float(median(ages)), float(max(ages))) if ages else (None, None)
        cells = (Cell(len(own)), behind(OPEN), behind(ANSWERED), Cell(middle, "days"), Cell(oldest, "days"))
        rows.append(Row((site,), cells))
    return Table(
        "quality_queries",
        Label("Richieste", "Questions"),
        (SITE,),
        _QUERIES_COLUMNS,
        tuple(rows),
        (_QUERIES_NOTE,),
    )


def _asked(one: Thread) -> int | None:
    at = next((act.at for act in one.acts if act.act == RAISE), "")
    return day_of(at) if at else None


_SCORES_COLUMNS = (
    Named("visits", Label("visite con punteggi", "visits with scores")),
    Named("differing", Label("diversi a Pisa", "computed otherwise")),
    Named("differing_share", Label("quota", "share")),
)


def scores(watched: Watched) -> Table:
    """Visits of which the centre computes a score otherwise."""
    rows = []
    for site, some in watched.groups():
        held = [visit for subject in some for visit in subject.visits if visit.scores]
        differ = [
            Record(one.site, one.subject, one.key)
            for one in held
            if (one.subject, one.key) in watched.differing
        ]
        cells = (Cell(len(held)), counted(differ), share(len(differ), len(held)))
        rows.append(Row((site,), cells))
    return Table("quality_scores", Label("Punteggi", "Scores"), (SITE,), _SCORES_COLUMNS, tuple(rows))


_VERIFIED_COLUMNS = (
    Named("forms", Label("schede arrivate", "forms received")),
    Named("verified", Label("verificate alla fonte", "verified at the source")),
    Named("verified_share", Label("quota verificata", "share verified")),
    Named("changed", Label("cambiate dopo la verifica", "changed since verified")),
)


def verified(watched: Watched) -> Table:
    """Forms that a monitor compared with the source, whole or in part."""
    records = _standing(watched)
    rows = []
    for site, some in watched.groups():
        codes = {subject.code for subject in some}
        own = [
            (mark, state) for mark, state in watched.marks if mark.subject in codes and mark.record in records
        ]
        holds = {mark.record for mark, state in own if state == HOLDS}
        fallen = {mark.record for mark, state in own if state != HOLDS} - holds
        forms = {one for one, record in records.items() if record.subject in codes}
        cells = (
            Cell(len(forms)),
            counted(records[one] for one in sorted(holds)),
            share(len(holds), len(forms)),
            counted(records[one] for one in sorted(fallen)),
        )
        rows.append(Row((site,), cells))
    title = Label("Verifica alla fonte", "Source verification")
    return Table("quality_source", title, (SITE,), _VERIFIED_COLUMNS, tuple(rows))


def _standing(watched: Watched) -> dict[str, Record]:
    """What was typed and is no mistake, by the id of its record."""
    derived = {form.id for form in watched.definitions.forms if form.derived}
    last = {one.revision.id: one for some in watched.versions.values() for one in some}
    kept = (one for one in last.values() if one.revision.form not in derived and not one.revision.void)
    return {one.revision.id: one.record for one in kept}

"""Who is in the study, and who came to which visit.

Rules kept here:
- Enrolled: the screening outcome says so; screening failures and subjects whose enrolment has not arrived stand in
  lines of their own. A share is of the enrolled, unless its line says otherwise.
- Attended: a visit in its window serves the planned visit. Missed: due and not attended; so it is of who withdrew, died
  or was lost before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from anifro_desktop.centre.analysis.limits import plain_share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Section, Table, counted
from anifro_desktop.centre.exposure import DIED, FOLLOWED, LOST, WITHDRAWN
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri
from anifro_desktop.study.schedule import PLANNED

_N = Named("n", Label("n", "n"))
_SHARE = Named("share", Label("quota", "share"))
_LINE = (Named("line", Label("", "")),)
_REASONS = {
    "primary_inefficacy": Label("inefficacia primaria", "primary inefficacy"),
    "secondary_inefficacy": Label("perdita di efficacia", "secondary inefficacy"),
    "adverse_event": Label("evento avverso", "adverse event"),
    "infection": Label("infezione", "infection"),
    "pregnancy_or_planning": Label("gravidanza o suo progetto", "pregnancy or planning"),
    "sustained_remission": Label("remissione prolungata", "sustained remission"),
    "patient_decision": Label("decisione del paziente", "patient's decision"),
    "non_adherence": Label("mancata aderenza", "non-adherence"),
    "access_or_reimbursement": Label("accesso o rimborso", "access or reimbursement"),
    "surgery_or_other_condition": Label("chirurgia o altra condizione", "surgery or another condition"),
    "lost_to_follow_up": Label("perso al follow-up", "lost to follow-up"),
    "death": Label("decesso", "death"),
    "other": Label("altro", "other"),
}

Test = Callable[[Person], bool]


def disposition(people: Sequence[Person]) -> Section:
    """Enrolment, treatment, follow-up and attendance."""
    return Section(
        "disposition",
        Label("Pazienti e visite", "Patients and visits"),
        (_standing(people), _attendance(people)),
    )


def _standing(people: Sequence[Person]) -> Table:
    enrolled = [one for one in people if one.enrolled]
    lines: list[tuple[str, str, str, list[Person], Sequence[Person]]] = [
        ("received", "Soggetti ricevuti", "Subjects received", list(people), ()),
        ("failures", "Screening non superato", "Screening failures", _those(people, _failed), ()),
        ("open", "Arruolamento non ricevuto", "Enrolment not received", _those(people, _open), ()),
        ("enrolled", "Arruolati", "Enrolled", enrolled, enrolled),
    ]
    treated = [one for one in enrolled if one.treated]
    lines += [
        ("treated", "Con almeno una dose", "With at least one dose", treated, enrolled),
        ("untreated", "Senza dose nota", "Without a known dose", _those(enrolled, _untreated), enrolled),
    ]
    for name, it, en, code in (
        ("followed", "Ancora seguiti", "Still followed", FOLLOWED),
        ("lost", "Persi al follow-up", "Lost to follow-up", LOST),
        ("withdrawn", "Consenso revocato", "Consent withdrawn", WITHDRAWN),
        ("died", "Deceduti", "Died", DIED),
    ):
        lines.append((name, it, en, [one for one in enrolled if one.exposure.why == code], enrolled))
    lines += _treatment(treated)
    rows = [_line(name, Label(it, en), some, among) for name, it, en, some, among in lines]
    note = Label(
        "Quote degli arruolati; del trattamento, di chi ha almeno una dose. «Finito» è la sospensione definitiva o la "
        "morte; se non è noto se una sospensione è definitiva, la riga è a parte.",
        "Shares of the enrolled; of treatment, of those with at least one dose. “Ended” is a permanent stop or death; "
        "where it is open whether a stop is permanent, there is a line of its own.",
    )
    title = Label("Arruolamento, trattamento e osservazione", "Enrolment, treatment and follow-up")
    return Table("disposition", title, _LINE, (_N, _SHARE), tuple(rows), (note,))


def _treatment(treated: Sequence[Person]) -> list[tuple[str, str, str, list[Person], Sequence[Person]]]:
    """Whether treatment goes on, and why it ended."""

    def those(state: Tri) -> list[Person]:
        return [one for one in treated if (kept := one.exposure.retained) is not None and kept.event is state]

    ended = those(True)
    lines: list[tuple[str, str, str, list[Person], Sequence[Person]]] = [
        ("on_drug", "Anifrolumab in corso", "Anifrolumab going on", those(False), treated),
        ("stop_open", "Anifrolumab: fine non nota", "Anifrolumab: end not known", those(None), treated),
        ("ended", "Anifrolumab finito", "Anifrolumab ended", ended, treated),
    ]
    for reason, words in _REASONS.items():
        why = [one for one in ended if _why(one) == reason]
        lines.append((f"ended_{reason}", f"finito: {words.it}", f"ended: {words.en}", why, treated))
    open_ones = [one for one in ended if _why(one) is None]
    lines.append(("ended_unknown", "finito: motivo non noto", "ended: reason not known", open_ones, treated))
    return lines


def _why(person: Person) -> str | None:
    kept = person.exposure.retained
    return None if kept is None else kept.reason


def _attendance(people: Sequence[Person]) -> Table:
    rows = []
    for visit in PLANNED:
        due = [one for one in people if one.enrolled and visit.key in one.due]
        came = [one for one in due if visit.key in one.at]
        judged = [one for one in came if evaluated(one, visit.key)]
        cells = (
            counted(one.record for one in due),
            counted(one.behind(one.at[visit.key].key) for one in came),
            plain_share(len(came), len(due)),
            counted(one.record for one in due if visit.key not in one.at),
            counted(one.behind(one.at[visit.key].key) for one in judged),
        )
        rows.append(Row((_visit(visit.key),), cells))
    columns = (
        Named("due", Label("dovuti", "due")),
        Named("attended", Label("visti nella finestra", "seen in the window")),
        _SHARE,
        Named("missed", Label("mancati", "missed")),
        Named("evaluated", Label("valutati", "evaluated")),
    )
    note = Label(
        "Valutati: SLEDAI-2K, valutazione globale del medico e dose di glucocorticoide noti (è ciò che conta per "
        "l’analisi ad interim). Arruolati; dovuti se la finestra è chiusa.",
        "Evaluated: SLEDAI-2K, physician’s global and glucocorticoid dose known (what counts for the interim "
        "analysis). The enrolled; due where the window has closed.",
    )
    title = Label("Visite programmate", "Planned visits")
    return Table("attendance", title, (_VISIT,), columns, tuple(rows), (note,))


def evaluated(person: Person, planned: str) -> bool:
    """Whether SLEDAI-2K, physician's global and glucocorticoid dose are all known at a planned visit."""
    seen = person.at.get(planned)
    return seen is not None and {"sledai2k", "prednisone"} <= seen.complete and "phga" in seen.values


_VISIT = Named("visit", Label("Visita", "Visit"))


def _visit(key: str) -> Named:
    label = Label("Basale", "Baseline") if key == "baseline" else Label(key.upper(), key.upper())
    return Named(key, label)


def _line(name: str, label: Label, some: Iterable[Person], among: Sequence[Person]) -> Row:
    found = list(some)
    share = plain_share(len(found), len(among)) if among else Cell(None, "share")
    return Row((Named(name, label),), (counted(one.record for one in found), share))


def _those(people: Sequence[Person], test: Test) -> list[Person]:
    return [one for one in people if test(one)]


def _failed(person: Person) -> bool:
    return person.enrolled is False


def _open(person: Person) -> bool:
    return person.enrolled is None


def _untreated(person: Person) -> bool:
    return not person.treated

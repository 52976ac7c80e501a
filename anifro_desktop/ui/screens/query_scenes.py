"""What is photographed of the centre's questions, and of source verification."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from anifro_desktop.crypto import hybrid
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.keyset import read_card
from anifro_desktop.sync.query import seal_queries
from anifro_desktop.thread import ANSWER, ASK, CLOSE, RAISE, Act, Query, Thread, thread
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage

# Field, form, kind, and what was said: by whom and what.
_ASKED: Sequence[tuple[str, str, str, Sequence[tuple[str, str]]]] = (
    (
        "platelets",
        "laboratory",
        "field",
        ((RAISE, "Il valore è molto diverso da quello della visita precedente: è giusto?"),),
    ),
    (
        "phga",
        "global",
        "contradiction",
        (
            (RAISE, "PhGA 0 con artrite presente: confermare o correggere."),
            (ANSWER, "Confermato: artrite lieve, nessun impatto."),
            (ASK, "Allora perché SLEDAI-2K segna artrite attiva?"),
        ),
    ),
    (
        "weight_kg",
        "vitals",
        "field",
        ((RAISE, "Manca il peso: si può recuperare?"), (ANSWER, "Misurato: 64.")),
    ),
    ("wbc", "laboratory", "field", ((RAISE, "Unità di misura?"), (ANSWER, "10^9/L."), (CLOSE, "Grazie."))),
)


def asked(stage: Stage, centre: practice.Centre) -> str:
    """Before the site is unlocked: questions came, a monitor verified a form and another changed since; the patient."""
    from anifro_desktop.store.vault import FLOOR
    from anifro_desktop.workflows import patients, people, receiving, site, source_marks
    from anifro_desktop.workflows.facts import Person

    clock = stage.window._clock
    opened = site.unlock(stage.folder, "U01", practice.PASSPHRASE, clock)
    try:
        rows = [
            row.subject
            for row in patients.patients(opened)
            if any(one.key == "baseline" and one.state == "signed" for one in row.visits)
        ]
        file = stage.folder.parent / "questions.anfb"
        file.write_bytes(
            _sealed(stage, centre, [_thread(opened, rows[at % 3], one) for at, one in enumerate(_ASKED)])
        )
        receiving.receive(opened, file)
        monitor = Person("U03", "Marco Inventato", ("monitor",))
        people.add(opened, monitor, practice.PASSPHRASE, temporary=False, cost=FLOOR)
    finally:
        opened.close()
    opened = site.unlock(stage.folder, "U03", practice.PASSPHRASE, clock)
    try:
        source_marks.mark(opened, rows[0], "baseline", "laboratory")
    finally:
        opened.close()
    stage.window.show_start()
    return rows[0]


def _thread(opened: Any, subject: str, asked: tuple[str, str, str, Sequence[tuple[str, str]]]) -> Thread:
    field, form, kind, said = asked
    found = opened.clinical.revisions(subject, "baseline", form)
    record, ver = (found[0].id, found[0].ver) if found else ("", 0)
    query = Query(str(uuid.uuid4()), subject, kind, "baseline", form, field, record, ver)
    acts = [
        Act(
            str(uuid.uuid4()),
            query.id,
            number,
            act,
            text,
            "U01" if act == ANSWER else "C01",
            f"2026-11-{18 + number:02}T10:30:00Z",
        )
        for number, (act, text) in enumerate(said, 1)
    ]
    return thread(query, acts)


def _sealed(stage: Stage, centre: practice.Centre, threads: Sequence[Thread]) -> bytes:
    card = read_card(next(stage.folder.glob("card-*.anfk")).read_bytes())
    header = Header(
        study=practice.STUDY,
        site=card.site,
        writer=card.writer,
        epoch=1,
        seq=1,
        prev=NO_PREVIOUS,
        type="query",
        created="2026-11-22T10:00:00Z",
    )
    return seal_queries(header, threads, centre.sign, card.seal, hybrid.HYBRID)


def questions(stage: Stage, subject: str) -> None:
    """Today, the list with an answer that may not leave, the patient, the question in its visit, the thread there."""
    shell = stage.window.shell
    stage.until(stage.page.queries.isVisible)
    stage.snap("today-questions")
    shell.show_place("queries")
    stage.on("QueriesPage")
    page: Any = stage.page
    stage.until(lambda: page.table.items)
    stage.snap("questions")
    page.card.words.setText("La signora Rossi, vista il 12/03/2026")
    page.card.answer.click()
    stage.until(page.card.field.problem.isVisible)
    page.scroller.ensureWidgetVisible(page.card.answer)
    stage.snap("question-answer-refused")
    page.scroller.verticalScrollBar().setValue(0)
    page.show_which("centre")
    stage.snap("questions-waiting-for-pisa")
    shell.show_patient(subject)
    stage.on("PatientPage")
    stage.until(stage.page.asked.isVisible)
    stage.snap("patient-questions")
    shell.open_visit(subject, "baseline", None, "platelets")
    stage.on("VisitPage")
    stage.until(lambda: stage.page.said._threads)
    stage.snap("question-at-field")
    stage.page.view.act("asked")
    dialog = stage.page.view.prompts.open_one
    stage.snap("question-thread", dialog)
    dialog.reject()


def verification(stage: Stage, subject: str) -> None:
    """As the monitor: a form verified with its source."""
    shell = stage.window.shell
    shell.open_visit(subject, "baseline", None, "platelets")
    stage.on("VisitPage")
    stage.until(lambda: stage.page.said._marks)
    stage.snap("source-verified")

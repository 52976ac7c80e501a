"""`python -m anifro_desktop.ui.screens OUTDIR [--only it-light-100]`: all pictures, or those of one combination."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from PySide6.QtWidgets import QApplication

from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.screens import (
    audit_scenes,
    backup_scenes,
    closing_scenes,
    exchange_scenes,
    import_scenes,
    map_scenes,
    patient_scenes,
    people_scenes,
    practice,
    query_scenes,
    questionnaire_scenes,
    scenes,
    send_scenes,
)
from anifro_desktop.ui.screens.stage import Stage

PATIENTS = 14
CLOCK = practice.clock_at("2026-11-23T09:15:00")


def main() -> int:
    """Make the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="screens", description="Pictures of every screen; all patients are synthetic"
    )
    parser.add_argument("out", type=Path, metavar="OUTDIR")
    parser.add_argument("--only", default="", help="one combination, for example it-dark-200")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["screens"])
    with tempfile.TemporaryDirectory(prefix="anifro-screens-") as text:
        home = Path(text)
        centre = practice.Centre(CLOCK.now().date())
        practice.build(home / "site", CLOCK, PATIENTS, centre, home / "stick")
        _back_up(home / "site")
        for language, scheme, size in product(("it", "en"), ("light", "dark"), (100, 200)):
            if wanted.only in ("", f"{language}-{scheme}-{size}"):
                _photograph(home, Preferences(language, scheme, size), centre, wanted.out)
    app.quit()
    print(f"{len(list(wanted.out.glob('*.png')))} pictures in {wanted.out}")
    return 0


def _back_up(folder: Path) -> None:
    """The backup of the day, which else each window on a copy of the site would make and prove for itself."""
    from anifro_desktop.workflows import backups, site

    opened = site.unlock(folder, practice.PERSON.code, practice.PASSPHRASE, CLOCK)
    try:
        backups.make(opened, why="daily")
    finally:
        opened.close()


def _photograph(home: Path, preferences: Preferences, centre: practice.Centre, out: Path) -> None:
    stick = home / "stick-of-this-run"
    shutil.rmtree(stick, ignore_errors=True)
    shutil.copytree(home / "stick", stick)
    stage = Stage(home, preferences, CLOCK, out)
    scenes.front_door(stage)
    stage.unlock()
    scenes.lists(stage)
    patient_scenes.patient(stage)
    patient_scenes.classification(stage)
    scenes.enrolment(stage)
    scenes.visit(stage)
    map_scenes.body_maps(stage)
    questionnaire_scenes.questionnaires(stage)
    scenes.sending(stage, centre, stick)
    scenes.troubles(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=70)
    stage.unlock()
    audit_scenes.audit(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=80)
    people_scenes.locked(stage)
    stage.unlock()
    people_scenes.staff(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=93)
    stage.unlock()
    backup_scenes.backups(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, site=False, first=98)
    backup_scenes.elsewhere(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=103)
    stage.unlock()
    import_scenes.importing(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=108)
    subject = closing_scenes.name_typed(stage)
    stage.unlock()
    closing_scenes.erasing(stage, subject)
    closing_scenes.archive(stage)
    closing_scenes.unsigned(stage)
    stage.close()
    _questions(home, preferences, centre, out)
    stage = Stage(home, preferences, CLOCK, out, site=False, first=60)
    scenes.first_run(stage, centre)
    stage.close()


def _questions(home: Path, preferences: Preferences, centre: practice.Centre, out: Path) -> None:
    stage = Stage(home, preferences, CLOCK, out, first=120)
    subject = query_scenes.asked(stage, centre)
    stage.unlock()
    query_scenes.questions(stage, subject)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=130)
    subject = query_scenes.asked(stage, centre)
    stage.unlock("U03")
    query_scenes.verification(stage, subject)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=150)
    send_scenes.answered(stage)
    stage.unlock()
    send_scenes.looked_over(stage)
    stage.close()
    stage = Stage(home, preferences, CLOCK, out, first=160)
    subject = exchange_scenes.waiting(stage, centre)
    stage.unlock()
    exchange_scenes.exchanging(stage)
    exchange_scenes.moving(stage, subject)
    exchange_scenes.locked_out(stage)
    stage.close()


if __name__ == "__main__":
    sys.exit(main())

"""What is photographed of an import: a draft, a faulty mapping, a trial, the question, rows entered."""

from __future__ import annotations

from typing import Any

from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage

_TABLE = """\
N.;Cognome;Nome;Nato il;Sesso;Consenso;Incluso;Visita;Data visita;PhGA;Piastrine (/mmc);Note
1;Sintetica;Prova Uno;20/05/1991;F;04/03/2026;sì;T0;04/03/2026;1,8;184000;
1;;;;;;;T6;04/09/2026;0,5;201550;telefonata
2;Sintetico;Prova Due;02/11/1979;M;10/03/2026;sì;T0;10/03/2026;2,1;92000;
3;Sintetica;Prova Tre;30/01/1988;F;12/03/2026;sì;T0;31/02/2026;1;250000;
4;;;;;;;T6;01/09/2026;0,2;231000;
"""
_MAPPING = """\
format = "anifro-import/1"
dates = "DMY"
decimal = ","
ignore = ["Note"]
[subject]
key = "N."
[identity]
surname = "Cognome"
name = "Nome"
birth_date = "Nato il"
[[record]]
form = "enrolment"
[record.fields]
consent_date = "Consenso"
enrolment_date = "Consenso"
sex = { column = "Sesso", values = { F = 1, M = 2 } }
incl_informed_consent = { column = "Incluso", values = { "sì" = 1, no = 0 } }
incl_classification = { column = "Incluso", values = { "sì" = 1, no = 0 } }
incl_active_disease = { column = "Incluso", values = { "sì" = 1, no = 0 } }
incl_anifrolumab = { always = 1, with = "Incluso" }
[[record]]
form = "visit"
visit = { column = "Visita", values = { T0 = "baseline", T6 = "m06" } }
date = "Data visita"
[record.fields]
phga = "PhGA"
platelets = { column = "Piastrine (/mmc)", unit = "/mm3" }
"""


def importing(stage: Stage) -> None:
    """The way from an old table to rows entered."""
    folder = stage.folder.parent / "old"
    folder.mkdir(exist_ok=True)
    table, mapping = folder / "pazienti.csv", folder / "pazienti.toml"
    table.write_text(_TABLE, encoding="utf-8")
    mapping.unlink(missing_ok=True)
    shell = stage.window.shell
    stage.until(lambda: not stage.window.backup.busy)
    shell.show_place("import")
    stage.on("ImportPage")
    page: Any = stage.page
    page.files.table.edit.setText(str(table))
    page.files.write_draft()
    stage.snap("import-drafted")
    mapping.write_text(_MAPPING.replace("phga =", "phgga =").replace("M = 2", "M = 9"), encoding="utf-8")
    page.files.try_rows()
    stage.snap("import-faulty")
    mapping.write_text(_MAPPING, encoding="utf-8")
    page.files.try_rows()
    stage.until(page.results.isVisible)
    _show(stage, page.results)
    stage.snap("import-tried")
    page.ask_to_enter()
    page.dialog.signer.code.edit.setText(practice.PERSON.code)
    page.dialog.passphrase.edit.setText(practice.PASSPHRASE)
    stage.snap("import-enter", page.dialog)
    page.dialog.go.click()
    stage.until(lambda: not page.results.enter_button.isVisible() and not page.runner.busy)
    _show(stage, page.results)
    stage.snap("import-entered")


def _show(stage: Stage, card: Any) -> None:
    """The card from its top."""
    stage.until(lambda: True)
    bar = stage.page.scroller.verticalScrollBar()
    top = card.mapTo(stage.page.scroller.widget(), card.rect().topLeft()).y()
    bar.setValue(min(top - 8, bar.maximum()))

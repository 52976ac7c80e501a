"""What became of rows, in words: their states, records and remarks, and the report. Command and window speak by it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.importing.stating import Remark
from anifro_desktop.workflows.importing.taking import NEW, Made, Outcome, Taken

ENTERED = "entered"  # the state of a new row, once it was applied

_WORDS: Mapping[str, Label] = {
    "new": Label("accettata", "accepted"),
    "entered": Label("inserita", "entered"),
    "there": Label("già presente", "already there"),
    "refused": Label("rifiutata", "refused"),
    "nothing": Label("senza dati", "without data"),
    "skipped": Label("esclusa dalla mappa", "left out by the mapping"),
    "draft": Label("bozza", "draft"),
    "signed": Label("firmata", "signed"),
    "column": Label("colonna", "column"),
    "would": Label("Diventerebbero", "Would become"),
    "became": Label("Inserito", "Entered"),
    "same": Label("Nulla di nuovo: nulla è stato cambiato.", "Nothing new: nothing was changed."),
    "done": Label(
        "Inserito come trascrizione. Lo stesso file, applicato di nuovo, non cambia nulla.",
        "Entered as a transcription. The same file applied again changes nothing.",
    ),
}  # fmt: skip
_HEAD = ("row", "state", "about", "column", "field", "cell", "sentence")


@dataclass(frozen=True, slots=True)
class Teller:
    """Speaks in one language. speak: gives the words of what a verb of the site refused."""

    lang: str
    speak: Callable[[Refusal], str]

    def word(self, name: str) -> str:
        """A state of a row or a record, or what is said at the end."""
        return _WORDS[name].get(self.lang)

    def made(self, made: Made) -> str:
        """A record with its state."""
        return f"{made.name.get(self.lang)} ({self.word(made.state)})"

    def kinds(self, taken: Taken) -> str:
        """How many of each kind of record there are or would be; empty where there are none."""
        made = [one for outcome in taken.outcomes for one in outcome.made]
        counts = Counter(self._kind(one) for one in made)
        head = self.word("became" if taken.applied else "would")
        return f"{head}: " + ", ".join(f"{count} × {name}" for name, count in counts.items()) if made else ""

    def _kind(self, made: Made) -> str:
        name = made.name.get(self.lang)
        return name.rstrip("0123456789 ") if made.key[-3:].isdigit() else name

    def said(self, remark: Remark) -> str:
        """A remark in words: column, field and kind of cell first."""
        sentence = self.sentence(remark)
        place = f'{self.word("column")} "{remark.column}"' if remark.column else ""
        field = f"({remark.field})" if remark.column and remark.field else remark.field
        kind = self._kind_of_cell(remark)
        where = ", ".join(filter(None, (" ".join(filter(None, (place, field))), kind)))
        return f"{where}: {sentence}" if where else sentence

    def sentence(self, remark: Remark) -> str:
        """What a remark says, without where."""
        return remark.what.get(self.lang) if remark.refusal is None else self.speak(remark.refusal)

    def parts(self, remark: Remark) -> dict[str, str]:
        """A remark in its parts, for a machine."""
        return {
            "code": remark.what.code,
            "column": remark.column,
            "field": remark.field,
            "cell": self._kind_of_cell(remark),
            "sentence": self.sentence(remark),
        }

    def _kind_of_cell(self, remark: Remark) -> str:
        return remark.kind.get(self.lang) if remark.kind is not None else ""

    def report(self, taken: Taken) -> bytes:
        """CSV with a line for each row and each thing about it; rows by number, nobody by name or code."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(_HEAD)
        for outcome in taken.outcomes:
            table.writerows(self._lines(taken, outcome))
        return out.getvalue().encode("utf-8-sig")

    def _lines(self, taken: Taken, outcome: Outcome) -> Iterator[tuple[object, ...]]:
        state = state_of(taken, outcome)
        told = [("reason", one) for one in outcome.reasons] + [("note", one) for one in outcome.notes]
        if not told:
            yield (outcome.row, state, "", "", "", "", "")
        for about, remark in told:
            parts = self.parts(remark)
            sentence = remark.what.plain(self.lang) if remark.refusal is None else parts["sentence"]
            cells = (parts["column"], parts["field"], parts["cell"], sentence)
            yield (outcome.row, state, about, *cells)


def state_of(taken: Taken, outcome: Outcome) -> str:
    """The state of a row as it is said: what is new was entered, or would be."""
    return ENTERED if taken.applied and outcome.state == NEW else outcome.state

"""A record of an older version of the forms: what moving it to the one in use would do, in words, and the choice.

Asked when such a record is opened to be filled, and when one is amended; the record itself is shown behind. Nothing
moves unless the person says so; what is laid aside by it can be read whenever the record is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.model import Pack
from anifro_desktop.forms.moving import Answer, Differs, Move
from anifro_desktop.forms.scoring import RESULTS
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.listing import in_language
from anifro_desktop.scores.model import Score
from anifro_desktop.scores.registry import RULES
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.boards import board
from anifro_desktop.ui.widgets import Banner, Text
from anifro_desktop.ui.widgets.scroll import Scroll
from anifro_desktop.workflows.model import OpenVisit, Standing


class PackMoves(QObject):
    """Asks, and moves. openings: shows the pages of records (`Openings`)."""

    def __init__(self, openings: Any, shell: Any) -> None:
        super().__init__(openings)
        self._openings, self._shell = openings, shell
        self.dialog: Dialog | None = None

    def say(self, page: Any, visit: OpenVisit, standing: Standing) -> None:
        """What there is to say of a record that was just opened."""
        say_aside(page.banner, standing.aside)
        if standing.move is not None:
            self.offer(page, visit, standing.move)

    def offer(self, page: QWidget, visit: OpenVisit, move: Move) -> None:
        """Ask whether to move a record that is shown."""
        stay = self._openings.back if move.old is None else None
        self.dialog = ask(page, move, visit.session, lambda: self._move(visit), stay)

    def _move(self, visit: OpenVisit) -> None:
        desk = self._shell.desk
        site = desk.site

        def work() -> tuple[OpenVisit, Any, Standing]:
            from anifro_desktop.workflows import moving, patients

            moved = moving.move_to_current(site, visit)
            known = None if visit.key else patients.read_identity(site, visit.subject)
            return moved, known, moving.standing(site, moved)

        def shown(answer: tuple[OpenVisit, Any, Standing]) -> None:
            moved, identity, standing = answer
            self._openings.show_visit(moved, identity)
            self.say(self._shell.page, moved, standing)
            desk.changed.emit()

        self._openings.run(work, shown)


def ask(
    parent: QWidget,
    move: Move,
    session: VisitSession,
    go: Callable[[], object],
    stay: Callable[[], object] | None,
) -> Dialog:
    """Show the preview. go: move it; stay: leave the record, where it cannot be read under its own version."""
    dialog = Dialog(translate("PackMove", "A newer version of the forms"), _first(move), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFixedWidth(min(theme.px(620), parent.window().width()))
    sheet = QWidget()
    box = QVBoxLayout(sheet)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(theme.px(8))
    for line in lines(move, session):
        box.addWidget(Text(line, parent=sheet))
    scroll = Scroll(dialog)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setWidget(sheet)
    scroll.setAccessibleName(translate("PackMove", "What moving would do"))
    needed = box.totalHeightForWidth(theme.px(560))
    scroll.setMinimumHeight(min(needed, parent.window().height() - theme.px(260)))
    dialog.body.addWidget(scroll)
    if stay is None:
        dialog.add_act(translate("PackMove", "Keep reading the old one"))
    else:
        dialog.add_act(translate("PackMove", "Go back"), stay)
        dialog.rejected.connect(stay)
    dialog.add_act(translate("PackMove", "Move to the new version"), go, main=True)
    dialog.open()
    return dialog


def lines(move: Move, session: VisitSession) -> list[str]:
    """What moving would do, a paragraph each; what it would not do is left out."""
    lang = texts.language()
    other = [item for item in move.renamed if item.label != item.to]
    said = [
        COUNTED.kept_answers(move.kept),
        _line(
            translate("PackMove", "Asked in other words: {items}."),
            (f"{item.label.get(lang)} → {item.to.get(lang)}" for item in other),
        ),
        _line(translate("PackMove", "To be answered again, kept as typed: {items}."), _answers(move.unfit)),
        _line(translate("PackMove", "No longer asked, kept and readable: {items}."), _answers(move.aside)),
        _line(
            translate("PackMove", "New questions: {items}."), (item.label.get(lang) for item in move.opened)
        ),
        _line(translate("PackMove", "Scores that will differ: {items}."), _scores(move.scores, session)),
    ]
    if move.old is not None:
        said.append(
            translate("PackMove", "If it is not moved now, it stays as it is and this is asked again.")
        )
    return [line for line in said if line]


def say_aside(banner: Banner, aside: Iterable[Answer]) -> None:
    """Answers to questions that are no longer asked, to be read beside the record."""
    if words := "; ".join(_answers(aside)):
        banner.say(translate("PackMove", "Answers that are no longer asked"), words, tone="info")


def _first(move: Move) -> str:
    if move.old is None:
        return translate(
            "PackMove",
            "This was begun under a version of the forms that this program does not have. The version in use is {new}.",
        ).format(new=_named(move.new))
    return translate("PackMove", "This was begun under version {old}. The version in use is {new}.").format(
        old=move.old.id, new=_named(move.new)
    )


def _named(pack: Pack) -> str:
    return f"{pack.id} ({pack.note.get(texts.language())})"


def _line(words: str, items: Iterable[str]) -> str:
    found = "; ".join(items)
    return words.format(items=found) if found else ""


def _answers(answers: Iterable[Answer]) -> list[str]:
    lang = texts.language()
    return [f"{item.label.get(lang)}: {item.text.get(lang)}" for item in answers]


def _scores(scores: Iterable[Differs], session: VisitSession) -> list[str]:
    names: dict[str, Any] = {block.rule: block.name for block in board(session)}
    said = []
    for item in scores:
        name = names.get(item.score) or in_language(RULES[RESULTS[item.score].rule].title, texts.language())
        before, after = _figure(item.before), _figure(item.after)
        said.append(f"{name} ({before} → {after})" if before != after else name)
    return said


def _figure(score: Score | None) -> str:
    """A value in words; what is open, or no number and no yes or no, is a question mark."""
    value = None if score is None or not score.complete else score.value
    if isinstance(value, bool):
        return translate("PackMove", "met") if value else translate("PackMove", "not met")
    return texts.number(value) if isinstance(value, int | float) else "?"

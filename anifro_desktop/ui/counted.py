"""Texts with a count that functions need: one form for one, another for more, in each language.

They stand in a class because Qt's collector of texts finds plural forms in `self.tr` only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


class Counted(QObject):
    """Each method gives the words for so many."""

    def years(self, count: int) -> str:
        """An age."""
        return self.tr("%n year(s)", "", count)

    def file_bytes(self, count: int) -> str:
        """A small size."""
        return self.tr("%n byte(s)", "", count)

    def days_late(self, count: int) -> str:
        """How long a window has been closed."""
        return self.tr("%n day(s) late", "", count)

    def days_left(self, count: int) -> str:
        """How long a window stays open."""
        return self.tr("%n day(s) left", "", count)

    def in_days(self, count: int) -> str:
        """When a window opens."""
        return self.tr("in %n day(s)", "", count)

    def hours_left(self, count: int) -> str:
        """How long there is to tell somebody."""
        return self.tr("%n hour(s) left", "", count)

    def courses(self, count: int) -> str:
        """Courses of glucocorticoid by mouth that a dose is summed from."""
        return self.tr("%n course(s)", "", count)

    def pulses(self, count: int) -> str:
        """Records of pulses that a dose is summed from."""
        return self.tr("%n pulse record(s)", "", count)

    def days_without_dose(self, count: int) -> str:
        """How long ago the last dose of anifrolumab was."""
        return self.tr("%n day(s) without anifrolumab", "", count)

    def questions_of_pisa(self, count: int) -> str:
        """Questions of the centre that are not settled."""
        return self.tr("%n question(s) from Pisa", "", count)

    def asked_by_pisa(self, asked: int, said: int) -> str:
        """New questions of the centre, and other messages to those that there were."""
        parts = [self.tr("%n new question(s) (Alt+6).", "", asked)] if asked else []
        parts += [self.tr("%n message(s) to earlier questions (Alt+6).", "", said)] if said else []
        return " ".join(parts)

    def more_of_these(self, count: int) -> str:
        """Lines that there was no room for."""
        return self.tr("and %n more", "", count)

    def worded_questions(self, count: int, form: str) -> str:
        """Questions of a questionnaire that have a text."""
        return self.tr("{form} (%n question(s))", "", count).format(form=form)

    def wrong_passphrases(self, count: int) -> str:
        """Tries that failed."""
        return self.tr("%n wrong passphrase(s) since the last unlocking.", "", count)

    def recovered_answers(self, count: int) -> str:
        """Answers of a draft that was found."""
        return self.tr("%n answer(s) of the draft are as they were typed.", "", count)

    def kept_answers(self, count: int) -> str:
        """Answers that stand in another version of the forms."""
        return self.tr("%n answer(s) stay as they are.", "", count)

    def lost_bundles(self, count: int, numbers: str) -> str:
        """Bundles that the centre never got."""
        return self.tr(
            "%n bundle(s) never arrived: {numbers}. Choose each in the list below and save it again.",
            "",
            count,
        ).format(numbers=numbers)

    def study_files(self, count: int) -> str:
        """Files at a server."""
        return self.tr("%n file(s) of the study are there.", "", count)

    def strange_answers(self, count: int) -> str:
        """Files among the answers that are none."""
        return self.tr(
            "%n file(s) there are no answer of Pisa, or are damaged: they were not used. Tell Pisa.",
            "",
            count,
        )

    def differing_scores(self, count: int) -> str:
        """Scores that the centre worked out differently."""
        return self.tr("%n score(s) came out differently in Pisa: the centre will ask about them.", "", count)


COUNTED = Counted()

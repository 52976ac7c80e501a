"""What the verbs of the exchange refuse: with the centre, and with the site that a patient goes to. Sentences say what
to do; they never hold an answer or an identity.
"""

from __future__ import annotations

from typing import ClassVar

from anifro_desktop.workflows.errors import WorkflowRefusal


class NothingToSend(WorkflowRefusal):
    """Nothing signed since the last bundle, and nothing waiting."""

    code = "nothing_to_send"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing new to send: sign a visit first. What was sent before can be sent again with --again."
        )


class SendingLocked(WorkflowRefusal):
    """The centre knows more than this database: it was restored or rolled back."""

    code = "sending_locked"

    def __init__(self) -> None:
        super().__init__(
            "Sending is locked: the centre has bundles that this computer does not know, so an older copy of the data "
            "is in use. Call the study centre before going on; then restore the newest backup, or begin anew with "
            "'site export --anew'."
        )


class WriterRevoked(WorkflowRefusal):
    """The centre revoked this computer's keys."""

    code = "writer_revoked"

    def __init__(self) -> None:
        super().__init__(
            "The study centre has revoked this computer and takes nothing more from it; what was entered here stays "
            "readable. Call the centre: the work goes on with a new site, made on another computer."
        )


class NoKeysetWaits(WorkflowRefusal):
    """There is no keyset to confirm."""

    code = "no_keyset_waits"

    def __init__(self) -> None:
        super().__init__("No new key of the study centre waits to be confirmed: nothing was changed.")


class NotLocked(WorkflowRefusal):
    """A new beginning of sending, where nothing is wrong."""

    code = "not_locked"

    def __init__(self) -> None:
        super().__init__(
            "Sending is not locked: send as usual; everything that is missing there will be asked for."
        )


class NotForThisSite(WorkflowRefusal):
    """A file for another site or of another centre."""

    code = "not_for_this_site"

    def __init__(self) -> None:
        super().__init__("This file is not a receipt for this computer: check which file was chosen.")


class UnknownCentreKeys(WorkflowRefusal):
    """A file signed with keys of the centre that are not known here, or with somebody else's."""

    code = "unknown_centre_keys"

    def __init__(self) -> None:
        super().__init__(
            "Signed with keys of Pisa that are not known here: fetch its newest key file, take it in, then this file "
            "again; if there is none, call Pisa."
        )


class NoConnection(WorkflowRefusal):
    """Something over the network where no server was set up."""

    code = "no_connection"

    def __init__(self) -> None:
        super().__init__(
            "There is no connection to a server here: name a folder, or set one up first with 'connect'."
        )


class NoReceiptHere(WorkflowRefusal):
    """A folder without anything for this site."""

    code = "no_receipt_here"

    def __init__(self) -> None:
        super().__init__(
            "There is no receipt for this computer in that folder: check the stick or ask the centre."
        )


class QueryRefused(WorkflowRefusal):
    """Something that cannot be said to a question. why: `settled`, `no_words`, `long`, `characters`, `full`,
    `identifying` or `not_changed`."""

    code = "query_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "settled": "Pisa has closed this question: nothing was said to it; telephone Pisa if it should be opened "
        "again.",
        "no_words": "Nothing was said: write an answer in a few words.",
        "long": "Nothing was said: an answer has at most 200 characters; shorten it.",
        "characters": "Nothing was said: the words have characters that cannot be read; type them again.",
        "full": "Nothing was said: this question takes no more answers; telephone Pisa, where it can be asked anew.",
        "identifying": "Nothing was said: these words look like a name, a number or a date, which may not leave the "
        "hospital; say it without them (days are counted from enrolment).",
        "not_changed": "Nothing was said: this record was not changed since the question; amend it first, or answer "
        "in words.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class TextStays(WorkflowRefusal):
    """A text held back that nobody lets go."""

    code = "text_stays"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was let go: a date does not leave the hospital, whoever lets it go; answer once more without it "
            "(days are counted from enrolment)."
        )


class MarkRefused(WorkflowRefusal):
    """A mark of source verification that is not made. why: `not_completed`, `amending` or `not_marked`."""

    code = "mark_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "not_completed": "Nothing was marked: only what was completed can be compared with its source; wait until it "
        "is.",
        "amending": "Nothing was marked: this record is being amended; mark it when that is completed.",
        "not_marked": "Nothing was changed: there is no mark here to take back.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class HandoverRefused(WorkflowRefusal):
    """A patient who is not handed over, or not taken. why: see `_TEXT`."""

    code = "handover_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "other_study": "Nothing was changed: the card is of another study; ask the other computer for its own.",
        "own_card": "Nothing was changed: this is the card of this computer; take the card of the one that goes on "
        "with the patient.",
        "away": "Nothing was changed: this patient was handed over already; write the same file again, or take the "
        "patient back first.",
        "joined": "Nothing was changed: this patient was enrolled twice and goes on under another code; hand that one "
        "over.",
        "nothing": "Nothing was changed: there is no hand-over of this patient that could be changed so; look at the "
        "patient's page for who goes on.",
        "not_taken": "Nothing was changed: this patient was not taken over here, so there is nothing to give up.",
        "no_reason": "Nothing was changed: say why in a few words, since it stays in the audit trail.",
        "other_receiver": "Nothing was taken: the file is for another computer; take it over there.",
        "practice": "Nothing was taken: synthetic patients and real ones do not go to one another's computers; ask for "
        "the file that was meant for this one.",
        "used": "Nothing was taken: this file was used here before; if the patient was handed over again since, ask "
        "for the newer file.",
        "here": "Nothing was taken: this patient is kept on this computer already; telephone the other one, since only "
        "one of the two may go on.",
        "unknown_pack": "Nothing was taken: the patient has visits under a version of the forms that this program "
        "does not know; update it and try again.",
        "unsound": "Nothing was taken: a version or a signature in the file does not hold; telephone the computer that "
        "handed over, and have the patient handed over again.",
        "differs": "Nothing was taken: this computer has versions of the patient's record that the file lacks; "
        "telephone Pisa before anybody goes on.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class FormsRefused(WorkflowRefusal):
    """A version of the forms that is not kept, or not put into use. why: see `_TEXT`."""

    code = "forms_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "older": "Nothing was changed: this version of the forms is older than one that came before; ask Pisa for the "
        "newest.",
        "other": "Nothing was changed: another version of the forms came under this number before; telephone Pisa.",
        "broken": "Nothing was changed: this version of the forms takes back what was published, or is not what it "
        "says it is; report it to Pisa.",
        "held": "Nothing was changed: this version of the forms needs a newer version of the program; it is kept; "
        "update the program, then put it into use.",
        "none": "Nothing was changed: there is no new version of the forms to put into use; read Pisa's files first.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)

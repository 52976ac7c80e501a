"""What is refused of the exchange with the centre and with other sites: sending, answers, questions, hand-overs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

EXCHANGE: Mapping[str, Any] = MappingProxyType(
    {
        "data_altered.1": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was sent: the full check found 1 place where the data are not what was entered here. "
            "Leave the data folder as it is, see “Check everything” in the audit trail, and call the study centre.",
        ),
        "data_altered": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was sent: the full check found {count} places where the data are not what was entered here. "
            "Leave the data folder as it is, see “Check everything” in the audit trail, and call the study centre.",
        ),
        "subject_away": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed, because {subject} was handed over to another computer: go on there; here the record "
            "is only read. If the file was never used there, take the patient back first.",
        ),
        "handover_refused.other_study": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: the card is of another study; ask the other computer for its own.",
        ),
        "handover_refused.own_card": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this is the card of this computer; take the card of the one that goes on with "
            "the patient.",
        ),
        "handover_refused.away": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this patient was handed over already; write the same file again, or take the "
            "patient back first.",
        ),
        "handover_refused.joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this patient was enrolled twice and goes on under another code; hand that one "
            "over.",
        ),
        "handover_refused.nothing": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: there is no hand-over of this patient that could be changed so; look at the "
            "patient's page for who goes on.",
        ),
        "handover_refused.not_taken": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this patient was not taken over here, so there is nothing to give up.",
        ),
        "handover_refused.no_reason": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: say why in a few words, since it stays in the audit trail.",
        ),
        "handover_refused.other_receiver": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: the file is for another computer; take it over there.",
        ),
        "handover_refused.practice": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: synthetic patients and real ones do not go to one another's computers; ask for "
            "the file that was meant for this one.",
        ),
        "handover_refused.used": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: this file was used here before; if the patient was handed over again since, ask "
            "for the newer file.",
        ),
        "handover_refused.here": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: this patient is kept on this computer already; telephone the other one, since "
            "only one of the two may go on.",
        ),
        "handover_refused.unknown_pack": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: the patient has visits under a version of the forms that this program does not "
            "know; update it and try again.",
        ),
        "handover_refused.unsound": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: a version or a signature in the file does not hold; telephone the computer that "
            "handed over, and have the patient handed over again.",
        ),
        "handover_refused.differs": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was taken: this computer has versions of the patient's record that the file lacks; telephone"
            " Pisa before anybody goes on.",
        ),
        "forms_refused.older": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this version of the forms is older than one that came before; ask Pisa for the "
            "newest.",
        ),
        "forms_refused.other": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: another version of the forms came under this number before; telephone Pisa.",
        ),
        "forms_refused.broken": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this version of the forms takes back what was published, or is not what it says"
            " it is; report it to Pisa.",
        ),
        "forms_refused.held": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: this version of the forms needs a newer version of the program; it is kept; "
            "update the program, then put it into use.",
        ),
        "forms_refused.none": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: there is no new version of the forms to put into use; read Pisa's files first.",
        ),
        "nothing_to_send": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is nothing new to send: sign a visit first. What was sent before can be saved again.",
        ),
        "writer_revoked": QT_TRANSLATE_NOOP(
            "Refusals",
            "Pisa has revoked this computer and takes nothing more from it; what was entered here stays readable. "
            "Call Pisa: the work goes on with a new site, made on another computer.",
        ),
        "no_keyset_waits": QT_TRANSLATE_NOOP(
            "Refusals", "No new key of Pisa waits to be confirmed: nothing was changed."
        ),
        "sending_locked": QT_TRANSLATE_NOOP(
            "Refusals",
            "Sending is locked: Pisa has bundles that this computer does not know, so an older copy of "
            "the data is in use. Call the centre; then restore the newest backup, or begin sending anew.",
        ),
        "not_locked": QT_TRANSLATE_NOOP(
            "Refusals", "Sending is not locked: send as usual; what Pisa misses will be asked for."
        ),
        "not_for_this_site": QT_TRANSLATE_NOOP(
            "Refusals", "This file is not an answer for this computer: check which file was chosen."
        ),
        "unknown_centre_keys": QT_TRANSLATE_NOOP(
            "Refusals",
            "Signed with keys of Pisa that are not known here: fetch its newest key file, take it in, then this file "
            "again; if there is none, call Pisa.",
        ),
        "no_receipt_here": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is no answer for this computer in that folder: check the stick or ask the centre.",
        ),
        "not_pseudonymised": QT_TRANSLATE_NOOP(
            "Refusals",
            "Something about to leave still holds a date or a text that may not ({field}): nothing was "
            "sent. Tell the centre.",
        ),
        "query_refused.settled": QT_TRANSLATE_NOOP(
            "Refusals",
            "Pisa has closed this question: nothing was said to it; telephone Pisa if it should be opened again.",
        ),
        "query_refused.no_words": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was said: write an answer in a few words."
        ),
        "query_refused.long": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was said: an answer has at most 200 characters; shorten it."
        ),
        "query_refused.characters": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was said: the words have characters that cannot be read; type them again."
        ),
        "query_refused.full": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was said: this question takes no more answers; telephone Pisa, where it can be asked anew.",
        ),
        "query_refused.identifying": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was said: these words look like a name, a number or a date, which may not leave the hospital; "
            "say it without them (days are counted from enrolment).",
        ),
        "query_refused.not_changed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was said: this record was not changed since the question; amend it first, or answer in words.",
        ),
        "text_stays": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was let go: a date does not leave the hospital, whoever lets it go; answer once more without it "
            "(days are counted from enrolment).",
        ),
        "mark_refused.not_completed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was marked: only what was completed can be compared with its source; wait until it is.",
        ),
        "mark_refused.amending": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was marked: this record is being amended; mark it when that is completed."
        ),
        "mark_refused.not_marked": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was changed: there is no mark here to take back."
        ),
    }
)

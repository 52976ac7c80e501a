"""What is refused of patients, visits and answers, of the import, and of the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

RECORDS: Mapping[str, Any] = MappingProxyType(
    {
        # Of the import: all faults of a file stand in both languages beside it
        "faulty_mapping": QT_TRANSLATE_NOOP("Refusals", "{faults}"),
        "faulty_table": QT_TRANSLATE_NOOP("Refusals", "{faults}"),
        "draft_there": QT_TRANSLATE_NOOP(
            "Refusals",
            "No draft was written: a mapping file of the table's name stands beside it already. Go on with that one, "
            "or move it away.",
        ),
        "conflict": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because it was already written: open it again and repeat the change.",
        ),
        "not_found.subject": QT_TRANSLATE_NOOP(
            "Refusals", "There is no patient of that study code here: check the code."
        ),
        "not_found": QT_TRANSLATE_NOOP("Refusals", "{name} is not here any more: open the list again."),
        "not_draft": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because this visit is closed: choose Amend, give a reason and repeat the "
            "change.",
        ),
        "reason_needed": QT_TRANSLATE_NOOP(
            "Refusals", "What was completed is changed only with a reason: choose one and repeat the change."
        ),
        "forms": QT_TRANSLATE_NOOP("Refusals", "This answer was not taken: check it and repeat it."),
        "unknown_field": QT_TRANSLATE_NOOP(
            "Refusals", "This question does not belong to this visit: open the visit again."
        ),
        "missing_not_allowed": QT_TRANSLATE_NOOP(
            "Refusals", "This question cannot be left without an answer: answer it."
        ),
        "wrong_kind": QT_TRANSLATE_NOOP(
            "Refusals", "This is not an answer of the kind that is asked: answer again."
        ),
        "derived_field": QT_TRANSLATE_NOOP(
            "Refusals", "This is worked out from other answers: change those instead."
        ),
        "nothing_to_explain": QT_TRANSLATE_NOOP("Refusals", "Nothing here asks for a reason any more."),
        "reason_refused": QT_TRANSLATE_NOOP(
            "Refusals", "Choose one of the listed reasons; “other” needs a few words."
        ),
        "bad_entry": QT_TRANSLATE_NOOP(
            "Refusals", "A stored answer does not fit its question ({field}): call the centre."
        ),
        "not_exportable": QT_TRANSLATE_NOOP(
            "Refusals", "The question {field} holds something that may not leave: correct it and send again."
        ),
        "workflow": QT_TRANSLATE_NOOP("Refusals", "This was not done: try again."),
        "refused": QT_TRANSLATE_NOOP("Refusals", "This was not done: try again."),
        "site_code": QT_TRANSLATE_NOOP(
            "Refusals", "A site code has 2 to 6 figures or capital letters, without I, L, O and U."
        ),
        "not_completed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: only what is complete can be amended, and only an amendment can be given up. Open "
            "the list again and see how it stands.",
        ),
        "not_ready.1": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was signed: 1 problem stands in the way. Open the review and settle it."
        ),
        "not_ready": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was signed: {problems} problems stand in the way. Open the review and settle each of"
            " them.",
        ),
        "visit_date.future": QT_TRANSLATE_NOOP(
            "Refusals",
            "The date lies in the future: type the day of the visit, or check this computer's clock.",
        ),
        "visit_date.before_enrolment": QT_TRANSLATE_NOOP(
            "Refusals", "The date lies before the enrolment: type the day of the visit."
        ),
        "visit_date.before_birth": QT_TRANSLATE_NOOP(
            "Refusals", "The date lies before the birth date: correct one of the two."
        ),
        "visit_date.no_enrolment": QT_TRANSLATE_NOOP(
            "Refusals", "This patient is not enrolled yet: finish the enrolment first."
        ),
        "visit_date.enrolment_fixed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Visits count their days from the enrolment date, so it can no longer be changed: put back the "
            "date that was there.",
        ),
        "visit_date.withdrawn": QT_TRANSLATE_NOOP(
            "Refusals",
            "The patient withdrew consent before that day, so nothing of it may be collected: check the date, "
            "or correct that of the withdrawal.",
        ),
        "visit_date.dead": QT_TRANSLATE_NOOP(
            "Refusals",
            "The patient died before that day: check the date, or correct that of the death.",
        ),
        "later_entries": QT_TRANSLATE_NOOP(
            "Refusals",
            "Not completed, since the record goes on after that date: {entries}. Correct the date of each, or "
            "mark it as entered by mistake, then complete this again.",
        ),
        "pack.unknown": QT_TRANSLATE_NOOP(
            "Refusals",
            "This visit was begun under a version of the forms that this program does not have: move it to the version "
            "in use, or install the program that it was begun with.",
        ),
        "pack.foreign": QT_TRANSLATE_NOOP(
            "Refusals",
            "A score of this visit was defined otherwise in its version of the forms: open it again, move it to the "
            "version in use, then complete it.",
        ),
        "pack.not_open": QT_TRANSLATE_NOOP(
            "Refusals", "A completed visit stays under its own version of the forms: amend it first."
        ),
        "is_void": QT_TRANSLATE_NOOP(
            "Refusals",
            "This was marked as entered by mistake: it can be read, but not changed. Enter it anew where it "
            "belongs.",
        ),
        "void_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "An enrolment is not marked as a mistake by itself: amend it or, if the patient was enrolled "
            "twice, join the two.",
        ),
        "move_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "This cannot be moved to that patient: choose another one.",
        ),
        "move_refused.same": QT_TRANSLATE_NOOP(
            "Refusals",
            "It already belongs to this patient: choose another one.",
        ),
        "move_refused.enrolment": QT_TRANSLATE_NOOP(
            "Refusals",
            "An enrolment cannot go to another patient: if somebody was enrolled twice, join the two.",
        ),
        "move_refused.taken": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient already has this visit: mark one of the two as entered by mistake first.",
        ),
        "move_refused.not_enrolled": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient is not enrolled: finish that enrolment first, or choose another patient.",
        ),
        "move_refused.joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient was enrolled twice and goes on under another code: choose that one.",
        ),
        "move_refused.ended": QT_TRANSLATE_NOOP(
            "Refusals",
            "The other patient had left the study by that date: check the date and the patient.",
        ),
        "join_refused": QT_TRANSLATE_NOOP(
            "Refusals",
            "These two enrolments cannot be joined: check both codes.",
        ),
        "join_refused.same": QT_TRANSLATE_NOOP(
            "Refusals",
            "These are one and the same enrolment: choose the other one.",
        ),
        "join_refused.not_enrolled": QT_TRANSLATE_NOOP(
            "Refusals",
            "The enrolment to keep is not finished: finish it first, or keep the other one.",
        ),
        "join_refused.joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "One of the two was joined before: choose the code under which that patient goes on.",
        ),
        "join_refused.ended": QT_TRANSLATE_NOOP(
            "Refusals",
            "The enrolment to keep ended before something that the other one holds: correct the dates first.",
        ),
        "subject_joined": QT_TRANSLATE_NOOP(
            "Refusals",
            "This patient was enrolled twice and goes on as {kept}: open that code.",
        ),
        "unknown_visit": QT_TRANSLATE_NOOP(
            "Refusals", "The protocol has no visit of this name: choose one of the list."
        ),
        "identity_needed": QT_TRANSLATE_NOOP(
            "Refusals", "Surname, name and birth date are needed first: type them and save the identity."
        ),
        "identity_refused.tax_code": QT_TRANSLATE_NOOP(
            "Refusals", "The check letter of the tax code does not fit: read it again from the card."
        ),
        "identity_refused.birth_date": QT_TRANSLATE_NOOP(
            "Refusals", "The birth date lies in the future or after the enrolment: correct it."
        ),
        "identity_refused.characters": QT_TRANSLATE_NOOP(
            "Refusals",
            "A name or number holds a line break or other characters that cannot be read: type it again.",
        ),
        "not_in_trail.subject": QT_TRANSLATE_NOOP(
            "Refusals", "There is no patient of that study code here: check the code."
        ),
        "not_in_trail.visit": QT_TRANSLATE_NOOP(
            "Refusals", "This patient has no visit or event {name}: choose one of the list."
        ),
        "not_in_trail.field": QT_TRANSLATE_NOOP(
            "Refusals", "There is no question or result of that name: choose one of the list."
        ),
        "not_in_trail": QT_TRANSLATE_NOOP(
            "Refusals", "The audit trail has nothing of that name: choose from the lists of the filter."
        ),
        "cannot_note_seen.reason": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was noted: say what it was, since that stays in the audit trail."
        ),
        "cannot_note_seen.nothing": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was noted: the check finds nothing that could be noted as seen; what else it finds is mended as "
            "it says.",
        ),
        "cannot_note_seen": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was noted: these data are older than they were, which no note mends; restore the newest backup.",
        ),
        "cannot_erase.reason": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was erased: say why, since the reason stays in the audit trail."
        ),
        "cannot_erase.repeated": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was erased: the reason stays in the audit trail, so give it without the words that are to go.",
        ),
        "cannot_erase.no_words": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was erased: there are no words of a reason at this entry of the audit trail; choose another one.",
        ),
        "cannot_erase.amending": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was erased: this visit is being amended; complete it first."
        ),
        "cannot_erase": QT_TRANSLATE_NOOP("Refusals", "Nothing was erased: check what was asked for."),
    }
)

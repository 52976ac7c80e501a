"""The clinic's words for the things the workflows name by key: visits, states, reasons.

Everything here is spoken in the language in use when it is called; nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from anifro_desktop.ui.counted import COUNTED

if TYPE_CHECKING:
    from anifro_desktop.scores.model import Tri

translate = QCoreApplication.translate


def visit_name(key: str) -> str:
    """`baseline` → Baseline, `m06` → Month 6, `u01` → Unscheduled visit 1; the enrolment for an empty key."""
    if not key:
        return translate("Words", "Enrolment")
    named = {
        "history": translate("Words", "Medical history"),
        "baseline": translate("Words", "Baseline"),
        "early": translate("Words", "Early termination"),
        "unscheduled": translate("Words", "Unscheduled visit"),
    }
    if key in named:
        return named[key]
    if key[0] == "m" and key[1:].isdigit():
        return translate("Words", "Month {months}").format(months=int(key[1:]))
    if key[0] == "u" and key[1:].isdigit():
        return translate("Words", "Unscheduled {number}").format(number=int(key[1:]))
    return key


def sex_and_age(sex: str | None, age: int | None) -> str:
    """`Female, 34`; what is unknown is left out."""
    parts = []
    if sex == "female":
        parts.append(translate("Words", "Female"))
    elif sex == "male":
        parts.append(translate("Words", "Male"))
    if age is not None:
        parts.append(COUNTED.years(age))
    return ", ".join(parts)


def patient_status(status: str) -> str:
    """`screening`, `enrolled`, `screening_failure` in words."""
    return {
        "screening": translate("Words", "In screening"),
        "enrolled": translate("Words", "Enrolled"),
        "screening_failure": translate("Words", "Not eligible"),
        "withdrawn": translate("Words", "Consent withdrawn"),
        "dead": translate("Words", "Died"),
        "joined": translate("Words", "Enrolled twice"),
        "moved": translate("Words", "Goes on elsewhere"),
    }.get(status, status)


def visit_state(state: str) -> str:
    """`draft`, `complete`, `signed`, `amending`, `void`, `changed` (complete, and signed once), and of what nobody made
    yet, in words."""
    return {
        "draft": translate("Words", "Draft"),
        "complete": translate("Words", "Complete, not signed"),
        "signed": translate("Words", "Signed"),
        "changed": translate("Words", "Changed since signed"),
        "amending": translate("Words", "Being amended"),
        "void": translate("Words", "Entered by mistake"),
        "moved": translate("Words", "Goes on elsewhere"),
        "none": translate("Words", "Not begun"),
        "coming": translate("Words", "Coming"),
        "due": translate("Words", "Due"),
        "overdue": translate("Words", "Overdue"),
        "missed": translate("Words", "Missed"),
        "excused": translate("Words", "Missed, noted"),
    }.get(state, state)


def state_tone(state: str) -> str:
    """The tone of that word; the word says it, the tone only helps."""
    return {
        "draft": "warning",
        "complete": "info",
        "signed": "success",
        "changed": "warning",
        "amending": "warning",
        "due": "accent",
        "overdue": "warning",
        "missed": "danger",
    }.get(state, "neutral")


def disease_state(doris: Tri, lldas: Tri, seen: bool) -> tuple[str, str]:
    """The word and tone of the last visit's state: DORIS before LLDAS before active; a dash before any visit.

    Where neither is met and one of them is unknown, the word is "Unknown": unknown is never read as active.
    """
    if not seen:
        return "–", "neutral"
    if doris is True:
        return "DORIS", "success"
    if lldas is True:
        return "LLDAS", "info"
    if doris is None or lldas is None:
        return translate("Words", "Unknown"), "neutral"
    return translate("Words", "Active"), "warning"


def bundle_state(state: str) -> tuple[str, str]:
    """A bundle's state in words and its tone: sealed, sent, received, merged, refused."""
    return {
        "sealed": (translate("Words", "sealed, not handed over"), "warning"),
        "sent": (translate("Words", "sent, no answer yet"), "info"),
        "received": (translate("Words", "received by Pisa"), "info"),
        "merged": (translate("Words", "merged by Pisa"), "success"),
        "refused": (translate("Words", "refused by Pisa"), "danger"),
    }.get(state, (state, "neutral"))


def held_reason(why: str) -> str:
    """Why something stays here: `draft`, `unsigned`, `not_enrolled`."""
    return {
        "draft": translate("Words", "still a draft"),
        "unsigned": translate("Words", "complete but not signed"),
        "not_enrolled": translate("Words", "patient not enrolled yet"),
    }.get(why, why)


def role_name(role: str) -> str:
    """A role of a member of staff in words."""
    return {
        "investigator": translate("Words", "investigator"),
        "data_entry": translate("Words", "data entry"),
        "site_admin": translate("Words", "site administrator"),
        "monitor": translate("Words", "monitor"),
    }.get(role, role)


def size(count: int) -> str:
    """A file size as people say it."""
    if count < 1024:
        return COUNTED.file_bytes(count)
    if count < 1024 * 1024:
        return f"{(count + 512) // 1024} kB"
    return f"{count / 1024 / 1024:.1f} MB"

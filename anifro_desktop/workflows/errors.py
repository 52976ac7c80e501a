"""What the verbs refuse. Sentences say what to do; they never hold an answer or an identity."""

from __future__ import annotations

from typing import ClassVar

from anifro_desktop.errors import Refusal


class WorkflowRefusal(Refusal):
    """Base of this package's refusals."""

    code: ClassVar[str] = "workflow"


class NotYourRole(WorkflowRefusal):
    """An act that another role is for."""

    code = "not_your_role"

    def __init__(self, act: str, role: str) -> None:
        super().__init__(
            f"Only a person with the role {role} may {act}: ask one of them.", act=act, role=role
        )


class NotReady(WorkflowRefusal):
    """A form that cannot be signed yet."""

    code = "not_ready"

    def __init__(self, problems: int) -> None:
        super().__init__(
            f"Nothing was signed: {problems} problems stand in the way. Open Review and settle each of them.",
            problems=problems,
        )


class DateRefused(WorkflowRefusal):
    """A date that cannot be. why: `future`, `before_birth`, `no_enrolment` or `enrolment_fixed`."""

    code = "visit_date"
    _TEXT: ClassVar[dict[str, str]] = {
        "future": "The visit date lies in the future: enter the day of the visit, or check this computer's clock.",
        "before_birth": "The visit date lies before the birth date: correct one of the two.",
        "no_enrolment": "This patient is not enrolled yet: finish the enrolment first.",
        "enrolment_fixed": "Visits count their days from the enrolment date, so it can no longer be changed: put the "
        "date back that was there.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class UnknownVisit(WorkflowRefusal):
    """A visit key that the protocol does not have."""

    code = "unknown_visit"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no visit {key}: choose a planned visit or `unscheduled`.", visit=key)


class IdentityNeeded(WorkflowRefusal):
    """An enrolment without a person."""

    code = "identity_needed"

    def __init__(self) -> None:
        super().__init__("Surname, name and birth date are needed before the enrolment can be finished.")


class IdentityRefused(WorkflowRefusal):
    """An identity that cannot be right. why: `tax_code`, `birth_date` or `characters`."""

    code = "identity_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "characters": "A name or number holds characters that cannot be read: type it again.",
        "tax_code": "The tax code has a wrong check letter: read it again from the card.",
        "birth_date": "The birth date lies in the future or after the enrolment: correct it.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class NoSiteHere(WorkflowRefusal):
    """A folder of something else: of a centre."""

    code = "no_site_here"

    def __init__(self) -> None:
        super().__init__(
            "This folder belongs to a coordinating centre, not to a site: choose the site's folder."
        )


class NothingToSend(WorkflowRefusal):
    """Nothing signed since the last bundle, and nothing waiting."""

    code = "nothing_to_send"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing new to send: sign a visit first. What was sent before can be sent again."
        )


class SendingLocked(WorkflowRefusal):
    """The centre knows more than this database: it was restored or rolled back."""

    code = "sending_locked"

    def __init__(self) -> None:
        super().__init__(
            "Sending is locked: the centre has bundles that this computer does not know, so an older copy of the data "
            "is in use. Call the study centre before going on."
        )


class NotForThisSite(WorkflowRefusal):
    """A file for another site or of another centre."""

    code = "not_for_this_site"

    def __init__(self) -> None:
        super().__init__("This file is not a receipt for this computer: check which file was chosen.")


class NoReceiptHere(WorkflowRefusal):
    """A folder without anything for this site."""

    code = "no_receipt_here"

    def __init__(self) -> None:
        super().__init__(
            "There is no receipt for this computer in that folder: check the stick or ask the centre."
        )

"""The computer in the patient's hands: handing it over for questionnaires, and taking it back with the passphrase.

The trail is told of both, since what is saved in between was answered by the patient and not by the person unlocked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import ENTERING
from anifro_desktop.workflows.visits import confirm

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site


def hand_over(site: Site, visit: OpenVisit, forms: Sequence[str]) -> None:
    """Note that the patient answers some forms from now on.

    Raises:
        NotYourRole: of a person who enters answers.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("enter answers", "investigator or data entry")
    site.clinical.log("handed_over", f"{visit.subject}/{visit.key}", {"forms": list(forms)})


def take_back(site: Site, visit: OpenVisit, passphrase: str) -> None:
    """Note that the person who unlocked it has the computer again.

    Raises:
        WrongPassphrase: it stays with the patient.
    """
    confirm(site, passphrase)
    site.clinical.log("taken_back", f"{visit.subject}/{visit.key}")

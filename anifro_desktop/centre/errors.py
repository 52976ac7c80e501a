"""What the centre refuses. Messages name sites, subjects' codes and files; never an answer, a key or a
path."""

from __future__ import annotations

from anifro_desktop.errors import EnvironmentRefusal, Refusal


class CentreError(Refusal):
    """Base of the centre's refusals."""

    code = "centre"


class CentreExists(CentreError):
    """A centre was asked for in a folder that already holds one."""

    code = "centre_exists"

    def __init__(self) -> None:
        super().__init__("This folder already holds a centre: open it, or choose an empty folder.")


class CentreMissing(CentreError):
    """No centre in this folder."""

    code = "centre_missing"

    def __init__(self) -> None:
        super().__init__("There is no centre in this folder: check --data, or create one with 'centre init'.")


class CentreCode(CentreError):
    """A code or name that the centre cannot be created with."""

    code = "centre_code"

    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} is empty or has characters other than A-Z, 0-9 and '-'.", what=what)


class RoleNeeded(CentreError):
    """The person has no role that may do this."""

    code = "role_needed"

    def __init__(self, role: str) -> None:
        super().__init__(f"Your roles do not allow this: ask somebody with the role {role}.", role=role)


class FingerprintDiffers(CentreError):
    """The card is not the one whose fingerprint was read out."""

    code = "fingerprint_differs"

    def __init__(self, computed: str) -> None:
        super().__init__(
            f"The fingerprint given is not that of this card ({computed}): have the site read it again, by "
            "voice or on paper; nothing was registered.",
            computed=computed,
        )


class SuiteTooWeak(CentreError):
    """The card offers a cipher suite below the centre's minimum."""

    code = "suite_too_weak"

    def __init__(self, suite: int, minimum: int) -> None:
        super().__init__(
            f"The card offers cipher suite {suite}, the centre asks for {minimum} or better: update the "
            "site's program.",
            suite=suite,
            minimum=minimum,
        )


class OtherKey(CentreError):
    """This writer is registered with other keys; keys change by a signed rotation only."""

    code = "other_key"

    def __init__(self, site: str, writer: str) -> None:
        super().__init__(
            f"Writer {writer} of site {site} is already registered with other keys: nothing was changed; ask "
            "the site whether this card is really theirs.",
            site=site,
            writer=writer,
        )


class OtherStudy(CentreError):
    """A card made for another study."""

    code = "other_study"

    def __init__(self, study: str) -> None:
        super().__init__(
            f"The card was made for another study ({study}): nothing was registered.", study=study
        )


class DatasetRefused(CentreError):
    """The data set breaks a rule of Stata's; every fault is listed and no file was written."""

    code = "dataset_refused"

    def __init__(self, faults: list[str]) -> None:
        super().__init__("No data set was written: " + "; ".join(faults) + ".", count=len(faults))
        self.faults = tuple(faults)


class LibraryMissing(EnvironmentRefusal):
    """A library of the centre is not installed."""

    code = "library_missing"

    def __init__(self, library: str) -> None:
        super().__init__(
            f"The library {library} is not installed: install the program with its 'centre' part.",
            library=library,
        )

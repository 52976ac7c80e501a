"""What the centre refuses. Messages name sites, subjects' codes and files; never an answer, a key or a
path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from anifro_desktop.errors import EnvironmentRefusal, Refusal

_MANY = 5  # names in one sentence


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

    def __init__(self) -> None:
        # The right one is not said: it would be copied, where it is to be asked for.
        super().__init__(
            "The fingerprint given is not that of this card: have the site read it again, by voice or on paper; "
            "nothing was registered."
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


class RootRefused(CentreError):
    """The vault that was opened does not hold the root key in use."""

    code = "root_refused"

    def __init__(self) -> None:
        super().__init__(
            "This is not the root key of the keyset in use: nothing was changed; put in the medium from the safe and "
            "name its folder with --root."
        )


class RootMissing(CentreError):
    """No root key in the folder that was named."""

    code = "root_missing"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no root key in {folder}: nothing was changed; put in the medium from the safe and name its "
            "folder with --root.",
            folder=str(folder),
        )


class NoBackupYet(CentreError):
    """No backup to try."""

    code = "no_backup_yet"

    def __init__(self) -> None:
        super().__init__(
            "There is no backup in the folder of the centre: name the folder of one, or make one with 'centre backup'."
        )


class NotACard(CentreError):
    """A keyset in the place of a card."""

    code = "not_a_card"

    def __init__(self) -> None:
        super().__init__(
            "This is a key file of a centre, which goes to the sites, and not the card of a site: nothing was "
            "registered; take the file card-....anfk that the site sends."
        )


class EscrowRefused(CentreError):
    """An escrow copy that cannot be used. why: `sheet`, `damaged`, `other`, `lacks` or `study`."""

    code = "escrow_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "sheet": "The sheet does not open this escrow copy: take the copy that was made with this sheet, or its sheet.",
        "damaged": "The escrow copy is damaged: take another copy, or make a new one.",
        "other": "This file is no escrow copy: take the one whose name begins with escrow-.",
        "lacks": "The escrow copy opens, but lacks keys that are in use here: take the newest, or make a new one.",
        "study": "The escrow copy is of another study: nothing was changed; take that of this study.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class RootStays(CentreError):
    """Something that would change the key of the root's vault, which is the root."""

    code = "root_stays"

    def __init__(self) -> None:
        super().__init__(
            "The root key itself cannot be changed: nothing was done; to shut somebody out or to end a sheet, make a "
            "new root with 'centre keyset renew --new-root'."
        )


class OwnPassphraseNeeded(CentreError):
    """Somebody whose passphrase another chose, who is to choose another before anything else."""

    code = "own_passphrase_needed"

    def __init__(self, user: str) -> None:
        super().__init__(
            f"{user} has a passphrase that somebody else chose: choose your own first with 'centre users passphrase'.",
            user=user,
        )


class ReasonMissing(CentreError):
    """An act that needs a reason."""

    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__("Nothing was done: say why in a few words; the reason stands in the audit trail.")


class OldCard(CentreError):
    """A card whose keys were replaced by later ones."""

    code = "old_card"

    def __init__(self, site: str, writer: str) -> None:
        super().__init__(
            f"The keys of this card of {site} ({writer}) were replaced since: nothing was changed; have the site make "
            "new keys and send their card.",
            site=site,
            writer=writer,
        )


class WriterGone(CentreError):
    """A card of an installation that was revoked, which is for ever."""

    code = "writer_gone"

    def __init__(self, site: str, writer: str) -> None:
        super().__init__(
            f"The computer {writer} of {site} was revoked, and that is not taken back: nothing was changed; the site "
            "makes a new site on a computer and sends that card.",
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


class QueryNotRaised(CentreError):
    """A question that is not asked, or a message that is not added. why: `no_words`, `long`, `characters`,
    `identifying`, `subject`, `visit`, `form`, `field`, `excluded` or `settled`."""

    code = "query_not_raised"
    _TEXT: ClassVar[dict[str, str]] = {
        "no_words": "Nothing was asked: write the question in a few words.",
        "long": "Nothing was asked: a message has at most 500 characters; shorten it.",
        "characters": "Nothing was asked: the message has characters that cannot be read; type it again.",
        "identifying": "Nothing was asked: the words look like a date, or a person's number, title or address; say it "
        "without (days are counted from enrolment).",
        "subject": "Nothing was asked: nothing of this patient ever came; check the code.",
        "visit": "Nothing was asked: there is no such visit or event; give a key such as baseline, m06 or ae-001.",
        "form": "Nothing was asked: there is no such form; use an id of the codebook.",
        "field": "Nothing was asked: there is no such field; use an id of the codebook.",
        "excluded": "Nothing was asked: consent for the data of this patient is withdrawn.",
        "settled": "Nothing was changed: this question is closed; reopen it to say more.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class AskedAlready(CentreError):
    """The same question is open. query: its id."""

    code = "asked_already"

    def __init__(self, query: str) -> None:
        super().__init__(
            f"Nothing was asked: a question about this place is open already ({query}); add to that one.",
            query=query,
        )


class WorkersNeedServer(CentreError):
    """Several workers for one file."""

    code = "workers_need_server"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was taken in: several workers need a database on a server; leave --workers out for a centre that "
            "keeps its data in its folder."
        )


class LibraryMissing(EnvironmentRefusal):
    """A library of the centre is not installed."""

    code = "library_missing"

    def __init__(self, library: str) -> None:
        super().__init__(
            f"The library {library} is not installed: install the program with its 'centre' part.",
            library=library,
        )


class PackNotSent(CentreError):
    """A version of the forms that does not go to the sites. why: `none`, `draft`, `older` or `faults`, which `faults`
    lists."""

    code = "pack_not_sent"
    _TEXT: ClassVar[dict[str, str]] = {
        "none": "Nothing was kept: in this folder there is no version of the forms; name the one that holds pack.toml.",
        "draft": "Nothing was kept: the version has no day of publication; write it into pack.toml.",
        "older": "Nothing was kept: the version was published before the one in use; give it a later day in pack.toml, "
        "or take the newest.",
        "faults": "Nothing was kept: the version has faults, or needs another program: {faults}.",
    }

    def __init__(self, why: str, faults: Sequence[str] = ()) -> None:
        told = "; ".join(faults)
        super().__init__(self._TEXT[why].format(faults=told), why=why, faults=told)


class CutRefused(CentreError):
    """A cut that cannot be made. why: `name`, `exists`, `visit`, `interim`, `note` or `identifying`."""

    code = "cut_refused"
    _TEXT: ClassVar[dict[str, str]] = {
        "name": "No cut was made: its name has up to 40 small letters, digits, '-' and '_', as in 'interim'.",
        "exists": "No cut was made: there is one with the name {name}, and a cut never changes; choose another name.",
        "visit": "No cut was made: {name} is no planned visit; name one such as m06.",
        "interim": "No cut was made: 'interim' is the cut of the interim analysis; add '--through m06', or choose "
        "another name.",
        "note": "No cut was made: the note is one line of at most 500 characters; make it shorter.",
        "identifying": "No cut was made: the note looks like it holds a date, or a person's number, title or address; "
        "say it otherwise. The day of the cut is noted by itself.",
    }

    def __init__(self, why: str, name: str) -> None:
        super().__init__(self._TEXT[why].format(name=name), why=why, name=name)


class CutMissing(CentreError):
    """No cut of this name."""

    code = "cut_missing"

    def __init__(self, name: str) -> None:
        how = "interim --through m06" if name == "interim" else name
        super().__init__(
            f"There is no cut with the name {name}: see 'centre cuts', or make it with 'centre cut {how}'.",
            name=name,
            how=how,
        )


class CutDiffers(CentreError):
    """The store does not hold any more what a cut was made of. what: `subjects`, `bundles`, `forms` or `rule`; which:
    the codes or bundles."""

    code = "cut_differs"
    _TEXT: ClassVar[dict[str, str]] = {
        "subjects": "Nothing was written: the data of the cut {name} are not what they were, of {which}; put a backup "
        "of the centre back, and check it with 'centre verify'.",
        "bundles": "Nothing was written: bundles of the cut {name} are missing ({which}); put a backup of the centre "
        "back, and check it with 'centre verify'.",
        "forms": "Nothing was written: the cut {name} was made with a version of the forms that this program does not "
        "know; install the program it was made with, or a newer one.",
        "rule": "Nothing was written: what is kept of the cut {name} was changed; put a backup of the centre back, and "
        "check it with 'centre verify'.",
    }

    def __init__(self, name: str, what: str, which: Sequence[str]) -> None:
        told = ", ".join(which[:_MANY]) + (" ..." if len(which) > _MANY else "")
        super().__init__(self._TEXT[what].format(name=name, which=told), why=what, name=name, which=told)

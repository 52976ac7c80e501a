"""What `verify` may find, each as a code, parameters and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_RESTORE = "keep the data folder as it is, tell the centre, and restore a backup"

SENTENCES: Mapping[str, str] = {
    "key_file_mended": "{name} was damaged or missing at this unlocking and was made whole from its copy: "
    "the damaged file is kept beside it; look for the cause.",
    "header_damaged": f"The first bytes of {{name}} were changed: {_RESTORE}.",
    "page_damaged": f"Pages of {{name}} are damaged ({{count}}): {_RESTORE}.",
    "structure_damaged": f"The structure of {{name}} is damaged ({{count}} places): {_RESTORE}.",
    "link_broken": f"Rows of {{table}} point to nothing ({{count}}): {_RESTORE}.",
    "schema_changed": f"{{object}} in {{name}} was changed by hand: {_RESTORE}.",
    "trail_gap": f"Entry {{seq}} is missing from the audit trail of {{name}}: {_RESTORE}.",
    "trail_hash": f"Entry {{seq}} of the audit trail of {{name}} was changed: {_RESTORE}.",
    "trail_hidden": f"A text of entry {{seq}} of the audit trail of {{name}} was taken out, or put back, without an "
    f"administrator's erasure: {_RESTORE}.",
    "trail_time": "Entry {seq} of the audit trail of {name} is earlier than the one before it, though its clock was "
    f"believed: {_RESTORE}.",
    "trail_form": "Entry {seq} of the audit trail of {name} is not written as the program writes one: "
    f"{_RESTORE}.",
    "trail_lent": "Entry {seq} of the audit trail of {name} is signed with a key whose passphrase somebody else chose, "
    f"which signs nothing but the choice of another: {_RESTORE}.",
    "trail_role": f"Entry {{seq}} of the audit trail of {{name}} is in a role that its author never had: {_RESTORE}.",
    "trail_entering": "Entry {seq} of the audit trail of {name} is an answer, or about a patient or a visit, by "
    f"somebody who never had the role to enter one: {_RESTORE}.",
    "trail_transaction": f"An entry was put into the audit trail of {{name}} at {{seq}}: {_RESTORE}.",
    "trail_signer": f"Entry {{seq}} of the audit trail of {{name}} is by nobody known here: {_RESTORE}.",
    "trail_signature": f"Entry {{seq}} of the audit trail of {{name}} is not signed by its author: {_RESTORE}.",
    "row_changed": f"{{table}} {{record}} is not what the audit trail says ({{field}}): {_RESTORE}.",
    "row_missing": f"{{table}} {{record}} is in the audit trail but not in {{name}} ({{field}}): {_RESTORE}.",
    "record_broken": f"Version {{ver}} of record {{record}} does not follow the one before it: {_RESTORE}.",
    "record_changed": f"Version {{ver}} of record {{record}} is not the text that was completed: {_RESTORE}.",
    "record_hidden": f"A text of version {{ver}} of record {{record}} was taken out, or put back, without an "
    f"administrator's erasure: {_RESTORE}.",
    "record_author": "Version {ver} of record {record} is not by whom, or of when, the audit trail says: "
    f"{_RESTORE}.",
    "record_role": "Version {ver} of record {record} is by somebody who never had the role to enter answers: "
    f"{_RESTORE}.",
    "visit_unsigned": "Record {record} says that it is signed, and the last version of a form of it is not: "
    f"{_RESTORE}.",
    "facts_differ": f"{{table}} {{record}} is not what was completed on its form ({{field}}): {_RESTORE}.",
    "signature_broken": f"The signature of {{signer}} on version {{ver}} of {{record}} does not hold: {_RESTORE}.",
    "bundle_changed": f"Bundle {{bundle}} is not the file that was kept: {_RESTORE}.",
    "bundle_chain": f"Bundle {{bundle}} does not follow the one before it: {_RESTORE}.",
    "receipt_ahead": "The centre has received bundles up to {acked} of epoch {epoch}, which this computer does not "
    "know: its data were put back to an earlier state; do not send, and tell the centre.",
    "sending_locked": "Sending is locked: the centre has another bundle under a number of this computer's; "
    "tell the centre, then begin sending anew.",
    "anchor_damaged": "{name} was missing, damaged or changed: look for who or what touched the data folder; a site "
    "administrator then notes that it was seen, and why.",
    "key_file_untold": "Entry {seq} of the audit trail of {name} notes a key file that no act is told of: somebody "
    "changed people or keys outside the program; look for who may unlock and should not, and change the keys; an "
    "administrator then notes that it was seen, and why.",
    "sheet_unseen": "Recovery sheet {number} was made, and nobody confirmed that it is on paper: sheets of before "
    "still open the folder; look for it, and make a new one.",
    "rolled_back": "{name} is older than it was: entry {seq} of its audit trail was there before and is not now; "
    "keep the data folder as it is, tell the centre, and restore the newest backup.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What was found, where, and what to do."""
        return SENTENCES[self.code].format(**self.params)

"""What of a revision leaves the site: nothing but what is listed as leaving.

Rules kept here (deny by default):
- A value leaves only if its field is of the revision's form and says `export = true`. Free text never does; a text
  field that is exported holds a code (`2026H2`), and anything else in it is refused.
- A date becomes whole days since the subject's enrolment (day 0; earlier days negative); one known to its month or year
  becomes a difference of calendar months or years. An age above the protocol's cap becomes the cap.
- `when`, the time of a signature, `why_text`, the salt of the digest and the texts of notes stay. Of a signature only
  who, what for, the digest and the signature itself leave; of a note its kind and coded reason.
- A mistake leaves under the key that it had, so that the centre knows what it takes back.
- A value that its own field could not hold is refused rather than passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from anifro_desktop.forms import types
from anifro_desktop.forms.errors import BadEntry, NotExportable
from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.record import Json, Missing, Revision
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.visit_keys import key_before

AGE = "age_at_enrolment"
AGE_CAP = int(PROTOCOL.number("analysis.age_cap"))

_CODED_TEXT = re.compile(r"[0-9]{4}H[12]")
_CODE = re.compile(r"[a-z0-9_]{1,32}")
_WITHHELD_WHY = "other"
_NOTE_KINDS = ("override", "unchanged", "all_absent", "transcribed")
_SIGNATURE = ("by", "meaning", "digest", "sig")
_CONTEXT = ("previous", "baseline", "damage", "weight")
_VISITS = re.compile(r"[a-z0-9_]{1,32}( [a-z0-9_]{1,32}){0,15}")  # keys of visits, with a space between


def pseudonymise(revision: Revision, definitions: Definitions, day0: date) -> Revision:
    """The revision as it may leave the site.

    Args:
        revision: as the site keeps it.
        definitions: with the allow-list. day0: the subject's enrolment date.

    Raises:
        NotExportable: the form is unknown, or an exported field holds something it cannot have.
    """
    try:
        form = definitions.form(revision.form)
    except KeyError:
        raise NotExportable(revision.form) from None
    leaving = {item.id: item for item in form.fields if item.export}
    return replace(
        revision,
        visit=key_before(revision.visit),
        values={
            name: _value(leaving[name], value, day0)
            for name, value in revision.values.items()
            if name in leaving
        },
        notes={name: _note(name, note) for name, note in revision.notes.items() if name in leaving},
        scores={rule: result for rule, result in revision.scores.items() if rule in form.scores},
        context={
            name: key for name, key in revision.context.items() if name in _CONTEXT and _VISITS.fullmatch(key)
        },
        signature={name: text for name, text in revision.signature.items() if name in _SIGNATURE},
        why=revision.why if _CODE.fullmatch(revision.why) else _WITHHELD_WHY,
        why_text="",
        salt="",
        when="",
    )


def _value(item: Field, value: Json, day0: date) -> Json:
    try:
        known = types.from_json(item, value)
    except BadEntry:
        raise NotExportable(item.id) from None
    if isinstance(known, Missing):
        return {"missing": known.value}
    if item.type in types.DATED:
        return types.DATED[item.type](known, day0)
    if item.type == "text" and not _CODED_TEXT.fullmatch(str(known)):
        raise NotExportable(item.id)
    if item.id == AGE and isinstance(known, int):
        return min(known, AGE_CAP)
    return types.to_json(item, known)


def _note(field: str, note: Json) -> Json:
    if not isinstance(note, Mapping) or note.get("kind") not in _NOTE_KINDS:
        raise NotExportable(field)
    reason = note.get("reason")
    return {"kind": note["kind"], "reason": reason if isinstance(reason, int) else None, "text": ""}

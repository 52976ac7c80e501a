"""A monitor's marks as records of a data bundle, and back: the form `source_mark`, one record for each act."""

from __future__ import annotations

from typing import Any

from anifro_desktop.record import Revision
from anifro_desktop.sourcemark import SourceMark, fault
from anifro_desktop.sync.errors import BundleRefused

MARK_FORM = "source_mark"
_TRAVELLING = ("record", "ver", "field", "n", "act")


def mark_revision(mark: SourceMark, definition: str) -> Revision:
    """A mark as it leaves the site: no time. definition: digest of the site's pack."""
    return Revision(
        id=mark.id,
        subject=mark.subject,
        visit="",
        form=MARK_FORM,
        ver=1,
        prev="",
        values={name: getattr(mark, name) for name in _TRAVELLING},
        definition=definition,
        who=mark.who,
        when="",
        day=None,
    )


def read_mark(revision: Revision, source: str = "") -> SourceMark:
    """The mark that a site's record tells of. source: hash of its bundle.

    Raises:
        BundleRefused: `bad_record`.
    """
    if revision.form != MARK_FORM or set(revision.values) != set(_TRAVELLING):
        raise BundleRefused("bad_record", "mark")
    values: dict[str, Any] = dict(revision.values)
    mark = SourceMark(id=revision.id, subject=revision.subject, who=revision.who, source=source, **values)
    wrong = fault(mark)
    if wrong:
        raise BundleRefused("bad_record", wrong)
    return mark

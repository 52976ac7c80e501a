"""A version of the forms that comes from the centre by file: kept, looked at, and put into use by an administrator.

Rules kept here:
- Only what the centre signed for this computer is kept, and only in the order of its numbers: an older version, or
  another one under a number that is known, changes nothing.
- Nothing changes by itself. `waiting` says what a version would change; `use` is a site administrator's act. From then
  on new records are made under it; drafts begun before move one by one (see `moving`), and what was completed stays.
- A version that needs more than this program has stays kept until the program is newer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from anifro_desktop.forms import loader
from anifro_desktop.forms.amendments import BROKEN, HELD, READY, Change, Verdict, changes, judge
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.library import load as load_packs
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.sync.packfile import open_pack
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import FormsRefused

if TYPE_CHECKING:
    from anifro_desktop.store.amended import Amended, PackRow
    from anifro_desktop.sync.bundle import VerifyKey
    from anifro_desktop.sync.header import Header
    from anifro_desktop.workflows.site import Site

USED = "pack_used"
_Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A version that is kept and not in use. state: `ready`, `held` until the program is newer, or `broken`. why: of
    the last two, for whoever made it. changes: in the version in use; drafts: visits and events being filled."""

    number: int
    id: str
    note: Label
    published: str
    state: str
    why: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    drafts: int = 0


def take(
    site: Site,
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
) -> bool:
    """Keep a version that came in a file (arguments as of `open_bundle`); whether it was new.

    Raises:
        BundleRefused: it is not the centre's, for this computer, or whole. FormsRefused: it is older than one that is
        kept, another one under its number, or takes back what was published. Nothing was kept.
    """
    from anifro_desktop.store.amended import PackRow

    pack, _ = open_pack(data, key_for=key_for, seed_for=seed_for)
    kept = {row.number: row for row in site.clinical.kept_packs()}
    if pack.number in kept:
        if kept[pack.number].digest != pack.digest:
            raise FormsRefused("other")
        return False
    if kept and pack.number < max(kept):
        raise FormsRefused("older")
    facts = {name: getattr(pack, name) for name in ("number", "id", "digest", "after", "protocol")}
    row = PackRow(**facts, rules=dict(pack.rules), files=dict(pack.files))
    if _judge(site, row).state == BROKEN:
        raise FormsRefused("broken")
    with site.clinical.transaction():
        site.clinical.add_pack(row)
        site.clinical.log("pack_received", pack.id, {"digest": pack.digest})
    return True


def waiting(site: Site) -> Coming | None:
    """The newest version that is kept and could follow the one in use; None if there is none."""
    row = _next(site)
    if row is None:
        return None
    verdict = _judge(site, row)
    pack = verdict.pack
    return Coming(
        row.number,
        row.id,
        pack.pack.note if pack else Label("", ""),
        pack.pack.published if pack else "",
        verdict.state,
        verdict.why,
        tuple(changes(site.definitions, pack)) if pack and verdict.state == READY else (),
        len(site.clinical.draft_counts()),
    )


def waiting_id(site: Site) -> str:
    """The id of that version without looking into it; empty if there is none."""
    row = _next(site)
    return "" if row is None else row.id


def use(site: Site, number: int) -> Definitions:
    """Put the version that waits into use; it is that of this site from now on.

    Raises:
        NotYourRole: not a site administrator. FormsRefused: no such version waits, or this program cannot work with
        it. Nothing was changed.
    """
    if not site.may("site_admin"):
        raise NotYourRole("put a version of the forms into use", "site administrator")
    row = _next(site)
    if row is None or row.number != number:
        raise FormsRefused("none")
    verdict = _judge(site, row)
    if verdict.state == HELD:
        raise FormsRefused("held")
    if verdict.state == BROKEN:
        raise FormsRefused("broken")
    with site.clinical.transaction():
        before = site.definitions.pack.id
        site.clinical.use_pack(row.number)
        site.clinical.log(USED, row.id, {"from": before, "digest": row.digest})
    site.library = library_of(site.own, site.clinical)
    site.definitions = site.library.current
    return site.definitions


def library_of(own: Library, store: Amended) -> Library:
    """The versions that a site works with: those of the program, and those that came and are in use. One that this
    program cannot read stays kept, and its records are read by the current one as far as that goes."""
    from anifro_desktop.store.amended import IN_USE

    return own.extended(_readable(row for row in store.kept_packs() if row.state == IN_USE))


def _readable(rows: Iterable[PackRow]) -> list[Definitions]:
    found = []
    for row in rows:
        pack = _read(tuple(row.files.items()), row.protocol, tuple(row.rules.items()))
        found += [pack] if pack is not None and pack.digest == row.digest else []
    return found


@lru_cache(maxsize=8)
def _read(files: _Texts, protocol: str, rules: _Texts) -> Definitions | None:
    """A version, read once however often the site is unlocked; None if this program cannot read it."""
    from anifro_desktop.forms.errors import DefinitionFaults

    try:
        return loader.read(dict(files), protocol=protocol, rules=dict(rules))
    except DefinitionFaults:
        return None


def _next(site: Site) -> PackRow | None:
    """The newest version, if it is not the one in use or before it."""
    from anifro_desktop.store.amended import IN_USE

    rows = site.clinical.kept_packs()
    last = rows[-1] if rows else None
    known = last is not None and site.library.by_digest(last.digest) is not None
    return None if last is None or last.state == IN_USE or known else last


def _judge(site: Site, row: PackRow) -> Verdict:
    own = (site.own or load_packs()).current
    return judge(row.files, row.digest, row.protocol, row.rules, site.definitions, own)

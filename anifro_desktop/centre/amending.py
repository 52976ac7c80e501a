"""Versions of the forms that the centre sends to its sites: taken in from a folder of definitions, numbered, kept, and
written as one sealed file for each installation.

Rules kept here:
- A version follows the one before it by its day and by the rules of succession, and this program can work with it:
  what the centre cannot read itself it does not send.
- Numbers only rise; what was sent stays, and records made under it are read by it.
- Every installation gets the newest version, until it is put into a folder where it lies already.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from anifro_desktop.centre.errors import PackNotSent
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.centre.putting import Outlet, outlet
from anifro_desktop.centre.unanswered import PACK, apart
from anifro_desktop.forms import loader
from anifro_desktop.forms.amendments import READY, Change, changes, judge
from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.library import SETTINGS
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Json
from anifro_desktop.store.amended import IN_USE, PackRow
from anifro_desktop.sync.bundle import file_hash, kid
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.packfile import PackFile, pack_header, seal_pack


@dataclass(frozen=True, slots=True)
class Published:
    """A version that may be sent. number: among those of this centre; changes: in the one before it."""

    number: int
    id: str
    digest: str
    changes: tuple[Change, ...]


def look(centre: Centre, folder: Path) -> tuple[Definitions, dict[str, str]]:
    """The version that a folder of definitions holds, with its texts; nothing is kept.

    Raises:
        PackNotSent: it is not a whole, published version that follows the one in use and that this program can work
        with; every fault is listed.
    """
    texts = {name: text for name, text in loader.texts_in(folder).items() if name != SETTINGS}
    if loader.PACK not in texts:
        raise PackNotSent("none")
    try:
        pack = loader.read(texts)
    except DefinitionFaults as found:
        raise PackNotSent("faults", found.faults) from found
    if not pack.pack.published:
        raise PackNotSent("draft")
    if pack.pack.published < centre.definitions.pack.published:
        raise PackNotSent("older")
    verdict = judge(
        texts, pack.digest, pack.pack.protocol, pack.pack.rules, centre.definitions, centre.own.current
    )
    if verdict.state != READY:
        raise PackNotSent("faults", verdict.why)
    return pack, texts


def publish(centre: Centre, folder: Path) -> Published:
    """Take a version in; it is the current one from now on.

    Raises:
        RoleNeeded: not a data manager. PackNotSent: nothing was kept.
    """
    centre.need(DATA_MANAGER)
    pack, texts = look(centre, folder)
    kept = centre.store.kept_packs()
    number = kept[-1].number + 1 if kept else 1
    found = tuple(changes(centre.definitions, pack))
    row = PackRow(
        number,
        pack.pack.id,
        pack.digest,
        kept[-1].digest if kept else "",
        pack.pack.protocol,
        dict(pack.pack.rules),
        texts,
        IN_USE,
    )
    with centre.store.transaction():
        centre.store.add_pack(row)
        centre.store.log("pack_published", pack.pack.id, {"digest": pack.digest})
    centre.packs = centre.packs.extended([pack])
    centre.definitions = centre.packs.current
    return Published(number, pack.pack.id, pack.digest, found)


def write_packs(centre: Centre, to: Path | Outlet) -> list[str]:
    """Put the newest version, for each installation that may send, into a folder or onto the server; the names of files
    that were not there.

    Raises:
        RoleNeeded: not a data manager. CannotWrite, DiskFull, FolderGone, NotCarried: run it again.
    """
    centre.need(DATA_MANAGER)
    kept = centre.store.kept_packs()
    if not kept:
        return []
    out, row = outlet(to), kept[-1]
    pack = PackFile(row.number, row.id, row.digest, row.after, row.protocol, row.rules, row.files)
    lying = tuple(out.list())
    written = []
    for writer in centre.store.writers():
        start = f"-{writer.site}-{writer.writer[:8]}-p001-{row.number:08d}-"
        # Sealed anew each time it is made, so the name of a file that lies there tells, and not its bytes.
        under: Json = [kid(centre.keyset.sign), kid(writer.xwing)]  # other keys since: it is sealed anew
        noted = f"pack_keys/{writer.site}/{writer.writer}"
        lies = any(start in name for name in lying) and centre.store.setting(noted, under) == under
        if writer.state != "registered" or lies:
            continue
        header = pack_header(pack, centre.study, writer.site, writer.writer, centre.now())
        data = b""
        with apart(centre, writer, PACK):
            data = seal_pack(header, pack, centre.signing_seed, writer.xwing)
        if not data:
            continue
        name = bundle_name(header, file_hash(data))
        out.put_if_absent(name, data)
        if centre.store.setting(noted) != under:
            centre.store.set_setting(noted, under)
        written.append(name)
    return written

"""Publish the pack of this checkout: its files are kept for ever, and its digest is written down.

    .venv/bin/python packaging/publish_pack.py

Before: `id` and `published` stand in `anifro_desktop/forms/definitions/pack.toml`. Refused is a pack that takes
anything back from the one before it (`forms.succession`), or that is published already. After: commit `forms/packs`,
and give `pack.toml` a new id before anything else of the definitions, the protocol or a rule is changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from anifro_desktop.forms import library, loader, succession

PACKAGE = Path(library.__file__).parents[1]


def publish(packs: Path, definitions: Path, settings: Path) -> str:
    """Add a pack to an archive; returns its digest.

    Raises:
        SystemExit: it cannot be published; nothing was written.
    """
    texts = loader.texts_in(definitions)
    pack = loader.read(texts)
    if not pack.pack.published:
        raise SystemExit('pack.toml: "published" is missing')
    known = library.index(packs)
    if pack.pack.id in {entry["id"] for entry in known}:
        raise SystemExit(f"pack {pack.pack.id} is published already: give pack.toml another id")
    faults = succession.faults(library.archived(known[-1], packs), pack) if known else []
    if faults:
        raise SystemExit("\n".join(faults))
    folder = packs / library.folder_name(pack.pack.id)
    folder.mkdir()
    texts[library.SETTINGS] = settings.read_text(encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    rules = ", ".join(f'{rule} = "{version}"' for rule, version in pack.pack.rules.items())
    with (packs / library.INDEX).open("a", encoding="utf-8", newline="\n") as file:
        file.write(
            f'\n[[pack]]\nid = "{pack.pack.id}"\ndigest = "{pack.digest}"\n'
            f'protocol = "{pack.pack.protocol}"\nrules = {{ {rules} }}\n'
        )
    return pack.digest


if __name__ == "__main__":
    forms = PACKAGE / "forms"
    sys.stdout.write(
        publish(forms / "packs", forms / "definitions", PACKAGE / "study" / "protocol.toml") + "\n"
    )

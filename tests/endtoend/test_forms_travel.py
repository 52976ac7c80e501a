"""A version of the forms goes from the centre to a site, is looked at, put into use, filled and comes back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import DAY_0, PASSPHRASE, enrol, fill, type_in
from whole_study import Done, Study

from anifro_desktop.centre.office import Centre
from anifro_desktop.crypto import signing
from anifro_desktop.forms import library, loader
from anifro_desktop.store.amended import PackRow
from anifro_desktop.sync.bundle import file_hash
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.packfile import PackFile, pack_header, seal_pack
from anifro_desktop.workflows import moving, visits

MONTH_6 = date(2026, 9, 3)
NECK = """
[[section.field]]
id = "{name}"
type = "integer"
unit = "cm"
export = true
hard = {{ min = 20, max = {most} }}
required = false
label = {{ it = "Collo", en = "Neck" }}
help = {{ it = "Misurato in piedi.", en = "Measured standing." }}
"""


def definitions(folder: Path, pack: str, *questions: str, published: str = "2026-11-01") -> Path:
    """A folder of definitions: those of this program, with more questions among the vital signs."""
    source = Path(library.__file__).parent / "definitions"
    texts = loader.texts_in(source)
    texts["pack.toml"] = re.sub(
        r'^id = ".*"$', f'id = "{pack}"\npublished = {published}', texts["pack.toml"], flags=re.M
    )
    texts["vitals.toml"] += "".join(NECK.format(name=name, most=90) for name in questions)
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def publish(study: Study, folder: Path) -> Done:
    done = study.command("centre", "forms", folder, "--yes")
    assert done.code == 0, done.err
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    return done


def forms(study: Study, *rest: Any, code: str = "P03") -> Done:
    return study.command("site", "forms", *rest, data=study.site(code))


def test_from_the_centre_to_a_visit_filled_under_it_and_back(study: Study, tmp_path: Path) -> None:
    with study.at_site() as site:
        subject = enrol(site)
        fill(site, subject, "baseline", DAY_0)
    folder = definitions(tmp_path / "new", "2026.9", "neck_cm")
    looked = study.command("centre", "forms", folder)
    assert (looked.data["published"], [one["what"] for one in looked.data["changes"]]) == (False, ["Neck"])
    publish(study, folder)
    assert study.hear().code == 0
    waiting = forms(study).data["waiting"]
    assert (waiting["id"], waiting["state"], waiting["drafts"]) == ("2026.9", "ready", 1)
    with study.at_site() as site:
        assert "neck_cm" not in site.definitions.fields  # nothing changes by itself
    used = forms(study, "--use", waiting["number"])
    assert (used.code, used.data["in_use"], used.data["waiting"]) == (0, "2026.9", None)
    with study.at_site() as site:
        draft = visits.open_visit(site, subject, "baseline", DAY_0)
        assert "neck_cm" not in draft.session.definitions.fields  # begun under the old one
        draft = moving.move_to_current(site, draft)
        type_in(site, draft, {"neck_cm": "38"})
        visits.sign(site, draft, "responsible", PASSPHRASE)
    assert study.send().code == 0
    done = study.take_in()
    assert {item["bad"] for item in done.data["bundles"]} == {0}
    assert study.dataset().code == 0
    with study.at_centre() as centre:
        from anifro_desktop.centre.reading import one_subject

        found = one_subject(centre, subject)
        assert found is not None
        assert found.visits[0].answers["neck_cm"] == 38
        assert "2026.9" in {pack.pack.id for pack in found.visits[0].packs}
    assert forms(study).data["in_use"] == "2026.9"  # still so when it is opened again


def test_only_an_administrator_puts_it_into_use(study: Study, tmp_path: Path) -> None:
    publish(study, definitions(tmp_path / "new", "2026.9", "neck_cm"))
    assert study.hear().code == 0
    from anifro_desktop.workflows import new_forms
    from anifro_desktop.workflows.errors import NotYourRole

    with study.at_site() as site:
        user = replace(site.keys.user, roles=("investigator",))
        site.keys = replace(site.keys, user=user)
        with pytest.raises(NotYourRole):
            new_forms.use(site, 1)
    assert forms(study, "--use", 7).code == 1


def test_the_newest_wins_and_an_older_one_is_refused(study: Study, tmp_path: Path) -> None:
    publish(study, definitions(tmp_path / "one", "2026.8", "neck_cm"))
    (old,) = [path for path in study.stick.iterdir() if "-P03-" in path.name and "-p001-" in path.name]
    kept = old.read_bytes(), old.name
    old.unlink()
    publish(study, definitions(tmp_path / "two", "2026.9", "neck_cm", "waist2_cm", published="2026-11-02"))
    assert study.hear().code == 0
    assert forms(study).data["waiting"]["id"] == "2026.9"
    folder = tmp_path / "late"
    folder.mkdir()
    (folder / kept[1]).write_bytes(kept[0])
    late = study.command("site", "receive", folder, data=study.site())
    assert late.code == 1
    assert "older" in late.err
    assert forms(study).data["waiting"]["id"] == "2026.9"
    assert study.hear().code == 0  # again the same changes nothing


def forged(centre: Centre, seed: bytes, **facts: Any) -> tuple[str, bytes]:
    """A file as the centre would make it, but for what is given."""
    row: PackRow = centre.store.kept_packs()[-1]
    names = ("number", "id", "digest", "after", "protocol", "rules", "files")
    pack = PackFile(**({name: getattr(row, name) for name in names} | facts))
    (writer,) = [one for one in centre.store.writers() if one.site == "P03"]
    header = pack_header(pack, centre.study, "P03", writer.writer, centre.now())
    data = seal_pack(header, pack, seed, writer.xwing)
    return bundle_name(header, file_hash(data)), data


@pytest.mark.parametrize("how", ["signer", "altered", "digest", "other_site", "takes_back"])
def test_what_is_not_the_centres_word_changes_nothing(study: Study, tmp_path: Path, how: str) -> None:
    publish(study, definitions(tmp_path / "new", "2026.9", "neck_cm"))
    with study.at_centre() as centre:
        own = centre.signing_seed
        files = dict(centre.store.kept_packs()[-1].files)
        if how == "signer":
            name, data = forged(centre, signing.new_seed())
        elif how == "digest":
            files["vitals.toml"] = files["vitals.toml"].replace("max = 90", "max = 900")
            name, data = forged(centre, own, files=files)
        elif how == "takes_back":
            row = centre.store.kept_packs()[-1]
            files["pack.toml"] = re.sub(
                r'id = ".*"', f'id = "{centre.own.current.pack.id}"', files["pack.toml"]
            )
            digest = loader.read(files, protocol=row.protocol, rules=row.rules).digest
            name, data = forged(centre, own, files=files, digest=digest)
        else:
            name, data = forged(centre, own)
    if how == "altered":
        data = data[:-200] + bytes([data[-200] ^ 1]) + data[-199:]
    folder = tmp_path / "stick"
    folder.mkdir()
    file = folder / name
    file.write_bytes(data)
    where = study.site("P04" if how == "other_site" else "P03")
    done = study.command("site", "receive", file, data=where)
    assert done.code == 1, done.out
    assert forms(study).data["waiting"] is None
    assert forms(study, code="P04").data["waiting"] is None


def test_one_that_needs_a_newer_program_is_kept_and_waits(study: Study, tmp_path: Path) -> None:
    publish(study, definitions(tmp_path / "new", "2026.9", "neck_cm"))
    with study.at_centre() as centre:
        row = centre.store.kept_packs()[-1]
        rules = dict(row.rules) | {"sledai2k": "99"}
        digest = loader.read(row.files, protocol=row.protocol, rules=rules).digest
        name, data = forged(centre, centre.signing_seed, rules=rules, digest=digest)
    file = tmp_path / name
    file.write_bytes(data)
    assert study.command("site", "receive", file, data=study.site()).code == 0
    waiting = forms(study).data["waiting"]
    assert (waiting["state"], waiting["why"]) == ("held", ["rule sledai2k 99"])
    done = forms(study, "--use", waiting["number"])
    assert done.code == 1
    assert "update the program" in done.err


@pytest.mark.parametrize(("published", "words"), [("", "day of publication"), ("2026-11-01", "faults")])
def test_a_version_with_faults_does_not_leave_the_centre(
    study: Study, tmp_path: Path, published: str, words: str
) -> None:
    folder = definitions(tmp_path / "new", "2026.9", "neck_cm")
    if not published:
        text = (folder / "pack.toml").read_text(encoding="utf-8").replace("published = 2026-11-01\n", "")
        (folder / "pack.toml").write_text(text, encoding="utf-8")
    else:
        (folder / "phga.toml").unlink()
    done = study.command("centre", "forms", folder, "--yes")
    assert done.code == 1
    assert words in done.err
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    assert not [path for path in study.stick.iterdir() if "-p001-" in path.name]


def test_a_version_of_an_earlier_day_does_not_leave_the_centre(study: Study, tmp_path: Path) -> None:
    publish(study, definitions(tmp_path / "new", "2026.9", "neck_cm"))
    older = definitions(tmp_path / "older", "2026.1b", "neck_cm", "waist2_cm", published="2026-01-01")
    done = study.command("centre", "forms", older, "--yes")
    assert (done.code, "published before the one in use" in done.err) == (1, True)
    with study.at_centre() as centre:
        assert [row.id for row in centre.store.kept_packs()] == ["2026.9"]

"""What is to be read in an archive: the ODM by its schema, and the papers, page by page."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import odmlib
import xmlschema
from archive_parts import lines
from PySide6.QtWidgets import QApplication

from anifro_desktop.ui.archive_paper import Printing
from anifro_desktop.workflows.archive.making import archive
from anifro_desktop.workflows.archive.model import Archived
from anifro_desktop.workflows.archive.papers import moment
from anifro_desktop.workflows.site import Site

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"


def test_the_odm_is_valid_and_says_who_when_and_why(made: Archived, filled: str) -> None:
    schemas = list(Path(odmlib.__file__).parent.rglob("ODM1-3-2.xsd"))
    schema = xmlschema.XMLSchema(str(schemas[0]))
    for path in (made.folder / "subjects").glob("*.odm.xml"):
        schema.validate(str(path))
    root = ET.parse(made.folder / "subjects" / f"{filled}.odm.xml").getroot()
    forms = [one for one in root.iter(f"{ODM}FormData") if one.get("FormOID") == "F.laboratory"]
    assert [one.get("TransactionType") for one in forms] == ["Insert", "Update"]
    changed = {one.get("ItemOID"): one.get("Value") for one in forms[1].iter(f"{ODM}ItemData")}
    assert changed == {"I.platelets": "90"}
    audit = forms[1].find(f"{ODM}AuditRecord")
    assert audit is not None
    assert audit.findtext(f"{ODM}ReasonForChange") == "2: second sheet"
    assert forms[1].find(f"{ODM}Signature") is not None
    nulls = [one.get("ItemOID") for one in root.iter(f"{ODM}ItemData") if one.get("IsNull")]
    assert "I.temperature_c" in nulls
    texts = [
        one.get("Value") for one in root.iter(f"{ODM}ItemData") if one.get("ItemOID") == "I.summary_comment"
    ]
    assert texts == ["well & <better>"]


def test_every_reference_in_the_odm_leads_somewhere(made: Archived, filled: str) -> None:
    root = ET.parse(made.folder / "subjects" / f"{filled}.odm.xml").getroot()
    defined = {one.get("OID") for one in root.iter() if one.get("OID")}
    used = {
        value
        for one in root.iter()
        for name, value in one.attrib.items()
        if name.endswith("OID") and name not in ("OID", "FileOID")
    }
    assert used <= defined


def test_the_paper_has_all_in_words_with_page_numbers_and_the_hash_of_its_data(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication
) -> None:
    seen: dict[str, tuple[Any, list[Any]]] = {}

    def kept(paper: Any, items: Any) -> bytes:
        seen[paper.code] = (paper, list(items))
        return printing(paper, iter(seen[paper.code][1]))

    printing = Printing()
    done = archive(site, tmp_path, "en", kept)
    paper, items = seen[f"P03 · {filled}"]
    text = "\n".join(repr(item) for item in items)
    for words in (
        "Certified copy",
        "Dr. Firma di Prova",
        "the signature holds",
        "90 ×10⁹/L   [before: 84 ×10⁹/L]",
        "Source document corrected: second sheet",
        "Draft, not completed",
        "SLEDAI-2K",
        "clinical",
        "Not done",
        moment(site.clock.now().isoformat()),
    ):
        assert words in text, words
    data = done.folder / "subjects" / f"{filled}.jsonl"
    assert hashlib.sha256(data.read_bytes()).hexdigest() in paper.foot
    pdf = (done.folder / "subjects" / f"{filled}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")


def test_the_trail_on_paper_leaves_out_no_entry(
    site: Site, filled: str, tmp_path: Path, qapp: QApplication
) -> None:
    import re

    texts: list[str] = []

    def kept(paper: Any, items: Any) -> bytes:
        if paper.code.endswith(filled):
            texts.extend(getattr(item, "text", "") for item in items)
        return b"%PDF-"

    done = archive(site, tmp_path, "en", kept)
    start = next(number for number, text in enumerate(texts) if text.startswith("Audit trail of"))
    told: set[int] = set()
    for text in texts[start:]:
        if found := re.match(r"(\d+)(?:–(\d+))?  \d\d/", text):
            told |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
    about = {
        row["seq"]
        for row in lines(done.folder / "trail.jsonl")
        if row["table"] in ("draft_values", "answers", "visits") or row["record"].startswith(filled)
    }
    others = {row["seq"] for row in lines(done.folder / "trail.jsonl")} - told
    ours = {row["record"] for row in lines(done.folder / "trail.jsonl") if row["seq"] in told}
    assert {seq for seq in about & others if _record(done.folder, seq) in ours} == set()
    assert len(told) > 1000


def _record(folder: Path, seq: int) -> str:
    return str(lines(folder / "trail.jsonl")[seq - 1]["record"])

"""The study as ODM: valid for public readers, and what is read back is what the centre holds."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import odmlib
import pytest
from odmlib import loader, odm_loader
from odmlib.odm_parser import ODMSchemaValidator
from odmlib.oid_generator import create_oid_checker
from standards_builders import CODE, PLANTED, PLANTED_DAY, VOIDED, study

from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.odm import Made, snapshot, study_alone, transactional
from anifro_desktop.centre.standards.sent import sent_values
from anifro_desktop.record import value_to_json

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
MADE = Made(datetime(2026, 1, 5, 10, tzinfo=UTC), "1.0")


@pytest.fixture(scope="module")
def holding() -> Holding:
    return study()


@pytest.fixture(scope="module")
def files(holding: Holding, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("odm")
    made = {
        "snapshot": snapshot(holding, MADE),
        "history": transactional(holding, MADE),
        "study": study_alone(holding.current, MADE),
    }
    for name, pieces in made.items():
        (folder / f"{name}.xml").write_text("".join(pieces), encoding="utf-8")
    return {name: folder / f"{name}.xml" for name in made}


@pytest.mark.parametrize("name", ["snapshot", "history", "study"])
def test_public_readers_take_it(files: dict[str, Path], name: str) -> None:
    (schema,) = Path(odmlib.__file__).parent.rglob("ODM1-3-2.xsd")
    call = ["xmllint", "--noout", "--nonet", "--schema", schema, files[name]]
    assert subprocess.run(call, capture_output=True, check=False).returncode == 0
    ODMSchemaValidator(standard="odm", version="1.3.2").validate_file(str(files[name]))
    reader = loader.ODMLoader(odm_loader.XMLODMLoader(model_package="odm_1_3_2"))
    reader.open_odm_document(str(files[name]))
    root, oids = reader.root(), create_oid_checker("odm_1_3_2")
    root.verify_oids(oids)
    roots = (
        {"StudyOID", "MetaDataVersionOID"} if name == "study" else set()
    )  # without data nothing names them
    assert set(root.unreferenced_oids(oids).values()) == roots
    assert root.verify_order()


def answers(form: ET.Element) -> dict[str, str]:
    """What stands in a form: values, and the reasons of those without one."""
    found = {}
    for item in form.iter(f"{ODM}ItemData"):
        told = item.findtext(f"{ODM}Annotation/{ODM}Comment") or ""
        found[item.get("ItemOID", "")] = f"null {told}" if item.get("IsNull") else item.get("Value", "")
    return {name[2:]: value for name, value in found.items() if name.startswith("I.")}


def expected(holding: Holding, revision: object) -> dict[str, str]:
    given = sent_values(revision, holding.current, holding.library)  # type: ignore[arg-type]
    plain = {name: value_to_json(value) for name, value in given.items()}
    return {
        name: f"null {value['missing']}" if isinstance(value, dict) else str(value)
        for name, value in plain.items()
    }


def test_the_snapshot_gives_every_answer_back(files: dict[str, Path], holding: Holding) -> None:
    read = {}
    for subject in ET.parse(files["snapshot"]).getroot().iter(f"{ODM}SubjectData"):
        for event in subject.iter(f"{ODM}StudyEventData"):
            key = event.get("StudyEventRepeatKey") or event.get("StudyEventOID", "")[3:]
            for form in event.iter(f"{ODM}FormData"):
                place = subject.get("SubjectKey"), key, form.get("FormOID", "")[2:]
                assert place not in read
                read[place] = answers(form)
    held = {}
    for one in holding.subjects:
        revisions = [*one.forms.values(), *(event.revision for event in one.events)]
        revisions += [form for visit in one.visits for form in visit.forms.values()]
        for revision in revisions:
            held[revision.subject, revision.visit or "enrolment", revision.form] = expected(holding, revision)
    assert read == held
    assert read[CODE, "m06", "vitals"]["waist_cm"] == "90"  # asked by the older pack alone
    assert read[CODE, "m06", "vitals"]["weight_kg"] == "62"  # called otherwise there
    assert "null not_done" in read[CODE, "m12", "laboratory"].values()


def test_the_history_replayed_is_the_state_and_says_who_when_and_why(
    files: dict[str, Path], holding: Holding
) -> None:
    now: dict[str, dict[str, str]] = {}
    acts: dict[str, list[str]] = {}
    for form in ET.parse(files["history"]).getroot().iter(f"{ODM}FormData"):
        record, act = form.get("FormRepeatKey", ""), form.get("TransactionType", "")
        acts.setdefault(record, []).append(act)
        state = now.setdefault(record, {})
        removed = {
            item.get("ItemOID", "")[2:]
            for item in form.iter(f"{ODM}ItemData")
            if item.get("TransactionType") == "Remove"
        }
        state |= answers(form)
        for name in state if act == "Remove" else removed:
            now[record] = {
                key: value for key, value in now[record].items() if key != name and act != "Remove"
            }
        assert (form.findtext(f"{ODM}AuditRecord/{ODM}DateTimeStamp") or "").startswith("2026-01-0")
    for subject in holding.subjects:
        for visit in subject.visits:
            for revision in visit.forms.values():
                assert now[revision.id] == expected(holding, revision)
    assert acts[VOIDED] == ["Insert", "Remove"]
    text = files["history"].read_text(encoding="utf-8")
    assert "<ReasonForChange>2</ReasonForChange>" in text
    assert "<Comment>study day 183</Comment>" in text
    assert "<Signature " in text


def test_no_date_of_a_patient_and_no_name_is_in_a_file(files: dict[str, Path]) -> None:
    for path in files.values():
        text = path.read_text(encoding="utf-8")
        assert PLANTED not in text
        assert PLANTED_DAY[:10] not in text
        stamps = ET.parse(path).getroot().iter(f"{ODM}DateTimeStamp")
        assert {stamp.text for stamp in stamps} <= {
            "2026-01-02T09:00:00.000+00:00",
            "2026-01-03T09:00:00.000+00:00",
        }

"""The study as ODM: valid for public readers, and what is read back is what the centre holds."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import odmlib
import pytest
from centre_builders import enrolment
from odmlib import loader, odm_loader
from odmlib.odm_parser import OdmlibSchemaValidationError, ODMSchemaValidator
from odmlib.oid_generator import create_oid_checker
from pack_builders import LIBRARY
from standards_builders import (
    CODE,
    FIRST,
    LATER,
    MADE,
    MOVED_TO,
    OTHER,
    PLANTED,
    PLANTED_DAY,
    UNPLANNED,
    VOIDED,
    standing,
)

from anifro_desktop.centre.assembling import Received
from anifro_desktop.centre.standards.history import Holding, held
from anifro_desktop.centre.standards.odm import snapshot, study_alone
from anifro_desktop.record import Revision, value_to_json
from anifro_desktop.study.schedule import OPTIONAL, PLANNED

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"


@pytest.fixture(scope="module")
def files(
    holding: Holding, written: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    alone = tmp_path_factory.mktemp("odm") / "study.xml"
    alone.write_text(study_alone(holding.current, MADE), encoding="utf-8")
    folder = written["odm"]
    return {
        "snapshot": folder / "anifro_snapshot.xml",
        "history": folder / "anifro_transactional.xml",
        "study": alone,
    }


@pytest.fixture(scope="module")
def trees(files: dict[str, Path]) -> dict[str, ET.Element]:
    return {name: ET.parse(path).getroot() for name, path in files.items()}


@pytest.fixture(scope="module")
def validator() -> ODMSchemaValidator:
    return ODMSchemaValidator(standard="odm", version="1.3.2")


def schema_of_cdisc(*paths: Path) -> int:
    """What xmllint says of some files."""
    (schema,) = Path(odmlib.__file__).parent.rglob("ODM1-3-2.xsd")
    call = ["xmllint", "--noout", "--nonet", "--schema", schema, *paths]
    return subprocess.run(call, capture_output=True, check=False).returncode


def rules_of_odmlib(path: Path) -> None:
    """Fails where an OID names nothing or is named by nothing, or where elements stand in another order."""
    reader = loader.ODMLoader(odm_loader.XMLODMLoader(model_package="odm_1_3_2"))
    reader.open_odm_document(str(path))
    root, oids = reader.root(), create_oid_checker("odm_1_3_2")
    root.verify_oids(oids)
    assert root.unreferenced_oids(oids) == {}
    assert root.verify_order()


def test_public_readers_take_it(files: dict[str, Path], validator: ODMSchemaValidator) -> None:
    assert schema_of_cdisc(*files.values()) == 0
    for name in ("snapshot", "history"):  # what the study alone has stands in both
        validator.validate_file(str(files[name]))
    for path in files.values():
        rules_of_odmlib(path)


def test_they_would_see_a_wrong_file(
    files: dict[str, Path], validator: ODMSchemaValidator, tmp_path: Path
) -> None:
    text = files["study"].read_text(encoding="utf-8")
    question, unit, group = (
        '<Question><TranslatedText xml:lang="en">',
        "<MeasurementUnitRef ",
        "IG.ref_visits",
    )
    wrong = {
        "an unknown element": text.replace("<Protocol>", "<Protocols>").replace(
            "</Protocol>", "</Protocols>"
        ),
        "no date": re.sub('CreationDateTime="[^"]*"', 'CreationDateTime="yesterday"', text),
        "another order": re.sub(f"({question}.*?</Question>)({unit}[^>]*/>)", r"\2\1", text, count=1),
    }
    path = tmp_path / "wrong.xml"
    for what, made in wrong.items():
        assert made != text, what
        path.write_text(made, encoding="utf-8")
        assert schema_of_cdisc(path) != 0, what
    with pytest.raises(OdmlibSchemaValidationError):
        validator.validate_file(str(path))
    for made in (
        text.replace(f'ItemGroupData ItemGroupOID="{group}"', 'ItemGroupData ItemGroupOID="IG.elsewhere"'),
        text.replace("</MetaDataVersion>", '<CodeList OID="CL.idle" Name="idle" DataType="integer">'
        '<CodeListItem CodedValue="1"><Decode><TranslatedText xml:lang="en">a</TranslatedText></Decode></CodeListItem>'
        "</CodeList></MetaDataVersion>"),
    ):  # fmt: skip
        path.write_text(made, encoding="utf-8")
        with pytest.raises((AssertionError, ValueError)):
            rules_of_odmlib(path)


def test_importers_find_plain_oids_and_keys_where_something_repeats(trees: dict[str, ET.Element]) -> None:
    for name, root in trees.items():
        repeats = {
            one.get("OID"): one.get("Repeating")
            for kind in ("StudyEventDef", "FormDef", "ItemGroupDef")
            for one in root.iter(f"{ODM}{kind}")
        }
        for one in root.iter():
            for key, value in one.attrib.items():
                if key.endswith("OID") and key not in ("FileOID", "PriorFileOID"):
                    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", value), value
            for part in ("StudyEvent", "Form", "ItemGroup"):
                if one.tag == f"{ODM}{part}Data":
                    again = repeats[one.get(f"{part}OID")] == "Yes"
                    assert (one.get(f"{part}RepeatKey") is not None) == again, (name, one.attrib)
    assert {oid for oid, again in _events(trees["snapshot"]) if again == "No"} >= {"SE.baseline", "SE.m06"}


def _events(root: ET.Element) -> Iterator[tuple[str, str]]:
    return ((one.get("OID", ""), one.get("Repeating", "")) for one in root.iter(f"{ODM}StudyEventDef"))


def test_units_are_told_apart_and_limits_come_with_the_questions(trees: dict[str, ET.Element]) -> None:
    root = trees["snapshot"]
    symbols = {
        one.get("OID"): one.findtext(f"{ODM}Symbol/{ODM}TranslatedText")
        for one in root.iter(f"{ODM}MeasurementUnit")
    }
    items = {one.get("OID"): one for one in root.iter(f"{ODM}ItemDef")}

    def unit(name: str) -> str | None:
        (ref,) = items[name].iter(f"{ODM}MeasurementUnitRef")
        return symbols[ref.get("MeasurementUnitOID")]

    assert unit("I.visit_dy") == "days since enrolment"
    assert unit("I.gc1_cycle_days") == "days"
    checks = [
        (one.get("Comparator"), one.get("SoftHard"), one.findtext(f"{ODM}CheckValue"))
        for one in items["I.phga"].iter(f"{ODM}RangeCheck")
    ]
    assert checks[:2] == [("GE", "Hard", "0"), ("LE", "Hard", "3")]


def test_the_plan_and_the_settings_stand_beside_the_data(trees: dict[str, ET.Element]) -> None:
    for root in trees.values():
        rows = [
            {item.get("ItemOID"): item.get("Value") for item in group.iter(f"{ODM}ItemData")}
            for group in root.iterfind(f"{ODM}ReferenceData/{ODM}ItemGroupData")
        ]
        visits = {row["RV.key"]: row for row in rows if "RV.key" in row}
        assert list(visits) == [one.key for one in (*PLANNED, *OPTIONAL)]
        assert (visits["m12"]["RV.months"], visits["m12"]["RV.after_days"], visits["m12"]["RV.due"]) == (
            "12", "45", "planned",
        )  # fmt: skip
        settings = {row["RS.key"]: row for row in rows if "RS.key" in row}
        assert settings["schedule.day_zero"]["RS.value"] == "first_dose"


def answers(form: ET.Element) -> dict[str, str]:
    """What stands in a form: values, and the reasons of those without one."""
    found = {}
    for item in form.iter(f"{ODM}ItemData"):
        told = item.findtext(f"{ODM}Annotation/{ODM}Comment") or ""
        found[item.get("ItemOID", "")] = f"null {told}" if item.get("IsNull") else item.get("Value", "")
    return {name[2:]: value for name, value in found.items() if name.startswith("I.")}


def expected(holding: Holding, revision: Revision) -> dict[str, str]:
    given = holding.reading.values(revision)
    plain: dict[str, Any] = {name: value_to_json(value) for name, value in given.items()}
    return {
        name: f"null {value['missing']}" if isinstance(value, dict) else str(value)
        for name, value in plain.items()
    }


def records(holding: Holding) -> dict[tuple[str, str, str], Revision]:
    """What the centre holds of everybody, by subject, key and form."""
    found = {}
    for one in standing(holding):
        revisions = [*one.forms.values(), *(event.revision for event in one.events)]
        revisions += [form for visit in one.visits for form in visit.forms.values()]
        for revision in revisions:
            found[revision.subject, revision.visit or "enrolment", revision.form] = revision
    return found


def test_the_snapshot_gives_every_answer_back(trees: dict[str, ET.Element], holding: Holding) -> None:
    read = {}
    for subject in trees["snapshot"].iter(f"{ODM}SubjectData"):
        for event in subject.iter(f"{ODM}StudyEventData"):
            key = event.get("StudyEventRepeatKey") or event.get("StudyEventOID", "")[3:]
            for form in event.iter(f"{ODM}FormData"):
                place = subject.get("SubjectKey", ""), key, form.get("FormOID", "")[2:]
                assert place not in read
                read[place] = answers(form)
    assert read == {place: expected(holding, one) for place, one in records(holding).items()}
    assert read[CODE, "m06", "vitals"]["waist_cm"] == "90"  # asked by the older pack alone
    assert read[CODE, "m06", "vitals"]["weight_kg"] == "62"  # called otherwise there
    assert read[CODE, UNPLANNED, "vitals"]["weight_kg"] == "61"
    assert read[CODE, "ae-001", "adverse_event"]["ae_start_mo"] == "2"
    assert "null not_done" in read[CODE, "m12", "laboratory"].values()


def replayed(root: ET.Element) -> dict[tuple[str | None, ...], dict[str, str]]:
    """What a reader that follows the history holds at its end, under the keys of ODM."""
    now: dict[tuple[str | None, ...], dict[str, str]] = {}
    for subject in root.iter(f"{ODM}SubjectData"):
        for event in subject.iter(f"{ODM}StudyEventData"):
            for form in event.iter(f"{ODM}FormData"):
                place = (
                    subject.get("SubjectKey"), event.get("StudyEventOID"), event.get("StudyEventRepeatKey"),
                    form.get("FormOID"), form.get("FormRepeatKey"),
                )  # fmt: skip
                act = form.get("TransactionType")
                if act == "Remove":
                    del now[place]
                    continue
                assert (act == "Insert") == (place not in now)
                items = form.iter(f"{ODM}ItemData")
                gone = {one.get("ItemOID", "")[2:] for one in items if one.get("TransactionType") == "Remove"}
                state = now.get(place, {}) | answers(form)
                now[place] = {name: value for name, value in state.items() if name not in gone}
    return now


def test_the_history_replayed_is_the_state(trees: dict[str, ET.Element], holding: Holding) -> None:
    now = {place[-1]: state for place, state in replayed(trees["history"]).items()}
    assert now == {one.id: expected(holding, one) for one in records(holding).values()}
    assert VOIDED not in now


def test_the_history_says_who_when_and_why(trees: dict[str, ET.Element]) -> None:
    told = [
        (form.get("FormOID"), form.findtext(f"{ODM}AuditRecord/{ODM}DateTimeStamp"), reason)
        for form in trees["history"].iter(f"{ODM}FormData")
        if (reason := form.findtext(f"{ODM}AuditRecord/{ODM}ReasonForChange"))
    ]
    assert sorted(told, key=str) == [
        ("F.laboratory", LATER, "2: Source document corrected"),
        ("F.vitals", LATER, "void_1: Wrong patient"),
    ]
    comments = {one.text for one in trees["history"].iter(f"{ODM}Comment")}
    assert "study day 183" in comments
    assert next(trees["history"].iter(f"{ODM}Signature")).find(f"{ODM}SignatureRef") is not None


def test_a_patient_who_moved_is_of_the_new_site_and_the_records_of_who_made_them(
    trees: dict[str, ET.Element],
) -> None:
    for name in ("snapshot", "history"):
        (moved,) = (one for one in trees[name].iter(f"{ODM}SubjectData") if one.get("SubjectKey") == OTHER)
        site = moved.find(f"{ODM}SiteRef")
        assert site is not None
        assert site.get("LocationOID") == f"L.{MOVED_TO}"
        assert {one.get("UserOID") for one in moved.iter(f"{ODM}UserRef")} <= {"U.P03.U03"}
        assert {one.get("LocationOID") for one in moved.iter(f"{ODM}LocationRef")} <= {"L.P03"}


def test_a_character_that_xml_cannot_hold_breaks_no_file(holding: Holding) -> None:
    # No site lets anybody type one, but bundles come from outside.
    (name,) = (
        item.id for item in holding.current.form("enrolment").fields if item.type == "text" and item.export
    )
    odd = replace(enrolment(CODE), definition=holding.current.digest)
    odd = replace(odd, values={**odd.values, name: "a\x01\ufffe\tb"})
    (kept,) = held([(Received("P03", 1, odd), FIRST)], holding.current, LIBRARY).walk()
    (told,) = snapshot(holding, MADE).of(kept)
    read = answers(ET.fromstring(told.replace("<SubjectData", f'<SubjectData xmlns="{ODM[1:-1]}"', 1)))
    assert read[name] == "a\ufffd\ufffd\tb"


def test_no_date_of_a_patient_and_no_name_is_in_a_file(
    files: dict[str, Path], trees: dict[str, ET.Element]
) -> None:
    for name, path in files.items():
        text = path.read_text(encoding="utf-8")
        assert PLANTED not in text
        assert PLANTED_DAY[:10] not in text
        stamps = {stamp.text for stamp in trees[name].iter(f"{ODM}DateTimeStamp")}
        assert stamps <= {FIRST, LATER}

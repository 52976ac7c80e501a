"""The definitions of a study as the metadata of ODM-XML 1.3.2: visits, forms, questions, codes, results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from anifro_desktop.forms import types
from anifro_desktop.forms.model import CodeList, Definitions, Field, Form, Label
from anifro_desktop.forms.naming import entry_name
from anifro_desktop.study.visit_keys import KINDS, UNSCHEDULED, is_event, kind_of

STUDY = "ST.NCT07215754"
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_ENTITIES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
# Written once for each pack: a site has hundreds of patients.
_PACKS: dict[tuple[str, Addition | None], str] = {}


@dataclass(frozen=True, slots=True)
class Addition:
    """What a file has beside the forms: groups and items that are of no form. In such a file a mistake stands where it
    was made, so that of the visits only unscheduled ones repeat."""

    groups: str
    items: str


def attribute(text: str) -> str:
    """A text for an attribute in double quotes. What XML cannot hold, and no site lets anybody type, is marked."""
    return escape(_NOT_XML.sub("\ufffd", text), _ENTITIES)


def version_oid(digest: str) -> str:
    """The `MetaDataVersion` of a pack."""
    return f"MDV.{digest[:16]}"


def form_oid(form: str) -> str:
    """The `FormDef` of a form."""
    return f"F.{form}"


def group_oid(form: str) -> str:
    """The `ItemGroupDef` of a form: all its questions and results."""
    return f"IG.{form}"


def item_oid(name: str) -> str:
    """The `ItemDef` of a question."""
    return f"I.{name}"


def result_oid(rule: str) -> str:
    """The `ItemDef` of a result."""
    return f"R.{rule}"


def event_oid(key: str) -> str:
    """The `StudyEventDef` of a visit, an event or the forms of the subject."""
    if is_event(key):
        return f"SE.{key.partition('-')[0]}"
    return f"SE.{kind_of(key) or key or 'enrolment'}"


def fields_of(pack: Definitions, form: str) -> tuple[Field, ...]:
    """The questions of a form of a pack."""
    return next((one.fields for one in pack.forms if one.id == form), ())


def study(packs: Mapping[str, Definitions], beside: Addition | None = None) -> str:
    """The `Study` element with some packs. beside: what the file has beside the forms."""
    return (
        f'<Study OID="{STUDY}">\n<GlobalVariables><StudyName>NCT07215754</StudyName>'
        "<StudyDescription>Observational study of anifrolumab in systemic lupus erythematosus</StudyDescription>"
        f"<ProtocolName>NCT07215754</ProtocolName></GlobalVariables>\n{_units(packs.values())}"
        f"{''.join(_version(pack, beside) for pack in packs.values())}</Study>\n"
    )


def _units(packs: Iterable[Definitions]) -> str:
    known = {field.unit: field.unit_label for pack in packs for field in pack.fields.values() if field.unit}
    units = "".join(
        f'<MeasurementUnit OID="{_unit_oid(unit)}" Name="{attribute(unit)}"><Symbol>'
        f"{_both(label or Label(unit, unit))}</Symbol></MeasurementUnit>\n"
        for unit, label in sorted(known.items())
    )
    return f"<BasicDefinitions>\n{units}</BasicDefinitions>\n" if units else ""


def oid_part(text: str) -> str:
    """A text as part of an OID: importers take ASCII letters, digits, `_` and `.`."""
    return "".join(one if one.isascii() and one.isalnum() else f"_{ord(one):x}_" for one in text)


def _unit_oid(unit: str) -> str:
    return f"MU.{oid_part(unit)}"


def _version(pack: Definitions, beside: Addition | None) -> str:
    key = (pack.digest, beside)
    if key not in _PACKS:
        _PACKS[key] = _made(pack, beside)
    return _PACKS[key]


def _made(pack: Definitions, beside: Addition | None) -> str:
    events = _events(pack, every="Yes" if beside is None else "No")
    groups, items = ("", "") if beside is None else (beside.groups, beside.items)
    refs = "".join(
        f'<StudyEventRef StudyEventOID="{oid}" OrderNumber="{number}" Mandatory="No"/>'
        for number, oid in enumerate(events, 1)
    )
    name = attribute(pack.pack.id or pack.digest[:16])
    results = sorted({rule for form in pack.forms for rule in form.scores})
    return (
        f'<MetaDataVersion OID="{version_oid(pack.digest)}" Name="{name}" Description="sha256:{pack.digest}">\n'
        f"<Protocol>{refs}</Protocol>\n{''.join(events.values())}"
        f"{''.join(map(_form, pack.forms))}{''.join(map(_group, pack.forms))}{groups}"
        f"{''.join(map(_item, pack.fields.values()))}{''.join(map(_result, results))}{items}"
        f"{''.join(map(_codes, pack.code_lists.values()))}</MetaDataVersion>\n"
    )


def _events(pack: Definitions, every: str) -> dict[str, str]:
    """Each `StudyEventDef` by its OID. Every form may stand at any visit: what was asked when is in the codebook.
    every: whether a planned visit repeats too (`Yes`, `No`)."""
    subject = {"": pack.of_level("subject"), "history": pack.of_level("subject")}
    visit = dict.fromkeys(KINDS, pack.of_level("visit"))
    event = {f"{form.prefix}-001": (form,) for form in pack.of_level("event")}
    found = {}
    for key, forms in {**subject, **visit, **event}.items():
        oid = event_oid(key)
        label = pack.event_form(key).label if is_event(key) else entry_name(pack, key)
        refs = "".join(
            f'<FormRef FormOID="{form_oid(form.id)}" OrderNumber="{number}" Mandatory="No"/>'
            for number, form in enumerate(forms, 1)
        )
        kind = "Common" if is_event(key) else "Unscheduled" if kind_of(key) == UNSCHEDULED else "Scheduled"
        repeats = every if kind == "Scheduled" else "Yes"
        found[oid] = (
            f'<StudyEventDef OID="{oid}" Name="{attribute(label.en)}" Repeating="{repeats}" Type="{kind}">'
            f"<Description>{_both(label)}</Description>{refs}</StudyEventDef>\n"
        )
    return found


def _form(form: Form) -> str:
    return (
        f'<FormDef OID="{form_oid(form.id)}" Name="{attribute(form.label.en)}" Repeating="Yes">'
        f"<Description>{_both(form.label)}</Description>"
        f'<ItemGroupRef ItemGroupOID="{group_oid(form.id)}" Mandatory="No"/></FormDef>\n'
    )


def _group(form: Form) -> str:
    oids = [item_oid(field.id) for field in form.fields]
    oids += [oid for rule in form.scores for oid in (result_oid(rule), f"{result_oid(rule)}.parts")]
    refs = "".join(
        f'<ItemRef ItemOID="{oid}" OrderNumber="{number}" Mandatory="No"/>'
        for number, oid in enumerate(oids, 1)
    )
    return (
        f'<ItemGroupDef OID="{group_oid(form.id)}" Name="{attribute(form.label.en)}" Repeating="No">'
        f"<Description>{_both(form.label)}</Description>{refs}</ItemGroupDef>\n"
    )


def _item(field: Field) -> str:
    kind = types.TYPES[field.type].ODM
    length = {"integer": ' Length="10"', "float": f' Length="18" SignificantDigits="{field.decimals}"'}
    size = length.get(kind, f' Length="{field.max_length}"' if kind == "text" else "")
    unit = f'<MeasurementUnitRef MeasurementUnitOID="{_unit_oid(field.unit)}"/>' if field.unit else ""
    codes = f'<CodeListRef CodeListOID="CL.{field.codes.id}"/>' if field.codes is not None else ""
    return (
        f'<ItemDef OID="{item_oid(field.id)}" Name="{field.id}" DataType="{kind}"{size}>'
        f"<Question>{_both(field.label)}</Question>{unit}{_limits(field)}{codes}</ItemDef>\n"
    )


def _limits(field: Field) -> str:
    """What a value may not pass, and what is asked about beyond."""
    return "".join(
        f'<RangeCheck Comparator="{comparator}" SoftHard="{kind}"><CheckValue>{end:f}</CheckValue></RangeCheck>'
        for kind, limits in (("Hard", field.hard), ("Soft", field.soft))
        if limits is not None
        for comparator, end in (("GE", limits.low), ("LE", limits.high))
    )


def _result(rule: str) -> str:
    oid = result_oid(rule)
    return (
        f'<ItemDef OID="{oid}" Name="{rule}" DataType="text" Length="64"/>\n'
        f'<ItemDef OID="{oid}.parts" Name="{rule} parts" DataType="text" Length="20000"/>\n'
    )


def _codes(codes: CodeList) -> str:
    listed = "".join(
        f'<CodeListItem CodedValue="{code.value}"><Decode>{_both(code.label)}</Decode></CodeListItem>'
        for code in (*codes.codes, *codes.withdrawn)
    )
    return f'<CodeList OID="CL.{codes.id}" Name="{codes.id}" DataType="integer">{listed}</CodeList>\n'


def _both(label: Label) -> str:
    return "".join(
        f'<TranslatedText xml:lang="{lang}">{escape(label.get(lang))}</TranslatedText>'
        for lang in ("en", "it")
    )

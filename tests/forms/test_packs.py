"""Packs of the study: published ones never change, a new one takes nothing back, and moving loses no answer."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from forms_builders import ENROLLED, SUBJECT, TODAY, definition_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from pack_builders import (
    CURRENT,
    FOREIGN,
    FOREIGN_LIBRARY,
    GONE,
    GONE_CODE,
    LIBRARY,
    NEW,
    OLDER,
    RENAMED,
    WAIST,
    WITHDRAWN,
    current_texts,
    older_texts,
)

from anifro_desktop.forms import library, loader, moving, succession, types
from anifro_desktop.forms.codebook import blocks
from anifro_desktop.forms.document import markdown
from anifro_desktop.forms.loader import read
from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.forms.moving import Move, between
from anifro_desktop.forms.scoring import score_json, score_of
from anifro_desktop.forms.session import PastVisit, Visit, VisitSession
from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Missing, Note
from anifro_desktop.scores.model import Score
from anifro_desktop.study.protocol import PROTOCOL, digest_of

PUBLISH = Path(__file__).parents[2] / "packaging" / "publish_pack.py"
SETTINGS = Path(loader.__file__).parents[1] / "study" / "protocol.toml"
SEEN = LIBRARY.by_digest(OLDER.digest)
assert SEEN is not None
VISIT = "m06"


def session(pack: Definitions, answers: Mapping[str, Any] | None = None, **more: Any) -> VisitSession:
    forms = [form.id for form in pack.of_visit(VISIT)]
    visit = VisitSession(pack, forms, SUBJECT, Visit(VISIT, TODAY), today=TODAY, **more)
    for name, value in (answers or {}).items():
        visit.set_value(name, value)
    return visit


def everything(visit: VisitSession) -> tuple[Entry, ...]:
    return visit.entries(item.id for form in visit.forms for item in form.fields)


def moved(old: VisitSession) -> tuple[Move, VisitSession]:
    new = session(CURRENT)
    return moving.move(everything(old), old.definitions, new, old.scores), new


# Published packs


def test_every_published_pack_still_has_its_digest_and_takes_nothing_back() -> None:
    entries = library.index()
    packs = [library.archived(entry) for entry in entries]
    for entry, pack in zip(entries, packs, strict=True):
        assert (pack.digest, pack.pack.id) == (entry["digest"], entry["id"])
        text = (library.PACKS / library.folder_name(entry["id"]) / library.SETTINGS).read_text(
            encoding="utf-8"
        )
        assert digest_of(text) == entry["protocol"]
    current = loader.load()
    assert current.pack.id
    if packs and packs[-1].digest != current.digest:
        packs.append(current)
    for before, after in pairwise(packs):
        assert succession.faults(before, after) == []


def test_the_digest_is_of_the_whole_pack() -> None:
    texts = definition_texts()
    plain = read(texts)
    rules = dict(plain.pack.rules)
    assert read(texts, protocol=PROTOCOL.digest(), rules=rules).digest == plain.digest
    assert digest_of(SETTINGS.read_text(encoding="utf-8")) == PROTOCOL.digest()
    others = {
        read(texts, protocol="0" * 64).digest,
        read(texts, rules={**rules, "lldas": "2-0000000000000000"}).digest,
        read({**texts, "pack.toml": texts["pack.toml"].replace("2026.1-draft", "2026.1")}).digest,
        read({**texts, "vitals.toml": texts["vitals.toml"].replace("max = 45", "max = 44")}).digest,
    }
    assert len(others - {plain.digest}) == 4


@pytest.fixture
def publishing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("publish_pack", PUBLISH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def folder_of(place: Path, texts: Mapping[str, str]) -> Path:
    place.mkdir()
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def published(texts: Mapping[str, str]) -> dict[str, str]:
    return {**texts, "pack.toml": texts["pack.toml"] + "published = 2026-11-30\n"}


def test_a_published_pack_is_read_again_as_it_was(publishing: ModuleType, tmp_path: Path) -> None:
    packs = folder_of(tmp_path / "packs", {"index.toml": ""})
    digests = [
        publishing.publish(packs, folder_of(tmp_path / name, published(texts)), SETTINGS)
        for name, texts in (("one", older_texts()), ("two", current_texts()))
    ]
    entries = library.index(packs)
    assert [entry["id"] for entry in entries] == ["2026.1", "2027.1"]
    read_again = [library.archived(entry, packs) for entry in entries]
    assert [pack.digest for pack in read_again] == digests
    assert read_again[0].pack.published == "2026-11-30"
    assert read_again[0].pack.rules == loader.rules_here()
    assert digest_of((packs / "2026_1" / "protocol.toml").read_text(encoding="utf-8")) == PROTOCOL.digest()


def test_what_cannot_be_published_leaves_the_archive_alone(publishing: ModuleType, tmp_path: Path) -> None:
    packs = folder_of(tmp_path / "packs", {"index.toml": ""})
    draft = folder_of(tmp_path / "draft", older_texts())
    with pytest.raises(SystemExit, match="published"):
        publishing.publish(packs, draft, SETTINGS)
    first = folder_of(tmp_path / "one", published(older_texts()))
    publishing.publish(packs, first, SETTINGS)
    with pytest.raises(SystemExit, match=r"2026\.1 is published already"):
        publishing.publish(packs, first, SETTINGS)
    without = {**current_texts(), "tombstones.toml": ""}
    with pytest.raises(SystemExit, match=r'"waist_cm" is gone without a tombstone'):
        publishing.publish(packs, folder_of(tmp_path / "two", published(without)), SETTINGS)
    assert sorted(path.name for path in packs.iterdir()) == ["2026_1", "index.toml"]


# What a new pack may not do


def test_the_second_pack_is_a_fair_successor_and_a_different_one() -> None:
    assert succession.faults(OLDER, CURRENT) == []
    assert OLDER.digest != CURRENT.digest
    assert OLDER.pack.protocol != CURRENT.pack.protocol
    assert succession.faults(OLDER, OLDER) == [
        'pack "2026.1" was published: a changed one needs another id (pack.toml)'
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "tombstones.toml",
            'old = "pred1_mg"',
            'old = "pred9_mg"',
            'id "pred1_mg" is gone without a tombstone',
        ),
        (
            "codelists.toml",
            'it = "Farr", en = "Farr"',
            'it = "ELISA", en = "ELISA"',
            'code 2 of list dsdna_method has another label: a new meaning needs a new code, new words "reworded" in '
            "pack.toml",
        ),
        (
            "codelists.toml",
            "withdrawn = [{ value = 8,",
            "withdrawn = [{ value = 9,",
            'code 8 of list dsdna_method is gone: it must stand in "withdrawn"',
        ),
        (
            "vitals.toml",
            'unit = "cm"\n',
            'unit = "kg"\n',
            '"height_cm" has the unit kg, before cm: it needs a new id',
        ),
        (
            "vitals.toml",
            'id = "systolic_bp"\ntype = "integer"\n',
            'id = "systolic_bp"\ntype = "decimal"\ndecimals = 1\n',
            '"systolic_bp" has the type decimal, before integer: it needs a new id',
        ),
        (
            "tombstones.toml",
            'new = "gc1_mg"',
            'new = "weight_kg"',
            '"pred1_mg" and "body_mass_kg" have both become "weight_kg"',
        ),
        (
            "adverse_event.toml",
            'prefix = "ae"',
            'prefix = "av"',
            'form "adverse_event" of events is gone or has another prefix',
        ),
    ],
)
def test_a_pack_that_takes_something_back_is_named(file: str, old: str, new: str, sentence: str) -> None:
    texts = current_texts()
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    assert sentence in succession.faults(OLDER, read(texts))


def test_ids_and_codes_that_went_never_come_back() -> None:
    texts = {**current_texts(), "tombstones.toml": ""}
    texts["pack.toml"] = texts["pack.toml"].replace("2027.1", "2028.1")
    texts["phga.toml"] += WAIST
    lists = texts["codelists.toml"]
    texts["codelists.toml"] = lists.replace(f"withdrawn = [{GONE}]\ncodes = [", f"codes = [{GONE},")
    found = succession.faults(CURRENT, read(texts))
    assert 'id "waist_cm" was used before and may not be used again' in found
    assert 'the tombstone of "pred1_mg" was changed or taken away' in found
    assert "code 8 of list dsdna_method was withdrawn and may not be used again" in found


def test_what_the_program_reads_by_name_stays() -> None:
    texts = {name: re.sub(r"\bvisit_date\b", "day_of_visit", text) for name, text in current_texts().items()}
    texts["pack.toml"] = texts["pack.toml"].replace("2027.1", "2028.1")
    found = succession.faults(CURRENT, read(texts))
    assert (
        'id "visit_date" is read by the program by its name: it can be neither renamed nor withdrawn' in found
    )


def test_new_words_for_the_same_meaning_are_said_as_such() -> None:
    texts = current_texts()
    texts["codelists.toml"] = texts["codelists.toml"].replace(
        'it = "Farr", en = "Farr"', 'it = "RIA", en = "RIA"'
    )
    texts["pack.toml"] += 'reworded = ["dsdna_method/2"]\n'
    assert succession.faults(OLDER, read(texts)) == []


# Reading an older pack


def test_the_library_knows_its_packs_and_no_others() -> None:
    assert LIBRARY.by_digest(CURRENT.digest) is CURRENT
    assert LIBRARY.by_digest("f" * 64) is None
    assert SEEN.names == RENAMED
    assert SEEN.foreign == {"response"}
    assert [pack.digest for pack in LIBRARY.packs([CURRENT.digest, OLDER.digest, "?"])] == [
        OLDER.digest,
        CURRENT.digest,
    ]


def test_an_id_is_followed_over_several_renamings() -> None:
    stones = CURRENT.tombstones
    assert library.successor("pred1_mg", CURRENT.fields, stones) == "gc1_mg"
    assert library.successor(WITHDRAWN, CURRENT.fields, stones) == ""
    first = stones["pred1_mg"]
    chain = {"a": first, "gc1_mg": stones["body_mass_kg"], "pred1_mg": first}
    assert library.successor("pred1_mg", {"weight_kg"}, chain) == "weight_kg"


def test_a_rule_that_is_given_the_result_of_a_changed_one_has_changed_too() -> None:
    rules = {**CURRENT.pack.rules, "prednisone": "9-0000000000000000"}
    assert library.seen_from(replace(OLDER, pack=replace(OLDER.pack, rules=rules)), CURRENT).foreign == {
        "prednisone",
        "sledas",
        "doris",
        "lldas",
        "sfi",
    }


ANSWERS: Mapping[str, Any] = {
    "gc_oral": 1,
    "gc1_drug": 1,
    "gc1_mg": Decimal("12.5"),
    "gc1_cycle_days": 1,
    "gc_second": 0,
    "weight_kg": Decimal("62.5"),
    "alopecia": 1,
    "phga": Decimal("1.2"),
    "systolic_bp": 120,
}


def in_older_ids(answers: Mapping[str, Any]) -> dict[str, Any]:
    back = {now: old for old, now in RENAMED.items()}
    return {back.get(name, name): value for name, value in answers.items()}


def test_an_older_pack_is_scored_as_the_current_one_where_their_rules_are_the_same() -> None:
    past = {"previous": PastVisit("m03", ENROLLED, in_older_ids(ANSWERS))}
    old = session(SEEN, in_older_ids(ANSWERS), previous=past["previous"])
    new = session(CURRENT, ANSWERS, previous=PastVisit("m03", ENROLLED, ANSWERS))
    assert old.scores["prednisone"].value == 12.5
    assert {name: score.value for name, score in old.scores.items()} == {
        name: score.value for name, score in new.scores.items()
    }
    assert (
        "pred1_mg"
        in session(SEEN, {"gc_oral": 1, "gc1_drug": 1, "gc1_cycle_days": 1}).scores["prednisone"].missing
    )


def test_a_result_of_another_version_of_its_rule_is_shown_as_recorded() -> None:
    foreign = FOREIGN_LIBRARY.by_digest(FOREIGN.digest)
    assert foreign is not None
    recorded = Score("sfi", "severe", True)
    old = session(foreign, in_older_ids(ANSWERS), recorded={"sfi": recorded})
    old.set_value("phga", Decimal("3"))
    assert (old.scores["sfi"].value, old.scores["sfi"].complete) == ("severe", True)
    assert old.changes("sfi").previous is None
    # What was not recorded is open, in every part that a reader looks for.
    never = session(foreign).scores["sfi"]
    assert (never.value, never.complete, never.missing) == (None, False, ())
    assert never.parts.keys() == session(CURRENT).scores["sfi"].parts.keys() == old.scores["sfi"].parts.keys()


def test_answers_of_one_pack_are_read_under_the_ids_of_another() -> None:
    given = {**in_older_ids(ANSWERS), WITHDRAWN: 90}
    now = between(given, SEEN, CURRENT)
    assert now == dict(ANSWERS)
    assert between(now, CURRENT, SEEN) == in_older_ids(ANSWERS)


def test_a_withdrawn_code_keeps_its_label_everywhere() -> None:
    field = CURRENT.fields["dsdna_method"]
    assert types.TYPES["choice"].text(GONE_CODE, field, "en") == "Immunofluorescence"
    assert types.from_json(field, GONE_CODE) == GONE_CODE
    text = markdown(blocks(CURRENT, "en"))
    assert "8: Immunofluorescence (withdrawn)" in text
    assert "`pred1_mg` → `gc1_mg`: Amendment for a test" in text
    assert "Version: 2027.1 (draft, not published)" in text


def test_a_score_comes_back_as_it_went() -> None:
    visit = session(CURRENT, ANSWERS)
    for score in visit.scores.values():
        assert score_json(score_of(score_json(score))) == score_json(score)
        assert score_of(score_json(score)).value == score.value


# Moving


def test_the_preview_says_what_becomes_of_every_answer() -> None:
    old = session(
        SEEN, {**in_older_ids(ANSWERS), WITHDRAWN: 90, "height_cm": Decimal("250"), "dsdna_method": GONE_CODE}
    )
    old.lang = "en"
    move, new = moved(old)
    assert (move.old, move.new) == (OLDER.pack, CURRENT.pack)
    assert {item.field: item.now for item in move.renamed} == RENAMED
    assert [(item.field, item.text.en) for item in move.aside] == [(WITHDRAWN, "90")]
    assert move.aside[0].label.en == "Waist"
    assert {(item.field, item.text.en) for item in move.unfit} == {
        ("height_cm", "250"),
        ("dsdna_method", "Immunofluorescence"),
    }
    assert [item.id for item in move.opened] == [NEW]
    assert move.scores == ()
    assert move.kept == len(old.answers) - 3
    assert new.answers["gc1_mg"] == Decimal("12.5")
    for name, raw in (("height_cm", "250"), ("dsdna_method", "Immunofluorescenza")):
        state = new.state(name)
        assert (state.value, state.raw_text) == (None, raw)
        assert state.problem is not None
        assert state.problem.severity == "hard"


def test_a_move_names_the_results_that_will_differ() -> None:
    foreign = FOREIGN_LIBRARY.by_digest(FOREIGN.digest)
    assert foreign is not None
    old = session(foreign, in_older_ids(ANSWERS), recorded={"sfi": Score("sfi", "severe", True)})
    move, new = moved(old)
    assert [(item.score, item.before and item.before.value) for item in move.scores] == [("sfi", "severe")]
    assert move.scores[0].after == new.scores["sfi"]


def test_what_was_typed_and_not_understood_and_what_was_said_of_an_answer_moves_too() -> None:
    old = session(SEEN)
    old.set_text("body_mass_kg", "62 kili")
    old.set_value("pred1_mg", Decimal("80"), note=Note("transcribed"))
    old.set_missing("systolic_bp", Missing.NOT_DONE)
    move, new = moved(old)
    assert new.state("weight_kg").raw_text == "62 kili"
    assert {entry.field: entry for entry in move.entries}["gc1_mg"].note_json == Note("transcribed").to_json()
    assert new.answers["systolic_bp"] is Missing.NOT_DONE
    assert move.unfit == ()


def test_a_draft_of_an_unknown_pack_moves_by_its_ids() -> None:
    new = session(CURRENT)
    entries = [Entry("pred1_mg", "5", None), Entry("some_old_id", 3, None), Entry("dsdna_method", 77, None)]
    move = moving.move(entries, None, new, {})
    assert move.old is None
    assert [(item.field, item.text.en) for item in move.aside] == [("some_old_id", "3")]
    assert [item.field for item in move.unfit] == ["dsdna_method"]
    assert new.state("dsdna_method").raw_text == "77"
    assert {entry.field: entry for entry in move.entries}["gc1_mg"].value_json == "5"


@pytest.mark.parametrize("reason", list(Missing))
def test_a_missing_reason_that_is_no_longer_offered_stays_readable(reason: Missing) -> None:
    item = CURRENT.fields["visit_date"]
    assert item.missing == ()
    fitted = moving.fit(item, Entry("day", {"missing": reason.value}, None), "en")
    assert (fitted.value_json, bool(fitted.raw_text)) == (None, True)


OLD_FIELDS = [item for form in SEEN.of_visit(VISIT) for item in form.fields if not item.derive]


def value_of(item: Field, draw: st.DrawFn) -> Any:
    if item.missing and draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(item.missing))
    if item.codes is not None:
        return draw(st.sampled_from([code.value for code in (*item.codes.codes, *item.codes.withdrawn)]))
    if item.hard is not None:
        low, high = int(item.hard.low) + 1, int(item.hard.high)
        number = draw(st.integers(min(low, high), high))
        return number if item.type == "integer" else Decimal(number)
    if item.type == "date":
        return draw(st.dates(date(2026, 5, 23), TODAY))
    return draw(st.sampled_from(["2026-06", "2026"])) if item.type == "partial_date" else "x y z"


@st.composite
def drafts(draw: st.DrawFn) -> list[Entry]:
    """What a draft of the older pack may hold: values, texts that are none, notes; hidden questions included."""
    items = draw(st.lists(st.sampled_from(OLD_FIELDS), max_size=25, unique_by=lambda item: item.id))
    always = draw(st.sampled_from([(), ("pred1_mg", WITHDRAWN, "height_cm", "dsdna_method")]))
    items += [SEEN.fields[name] for name in always if SEEN.fields[name] not in items]
    found = []
    for item in items:
        if item.type == "moment":
            continue
        note = draw(st.sampled_from([None, Note("override", 1, "why").to_json()]))
        if draw(st.integers(0, 5)) == 0:
            found.append(Entry(item.id, None, note, "12,,5 ?"))
        else:
            found.append(Entry(item.id, types.to_json(item, value_of(item, draw)), note))
    return found


@given(drafts())
@settings(max_examples=60, deadline=None)
def test_moving_never_loses_an_answer(entries: list[Entry]) -> None:
    old = session(SEEN)
    old.load_entries(entries)
    move, new = moved(old)
    aside = {item.field: item.text.en for item in move.aside}
    now = {entry.field: entry for entry in everything(new)}
    for entry in entries:
        name = RENAMED.get(entry.field, entry.field)
        if name == WITHDRAWN:
            assert aside[name]
            continue
        kept = now[name]
        assert kept.note_json == entry.note_json
        if kept.value_json != entry.value_json:
            assert kept.raw_text
            assert name in {item.field for item in move.unfit}
        else:
            assert kept.raw_text == entry.raw_text
    assert {entry.field for entry in everything(new) if moving.is_given(entry)} <= {
        RENAMED.get(entry.field, entry.field) for entry in everything(old)
    }
    saved = {entry.field: entry for entry in move.entries}
    assert all(saved[old_id] == Entry(old_id, None, None) for old_id in RENAMED if old_id in saved)

"""The worked patients, followed from the site's store through bundle and centre into the Stata file.

Used by the test that enters them with commands and by the one that types them into the window.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas
import pytest
from study_parts import comparable, expected, expected_subject, sent_records
from whole_study import Study, centre_scores

from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.writer_keys import key_for
from anifro_desktop.sync.bundle import Opened, file_hash, open_bundle

# Column of the data set, and what the vectors call it.
_COLUMNS = {
    "sledai2k": "sledai2k",
    "sledai2k_clin": "clinical",
    "sledai2k_sero": "serologic",
    "sledai2k_min": "minimum",
    "sledas_2dp": "sledas",
    "pred_eq": "pred_eq",
    "doris": "doris",
    "lldas": "lldas",
    "lldas_no_new": "lldas_no_new",
    "sledas_rem": "sledas_remission",
    "sledas_lda": "sledas_lda",
    "proteinuria": "proteinuria",
    "sfi": "sfi",
    "clasi_activity": "clasi",
    "clasi_damage": "clasi_damage",
    "clasi_band": "clasi_band",
    "clasi50": "clasi50",
    "joints_tjc28": "tjc28",
    "joints_sjc28": "sjc28",
    "sdi": "sdi",
    "facit_fatigue": "facit",
    "eq5d_index": "eq5d",
    "pain_100": "pain",
}
# The codes of the data set for what the vectors say in words.
_CODES = {
    "sfi": {"none": 0, "mild_moderate": 1, "severe": 2},
    "clasi_band": {"mild": 1, "moderate": 2, "severe": 3},
}

_NO_FLARE = {"value": None, "parts": {"bliss_fired": []}}  # at baseline none is asked


def shown(scores: dict[str, Any]) -> dict[str, Any]:
    """The scores of a visit by the names of the vectors; numbers as numbers."""
    sledai, sledas, clasi, joints = (scores[name] for name in ("sledai2k", "sledas", "clasi", "joints"))
    flare = scores.get("sfi", _NO_FLARE)
    change = comparable(clasi["parts"]["pct_change"])
    return {
        "sledai2k": sledai["value"],
        "clinical": sledai["parts"]["clinical"],
        "serologic": sledai["parts"]["serologic"],
        "minimum": sledai["minimum"],
        "sledas": comparable(sledas["parts"].get("score_2dp")),
        "sledas_remission": sledas["parts"]["sledas_remission"],
        "sledas_lda": sledas["parts"]["sledas_lda"],
        "pred_eq": comparable(scores["prednisone"]["parts"]["pred_eq"]),
        "doris": scores["doris"]["value"],
        "doris_gc": scores["doris"]["parts"]["doris_gc"],
        "lldas": scores["lldas"]["value"],
        "lldas_gc": scores["lldas"]["parts"]["lldas_gc"],
        "lldas_no_new": scores["lldas"]["parts"]["lldas_no_new"],
        "sfi": flare["value"],
        "sfi_fired": flare["parts"]["bliss_fired"],
        "clasi": clasi["value"],
        "clasi_band": clasi["parts"]["band"],
        "clasi_damage": clasi["parts"]["damage"],
        "clasi_change": None if change is None else round(change, 1),
        "clasi50": clasi["parts"]["clasi50"],
        "tjc28": joints["parts"]["tjc28"],
        "sjc28": joints["parts"]["sjc28"],
        "active28": joints["value"],
        "sdi": scores["sdi"]["value"],
        "facit": comparable(scores["facit_fatigue"]["value"]),
        "eq5d": comparable(scores["eq5d5l"]["value"]),
        "pain": comparable(scores["pain_vas"]["value"]),
    }


def wanted(visit: dict[str, Any]) -> dict[str, Any]:
    """What a visit of the vectors expects of its scores, numbers as numbers."""
    facts = {name: value for name, value in visit.items() if name not in ("visit", "proteinuria")}
    return {name: comparable(value) if name == "sledas" else value for name, value in facts.items()}


def check_classes(found: dict[str, Any], subject: dict[str, Any], where: str) -> None:
    """Compare what the classification criteria came to with the vector."""
    slicc, eular = found["slicc2012"]["parts"], found["eular2019"]
    values = {
        **{name: found[name]["value"] for name in ("acr1997", "slicc2012", "eular2019")},
        "slicc2012_clinical": slicc["n_clinical"],
        "slicc2012_immunologic": slicc["n_immunologic"],
        "eular2019_points": eular["parts"]["total"],
        "eular2019_least": eular["minimum"],
    }
    assert {name: values[name] for name in subject} == subject, where


def check_scores(found: dict[str, Any], visit: dict[str, Any], where: str) -> None:
    """Compare the scores of one visit with the vector."""
    values = shown(found)
    expectation = wanted(visit)
    assert {name: values[name] for name in expectation} == expectation, where


def opened_bundles(study: Study) -> list[Opened]:
    """Every data bundle on the stick, opened with the centre's key."""
    with study.at_centre() as centre:
        return [_opened(centre, path.read_bytes()) for path in sorted(study.stick.glob("*-e001-*.anfb"))]


def _opened(centre: Centre, data: bytes) -> Opened:
    return open_bundle(
        data,
        expect_type="data",
        key_for=lambda header: key_for(centre, header, file_hash(data)),
        seed_for=centre.opening_seed,
        min_suite=2,
    )


def check_chain(study: Study, subjects: dict[str, str]) -> None:
    """Store, bundle, centre and data set agree with the vectors. subjects: vector name to study code."""
    stored = _stored(study)
    classified = _classified(study)
    carried = {
        (item.subject, item.visit): dict(item.scores)
        for opened in opened_bundles(study)
        for item in sent_records(opened)
        if item.form == "visit_summary"
    }
    held = centre_scores(study)
    table = _table(study.results / "visit.dta")
    for name, subject in subjects.items():
        visits = [key for code, key in stored if code == subject]
        wanted_visits = expected(name)
        check_classes(classified[subject], expected_subject(name), name)
        assert len(visits) == len(wanted_visits), name
        for number, (key, visit) in enumerate(zip(visits, wanted_visits, strict=True)):
            assert key == visit.get("visit", key)
            for place, scores in (("store", stored), ("bundle", carried), ("centre", held)):
                check_scores(scores[subject, key], visit, f"{name}, visit {number + 1}, {place}")
            _check_line(table[subject, key], visit, f"{name}, visit {number + 1}, data set")


def _stored(study: Study) -> dict[tuple[str, str], dict[str, Any]]:
    with study.at_site() as site:
        order = {(row.subject, row.key): row.date for row in site.clinical.visits() if row.key}
        found = {
            (item.subject, item.visit): dict(item.scores)
            for item in site.clinical.revisions(form="visit_summary")
        }
    return dict(sorted(found.items(), key=lambda item: (item[0][0], str(order[item[0]]))))


def _classified(study: Study) -> dict[str, dict[str, Any]]:
    """The classification of each subject, the same at the site and at the centre."""
    with study.at_site() as site:
        found = {item.subject: dict(item.scores) for item in site.clinical.revisions(form="classification")}
    with study.at_centre() as centre:
        held = {subject.code: dict(subject.scores) for subject in all_subjects(centre)}
    assert {code: held[code] for code in found} == found
    return found


def _table(file: Path) -> dict[tuple[str, str], dict[str, Any]]:
    frame = pandas.read_stata(file, convert_missing=True, convert_categoricals=False)
    return {(row["subj_id"], row["visit_key"]): row for row in frame.to_dict("records")}


def _check_line(row: dict[str, Any], visit: dict[str, Any], where: str) -> None:
    assert row["rescored"] == 1, where
    assert row["signed"] == 1, where
    for column, name in _COLUMNS.items():
        if name not in visit:
            continue
        value = wanted(visit).get(name, visit[name])
        value = _CODES[name][value] if name in _CODES and value is not None else value
        cell = row[column]
        # 0 and 1 are facts; what is not known is a missing value of Stata's, never a number.
        told = None if str(cell).startswith(".") else float(cell)
        assert told == (None if value is None else pytest.approx(float(value))), (where, column)

"""The counts of a site and of the centre, by commands: they agree when all has come, and say what differs when not."""

from __future__ import annotations

import csv
import json
from typing import Any

from leaks import Search, words_of
from study_parts import vector
from whole_study import Study


def at_site(study: Study) -> dict[str, Any]:
    return dict(study.command("site", "counts").data)


def kinds(counts: dict[str, Any]) -> list[str]:
    return [gap["kind"] for gap in counts["differences"]]


def test_what_was_entered_is_what_was_merged(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    assert kinds(at_site(study)) == ["not_sealed"]
    study.send()
    study.take_in()
    assert kinds(at_site(study)) == ["not_received"]
    study.hear()
    here = at_site(study)
    assert here["differences"] == []
    (there,) = (one for one in study.command("centre", "counts", "P03").data if one["site"] == "P03")
    assert len({here["totals"][name] for name in ("entered", "sealed", "received", "merged")}) == 1
    assert there["versions"] == here["totals"]["merged"] > 10
    assert {(one["subject"], one["form"]): one["entered"] for one in here["lines"]} == {
        (subject, form): count for subject, forms in there["merged"].items() for form, count in forms.items()
    }


def test_a_lost_bundle_shows_in_the_counts_and_in_the_log(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    lost = study.send().data["name"]
    (study.stick / lost).unlink()
    assert study.enter(vector("v4")).code == 0
    study.send()
    study.take_in()
    study.hear()
    assert [(gap["kind"], gap["bundles"]) for gap in at_site(study)["differences"]] == [
        ("not_received", [1, 2])
    ]
    log = study.command("site", "log").data
    assert [[event["event"] for event in one["events"]] for one in log] == [
        ["sealed", "put", "held"],
        ["sealed", "put", "asked_again"],
    ]
    study.send()
    study.take_in()
    study.hear()
    assert at_site(study)["differences"] == []


def test_beginning_anew_counts_no_version_twice(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    study.send()
    study.take_in()
    study.hear()
    before = at_site(study)["totals"]
    with study.at_site() as site:
        site.clinical.start_epoch("a restored backup")
    study.send()
    study.take_in()
    study.hear()
    assert at_site(study)["differences"] == []
    assert at_site(study)["totals"] == before


def test_the_log_is_a_table_without_anybody(study: Study) -> None:
    content = vector("v1")
    assert study.enter(content).code == 0
    study.send()
    with study.at_site() as site:
        people = [word for person in site.names.values() for word in words_of(person)]
        codes = [row.code for row in site.clinical.subjects()]
    table = study.root / "log.csv"
    done = study.command("site", "log", "--csv", table)
    assert done.code == 0, done.err
    data = table.read_bytes()
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["event"] for row in rows] == ["sealed", "put"]
    assert Search(people, ()).find(data) == set()
    assert all(code.encode() not in data for code in codes)


def test_a_stick_called_after_somebody_is_named_on_the_screen_only(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    stick = study.root / "CHIAVETTA-FINTA"
    stick.mkdir()
    assert study.command("site", "export", "--to", stick).code == 0
    assert stick.name not in json.dumps(study.command("site", "log").data)
    table = study.root / "log.csv"
    assert study.command("site", "log", "--csv", table).code == 0
    assert stick.name not in table.read_text(encoding="utf-8-sig")

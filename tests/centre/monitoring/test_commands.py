"""The verbs of monitoring as a data manager types them, in both languages."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from centre_builders import QUIET, enrolment, schedule, visit
from centre_sites import PASSPHRASE, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.cli import main

CODE = "P03-7KQF-4"


@pytest.fixture
def typed(centre: Centre, site: SyntheticSite, tmp_path: Path) -> list[str]:
    """What every command ends with, for a centre with one synthetic patient whose weight does not fit."""
    made = [enrolment(CODE), schedule(CODE, "m06"), *visit(CODE, "baseline", 0, {**QUIET, "weight_kg": 50})]
    made += visit(CODE, "m06", 183, {**QUIET, "weight_kg": 90})
    ingest(centre, [site.bundle(centre.keyset, made)])
    folder = centre.folder
    centre.close()
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\n")
    return ["--data", str(folder), "--passphrase-file", str(secret)]


def test_contradictions_are_listed_and_asked_once(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["centre", "contradictions", *typed, "--lang", "it"]) == 0
    told = capsys.readouterr().out
    assert f"{CODE} | Mese 6 · Parametri vitali · Peso: Il peso differisce" in told
    assert "Contraddizioni: 1; chieste prima d'ora: 0." in told
    assert main(["centre", "contradictions", "P03", "--raise", *typed, "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Contradictions: 1; asked about before now: 0.\nNew questions: 1" in told
    assert main(["centre", "contradictions", "--raise", *typed, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["raised"], [one["asked"] for one in found["contradictions"]]) == ([], [True])


def test_both_ways_of_asking_ask_about_a_contradiction_once(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["centre", "query", "raise", "--from", "contradictions", *typed, "--lang", "en"]) == 0
    assert "New questions: 1" in capsys.readouterr().out
    assert main(["centre", "contradictions", "--raise", *typed, "--lang", "en"]) == 0
    assert "New questions: 0" in capsys.readouterr().out


def test_quality_and_review_are_shown_and_written(
    typed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "quality.csv"
    assert main(["centre", "quality", "p03", "--to", str(file), *typed, "--lang", "it"]) == 0
    assert "Preferenza di cifre" in capsys.readouterr().out
    with file.open(newline="", encoding="utf-8") as rows:
        assert {"quality_missing", "quality_digits", "quality_late"} <= {
            row["table"] for row in csv.DictReader(rows)
        }
    assert main(["centre", "audit-review", *typed, "--lang", "en"]) == 0
    assert "Who did what" in capsys.readouterr().out
    assert main(["centre", "quality", "--to", str(file), *typed, "--lang", "en"]) == 1  # it is there already
    capsys.readouterr()
    nowhere = tmp_path / "nowhere" / "quality.csv"
    assert main(["centre", "quality", "--to", str(nowhere), *typed, "--lang", "it"]) == 3
    assert "nowhere" in capsys.readouterr().err


def test_a_site_that_there_is_not_is_said(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["centre", "quality", "P77", *typed, "--lang", "en"]) == 1
    assert "P77" in capsys.readouterr().err

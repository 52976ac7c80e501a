"""Cuts as a data manager types them, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from centre_builders import course, event
from centre_sites import PASSPHRASE, FakeClock, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.cli import main

CODE, SECOND = "P03-7KQF-4", "P03-0000-Z"
Typed = Callable[..., Any]


@pytest.fixture
def typed(centre: Centre, site: SyntheticSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """A centre with one synthetic patient, at which something is typed: exit code and what was said. `send` brings
    more."""
    (tmp_path / "secret").write_text(f"{PASSPHRASE}\n")
    ingest(centre, [site.bundle(centre.keyset, course(CODE, "m06", ("baseline", "m06")))])
    keyset = centre.keyset
    centre.close()

    def run(*words: str, lang: str = "en", send: Any = None) -> tuple[int, str]:
        if send is not None:
            again = open_centre(centre.folder, "DM1", PASSPHRASE, FakeClock())
            ingest(again, [site.bundle(keyset, send)])
            again.close()
        common = ["--data", str(centre.folder), "--passphrase-file", str(tmp_path / "secret"), "--lang", lang]
        code = main(["centre", *words, *common])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_a_cut_is_made_listed_and_reported_from(typed: Typed, tmp_path: Path) -> None:
    code, said = typed("report", "--interim", lang="it")
    assert (code, said) == (
        1,
        "Non c'è un taglio di nome interim: vedere 'centre cuts', o farlo con 'centre cut interim --through m06'.\n",
    )
    assert typed("cut", "interim")[0] == 1
    code, said = typed("cut", "interim", "--through", "m06", "--note", "first look", lang="it")
    assert code == 0
    assert "Taglio interim: fatto 20" in said
    assert "fino alla finestra di M06; 1 pacchetti, 1 soggetti." in said
    assert "first look" in said
    code, said = typed("cut", "interim", "--through", "m06")
    assert (code, "there is one with the name interim" in said) == (1, True)
    before = typed("report", "--interim", "--json")
    csv = tmp_path / "csv"
    assert typed("dataset", "--to", str(csv / "before"), "--format", "csv", "--cut", "interim")[0] == 0
    now = typed("report", "--json", send=course(SECOND, "m06", ("baseline", "m06")))
    assert json.loads(now[1])["enrolled"] == 2
    assert typed("report", "--interim", "--json") == before
    assert json.loads(before[1])["enrolled"] == 1
    assert typed("dataset", "--to", str(csv / "after"), "--format", "csv", "--cut", "interim")[0] == 0
    files = {path.name: path.read_bytes() for path in (csv / "before").iterdir()}
    assert {path.name: path.read_bytes() for path in (csv / "after").iterdir()} == files
    assert len(json.loads(typed("cuts", "--json")[1])) == 1


def test_status_and_report_say_how_far_the_interim_analysis_is(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = course(SECOND, "m06", ("baseline",))
    for act in ("status", "report"):
        _, said = typed(act, send=more)
        assert "Interim analysis: 1 of 50 patients with a complete month-6 evaluation." in said
        assert "is reached" not in said
        more = None
    assert json.loads(typed("status", "--json")[1])["interim"] == 1
    monkeypatch.setattr("anifro_desktop.centre.interim.NEEDED", 1)
    assert "congelare i dati con 'centre cut interim --through m06'" in typed("status", lang="it")[1]


def test_a_withdrawal_that_came_later_is_told(typed: Typed) -> None:
    typed("cut", "first")
    gone = [event(CODE, "wd-001", wd_date=190, wd_use_before=0)]
    code, said = typed("report", "--cut", "first", send=gone)
    assert code == 0
    assert f"{CODE}: consent withdrawn after the cut" in said
    found = json.loads(typed("report", "--cut", "first", "--json")[1])
    assert (found["excluded"], found["withdrawn_since"], found["enrolled"]) == ([CODE], [CODE], 0)


def test_the_whole_report_says_of_which_cut_it_is(typed: Typed, tmp_path: Path) -> None:
    typed("cut", "interim", "--through", "m06")
    code, _ = typed("report", "--interim", "--to", str(tmp_path / "report"))
    assert code == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    digest = json.loads(typed("cuts", "--json")[1])[0]["digest"]
    assert digest in page
    assert "1 / 50" in page


def test_a_cut_in_the_formats_of_other_systems_is_of_the_cut(typed: Typed, tmp_path: Path) -> None:
    typed("cut", "first", "--through", "m06")
    typed("status", send=course(SECOND, "m06", ("baseline", "m06")))
    digest = json.loads(typed("cuts", "--json")[1])[0]["digest"]
    for form, first in (("odm", "snapshot.xml"), ("dataset-json", "adsl.json"), ("redcap", "data.csv")):
        folder = tmp_path / form
        code, said = typed("dataset", "--to", str(folder), "--format", form, "--cut", "first")
        assert code == 0
        assert digest in said
        (path,) = (path for path in folder.iterdir() if path.name.endswith(first))
        text = path.read_text(encoding="utf-8")
        assert CODE in text
        assert SECOND not in text
        assert form == "redcap" or digest in text
    assert [path.name for path in (tmp_path / "odm").iterdir()] == ["anifro_snapshot.xml"]
    assert (
        "la storia non è parte di un taglio"
        in typed("dataset", "--to", str(tmp_path / "odm"), "--format", "odm", "--cut", "first", lang="it")[1]
    )


def test_a_history_of_before_is_not_left_beside_a_cut(typed: Typed, tmp_path: Path) -> None:
    typed("cut", "first")
    folder = str(tmp_path / "odm")
    assert typed("dataset", "--to", folder, "--format", "odm")[0] == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "odm").iterdir()}
    code, said = typed("dataset", "--to", folder, "--format", "odm", "--cut", "first")
    assert (code, "anifro_transactional.xml" in said) == (1, True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "odm").iterdir()} == before


def test_whoever_withdrew_since_the_cut_is_in_no_format(typed: Typed, tmp_path: Path) -> None:
    typed("cut", "first")
    typed("status", send=[event(CODE, "wd-001", wd_date=190, wd_use_before=0)])
    for form in ("odm", "dataset-json", "redcap"):
        code, said = typed("dataset", "--to", str(tmp_path / form), "--format", form, "--cut", "first")
        assert (code, f"{CODE}: consent withdrawn after the cut" in said) == (0, True)
        for path in (tmp_path / form).iterdir():
            assert CODE not in path.read_text(encoding="utf-8")
